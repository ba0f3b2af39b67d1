// Goes to a place in the body: to the mark if it can be found, otherwise to the element; then highlights it lightly.
import { domId } from './sheet.tsx'

let shown: Element[] = []
/** Removes the highlight of the previous place. */
function clearShown(): void {
  for (const element of shown) element.classList.remove('here')
  shown = []
}
/** Returns whether it got there. */
export function goTo(root: ParentNode, prefix: string, target: { ref?: string; place: string | null }): boolean {
  clearShown()
  const marks = target.ref ? [...root.querySelectorAll(`[data-refs~="${target.ref}"]`)] : []
  const element = target.place ? root.querySelector(`#${CSS.escape(domId(prefix, target.place))}`) : null
  const first = marks[0] ?? element
  if (!first) return false
  shown = marks.length > 0 ? marks : [first]
  for (const each of shown) each.classList.add('here')
  first.scrollIntoView({ block: 'center' })
  // Blocks outside the view are laid out only when they come near; the second look lands on the real place.
  requestAnimationFrame(() => requestAnimationFrame(() => first.scrollIntoView({ block: 'center' })))
  return true
}
