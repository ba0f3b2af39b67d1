// 现文本的自述（标题、字号、机关、日期、有效期、解释机关）：保存时读出，随案卷；旧案卷没有的，用到时补读。
import { and, type DbOrTx, eq, schema } from '@dianzhang/database'
import type { Dossier } from '@dianzhang/rules'
import type { TextStatement } from '@dianzhang/text'
import { textWork } from '@dianzhang/text-work'

/** 一份正文的自述。长的在另外的线程里读。 */
export const readStatement = (body: string): Promise<TextStatement> => textWork('state', body.length, { body })

/**
 * 同一案卷，现文本带上自述。已有的、没有文本的、已经公布的原样返回：公布以后不再比对。
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
