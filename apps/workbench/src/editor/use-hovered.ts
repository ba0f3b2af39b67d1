// When the mouse rests on a place in the body or the cursor is in it, gives its small card a position.
import type { Editor } from '@tiptap/core'
import { useEffect, useRef, useState } from 'react'

interface Hovered {
  element: Element
  left: number
  top: number
}
/**
 * How long the mouse rests before the card shows, how long the cursor rests before it shows, how long after leaving
 * it closes (milliseconds).
 */
const delays = { over: 200, caret: 400, out: 250 }
/** Width of the card. */
const width = 340

/**
 * `selector` finds the places that have a card; `atCaret` gives the one with the cursor (so that people without a
 * mouse see it too).
 */
export function useHovered(editor: Editor, selector: string, atCaret: (editor: Editor) => Element | null) {
  const [shown, setShown] = useState<Hovered | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const caret = useRef(atCaret)
  caret.current = atCaret
  useEffect(() => {
    const { dom } = editor.view
    const soon = (delay: number, act: () => void): void => {
      clearTimeout(timer.current)
      timer.current = setTimeout(act, delay)
    }
    const place = (element: Element): void => {
      const own = dom.closest('.edit-sheet')?.getBoundingClientRect()
      const box = element.getClientRects()[0] ?? element.getBoundingClientRect()
      if (!own || !element.isConnected) return
      setShown({
        element,
        left: Math.max(8, Math.min(box.left - own.left, own.width - width)),
        top: box.bottom - own.top + 4,
      })
    }
    const under = (event: Event): Element | null => (event.target as Element | null)?.closest?.(selector) ?? null
    const over = (event: Event): void => {
      const element = under(event)
      if (element) soon(delays.over, () => place(element))
    }
    const out = (event: Event): void => {
      if (under(event)) soon(delays.out, () => setShown(null))
    }
    const moved = (): void => {
      const element = caret.current(editor)
      clearTimeout(timer.current)
      if (element) soon(delays.caret, () => place(element))
      else setShown(null)
    }
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') setShown(null)
    }
    dom.addEventListener('mouseover', over)
    dom.addEventListener('mouseout', out)
    dom.addEventListener('keydown', close)
    editor.on('selectionUpdate', moved)
    return () => {
      clearTimeout(timer.current)
      dom.removeEventListener('mouseover', over)
      dom.removeEventListener('mouseout', out)
      dom.removeEventListener('keydown', close)
      editor.off('selectionUpdate', moved)
    }
  }, [editor, selector])
  const keep = (): void => clearTimeout(timer.current)
  const close = (): void => {
    clearTimeout(timer.current)
    setShown(null)
  }
  const hide = (): void => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setShown(null), delays.out)
  }
  return { shown, keep, hide, close }
}
