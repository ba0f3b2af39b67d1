// Attachment bytes, entry lists and existing jurisdictions of the public register: for the portal's downloads, the
// sitemap and the computing of deadlines. Read-only, and answers only for entries disclosed on the authority's own
// initiative.
import { and, asc, type Db, eq, schema, sql } from '@dianzhang/database'

const { blobs, jurisdictions, registerEntries } = schema

export interface PublicAttachment {
  name: string
  mediaType: string
  size: number
  bytes: Uint8Array
}

/**
 * An attachment of a published entry; null when the entry is not published or not disclosed on initiative, or the
 * attachment does not belong to it.
 */
export async function getEntryAttachment(
  db: Db,
  id: string,
  sha256: string,
  name?: string,
): Promise<PublicAttachment | null> {
  const e = registerEntries
  const rows = await db
    .select({ jurisdiction: e.jurisdictionId, attachments: e.attachments, publicFiles: e.publicFiles })
    .from(e)
    .where(and(eq(e.id, id), eq(e.disclosure, 'active')))
    .orderBy(asc(e.jurisdictionId))
    .limit(1)
  const row = rows[0]
  const meta = (row?.publicFiles ?? row?.attachments)?.find(
    (item) => item.sha256 === sha256 && (name === undefined || item.name === name),
  )
  if (!row || !meta) return null
  const found = await db
    .select({ bytes: blobs.bytes })
    .from(blobs)
    .where(and(eq(blobs.jurisdictionId, row.jurisdiction), eq(blobs.sha256, sha256)))
  const blob = found[0]
  return blob ? { name: meta.name, mediaType: meta.mediaType, size: meta.size, bytes: blob.bytes } : null
}

/**
 * A public page: a consultation, or a document disclosed on initiative; `on` is the day of the last change, null when
 * not known.
 */
export interface PublicPage {
  kind: 'consultation' | 'entry'
  id: string
  on: string | null
}

/**
 * All consultations and documents disclosed on initiative, in a fixed order, `limit` items from item `offset` on;
 * `total` is the number of all.
 */
export async function listPublicPages(
  db: Db,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ total: number; items: PublicPage[] }> {
  const counted = await db.execute<{ n: number }>(sql`
    select (select count(*) from public_consultations)::int
      + (select count(*) from register_entries where disclosure = 'active')::int as n`)
  const items = await db.execute<{ kind: PublicPage['kind']; id: string; on: string | null }>(sql`
    select kind, id, "on"::text from (
      select 'consultation' as kind, jurisdiction_id, id,
        (greatest(opened_at, closed_at, feedback_at) at time zone 'Asia/Shanghai')::date as "on" from public_consultations
      union all
      select 'entry', jurisdiction_id, id, published_on from register_entries where disclosure = 'active'
    ) as pages order by kind, jurisdiction_id, id limit ${limit} offset ${offset}`)
  return { total: counted[0]?.n ?? 0, items: [...items] }
}

/** Codes and names of the registered jurisdictions. */
export async function listJurisdictions(db: Db): Promise<Array<{ id: string; name: string }>> {
  const j = jurisdictions
  return await db.select({ id: j.id, name: j.name }).from(j).orderBy(asc(j.id))
}
