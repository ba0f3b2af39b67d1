// 在页面里运行的函数：由浏览器执行，只用得到页面里有的东西。

/** 光标放到 `line` 末尾，等到浏览器告知光标移动了。 */
export async function caretAtEnd(line) {
  line.parentElement.focus()
  const told = new Promise((resolve) => document.addEventListener('selectionchange', resolve, { once: true }))
  const selection = getSelection()
  selection?.removeAllRanges()
  selection?.selectAllChildren(line)
  selection?.collapseToEnd()
  await told
}

/** 焦点不在正文里。 */
export const outsideText = () => document.activeElement?.closest('.edit-text') === null

/** 光标移到 `line` 末尾而不告知编辑器，直到 `late.abort()`。 */
export function caretUntold(line) {
  const late = new AbortController()
  const stop = (event) => event.isTrusted && event.stopImmediatePropagation()
  addEventListener('selectionchange', stop, { capture: true, signal: late.signal })
  Object.assign(window, { late })
  getSelection()?.selectAllChildren(line)
  getSelection()?.collapseToEnd()
}

/** 在 `text` 里粘贴：`given` 是剪贴板里各种类型的内容。 */
export function pasteInto(text, given) {
  const clipboardData = new DataTransfer()
  for (const [type, value] of Object.entries(given)) clipboardData.setData(type, value)
  text.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
}

/** 自这一段选到下一段的前几个字。 */
export function selectOnwards(element) {
  const words = [...element.childNodes].findLast((node) => (node.textContent ?? '').length > 10) ?? element
  const all = [...document.querySelectorAll('.opinion-text p[data-element]')]
  const next = document.createTreeWalker(all[all.indexOf(element) + 1] ?? element, NodeFilter.SHOW_TEXT)
  let last = null
  for (let node = next.nextNode(); node; node = next.nextNode()) last = node
  const range = document.createRange()
  range.setStart(words, 0)
  range.setEnd(last ?? words, 6)
  document.getSelection()?.removeAllRanges()
  document.getSelection()?.addRange(range)
}
