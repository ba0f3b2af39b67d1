// Comparing two versions: the redline (deletions struck through, additions underlined) and the comparison table
// (original article, as amended, reason).
import type { ChangeKind, DiffPart } from '@dianzhang/text'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useLocation, useNavigate } from '@tanstack/react-router'
import { Fragment, memo, useEffect, useMemo, useRef, useState } from 'react'
import { Empty, ErrorNote, Loading } from '../../parts/states.tsx'
import type { Doc } from '../../types.ts'
import { arranged } from './arranged.ts'
import { Download } from './download.tsx'
import { type FrameChange, frameChanges } from './frame.ts'
import { useKeys } from './reading.tsx'
import { type ChangeWithWhy, diffQuery, structureQuery, type Why } from './shapes.ts'
import { changeName, changeNames, changeWords } from './words.ts'

const route = getRouteApi('/staff/documents/$id')
const kinds: ChangeKind[] = ['changed', 'moved', 'split', 'merged', 'added', 'deleted']
const whyNames: Record<Why['source'], string> = { point: '审核意见', comment: '公众意见', note: '本版说明' }

/** Cut into paragraphs: where a line break itself was added or deleted, it is written as ¶. */
function paragraphs(diff: readonly DiffPart[]): DiffPart[][] {
  const lines: DiffPart[][] = [[]]
  for (const part of diff) {
    part.text.split('\n').forEach((text, i) => {
      if (i > 0) {
        if (part.kind !== 'same') lines.at(-1)?.push({ kind: part.kind, text: '¶' })
        lines.push([])
      }
      if (text !== '') lines.at(-1)?.push({ kind: part.kind, text })
    })
  }
  return lines.filter((line) => line.length > 0)
}
function Parts({ parts }: { parts: readonly DiffPart[] }) {
  return parts.map((part, i) => {
    const key = `${i}${part.kind}`
    return part.kind === 'added' ? (
      <ins key={key}>{part.text}</ins>
    ) : part.kind === 'removed' ? (
      <del key={key}>{part.text}</del>
    ) : (
      <span key={key}>{part.text}</span>
    )
  })
}
const joinNumbers = (states: ReadonlyArray<{ number: string | null; level: string }>): string =>
  states.map((state) => state.number ?? '').join('')
function Numbers({ change }: { change: ChangeWithWhy }) {
  const before = joinNumbers(change.before)
  const after = joinNumbers(change.after)
  if (before === '' && after === '') return null
  if (change.kind === 'added') return <ins className="r-number">{after}</ins>
  if (change.kind === 'deleted') return <del className="r-number">{before}</del>
  if (before === after) return <b className="r-number">{after}</b>
  return (
    <b className="r-number">
      <del>{before}</del>
      <ins>{after}</ins>
    </b>
  )
}
const headingLevels = new Set(['part', 'subpart', 'chapter', 'section'])

/** One block of the redline. */
const RedlineBlock = memo(function RedlineBlock({ change, at }: { change: ChangeWithWhy; at: number }) {
  const state = change.after[0] ?? change.before[0]
  const level = state?.level ?? 'text'
  const words: DiffPart[][] = change.diff
    ? paragraphs(change.diff)
    : (change.after[0]?.text ?? '').split('\n').map((text): DiffPart[] => [{ kind: 'same', text }])
  const gap = level === 'article' || headingLevels.has(level) ? '　' : ''
  return (
    <div
      className={`r r-${change.kind} r-${level}`}
      data-change={change.kind === 'unchanged' ? undefined : at}
      data-address={state?.address}
    >
      {change.kind === 'unchanged' ? null : (
        <p className="r-tag">
          <b>{changeName(change)}</b> {changeWords(change)}
        </p>
      )}
      {level === 'table' ? (
        <p>
          <Parts parts={words.flatMap((line, i) => (i > 0 ? [{ kind: 'same' as const, text: ' ' }, ...line] : line))} />
        </p>
      ) : (
        words.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an immutable comparison
          <p key={i}>
            {i === 0 ? (
              <>
                <Numbers change={change} />
                {gap}
              </>
            ) : null}
            <Parts parts={line} />
          </p>
        ))
      )}
      {words.length === 0 ? (
        <p>
          <Numbers change={change} />
        </p>
      ) : null}
    </div>
  )
})
/**
 * The places of the redline: title and the like first, then article by article; where one was both moved and
 * rewritten, its two blocks are adjacent.
 */
function RedlineBlocks({ frame, shown }: { frame: FrameChange[]; shown: ReturnType<typeof arranged> }) {
  return (
    <>
      {frame.map((change) => (
        <FrameBlock key={change.label} change={change} />
      ))}
      {shown.map(({ change, rewritten, at }) => (
        <Fragment key={at}>
          <RedlineBlock change={change} at={at} />
          {rewritten ? <RedlineBlock change={rewritten} at={at} /> : null}
        </Fragment>
      ))}
    </>
  )
}
function FrameBlock({ change }: { change: FrameChange }) {
  return (
    <div className="r r-changed" data-change={change.label}>
      <p className="r-tag">
        <b>改动</b> {change.label}
      </p>
      {paragraphs(change.diff).map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an immutable comparison
        <p key={i}>
          <Parts parts={line} />
        </p>
      ))}
    </div>
  )
}
function Side({ states }: { states: ChangeWithWhy['before'] }) {
  return states.map((state) => (
    <div key={state.id}>
      {state.text.split('\n').map((line, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an immutable comparison
        <p key={i}>
          {i === 0 && state.number ? <b>{state.number}　</b> : null}
          {line}
        </p>
      ))}
    </div>
  ))
}
/**
 * The column after amendment: added characters are underlined; where there is no character-by-character difference,
 * the text is written as it is.
 */
function After({ change }: { change: ChangeWithWhy }) {
  if ((change.kind !== 'changed' && change.kind !== 'marks') || !change.diff) return <Side states={change.after} />
  return paragraphs(change.diff.filter((part) => part.kind !== 'removed')).map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: an immutable comparison
    <p key={i}>
      {i === 0 && change.after[0]?.number ? <b>{change.after[0].number}　</b> : null}
      <Parts parts={line.filter((part) => part.text !== '¶')} />
    </p>
  ))
}
function Before({ change }: { change: ChangeWithWhy }) {
  if ((change.kind !== 'changed' && change.kind !== 'marks') || !change.diff) return <Side states={change.before} />
  return paragraphs(change.diff.filter((part) => part.kind !== 'added')).map((line, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: an immutable comparison
    <p key={i}>
      {i === 0 && change.before[0]?.number ? <b>{change.before[0].number}　</b> : null}
      <Parts parts={line.filter((part) => part.text !== '¶')} />
    </p>
  ))
}
const TableRow = memo(function TableRow({
  change,
  rewritten,
  at,
}: {
  change: ChangeWithWhy
  rewritten: ChangeWithWhy | undefined
  at: number
}) {
  const state = change.after[0] ?? change.before[0]
  const why = rewritten ? [...change.why, ...rewritten.why] : change.why
  return (
    <tr
      className={`r-${rewritten ? 'changed' : change.kind}`}
      data-change={change.kind === 'unchanged' ? undefined : at}
      data-address={state?.address}
    >
      <td data-label="原条文">
        {change.before.length > 0 ? <Before change={change} /> : <span className="quiet">（无）</span>}
      </td>
      <td data-label="修改后">
        {rewritten ? (
          <After change={rewritten} />
        ) : change.after.length > 0 ? (
          <After change={change} />
        ) : (
          <span className="quiet">（删去）</span>
        )}
      </td>
      <td data-label="变动与理由">
        {change.kind === 'unchanged' ? null : (
          <p>
            <b>{rewritten ? '删去原条文，另写' : changeName(change)}</b> {changeWords(change)}
          </p>
        )}
        {why.map((each) => (
          <p key={`${each.source}${each.ref ?? ''}${each.text}`}>
            <span className="quiet">
              {whyNames[each.source]}
              {each.ref && each.source === 'point' ? each.ref : ''}：
            </span>
            {each.text}
          </p>
        ))}
      </td>
    </tr>
  )
})

/**
 * A redline of the changed places only, shown within other pages: before a decision, before confirming a correction.
 */
export function Redline({ doc, from, to }: { doc: Doc; from: number; to: number }) {
  const diff = useQuery(diffQuery(doc.id, from, to))
  const before = useQuery(structureQuery(doc.id, from))
  const after = useQuery(structureQuery(doc.id, to))
  const frame = useMemo(
    () => (before.data && after.data ? frameChanges(before.data.structure, after.data.structure) : []),
    [before.data, after.data],
  )
  if (diff.isPending) return <Loading lines={4} />
  if (diff.isError) return <ErrorNote error={diff.error} retry={() => diff.refetch()} />
  const shown = arranged(diff.data.comparison.changes).filter(({ change }) => change.kind !== 'unchanged')
  const files = diff.data.attachments.filter((file) => file.kind !== 'same')
  return (
    <div className="redline" data-testid="inline-redline">
      {shown.length === 0 && frame.length === 0 ? <p>两版文字相同。</p> : null}
      <RedlineBlocks frame={frame} shown={shown} />
      {files.length > 0 ? <p>附件：{files.map(fileWords).join('、')}</p> : null}
    </div>
  )
}
const fileWords = (file: { name: string; kind: 'added' | 'removed' | 'changed' | 'same' }): string =>
  `${file.name}（${{ added: '新增', removed: '删去', changed: '已变', same: '' }[file.kind]}）`

export function ComparisonView({
  doc,
  from,
  to,
  view,
}: {
  doc: Doc
  from: number
  to: number
  view: 'redline' | 'table'
}) {
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/documents/$id' })
  const hash = useLocation({ select: (location) => location.hash })
  const diff = useQuery(diffQuery(doc.id, from, to))
  const before = useQuery(structureQuery(doc.id, from))
  const after = useQuery(structureQuery(doc.id, to))
  const frame = useMemo(
    () => (before.data && after.data ? frameChanges(before.data.structure, after.data.structure) : []),
    [before.data, after.data],
  )
  const root = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(-1)
  const places = () => [...(root.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])]
  const show = (element: HTMLElement | undefined) => {
    if (!element) return
    for (const each of root.current?.querySelectorAll('.here') ?? []) each.classList.remove('here')
    element.classList.add('here')
    element.scrollIntoView({ block: 'center' })
    requestAnimationFrame(() => requestAnimationFrame(() => element.scrollIntoView({ block: 'center' })))
  }
  const step = (by: 1 | -1) => {
    const list = places()
    if (list.length === 0) return
    const next = current < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(current + by, 0), list.length - 1)
    setCurrent(next)
    show(list[next])
  }
  useKeys(step, ['n', 'p'])
  const wanted = hash === '' ? '' : decodeURIComponent(hash)
  const ready = diff.data !== undefined
  useEffect(() => {
    if (!ready || wanted === '') return
    // An element named in the address, or the article that holds it.
    const article = /^(.*?条(?:之[一二三四五六七八九十百]+)*)/.exec(wanted)?.[1] ?? wanted
    const list = [...(root.current?.querySelectorAll<HTMLElement>('[data-address]') ?? [])]
    const found =
      list.find((each) => each.dataset.address === wanted) ?? list.find((each) => each.dataset.address === article)
    if (!found) return
    for (const each of root.current?.querySelectorAll('.here') ?? []) each.classList.remove('here')
    found.classList.add('here')
    requestAnimationFrame(() => found.scrollIntoView({ block: 'center' }))
  }, [ready, wanted])
  if (diff.isPending) return <Loading lines={10} />
  if (diff.isError) return <ErrorNote error={diff.error} retry={() => diff.refetch()} />
  const { changes, counts, coarse } = diff.data.comparison
  const total = kinds.reduce((sum, kind) => sum + counts[kind], 0) + frame.length
  const only = search.only ? search.only === 'yes' : view === 'table'
  // Differences in punctuation and full- or half-width forms normally count as unchanged and show the new version's
  // text; whoever wants to see them can expand, and each is marked.
  const folded = search.marks !== 'yes'
  const asShown = (change: ChangeWithWhy): ChangeWithWhy =>
    folded && change.kind === 'marks' ? { ...change, kind: 'unchanged', diff: null } : change
  const shown = arranged(changes.map(asShown)).filter(({ change }) => !only || change.kind !== 'unchanged')
  const files = diff.data.attachments.filter((file) => file.kind !== 'same')
  const address = `/api/documents/${doc.id}/diff`
  return (
    <div className="comparison">
      <div className="comparison-head">
        <p>
          <b>
            第{from}版 → 第{to}版
          </b>
          {total === 0 ? '　没有变化' : '　'}
          {kinds
            .filter((kind) => counts[kind] > 0)
            .map((kind) => (
              <span key={kind} className={`count-tag count-${kind}`}>
                {changeNames[kind]} {counts[kind]}
              </span>
            ))}
          {frame.length > 0 ? <span className="count-tag count-changed">标题、署名等 {frame.length}</span> : null}
          {counts.marks > 0 ? (
            <button
              type="button"
              className="count-tag count-marks"
              aria-pressed={!folded}
              onClick={() =>
                navigate({
                  search: (old) => ({ ...old, marks: folded ? ('yes' as const) : undefined }),
                  replace: true,
                  resetScroll: false,
                })
              }
            >
              仅标点、全半角不同 {counts.marks}：{folded ? '展开' : '收起'}
            </button>
          ) : null}
          <span className="quiet">未变 {counts.unchanged}</span>
        </p>
        {coarse ? (
          <p className="note note-info">
            文本很长，只按标识、相同的文字与原处的序号对应：拆分、合并、移动后又改写的，显示为删去与新增。
          </p>
        ) : null}
        <div className="row no-print">
          <span className="quiet">
            图例：<del>删去</del> <ins>新增</ins>
          </span>
          <label>
            <input
              type="checkbox"
              checked={only}
              onChange={(e) =>
                navigate({
                  search: (old) => ({ ...old, only: e.target.checked ? ('yes' as const) : ('no' as const) }),
                  replace: true,
                  resetScroll: false,
                })
              }
            />{' '}
            只看有变化的
          </label>
          <span className="row">
            <button type="button" className="link" onClick={() => step(-1)} disabled={total === 0}>
              上一处 <kbd>p</kbd>
            </button>
            <button type="button" className="link" onClick={() => step(1)} disabled={total === 0}>
              下一处 <kbd>n</kbd>
            </button>
            <span className="quiet" role="status">
              {current >= 0 ? `第 ${current + 1} / ${places().length} 处` : ''}
            </span>
          </span>
          <Download path={`${address}/redline.docx?from=${from}&to=${to}`}>下载花脸稿（Word）</Download>
          <Download path={`${address}/table.docx?from=${from}&to=${to}`}>下载修改对照表（Word）</Download>
        </div>
      </div>
      <div ref={root}>
        {shown.length === 0 && frame.length === 0 ? (
          <Empty>{counts.marks > 0 ? '两版文字相同，只有标点、全角半角的不同。' : '两版文字相同。'}</Empty>
        ) : null}
        {view === 'redline' ? (
          <div className="redline">
            <RedlineBlocks frame={frame} shown={shown} />
          </div>
        ) : shown.length > 0 || frame.length > 0 ? (
          <div className="scroll-x">
            <table className="compare-table">
              <caption className="skip">修改对照表</caption>
              <thead>
                <tr>
                  <th scope="col">原条文（第{from}版）</th>
                  <th scope="col">修改后（第{to}版）</th>
                  <th scope="col">变动与理由</th>
                </tr>
              </thead>
              <tbody>
                {frame.map((change) => (
                  <tr key={change.label} className="r-changed" data-change={change.label}>
                    <td className="pre" data-label="原文">
                      <Parts parts={change.diff.filter((part) => part.kind !== 'added')} />
                    </td>
                    <td className="pre" data-label="修改后">
                      <Parts parts={change.diff.filter((part) => part.kind !== 'removed')} />
                    </td>
                    <td>
                      <b>改动</b> {change.label}
                    </td>
                  </tr>
                ))}
                {shown.map(({ change, rewritten, at }) => (
                  <TableRow key={at} change={change} rewritten={rewritten} at={at} />
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
        {files.length > 0 ? <p>附件：{files.map(fileWords).join('、')}</p> : null}
      </div>
    </div>
  )
}
