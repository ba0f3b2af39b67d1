// Before the force of a document is changed: what the public will read afterwards, who rests on it or cites it; of what cannot
// be undone, the number is typed.
import { type answers, forceLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import Input from 'antd/es/input'
import { get, search } from '../api.ts'
import { Labelled } from '../parts/labelled.tsx'
import { meQuery } from '../queries.ts'
import type { Doc, Told } from '../types.ts'
import { dateOf, plain } from '../words.ts'
import { useForm } from './form-state.ts'
import type { Values } from './shape.ts'
import { numberOf, typedNumber } from './typed-number.ts'

type Impact = Told<typeof answers.Impact>

/** What each change makes of the document, as the public reads it. */
const outcome: Record<string, keyof typeof forceLabels> = {
  AmendDocument: 'amended',
  RepealDocument: 'repealed',
  AnnulDocument: 'annulled',
  DeclareLapsed: 'expired',
  SuspendDocument: 'suspended',
  ResumeDocument: 'in_force',
}
/** The words of the public page after the change. */
function afterwards(command: string, values: Values, today: string): string {
  const clauses = (values.provisions as string[] | undefined)?.filter(Boolean) ?? []
  if (command === 'AnnulDocument') return `“${forceLabels.annulled}”，自始无效；正文照旧可查，页首写明已经撤销。`
  if (command === 'RestoreForce') return '所收回的那一项变动不再算数，效力由其余各项变动推得；两项都留在沿革里。'
  const on = typeof values.on === 'string' && values.on ? values.on.slice(0, 10) : null
  const from = on ? `自${plain(on)}起，` : '自所填之日起，'
  if (clauses.length > 0)
    return `${from}${clauses.join('、')}${command === 'SuspendDocument' ? '停止执行' : '恢复执行'}，其余各条不变；页首与这些条款旁写明。`
  const label = forceLabels[outcome[command] ?? 'in_force']
  const late = on !== null && on > today ? '；日期到来以前照旧，页首预告' : ''
  return `${from}“${label}”${late}。`
}

export default function ForcePanel({ command }: { command: string }) {
  const form = useForm()
  const { doc } = form
  const { data: me } = useQuery(meQuery)
  if (!doc) return null
  return (
    <section className="stack" aria-label="变动以后" data-testid="force-panel">
      <div className={`note ${command === 'AnnulDocument' ? 'note-error' : 'note-info'}`} role="status">
        <p>
          <b>现在：</b>“{forceLabels[(doc.regions?.force ?? 'in_force') as keyof typeof forceLabels]}”
        </p>
        <p>
          <b>公众将看到：</b>
          {afterwards(command, form.values, dateOf(me?.demo?.now ?? new Date()))}
        </p>
        {command === 'ResumeDocument' || command === 'RestoreForce' ? null : <Resting doc={doc} />}
      </div>
      {command === 'AnnulDocument' ? (
        <Labelled label={`撤销不能收回原样。照写发文字号：${numberOf(doc)}`} error={form.errors[typedNumber]}>
          {(id) => (
            <Input
              id={id}
              autoComplete="off"
              maxLength={200}
              value={String(form.values[typedNumber] ?? '')}
              onChange={(event) => form.set([typedNumber], event.target.value || undefined)}
            />
          )}
        </Labelled>
      ) : null}
    </section>
  )
}
/** Documents in force that rest on this one or cite it. */
function Resting({ doc }: { doc: Doc }) {
  const number = doc.numbers?.document
  const { data } = useQuery({
    queryKey: ['impact', number, 'force'],
    queryFn: () => get<Impact>(`/public/v1/impact${search({ act: number, limit: 20 })}`),
    enabled: number !== undefined,
    retry: false,
  })
  if (!data) return null
  const items = data.groups.flatMap((group) => group.items.map((item) => ({ ...item, role: group.label })))
  if (items.length === 0)
    return (
      <p>
        <b>谁引用它：</b>登记库里没有现行的文件以它为依据、引用它。
      </p>
    )
  return (
    <>
      <p>
        <b>谁引用它：</b>现行的 {data.total} 处，变动以后须逐件核查：
      </p>
      <ul className="plain">
        {items.map((item) => (
          <li key={`${item.role}${item.id}`}>
            <a href={`/register/${encodeURIComponent(item.id)}`} target="_blank" rel="noreferrer">
              {item.title}
            </a>
            　<span className="quiet">{item.role}</span>
          </li>
        ))}
        {data.total > items.length ? <li className="quiet">……共 {data.total} 处</li> : null}
      </ul>
    </>
  )
}
