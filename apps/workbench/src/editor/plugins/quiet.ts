// 后台的改动（画记号、认引用、改引用的编号）不打扰正在写的人：打拼音时等打完，先读准光标再动手。
import type { EditorView } from '@tiptap/pm/view'

/** The editor itself takes this long to read the last of the composed words. */
const settling = 60

/**
 * 读浏览器里现在的光标。键盘或者点击刚移动了光标，编辑器要等浏览器另行告知；在那之前一改文档，就会把光标放回旧处，
 * 接着打的字也就进了旧处。
 */
export const readCaret = (view: EditorView): void => {
  view.dom.ownerDocument.dispatchEvent(new Event('selectionchange'))
}

/** 打拼音时等到打完，否则立即做 `act`；动手之前先读准光标。返回取消的办法。 */
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
