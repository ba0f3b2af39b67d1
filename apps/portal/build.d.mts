/** Builds `dist/` when it is missing or older than its sources. Returns whether it built. */
export function ensurePortalBuilt(log?: (line: string) => void): Promise<boolean>
