// Change of issuers: which steps must be done again and which stand is worked out with the command and goes into the
// ledger.
import { issuersChanged } from '@dianzhang/lifecycle'
import type { Dossier, UnitFact } from '@dianzhang/rules'
import { invalid } from '../failures.ts'
import { type Handler, unitId } from './handler.ts'

/** The issuers given → unit codes, lead first. Refused (422): no such unit, a duplicate, exactly the same as now. */
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
    falls: r.standing.filter((s) => !s.stands),
    stands: r.standing.filter((s) => s.stands),
  }),
}
