// Superior acts that were registered by hand: what is known of each now. A fact is corrected by a later one, never changed.
import { actKey } from '@dianzhang/acts'
import { type DbOrTx, desc, eq, schema } from '@dianzhang/database'

type Row = typeof schema.acts.$inferSelect
export interface RegisteredAct
  extends Pick<
    Row,
    'id' | 'title' | 'documentNumber' | 'issuers' | 'publishedOn' | 'effectiveDate' | 'statusSince' | 'source'
  > {
  status: 'in_force' | 'amended' | 'repealed' | 'expired'
  knownFrom: string
}
/** The same act: the same name and, where both say it, the same number. */
const same = (a: Row, b: Row): boolean =>
  actKey(a.title) === actKey(b.title) &&
  (a.documentNumber === null || b.documentNumber === null || a.documentNumber === b.documentNumber)

/** Of each act the fact known last, the newest first. `jurisdiction`: who registered it; left out, all of this installation. */
export async function registeredActs(db: DbOrTx, jurisdiction?: string): Promise<RegisteredAct[]> {
  const { acts: t } = schema
  const rows = await db
    .select()
    .from(t)
    .where(jurisdiction === undefined ? undefined : eq(t.jurisdictionId, jurisdiction))
    .orderBy(desc(t.knownFrom), desc(t.publishedOn), t.id)
  const latest: Row[] = []
  for (const row of rows) if (!latest.some((later) => same(later, row))) latest.push(row)
  return latest.map(({ knownFrom, status, by: _by, jurisdictionId: _j, ...act }) => ({
    ...act,
    status: status as RegisteredAct['status'],
    knownFrom: knownFrom.toISOString(),
  }))
}
/** Its force on a day: not before it takes effect, and its end or change only from the day that was registered. */
export const forceOf = (act: RegisteredAct, on: string): RegisteredAct['status'] | 'pending' =>
  act.effectiveDate > on ? 'pending' : act.statusSince !== null && act.statusSince > on ? 'in_force' : act.status
