// After an update, parts of the program that a page opened earlier needs may be gone: reload once and say so.
// Everything filled in is already saved as a draft.
const missing =
  /dynamically imported module|Importing a module script failed|error loading dynamically|Unable to preload/i
/** What failed to load is a part of the program itself (not data). Browsers word it differently. */
export const partIsMissing = (error: unknown): boolean => error instanceof Error && missing.test(error.message)

const prefix = 'dianzhang:reloaded:'
// The router reloads by itself for the parts it loads, and notes it here.
const routers = 'tanstack_router_reload:'

/** Reloads; tries once for one part, and returns false if already tried. */
export function reloadOnce(error: unknown): boolean {
  const key = prefix + (error instanceof Error ? error.message : '')
  try {
    if (sessionStorage.getItem(key)) return false
    sessionStorage.setItem(key, '1')
  } catch {
    return false
  }
  location.reload()
  return true
}
/** Tells through `say` that a reload has just happened for this reason; only once. */
export function sayIfReloaded(say: (text: string) => void): void {
  try {
    const fresh = Object.keys(sessionStorage).filter(
      (key) => (key.startsWith(prefix) || key.startsWith(routers)) && sessionStorage.getItem(key) === '1',
    )
    for (const key of fresh) sessionStorage.setItem(key, 'told')
    if (fresh.length > 0) say('工作台刚刚更新，已载入新版；没有提交的内容都还在。')
  } catch {
    // Without the browser's store nothing was reloaded either.
  }
}
