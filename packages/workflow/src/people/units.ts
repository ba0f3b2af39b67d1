// The tree of units: government, office, departments, towns and townships, standing committee of the people's
// congress, and the government above.
import {
  and,
  asc,
  type DbOrTx,
  eq,
  isNotNull,
  or,
  type Page,
  type Paging,
  pageBehind,
  rowsBefore,
  schema,
} from '@dianzhang/database'

const { units } = schema

export interface UnitRow {
  id: string
  name: string
  kind: string
  parent: string | null
  /** On the list of issuers. */
  eligible: boolean
  eligibleSince: string | null
  eligibleUntil: string | null
  areaCode: string | null
  bodyCode: string | null
}

const columns = {
  id: units.id,
  name: units.name,
  kind: units.kind,
  parent: units.parentId,
  eligible: units.eligible,
  eligibleSince: units.eligibleSince,
  eligibleUntil: units.eligibleUntil,
  areaCode: units.areaCode,
  bodyCode: units.bodyCode,
}

/** Every unit of a jurisdiction in the order of its list; a jurisdiction has dozens of units, so the list is whole. */
export function listUnits(db: DbOrTx, jurisdiction: string): Promise<UnitRow[]> {
  return db
    .select(columns)
    .from(units)
    .where(eq(units.jurisdictionId, jurisdiction))
    .orderBy(asc(units.sort), asc(units.id))
}

/** The list of issuers: present and former, with dates from and to (“国办发〔2018〕115号二（三）”). */
export async function listIssuers(db: DbOrTx, jurisdiction: string, query: Paging = {}): Promise<Page<UnitRow>> {
  const limit = query.limit ?? 50
  const before = rowsBefore(query.cursor)
  const rows = await db
    .select(columns)
    .from(units)
    .where(and(eq(units.jurisdictionId, jurisdiction), or(eq(units.eligible, true), isNotNull(units.eligibleSince))))
    .orderBy(asc(units.sort), asc(units.id))
    .limit(limit + 1)
    .offset(before)
  return pageBehind(rows, before, limit)
}
