// Where things stand on the sheet: the margin puts its notes beside their lines.
import type { Editor } from '@tiptap/core'
import { useCallback, useLayoutEffect, useRef, useState } from 'react'

/** `layout` changes whenever the sheet took another size; `topOf` is the height of a block on it, in pixels. */
export function useSheet(editor: Editor) {
  const sheet = useRef<HTMLDivElement>(null)
  const [layout, setLayout] = useState(0)
  useLayoutEffect(() => {
    const own = sheet.current
    if (!own) return
    let frame = 0
    const watcher = new ResizeObserver(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => setLayout((n) => n + 1))
    })
    watcher.observe(own)
    return () => {
      watcher.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
  const topOf = useCallback(
    (index: number): number => {
      const { doc: now } = editor.state
      let position = 0
      for (let i = 0; i < Math.min(index, now.childCount - 1); i++) position += now.child(i).nodeSize
      const dom = editor.view.nodeDOM(position)
      const own = sheet.current
      return dom instanceof HTMLElement && own ? dom.getBoundingClientRect().top - own.getBoundingClientRect().top : 0
    },
    [editor],
  )
  return { sheet, layout, topOf }
}
