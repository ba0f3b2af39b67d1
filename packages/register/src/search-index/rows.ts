// The rows of the register as the search index reads them.
import { type SQL, sql, type Tx } from '@dianzhang/database'
import type { SearchableEntry } from '../search.ts'
import type { IndexedRow } from './columns.ts'

export interface TextRow extends IndexedRow {
  title: string
  document_number: string | null
  document_number_raw: string | null
  registry_number: string | null
  index_number: string | null
  body: string
}
const columns =
  sql.raw(`e.jurisdiction_id, e.id, e.origin, e.category, e.issuers, e.published_on::text, e.effective_date::text,
  e.valid_until::text, to_char(e.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as recorded_on, e.source_status,
  e.disclosure, e.force_events`)
const texts = sql.raw('e.title, e.document_number, e.document_number_raw, e.registry_number, e.index_number, e.body')

export const searchableOf = (row: TextRow): SearchableEntry => ({
  title: row.title,
  documentNumber: row.document_number,
  documentNumberRaw: row.document_number_raw,
  registryNumber: row.registry_number,
  indexNumber: row.index_number,
  issuers: row.issuers,
  body: row.body,
})

export interface Key {
  jurisdiction: string
  id: string
}
/** A list of keys as a table `k (jurisdiction, id, at)`; however many, two parameters. */
export const keyTable = (keys: readonly Key[]): SQL =>
  sql`unnest(${textArray(keys.map(({ jurisdiction }) => jurisdiction))}::text[], ${textArray(keys.map(({ id }) => id))}::text[]) with ordinality as k (jurisdiction, id, at)`
/** The same with a mark for each: `k (jurisdiction, id, head, at)`. */
export const candidateTable = (keys: ReadonlyArray<Key & { head: boolean }>): SQL =>
  sql`unnest(${textArray(keys.map(({ jurisdiction }) => jurisdiction))}::text[], ${textArray(keys.map(({ id }) => id))}::text[], ${`{${keys.map(({ head }) => (head ? 't' : 'f')).join(',')}}`}::bool[]) with ordinality as k (jurisdiction, id, head, at)`
/** The query builder spreads a list over parameters; an array literal is one. */
const textArray = (list: readonly string[]): string =>
  `{${list.map((one) => `"${one.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`
export const numberArray = (list: readonly number[]): string => `{${list.join(',')}}`

export const textRows = async (tx: Tx, keys: readonly Key[]): Promise<TextRow[]> =>
  keys.length === 0
    ? []
    : await tx.execute<TextRow>(
        sql`select ${columns}, ${texts} from ${keyTable(keys)} join register_entries e on e.jurisdiction_id = k.jurisdiction and e.id = k.id order by k.at`,
      )
export const indexedRows = async (tx: Tx, keys: readonly Key[]): Promise<IndexedRow[]> =>
  keys.length === 0
    ? []
    : await tx.execute<IndexedRow>(
        sql`select ${columns} from ${keyTable(keys)} join register_entries e on e.jurisdiction_id = k.jurisdiction and e.id = k.id order by k.at`,
      )
/** The next entries after `after` in the order of their keys. */
export const nextTextRows = async (tx: Tx, after: Key | null, limit: number): Promise<TextRow[]> =>
  await tx.execute<TextRow>(sql`
    select ${columns}, ${texts} from register_entries e
    ${after === null ? sql`` : sql`where (e.jurisdiction_id, e.id) > (${after.jurisdiction}, ${after.id})`}
    order by e.jurisdiction_id, e.id limit ${limit}`)
