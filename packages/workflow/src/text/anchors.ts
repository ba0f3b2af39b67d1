// Where comments and reviewers' opinions stand in a given text version: in place, moved, changed, gone. All are shown;
// none is quietly attached elsewhere.
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

/**
 * Where a comment is pinned: version it was made on, element (an id carried over from earlier versions), words
 * quoted.
 */
export interface Pinned {
  kind: 'comment' | 'point'
  id: string
  text: string
  /** The text version it was made on; null when that cannot be known. */
  madeOn: number | null
  /** The element in the version it was made on; null when there was no such place even then. */
  element: string | null
  /** The address in the version it was made on; without such a place, the words as entered. */
  address: string
  quote: string | null
  answer?: { kind: string; version: number | null; reason: string | null; at: string; by: string } | null
  disposition?: { disposition: string; label: string; reason: string; version: number | null; at: string } | null
  /** Which submission for review the opinion belongs to, 1 for the first. */
  round?: number
}
export interface AnchoredItem extends Pinned {
  state: AnchorState
  now: { element: string; address: string } | null
}

/** Finds an element by id or address. */
export const findElement = (t: StructuredText, ref: string): Element | null => findById(t, ref) ?? findByAddress(t, ref)

/**
 * All comments and opinions of this file that have a place; `versions` gets the text versions they were made on along
 * the way.
 */
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
    // Ids the public sees are made from the consultation draft alone; they are replaced by the ids carried over.
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

/** Where no words were quoted the whole text of the place counts: in place only if not a character changed. */
function wordsOf(element: Element): string {
  if (element.level === 'article' || element.level === 'table') return fullText(element)
  return element.text === '' ? (element.heading ?? '') : element.text
}

/** State and place of each comment in version `target`, in the original order. */
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

/**
 * Very long texts are not aligned one by one; an id is computed from the words, so where the same id is still there,
 * so are the words.
 */
function sameElement(one: Pinned, id: string, target: TextVersion): Pick<AnchoredItem, 'state' | 'now'> {
  const now = findById(target.structure, id)
  if (now === null) return { state: 'orphan', now: null }
  const address = addressOf(target.structure, now.id)
  return { state: address === one.address ? 'exact' : 'moved', now: { element: now.id, address } }
}
