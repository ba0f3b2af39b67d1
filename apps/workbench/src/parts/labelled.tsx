// A field whose name is tied to its input.
import { type ReactNode, useId } from 'react'
import { errorId, useTied } from './tied.ts'

export function Labelled({
  label,
  children,
  error,
}: {
  label: string
  children: (id: string) => ReactNode
  error?: string | undefined
}) {
  const id = useId()
  useTied(id)
  return (
    <div data-tied={id} className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
      {error ? (
        <span id={errorId(id)} className="field-error" role="alert">
          {error}
        </span>
      ) : null}
    </div>
  )
}
