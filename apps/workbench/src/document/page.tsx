// The file's page: heading, stages, available actions, tabs; changes by others arrive by push, and without push it
// looks every five seconds.
import { tierLabels } from '@dianzhang/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { type ComponentType, lazy, Suspense, useEffect, useMemo } from 'react'
import { isRefused } from '../api.ts'
import { lookAgain, useStream } from '../live.ts'
import { Actions, actionButton, type OwnActions } from '../matter/actions.tsx'
import { News } from '../matter/news.tsx'
import { Rail } from '../matter/rail.tsx'
import { Tabs } from '../matter/tabs.tsx'
import { cardedOf, TurnCard } from '../matter/turn-card.tsx'
import { ChartTab, Deadlines, History, PlanTab, Refusals } from '../matter/views.ts'
import { Company } from '../parts/company.tsx'
import { Crumbs } from '../parts/crumbs.tsx'
import { NotOpened, useTitle } from '../parts/opening.tsx'
import { Loading } from '../parts/states.tsx'
import { useStillHere } from '../parts/still-here.ts'
import { whenIdle } from '../parts/when-idle.ts'
import { actionsQuery, docQuery, ownSeq } from '../queries.ts'
import type { Action, Doc } from '../types.ts'
import { plain } from '../words.ts'
import { besideComments, placeOfCommand } from './beside.ts'
import { classificationTags } from './classification.ts'
import { frameOf } from './frame.ts'
import { Overview } from './overview.tsx'
import { putAwayPublished, usePublished } from './published.ts'
import './document.css'

const route = getRouteApi('/staff/documents/$id')
export interface TabProps {
  doc: Doc
}
// The forms are the larger part of the program; the page is read without them.
const commandForms = () => import('./command.tsx')
const DocumentCommand = lazy(() => commandForms().then((m) => ({ default: m.DocumentCommand })))
const PublicAddress = lazy(() => import('./public-address.tsx').then((m) => ({ default: m.PublicAddress })))
const ProcessSheet = lazy(() => import('./process-sheet.tsx').then((m) => ({ default: m.ProcessSheet })))
const Texts = lazy(() => import('./texts.tsx').then((m) => ({ default: m.Texts })))
const Materials = lazy(() => import('./materials.tsx').then((m) => ({ default: m.Materials })))
const Consultation = lazy(() => import('./consultation.tsx').then((m) => ({ default: m.Consultation })))
const Review = lazy(() => import('./review.tsx').then((m) => ({ default: m.Review })))
const Decisions = lazy(() => import('./review.tsx').then((m) => ({ default: m.Decisions })))

const tabs: Array<{ id: string; label: string; view: ComponentType<TabProps> }> = [
  { id: 'overview', label: '概况', view: Overview },
  { id: 'texts', label: '文本与版本', view: Texts },
  { id: 'materials', label: '材料', view: Materials },
  { id: 'consultation', label: '征求意见', view: Consultation },
  { id: 'review', label: '审核意见与答复', view: Review },
  { id: 'decisions', label: '审议至备案', view: Decisions },
  { id: 'deadlines', label: '期限', view: ({ doc }) => <Deadlines matter={frameOf(doc)} /> },
  { id: 'plan', label: '计划', view: ({ doc }) => <PlanTab matter={frameOf(doc)} over={planOver(doc)} /> },
  { id: 'chart', label: '流程图', view: Chart },
  { id: 'history', label: '历史', view: ({ doc }) => <History matter={frameOf(doc)} /> },
  { id: 'refusals', label: '拒绝记录', view: ({ doc }) => <Refusals matter={frameOf(doc)} /> },
]

function Chart({ doc }: TabProps) {
  return <ChartTab matter={useMemo(() => frameOf(doc), [doc])} />
}
/** When there are no further steps to project, says why. */
function planOver(doc: Doc): string | null {
  if (doc.publication)
    return `已于${plain(doc.publication.publishedOn)}公布，自${plain(doc.publication.effectiveDate)}起施行，没有其余环节可以推算；备案、评估、届满等期限见“期限”。`
  return doc.stage.startsWith('closed') ? '案卷已经终止，没有其余环节。' : null
}
const ownActions = (doc: Doc): OwnActions => ({
  // A number that is there is only confirmed once more: for the second of two windows, not a step to offer.
  hides: (action) => action.command === 'AssignNumbers' && doc.numbers !== null,
  link: (action, className) =>
    action.command === 'SaveDraft' ? (
      <Link
        key={action.command}
        to="/documents/$id/edit"
        params={{ id: doc.id }}
        activeProps={{}}
        className={className}
        data-command={action.command}
      >
        编辑文本
      </Link>
    ) : besideComments.has(action.command) ? (
      <Link
        key={action.command}
        to="/documents/$id"
        params={{ id: doc.id }}
        search={placeOfCommand(action.command)}
        resetScroll={false}
        activeProps={{}}
        className={className}
        data-command={action.command}
      >
        {action.label}
      </Link>
    ) : null,
})

export function DocumentPage() {
  const { id } = route.useParams()
  const found = route.useSearch()
  const navigate = useNavigate({ from: '/documents/$id' })
  const stillHere = useStillHere(`/documents/${id}`)
  const client = useQueryClient()
  const published = usePublished()
  const { connected: live, company } = useStream(
    () => void client.invalidateQueries({ queryKey: docQuery(id).queryKey, exact: true }),
    id,
    false,
  )
  // Whoever comes back to a file must not stand before what it was when they left it.
  const doc = useQuery({ ...docQuery(id), refetchInterval: lookAgain(live), staleTime: 0 })
  // What may be done is looked at again as the file itself is: a change or an answer that was missed does not last.
  const actions = useQuery({ ...actionsQuery(id), enabled: doc.data !== undefined, refetchInterval: lookAgain(live) })
  useTitle(doc.data && found.do ? `${frameOf(doc.data).labelOf(found.do)} · ${doc.data.title}` : doc.data?.title)
  const opened = doc.isSuccess
  useEffect(() => (opened ? whenIdle(commandForms) : undefined), [opened])
  // A failed refetch in the background (network down, server restarting) does not take away an open page or a form
  // being filled in, unless the right to see it is gone.
  if (!doc.data || isRefused(doc.error)) return <NotOpened found={doc} />
  const matter = frameOf(doc.data)
  const own = ownSeq(client, id)
  const ownOf = ownActions(doc.data)
  const tab = tabs.find((each) => each.id === found.tab) ?? tabs[0]
  const View = tab?.view ?? Overview
  const wide = tab?.id === 'chart' || tab?.id === 'texts' || (tab?.id === 'review' && found.view === 'package')
  return (
    <main className={tab?.id === 'texts' ? 'doc' : 'doc doc-printed'} key={id} data-version={doc.data.version}>
      <Crumbs here={doc.data.title} />
      <Head doc={doc.data} />
      <Company names={company} />
      <News matter={matter} />
      {published?.id === id ? (
        <Suspense>
          <PublicAddress address={published.address} onClose={putAwayPublished} />
        </Suspense>
      ) : null}
      <TurnCard
        matter={matter}
        turned={doc.data}
        actions={actions.data}
        button={(action, primary) => actionButton(matter, ownOf, action, primary)}
      />
      <Lacking doc={doc.data} actions={actions.data} />
      <div className={`doc-grid${wide ? ' doc-grid-wide' : ''}${found.tab ? ' doc-grid-chosen' : ''}`}>
        <Rail matter={matter} />
        <section className="doc-main" aria-label={tab?.label}>
          <Tabs
            matter={matter}
            chosen={tab?.id}
            tabs={tabs.map(({ id: each, label }) => ({
              id: each,
              label,
              mark:
                each === 'consultation' && doc.data.comments.undisposed > 0 ? (
                  <b className="count">{doc.data.comments.undisposed}</b>
                ) : null,
            }))}
          />
          <div className="tab">
            <Suspense fallback={<Loading />}>
              <View doc={doc.data} />
            </Suspense>
          </div>
        </section>
        <Actions
          matter={matter}
          actions={actions.data}
          error={actions.error}
          own={ownOf}
          carded={cardedOf(doc.data.turns)}
        />
      </div>
      {tab?.id === 'texts' ? null : (
        <Suspense>
          <ProcessSheet doc={doc.data} />
        </Suspense>
      )}
      {/* A form begins on what the file is now, not on what this window remembers: also not on what it was before one's
          own last step. */}
      {found.do && doc.isFetchedAfterMount && doc.data.ledger.seq >= own ? (
        <Suspense>
          <DocumentCommand
            key={`${found.do}:${found.on ?? ''}`}
            doc={doc.data}
            command={found.do}
            on={found.on}
            actions={actions}
            onClose={() =>
              stillHere() &&
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

/** The materials still lacking for the next step, each a press away, for who may supply them. */
function Lacking({ doc, actions }: { doc: Doc; actions: Action[] | undefined }) {
  const lacking = doc.materials.filter(
    (each) => each.state !== 'have' && each.kind !== 'text' && each.neededFor !== 'publication',
  )
  const may = actions?.some((action) => action.command === 'ProvideArtefact' && action.allowed) ?? false
  if (!may || doc.review || doc.text === null || lacking.length === 0) return null
  return (
    <p className="lacking no-print" data-testid="lacking">
      <span className="quiet">送审以前还缺：</span>
      {lacking.map((each) => (
        <Link
          key={each.kind}
          to="/documents/$id"
          params={{ id: doc.id }}
          search={(old: object) => ({ ...old, do: 'ProvideArtefact', on: each.kind })}
          resetScroll={false}
          activeProps={{}}
          className="act act-main"
          title={each.why ?? undefined}
        >
          补{each.label}
        </Link>
      ))}
    </p>
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
          {doc.text ? <span className="quiet">文本第 {doc.text.n} 版</span> : null}
        </p>
        <p className="tags">
          {classificationTags(doc.classification).map((tag) => (
            <span key={tag}>{tag}</span>
          ))}
        </p>
      </div>
      <div className="doc-tools">
        <Button size="small" onClick={() => window.print()} title="印出的是办理单；在“文本与版本”里印出的是文本">
          打印
        </Button>
      </div>
    </header>
  )
}
