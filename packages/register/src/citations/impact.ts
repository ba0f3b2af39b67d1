// The other way round: which documents of the register rest on an act, name it, change it; by article, on a day.
import { actNumbered, keysNamed, latestFacts } from '@dianzhang/acts'
import type { PlainDate } from '@dianzhang/calendar'
import { AppError, type answers } from '@dianzhang/contract'
import { type Db, type DbOrTx, type SQL, sql } from '@dianzhang/database'
import { parseNumber } from '@dianzhang/numbering'
import { articleKey } from '@dianzhang/text'
import { factsOfAct } from '../acts/facts.ts'
import { actNamed } from '../acts/known-acts.ts'
import { statusSql } from '../status-sql.ts'

const roleLabels = {
  basis: '以它为制定依据',
  implements: '为实施它而制定',
  cites: '引用它',
  amends: '修改它',
  repeals: '废止它',
  replaces: '代替它',
} as const
const foundLabels = { parsed: '由正文读出', declared: '制定依据对照表载明', by_hand: '人工登记' } as const
const certaintyLabels = {
  exact: '确定',
  ambiguous: '有几件同名的，不能确定',
  not_in_library: '目录与登记库没有收录',
  unbound: '看不出指哪一部',
} as const
type Role = keyof typeof roleLabels

/** Who asks for what. `act`: a name, 文号, or the id of a version or fact. */
export interface ImpactQuery {
  act: string
  article?: string | undefined
  on: PlainDate
  jurisdiction?: string | undefined
  limit: number
}
interface Found extends Record<string, unknown> {
  id: string
  jurisdiction_id: string
  title: string
  document_number: string | null
  issuers: string[]
  published_on: string | null
  status: string
  version: number | null
  role: Role
  targets: string[]
  found: keyof typeof foundLabels
  certainty: keyof typeof certaintyLabels
  address: string
  element: string | null
  quote: string
}

/** The condition on `citations c` for one act, by its names and by the number it alone has. */
export const citesAct = (keys: readonly string[], numbers: readonly string[]): SQL => {
  const named = keys.length === 0 ? sql`false` : sql`c.act_key in ${keys}`
  if (numbers.length === 0) return named
  return keys.length === 0
    ? sql`c.document_number in ${numbers}`
    : sql`(${named} or (c.act_key is null and c.document_number in ${numbers}))`
}
/** Name, number or id → what edges are found by; `keys`: its name, and the aliases with which it was registered. */
export async function actAsked(
  db: DbOrTx,
  written: string,
): Promise<{ id: string | null; title: string; keys: string[]; numbers: string[] }> {
  const text = written.trim()
  const known = await actNamed(db, text)
  const number = parseNumber(text)
  const numbers = (own: string | null): string[] => (own ? [parseNumber(own).normalized ?? own] : [])
  const named = async (key: string): Promise<string[]> => keysNamed(latestFacts(await factsOfAct(db, key)), key)
  if (known) {
    const { id, title, documentNumber } = known
    return { id, title, keys: await named(title), numbers: numbers(documentNumber) }
  }
  if (number.normalized && (number.valid || number.tolerated)) {
    const key = actNumbered(number.normalized)
    return { id: null, title: text, keys: key === null ? [] : await named(key), numbers: [number.normalized] }
  }
  return { id: null, title: text.replace(/^《|》$/gu, ''), keys: await named(text), numbers: [] }
}

/**
 * Documents that cite an act, grouped by role; only what is public, in force on the day (or pending, suspended, not verified).
 * `limit` documents in all groups together; the counts are of all. Refuses an article that is none (422).
 */
export async function impactOf(db: Db, query: ImpactQuery): Promise<answers.Given<typeof answers.Impact>> {
  const { on, jurisdiction, limit } = query
  const article = query.article === undefined || query.article === '' ? null : articleKey(query.article)
  if (query.article && article === null) {
    const issues = [{ path: 'article', message: '看不出是第几条；请写成“第十二条”' }]
    throw new AppError('invalid', '条款写得不对', { issues })
  }
  const { id, title, keys, numbers } = await actAsked(db, query.act)
  const cited = citesAct(keys, numbers)
  const scope = sql`${cited} and c.entry_id is not null and e.disclosure = 'active'
    and (e.published_on is null or e.published_on <= ${on}::date)
    ${jurisdiction === undefined ? sql`` : sql`and c.jurisdiction_id = ${jurisdiction}`}`
  const named = article === null ? sql`true` : sql`c.articles @> array[${article}]::text[]`
  const joined = sql`citations c join register_entries e on e.jurisdiction_id = c.jurisdiction_id and e.id = c.entry_id`
  const counts = await db.execute<{
    role: Role
    standing: boolean
    named: boolean
    whole: boolean
    documents: number
  }>(sql`
    with hits as materialized (
      select c.role, c.jurisdiction_id, c.entry_id, bool_or(${named}) as named, bool_and(c.articles = '{}') as whole
      from citations c where ${cited} and c.entry_id is not null
        ${jurisdiction === undefined ? sql`` : sql`and c.jurisdiction_id = ${jurisdiction}`}
      group by 1, 2, 3)
    select c.role, ${statusSql('e', on)} not in ('repealed', 'expired', 'annulled') as standing, c.named, c.whole, count(*)::int as documents
    from hits c join register_entries e on e.jurisdiction_id = c.jurisdiction_id and e.id = c.entry_id
    where e.disclosure = 'active' and (e.published_on is null or e.published_on <= ${on}::date) group by 1, 2, 3, 4`)
  const of = (want: (row: (typeof counts)[number]) => boolean): number =>
    counts.filter(want).reduce((n, row) => n + row.documents, 0)
  const rows = await db.execute<Found>(sql`
    select * from (
      select c.entry_id as id, c.jurisdiction_id, e.title, e.document_number, e.issuers, e.published_on::text, ${statusSql('e', on)} as status,
        c.version, c.role, c.targets, c.found, c.certainty, c.address, c.element, c.quote, c.n,
        dense_rank() over (order by array_position(array['basis', 'implements', 'cites', 'amends', 'repeals', 'replaces'], c.role),
          e.published_on desc nulls last, e.id) as place
      from ${joined} where ${scope} and ${named} and ${statusSql('e', on)} not in ('repealed', 'expired', 'annulled')
    ) x where place <= ${limit} order by place, n`)
  const groups = (Object.keys(roleLabels) as Role[]).flatMap((role) => {
    const total = of((row) => row.role === role && row.standing && row.named)
    if (total === 0) return []
    const documents = [
      ...Map.groupBy(
        rows.filter((row) => row.role === role),
        (row) => `${row.jurisdiction_id}/${row.id}`,
      ).values(),
    ]
    return [
      {
        role,
        label: roleLabels[role],
        count: total,
        items: documents.flatMap((list) => {
          const [first] = list
          if (!first) return []
          return [
            {
              id: first.id,
              jurisdiction: first.jurisdiction_id,
              title: first.title,
              documentNumber: first.document_number,
              issuers: first.issuers,
              publishedOn: first.published_on,
              status: first.status,
              version: first.version,
              edges: list.map((row) => ({
                element: row.element,
                address: row.address,
                articles: row.targets,
                found: row.found,
                foundLabel: foundLabels[row.found],
                certainty: row.certainty,
                certaintyLabel: certaintyLabels[row.certainty],
                quote: row.quote,
              })),
            },
          ]
        }),
      },
    ]
  })
  const total = groups.reduce((n, group) => n + group.count, 0)
  return {
    act: { id, title, documentNumber: numbers[0] ?? null },
    article,
    on,
    total,
    totalExact: true as const,
    shown: groups.reduce((n, group) => n + group.items.length, 0),
    groups,
    /** Of those that cite the act and not the article that was asked for. */
    wholeAct: article === null ? 0 : of((row) => row.standing && !row.named && row.whole),
    otherArticles: article === null ? 0 : of((row) => row.standing && !row.named && !row.whole),
    ended: of((row) => !row.standing && row.named),
  }
}
