// The numbering desk: how far each series has come, reserving document numbers.
import type { answers } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { post, sentence } from '../api.ts'
import { DateInput } from '../parts/date-input.tsx'
import { Labelled } from '../parts/labelled.tsx'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { UnitOptions } from '../parts/unit-options.tsx'
import { meQuery } from '../queries.ts'
import type { Series, Told } from '../types.ts'
import { dateOf } from '../words.ts'
import { Confirmation, kindLabels } from './confirmation.tsx'
import { PagedTable, RegisterPage, usePages } from './parts.tsx'

export function SeriesPage() {
  const query = usePages<Series>(['series', 'list'], '/api/series', {}, 10_000)
  return (
    <RegisterPage title="编号台" intro="每个号都是已用、预留或者作废之一，不跳号；办理“统一登记编号”时依次取下一个号。">
      <Confirmation />
      <Reserve />
      <PagedTable
        query={query}
        keyOf={(row) => `${row.series}${row.year}`}
        empty="还没有编过号。第一份文件办理“统一登记编号”后，序列出现在这里。"
        columns={[
          {
            head: '序列',
            cell: (row) => (
              <Link to="/series/$series/$year" params={{ series: row.series, year: String(row.year) }}>
                {row.series.replace(/^(登记|索引):/, '')}
              </Link>
            ),
          },
          { head: '种类', cell: (row) => kindLabels[row.kind] ?? row.kind },
          { head: '年份', cell: (row) => row.year },
          { head: '已用', num: true, cell: (row) => row.issued },
          { head: '预留', num: true, cell: (row) => row.reserved },
          { head: '作废', num: true, cell: (row) => row.void },
          { head: '下一个', num: true, cell: (row) => <b>{row.lastSeq + 1}</b> },
        ]}
      />
    </RegisterPage>
  )
}
/** Reserves a document number; it is void when due unused. */
function Reserve() {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const [values, setValues] = useState({ issuer: '', purpose: '', expiresOn: '' })
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  if (!me?.roles.includes('secretariat')) return null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      const made = await post<Told<typeof answers.Reserved>>('/api/series/reservations', values)
      toast(`已预留${made.text}。`)
      setValues({ issuer: '', purpose: '', expiresOn: '' })
      await client.invalidateQueries({ queryKey: ['series'] })
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <details className="card">
      <summary>预留一个发文字号</summary>
      <form className="inline-grid" onSubmit={submit}>
        <Labelled label="制定机关">
          {(id) => (
            <select
              id={id}
              className="native"
              value={values.issuer}
              onChange={(e) => setValues({ ...values, issuer: e.target.value })}
            >
              <option value="">请选择</option>
              <UnitOptions issuers />
            </select>
          )}
        </Labelled>
        <Labelled label="用途">
          {(id) => (
            <Input
              id={id}
              maxLength={500}
              value={values.purpose}
              onChange={(e) => setValues({ ...values, purpose: e.target.value })}
            />
          )}
        </Labelled>
        <Labelled label="预留至">
          {(id) => (
            <DateInput
              id={id}
              min={dateOf(me.demo?.now ?? new Date())}
              value={values.expiresOn}
              onChange={(expiresOn = '') => setValues({ ...values, expiresOn })}
            />
          )}
        </Labelled>
        <Submit
          type="primary"
          loading={busy}
          lacks={[!values.issuer && '制定机关', !values.purpose.trim() && '用途', !values.expiresOn && '预留至']}
        >
          预留
        </Submit>
        <Trouble says={problem} />
      </form>
    </details>
  )
}
