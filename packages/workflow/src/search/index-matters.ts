// The index of what can be found in matters. Brought up to date by the sweep, and before each search for the few that moved
// since, so that what was saved a moment ago is found and no command waits for it.
import { and, asc, correlated, eq, gt, gte, inArray, isNull, lte, or, schema, sql } from '@dianzhang/database'
import { searchForm, searchVector } from '@dianzhang/register'
import type { Office } from '../office.ts'

const { matters: m, matterSearch: s, ledgerEvents: e, texts: t } = schema

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
async function indexRows(office: Office, rows: Awaited<ReturnType<typeof stale>>): Promise<void> {
  for (const row of rows) {
    const made = JSON.stringify([searchForm, row.title, row.number, row.registry, row.n])
    const key = and(eq(s.jurisdictionId, row.jurisdiction), eq(s.matterId, row.id))
    // It moved, and nothing of what can be found changed.
    if (row.made === made) {
      await office.db.update(s).set({ seq: row.seq }).where(key)
      continue
    }
    const [text] =
      row.n === null
        ? []
        : await office.db
            .select({ body: t.body })
            .from(t)
            .where(and(eq(t.jurisdictionId, row.jurisdiction), eq(t.documentId, row.id), inArray(t.n, [row.n])))
    const columns = {
      seq: row.seq,
      made,
      heading: [row.title, row.number, row.registry].filter((part) => part !== null).join('\n'),
      number: row.number,
      registryNumber: row.registry,
      textN: row.n,
      search: searchVector({
        title: row.title,
        documentNumber: row.number,
        registryNumber: row.registry,
        issuers: [],
        body: text?.body ?? '',
      }),
    }
    await office.db
      .insert(s)
      .values({ jurisdictionId: row.jurisdiction, matterId: row.id, ...columns })
      .onConflictDoUpdate({ target: [s.jurisdictionId, s.matterId], set: columns })
  }
}
