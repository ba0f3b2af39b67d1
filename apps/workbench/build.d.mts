/** The built files: `index.html` and `assets/`. */
export const workbenchDir: string
/** Builds `dist/` when it is missing or older than its sources. Returns whether it built. */
export function ensureWorkbenchBuilt(log?: (line: string) => void): Promise<boolean>
/** Puts the parts of the build in `old` (default `workbenchDir`) under `previous/` of the new build `made`. */
export function keepPrevious(made: string, old?: string): void
