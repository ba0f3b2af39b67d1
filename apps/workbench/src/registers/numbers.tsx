// Every number of a series in a year; giving up a reservation.
import { numberStatusLabels } from '@dianzhang/contract'
import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { post, sentence } from '../api.ts'
import { PersonSelect } from '../forms/pickers.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { Trouble } from '../parts/trouble.tsx'
import type { NumberRow } from '../types.ts'
import { momentOf } from '../words.ts'
import { PagedTable, RegisterPage, usePages } from './parts.tsx'

/** Gives up a reserved number: voiding it requires a reason and the person who approved. */
function Release({ text, onDone }: { text: string; onDone: () => void }) {
  const client = useQueryClient()
  const [values, setValues] = useState({ reason: '', approver: '' })
  const [problem, setProblem] = useState<string | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    try {
      await post('/api/series/reservations/release', { text, ...values })
      toast(`${text} 已作废。`)
      await client.invalidateQueries({ queryKey: ['series'] })
      onDone()
    } catch (error) {
      setProblem(sentence(error))
    }
  }
  return (
    <form className="card inline-grid" onSubmit={submit}>
      <b>放弃 {text}</b>
      <Labelled label="理由">
        {(id) => (
          <Input id={id} value={values.reason} onChange={(e) => setValues({ ...values, reason: e.target.value })} />
        )}
      </Labelled>
      <Labelled label="批准人">
        {(id) => (
          <PersonSelect
            id={id}
            value={values.approver || undefined}
            onChange={(approver = '') => setValues({ ...values, approver })}
            bad={false}
          />
        )}
      </Labelled>
      <Submit danger lacks={[!values.reason.trim() && '理由', !values.approver.trim() && '批准人']}>
        作废这个号
      </Submit>
      <Trouble says={problem} />
    </form>
  )
}
const numbersRoute = getRouteApi('/staff/series/$series/$year')
export function NumbersPage() {
  const { series, year } = numbersRoute.useParams()
  const [releasing, setReleasing] = useState<string | null>(null)
  const query = usePages<NumberRow>(
    ['series', series, year],
    `/api/series/${encodeURIComponent(series)}/${year}/numbers`,
  )
  return (
    <RegisterPage
      title={`${series.replace(/^(登记|索引):/, '')}　${year}年`}
      tools={<Link to="/series">全部序列</Link>}
    >
      {releasing ? <Release key={releasing} text={releasing} onDone={() => setReleasing(null)} /> : null}
      <PagedTable
        query={query}
        keyOf={(row) => String(row.seq)}
        empty="这个序列还没有号。"
        columns={[
          { head: '序号', num: true, cell: (row) => row.seq },
          { head: '编号', cell: (row) => <b>{row.text}</b> },
          {
            head: '状态',
            cell: (row) => (
              <span className={row.status === 'void' ? 'bad' : row.status === 'issued' ? 'good' : ''}>
                {numberStatusLabels[row.status]}
              </span>
            ),
          },
          {
            head: '案卷',
            cell: (row) =>
              row.document ? (
                <Link to="/documents/$id" params={{ id: row.document }}>
                  打开案卷
                </Link>
              ) : (
                (row.reservedFor ?? '—')
              ),
          },
          { head: '时间', cell: (row) => (row.at ? momentOf(row.at) : '—') },
          {
            head: '说明',
            cell: (row) =>
              row.voidReason
                ? `${row.voidReason}（批准：${row.voidApprover ?? '—'}）`
                : row.expiresOn
                  ? `预留至 ${row.expiresOn}`
                  : '',
          },
          {
            head: '操作',
            cell: (row) =>
              row.status === 'reserved' ? (
                <Button size="small" onClick={() => setReleasing(row.text)}>
                  放弃
                </Button>
              ) : null,
          },
        ]}
      />
    </RegisterPage>
  )
}
