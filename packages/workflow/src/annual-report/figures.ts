// The figures of a report: computed of the year as known at the end of a day, and how they differ from those published.
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import { currentFigures, type FrozenFigure, type IssuerLine, type ReportDossier } from '@dianzhang/processes'
import type { Office } from '../office.ts'
import { loadFacts } from '../statistics/facts.ts'
import { type Figure, linesByIssuer } from '../statistics/figures.ts'
import { allFigures, toldFigure } from '../statistics/query.ts'

/** What has to be filled in by hand, by the pack of the report: id, name, and who fills it in. */
export const manualFiguresOf = (office: Office, d: Pick<ReportDossier, 'jurisdiction' | 'packVersion'>) =>
  office.rules.pack(d.jurisdiction, d.packVersion).yearly.manualFigures.value
/** What a figure is called; its id where it is none of these. */
export const figureNamed = (names: ReadonlyArray<{ id: string; label: string }>, id: string): string =>
  names.find((one) => one.id === id)?.label ?? id
/** Of exactly which documents a figure is made up. */
const digestOf = (x: Figure): string =>
  sha256Hex(
    canonicalJson([x.count, x.numerator, x.denominator].map((list) => list?.map(({ id }) => id).sort() ?? null)),
  )
/** All figures of the year of this jurisdiction, as known at the end of `asOf`. */
export async function figuresOfYear(
  office: Office,
  jurisdiction: string,
  year: number,
  asOf: string,
): Promise<{ figures: FrozenFigure[]; issuers: IssuerLine[]; lateTitles: Map<string, string[]> }> {
  const period = { from: `${year}-01-01`, to: `${year}-12-31`, asOf }
  const query = { jurisdiction }
  const facts = await loadFacts(office, query, period)
  const late = new Map(
    facts.entries.filter((x) => x.recordedOn > asOf).map((x) => [x.id, `《${x.title}》（${x.recordedOn}登记）`]),
  )
  const lateTitles = new Map<string, string[]>()
  const figures = allFigures(facts).map((figure): FrozenFigure => {
    const told = toldFigure(figure, period, query)
    const found = [...(figure.count ?? []), ...(figure.denominator ?? [])].flatMap(({ id }) => late.get(id) ?? [])
    if (found.length > 0) lateTitles.set(figure.id, found)
    return {
      id: figure.id,
      label: figure.label,
      text: told.text,
      value: told.value,
      numerator: told.numerator ?? null,
      denominator: told.denominator ?? null,
      formula: figure.formula,
      basis: figure.basis,
      list: told.list,
      denominatorList: told.denominatorList ?? null,
      digest: digestOf(figure),
    }
  })
  const issuers = linesByIssuer(facts).map(({ issuer, counts }) => ({ issuer, ...counts }))
  return { figures, issuers, lateTitles }
}
/** What binds a frozen report: its words, what was filled in by hand, every figure with its documents. */
export const reportDigest = (
  d: Pick<ReportDossier, 'jurisdiction' | 'year' | 'sections' | 'filled'>,
  asOf: string,
  logSize: number | null,
  figures: readonly FrozenFigure[],
): string =>
  sha256Hex(
    `dianzhang/annual-report/1\n${canonicalJson({
      jurisdiction: d.jurisdiction,
      year: d.year,
      asOf,
      logSize,
      sections: d.sections,
      filled: d.filled,
      figures: figures.map(({ id, text, value, numerator, denominator, digest }) => ({
        id,
        text,
        value,
        numerator,
        denominator,
        digest,
      })),
    })}`,
  )
export interface Difference {
  id: string
  label: string
  from: string
  to: string
  digest: string
  /** Documents registered only after the day of the report: why a figure differs, where that is the reason. */
  late: string[]
}
/** The published figures against the same question asked today: what differs, nothing where the answer is the same. */
export async function differencesOf(office: Office, d: ReportDossier): Promise<Difference[]> {
  if (!d.frozen) return []
  const now = await figuresOfYear(office, d.jurisdiction, d.year, d.frozen.asOf)
  const today = new Map(now.figures.map((x) => [x.id, x]))
  return currentFigures(d).flatMap((x) => {
    const found = today.get(x.id)
    return found && found.digest !== x.digest
      ? [
          {
            id: x.id,
            label: x.label,
            from: x.text,
            to: found.text,
            digest: found.digest,
            late: now.lateTitles.get(x.id) ?? [],
          },
        ]
      : []
  })
}
