// 一名只求早日公布的经办人：能往前走就往前走，被拒绝了才补一件被点名的事。供“没有一条路绕得过去”的性质测试使用。
import { addDays } from '@dianzhang/calendar'
import type { Classification, CommandType } from '@dianzhang/contract'
import { requiredArtefacts } from '@dianzhang/packs'
import { blocks, type Dossier, type ExternalFacts, exampleFacts, headText, type SubstanceFact } from '@dianzhang/rules'
import {
  decide,
  initial,
  type LifecycleEvent,
  newDossier,
  optionsOf,
  type Resolved,
  type Snapshot,
  stageOf,
  step,
} from './index.ts'

const base = exampleFacts()
const actors: Partial<Record<CommandType, [person: string, unit: string, role: string]>> = {
  ApproveInitiation: ['p-secretary', 'hy-office', 'secretariat'],
  SubmitForReview: ['p-unit-head', 'hy-agri', 'unit_head'],
  ResubmitAfterReturn: ['p-unit-head', 'hy-agri', 'unit_head'],
  AcceptPackage: ['p-reviewer', 'hy-justice', 'legality_reviewer'],
  RequestSupplement: ['p-reviewer', 'hy-justice', 'legality_reviewer'],
  IssueOpinion: ['p-reviewer', 'hy-justice', 'legality_reviewer'],
  ConfirmRevision: ['p-reviewer', 'hy-justice', 'legality_reviewer'],
  ConfirmCorrection: ['p-reviewer', 'hy-justice', 'legality_reviewer'],
  RecordFairCompetitionReview: ['p-competition', 'hy-market', 'fair_competition_reviewer'],
  RecordSecretariatCheck: ['p-secretary', 'hy-office', 'secretariat'],
  RecordDecision: ['p-secretary', 'hy-office', 'secretariat'],
  ReportToPartyCommittee: ['p-secretary', 'hy-office', 'secretariat'],
  AssignNumbers: ['p-secretary', 'hy-office', 'secretariat'],
  Publish: ['p-secretary', 'hy-office', 'secretariat'],
  ChangeIssuers: ['p-secretary', 'hy-office', 'secretariat'],
  CorrectAfterSigning: ['p-secretary', 'hy-office', 'secretariat'],
  Sign: ['p-leader', 'hy-gov', 'leader'],
  ReturnFromSigning: ['p-leader', 'hy-gov', 'leader'],
}
/** 一次办成的命令：何日办理，其后的案卷。 */
export interface Done {
  type: CommandType
  payload: Record<string, unknown>
  on: string
  /** 办理当时（办成以前）的分类与第几版文本：由办理的先后数出，不取自案卷。 */
  text: number
  stage: string
  by: string
}
const flags = [
  'affectsRights',
  'enterpriseRelated',
  'majorDecision',
  'expertise',
  'stability',
  'hearingRequired',
] as const
export type Flag = (typeof flags)[number]
export const allFlags: readonly Flag[] = flags
/** 打断办理的事：改变分类、保存新的文本、退回、变更制定机关、签署后更正（实质的、错字）、依据被废止、起草人受托来审核。 */
export type Disturbance =
  | { kind: 'flag'; flag: Flag }
  | { kind: 'save' | 'return' | 'unlawful' | 'supplement' | 'issuers' | 'correct' | 'slip' | 'basis' | 'delegate' }

/** 补得了的，依补办的先后。 */
const remediable = [
  'draft.artefacts-complete',
  'draft.basis-in-force',
  'consultation.minimum-period',
  'consultation.held',
  'consultation.feedback-published',
  'consultation.same-substance',
  'assessment.expert-review',
  'assessment.risk',
  'assessment.fair-competition',
  'assessment.order',
  'assessment.current',
  'hearing.held',
  'review.own-first',
  'review.min-period',
  'assessment.party-report',
  'correction.confirmed',
  'publication.interpretation',
]

/** 一件案卷与它走过的路。 */
export class Walk {
  snapshot: Snapshot
  today = '2026-03-02'
  readonly done: Done[] = []
  text = 0
  classification: Classification
  /** 立项申请时的分类，其后的由各次重新认定数出。 */
  readonly atFirst: Classification
  /** 已被废止的依据；现在所列的依据。 */
  readonly repealed: string[] = []
  basis = '优化营商环境条例'
  /** 案卷之外的事实有了变化的。 */
  outside: Partial<ExternalFacts> = {}
  constructor(classification: Partial<Classification>) {
    this.classification = {
      affectsRights: true,
      enterpriseRelated: false,
      majorDecision: false,
      expertise: false,
      confidential: false,
      provisional: false,
      ...classification,
    }
    this.atFirst = { ...this.classification }
    this.snapshot = initial(
      newDossier({
        id: 'walk',
        jurisdiction: '640522',
        packVersion: base.pack.version,
        title: '海原县示范办法',
        tier: 'government',
        issuers: ['hy-gov'],
        draftingUnit: 'hy-agri',
        classification: this.classification,
        necessity: '需要。',
        at: '2026-03-02T09:00:00+08:00',
        by: 'p-drafter',
      }),
    )
  }
  get dossier(): Dossier {
    return this.snapshot.context.dossier
  }
  get stage(): string {
    return stageOf(this.snapshot.value)
  }
  /** 任何两版文本都有实质变化，没有新增负担。 */
  substance(): SubstanceFact[] {
    const head = headText(this.dossier)
    return this.dossier.texts
      .filter((t) => t.hash !== head?.hash)
      .map((t) => ({
        from: t.hash,
        to: head?.hash ?? '',
        substantive: true,
        changes: ['数字：1→2'],
        burdens: [],
      }))
  }
  event(
    type: CommandType,
    payload: Record<string, unknown> = {},
    resolved: Resolved = {},
    delegated: Partial<LifecycleEvent['meta']['actor']> | null = null,
  ): LifecycleEvent {
    const [person, unit, role] = actors[type] ?? ['p-drafter', 'hy-agri', 'drafter']
    // 每一步隔一分钟，次序分明。
    const minute = String(this.done.length % 60).padStart(2, '0')
    const hour = String(9 + (Math.floor(this.done.length / 60) % 12)).padStart(2, '0')
    return {
      type,
      payload,
      meta: {
        at: `${this.today}T${hour}:${minute}:00+08:00`,
        on: this.today,
        actor: { person, unit, roles: [role as never], ...(delegated ? { person: 'p-drafter', ...delegated } : {}) },
        resolved,
      },
      pack: base.pack,
      calendar: base.calendar,
      external: {
        ...base.external,
        comments: { total: 0, undisposed: 0 },
        bases: [
          { title: this.basis, status: 'in_force' as const },
          ...this.repealed.map((title) => ({ title, status: 'repealed' as const })),
        ].toReversed(),
        substance: this.substance(),
        ...this.outside,
      },
    }
  }
  has(type: CommandType): boolean {
    return optionsOf(this.snapshot).some((o) => o.command === type)
  }
  /** 试办；办成的记下。答复阻断的规则，办成为 null；本阶段没有这条命令为 ['stage.permits']。 */
  attempt(
    type: CommandType,
    payload: Record<string, unknown> = {},
    resolved: Resolved = {},
    delegated: Parameters<Walk['event']>[3] = null,
  ): string[] | null {
    if (!this.has(type)) return ['stage.permits']
    const event = this.event(type, payload, resolved, delegated)
    const decision = decide(this.snapshot, event)
    if (decision.kind === 'refused') {
      this.waits = decision.verdicts
        .filter(blocks)
        .flatMap((v) => (v.earliest && v.earliest > this.today && v.earliestOf === undefined ? [v.earliest] : []))
      return decision.verdicts.filter(blocks).map((v) => v.rule)
    }
    // 错字的更正不是另一份文本。
    if (type === 'SaveDraft' || (type === 'CorrectAfterSigning' && resolved.findings?.length !== 0)) this.text += 1
    if (type === 'Reclassify')
      this.classification = { ...this.classification, ...(payload.classification as Partial<Classification>) }
    const by = event.meta.actor.person ?? ''
    this.done.push({ type, payload, on: this.today, text: this.text, stage: this.stage, by })
    this.snapshot = step(this.snapshot, event).snapshot
    return null
  }
  waits: string[] = []

  save(): string[] | null {
    const n = this.text + 1
    return this.attempt('SaveDraft', { body: '正文' }, { n, hash: String(n).padStart(64, '0') })
  }
  provide(kind: string): string[] | null {
    const n = this.done.length + 1
    const own = { conclusion: 'lawful' as const, examiner: 'p-unit-head', textHash: headText(this.dossier)?.hash ?? '' }
    return this.attempt(
      'ProvideArtefact',
      {
        kind,
        ...(kind === 'legal_basis_table' ? { bases: [{ title: this.basis }] } : {}),
      },
      { n, hash: `a-${kind}-${n}`, ...(kind === 'own_legality_opinion' ? { own } : {}) },
    )
  }
  /** 往前走一步：本阶段的前行命令，逐条试。答复最先的一次拒绝。 */
  forward(): string[] | null {
    const hash = headText(this.dossier)?.hash
    const since = { sinceConsultation: { answer: 'not_substantive', opinions: [], reason: '文字调整。' } }
    const meeting = { body: '海原县人民政府常务会议', session: '第1次', date: this.today }
    const ways: Array<[CommandType, Record<string, unknown>, Resolved]> = [
      ['ApproveInitiation', {}, {}],
      ['AcceptPackage', {}, { packageHash: 'p' }],
      ['Supplement', { note: '已补。' }, { packageHash: 'p' }],
      ['IssueOpinion', { outcome: 'lawful', points: [], grounds: [] }, {}],
      ['RecordDecision', { outcome: 'adopted', dissents: [], ...meeting }, {}],
      ['RecordSecretariatCheck', { outcome: 'passed', reasons: [] }, {}],
      ['ConfirmRevision', {}, {}],
      ['Sign', { contentHash: hash }, { unit: 'hy-gov' }],
      [
        'AssignNumbers',
        {},
        { document: '海政规发〔2026〕1号', registry: 'R', year: 2026, seq: 1, adoptionDate: this.today },
      ],
      [
        'Publish',
        {
          effectiveDate: addDays(this.today, 40),
          validity: { years: 1 },
          channels: ['网站'],
          disclosure: 'active',
          interpretation: '解读。',
        },
        { validUntil: addDays(this.today, 300), validityYears: 1 },
      ],
      ['ResubmitAfterReturn', since, {}],
      ['SubmitForReview', since, { packageHash: 'p' }],
    ]
    let first: string[] | null = null
    for (const [type, payload, resolved] of ways) {
      if (!this.has(type)) continue
      if (type === 'AssignNumbers' && this.stage === 'publication') continue
      // 审议中没有可以确认的修改、办公机构已就现文本审核过的，不再重复。
      const { review } = this.dossier
      const settled = review?.confirmation?.contentHash ?? review?.opinion?.contentHash
      if (type === 'ConfirmRevision' && this.stage === 'deliberation' && settled === hash) continue
      if (type === 'RecordSecretariatCheck' && this.dossier.secretariatCheck?.textHash === hash) continue
      // 只差期限未满的，等着就是，不重新提请。
      if (type === 'SubmitForReview' && first?.length === 1 && first[0] === 'review.min-period') continue
      const refused = this.attempt(type, payload, resolved)
      if (refused === null) return null
      // 情形不合的（没有退回过）不算；能提请审核的，以提请审核差的为准。
      if (!refused.includes('stage.permits') && (first === null || type === 'SubmitForReview')) first = refused
    }
    return first ?? ['stage.permits']
  }
  /** 退回起草：由所在阶段有权退回的一步。 */
  back(): string[] | null {
    if (this.has('ReturnFromSigning')) return this.attempt('ReturnFromSigning', { reason: '退回。' })
    if (this.stage === 'deliberation')
      return this.attempt('RecordSecretariatCheck', { outcome: 'returned', reasons: ['退回。'] })
    return ['stage.permits']
  }
  /** 被点名的规则 → 补办的事；补不了（不在可以补的阶段）的先退回。 */
  remedy(rules: readonly string[]): void {
    const rule = remediable.find((r) => rules.includes(r)) ?? ''
    const d = this.dossier
    const open = d.consultations.findLast((r) => !r.closedAt)
    const record = (type: CommandType, more: Record<string, unknown> = {}) =>
      this.attempt(type, { conclusion: '可行。', date: this.today, ...more })
    const fix = (): string[] | null => {
      switch (rule) {
        case 'draft.artefacts-complete': {
          if (d.texts.length === 0) return this.save()
          const kind = requiredArtefacts(base.pack.artefacts.value).find((k) => !d.artefacts.some((a) => a.kind === k))
          return this.provide(kind ?? 'legal_basis_table')
        }
        case 'draft.basis-in-force':
          this.basis = `示范条例之${this.done.length}`
          return this.provide('legal_basis_table')
        case 'consultation.held':
        case 'consultation.minimum-period':
        case 'consultation.same-substance':
        case 'consultation.feedback-published': {
          if (open) {
            if (this.today <= open.closesOn) this.today = addDays(open.closesOn, 1)
            return this.attempt('CloseConsultation')
          }
          const last = d.consultations.at(-1)
          if (last && !last.feedbackAt && rule !== 'consultation.minimum-period') return this.attempt('PublishFeedback')
          const days = this.classification.enterpriseRelated || this.classification.majorDecision ? 33 : 14
          const closesOn = addDays(this.today, days)
          return this.attempt(
            'OpenPublicConsultation',
            { channels: [], closesAt: closesOn },
            {
              id: `r${this.done.length}`,
              closesOn,
              closesAt: `${addDays(closesOn, 1)}T00:00:00+08:00`,
              noteHash: 'n',
            },
          )
        }
        case 'assessment.expert-review':
          return record('RecordExpertReview')
        case 'assessment.risk':
          return record('RecordRiskAssessment', { outcome: 'controllable' })
        case 'assessment.fair-competition':
          if (!d.artefacts.some((a) => a.kind === 'fcr_first_opinion')) return this.provide('fcr_first_opinion')
          return record('RecordFairCompetitionReview', { outcome: 'no_restriction', stakeholdersHeard: ['经营者'] })
        case 'assessment.current':
        case 'assessment.order': {
          if (d.expertReviews.length > 0) record('RecordExpertReview')
          if (d.riskAssessments.length > 0) record('RecordRiskAssessment', { outcome: 'controllable' })
          return d.fairCompetition.length > 0
            ? record('RecordFairCompetitionReview', { outcome: 'no_restriction', stakeholdersHeard: ['经营者'] })
            : null
        }
        case 'hearing.held': {
          const announcedOn = this.today
          this.today = addDays(this.today, 40)
          return this.attempt('RecordHearing', {
            announcedOn,
            materialsSentOn: addDays(announcedOn, 5),
            heldOn: this.today,
            record: '笔录。',
          })
        }
        case 'review.own-first':
          return this.provide('own_legality_opinion')
        case 'assessment.party-report':
          return this.attempt('ReportToPartyCommittee', { date: this.today, reference: '请示。' })
        case 'correction.confirmed':
          return this.attempt('ConfirmCorrection')
        case 'publication.interpretation':
          return this.provide('interpretation')
        case 'review.min-period':
          this.today = this.waits.toSorted().at(-1) ?? addDays(this.today, 1)
          return null
        default:
          return ['stage.permits']
      }
    }
    const failed = fix()
    if (failed !== null && this.back() !== null) this.today = addDays(this.today, 1)
  }
  disturb(what: Disturbance): void {
    switch (what.kind) {
      case 'flag':
        this.attempt('Reclassify', {
          classification: { [what.flag]: !this.classification[what.flag] },
          reason: '重新认定。',
        })
        return
      case 'save':
        this.save()
        return
      case 'return':
        this.back()
        return
      case 'unlawful':
        this.attempt('IssueOpinion', { outcome: 'unlawful', points: [], grounds: ['违法。'] })
        return
      case 'supplement':
        this.attempt('RequestSupplement', { missing: ['材料'] })
        return
      case 'issuers':
        this.attempt(
          'ChangeIssuers',
          { issuers: ['hy-gov'], reason: '变更。' },
          { units: this.dossier.issuers.length > 1 ? ['hy-gov'] : ['hy-gov', 'zn-gov'] },
        )
        return
      case 'correct': {
        const n = this.text + 1
        this.attempt(
          'CorrectAfterSigning',
          { substantive: false, body: '正文', reason: '更正。' },
          { n, hash: String(n).padStart(64, '0'), findings: ['数字'] },
        )
        return
      }
      case 'slip': {
        const n = this.done.length + 1000
        this.attempt(
          'CorrectAfterSigning',
          { substantive: false, body: '正文', reason: '错字。' },
          { n, hash: String(n).padStart(64, '0'), findings: [] },
        )
        return
      }
      case 'basis':
        this.repealed.push(this.basis)
        return
      case 'delegate': {
        const delegated = { delegatedFrom: 'p-reviewer', home: { unit: 'hy-agri', roles: [] } }
        for (const type of ['IssueOpinion', 'ConfirmRevision', 'ConfirmCorrection'] as const)
          this.attempt(type, { outcome: 'lawful', points: [], grounds: [] }, {}, delegated)
      }
    }
  }
  /** 走到公布，或者走满若干步；`disturbances` 第 i 项在第 i 步以前发生，空的不打断。`see` 在每一步以前看一眼。 */
  run(disturbances: ReadonlyArray<Disturbance | null>, steps = 140, see: (w: Walk) => void = () => {}): boolean {
    for (let i = 0; i < steps && this.stage !== 'effective'; i++) {
      const next = disturbances[i]
      if (next) this.disturb(next)
      see(this)
      const refused = this.forward()
      if (refused !== null) this.remedy(refused)
    }
    return this.stage === 'effective'
  }
}
