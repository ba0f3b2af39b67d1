// A number of items, one per row: the columns are the fields of each item.
import type { answers } from '@dianzhang/contract'
import { type BasisRow, toldByClause } from '@dianzhang/text'
import { useMutation } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useId, useState } from 'react'
import { get } from '../api.ts'
import { DateInput } from '../parts/date-input.tsx'
import type { Told } from '../types.ts'
import { Attachments } from './attachments.tsx'
import { Labelled } from './field-frame.tsx'
import { useForm } from './form-state.ts'
import { OwnItem, OwnItemSelect } from './own-item-select.tsx'
import { type Path, pathKey, type Shape, valueAt } from './shape.ts'
import { optionTitle, titleOf } from './words.ts'

type Proposal = Told<typeof answers.BasisProposal>

export function TableField({ shape, path }: { shape: Shape; path: Path }) {
  const form = useForm()
  const id = useId()
  if (shape.kind !== 'list' || shape.element.kind !== 'group') return null
  const columns = Object.entries(shape.element.fields).filter(([, column]) => column.control !== 'hidden')
  const rows = (valueAt(form.values, path) as Array<Record<string, unknown>> | undefined) ?? []
  const one = shape.of?.one ?? '一项'
  // The rows are those that it opened with: none is added, none taken away.
  const fixed = shape.of?.fixed
  return (
    <Labelled path={path} shape={shape} id={id}>
      {rows.length > 0 ? (
        <div className="scroll-x">
          <table className="bases">
            <thead>
              <tr>
                {columns.map(([name, column]) => (
                  <th key={name}>{titleOf(column, name)}</th>
                ))}
                {fixed ? null : <th aria-label="操作" />}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows are edited in place
                <tr key={i}>
                  {columns.map(([name, column]) => (
                    <td key={name} data-label={titleOf(column, name)}>
                      {name === fixed ? (
                        <OwnItem shape={column} value={row[name]} />
                      ) : (
                        <Cell
                          column={column}
                          label={`第${i + 1}行${titleOf(column, name)}`}
                          value={row[name]}
                          onChange={(next) => form.set([...path, i, name], next)}
                          bad={form.errors[pathKey([...path, i, name])] !== undefined}
                        />
                      )}
                      <CellError error={form.errors[pathKey([...path, i, name])]} />
                    </td>
                  ))}
                  {fixed ? null : (
                    <td>
                      <Button
                        size="small"
                        onClick={() =>
                          form.set(
                            path,
                            rows.filter((_, k) => k !== i),
                          )
                        }
                        aria-label={`删去第${i + 1}行`}
                      >
                        删去
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <FillRest shape={shape} path={path} rows={rows} />
      {shape.of?.fill && form.doc ? (
        <FillIn
          address={shape.of.fill}
          label={shape.of.fillLabel ?? '填入'}
          path={path}
          columns={columns.map(([x]) => x)}
        />
      ) : null}
      {fixed ? null : (
        <Button
          id={id}
          aria-label={`添加${one}`}
          size="small"
          type="dashed"
          onClick={() => form.set(path, [...rows, {}])}
        >
          添加{one}
        </Button>
      )}
    </Labelled>
  )
}
/** What is wrong with one cell, under it: a red edge alone does not say. */
function CellError({ error }: { error: string | undefined }) {
  return error ? (
    <span className="field-error" role="alert">
      {error}
    </span>
  ) : null
}
/**
 * The rows whose answer is still open get the same one by one act, asked back once: the person says so of each of them, as when
 * choosing row by row.
 */
function FillRest({ shape, path, rows }: { shape: Shape; path: Path; rows: Array<Record<string, unknown>> }) {
  const form = useForm()
  const [asking, setAsking] = useState(false)
  const { rest, restValue, restOf, restLabel, fixed = '' } = shape.of ?? {}
  const columns = shape.kind === 'list' && shape.element.kind === 'group' ? shape.element.fields : {}
  const column = rest ? columns[rest] : undefined
  if (!rest || !column || !(restValue || restOf)) return null
  const answer = restLabel ?? `均为“${optionTitle(column, restValue ?? '')}”`
  const { from = '', value: key = 'id' } = columns[fixed]?.of ?? {}
  const items = ((form.subject as Record<string, unknown> | undefined)?.[from] ?? []) as Array<Record<string, unknown>>
  const given = (row: Record<string, unknown>): unknown =>
    restOf ? items.find((item) => item[key] === row[fixed])?.[restOf] : restValue
  const isOpen = (row: Record<string, unknown>): boolean =>
    (row[rest] === undefined || row[rest] === null) && given(row) !== undefined && given(row) !== null
  const open = rows.filter(isOpen).length
  const fill = () => {
    setAsking(false)
    form.set(
      path,
      rows.map((row) => (isOpen(row) ? { ...row, [rest]: given(row) } : row)),
    )
  }
  if (open === 0) return null
  return (
    <p>
      {asking ? (
        <>
          <span role="status">
            其余 {open} 项都已经逐项看过，{answer}？
          </span>{' '}
          <Button size="small" type="primary" onClick={fill}>
            是，填入
          </Button>{' '}
          <Button size="small" onClick={() => setAsking(false)}>
            再看
          </Button>
        </>
      ) : (
        <Button size="small" onClick={() => setAsking(true)}>
          其余 {open} 项{answer}
        </Button>
      )}
    </p>
  )
}
/** Rows that the product can read by itself: they replace what is in the table, and everything of them can be changed. */
function FillIn({ address, label, path, columns }: { address: string; label: string; path: Path; columns: string[] }) {
  const form = useForm()
  const fill = useMutation({
    mutationFn: () =>
      get<Proposal>(`/api/documents/${encodeURIComponent(form.doc?.id ?? '')}/${encodeURIComponent(address)}`),
    onSuccess: ({ items }) => {
      const before = (valueAt(form.values, path) as Array<Record<string, unknown>> | undefined) ?? []
      const keyOf = (row: Record<string, unknown>): string => `${row.clause ?? ''}\n${row.title ?? ''}`
      const kept = before.filter(
        (row) => Object.keys(row).length > 0 && !toldByClause(row as unknown as BasisRow, items),
      )
      const there = new Set(kept.map(keyOf))
      const found = items
        .filter((row) => !there.has(keyOf(row)))
        .map((row: Readonly<Record<string, unknown>>) =>
          Object.fromEntries(columns.flatMap((x) => (row[x] === null || row[x] === undefined ? [] : [[x, row[x]]]))),
        )
      form.set(path, [...kept, ...found])
    },
  })
  const said = fill.isError
    ? '没有读到：请先保存文本'
    : fill.data
      ? fill.data.items.length === 0
        ? '正文里没有读出依据'
        : `读出 ${fill.data.items.length} 条，请逐条核对`
      : ''
  return (
    <>
      <Button size="small" loading={fill.isPending} onClick={() => fill.mutate()}>
        {label}
      </Button>{' '}
      <span role="status" className="quiet">
        {said}
      </span>
      <br />
    </>
  )
}
function Cell({
  column,
  label,
  value,
  onChange,
  bad,
}: {
  column: Shape
  label: string
  value: unknown
  onChange: (next: unknown) => void
  bad: boolean
}) {
  const status = bad ? { status: 'error' as const } : {}
  const placeholder = column.placeholder ? { placeholder: column.placeholder } : {}
  const id = useId()
  if (column.control === 'attachment')
    return (
      <Attachments
        id={id}
        label={label}
        single
        value={(value ? [value] : []) as never}
        onChange={(list) => onChange(list[0])}
      />
    )
  if (column.control === 'own-item')
    return <OwnItemSelect id={id} label={label} shape={column} value={value} onChange={onChange} bad={bad} />
  if (column.kind === 'list')
    return (
      <Select
        mode="tags"
        aria-label={label}
        value={(value as string[]) ?? []}
        onChange={onChange}
        open={false}
        suffixIcon={null}
        tokenSeparators={['、', '；', ' ']}
        {...placeholder}
        {...status}
      />
    )
  if (column.kind === 'choice')
    return (
      <Select
        aria-label={label}
        value={(value as string) ?? null}
        onChange={onChange}
        allowClear={column.optional}
        placeholder="请选择"
        options={column.values.map((each) => ({ value: each, label: optionTitle(column, each) }))}
        {...status}
      />
    )
  if (column.kind === 'string' && column.format === 'date')
    return (
      <DateInput
        label={label}
        value={value as string | undefined}
        onChange={onChange}
        bad={bad}
        keepsWrong
        {...placeholder}
      />
    )
  if (column.control === 'long-text')
    return (
      <Input.TextArea
        aria-label={label}
        value={String(value ?? '')}
        rows={1}
        onChange={(event) => onChange(event.target.value)}
        {...placeholder}
        {...status}
      />
    )
  return (
    <Input
      aria-label={label}
      value={value === undefined || value === null ? '' : String(value)}
      onChange={(event) =>
        onChange(
          column.kind === 'number'
            ? event.target.value === ''
              ? undefined
              : Number(event.target.value)
            : event.target.value,
        )
      }
      {...(column.kind === 'number' ? { type: 'number' } : {})}
      {...placeholder}
      {...status}
    />
  )
}
