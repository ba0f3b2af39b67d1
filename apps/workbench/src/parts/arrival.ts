// What a reload of the page would do and a change of place within it does not: the window is named after the page, and
// whoever reads by ear or walks by keyboard starts at its heading.
import { useEffect, useRef } from 'react'
import { plainTitle, titled, untitled } from './opening.tsx'

const typing = 'input, textarea, select, [contenteditable="true"]'

/**
 * Once the page at `place` (a path) has its heading: names the window after it and, when one came from another page,
 * moves the focus there, unless one is already typing in the new page. The place changes before the page does where its
 * code or data is still being fetched: the heading that was there before is not the new page's.
 */
export function useArrival(place: string): void {
  const from = useRef<string | null>(null)
  const seen = useRef<Element | null>(null)
  useEffect(() => {
    const moved = from.current !== null && from.current !== place
    from.current = place
    const main = document.getElementById('main')
    if (!main) return
    const left = moved ? seen.current : null
    let named = untitled
    let focused: Element | null = null
    const look = () => {
      const heading = main.querySelector('h1')
      const words = heading?.textContent?.trim()
      if (!heading || !words || heading === left) return
      seen.current = heading
      // A page that names itself, with its task, has the last word; the number of messages may stand before it.
      if (plainTitle() === named || plainTitle() === untitled) {
        named = titled(words)
        if (plainTitle() !== named) document.title = named
      }
      if (!moved || focused === heading) return
      const active = document.activeElement
      // Drawn anew while one has gone on from it: the focus stays where it is.
      if (focused !== null && active !== document.body) return
      focused = heading
      if (active instanceof Element && main.contains(active) && active.matches(typing)) return
      heading.tabIndex = -1
      heading.focus({ preventScroll: true })
    }
    const watcher = new MutationObserver(look)
    watcher.observe(main, { childList: true, subtree: true, characterData: true })
    look()
    return () => {
      watcher.disconnect()
      document.title = untitled
    }
  }, [place])
}
