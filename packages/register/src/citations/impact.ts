// The other way round: which documents of the register rest on an act, name it, change it; by article, on a day.
import { actNumbered, keysNamed, latestFacts } from '@dianzhang/acts'
import type { PlainDate } from '@dianzhang/calendar'
import { AppError, type answers } from '@dianzhang/contract'
import { type Db, type DbOrTx, decodeCursor, encodeCursor, type SQL, sql } from '@dianzhang/database'
import { parseNumber } from '@dianzhang/numbering'
import { articleKey } from '@dianzhang/text'
import { factsOfAct } from '../acts/facts.ts'
import { actNamed } from '../acts/known-acts.ts'
import { statusSql } from '../status-sql.ts'
import { unlessChanged } from '../unchanged.ts'

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
  /** `nextCursor` of the page before. */
  cursor?: string | undefined
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

const roles = sql.raw(
  `(array[${Object.keys(roleLabels)
    .map((role) => `'${role}'`)
    .join(', ')}])`,
)
/** A place in the order of the answer: role, newest first, id. */
interface Place extends Record<string, unknown> {
  rank: number
  published: string
  id: string
  jurisdiction: string
}
/** The acts by their keys, and `#` with the number. */
interface Asked {
  targets: readonly string[]
  on: PlainDate
  jurisdiction: string | undefined
}
function placeOf(cursor: string): Place {
  const [rank = '', published = '', id = '', jurisdiction = ''] = decodeCursor(cursor, [
    'number',
    'day',
    'text',
    'text',
  ])
  return { rank: Number(rank), published, id, jurisdiction }
}
/**
 * Documents that cite some acts, one row for each role (`citing`): each act by its own range of the index, so that a page reads
 * as many rows as it shows and a count only the index. `limit`: only the first after `after`, and none that has ended.
 */
const hitsOf =
  ({ targets, on, jurisdiction, closely }: Asked & { closely?: true }) =>
  (article: string, limit?: number, after?: Place | null): SQL => {
    // What the row does not say is looked up in the events of force; of most documents the row says it.
    const standing = sql`case when g.over_from is not null then g.over_from > ${on}::date else coalesce((select
      ${statusSql('e', on)} not in ('repealed', 'expired', 'annulled') from register_entries e
      where e.jurisdiction_id = g.jurisdiction_id and e.id = g.entry_id), false) end`
    const one = (target: SQL) => sql`
      select g.rank, g.published_on, g.entry_id, g.jurisdiction_id, g.whole, ${standing} as standing from citing g
      where g.target = ${target} and g.article = ${article} and g.published_on <= ${on}::date
        ${jurisdiction === undefined ? sql`` : sql`and g.jurisdiction_id = ${jurisdiction}`}
        ${closely ? sql`and g.over_from is null` : sql``}
        ${
          after
            ? sql`and g.rank >= ${after.rank} and (g.rank > ${after.rank} or g.published_on < ${after.published}::date
          or (g.published_on = ${after.published}::date and (g.entry_id, g.jurisdiction_id) > (${after.id}, ${after.jurisdiction})))`
            : sql``
        }
        ${limit === undefined ? sql`` : sql`and ${standing} order by g.rank, g.published_on desc nulls last, g.entry_id, g.jurisdiction_id limit ${limit}`}`
    const [only, ...others] = targets
    if (only !== undefined && others.length === 0) return one(sql`${only}`)
    return sql`
      select h.rank, h.published_on, h.entry_id, h.jurisdiction_id, bool_and(h.whole) as whole, bool_and(h.standing) as standing
      from unnest(array[${sql.join(
        targets.map((target) => sql`${target}`),
        sql`, `,
      )}]::text[]) as t(target) cross join lateral (${one(sql`t.target`)}) h group by 1, 2, 3, 4`
  }

interface Counted extends Record<string, unknown> {
  role: Role
  named: boolean
  whole: boolean
  /** In force on the day, ended by then, and those of which the row does not say. */
  standing: number
  ended: number
  closely: number
}
/**
 * How many, by role, whether the article is named, and whether the document names none: from the index alone. Documents that
 * cite the act by another of its names as well are few: they are taken out of the count of the first and counted by themselves.
 */
const countsOf = ({ targets, on, jurisdiction }: Asked, articles: readonly string[]): SQL => {
  const [first = '', ...others] = targets
  const within = sql`g.article in ${articles} and g.published_on <= ${on}::date
    ${jurisdiction === undefined ? sql`` : sql`and g.jurisdiction_id = ${jurisdiction}`}`
  const sums = sql`count(*) filter (where over_from > ${on}::date) as standing, count(*) filter (where over_from <= ${on}::date) as ended,
    count(*) filter (where over_from is null) as closely`
  const same = sql`g.jurisdiction_id = o.jurisdiction_id and g.entry_id = o.entry_id and g.article = o.article and g.rank = o.rank`
  const counted = sql`select rank, article, whole, ${sums} from citing g where g.target = ${first} and ${within} group by 1, 2, 3`
  return sql`
    ${
      others.length === 0
        ? sql`with h as (${counted})`
        : sql`with o as materialized (
      select distinct g.jurisdiction_id, g.entry_id, g.article, g.rank from citing g where g.target in ${others} and ${within}
    ), h as (
      ${counted}
      union all select g.rank, g.article, g.whole, -count(*) filter (where over_from > ${on}::date), -count(*) filter (where over_from <= ${on}::date),
        -count(*) filter (where over_from is null) from o join citing g on ${same} and g.target = ${first} group by 1, 2, 3
      union all select rank, article, whole, ${sums} from (
        select g.rank, g.article, g.entry_id, g.jurisdiction_id, g.over_from, bool_and(g.whole) as whole
        from o join citing g on ${same} and g.target in ${targets} group by 1, 2, 3, 4, 5) d group by 1, 2, 3)`
    }
    select ${roles}[rank + 1] as role, article = ${articles.at(-1) ?? ''} as named, whole, sum(standing)::int as standing, sum(ended)::int as ended,
      sum(closely)::int as closely from h group by 1, 2, 3`
}
/** The same of those whose force has to be looked at closely. */
const closelyCounted = (asked: Asked, article: string, named: boolean): SQL => sql`
  select ${roles}[rank + 1] as role, ${sql.raw(String(named))} as named, whole, (count(*) filter (where standing))::int as standing,
    (count(*) filter (where not standing))::int as ended, 0 as closely
  from (${hitsOf({ ...asked, closely: true })(article)}) h group by 1, 2, 3`
/** The counts that hold on the day, the article's own (`named`) beside the act's; the same while the register is. */
const counted = async (db: Db, asked: Asked, article: string | null): Promise<Counted[]> => {
  const articles = article === null ? [''] : ['', article]
  return await unlessChanged(
    db,
    `impact ${JSON.stringify([asked, articles])}`,
    async () => {
      const rows = [...(await db.execute<Counted>(countsOf(asked, articles)))]
      for (const each of articles) {
        const named = each === articles.at(-1)
        if (rows.some((row) => row.named === named && row.closely > 0))
          rows.push(...(await db.execute<Counted>(closelyCounted(asked, each, named))))
      }
      return rows
    },
    'register',
  )
}

/**
 * Documents that cite an act, grouped by role; only what is public, in force on the day (or pending, suspended, not verified).
 * `limit` documents in all groups together, from the first or after `cursor`; the counts are of all, on every page the same.
 * Refuses an article that is none, and a cursor that is none (422).
 */
export async function impactOf(db: Db, query: ImpactQuery): Promise<answers.Given<typeof answers.Impact>> {
  const { on, jurisdiction, limit } = query
  const article = query.article === undefined || query.article === '' ? null : articleKey(query.article)
  if (query.article && article === null) {
    const issues = [{ path: 'article', message: '看不出是第几条；请写成“第十二条”' }]
    throw new AppError('invalid', '条款写得不对', { issues })
  }
  const after = query.cursor === undefined || query.cursor === '' ? null : placeOf(query.cursor)
  const { id, title, keys, numbers } = await actAsked(db, query.act)
  const targets = [...keys, ...numbers.map((number) => `#${number}`)]
  const asked = { targets, on, jurisdiction }
  const hits = hitsOf(asked)
  // Counted and paged at the same time: neither waits for the other.
  const [counts, places] = await Promise.all([
    counted(db, asked, article),
    // Just the documents of the page, in the order of the index.
    db.execute<Place>(sql`
    select h.rank, h.published_on::text as published, h.entry_id as id, h.jurisdiction_id as jurisdiction
    from (${hits(article ?? '', limit + 1, after)}) h order by h.rank, h.published_on desc nulls last, h.entry_id, h.jurisdiction_id limit ${limit + 1}`),
  ])
  const of = (which: 'standing' | 'ended', want: (row: Counted) => boolean): number =>
    counts.filter(want).reduce((n, row) => n + row[which], 0)
  const page = places.slice(0, limit)
  const last = page.at(-1)
  const named = article === null ? sql`true` : sql`c.articles @> array[${article}]::text[]`
  const rows =
    page.length === 0
      ? []
      : await db.execute<Found>(sql`
    with p as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(page.map((x, i) => ({ ...x, i })))}::jsonb) as p(i int, rank int, id text, jurisdiction text)
    ), c as materialized (
      -- By the documents of the page: by the act the database would read all its citations for each of them.
      select p.i, c.* from p join citations c on c.jurisdiction_id = p.jurisdiction and c.entry_id = p.id and c.role = ${roles}[p.rank + 1]
    )
    select c.entry_id as id, c.jurisdiction_id, e.title, e.document_number, e.issuers, e.published_on::text, ${statusSql('e', on)} as status,
      c.version, c.role, c.targets, c.found, c.certainty, c.address, c.element, c.quote
    from c join register_entries e on e.jurisdiction_id = c.jurisdiction_id and e.id = c.entry_id
    where ${citesAct(keys, numbers)} and ${named} order by c.i, c.n`)
  const groups = (Object.keys(roleLabels) as Role[]).flatMap((role) => {
    const total = of('standing', (row) => row.role === role && row.named)
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
    nextCursor:
      places.length > limit && last
        ? encodeCursor([String(last.rank), last.published, last.id, last.jurisdiction])
        : null,
    /** Of those that cite the act and not the article that was asked for. */
    wholeAct: article === null ? 0 : of('standing', (row) => !row.named && row.whole),
    otherArticles:
      article === null ? 0 : of('standing', (row) => !row.named && !row.whole) - of('standing', (row) => row.named),
    ended: of('ended', (row) => row.named),
  }
}
