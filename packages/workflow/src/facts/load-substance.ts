// Substantive changes between the current text and the texts on which consultation and assessment rest, worked out
// from the bodies. Texts cannot be changed, so results can be remembered.
import { and, type DbOrTx, eq, inArray, schema } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import { comparedTexts, type Dossier, headText, type SubstanceFact, touchesRights } from '@dianzhang/rules'
import type { Substance, WholeText } from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'

const known = new Map<string, Substance>()
const mostKnown = 500

/**
 * Substantive changes between two texts within the limit the pack sets; `slipsOnly` is for corrections after signing,
 * where a change of words is substantive too.
 */
export const substanceUnder = (pack: Pack, from: WholeText, to: WholeText, slipsOnly = false): Promise<Substance> =>
  textWork('substance', Math.max(from.body.length, to.body.length), {
    from: textOnly(from),
    to: textOnly(to),
    options: { mostCharacters: pack.correction.maximumCharacters.value, slipsOnly },
  })
const textOnly = ({ body, attachments }: WholeText): WholeText => ({
  body,
  ...(attachments ? { attachments: attachments.map(({ name, sha256 }) => ({ name, sha256 })) } : {}),
})

/** Texts that differ from the current one and must be compared; without any, the database is not read. */
export async function loadSubstance(db: DbOrTx, d: Dossier, pack: Pack): Promise<SubstanceFact[]> {
  const head = headText(d)
  const wanted = comparedTexts(d).filter((hash) => d.texts.some((t) => t.hash === hash))
  if (!head || wanted.length === 0) return []
  const key = (from: string) => `${from} ${head.hash} ${pack.correction.maximumCharacters.value}`
  const missing = wanted.filter((hash) => !known.has(key(hash)))
  if (missing.length > 0) {
    const t = schema.texts
    const numbers = [head.n, ...missing.map((hash) => d.texts.findLast((x) => x.hash === hash)?.n ?? 0)]
    const rows = await db
      .select({ n: t.n, hash: t.hash, body: t.body, attachments: t.attachments })
      .from(t)
      .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), inArray(t.n, numbers)))
    const now = rows.find((r) => r.n === head.n)
    for (const row of rows) {
      if (!now || row.n === now.n) continue
      if (known.size >= mostKnown) known.clear()
      known.set(key(row.hash), await substanceUnder(pack, row, now))
    }
  }
  return wanted.flatMap((from) => {
    const found = known.get(key(from))
    return found ? [{ from, to: head.hash, ...found }] : []
  })
}

const weighed = new Map<string, string[]>()
/**
 * For documents marked as affecting neither rights and duties nor enterprises: penalties, charges and permits in the
 * current text (sentences that impose duties are not among them: many bind the organ itself). Not read for documents
 * marked as affecting them.
 */
export async function loadBurdens(db: DbOrTx, d: Dossier, pack: Pack): Promise<string[] | undefined> {
  const head = headText(d)
  if (!head || touchesRights(d)) return undefined
  const known = weighed.get(head.hash)
  if (known) return known
  const t = schema.texts
  const [row] = await db
    .select({ body: t.body })
    .from(t)
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), eq(t.n, head.n)))
  if (!row) return undefined
  const { burdens } = await substanceUnder(pack, { body: '' }, { body: row.body })
  const heavy = burdens.filter((one) => !one.includes('义务性')).map((one) => one.replace(/^新增/u, ''))
  if (weighed.size >= mostKnown) weighed.clear()
  weighed.set(head.hash, heavy)
  return heavy
}
