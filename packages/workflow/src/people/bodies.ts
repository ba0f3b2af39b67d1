// Meetings and bodies: each organ's meetings, the government's body for legality review. Administrators can add,
// deactivate and restore them; they are not deleted, as old files still point at them.
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
  /** Kind of meeting; empty for a review body. */
  form: string | null
  /** The unit a review body sits in; empty for a meeting. */
  seat: string | null
  active: boolean
}

/**
 * Meetings and bodies of this jurisdiction in the order of units; deactivated ones are among them (`active` is
 * false).
 */
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
 * Registers a meeting or a review body. Refused: not an administrator (403); no such organ or unit, a meeting without
 * its kind (422); name taken (409).
 */
export const addBody = (office: Office, actor: Person, input: BodyInput, commandId?: string): Promise<{ id: string }> =>
  actInOffice<{ id: string }>(office, actor, 'SaveBody', { ...input }, commandId)

/**
 * Deactivates, restores or corrects a meeting or review body; decisions and opinions already given are not affected.
 * Refused: not an administrator (403); no such item (404); what was seen has been changed by someone else (412);
 * changing name or kind of one set up by the pack, no such unit (422); name taken (409).
 */
export const changeBody = (
  office: Office,
  actor: Person,
  id: string,
  input: BodyChange,
  commandId?: string,
): Promise<{ id: string; active: boolean; name: string }> =>
  actInOffice(office, actor, 'SaveBody', { ...input, id }, commandId)
