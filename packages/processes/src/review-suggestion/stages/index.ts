// 建议审查的各个阶段，依次：收到、补正、审查、请制定机关说明、中止、待答复、已答复，三种退出，办结。
import { addDays } from '@dianzhang/calendar'
import type { Arrows } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { openInquiry, unanswered } from '../dossier.ts'
import { missingParts } from '../rules/form.ts'
import type { SuggestionShape, SuggestionStage } from '../shape.ts'

type On = Arrows<SuggestionShape>
const independent = 'suggestion.examiner-independent' as const
const inTime = 'suggestion.in-time' as const

const recompute: On = { RecomputeDeadlines: [{ records: 'DeadlinesRecomputed' }] }
const link: On = { LinkSimilar: [{ records: 'SimilarLinked' }], ...recompute }
const transfer: On = {
  Transfer: [{ to: 'transferred', rules: ['suggestion.to-another', inTime], records: 'SuggestionTransferred' }],
}
const decline: On = {
  DeclineToStart: [
    { to: 'not_started', rules: ['suggestion.reason-proved', independent, inTime], records: 'ReviewDeclined' },
  ],
}
const refuse: On = {
  RefuseRegistration: [{ to: 'not_registered', rules: [inTime], records: 'RegistrationRefused' }],
}
const judged = [
  'suggestion.conclusion-grounded',
  'suggestion.suspendable',
  'suggestion.issuer-heard',
  independent,
  inTime,
] as const
/** 有一项制定机关同意改正的，中止审查；否则结束。 */
const conclude = (more: readonly ['suggestion.inquiry-over'] | readonly [] = []): On => ({
  Conclude: [
    { to: 'paused', when: { agreed: true }, rules: [...more, ...judged], records: 'ReviewPaused' },
    { to: 'concluded', when: { agreed: false }, rules: [...more, ...judged], records: 'SuggestionConcluded' },
  ],
})
const reopen: On = { Reopen: [{ to: 'accepted', rules: ['suggestion.new-reasons'], records: 'SuggestionReopened' }] }
const forget: On = { ForgetContact: [{ rules: ['suggestion.period-over'], records: 'ContactForgotten' }] }
const close: On = {
  Close: [
    { to: 'closed', rules: ['suggestion.person-told', 'suggestion.group-answered'], records: 'SuggestionClosed' },
  ],
}
const notify: On = { Notify: [{ rules: [inTime], records: 'PersonNotified' }] }
const lawful = (conflict: string) => ({ conflict, outcome: 'lawful', ground: '推演：未发现抵触' })

export const stages: Record<string, SuggestionStage> = {
  received: {
    label: '收到',
    basis: source.rulemaking('第三十五条'),
    tags: ['open'],
    whose: ['filing_reviewer'],
    on: {
      Complete: [{ records: 'SuggestionCompleted' }],
      RequestCompletion: [{ to: 'completing', rules: [inTime], records: 'CompletionRequested' }],
      Accept: [
        {
          to: 'accepted',
          rules: ['suggestion.form', 'suggestion.competent', 'suggestion.in-force', independent, inTime],
          records: 'SuggestionAccepted',
        },
      ],
      ...transfer,
      ...refuse,
      ...decline,
      ...link,
    },
    ideal: (d) =>
      missingParts(d).length > 0
        ? { type: 'RequestCompletion', payload: { missing: missingParts(d) } }
        : { type: 'Accept', payload: {} },
  },
  completing: {
    label: '补正',
    basis: source.bjNpc('第二十四条'),
    tags: ['open'],
    whose: ['filing_reviewer'],
    on: {
      Complete: [{ to: 'received', records: 'SuggestionCompleted' }],
      DeemUncompleted: [{ to: 'not_registered', rules: ['suggestion.period-over'], records: 'CompletionLapsed' }],
      ...transfer,
      ...decline,
      ...link,
    },
    // 等的是提出人，不是哪一位工作人员。
    asks: () => [{ command: 'Complete', units: [] }],
    ideal: (d) => ({
      type: 'Complete',
      payload: {
        provisions: ['第一条'],
        ...(d.conflicts.length === 0 ? { conflicts: [{ act: '上位法', reason: '不一致' }] } : {}),
        name: '提出人',
        contact: '联系方式',
      },
    }),
  },
  accepted: {
    label: '审查',
    basis: source.rulemaking('第三十五条'),
    tags: ['open'],
    whose: ['filing_reviewer'],
    on: {
      AskIssuer: [{ to: 'inquiry', rules: ['suggestion.inquiry-term', independent], records: 'IssuerAsked' }],
      ExtendExamination: [{ rules: ['suggestion.extendable'], records: 'ExaminationExtended' }],
      ...conclude(),
      ...transfer,
      ...decline,
      ...link,
    },
    ideal: (d) => ({
      type: 'Conclude',
      payload: { conclusions: unanswered(d).map(({ id }) => lawful(id)) },
      count: unanswered(d).length,
    }),
  },
  inquiry: {
    label: '请制定机关说明',
    basis: source.bjNpc('第二十七条'),
    tags: ['open'],
    whose: ['secretariat', 'unit_head'],
    on: {
      AnswerInquiry: [{ to: 'accepted', records: 'InquiryAnswered' }],
      ExtendExamination: [{ rules: ['suggestion.extendable'], records: 'ExaminationExtended' }],
      ...conclude(['suggestion.inquiry-over']),
      ...link,
    },
    // 制定机关到期没有说明的，轮到审查人径行作出结论；此前只等制定机关。
    asks: (d) => {
      const until = openInquiry(d)?.until
      return until === undefined ? [] : [{ command: 'Conclude', notBefore: addDays(until, 1) }]
    },
    ideal: () => ({ type: 'AnswerInquiry', payload: { text: '说明。' } }),
  },
  paused: {
    label: '中止（制定机关改正）',
    basis: source.bjNpc('第二十九条'),
    tags: ['open'],
    whose: ['filing_reviewer'],
    on: {
      ConfirmChange: [{ to: 'concluded', rules: ['suggestion.change-made'], records: 'ChangeConfirmed' }],
      Resume: [{ to: 'accepted', rules: ['suggestion.period-over'], records: 'ReviewResumed' }],
      ...conclude(),
      ...link,
    },
    ideal: () => null,
  },
  concluded: {
    label: '待答复',
    basis: source.sdNpc('第二十二条'),
    tags: ['open'],
    whose: ['filing_reviewer'],
    on: {
      Answer: [
        {
          to: 'answered',
          rules: ['suggestion.every-conflict-answered', independent, inTime],
          records: 'SuggestionAnswered',
        },
      ],
      ...conclude(),
      ...link,
    },
    ideal: (d) =>
      unanswered(d).length > 0
        ? { type: 'Conclude', payload: { conclusions: unanswered(d).map(({ id }) => lawful(id)) } }
        : { type: 'Answer', payload: { text: '答复。' } },
  },
  answered: {
    label: '已答复',
    basis: source.sdNpc('第二十二条'),
    tags: ['ended'],
    whose: ['filing_reviewer'],
    on: { ...close, ...reopen, ...forget, ...link },
    ideal: () => ({ type: 'Close', payload: {} }),
  },
  transferred: {
    label: '已移送',
    basis: source.bjNpc('第十七条'),
    tags: ['ended'],
    whose: ['filing_reviewer'],
    on: { ...notify, ...close, ...forget, ...recompute },
    ideal: (d) => (d.notifiedOn ? { type: 'Close', payload: {} } : { type: 'Notify', payload: { method: 'receipt' } }),
  },
  not_registered: {
    label: '不予登记',
    basis: source.bjNpc('第二十四条'),
    tags: ['ended'],
    whose: ['filing_reviewer'],
    on: {
      // 逾期没有补正的，补正以后随时恢复办理。
      Complete: [{ to: 'received', when: { uncompleted: true }, records: 'SuggestionCompleted' }],
      ...notify,
      ...close,
      ...reopen,
      ...forget,
      ...recompute,
    },
    ideal: (d) => (d.notifiedOn ? { type: 'Close', payload: {} } : { type: 'Notify', payload: { method: 'receipt' } }),
  },
  not_started: {
    label: '不启动审查',
    basis: source.shNpc('第十八条'),
    tags: ['ended'],
    whose: ['filing_reviewer'],
    on: { ...notify, ...close, ...reopen, ...forget, ...recompute },
    ideal: (d) => (d.notifiedOn ? { type: 'Close', payload: {} } : { type: 'Notify', payload: { method: 'receipt' } }),
  },
  closed: {
    label: '办结',
    basis: source.sdNpc('第二十二条'),
    tags: ['ended'],
    whose: ['filing_reviewer'],
    on: { ...reopen, ...forget, ...recompute },
    ideal: () => null,
  },
}
