// A parameter revised by a formal document, as a new version.
import type { answers } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { post, sentence } from '../api.ts'
import { DateInput } from '../parts/date-input.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { toast } from '../parts/toasts.tsx'
import { meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { dateOf } from '../words.ts'
import type { Row } from './pack-rows.ts'

const units: Array<[string, string]> = [
  ['working_day', '个工作日'],
  ['calendar_day', '日'],
  ['month', '个月'],
  ['year', '年'],
]
const isList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((each) => typeof each === 'string')
/** How a value is written in the form: a list one item to a line, other structured values as JSON, none left blank. */
const written = (value: unknown): string =>
  value === null
    ? ''
    : isList(value)
      ? value.join('\n')
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value)
/**
 * Reads what is written in the form into a value of the same kind as the original; when it cannot, returns what to
 * tell the person.
 */
function readValue(text: string, old: unknown): { value: unknown } | { problem: string } {
  if (typeof old === 'string') return { value: text.trim() }
  if (isList(old))
    return {
      value: text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    }
  if (typeof old === 'number' || old === null) {
    const number = Number(text)
    return text.trim() === '' || Number.isNaN(number) ? { problem: '值应为数字。' } : { value: number }
  }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { problem: '值的写法有误：须与原来的结构相同。' }
  }
}
/**
 * Revises one parameter according to an official document: makes a new version, leaving the old one and files in
 * progress untouched.
 */
export function Revision({ base, row, onClose }: { base: string; row: Row; onClose: () => void }) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const today = dateOf(me?.demo?.now ?? new Date())
  const old = row.param.value
  const [values, setValues] = useState({
    value: written(old),
    unit: row.param.unit ?? '',
    document: '',
    article: '',
    quote: '',
    note: '',
    effectiveFrom: today,
  })
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    const read = readValue(values.value, old)
    if ('problem' in read) return setProblem(read.problem)
    setBusy(true)
    try {
      const made = await post<Told<typeof answers.PackRevised>>('/api/packs', {
        base,
        effectiveFrom: values.effectiveFrom,
        changes: [
          {
            path: row.path,
            value: read.value,
            ...(values.unit ? { unit: values.unit } : {}),
            source: { document: values.document, article: values.article },
            ...(values.quote.trim() ? { quote: values.quote } : {}),
            ...(values.note.trim() ? { note: values.note } : {}),
          },
        ],
      })
      toast(`已另立 ${made.version}，自 ${values.effectiveFrom} 起适用于新立项的文件。`)
      await client.invalidateQueries({ queryKey: ['packs'] })
      onClose()
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  const set = (key: keyof typeof values) => (event: { target: { value: string } }) =>
    setValues({ ...values, [key]: event.target.value })
  const field = (key: keyof typeof values, label: string) => (
    <Labelled label={label}>{(id) => <Input id={id} value={values[key]} onChange={set(key)} />}</Labelled>
  )
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>修订：{row.name}</h2>
      <div className="inline-grid">
        <Labelled label={isList(old) ? '值（一行一项）' : '值'}>
          {(id) =>
            typeof old === 'boolean' ? (
              // biome-ignore lint/a11y/noAutofocus: 表单开在表格之上，须把人带到这里
              <select id={id} autoFocus value={values.value} onChange={set('value')}>
                <option value="true">是</option>
                <option value="false">否</option>
              </select>
            ) : typeof old === 'object' && old !== null ? (
              <Input.TextArea id={id} autoFocus autoSize value={values.value} onChange={set('value')} />
            ) : (
              <Input id={id} autoFocus value={values.value} onChange={set('value')} />
            )
          }
        </Labelled>
        {row.param.unit ? (
          <Labelled label="单位">
            {(id) => (
              <select id={id} value={values.unit} onChange={set('unit')}>
                {units.map(([unit, label]) => (
                  <option key={unit} value={unit}>
                    {label}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        ) : null}
        {field('document', '正式文件的名称与文号')}
        {field('article', '条款')}
        {field('quote', '条文原话（可不填）')}
        {field('note', '说明（可不填）')}
        <Labelled label="自何日起适用于新立项">
          {(id) => (
            <DateInput
              id={id}
              min={today}
              value={values.effectiveFrom}
              onChange={(effectiveFrom = '') => setValues({ ...values, effectiveFrom })}
            />
          )}
        </Labelled>
      </div>
      {problem ? (
        <p className="field-error" role="alert">
          {problem}
        </p>
      ) : null}
      <div className="row-end">
        <Button onClick={onClose}>不修订</Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={!values.value || !values.document.trim() || !values.article.trim()}
        >
          确认并另立新版
        </Button>
      </div>
    </form>
  )
}
