// Reading one version of the text: contents on the left, body in the middle, margin items on the right; j/k step
// through, and `#第几条` in the address goes straight there.
import type { StructuredText } from '@dianzhang/text'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useLocation, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { get } from '../../api.ts'
import { ErrorNote, Loading } from '../../parts/states.tsx'
import type { Doc, WholeText } from '../../types.ts'
import { goTo } from './goto.ts'
import { gather, type Item, type Side, sides } from './items.ts'
import { Margin, walkable } from './margin.tsx'
import { elementOf } from './marks.ts'
import { OutlineTree } from './outline.tsx'
import {
  type AnchoredItem,
  anchorsQuery,
  type FindingsAnswer,
  type FrozenFindings,
  findingsQuery,
  type StructureAnswer,
  structureQuery,
} from './shapes.ts'
import { Sheet } from './sheet.tsx'

const route = getRouteApi('/staff/documents/$id')
const prefix = 't-'

export const bodyQuery = (id: string, n: number) => ({
  queryKey: ['doc-text', id, 'body', n],
  queryFn: () => get<WholeText>(`/api/documents/${id}/versions/${n}`),
  staleTime: Number.POSITIVE_INFINITY,
})

/**
 * Fetches one version of the text and the margin items; the body is shown as soon as it arrives, the margin follows.
 */
export function Reading({
  doc,
  n,
  frozen,
  tools,
  above,
}: {
  doc: Doc
  n: number
  /** Uses the hints frozen at submission for review in place of the present ones. */
  frozen?: FrozenFindings | undefined
  tools?: (item: Item) => ReactNode
  above?: ReactNode
}) {
  const structure = useQuery(structureQuery(doc.id, n))
  const body = useQuery(bodyQuery(doc.id, n))
  const findings = useQuery(findingsQuery(doc.id, n))
  const anchors = useQuery(anchorsQuery(doc.id, n))
  if (structure.isError || body.isError)
    return <ErrorNote error={structure.error ?? body.error} retry={() => structure.refetch()} />
  if (!structure.data || !body.data) return <Loading lines={12} />
  const missing = findings.isError ? (
    <ErrorNote error={findings.error} retry={() => findings.refetch()} />
  ) : anchors.isError ? (
    <ErrorNote error={anchors.error} retry={() => anchors.refetch()} />
  ) : findings.isPending || anchors.isPending ? (
    <Loading lines={4} />
  ) : undefined
  return (
    <Laid
      key={n}
      answer={structure.data}
      body={body.data.body}
      findings={findings.data}
      anchors={anchors.data}
      frozen={frozen}
      tools={tools}
      above={above}
      missing={missing}
    />
  )
}
const none: never[] = []
function Laid({
  answer,
  body,
  findings,
  anchors,
  frozen,
  tools,
  above,
  missing,
}: {
  answer: StructureAnswer
  body: string
  findings: FindingsAnswer | undefined
  anchors: AnchoredItem[] | undefined
  frozen: FrozenFindings | undefined
  tools: ((item: Item) => ReactNode) | undefined
  above: ReactNode
  missing: ReactNode
}) {
  const { structure } = answer
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/documents/$id' })
  const hash = useLocation({ select: (location) => location.hash })
  const main = useRef<HTMLElement>(null)
  const side: Side = sides.find((each) => each === search.side) ?? 'findings'
  const setSide = (next: Side) =>
    navigate({
      search: (old) => ({ ...old, side: next === 'findings' ? undefined : next }),
      hash: true,
      replace: true,
      resetScroll: false,
    })
  const { items, marks } = useMemo(
    () =>
      gather({
        structure,
        body,
        faults: answer.faults,
        open: frozen?.open ?? findings?.open ?? none,
        waived: frozen?.waived ?? findings?.waived ?? none,
        citations: findings?.citations ?? none,
        anchors: anchors ?? none,
      }),
    [structure, body, answer.faults, findings, anchors, frozen],
  )
  const [current, setCurrent] = useState<string | null>(null)
  const pick = (item: Item, from: 'margin' | 'text') => {
    setCurrent(item.ref)
    if (from === 'margin' && main.current) goTo(main.current, prefix, { ref: item.ref, place: item.place })
    if (from === 'text') {
      if (item.side !== side) void setSide(item.side)
      requestAnimationFrame(() => {
        const card = document.querySelector(`[data-card="${item.ref}"]`)
        card?.closest('details')?.setAttribute('open', '')
        card?.scrollIntoView({ block: 'nearest' })
      })
    }
  }
  const lost = useArrival(main, structure, hash)
  useKeys((step) => {
    const list = walkable(items, side)
    if (list.length === 0) return
    const at = list.findIndex((item) => item.ref === current)
    const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1)]
    if (!next) return
    pick(next, 'margin')
    requestAnimationFrame(() =>
      document.querySelector(`[data-card="${next.ref}"]`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    )
  })
  return (
    <div className="reading">
      <aside className="reading-outline no-print" aria-label="目录">
        <details open={window.innerWidth > 1000}>
          <summary>目录</summary>
          <div className="outline-box">
            <OutlineTree tree={answer.outline.tree} sheet={main} />
          </div>
        </details>
      </aside>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a shortcut; every mark is reached from the list beside it */}
      <section
        className="reading-text"
        ref={main}
        aria-label="正文"
        onClick={(event) => {
          const refs = (event.target as Element).closest('[data-refs]')?.getAttribute('data-refs')?.split(' ')
          const item = refs && items.find((each) => refs.includes(each.ref))
          if (item) pick(item, 'text')
        }}
      >
        {lost ? (
          <p className="note note-warn" role="status">
            第{answer.n}版里没有“{lost}”。
          </p>
        ) : null}
        {above}
        <button
          type="button"
          className="link to-margin no-print"
          onClick={() => document.querySelector('.reading-margin')?.scrollIntoView()}
        >
          到页边各条（检查提示 {walkable(items, 'findings').length}）
        </button>
        <Sheet structure={structure} marks={marks} prefix={prefix} />
      </section>
      <aside className="reading-margin no-print" aria-label="页边">
        <Margin
          items={items}
          side={side}
          onSide={(next) => void setSide(next)}
          current={current}
          onPick={(item) => pick(item, 'margin')}
          {...(tools ? { tools } : {})}
          missing={missing}
        />
        <p className="hint keys-hint">
          键盘 <kbd>j</kbd> <kbd>k</kbd> 下一条、上一条
        </p>
      </aside>
    </div>
  )
}
/** Goes to the provision after the # in the address; returns how it was written when there is no such provision. */
function useArrival(main: React.RefObject<HTMLElement | null>, structure: StructuredText, hash: string): string | null {
  const wanted = decoded(hash)
  const element = useMemo(() => (wanted === '' ? null : elementOf(structure, wanted)), [structure, wanted])
  const attachment = /^attachment\d+$/.test(wanted) ? wanted : null
  useEffect(() => {
    if (main.current && (element || attachment)) goTo(main.current, prefix, { place: element?.id ?? attachment })
  }, [main, element, attachment])
  if (wanted === '' || element || attachment) return null
  const labelled = structure.attachments.findIndex((each) => each.label === wanted)
  return labelled >= 0 ? null : wanted
}
const decoded = (hash: string): string => {
  try {
    return decodeURIComponent(hash)
  } catch {
    return hash
  }
}
/** j and k step through; not while typing. */
export function useKeys(step: (by: 1 | -1) => void, keys: [string, string] = ['j', 'k']): void {
  const latest = useRef(step)
  latest.current = step
  const [next, previous] = keys
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      const target = event.target as HTMLElement
      if (target.closest('input, textarea, select, [contenteditable="true"], .ant-drawer')) return
      if (event.key !== next && event.key !== previous) return
      event.preventDefault()
      latest.current(event.key === next ? 1 : -1)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [next, previous])
}
