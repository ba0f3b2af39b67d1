// 期限：规则与期限表共用的计算。天数、单位全部取自规则包，日历给出逐日过程。
import {
  addDays,
  addMonths,
  dateInShanghai,
  daysBetween,
  endOfDayInstant,
  isPlainDate,
  type PeriodAnswer,
  startOfDayInstant,
  type TraceDay,
  validityLastDay,
} from '@dianzhang/calendar'
import type { Basis, Classification, Track } from '@dianzhang/contract'
import { trackLabels } from '@dianzhang/contract'
import type { ApplicableMinimum, FilingParam, Param } from '@dianzhang/packs'
import { source } from '@dianzhang/packs'
import {
  type ConsultationRound,
  type Dossier,
  type Facts,
  type FilingRecord,
  type ForceEvent,
  forceApplied,
  isProvisional,
  isWithheld,
  type PlainDate,
  type Predecessor,
  type ReviewFile,
  type ReviewPause,
} from './facts.ts'
import { standingForce } from './force.ts'
import { unitName } from './words.ts'

/** 日历的答复，连同所用参数及其依据。 */
export type Reckoned = PeriodAnswer & { basis: Basis[]; param: Param }

export interface ConsultationMinimum {
  /** 依法最早的截止日（当日 24:00 截止）。 */
  due: PlainDate
  /** 决定该日的那一项最低期限。 */
  decisive: ApplicableMinimum
  /** 全部适用的最低期限，先一般、后特别。 */
  all: Array<ApplicableMinimum & { answer: PeriodAnswer }>
  provisional: boolean
  assumption?: string
  trace: TraceDay[]
}

export type ClockKind =
  | 'interagency_reply'
  | 'feedback'
  | 'consultation'
  | 'review_minimum'
  | 'review_maximum'
  | 'publication'
  | 'effective'
  | 'force_change'
  | 'validity'
  | 'evaluation'
  | 'evaluation_debt'
  | 'filing'
  | 'filing_resubmit'
  | 'filing_supplement'
  | 'filing_formal_check'
  | 'filing_review'
  | 'correction'
  | 'archive'
  | 'archive_transfer'

/** 一项正在运行或者已经了结的期限。`key` 在同一案卷内稳定不变。 */
export interface Clock {
  key: string
  kind: ClockKind
  label: string
  startsOn: PlainDate
  /** 期限最后一日；`effective` 为施行日。 */
  dueOn: PlainDate
  /** 到期时刻：最后一日 24:00（北京时间）；`effective` 为施行日 00:00。 */
  dueAt: string
  status: 'open' | 'met' | 'paused' | 'cancelled'
  metOn?: PlainDate
  provisional: boolean
  assumption?: string
  pauses: ReviewPause[]
  basis: Basis[]
  /** 到期由系统发出的命令。 */
  sends: null | 'CloseConsultation' | 'TakeEffect' | 'DeclareLapsed'
  trace: TraceDay[]
}

function reckon(
  f: Facts,
  start: PlainDate,
  param: Param,
  mode: 'deadline' | 'minimum',
  pauses: ReviewPause[] = [],
): Reckoned {
  const answer = f.calendar.explain({
    start,
    amount: param.value,
    unit: param.unit ?? 'calendar_day',
    mode,
    asOf: f.today,
    ...(pauses.length ? { pauses: pauses.filter((p) => p.to === null || p.to >= p.from) } : {}),
  })
  return { ...answer, basis: param.source, param }
}

/**
 * 须在 `until` 之前提前满该期限的事（听证材料送达、听证公告）最迟的日期；期限单位依参数（工作日或者日）。
 * 起算之日不计入；提前量不是办理期限，末日不顺延。
 */
export function latestStart(f: Pick<Facts, 'calendar' | 'today'>, until: PlainDate, param: Param): PlainDate {
  const unit = param.unit ?? 'calendar_day'
  if (unit === 'calendar_day') return addDays(until, -param.value)
  if (unit !== 'working_day') return addMonths(until, -param.value * (unit === 'year' ? 12 : 1))
  // `until` 当日是第 N 个工作日或者其后的休息日：自 `until` 起往前数满 N 个工作日，再往前一日。
  let counted = 0
  let date = until
  while (true) {
    if (f.calendar.isWorkday(date).workday) counted += 1
    if (counted === param.value) return addDays(date, -1)
    date = addDays(date, -1)
  }
}

/** 提前满该期限后最早可以举行之日：`from` 不计入；末日不顺延。 */
export const leadTime = (f: Facts, from: PlainDate, param: Param): PlainDate => reckon(f, from, param, 'minimum').rawDue

/** 未经日历计算、直接写明的日期（承诺的截止日、有效期末日等）。 */
function stated(due: PlainDate, endsAt: string, reason: string): PeriodAnswer {
  return {
    due,
    rawDue: due,
    endsAt,
    rolled: false,
    provisional: false,
    unannouncedYears: [],
    overlayMissingYears: [],
    suspended: false,
    trace: [{ date: due, counted: false, kind: 'start', reason }],
  }
}

/**
 * 是否依法必须向社会公开征求意见：影响权利义务、涉企或者重大行政决策，且不属于依法需要保密、
 * 依本地规定非公开征求意见的（这两种情形各有规则核对）。
 */
export const consultationNeeded = (c: Classification): boolean =>
  !c.confidential && !c.nonPublic && (c.affectsRights || c.enterpriseRelated || c.majorDecision)

/** 依当前分类适用的各项最低期限；一般期限总是适用。 */
function applicableMinima(f: Facts): ApplicableMinimum[] {
  const { consultation } = f.pack
  const { enterpriseRelated, majorDecision } = f.dossier.classification
  return [
    { label: '一般文件', param: consultation.generalMinimum },
    ...(enterpriseRelated ? [{ label: '与经营主体生产经营活动密切相关', param: consultation.enterpriseMinimum }] : []),
    ...(majorDecision ? [{ label: '重大行政决策', param: consultation.majorDecisionMinimum }] : []),
  ]
}

/**
 * 公开征求意见依法最早的截止日：在全部适用的最低期限中取最晚者（从严适用）。
 * `opensOn` 为公告之日，不计入。
 */
export function consultationMinimum(f: Facts, opensOn: PlainDate): ConsultationMinimum {
  const all = applicableMinima(f).map((m) => ({ ...m, answer: reckon(f, opensOn, m.param, 'minimum') }))
  // 末日相同时取特别规定在先，理由引用更贴切的依据。
  const decisive = all.reduce((a, b) => (b.answer.due >= a.answer.due ? b : a))
  const { due, provisional, assumption, trace } = decisive.answer
  return {
    due,
    decisive: { label: decisive.label, param: decisive.param },
    all,
    provisional: provisional || all.some((m) => m.answer.provisional),
    ...(assumption === undefined ? {} : { assumption }),
    trace,
  }
}

/** 缩短以后依法最早的截止日：本地条文写了底线的从其规定，没有写的才用外地通行的底线；都没有的为 null。 */
export function shortenedFloor(f: Facts, opensOn: PlainDate): Reckoned | null {
  const local = f.pack.consultation.shortenedMinimum
  const param = local.value === null ? f.pack.deviation.consultationFloor : local
  return param.value === null ? null : reckon(f, opensOn, { ...param, value: param.value }, 'minimum')
}
/** 提前出具审核意见的底线：受理以后最早可以出具之日；没有底线或者尚未受理的为 null。 */
export function reviewFloor(f: Facts): Reckoned | null {
  const { reviewFloor: param } = f.pack.deviation
  const review = f.dossier.review
  if (param.value === null || !review?.acceptedOn) return null
  return reckon(f, review.acceptedOn, { ...param, value: param.value }, 'minimum', review.pauses)
}

/**
 * 截止时刻所指的最后一日：时刻取其前一毫秒所在的北京时间日期（24:00 即次日 00:00 属于前一日），日期原样返回；
 * 不可识别的返回 null。
 */
export function closingDay(closesAt: unknown): PlainDate | null {
  if (typeof closesAt !== 'string') return null
  if (isPlainDate(closesAt)) return closesAt
  const at = Date.parse(closesAt)
  if (!/[zZ]$|[+-]\d{2}:?\d{2}$/.test(closesAt) || Number.isNaN(at)) return null
  return dateInShanghai(new Date(at - 1).toISOString())
}

function windowOf(f: Facts, review: ReviewFile) {
  const { acceptedOn, pauses } = review
  if (acceptedOn === null) return null
  const { emergency, majorDecision } = f.dossier.classification
  if (emergency && f.pack.review.emergencyLiftsTimeOnly.value) {
    return { minimum: null, maximum: null, liftedByEmergency: true }
  }
  const general = reckon(f, acceptedOn, f.pack.review.minimum, 'minimum', pauses)
  const major = majorDecision ? reckon(f, acceptedOn, f.pack.review.majorDecisionMinimum, 'minimum', pauses) : null
  const minimum = major && major.due >= general.due ? major : general
  return {
    minimum,
    maximum: reckon(f, acceptedOn, f.pack.review.maximum, 'deadline', pauses),
    liftedByEmergency: false,
  }
}

/**
 * 合法性审核的最短与最长期限：自受理之次日起算，补充材料期间不计入；重大行政决策从严。
 * 尚未受理为 null；紧急程序只放宽时限，两项为 null 且 `liftedByEmergency`。
 */
export function reviewWindow(
  f: Facts,
): { minimum: Reckoned | null; maximum: Reckoned | null; liftedByEmergency: boolean } | null {
  return f.dossier.review ? windowOf(f, f.dossier.review) : null
}

/** 部门答复意见的最后一日。 */
export const interagencyDue = (f: Facts, askedOn: PlainDate): Reckoned =>
  reckon(f, askedOn, f.pack.interagency.replyDays, 'deadline')

/** 公布采纳情况的最后一日，自征求意见截止之日起；本地没有日数的为 null。 */
export function feedbackDue(f: Pick<Facts, 'pack' | 'calendar' | 'today'>, closesOn: PlainDate): Reckoned | null {
  const param = f.pack.consultation.feedbackWithin
  return param.value === null ? null : reckon(f as Facts, closesOn, { ...param, value: param.value }, 'deadline')
}

/** 文件形成之日：编号时确定的成文日期；编号以前，取各制定机关最后签署日。均无时为 null。 */
export function createdOn(d: Dossier): PlainDate | null {
  if (d.numbers) return d.numbers.adoptionDate
  const signed = d.issuers.map((issuer) => d.signatures.findLast((s) => s.issuer === issuer)?.on)
  if (signed.length === 0 || signed.some((on) => on === undefined)) return null
  return signed.reduce<PlainDate>((last, on) => (on !== undefined && on > last ? on : last), '')
}

/**
 * 依本地规定不适用有效期的文件：专用于废止的、停止某项制度实施的。书名号内是另一文件的名称，不算。
 */
export function exemptFromValidity({ dossier, pack }: Pick<Facts, 'dossier' | 'pack'>): boolean {
  const own = dossier.title.replace(/《[^》]*》/g, '')
  const kinds = pack.validity.exemptKinds.value
  return (
    (kinds.includes('repeal') && /关于(?:修改和)?(?:废止|宣布.*失效)/.test(own) && !/修改/.test(own)) ||
    (kinds.includes('discontinue') && /关于(?:停止|取消|终止).*(?:实施|执行|施行|制度|收费|的)/.test(own))
  )
}

/** 适用的有效期上限：暂行、试行的从短。 */
export const maximumYears = ({
  dossier,
  pack,
}: Pick<Facts, 'dossier' | 'pack'>): Facts['pack']['validity']['generalMaximumYears'] =>
  isProvisional(dossier) ? pack.validity.provisionalMaximumYears : pack.validity.generalMaximumYears

/** 公布期限的起算日：依规则包为文件形成之日，或者签发之日（各制定机关最后签署之日）；尚无时为 null。 */
const publicationFrom = (f: Facts): PlainDate | null =>
  f.pack.publication.from.value === 'signed' ? createdOn({ ...f.dossier, numbers: null }) : createdOn(f.dossier)

/** 公布的最后一日（自文件形成之日起 20 个工作日，具体以规则包为准）；尚未形成时为 null。 */
export function publicationDue(f: Facts): Reckoned | null {
  const from = publicationFrom(f)
  return from === null ? null : reckon(f, from, f.pack.publication.maximum, 'deadline')
}

/**
 * 依法最早的施行日：公布之日不计入，自公布后第 N 日（从严理解为第 N+1 日的，依规则包）起方可施行，N 为规则包的最低间隔。
 * 施行不是“办理行为”，末日遇节假日不顺延，因此 `due` 等于 `rawDue`。
 */
export function effectiveEarliest(f: Facts, publishedOn: PlainDate): Reckoned {
  const { minimumDelay, enterpriseAdjustment, firstDay } = f.pack.effective
  // “N日后”从严理解的，满N日之后的次日起方可施行。
  const extra = firstDay.value === 'after_nth' ? 1 : 0
  const general = {
    ...reckon(f, publishedOn, { ...minimumDelay, value: minimumDelay.value + extra }, 'minimum'),
    param: minimumDelay,
  }
  // 涉企文件另有适应调整期的，取较晚的一日。
  const adjustment =
    f.dossier.classification.enterpriseRelated && enterpriseAdjustment.value !== null
      ? reckon(f, publishedOn, { ...enterpriseAdjustment, value: enterpriseAdjustment.value }, 'minimum')
      : null
  const answer = adjustment && adjustment.rawDue > general.rawDue ? adjustment : general
  return {
    ...answer,
    due: answer.rawDue,
    endsAt: endOfDayInstant(answer.rawDue),
    rolled: false,
    trace: answer.trace.filter((t) => t.kind !== 'rolled'),
  }
}

/** 涉企文件的适应调整期届满、可以施行之日；不涉企或者没有日数的为 null。 */
export function adaptationEarliest(f: Facts, publishedOn: PlainDate): Reckoned | null {
  const { enterpriseAdjustment: own } = f.pack.effective
  if (!f.dossier.classification.enterpriseRelated || own.value === null) return null
  return reckon(f, publishedOn, { ...own, value: own.value }, 'minimum')
}
const titleOf = (title: string): string => title.normalize('NFKC').replace(/[\s《》〈〉“”"]/g, '')
const withoutTrial = (title: string): string => titleOf(title).replace(/\((?:试行|暂行)\)|暂行|试行/g, '')
/**
 * 本件所延续的在先文件：名称相同（是否写“试行”“暂行”不论），定有有效期，没有被废止、撤销的最近一件。
 * `again`：在先的试行、暂行文件，本件仍是试行、暂行的，或者名称全同。没有为 null。
 */
export function renewed(f: Facts): (Predecessor & { again: boolean }) | null {
  const { dossier, external } = f
  const found = (external.predecessors ?? [])
    .filter(
      (p) =>
        p.validUntil !== null &&
        p.status !== 'repealed' &&
        p.status !== 'annulled' &&
        withoutTrial(p.title) === withoutTrial(dossier.title),
    )
    .toSorted((a, b) => (a.validUntil ?? '').localeCompare(b.validUntil ?? ''))
    .at(-1)
  if (!found) return null
  return { ...found, again: isProvisional(dossier) || titleOf(found.title) === titleOf(dossier.title) }
}
/** 有效期的起算：施行之日；延续同名文件、本地规定延长后自公布之日重新计算的，为公布之日。 */
export function validityStart(f: Facts, effectiveDate: PlainDate, publishedOn: PlainDate): PlainDate {
  if (f.pack.validity.renewedFrom.value !== 'publication') return effectiveDate
  return renewed(f)?.again ? publishedOn : effectiveDate
}
/** 公布后归档的最后一日；尚未公布或者条文没有日数的为 null。 */
export function archiveDue(f: Facts): Reckoned | null {
  const { closeWithinDays: param } = f.pack.archive
  const { publication } = f.dossier
  if (!publication || param.value === null) return null
  return reckon(f, publication.publishedOn, { ...param, value: param.value }, 'deadline')
}
/** 向国家档案馆移交之日：自文件形成之日起满若干年；没有规定或者尚未形成的为 null。 */
export function transferDue(f: Facts): (PeriodAnswer & { basis: Basis[] }) | null {
  const { transferAfterYears: param } = f.pack.archive
  const from = createdOn(f.dossier)
  if (from === null || param.value === null) return null
  const due = addMonths(from, 12 * param.value)
  return { ...stated(due, endOfDayInstant(due), `自文件形成之日起满${param.value}年`), basis: param.source }
}
/** 有效期：年数或者明确的最后一日。 */
export type Validity = { years: number } | { until: PlainDate }

/** 有效期最后一日（含当日）：施行日 + N 年 − 1 日，2 月 29 日按月末计；明确末日的原样。拒绝不存在的日期与非正整数年。 */
export function validityEnd(effectiveDate: PlainDate, validity: Validity): PeriodAnswer & { basis: Basis[] } {
  const due = 'until' in validity ? validity.until : validityLastDay(effectiveDate, validity.years)
  return { ...stated(due, endOfDayInstant(due), '有效期最后一日'), basis: [source.civilCode('第二百零二条')] }
}

/** 该文件须走的备案轨道及参数。 */
export const filingParams = (f: Facts): FilingParam[] => f.pack.filing.filter((p) => p.tiers.includes(f.dossier.tier))

/** 该轨道适用的备案参数；不要求报送时为 null。 */
export const filingParam = (f: Facts, track: Track): FilingParam | null =>
  filingParams(f).find((p) => p.track === track) ?? null

/** 报送备案的最后一日；未公布或者该轨道不要求报送时为 null。 */
export function filingDue(f: Facts, track: Track): Reckoned | null {
  const param = filingParam(f, track)
  const { publication } = f.dossier
  return param && publication ? reckon(f, publication.publishedOn, param.deadline, 'deadline') : null
}

/** 备案实质审查的最后一日（没有延长的）；尚未登记或者条文没有日数的为 null。 */
export function filingReviewDue(f: Facts, track: Track): Reckoned | null {
  const param = filingParam(f, track)
  const registeredOn = f.dossier.filings[track]?.registeredOn
  if (!param || !registeredOn || param.review.value === null) return null
  return reckon(f, registeredOn, { ...param.review, value: param.review.value }, 'deadline')
}
/** 延长以后的最后一日：自原期限末日起算；没有延长的为 null。 */
function filingReviewExtended(f: Facts, track: Track): Reckoned | null {
  const first = filingReviewDue(f, track)
  const extension = filingParam(f, track)?.reviewExtension
  if (!first || !f.dossier.filings[track]?.reviewExtendedOn || !extension || extension.value === null) return null
  return reckon(f, first.rawDue, { ...extension, value: extension.value }, 'deadline')
}

/**
 * 所问的有效期自何日起算“届满前”的评估：第一次提醒之日（届满前最早的一级）。此前公布的评估说的不是这一次届满。
 */
export const evaluationCountsFrom = (f: Pick<Facts, 'pack'>, validUntil: PlainDate): PlainDate =>
  addMonths(validUntil, -Math.max(f.pack.evaluation.preExpiryMonths.value, ...f.pack.validity.ladderMonths.value))
/** 应当启动届满前评估的日期（届满前若干个月）；未公布时为 null。 */
export function evaluationDue(f: Facts): Reckoned | null {
  const { publication } = f.dossier
  if (!publication) return null
  const { preExpiryMonths, governmentPreExpiryMonths, openEndedEveryYears } = f.pack.evaluation
  if (publication.validUntil === null) {
    // 没有有效期的，依本地规定每若干年评估一次。
    if (openEndedEveryYears.value === null) return null
    const param = { ...openEndedEveryYears, value: openEndedEveryYears.value }
    // 评估过的，下一次自公布评估结果之日起算。
    const from = f.dossier.evaluations.at(-1)?.on ?? publication.effectiveDate
    const due = addMonths(from, 12 * param.value)
    const reason = `没有有效期的，施行后每${param.value}年评估一次`
    return { ...stated(due, endOfDayInstant(due), reason), basis: param.source, param }
  }
  const own = f.dossier.tier === 'government' ? governmentPreExpiryMonths : null
  const param = own !== null && own.value !== null ? { ...own, value: own.value } : preExpiryMonths
  const due = addMonths(publication.validUntil, -param.value)
  return { ...stated(due, endOfDayInstant(due), `有效期届满前${param.value}个月`), basis: param.source, param }
}

type ClockParts = Omit<Clock, 'dueOn' | 'dueAt' | 'provisional' | 'assumption' | 'trace' | 'pauses' | 'sends'> &
  Partial<Pick<Clock, 'pauses' | 'sends' | 'dueAt'>> & { answer: PeriodAnswer }

function clock({ answer, ...parts }: ClockParts): Clock {
  return {
    pauses: [],
    sends: null,
    ...parts,
    dueOn: answer.due,
    dueAt: parts.dueAt ?? answer.endsAt,
    provisional: answer.provisional,
    ...(answer.assumption === undefined ? {} : { assumption: answer.assumption }),
    trace: answer.trace,
  }
}

const met = (on: PlainDate | null | undefined): Pick<Clock, 'status' | 'metOn'> =>
  on ? { status: 'met', metOn: on } : { status: 'open' }

function interagencyClocks(f: Facts): Clock[] {
  const { interagency, closing, review } = f.dossier
  return interagency.map((item) => {
    const replaced = interagency.some((other) => other.unit === item.unit && other.round > item.round)
    const stopped = replaced || closing !== null || (review !== null && !item.opinion)
    const computed = interagencyDue(f, item.askedOn)
    return clock({
      key: `interagency:${item.unit}:${item.round}`,
      kind: 'interagency_reply',
      label: `${unitName(f, item.unit)}答复征求意见`,
      startsOn: item.askedOn,
      answer:
        item.dueOn === computed.due ? computed : { ...computed, due: item.dueOn, endsAt: endOfDayInstant(item.dueOn) },
      basis: computed.basis,
      ...(item.opinion ? met(item.opinion.on) : { status: stopped ? 'cancelled' : 'open' }),
    })
  })
}

function consultationClock(f: Facts, round: ConsultationRound): Clock {
  const minimum = consultationMinimum(f, round.opensOn)
  const closed = round.closedAt !== null
  return clock({
    key: `consultation:${round.id}`,
    kind: 'consultation',
    label: `公开征求意见截止（第${round.n}次）`,
    startsOn: round.opensOn,
    // 截止日是公告中的承诺，不随重算移动；过程列出依法最低期限。
    answer: {
      ...stated(round.closesOn, endOfDayInstant(round.closesOn), ''),
      provisional: !closed && minimum.provisional,
      ...(minimum.assumption === undefined || closed ? {} : { assumption: minimum.assumption }),
      trace: minimum.trace,
    },
    dueAt: round.closesAt,
    basis: minimum.all.flatMap((m) => m.param.source),
    sends: 'CloseConsultation',
    ...(closed ? met(round.closesOn) : { status: f.dossier.closing ? 'cancelled' : 'open' }),
  })
}

/** 截止以后公布采纳情况；又公开征求一次的，随最后一次一并公布。 */
function feedbackClock(f: Facts, round: ConsultationRound): Clock | null {
  const due = round.closedAt === null ? null : feedbackDue(f, round.closesOn)
  if (due === null) return null
  const again = f.dossier.consultations.at(-1)?.id !== round.id
  return clock({
    key: `feedback:${round.id}`,
    kind: 'feedback',
    label: `公布意见采纳情况（第${round.n}次）`,
    startsOn: round.closesOn,
    answer: due,
    basis: due.basis,
    ...(round.feedbackAt
      ? met(dateInShanghai(round.feedbackAt))
      : { status: f.dossier.closing || f.dossier.publication || again ? 'cancelled' : 'open' }),
  })
}

function reviewClocks(f: Facts, review: ReviewFile, n: number, current: boolean): Clock[] {
  const window = windowOf(f, review)
  if (!window || review.acceptedOn === null) return []
  const paused = review.pauses.some((p) => p.to === null)
  const alive = current && !f.dossier.closing
  const status: Pick<Clock, 'status' | 'metOn'> = review.opinion
    ? met(review.opinion.on)
    : { status: !alive ? 'cancelled' : paused ? 'paused' : 'open' }
  const parts = { startsOn: review.acceptedOn, pauses: review.pauses, ...status }
  return [
    ...(window.minimum
      ? [
          clock({
            ...parts,
            key: `review-minimum:${n}`,
            kind: 'review_minimum',
            label: '合法性审核最短期限',
            answer: window.minimum,
            basis: window.minimum.basis,
          }),
        ]
      : []),
    ...(window.maximum
      ? [
          clock({
            ...parts,
            key: `review-maximum:${n}`,
            kind: 'review_maximum',
            label: '合法性审核最长期限',
            answer: window.maximum,
            basis: window.maximum.basis,
          }),
        ]
      : []),
  ]
}

const forceChangeLabels: Record<ForceEvent['kind'], string> = {
  amended: '修改',
  repealed: '废止',
  annulled: '撤销',
  lapsed: '失效',
  suspended: '停止执行',
  resumed: '恢复执行',
  restored: '收回',
  reinstated: '重新生效',
}

function publicationClocks(f: Facts): Clock[] {
  const d = f.dossier
  const { publication } = d
  const from = publicationFrom(f)
  const due = publicationDue(f)
  const list: Clock[] = []
  if (due && from !== null) {
    list.push(
      clock({
        key: 'publication',
        kind: 'publication',
        label: '公布',
        startsOn: from,
        answer: due,
        basis: due.basis,
        ...(publication ? met(publication.publishedOn) : { status: d.closing ? 'cancelled' : 'open' }),
      }),
    )
  }
  if (!publication) return list
  const { effectiveDate, publishedOn, validUntil } = publication
  // 有效期届满之后才生效的废止、失效，不免除届满。
  const standing = standingForce(d.forceEvents)
  const ended = standing.find(
    (e) => (e.kind === 'repealed' || e.kind === 'annulled') && (validUntil === null || e.on <= validUntil),
  )
  const lapsed = standing.find((e) => e.kind === 'lapsed' && (validUntil === null || e.on <= addDays(validUntil, 1)))
  const taken = publication.tookEffectAt ?? null
  const neverTakesEffect =
    (taken === null && isWithheld(d)) ||
    standing.some((e) => e.kind === 'annulled' || (e.kind === 'repealed' && e.on <= effectiveDate))
  list.push(
    clock({
      key: 'effective',
      kind: 'effective',
      label: '开始施行',
      startsOn: publishedOn,
      answer: stated(effectiveDate, startOfDayInstant(effectiveDate), '施行之日'),
      basis: f.pack.effective.minimumDelay.source,
      sends: 'TakeEffect',
      ...(taken !== null ? met(dateInShanghai(taken)) : { status: neverTakesEffect ? 'cancelled' : 'open' }),
    }),
    ...(validUntil === null
      ? []
      : [
          clock({
            key: 'validity',
            kind: 'validity',
            label: '有效期届满',
            startsOn: effectiveDate,
            answer: stated(validUntil, endOfDayInstant(validUntil), '有效期最后一日'),
            basis: [source.civilCode('第二百零二条'), ...maximumYears(f).source],
            sends: 'DeclareLapsed',
            ...(lapsed ? met(lapsed.on) : { status: ended ? 'cancelled' : 'open' }),
          }),
        ]),
  )
  const over = standing.some((e) => ['repealed', 'annulled', 'lapsed'].includes(e.kind) && forceApplied(e))
  for (const [i, e] of d.forceEvents.entries()) {
    const registered = dateInShanghai(e.at)
    if (e.on <= registered || e.undoes !== undefined) continue
    list.push(
      clock({
        key: `force:${i + 1}`,
        kind: 'force_change',
        label: `效力变动：${forceChangeLabels[e.kind]}`,
        startsOn: registered,
        answer: stated(e.on, startOfDayInstant(e.on), '变动之日'),
        basis: [source.officialPapers('第三十三条')],
        sends: 'TakeEffect',
        ...(e.appliedAt != null
          ? met(dateInShanghai(e.appliedAt))
          : { status: over || !standing.includes(e) ? 'cancelled' : 'open' }),
      }),
    )
  }
  const evaluation = evaluationDue(f)
  const counts = validUntil === null ? null : evaluationCountsFrom(f, validUntil)
  const answered = counts === null ? undefined : d.evaluations.findLast((x) => x.on >= counts)
  if (evaluation && evaluation.due > effectiveDate) {
    list.push(
      clock({
        key: 'evaluation',
        kind: 'evaluation',
        label: '启动有效期届满前评估',
        startsOn: effectiveDate,
        answer: evaluation,
        basis: evaluation.basis,
        // 公布了后评估的，这一次评估已经办到；几年以前的评估说的不是这一次届满。
        ...(answered ? met(answered.on) : { status: ended || lapsed ? 'cancelled' : 'open' }),
      }),
    )
  }
  return list
}

/** 省略了程序的，公布以后补作的后评估。 */
function evaluationDebtClocks(f: Facts): Clock[] {
  const d = f.dossier
  const { publication } = d
  const debt = evaluationDebt(f)
  if (!debt || !publication) return []
  const { validUntil } = publication
  const ended = standingForce(d.forceEvents).some(
    (e) => (e.kind === 'repealed' || e.kind === 'annulled') && (validUntil === null || e.on <= validUntil),
  )
  return [
    clock({
      key: 'evaluation-debt',
      kind: 'evaluation_debt',
      label: `补作后评估（${debt.causes.join('、')}）`,
      startsOn: publication.publishedOn,
      answer: debt,
      basis: debt.basis,
      ...(d.evaluations[0] ? met(d.evaluations[0].on) : { status: ended ? 'cancelled' : 'open' }),
    }),
  ]
}

/**
 * 制定时省略了程序的（走紧急程序、没有作应作的评估），公布以后须在规则包所定的时间内补作后评估；没有省略的、
 * 尚未公布的为 null。
 */
function evaluationDebt(f: Facts): (Reckoned & { causes: string[] }) | null {
  const { publication, classification: c, riskAssessments, expertReviews, fairCompetition } = f.dossier
  if (!publication) return null
  const causes = [
    ...(c.emergency ? ['依紧急程序制定'] : []),
    ...((c.majorDecision || c.stability) && riskAssessments.length === 0 ? ['没有作风险评估'] : []),
    ...(c.expertise && expertReviews.length === 0 ? ['没有组织专家论证'] : []),
    ...((c.competition ?? c.enterpriseRelated) && fairCompetition.length === 0 ? ['没有作公平竞争审查'] : []),
  ]
  if (causes.length === 0) return null
  const { debtMonths: param } = f.pack.evaluation
  const due = addMonths(publication.publishedOn, param.value)
  const reason = `公布后${param.value}个月内`
  return { ...stated(due, endOfDayInstant(due), reason), basis: param.source, param, causes }
}

/** 一个轨道的报送现在算在何日：退回的、逾期没有补正的都不算；退回后重新报送、逾期以后才补正的，自那一日算。 */
export interface FilingTimes {
  /** 成立的报送之日；没有则为空。 */
  filedOn: PlainDate | null
  /** 最近一次退回之日与其后重新报送的最后一日、实际重新报送之日。 */
  returnedOn: PlainDate | null
  resubmitBy: PlainDate | null
  resubmittedOn: PlainDate | null
  /** 最近一次要求补正的最后一日；没有期限的为空。 */
  supplementBy: PlainDate | null
  /** 迟了几日：已经报送的以报送之日计，没有的以今日计；没有迟为 0。 */
  daysLate: number
}
/** 由报送的历次记录推得；未公布或者该轨道不要求报送时为 null。 */
export function filingTimes(f: Facts, track: Track): FilingTimes | null {
  const due = filingDue(f, track)
  const param = filingParam(f, track)
  if (!due || !param) return null
  const by = (start: PlainDate, p: Param<number | null>): PlainDate | null =>
    p.value === null ? null : reckon(f, start, { ...p, value: p.value }, 'deadline').due
  const record = f.dossier.filings[track]
  const history = record?.history ?? []
  const times: Omit<FilingTimes, 'daysLate'> = {
    filedOn: history.some((h) => h.status === 'filed') ? null : (record?.filedOn ?? null),
    returnedOn: null,
    resubmitBy: null,
    resubmittedOn: null,
    supplementBy: null,
  }
  for (const [i, { status, on, until }] of history.entries()) {
    if (status === 'supplementing') times.supplementBy = until ?? by(on, param.supplement)
    if (status === 'returned')
      Object.assign(times, {
        filedOn: null,
        returnedOn: on,
        resubmitBy: by(on, param.resubmit),
        resubmittedOn: null,
        supplementBy: null,
      })
    if (status !== 'filed') continue
    if (history[i - 1]?.status !== 'supplementing') {
      times.filedOn = on
      if (times.returnedOn !== null) times.resubmittedOn ??= on
    } else if (times.supplementBy !== null && on > times.supplementBy) times.filedOn = on
  }
  if (history.at(-1)?.status === 'supplementing' && times.supplementBy !== null && f.today > times.supplementBy)
    times.filedOn = null
  const on = times.filedOn ?? f.today
  return { ...times, daysLate: on > due.due ? daysBetween(due.due, on) : 0 }
}

const lastOn = (filing: FilingRecord | undefined, status: FilingRecord['status']): PlainDate | null =>
  filing?.history.findLast((h) => h.status === status)?.on ?? null

function filingClocks(f: Facts): Clock[] {
  const { publication, filings } = f.dossier
  if (!publication) return []
  return filingParams(f).flatMap((param) => {
    const { track } = param
    const filing = filings[track]
    const times = filingTimes(f, track)
    const name = trackLabels[track]
    const list: Clock[] = []
    const add = (
      key: string,
      kind: ClockKind,
      label: string,
      start: PlainDate,
      p: Param<number | null>,
      status: Pick<Clock, 'status' | 'metOn'>,
    ): void => {
      // 条文没有日数的，没有期限。
      if (p.value === null) return
      const answer = reckon(f, start, { ...p, value: p.value }, 'deadline')
      list.push(
        clock({
          key: `${key}:${track}`,
          kind,
          label: `${name}：${label}`,
          startsOn: start,
          answer,
          basis: answer.basis,
          ...status,
        }),
      )
    }
    add(
      'filing',
      'filing',
      '报送备案',
      publication.publishedOn,
      param.deadline,
      // 退回、逾期没有补正的不算报送，期限重新开放；不予备案而办结的不再要求。
      filing?.status === 'not_required' || (filing?.status === 'closed' && !times?.filedOn)
        ? { status: 'cancelled' }
        : met(times?.filedOn),
    )
    if (!filing?.filedOn) return list
    if (times?.returnedOn)
      add(
        'filing-resubmit',
        'filing_resubmit',
        '退回后重新报送',
        times.returnedOn,
        param.resubmit,
        times.resubmittedOn === null && filing.status === 'closed' ? { status: 'cancelled' } : met(times.resubmittedOn),
      )
    const last = filing.history.findLastIndex((h) => h.status === 'filed')
    const returned = filing.history.find((h, i) => i > last && h.status === 'returned')?.on ?? null
    const finished = lastOn(filing, 'closed')
    const supplementing = filing.status === 'supplementing'
    // 补正以后形式审查重新起算：自最后一次报送（补正）之日。
    const received = lastOn(filing, 'filed') ?? filing.filedOn
    add(
      'filing-check',
      'filing_formal_check',
      '形式审查',
      received,
      param.formalCheck,
      supplementing ? met(filing.supplementRequestedOn) : met(filing.registeredOn ?? returned),
    )
    if (filing.supplementRequestedOn) {
      const supplied = supplementing
        ? null
        : received >= filing.supplementRequestedOn
          ? received
          : (filing.registeredOn ?? returned)
      const until = filing.history.findLast((h) => h.status === 'supplementing')?.until
      const [label, start] = ['补正材料', filing.supplementRequestedOn]
      if (until)
        list.push(
          clock({
            key: `filing-supplement:${track}`,
            kind: 'filing_supplement',
            label: `${name}：${label}`,
            startsOn: start,
            answer: stated(until, endOfDayInstant(until), '补正通知写明的期限'),
            basis: param.supplement.source,
            ...met(supplied),
          }),
        )
      else add('filing-supplement', 'filing_supplement', label, start, param.supplement, met(supplied))
    }
    if (filing.registeredOn) {
      const done = met(finished ?? filing.correctionRequestedOn)
      const extended = filingReviewExtended(f, track)
      if (extended)
        list.push(
          clock({
            key: `filing-review:${track}`,
            kind: 'filing_review',
            label: `${name}：实质审查（已延长）`,
            startsOn: filing.registeredOn,
            answer: extended,
            basis: [...param.review.source, ...extended.basis],
            ...done,
          }),
        )
      else add('filing-review', 'filing_review', '实质审查', filing.registeredOn, param.review, done)
    }
    if (filing.correctionRequestedOn) {
      add(
        'correction',
        'correction',
        '答复纠正意见',
        filing.correctionRequestedOn,
        param.correction,
        met(filing.status === 'correction' ? null : finished),
      )
    }
    return list
  })
}

/** 归档与移交：有日数的才有归档期限；归档以后才有移交之日。 */
function archiveClocks(f: Facts): Clock[] {
  const { publication, archive } = f.dossier
  if (!publication) return []
  const due = archiveDue(f)
  const transfer = archive ? transferDue(f) : null
  const archivedOn = archive ? dateInShanghai(archive.at) : null
  return [
    ...(due
      ? [
          clock({
            key: 'archive',
            kind: 'archive',
            label: '归档',
            startsOn: publication.publishedOn,
            answer: due,
            basis: due.basis,
            ...met(archivedOn),
          }),
        ]
      : []),
    ...(transfer
      ? [
          clock({
            key: 'archive-transfer',
            kind: 'archive_transfer',
            label: '向国家档案馆移交',
            startsOn: archivedOn ?? publication.publishedOn,
            answer: transfer,
            basis: transfer.basis,
            status: 'open',
          }),
        ]
      : []),
  ]
}

/** 案卷的各组期限，一组一个：评查时缺了事实的一组算不出，不妨碍其余各组。 */
export function clockGroups(f: Facts): Array<() => Clock[]> {
  const d = f.dossier
  return [
    () => interagencyClocks(f),
    () => d.consultations.flatMap((round) => [consultationClock(f, round), feedbackClock(f, round) ?? []].flat()),
    () => d.reviewHistory.flatMap((review, i) => reviewClocks(f, review, i + 1, false)),
    () => (d.review ? reviewClocks(f, d.review, d.reviewHistory.length + 1, true) : []),
    () => publicationClocks(f),
    () => evaluationDebtClocks(f),
    () => filingClocks(f),
    () => archiveClocks(f),
  ]
}
/** 案卷的全部期限，纯由案卷、规则包与日历得出；键稳定，可以逐条与期限表比对。 */
export const clocks = (f: Facts): Clock[] => clockGroups(f).flatMap((group) => group())
