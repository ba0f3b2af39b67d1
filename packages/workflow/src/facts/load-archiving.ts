// What filing away rests on beside the file itself: matters of other kinds about this document that are not finished, and
// whether the number of the archive was given to another.
import { and, arrayOverlaps, type DbOrTx, eq, inArray, isNull, ne, notInArray, schema, sql } from '@dianzhang/database'
import { archiveNumberKey } from '@dianzhang/numbering'
import type { Dossier, ExternalFacts } from '@dianzhang/rules'

type Archiving = Pick<ExternalFacts, 'openMatters' | 'archiveNumberOf'>

/** Nothing more is awaited of anybody. */
const settledSuggestions = ['answered', 'transferred', 'not_registered', 'not_started', 'closed']

/**
 * Suggestions, evaluations and checks about this document that are still open, as far as its own unit or its issuers have a part
 * in them: of others they are not told here either.
 */
async function loadOpenMatters(db: DbOrTx, d: Dossier): Promise<ExternalFacts['openMatters']> {
  const { registerEntries: e, suggestions: s, evaluations: v, impactChecks: k, matters: m } = schema
  const [entry] = await db
    .select({ id: e.id })
    .from(e)
    .where(and(eq(e.jurisdictionId, d.jurisdiction), eq(e.documentId, d.id)))
  if (!entry) return []
  const own = [d.draftingUnit, ...d.issuers]
  const partOf = sql`(${inArray(m.unit, own)} or ${arrayOverlaps(m.involvedUnits, own)})`
  const count = { n: sql<number>`count(*)::int` }
  const [[suggestions], [evaluations], [checks]] = await Promise.all([
    db
      .select(count)
      .from(s)
      .innerJoin(m, and(eq(m.jurisdictionId, s.jurisdictionId), eq(m.id, s.matterId)))
      .where(
        and(
          eq(s.jurisdictionId, d.jurisdiction),
          eq(s.entryId, entry.id),
          notInArray(m.stage, settledSuggestions),
          partOf,
        ),
      ),
    db
      .select(count)
      .from(v)
      .innerJoin(m, and(eq(m.jurisdictionId, v.jurisdictionId), eq(m.id, v.matterId)))
      .where(
        and(
          eq(v.jurisdictionId, d.jurisdiction),
          eq(v.entryId, entry.id),
          isNull(v.publishedOn),
          ne(m.stage, 'closed'),
          partOf,
        ),
      ),
    db
      .select(count)
      .from(k)
      .innerJoin(m, and(eq(m.jurisdictionId, k.jurisdictionId), eq(m.id, k.matterId)))
      .where(and(eq(k.jurisdictionId, d.jurisdiction), eq(k.entryId, entry.id), isNull(k.confirmedOn), partOf)),
  ])
  return [
    { track: 'suggestion' as const, count: suggestions?.n ?? 0 },
    { track: 'evaluation' as const, count: evaluations?.n ?? 0 },
    { track: 'impact_check' as const, count: checks?.n ?? 0 },
  ].filter(({ count: n }) => n > 0)
}
/**
 * The file that has this number. `claims`: within the command that takes it; then another that takes one at the same time
 * waits until this transaction ends.
 */
async function loadHolder(db: DbOrTx, d: Dossier, number: string, claims: boolean): Promise<{ title: string } | null> {
  if (claims)
    await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`archive number|${d.jurisdiction}`}, 0))`)
  const { archivedFiles: a, matters: m } = schema
  const [row] = await db
    .select({ title: m.title })
    .from(a)
    .innerJoin(m, and(eq(m.jurisdictionId, a.jurisdictionId), eq(m.id, a.documentId)))
    .where(
      and(eq(a.jurisdictionId, d.jurisdiction), eq(a.archiveKey, archiveNumberKey(number)), ne(a.documentId, d.id)),
    )
  return row ?? null
}

/** Reads it for a document that is published and not filed away yet. */
export async function loadArchiving(
  db: DbOrTx,
  d: Dossier,
  payload: Record<string, unknown>,
  claims: boolean,
): Promise<Archiving> {
  if (!d.publication || d.archive) return {}
  const number = typeof payload.archiveNo === 'string' && archiveNumberKey(payload.archiveNo) ? payload.archiveNo : null
  const [openMatters, archiveNumberOf] = await Promise.all([
    loadOpenMatters(db, d),
    number === null ? undefined : loadHolder(db, d, number, claims),
  ])
  return { openMatters, ...(archiveNumberOf === undefined ? {} : { archiveNumberOf }) }
}
