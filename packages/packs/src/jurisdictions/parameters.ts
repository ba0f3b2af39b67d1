// 全部参数的路径、中文名称与国家—地方合并方式。最初就有的在此登记，后来才有的登记在 sections/；预览、标注与检查随之覆盖。
import type { Pack, Param } from '../pack.ts'
import { laterFiling, laterSections } from '../sections/index.ts'
import type { Later } from '../sections/later.ts'
import type { Merge } from '../sections/merge.ts'

export type { Merge } from '../sections/merge.ts'

interface Parameter {
  label: string
  merge: Merge
}

/** 最初就有的参数（备案参数另见 filingParameters）。 */
const firstParameters = {
  'consultation.generalMinimum': { label: '公开征求意见最低期限（一般）', merge: 'longer' },
  'consultation.enterpriseMinimum': { label: '公开征求意见最低期限（涉企）', merge: 'longer' },
  'consultation.majorDecisionMinimum': { label: '公开征求意见最低期限（重大行政决策）', merge: 'longer' },
  'consultation.shorteningRequires': { label: '缩短征求意见期限的条件', merge: 'replace' },
  'interagency.replyDays': { label: '部门答复意见期限', merge: 'shorter' },
  'interagency.silenceIsConsent': { label: '部门逾期不答复是否视为无意见', merge: 'replace' },
  'hearing.materialsBefore': { label: '听证材料提前送达期限', merge: 'longer' },
  'hearing.announceBefore': { label: '听证会提前公告期限', merge: 'longer' },
  'dispute.thirdPartyEvaluation': { label: '部门争议较大时是否须第三方评估', merge: 'replace' },
  artefacts: { label: '送审必备材料', merge: 'replace' },
  'review.minimum': { label: '合法性审核最短期限', merge: 'longer' },
  'review.maximum': { label: '合法性审核最长期限', merge: 'shorter' },
  'review.majorDecisionMinimum': { label: '合法性审核最短期限（重大行政决策）', merge: 'longer' },
  'review.emergencyLiftsTimeOnly': { label: '紧急情形只放宽审核时限', merge: 'replace' },
  'fairCompetition.inForceFrom': { label: '公平竞争审查制度施行日', merge: 'replace' },
  'fairCompetition.governmentReviewerUnit': { label: '政府文件公平竞争审查单位', merge: 'replace' },
  'deliberation.bodies': { label: '各层级集体审议的会议', merge: 'replace' },
  'publication.maximum': { label: '公布期限', merge: 'shorter' },
  'publication.interpretationMaximum': { label: '政策解读发布期限', merge: 'shorter' },
  'publication.interpretationRequired': { label: '公布时是否须同步解读', merge: 'replace' },
  'effective.minimumDelay': { label: '公布至施行的最低间隔', merge: 'longer' },
  'validity.generalMaximumYears': { label: '有效期上限（一般）', merge: 'shorter' },
  'validity.provisionalMaximumYears': { label: '有效期上限（暂行、试行）', merge: 'shorter' },
  'evaluation.preExpiryMonths': { label: '有效期届满前评估提前量', merge: 'replace' },
  'evaluation.yearlyQuota': { label: '每年后评估件数', merge: 'replace' },
  'cleanup.annual': { label: '是否每年清理', merge: 'replace' },
  'cleanup.onSuperiorChangeMonths': { label: '上位法变动后清理期限', merge: 'shorter' },
  'suggestion.formCheck': { label: '审查建议形式审查期限', merge: 'shorter' },
  'suggestion.finish': { label: '审查建议办结期限', merge: 'shorter' },
  'numbering.documentPrefixes': { label: '各单位机关代字', merge: 'replace' },
  'numbering.registryTemplate': { label: '统一登记号模板', merge: 'replace' },
  'numbering.registryRegion': { label: '统一登记号地区标识', merge: 'replace' },
  'numbering.yearOf': { label: '跨年编号取登记年份还是成文年份', merge: 'replace' },
  'numbering.indexNumber': { label: '索引号规则', merge: 'replace' },
} as const satisfies Record<string, Parameter>
type Sections = typeof laterSections
export type ParameterPath =
  | keyof typeof firstParameters
  | { [S in keyof Sections & string]: `${S}.${keyof Sections[S] & string}` }[keyof Sections & string]

/** 后来才有的参数，逐项。 */
const laterParameters: Array<{ section: string; key: string; path: ParameterPath; spec: Later<unknown> }> =
  Object.entries(laterSections).flatMap(([section, keys]) =>
    Object.entries(keys as Record<string, Later<unknown>>).map(([key, spec]) => ({
      section,
      key,
      path: `${section}.${key}` as ParameterPath,
      spec,
    })),
  )

/** 参数路径 → 名称与合并方式（备案参数另见 filingParameters）。同一节的排在一起。 */
export const parameters: Record<ParameterPath, Parameter> = (() => {
  const all: Array<[string, Parameter]> = [
    ...Object.entries(firstParameters),
    ...laterParameters.map(({ path, spec: { label, merge } }): [string, Parameter] => [path, { label, merge }]),
  ]
  const order = [...new Set(all.map(([path]) => path.split('.')[0] ?? ''))]
  const section = ([path]: [string, Parameter]): number => order.indexOf(path.split('.')[0] ?? '')
  return Object.fromEntries(all.toSorted((a, b) => section(a) - section(b))) as Record<ParameterPath, Parameter>
})()
export const parameterPaths = Object.keys(parameters) as ParameterPath[]

/** 备案轨道内最初就有的参数。 */
const firstFiling = {
  deadline: { label: '报送期限', merge: 'shorter' },
  formalCheck: { label: '形式审查期限', merge: 'shorter' },
  supplement: { label: '补正期限', merge: 'shorter' },
  review: { label: '实质审查期限', merge: 'shorter' },
  correction: { label: '答复纠正意见期限', merge: 'shorter' },
} as const satisfies Record<string, Parameter>
export type FilingField = keyof typeof firstFiling | keyof typeof laterFiling
/** 备案轨道内后来才有的参数，逐项。 */
export const laterFilingFields = Object.entries(laterFiling as unknown as Record<string, Later<unknown>>).map(
  ([key, spec]) => ({ key: key as keyof typeof laterFiling, spec }),
)
/** 备案轨道内的参数。 */
export const filingParameters = {
  ...firstFiling,
  ...Object.fromEntries(laterFilingFields.map(({ key, spec: { label, merge } }) => [key, { label, merge }])),
} as Record<FilingField, Parameter>
export const filingFields = Object.keys(filingParameters) as FilingField[]

/** 读取一个参数；路径以点分隔。 */
export function parameterAt(pack: Pack, path: ParameterPath): Param<unknown> {
  const [section = '', key] = path.split('.')
  const part = pack[section as keyof Pack] as unknown
  return (key === undefined ? part : (part as Record<string, unknown> | undefined)?.[key]) as Param<unknown>
}

/** 一个规则包的全部参数：路径、名称与值（含备案各轨道）。 */
export function allParameters(pack: Pack): Array<{ path: string; label: string; param: Param<unknown> }> {
  const plain = parameterPaths.map((path) => ({ path, label: parameters[path].label, param: parameterAt(pack, path) }))
  const filing = pack.filing.flatMap((f) =>
    filingFields.map((field) => ({
      path: `filing.${f.track}.${f.tiers.join('+')}.${field}`,
      label: filingLabel(f.track, f.tiers, filingParameters[field].label),
      param: f[field] as Param<unknown>,
    })),
  )
  return [...plain, ...filing]
}

const trackWords = { government: '报政府备案', npc: '报人大常委会备案' } as const
const tierWords = { government: '政府文件', department: '部门文件', township: '乡镇文件' } as const
const filingLabel = (
  track: keyof typeof trackWords,
  tiers: ReadonlyArray<keyof typeof tierWords>,
  what: string,
): string => `${trackWords[track]}（${tiers.map((t) => tierWords[t]).join('、')}）：${what}`
