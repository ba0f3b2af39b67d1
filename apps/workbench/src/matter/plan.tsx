// Plan: the earliest lawful date of each remaining stage.
import type { answers } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { get } from '../api.ts'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import type { Told } from '../types.ts'
import { addDays, plain } from '../words.ts'
import type { Frame } from './frame.ts'

type Plan = Told<typeof answers.Plan>
const span = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

export function PlanTab({
  matter,
  over,
}: {
  matter: Frame /** When no steps remain, says why. */
  over?: string | null
}) {
  const found = useQuery({
    queryKey: [matter.place.key, matter.id, 'plan'],
    queryFn: () => get<Plan>(`${matter.place.api}/${matter.id}/plan`),
  })
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorNote error={found.error} retry={() => found.refetch()} />
  const { steps, stuck, publishOn = null, effectiveOn = null, provisional } = found.data
  const first = steps[0]?.from
  if (over) return <Empty>{over}</Empty>
  if (!first || matter.ended) return <Empty>没有其余环节可以推算。</Empty>
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
        ) : found.data.publishOn === null ? (
          '尚不能推算公布日期'
        ) : (
          '各阶段最早的日期如下'
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
