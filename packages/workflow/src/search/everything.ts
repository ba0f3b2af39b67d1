// One search over everything a person may see: matters of all kinds, the public register, acts, people.
import { dateInShanghai } from '@dianzhang/calendar'
import type { answers } from '@dianzhang/contract'
import {
  and,
  asc,
  containing,
  desc,
  eq,
  ilike,
  inArray,
  or,
  type SQL,
  type SQLWrapper,
  schema,
  sql,
} from '@dianzhang/database'
import { searchKnownActs, searchRegister, searchWords } from '@dianzhang/register'
import { desks } from '../desks.ts'
import { visibleRows } from '../door/reading.ts'
import { loadUnits } from '../facts/load-facts.ts'
import type { Office, Person } from '../office.ts'
import { mayReadText } from '../policies/may.ts'
import { newestFirst } from '../queries/newest.ts'
import { foundIn, type WordsFound } from './condition.ts'
import { indexMatters } from './index-matters.ts'

type Found = answers.Given<typeof answers.SearchFound>
type Group = Found['groups'][number]
const documentKind = 'normative-document'
/** The most that moved since the last sweep and are indexed before a search; the sweep does the rest. */
const mostAhead = 25

/**
 * Finds `q` in what this person may see, in groups of up to `limit`; a group says whether there is more. What may not be
 * seen is absent, as if it were not there.
 */
export async function searchEverything(office: Office, actor: Person, q: string, limit = 8): Promise<Found> {
  await indexMatters(office, actor.jurisdiction, mostAhead)
  const [units, matters, register, acts, people] = await Promise.all([
    loadUnits(office.db, actor.jurisdiction),
    mattersFound(office, actor, q, limit),
    registerFound(office, actor, q, limit),
    actsFound(office, q, limit),
    peopleFound(office, actor, q, limit),
  ])
  const unitName = (id: string) => units[id]?.name ?? id
  const matterGroup = (kind: string, label: string, rows: typeof matters): Group => ({
    kind,
    label,
    more: rows.length > limit,
    items: rows.slice(0, limit).map((row) => ({
      id: row.id,
      title: row.title,
      detail: [row.number, row.processLabel, row.stageLabel, unitName(row.unit)].filter(Boolean).join(' · '),
      snippet: row.snippet,
      to: `${row.process === documentKind ? '/documents' : '/matters'}/${encodeURIComponent(row.id)}`,
      public: false,
    })),
  })
  const own = matters.filter((row) => row.process === documentKind)
  const suggestions = matters.filter((row) => row.process === 'review-suggestion')
  const others = matters.filter((row) => row.process !== documentKind && row.process !== 'review-suggestion')
  const groups: Group[] = [
    matterGroup('document', '案卷', own),
    { kind: 'register', label: '已公布的文件', ...register },
    matterGroup('suggestion', '审查建议', suggestions),
    matterGroup('matter', '其他事项', others),
    { kind: 'act', label: '上位法', ...acts },
    {
      kind: 'person',
      label: '人员',
      more: people.length > limit,
      items: people.slice(0, limit).map((row) => ({
        id: row.id,
        title: row.name,
        detail: unitName(row.unit),
        to: '/people',
        public: false,
      })),
    },
  ]
  return { q, groups: groups.filter((group) => group.items.length > 0) }
}

/** Those with `q` in name or number first, then the others; within both the lately changed first. */
async function mattersFound(office: Office, actor: Person, q: string, limit: number) {
  const { matterSearch: s } = schema
  const most = limit * 4
  const named = sql`position(lower(${q}) in lower(${s.heading})) > 0`
  const first = await newest(office, actor, await foundIn(office, actor, q, 'heading'), named, most)
  const others =
    first.length < most
      ? await newest(office, actor, await foundIn(office, actor, q, 'anywhere'), sql`not ${named}`, most - first.length)
      : []
  const rows = [...first, ...others]
  const snippets = await snippetsOf(
    office,
    actor,
    q,
    rows.map((row) => row.id),
  )
  return rows.map((row) => {
    const process = desks.get(row.process)?.engine.process
    return {
      ...row,
      snippet: snippets.get(row.id) ?? null,
      processLabel: row.process === documentKind ? '' : (process?.label ?? row.process),
      stageLabel: process?.labels.stage(row.stage) ?? row.stage,
    }
  })
}
/** Visible matters of those found, the lately changed first: of many, as many are read in that order as are wanted. */
async function newest(office: Office, actor: Person, found: WordsFound, besides: SQL, limit: number) {
  const { matters: m, matterSearch: s } = schema
  const kinds = [...desks.values()]
  const within = and(
    or(...kinds.map((desk) => and(eq(m.process, desk.engine.process.kind), visibleRows(desk.overseers, actor)))),
    found.where,
    sql`exists (select from ${s} where ${s.jurisdictionId} = ${m.jurisdictionId} and ${s.matterId} = ${m.id} and ${besides})`,
  )
  const places = found.ids
    ? undefined
    : await newestFirst(office, {
        jurisdiction: actor.jurisdiction,
        processes: kinds.map((desk) => desk.engine.process.kind),
        within,
        after: null,
        limit,
      })
  if (places?.length === 0) return []
  return await office.db
    .select({ id: m.id, process: m.process, title: m.title, stage: m.stage, unit: m.unit, number: s.number })
    .from(m)
    .innerJoin(s, and(eq(s.jurisdictionId, m.jurisdictionId), eq(s.matterId, m.id)))
    .where(
      and(
        eq(m.jurisdictionId, actor.jurisdiction),
        places
          ? inArray(
              m.id,
              places.map(({ id }) => id),
            )
          : within,
      ),
    )
    .orderBy(desc(m.updatedAt), asc(m.id))
    .limit(limit)
}
/**
 * Of these matters, the words around the hit in the present text, where the name has none; only for who may read unpublished
 * texts. Read of the few on the page.
 */
async function snippetsOf(
  office: Office,
  actor: Person,
  q: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const variants = searchWords(q)[0]?.forms.flatMap((form) => form.variants) ?? []
  if (ids.length === 0 || variants.length === 0 || !mayReadText(actor)) return new Map()
  const { matterSearch: s, texts: t } = schema
  const at = (column: SQLWrapper) =>
    sql`least(${sql.join(
      variants.map((variant) => sql`nullif(position(${variant} in ${column}), 0)`),
      sql`, `,
    )})`
  const rows = await office.db
    .select({ id: s.matterId, snippet: sql<string>`substring(${t.body} from greatest(1, ${at(t.body)} - 30) for 90)` })
    .from(s)
    .innerJoin(t, and(eq(t.jurisdictionId, s.jurisdictionId), eq(t.documentId, s.matterId), eq(t.n, s.textN)))
    .where(
      and(
        eq(s.jurisdictionId, actor.jurisdiction),
        inArray(s.matterId, [...ids]),
        sql`${at(s.heading)} is null`,
        sql`${at(t.body)} is not null`,
      ),
    )
  return new Map(rows.map((row) => [row.id, row.snippet.replace(/\s+/gu, ' ').trim()]))
}
async function registerFound(
  office: Office,
  actor: Person,
  q: string,
  limit: number,
): Promise<Pick<Group, 'items' | 'more'>> {
  const { results, nextCursor } = await searchRegister(office.readDb, {
    q,
    jurisdiction: actor.jurisdiction,
    limit,
    now: office.clock.now(),
  })
  return {
    more: nextCursor !== null,
    items: results.map((entry) => ({
      id: entry.id,
      title: entry.title,
      detail: [entry.documentNumber, entry.registryNumber, entry.statusLabel].filter(Boolean).join(' · '),
      snippet: entry.excerpt,
      to: `/register/${encodeURIComponent(entry.id)}`,
      public: true,
    })),
  }
}
async function actsFound(office: Office, q: string, limit: number): Promise<Pick<Group, 'items' | 'more'>> {
  const on = dateInShanghai(office.clock.now().toISOString())
  const { items, total } = await searchKnownActs(office.readDb, { q, on, limit })
  return {
    more: total > items.length,
    items: items.map((act) => ({
      id: act.id,
      title: act.title,
      detail: [act.documentNumber, act.publishedOn].filter(Boolean).join(' · '),
      to: `/acts?q=${encodeURIComponent(act.title)}`,
      public: false,
    })),
  }
}
async function peopleFound(office: Office, actor: Person, q: string, limit: number) {
  const { people: p, personRoles: r } = schema
  const like = containing(q.normalize('NFKC').trim())
  const admin = actor.posts.some((post) => post.role === 'admin')
  // Those who hold a post now; an administrator finds the others too.
  return office.db
    .select({ id: p.id, name: p.name, unit: p.unitId })
    .from(p)
    .where(
      and(
        eq(p.jurisdictionId, actor.jurisdiction),
        ilike(p.name, like),
        admin
          ? undefined
          : inArray(p.id, office.db.select({ id: r.personId }).from(r).where(eq(r.jurisdictionId, actor.jurisdiction))),
      ),
    )
    .orderBy(asc(p.name), asc(p.id))
    .limit(limit + 1)
}
