// When the token algorithm has a new version, existing entries are recomputed in batches: the worker takes a few at a
// time until done. Searching goes on meanwhile; only words interrupted by punctuation cannot yet be found in entries
// of the old version.
import { type Db, sql, withTransaction } from '@dianzhang/database'
import { searchForm, searchVector } from './search.ts'

interface Outdated extends Record<string, unknown> {
  jurisdiction_id: string
  id: string
  title: string
  document_number: string | null
  document_number_raw: string | null
  registry_number: string | null
  index_number: string | null
  issuers: string[]
  body: string
}

/**
 * Recomputes the tokens of at most `limit` entries of an old version, in one transaction; several processes at once
 * do not repeat each other's work. Returns how many were recomputed; 0 means none of an old version are left.
 */
export const reindexSearch = async (db: Db, limit = 100): Promise<number> =>
  await withTransaction(db, async (tx) => {
    const rows = await tx.execute<Outdated>(sql`
      select jurisdiction_id, id, title, document_number, document_number_raw, registry_number, index_number, issuers, body
      from register_entries where search_form < ${searchForm}
      order by jurisdiction_id, id limit ${limit} for update skip locked`)
    if (rows.length === 0) return 0
    // An interrupted step is simply done again, so its commit need not wait for the disk.
    await tx.execute(sql`select set_config('synchronous_commit', 'off', true)`)
    const fresh = JSON.stringify(
      rows.map((row) => ({
        j: row.jurisdiction_id,
        i: row.id,
        s: searchVector({
          title: row.title,
          documentNumber: row.document_number,
          documentNumberRaw: row.document_number_raw,
          registryNumber: row.registry_number,
          indexNumber: row.index_number,
          issuers: row.issuers,
          body: row.body,
        }),
      })),
    )
    await tx.execute(sql`
      update register_entries e set search = fresh.s::tsvector, search_form = ${searchForm}
      from jsonb_to_recordset(${fresh}::jsonb) as fresh(j text, i text, s text)
      where e.jurisdiction_id = fresh.j and e.id = fresh.i`)
    return rows.length
  })
