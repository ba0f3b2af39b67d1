// Final scorecards for everybody: each item with its cases, objections with their answers. In the order of the units' register –
// nobody is ranked.
import { type answers, scorecardContract, scoreObjectionLabels } from '@dianzhang/contract'
import { and, asc, eq, schema } from '@dianzhang/database'
import { type ScoreDossier, scorecards, scoreTotal } from '@dianzhang/processes'
import { notFound } from '../failures.ts'
import type { Office } from '../office.ts'
import { itemsOf } from './desk.ts'

const { matters: m, units: u } = schema
const finals = (office: Office) =>
  office.readDb
    .select({ id: m.id, snapshot: m.snapshot, unit: u.name })
    .from(m)
    .innerJoin(u, and(eq(u.jurisdictionId, m.jurisdictionId), eq(u.id, m.unit)))
const isFinal = and(eq(m.process, scorecardContract.kind), eq(m.stage, 'final'))
const dossierOf = (snapshot: unknown): ScoreDossier => scorecards.restore(snapshot as never).context.dossier
const lineOf = (d: ScoreDossier, unit: string) => ({
  id: d.id,
  jurisdiction: d.jurisdiction,
  year: d.year,
  unit,
  standard: d.standard.label,
  total: scoreTotal(d) ?? 0,
  finalOn: d.finalOn ?? '',
})
/** Final scorecards of a year, or of all years; in the order of the register of units. */
export async function publicScorecards(
  office: Office,
  year?: number,
): Promise<answers.Given<typeof answers.Scorecards>> {
  const rows = await finals(office).where(isFinal).orderBy(asc(u.sort), asc(u.id))
  const all = rows.map(({ snapshot, unit }) => lineOf(dossierOf(snapshot), unit))
  const years = [...new Set(all.map((x) => x.year))].sort((a, b) => b - a)
  const items = all.filter((x) => year === undefined || x.year === year)
  return { year: year ?? null, years, items, total: items.length }
}
/** One final scorecard; 404: none of this id is final. */
export async function publicScorecard(
  office: Office,
  id: string,
): Promise<answers.Given<typeof answers.UnitScorecard>> {
  const [row] = await finals(office).where(and(eq(m.id, id), isFinal))
  if (!row) throw notFound('这份考核评分')
  const d = dossierOf(row.snapshot)
  return {
    ...lineOf(d, row.unit),
    source: d.standard.source,
    checkedOn: d.checked?.on ?? null,
    items: itemsOf(d).map(({ objection, ...x }) => ({
      ...x,
      objection: objection
        ? {
            reason: objection.reason,
            on: objection.on,
            label: objection.decision ? scoreObjectionLabels[objection.decision.outcome] : null,
            answer: objection.decision?.reason ?? null,
          }
        : null,
    })),
  }
}
