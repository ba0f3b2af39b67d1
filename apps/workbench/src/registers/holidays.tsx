// Holidays: days off and shifted working days of each year, and the notices entered beside them.
import type { answers } from '@dianzhang/contract'
import { queryOptions, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import Input from 'antd/es/input'
import { type FormEvent, useMemo, useState } from 'react'
import { get, ProblemError, post, sentence } from '../api.ts'
import { Labelled } from '../parts/labelled.tsx'
import { Submit } from '../parts/submit.tsx'
import { toast } from '../parts/toasts.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { meQuery } from '../queries.ts'
import type { Told } from '../types.ts'
import { addDays, momentOf, weekdayOf } from '../words.ts'
import { type NoticeDay, readNotice } from './holiday-notice.ts'
import { Loaded, PagedTable, RegisterPage, Table, usePages } from './parts.tsx'

type Notice = Told<typeof answers.Holidays>
const holidaysRoute = getRouteApi('/staff/holidays')
export function HolidaysPage() {
  const { data: me } = useQuery(meQuery)
  // The latest years are on the first page.
  const query = usePages<Notice>(['notices'], '/api/calendar/notices')
  const notices = query.data?.pages.flatMap((page) => page.items) ?? []
  const present = Number((me?.demo?.now ?? new Date().toISOString()).slice(0, 4))
  const { year = present } = holidaysRoute.useSearch()
  const years = [...new Set([present - 2, present - 1, present, present + 1, present + 2, year])].sort((a, b) => a - b)
  const found = useQueries({ queries: years.map(yearQuery) })
  return (
    <RegisterPage
      title="放假安排"
      intro="国务院办公厅历年放假通知已随程序提供；此后各年通知公布后在此录入，受影响的期限随即重算并列明变化。未录入的年份，凡落在其中的期限一律注明“暂定”。"
    >
      <nav className="year-strip" aria-label="各年安排">
        {years.map((each, i) => {
          const announced = found[i]?.data?.announced
          return (
            <Link
              key={each}
              to="/holidays"
              search={each === present ? {} : { year: each }}
              resetScroll={false}
              activeProps={{}}
              aria-current={each === year ? 'page' : undefined}
              className={announced === false ? 'provisional' : 'known'}
            >
              <b>{each}年</b> {announced === undefined ? '' : announced ? '已公布' : '尚未公布，暂定'}
            </Link>
          )
        })}
      </nav>
      <YearTable year={year} />
      <h2>另行录入的通知</h2>
      {me?.roles.includes('admin') ? <NewNotice known={notices} /> : null}
      <PagedTable
        query={query}
        keyOf={(row) => row.id}
        empty="还没有另行录入的通知。"
        columns={[
          { head: '年份', cell: (row) => row.year, width: '4em' },
          { head: '范围', cell: (row) => (row.jurisdiction === 'CN' ? '全国' : '本法域'), width: '4.5em' },
          { head: '来源', cell: (row) => row.source },
          {
            head: '放假',
            cell: (row) =>
              [
                ...Map.groupBy(
                  row.days.filter((day) => day.kind === 'off'),
                  ({ name }) => name,
                ),
              ]
                .map(([name, days]) => `${name}：${span(days.map(({ date }) => date))}`)
                .join('；') || '—',
          },
          {
            head: '调休上班',
            cell: (row) =>
              row.days
                .filter((day) => day.kind === 'work')
                .map((day) => span([day.date]))
                .join('、') || '—',
          },
          { head: '录入', cell: (row) => momentOf(row.loadedAt) },
        ]}
      />
    </RegisterPage>
  )
}
type Year = Told<typeof answers.CalendarYear>
const yearQuery = (year: number) =>
  queryOptions({
    queryKey: ['calendar-year', year],
    queryFn: () => get<Year>(`/api/calendar/years/${year}`),
  })
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
  const query = useQuery(yearQuery(year))
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
              taken={{ path: `/api/calendar/years/${year}/days` }}
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
/**
 * The notice's own words, pasted: what they say is read at once and shown on a calendar, and only what stands there is entered.
 * Its key is made from whose days they are and the year, a second one of the same year is numbered.
 */
function NewNotice({ known }: { known: readonly Notice[] }) {
  const client = useQueryClient()
  const { data: me } = useQuery(meQuery)
  const empty = { text: '', year: '', source: '', jurisdiction: '' }
  const [values, setValues] = useState(empty)
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const read = useMemo(
    () => readNotice(values.text, /^\d{4}$/.test(values.year) ? Number(values.year) : null),
    [values.text, values.year],
  )
  const year = values.year || (read.year === null ? '' : String(read.year))
  const source = values.source || (read.source ?? '')
  const local = read.days.some(({ name }) => /开斋节|古尔邦节/.test(name)) ? me?.jurisdiction : undefined
  const jurisdiction = values.jurisdiction || (local ?? 'CN')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    setBusy(true)
    const key = `${jurisdiction}-${year}`
    const others = known.filter(({ id }) => id === key || id.startsWith(`${key}.`)).length
    try {
      await post('/api/calendar/notices', {
        id: others === 0 ? key : `${key}.${others + 1}`,
        jurisdiction,
        year: Number(year),
        source,
        days: read.days,
      })
      toast('已录入，受影响的期限随即重算。')
      setValues(empty)
      await client.invalidateQueries()
    } catch (error) {
      setProblem(
        error instanceof ProblemError && error.problem.issues?.length
          ? error.problem.issues.map((issue) => issue.message).join('；')
          : sentence(error),
      )
    } finally {
      setBusy(false)
    }
  }
  const set = (name: keyof typeof empty, value: string) => setValues({ ...values, [name]: value })
  return (
    <details className="card">
      <summary>录入一份通知</summary>
      <form className="stack" onSubmit={submit} data-testid="new-notice">
        <Labelled label="通知的原话（粘贴）">
          {(id) => (
            <Input.TextArea
              id={id}
              rows={6}
              value={values.text}
              placeholder="一、元旦：1月1日（周五）至3日（周日）放假，共3天。二、春节：……2月20日（周六）上班。"
              onChange={(e) => set('text', e.target.value)}
            />
          )}
        </Labelled>
        <div className="inline-grid">
          <Labelled label="年份">
            {(id) => (
              <Input
                id={id}
                inputMode="numeric"
                maxLength={4}
                value={year}
                onChange={(e) => set('year', e.target.value)}
              />
            )}
          </Labelled>
          <Labelled label="发文机关与文号">
            {(id) => (
              <Input
                id={id}
                value={source}
                placeholder="国办发明电〔2026〕× 号"
                onChange={(e) => set('source', e.target.value)}
              />
            )}
          </Labelled>
          <Labelled label="范围">
            {(id) => (
              <select
                id={id}
                className="native"
                value={jurisdiction}
                onChange={(e) => set('jurisdiction', e.target.value)}
              >
                <option value="CN">全国</option>
                <option value={me?.jurisdiction ?? ''}>本法域（地方节日）</option>
              </select>
            )}
          </Labelled>
        </div>
        {values.text.trim() && read.doubts.length > 0 ? (
          <ul className="note note-warn lines" role="status" data-testid="doubts">
            {read.doubts.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        ) : null}
        {read.days.length > 0 ? <ReadDays days={read.days} /> : null}
        <Trouble says={problem} />
        <div className="row-end">
          {read.days.length > 0 ? <span className="hint">请对照通知，逐月看过再录入</span> : null}
          <Submit
            type="primary"
            loading={busy}
            lacks={[
              !values.text.trim() && '通知的原话',
              !/^\d{4}$/.test(year) && '年份',
              !source.trim() && '发文机关与文号',
            ]}
            why={read.days.length === 0 && '没有读出放假或者上班的日子'}
          >
            照此录入并重算期限
          </Submit>
        </div>
      </form>
    </details>
  )
}
/** The days read, holiday by holiday in words, and on the calendar of each month they fall in. */
function ReadDays({ days }: { days: readonly NoticeDay[] }) {
  const of = (list: readonly NoticeDay[], kind: NoticeDay['kind']) =>
    list.filter((day) => day.kind === kind).map(({ date }) => date)
  const byDate = new Map(days.map((day) => [day.date, day]))
  const months = [...new Set(days.map(({ date }) => date.slice(0, 7)))]
  return (
    <section className="stack" aria-label="读出的日子" data-testid="read-days">
      <ul className="lines">
        {[...Map.groupBy(days, ({ name }) => name)].map(([name, list]) => (
          <li key={name}>
            <b>{name}</b>：{span(of(list, 'off')) || '没有放假的日子'}
            {of(list, 'work').length > 0 ? `；${span(of(list, 'work'))}上班` : ''}
          </li>
        ))}
      </ul>
      <div className="month-grids">
        {months.map((month) => (
          <table key={month} className="month-grid">
            <caption>
              {Number(month.slice(0, 4))}年{Number(month.slice(5))}月
            </caption>
            <thead>
              <tr>
                {[...'一二三四五六日'].map((each) => (
                  <th key={each} scope="col">
                    {each}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeksOf(month).map((week) => (
                <tr key={week.find(Boolean)}>
                  {week.map((date, i) => {
                    const day = date ? byDate.get(date) : undefined
                    return (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the seven days of a week, in order
                      <td key={i} className={day ? `day-${day.kind}` : ''}>
                        {date ? Number(date.slice(8)) : ''}
                        {day ? <small>{day.kind === 'off' ? '休' : '班'}</small> : null}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </section>
  )
}
/** The weeks of a month (`YYYY-MM`) from Monday, empty where another month's days stand. */
function weeksOf(month: string): string[][] {
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()
  const first = '一二三四五六日'.indexOf(weekdayOf(`${month}-01`))
  const cells = [
    ...Array<string>(first).fill(''),
    ...Array.from({ length: days }, (_, i) => `${month}-${String(i + 1).padStart(2, '0')}`),
  ]
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, i) =>
    Array.from({ length: 7 }, (__, k) => cells[i * 7 + k] ?? ''),
  )
}
