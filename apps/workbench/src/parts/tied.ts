// What stands below a field, its hint and what is wrong with it, is tied to the control itself, so that a screen reader reads them
// with it. Controls draw their inputs in many ways, some of them only when their code has come; they have the field's id in common.
import { useEffect } from 'react'

export const hintId = (id: string): string => `${id}-hint`
export const errorId = (id: string): string => `${id}-error`
/** Where `aria-invalid` means something. */
const mayBeInvalid = 'input, textarea, select, [role="radiogroup"], [contenteditable="true"]'

/** Ties the element `hintId(id)` and, where there is an error, `errorId(id)` to the control with this id, now or when it appears. */
export function useTied(id: string, told: { hint: boolean; error: boolean }): void {
  const words = [told.hint ? hintId(id) : '', told.error ? errorId(id) : ''].filter(Boolean).join(' ')
  // After every drawing: the control may have drawn its input anew.
  useEffect(() => {
    const tie = (): boolean => {
      const control = document.getElementById(id)
      if (!control) return false
      set(control, 'aria-describedby', words || null)
      if (control.matches(mayBeInvalid)) set(control, 'aria-invalid', told.error ? 'true' : null)
      return true
    }
    if (tie()) return
    const frame = document.querySelector(`[data-tied="${CSS.escape(id)}"]`)
    if (!frame) return
    const watch = new MutationObserver(() => {
      if (tie()) watch.disconnect()
    })
    watch.observe(frame, { childList: true, subtree: true })
    return () => watch.disconnect()
  })
}
function set(control: Element, name: string, value: string | null): void {
  if (value === null) control.removeAttribute(name)
  else if (control.getAttribute(name) !== value) control.setAttribute(name, value)
}
