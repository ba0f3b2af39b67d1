// Clause by clause, for the public: the words that were consulted on, the words that became of them, the opinions on them,
// and why. The later words are those of the next round or of the published document; drafts in between are nobody's business.
import { dispositionLabels } from '@dianzhang/contract'
import { and, asc, eq, schema, sql } from '@dianzhang/database'
import { isCounted, latestDisposition } from '@dianzhang/register'
import type { Change } from '@dianzhang/text'
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

const ordinal = '[一二三四五六七八九十百零]+'
const article = new RegExp(`^.*?第[^第条]{1,9}条(?:之${ordinal})?`)
const heading = new RegExp(`^(?:[^·]*·)?${ordinal}、(?:（${ordinal}）)?`)
const within = new RegExp(`(?:第${ordinal}[段表款项目](?:\\[\\d+\\])?)+$`)
/**
 * The clause an address belongs to: its article; where a text has none (opinions, circulars), its heading of the first or second
 * level, or what else it stands below. Null: no address.
 */
const clauseOf = (address: string | null): string | null =>
  address === null ? null : (article.exec(address)?.[0] ?? heading.exec(address)?.[0] ?? address.replace(within, ''))

/** Changes of one clause: an article is one by itself, below a heading every paragraph has its own. */
function byClause(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = []
  let [before, after]: Array<string | null> = [null, null]
  for (const change of changes) {
    const [was, is] = [clauseOf(change.before[0]?.address ?? null), clauseOf(change.after[0]?.address ?? null)]
    const same = (is !== null && is === after) || (was !== null && was === before)
    const own = groups.at(-1)
    if (own && same && !isArticle(change) && !own.some(isArticle)) {
      own.push(change)
      before ??= was
      after ??= is
    } else {
      groups.push([change])
      before = was
      after = is
    }
  }
  return groups
}
const isArticle = (change: Change): boolean =>
  [...change.before, ...change.after].some(({ level }) => level === 'article')
const hasChanged = ({ kind }: Change): boolean => kind !== 'unchanged' && kind !== 'marks' && kind !== 'moved'
/** What was taken out and put in, of a clause in several pieces; of one piece null where it is new, gone or the same. */
function diffOf(group: readonly Change[]): Clause['diff'] {
  const [only] = group
  if (group.length === 1) return only?.diff ?? null
  return group.flatMap((change, i): NonNullable<Clause['diff']> => {
    const line = (text: string, kind: 'same' | 'removed' | 'added') => ({ text: i === 0 ? text : `\n${text}`, kind })
    if (change.diff && hasChanged(change)) return [...(i === 0 ? [] : [line('', 'same')]), ...change.diff]
    const kind = change.before.length === 0 ? 'added' : change.after.length === 0 ? 'removed' : 'same'
    return (change.before.length === 0 ? change.after : change.before).map(({ text }) => line(text, kind))
  })
}

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
  // In a text of articles, what stands beside them is told of where it changed, or where something was said on it.
  const ofArticles = changes.some(isArticle)
  const clauses = byClause(changes).flatMap((group): Clause[] => {
    const side = (which: 'before' | 'after') => {
      const states = group.flatMap((change) => change[which])
      const [first] = states
      const address = group.some(isArticle) ? first?.address : clauseOf(first?.address ?? null)
      return first && address ? { address, text: states.map(({ text }) => text).join('\n') } : null
    }
    const keys = new Set(group.flatMap((change) => change.before.map(({ address }) => clauseOf(address))))
    const own = opinions.filter((opinion) => opinion.element !== null && keys.has(clauseOf(opinion.element)))
    const changed = later !== null && group.some(hasChanged)
    if (ofArticles && !group.some(isArticle) && !changed && own.length === 0) return []
    for (const opinion of own) left.delete(opinion)
    return [
      {
        before: side('before'),
        after: later === null ? null : side('after'),
        changed,
        diff: changed ? diffOf(group) : null,
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
      and ${isCounted('c')}
    order by c.at, c.id`)
  return [...rows].map(({ element, disposition, reason }) => ({
    element,
    adopted: disposition !== 'not_adopted',
    label: dispositionLabels[disposition],
    reason,
    text: null,
  }))
}
