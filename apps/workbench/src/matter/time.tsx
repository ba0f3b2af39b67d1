// 期限与“为什么是这一天”；计划：其余各阶段依法最早的日期。

import type { Verdict } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { get } from '../api.ts'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import TraceCalendar from '../parts/trace-calendar.tsx'
import { BasisText, Verdicts } from '../parts/verdicts.tsx'
import { deadlinesQuery } from '../queries.ts'
import type { Clock, Doc } from '../types.ts'
import { addDays, plain, weekdayOf } from '../words.ts'

const statusLabels = { open: '进行中', met: '已了结', paused: '中止中', cancelled: '已取消' } as const

export function Deadlines({ doc }: { doc: Doc }) {
  const found = useQuery(deadlinesQuery(doc.id))
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorNote error={found.error} retry={() => found.refetch()} />
  if (found.data.length === 0) return <Empty>这份案卷现在没有法定期限在计算。</Empty>
  const order = { open: 0, paused: 1, met: 2, cancelled: 3 }
  return (
    <div className="stack">
      {[...found.data]
        .sort((a, b) => order[a.status] - order[b.status] || a.dueOn.localeCompare(b.dueOn))
        .map((clock) => (
          <Deadline key={clock.key} clock={clock} />
        ))}
    </div>
  )
}
function Deadline({ clock }: { clock: Clock }) {
  const state = clock.overdue ? 'late' : clock.status
  return (
    <section className={`sheet clock-${state}`}>
      <div className="page-head">
        <h3>{clock.label}</h3>
        <span className={clock.overdue ? 'bad' : clock.status === 'open' ? '' : 'quiet'}>
          {clock.overdue ? `已逾期 ${clock.daysLate ?? 0} 日` : statusLabels[clock.status]}
          {!clock.overdue && clock.status === 'met' && clock.daysLate ? `，迟 ${clock.daysLate} 日` : ''}
          {clock.status === 'open' && typeof clock.remaining === 'number' ? `，剩 ${clock.remaining} 个工作日` : ''}
        </span>
      </div>
      <p>
        {plain(clock.startsOn)}起算，{clock.kind === 'effective' ? '' : '至'}
        <b>
          {plain(clock.dueOn)}（星期{weekdayOf(clock.dueOn)}）
        </b>
        {clock.kind === 'effective' ? '零时' : ' 24:00'}
        {clock.metOn ? `；${plain(clock.metOn)}办结` : ''}
        {clock.provisional ? <mark>暂定</mark> : null}
      </p>
      {clock.assumption ? <p className="hint">{clock.assumption}</p> : null}
      {clock.pauses.map((pause) => (
        <p key={pause.from} className="hint">
          中止：{pause.from} 至 {pause.to ?? '（尚未恢复）'}，{pause.reason}
        </p>
      ))}
      <p>
        依据：
        {clock.basis[0] ? <BasisText basis={clock.basis[0]} also={clock.basis.slice(1)} /> : '—'}
      </p>
      {clock.trace && clock.trace.length > 1 ? (
        <details>
          <summary>为什么是这一天</summary>
          <TraceCalendar trace={clock.trace} />
        </details>
      ) : clock.trace?.[0] ? (
        <p className="hint">{clock.trace[0].reason}</p>
      ) : null}
    </section>
  )
}

interface PlanStep {
  stage: string
  label: string
  from: string
  until: string | null
  commands: Array<{ command: string; label: string; on: string }>
  waits: Array<{ rule: string; reason: string; until: string; basis: Verdict['basis']; provisional: boolean }>
}
interface Plan {
  steps: PlanStep[]
  stuck: null | { stage: string; verdicts: Verdict[] }
  publishOn: string | null
  effectiveOn: string | null
  provisional: boolean
}
const span = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

export function PlanTab({ doc }: { doc: Doc }) {
  const found = useQuery({
    queryKey: ['doc', doc.id, 'plan'],
    queryFn: () => get<Plan>(`/api/documents/${doc.id}/plan`),
  })
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorNote error={found.error} retry={() => found.refetch()} />
  const { steps, stuck, publishOn, effectiveOn, provisional } = found.data
  const first = steps[0]?.from
  if (doc.publication)
    return (
      <Empty>
        已于{plain(doc.publication.publishedOn)}公布，自{plain(doc.publication.effectiveDate)}
        起施行，没有其余环节可以推算；备案、评估、届满等期限见“期限”。
      </Empty>
    )
  if (!first || doc.stage.startsWith('closed')) return <Empty>案卷已经终止，没有其余环节。</Empty>
  const last = [...steps.flatMap((step) => [step.from, step.until ?? step.from]), effectiveOn ?? first].reduce(
    (a, b) => (a > b ? a : b),
  )
  // A little room on the right for the last mark.
  const total = Math.max(span(first, last) * 1.04, 7)
  const at = (date: string) => (span(first, date) / total) * 100
  const every = total > 120 ? 30 : total > 45 ? 14 : 7
  const ticks = Array.from({ length: Math.floor(total / every) + 1 }, (_, i) => addDays(first, i * every)).filter(
    (date, i, all) => i === 0 || i < all.length - 1 || at(date) < 96,
  )
  return (
    <div className="stack">
      <p>
        自今日起，假定各环节都在依法最早之日办完，
        {publishOn ? (
          <>
            最早可于 <b>{plain(publishOn)}</b> 公布
          </>
        ) : (
          '尚不能推算公布日期'
        )}
        {effectiveOn ? (
          <>
            、<b>{plain(effectiveOn)}</b> 施行
          </>
        ) : null}
        。这是“最早”，不是“预计”。{provisional ? <mark>含暂定日期：有的年份放假安排尚未公布</mark> : null}
      </p>
      <div
        className="gantt"
        role="img"
        aria-label={steps.map((step) => `${step.label} ${step.from} 至 ${step.until ?? '—'}`).join('；')}
      >
        <div className="gantt-axis">
          {ticks.map((date) => (
            <span key={date} style={{ left: `${at(date)}%` }}>
              {date.slice(5).replace('-', '/')}
            </span>
          ))}
        </div>
        {steps.map((step) => {
          const until = step.until ?? step.from
          return (
            <div key={`${step.stage}${step.from}`} className="gantt-row">
              <span className="gantt-name">{step.label}</span>
              <div className="gantt-track">
                {ticks.map((date) => (
                  <i key={date} className="gantt-line" style={{ left: `${at(date)}%` }} />
                ))}
                <span
                  className={`gantt-bar${step.waits.length > 0 ? ' waits' : ''}`}
                  style={{ left: `${at(step.from)}%`, width: `max(6px, ${at(until) - at(step.from)}%)` }}
                />
                <span
                  className="gantt-label"
                  style={at(until) > 70 ? { right: `${100 - at(step.from)}%` } : { left: `calc(${at(until)}% + 10px)` }}
                >
                  {step.from === until ? step.from.slice(5) : `${step.from.slice(5)} 至 ${until.slice(5)}`}
                </span>
              </div>
            </div>
          )
        })}
        {effectiveOn ? (
          <div className="gantt-row">
            <span className="gantt-name">施行</span>
            <div className="gantt-track">
              <span className="gantt-point" style={{ left: `${at(effectiveOn)}%` }} />
              <span className="gantt-label" style={{ right: `calc(${100 - at(effectiveOn)}% + 12px)` }}>
                {effectiveOn}
              </span>
            </div>
          </div>
        ) : null}
      </div>
      {stuck ? (
        <div className="note note-warn">
          <p>推算到此为止，以下条件不是等待可以满足的：</p>
          <Verdicts list={stuck.verdicts} />
        </div>
      ) : null}
      <h2>逐步</h2>
      <ol className="plan-steps">
        {steps.map((step) => (
          <li key={`${step.stage}${step.from}`}>
            <b>{step.label}</b>　{step.from}
            {step.until && step.until !== step.from ? ` 至 ${step.until}` : ''}
            {step.commands.length > 0 ? (
              <p className="quiet">{step.commands.map((each) => `${each.on.slice(5)} ${each.label}`).join('；')}</p>
            ) : null}
            {step.waits.map((wait) => (
              <p key={`${wait.rule}${wait.until}`} className="wait">
                等到 {wait.until}：{wait.reason}
                {wait.provisional ? <mark>暂定</mark> : null}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </div>
  )
}
