// Whether entries just changed are found by a saved query: the same words and filters as the search, asked of these rows
// only.
import type { PlainDate } from '@dianzhang/calendar'
import { and, type DbOrTx, eq, inArray, schema, sql } from '@dianzhang/database'
import type { RegisterFilters } from './register-filters.ts'
import { searchWords, wordsCheck } from './search.ts'
import { statusOn } from './status-on.ts'
import { statusColumns } from './status-sql.ts'

const { registerEntries: e } = schema

/** Of these entries, the ids of those that the query finds on `today`. Filters that need the whole register (`unmodified`) are left out. */
export async function matchingEntries(
  db: DbOrTx,
  jurisdiction: string,
  ids: readonly string[],
  filters: RegisterFilters,
  today: PlainDate,
): Promise<Set<string>> {
  if (ids.length === 0) return new Set()
  const words = filters.q ? searchWords(filters.q) : []
  const rows = await db
    .select({ id: e.id, issuers: e.issuers, category: e.category, ...statusColumns })
    .from(e)
    .where(
      and(
        eq(e.jurisdictionId, jurisdiction),
        inArray(e.id, [...ids]),
        eq(e.disclosure, 'active'),
        filters.q && words.length === 0 ? sql`false` : (wordsCheck(words, 'register_entries') ?? undefined),
      ),
    )
  return new Set(
    rows
      .filter(
        (row) =>
          (filters.issuer === undefined || row.issuers.includes(filters.issuer)) &&
          (filters.category === undefined || row.category === filters.category) &&
          (filters.year === undefined || Number(row.publishedOn?.slice(0, 4)) === filters.year) &&
          (filters.jurisdiction === undefined || filters.jurisdiction === jurisdiction) &&
          (filters.status === undefined || statusOn(row, filters.on ?? today).status === filters.status),
      )
      .map((row) => row.id),
  )
}
