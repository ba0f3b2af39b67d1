// Changes in the background (drawing marks, recognising references, renumbering them) do not disturb whoever is
// writing: while pinyin is being typed they wait until it is finished, and the cursor is read correctly before acting.
import type { EditorView } from '@tiptap/pm/view'

/** The editor itself takes this long to read the last of the composed words. */
const settling = 60

/**
 * Reads the browser's present cursor. When a key or a click has just moved it, the editor waits to be told by the
 * browser; changing the document before that would put the cursor back, and what is typed next would go to the old
 * place.
 */
export const readCaret = (view: EditorView): void => {
  view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}

/**
 * While pinyin is being typed waits until it is finished, otherwise runs `act` at once; the cursor is read correctly
 * first. Returns how to cancel.
 */
export function whenQuiet(view: EditorView, act: () => void): () => void {
  const { dom } = view
  let timer: ReturnType<typeof setTimeout> | undefined
  const ended = (): void => {
    clearTimeout(timer)
    timer = setTimeout(attempt, settling)
  }
  const cancel = (): void => {
    clearTimeout(timer)
    dom.removeEventListener('compositionend', ended)
  }
  const attempt = (): void => {
    if (view.composing) {
      dom.addEventListener('compositionend', ended)
      return
    }
    cancel()
    if (view.isDestroyed) return
    readCaret(view)
    act()
  }
  attempt()
  return cancel
}
