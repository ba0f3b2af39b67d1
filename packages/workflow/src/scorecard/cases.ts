// The items of a scorecard that facts decide: how many cases, and the address of exactly the list of them.
import { type CheckedItem, fromFacts, type ScoreDossier, scoreOf } from '@dianzhang/processes'
import type { Office } from '../office.ts'
import { loadFacts } from '../statistics/facts.ts'
import { allFigures, toldFigure } from '../statistics/query.ts'

/** The items of one unit's year as known at the end of `asOf`. */
export async function casesOf(
  office: Office,
  d: Pick<ScoreDossier, 'jurisdiction' | 'unit' | 'year' | 'standard'>,
  asOf: string,
): Promise<CheckedItem[]> {
  const items = d.standard.items.filter(fromFacts)
  if (items.length === 0) return []
  const end = `${d.year}-12-31`
  const period = { from: `${d.year}-01-01`, to: end < asOf ? end : asOf, asOf }
  const query = { jurisdiction: d.jurisdiction, unit: d.unit }
  const figures = new Map(allFigures(await loadFacts(office, query, period)).map((x) => [x.id, x]))
  return items.map((item) => {
    const cases = item.evidence.flatMap((evidence) => {
      const figure = figures.get(evidence)
      if (!figure) return []
      const told = toldFigure(figure, period, query)
      return [{ evidence, label: figure.label, count: figure.count?.length ?? 0, list: told.list }]
    })
    const count = cases.reduce((sum, x) => sum + x.count, 0)
    return { item: item.id, score: scoreOf(item, count), reason: null, cases }
  })
}
