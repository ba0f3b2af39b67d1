// “为什么是这一天” (why this day): draws the day-by-day computation as a calendar of months; days counted, not counted,
// suspended and rolled forward each have a colour and words.
import type { TraceDay } from '../types.ts'
import { addDays, plain, weekdayOf } from '../words.ts'

const legend = {
  start: '起算日（不计入）',
  counted: '计入',
  makeup: '调休上班（计入）',
  skipped: '不计入',
  paused: '中止',
  rolled: '顺延',
} as const
const isMakeup = (day: TraceDay) => day.kind === 'counted' && day.reason.includes('调休')

export default function TraceCalendar({ trace }: { trace: TraceDay[] }) {
  const days = new Map(trace.map((day) => [day.date, day]))
  const months = [...new Set(trace.map((day) => day.date.slice(0, 7)))]
  const kinds = new Set(trace.map((day) => (isMakeup(day) ? 'makeup' : day.kind)))
  const shown = months.length > 8 ? [...months.slice(0, 3), ...months.slice(-2)] : months
  const last = trace.at(-1)
  return (
    <div className="trace">
      <p className="trace-legend">
        {(Object.keys(legend) as Array<keyof typeof legend>)
          .filter((kind) => kinds.has(kind))
          .map((kind) => (
            <span key={kind}>
              <i className={`day-${kind}`} aria-hidden="true" /> {legend[kind]}
            </span>
          ))}
      </p>
      {shown.length < months.length ? (
        <p className="quiet">期间共 {months.length} 个月，只画首尾几个月；全部见下方逐日文字。</p>
      ) : null}
      <div className="trace-months" aria-hidden="true">
        {shown.map((month) => (
          <Month key={month} month={month} days={days} last={last?.date} />
        ))}
      </div>
      <details>
        <summary>逐日文字（{trace.length} 日）</summary>
        <ol className="trace-list">
          {trace.slice(0, 400).map((day) => (
            <li key={day.date}>
              {day.date} 周{weekdayOf(day.date)}：{day.index ? `第${day.index}日，` : ''}
              {day.reason}
              {day.source ? `（${day.source}）` : ''}
              {day.provisional ? '【暂定】' : ''}
            </li>
          ))}
        </ol>
      </details>
    </div>
  )
}
function Month({ month, days, last }: { month: string; days: Map<string, TraceDay>; last: string | undefined }) {
  const first = `${month}-01`
  const lead = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7
  const dates: string[] = []
  for (let date = first; date.startsWith(month); date = addDays(date, 1)) dates.push(date)
  return (
    <table className="month">
      <caption>{plain(first).replace(/1日$/, '')}</caption>
      <thead>
        <tr>
          {['一', '二', '三', '四', '五', '六', '日'].map((name) => (
            <th key={name}>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: Math.ceil((lead + dates.length) / 7) }, (_, week) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: weeks have no other identity
          <tr key={week}>
            {Array.from({ length: 7 }, (_, weekday) => {
              const date = dates[week * 7 + weekday - lead]
              const day = date ? days.get(date) : undefined
              const kind = day ? (isMakeup(day) ? 'makeup' : day.kind) : 'none'
              return (
                <td
                  key={addDays(first, week * 7 + weekday - lead)}
                  className={`day-${kind}${date && date === last ? ' day-last' : ''}`}
                  title={day ? `${date} ${day.reason}` : undefined}
                >
                  {date ? Number(date.slice(8)) : ''}
                  {day?.index ? <sub>{day.index}</sub> : null}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
