// 程序更新之后，早先打开的页面要用的零件可能已经没有：重新载入一次，说明一声；填写的内容都已暂存。
const missing =
  /dynamically imported module|Importing a module script failed|error loading dynamically|Unable to preload/i
/** 没有取到的是程序自己的零件（不是数据）。各浏览器的说法不同。 */
export const partIsMissing = (error: unknown): boolean => error instanceof Error && missing.test(error.message)

const prefix = 'dianzhang:reloaded:'
// The router reloads by itself for the parts it loads, and notes it here.
const routers = 'tanstack_router_reload:'

/** 重新载入；同一个零件只试一次，已经试过的返回 false。 */
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
/** 刚刚因此重新载入的，用 `say` 说明一声；只说一次。 */
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
