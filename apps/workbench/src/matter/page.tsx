// The page of any matter: heading, stages, actions, tabs. The tabs of one kind of matter are registered in own.ts.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { isRefused } from '../api.ts'
import { lookAgain, useLive } from '../live.ts'
import { Crumbs } from '../parts/crumbs.tsx'
import { NotOpened, useTitle } from '../parts/opening.tsx'
import { Loading } from '../parts/states.tsx'
import { useStillHere } from '../parts/still-here.ts'
import { actionsQuery, documentProcess, matterQuery, matters, ownSeq } from '../queries.ts'
import { Actions, actionButton } from './actions.tsx'
import { matterFrame } from './matter-frame.ts'
import { News } from './news.tsx'
import { Overview } from './overview.tsx'
import { openingTab, ownTabs, tabFor } from './own.ts'
import { Rail } from './rail.tsx'
import { Tabs } from './tabs.tsx'
import { cardedOf, TurnCard } from './turn-card.tsx'
import { ChartTab, Deadlines, History, PlanTab, Refusals } from './views.ts'
import '../document/document.css'

const route = getRouteApi('/staff/matters/$id')
const MatterCommand = lazy(() => import('./command.tsx').then((m) => ({ default: m.MatterCommand })))

export function MatterPage() {
  const { id } = route.useParams()
  const found = route.useSearch()
  const navigate = useNavigate({ from: '/matters/$id' })
  const stillHere = useStillHere(`/matters/${id}`)
  const client = useQueryClient()
  const live = useLive(() => void client.invalidateQueries({ queryKey: ['matter', id], exact: true }), id)
  const query = useQuery({
    ...matterQuery(id),
    refetchInterval: lookAgain(live),
    staleTime: 0,
  })
  // Looked at again as the matter itself is: a change or an answer that was missed does not last.
  const actions = useQuery({
    ...actionsQuery(id, matters),
    enabled: query.data !== undefined,
    refetchInterval: lookAgain(live),
  })
  const frame = useMemo(() => (query.data ? matterFrame(query.data) : undefined), [query.data])
  // Decided when the page opens: having done what was waited for must not take away what one is reading.
  const [opened, setOpened] = useState<{ id: string; tab: string } | null>(null)
  if (query.data && opened?.id !== id) setOpened({ id, tab: openingTab(query.data) })
  useTitle(frame && found.do ? `${frame.labelOf(found.do)} · ${query.data?.title}` : query.data?.title)
  // A failed refetch in the background (network down, service restarting) does not take away the open page and the
  // form being filled in; unless the person may no longer see it.
  if (!query.data || !frame || isRefused(query.error)) return <NotOpened found={query} noun="事项" />
  const matter = query.data
  // A document has a page of its own.
  if (matter.process === documentProcess) return <Navigate to="/documents/$id" params={{ id }} replace />
  const views: Array<{ id: string; label: string; view: () => ReactNode; wide?: boolean }> = [
    { id: 'overview', label: '概况', view: () => <Overview matter={matter} /> },
    ...ownTabs(matter.process).map(({ id: name, label, wide = false, view: View }) => ({
      id: name,
      label,
      wide,
      view: () => <View matter={matter} />,
    })),
    { id: 'deadlines', label: '期限', view: () => <Deadlines matter={frame} /> },
    { id: 'plan', label: '计划', view: () => <PlanTab matter={frame} /> },
    { id: 'chart', label: '流程图', wide: true, view: () => <ChartTab matter={frame} /> },
    { id: 'history', label: '历史', view: () => <History matter={frame} /> },
    { id: 'refusals', label: '拒绝记录', view: () => <Refusals matter={frame} /> },
  ]
  const shown = views.find((each) => each.id === (found.tab ?? opened?.tab)) ?? views[0]
  const onTab = found.do ? tabFor(matter.process, found.do) : undefined
  const own = ownSeq(client, id)
  return (
    <main className="doc" key={id} data-version={matter.version}>
      <Crumbs here={matter.title} to="/matters" label="事项" />
      <header className="doc-head">
        <div>
          <h1>{matter.title}</h1>
          <p className="doc-facts">
            <span className="stage-tag">{matter.stageLabel}</span>
            <span>{matter.processLabel}</span>
            <span>{matter.unit.name}</span>
          </p>
        </div>
        <div className="doc-tools">
          <Button size="small" onClick={() => window.print()}>
            打印
          </Button>
        </div>
      </header>
      <News matter={frame} />
      <TurnCard
        matter={frame}
        turned={matter}
        actions={actions.data}
        button={(action, primary) => actionButton(frame, {}, action, primary)}
      />
      <div className={`doc-grid${shown?.wide ? ' doc-grid-wide' : ''}${found.tab ? ' doc-grid-chosen' : ''}`}>
        <Rail matter={frame} />
        <section className="doc-main" aria-label={shown?.label}>
          <Tabs matter={frame} tabs={views} chosen={shown?.id} opening={opened?.tab} />
          <div className="tab">
            <Suspense fallback={<Loading />}>{shown?.view()}</Suspense>
          </div>
        </section>
        <Actions matter={frame} actions={actions.data} error={actions.error} carded={cardedOf(matter.turns)} />
      </div>
      {onTab ? (
        <Navigate
          to="/matters/$id"
          params={{ id }}
          search={({ do: _do, on: _on, given: _given, ...rest }: Record<string, unknown>) => ({ ...rest, tab: onTab })}
          resetScroll={false}
          replace
        />
      ) : found.do && query.isFetchedAfterMount && matter.ledger.seq >= own ? (
        <Suspense>
          <MatterCommand
            key={`${found.do}:${found.on ?? ''}:${JSON.stringify(found.given ?? '')}`}
            matter={frame}
            command={found.do}
            on={found.on}
            given={found.given}
            actions={actions}
            onClose={() =>
              stillHere() &&
              navigate({
                search: ({ do: _do, on: _on, given: _given, ...rest }) => rest,
                replace: true,
                resetScroll: false,
              })
            }
          />
        </Suspense>
      ) : null}
    </main>
  )
}
