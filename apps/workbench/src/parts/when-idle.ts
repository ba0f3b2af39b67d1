// Fetches ahead while idle.

/**
 * Fetches a little later, when idle; returns a way to cancel. A failure does not matter: it is fetched again when
 * needed.
 */
export function whenIdle(part: () => Promise<unknown>, wait = 1_000): () => void {
  const timer = setTimeout(() => {
    const load = () => void part().catch(() => undefined)
    if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 5_000 })
    else load()
  }, wait)
  return () => clearTimeout(timer)
}
