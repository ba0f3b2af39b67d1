// 后评估的案卷：程序事实。长的文字（证据摘要、报告各部分、各方面的说明）在自己的表里，以摘要代表。
import type { PlainDate } from '@dianzhang/calendar'
import { z } from 'zod'

const day = z.iso.date()
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const maybe = z.string().nullable()

const Evidence = z.object({
  /** 编号，如 `E1`。 */
  id: z.string(),
  kind: z.enum(['survey', 'interview', 'meeting', 'comments', 'data', 'case', 'document']),
  title: maybe,
  source: z.string(),
  count: z.int().nullable(),
  groups: z.array(z.string()),
  date: day,
  hash,
  by: maybe,
})
const Reading = z.object({
  /** 编号，如 `R1`。 */
  id: z.string(),
  indicator: z.string(),
  value: z.number(),
  unit: maybe,
  date: day,
  source: z.string(),
  target: z.number().nullable(),
  provision: maybe,
  by: maybe,
})
const result = z.enum(['met', 'partly', 'not_met'])
const Dimension = z.object({
  dimension: z.enum(['legality', 'reasonableness', 'feasibility', 'effectiveness', 'public_opinion']),
  result,
  score: z.number().nullable(),
  evidence: z.array(z.string()),
})
const Question = z.object({ question: z.string(), result, evidence: z.array(z.string()) })
/** 一项建议；`text` 要公布，因此在案卷里。 */
const Proposal = z.object({
  /** 编号，如 `P1`。 */
  id: z.string(),
  text: z.string(),
  provisions: z.array(z.string()),
  evidence: z.array(z.string()),
})
const Report = z.object({
  n: z.int(),
  on: day,
  by: maybe,
  hash,
  conclusion: z.enum(['keep', 'amend', 'repeal', 'lapse', 'renew']),
  dimensions: z.array(Dimension),
  questions: z.array(Question),
  proposals: z.array(Proposal),
})
/** 对一项建议的一次答复；后答的代替先答的，先答的留着。 */
const Answer = z.object({
  proposal: z.string(),
  fate: z.enum(['adopted', 'rejected', 'open']),
  by: z.enum(['amend', 'repeal', 'renew']).nullable(),
  document: z.object({ entry: z.string(), title: z.string(), number: maybe }).nullable(),
  provisions: z.array(z.string()),
  reason: maybe,
  owner: maybe,
  due: day.nullable(),
  on: day,
  person: maybe,
})

export const EvaluationDossier = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  packVersion: z.string(),
  /** 组织评估的机关：文件的制定机关；导入的条目不知道是哪个单位的，为本级政府。 */
  unit: z.string(),
  document: z.object({
    entry: z.string(),
    title: z.string(),
    number: maybe,
    tier: z.enum(['government', 'department', 'township']).nullable(),
    /** 制定机关的单位代码，主办的在前；导入的条目查不到代码的为空。 */
    issuers: z.array(z.string()),
    /** 在本系统办理的案卷；导入的条目为 null。 */
    matter: maybe,
    draftingUnit: maybe,
    validUntil: day.nullable(),
  }),
  ground: z.enum([
    'before_expiry',
    'yearly',
    'trial_ends',
    'complaints',
    'missed_effect',
    'skipped_procedure',
    'fair_competition_exception',
    'other',
  ]),
  evaluator: z.object({ unit: maybe, organisation: maybe }),
  method: z.array(z.string()),
  subjects: z.array(z.string()),
  until: day,
  plannedOn: day,
  plannedBy: maybe,
  approvedOn: day.nullable(),
  evidence: z.array(Evidence),
  readings: z.array(Reading),
  /** 现行的报告；重新提交的代替先前的。 */
  report: Report.nullable(),
  answers: z.array(Answer),
  answeredOn: day.nullable(),
  publishedOn: day.nullable(),
  summary: maybe,
  closed: z.object({ on: day, reason: maybe }).nullable(),
})
export type EvaluationDossier = z.infer<typeof EvaluationDossier>
export type Evidence = EvaluationDossier['evidence'][number]
export type Reading = EvaluationDossier['readings'][number]
export type Proposal = NonNullable<EvaluationDossier['report']>['proposals'][number]
export type ProposalAnswer = EvaluationDossier['answers'][number]

/** 听取公众意见的证据：问卷、访谈、座谈、公众意见，且有人参加。 */
export const isPublicHearing = ({ kind, count }: Pick<Evidence, 'kind' | 'count'>): boolean =>
  ['survey', 'interview', 'meeting', 'comments'].includes(kind) && (count ?? 0) > 0
/** 公众听取过了，也另有数据、案例或者文件可以比照：可以着手写报告。 */
export const isCollected = (d: Pick<EvaluationDossier, 'evidence' | 'readings'>): boolean =>
  d.evidence.some(isPublicHearing) && (d.readings.length > 0 || d.evidence.some((x) => !isPublicHearing(x)))
/** 一项建议现在的答复；没有答复的为 undefined。 */
export const answerOf = (d: Pick<EvaluationDossier, 'answers'>, proposal: string): ProposalAnswer | undefined =>
  d.answers.findLast((x) => x.proposal === proposal)
/** 还没有答复的建议。 */
export const unansweredProposals = (d: Pick<EvaluationDossier, 'answers' | 'report'>): Proposal[] =>
  (d.report?.proposals ?? []).filter((x) => !answerOf(d, x.id))
/** 没有落实的：答复尚未办结的，采纳了而没有落实到文件的。 */
export const isPending = (answer: ProposalAnswer | undefined): boolean =>
  answer !== undefined && (answer.fate === 'open' || (answer.fate === 'adopted' && answer.document === null))
/** 没有落实的建议，连同自何日起。 */
export const pendingProposals = (
  d: Pick<EvaluationDossier, 'answers' | 'report'>,
): Array<{ proposal: Proposal; answer: ProposalAnswer; since: PlainDate }> =>
  (d.report?.proposals ?? []).flatMap((proposal) => {
    const answer = answerOf(d, proposal.id)
    const first = d.answers.find((x) => x.proposal === proposal.id)
    return answer && first && isPending(answer) ? [{ proposal, answer, since: first.on }] : []
  })
