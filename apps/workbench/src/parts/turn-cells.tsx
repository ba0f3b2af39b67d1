// Two cells of a row of matters, alike wherever they are listed: what is to be done or whom it waits for, and by when.
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { placeOfCommand } from '../document/beside.ts'
import type { MatterRow } from '../matter/types.ts'
import { documentProcess, meQuery } from '../queries.ts'
import { dateOf, roleName } from '../words.ts'
import { aheadWords, dueWords, leftWords, type TurnLine, waitingWords, whom } from './turn-words.ts'

/** What I must do, each a link straight to its form; else whom it waits for. */
export function TurnCell({ row, today }: { row: MatterRow; today: string }) {
  const { data: me } = useQuery(meQuery)
  const [first, second] = row.mine
  if (!first)
    return row.waitingFor ? (
      <>
        <span title={waitingWords(row.waitingFor, today)}>等{whom(row.waitingFor)}</span>
        <small className={row.waitingFor.daysLate > 0 ? 'due late' : undefined}>
          {row.waitingFor.label}，{dueWords(row.waitingFor, today) || `自 ${dateOf(row.waitingFor.since)}`}
          {row.waitingFor.others > 0 ? `；另等${row.waitingFor.others}个单位` : ''}
        </small>
      </>
    ) : (
      <span className="quiet">{row.ahead?.[0] ? aheadWords(row.ahead[0], today) : '—'}</span>
    )
  return (
    <>
      <ToDo row={row} line={first} />
      {second ? (
        <small>
          另：{second.verb}
          {row.mine.length > 2 ? ` 等${row.mine.length - 1}项` : ''}
        </small>
      ) : (
        <small>
          {first.askedBy && first.askedBy.id !== me?.person ? `${first.askedBy.name}转来，` : ''}自{' '}
          {dateOf(first.since)}
        </small>
      )}
    </>
  )
}
function ToDo({ row, line }: { row: MatterRow; line: TurnLine }) {
  const label = <b>{line.verb}</b>
  if (row.process !== documentProcess)
    return (
      <Link to="/matters/$id" params={{ id: row.id }} search={{ do: line.command }}>
        {label}
      </Link>
    )
  if (line.command === 'SaveDraft')
    return (
      <Link to="/documents/$id/edit" params={{ id: row.id }}>
        {label}
      </Link>
    )
  return (
    <Link to="/documents/$id" params={{ id: row.id }} search={placeOfCommand(line.command)}>
      {label}
    </Link>
  )
}
/** By which day, whose day it is, how late. */
export function DueCell({ row, today }: { row: MatterRow; today: string }) {
  const [line] = row.mine
  const due = (line ?? row.waitingFor)?.dueOn ?? row.nextDueOn
  // What presses on the matter may be another's to do: that is not one's own lateness.
  const anothers = line && line.dueOn === null && row.turns.find((turn) => !turn.mine && turn.dueOn === due)
  if (due && anothers)
    return (
      <span className="due quiet">
        {due}
        <small>{anothers.unit?.name ?? roleName(anothers.role)}的期限</small>
      </span>
    )
  if (!due) return <span className="quiet">—</span>
  const late = (line ?? row.waitingFor)?.daysLate ?? 0
  if (late > 0)
    return (
      <span className="due late">
        {due}
        <small>已逾期{late}天</small>
      </span>
    )
  if (due === row.nextDueOn && row.overdue)
    return (
      <span className="due late">
        {due}
        <small>已逾期</small>
      </span>
    )
  // The next day of the matter is not that of what is to be done: the end of a document's validity is no deadline of its archiving.
  const awaited = line ?? row.waitingFor
  if (awaited && awaited.dueOn === null)
    return (
      <span className="due quiet">
        {due}
        <small>这件的下一个期限</small>
      </span>
    )
  const left = due === row.nextDueOn ? row.remaining : null
  const words = leftWords(due, left, today)
  return (
    <span className={`due${left !== null && left <= 3 ? ' soon' : ''}`}>
      {due}
      {words ? <small>{words}</small> : null}
    </span>
  )
}
