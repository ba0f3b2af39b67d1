// 公开登记库的附件字节、条目清单与已建法域：供门户下载、站点地图与期限计算使用。只读，只答主动公开的条目。
import { type Db, schema } from '@dianzhang/database'
import { and, asc, eq, sql } from 'drizzle-orm'

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
    .select({ jurisdiction: e.jurisdictionId, attachments: e.attachments })
    .from(e)
    .where(and(eq(e.id, id), eq(e.disclosure, 'active')))
    .orderBy(asc(e.jurisdictionId))
    .limit(1)
  const row = rows[0]
  const meta = row?.attachments.find((item) => item.sha256 === sha256)
  if (!row || !meta) return null
  const found = await db
    .select({ bytes: blobs.bytes })
    .from(blobs)
    .where(and(eq(blobs.jurisdictionId, row.jurisdiction), eq(blobs.sha256, sha256)))
  const blob = found[0]
  return blob ? { name: meta.name, mediaType: meta.mediaType, size: meta.size, bytes: blob.bytes } : null
}

/** 主动公开的条目清单，按法域与标识排序的第 `page` 页（自 1 起）；`total` 为总数。 */
export async function listPublicEntries(
  db: Db,
  options: { page: number; size: number },
): Promise<{ total: number; items: Array<{ id: string; publishedOn: string | null }> }> {
  const e = registerEntries
  const open = eq(e.disclosure, 'active')
  const [counted, items] = await Promise.all([
    db.select({ n: sql<number>`count(*)::int` }).from(e).where(open),
    db
      .select({ id: e.id, publishedOn: e.publishedOn })
      .from(e)
      .where(open)
      .orderBy(asc(e.jurisdictionId), asc(e.id))
      .limit(options.size)
      .offset((options.page - 1) * options.size),
  ])
  return { total: counted[0]?.n ?? 0, items }
}

/** 已登记的法域代码与名称。 */
export async function listJurisdictions(db: Db): Promise<Array<{ id: string; name: string }>> {
  const j = jurisdictions
  return await db.select({ id: j.id, name: j.name }).from(j).orderBy(asc(j.id))
}
