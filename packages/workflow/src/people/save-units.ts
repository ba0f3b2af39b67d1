// Entering units and the list of issuers from the command line: production is set up from this, without demo units.
import { AppError, UnitInput } from '@dianzhang/contract'
import { eq, schema } from '@dianzhang/database'
import { unitSeen } from '@dianzhang/processes'
import { actInOffice } from '../office/act.ts'
import type { Actor, Office } from '../office.ts'

export { UnitInput }

const wrong = (path: string, message: string): AppError =>
  new AppError('invalid', `单位没有写入：${message}`, { issues: [{ path, message }] })

/** Every unit after the one above it; refuses a parent that is nowhere, and units that stand above each other. */
function fromTheTop(units: readonly UnitInput[], known: ReadonlySet<string>): UnitInput[] {
  const given = new Map(units.map((unit, i) => [unit.id, { unit, i }]))
  const ordered: UnitInput[] = []
  const done = new Set<string>()
  const visit = (id: string, under: readonly string[]): void => {
    const found = given.get(id)
    if (!found || done.has(id)) return
    const { unit, i } = found
    if (under.includes(id)) throw wrong(`${i}.parent`, `${unit.name}的上级单位绕了一圈`)
    if (unit.parent) {
      if (!given.has(unit.parent) && !known.has(unit.parent))
        throw wrong(`${i}.parent`, `${unit.name}的上级单位 ${unit.parent} 不存在`)
      visit(unit.parent, [...under, id])
    }
    done.add(id)
    ordered.push(unit)
  }
  for (const unit of units) visit(unit.id, [])
  return ordered
}

/**
 * Enters units, and corrects those that are there, each by a command of the office (`SaveUnit`) of the system; those that are
 * there unchanged are left alone, so an interrupted import is run again. Returns how many were given and how many were written.
 * Refuses (422) before anything is written: no such parent, on the list without a date; and as `SaveUnit` does.
 */
export async function saveUnits(
  office: Office,
  jurisdiction: string,
  units: readonly UnitInput[],
  reason: string,
): Promise<{ units: number; written: number }> {
  const { units: t } = schema
  const rows = await office.db
    .select({
      id: t.id,
      name: t.name,
      kind: t.kind,
      parent: t.parentId,
      eligible: t.eligible,
      eligibleSince: t.eligibleSince,
      eligibleUntil: t.eligibleUntil,
      areaCode: t.areaCode,
      bodyCode: t.bodyCode,
    })
    .from(t)
    .where(eq(t.jurisdictionId, jurisdiction))
  const known = new Map(rows.map((row) => [row.id, row]))
  units.forEach((unit, i) => {
    if (unit.eligible && !unit.eligibleSince)
      throw wrong(`${i}.eligibleSince`, `${unit.name}列入制定主体清单，须写明清单公布日期（eligibleSince）`)
    if (units.findIndex((other) => other.id === unit.id) !== i) throw wrong(`${i}.id`, `${unit.id} 写了两次`)
  })
  const actor: Actor = { kind: 'system', jurisdiction }
  let written = 0
  for (const unit of fromTheTop(units, new Set(known.keys()))) {
    const seen = known.get(unit.id)
    if (seen && unitSeen(seen) === unitSeen(unit)) continue
    await actInOffice(office, actor, 'SaveUnit', { ...unit, ...(seen ? { seen } : {}), reason })
    written++
  }
  return { units: units.length, written }
}
