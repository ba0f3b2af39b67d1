// Someone else has updated the matter: what changed; what was filled in is kept as it is.
import { useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import type { ReactNode } from 'react'
import { Loading } from '../parts/states.tsx'
import { historyQuery, type Place } from '../queries.ts'
import { momentOf, shortHash } from '../words.ts'

/** `matter` is the present one; `base` is the one when the form was opened. */
export function Stale({
  matter,
  base,
  onAccept,
  children,
}: {
  matter: { id: string; version: number; noun: string; place: Place }
  base: { version: number; seq: number }
  onAccept: () => void
  children?: ReactNode
}) {
  const { data: events, isPending } = useQuery(historyQuery(matter.id, matter.place))
  const since = events?.filter((event) => event.seq > base.seq) ?? []
  return (
    <div className="note note-warn" role="alert" data-testid="stale">
      <p>
        <b>{matter.noun}已更新</b>：您打开表单以后又有下面的办理。您填写的内容都在。
      </p>
      {isPending ? (
        <Loading lines={2} />
      ) : (
        <ul className="plain">
          {since.map((event) => (
            <li key={event.seq}>
              {momentOf(event.at)}　{event.actor.name ?? '—'}
              {event.actor.unitName ? `（${event.actor.unitName}）` : ''}：{event.label}
              {event.type === 'DraftSaved' ? `，文本摘要 ${shortHash(event.textHash)}` : ''}
            </li>
          ))}
        </ul>
      )}
      {children}
      <Button size="small" disabled={matter.version <= base.version} onClick={onAccept}>
        已看过变化，照现在的办理
      </Button>
    </div>
  )
}
/** When the text has changed in the meantime too: the two versions compared. */
export function TextSince({ id, from, to }: { id: string; from: number | undefined; to: number | undefined }) {
  if (from === undefined || to === undefined || to <= from) return null
  return (
    <p>
      文本已由第{from}版变为第{to}版，
      <a href={`/staff/documents/${id}?tab=texts&from=${from}&to=${to}`} target="_blank" rel="noreferrer">
        比较两版
      </a>
    </p>
  )
}
