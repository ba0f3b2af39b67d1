// 备案审查的各个阶段：待报送、收到、形式审查、暂缓、退回、登记、审查、函询、沟通、中止、审查意见、改正、议案、审结。
import { addDays } from '@dianzhang/calendar'
import type { Arrows } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { type FilingDossier, openFilingInquiry, openPlan } from './dossier.ts'
import type { FilingFacts, FilingShape, FilingStage } from './shape.ts'

type On = Arrows<FilingShape>
const recompute: On = { RecomputeDeadlines: [{ records: 'DeadlinesRecomputed' }] }
const independent = 'filing-review.examiner-independent' as const
const inTime = 'filing-review.in-time' as const
const ahead = 'filing-review.term-ahead' as const
const over = 'filing-review.inquiry-over' as const

const receive: On = {
  ReceiveFiling: [{ to: 'received', rules: ['filing-review.not-open-yet'], records: 'FilingReceived' }],
}
/** 修改、废止的决定没有自己的案卷，由制定机关在这一件上报送。 */
const submit: On = {
  SubmitFiling: [{ to: 'received', rules: ['filing-review.by-decision'], records: 'FilingReceived' }],
}
/** 同一决定又变动一件：没有审结的，不论办到哪里，都记下。 */
const noted: On = { NoteChange: [{ records: 'ChangeNoted' }] }
const ladder: On = {
  RequireFiling: [{ rules: ['filing-review.ladder', ahead], records: 'FilingRequired' }],
  RemindFiling: [{ rules: ['filing-review.ladder'], records: 'FilingReminded' }],
  CriticiseFiling: [{ rules: ['filing-review.ladder', ahead], records: 'FilingCriticised' }],
}
const formal: On = {
  RegisterFiling: [
    {
      to: 'registered',
      rules: ['filing-review.in-scope', 'filing-review.number-unused', 'filing-review.form-complete', inTime],
      records: 'FilingRegistered',
    },
  ],
  ReturnFiling: [{ to: 'returned', rules: [inTime], records: 'FilingReturned' }],
  DeferFiling: [{ to: 'deferred', rules: [ahead, inTime], records: 'FilingDeferred' }],
}
const close: On = {
  CloseReview: [
    {
      to: 'closed',
      rules: ['filing-review.outcome-fits', 'filing-review.checked', independent, inTime],
      records: 'ReviewClosed',
    },
  ],
}
/** 没有登记的没有审查期限，也不作实质审查。 */
const end: On = {
  CloseReview: [{ to: 'closed', rules: ['filing-review.outcome-fits'], records: 'ReviewClosed' }],
}
const opine: On = {
  IssueReviewOpinion: [
    {
      to: 'opinion',
      rules: ['filing-review.stop-decided', 'filing-review.issuer-heard', independent, inTime],
      records: 'OpinionIssued',
    },
  ],
}
const extend: On = { ExtendReview: [{ rules: ['filing-review.extendable'], records: 'ReviewExtended' }] }
const looking: On = {
  RecordCheck: [{ rules: [independent], records: 'CheckRecorded' }],
  ConsultExpert: [{ records: 'ExpertConsulted' }],
  SendReminder: [{ records: 'ReminderSent' }],
}
const ask: On = { AskExplanation: [{ to: 'inquiry', rules: [ahead], records: 'ExplanationAsked' }] }
const agree: On = { AgreePlan: [{ to: 'paused', rules: [ahead], records: 'PlanAgreed' }] }
const report: On = {
  ReportCorrection: [{ to: 'correcting', rules: ['filing-review.correction-filed'], records: 'CorrectionReported' }],
}
const press: On = {
  UrgeCorrection: [{ rules: ['filing-review.not-corrected'], records: 'CorrectionUrged' }],
  MoveToAnnul: [{ to: 'motion', rules: ['filing-review.not-corrected'], records: 'AnnulmentMoved' }],
}
/** 函询期间结束、提出意见：已经答复，或者答复期限已过。 */
const afterInquiry = (on: On): On =>
  Object.fromEntries(
    Object.entries(on).map(([type, arrows]) => [
      type,
      arrows?.map((arrow) => ({ ...arrow, rules: [over, ...(arrow.rules ?? [])] })),
    ]),
  )

const everyItem = (f: FilingFacts) => ({
  items: f.pack.filingReview.items.value.map((item) => ({ item, result: 'none' })),
})
const reviewed = (d: FilingDossier, f: FilingFacts) =>
  f.pack.filingReview.items.value.every((item) => d.checks.some((x) => x.item === item))

export const stages: Record<string, FilingStage> = {
  required: {
    label: '待报送',
    basis: source.organicLaw('第七十五条'),
    tags: ['open'],
    whose: ['registrar', 'secretariat', 'unit_head'],
    on: {
      ...recompute,
      ...noted,
      ...receive,
      ...submit,
      ...ladder,
      ...end,
    },
    ideal: (d) =>
      d.decision
        ? { type: 'SubmitFiling', payload: {} }
        : { type: 'ReceiveFiling', payload: { materials: [], sentOn: d.openedOn, textHash: '' } },
  },
  received: {
    label: '收到',
    basis: source.ruleFiling('第九条（参照）'),
    tags: ['open'],
    whose: ['registrar'],
    on: { ...noted, ...formal },
    ideal: () => ({ type: 'RegisterFiling', payload: { number: '推演' } }),
  },
  form_check: {
    label: '形式审查',
    basis: source.ruleFiling('第九条（参照）'),
    tags: ['open'],
    whose: ['registrar'],
    on: { ...noted, ...formal },
    ideal: () => ({ type: 'RegisterFiling', payload: { number: '推演' } }),
  },
  deferred: {
    label: '暂缓登记（补正）',
    basis: source.ruleFiling('第九条（参照）'),
    tags: ['open'],
    whose: ['secretariat', 'unit_head'],
    on: {
      ...recompute,
      ...noted,
      Resubmit: [{ to: 'form_check', rules: ['filing-review.supplement-complete'], records: 'FilingResubmitted' }],
      ReturnFiling: [{ to: 'returned', records: 'FilingReturned' }],
    },
    ideal: (d) => ({
      type: 'Resubmit',
      payload: { materials: d.deferrals.at(-1)?.items ?? [], note: '推演：已经补正' },
    }),
  },
  returned: {
    label: '已退回',
    basis: source.ruleFiling('第九条（参照）'),
    tags: ['open'],
    whose: ['secretariat', 'unit_head', 'registrar'],
    on: {
      ...recompute,
      ...noted,
      ...receive,
      Resubmit: [{ to: 'received', records: 'FilingResubmitted' }],
      ...ladder,
      ...end,
    },
    ideal: () => ({ type: 'Resubmit', payload: { note: '推演：重新报送' } }),
  },
  registered: {
    label: '已登记',
    basis: source.ruleFiling('第十一条（参照）'),
    tags: ['open'],
    whose: ['filing_reviewer'],
    on: {
      ...recompute,
      ...noted,
      StartReview: [{ to: 'reviewing', rules: [independent], records: 'ReviewStarted' }],
      ...extend,
      ...opine,
      ...close,
    },
    ideal: () => ({ type: 'StartReview', payload: { kind: 'own' } }),
  },
  reviewing: {
    label: '实质审查',
    basis: source.ruleFiling('第十三条（参照）'),
    tags: ['open'],
    whose: ['filing_reviewer'],
    on: {
      ...recompute,
      ...noted,
      ...looking,
      ...extend,
      ...ask,
      Communicate: [{ to: 'communicating', records: 'IssueCommunicated' }],
      ...opine,
      ...close,
    },
    ideal: (d, f) =>
      reviewed(d, f)
        ? { type: 'CloseReview', payload: { outcome: 'no_problem' } }
        : { type: 'RecordCheck', payload: everyItem(f) },
  },
  inquiry: {
    label: '函询',
    basis: source.ruleFiling('第十四条（参照）'),
    tags: ['open'],
    whose: ['secretariat', 'unit_head'],
    on: {
      ...recompute,
      ...noted,
      Explain: [{ to: 'reviewing', records: 'ExplanationGiven' }],
      ...extend,
      Communicate: [{ to: 'communicating', rules: [over], records: 'IssueCommunicated' }],
      ...afterInquiry(opine),
      ...afterInquiry(close),
    },
    // 制定机关到期没有答复的，轮到审查人：沟通，或者径行提出意见、审结。
    asks: (d) => {
      const until = openFilingInquiry(d)?.until
      return until === undefined ? [] : [{ command: 'Communicate', notBefore: addDays(until, 1) }]
    },
    ideal: () => ({ type: 'Explain', payload: { text: '推演：说明' } }),
  },
  communicating: {
    label: '沟通',
    basis: source.bjNpc('第二十九条'),
    tags: ['open'],
    whose: ['filing_reviewer', 'secretariat', 'unit_head'],
    on: {
      ...recompute,
      ...noted,
      ...agree,
      ...looking,
      ...ask,
      ...extend,
      Communicate: [{ records: 'IssueCommunicated' }],
      ...opine,
      ...close,
    },
    asks: () => ['AgreePlan'],
    ideal: (d, f) =>
      reviewed(d, f)
        ? { type: 'CloseReview', payload: { outcome: 'no_problem' } }
        : { type: 'RecordCheck', payload: everyItem(f) },
  },
  paused: {
    label: '中止（制定机关改正）',
    basis: source.bjNpc('第二十九条'),
    tags: ['open'],
    whose: ['secretariat', 'unit_head'],
    on: {
      ...recompute,
      ...noted,
      ...report,
      ResumeReview: [{ to: 'reviewing', rules: ['filing-review.plan-over'], records: 'ReviewResumed' }],
    },
    ideal: (d) => ({
      type: 'ResumeReview',
      payload: { reason: '推演：计划期满' },
      ...(openPlan(d) ? { notBefore: openPlan(d)?.until ?? '' } : {}),
    }),
    asks: () => ['ReportCorrection'],
  },
  opinion: {
    label: '审查意见',
    basis: source.ruleFiling('第十八条（参照）'),
    tags: ['open'],
    whose: ['secretariat', 'unit_head'],
    on: {
      ...recompute,
      ...noted,
      AnswerOpinion: [
        { to: 'correcting', when: { changes: true }, records: 'OpinionAnswered' },
        { when: { changes: false }, records: 'OpinionAnswered' },
      ],
      ...agree,
      ...press,
      ...report,
      ...close,
    },
    ideal: () => ({ type: 'AnswerOpinion', payload: { action: 'explain', answer: '推演：补充说明' } }),
  },
  correcting: {
    label: '改正',
    basis: source.bjNpc('第三十条'),
    tags: ['open'],
    whose: ['secretariat', 'unit_head', 'filing_reviewer'],
    on: {
      ...recompute,
      ...noted,
      ...report,
      ...press,
      ...looking,
      ...close,
    },
    asks: (d) => (d.correction ? ['CloseReview'] : ['ReportCorrection']),
  },
  motion: {
    label: '议案',
    basis: source.supervisionLaw('第三十九条'),
    tags: ['open'],
    whose: ['registrar', 'filing_reviewer'],
    on: {
      ...recompute,
      ...noted,
      RecordMotionDecision: [
        {
          to: 'correcting',
          when: { ordered: true },
          rules: ['filing-review.motion-competent'],
          records: 'MotionDecided',
        },
        { when: { ordered: false }, rules: ['filing-review.motion-competent'], records: 'MotionDecided' },
      ],
      ...report,
      ...close,
    },
    asks: (d) => (d.motion?.decided ? ['CloseReview'] : ['RecordMotionDecision']),
  },
  closed: { label: '审结', basis: source.ruleFiling('第十一条（参照）'), tags: ['ended'] },
}
