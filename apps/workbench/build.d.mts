/** The built files: `index.html` and `assets/`. */
export const workbenchDir: string
/** Builds `dist/` when it is missing or older than its sources. Returns whether it built. */
export function ensureWorkbenchBuilt(log?: (line: string) => void): Promise<boolean>
