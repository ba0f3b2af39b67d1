// 征求意见、论证评估所依的各文本与现文本之间的实质变化：由正文推算。文本不可更改，推算的结果可以记住。
import { and, type DbOrTx, eq, inArray, schema } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'
import { comparedTexts, type Dossier, headText, type SubstanceFact, touchesRights } from '@dianzhang/rules'
import type { Substance, WholeText } from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'

const known = new Map<string, Substance>()
const mostKnown = 500

/** 规则包所定的限度下，两份文本之间的实质变化；`slipsOnly` 为签署以后的更正：换了词语的也是实质。 */
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

/** 与现文本不同、须比较的各文本；没有的不读库。 */
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
 * 标为不影响权利义务、也不涉企的文件，现文本中的处罚、收费、许可（义务性的语句不在其中：约束机关自己的也多）；
 * 标为有影响的不读。
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
