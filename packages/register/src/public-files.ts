// 公开登记库的附件字节、条目清单与已建法域：供门户下载、站点地图与期限计算使用。只读，只答主动公开的条目。
import { and, asc, type Db, eq, schema, sql } from '@dianzhang/database'

const { blobs, jurisdictions, registerEntries } = schema

export interface PublicAttachment {
  name: string
  mediaType: string
  size: number
  bytes: Uint8Array
}

/** 已公布条目的一个附件；条目未公布、不主动公开，或者附件不属于该条目的，返回 null。 */
export async function getEntryAttachment(db: Db, id: string, sha256: string): Promise<PublicAttachment | null> {
  const e = registerEntries
  const rows = await db
    .select({ jurisdiction: e.jurisdictionId, attachments: e.attachments, publicFiles: e.publicFiles })
    .from(e)
    .where(and(eq(e.id, id), eq(e.disclosure, 'active')))
    .orderBy(asc(e.jurisdictionId))
    .limit(1)
  const row = rows[0]
  const meta = (row?.publicFiles ?? row?.attachments)?.find((item) => item.sha256 === sha256)
  if (!row || !meta) return null
  const found = await db
    .select({ bytes: blobs.bytes })
    .from(blobs)
    .where(and(eq(blobs.jurisdictionId, row.jurisdiction), eq(blobs.sha256, sha256)))
  const blob = found[0]
  return blob ? { name: meta.name, mediaType: meta.mediaType, size: meta.size, bytes: blob.bytes } : null
}

/** 一页公开的内容：征求意见，或者主动公开的文件；`on` 为最后一次变动的日子，不知道时为 null。 */
export interface PublicPage {
  kind: 'consultation' | 'entry'
  id: string
  on: string | null
}

/** 全部征求意见与主动公开的文件，次序固定，自第 `offset` 项起取 `limit` 项；`total` 为总数。 */
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

/** 已登记的法域代码与名称。 */
export async function listJurisdictions(db: Db): Promise<Array<{ id: string; name: string }>> {
  const j = jurisdictions
  return await db.select({ id: j.id, name: j.name }).from(j).orderBy(asc(j.id))
}
