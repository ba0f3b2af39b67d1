// What the current text states of itself (title, number, organ, date, validity, interpreting organ): read at saving
// and kept with the file; for old files without it, read when needed.
import { and, type DbOrTx, eq, schema } from '@dianzhang/database'
import type { Dossier } from '@dianzhang/rules'
import type { CitationEdge, TextStatement } from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'

/** What a body states of itself. Long ones are read in a separate thread. */
export const readStatement = (body: string): Promise<TextStatement> => textWork('state', body.length, { body })

/** The same with the acts that the body of a file called `title` cites, place by place. */
export const readSaved = (body: string, title: string): Promise<{ says: TextStatement; edges: CitationEdge[] }> =>
  textWork('saved', body.length, { body, title })

/**
 * The same file with what its current text states. Returned as it is when that is there already, when there is no
 * text, or when it is published: nothing is compared after publication.
 */
export async function withStatement(db: DbOrTx, d: Dossier): Promise<Dossier> {
  const head = d.texts.at(-1)
  if (!head || head.says || d.publication || d.closing) return d
  const t = schema.texts
  const [row] = await db
    .select({ body: t.body })
    .from(t)
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), eq(t.n, head.n)))
  if (!row) return d
  const says = await readStatement(row.body)
  return { ...d, texts: d.texts.map((one) => (one === head ? { ...one, says } : one)) }
}
