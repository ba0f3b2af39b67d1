// 会议与机构：各机关的会议、政府的合法性审核机构。管理员可以增加、停用与恢复；不删除，旧案卷还要指向它们。
import type { BodyChange, BodyInput } from '@dianzhang/contract'
import { and, asc, eq, schema } from '@dianzhang/database'
import { actInOffice } from '../office/act.ts'
import type { Office } from '../office.ts'
import type { Person } from './actor.ts'

const { bodies, units } = schema

export interface BodyRow {
  id: string
  name: string
  kind: 'meeting' | 'review'
  unit: string
  unitName: string
  /** 会议的种类；审核机构为空。 */
  form: string | null
  /** 审核机构设在哪个单位；会议为空。 */
  seat: string | null
  active: boolean
}

/** 本法域的会议与机构，依单位次序；停用的也在其中（`active` 为假）。 */
export async function listBodies(
  office: Office,
  actor: Person,
  query: { unit?: string | undefined; kind?: BodyRow['kind'] | undefined } = {},
): Promise<BodyRow[]> {
  const rows = await office.db
    .select({
      id: bodies.id,
      name: bodies.name,
      kind: bodies.kind,
      unit: bodies.unitId,
      unitName: units.name,
      form: bodies.form,
      seat: bodies.seatId,
      active: bodies.active,
    })
    .from(bodies)
    .innerJoin(units, and(eq(units.jurisdictionId, bodies.jurisdictionId), eq(units.id, bodies.unitId)))
    .where(
      and(
        eq(bodies.jurisdictionId, actor.jurisdiction),
        query.unit === undefined ? undefined : eq(bodies.unitId, query.unit),
        query.kind === undefined ? undefined : eq(bodies.kind, query.kind),
      ),
    )
    .orderBy(asc(units.sort), asc(units.id), asc(bodies.sort), asc(bodies.id))
  return rows as BodyRow[]
}

/**
 * 登记一个会议或者审核机构。拒绝：非管理员（403）；所属机关、所在单位不存在，会议没有写明种类（422）；名称已有（409）。
 */
export const addBody = (office: Office, actor: Person, input: BodyInput, commandId?: string): Promise<{ id: string }> =>
  actInOffice<{ id: string }>(office, actor, 'SaveBody', { ...input }, commandId)

/**
 * 停用、恢复、更正一个会议或者审核机构；已有的决定与意见不受影响。
 * 拒绝：非管理员（403），没有这一项（404），所见的已由他人变更（412），随规则包建立的要改名称种类、单位不存在（422），名称已有（409）。
 */
export const changeBody = (
  office: Office,
  actor: Person,
  id: string,
  input: BodyChange,
  commandId?: string,
): Promise<{ id: string; active: boolean; name: string }> =>
  actInOffice(office, actor, 'SaveBody', { ...input, id }, commandId)
