// Clause by clause, for the public: the words that were consulted on, the words that became of them, the opinions on them,
// and why. The later words are those of the next round or of the published document; drafts in between are nobody's business.
import { dispositionLabels } from '@dianzhang/contract'
import { and, asc, eq, schema, sql } from '@dianzhang/database'
import { holdOf, latestDisposition } from '@dianzhang/register'
import { textWork } from '@dianzhang/text-work'
import type { Office } from '../office.ts'
import { readPublic } from '../text/public-reading.ts'
import { publishedComments } from './published.ts'

export interface ClauseOpinion {
  element: string | null
  adopted: boolean
  label: string
  reason: string
  /** Its words, where the comments are published and this one is. */
  text: string | null
}
export interface Clause {
  /** Where it stands in the draft consulted on; null: new. */
  before: { address: string; text: string } | null
  after: { address: string; text: string } | null
  changed: boolean
  /** The words with what was taken out and put in; null where nothing of the words changed. */
  diff: Array<{ text: string; kind: 'same' | 'removed' | 'added' }> | null
  opinions: ClauseOpinion[]
  /** Why it changed; null where it did not. */
  why: string | null
}
export interface ClauseFeedback {
  /** What the draft is compared with; null: nothing later is public yet. */
  with: { kind: 'round' | 'published'; label: string; href: string } | null
  clauses: Clause[]
  /** Opinions on the whole text, or on places that are no clause of it. */
  general: ClauseOpinion[]
  feedbackPublished: boolean
}

const articleOf = (address: string | null): string | null =>
  /第[^第条]{1,9}条(?:之[一二三四五六七八九十]+)?/.exec(address ?? '')?.[0] ?? null

/** See the head of this file; null: no such consultation. */
export async function clauseFeedback(office: Office, id: string): Promise<ClauseFeedback | null> {
  const { publicConsultations: t, registerEntries: e } = schema
  const [round] = await office.readDb.select().from(t).where(eq(t.id, id)).limit(1)
  if (!round) return null
  const [[next], [entry]] = await Promise.all([
    office.readDb
      .select({ id: t.id, n: t.n, body: t.body })
      .from(t)
      .where(
        and(eq(t.jurisdictionId, round.jurisdictionId), eq(t.documentId, round.documentId), sql`${t.n} > ${round.n}`),
      )
      .orderBy(asc(t.n))
      .limit(1),
    office.readDb
      .select({ id: e.id, body: e.body })
      .from(e)
      .where(
        and(eq(e.jurisdictionId, round.jurisdictionId), eq(e.documentId, round.documentId), eq(e.disclosure, 'active')),
      )
      .limit(1),
  ])
  const later = next
    ? { body: next.body, kind: 'round' as const, label: `第${next.n}次征求意见稿`, href: `/consultations/${next.id}` }
    : entry
      ? { body: entry.body, kind: 'published' as const, label: '公布的文本', href: `/register/${entry.id}` }
      : null
  const feedbackPublished = round.feedbackAt !== null
  const opinions = feedbackPublished ? await opinionsOf(office, round) : []
  const structure = await readPublic(round.body)
  const after = later === null ? structure : await readPublic(later.body)
  const { changes } = await textWork(
    'compare',
    Math.max(round.body.length, later?.body.length ?? 0),
    { before: structure, after },
    'public',
  )
  const left = new Set(opinions)
  const clauses = changes.flatMap((change): Clause[] => {
    const [before, now] = [change.before[0] ?? null, change.after[0] ?? null]
    if ([...change.before, ...change.after].every(({ level }) => level !== 'article')) return []
    const keys = new Set(change.before.map(({ address }) => articleOf(address)).filter((key) => key !== null))
    const own = opinions.filter((opinion) => {
      const key = articleOf(opinion.element)
      return key !== null && keys.has(key)
    })
    for (const opinion of own) left.delete(opinion)
    const changed = later !== null && change.kind !== 'unchanged' && change.kind !== 'marks' && change.kind !== 'moved'
    return [
      {
        before: before && { address: before.address, text: change.before.map(({ text }) => text).join('\n') },
        after:
          later === null
            ? null
            : now && { address: now.address, text: change.after.map(({ text }) => text).join('\n') },
        changed,
        diff: changed && change.diff ? change.diff : null,
        opinions: own,
        why: changed
          ? own.some(({ adopted }) => adopted)
            ? `采纳意见：${[...new Set(own.filter(({ adopted }) => adopted).map(({ reason }) => reason))].join('；')}`
            : '起草单位自行修改'
          : null,
      },
    ]
  })
  return {
    with: later && { kind: later.kind, label: later.label, href: later.href },
    clauses,
    general: [...left],
    feedbackPublished,
  }
}
async function opinionsOf(
  office: Office,
  round: typeof schema.publicConsultations.$inferSelect,
): Promise<ClauseOpinion[]> {
  const published = await publishedComments(office.readDb, round.id, { limit: 20_000 })
  if (published)
    return published.items.map((item) => ({
      element: item.element,
      adopted: item.disposition !== null && item.disposition.label !== dispositionLabels.not_adopted,
      label: item.disposition?.label ?? '',
      reason: item.disposition?.reason ?? '',
      text: item.text,
    }))
  const rows = await office.readDb.execute<{
    element: string | null
    disposition: keyof typeof dispositionLabels
    reason: string
  }>(sql`
    select coalesce(c.anchor_address, c.anchor ->> 'element') as element, d.disposition, d.reason from comments c
    join ${latestDisposition}
    where c.jurisdiction_id = ${round.jurisdictionId} and c.consultation_id = ${round.id}
      and coalesce(${holdOf('c')}, 'restored') = 'restored'
    order by c.at, c.id`)
  return [...rows].map(({ element, disposition, reason }) => ({
    element,
    adopted: disposition !== 'not_adopted',
    label: dispositionLabels[disposition],
    reason,
    text: null,
  }))
}
