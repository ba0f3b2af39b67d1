// 意见与审核意见在某一版文本中的位置：原处、移动、改动、不再存在，一律显示，不悄悄改挂。
import { dispositionLabels } from '@dianzhang/contract'
import { and, asc, type DbOrTx, eq, isNotNull, schema } from '@dianzhang/database'
import type { Dossier } from '@dianzhang/rules'
import {
  type Anchor,
  type AnchorState,
  addressOf,
  type Element,
  findByAddress,
  findById,
  fullText,
  type StructuredText,
} from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'
import type { Office } from '../office.ts'
import { alignedMaximum, carriedId, type TextVersion, textVersions } from './versions.ts'

/** 一条意见钉在哪里：所针对的版本、元素（与以前各版相承的标识）、原话。 */
export interface Pinned {
  kind: 'comment' | 'point'
  id: string
  text: string
  /** 所针对的文本版本；无从得知时为 null。 */
  madeOn: number | null
  /** 在所针对的版本中的元素；当时就没有这一处的为 null。 */
  element: string | null
  /** 在所针对的版本中的地址；没有这一处的，为所填的文字。 */
  address: string
  quote: string | null
  answer?: { kind: string; version: number | null; reason: string | null; at: string; by: string } | null
  disposition?: { disposition: string; label: string; reason: string; version: number | null; at: string } | null
  /** 审核意见属于第几次送审，1 为首次。 */
  round?: number
}
export interface AnchoredItem extends Pinned {
  state: AnchorState
  now: { element: string; address: string } | null
}

/** 按标识或者地址找元素。 */
export const findElement = (t: StructuredText, ref: string): Element | null => findById(t, ref) ?? findByAddress(t, ref)

/** 本案卷全部带位置的意见与审核意见；`versions` 随之取得所针对的各版文本。 */
export async function pinnedOf(
  office: Office,
  db: DbOrTx,
  dossier: Dossier,
): Promise<{ pinned: Pinned[]; versions: Map<number, TextVersion> }> {
  const { comments: c, commentDispositions: x } = schema
  const [comments, dispositions] =
    dossier.consultations.length === 0
      ? [[], []]
      : await Promise.all([
          db
            .select({
              id: c.id,
              consultation: c.consultationId,
              anchor: c.anchor,
              anchorElement: c.anchorElement,
              body: c.body,
            })
            .from(c)
            .where(and(eq(c.jurisdictionId, dossier.jurisdiction), eq(c.documentId, dossier.id), isNotNull(c.anchor)))
            .orderBy(asc(c.at), asc(c.id)),
          db
            .select()
            .from(x)
            .where(and(eq(x.jurisdictionId, dossier.jurisdiction), eq(x.documentId, dossier.id)))
            .orderBy(asc(x.n)),
        ])
  const latest = new Map(dispositions.map((d) => [d.commentId, d]))
  const rounds = new Map(dossier.consultations.map((round) => [round.id, round.textVersion]))
  const reviews = [...dossier.reviewHistory, ...(dossier.review ? [dossier.review] : [])].map((review) => ({
    review,
    version: dossier.texts.findLast((t) => t.hash === review.textHash)?.n ?? null,
  }))
  const wanted = new Set<number>()
  for (const n of rounds.values()) wanted.add(n)
  for (const { version } of reviews) if (version !== null) wanted.add(version)
  const versions = await textVersions(office, db, dossier, [...wanted])

  const pinned: Pinned[] = []
  for (const comment of comments) {
    const madeOn = rounds.get(comment.consultation) ?? null
    const version = madeOn === null ? undefined : versions.get(madeOn)
    const given = comment.anchor?.element ?? ''
    // 公众所见的标识只就征求意见稿本身编成，换成相承的标识。
    const own = version === undefined ? null : (comment.anchorElement ?? findElement(version.alone, given)?.id ?? null)
    const element = version === undefined || own === null ? null : carriedId(version, own)
    const d = latest.get(comment.id)
    pinned.push({
      kind: 'comment',
      id: comment.id,
      text: comment.body,
      madeOn,
      element,
      address: version !== undefined && element !== null ? addressOf(version.structure, element) : given,
      quote: comment.anchor?.quote ?? null,
      disposition: d
        ? {
            disposition: d.disposition,
            label: dispositionLabels[d.disposition as keyof typeof dispositionLabels] ?? d.disposition,
            reason: d.reason,
            version: d.textVersion,
            at: d.at.toISOString(),
          }
        : null,
    })
  }
  for (const [index, { review, version: madeOn }] of reviews.entries())
    for (const point of review.opinion?.points ?? []) {
      if (point.element === undefined) continue
      const version = madeOn === null ? undefined : versions.get(madeOn)
      const element = version === undefined ? null : (findElement(version.structure, point.element)?.id ?? null)
      pinned.push({
        kind: 'point',
        id: point.id,
        text: point.text,
        madeOn,
        element,
        address: version !== undefined && element !== null ? addressOf(version.structure, element) : point.element,
        quote: point.quote ?? null,
        answer: point.answer,
        round: index + 1,
      })
    }
  return { pinned, versions }
}

/** 没有摘原话的，以该处全文为准：一字未动才是原处。 */
function wordsOf(element: Element): string {
  if (element.level === 'article' || element.level === 'table') return fullText(element)
  return element.text === '' ? (element.heading ?? '') : element.text
}

/** 各条意见在 `target` 版中的状态与位置，依原来的次序。 */
export async function locateAll(
  pinned: readonly Pinned[],
  versions: ReadonlyMap<number, TextVersion>,
  target: TextVersion,
): Promise<AnchoredItem[]> {
  const located = new Map<Pinned, Pick<AnchoredItem, 'state' | 'now'>>()
  const aligned = new Map<TextVersion, Array<{ one: Pinned; anchor: Anchor }>>()
  for (const one of pinned) {
    const before = one.madeOn === null ? undefined : versions.get(one.madeOn)
    const element = before && one.element !== null ? findById(before.structure, one.element) : null
    if (!before || element === null) located.set(one, { state: 'orphan', now: null })
    else if (before !== target && Math.max(before.body.length, target.body.length) > alignedMaximum)
      located.set(one, sameElement(one, element.id, target))
    else {
      const anchor = { element: element.id, quote: one.quote ?? wordsOf(element), version: before.n }
      aligned.set(before, [...(aligned.get(before) ?? []), { one, anchor }])
    }
  }
  for (const [before, list] of aligned) {
    const answers = await textWork('locate', Math.max(before.body.length, target.body.length), {
      before: before.structure,
      after: target.structure,
      anchors: list.map(({ anchor }) => anchor),
    })
    for (const [at, { one }] of list.entries()) {
      const { state, element, address } = answers[at] ?? { state: 'orphan', element: null, address: null }
      located.set(one, { state, now: element === null ? null : { element, address: address ?? '' } })
    }
  }
  return pinned.map((one) => ({ ...one, ...(located.get(one) ?? { state: 'orphan', now: null }) }))
}

/** 过长的文本不逐条对照；标识由文字算出，同一标识还在，就是原话还在。 */
function sameElement(one: Pinned, id: string, target: TextVersion): Pick<AnchoredItem, 'state' | 'now'> {
  const now = findById(target.structure, id)
  if (now === null) return { state: 'orphan', now: null }
  const address = addressOf(target.structure, now.id)
  return { state: address === one.address ? 'exact' : 'moved', now: { element: now.id, address } }
}
