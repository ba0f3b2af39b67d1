// 案卷评查：一份案卷按当时施行的规则逐关重新判断，得出做过什么、缺什么、迟几日、什么不能判断。
import { daysBetween, type WorkCalendar } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import { allParameters, latestPack, type Pack } from '@dianzhang/packs'
import { catalogue } from '../catalogue/index.ts'
import type { Dossier, ExternalFacts, Facts, Instant, PlainDate } from '../facts.ts'
import { recordedDeviation } from '../finding.ts'
import { type Clock, clockGroups } from '../periods.ts'
import type { RuleId } from '../rule.ts'
import { dossierAsOf } from './as-of.ts'
import { guarded, nameOfFact, supposable, Unstated } from './unknown.ts'

/** 各关，先后为序；一条规则在它那一关判断，没有这一关的在其后最近的一关判断。 */
export const auditGates = [
  'submitted',
  'opinion_issued',
  'deliberated',
  'signed',
  'numbered',
  'published',
  'ended',
] as const
export type AuditGate = (typeof auditGates)[number]
const auditGateLabels: Record<AuditGate, string> = {
  submitted: '提请合法性审核时',
  opinion_issued: '出具合法性审核意见时',
  deliberated: '集体审议时',
  signed: '签署时',
  numbered: '登记编号时',
  published: '公布时',
  ended: '评查之日',
}
/** 哪一关判断哪些规则。只关系到办理人操作的（能否补录、能否占号）不在其内。 */
const judgedAt: Record<AuditGate, readonly RuleId[]> = {
  submitted: [
    'issuer.same-level',
    'initiation.approved',
    'initiation.planned',
    'draft.artefacts-complete',
    'draft.basis-in-force',
    'interagency.replied',
    'dispute.settled-or-escalated',
    'consultation.held',
    'consultation.minimum-period',
    'consultation.enterprises-heard',
    'consultation.comments-disposed',
    'consultation.feedback-published',
    'consultation.same-substance',
    'hearing.held',
    'assessment.expert-review',
    'assessment.risk',
    'assessment.fair-competition',
    'assessment.order',
    'assessment.current',
    'review.own-first',
  ],
  opinion_issued: ['review.organ-competent', 'review.min-period', 'review.max-period'],
  deliberated: [
    'review.opinion-lawful',
    'consultation.not-a-substitute',
    'review.same-text',
    'secretariat.checked',
    'deliberation.body-competent',
  ],
  signed: ['deliberation.adopted', 'deliberation.same-text', 'assessment.party-report'],
  numbered: ['signing.all-issuers', 'numbering.after-signing'],
  published: [
    'issuer.eligible',
    'publication.after-numbering',
    'publication.same-text',
    'publication.channels',
    'publication.interpretation',
    'publication.in-time',
    'validity.maximum',
    'effective.minimum-delay',
    'effective.adaptation',
  ],
  ended: ['acts.in-order', 'filing.in-time', 'filing.right-recipient'],
}
export const auditedRules: readonly RuleId[] = auditGates.flatMap((gate) => judgedAt[gate])

/** 条文与原话；原话取自当时的规则包，没有录入的缺省。 */
export interface QuotedBasis extends Basis {
  text?: string
}
/** `met` 成立，`missed` 不成立，`doubtful` 应予说明（提示性的规则），`excused` 经批准偏离，`unknown` 不能判断。 */
export type AuditResult = 'met' | 'missed' | 'doubtful' | 'excused' | 'unknown'
export interface AuditFinding {
  rule: string
  title: string
  gate: AuditGate
  gateLabel: string
  /** 判断的是何日的情形。 */
  on: PlainDate
  result: AuditResult
  reason: string
  basis: QuotedBasis[]
  /** 不能判断的，缺的是哪些事实。 */
  needs: string[]
  packVersion: string
  /** 期限所依的年度安排尚未公布。 */
  provisional: boolean
}
/** 一项期限：`late` 迟了才办，`overdue` 到评查日没有办而已经逾期，`running` 还没有到期。 */
export interface AuditDeadline {
  key: string
  label: string
  startsOn: PlainDate
  dueOn: PlainDate
  doneOn: PlainDate | null
  state: 'in_time' | 'late' | 'overdue' | 'running'
  /** 迟了几日（日历日）；没有迟为 0。 */
  lateDays: number
  basis: QuotedBasis[]
  provisional: boolean
}
export interface AuditStep {
  on: PlainDate
  label: string
  detail: string
}
export interface AuditReport {
  title: string
  place: string
  tier: string
  issuers: string[]
  draftingUnit: string
  source: string
  asOf: PlainDate
  steps: AuditStep[]
  findings: AuditFinding[]
  deadlines: AuditDeadline[]
  /** 各种结果的件数；`late` 为迟办与逾期的期限。 */
  counts: Record<AuditResult | 'late', number>
}
export interface AuditInput {
  dossier: Dossier
  external: ExternalFacts
  calendar: WorkCalendar
  /** 评查之日；其后的事不看。 */
  asOf: PlainDate
  /** 某日适用的规则包；该日还没有的为 null。 */
  packOn: (on: PlainDate) => Pack | null
  /** 各关发生的时刻；没有发生的不写。 */
  gates: Partial<Record<AuditGate, Instant>>
  steps: AuditStep[]
  source: string
  place: string
  tier: string
}

/** 条文 → 原话：依当时的规则包；原话出自参数的第一条出处，其余并列的出处不以此论。 */
function quotesOf(pack: Pack): (basis: Basis) => QuotedBasis {
  const quotes = new Map<string, string>()
  for (const { param } of allParameters(pack)) {
    const [first] = param.source
    if (first && param.quote !== undefined) quotes.set(`${first.document}|${first.article}`, param.quote)
  }
  return (basis) => {
    const text = quotes.get(`${basis.document}|${basis.article}`)
    return text === undefined ? basis : { ...basis, text }
  }
}
const distinct = (list: readonly QuotedBasis[]): QuotedBasis[] =>
  list.filter((b, i) => list.findIndex((o) => o.document === b.document && o.article === b.article) === i)

type Judged = { finding: ReturnType<(typeof catalogue)[RuleId]['judge']> } | { needs: string[] }
/**
 * 判断一条规则；读到没有写明的事实即不能判断。是与否都可以设想的，两种情形都推演：结论相同的照样判断，
 * 不同的才说缺这一项。
 */
function judgeKnown(rule: RuleId, facts: Facts, supposed: ReadonlyMap<string, unknown> = new Map()): Judged {
  const seen: Facts = {
    ...facts,
    dossier: guarded(facts.dossier, 'dossier', supposed),
    external: guarded(facts.external, 'external', supposed),
  }
  try {
    return { finding: catalogue[rule].judge(seen) }
  } catch (error) {
    if (!(error instanceof Unstated)) throw error
    if (!supposable(error.path) || supposed.size >= 6) return { needs: [error.path] }
    const [yes, no] = [true, false].map((value) => judgeKnown(rule, facts, new Map([...supposed, [error.path, value]])))
    if (yes && no && 'finding' in yes && 'finding' in no && yes.finding.holds === no.finding.holds) return no
    const further = [yes, no].flatMap((each) => (each && 'needs' in each ? each.needs : []))
    return { needs: [...new Set([error.path, ...further])] }
  }
}

/** 评查一份案卷。纯函数：同样的案卷与规则包，结果相同。 */
export function auditFile(input: AuditInput): AuditReport {
  const { asOf, calendar, external } = input
  const end = `${asOf}T23:59:59+08:00`
  const gates: Partial<Record<AuditGate, Instant>> = { ...input.gates, ended: end }
  const factsAt = (at: Instant, pack: Pack): Facts => ({
    now: at,
    today: at.slice(0, 10),
    dossier: dossierAsOf(input.dossier, at),
    command: null,
    pack,
    calendar,
    external,
  })
  const findings: AuditFinding[] = []
  for (const [i, own] of auditGates.entries()) {
    // 这一关没有发生的，在其后最近的一关看：未经审核即审议的，缺的是审核。
    const gate = auditGates.slice(i).find((each) => gates[each] !== undefined) ?? 'ended'
    const published = gates.published !== undefined
    // 还在办理的，后面的关口没有到。
    if (gate === 'ended' && own !== 'ended' && !published) continue
    const at = gates[gate] ?? end
    const on = at.slice(0, 10)
    const pack = input.packOn(on)
    for (const rule of judgedAt[own]) {
      const spec = catalogue[rule]
      const made = { rule, title: spec.title, gate, gateLabel: auditGateLabels[gate], on }
      if (pack === null) {
        findings.push({
          ...made,
          result: 'unknown',
          reason: '没有录入该日施行的规则，不能判断',
          basis: [spec.basis],
          needs: ['当时施行的规则'],
          packVersion: '',
          provisional: false,
        })
        continue
      }
      const quoted = quotesOf(pack)
      const facts = factsAt(at, pack)
      const judged = judgeKnown(rule, facts)
      if ('needs' in judged) {
        const needs = [...new Set(judged.needs.map(nameOfFact))]
        findings.push({
          ...made,
          result: 'unknown',
          reason: `案卷没有写明${needs.join('、')}，不能判断`,
          basis: [quoted(spec.basis)],
          needs,
          packVersion: pack.version,
          provisional: false,
        })
        continue
      }
      const { finding } = judged
      const excused = finding.holds && spec.deviation ? recordedDeviation(facts.dossier, rule) : null
      findings.push({
        ...made,
        result: finding.holds
          ? excused
            ? 'excused'
            : 'met'
          : (finding.severity ?? spec.severity) === 'block'
            ? 'missed'
            : 'doubtful',
        reason: finding.reason,
        basis: distinct([finding.basis ?? spec.basis, ...(finding.alsoBasis ?? [])].map(quoted)),
        needs: [],
        packVersion: pack.version,
        provisional: finding.provisional === true,
      })
    }
  }
  const deadlines = deadlinesOf(input, factsAt, end)
  const count = (result: AuditResult): number => findings.filter((f) => f.result === result).length
  return {
    title: input.dossier.title,
    place: input.place,
    tier: input.tier,
    issuers: input.dossier.issuers.map((id) => external.units[id]?.name ?? id),
    draftingUnit: external.units[input.dossier.draftingUnit]?.name ?? input.dossier.draftingUnit,
    source: input.source,
    asOf,
    steps: input.steps.filter((s) => s.on <= asOf),
    findings,
    deadlines,
    counts: {
      met: count('met'),
      missed: count('missed'),
      doubtful: count('doubtful'),
      excused: count('excused'),
      unknown: count('unknown'),
      late: deadlines.filter((d) => d.state === 'late' || d.state === 'overdue').length,
    },
  }
}

/** 只有最早、没有最晚的（审核最短期限、公开征求意见的截止、施行、届满）不是办理的期限，由规则判断。 */
const notADeadline: ReadonlySet<Clock['kind']> = new Set([
  'consultation',
  'review_minimum',
  'effective',
  'force_change',
  'validity',
  'archive_transfer',
])
const receiver: ReadonlySet<Clock['kind']> = new Set(['filing_formal_check', 'filing_review'])
function deadlinesOf(input: AuditInput, factsAt: (at: Instant, pack: Pack) => Facts, end: Instant): AuditDeadline[] {
  const { asOf } = input
  // 期限依公布时（没有公布的，依评查时）施行的规则。
  const pack = input.packOn((input.gates.published ?? end).slice(0, 10))
  if (pack === null) return []
  const quoted = quotesOf(pack)
  const facts = factsAt(end, pack)
  const seen: Facts = {
    ...facts,
    dossier: guarded(facts.dossier, 'dossier', new Map()),
    external: guarded(facts.external, 'external', new Map()),
  }
  const clocks = clockGroups(seen).flatMap((group) => {
    try {
      return group()
    } catch (error) {
      // 所需的事实没有写明的一组，没有期限可说；不能判断的由规则列出。
      if (error instanceof Unstated) return []
      throw error
    }
  })
  return clocks.flatMap((c): AuditDeadline[] => {
    if (notADeadline.has(c.kind) || c.status === 'cancelled' || c.status === 'paused') return []
    // 受理备案的机关的期限：本案卷没有记载的，不是报送机关的事。
    if (receiver.has(c.kind) && c.metOn === undefined) return []
    const doneOn = c.metOn ?? null
    const late = daysBetween(c.dueOn, doneOn ?? asOf)
    return [
      {
        key: c.key,
        label: c.label,
        startsOn: c.startsOn,
        dueOn: c.dueOn,
        doneOn,
        state: late > 0 ? (doneOn === null ? 'overdue' : 'late') : doneOn === null ? 'running' : 'in_time',
        lateDays: Math.max(0, late),
        basis: distinct(c.basis.map(quoted)),
        provisional: c.provisional,
      },
    ]
  })
}

/** 某地某日施行的规则包；该地没有的依国家的。 */
export const packThen = (place: string) => (on: PlainDate) => latestPack(place, on) ?? latestPack('CN', on)
