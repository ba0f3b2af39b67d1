// 趁空闲先取来。

/** 过一会儿，空闲时取来；返回取消的办法。取不到不要紧，用到时自会再取。 */
export function whenIdle(part: () => Promise<unknown>, wait = 1_000): () => void {
  const timer = setTimeout(() => {
    const load = () => void part().catch(() => undefined)
    if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 5_000 })
    else load()
  }, wait)
  return () => clearTimeout(timer)
}
