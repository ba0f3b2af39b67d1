// The index of what can be found in matters. Brought up to date by the sweep, and before each search for the few that moved
// since, so that what was saved a moment ago is found and no command waits for it.
import { and, correlated, eq, gte, inArray, isNull, or, schema, sql } from '@dianzhang/database'
import { searchForm, searchVector } from '@dianzhang/register'
import type { Office } from '../office.ts'

const { matters: m, matterSearch: s, ledgerEvents: e, texts: t } = schema

/** A transaction under way may still add a record as old as this to the ledger, in milliseconds. */
const underWay = 5 * 60_000
/** Up to which record of each jurisdiction's ledger this process knows all to be indexed; a jurisdiction not named: nothing is known. */
const known = new WeakMap<Office['db'], Map<string, string>>()
const knownOf = (office: Office): Map<string, string> => {
  const map = known.get(office.db) ?? new Map<string, string>()
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

/** Matters of one jurisdiction that moved since they were indexed; `since`: looked for only among what moved from then on. */
const stale = (office: Office, jurisdiction: string, since: string | undefined, limit: number) =>
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
        since === undefined
          ? undefined
          : inArray(
              m.id,
              office.db
                .select({ id: e.matterId })
                .from(e)
                .where(and(eq(e.jurisdictionId, jurisdiction), gte(e.at, new Date(Date.parse(since) - underWay)))),
            ),
      ),
    )
    .limit(limit)

/**
 * Indexes up to `limit` matters that moved since, of one jurisdiction or of all; returns how many there were. All matters are gone
 * through once after the start; then only what the ledger has recorded since.
 */
export async function indexMatters(office: Office, jurisdiction: string | null, limit: number): Promise<number> {
  const upTo = knownOf(office)
  const newest = await newestOf(office, jurisdiction)
  const rows: Awaited<ReturnType<typeof stale>> = []
  for (const [id, at] of newest) {
    const room = limit - rows.length
    if (room <= 0) break
    const found = await stale(office, id, upTo.get(id), room)
    if (found.length === 0) upTo.set(id, at)
    rows.push(...found)
  }
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
  return rows.length
}
