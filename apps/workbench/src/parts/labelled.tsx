// A field whose name is tied to its input.
import { type ReactNode, useId } from 'react'

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
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
      {error ? (
        <span className="field-error" role="alert">
          {error}
        </span>
      ) : null}
    </div>
  )
}
