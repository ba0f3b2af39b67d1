// Answering a search from the entries themselves, one after the other: what was known on an earlier day, of which the index
// knows nothing, and words while no index is complete. Exact, in the same order; with words it takes as long as reading all.
import type { PlainDate } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { type Db, databaseProblem, type SQL, sql, type Tx, withTransaction } from '@dianzhang/database'
import { knownRow } from './log/changes.ts'
import type { RegisterFilters } from './register-filters.ts'
import { levelOf, wordsCheck } from './search.ts'
import type { Found, From, IndexAnswer, IndexAsk, IndexCounts } from './search-index/engine.ts'
import { statusSql, unmodifiedSql } from './status-sql.ts'

/**
 * The conditions other than search words, for rows of `register_entries e`. Only entries disclosed on initiative are
 * visible to the public.
 */
export function conditionsOf(filters: RegisterFilters, on: PlainDate): SQL {
  const all: SQL[] = [sql`e.disclosure = 'active'`]
  if (filters.jurisdiction) all.push(sql`e.jurisdiction_id = ${filters.jurisdiction}`)
  if (filters.issuer) all.push(sql`${filters.issuer} = any(e.issuers)`)
  if (filters.category) all.push(sql`e.category = ${filters.category}`)
  if (filters.year !== undefined) {
    all.push(sql`e.published_on between ${`${filters.year}-01-01`}::date and ${`${filters.year}-12-31`}::date`)
  }
  const { knownOn } = filters
  const row = knownOn === undefined ? 'e' : 'k'
  const judged: SQL[] = []
  if (filters.unmodified !== undefined) judged.push(unmodifiedSql(row, on, filters.unmodified))
  if (filters.status) judged.push(sql`${statusSql(row, on)} = ${filters.status}`)
  if (knownOn === undefined) all.push(...judged)
  else all.push(sql`exists (select from ${knownRow('e', knownOn)} as k where ${conjunction(judged)})`)
  return conjunction(all)
}
const conjunction = (parts: readonly SQL[]): SQL => (parts.length === 0 ? sql`true` : sql.join([...parts], sql` and `))

/**
 * The same answer as the index gives, its total always exact. Where reading all entries for the words takes longer than a
 * reader may wait, refuses (AppError unavailable): the worker is building the index meanwhile.
 */
export async function askBySql(db: Db, asked: IndexAsk): Promise<IndexAnswer> {
  const { words, filters, on, limit, counted } = asked
  const check = wordsCheck(words, 'e')
  const where = check === null ? conditionsOf(filters, on) : conjunction([conditionsOf(filters, on), check])
  try {
    return await withTransaction(db, async (tx) => {
      const facets = asked.facets ? await facetsOf(tx, where, asked) : null
      const count = facets ? total(facets) : counted ? await countOf(tx, where) : 0
      const found = limit === 0 || (counted && count === 0) ? [] : await pageOf(tx, where, asked)
      return { count, exact: true, found, facets }
    })
  } catch (error) {
    if (words.length > 0 && databaseProblem(error)?.code === '57014')
      throw new AppError(
        'unavailable',
        '检索索引正在建立，含有这些词的文件一时查不完：请过几分钟再查，不带词的浏览照常。',
        {
          retryAfter: 60,
        },
      )
    throw error
  }
}

/** Every entry has one status. */
const total = ({ status }: IndexCounts): number => status.reduce((sum, [, n]) => sum + n, 0)
const countOf = async (tx: Tx, where: SQL): Promise<number> =>
  (await tx.execute<{ n: number }>(sql`select count(*)::int as n from register_entries e where ${where}`))[0]?.n ?? 0

type Row = Omit<Found, 'phase'> & { phase: number } & Record<string, unknown>
const columns = sql`e.jurisdiction_id as jurisdiction, e.id`
const order = sql`published_on desc nulls last, id, jurisdiction`

/** As many as asked for after `from`. Phase = level of hit × 2 + (1 when the publication date is unknown). */
async function pageOf(tx: Tx, where: SQL, { words, byDate, from, limit }: IndexAsk): Promise<Found[]> {
  if (words.length > 0 && !byDate) {
    const after = from === null ? sql`true` : sql`(phase > ${from.phase} or (phase = ${from.phase} and ${later(from)}))`
    return await tx.execute<Row>(sql`
      select jurisdiction, id, phase from (
        select ${columns}, e.published_on, ${levelOf(words, 'e')} * 2 + (e.published_on is null)::int as phase
        from register_entries e where ${where} offset 0
      ) as hits where ${after} order by phase, ${order} limit ${limit}`)
  }
  const found: Found[] = []
  for (let phase = from?.phase ?? 0; phase <= 1 && found.length < limit; phase += 1) {
    const after = from !== null && from.phase === phase ? later(from) : sql`true`
    const rows = await tx.execute<Row>(sql`
      select jurisdiction, id, ${phase}::int as phase from (
        select ${columns}, e.published_on from register_entries e
        where ${phase === 0 ? sql`e.published_on is not null` : sql`e.published_on is null`} and ${where}
      ) as hits where ${after} order by ${order} limit ${limit - found.length}`)
    found.push(...rows)
  }
  return found
}
const later = ({ published, id, jurisdiction }: From): SQL =>
  published === null
    ? sql`(id, jurisdiction) > (${id}, ${jurisdiction})`
    : sql`published_on <= ${published}::date and (published_on < ${published}::date or (id, jurisdiction) > (${id}, ${jurisdiction}))`

/** How the entries are distributed, read in one go. */
async function facetsOf(tx: Tx, where: SQL, { on, neglect }: IndexAsk): Promise<IndexCounts> {
  const rows = await tx.execute<{ facet: string; value: string; n: number }>(sql`
    with e as materialized (
      select ${statusSql('e', on)} as status, e.issuers, e.category, date_part('year', e.published_on)::int as year,
        ${neglect === null ? sql`false` : unmodifiedSql('e', on, neglect)} as unmodified
      from register_entries e where ${where}
    )
    select 'status' as facet, status as value, count(*)::int as n from e group by status
    union all select 'category', category, count(*)::int from e where category is not null group by category
    union all select 'year', year::text, count(*)::int from e where year is not null group by year
    union all select 'unmodified', '', count(*)::int from e where unmodified
    union all select 'issuer', issuer, count(*)::int from e, unnest(e.issuers) as issuer group by issuer`)
  const of = (name: string): Array<[string, number]> =>
    rows.filter(({ facet }) => facet === name).map(({ value, n }) => [value, n])
  return {
    status: of('status'),
    issuer: of('issuer'),
    category: of('category'),
    year: of('year'),
    unmodified: of('unmodified')[0]?.[1] ?? 0,
  }
}
