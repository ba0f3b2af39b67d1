// 最初各版的合并：地方规则包只写与国家基准不同之处；最低期限取较长、最高期限取较短，两方出处都保留。后来各版见 lineage.ts。
import type { Basis } from '@dianzhang/contract'
import type { FirstFilingParam as FilingParam, FirstPack as Pack, Param, PeriodUnit } from '../pack.ts'
import { isUnverified } from '../words.ts'
import { filingParameters, type Merge, type ParameterPath, parameters } from './parameters.ts'

export { param } from '../param.ts'

type FilingField = 'deadline' | 'formalCheck' | 'supplement' | 'review' | 'correction'
const filingFields: FilingField[] = ['deadline', 'formalCheck', 'supplement', 'review', 'correction']

type Section =
  | 'consultation'
  | 'interagency'
  | 'hearing'
  | 'dispute'
  | 'review'
  | 'fairCompetition'
  | 'deliberation'
  | 'publication'
  | 'effective'
  | 'validity'
  | 'evaluation'
  | 'cleanup'
  | 'suggestion'
  | 'numbering'
const sections: Section[] = [
  'consultation',
  'interagency',
  'hearing',
  'dispute',
  'review',
  'fairCompetition',
  'deliberation',
  'publication',
  'effective',
  'validity',
  'evaluation',
  'cleanup',
  'suggestion',
  'numbering',
]

type LocalFiling = Pick<FilingParam, 'track' | 'tiers' | 'recipient'> & Partial<Pick<FilingParam, FilingField>>

/** 地方包的内容：身份、与上一级不同的参数、备案受理单位。 */
export type LocalPack = Pick<
  Pack,
  'jurisdiction' | 'name' | 'version' | 'effectiveFrom' | 'areaCode' | 'parent' | 'calendar'
> & {
  [S in Section]?: Partial<Pack[S]>
} & { artefacts?: Pack['artefacts']; filing?: LocalFiling[] }

const approximateDays: Record<PeriodUnit, number> = { working_day: 7 / 5, calendar_day: 1, month: 30, year: 365 }
/** 换算为大致的日数，只用于比较两个参数孰严；实际期限总由日历计算。 */
export const roughDays = (p: Param<unknown>): number =>
  typeof p.value === 'number' ? p.value * (p.unit ? approximateDays[p.unit] : 1) : Number.NaN

const words: Record<PeriodUnit, string> = { working_day: '个工作日', calendar_day: '日', month: '个月', year: '年' }
const shown = (p: Param<unknown>): string => `${String(p.value)}${p.unit ? words[p.unit] : ''}`

function unique(list: Basis[]): Basis[] {
  return list.filter((b, i) => list.findIndex((o) => o.document === b.document && o.article === b.article) === i)
}

/** 合并一个参数：从严者胜出，两方出处并列；数值不同的在 `note` 中写明。 */
export function merge<T>(wide: Param<T>, local: Param<T>, how: Merge): Param<T> {
  const both = unique([...local.source, ...wide.source])
  if (how === 'replace') return { ...local, source: both }
  const [a, b] = [roughDays(wide), roughDays(local)]
  if (a === b && wide.unit === local.unit) {
    const known = [local, wide].find((p) => !isUnverified(p)) ?? local
    return { ...known, source: both }
  }
  const localWins = how === 'longer' ? b > a : b < a
  const winner = localWins ? local : wide
  const note = [winner.note, `上级规定${shown(wide)}，本地规定${shown(local)}，从严适用${shown(winner)}`]
    .filter(Boolean)
    .join('；')
  return { ...winner, source: unique([...winner.source, ...both]), note }
}

function mergeSection<S extends Section>(wide: Pack[S], local: Partial<Pack[S]> | undefined, section: S): Pack[S] {
  if (!local) return wide
  const result = { ...wide } as Record<string, Param<unknown>>
  for (const [key, own] of Object.entries(local) as Array<[string, Param<unknown>]>) {
    const base = result[key]
    const { merge: how } = parameters[`${section}.${key}` as ParameterPath]
    result[key] = base ? merge(base, own, how) : own
  }
  return result as unknown as Pack[S]
}

function mergeFiling(wide: FilingParam[], local: LocalFiling[] | undefined): FilingParam[] {
  if (!local) return wide
  return local.map((own) => {
    const base = wide.find((w) => w.track === own.track && own.tiers.every((t) => w.tiers.includes(t)))
    if (!base) throw new Error(`备案轨道 ${own.track}（${own.tiers.join('、')}）在上级规则包中没有对应项`)
    const fields = Object.fromEntries(
      filingFields.map((field) => {
        const mine = own[field]
        return [field, mine ? merge(base[field], mine, filingParameters[field].merge) : base[field]]
      }),
    ) as Pick<FilingParam, FilingField>
    return { track: own.track, tiers: own.tiers, recipient: own.recipient, ...fields }
  })
}

/** 由上一级规则包与地方差异得出完整的地方规则包。 */
export function derive(wide: Pack, local: LocalPack): Pack {
  const { jurisdiction, name, version, effectiveFrom, areaCode, parent, calendar } = local
  const merged = Object.fromEntries(sections.map((s) => [s, mergeSection(wide[s], local[s], s)])) as Pick<Pack, Section>
  return {
    jurisdiction,
    name,
    version,
    effectiveFrom,
    areaCode,
    parent,
    calendar,
    ...merged,
    artefacts: local.artefacts ? merge(wide.artefacts, local.artefacts, 'replace') : wide.artefacts,
    filing: mergeFiling(wide.filing, local.filing),
  }
}
