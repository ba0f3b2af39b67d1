// Queries that one person keeps under a name; nobody else sees them.
import { randomUUID } from 'node:crypto'
import { AppError, type answers } from '@dianzhang/contract'
import { and, asc, eq, schema } from '@dianzhang/database'
import type { Office, Person } from '../office.ts'

const { savedFilters: f } = schema
const most = 50
const own = (who: Person) => and(eq(f.jurisdictionId, who.jurisdiction), eq(f.person, who.person))

export async function savedFiltersOf(
  office: Office,
  who: Person,
): Promise<Array<answers.Given<typeof answers.SavedFilter>>> {
  const rows = await office.db.select().from(f).where(own(who)).orderBy(asc(f.list), asc(f.name), asc(f.id))
  return rows.map(({ id, name, list, query }) => ({ id, name, list, query }))
}
/** Keeps one; the same name on the same list is replaced. Refuses (409) more than fifty. */
export async function saveFilter(
  office: Office,
  who: Person,
  given: { name: string; list: string; query: string },
): Promise<void> {
  const known = await savedFiltersOf(office, who)
  const same = known.find((each) => each.list === given.list && each.name === given.name)
  if (!same && known.length >= most) throw new AppError('conflict', `最多保存${most}个筛选，请先删去不用的`)
  const values = { ...given, createdAt: office.clock.now() }
  await office.db
    .insert(f)
    .values({ jurisdictionId: who.jurisdiction, person: who.person, id: same?.id ?? randomUUID(), ...values })
    .onConflictDoUpdate({ target: [f.jurisdictionId, f.person, f.id], set: values })
}
export async function deleteFilter(office: Office, who: Person, id: string): Promise<void> {
  await office.db.delete(f).where(and(own(who), eq(f.id, id)))
}
