// 修订使哪些值放宽：期限短了、要求少了、例外多了。放宽的须另一人复核，只确认或者从严的不必。
import type { Pack, Param } from '../pack.ts'
import { roughDays } from './derive.ts'
import { plain, shown } from './merge.ts'
import { allParameters, type FilingField, filingParameters, type ParameterPath, parameters } from './parameters.ts'
import type { ParamChange } from './revise.ts'
import { sameValue } from './same-value.ts'

/**
 * 哪一头是严：`longer`、`shorter` 比长短；`yes`、`no` 是或否；`demands` 列的是要求，少了为放宽；`permits` 列的是例外，
 * 多了为放宽；`earlier` 日期早为严；`neutral` 没有严宽之分。
 */
type Strict = 'longer' | 'shorter' | 'yes' | 'no' | 'demands' | 'permits' | 'earlier' | 'neutral'

/** 以地方的值为准（`replace`）的参数里说得清哪一头是严的；没有列的，改了就当作可能放宽。 */
const strict: Partial<Record<ParameterPath, Strict>> = {
  artefacts: 'demands',
  'consultation.shorteningRequires': 'demands',
  'consultation.nonPublicAllowed': 'permits',
  'consultation.hearEnterprises': 'yes',
  'interagency.silenceIsConsent': 'no',
  'hearing.requiredWhen': 'demands',
  'dispute.thirdPartyEvaluation': 'yes',
  'review.emergencyLiftsTimeOnly': 'yes',
  'review.stopsFor': 'permits',
  'review.againAfterMajorChange': 'yes',
  'review.draftingUnitFirst': 'yes',
  'fairCompetition.inForceFrom': 'earlier',
  'fairCompetition.governmentReviewerUnit': 'neutral',
  'fairCompetition.materials': 'demands',
  'fairCompetition.again': 'yes',
  'deliberation.anyBody': 'permits',
  'publication.interpretationRequired': 'yes',
  'effective.adaptationAnswer': 'yes',
  'effective.enterpriseNotRetroactive': 'yes',
  'validity.required': 'yes',
  'validity.provisionalExtendable': 'no',
  'validity.exemptKinds': 'permits',
  'validity.ladderMonths': 'neutral',
  'evaluation.preExpiryMonths': 'longer',
  'evaluation.yearlyQuota': 'longer',
  'evaluation.indicatorsRequired': 'yes',
  'cleanup.annual': 'yes',
  'cleanup.unlistedNotBasis': 'yes',
  'cleanup.noticeRequired': 'yes',
  'cleanup.decisionIsDocument': 'yes',
  'cleanup.lookBackYears': 'longer',
  'suggestion.inquiryExcluded': 'no',
  'suggestion.statisticsYearly': 'yes',
  'initiation.planRequired': 'yes',
  'initiation.forbiddenGenres': 'demands',
  'initiation.outsideWords': 'permits',
  'majorDecision.partyReport': 'yes',
  'majorDecision.summaryBy': 'earlier',
  'archive.schedule': 'neutral',
  'archive.number': 'neutral',
  'archive.retentionCodes': 'neutral',
  'archive.fonds': 'neutral',
  'archive.openBlocks': 'demands',
  'archive.openWarns': 'demands',
  'yearly.filingCatalogueBy': 'earlier',
  'yearly.threeNumbersBy': 'earlier',
  'yearly.reportBy': 'earlier',
  'yearly.reportPublicBy': 'earlier',
  'yearly.quarterListMonths': 'shorter',
  'yearly.catalogueBy': 'earlier',
  'assessment.again': 'yes',
  'organs.countyReviewUnit': 'neutral',
  'organs.signingDelegates': 'permits',
  'deviation.grounds': 'permits',
  'deviation.approvers': 'permits',
  'confidential.grounds': 'permits',
  'filingReview.items': 'demands',
}
/** 各项都只是写法、名称或者提醒的几节。 */
const neutralSections = new Set(['numbering', 'reminding', 'scorecard'])

function strictOf(path: string): Strict | null {
  const [section = '', ...rest] = path.split('.')
  if (section === 'filing') {
    const how = filingParameters[rest.at(-1) as FilingField]?.merge
    return how === 'longer' || how === 'shorter' ? how : null
  }
  const how = parameters[path as ParameterPath]?.merge
  if (how === 'longer' || how === 'shorter') return how
  return neutralSections.has(section) ? 'neutral' : (strict[path as ParameterPath] ?? null)
}
const itemsOf = (value: unknown): string[] =>
  Array.isArray(value)
    ? value.map((each) => (typeof each === 'object' ? JSON.stringify(each) : String(each)))
    : value === null
      ? []
      : [JSON.stringify(value)]
const nameOfItem = (item: string): string => {
  try {
    const read = JSON.parse(item) as { label?: unknown }
    return typeof read.label === 'string' ? read.label : item
  } catch {
    return item
  }
}
/** 怎样放宽的；没有放宽的为 null。 */
function loosened(how: Strict | null, was: Param<unknown>, is: Param<unknown>): string | null {
  if (sameValue([was.value, was.unit], [is.value, is.unit]) || how === 'neutral') return null
  const fromTo = plain(was) && plain(is) ? `由${shown(was)}改为${shown(is)}` : '改动了'
  if (how === 'yes') return was.value === true && is.value === false ? '由“是”改为“否”，要求没有了' : null
  if (how === 'no') return was.value === false && is.value === true ? '由“否”改为“是”' : null
  if (how === 'longer' || how === 'shorter') {
    // 此前没有此项的，定了数就是从严。
    if (was.value === null) return null
    const [before, after] = [roughDays(was), roughDays(is)]
    return after >= before === (how === 'longer') || after === before ? null : fromTo
  }
  if (how === 'earlier') return String(is.value) > String(was.value) ? fromTo : null
  if (how === 'demands' || how === 'permits') {
    const [before, after] = [itemsOf(was.value), itemsOf(is.value)]
    const found =
      how === 'demands'
        ? before.filter((each) => !after.includes(each))
        : after.filter((each) => !before.includes(each))
    return found.length === 0 ? null : `${how === 'demands' ? '少了' : '多了'}${found.map(nameOfItem).join('、')}`
  }
  // 此前没有规定的，作了规定就不是放宽。
  if (was.value === null || was.value === 'unstated') return null
  return `${fromTo}，是否放宽说不清`
}

/** 放宽的一项：参数路径，与写给人看的一句话（`“公开征求意见最低期限（一般）”由30日改为10日`）。 */
export interface Loosening {
  path: string
  message: string
}
/** 这些改动里放宽的各项，依给出的次序；`base` 为被修订的一版。不存在的参数不论。 */
export function loosenings(base: Pack, changes: readonly ParamChange[]): Loosening[] {
  const own = new Map(allParameters(base).map((each) => [each.path, each]))
  return changes.flatMap((change) => {
    const found = own.get(change.path)
    if (!found) return []
    const { unit } = found.param
    const is = { ...found.param, value: change.value, ...(unit ? { unit: change.unit ?? unit } : {}) }
    const how = loosened(strictOf(change.path), found.param, is)
    return how === null ? [] : [{ path: change.path, message: `“${found.label}”${how}` }]
  })
}
