// Matters of several kinds, the lately changed first, read in that order until a page is full.
import { and, eq, gt, lt, or, type SQL, schema, sql } from '@dianzhang/database'
import type { Office } from '../office.ts'

const { matters: m } = schema

export interface NewestAsked {
  jurisdiction: string
  /** Kinds of matter. */
  processes: readonly string[]
  /** What else holds of the matter, a condition on `matters`. */
  within: SQL | undefined
  /** Key and id of the last of the page before. */
  after: { key: string; id: string } | null
  limit: number
}
/** The instant of the last change as a key that sorts, a column of `matters`. */
export const updatedKey = sql<string>`to_char(${m.updatedAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
/** What comes after a place in this order. */
export const olderThan = (key: string, id: string): SQL | undefined =>
  or(lt(m.updatedAt, new Date(key)), and(eq(m.updatedAt, new Date(key)), gt(m.id, id)))

/** So many are looked at first, and four times as many each time after. */
const firstLook = 250

/**
 * Rows `id, key` in the order of the list. The index has the order of one kind: the next of all kinds are merged from it, and
 * `within` is asked of these, portion by portion until the page is full. Asked of each kind by itself, a kind without any would
 * be gone through to its end.
 */
export async function newestFirst(
  office: Office,
  { jurisdiction, processes, within, after, limit }: NewestAsked,
): Promise<Array<{ id: string; key: string }>> {
  const page: Array<{ id: string; key: string }> = []
  let from = after
  for (let look = firstLook; page.length < limit; look *= 4) {
    const kinds = processes.map(
      (process) => sql`(select ${m.id}, ${m.updatedAt} from ${m}
        where ${and(eq(m.jurisdictionId, jurisdiction), eq(m.process, process), from ? olderThan(from.key, from.id) : undefined)}
        order by ${m.updatedAt} desc, ${m.id} limit ${look})`,
    )
    const [seen] = await office.db.execute<{
      last: { id: string; key: string } | null
      rows: Array<{ id: string; key: string }> | null
    }>(sql`
      with seen as materialized (select * from (${sql.join(kinds, sql` union all `)}) k order by updated_at desc, id limit ${look}),
        held as (select ${m.id}, ${updatedKey} as key from seen
          join ${m} on ${m.jurisdictionId} = ${jurisdiction} and ${m.id} = seen.id ${within ? sql`where ${within}` : sql``}
          order by seen.updated_at desc, seen.id limit ${limit - page.length})
      select (select jsonb_agg(held) from held) as rows,
        (select jsonb_build_object('id', id, 'key', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          from seen offset ${look - 1}) as last`)
    page.push(...(seen?.rows ?? []))
    if (!seen?.last) break
    from = seen.last
  }
  return page
}
