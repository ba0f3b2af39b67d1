// What was said of clauses that ask for a document of this place, read from the office's ledger: of each clause the last.
import { actKey } from '@dianzhang/acts'
import { dateInShanghai, endOfDayInstant } from '@dianzhang/calendar'
import type { OfficePayload } from '@dianzhang/contract'
import { and, asc, type DbOrTx, eq, lt, schema, sql } from '@dianzhang/database'
import { articleKey } from '@dianzhang/text'

const { ledgerEvents: l } = schema

export interface Judgement extends OfficePayload<'JudgeMandate'> {
  jurisdiction: string
  on: string
}
type Clause = Pick<Judgement, 'act' | 'address'>
const paragraph = (address: string): string => /第[零〇一二三四五六七八九十百0-9]+款/u.exec(address)?.[0] ?? ''
/** The same act, article and paragraph, however they are written. */
export const clauseKey = ({ act, address }: Clause): string =>
  [actKey(act), articleKey(address) ?? address, paragraph(address)].join('\n')
export const sameClause = (a: Clause, b: Clause): boolean => clauseKey(a) === clauseKey(b)

/** Of each clause what was said last; `until`: as it was known at the end of that day. */
export async function judgements(db: DbOrTx, jurisdiction?: string, until?: string): Promise<Judgement[]> {
  const rows = await db
    .select({ jurisdiction: l.jurisdictionId, at: l.at, payload: sql<Judgement>`${l.body} -> 'payload'` })
    .from(l)
    .where(
      and(
        eq(l.type, 'MandateJudged'),
        eq(l.matterId, 'office'),
        jurisdiction === undefined ? undefined : eq(l.jurisdictionId, jurisdiction),
        until === undefined ? undefined : lt(l.at, new Date(endOfDayInstant(until))),
      ),
    )
    .orderBy(asc(l.jurisdictionId), asc(l.seq))
  const last = new Map<string, Judgement>()
  for (const { jurisdiction: place, at, payload } of rows) {
    const key = `${place}\n${clauseKey(payload)}`
    // What was said again stands last.
    last.delete(key)
    last.set(key, { ...payload, jurisdiction: place, on: dateInShanghai(at.toISOString()) })
  }
  return [...last.values()]
}
