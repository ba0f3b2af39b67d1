// Edges of a text or of a table of bases → rows. What they lead to is looked up once for many.
import { actKey, actNumbered, versionsOf } from '@dianzhang/acts'
import { type Db, type DbOrTx, inArray, schema, sql, type Tx, withTransaction } from '@dianzhang/database'
import { parseNumber } from '@dianzhang/numbering'
import type { CitedBasis } from '@dianzhang/rules'
import { articlesOf, type CitationEdge } from '@dianzhang/text'
import { titleKey, titleKeySql } from '../title-key.ts'

export interface EdgeRow extends Omit<typeof schema.citations.$inferSelect, 'certainty'> {
  /** Null: looked up when it is written. */
  certainty: 'unbound' | null
}

/** What was read: an entry of the register, a version of a text, a table of bases. */
export interface EdgeSource {
  jurisdiction: string
  source: string
  entryId: string | null
  documentId: string | null
  version: number | null
}
export const entrySource = (
  jurisdiction: string,
  id: string,
  document: string | null,
  version: number | null,
): EdgeSource => ({
  jurisdiction,
  source: `entry/${id}`,
  entryId: id,
  documentId: document,
  version,
})
export const textSource = (jurisdiction: string, document: string, n: number): EdgeSource => ({
  jurisdiction,
  source: `text/${document}/${n}`,
  entryId: null,
  documentId: document,
  version: n,
})
export const tableSource = (jurisdiction: string, document: string, n: number): EdgeSource => ({
  ...textSource(jurisdiction, document, n),
  source: `table/${document}/${n}`,
})

const proper = (number: string): string => parseNumber(number).normalized ?? number
const ownColumns = ({ jurisdiction, source, entryId, documentId, version }: EdgeSource) => ({
  jurisdictionId: jurisdiction,
  source,
  entryId,
  documentId,
  version,
})
/** Rows of what was read in a text, and of what was declared in the table of bases (`bases`). */
export function edgeRows(
  of: EdgeSource,
  edges: readonly CitationEdge[],
  bases: readonly Pick<CitedBasis, 'title' | 'docNo' | 'articles' | 'clause'>[] = [],
): EdgeRow[] {
  const parsed = edges.map((edge) => ({
    ...ownColumns(of),
    actKey: edge.name !== null ? actKey(edge.name) : edge.docNo !== null ? actNumbered(edge.docNo) : null,
    actName: edge.name?.toWellFormed() ?? null,
    documentNumber: edge.docNo,
    targets: edge.targets,
    articles: articlesOf(edge.targets),
    role: edge.role,
    found: 'parsed',
    certainty: edge.bound ? null : ('unbound' as const),
    element: edge.element,
    address: edge.address,
    start: edge.start,
    end: edge.end,
    // A quotation may begin or end in the middle of a character.
    quote: edge.quote.toWellFormed(),
  }))
  const declared = bases.map((basis) => {
    const name = basis.title.replace(/^《|》$/gu, '')
    const targets = basis.articles ?? []
    return {
      ...ownColumns(of),
      actKey: actKey(name),
      actName: name,
      documentNumber: basis.docNo ? proper(basis.docNo) : null,
      targets,
      articles: articlesOf(targets),
      role: 'basis',
      found: 'declared',
      certainty: null,
      element: null,
      address: basis.clause ?? '',
      start: 0,
      end: 0,
      quote: '',
    }
  })
  return [...parsed, ...declared].map((row, n) => ({ ...row, n }))
}

/** Names and numbers the library knows: the catalogue, what was registered, and the register itself. */
async function library(
  db: DbOrTx,
  rows: readonly EdgeRow[],
): Promise<(row: EdgeRow) => 'exact' | 'ambiguous' | 'not_in_library'> {
  const { registerEntries: e, acts } = schema
  const named = rows.filter(({ actKey: key, actName }) => key !== null && versionsOf(actName ?? key).length === 0)
  const keys = [
    ...new Set(named.flatMap(({ actKey: key, actName }) => [key ?? '', titleKey(actName ?? key ?? '')])),
  ].filter((key) => key !== '' && !key.includes('\u0000') && key.isWellFormed())
  const numbers = [
    ...new Set(
      rows.flatMap(({ actKey: key, documentNumber }) => (key === null && documentNumber ? [documentNumber] : [])),
    ),
  ]
  const key = titleKeySql('"register_entries"."title"')
  const [titles, numbered, registered] = await Promise.all([
    keys.length === 0
      ? []
      : db.execute<{ key: string; regions: number }>(sql`
          select asked.key, e.regions from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as asked(key)
          cross join lateral (
            select count(distinct coalesce(register_entries.region, ''))::int as regions from register_entries
            where ${key} = asked.key and register_entries.disclosure = 'active' offset 0
          ) e where e.regions > 0`),
    numbers.length === 0
      ? []
      : db.selectDistinct({ number: e.documentNumber }).from(e).where(inArray(e.documentNumber, numbers)),
    keys.length === 0 ? [] : db.selectDistinct({ key: acts.key }).from(acts).where(inArray(acts.key, keys)),
  ])
  const regions = new Map(titles.map((row) => [row.key, Number(row.regions)]))
  const byNumber = new Set(numbered.map((row) => row.number))
  const known = new Set(registered.map((row) => row.key))
  return ({ actKey: own, actName, documentNumber }) => {
    if (own === null)
      return documentNumber !== null && byNumber.has(documentNumber ?? null) ? 'exact' : 'not_in_library'
    if (versionsOf(actName ?? own).length > 0 || known.has(own)) return 'exact'
    const found = regions.get(titleKey(actName ?? own)) ?? regions.get(own) ?? 0
    return found === 1 ? 'exact' : found > 1 ? 'ambiguous' : 'not_in_library'
  }
}

/** Writes rows, each with how certain it is what it leads to. Those of the same source that stood before are replaced. */
export async function writeEdges(
  tx: Tx,
  rows: readonly EdgeRow[],
  replacing: readonly EdgeSource[] = [],
): Promise<void> {
  const { citations: t } = schema
  for (const [jurisdiction, sources] of Map.groupBy(replacing, (one) => one.jurisdiction))
    await tx.delete(t).where(
      sql`${t.jurisdictionId} = ${jurisdiction} and ${inArray(
        t.source,
        sources.map(({ source }) => source),
      )}`,
    )
  if (rows.length === 0) return
  const certain = await library(tx, rows)
  const all = JSON.stringify(rows.map((row) => ({ ...row, certainty: row.certainty ?? certain(row) })))
  await tx.execute(sql`
    insert into citations (jurisdiction_id, source, n, entry_id, document_id, version, act_key, act_name, document_number,
      targets, articles, role, found, certainty, element, address, start_at, end_at, quote)
    select r."jurisdictionId", r.source, r.n, r."entryId", r."documentId", r.version, r."actKey", r."actName", r."documentNumber",
      array(select jsonb_array_elements_text(r.targets)), array(select jsonb_array_elements_text(r.articles)),
      r.role, r.found, r.certainty, r.element, r.address, r.start, r."end", r.quote
    from jsonb_to_recordset(${all}::jsonb) as r("jurisdictionId" text, source text, n int, "entryId" text, "documentId" text,
      version int, "actKey" text, "actName" text, "documentNumber" text, targets jsonb, articles jsonb, role text, found text,
      certainty text, element text, address text, start int, "end" int, quote text)`)
}

/** Once more is in the register, what was not known or ambiguous before may be certain: looked up again. Answers how many edges still lead to nothing known. */
export async function settleCertainty(db: Db, jurisdiction: string): Promise<number> {
  const rows = await withTransaction(db, async (tx) => {
    // Goes through the whole register: the limit of a page's statement is not for it.
    await tx.execute(sql`select set_config('statement_timeout', '0', true)`)
    return await tx.execute<{ open: number }>(sql`
    with asked as materialized (
      select distinct act_key from citations where jurisdiction_id = ${jurisdiction} and act_key is not null
        and certainty in ('not_in_library', 'ambiguous', 'exact')
    ), found as materialized (
      select ${titleKeySql('e.title')} as key, count(distinct coalesce(e.region, '')) as regions
      from register_entries e where e.disclosure = 'active' group by 1
    ), settled as (
      update citations c set certainty = case when f.regions > 1 then 'ambiguous' else 'exact' end
      from asked a join found f on f.key = a.act_key
      where c.jurisdiction_id = ${jurisdiction} and c.act_key = a.act_key and c.certainty = 'not_in_library'
      returning 1
    )
    select (select count(*) from citations where jurisdiction_id = ${jurisdiction} and certainty = 'not_in_library')::int
      - (select count(*) from settled)::int as open`)
  })
  return rows[0]?.open ?? 0
}
