// Consultation: department opinions, the public consultations, public comments and dealing with them on the spot.
import { opinionLabels } from '@dianzhang/contract'
import { addressOf, type StructuredText } from '@dianzhang/text'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import Button from 'antd/es/button'
import { useEffect, useRef, useState } from 'react'
import { get, search } from '../api.ts'
import { OpenLink } from '../matter/open-link.tsx'
import { Empty, ErrorNote, Loading } from '../parts/states.tsx'
import { TakeAway } from '../parts/take-away.tsx'
import { actionsQuery, docQuery } from '../queries.ts'
import type { Doc, Page } from '../types.ts'
import { momentOf, plain, shortHash } from '../words.ts'
import { CommentWork } from './consultation-work.tsx'
import { DisposeInline, type Outcome } from './dispose.tsx'
import { flatten } from './text/marks.ts'
import { AnchorState, useAnchors } from './text/point-state.tsx'
import type { Comment } from './text/shapes.ts'
import { type AnchoredItem, structureQuery } from './text/shapes.ts'

const route = getRouteApi('/staff/documents/$id')
export function Consultation({ doc }: { doc: Doc }) {
  const unit = (id: string) => doc.units[id] ?? id
  return (
    <div className="stack">
      <h2>部门意见</h2>
      {doc.interagency.length === 0 ? (
        <Empty>还没有征求部门意见。</Empty>
      ) : (
        <div className="scroll-x">
          <table className="table folds">
            <thead>
              <tr>
                <th>单位</th>
                <th>征求</th>
                <th>答复期限</th>
                <th>意见</th>
                <th>内容</th>
              </tr>
            </thead>
            <tbody>
              {doc.interagency.map((item) => (
                <tr key={`${item.unit}-${item.round}`}>
                  <td data-label="单位">{unit(item.unit)}</td>
                  <td data-label="征求" className="nowrap">
                    {item.askedOn}
                    {item.round > 1 ? `（第${item.round}次）` : ''}
                  </td>
                  <td data-label="答复期限" className="nowrap">
                    {item.dueOn}
                  </td>
                  <td data-label="意见">
                    {item.opinion ? (
                      <b className={item.opinion.stance === 'object' ? 'bad' : 'good'}>
                        {opinionLabels[item.opinion.stance]}
                      </b>
                    ) : (
                      <span className="quiet">未答复</span>
                    )}
                  </td>
                  <td data-label="内容" className="pre">
                    {item.opinion?.text || <span className="quiet">—</span>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {doc.coordination.length > 0 || doc.escalations.length > 0 ? (
        <>
          <h2>协调分歧</h2>
          <ul className="lines">
            {doc.coordination.map((each) => (
              <li key={each.at}>
                {each.on}　{each.units.map(unit).join('、')}：{each.summary}（不再持异议：
                {each.settled.map(unit).join('、') || '无'}）
              </li>
            ))}
            {doc.escalations.map((each) => (
              <li key={each.at}>
                {momentOf(each.at)}　报请{each.to}决定{each.decision ? `：${each.decision}` : ''}
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <div className="page-head">
        <h2>公开征求意见</h2>
        {/* A hearing is a matter of its own, and nobody looks for it elsewhere. */}
        {doc.publication || doc.stage.startsWith('closed') ? null : (
          <OpenLink process="hearing" given={{ document: doc.id }} aside />
        )}
      </div>
      {doc.consultations.length === 0 ? <Empty>还没有公开征求意见。</Empty> : null}
      {doc.consultations.map((round) => (
        <section key={round.id} className="sheet">
          <h3>
            第{round.n}次：{round.closedAt ? '已截止' : '进行中'}
          </h3>
          <dl className="facts">
            <dt>期间</dt>
            <dd>
              {plain(round.opensOn)}至{plain(round.closesOn)} 24:00 截止（北京时间）
            </dd>
            <dt>征求意见稿</dt>
            <dd>
              文本第{round.textVersion}版
              <details className="hint">
                <summary>详情</summary>
                内容摘要 <code>{shortHash(round.textHash)}</code>
              </details>
            </dd>
            {round.channels.length > 0 ? (
              <>
                <dt>渠道</dt>
                <dd>{round.channels.join('、')}</dd>
              </>
            ) : null}
            {round.shortened ? (
              <>
                <dt>缩短期限</dt>
                <dd>
                  {round.shortened.reason}（批准：{round.shortened.approver}）
                </dd>
              </>
            ) : null}
            <dt>公众的页面</dt>
            <dd>
              <a href={`/consultations/${round.id}`} target="_blank" rel="noreferrer" className="break">
                {`${window.location.origin}/consultations/${round.id}`}
              </a>
            </dd>
            <dt>采纳情况</dt>
            <dd>{round.feedbackAt ? `已于 ${momentOf(round.feedbackAt)} 公布` : '尚未公布'}</dd>
          </dl>
        </section>
      ))}
      {doc.consultations.length > 0 ? <CommentWork doc={doc} /> : null}
      {doc.consultations.length > 0 ? <Comments doc={doc} /> : null}
    </div>
  )
}
function Comments({ doc }: { doc: Doc }) {
  const { data: actions } = useQuery(actionsQuery(doc.id))
  const may = actions?.some((action) => action.command === 'DisposeComment' && action.allowed) ?? false
  const [only, setOnly] = useState(false)
  /** The comments the open form is about; the form stands at the first of them. */
  const [open, setOpen] = useState<readonly string[]>([])
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map())
  const [byArticle, setByArticle] = useState(false)
  const [version, setVersion] = useState<number | null>(null)
  const n = version ?? doc.text?.n
  const anchors = useAnchors(doc, doc.comments.total > 0 ? n : undefined)
  const consulted = useQuery({
    ...structureQuery(doc.id, doc.consultations.at(-1)?.textVersion ?? 0),
    enabled: byArticle,
  })
  const anchorOf = new Map(anchors?.flatMap((each) => (each.kind === 'comment' ? [[each.id, each] as const] : [])))
  const list = useInfiniteQuery({
    queryKey: ['doc', doc.id, 'comments'],
    queryFn: ({ pageParam }) =>
      get<Page<Comment>>(`/api/documents/${doc.id}/comments${search({ limit: 50, cursor: pageParam })}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  })
  // Who came here to deal with comments stands before the first that waits; also from this very tab, and again.
  const asked = route.useSearch().on === 'first'
  const navigate = route.useNavigate()
  const heading = useRef<HTMLHeadingElement>(null)
  const firstWaiting = list.data?.pages.flatMap((page) => page.items).find(waits)?.id
  // The form begins on what the file is now, not on what this window remembers.
  const fresh = useQuery({ ...docQuery(doc.id), staleTime: 0 }).isFetchedAfterMount
  useEffect(() => {
    if (!asked || !fresh || !may || !list.isSuccess || list.isFetching) return
    // The first that waits may stand behind a page of those dealt with.
    if (firstWaiting === undefined && list.hasNextPage) {
      void list.fetchNextPage()
      return
    }
    // The file knows of one that the list does not have yet.
    if (firstWaiting === undefined && doc.comments.undisposed > 0) return
    // With none waiting the heading, which says so, is where one comes to.
    if (firstWaiting === undefined) heading.current?.focus()
    else setOpen([firstWaiting])
    void navigate({ search: ({ on: _on, ...rest }) => rest, replace: true, resetScroll: false })
  }, [
    asked,
    fresh,
    may,
    firstWaiting,
    navigate,
    doc.comments.undisposed,
    list.isSuccess,
    list.isFetching,
    list.hasNextPage,
    list.fetchNextPage,
  ])
  if (list.isPending) return <Loading />
  if (list.isError) return <ErrorNote error={list.error} retry={() => list.refetch()} />
  const all = list.data.pages.flatMap((page) => page.items)
  const waiting = all.filter(waits)
  const kept = only ? waiting : all
  const handled = (next: ReadonlyMap<string, Outcome>) => {
    setOutcomes(next)
    // What did not succeed stays picked, to be tried again.
    setPicked((old) => new Set([...old].filter((id) => next.get(id) !== null)))
  }
  const together = waiting.filter((comment) => picked.has(comment.id))
  const groups = byArticle ? groupsOf(kept, anchorOf, consulted.data?.structure) : [{ address: null, comments: kept }]
  return (
    <>
      <div className="page-head">
        <h2 ref={heading} tabIndex={-1}>
          公众意见 {doc.comments.total} 条，未处理 {doc.comments.undisposed} 条
          {doc.comments.held ? `，另有待核 ${doc.comments.held} 条` : ''}
        </h2>
        <span className="row no-print">
          <label>
            <input type="checkbox" checked={only} onChange={(e) => setOnly(e.target.checked)} /> 只看未处理的
          </label>
          <TakeAway path={`/api/documents/${doc.id}/comments`} list={list} />
          <label>
            <input type="checkbox" checked={byArticle} onChange={(e) => setByArticle(e.target.checked)} /> 按条文排列
          </label>
          {doc.texts.length > 1 ? (
            <label>
              对照{' '}
              <select className="native" value={n} onChange={(e) => setVersion(Number(e.target.value))}>
                {doc.texts.toReversed().map((each) => (
                  <option key={each.n} value={each.n}>
                    第{each.n}版
                  </option>
                ))}
              </select>
            </label>
          ) : null}
        </span>
      </div>
      {may && waiting.length > 1 ? (
        <fieldset className="row no-print bare" aria-label="一并处理">
          <label>
            <input
              type="checkbox"
              checked={together.length === waiting.length}
              onChange={(event) => setPicked(new Set(event.target.checked ? waiting.map(({ id }) => id) : []))}
            />{' '}
            选定全部未处理的
          </label>
          <Button size="small" disabled={together.length === 0} onClick={() => setOpen(together.map(({ id }) => id))}>
            一并处理选定的 {together.length} 条
          </Button>
        </fieldset>
      ) : null}
      {kept.length === 0 ? (
        <Empty>
          {!only
            ? '还没有收到意见。'
            : doc.comments.undisposed > 0 && list.hasNextPage
              ? '已载入的都已处理；没有处理的在后面，请载入更多。'
              : '意见都已处理。'}
        </Empty>
      ) : null}
      {groups.map(({ address, comments }) => (
        <section key={address ?? ''} className="stack" aria-label={address ?? '公众意见'}>
          {address === null ? null : <h3>{address}</h3>}
          <ol className="comments">
            {comments.map((comment) => {
              const anchor = anchorOf.get(comment.id)
              return (
                <li key={comment.id} data-comment={comment.id}>
                  <p className="quiet">
                    {comment.channel === 'online'
                      ? momentOf(comment.at)
                      : `${comment.channelLabel}${comment.source ? `（${comment.source}）` : ''}，${comment.receivedOn ?? ''}收到`}
                    {comment.late ? ' · 截止以后收到' : ''}
                    {comment.held?.state === 'held' ? ' · 疑似垃圾信息，待核' : ''}
                    {comment.held?.state === 'spam' ? ' · 已确认为垃圾信息，不计入' : ''}
                    {comment.name ? ` · ${comment.name}` : ' · 未署名'}
                    {comment.contact ? ` · ${comment.contact}` : ''}
                    {comment.anchor ? ` · 针对 ${anchor?.address || comment.anchor.element}` : ' · 针对全文'}
                    {anchor?.madeOn ? `（第${anchor.madeOn}版）` : ''}
                  </p>
                  {comment.anchor?.quote ? <blockquote className="quote">{comment.anchor.quote}</blockquote> : null}
                  <p className="pre">{comment.text}</p>
                  {comment.attachments.length > 0 ? (
                    <ul className="lines">
                      {comment.attachments.map((file) => (
                        <li key={file.sha256}>
                          附件：
                          <a
                            href={`/api/documents/${doc.id}/comment-attachments/${file.sha256}${search({ name: file.name })}`}
                            download={file.name}
                          >
                            {file.name}
                          </a>
                          <span className="quiet">（{Math.max(1, Math.round(file.size / 1024))} KB）</span>
                          {file.text ? <span className="quiet">{file.text.slice(0, 80)}…</span> : null}
                        </li>
                      ))}
                    </ul>
                  ) : null}
                  {anchor && n !== undefined ? (
                    <p>
                      <AnchorState doc={doc} item={anchor} n={n} />
                    </p>
                  ) : null}
                  {comment.disposition ? (
                    <p className={`disposed disposed-${comment.disposition.disposition}`}>
                      <b>{comment.disposition.label}</b>：{comment.disposition.reason}
                      {comment.disposition.version ? `（体现于第${comment.disposition.version}版文本）` : ''}
                    </p>
                  ) : null}
                  {outcomes.get(comment.id) ? (
                    <p className="field-error" role="alert">
                      没有办成：{outcomes.get(comment.id)}
                    </p>
                  ) : null}
                  {open[0] === comment.id ? (
                    <DisposeInline
                      key={open.join()}
                      doc={doc}
                      comments={all.filter(({ id }) => open.includes(id))}
                      onOutcome={handled}
                      onClose={() => setOpen([])}
                      onNext={nextAfter(waiting, open, setOpen)}
                    />
                  ) : !may || (comment.disposition === null && !waits(comment)) ? null : (
                    <span className="row no-print">
                      {comment.disposition || waiting.length < 2 ? null : (
                        <label>
                          <input
                            type="checkbox"
                            checked={picked.has(comment.id)}
                            onChange={(event) =>
                              setPicked((old) => {
                                const next = new Set(old)
                                if (event.target.checked) next.add(comment.id)
                                else next.delete(comment.id)
                                return next
                              })
                            }
                          />{' '}
                          选定
                        </label>
                      )}
                      <Button size="small" onClick={() => setOpen([comment.id])}>
                        {comment.disposition ? '重新处理' : '处理这条意见'}
                      </Button>
                    </span>
                  )}
                </li>
              )
            })}
          </ol>
        </section>
      ))}
      {list.hasNextPage ? (
        <Button onClick={() => list.fetchNextPage()} loading={list.isFetchingNextPage}>
          载入更多意见
        </Button>
      ) : null}
    </>
  )
}
/** Waits for an answer: what is held is first looked at, and spam is not answered. */
const waits = (comment: Comment): boolean =>
  comment.disposition === null && (comment.held === null || comment.held.state === 'restored')
/** Opens the first comment that still waits besides these; none when they are the last. */
function nextAfter(
  waiting: readonly Comment[],
  open: readonly string[],
  show: (ids: readonly string[]) => void,
): (() => void) | undefined {
  const next = waiting.find(({ id }) => !open.includes(id))
  return next ? () => show([next.id]) : undefined
}
/** Grouped by article, in the order of the consultation draft; those about the whole text come last. */
function groupsOf(
  comments: readonly Comment[],
  anchorOf: ReadonlyMap<string, AnchoredItem>,
  consulted: StructuredText | undefined,
): Array<{ address: string; comments: Comment[] }> {
  const order = new Map(consulted ? flatten(consulted).map((each, i) => [addressOf(consulted, each.id), i]) : [])
  const groups = new Map<string, Comment[]>()
  for (const comment of comments) {
    const address = anchorOf.get(comment.id)?.address || comment.anchor?.element || '全文'
    groups.set(address, [...(groups.get(address) ?? []), comment])
  }
  const last = Number.MAX_SAFE_INTEGER
  return [...groups]
    .map(([address, list]) => ({ address, comments: list }))
    .sort((a, b) => (order.get(a.address) ?? last) - (order.get(b.address) ?? last))
}
