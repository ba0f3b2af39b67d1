// What the rules of `JudgeMandate` ask: does the register have the act's text, does the sentence stand in it, was it said before.
import { actKey } from '@dianzhang/acts'
import type { PlainDate } from '@dianzhang/calendar'
import type { OfficePayload } from '@dianzhang/contract'
import { and, type DbOrTx, eq, schema, sql, type Tx } from '@dianzhang/database'
import type { OfficeState } from '@dianzhang/processes'
import { titleKey, titleKeySql } from '@dianzhang/register'
import { judgements, sameClause } from './judgements.ts'

const { registerEntries: e } = schema
const plain = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '')

async function textsOf(db: DbOrTx, jurisdiction: string, act: string): Promise<string[]> {
  const rows = await db
    .select({ body: e.body })
    .from(e)
    .where(
      and(
        eq(e.jurisdictionId, jurisdiction),
        sql`${titleKeySql('"register_entries"."title"')} = ${titleKey(act)}`,
        eq(e.disclosure, 'active'),
      ),
    )
    .limit(20)
  return rows.map(({ body }) => body)
}
export async function mandateState(
  a: { tx: Tx; jurisdiction: string; on: PlainDate },
  p: OfficePayload<'JudgeMandate'>,
): Promise<OfficeState> {
  const texts = await textsOf(a.tx, a.jurisdiction, p.act)
  const quote = plain(p.quote)
  const before = (await judgements(a.tx, a.jurisdiction)).find((one) => sameClause(one, p))
  return {
    mandate: {
      text: texts.length > 0,
      quoted: texts.some((body) => plain(body).includes(quote)),
      same:
        before !== undefined &&
        actKey(before.act) === actKey(p.act) &&
        [before.ours, before.unit ?? null, before.madeBy ?? null, plain(before.quote)].join('\n') ===
          [p.ours, p.unit ?? null, p.madeBy ?? null, quote].join('\n'),
    },
  }
}
