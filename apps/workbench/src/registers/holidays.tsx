// Holidays: days off and shifted working days of each year, and the notices entered beside them.
import type { answers } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { type FormEvent, useState } from 'react'
import { get, ProblemError, post, sentence } from '../api.ts'
import { Labelled } from '../parts/labelled.tsx'
import { toast } from '../parts/toasts.tsx'
import { meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { addDays, momentOf, weekdayOf } from '../words.ts'
import { Loaded, RegisterPage, Table } from './parts.tsx'

type Notice = Told<typeof answers.Holidays>
const holidaysRoute = getRouteApi('/staff/holidays')
export function HolidaysPage() {
  const { data: me } = useQuery(meQuery)
  const query = useQuery({ queryKey: ['notices'], queryFn: () => get<Notice[]>('/api/calendar/notices') })
  const present = Number((me?.demo?.now ?? new Date().toISOString()).slice(0, 4))
  const { year = present } = holidaysRoute.useSearch()
  const years = [...new Set([present - 2, present - 1, present, present + 1, present + 2, year])].sort((a, b) => a - b)
  return (
    <RegisterPage
      title="放假安排"
      intro="国务院办公厅历年放假通知（2015—2026年）已随程序提供；此后各年通知公布后在此录入，受影响的期限随即重算并列明变化。未录入的年份，凡落在其中的期限一律注明“暂定”。"
    >
      <nav className="year-strip" aria-label="各年安排">
        {years.map((each) => {
          const known =
            each <= 2026 || query.data?.some((notice) => notice.year === each && notice.jurisdiction === 'CN')
          return (
            <Link
              key={each}
              to="/holidays"
              search={each === present ? {} : { year: each }}
              resetScroll={false}
              activeProps={{}}
              aria-current={each === year ? 'page' : undefined}
              className={known ? 'known' : 'provisional'}
            >
              <b>{each}年</b> {known ? '已公布' : '尚未公布，暂定'}
            </Link>
          )
        })}
      </nav>
      <YearTable year={year} />
      <h2>另行录入的通知</h2>
      {me?.roles.includes('admin') ? <NewNotice /> : null}
      <Loaded query={query}>
        {(rows) => (
          <Table
            rows={rows}
            keyOf={(row) => row.id}
            empty="还没有另行录入的通知。"
            columns={[
              { head: '年份', cell: (row) => row.year },
              { head: '范围', cell: (row) => (row.jurisdiction === 'CN' ? '全国' : '本法域') },
              { head: '来源', cell: (row) => row.source },
              {
                head: '放假',
                cell: (row) =>
                  row.days
                    .filter((day) => day.kind === 'off')
                    .map((day) => `${day.date.slice(5)} ${day.name}`)
                    .join('、'),
              },
              {
                head: '调休上班',
                cell: (row) =>
                  row.days
                    .filter((day) => day.kind === 'work')
                    .map((day) => day.date.slice(5))
                    .join('、') || '—',
              },
              { head: '录入', cell: (row) => momentOf(row.loadedAt) },
            ]}
          />
        )}
      </Loaded>
    </RegisterPage>
  )
}
type Year = Told<typeof answers.CalendarYear>
const span = (dates: string[]): string => {
  const runs: string[][] = []
  for (const date of dates) {
    const run = runs.at(-1)
    if (run && addDays(run.at(-1) ?? date, 1) === date) run.push(date)
    else runs.push([date])
  }
  const short = (date: string) => `${Number(date.slice(5, 7))}月${Number(date.slice(8))}日（周${weekdayOf(date)}）`
  return runs
    .map((run) =>
      run.length === 1 ? short(run[0] ?? '') : `${short(run[0] ?? '')}至${short(run.at(-1) ?? '')}，共${run.length}天`,
    )
    .join('；')
}
/** Holidays and shifted working days of a year, one holiday to a row. */
function YearTable({ year }: { year: number }) {
  const query = useQuery({
    queryKey: ['calendar-year', year],
    queryFn: () => get<Year>(`/api/calendar/years/${year}`),
  })
  return (
    <Loaded query={query}>
      {(found) => {
        const groups = [...Map.groupBy(found.days, (day) => day.name ?? day.reason)].map(([name, days]) => ({
          name,
          off: days.filter((day) => !day.workday).map((day) => day.date),
          work: days.filter((day) => day.workday).map((day) => day.date),
          source: [...new Set(days.flatMap((day) => day.source ?? []))].join('、'),
        }))
        groups.sort((a, b) => (a.off[0] ?? a.work[0] ?? '').localeCompare(b.off[0] ?? b.work[0] ?? ''))
        return (
          <>
            <h2>
              {found.year}年：{found.workdays} 个工作日{found.announced ? '' : '（暂定）'}
            </h2>
            {found.assumption ? <p className="note note-warn">{found.assumption}。</p> : null}
            <Table
              rows={groups}
              keyOf={(row) => row.name}
              empty="这一年的放假安排尚未公布。"
              columns={[
                { head: '节日', cell: (row) => row.name },
                { head: '放假（含相连的周末）', cell: (row) => span(row.off) || '—' },
                { head: '调休上班', cell: (row) => row.work.map((date) => span([date])).join('、') || '—' },
                { head: '来源', cell: (row) => row.source || '—' },
              ]}
            />
          </>
        )
      }}
    </Loaded>
  )
}
/** One day to a line: `2027-02-05 春节`; a leading “班” marks a shifted working day. */
function NewNotice() {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const [values, setValues] = useState({ id: '', jurisdiction: 'CN', year: '', source: '', days: '' })
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    const days: Array<{ date: string; kind: 'off' | 'work'; name: string }> = []
    for (const [i, line] of values.days.split('\n').entries()) {
      if (line.trim() === '') continue
      const match = /^(班)?\s*(\d{4}-\d{2}-\d{2})\s+(.+)$/.exec(line.trim())
      if (!match?.[2] || !match[3])
        return setProblem(`第${i + 1}行写法有误，应如“2027-02-05 春节”，调休上班的前加“班”。`)
      days.push({ date: match[2], kind: match[1] ? 'work' : 'off', name: match[3] })
    }
    setBusy(true)
    try {
      await post('/api/calendar/notices', {
        id: values.id,
        jurisdiction: values.jurisdiction,
        year: Number(values.year),
        source: values.source,
        days,
      })
      toast('已录入，受影响的期限随即重算。')
      setValues({ id: '', jurisdiction: 'CN', year: '', source: '', days: '' })
      await client.invalidateQueries()
    } catch (error) {
      setProblem(
        error instanceof ProblemError && error.problem.issues?.length
          ? error.problem.issues.map((issue) => `${issue.path}：${issue.message}`).join('；')
          : sentence(error),
      )
    } finally {
      setBusy(false)
    }
  }
  const field = (name: 'id' | 'year' | 'source', label: string, hint: string) => (
    <Labelled label={label}>
      {(id) => (
        <Input
          id={id}
          value={values[name]}
          placeholder={hint}
          onChange={(e) => setValues({ ...values, [name]: e.target.value })}
        />
      )}
    </Labelled>
  )
  return (
    <details className="card">
      <summary>录入一份通知</summary>
      <form className="stack" onSubmit={submit}>
        <div className="inline-grid">
          {field('id', '标识', 'CN-2027')}
          {field('year', '年份', '2027')}
          {field('source', '发文机关与文号', '国办发明电〔2026〕× 号')}
          <Labelled label="范围">
            {(id) => (
              <select
                id={id}
                className="native"
                value={values.jurisdiction}
                onChange={(e) => setValues({ ...values, jurisdiction: e.target.value })}
              >
                <option value="CN">全国</option>
                <option value={me?.jurisdiction ?? ''}>本法域（地方节日）</option>
              </select>
            )}
          </Labelled>
        </div>
        <Labelled label="各日，一行一日">
          {(id) => (
            <Input.TextArea
              id={id}
              rows={6}
              value={values.days}
              placeholder={'2027-02-05 春节\n班 2027-02-14 春节'}
              onChange={(e) => setValues({ ...values, days: e.target.value })}
            />
          )}
        </Labelled>
        {problem ? (
          <p className="field-error" role="alert">
            {problem}
          </p>
        ) : null}
        <div className="row-end">
          <Button
            type="primary"
            htmlType="submit"
            loading={busy}
            disabled={!values.id || !values.year || !values.source || !values.days}
          >
            录入并重算期限
          </Button>
        </div>
      </form>
    </details>
  )
}
