// 规则包：一个法域在某一日期的全部参数，每个值都有出处与核实程度；案卷固定其立项时的版本。
import type { Basis, Tier, Track } from '@dianzhang/contract'

export type Confidence = NonNullable<Basis['confidence']>
export type PeriodUnit = 'working_day' | 'calendar_day' | 'month' | 'year'

/** 一个参数值。`unit` 缺省表示无量纲；未经核实（memory/inference/local_example）的值处处加注。 */
export interface Param<T = number> {
  value: T
  unit?: PeriodUnit
  source: Basis[]
  confidence: Confidence
  confirmedBy: string | null
  confirmedOn: string | null
  note?: string
}
export interface FilingParam {
  track: Track
  /** 哪些层级的文件须走此轨道。 */
  tiers: Tier[]
  deadline: Param
  /** 受理单位的种类与名称；由单位表解析。 */
  recipient: { kind: 'superior' | 'government' | 'npc'; name: string }
  formalCheck: Param
  supplement: Param
  review: Param
  correction: Param
}
export interface Pack {
  jurisdiction: string
  name: string
  /** 例 `640522@2023-03-09.1`。 */
  version: string
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
  validity: { generalMaximumYears: Param; provisionalMaximumYears: Param }
  filing: FilingParam[]
  evaluation: { preExpiryMonths: Param; yearlyQuota: Param }
  cleanup: { annual: Param<boolean>; onSuperiorChangeMonths: Param }
  suggestion: { formCheck: Param; finish: Param }
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

/** 取较严的最低期限：所有适用值并列，供理由文字一并显示。 */
export interface ApplicableMinimum {
  label: string
  param: Param
}
