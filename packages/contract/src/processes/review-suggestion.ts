// 建议审查对外的约定：公民、法人和其他组织认为规范性文件与上位法不一致的，提出审查建议；从收到到答复。
import { z } from 'zod'
import { keysOf } from '../keys-of.ts'
import { defineContract, field } from './define.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const optional = (max: number) => z.string().trim().max(max).optional()
const day = z.iso.date()

/** 两扇门：政府（备案机关的法制机构）与人大常委会；没有写明的，走政府一门。 */
export const suggestionDoorLabels = { government: '报政府备案一方', npc: '报人大常委会备案一方' } as const
export type SuggestionDoor = keyof typeof suggestionDoorLabels

/** 不启动审查的五种情形，各须有的凭据由规则包写明。 */
export const declineReasonLabels = {
  already_changed: '所涉文件已经修改或者废止',
  change_promised: '制定机关已书面同意修改或者废止，并有计划',
  already_examined: '对同一规定已经审查并有结论',
  unfounded: '理由不明确或者明显不成立',
  other: '其他不启动审查的情形',
} as const
export type DeclineReason = keyof typeof declineReasonLabels

/** 不予登记的缘由。 */
export const refusalGroundLabels = {
  not_normative: '所涉不是行政规范性文件',
  not_a_suggestion: '不是审查建议（咨询、投诉、信访事项等）',
  not_completed: '逾期没有补正',
} as const
export type RefusalGround = keyof typeof refusalGroundLabels

/** 对每一项所指冲突的结论。 */
export const conclusionLabels = {
  lawful: '未发现与上位法抵触',
  reminder: '函告提醒',
  issuer_agrees: '制定机关同意修改或者废止',
  opinion: '出具书面审查意见',
  clearly_unlawful: '明显违法，停止执行',
} as const
export type SuggestionOutcome = keyof typeof conclusionLabels
const outcomes = keysOf(conclusionLabels)

const noticeMethodLabels = { receipt: '凭回执查询', letter: '书面', oral: '口头' } as const

const provisions = (title: string) =>
  field(z.array(text(200)).max(50).optional(), title, {
    control: 'provision',
    description: '写到条、款、项，如“第十二条第二款”',
  })
/** 所指的一项冲突：与哪一上位法哪一条不一致，为什么。 */
const ClaimedConflict = z.strictObject({
  act: field(text(200), '上位法', { control: 'act' }),
  article: field(optional(100), '条款'),
  reason: field(text(4000), '不一致之处', { control: 'long-text' }),
})

const conflicts = field(z.array(ClaimedConflict).max(20).optional(), '与上位法不一致之处')
const person = {
  name: field(optional(100), '姓名或者名称', { description: '不公开，不告知制定机关' }),
  contact: field(optional(200), '联系方式', { description: '只用于告知办理情况；答复以后按期限删除' }),
}
/** 一项结论：对哪一项冲突、结论、依据，涉及哪些条款。 */
const Conclusion = z.strictObject({
  conflict: field(text(20), '所指冲突', { description: '冲突的序号', control: 'conflict', help: '' }),
  outcome: field(z.enum(outcomes), '结论', { labels: conclusionLabels }),
  ground: field(text(2000), '依据', { description: '上位法的名称与条款' }),
  text: field(optional(20_000), '说明', { control: 'long-text' }),
  provisions: provisions('所涉条款'),
  until: field(day.optional(), '修改或者废止的期限', { description: '制定机关书面计划所定的日期' }),
})
const matter = (title: string) => field(text(100), title, { control: 'matter', of: { process: 'review-suggestion' } })

export const reviewSuggestion = defineContract({
  kind: 'review-suggestion',
  label: '建议审查',
  noun: '审查建议',
  opening: {
    type: 'SubmitSuggestion',
    label: '提出审查建议',
    fields: {
      document: field(text(200), '建议审查的文件', { control: 'entry', description: '登记库中已经公布的文件' }),
      provisions: provisions('建议审查的条款'),
      conflicts,
      reason: field(text(20_000), '理由', { control: 'long-text' }),
      ...person,
      keepPrivate: field(z.boolean().optional(), '不公开本人的建议', {
        description: '不公开的，公众只能看到不含内容的一行',
      }),
      door: field(z.enum(keysOf(suggestionDoorLabels)).optional(), '向哪一方提出', { labels: suggestionDoorLabels }),
    },
  },
  commands: {
    RequestCompletion: {
      label: '告知补正',
      fields: {
        missing: field(z.array(text(500)).min(1).max(20), '需要补正的内容'),
        until: field(day.optional(), '补正期限', { description: '缺省为规则包所定的日数' }),
      },
    },
    Complete: {
      label: '补正',
      fields: {
        reason: field(optional(20_000), '补充的理由', { control: 'long-text' }),
        provisions: provisions('建议审查的条款'),
        conflicts,
        ...person,
      },
    },
    DeemUncompleted: { label: '逾期未补正，不予登记', fields: {} },
    Accept: {
      label: '受理',
      fields: { number: field(optional(100), '受理编号'), note: field(optional(2000), '备注') },
    },
    Transfer: {
      label: '移送',
      fields: {
        to: field(text(200), '移送至', { control: 'unit', description: '有权处理的机关' }),
        reason: field(text(2000), '理由'),
        receipt: field(optional(200), '接收机关的回执'),
      },
    },
    RefuseRegistration: {
      label: '不予登记',
      fields: {
        ground: field(z.enum(['not_normative', 'not_a_suggestion']), '缘由', { labels: refusalGroundLabels }),
        reason: field(text(4000), '说明', { control: 'long-text' }),
      },
    },
    DeclineToStart: {
      label: '不启动审查',
      fields: {
        reason: field(z.enum(keysOf(declineReasonLabels)), '情形', { labels: declineReasonLabels }),
        change: field(optional(200), '作出修改或者废止的文件', {
          control: 'entry',
          when: { field: 'reason', is: ['already_changed'] },
        }),
        letter: field(
          z
            .strictObject({
              title: field(text(200), '名称'),
              number: field(optional(100), '文号'),
              date: field(day, '日期'),
            })
            .optional(),
          '制定机关的函',
          { when: { field: 'reason', is: ['change_promised'] } },
        ),
        until: field(day.optional(), '计划完成的日期', { when: { field: 'reason', is: ['change_promised'] } }),
        earlier: field(optional(100), '先前的审查建议', {
          control: 'matter',
          of: { process: 'review-suggestion' },
          when: { field: 'reason', is: ['already_examined'] },
        }),
        text: field(optional(20_000), '理由', { control: 'long-text' }),
      },
    },
    ExtendExamination: { label: '延长审查期限', fields: { reason: field(text(2000), '理由') } },
    AskIssuer: {
      label: '请制定机关说明',
      fields: {
        questions: field(text(20_000), '需要说明的问题', { control: 'long-text' }),
        until: field(day.optional(), '答复期限', { description: '写入函中；缺省为规则包所定的日数' }),
      },
    },
    AnswerInquiry: {
      label: '答复说明',
      fields: {
        text: field(text(50_000), '说明', { control: 'long-text' }),
        agrees: field(z.boolean().optional(), '同意修改或者废止'),
        until: field(day.optional(), '计划完成的日期'),
      },
    },
    Conclude: {
      label: '作出审查结论',
      fields: {
        conclusions: field(z.array(Conclusion).min(1).max(20), '各项冲突的结论', { prefill: 'this.toConclude' }),
        decision: field(
          z
            .strictObject({
              body: field(text(200), '决定机关', { control: 'organ' }),
              number: field(optional(100), '文号'),
              date: field(day, '日期'),
            })
            .optional(),
          '停止执行的决定',
          {
            description:
              '有“明显违法”的，写明作出停止执行决定的机关与日期；导入的文件停止执行以后重新审查而恢复执行的，写明恢复执行的决定',
          },
        ),
      },
    },
    ConfirmChange: {
      label: '确认已经修改或者废止',
      fields: { change: field(text(200), '作出修改或者废止的文件', { control: 'entry' }) },
    },
    Resume: { label: '恢复审查', fields: { reason: field(text(2000), '理由') } },
    Answer: {
      label: '答复',
      fields: {
        text: field(text(50_000), '答复内容', { control: 'long-text' }),
        number: field(optional(100), '文号'),
      },
    },
    Notify: {
      label: '告知提出人',
      fields: {
        method: field(z.enum(keysOf(noticeMethodLabels)), '方式', { labels: noticeMethodLabels }),
        text: field(optional(20_000), '告知内容', { control: 'long-text' }),
      },
    },
    LinkSimilar: {
      label: '关联相似的建议',
      fields: { matter: matter('相似的审查建议'), note: field(optional(2000), '说明') },
    },
    Reopen: { label: '重新启动', fields: { reasons: field(text(20_000), '新的理由', { control: 'long-text' }) } },
    Close: { label: '办结', fields: { note: field(optional(2000), '备注') } },
    RecomputeDeadlines: { label: '重新计算期限', fields: {} },
    ForgetContact: { label: '删除提出人信息', fields: {} },
  },
  stages: {
    received: '收到',
    completing: '补正',
    accepted: '审查',
    inquiry: '请制定机关说明',
    paused: '中止（制定机关改正）',
    concluded: '待答复',
    answered: '已答复',
    transferred: '已移送',
    not_registered: '不予登记',
    not_started: '不启动审查',
    closed: '办结',
  },
  records: {
    SuggestionReceived: '收到审查建议',
    CompletionRequested: '告知补正',
    SuggestionCompleted: '已补正',
    CompletionLapsed: '逾期未补正，不予登记',
    SuggestionAccepted: '受理',
    SuggestionTransferred: '移送',
    RegistrationRefused: '不予登记',
    ReviewDeclined: '不启动审查',
    ExaminationExtended: '延长审查期限',
    IssuerAsked: '请制定机关说明',
    InquiryAnswered: '制定机关已说明',
    SuggestionConcluded: '作出审查结论',
    ReviewPaused: '作出审查结论，中止审查',
    ChangeConfirmed: '确认已经修改或者废止',
    ReviewResumed: '恢复审查',
    SuggestionAnswered: '答复',
    PersonNotified: '告知提出人',
    SimilarLinked: '关联相似的建议',
    SuggestionReopened: '重新启动',
    SuggestionClosed: '办结',
    DeadlinesRecomputed: '重新计算期限',
    ContactForgotten: '删除提出人信息',
  },
})
