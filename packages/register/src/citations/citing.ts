// What the stored edges say of a set of entries: which of them name an act, and which rest on one that has ended.
import { type KnownFact, knownOn, latestFacts } from '@dianzhang/acts'
import type { PlainDate } from '@dianzhang/calendar'
import { type DbOrTx, type SQL, sql } from '@dianzhang/database'
import { parseNumber } from '@dianzhang/numbering'
import { actFacts } from '../acts/facts.ts'
import { statusSql } from '../status-sql.ts'
import { titleKey, titleKeySql } from '../title-key.ts'
import { actAsked, citesAct } from './impact.ts'

/** The condition on `register_entries e`: it names the act (a name, 文号 or id), in any role. The same edges as `impactOf` reads. */
export async function namesAct(db: DbOrTx, written: string): Promise<SQL> {
  const { keys, numbers } = await actAsked(db, written)
  return sql`exists (select from citations c where c.jurisdiction_id = e.jurisdiction_id and c.entry_id = e.id and ${citesAct(keys, numbers)})`
}

interface Basis extends Record<string, unknown> {
  entry: string
  key: string | null
  name: string | null
  number: string | null
}
const ended = new Set(['repealed', 'expired', 'annulled'])

/**
 * Of some entries of a jurisdiction (`among`: a query of their ids) those with a basis that was no longer in force on `on`: by what
 * was registered of the act, else by the catalogue, else by the register itself. An act that nobody knows is no fault.
 */
export async function restingOnEnded(
  db: DbOrTx,
  { jurisdiction, among, on }: { jurisdiction: string; among: SQL; on: PlainDate },
): Promise<Set<string>> {
  const rows = await db.execute<Basis>(sql`
    select distinct c.entry_id as entry, c.act_key as key, c.act_name as name, c.document_number as number from citations c
    where c.jurisdiction_id = ${jurisdiction} and c.role = 'basis' and c.certainty <> 'unbound' and c.entry_id in (${among})`)
  if (rows.length === 0) return new Set()
  const facts = latestFacts(await actFacts(db))
  const answers = new Map<string, boolean | null>()
  const idOf = (x: Basis): string => x.key ?? `#${x.number}`
  for (const x of rows) if (!answers.has(idOf(x))) answers.set(idOf(x), endedByActs(facts, x, on))
  // What neither was registered nor is in the catalogue: a document of the register, all of whose versions have ended.
  const unknown = new Map(rows.filter((x) => answers.get(idOf(x)) === null).map((x) => [idOf(x), x]))
  const asked = [...unknown].map(([id, x]) => ({
    id,
    title: x.key === null ? null : titleKey(x.name ?? x.key),
    number: x.number === null ? null : (parseNumber(x.number).normalized ?? x.number),
  }))
  const byRegister = await endedByRegister(db, asked, on)
  return new Set(rows.filter((x) => answers.get(idOf(x)) ?? byRegister.has(idOf(x))).map((x) => x.entry))
}
/** Null: neither registered nor in the catalogue, or not enough is known. */
function endedByActs(facts: readonly KnownFact[], x: Basis, on: PlainDate): boolean | null {
  if (x.key === null) return null
  const standing = knownOn(facts, x.name ?? x.key, on) ?? knownOn(facts, x.key, on)
  return standing === null || standing.status === 'unknown' ? null : ended.has(standing.status)
}
async function endedByRegister(
  db: DbOrTx,
  asked: ReadonlyArray<{ id: string; title: string | null; number: string | null }>,
  on: PlainDate,
): Promise<Set<string>> {
  const found = async (column: SQL, keys: ReadonlyArray<{ id: string; key: string }>): Promise<string[]> => {
    if (keys.length === 0) return []
    // Lateral and unflattened, as in `resolveCitations`: by the index, not through the whole register.
    const rows = await db.execute<{ id: string }>(sql`
      select asked.id from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as asked(id text, key text)
      cross join lateral (
        select bool_and(e.over) as over from (
          select ${statusSql('e', on)} in ('repealed', 'expired', 'annulled') as over from register_entries e
          where ${column} = asked.key and e.disclosure = 'active' offset 0
        ) e
      ) e where e.over`)
    return rows.map((x) => x.id)
  }
  const titles = asked.flatMap(({ id, title }) => (title && storable(title) ? [{ id, key: title }] : []))
  const numbers = asked.flatMap(({ id, title, number }) => (title === null && number ? [{ id, key: number }] : []))
  return new Set([...(await found(titleKeySql('e.title'), titles)), ...(await found(sql`e.document_number`, numbers))])
}
/** jsonb takes neither NUL nor half a surrogate pair. */
const storable = (text: string): boolean => !text.includes('\u0000') && text.isWellFormed()
