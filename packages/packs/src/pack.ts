// 规则包：一个法域在某一日期的全部参数，每个值都有出处与核实程度；案卷固定其立项时的版本。
import type { Tier, Track } from '@dianzhang/contract'
import type { laterFiling, laterSections } from './sections/index.ts'
import type { ValuesOf } from './sections/later.ts'
import type { Param } from './value.ts'

export type { Confidence, Param, ParamFile, PeriodUnit } from './value.ts'

/** 备案轨道最初就有的参数；`value` 为 null 表示条文没有日数，因而没有期限。 */
export interface FirstFilingParam {
  track: Track
  /** 哪些层级的文件须走此轨道。 */
  tiers: Tier[]
  deadline: Param
  /** 受理单位的种类与名称；由单位表解析。 */
  recipient: { kind: 'superior' | 'government' | 'npc'; name: string }
  formalCheck: Param<number | null>
  supplement: Param<number | null>
  review: Param<number | null>
  correction: Param<number | null>
}
/** 最初就有的各节。后来才有的参数不写在这里，见 `sections/`。 */
export interface FirstPack {
  jurisdiction: string
  name: string
  /** 例 `640522@2023-03-09.1`。 */
  version: string
  /** 立成时已有的参数所属的代；最初的为 1（不写）。后来一代的参数在读入时补齐。 */
  generation?: number
  /** 自该日起适用于新立项的文件。 */
  effectiveFrom: string
  /** 文件的行政区划代码（6 位），用于文件标识。 */
  areaCode: string | null
  parent: string | null
  consultation: {
    generalMinimum: Param
    enterpriseMinimum: Param
    majorDecisionMinimum: Param
    shorteningRequires: Param<string[]>
  }
  interagency: { replyDays: Param; silenceIsConsent: Param<boolean> }
  hearing: { materialsBefore: Param; announceBefore: Param }
  dispute: { thirdPartyEvaluation: Param<boolean> }
  artefacts: Param<string[]>
  review: { minimum: Param; maximum: Param; majorDecisionMinimum: Param; emergencyLiftsTimeOnly: Param<boolean> }
  fairCompetition: { inForceFrom: Param<string>; governmentReviewerUnit: Param<string> }
  deliberation: { bodies: Param<Record<Tier, string[]>> }
  publication: { maximum: Param; interpretationMaximum: Param; interpretationRequired: Param<boolean> }
  effective: { minimumDelay: Param }
  /** 上限为 null 表示没有有效期上限。 */
  validity: { generalMaximumYears: Param<number | null>; provisionalMaximumYears: Param<number | null> }
  filing: FirstFilingParam[]
  evaluation: { preExpiryMonths: Param; yearlyQuota: Param }
  cleanup: { annual: Param<boolean>; onSuperiorChangeMonths: Param }
  suggestion: { formCheck: Param<number | null>; finish: Param<number | null> }
  numbering: {
    /** 单位代码 → 机关代字（规范性文件），如 `海政规发`。 */
    documentPrefixes: Param<Record<string, string>>
    /** 统一登记号模板，如 `{region}-{yyyy}-{seq:04d}`。 */
    registryTemplate: Param<string>
    registryRegion: Param<string>
    /** 跨年登记取登记年份还是成文年份。 */
    yearOf: Param<'registration' | 'adoption'>
    indexNumber: Param<{ organisationCode: Record<string, string>; profile: string }>
  }
  calendar: { overlay: 'ningxia' | null }
}

type Sections = typeof laterSections
/** 备案轨道的全部参数：最初就有的与后来才有的（`sections/filing.ts`）。 */
export type FilingParam = FirstFilingParam & ValuesOf<typeof laterFiling>
/** 一个法域在某一日期的全部参数。读入的旧版没有后来才有的参数，经 `completePack` 补齐。 */
export type Pack = Omit<FirstPack, keyof Sections | 'filing'> & {
  [S in keyof Sections]: (S extends keyof FirstPack ? FirstPack[S] : unknown) & ValuesOf<Sections[S]>
} & { filing: FilingParam[] }

/** 取较严的最低期限：所有适用值并列，供理由文字一并显示。 */
export interface ApplicableMinimum {
  label: string
  param: Param
}
