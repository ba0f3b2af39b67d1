import type { Basis, CommandType, Track } from '@dianzhang/contract'
import type { Dossier, ForceEvent, ForceState, RuleId } from '@dianzhang/rules'
import { type Arrow, type Arrows, materials, openComments, type StageSpec, upkeep } from './stage.ts'

const forceBasis: Basis = { document: '党政机关公文处理工作条例', article: '第三十三条', confidence: 'verified' }
const filingBasis: Basis = {
  document: '中华人民共和国地方各级人民代表大会和地方各级人民政府组织法',
  article: '第七十五条',
  confidence: 'verified',
}

type Change = Exclude<ForceEvent['kind'], 'restored' | 'reinstated'>
const states: Record<Change, ForceState> = {
  amended: 'amended',
  repealed: 'repealed',
  annulled: 'annulled',
  lapsed: 'expired',
  suspended: 'suspended',
  resumed: 'in_force',
}
/** 变动效力须满足的条件。 */
const changeRules = ['acts.in-order', 'force.organ-competent', 'force.with-act'] as const satisfies readonly RuleId[]
/** 效力变动：日期已到的立即变更状态，未到的先行登记，到期由系统变更。 */
const change = (kind: Change): Arrow[] => [
  { to: `effective.force.${states[kind]}`, when: { reached: true }, rules: changeRules, records: 'ForceEventRecorded' },
  { when: { reached: false }, rules: changeRules, records: 'ForceEventScheduled' },
]
/** 停止、恢复执行：整件的变更状态；只及于若干条款的，整件的状态不变。 */
const holding = (kind: 'suspended' | 'resumed'): Arrow[] => change(kind).map(whole)
const whole = (arrow: Arrow): Arrow => ({ ...arrow, when: { ...arrow.when, byClause: false } })
const byClause: Arrow[] = [
  { when: { byClause: true, reached: true }, rules: [...changeRules, 'force.clauses'], records: 'ForceEventRecorded' },
  {
    when: { byClause: true, reached: false },
    rules: [...changeRules, 'force.clauses'],
    records: 'ForceEventScheduled',
  },
]
const dueClauses: Arrow = { when: { dueForce: 'clauses' }, records: 'ForceEventApplied' }
/** 撤销自始无效，没有将来的日期。 */
const annul: Arrow[] = [{ to: 'effective.force.annulled', rules: changeRules, records: 'ForceEventRecorded' }]
/** 收回一项变动（或者撤去先前的收回）：去往其余成立的变动所推得的状态，不论现在处于何种状态。 */
const restore: Arrow[] = (
  ['pending', 'in_force', 'amended', 'suspended', 'expired', 'repealed', 'annulled'] as const
).map((state) => ({
  to: `effective.force.${state}`,
  when: { restoredTo: state },
  rules: [...changeRules, 'force.restorable'],
  records: 'ForceRestored',
}))
const ending: Arrows = {
  RepealDocument: change('repealed'),
  AnnulDocument: annul,
  DeclareLapsed: change('lapsed'),
}
/** 到期的效力变动由系统经同一入口体现。 */
const due = (...kinds: Change[]): Arrow[] =>
  kinds.map((kind) => ({
    to: `effective.force.${states[kind]}`,
    when: { dueForce: kind },
    records: 'ForceEventApplied' as const,
  }))

/** 施行之日已到，没有待体现的变动。 */
const begin: Arrow[] = [
  {
    to: 'effective.force.in_force',
    when: { inEffect: true, dueForce: 'none', amended: false },
    records: 'EffectTaken',
  },
  { to: 'effective.force.amended', when: { inEffect: true, dueForce: 'none', amended: true }, records: 'EffectTaken' },
]

const force: StageSpec = {
  label: '效力',
  basis: forceBasis,
  initial: 'pending',
  on: { RestoreForce: restore },
  states: {
    pending: {
      label: '尚未施行',
      basis: { document: '规章制定程序条例', article: '第三十二条（参照）', confidence: 'verified' },
      tags: ['public'],
      on: {
        // 施行之前的修改不改变“尚未施行”，施行时才成为“已修改”。
        TakeEffect: [
          ...begin,
          { when: { dueForce: 'amended' }, records: 'ForceEventApplied' },
          ...due('repealed', 'lapsed'),
        ],
        AmendDocument: [
          { when: { reached: true }, rules: changeRules, records: 'ForceEventRecorded' },
          { when: { reached: false }, rules: changeRules, records: 'ForceEventScheduled' },
        ],
        ...ending,
      },
      always: begin,
    },
    in_force: {
      label: '现行有效',
      basis: forceBasis,
      tags: ['public', 'binding'],
      on: {
        TakeEffect: [...due('amended', 'repealed', 'lapsed', 'suspended'), dueClauses],
        AmendDocument: change('amended'),
        SuspendDocument: [...holding('suspended'), ...byClause],
        ResumeDocument: byClause,
        ...ending,
      },
    },
    amended: {
      label: '已修改',
      basis: forceBasis,
      tags: ['public', 'binding'],
      on: {
        TakeEffect: [...due('repealed', 'lapsed', 'suspended'), dueClauses],
        AmendDocument: change('amended'),
        SuspendDocument: [...holding('suspended'), ...byClause],
        ResumeDocument: byClause,
        ...ending,
      },
    },
    suspended: {
      label: '停止执行',
      basis: forceBasis,
      tags: ['public'],
      on: {
        TakeEffect: [...due('resumed', 'repealed', 'lapsed'), dueClauses],
        SuspendDocument: byClause,
        ResumeDocument: [...holding('resumed'), ...byClause],
        ...ending,
      },
    },
    expired: { label: '已失效', basis: forceBasis, tags: ['public'], on: { AnnulDocument: annul } },
    repealed: { label: '已废止', basis: forceBasis, tags: ['public'], on: { AnnulDocument: annul } },
    annulled: { label: '已撤销', basis: forceBasis, tags: ['public'] },
  },
}
/** 纠正意见已经答复：经过的最后两步都在纠正中，先是提出，再是答复。 */
const answered = (filing: Dossier['filings'][Track]): boolean =>
  filing?.history.at(-2)?.status === 'correction' && filing.history.at(-1)?.status === 'correction'
/**
 * 等受理这一轨道报送的单位办理。报送另开了备案审查的（`review`），各步都在那一件上等，本件不再另等：同一件事在待办里只有一处，
 * 收件一方不在报送一方的案卷上办理。
 */
const receiving = (
  d: Dossier,
  track: Track,
  command: CommandType,
): ReadonlyArray<{ command: CommandType; units?: readonly string[] }> => {
  const filing = d.filings[track]
  if (filing?.review) return []
  return [{ command, ...(filing?.recipient ? { units: [filing.recipient] } : {}) }]
}
/** 等报送一方办理的；另开了备案审查的，同样在那一件上。 */
const sending = (d: Dossier, track: Track, command: CommandType): readonly CommandType[] =>
  d.filings[track]?.review ? [] : [command]
const onTrack = (
  track: Track,
  type: CommandType,
  to: string,
  records: Arrow['records'],
  rules: Arrow['rules'] = [],
): Arrows => ({
  [type]: [{ to: `effective.filing.${track}.${to}`, when: { track }, rules, records }],
})
const filingTrack = (track: Track, label: string): StageSpec => {
  const file = onTrack(track, 'FileDocument', 'filed', 'FilingSent', [
    'filing.right-recipient',
    'filing.in-time',
    'filing.materials-complete',
  ])
  const present = track === 'government' ? { governmentTrack: false } : { npcTrack: false }
  return {
    label,
    basis: filingBasis,
    initial: 'due',
    states: {
      due: {
        label: '待报送',
        basis: filingBasis,
        asks: () => ['FileDocument'],
        on: file,
        always: [{ to: `effective.filing.${track}.not_required`, when: present, records: 'FilingClosed' }],
      },
      not_required: { label: '不需报送', basis: filingBasis },
      filed: {
        label: '已报送',
        basis: filingBasis,
        asks: (d) => receiving(d, track, 'AcknowledgeFiling'),
        on: {
          ...onTrack(track, 'AcknowledgeFiling', 'registered', 'FilingRegistered'),
          ...onTrack(track, 'RequestFilingSupplement', 'supplementing', 'FilingSupplementRequested'),
          ...onTrack(track, 'ReturnFiling', 'returned', 'FilingReturned'),
        },
      },
      supplementing: {
        label: '补正中',
        basis: filingBasis,
        asks: (d) => sending(d, track, 'SupplementFiling'),
        on: {
          // 补正迟了，先前的报送不算：与逾期报送同样提示。
          ...onTrack(track, 'SupplementFiling', 'filed', 'FilingSupplemented', ['filing.in-time']),
          ...onTrack(track, 'ReturnFiling', 'returned', 'FilingReturned'),
        },
      },
      registered: {
        label: '已登记',
        basis: filingBasis,
        asks: (d) => receiving(d, track, 'CloseFiling'),
        on: {
          ...onTrack(track, 'ExtendFilingReview', 'registered', 'FilingReviewExtended', ['filing.review-extension']),
          ...onTrack(track, 'RequestCorrection', 'correction', 'CorrectionRequested'),
          ...onTrack(track, 'CloseFiling', 'closed', 'FilingClosed'),
        },
      },
      returned: {
        label: '不予备案',
        basis: filingBasis,
        asks: (d) => sending(d, track, 'FileDocument'),
        on: { ...file, ...onTrack(track, 'CloseFiling', 'closed', 'FilingClosed') },
      },
      correction: {
        label: '纠正中',
        basis: filingBasis,
        asks: (d) =>
          answered(d.filings[track]) ? receiving(d, track, 'CloseFiling') : sending(d, track, 'AnswerCorrection'),
        on: {
          ...onTrack(track, 'AnswerCorrection', 'correction', 'CorrectionAnswered'),
          ...onTrack(track, 'CloseFiling', 'closed', 'FilingClosed'),
        },
      },
      closed: { label: '已办结', basis: filingBasis },
    },
  }
}

/** 纠正、补正还没有办结：归档等着它，不催。可否归档由规则判断。 */
const unsettled = (d: Dossier): boolean =>
  Object.values(d.filings).some((filing) => filing?.status === 'correction' || filing?.status === 'supplementing')
const archiveRules = [
  'archive.scheduled',
  'archive.settled',
  'archive.unfinished',
  'archive.number-free',
] as const satisfies readonly RuleId[]

/** 施行、备案、归档三者并行。 */
export const effective: StageSpec = {
  label: '施行、备案与归档',
  basis: filingBasis,
  whose: ['drafter', 'unit_head', 'secretariat', 'registrar'],
  parallel: true,
  on: { ...materials, ...openComments, ...upkeep, RecordEvaluation: [{ records: 'EvaluationRecorded' }] },
  states: {
    force,
    filing: {
      label: '备案',
      basis: filingBasis,
      parallel: true,
      states: { government: filingTrack('government', '报上级政府'), npc: filingTrack('npc', '报人大常委会') },
    },
    archive: {
      label: '归档',
      basis: { document: '重大行政决策程序暂行条例（国务院令第713号）', article: '第三十三条', confidence: 'verified' },
      initial: 'open',
      states: {
        open: {
          label: '未归档',
          basis: filingBasis,
          asks: (d) => (d.publication?.tookEffectAt && !unsettled(d) ? ['ArchiveFile'] : []),
          on: {
            ArchiveFile: [{ to: 'effective.archive.archived', rules: archiveRules, records: 'FileArchived' }],
          },
        },
        archived: { label: '已归档', basis: filingBasis },
      },
    },
  },
}
