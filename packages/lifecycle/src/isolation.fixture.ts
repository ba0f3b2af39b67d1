// 规则隔离的情形：各命令放行的案卷，以及使其中一条规则单独不成立的改动。供本包的隔离测试与接口的走查共用。
import type { CommandType, Track } from '@dianzhang/contract'
import type { Dossier, ForceEvent, ForceState } from '@dianzhang/rules'
import {
  assessingAgain,
  blocks,
  type CommandFact,
  catalogue,
  changedInSubstance,
  exampleFacts,
  exampleHash,
  type Facts,
  headText,
  judgedOn,
  onDay,
  type RuleId,
  withCommand,
  withDossier,
  withExternal,
  withNewText,
  withPack,
} from '@dianzhang/rules'
import type { StateValue } from 'xstate'
import { decide, type LifecycleEvent, lifecycle, type PlacedArrow, type Resolved, type Snapshot } from './index.ts'

/** 一种放行的情形：案卷与载荷。 */
export interface Ground {
  facts: Facts
  payload?: Record<string, unknown>
  actor?: CommandFact['actor']
  resolved?: Resolved
}
export const actor = (
  person: string,
  unit: string,
  role: CommandFact['actor']['roles'][number],
): CommandFact['actor'] => ({
  person,
  unit,
  roles: [role],
})
/** 与邻县的政府联合制发，由主办的县政府的常务会议审议通过，都还没有签署。 */
const jointly = (f: Facts): Facts => withDossier(f, { issuers: ['hy-gov', 'zn-gov'], signatures: [] })
const reviewer = actor('p-reviewer', 'hy-justice', 'legality_reviewer')
const leader = actor('p-leader', 'hy-gov', 'leader')
const secretary = actor('p-secretary', 'hy-office', 'secretariat')

const v2 = exampleHash(2)
const withReview = (f: Facts, change: Partial<NonNullable<Facts['dossier']['review']>>): Facts =>
  withDossier(f, (d) => ({ review: d.review && { ...d.review, ...change } }))
const underReview = (f: Facts): Facts =>
  onDay(
    withDossier(withReview(f, { opinion: null }), {
      secretariatCheck: null,
      schedule: null,
      decision: null,
      partyReports: [],
      signatures: [],
      numbers: null,
    }),
    '2026-05-13',
  )
const withoutFeedback = (f: Facts): Facts =>
  withDossier(f, (d) => ({ consultations: d.consultations.map((r) => ({ ...r, feedbackAt: null })) }))
const reopened = (f: Facts): Facts =>
  onDay(
    withDossier(f, (d) => ({
      consultations: d.consultations.map((r) => ({ ...r, closedAt: null, feedbackAt: null })),
    })),
    '2026-04-01',
  )
/** 审核意见为应当修改，一条，已答复采纳，尚未确认。 */
const revising = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    review: d.review && {
      ...d.review,
      confirmation: null,
      opinion: d.review.opinion && {
        ...d.review.opinion,
        outcome: 'revise',
        points: [
          {
            id: '1',
            text: '删去第六条。',
            answer: { kind: 'adopted', version: 2, reason: null, at: '2026-05-14T10:00:00+08:00', by: 'p-drafter' },
          },
        ],
      },
    },
  }))
/** 本地规定审核中征求意见、专家论证的时间不计入审核期限。 */
const pausing = (f: Facts): Facts =>
  withPack(f, {
    review: {
      ...f.pack.review,
      stopsFor: { ...f.pack.review.stopsFor, value: ['supplement', 'consultation', 'expert'] },
    },
  })
/** 已经登记、正在审查，本地规定审查可以延长。 */
const underFilingReview = (f: Facts, track: Track): Facts => {
  const record = f.dossier.filings[track]
  return withPack(
    withDossier(f, {
      filings: {
        ...f.dossier.filings,
        ...(record ? { [track]: { ...record, status: 'registered' as const, registeredOn: '2026-06-03' } } : {}),
      },
    }),
    {
      filing: f.pack.filing.map((p) => ({
        ...p,
        reviewExtension: { ...p.reviewExtension, value: 15, unit: 'calendar_day' as const },
      })),
    },
  )
}
/** 报送以后被要求补正。 */
const supplementing = (f: Facts, track: Track): Facts =>
  withDossier(f, (d) => {
    const record = d.filings[track]
    return {
      filings: {
        ...d.filings,
        ...(record
          ? {
              [track]: {
                ...record,
                status: 'supplementing' as const,
                supplementRequestedOn: f.today,
                history: [...record.history, { status: 'supplementing' as const, on: f.today, note: null }],
              },
            }
          : {}),
      },
    }
  })
const unpublished = (f: Facts): Facts => withDossier(f, { publication: null, filings: {} })
const unfiled = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    filings: Object.fromEntries(
      Object.entries(d.filings).map(([k, x]) => [
        k,
        x && { ...x, status: 'due' as const, filedAt: null, filedOn: null, history: [] },
      ]),
    ),
  }))

const assessed = { conclusion: '结论。', date: '2026-06-03' }
const byDecision = { reason: '依决定。', decision: { body: '海原县人民政府常务会议', date: '2026-09-10' } }
/** 已经施行的文件，2026年9月15日。 */
const changing = (f: Facts): Facts => onDay(f, '2026-09-15')
const notYet = {
  ...(exampleFacts().dossier.publication as NonNullable<Dossier['publication']>),
  effectiveDate: '2026-12-01',
}
const changed = (kind: ForceEvent['kind'], on: string, more: Partial<ForceEvent> = {}): ForceEvent => ({
  kind,
  on,
  reason: '依决定。',
  byDocument: null,
  decision: { body: '海原县人民政府常务会议', date: '2026-08-20' },
  at: '2026-08-20T10:00:00+08:00',
  ...more,
})
/** 收回第 1 项以后处于各种状态的效力变动。 */
const restorable: Record<ForceState, ForceEvent[]> = {
  in_force: [changed('repealed', '2026-09-01')],
  pending: [changed('repealed', '2026-09-01')],
  amended: [changed('repealed', '2026-09-01'), changed('amended', '2026-08-25')],
  suspended: [changed('repealed', '2026-09-01'), changed('suspended', '2026-08-25')],
  repealed: [changed('annulled', '2026-08-20'), changed('repealed', '2026-08-25')],
  expired: [changed('repealed', '2026-08-25'), changed('lapsed', '2026-09-01')],
  annulled: [
    changed('annulled', '2026-08-20'),
    changed('restored', '2026-09-01', { undoes: 1, at: '2026-09-01T10:00:00+08:00' }),
  ],
}
/** 各命令放行的情形；`case` 由箭头的情形补足。 */
export const grounds: Partial<Record<CommandType, (a: PlacedArrow) => Ground>> = {
  ApproveInitiation: () => ({ facts: exampleFacts(), actor: secretary }),
  VoidNumber: () => ({
    facts: withExternal(exampleFacts(), {
      people: { 'p-leader': { id: 'p-leader', name: '王某', unit: 'hy-gov', active: true, posts: [] } },
    }),
    payload: { reason: '签发稿撤回。', approver: 'p-leader' },
    actor: secretary,
  }),
  RecordExpertReview: () => ({ facts: exampleFacts(), payload: assessed }),
  RecordRiskAssessment: () => ({ facts: exampleFacts(), payload: { ...assessed, outcome: 'controllable' } }),
  RecordFairCompetitionReview: () => ({ facts: exampleFacts(), payload: { ...assessed, outcome: 'no_restriction' } }),
  RecordSecretariatCheck: () => ({ facts: exampleFacts(), payload: { reasons: ['缺少解读方案。'] }, actor: secretary }),
  EscalateDispute: () => ({
    facts: exampleFacts(),
    payload: { to: '海原县人民政府', issues: '补助标准。' },
    actor: actor('p-unit-head', 'hy-agri', 'unit_head'),
  }),
  StateIndicators: () => ({
    facts: exampleFacts(),
    payload: {
      indicators: [{ objective: '提高登记率', indicator: '登记率' }],
      reason: '统计口径变更。',
      decision: { body: '海原县人民政府常务会议', date: exampleFacts().today },
    },
  }),
  RecordEvaluation: () => ({
    facts: exampleFacts(),
    payload: { evaluation: 'ev-1', on: exampleFacts().today, conclusion: 'keep' },
    actor: { person: null, unit: null, roles: ['system'] },
  }),
  RecordThirdPartyEvaluation: () => ({ facts: exampleFacts(), payload: { ...assessed, organisation: '第三方机构' } }),
  ChangeIssuers: () => ({
    facts: withDossier(exampleFacts(), { numbers: null }),
    payload: { reason: '依职责分工。' },
    actor: secretary,
  }),
  RequestDeviation: () => ({
    facts: exampleFacts(),
    payload: {
      rule: 'review.min-period',
      ground: 'superior_order',
      reference: { act: '紧急通知', number: '宁汛发〔2026〕9号', date: '2026-05-06' },
      approver: 'p-leader',
    },
  }),
  ApproveDeviation: () => ({
    facts: exampleFacts(),
    payload: {
      rule: 'review.min-period',
      ground: 'superior_order',
      reference: { act: '紧急通知', number: '宁汛发〔2026〕9号', date: '2026-05-06' },
    },
    actor: leader,
  }),
  RequestOpinions: () => ({
    facts: exampleFacts(),
    payload: { units: ['hy-finance'] },
    resolved: { units: ['hy-finance'], dueOn: '2026-06-10' },
  }),
  OpenPublicConsultation: () => ({ facts: exampleFacts(), payload: { channels: [] } }),
  RecordOpinion: () => ({
    facts: exampleFacts(),
    payload: { opinion: 'agree', text: '' },
    actor: actor('p-market', 'hy-market', 'department_contact'),
    resolved: { unit: 'hy-market' },
  }),
  ExtendConsultation: () => ({
    facts: reopened(exampleFacts()),
    payload: { closesAt: '2026-04-20' },
    resolved: { closesOn: '2026-04-20' },
  }),
  CloseConsultation: () => ({
    facts: onDay(reopened(exampleFacts()), '2026-04-14'),
    actor: { person: null, unit: null, roles: ['system'] },
  }),
  SubmitComment: () => ({
    facts: reopened(exampleFacts()),
    payload: { text: '意见。' },
    actor: { person: null, unit: null, roles: ['public'] },
  }),
  PublishFeedback: () => ({ facts: withoutFeedback(exampleFacts()) }),
  RecordComments: () => ({
    facts: withoutFeedback(exampleFacts()),
    payload: { entries: [{ channel: 'letter', source: '来信第1号', receivedOn: '2026-04-01', text: '意见。' }] },
    resolved: { comments: [{ id: 'c1', receipt: 'YJ', hash: exampleHash(1), late: false, place: null }] },
  }),
  SettleHeldComments: () => ({
    facts: withoutFeedback(exampleFacts()),
    payload: { comments: ['c1'], outcome: 'restored', reason: '有关。' },
  }),
  GroupComments: () => ({
    facts: withoutFeedback(exampleFacts()),
    payload: { comments: ['c1', 'c2'], outcome: 'same' },
    resolved: { id: 'g1' },
  }),
  DisposeComments: () => ({
    facts: withoutFeedback(exampleFacts()),
    payload: { comments: ['c1', 'c2'], disposition: 'adopted', reason: '采纳。' },
  }),
  RedactComments: () => ({
    facts: exampleFacts(),
    payload: { items: [{ comment: 'c1', outcome: 'clear', spans: [] }] },
  }),
  PublishComments: () => ({
    facts: withExternal(exampleFacts(), { comments: { total: 12, undisposed: 0, uncleared: 0, unpublished: 1 } }),
    resolved: { rounds: ['round-1'] },
  }),
  InviteParticipants: () => ({
    facts: reopened(exampleFacts()),
    payload: { invitees: [{ name: '县农机协会', kind: 'association' }] },
    resolved: { invitations: ['i1'] },
  }),
  DisposeComment: () => ({
    facts: withoutFeedback(exampleFacts()),
    payload: { comment: 'c1', disposition: 'adopted', reason: '采纳。' },
  }),
  ProvideArtefact: () => ({ facts: exampleFacts(), payload: { kind: 'own_legality_opinion', conclusion: 'lawful' } }),
  SaveDraft: () => ({ facts: exampleFacts(), payload: { body: '正文' }, resolved: { n: 3, hash: exampleHash(3) } }),
  CorrectAfterSigning: () => ({
    facts: exampleFacts(),
    payload: { body: '正文', reason: '错字' },
    resolved: { n: 3, hash: exampleHash(3), findings: [] },
    actor: secretary,
  }),
  RecordHearing: () => ({
    facts: exampleFacts(),
    payload: { announcedOn: '2026-05-01', materialsSentOn: '2026-05-08', heldOn: '2026-05-20', record: '笔录。' },
  }),
  RecordCoordination: () => ({ facts: exampleFacts(), payload: { date: '2026-06-03', summary: '一致。' } }),
  ReportToPartyCommittee: () => ({
    facts: exampleFacts(),
    payload: { date: '2026-06-03', reference: '请示。' },
    actor: secretary,
  }),
  ConfirmCorrection: () => ({
    facts: withDossier(withNewText(exampleFacts(), exampleHash(3), '2026-05-23T10:00:00+08:00', 'p-secretary'), {
      corrections: [
        {
          from: v2,
          to: exampleHash(3),
          substantive: false,
          findings: [],
          reason: '错别字。',
          at: '2026-05-23T10:00:00+08:00',
          by: 'p-secretary',
          confirmed: null,
        },
      ],
    }),
    actor: reviewer,
  }),
  // 重新开放征求意见的一支：没有征求过，不再足够。
  Reclassify: ({ arrow }) => ({
    facts: arrow.to === 'consultation' ? withDossier(exampleFacts(), { consultations: [] }) : exampleFacts(),
    payload: { classification: {}, reason: '重新认定。' },
  }),
  SubmitForReview: () => ({ facts: exampleFacts(), actor: actor('p-unit-head', 'hy-agri', 'unit_head') }),
  RequestSupplement: () => ({ facts: exampleFacts(), payload: { missing: ['测算表'] }, actor: reviewer }),
  AcceptPackage: () => ({ facts: exampleFacts(), actor: reviewer }),
  PauseReview: () => ({
    facts: pausing(underReview(exampleFacts())),
    payload: { for: 'consultation', reason: '征求行业主管部门意见' },
    actor: reviewer,
  }),
  ResumeReview: () => ({
    facts: withReview(pausing(underReview(exampleFacts())), {
      pauses: [{ from: '2026-05-11', to: null, reason: '专家论证', for: 'expert' }],
    }),
    actor: reviewer,
  }),
  ExtendFilingReview: ({ arrow }) => ({
    facts: underFilingReview(exampleFacts(), arrow.when?.track ?? 'government'),
    payload: { reason: '涉及面广，需要进一步调查' },
    actor: actor('p-registrar', 'zw-gov', 'registrar'),
  }),
  ArchiveFile: () => ({
    facts: withDossier(exampleFacts(), ({ filings }) => ({
      filings: { government: filings.government && { ...filings.government, status: 'closed' } },
    })),
    payload: { retention: '永久' },
    actor: secretary,
  }),
  IssueOpinion: () => ({
    facts: underReview(exampleFacts()),
    payload: { points: [{ text: '修改。' }], grounds: ['理由。'] },
    actor: reviewer,
  }),
  ConfirmRevision: ({ arrow }) => ({
    facts: withDossier(revising(exampleFacts()), arrow.when?.decided === true ? {} : { decision: null }),
    actor: reviewer,
  }),
  MoveToPack: () => ({
    facts: withDossier(exampleFacts(), { packVersion: '640522@2023-03-09.2' }),
    payload: { packVersion: '640522@2026-01-01.3', reason: '预览后改用' },
    actor: actor('p-admin', 'hy-office', 'admin'),
  }),
  ScheduleDeliberation: () => ({
    facts: exampleFacts(),
    payload: { body: '县政府常务会议', session: '第13次', date: '2026-06-05' },
    actor: secretary,
  }),
  WithdrawSchedule: () => ({
    facts: exampleFacts(),
    payload: { body: 'hy-gov:常务会议', session: '第13次', date: '2026-06-05', reason: '会议取消' },
    actor: { person: null, unit: null, roles: ['system'] },
  }),
  RecordDecision: () => ({ facts: exampleFacts(), payload: { dissents: [] }, actor: secretary }),
  ResubmitAfterReturn: ({ arrow }) => ({
    facts: withDossier(exampleFacts(), { returnedFrom: arrow.when?.returnedFrom ?? null }),
    actor: actor('p-unit-head', 'hy-agri', 'unit_head'),
  }),
  Sign: ({ arrow }) =>
    arrow.when?.lastSignature
      ? {
          facts: withDossier(exampleFacts(), { signatures: [] }),
          payload: { contentHash: v2 },
          actor: leader,
          resolved: { unit: 'hy-gov' },
        }
      : {
          facts: jointly(exampleFacts()),
          payload: { contentHash: v2 },
          actor: leader,
          resolved: { unit: 'hy-gov' },
        },
  AssignNumbers: () => ({ facts: withDossier(unpublished(exampleFacts()), { numbers: null }), actor: secretary }),
  Publish: () => ({
    facts: unpublished(exampleFacts()),
    payload: { effectiveDate: '2026-08-01', validity: { years: 5 }, disclosure: 'active', channels: ['网站'] },
    actor: secretary,
  }),
  SupplementFiling: ({ arrow }) => ({
    facts: supplementing(exampleFacts(), arrow.when?.track ?? 'government'),
    payload: { note: '已补正。', materials: [] },
    actor: secretary,
  }),
  FileDocument: () => ({
    facts: unfiled(exampleFacts()),
    payload: { materials: ['备案报告', '审查说明', '正式文本', '政府令或者公告', '文本及说明'] },
    actor: secretary,
  }),
  ...Object.fromEntries(
    (['AmendDocument', 'RepealDocument', 'DeclareLapsed', 'SuspendDocument', 'ResumeDocument'] as const).map((type) => [
      type,
      ({ arrow }: PlacedArrow): Ground => ({
        facts:
          type === 'ResumeDocument' && arrow.when?.byClause
            ? withDossier(changing(exampleFacts()), {
                forceEvents: [changed('suspended', '2026-08-25', { provisions: ['第六条'] })],
              })
            : changing(exampleFacts()),
        payload: {
          ...byDecision,
          on: arrow.when?.reached === false ? '2026-12-01' : '2026-09-10',
          ...(arrow.when?.byClause ? { provisions: ['第六条'] } : {}),
        },
        actor: secretary,
      }),
    ]),
  ),
  AnnulDocument: () => ({ facts: changing(exampleFacts()), payload: byDecision, actor: secretary }),
  RestoreForce: ({ arrow }) => ({
    facts: withDossier(changing(exampleFacts()), {
      forceEvents: restorable[arrow.when?.restoredTo ?? 'in_force'] ?? [],
      ...(arrow.when?.restoredTo === 'pending' ? { publication: notYet } : {}),
    }),
    payload: { ...byDecision, event: 1 },
    actor: secretary,
  }),
}

export type Patch = (f: Facts) => Facts
const early = '2020-01-06'
/** 正在记录的一项，日期早于它所依的事。 */
const recordedEarly = Object.fromEntries(
  (
    [
      ['RecordExpertReview', { date: early }],
      ['RecordRiskAssessment', { date: early }],
      ['RecordFairCompetitionReview', { date: early }],
      ['RecordThirdPartyEvaluation', { date: early }],
      ['RecordHearing', { announcedOn: early }],
      ['ReportToPartyCommittee', { date: early }],
      ['RecordDecision', { date: early }],
      ...(
        [
          'AmendDocument',
          'RepealDocument',
          'AnnulDocument',
          'DeclareLapsed',
          'SuspendDocument',
          'ResumeDocument',
          'RestoreForce',
        ] as const
      ).map((type) => [type, { decision: { body: '海原县人民政府常务会议', date: '2099-01-06' } }] as const),
    ] as const
  ).map(([type, payload]): [string, Patch] => [
    `${type} acts.in-order`,
    (f) => withCommand(f, type, payload, secretary),
  ]),
)
/** 规则自己的反例不能单独隔离的，在此补充；键为 `命令 规则`。 */
const extra: Record<string, Patch> = {
  // 停止的已经停止，恢复的没有停止。
  'SuspendDocument force.clauses': (f) =>
    withDossier(f, { forceEvents: [changed('suspended', '2026-08-25', { provisions: ['第六条'] })] }),
  'ResumeDocument force.clauses': (f) => withDossier(f, { forceEvents: [] }),
  // 审核时就只勾了涉密。
  '* disclosure.consistent': (f) =>
    withDossier(f, (d) => {
      const classification = { ...d.classification, confidential: true }
      return {
        classification,
        review: d.review && {
          ...d.review,
          opinion: d.review.opinion && { ...d.review.opinion, classification },
        },
      }
    }),
  // 别的部门的决定：不论何种变动。
  ...Object.fromEntries(
    (
      [
        'AmendDocument',
        'RepealDocument',
        'AnnulDocument',
        'DeclareLapsed',
        'SuspendDocument',
        'ResumeDocument',
        'RestoreForce',
      ] as const
    ).map((type): [string, Patch] => [
      `${type} force.organ-competent`,
      (f) => withCommand(f, type, { decision: { body: '海原县农业农村局', date: '2026-06-02' } }, secretary),
    ]),
  ),
  // 据以变动的文件已被撤销：不论何种变动。
  ...Object.fromEntries(
    (
      [
        'AmendDocument',
        'RepealDocument',
        'AnnulDocument',
        'DeclareLapsed',
        'SuspendDocument',
        'ResumeDocument',
        'RestoreForce',
      ] as const
    ).map((type): [string, Patch] => [
      `${type} force.with-act`,
      (f) =>
        withExternal(withCommand(f, type, { byDocument: 'doc-act' }, secretary), {
          act: {
            id: 'doc-act',
            title: '海原县乡村旅游管理办法',
            documentNumber: null,
            publishedOn: '2026-06-01',
            effectiveDate: '2026-07-10',
            validUntil: null,
            events: [{ kind: 'annulled', on: '2026-08-01' }],
          },
        }),
    ]),
  ),
  ...recordedEarly,
  // 作数的公平竞争审查，日期早于所审的文本。
  '* acts.in-order': (f) =>
    withDossier(f, (d) => ({ fairCompetition: d.fairCompetition.map((r) => ({ ...r, date: early })) })),
  // 征求意见以后增加了罚款，没有再次征求。
  '* consultation.same-substance': (f) => changedInSubstance(f, 1, { burdens: ['新增处罚的规定1处'] }),
  // 公平竞争审查的是中间的一版，其后有实质变化。
  '* assessment.current': (f) => {
    const middle = { n: 9, hash: exampleHash('middle'), at: '2026-04-10T10:00:00+08:00', by: 'p-drafter' }
    const next = withDossier(f, (d) => ({
      texts: [...d.texts.slice(0, -1), { ...middle, kind: 'draft' as const }, ...d.texts.slice(-1)],
      fairCompetition: d.fairCompetition.map((r) => ({ ...r, textHash: middle.hash })),
    }))
    return changedInSubstance(assessingAgain(next), 9)
  },
  // 规则在提请审议、签署时看的是整体；单独使“意见合法”不成立的是：意见不合法，而现文本另有确认。
  '* review.opinion-lawful': (f) =>
    withDossier(f, (d) => ({
      review: d.review && {
        ...d.review,
        opinion: d.review.opinion && { ...d.review.opinion, outcome: 'unlawful', grounds: ['违法增设许可'] },
        confirmation: { at: '2026-05-21T10:00:00+08:00', by: 'p-reviewer', contentHash: v2, ...judgedOn(d) },
      },
    })),
  // 起草部门自己的审核人来办。
  ...Object.fromEntries(
    [
      'AcceptPackage',
      'RequestSupplement',
      'PauseReview',
      'ResumeReview',
      'IssueOpinion',
      'ConfirmRevision',
      'ConfirmCorrection',
      'Reclassify',
    ].map((type) => [
      `${type} review.organ-competent`,
      (f: Facts) => withCommand(f, type, {}, actor('p-own', 'hy-agri', 'legality_reviewer')),
    ]),
  ),
  // 签署人委托给外单位的人来确认更正。
  'ConfirmCorrection signing.signer-competent': (f) =>
    withCommand(
      f,
      'ConfirmCorrection',
      {},
      {
        ...leader,
        person: 'p-outside',
        delegatedFrom: 'p-leader',
        home: { unit: 'hy-agri', roles: [] },
      },
    ),
  'ConfirmCorrection correction.pending': (f) =>
    withDossier(f, (d) => ({
      corrections: d.corrections.map((c) => ({ ...c, confirmed: { at: c.at, by: 'p-reviewer' } })),
    })),
  'SupplementFiling filing.in-time': (f) => onDay(f, '2026-08-03'),
  // 本地只规定补充材料的时间不计入；没有停计；停计之中出具意见（最短期限已满）。
  'PauseReview review.clock-runs': (f) =>
    withPack(f, { review: { ...f.pack.review, stopsFor: { ...f.pack.review.stopsFor, value: ['supplement'] } } }),
  'ResumeReview review.clock-runs': (f) => withReview(f, { pauses: [] }),
  'IssueOpinion review.clock-runs': (f) =>
    withReview(f, { pauses: [{ from: '2026-05-13', to: null, reason: '专家论证', for: 'expert' }] }),
  // 延续登记库中的同名文件，没有评估；本地的评估期限有条文。
  '* validity.renewal': (f) =>
    withExternal(
      withPack(f, {
        evaluation: {
          ...f.pack.evaluation,
          preExpiryMonths: { ...f.pack.evaluation.preExpiryMonths, confidence: 'verified' },
        },
      }),
      {
        predecessors: [
          {
            id: 'doc-earlier',
            title: f.dossier.title,
            documentNumber: '海政规发〔2021〕2号',
            effectiveDate: '2021-07-01',
            validUntil: '2026-06-30',
            provisional: false,
            status: 'in_force',
          },
        ],
      },
    ),
  // 延续同名文件，随附了评估报告，只是没有作为后评估公布。
  '* validity.evaluated-before-renewal': (f) =>
    withDossier(
      withExternal(f, {
        predecessors: [
          {
            id: 'doc-earlier',
            title: f.dossier.title,
            documentNumber: '海政规发〔2021〕2号',
            effectiveDate: '2021-07-01',
            validUntil: '2026-06-30',
            provisional: false,
            status: 'in_force',
          },
        ],
      }),
      (d) => ({
        artefacts: [
          ...d.artefacts,
          {
            kind: 'evaluation_report',
            hash: exampleHash('report'),
            at: '2026-03-02T09:00:00+08:00',
            by: 'p-drafter',
            n: 1,
          },
        ],
      }),
    ),
  // 各方都已签署，只是不同级。
  '* issuer.same-level': (f) => {
    const joint = catalogue['issuer.same-level'].examples.refused[0]?.given(f) ?? f
    return withDossier(joint, (d) => ({
      signatures: d.issuers.flatMap((issuer) => d.signatures.map((s) => ({ ...s, issuer }))),
    }))
  },
  // 文本变化之后办公机构、审议机构都已就新文本办理，唯独审核没有。
  '* review.same-text': (f) =>
    withDossier(withNewText(f, exampleHash(3), '2026-05-18T10:00:00+08:00'), (d) => ({
      secretariatCheck: d.secretariatCheck && { ...d.secretariatCheck, textHash: exampleHash(3) },
      decision: d.decision && { ...d.decision, textHash: exampleHash(3) },
      signatures: d.signatures.map((s) => ({ ...s, textHash: exampleHash(3) })),
    })),
  // 已确认的修改意见中有一条不采纳而没有理由。
  '* review.points-answered': (f) =>
    withDossier(revising(f), (d) => ({
      review: d.review && {
        ...d.review,
        confirmation: { at: '2026-05-15T10:00:00+08:00', by: 'p-reviewer', contentHash: v2, ...judgedOn(d) },
        opinion: d.review.opinion && {
          ...d.review.opinion,
          points: d.review.opinion.points.map((p) => ({
            ...p,
            answer: p.answer && { ...p.answer, kind: 'not_adopted' as const, reason: null },
          })),
        },
      },
    })),
  // 作出决定的不是有权的会议，其余都已办妥。
  '* deliberation.body-competent': (f) =>
    withDossier(f, (d) => ({
      decision: d.decision && { ...d.decision, body: '县政府专题会议', bodyId: null },
    })),
  'ConfirmRevision review.same-text': (f) =>
    withCommand(f, 'ConfirmRevision', { contentHash: exampleHash(1) }, reviewer),
  // 审议的是旧版，而审核人在审议之后确认过现文本：签署看确认，审议一致看决定。
  '* deliberation.same-text': (f) =>
    withDossier(f, (d) => ({
      decision: d.decision && { ...d.decision, textHash: exampleHash(1) },
      review: d.review && {
        ...d.review,
        confirmation: { at: '2026-05-21T10:00:00+08:00', by: 'p-reviewer', contentHash: v2, ...judgedOn(d) },
      },
    })),
  'FileDocument filing.in-time': (f) => onDay(f, '2026-08-03'),
  ...Object.fromEntries(
    (['VoidNumber', 'ApproveInitiation'] as const).map((type): [string, Patch] => [
      `${type} approver.recorded`,
      (f) => withCommand(f, type, { approver: '办公室主任' }, secretary),
    ]),
  ),
  'ProvideArtefact review.own-text': (f) => withDossier(f, { texts: [] }),
  'PublishFeedback consultation.feedback-open': (f) =>
    withDossier(f, (d) => ({
      consultations: d.consultations.map((r) => ({ ...r, feedbackAt: '2026-04-20T10:00:00+08:00' })),
    })),
  'DisposeComment consultation.feedback-open': (f) =>
    withExternal(
      withDossier(f, (d) => ({
        consultations: d.consultations.map((r) => ({ ...r, feedbackAt: '2026-04-20T10:00:00+08:00' })),
      })),
      { comment: { round: f.dossier.consultations.at(-1)?.id ?? '' } },
    ),
  // 更正以前的文本已经是所提交的这一份。
  'CorrectAfterSigning correction.changes': (f) =>
    withNewText(f, exampleHash(3), '2026-05-22T10:00:00+08:00', 'p-secretary'),
  'SubmitForReview review.same-text': (f) => withCommand(f, 'SubmitForReview', { contentHash: exampleHash(1) }),
  // 一方签过了又签。
  'Sign signing.once': (f) =>
    withDossier(f, (d) => ({
      signatures: [
        ...d.signatures,
        { issuer: 'hy-gov', person: 'p-leader', at: '2026-05-22T10:00:00+08:00', on: '2026-05-22', textHash: v2 },
      ],
    })),
  'RecordOpinion interagency.asked': (f) =>
    withCommand(f, 'RecordOpinion', {}, actor('p-housing', 'hy-housing', 'department_contact')),
}
/**
 * 在事理上互相蕴含、不可能单独不成立的：命令 → 规则 → 必然一并不成立的规则。每条写明缘由；
 * 若规则改动后可以单独不成立，测试即失败，须从表中删去。
 */
export const entailed: Array<{ commands: CommandType[]; rule: RuleId; also: RuleId[]; why: string }> = [
  {
    commands: ['RestoreForce'],
    rule: 'acts.in-order',
    also: ['force.restorable'],
    why: '收回一项变动的决定，日期不合的，也就不在那项变动之后',
  },
  {
    commands: ['ScheduleDeliberation', 'RecordDecision', 'ResubmitAfterReturn'],
    rule: 'consultation.not-a-substitute',
    also: ['review.opinion-lawful', 'review.same-text'],
    why: '不成立即没有任何审核意见；没有意见，意见必不合法，也没有所审的文本',
  },
  {
    commands: ['Sign'],
    rule: 'consultation.not-a-substitute',
    also: ['review.opinion-lawful', 'review.same-text', 'signing.same-text'],
    why: '同上；没有审核过的文本，签署的也就不是',
  },
  {
    commands: ['AssignNumbers'],
    rule: 'consultation.not-a-substitute',
    also: ['review.opinion-lawful', 'review.same-text'],
    why: '同上',
  },
  {
    commands: ['Publish'],
    rule: 'consultation.not-a-substitute',
    also: ['review.opinion-lawful', 'review.same-text', 'publication.same-text'],
    why: '同上',
  },
  {
    commands: ['Publish'],
    rule: 'publication.same-text',
    also: ['review.same-text', 'deliberation.adopted', 'deliberation.same-text', 'signing.all-issuers'],
    why: '“公布的就是审核、审议、签署的”是三者合并的说法，三者各有自己的规则',
  },
  {
    commands: ['Publish'],
    rule: 'review.same-text',
    also: ['publication.same-text'],
    why: '审核的不是现文本，公布的就不是审核的文本',
  },
  {
    commands: ['Publish'],
    rule: 'deliberation.adopted',
    also: ['publication.same-text'],
    why: '没有通过的决定，就没有审议通过的文本',
  },
  {
    commands: ['Publish'],
    rule: 'signing.all-issuers',
    also: ['publication.same-text'],
    why: '有一方没有签署现文本，公布的就不是各方签署的文本',
  },
  {
    commands: ['Sign'],
    rule: 'deliberation.adopted',
    also: ['signing.same-text'],
    why: '没有通过的决定，就没有“审议通过的文本”可以签署',
  },
  {
    commands: ['AssignNumbers'],
    rule: 'numbering.after-signing',
    also: ['signing.all-issuers'],
    why: '“签署以后方可编号”与“各制定机关均已签署”看的是同一事实，前者说编号的次序，后者说联合制发的每一方',
  },
  { commands: ['AssignNumbers'], rule: 'signing.all-issuers', also: ['numbering.after-signing'], why: '同上' },
  {
    commands: ['Sign'],
    rule: 'review.same-text',
    also: ['signing.same-text'],
    why: '签署的须是审核过的现文本；审核的不是现文本，签署的也就不是',
  },
]
const severityWarn: readonly RuleId[] = [
  'publication.in-time',
  'validity.evaluated-before-renewal',
  'filing.in-time',
  'filing.materials-complete',
  'consultation.enterprises-heard',
  'interagency.answered',
  'classification.plausible',
  'archive.scheduled',
  'archive.unfinished',
  'initiation.overlap',
  'major-decision.in-catalogue',
]
/** 在这支箭头上只作提示的规则。 */
export const warns = ({ command }: PlacedArrow, rule: RuleId): boolean =>
  severityWarn.includes(rule) ||
  (rule === 'duties.separated' && command === 'Sign') ||
  (rule === 'approver.recorded' && command === 'EscalateDispute') ||
  (rule === 'text.matches-file' && command !== 'Sign' && command !== 'CorrectAfterSigning' && command !== 'Publish')

const stateOf = (stage: string): StateValue =>
  stage.split('.').reduceRight<StateValue>((inner, name) => (inner === '' ? name : { [name]: inner }), '')
/** 快照处于该阶段；并行的施行阶段其余区域取初始状态。 */
export function snapshotAt(stage: string, facts: Facts): Snapshot {
  return lifecycle.resolveState({ value: stateOf(stage), context: { dossier: facts.dossier } }) as unknown as Snapshot
}
export const when = ({ arrow }: PlacedArrow): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(arrow.when ?? {}).filter(([k]) => k === 'outcome' || k === 'substantive' || k === 'track'),
  )

/** 反例若就是讲“谁来办”的，用它写的办理人；其余仍由本来的人办理。 */
export const aboutActor: readonly RuleId[] = [
  'duties.separated',
  'interagency.asked',
  'review.organ-competent',
  'signing.signer-competent',
]
export const patchesFor = (placed: PlacedArrow, rule: RuleId): Array<{ name: string; given: Patch }> => [
  ...[`${placed.command} ${rule}`, `* ${rule}`].flatMap((key) =>
    extra[key] ? [{ name: `补充：${key}`, given: extra[key] }] : [],
  ),
  ...catalogue[rule].examples.refused,
]

/** 保存文本的命令：所存文本的自述即反例所写的。 */
const saves: ReadonlySet<CommandType> = new Set(['SaveDraft', 'CorrectAfterSigning'])

export function eventOf(placed: PlacedArrow, ground: Ground, facts: Facts, rule?: RuleId): LifecycleEvent {
  const type = placed.command as CommandType
  const given = facts.command?.type === type ? facts.command : null
  const who = given && rule && aboutActor.includes(rule) ? given.actor : ground.actor
  return {
    type,
    payload: { ...ground.payload, ...given?.payload, ...when(placed) },
    meta: {
      at: facts.now,
      on: facts.today,
      actor: who ?? actor('p-drafter', 'hy-agri', 'drafter'),
      resolved: { ...(saves.has(type) ? { says: headText(facts.dossier)?.says } : {}), ...ground.resolved } as Resolved,
    },
    pack: facts.pack,
    calendar: facts.calendar,
    external: facts.external,
  }
}
/** 在某一情形下判断；放行则给出所去的箭头。 */
export function ask(placed: PlacedArrow, ground: Ground, patch: Patch = (f) => f, rule?: RuleId) {
  const facts = patch(ground.facts)
  const decision = decide(snapshotAt(placed.stage, facts), eventOf(placed, ground, facts, rule))
  const failing = decision.verdicts.filter((v) => !v.holds)
  return { decision, failing: failing.map((v) => v.rule), blocking: failing.filter(blocks).map((v) => v.rule) }
}
export type Tried = ReturnType<typeof ask> & ReturnType<typeof patchesFor>[number]
/** 使一条规则不成立的各情形，依次试到合用的为止；试过的不再试。 */
export function tries(placed: PlacedArrow, ground: Ground, rule: RuleId) {
  const done: Tried[] = []
  const patches = patchesFor(placed, rule)
  const at = (i: number): Tried | undefined => {
    const patch = patches[i]
    if (patch) done[i] ??= { ...patch, ...ask(placed, ground, patch.given, rule) }
    return done[i]
  }
  return {
    /** 头一个合用的。 */
    first(fits: (tried: Tried) => boolean): Tried | undefined {
      for (let i = 0; i < patches.length; i++) {
        const tried = at(i)
        if (tried && fits(tried)) return tried
      }
      return undefined
    },
    /** 没有合用的，说明每个情形点了哪些名。 */
    told: (found: Tried | undefined, of: 'failing' | 'blocking'): string | undefined =>
      found ? undefined : JSON.stringify(patches.map((p, i) => [p.name, at(i)?.[of]])),
  }
}
