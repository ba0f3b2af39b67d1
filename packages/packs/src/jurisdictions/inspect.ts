// 检查一版规则包：缺什么、哪里自相矛盾、哪些还待核实。给立新地方的人看，也由测试逐地运行。
import { isPlainDate } from '@dianzhang/calendar'
import { tiers } from '@dianzhang/contract'
import { formatRegistryNumber, portalProfiles, registryTemplateFields } from '@dianzhang/numbering'
import type { Pack } from '../pack.ts'
import { isUnverified } from '../words.ts'
import { allParameters } from './parameters.ts'
import { type Verification, verificationOf } from './verification.ts'

export interface PackReport {
  jurisdiction: string
  name: string
  version: string
  parameters: number
  /** 不改正就不能用的问题。 */
  faults: Array<{ path: string; message: string }>
  /** 核实情况，依用到参数的程序分开。 */
  verification: Verification[]
  /** 已核实而没有抄录原话的参数路径（本地出处的）。 */
  unquoted: string[]
}

/** 数值可以不带单位的参数。 */
const counts = (path: string): boolean =>
  [
    'evaluation.yearlyQuota',
    'expert.minimumExperts',
    'expert.minimumExpertsComplex',
    'correction.maximumCharacters',
    'reminding.urgeMost',
  ].includes(path) || path.endsWith('.copies')

/** 检查一版规则包；`national` 为国家基准，用来认出哪些是本地自己的值。 */
export function inspectPack(pack: Pack, national: Pack): PackReport {
  const faults: PackReport['faults'] = []
  const fault = (path: string, message: string): number => faults.push({ path, message })
  const all = allParameters(pack)
  const wide = new Set(
    national.version === pack.version
      ? []
      : allParameters(national).flatMap((p) => p.param.source.map((b) => b.document)),
  )
  if (!new RegExp(`^${pack.jurisdiction}@${pack.effectiveFrom}\\.[1-9]\\d*$`).test(pack.version))
    fault('version', `版本号应为“法域@施行日.序号”，现为${pack.version}`)
  if (!isPlainDate(pack.effectiveFrom)) fault('effectiveFrom', '施行日不是真实的日期')
  for (const { path, label, param } of all) {
    if (param.source.length === 0) fault(path, `“${label}”没有出处`)
    for (const { document, article } of param.source)
      if (document.trim() === '' || article.trim() === '') fault(path, `“${label}”的出处没有写明文件或者条款`)
    if (param.confidence === 'verified' && !param.source.some((b) => b.confidence === 'verified'))
      fault(path, `“${label}”标为已核实，却没有一条已核实的出处`)
    if (typeof param.value === 'number') {
      if (!Number.isInteger(param.value) || param.value < 0) fault(path, `“${label}”应为非负整数`)
      if (!param.unit && !counts(path)) fault(path, `“${label}”没有单位`)
    }
  }
  for (const tier of tiers) {
    if (pack.deliberation.bodies.value[tier].length === 0 && !pack.deliberation.anyBody.value.includes(tier))
      fault('deliberation.bodies', `没有写明${tier}文件由何种会议审议`)
    for (const track of ['government', 'npc'] as const) {
      const found = pack.filing.filter((f) => f.track === track && f.tiers.includes(tier)).length
      if (
        found > 1 ||
        (track === 'government' && found === 0) ||
        (track === 'npc' && tier === 'government' && found === 0)
      )
        fault(`filing.${track}.${tier}`, `${tier}文件在${track}轨道上应有一项备案规定，现有${found}项`)
    }
  }
  const { minimum, maximum, majorDecisionMinimum } = pack.review
  if (minimum.value > maximum.value || majorDecisionMinimum.value > maximum.value)
    fault('review.minimum', '合法性审核的最短期限长于最长期限')
  const { generalMaximumYears: general, extendedMaximumYears: extended, minimumYears } = pack.validity
  if (general.value !== null && extended.value !== null && extended.value <= general.value)
    fault('validity.extendedMaximumYears', '载明理由时的有效期上限应当长于一般上限')
  if (general.value !== null && minimumYears.value !== null && minimumYears.value > general.value)
    fault('validity.minimumYears', '有效期下限长于上限')
  if (pack.validity.required.value && general.value === null)
    fault('validity.required', '必须规定有效期，却没有上限；没有上限的应写明可以不规定有效期')
  const template = pack.numbering.registryTemplate.value
  if (!registryTemplateFields(template).includes('seq')) fault('numbering.registryTemplate', '统一登记号样式没有流水号')
  else if (
    !formatRegistryNumber(template, { region: pack.numbering.registryRegion.value, year: 2026, seq: 7 }).includes('7')
  )
    fault('numbering.registryTemplate', '统一登记号样式排不出号码')
  if (!Object.keys(portalProfiles).includes(pack.numbering.indexNumber.value.profile))
    fault('numbering.indexNumber', '没有这种索引号样式')
  return {
    jurisdiction: pack.jurisdiction,
    name: pack.name,
    version: pack.version,
    parameters: all.length,
    faults,
    verification: verificationOf(pack),
    unquoted: all
      .filter(
        ({ param }) =>
          !isUnverified(param) &&
          param.quote === undefined &&
          param.source.some((b) => b.confidence === 'verified' && !wide.has(b.document)),
      )
      .map((p) => p.path),
  }
}
