// Answering a review opinion: how its original place read, how it reads now, and the difference.
import { type Element, findById, fullText, inlineDiff } from '@dianzhang/text'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { elementOf } from '../document/text/marks.ts'
import { anchorsQuery, structureQuery, versionOfHash } from '../document/text/shapes.ts'
import { anchorTone, anchorWords } from '../document/text/words.ts'
import type { Doc } from '../types.ts'
import { useForm } from './form-state.ts'
import '../document/text/text.css'

export default function PointPanel() {
  const { doc, values } = useForm()
  const point = doc?.review?.opinion?.points.find((each) => each.id === values.point)
  const made = doc ? versionOfHash(doc, doc.review?.opinion?.contentHash) : null
  const chosen = typeof values.version === 'number' ? values.version : doc?.text?.n
  if (!doc || !point || made === null || chosen === undefined) return null
  return <InPlace doc={doc} point={point.id} element={point.element} made={made} now={chosen} />
}
function InPlace({
  doc,
  point,
  element,
  made,
  now,
}: {
  doc: Doc
  point: string
  element: string | undefined
  made: number
  now: number
}) {
  const before = useQuery(structureQuery(doc.id, made))
  const after = useQuery(structureQuery(doc.id, now))
  const { data: anchors } = useQuery(anchorsQuery(doc.id, now))
  const anchor = anchors?.findLast((each) => each.kind === 'point' && each.id === point)
  const shown = useMemo(() => {
    if (!before.data || !after.data || !element) return null
    const old = elementOf(before.data.structure, element)
    if (!old) return null
    const fresh: Element | null = findById(after.data.structure, anchor?.now?.element ?? old.id)
    return { old, fresh, parts: fresh ? inlineDiff(fullText(old), fullText(fresh)) : null }
  }, [before.data, after.data, element, anchor])
  if (!element) return null
  return (
    <section className="sheet point-place-now" aria-label="意见所指的原文">
      <p className="row">
        {anchor ? <span className={`sev sev-${anchorTone[anchor.state]}`}>{anchorWords(anchor)}</span> : null}
        <b>{anchor?.address ?? element}</b>
        {now === made ? (
          <span className="quiet">　审核的第{made}版，之后还没有新的文本</span>
        ) : (
          <span className="quiet">
            　审核的第{made}版 → 第{now}版
          </span>
        )}
      </p>
      {shown ? (
        shown.parts ? (
          <p className="pre">
            {shown.parts.map((part, i) => {
              const key = `${i}${part.kind}`
              return part.kind === 'added' ? (
                <ins key={key}>{part.text}</ins>
              ) : part.kind === 'removed' ? (
                <del key={key}>{part.text}</del>
              ) : (
                <span key={key}>{part.text}</span>
              )
            })}
          </p>
        ) : (
          <>
            <p className="pre">
              <del>{fullText(shown.old)}</del>
            </p>
            <p className="quiet">第{now}版里没有与它对应的文字。</p>
          </>
        )
      ) : null}
      {now !== made ? (
        <Link
          to="/documents/$id"
          params={{ id: doc.id }}
          search={{ tab: 'texts', from: Math.min(made, now), to: Math.max(made, now) }}
          hash={anchor?.now?.address ?? anchor?.address ?? element}
          target="_blank"
        >
          在比较中看这一处
        </Link>
      ) : null}
    </section>
  )
}
