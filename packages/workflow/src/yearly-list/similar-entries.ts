// Documents in force whose title speaks of the same thing as a proposed one: a question, never a verdict.
import { and, containing, type DbOrTx, eq, ilike, or, schema } from '@dianzhang/database'
import { statusOfRow } from '@dianzhang/register'
import { alike, pairsOf } from './alike.ts'

const { registerEntries: e } = schema
const standing = new Set(['in_force', 'amended', 'pending'])

/** Their titles on the day `on` (YYYY-MM-DD), without the entry of the document `except`. */
export async function similarEntries(
  db: DbOrTx,
  asked: { jurisdiction: string; title: string; on: string; except?: string },
): Promise<string[]> {
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
    .filter((row) => alike(row.title, asked.title) && standing.has(statusOfRow(row, asked.on)))
    .map(({ title }) => title)
}
