// How many comments a consultation received, counted in one way everywhere: held ones and spam apart; how many different
// contents, where equal texts are one and so are those a person has grouped; and by the way they came.
import { type CommentChannel, commentChannelLabels } from '@dianzhang/contract'
import { type DbOrTx, type SQL, sql } from '@dianzhang/database'

export interface CommentCounts {
  /** Received, without what is held or confirmed as spam. */
  total: number
  /** Different contents among them. */
  distinct: number
  /** Of `total`, received after the close. */
  late: number
  /** Taken for spam and not looked at yet. */
  held: number
  /** By channel, in a fixed order, without those of which there are none; they add up to `total`. */
  channels: Array<{ channel: CommentChannel; label: string; count: number }>
}

/** The latest of held, restored, spam for the comment `alias`; null: never held. */
export const holdOf = (alias: string): SQL =>
  sql.raw(
    `(select h.state from comment_holds h where h.jurisdiction_id = ${alias}.jurisdiction_id and h.comment_id = ${alias}.id order by h.n desc limit 1)`,
  )
/** Whether the comment `alias` counts: neither held nor confirmed as spam. */
export const isCounted = (alias: string): SQL => sql`coalesce(${holdOf(alias)}, 'restored') = 'restored'`
/** The decision in force on each of `comments c`, joined as `d` (no row where there is none); the latest counts. */
export const latestDisposition: SQL = sql`lateral (
  select * from comment_dispositions d where d.jurisdiction_id = c.jurisdiction_id and d.comment_id = c.id order by d.n desc limit 1
) d on true`
/** Likewise, joined as `r`: how far each comment becomes public. */
export const latestRedaction: SQL = sql`lateral (
  select * from comment_redactions r where r.jurisdiction_id = c.jurisdiction_id and r.comment_id = c.id order by r.n desc limit 1
) r on true`
/**
 * Counts by consultation of the comments that `where` picks (on `comments c`). A consultation without comments is not in
 * the answer.
 */
export async function countComments(db: DbOrTx, where: SQL): Promise<Map<string, CommentCounts>> {
  const rows = await db.execute<{
    consultation: string
    channel: CommentChannel
    total: number
    late: number
    held: number
    contents: string[] | null
  }>(sql`
    select consultation, channel, count(*) filter (where counted)::int as total,
      count(*) filter (where counted and late)::int as late, count(*) filter (where state = 'held')::int as held,
      array_agg(distinct content || ' ' || coalesce(grouped, '')) filter (where counted) as contents
    from (
      with decided as (
        select distinct on (m.id) m.id, case when g.outcome = 'same' then g.id end as grouped
        from comment_groups g, unnest(g.members) as m(id)
        where (g.jurisdiction_id, g.document_id) in (select c.jurisdiction_id, c.document_id from comments c where ${where})
        order by m.id, g.n desc
      )
      select c.consultation_id as consultation, coalesce(e.channel, 'online') as channel, coalesce(e.late, false) as late,
        x.state, coalesce(x.state, 'restored') = 'restored' as counted,
        coalesce(e.content_key, c.hash) as content, g.grouped
      from comments c
      left join comment_entries e on e.jurisdiction_id = c.jurisdiction_id and e.comment_id = c.id
      left join decided g on g.id = c.id
      cross join lateral (select ${holdOf('c')} as state) x
      where ${where}
    ) y group by consultation, channel`)
  const found = new Map<string, CommentCounts>()
  const contents = new Map<string, Set<string>>()
  for (const row of rows) {
    const known = found.get(row.consultation) ?? none()
    known.total += row.total
    known.late += row.late
    known.held += row.held
    if (row.total > 0)
      known.channels.push({ channel: row.channel, label: commentChannelLabels[row.channel], count: row.total })
    const own = contents.get(row.consultation) ?? new Set<string>()
    for (const content of row.contents ?? []) own.add(content)
    contents.set(row.consultation, own)
    known.distinct = differing(own)
    found.set(row.consultation, known)
  }
  const order = Object.keys(commentChannelLabels)
  for (const counts of found.values())
    counts.channels.sort((a, b) => order.indexOf(a.channel) - order.indexOf(b.channel))
  return found
}
/**
 * How many contents there are among “content group” pairs: a group makes one of its members' contents, and so of every other
 * comment with the same words, be it in the group or not.
 */
function differing(pairs: Iterable<string>): number {
  const leads = new Map<string, string>()
  const end = (of: string): string => {
    let at = of
    for (let next = leads.get(at); next !== undefined; next = leads.get(at)) at = next
    return at
  }
  const contents = new Set<string>()
  for (const pair of pairs) {
    const [content = '', group = ''] = pair.split(' ')
    contents.add(content)
    const [one, other] = [end(content), end(group === '' ? content : `group ${group}`)]
    if (one !== other) leads.set(one, other)
  }
  return new Set([...contents].map(end)).size
}
export const none = (): CommentCounts => ({ total: 0, distinct: 0, late: 0, held: 0, channels: [] })
/** Counts of one consultation. */
export const countsOfConsultation = async (db: DbOrTx, jurisdiction: string, id: string): Promise<CommentCounts> =>
  (await countComments(db, sql`c.jurisdiction_id = ${jurisdiction} and c.consultation_id = ${id}`)).get(id) ?? none()
/** `收到 1,204 条（不同内容 87 条）`. */
export const countsSaid = ({ total, distinct }: Pick<CommentCounts, 'total' | 'distinct'>): string =>
  `收到 ${total.toLocaleString('en-US')} 条（不同内容 ${distinct.toLocaleString('en-US')} 条）`
