// 所写的条款在文本里有没有：停止执行、恢复执行只能针对文本里有的条款。
import { and, type DbOrTx, eq, schema } from '@dianzhang/database'
import { type Dossier, headText } from '@dianzhang/rules'
import { addressesMissing } from '@dianzhang/text'
import { readPublic } from '../text/public-reading.ts'

const listOf = (given: unknown): string[] =>
  Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string') : []

/** 文本里没有的条款，照所写的。没有写条款的不读文本。 */
export async function clausesMissing(body: () => Promise<string | null>, given: unknown): Promise<string[]> {
  const clauses = listOf(given)
  if (clauses.length === 0) return []
  const text = await body()
  return text === null ? [] : addressesMissing(await readPublic(text), clauses)
}

/** 命令所写的条款中现文本没有的。 */
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
