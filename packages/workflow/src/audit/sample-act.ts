// Drawing files for review as an act of the office: which ones, out of how many, by which seed, stands in the office's ledger.
import type { OfficePayload } from '@dianzhang/contract'
import { and, type DbOrTx, desc, eq, lt, schema, sql, type Tx } from '@dianzhang/database'
import type { OfficeShape, OfficeState } from '@dianzhang/processes'
import type { Handler } from '../door/desk.ts'
import { draw, populationDigest, publishedIn } from './sample.ts'

type Asked = OfficePayload<'SampleFiles'>
/** A draw as the office's ledger has it. */
export interface Drawn extends Asked {
  population: number
  populationDigest: string
  drawn: string[]
}
const { ledgerEvents: l } = schema

/** The draws of this place, the newest first; of one `year`, before the entry `before` of the ledger, so `many`, where given. */
export const drawsOf = (
  db: DbOrTx,
  jurisdiction: string,
  { year, before, many }: { year?: number; before?: number; many?: number },
): Promise<Array<{ seq: number; at: Date; by: string | null; payload: Drawn }>> => {
  const found = db
    .select({
      seq: l.seq,
      at: l.at,
      by: sql<string | null>`${l.body}->'actor'->>'person'`,
      payload: sql<Drawn>`${l.body}->'payload'`,
    })
    .from(l)
    .where(
      and(
        eq(l.jurisdictionId, jurisdiction),
        eq(l.matterId, 'office'),
        // Word for word the condition of its index.
        sql`${l.type} = 'FilesSampled'`,
        before === undefined ? undefined : lt(l.seq, before),
        year === undefined ? undefined : sql`(${l.body}->'payload'->>'year')::int = ${year}`,
      ),
    )
    .orderBy(desc(l.seq))
  return many === undefined ? found : found.limit(many)
}

/** What the rules of `SampleFiles` ask. */
export async function sampleState(a: { tx: Tx; jurisdiction: string }, { year, seed }: Asked): Promise<OfficeState> {
  const [published, before] = await Promise.all([
    publishedIn(a.tx, a.jurisdiction, year),
    drawsOf(a.tx, a.jurisdiction, { year }),
  ])
  const same = before.filter(({ payload }) => payload.seed === seed).length
  return { sample: { population: published.length, drawn: same > 0, others: before.length - same } }
}
export const sampleHandler: Handler<OfficeShape, Asked> = {
  resolve: async (c, { year, n, seed }) => {
    const ids = (await publishedIn(c.tx, c.jurisdiction, year)).map(({ id }) => id)
    return {
      population: ids.length,
      populationDigest: populationDigest(ids),
      drawn: draw(ids, n, seed).map(({ id }) => id),
    }
  },
  write: async (_c, p, found) => ({ result: { ...p, ...found } }),
  ledger: (p, found) => ({ ...p, ...found }),
}
