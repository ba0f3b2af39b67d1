// Whether a text has the clauses named: suspension and resumption can only be of clauses that are there.
import { and, type DbOrTx, eq, schema } from '@dianzhang/database'
import { type Dossier, headText } from '@dianzhang/rules'
import { addressesMissing } from '@dianzhang/text'
import { readPublic } from '../text/public-reading.ts'

const listOf = (given: unknown): string[] =>
  Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string') : []

/** The clauses a text does not have, as they were written. Where no clause is named the text is not read. */
export async function clausesMissing(body: () => Promise<string | null>, given: unknown): Promise<string[]> {
  const clauses = listOf(given)
  if (clauses.length === 0) return []
  const text = await body()
  return text === null ? [] : addressesMissing(await readPublic(text), clauses)
}

/** The clauses of a command that the present text does not have. */
export function loadMissingClauses(db: DbOrTx, d: Dossier, payload: Record<string, unknown>): Promise<string[]> {
  const t = schema.texts
  return clausesMissing(async () => {
    const head = headText(d)
    if (!head) return null
    const [row] = await db
      .select({ body: t.body })
      .from(t)
      .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), eq(t.n, head.n)))
    return row?.body ?? null
  }, payload.provisions)
}
