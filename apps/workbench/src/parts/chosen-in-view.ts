// A row too wide for its place: brings the chosen part to where it can be seen.
import { type RefObject, useEffect } from 'react'

/**
 * Scrolls `bar` sideways so that its part matching `chosen` stands in the middle, whenever `when` or the width of the bar
 * changes. A bar that fits stays.
 */
export function useChosenInView(bar: RefObject<HTMLElement | null>, chosen: string, when: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen changes with `when`
  useEffect(() => {
    const element = bar.current
    if (!element) return
    let width = -1
    // Tells of the first size as well. A phone that only hides its address bar changes the height.
    const watch = new ResizeObserver(() => {
      if (element.clientWidth === width) return
      width = element.clientWidth
      const part = element.querySelector<HTMLElement>(chosen)
      if (part) element.scrollLeft = part.offsetLeft - (element.clientWidth - part.offsetWidth) / 2
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [bar, chosen, when])
}
