// 审查建议的案卷：程序事实，不含姓名、联系方式与长的文字（各在自己的表里），文字以摘要代表。
import { z } from 'zod'

const day = z.iso.date()
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const outcomes = z.enum(['lawful', 'reminder', 'issuer_agrees', 'opinion', 'clearly_unlawful'])

/** 提出人所指的一项冲突；`id` 为序号。 */
const Claim = z.object({ id: z.string(), act: z.string(), article: z.string().nullable() })
const Inquiry = z.object({
  n: z.int(),
  askedOn: day,
  until: day,
  issuer: z.string(),
  hash,
  answered: z.object({ on: day, hash, agrees: z.boolean(), until: day.nullable() }).nullable(),
})
const Finding = z.object({
  conflict: z.string(),
  outcome: outcomes,
  ground: z.string(),
  provisions: z.array(z.string()),
  /** 制定机关计划改正的日期。 */
  until: day.nullable(),
  hash: hash.nullable(),
  on: day,
  by: z.string().nullable(),
  /** 已经改正：作出修改或者废止的文件。 */
  fulfilled: z.object({ change: z.string(), on: day }).nullable(),
})
const Exit = z.object({
  kind: z.enum(['transferred', 'not_registered', 'not_started']),
  ground: z.string().nullable(),
  /** 移送至何处；接收机关的回执。 */
  to: z.string().nullable(),
  receipt: z.string().nullable(),
  /** 接收机关在本系统办理的：在那里开启的一件；以函移送的没有。 */
  matter: z.string().nullish(),
  change: z.string().nullable(),
  letter: z.object({ title: z.string(), number: z.string().nullable(), date: day }).nullable(),
  until: day.nullable(),
  earlier: z.string().nullable(),
  hash: hash.nullable(),
  on: day,
})

export const SuggestionDossier = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  packVersion: z.string(),
  door: z.enum(['government', 'npc']),
  /** 受理的机关：文件报它备案。 */
  unit: z.string(),
  document: z.object({
    /** 登记库的条目。 */
    entry: z.string(),
    title: z.string(),
    number: z.string().nullable(),
    tier: z.enum(['government', 'department', 'township']).nullable(),
    /** 制定机关的单位代码，主办的在前；导入的条目没有代码的为空。 */
    issuers: z.array(z.string()),
    /** 在本系统办理的案卷；导入的条目为 null。 */
    matter: z.string().nullable(),
  }),
  receivedOn: day,
  receivedAt: z.string(),
  /** 由别的机关移送来的：那里的一件、那个机关、原来收到之日。 */
  from: z.object({ matter: z.string(), unit: z.string(), receivedOn: day }).optional(),
  /** 提出人留了姓名、联系方式没有（内容不在案卷里）。 */
  named: z.boolean(),
  reachable: z.boolean(),
  keepPrivate: z.boolean(),
  provisions: z.array(z.string()),
  conflicts: z.array(Claim),
  /** 提出与补正的文字，逐份摘要。 */
  texts: z.array(hash),
  completion: z
    .object({ requestedOn: day, until: day, missing: z.array(z.string()), completedOn: day.nullable() })
    .nullable(),
  acceptedOn: day.nullable(),
  number: z.string().nullable(),
  extendedOn: day.nullable(),
  inquiries: z.array(Inquiry),
  findings: z.array(Finding),
  /** 审查结束之日：各项冲突都有了结论。 */
  concludedOn: day.nullable(),
  exit: Exit.nullable(),
  notifiedOn: day.nullable(),
  answers: z.array(z.object({ on: day, hash, number: z.string().nullable() })),
  closedOn: day.nullable(),
  /** 办过此件的备案审查人。 */
  examiners: z.array(z.string()),
  links: z.array(z.string()),
  /** 重新启动：此前已有几次答复。 */
  reopened: z.array(z.object({ on: day, hash, answers: z.int() })),
  contactForgottenOn: day.nullable(),
})
export type SuggestionDossier = z.infer<typeof SuggestionDossier>
export type SuggestionFinding = SuggestionDossier['findings'][number]

/** 没有留下姓名和联系方式的，作为线索，没有答复的义务。 */
export const isAnonymous = (d: SuggestionDossier): boolean => !d.named && !d.reachable
/** 尚无结论的冲突。 */
export const unanswered = (d: Pick<SuggestionDossier, 'conflicts' | 'findings'>): SuggestionDossier['conflicts'] =>
  d.conflicts.filter((c) => !d.findings.some((x) => x.conflict === c.id))
/** 制定机关同意改正、尚未改正的结论。 */
export const pendingChange = (d: Pick<SuggestionDossier, 'findings'>): SuggestionFinding | undefined =>
  d.findings.find((x) => x.outcome === 'issuer_agrees' && x.fulfilled === null)
/** 本次办理的答复；重新启动以后、再次答复以前为 undefined。 */
export const currentAnswer = (d: SuggestionDossier): SuggestionDossier['answers'][number] | undefined =>
  d.answers.length > (d.reopened.at(-1)?.answers ?? 0) ? d.answers.at(-1) : undefined
/** 正在等待答复的函询。 */
export const openInquiry = (d: SuggestionDossier): SuggestionDossier['inquiries'][number] | undefined =>
  d.inquiries.findLast((x) => x.answered === null)
