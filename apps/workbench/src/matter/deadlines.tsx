// Deadlines, and “为什么是这一天” (why this day).

import { deadlineStatusLabels } from '@dianzhang/contract'
import { useQuery } from '@tanstack/react-query'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { TakeAway } from '../parts/take-away.tsx'
import TraceCalendar from '../parts/trace-calendar.tsx'
import { BasisText } from '../parts/verdicts.tsx'
import { deadlinesQuery } from '../queries.ts'
import type { Clock } from '../types.ts'
import { plain, weekdayOf } from '../words.ts'
import type { Frame } from './frame.ts'

export function Deadlines({ matter }: { matter: Frame }) {
  const found = useQuery(deadlinesQuery(matter.id, matter.place))
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorNote error={found.error} retry={() => found.refetch()} />
  if (found.data.length === 0) return <Empty>现在没有法定期限在计算。</Empty>
  const order = { open: 0, paused: 1, met: 2, cancelled: 3 }
  return (
    <div className="stack">
      {[...found.data]
        .sort((a, b) => order[a.status] - order[b.status] || a.dueOn.localeCompare(b.dueOn))
        .map((clock) => (
          <Deadline key={clock.key} clock={clock} />
        ))}
      <p className="desk-foot">
        <TakeAway path={`${matter.place.api}/${matter.id}/deadlines`} />
      </p>
    </div>
  )
}
function Deadline({ clock }: { clock: Clock }) {
  const theirs = clock.whose !== undefined && !clock.mine
  const state = clock.overdue ? 'late' : clock.status
  return (
    <section className={`sheet clock-${state}`}>
      <div className="page-head">
        <h3>{clock.label}</h3>
        <span className={clock.overdue ? (theirs ? 'theirs' : 'bad') : clock.status === 'open' ? '' : 'quiet'}>
          {clock.overdue ? `已逾期 ${clock.daysLate ?? 0} 日` : deadlineStatusLabels[clock.status]}
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
      {clock.whose === undefined ? null : <p>由{theirs ? clock.whose : `本单位（${clock.whose}）`}办理</p>}
      {clock.assumption ? <p className="hint">{clock.assumption}</p> : null}
      {clock.pauses?.map((pause) => (
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
