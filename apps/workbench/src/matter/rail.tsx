// Stages at a glance: passed, present, still to come; the clocks of the present stage and their basis.
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useChosenInView } from '../parts/chosen-in-view.ts'
import { cite } from '../parts/verdicts.tsx'
import { historyQuery, meQuery } from '../queries.ts'
import type { Clock, HistoryEvent } from '../types.ts'
import { dateOf } from '../words.ts'
import type { Frame } from './frame.ts'

const days = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
const mainOf = (stage: string): string => stage.split('.')[0] ?? stage

/** The days each stage was entered and left, from the ledger. */
function visits(events: HistoryEvent[], today: string) {
  const spans: Array<{ stage: string; from: string; to: string | null }> = []
  for (const event of events) {
    const stage = mainOf(event.stage)
    const last = spans.at(-1)
    if (last?.stage === stage) continue
    const on = dateOf(event.at)
    if (last) last.to = on
    spans.push({ stage, from: on, to: null })
  }
  const byStage = new Map<string, { first: string; days: number; times: number; last: string | null }>()
  for (const span of spans) {
    const sum = byStage.get(span.stage)
    const spent = days(span.from, span.to ?? today)
    byStage.set(span.stage, {
      first: sum?.first ?? span.from,
      days: (sum?.days ?? 0) + spent,
      times: (sum?.times ?? 0) + 1,
      last: span.to,
    })
  }
  return byStage
}
export function Rail({ matter }: { matter: Frame }) {
  const { data: me } = useQuery(meQuery)
  const { data: events } = useQuery(historyQuery(matter.id, matter.place))
  const today = dateOf(me?.demo?.now ?? new Date())
  const seen = events
    ? visits(events, today)
    : new Map<string, { first: string; days: number; times: number; last: string | null }>()
  const present = mainOf(matter.stage)
  const all = matter.stages.map((stage) => stage.path)
  // Those off the main line (terminated and so on) come after the stages passed.
  const stages = all.includes(present) ? all : [...all.filter((stage) => seen.has(stage)), present]
  const at = stages.indexOf(present)
  const bar = useRef<HTMLElement>(null)
  useChosenInView(bar, '.rail-now', `${present}${events?.length}`)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than its place, it is scrolled by the arrow keys
    <nav className="rail" aria-label="办理阶段" ref={bar} tabIndex={0}>
      <ol>
        {stages.map((stage, i) => {
          const visit = seen.get(stage)
          // Before the history has come nothing is known of the stages passed.
          const passed = events ? 'skipped' : 'done'
          const state = i === at ? 'now' : visit ? (i < at ? 'done' : 'back') : i < at ? passed : 'ahead'
          const clocks = matter.deadlines
            .filter(
              (clock) =>
                (matter.clockStage ? matter.clockStage[clock.kind] : present) === stage &&
                (clock.status === 'open' || clock.status === 'paused'),
            )
            .sort((a, b) => a.dueOn.localeCompare(b.dueOn))
          return (
            <li key={stage} className={`rail-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
              <b>{stage === present ? matter.stageLabel : matter.stageOf(stage)}</b>
              <small>
                {state === 'now' && visit ? `${visit.first} 起，第 ${visit.days + 1} 日` : null}
                {state === 'done' && visit ? `${visit.first}，历 ${visit.days} 日` : null}
                {state === 'back' && visit ? '曾到过，已返回' : null}
                {state === 'skipped' ? '未停留' : null}
              </small>
              {visit && visit.times > 1 ? <small>进入 {visit.times} 次</small> : null}
              {clocks.map((clock) => (
                <RailClock key={clock.key} clock={clock} today={today} />
              ))}
              {clocks.length > 1 ? (
                <small className="rail-more">另有 {clocks.length - 1} 项期限，见“期限”</small>
              ) : null}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
function RailClock({ clock, today }: { clock: Clock; today: string }) {
  const late = clock.status === 'open' && clock.dueOn < today
  const basis = clock.basis[0]
  // Another organ's clock is told as its own: late it warns, but it is not ours to answer.
  const theirs = clock.whose !== undefined && !clock.mine
  return (
    <span
      className={`rail-clock${late ? ' late' : ''}${theirs ? ' theirs' : ''}`}
      title={basis ? `依据：${cite(basis)}` : undefined}
    >
      {clock.label}
      <em>
        {clock.dueOn}
        {clock.status === 'paused' ? '（中止中）' : late ? '（已逾期）' : ''}
        {clock.provisional ? '（暂定）' : ''}
      </em>
      {clock.whose === undefined ? null : (
        <span className="rail-whose">{theirs ? `由${clock.whose}办理` : '由本单位办理'}</span>
      )}
      {basis ? <i>{cite(basis)}</i> : null}
    </span>
  )
}
