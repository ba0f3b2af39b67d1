// Documents in force, or suspended, whose title speaks of the same thing as a proposed one: a question, never a verdict.
import {
  and,
  containing,
  type Db,
  type DbOrTx,
  eq,
  ilike,
  inArray,
  isConnectionProblem,
  or,
  type SQL,
  schema,
} from '@dianzhang/database'
import { entriesTitledLike, statusOfRow } from '@dianzhang/register'
import { alike, pairsOf } from './alike.ts'

const { registerEntries: e } = schema
/** What stands, in words; what is suspended may be amended instead of replaced, and is asked about too. */
const standing: Record<string, string> = {
  in_force: '现行的',
  amended: '现行的',
  pending: '尚未施行的',
  suspended: '停止执行的',
}
/** Nobody is shown more. */
const most = 10
/** So many entries are looked at together. */
const together = 200

export interface SimilarEntry {
  title: string
  /** How it stands on the day, in words. */
  how: string
}
/**
 * At most ten, on the day `on` (YYYY-MM-DD), the most alike first; without the entry of the document `except`.
 * The search index, asked on the connection `register`, says which titles come into question: the cost does not grow with
 * all titles ever written. While there is no index, or nobody to ask it, all titles are compared.
 */
export async function similarEntries(
  db: DbOrTx,
  register: Db,
  asked: { jurisdiction: string; title: string; on: string; except?: string },
): Promise<SimilarEntry[]> {
  const { pairs, least } = pairsOf(asked.title)
  if (pairs.size === 0) return []
  const { jurisdiction } = asked
  const keys = await entriesTitledLike(register, { jurisdiction, pairs: [...pairs], least }).catch((error: unknown) => {
    if (isConnectionProblem(error)) return null
    throw error
  })
  if (keys === null)
    return (await judged(db, asked, or(...[...pairs.keys()].map((pair) => ilike(e.title, containing(pair)))))).slice(
      0,
      most,
    )
  const found: SimilarEntry[] = []
  for (let from = 0; from < keys.length && found.length < most; from += together) {
    const ids = keys.slice(from, from + together).map(({ id }) => id)
    found.push(...(await judged(db, asked, inArray(e.id, ids), ids)))
  }
  return found.slice(0, most)
}

/** Of the entries that `which` says, those alike that stand; in the order of `ids`. */
async function judged(
  db: DbOrTx,
  asked: { jurisdiction: string; title: string; on: string; except?: string },
  which: SQL | undefined,
  ids: readonly string[] = [],
): Promise<SimilarEntry[]> {
  const rows = await db
    .select({
      id: e.id,
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
    .where(and(eq(e.jurisdictionId, asked.jurisdiction), which))
  const places = new Map(ids.map((id, i) => [id, i]))
  return rows
    .filter((row) => row.documentId !== asked.except)
    .filter((row) => alike(row.title, asked.title))
    .sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
    .flatMap((row) => {
      const how = standing[statusOfRow(row, asked.on)]
      return how === undefined ? [] : [{ title: row.title, how }]
    })
}
