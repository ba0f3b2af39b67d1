// History: the ledger entry by entry, in ordinary words, each with the verdicts of that time and the digest chain.
// Refusals too.
import type { answers } from '@dianzhang/contract'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import { useState } from 'react'
import { get, search } from '../api.ts'
import { told } from '../forms/told.ts'
import { titleOf } from '../forms/words.ts'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { TakeAway } from '../parts/take-away.tsx'
import { Verdicts } from '../parts/verdicts.tsx'
import { historyQuery } from '../queries.ts'
import type { HistoryEvent, Page, Told } from '../types.ts'
import { momentOf, roleName, shortHash } from '../words.ts'
import type { Frame } from './frame.ts'

/** The few items of the payload worth seeing, written “名称：内容” (name: content). */
function particulars(matter: Frame, event: HistoryEvent): string[] {
  const named = (id: string): string | undefined => event.names?.[id] ?? matter.nameOf(id)
  return Object.entries(event.payload).flatMap(([key, value]) => {
    if (/hash$|Hash$|^(type|classification|id|contentHash|n)$/.test(key)) return []
    const field = matter.recorded(event.command.type, key)
    const lines = field ? told(field, value, named, matter.view) : []
    // Of several that each have parts it is seen where one ends.
    const text =
      lines.length > 1 && lines.some((line) => line.includes('；'))
        ? lines.map((line, i) => `（${i + 1}）${line}`).join(' ')
        : lines.join('；')
    return field && text ? [`${titleOf(field, key)}：${text.length > 160 ? `${text.slice(0, 160)}……` : text}`] : []
  })
}
export function History({ matter }: { matter: Frame }) {
  const found = useQuery(historyQuery(matter.id, matter.place))
  const [newest, setNewest] = useState(true)
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorNote error={found.error} retry={() => found.refetch()} />
  const events = newest ? [...found.data].reverse() : found.data
  return (
    <div className="stack">
      <p className="row">
        <span className="quiet">共 {events.length} 条，记下以后不能改动。</span>
        <button type="button" className="link no-print" onClick={() => setNewest(!newest)}>
          {newest ? '改为旧的在前' : '改为新的在前'}
        </button>
        <TakeAway path={`${matter.place.api}/${matter.id}/history`} />
      </p>
      <details className="hint">
        <summary>怎样核对没有被改过</summary>
        逐条相链，最后一条的摘要（链头）是 <code>{shortHash(matter.head)}</code>；每日封存，可以在“台账核验”里核对。
      </details>
      <ol className="history">
        {events.map((event) => (
          <li key={event.seq}>
            <p>
              <span className="history-seq">{event.seq}</span>
              <b>{event.label}</b>
              <span className="quiet">
                {momentOf(event.at)}　{event.actor.name ?? '—'}
                {event.actor.roles.length > 0
                  ? `（${event.actor.roles.map(roleName).join('、')}${event.actor.delegatedFrom ? '，受托' : ''}）`
                  : ''}
              </span>
              <span className="stage-tag">{matter.stageOf(event.stage)}</span>
            </p>
            {particulars(matter, event).map((line) => (
              <p key={line} className="history-line">
                {line}
              </p>
            ))}
            <details>
              <summary>当时的判断（{event.verdicts.length}）与摘要</summary>
              {event.verdicts.length > 0 ? (
                <Verdicts list={event.verdicts} all />
              ) : (
                <p className="quiet">这一步没有须判断的规则。</p>
              )}
              <p className="hash">
                规则包 {event.packVersion}
                <br />
                上一条 {event.prevHash}
                <br />
                本　条 {event.hash}
              </p>
            </details>
          </li>
        ))}
      </ol>
    </div>
  )
}
type Refusal = Told<typeof answers.Refusal>
export function Refusals({ matter }: { matter: Frame }) {
  const found = useInfiniteQuery({
    queryKey: [matter.place.key, matter.id, 'refusals'],
    queryFn: ({ pageParam }) =>
      get<Page<Refusal>>(`${matter.place.api}/${matter.id}/refusals${search({ limit: 50, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })
  if (found.isPending) return <Loading />
  if (found.isError) return <ErrorNote error={found.error} retry={() => found.refetch()} />
  const all = found.data.pages.flatMap((page) => page.items)
  if (all.length === 0) return <Empty>没有被拒绝的办理。</Empty>
  return (
    <>
      <ol className="history">
        {all.map((each) => (
          <li key={each.id}>
            <p>
              <b>{each.commandLabel}</b>
              <span className="bad">{each.kind === 'forbidden' ? '没有办理权限' : '依规则不能办理'}</span>
              <span className="quiet">
                {momentOf(each.at)}
                {'　'}
                {each.actor.name ?? '—'}
                {each.actor.roles.length > 0 ? `（${each.actor.roles.map(roleName).join('、')}）` : ''}
              </span>
              <span className="stage-tag">{matter.stageOf(each.stage)}</span>
            </p>
            {each.verdicts.length > 0 ? (
              <Verdicts list={each.verdicts} />
            ) : (
              <p className="history-line">{each.detail}</p>
            )}
          </li>
        ))}
      </ol>
      {found.hasNextPage ? (
        <Button onClick={() => found.fetchNextPage()} loading={found.isFetchingNextPage}>
          载入更早的拒绝记录
        </Button>
      ) : null}
      <p className="desk-foot">
        <TakeAway path={`${matter.place.api}/${matter.id}/refusals`} list={found} />
      </p>
    </>
  )
}
