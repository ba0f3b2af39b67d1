// The frame of a field: name, explanation and error are all linked to the input, so that screen readers read them.
import { requiredNow } from '@dianzhang/contract'
import type { ReactNode } from 'react'
import { useForm } from './form-state.ts'
import { type Path, pathKey, type Shape, type Values, valueAt } from './shape.ts'
import { titleOf } from './words.ts'

/** The name of a field; for repeated items, that of the field they are in. */
export const titleAt = (shape: Shape, path: Path): string =>
  titleOf(shape, String(path.findLast((key) => typeof key === 'string') ?? ''))

export function Labelled({
  path,
  shape,
  children,
  id,
  inline = false,
}: {
  path: Path
  shape: Shape
  children: ReactNode
  id: string
  inline?: boolean
}) {
  const form = useForm()
  const error = form.errors[pathKey(path)]
  const title = titleAt(shape, path)
  const beside = (valueAt(form.values, path.slice(0, -1)) ?? {}) as Values
  const required = shape.optional ? requiredNow(shape, beside) : shape.kind !== 'boolean'
  return (
    <div className={`field${inline ? ' field-inline' : ''}${error ? ' field-bad' : ''}`} data-field={pathKey(path)}>
      <label htmlFor={id}>
        <b>{title}</b>
        {required ? <Required /> : null}
      </label>
      {children}
      {shape.hint === title ? null : <Hint text={shape.hint} />}
      {error ? (
        <span className="field-error" role="alert">
          {error}
        </span>
      ) : null}
    </div>
  )
}
export function Required() {
  return (
    <span className="required" title="必填">
      *
    </span>
  )
}
export function Hint({ text }: { text: string | undefined }) {
  return text ? <span className="hint">{text}</span> : null
}
