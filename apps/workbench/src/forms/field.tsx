// Draws the fields from their shape. Which control, what it is called, when it is filled in and what is said below it
// are all in the contract's schema; nothing here is decided by a field's code.
import { applies } from '@dianzhang/contract'
import Button from 'antd/es/button'
import Checkbox from 'antd/es/checkbox'
import Input from 'antd/es/input'
import { type ReactNode, useId } from 'react'
import { ChoiceInput, EitherInput, ManyChoices, NumberInput, Phrases, TextInput, YesNo } from './basic-inputs.tsx'
import { inputs, wholes } from './controls.tsx'
import { Hint, Labelled, Required, titleAt } from './field-frame.tsx'
import { useForm } from './form-state.ts'
import { type Group, type Path, pathKey, type Shape, type Values, valueAt } from './shape.ts'
import { titleOf } from './words.ts'
import '../document/document.css'

const unseen = (shape: Shape): boolean =>
  shape.kind === 'constant' || shape.control === 'hidden' || shape.control === 'text-hash'
/** Of these fields, those drawn on the form right now. */
export const shownFields = (fields: Record<string, Shape>, values: Values): Array<[string, Shape]> =>
  Object.entries(fields).filter(([, shape]) => !unseen(shape) && applies(shape, values))

export function Fields({ fields, path = [] }: { fields: Record<string, Shape>; path?: Path }) {
  const form = useForm()
  const together = path.length === 0 ? (form.together ?? []) : []
  const shown = shownFields(fields, (valueAt(form.values, path) ?? {}) as Values)
  const one = ([name, shape]: [string, Shape]) => <Field key={name} shape={shape} path={[...path, name]} />
  const isTogether = ([name]: [string, Shape]) => together.includes(name)
  return (
    <>
      {shown.map((each) =>
        isTogether(each) ? (
          each === shown.find(isTogether) ? (
            <fieldset key="together" className="group">
              <legend>
                {form.togetherTitle}
                <Required />
              </legend>
              <p className="hint">
                {shown
                  .filter(isTogether)
                  .map(([name, shape]) => `“${titleOf(shape, name)}”`)
                  .join('与')}
                至少写明一项。
              </p>
              {shown.filter(isTogether).map(one)}
            </fieldset>
          ) : null
        ) : (
          one(each)
        ),
      )}
    </>
  )
}

export function Field({ shape, path }: { shape: Shape; path: Path }) {
  const form = useForm()
  const id = useId()
  const value = valueAt(form.values, path)
  const props = {
    id,
    value,
    onChange: (next: unknown) => form.set(path, next),
    bad: form.errors[pathKey(path)] !== undefined,
  }
  const wrap = (children: ReactNode, inline = false) => (
    <Labelled path={path} shape={shape} id={id} inline={inline}>
      {children}
    </Labelled>
  )
  const Whole = shape.control && wholes[shape.control]
  if (Whole) return <Whole shape={shape} path={path} />
  const Own = shape.control && inputs[shape.control]
  if (Own) return wrap(<Own {...props} shape={shape} />)
  switch (shape.kind) {
    case 'string':
      return wrap(<TextInput {...props} shape={shape} />)
    case 'number':
      return wrap(<NumberInput {...props} shape={shape} />)
    case 'boolean':
      return wrap(<YesNo {...props} shape={shape} />, true)
    case 'choice':
      return wrap(<ChoiceInput {...props} shape={shape} />)
    case 'either': {
      const group = shape.options.find((each) => each.kind === 'group')
      if (group && shape.control === 'group') return <Written shape={shape} group={group} path={path} />
      return wrap(<EitherInput {...props} shape={shape} />)
    }
    case 'list':
      if (shape.element.kind === 'choice') return wrap(<ManyChoices {...props} shape={shape} />)
      if (shape.element.kind === 'string' && (shape.element.max ?? 0) <= 300)
        return wrap(<Phrases {...props} shape={shape} />)
      return <Repeated shape={shape} path={path} />
    case 'group':
      return <Together shape={shape} path={path} />
    default:
      return null
  }
}

/**
 * Either not filled in, or stated field by field: drawn as a group; the notation of a single sentence is left to the
 * interface.
 */
function Written({ shape, group, path }: { shape: Extract<Shape, { kind: 'either' }>; group: Group; path: Path }) {
  const form = useForm()
  const value = valueAt(form.values, path)
  // What can be answered “否” must be answered; what is not filled in is not in the payload.
  const off = shape.options.some((each) => each.kind === 'boolean') ? false : undefined
  const on = typeof value === 'object' && value !== null
  const required = off === undefined && !shape.optional
  return (
    <fieldset className={on || required ? 'group' : 'group group-off'}>
      <legend>
        {required ? (
          titleAt(shape, path)
        ) : (
          <Checkbox checked={on} onChange={(e) => form.set(path, e.target.checked ? {} : off)}>
            {titleAt(shape, path)}
          </Checkbox>
        )}
      </legend>
      <Hint text={shape.hint} />
      {on || required ? <Fields fields={group.fields} path={path} /> : null}
    </fieldset>
  )
}
const mostlyYesNo = ({ fields }: Group): boolean =>
  Object.values(fields).filter((each) => each.kind === 'boolean' && !unseen(each)).length > 3

/** A group of fields; one that may be left out is ticked first. */
function Together({ shape, path }: { shape: Group; path: Path }) {
  const form = useForm()
  const value = valueAt(form.values, path)
  if (!shape.optional)
    return (
      <fieldset className={mostlyYesNo(shape) ? 'group switches' : 'group'}>
        <legend>{titleAt(shape, path)}</legend>
        <Fields fields={shape.fields} path={path} />
      </fieldset>
    )
  const on = value !== undefined && value !== null
  return (
    <fieldset className={on ? 'group' : 'group group-off'}>
      <legend>
        <Checkbox checked={on} onChange={(e) => form.set(path, e.target.checked ? {} : undefined)}>
          {titleAt(shape, path)}
        </Checkbox>
      </legend>
      {on ? <Hint text={shape.hint} /> : null}
      {on ? <Fields fields={shape.fields} path={path} /> : null}
    </fieldset>
  )
}
/** A number of items, each a small table or a passage. */
function Repeated({ shape, path }: { shape: Extract<Shape, { kind: 'list' }>; path: Path }) {
  const form = useForm()
  const id = useId()
  const items = (valueAt(form.values, path) as unknown[] | undefined) ?? []
  const { element } = shape
  const fresh = element.kind === 'group' ? {} : ''
  return (
    <Labelled path={path} shape={{ ...shape, optional: shape.min === 0 }} id={id}>
      <ol className="repeated">
        {items.map((item, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items are edited in place and have no identity yet
          <li key={i}>
            {element.kind === 'group' ? (
              <div className="repeated-group">
                <Fields fields={element.fields} path={[...path, i]} />
              </div>
            ) : (
              <Input.TextArea
                aria-label={`第${i + 1}项`}
                value={String(item ?? '')}
                onChange={(e) => form.set([...path, i], e.target.value)}
                rows={2}
                className="grow"
                {...(form.errors[pathKey([...path, i])] ? { status: 'error' as const } : {})}
              />
            )}
            <Button
              size="small"
              onClick={() =>
                form.set(
                  path,
                  items.filter((_, k) => k !== i),
                )
              }
              aria-label={`删去第${i + 1}项`}
            >
              删去
            </Button>
          </li>
        ))}
      </ol>
      {shape.max === null || items.length < shape.max ? (
        <Button
          id={id}
          // Its own words, not those of the label in front of the list.
          aria-label={`添加一项：${titleAt(shape, path)}`}
          size="small"
          type="dashed"
          onClick={() => form.set(path, [...items, fresh])}
        >
          添加一项
        </Button>
      ) : null}
    </Labelled>
  )
}
