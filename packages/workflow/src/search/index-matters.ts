// The index of what can be found in matters. Brought up to date by the sweep, and before each search for the few that moved
// since, so that what was saved a moment ago is found and no command waits for it.
import { and, eq, inArray, isNull, or, schema, sql } from '@dianzhang/database'
import { searchForm, searchVector } from '@dianzhang/register'
import type { Office } from '../office.ts'

const { matters: m, matterSearch: s, texts: t } = schema

/** Matters that moved since they were indexed, of one jurisdiction or all. */
const stale = (office: Office, jurisdiction: string | null, limit: number) =>
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
        or(isNull(s.seq), sql`${s.seq} <> ${m.ledgerSeq}`),
        jurisdiction === null ? undefined : eq(m.jurisdictionId, jurisdiction),
      ),
    )
    .limit(limit)

/** Indexes up to `limit` matters that moved since; returns how many there were. */
export async function indexMatters(office: Office, jurisdiction: string | null, limit: number): Promise<number> {
  const rows = await stale(office, jurisdiction, limit)
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
