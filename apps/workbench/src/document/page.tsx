// 案卷页：题头、阶段、可办事项、各分页；他人的变动随推送而来，没有推送时每五秒看一次。
import { tierLabels } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { type ComponentType, lazy, Suspense, useEffect, useRef, useState } from 'react'
import { isRefused } from '../api.ts'
import { useLive } from '../live.ts'
import { useChosenInView } from '../parts/chosen-in-view.ts'
import { NotOpened, useTitle } from '../parts/opening.tsx'
import { Loading } from '../parts/states.tsx'
import { whenIdle } from '../parts/when-idle.ts'
import { actionsQuery, docQuery, historyQuery } from '../queries.ts'
import type { Doc } from '../types.ts'
import { Actions } from './actions.tsx'
import { classificationTags } from './classification.ts'
import { Overview } from './overview.tsx'
import { Rail } from './rail.tsx'
import './document.css'

const route = getRouteApi('/staff/documents/$id')
export interface TabProps {
  doc: Doc
}
// The forms are the larger part of the program; the page is read without them.
const commandForms = () => import('./command.tsx')
const DocumentCommand = lazy(() => commandForms().then((m) => ({ default: m.DocumentCommand })))
const Texts = lazy(() => import('./texts.tsx').then((m) => ({ default: m.Texts })))
const Materials = lazy(() => import('./materials.tsx').then((m) => ({ default: m.Materials })))
const Consultation = lazy(() => import('./consultation.tsx').then((m) => ({ default: m.Consultation })))
const Review = lazy(() => import('./review.tsx').then((m) => ({ default: m.Review })))
const Decisions = lazy(() => import('./review.tsx').then((m) => ({ default: m.Decisions })))
const Deadlines = lazy(() => import('./time.tsx').then((m) => ({ default: m.Deadlines })))
const PlanTab = lazy(() => import('./time.tsx').then((m) => ({ default: m.PlanTab })))
const ChartTab = lazy(() => import('./chart.tsx').then((m) => ({ default: m.ChartTab })))
const History = lazy(() => import('./history.tsx').then((m) => ({ default: m.History })))
const Refusals = lazy(() => import('./history.tsx').then((m) => ({ default: m.Refusals })))

const tabs: Array<{ id: string; label: string; view: ComponentType<TabProps> }> = [
  { id: 'overview', label: '概况', view: Overview },
  { id: 'texts', label: '文本与版本', view: Texts },
  { id: 'materials', label: '材料', view: Materials },
  { id: 'consultation', label: '征求意见', view: Consultation },
  { id: 'review', label: '审核意见与答复', view: Review },
  { id: 'decisions', label: '审议至备案', view: Decisions },
  { id: 'deadlines', label: '期限', view: Deadlines },
  { id: 'plan', label: '计划', view: PlanTab },
  { id: 'chart', label: '流程图', view: ChartTab },
  { id: 'history', label: '历史', view: History },
  { id: 'refusals', label: '拒绝记录', view: Refusals },
]

export function DocumentPage() {
  const { id } = route.useParams()
  const found = route.useSearch()
  const navigate = useNavigate({ from: '/documents/$id' })
  const client = useQueryClient()
  const live = useLive(() => void client.invalidateQueries({ queryKey: docQuery(id).queryKey, exact: true }), id)
  // Whoever comes back to a file must not stand before what it was when they left it.
  const doc = useQuery({ ...docQuery(id), refetchInterval: live ? 30_000 : 5_000, staleTime: 0 })
  const actions = useQuery({ ...actionsQuery(id), enabled: doc.data !== undefined })
  useTitle(doc.data?.title)
  const opened = doc.isSuccess
  useEffect(() => (opened ? whenIdle(commandForms) : undefined), [opened])
  const bar = useRef<HTMLElement>(null)
  useChosenInView(bar, '.chosen', `${found.tab}${doc.isSuccess}`)
  // 后台重取失败（断网、服务重启）不收走已经打开的页面与正在填写的表单；不再有权看的除外。
  if (!doc.data || isRefused(doc.error)) return <NotOpened doc={doc} />
  const own = client.getQueryData<number>(['own-seq', id]) ?? 0
  const tab = tabs.find((each) => each.id === found.tab) ?? tabs[0]
  const View = tab?.view ?? Overview
  const wide = tab?.id === 'chart' || tab?.id === 'texts' || (tab?.id === 'review' && found.view === 'package')
  return (
    <main className="doc" key={id}>
      <Head doc={doc.data} />
      <News doc={doc.data} />
      <div className={wide ? 'doc-grid doc-grid-wide' : 'doc-grid'}>
        <Rail doc={doc.data} />
        <section className="doc-main" aria-label={tab?.label}>
          <nav className="tabs" aria-label="案卷各部分" ref={bar}>
            {tabs.map((each) => (
              <Link
                key={each.id}
                to="/documents/$id"
                params={{ id }}
                search={each.id === 'overview' ? {} : { tab: each.id }}
                resetScroll={false}
                className={each === tab ? 'chosen' : ''}
                activeProps={{}}
                aria-current={each === tab ? 'page' : undefined}
              >
                {each.label}
                {each.id === 'consultation' && doc.data.comments.undisposed > 0 ? (
                  <b className="count">{doc.data.comments.undisposed}</b>
                ) : null}
              </Link>
            ))}
          </nav>
          <div className="tab">
            <Suspense fallback={<Loading />}>
              <View doc={doc.data} />
            </Suspense>
          </div>
        </section>
        <Actions doc={doc.data} actions={actions.data} error={actions.error} />
      </div>
      {/* A form begins on what the file is now, not on what this window remembers: also not on what it was before one's
          own last step. */}
      {found.do && doc.isFetchedAfterMount && doc.data.ledger.seq >= own ? (
        <Suspense>
          <DocumentCommand
            key={`${found.do}:${found.on ?? ''}`}
            doc={doc.data}
            command={found.do}
            on={found.on}
            actions={actions.data}
            onClose={() =>
              navigate({
                search: ({ do: _do, on: _on, ...rest }) => rest,
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

function Head({ doc }: { doc: Doc }) {
  return (
    <header className="doc-head">
      <div>
        <h1>{doc.title}</h1>
        <p className="doc-facts">
          <span className="stage-tag">{doc.stageLabel}</span>
          <span>{doc.issuers.map((issuer) => issuer.name).join('、')}</span>
          <span>起草：{doc.draftingUnit.name}</span>
          <span>{tierLabels[doc.tier as keyof typeof tierLabels] ?? doc.tier}</span>
          {doc.numbers ? <b>{doc.numbers.document}</b> : null}
          <span className="quiet">案卷第 {doc.version} 版</span>
          {doc.text ? <span className="quiet">文本第 {doc.text.n} 版</span> : null}
        </p>
        <p className="tags">
          {classificationTags(doc.classification).map((tag) => (
            <span key={tag}>{tag}</span>
          ))}
        </p>
      </div>
      <div className="doc-tools">
        <Button size="small" onClick={() => window.print()}>
          打印
        </Button>
      </div>
    </header>
  )
}

/** 他人的变动：说明变了什么。自己办理的不算。 */
function News({ doc }: { doc: Doc }) {
  const client = useQueryClient()
  const [since, setSince] = useState<number | null>(null)
  const seen = useRef({ version: doc.version, seq: doc.ledger.seq })
  const { data: events } = useQuery({ ...historyQuery(doc.id), enabled: since !== null })
  useEffect(() => {
    if (doc.ledger.seq === seen.current.seq) return
    const before = seen.current.seq
    seen.current = { version: doc.version, seq: doc.ledger.seq }
    const own = client.getQueryData<number>(['own-seq', doc.id]) ?? 0
    for (const part of [
      'actions',
      'history',
      'deadlines',
      'comments',
      'versions',
      'artefacts',
      'plan',
      'refusals',
      'findings',
      'anchors',
      'review-findings',
    ])
      void client.invalidateQueries({ queryKey: ['doc', doc.id, part] })
    if (own < doc.ledger.seq) setSince((old) => old ?? before)
  }, [doc.version, doc.ledger.seq, doc.id, client])
  if (since === null) return null
  const fresh = events?.filter((event) => event.seq > since) ?? []
  return (
    <div className="note note-info news" role="status" data-testid="news">
      <p>
        <b>案卷已有新变化</b>
        {fresh.length > 0
          ? `：${fresh
              .slice(-5)
              .map((event) => `${event.actor.name ?? ''}${event.label}`)
              .join('；')}`
          : ''}
      </p>
      <Button size="small" onClick={() => setSince(null)}>
        知道了
      </Button>
    </div>
  )
}
