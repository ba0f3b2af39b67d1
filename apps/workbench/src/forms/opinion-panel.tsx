// Issuing a review opinion: on the left the text under review, where selecting a sentence is enough to make an
// opinion; on the right opinions and hints from checks.
import { addressOf, findByAddress, type Element as TextElement } from '@dianzhang/text'
import { useQuery } from '@tanstack/react-query'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import Select from 'antd/es/select'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { goTo } from '../document/text/goto.ts'
import { flatten, MarkMaker } from '../document/text/marks.ts'
import { bodyQuery } from '../document/text/reading.tsx'
import { findingsQuery, type OpenFinding, structureQuery, versionOfHash } from '../document/text/shapes.ts'
import { Sheet } from '../document/text/sheet.tsx'
import { ErrorNote, Loading } from '../parts/states.tsx'
import type { Doc } from '../types.ts'
import { FindingsPanel, type WaiverValue } from './findings-panel.tsx'
import { useForm } from './form-state.ts'
import '../document/text/text.css'
import { Trouble } from '../parts/trouble.tsx'

interface PointValue {
  text?: string
  element?: string
  quote?: string
  basis?: string
}
const prefix = 'o-'
/** The version under review; the current text if none has been submitted. */
const reviewedVersion = (doc: Doc): number | null => versionOfHash(doc, doc.review?.textHash) ?? doc.text?.n ?? null

function usePoints(): { points: PointValue[]; add: (point: PointValue) => void; set: (next: PointValue[]) => void } {
  const form = useForm()
  const points = (form.values.points as PointValue[] | undefined) ?? []
  const set = (next: PointValue[]) => form.set(['points'], next)
  return {
    points,
    set,
    add: (point) => {
      // A point belongs to an opinion that asks for a revision.
      if (form.values.outcome === undefined || form.values.outcome === 'lawful') form.set(['outcome'], 'revise')
      set([...points, point])
    },
  }
}

/** Left: the text under review. */
export function OpinionText() {
  const { doc } = useForm()
  const n = doc ? reviewedVersion(doc) : null
  if (!doc || n === null) return null
  return <Reviewed doc={doc} n={n} />
}
function Reviewed({ doc, n }: { doc: Doc; n: number }) {
  const structure = useQuery(structureQuery(doc.id, n))
  const body = useQuery(bodyQuery(doc.id, n))
  const found = useQuery(findingsQuery(doc.id, n))
  const { add, points } = usePoints()
  const root = useRef<HTMLDivElement>(null)
  const [chosen, setChosen] = useState<{ address: string; quote: string; top: number; left: number } | null>(null)
  const outline = structure.data?.structure
  const marks = useMemo(() => {
    if (!outline || body.data === undefined) return undefined
    const maker = new MarkMaker(outline, body.data.body)
    found.data?.open.forEach((finding, i) => {
      maker.atOffset(finding.start, finding.end, { ref: `f${i}`, look: finding.severity, title: finding.category })
    })
    points.forEach((point, i) => {
      if (point.element && point.quote)
        maker.atQuote(point.element, point.quote, { ref: `p${i}`, look: 'anchor', title: `意见${i + 1}` })
    })
    return maker.finish()
  }, [outline, body.data, found.data, points])
  const look = useCallback(() => {
    const box = root.current
    if (!box || !outline) return
    const picked = pickedIn(box)
    if (!picked) return setChosen(null)
    const address = addressOf(outline, picked.element)
    if (!address) return setChosen(null)
    const frame = box.getBoundingClientRect()
    setChosen({
      address,
      quote: picked.quote,
      top: picked.rect.bottom - frame.top + box.scrollTop + 4,
      left: Math.min(Math.max(picked.rect.left - frame.left, 8), Math.max(frame.width - 150, 8)),
    })
  }, [outline])
  useEffect(() => {
    document.addEventListener('selectionchange', look)
    return () => document.removeEventListener('selectionchange', look)
  }, [look])
  if (structure.isError) return <ErrorNote error={structure.error} />
  if (!structure.data || !body.data) return <Loading lines={12} />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable to be scrolled by keyboard
    <section className="opinion-text" ref={root} aria-label={`送审文本第${n}版`} tabIndex={0}>
      <p className="hint">送审的第{n}版文本。选中一句话，就这句提意见。</p>
      <Sheet structure={structure.data.structure} prefix={prefix} {...(marks ? { marks } : {})} />
      {chosen ? (
        <button
          type="button"
          className="pick-button"
          style={{ top: chosen.top, left: chosen.left }}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            add({ element: chosen.address, quote: chosen.quote, text: '' })
            setChosen(null)
            document.getSelection()?.removeAllRanges()
          }}
        >
          就这句提意见
        </button>
      ) : null}
    </section>
  )
}
const holders = 'p[data-element], h3[data-element], .t-table[data-element]'
/**
 * The selected words: over several paragraphs one line each, as read, numbers included; attached to the paragraph
 * where they begin.
 */
function pickedIn(box: HTMLElement): { element: string; quote: string; rect: DOMRect } | null {
  const selection = document.getSelection()
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  if (!box.contains(range.startContainer)) return null
  const lines = [...box.querySelectorAll<HTMLElement>(holders)].flatMap((holder) => {
    if (!range.intersectsNode(holder)) return []
    const part = document.createRange()
    part.selectNodeContents(holder)
    const first = holder.contains(range.startContainer)
    if (first) part.setStart(range.startContainer, range.startOffset)
    if (holder.contains(range.endContainer)) part.setEnd(range.endContainer, range.endOffset)
    const lead = holder.querySelector('.t-number')
    if (first && lead && part.intersectsNode(lead)) part.setStartAfter(lead)
    const words = part.toString().replace(/^[\s\u3000]+|[\s\u3000]+$/g, '')
    return words === '' ? [] : [{ element: holder.dataset.element ?? '', words, rect: part.getBoundingClientRect() }]
  })
  const [first] = lines
  const last = lines.at(-1)
  const quote = lines
    .map(({ words }) => words)
    .join('\n')
    .slice(0, 2000)
  return first && last && first.element !== '' && quote.length >= 2
    ? { element: first.element, quote, rect: last.rect }
    : null
}

interface Place {
  value: string
  label: string
  element: TextElement
}

function usePlaces(doc: Doc, n: number): Place[] {
  const { data } = useQuery(structureQuery(doc.id, n))
  return useMemo(
    () =>
      data
        ? flatten(data.structure).flatMap((element) => {
            const value = addressOf(data.structure, element.id)
            if (value === '') return []
            const words = element.heading ?? (element.text || element.children[0]?.text || '')
            return [{ value, label: `${value}　${words.slice(0, 24)}`, element }]
          })
        : [],
    [data],
  )
}

/** Right: opinions one by one, then hints from checks. */
export default function OpinionPanel() {
  const form = useForm()
  const { doc } = form
  const n = doc ? reviewedVersion(doc) : null
  if (!doc || n === null) return null
  return <Desk doc={doc} n={n} />
}
function Desk({ doc, n }: { doc: Doc; n: number }) {
  const form = useForm()
  const { points, add, set } = usePoints()
  const places = usePlaces(doc, n)
  const found = useQuery(findingsQuery(doc.id, n))
  const { data: structure } = useQuery(structureQuery(doc.id, n))
  const value = (form.values.waivers as WaiverValue[] | undefined) ?? []
  const change = (i: number, patch: Partial<PointValue>) =>
    set(points.map((point, k) => (k === i ? { ...point, ...patch } : point)))
  const show = (address: string | undefined, ref?: string) => {
    const box = document.querySelector<HTMLElement>('.opinion-text')
    const element = address && structure ? findByAddress(structure.structure, address) : null
    if (box) goTo(box, prefix, { ...(ref ? { ref } : {}), place: element?.id ?? null })
  }
  const adopt = (finding: OpenFinding) =>
    add({
      ...(finding.address ? { element: finding.address } : {}),
      ...(finding.quote ? { quote: finding.quote } : {}),
      text: finding.message,
      basis: finding.basis.slice(0, 500),
    })
  const adopted = (finding: OpenFinding): boolean =>
    points.some((point) => point.text === finding.message && (point.quote ?? '') === finding.quote)
  return (
    <>
      <fieldset className="group" data-field="points">
        <legend>修改意见（{points.length}）</legend>
        <Trouble says={form.errors.points} />
        <ol className="opinion-points">
          {points.map((point, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: points are edited in place and have no identity yet
            <li key={i} className="card-item" data-point={i + 1}>
              <div className="row">
                <b>意见{i + 1}</b>
                <Select
                  className="point-place"
                  aria-label={`意见${i + 1}针对的条款`}
                  value={point.element || null}
                  placeholder="针对全文；可选一条"
                  allowClear
                  showSearch={{ optionFilterProp: 'label' }}
                  options={places}
                  onChange={(next) => {
                    change(i, { element: next ?? undefined, quote: undefined } as PointValue)
                    show(next ?? undefined)
                  }}
                />
                <Button size="small" onClick={() => show(point.element, `p${i}`)} disabled={!point.element}>
                  看原文
                </Button>
                <Button
                  size="small"
                  onClick={() => set(points.filter((_, k) => k !== i))}
                  aria-label={`删去意见${i + 1}`}
                >
                  删去
                </Button>
              </div>
              {point.quote ? <blockquote className="quote">{point.quote}</blockquote> : null}
              <Input.TextArea
                aria-label={`意见${i + 1}内容`}
                placeholder="怎样改，为什么"
                value={point.text ?? ''}
                rows={2}
                maxLength={4000}
                onChange={(event) => change(i, { text: event.target.value })}
                {...(form.errors[`points.${i}.text`] ? { status: 'error' as const } : {})}
              />
              {form.errors[`points.${i}.text`] ? (
                <span className="field-error" role="alert">
                  {form.errors[`points.${i}.text`]}
                </span>
              ) : null}
              <Input
                aria-label={`意见${i + 1}依据`}
                placeholder="依据（可不填）"
                value={point.basis ?? ''}
                maxLength={500}
                onChange={(event) => change(i, { basis: event.target.value })}
              />
            </li>
          ))}
        </ol>
        <Button size="small" type="dashed" onClick={() => add({ text: '' })}>
          添加一条意见
        </Button>
      </fieldset>
      <fieldset className="group" data-field="waivers">
        <legend>检查提示（{found.data?.open.length ?? '…'}）</legend>
        {found.isPending ? <Loading lines={3} /> : null}
        {found.isError ? <ErrorNote error={found.error} retry={() => found.refetch()} /> : null}
        {found.data ? (
          <>
            <p className="hint">
              起草人没有答复的，和须审核人确认的。可以列为意见，也可以同意不改并写明理由；提示本身不是结论。
            </p>
            <FindingsPanel
              doc={doc}
              n={n}
              open={found.data.open}
              waived={found.data.waived}
              value={value}
              onChange={(next) => form.set(['waivers'], next)}
              errors={form.errors}
              by="reviewer"
              tools={(finding) => (
                <>
                  <Button size="small" disabled={adopted(finding)} onClick={() => adopt(finding)}>
                    {adopted(finding) ? '已列为意见' : '列为意见'}
                  </Button>
                  <button
                    type="button"
                    className="link"
                    onClick={() => show(finding.address, `f${found.data.open.indexOf(finding)}`)}
                  >
                    看原文
                  </button>
                </>
              )}
            />
          </>
        ) : null}
      </fieldset>
    </>
  )
}
