// After a restore from backup, numbers missing from the backup may already have been issued. Confirm for each series
// the last number used; those lost in between are void. Until confirmed: no numbering, no publication, no filing, no
// sealing.
import { type answers, seriesKindLabels } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Input from 'antd/es/input'
import InputNumber from 'antd/es/input-number'
import { type FormEvent, useState } from 'react'
import { get, post, sentence } from '../api.ts'
import { Labelled } from '../parts/labelled.tsx'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { Trouble } from '../parts/trouble.tsx'
import type { Restorations, Told } from '../types.ts'
import { momentOf } from '../words.ts'

/** Kinds of number series. */
export const kindLabels: Record<string, string> = seriesKindLabels

const confirmationQuery = {
  queryKey: ['series', 'confirmation'],
  queryFn: () => get<Restorations>('/api/series/confirmation'),
} as const
const nameOf = (row: { series: string; year: number }): string =>
  `${row.series.replace(/^(登记|索引):/, '')}〔${row.year}〕`

/** Restores waiting to be confirmed; when there are none, draws nothing and lists only past ones. */
export function Confirmation() {
  const { data } = useQuery(confirmationQuery)
  if (!data) return null
  const [held] = data.open
  return (
    <>
      {held ? <Confirm key={held.lostUntil} state={data} held={held} /> : null}
      {data.past.length > 0 ? (
        <details className="card">
          <summary>以往恢复备份时确认的用号（{data.past.length} 次）</summary>
          <ul className="lines">
            {data.past.map((each) => (
              <li key={each.lostUntil}>
                {momentOf(each.lostFrom)} 至 {momentOf(each.lostUntil)} 的办理没有保存下来；
                {each.confirmed
                  ? `${momentOf(each.confirmed.at)} 确认：${each.confirmed.series.map((row) => `${nameOf(row)}用到 ${row.last} 号`).join('、') || '没有编号系列'}。依据：${each.confirmed.reason}`
                  : ''}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}
function Confirm({ state, held }: { state: Restorations; held: Restorations['open'][number] }) {
  const client = useQueryClient()
  const [last, setLast] = useState<Record<string, number | null>>({})
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const floor = (row: Restorations['series'][number]) => Math.max(row.last, row.lastKnown ?? 0)
  const given = (row: Restorations['series'][number]) => last[nameOf(row) + row.kind]
  const chosen = (row: Restorations['series'][number]) => (given(row) === undefined ? floor(row) : given(row))
  const lost = state.series.reduce((sum, row) => sum + Math.max(0, (chosen(row) ?? 0) - row.last), 0)
  const unsaid = state.series.some((row) => chosen(row) === null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const done = await post<Told<typeof answers.NumbersConfirmed>>('/api/series/confirmation', {
        series: state.series.map((row) => ({
          series: row.series,
          year: row.year,
          kind: row.kind,
          last: chosen(row) ?? 0,
        })),
        reason: reason.trim(),
      })
      toast(`已确认用号${done.voided > 0 ? `，${done.voided} 个丢失的号作废` : ''}；编号、公布、报送与封存恢复。`)
      await client.invalidateQueries({ queryKey: ['series'] })
    } catch (error) {
      setProblem(sentence(error))
      await client.invalidateQueries({ queryKey: confirmationQuery.queryKey })
    } finally {
      setBusy(false)
    }
  }
  return (
    <section className="card note-warn" aria-label="恢复备份以后确认用号" data-testid="confirm-numbers">
      <h2>恢复备份以后，先确认用号</h2>
      <p>
        数据库{held.kind === 'restored' ? '由备份恢复' : '被换成了旧的'}：{momentOf(held.lostFrom)} 至{' '}
        {momentOf(held.lostUntil)} 之间的办理没有保存下来，其间可能已经发出号码。编号、公布、报送与封存已经暂停。
      </p>
      <p>请对照发文登记簿，写明每个系列最后用到几号。库中没有的各号一律作废，永不再发；确认以后不能更改。</p>
      <form className="stack" onSubmit={submit}>
        {state.series.length === 0 ? (
          <p>这个数据库里还没有编号系列。</p>
        ) : (
          <div className="scroll-x">
            <table className="table folds">
              <thead>
                <tr>
                  <th>系列</th>
                  <th>种类</th>
                  <th className="num">库中最后</th>
                  <th className="num">另处记下的</th>
                  <th>最后用到</th>
                </tr>
              </thead>
              <tbody>
                {state.series.map((row) => (
                  <tr key={nameOf(row) + row.kind}>
                    <td data-label="系列">{nameOf(row)}</td>
                    <td data-label="种类">{kindLabels[row.kind] ?? row.kind}</td>
                    <td data-label="库中最后" className="num">
                      {row.last}
                    </td>
                    <td data-label="另处记下的" className="num">
                      {row.lastKnown ?? '—'}
                    </td>
                    <td data-label="最后用到">
                      <InputNumber
                        aria-label={`${nameOf(row)}最后用到几号`}
                        value={chosen(row) ?? null}
                        min={floor(row)}
                        precision={0}
                        suffix="号"
                        onChange={(next) => setLast({ ...last, [nameOf(row) + row.kind]: next })}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Labelled label="凭什么确认">
          {(id) => (
            <Input
              id={id}
              maxLength={500}
              value={reason}
              placeholder="如：2026 年发文登记簿，用印登记"
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Labelled>
        <Trouble says={problem} />
        <div className="row-end">
          <span className="hint">{lost > 0 ? `将作废 ${lost} 个库中没有的号` : '没有号因此作废'}</span>
          <Submit
            type="primary"
            loading={busy}
            lacks={[unsaid && '各系列最后用到几号', reason.trim() === '' && '凭什么确认']}
          >
            确认用号，恢复办理
          </Submit>
        </div>
      </form>
    </section>
  )
}
