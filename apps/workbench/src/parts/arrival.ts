// What a reload of the page would do and a change of place within it does not: the window is named after the page, and
// whoever reads by ear or walks by keyboard starts at its heading.
import { useEffect, useRef } from 'react'
import { titled, untitled } from './opening.tsx'

const typing = 'input, textarea, select, [contenteditable="true"]'

/**
 * Once the page at `place` (a path) has its heading: names the window after it and, when one came from another page,
 * moves the focus there, unless one is already typing in the new page.
 */
export function useArrival(place: string): void {
  const from = useRef<string | null>(null)
  useEffect(() => {
    const moved = from.current !== null && from.current !== place
    from.current = place
    const main = document.getElementById('main')
    if (!main) return
    let focused = !moved
    const look = () => {
      const heading = main.querySelector('h1')
      const words = heading?.textContent?.trim()
      if (!heading || !words) return
      // A page that names itself, with its task, has the last word.
      if (document.title === untitled) document.title = titled(words)
      if (focused) return
      focused = true
      const active = document.activeElement
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
