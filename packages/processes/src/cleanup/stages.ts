// 清理的各个阶段，依次：部署、收集意见、已核对、公示、已决定、已公布、办结；决定以前可以终止。
import { addDays } from '@dianzhang/calendar'
import type { Arrows, Ask } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { openObjections } from './dossier.ts'
import type { CleanupFacts, CleanupShape, CleanupStage } from './shape.ts'

type On = Arrows<CleanupShape>
const basis = source.rulemaking('第三十七条')
const recompute: On = { RecomputeDeadlines: [{ records: 'DeadlinesRecomputed' }] }
const cancel: On = { CancelCleanup: [{ to: 'cancelled', records: 'CleanupCancelled' }] }
const assign: On = { AssignUnit: [{ records: 'UnitAssigned' }] }
const confirm: On = { ConfirmUnlisted: [{ records: 'UnlistedConfirmed' }] }
const opinionRules = [
  'cleanup.own-items',
  'cleanup.reason-given',
  'cleanup.keep-not-lapsed',
  'cleanup.gone-proved',
  'cleanup.lapse-grounded',
  'cleanup.amend-planned',
] as const
/** 目录、意见有了变化的，回到收集意见，另行核对；公示期间的留在公示，决定以前核对。 */
const changing = (to: 'collecting' | null): On => {
  const back = to === null ? {} : { to }
  return {
    AddDocuments: [{ ...back, records: 'DocumentsAdded' }],
    ReportLateFind: [{ ...back, records: 'LateFindReported' }],
    GiveOpinion: [{ ...back, rules: opinionRules, records: 'OpinionGiven' }],
  }
}
const check = (to: 'checked' | null): On => ({
  CheckItems: [
    {
      ...(to === null ? {} : { to }),
      when: { complete: true },
      rules: ['cleanup.check-independent', 'cleanup.unit-responsible'],
      records: 'CheckFinished',
    },
    { when: { complete: false }, rules: ['cleanup.check-independent'], records: 'ItemsChecked' },
  ],
})
const objections: On = {
  RecordObjection: [{ rules: ['cleanup.notice-open'], records: 'ObjectionRecorded' }],
  AnswerObjection: [{ records: 'ObjectionAnswered' }],
}
const deciding = [
  'cleanup.every-item-answered',
  'cleanup.reason-given',
  'cleanup.keep-not-lapsed',
  'cleanup.gone-proved',
  'cleanup.lapse-grounded',
  'cleanup.amend-planned',
  'cleanup.unit-responsible',
  'cleanup.legality-checked',
  'cleanup.notice-given',
  'cleanup.notice-length',
  'cleanup.objections-answered',
  'cleanup.body-competent',
  'cleanup.not-ahead',
  'cleanup.lists-add-up',
] as const
/** 以往的清理：当时是否公示、失效的缘由，不在此问。 */
const decidedBefore = deciding.filter((id) => id !== 'cleanup.lapse-grounded' && id !== 'cleanup.notice-given')
const decide: On = { Decide: [{ to: 'decided', rules: deciding, records: 'CleanupDecided' }] }
const notice = (to: 'noticed' | null): On => ({
  OpenNotice: [
    {
      ...(to === null ? {} : { to }),
      rules: [
        'cleanup.census-frozen',
        'cleanup.every-item-answered',
        'cleanup.legality-checked',
        'cleanup.notice-length',
      ],
      records: 'NoticeOpened',
    },
  ],
})
/** 决定以后发现的，不入本次的目录。 */
const after: On = {
  AddDocuments: [{ records: 'LateFindAfterDecision' }],
  ReportLateFind: [{ records: 'LateFindAfterDecision' }],
}
const republish: On = {
  RecordRepublication: [{ records: 'RepublicationRecorded' }],
  ApplyLapses: [{ rules: ['cleanup.lapse-due'], records: 'ConditionalLapsesApplied' }],
}

/** 等各责任单位就各自的项目提出意见，件数随各单位。 */
const owing = (f: CleanupFacts): Ask<CleanupShape>[] =>
  Object.entries(f.external.owed ?? {}).map(([unit, count]) => ({ command: 'GiveOpinion', units: [unit], count }))

export const stages: Record<string, CleanupStage> = {
  planned: {
    label: '部署',
    basis,
    tags: ['open'],
    whose: ['secretariat'],
    on: {
      FreezeCensus: [
        {
          to: 'collecting',
          rules: [
            'cleanup.scope-stated',
            'cleanup.ordered',
            'cleanup.closed-list-allowed',
            'cleanup.deadlines-ahead',
            'cleanup.census-frozen',
          ],
          records: 'CensusFrozen',
        },
      ],
      ImportCensus: [{ to: 'collecting', records: 'CensusImported' }],
      AddDocuments: [{ records: 'DocumentsAdded' }],
      ...cancel,
      ...recompute,
    },
    ideal: () => ({ type: 'FreezeCensus', payload: {} }),
  },
  collecting: {
    label: '收集意见',
    basis,
    tags: ['open'],
    whose: ['drafter', 'unit_head', 'secretariat', 'legality_reviewer'],
    on: {
      ...changing(null),
      ...assign,
      ...check('checked'),
      ...confirm,
      ...objections,
      // 以往的清理当时已经核对、决定，补录以后即可记录决定。
      Decide: [{ to: 'decided', when: { past: true }, rules: decidedBefore, records: 'CleanupDecided' }],
      ...cancel,
      ...recompute,
    },
    asks: (_, f) => owing(f),
    ideal: () => ({ type: 'CheckItems', payload: { agreeAll: true }, resolved: { complete: true } }),
  },
  checked: {
    label: '已核对',
    basis: source.legalityReview('二（四）'),
    tags: ['open'],
    whose: ['secretariat'],
    on: {
      ...changing('collecting'),
      ...assign,
      ...confirm,
      ...notice('noticed'),
      ...objections,
      ...decide,
      ...cancel,
      ...recompute,
    },
    ideal: () => ({ type: 'OpenNotice', payload: {} }),
  },
  noticed: {
    label: '公示',
    basis: source.qujiang2021('公示'),
    tags: ['open', 'public'],
    whose: ['secretariat', 'legality_reviewer'],
    on: {
      ...changing(null),
      ...assign,
      ...check(null),
      ...confirm,
      ...objections,
      ...notice(null),
      ...decide,
      ...cancel,
      ...recompute,
    },
    // 公示期满才等着决定；期间各方的异议等着答复。
    asks: (d, f) => [
      ...owing(f),
      ...(openObjections(d).length > 0
        ? [{ command: 'AnswerObjection' as const, count: openObjections(d).length }]
        : []),
      ...(d.notice ? [{ command: 'Decide' as const, notBefore: addDays(d.notice.until, 1) }] : []),
    ],
    ideal: () => null,
  },
  decided: {
    label: '已决定',
    basis,
    tags: ['open'],
    whose: ['secretariat'],
    on: {
      ...after,
      ...confirm,
      PublishResult: [
        {
          to: 'published',
          rules: [
            'cleanup.lists-add-up',
            'cleanup.closed-list-confirmed',
            'cleanup.decision-published',
            'cleanup.effective-after-publication',
            'cleanup.not-ahead',
            'cleanup.published-in-time',
            'cleanup.reconciled',
          ],
          records: 'ResultPublished',
        },
      ],
      ...recompute,
    },
    ideal: () => ({ type: 'PublishResult', payload: {} }),
  },
  published: {
    label: '已公布',
    basis: source.disclosure('第二十六条'),
    tags: ['public'],
    whose: ['secretariat'],
    on: {
      ...after,
      ...republish,
      CloseCleanup: [{ to: 'closed', rules: ['cleanup.settled'], records: 'CleanupClosed' }],
      ...recompute,
    },
    ideal: () => ({ type: 'CloseCleanup', payload: {} }),
  },
  closed: {
    label: '办结',
    basis,
    tags: ['ended', 'public'],
    whose: ['secretariat'],
    on: { ...after, ...republish, ...recompute },
    ideal: () => null,
  },
  cancelled: { label: '终止', basis, tags: ['ended'] },
}
