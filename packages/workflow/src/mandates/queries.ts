// Documents that superior acts ask of this place: to be made, made, not made; and what the words of the acts propose.
import type { PlainDate } from '@dianzhang/calendar'
import type { answers } from '@dianzhang/contract'
import { and, asc, type Db, decodeCursor, encodeCursor, eq, gt, inArray, not, schema, sql } from '@dianzhang/database'
import { statusSql } from '@dianzhang/register'
import { mandateClauses } from '@dianzhang/text'
import { shareWords } from '../statistics/figures.ts'
import { clauseKey, judgements } from './judgements.ts'

const { registerEntries: e, units: u } = schema
export type MandateState = 'must' | 'made' | 'missing'
export interface MandatesQuery {
  state: MandateState
  on: PlainDate
  jurisdiction?: string | undefined
  /** How many at most, after passing over `from` of them; all unless told. */
  limit?: number | undefined
  from?: number | undefined
}
const gone = ['repealed', 'expired', 'annulled']

/**
 * What was confirmed, as it was known and stood on `on`: a document that has ended since no longer counts as made. The counts are
 * those of the three lists, whichever is asked for.
 */
export async function mandates(db: Db, query: MandatesQuery): Promise<answers.Given<typeof answers.Mandates>> {
  const must = (await judgements(db, query.jurisdiction, query.on)).filter(({ ours }) => ours === 'must_make')
  const named = [...new Set(must.flatMap(({ madeBy }) => madeBy ?? []))]
  const entries = named.length
    ? await db
        .select({
          jurisdiction: e.jurisdictionId,
          id: e.id,
          title: e.title,
          documentNumber: e.documentNumber,
          publishedOn: e.publishedOn,
          status: sql<string>`${statusSql('"register_entries"', query.on)}`,
        })
        .from(e)
        .where(and(inArray(e.id, named), eq(e.disclosure, 'active')))
    : []
  const units = must.length ? await db.select({ jurisdiction: u.jurisdictionId, id: u.id, name: u.name }).from(u) : []
  const told = must.map((one) => {
    const made = entries.find(({ id, jurisdiction }) => id === one.madeBy && jurisdiction === one.jurisdiction)
    const known = made !== undefined && (made.publishedOn === null || made.publishedOn <= query.on)
    return {
      act: one.act,
      address: one.address,
      quote: one.quote,
      jurisdiction: one.jurisdiction,
      unit: units.find(({ id, jurisdiction }) => id === one.unit && jurisdiction === one.jurisdiction)?.name ?? null,
      confirmedOn: one.on,
      made: known && !gone.includes(made.status),
      by: known ? { id: made.id, title: made.title, documentNumber: made.documentNumber, status: made.status } : null,
    }
  })
  const lists = {
    must: told,
    made: told.filter(({ made }) => made),
    missing: told.filter(({ made }) => !made),
  }
  const address = (state: MandateState): string => {
    const asked = new URLSearchParams({ state, on: query.on })
    if (query.jurisdiction !== undefined) asked.set('jurisdiction', query.jurisdiction)
    return `/public/v1/mandates?${asked}`
  }
  const [list, from] = [lists[query.state], query.from ?? 0]
  const items = list.slice(from, query.limit === undefined ? undefined : from + query.limit)
  return {
    on: query.on,
    state: query.state,
    counts: { must: lists.must.length, made: lists.made.length, missing: lists.missing.length },
    rate: shareWords(lists.made.length, lists.must.length),
    formula: '已经制定而现在没有失效的 ÷ 经人确认须由本地制定的',
    lists: { must: address('must'), made: address('made'), missing: address('missing') },
    total: list.length,
    totalExact: true as const,
    nextCursor: from + items.length < list.length ? String(from + items.length) : null,
    items,
  }
}

/** Categories of the register whose documents are made below a county's own superior: they ask nothing of it. */
const ownKind = ['行政规范性文件', '地方规范性文件']
/** The words without which no clause is proposed; the rest is read. */
const likely = '(县|地方|当地|各级|各地|本级|设区|旗人民)[^。；]{0,80}(制定|规定|制订|确定)'
const page = 20

/**
 * Clauses that, by their words, ask for a document and of which nobody has said yet whether it is this place's to make; from the texts of
 * superior acts in the register, act by act. `cursor`: `nextCursor` of the page before. Refuses a cursor that is none (422).
 */
export async function mandateProposals(
  db: Db,
  jurisdiction: string,
  cursor: string | undefined,
): Promise<answers.Given<typeof answers.MandateProposals>> {
  const [after = ''] = cursor ? decodeCursor(cursor, ['text']) : []
  const known = new Set((await judgements(db, jurisdiction)).map(clauseKey))
  const rows = await db
    .select({ id: e.id, title: e.title, body: e.body })
    .from(e)
    .where(
      and(
        eq(e.jurisdictionId, jurisdiction),
        eq(e.disclosure, 'active'),
        eq(e.origin, 'imported'),
        not(inArray(sql`coalesce(${e.category}, '行政规范性文件')`, ownKind)),
        gt(e.id, after),
        sql`${e.body} ~ ${likely}`,
      ),
    )
    .orderBy(asc(e.id))
    .limit(page + 1)
  const last = rows.length > page ? rows[page - 1] : undefined
  return {
    items: rows.slice(0, page).flatMap(({ id, title, body }) =>
      mandateClauses(body)
        .filter(({ address, article }) => article !== '' && !known.has(clauseKey({ act: title, address })))
        .map(({ address, who, what, duty, level, quote }) => ({
          entry: id,
          act: title,
          address,
          who,
          what,
          duty,
          level,
          quote,
        })),
    ),
    nextCursor: last ? encodeCursor([last.id]) : null,
  }
}
