// Superior acts that were registered by hand or by file: every fact, and what is known of each version now. A fact is
// corrected by a later one, never changed.
import { actKey, type KnownFact, type KnownStatus, latestFacts } from '@dianzhang/acts'
import { type DbOrTx, desc, eq, inArray, or, schema, sql } from '@dianzhang/database'

const { acts: t } = schema
const factOfRow = (row: typeof t.$inferSelect): KnownFact => ({
  id: row.id,
  title: row.title,
  documentNumber: row.documentNumber,
  issuers: row.issuers,
  publishedOn: row.publishedOn,
  effectiveDate: row.effectiveDate,
  status: row.status as KnownStatus,
  statusSince: row.statusSince,
  source: row.source,
  knownFrom: row.knownFrom.toISOString(),
  level: row.level,
  aliases: row.aliases ?? [],
  articles: row.articles ?? [],
  commencement: row.commencement ?? [],
  replacedBy: row.replacedBy,
  corrects: row.corrects,
})
/** Every fact, the one known last first. `jurisdiction`: who registered it; left out, all of this installation. */
export async function actFacts(db: DbOrTx, jurisdiction?: string): Promise<KnownFact[]> {
  const rows = await db
    .select()
    .from(t)
    .where(jurisdiction === undefined ? undefined : eq(t.jurisdictionId, jurisdiction))
    .orderBy(desc(t.knownFrom), desc(t.publishedOn), t.id)
  return rows.map(factOfRow)
}
/** Of each version the fact known last, the newest first; `asKnown`: as it was known at that instant. */
export const registeredActs = async (db: DbOrTx, jurisdiction?: string, asKnown?: string): Promise<KnownFact[]> =>
  latestFacts(await actFacts(db, jurisdiction), asKnown)

/** The facts of one act by its name or an alias. */
export async function factsOfAct(db: DbOrTx, title: string): Promise<KnownFact[]> {
  const key = actKey(title)
  return (await factsOfActs(db, [title])).filter(
    (fact) => actKey(fact.title) === key || fact.aliases.some((alias) => actKey(alias) === key),
  )
}
/** The facts of several acts at once, by their names; with them every fact that has aliases, for the caller to compare. */
export async function factsOfActs(db: DbOrTx, titles: readonly string[]): Promise<KnownFact[]> {
  // The database takes neither NUL nor half a surrogate pair; no name carries them.
  const keys = [...new Set(titles.map(actKey))].filter((key) => !key.includes('\u0000') && key.isWellFormed())
  const rows = await db
    .select()
    .from(t)
    .where(or(inArray(t.key, keys), sql`${t.key} is null`, sql`${t.aliases} is not null`))
    .orderBy(desc(t.knownFrom), t.id)
  return rows.map(factOfRow)
}
/** One fact by its id. */
export async function registeredAct(db: DbOrTx, id: string): Promise<KnownFact | null> {
  const [row] = await db.select().from(t).where(eq(t.id, id)).limit(1)
  return row ? factOfRow(row) : null
}
