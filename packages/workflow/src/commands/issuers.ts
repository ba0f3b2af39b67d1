// 变更制定机关：哪些须重新办理、哪些照旧，随命令推算并记入台账。
import { issuersChanged } from '@dianzhang/lifecycle'
import type { Dossier, UnitFact } from '@dianzhang/rules'
import { invalid } from '../failures.ts'
import { type Handler, unitId } from './handler.ts'

/** 所填的制定机关 → 单位代码，牵头在前。拒绝（422）：没有这样的单位、重复、与现在的完全相同。 */
export function issuersGiven(
  units: Record<string, UnitFact>,
  d: Pick<Dossier, 'issuers'>,
  given: readonly string[],
): string[] {
  const issuers = given.map((u, i) => unitId(units, u, `issuers.${i}`))
  if (new Set(issuers).size !== issuers.length) throw invalid(['issuers', '制定机关重复'])
  if (issuers.length === d.issuers.length && issuers.every((id, i) => id === d.issuers[i]))
    throw invalid(['issuers', '与现在的制定机关相同，没有变更'])
  return issuers
}
export const changeIssuers: Handler<'ChangeIssuers'> = {
  resolve: (c, p) => {
    const units = issuersGiven(c.units, c.dossier, p.issuers)
    const changed = issuersChanged(c.dossier, units, (id) => c.units[id]?.name ?? id, c.facts)
    return { units, standing: changed.standing }
  },
  write: (c, _p, r) => ({
    issuers: r.units,
    before: c.dossier.issuers,
    standing: r.standing,
  }),
  ledger: (p, r) => ({
    issuers: r.units,
    reason: p.reason,
    falls: (r.standing ?? []).filter((s) => !s.stands),
    stands: (r.standing ?? []).filter((s) => s.stands),
  }),
}
