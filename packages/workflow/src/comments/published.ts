// The comments themselves, once published: as a person cleared them, the latest decision first; nothing of who wrote them.
import {
  type Clearance,
  type CommentChannel,
  commentChannelLabels,
  dispositionLabels,
  type RedactionKind,
  redactionLabels,
} from '@dianzhang/contract'
import { type Db, sql } from '@dianzhang/database'
import { isCounted, latestDisposition, latestRedaction } from '@dianzhang/register'
import { blackedOut } from '@dianzhang/text'

export interface PublishedComment {
  n: number
  element: string | null
  channelLabel: string
  late: boolean
  /** Null: withheld, and `reason` says why. */
  text: string | null
  reason: string | null
  redacted: boolean
  disposition: { label: string; reason: string } | null
}
/**
 * One page of the comments of a round, in the order received; null where they are not published. What was not decided on
 * by a person is not given, whatever else is.
 */
export async function publishedComments(
  db: Db,
  consultation: string,
  page: { from?: number | undefined; limit?: number | undefined } = {},
): Promise<{ items: PublishedComment[]; total: number; next: number | null } | null> {
  const { from = 0, limit = 50 } = page
  const [known] = await db.execute<{ at: string; j: string }>(
    sql`select at, jurisdiction_id as j from comment_publications where consultation_id = ${consultation} limit 1`,
  )
  if (!known) return null
  const rows = await db.execute<{
    element: string | null
    channel: CommentChannel
    late: boolean
    body: string
    outcome: Clearance
    spans: Array<{ start: number; end: number; kind: RedactionKind }>
    reason: string | null
    disposition: keyof typeof dispositionLabels | null
    why: string | null
    total: number
  }>(sql`
    select coalesce(c.anchor_address, c.anchor ->> 'element') as element, coalesce(e.channel, 'online') as channel,
      coalesce(e.late, false) as late, c.body, r.outcome, r.spans, r.reason, d.disposition, d.reason as why,
      count(*) over ()::int as total
    from comments c
    join ${latestRedaction}
    left join comment_entries e on e.jurisdiction_id = c.jurisdiction_id and e.comment_id = c.id
    left join ${latestDisposition}
    where c.jurisdiction_id = ${known.j} and c.consultation_id = ${consultation}
      and ${isCounted('c')}
    order by c.at, c.id offset ${from} limit ${limit}`)
  const total = rows[0]?.total ?? from
  return {
    items: [...rows].map((row, i) => ({
      n: from + i + 1,
      element: row.element,
      channelLabel: commentChannelLabels[row.channel],
      late: row.late,
      text:
        row.outcome === 'withheld'
          ? null
          : row.outcome === 'redacted'
            ? blackedOut(
                row.body,
                row.spans.map(({ start, end, kind }) => ({ start, end, label: redactionLabels[kind] })),
              )
            : row.body,
      reason: row.outcome === 'withheld' ? row.reason : null,
      redacted: row.outcome === 'redacted',
      disposition:
        row.disposition === null ? null : { label: dispositionLabels[row.disposition], reason: row.why ?? '' },
    })),
    total,
    next: from + rows.length < total && rows.length > 0 ? from + rows.length : null,
  }
}
