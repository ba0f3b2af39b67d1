// Comparison of two versions and the reason for each change: opinions of reviewers adopted, public comments adopted,
// failing those the note on changes of that version.
import { type Change, type Comparison, type Element, findById, fullText } from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'
import type { Pinned } from './anchors.ts'
import type { TextVersion } from './versions.ts'

export interface Why {
  source: 'point' | 'comment' | 'note'
  text: string
  /** Number of a reviewer's opinion, id of a comment; `v2` is version 2. */
  ref?: string
}
export type ExplainedChange = Change & { why: Why[] }
export interface ExplainedComparison {
  changes: ExplainedChange[]
  counts: Comparison['counts']
  coarse: Comparison['coarse']
}

/** The comparison goes by article: everything below an article, item or table counts as part of it. */
function containers(version: TextVersion): Map<string, string> {
  const held = new Map<string, string>()
  const visit = (list: readonly Element[], holder: string | null): void => {
    for (const element of list) {
      const own = holder ?? element.id
      held.set(element.id, own)
      const whole = element.level === 'article' || element.level === 'item' || element.level === 'table'
      visit(element.children, whole || holder !== null ? own : null)
    }
  }
  const { preamble, body, attachments } = version.structure
  for (const list of [preamble, body, ...attachments.map((one) => one.body)]) visit(list, null)
  return held
}

/**
 * Compares the versions `from` and `to` and gives reasons. `between` holds the versions in between (with `to`) and
 * the one before them, in order; `pinned` all comments that have a place. With `from` later than `to` (compared
 * backwards) no reasons are given.
 */
export async function explainedComparison(
  from: TextVersion,
  to: TextVersion,
  between: readonly TextVersion[],
  pinned: readonly Pinned[],
  versions: ReadonlyMap<number, TextVersion>,
  notes: ReadonlyMap<number, string>,
): Promise<ExplainedComparison> {
  const { changes, counts, coarse } = await textWork('compare', Math.max(from.body.length, to.body.length), {
    before: from.structure,
    after: to.structure,
  })
  if (from.n >= to.n) return { changes: changes.map((change) => ({ ...change, why: [] })), counts, coarse }
  const within = (n: number | null | undefined): boolean => n !== null && n !== undefined && n > from.n && n <= to.n
  const reasons = new Map<string, Why[]>()
  const held = new Map<number, Map<string, string>>()
  for (const one of pinned) {
    const why = reasonOf(one, within)
    const version = one.madeOn === null ? undefined : versions.get(one.madeOn)
    if (why === null || one.element === null || version === undefined) continue
    let holders = held.get(version.n)
    if (!holders) {
      holders = containers(version)
      held.set(version.n, holders)
    }
    const holder = holders.get(one.element) ?? one.element
    reasons.set(holder, [...(reasons.get(holder) ?? []), why])
  }
  return {
    changes: changes.map((change) => {
      if (change.kind === 'unchanged' || change.kind === 'marks') return { ...change, why: [] }
      const ids = [...new Set([...change.before, ...change.after].map((state) => state.id))]
      const named = [...new Set(ids.flatMap((id) => reasons.get(id) ?? []))]
      return { ...change, why: named.length > 0 ? named : notesOf(ids, change, between, notes) }
    }),
    counts,
    coarse,
  }
}

function reasonOf(one: Pinned, within: (n: number | null | undefined) => boolean): Why | null {
  if (one.kind === 'point')
    return one.answer?.kind === 'adopted' && within(one.answer.version)
      ? { source: 'point', text: one.text, ref: one.id }
      : null
  const d = one.disposition
  return d && d.disposition !== 'not_adopted' && within(d.version)
    ? { source: 'comment', text: `${one.text}（${d.label}：${d.reason}）`, ref: one.id }
    : null
}

/**
 * Notes on changes of the versions that touched this place. Those that only moved its order are left out: that is a
 * result of changes elsewhere.
 */
function notesOf(
  ids: readonly string[],
  change: Change,
  between: readonly TextVersion[],
  notes: ReadonlyMap<number, string>,
): Why[] {
  if (change.kind === 'moved' && !change.reordered) return []
  const why: Why[] = []
  for (let at = 1; at < between.length; at++) {
    const before = between[at - 1] as TextVersion
    const after = between[at] as TextVersion
    const note = notes.get(after.n)
    if (note === undefined) continue
    const touched = ids.some((id) => {
      const one = findById(before.structure, id)
      const other = findById(after.structure, id)
      return one === null || other === null ? one !== other : fullText(one) !== fullText(other)
    })
    if (touched || (change.kind === 'moved' && at === between.length - 1))
      why.push({ source: 'note', text: note, ref: `v${after.n}` })
  }
  return why
}
