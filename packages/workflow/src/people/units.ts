// 单位树：政府、办公室、部门、乡镇、人大常委会与上级政府。
import { and, asc, type DbOrTx, eq, isNotNull, or, schema } from '@dianzhang/database'

const { units } = schema

export interface UnitRow {
  id: string
  name: string
  kind: string
  parent: string | null
  /** 在制定主体清单上。 */
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

/** 制定主体清单：现在的与曾经的制定机关，含起止日期（国办发〔2018〕115号二（三））。 */
export function listIssuers(db: DbOrTx, jurisdiction: string): Promise<UnitRow[]> {
  return db
    .select(columns)
    .from(units)
    .where(and(eq(units.jurisdictionId, jurisdiction), or(eq(units.eligible, true), isNotNull(units.eligibleSince))))
    .orderBy(asc(units.sort), asc(units.id))
}
