// The index of what can be found in matters. Brought up to date by the sweep, and before each search for the few that moved
// since, so that what was saved a moment ago is found and no command waits for it.
import {
  and,
  asc,
  correlated,
  eq,
  gt,
  gte,
  inArray,
  isNull,
  lte,
  or,
  schema,
  sql,
  statement,
} from '@dianzhang/database'
import { searchForm, searchVector } from '@dianzhang/register'
import type { Office } from '../office.ts'
import { quotedToken, whoseTokens } from './condition.ts'

const { matters: m, matterSearch: s, ledgerEvents: e, texts: t, turns: u } = schema

/** A transaction under way may still add a record as old as this to the ledger, in milliseconds. */
const underWay = 5 * 60_000
/** How many matters are compared at a time with what is indexed of them. */
const usualStretch = 2_000
/**
 * What this process knows of one jurisdiction: up to which record of its ledger all is indexed (`upTo`), or, until it has gone
 * through all matters once, after which id it goes on, and how far the ledger went when it began.
 */
type Known = { upTo: string } | { after: string; since: string }
const known = new WeakMap<Office['db'], Map<string, Known>>()
const knownOf = (office: Office): Map<string, Known> => {
  const map = known.get(office.db) ?? new Map<string, Known>()
  known.set(office.db, map)
  return map
}
/** The newest record of each jurisdiction's ledger (ISO), or of the one. */
async function newestOf(office: Office, jurisdiction: string | null): Promise<Map<string, string>> {
  const j = schema.jurisdictions
  const rows = await office.db
    .select({
      id: j.id,
      at: correlated(sql<
        string | null
      >`(select to_char(max(${e.at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        from ${e} where ${e.jurisdictionId} = ${j.id})`),
    })
    .from(j)
    .where(jurisdiction === null ? undefined : eq(j.id, jurisdiction))
  return new Map(rows.flatMap(({ id, at }) => (at === null ? [] : [[id, at] as const])))
}

/** Where to look for them: among all, among what moved from an instant on, or among some of all in the order of their ids. */
type Among = 'all' | { since: string } | { after: string; upTo: string | null }
/** Matters of one jurisdiction that moved since they were indexed. */
const stale = (office: Office, jurisdiction: string, among: Among, limit: number) =>
  office.db
    .select({
      jurisdiction: m.jurisdictionId,
      id: m.id,
      seq: m.ledgerSeq,
      title: m.title,
      made: s.made,
      openedBy: m.openedBy,
      units: sql<string[]>`array(select ${m.unit} union select ${u.businessOf} from ${u}
        where ${u.jurisdictionId} = ${m.jurisdictionId} and ${u.matterId} = ${m.id} order by 1)`,
      number: sql<string | null>`${m.snapshot} #>> '{context,dossier,numbers,document}'`,
      registry: sql<string | null>`${m.snapshot} #>> '{context,dossier,numbers,registry}'`,
      n: sql<
        number | null
      >`(select max(${t.n}) from ${t} where ${t.jurisdictionId} = ${m.jurisdictionId} and ${t.documentId} = ${m.id})`,
    })
    .from(m)
    .leftJoin(s, and(eq(s.jurisdictionId, m.jurisdictionId), eq(s.matterId, m.id)))
    .where(
      and(
        eq(m.jurisdictionId, jurisdiction),
        or(isNull(s.seq), sql`${s.seq} <> ${m.ledgerSeq}`),
        among === 'all'
          ? undefined
          : 'since' in among
            ? inArray(
                m.id,
                office.db
                  .select({ id: e.matterId })
                  .from(e)
                  .where(
                    and(eq(e.jurisdictionId, jurisdiction), gte(e.at, new Date(Date.parse(among.since) - underWay))),
                  ),
              )
            : and(gt(m.id, among.after), among.upTo === null ? undefined : lte(m.id, among.upTo)),
      ),
    )
    .orderBy(...(among !== 'all' && 'after' in among ? [asc(m.id)] : []))
    .limit(limit)

/** The last id of the stretch behind `after`; null: it goes to the end. */
async function endOfStretch(
  office: Office,
  jurisdiction: string,
  after: string,
  stretch: number,
): Promise<string | null> {
  const [row] = await office.db
    .select({ id: m.id })
    .from(m)
    .where(and(eq(m.jurisdictionId, jurisdiction), gt(m.id, after)))
    .orderBy(asc(m.id))
    .offset(stretch - 1)
    .limit(1)
  return row?.id ?? null
}

/**
 * Indexes up to `limit` matters that moved since, of one jurisdiction or of all; returns how many there were. After the start all
 * matters are compared once, then only what the ledger has recorded since. For all jurisdictions (the sweep) all are compared in
 * one piece, which is cheapest and which nobody waits for; before a search, until the sweep is through, one stretch of them and
 * what has moved meanwhile, however many there are.
 */
export async function indexMatters(
  office: Office,
  jurisdiction: string | null,
  limit: number,
  stretch = usualStretch,
): Promise<number> {
  const progress = knownOf(office)
  let done = 0
  for (const [id, at] of await newestOf(office, jurisdiction)) {
    const take = async (among: Among): Promise<{ last: string | undefined; all: boolean }> => {
      const rows = await stale(office, id, among, limit - done)
      done += rows.length
      await indexRows(office, rows)
      return { last: rows.at(-1)?.id, all: done < limit }
    }
    const here: Known = progress.get(id) ?? { after: '', since: at }
    if (done >= limit) break
    if ('upTo' in here) {
      if ((await take({ since: here.upTo })).all) progress.set(id, { upTo: at })
      continue
    }
    if (jurisdiction === null) {
      if ((await take('all')).all) progress.set(id, { upTo: at })
      continue
    }
    progress.set(id, here)
    // What was saved a moment ago, or moved in a stretch gone through, is found all the same.
    if (!(await take({ since: here.since })).all) break
    const upTo = await endOfStretch(office, id, here.after, stretch)
    const { last, all } = await take({ after: here.after, upTo })
    const through = progress.get(id)
    if (through !== undefined && 'upTo' in through) continue
    progress.set(
      id,
      all && upTo === null ? { upTo: here.since } : { after: (all ? upTo : last) ?? here.after, since: here.since },
    )
  }
  return done
}
/** How many matters are indexed before those who wait for an answer get their turn. */
const batch = 50
/**
 * Indexes what has moved, batch by batch, until nothing has. `pause` waits so many milliseconds: after a full batch the others get
 * their turn, after any other what moved meanwhile is left to gather, lest a matter on which somebody works be indexed after each
 * of its commands.
 */
export async function indexMoved(
  office: Office,
  pause: (ms: number) => Promise<unknown>,
  stopped: () => boolean = () => false,
): Promise<void> {
  while (!stopped()) {
    const done = await indexMatters(office, null, batch)
    if (done === 0) return
    await pause(done === batch ? 20 : 1000)
  }
}

interface OfMatter {
  jurisdiction: string
  matter: string
}
/** It moved, and nothing of what can be found changed. */
const indexedUpTo = statement<never, OfMatter & { seq: number }>(
  'update matter_search set seq = $seq where jurisdiction_id = $jurisdiction and matter_id = $matter',
)
const bodyOf = statement<{ body: string }, OfMatter & { n: number }>(
  'select body from texts where jurisdiction_id = $jurisdiction and document_id = $matter and n = $n',
)
const writeIndexed = statement<
  never,
  OfMatter & {
    seq: number
    made: string
    heading: string
    number: string | null
    registry: string | null
    n: number | null
    search: string
  }
>(`
  insert into matter_search as s (jurisdiction_id, matter_id, seq, made, heading, number, registry_number, text_n, search)
  values ($jurisdiction, $matter, $seq, $made, $heading, $number, $registry, $n, $search)
  on conflict (jurisdiction_id, matter_id) do update set seq = excluded.seq, made = excluded.made, heading = excluded.heading,
    number = excluded.number, registry_number = excluded.registry_number, text_n = excluded.text_n, search = excluded.search`)

async function indexRows(office: Office, rows: Awaited<ReturnType<typeof stale>>): Promise<void> {
  for (const { jurisdiction, id: matter, seq, title, number, registry, n, made: before, units, openedBy } of rows) {
    const whose = whoseTokens(units, openedBy === null ? [] : [openedBy])
    const made = JSON.stringify([searchForm, title, number, registry, n, whose])
    if (before === made) {
      await indexedUpTo(office.db, { jurisdiction, matter, seq })
      continue
    }
    const [text] = n === null ? [] : await bodyOf(office.db, { jurisdiction, matter, n })
    await writeIndexed(office.db, {
      jurisdiction,
      matter,
      seq,
      made,
      heading: [title, number, registry].filter((part) => part !== null).join('\n'),
      number,
      registry,
      n,
      search: [
        searchVector({
          title,
          documentNumber: number,
          registryNumber: registry,
          issuers: [],
          body: text?.body ?? '',
        }),
        ...whose.map(quotedToken),
      ].join(' '),
    })
  }
}
