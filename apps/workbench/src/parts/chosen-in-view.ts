// 横向放不下的一排：把选中的一项带到看得见的地方。
import { type RefObject, useEffect } from 'react'

/** Scrolls `bar` sideways so that its part matching `chosen` stands in the middle, whenever `when` changes. A bar that fits stays. */
export function useChosenInView(bar: RefObject<HTMLElement | null>, chosen: string, when: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is chosen changes with `when`
  useEffect(() => {
    const part = bar.current?.querySelector<HTMLElement>(chosen)
    if (bar.current && part) bar.current.scrollLeft = part.offsetLeft - (bar.current.clientWidth - part.offsetWidth) / 2
  }, [bar, chosen, when])
}
