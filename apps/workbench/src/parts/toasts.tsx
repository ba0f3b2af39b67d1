// Brief notes on how an action went; screen readers read them out as well.
import { useEffect, useState } from 'react'
import { sayIfReloaded } from './fresh.ts'

interface Toast {
  id: number
  kind: 'done' | 'warn'
  text: string
}
let next = 1
let show: (toast: Toast) => void = () => {}
/** Shows a note at the foot of the page for a few seconds. */
export function toast(text: string, kind: Toast['kind'] = 'done'): void {
  show({ id: next++, kind, text })
}
export function Toasts() {
  const [list, setList] = useState<Toast[]>([])
  useEffect(() => {
    show = (added) => {
      setList((old) => [...old.slice(-3), added])
      setTimeout(() => setList((old) => old.filter((each) => each.id !== added.id)), 6000)
    }
    sayIfReloaded(toast)
  }, [])
  return (
    <div className="toasts" role="status" aria-live="polite">
      {list.map((each) => (
        <p key={each.id} className={`toast toast-${each.kind}`}>
          {each.text}
        </p>
      ))}
    </div>
  )
}
