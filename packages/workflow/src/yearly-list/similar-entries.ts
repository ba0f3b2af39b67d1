// Documents in force, or suspended, whose title speaks of the same thing as a proposed one: a question, never a verdict.
import { and, containing, type DbOrTx, eq, ilike, or, schema } from '@dianzhang/database'
import { statusOfRow } from '@dianzhang/register'
import { alike, pairsOf } from './alike.ts'

const { registerEntries: e } = schema
/** What stands, in words; what is suspended may be amended instead of replaced, and is asked about too. */
const standing: Record<string, string> = {
  in_force: '现行的',
  amended: '现行的',
  pending: '尚未施行的',
  suspended: '停止执行的',
}

/** Their titles, and how they stand on the day `on` (YYYY-MM-DD) in words; without the entry of the document `except`. */
export async function similarEntries(
  db: DbOrTx,
  asked: { jurisdiction: string; title: string; on: string; except?: string },
): Promise<Array<{ title: string; how: string }>> {
  const words = pairsOf(asked.title).map(containing)
  if (words.length === 0) return []
  const rows = await db
    .select({
      title: e.title,
      documentId: e.documentId,
      origin: e.origin,
      publishedOn: e.publishedOn,
      effectiveDate: e.effectiveDate,
      validUntil: e.validUntil,
      forceEvents: e.forceEvents,
      sourceStatus: e.sourceStatus,
    })
    .from(e)
    .where(and(eq(e.jurisdictionId, asked.jurisdiction), or(...words.map((word) => ilike(e.title, word)))))
  return rows
    .filter((row) => row.documentId !== asked.except)
    .filter((row) => alike(row.title, asked.title))
    .flatMap((row) => {
      const how = standing[statusOfRow(row, asked.on)]
      return how === undefined ? [] : [{ title: row.title, how }]
    })
}
