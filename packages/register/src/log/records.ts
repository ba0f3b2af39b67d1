// The register in the order in which its entries last changed: what harvesters page through without losing anything.
import { type Db, type DbOrTx, type SQL, sql } from '@dianzhang/database'

/** Types of entries that change what the register says of a document. */
const ofDocuments = sql.raw(
  "'publish','import','amend','repeal','annul','lapse','suspend','resume','restore','reinstate','interpret','term','expire','withdraw'",
)
export interface ChangedRecord {
  index: number
  id: string
  at: string
  type: string
  /** No longer public. */
  withdrawn: boolean
}
export interface RecordsAsked {
  jurisdiction: string
  /** Index after which to go on; −1 from the start. */
  after: number
  limit: number
  /** Instants (ISO), both inclusive. */
  from?: string | undefined
  until?: string | undefined
  origin?: 'made' | 'imported' | undefined
  id?: string | undefined
}
const condition = ({ jurisdiction, from, until, origin, id }: RecordsAsked): SQL => sql`
  t.jurisdiction_id = ${jurisdiction} and t.type in (${ofDocuments})
  and not exists (select 1 from tlog_entries u where u.jurisdiction_id = t.jurisdiction_id and u.subject = t.subject
    and u.idx > t.idx and u.type in (${ofDocuments}))
  ${from === undefined ? sql`` : sql`and t.at >= ${from}::timestamptz`}
  ${until === undefined ? sql`` : sql`and t.at < ${until}::timestamptz + interval '1 second'`}
  ${id === undefined ? sql`` : sql`and t.subject = ${id}`}
  ${origin === undefined ? sql`` : sql`and exists (select 1 from register_entries e where e.jurisdiction_id = t.jurisdiction_id and e.id = t.subject and e.origin = ${origin})`}`
/** The documents by their last change, oldest first. */
export async function changedRecords(db: Db, asked: RecordsAsked): Promise<ChangedRecord[]> {
  const rows = await db.execute<{ idx: string; subject: string; at: string; type: string }>(sql`
    select t.idx::text, t.subject, t.type, to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from tlog_entries t where ${condition(asked)} and t.idx > ${asked.after} order by t.idx limit ${asked.limit}`)
  return rows.map(({ idx, subject, at, type }) => ({
    index: Number(idx),
    id: subject,
    at,
    type,
    withdrawn: type === 'withdraw',
  }))
}
/** How many there are in all, `after` not counted. */
export async function countRecords(db: Db, asked: RecordsAsked): Promise<number> {
  const rows = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from tlog_entries t where ${condition(asked)}`,
  )
  return rows[0]?.n ?? 0
}
/** The first instant in the log; null when it is empty. */
export async function earliestRecord(db: Db, jurisdiction: string): Promise<string | null> {
  const rows = await db.execute<{ at: string | null }>(sql`
    select to_char(min(t.at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at from tlog_entries t where t.jurisdiction_id = ${jurisdiction}`)
  return rows[0]?.at ?? null
}

export interface NewsItem {
  index: number
  type: string
  at: string
  /** Id in the register; null where the entry is about something else. */
  id: string | null
  title: string | null
  /** Earlier entries about the same document, where this one says that it is no longer public. */
  gone: number[]
}
/** Entries `from` … `to` (exclusive) that the public would call news, newest first, with the titles of what they are about. */
export async function newsBetween(
  db: Db,
  jurisdiction: string,
  range: { from: number; to: number; subject?: string | undefined },
): Promise<NewsItem[]> {
  const rows = await db.execute<{
    idx: string
    type: string
    at: string
    id: string | null
    title: string | null
    gone: string[] | null
  }>(sql`
    select t.idx::text, t.type, case when t.type = 'withdraw' then (select array_agg(u.idx::text order by u.idx) from tlog_entries u
        where u.jurisdiction_id = t.jurisdiction_id and u.subject = t.subject and u.idx < t.idx and u.type not in ('seal', 'key_change', 'break')) end as gone, to_char(t.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, e.id,
      coalesce(e.title, (select p.title from public_consultations p where p.jurisdiction_id = t.jurisdiction_id and p.document_id = t.subject order by p.n desc limit 1)) as title
    from tlog_entries t left join register_entries e on e.jurisdiction_id = t.jurisdiction_id and e.disclosure = 'active'
      and (e.id = t.subject or e.document_id = t.subject)
    where t.jurisdiction_id = ${jurisdiction} and t.idx >= ${range.from} and t.idx < ${range.to} and t.type not in ('seal', 'key_change', 'break')
      ${range.subject === undefined ? sql`` : sql`and (t.subject = ${range.subject} or e.id = ${range.subject})`}
    order by t.idx desc`)
  return rows.map(({ idx, type, at, id, title, gone }) => ({
    index: Number(idx),
    type,
    at,
    id,
    title,
    gone: (gone ?? []).map(Number),
  }))
}
/** Which of these documents the public register does not hold. */
export async function missingFrom(db: DbOrTx, jurisdiction: string, ids: readonly string[]): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select a.id from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality as a(id, n)
    where not exists (select 1 from register_entries e where e.jurisdiction_id = ${jurisdiction} and e.id = a.id and e.disclosure = 'active')
    order by a.n`)
  return rows.map(({ id }) => id)
}
