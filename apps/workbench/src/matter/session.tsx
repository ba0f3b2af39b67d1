// The meeting's own tab: every item with what still refuses its decision, who came, what was decided, the minutes; the list of
// items and the minutes to print.
import { type answers, decisionLabels } from '@dianzhang/contract'
import { Link } from '@tanstack/react-router'
import { Empty } from '../parts/states.tsx'
import type { Told } from '../types.ts'
import { plain } from '../words.ts'
import type { Matter } from './types.ts'

type Own = Told<typeof answers.SessionFile>
type Item = Own['items'][number]

export default function Session({ matter }: { matter: Matter }) {
  const own = matter as unknown as Own
  const attendance = own.held?.attendance
  const named = (people: ReadonlyArray<{ name: string }>): string => people.map((each) => each.name).join('、')
  return (
    <div className="stack" data-testid="session">
      <p className="row">
        <Papers id={matter.id} paper="agenda" label="议题单" />
        {own.minutes ? <Papers id={matter.id} paper="minutes" label="纪要" /> : null}
      </p>
      {own.cancelled ? <p className="note note-warn pre">已取消：{own.cancelled.reason}</p> : null}
      {own.rescheduled.map((each) => (
        <p key={`${each.from}${each.to}`} className="quiet">
          由{plain(each.from)}改到{plain(each.to)}：{each.reason}
        </p>
      ))}
      <h2>议题</h2>
      <Agenda items={own.items} people={own.people} over={own.held !== null} />
      {own.held ? (
        <>
          <h2>召开情况</h2>
          {attendance ? (
            <dl className="facts">
              <dt>召开</dt>
              <dd>
                {plain(own.held.on)}
                {own.place ? `，${own.place}` : ''}
              </dd>
              <dt>主持</dt>
              <dd>{attendance.chair.name}</dd>
              <dt>出席</dt>
              <dd>
                {named(attendance.present)}
                <small className="block quiet">{attendance.quorum.words}</small>
              </dd>
              {attendance.absent.length > 0 ? (
                <>
                  <dt>缺席</dt>
                  <dd>{named(attendance.absent)}</dd>
                </>
              ) : null}
              {attendance.observers.length > 0 ? (
                <>
                  <dt>列席</dt>
                  <dd>{attendance.observers.join('、')}</dd>
                </>
              ) : null}
            </dl>
          ) : (
            <p className="quiet">
              {plain(own.held.on)}召开，随案卷记录，没有登记出席情况；要补的，办理“登记召开情况”。
            </p>
          )}
        </>
      ) : null}
      {own.minutes ? (
        <>
          <h2>纪要{own.minutes.number ? `（${own.minutes.number}）` : ''}</h2>
          <p className="pre">{own.minutes.text}</p>
          <p className="quiet">签发：{own.minutes.signedBy.name}</p>
          {own.minutes.corrections.map((each) => (
            <p key={each.at} className="quiet">
              更正：{each.reason}
            </p>
          ))}
        </>
      ) : null}
    </div>
  )
}

/** The items in order: what they are, who presents them, whether they may be decided or how they were. */
export function Agenda({
  items,
  people,
  over = false,
}: {
  items: readonly Item[]
  people: Record<string, string>
  over?: boolean
}) {
  const standing = items.filter((item) => !item.dropped)
  return standing.length === 0 ? (
    <Empty>还没有议题。</Empty>
  ) : (
    <ol className="agenda">
      {standing.map((item) => (
        <li key={item.n}>
          {item.matter ? (
            <Link to="/documents/$id" params={{ id: item.matter }} search={{ tab: 'decisions' }}>
              <b>{item.title}</b>
            </Link>
          ) : (
            <b>{item.title}</b>
          )}
          <small className="block quiet">
            {item.presenterName ? `${item.presenterName}汇报` : '没有写明汇报单位'}
            {item.attending.length > 0 ? `；另有${item.attending.length}个单位列席` : ''}
            {item.gate && !item.decision ? `；现处${item.gate.stageLabel}` : ''}
          </small>
          {item.decision ? (
            <Decided decision={item.decision} people={people} />
          ) : over ? (
            <p className="due soon">还没有记录决定</p>
          ) : item.gate ? (
            <Readiness gate={item.gate} />
          ) : null}
        </li>
      ))}
    </ol>
  )
}
function Readiness({ gate }: { gate: NonNullable<Item['gate']> }) {
  if (gate.open) return <p className="good">上会条件都已具备</p>
  return (
    <details>
      <summary className="bad">还不能决定，差 {gate.outstanding.length} 项</summary>
      <ul className="plain">
        {gate.outstanding.map((each) => (
          <li key={each.rule}>{each.reason}</li>
        ))}
      </ul>
    </details>
  )
}
function Decided({ decision: d, people }: { decision: NonNullable<Item['decision']>; people: Record<string, string> }) {
  const names = (ids: readonly string[]): string => ids.map((id) => people[id] ?? id).join('、')
  return (
    <div>
      <p>
        <b className={d.outcome === 'adopted' || d.outcome === 'adopted_with_changes' ? 'good' : 'bad'}>
          {decisionLabels[d.outcome]}
        </b>
        <span className="quiet">　{plain(d.on)}</span>
      </p>
      {d.changes ? <p className="pre">修改：{d.changes}</p> : null}
      {d.reason ? <p className="pre">理由：{d.reason}</p> : null}
      {d.speakers.length > 0 ? <p className="quiet">发言：{names(d.speakers)}</p> : null}
      {d.recused.length > 0 ? <p className="quiet">回避：{names(d.recused)}</p> : null}
      {d.dissents.map((each) => (
        <p key={`${each.person}${each.text}`} className="pre">
          不同意见{each.person === null ? '' : `（${people[each.person] ?? each.person}）`}：{each.text}
        </p>
      ))}
      {d.headReason ? <p className="pre">行政首长说明的理由：{d.headReason}</p> : null}
    </div>
  )
}
/** One paper of a meeting, to take away as Word or PDF. */
export function Papers({ id, paper, label }: { id: string; paper: 'agenda' | 'minutes'; label: string }) {
  const file = (format: string): string => `/api/matters/${encodeURIComponent(id)}/${paper}.${format}`
  return (
    <span className="papers">
      {label}
      {'　'}
      <a href={file('docx')} aria-label={`${label}，Word`}>
        Word
      </a>
      {'　'}
      <a href={file('pdf')} aria-label={`${label}，PDF`}>
        PDF
      </a>
    </span>
  )
}
