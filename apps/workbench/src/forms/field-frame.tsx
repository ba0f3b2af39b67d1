// The frame of a field: name, explanation and error are all linked to the input, so that screen readers read them.
import { requiredNow } from '@dianzhang/contract'
import type { ReactNode } from 'react'
import { errorId, hintId, useTied } from '../parts/tied.ts'
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
  const hint = shape.hint === title ? undefined : shape.hint
  useTied(id)
  return (
    <div
      data-tied={id}
      className={`field${inline ? ' field-inline' : ''}${error ? ' field-bad' : ''}`}
      data-field={pathKey(path)}
    >
      <label htmlFor={id}>
        <b>{title}</b>
        {required ? <Required /> : null}
      </label>
      {children}
      <Hint id={hintId(id)} text={hint} />
      {error ? (
        <span id={errorId(id)} className="field-error" role="alert">
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
export function Hint({ id, text }: { id?: string; text: string | undefined }) {
  return text ? (
    <span id={id} className="hint">
      {text}
    </span>
  ) : null
}
