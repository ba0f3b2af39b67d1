// What stands below a field, its hint and what is wrong with it, is tied to the control itself, so that a screen reader reads them
// with it. Controls draw their inputs in many ways, some of them only when their code has come; they have the field's id in common.
import { useEffect } from 'react'

export const hintId = (id: string): string => `${id}-hint`
export const errorId = (id: string): string => `${id}-error`
/** Where `aria-invalid` means something. */
const mayBeInvalid = 'input, textarea, select, [role="radiogroup"], [contenteditable="true"]'

/** Ties the hint and the errors that stand in the frame of the control with this id to it, now or when it appears. */
export function useTied(id: string | undefined): void {
  // After every drawing: the control may have drawn its input anew.
  useEffect(() => {
    const frame = id === undefined ? null : document.querySelector(`[data-tied="${CSS.escape(id)}"]`)
    if (id === undefined || !frame || tie(id, frame)) return
    const watch = new MutationObserver(() => {
      if (tie(id, frame)) watch.disconnect()
    })
    watch.observe(frame, { childList: true, subtree: true })
    return () => watch.disconnect()
  })
}
/** What is wrong may be said by the form and by the control itself: whatever stands there is read. */
function tie(id: string, frame: Element): boolean {
  const control = document.getElementById(id)
  if (!control) return false
  const told = [...frame.children].filter((each) => each.id !== '' && each.matches('.hint, .field-error'))
  set(control, 'aria-describedby', told.map((each) => each.id).join(' ') || null)
  const wrong = told.some((each) => each.matches('.field-error'))
  if (control.matches(mayBeInvalid)) set(control, 'aria-invalid', wrong ? 'true' : null)
  return true
}
function set(control: Element, name: string, value: string | null): void {
  if (value === null) control.removeAttribute(name)
  else if (control.getAttribute(name) !== value) control.setAttribute(name, value)
}
