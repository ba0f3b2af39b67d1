// 折叠：命令如何改变案卷。纯函数；不判断可否，只记录发生了什么。
import {
  type CommandOf,
  type CommandType,
  type DeviableMatter,
  type SinceConsultation,
  sessionName,
  type Track,
} from '@dianzhang/contract'
import type {
  AssessmentRecord,
  Dossier,
  Facts,
  FilingRecord,
  ForceEvent,
  MaterialRef,
  ReviewFile,
} from '@dianzhang/rules'
import {
  approvalsOf,
  assessedText,
  availableApproval,
  competentMeetings,
  disputeArbiters,
  findBody,
  findOrgan,
  forceApplied,
  forceOrgans,
  groundOf,
  headText,
  isWithheld,
  judgedOn,
  standingForce,
  standsAt,
  undoTarget,
  unsignedIssuers,
} from '@dianzhang/rules'
import { dueForceEvent, substantiveCorrection } from './cases.ts'
import type { ResolvedFor } from './events.ts'
import { issuersChanged } from './issuers-changed.ts'
import type { EventMeta, LifecycleEvent } from './shape.ts'
import { standing } from './standing.ts'
import { supposed } from './supposed.ts'

/** 所落定的值依命令而定：折叠用到的，办理台必须给出。 */
type MetaOf<T extends CommandType> = Omit<EventMeta, 'resolved'> & { resolved: ResolvedFor<T> }
type Fold<T extends CommandType> = (d: Dossier, p: CommandOf<T>, m: MetaOf<T>, e: LifecycleEvent) => Dossier
type SavedMeta = MetaOf<'SaveDraft'> | MetaOf<'CorrectAfterSigning'>

const person = (m: EventMeta) => m.actor.person ?? 'system'
const head = (d: Dossier) => headText(d)?.hash ?? ''
const keep = (d: Dossier): Dossier => d
const materialsOf = (d: Dossier): MaterialRef[] => judgedOn(d).materials

/** 评估类记录所约束的文本：载荷指明的版本或摘要，否则为当日已有的最近一版。 */
function assessed(
  d: Dossier,
  p: { textVersion?: number | undefined; contentHash?: string | undefined; conclusion: string; date: string },
  m: EventMeta,
): AssessmentRecord {
  return { date: p.date, at: m.at, by: person(m), textHash: assessedText(d, p), conclusion: p.conclusion }
}
function withReview(d: Dossier, change: (r: ReviewFile) => ReviewFile): Dossier {
  return d.review ? { ...d, review: change(d.review) } : d
}
function withFiling(d: Dossier, track: Track, change: (f: FilingRecord) => FilingRecord): Dossier {
  const f = d.filings[track]
  return f ? { ...d, filings: { ...d.filings, [track]: change(f) } } : d
}
const filingStep = (
  f: FilingRecord,
  status: FilingRecord['status'],
  m: EventMeta,
  note: string | null,
  extra: Partial<FilingRecord> = {},
  until?: string,
): FilingRecord => ({
  ...f,
  ...extra,
  status,
  history: [...f.history, { status, on: m.on, note, ...(until ? { until } : {}) }],
})
/** 此刻的事实：推算哪些认可仍然成立，与各关口看同一份实质变化。 */
const factsOf = (d: Dossier, { meta, pack, calendar, external }: LifecycleEvent): Facts => ({
  now: meta.at,
  today: meta.on,
  dossier: d,
  command: null,
  pack,
  calendar,
  external,
})
function returned(d: Dossier, from: string, to: string, reason: string, e: LifecycleEvent): Dossier {
  const m = e.meta
  return {
    ...d,
    returnedFrom: from,
    returns: [...d.returns, { from, to, at: m.at, by: person(m), reason, standing: standing(d, factsOf(d, e), to) }],
  }
}
const voided = (d: Dossier, reason: string, approver: string, m: EventMeta, approverName?: string): Dossier => ({
  ...d,
  voidedNumbers: d.numbers
    ? [
        ...d.voidedNumbers,
        { number: d.numbers.document, reason, approver, ...(approverName ? { approverName } : {}), at: m.at },
      ]
    : d.voidedNumbers,
  numbers: null,
})
/** 终止。编号以后因更正退回而终止的，文号随之作废（办理人即批准人），不留有号而无文的空号。 */
const closed = (d: Dossier, reason: string, m: EventMeta): Dossier => ({
  ...voided(d, reason, m.resolved.approver ?? person(m), m),
  closing: { reason, at: m.at },
})
type ForcePayload = {
  on?: string
  reason: string
  byDocument?: string | undefined
  decision?: ForceEvent['decision'] | undefined
  provisions?: string[] | undefined
}
const force =
  (kind: ForceEvent['kind']) =>
  (d: Dossier, p: ForcePayload, m: EventMeta, e: LifecycleEvent): Dossier => ({
    ...d,
    forceEvents: [
      ...d.forceEvents,
      {
        kind,
        on: p.on ?? m.on,
        reason: p.reason,
        byDocument: p.byDocument ?? null,
        decision: p.decision ? decidedBy(d, p.decision, e) : null,
        at: m.at,
        ...(p.provisions?.length ? { provisions: p.provisions } : {}),
      },
    ],
  })
function savedText(d: Dossier, m: SavedMeta, kind: 'draft' | 'correction'): Dossier {
  const by = person(m)
  return {
    ...d,
    // 自述只随现文本：以前各版的不再比对。
    texts: [
      ...d.texts.map(({ says: _, ...earlier }) => earlier),
      {
        n: m.resolved.n,
        hash: m.resolved.hash,
        at: m.at,
        by,
        kind,
        ...(m.resolved.says ? { says: m.resolved.says } : {}),
      },
    ],
    // 受托起草的，委托人同样视为起草人。
    editors: [
      ...new Set([
        ...d.editors,
        ...('authors' in m.resolved ? m.resolved.authors : []),
        by,
        ...(m.actor.delegatedFrom ? [m.actor.delegatedFrom] : []),
      ]),
    ],
  }
}

/** 决定由哪个机关、哪个会议作出：记其名称与单位；没有这样的记录（规则即已拒绝）时照写。 */
function decidedBy(d: Dossier, decision: NonNullable<ForcePayload['decision']>, e: LifecycleEvent) {
  const organs = forceOrgans(d, e.external.units)
  const found = findOrgan(e.external.units, decision.body, Object.values(organs).flat())
  return found ? { ...decision, body: found.name, organ: found.unit } : decision
}
/** 分歧上报的对象：登记的机关、会议记其全称，名册中的人员记姓名与单位；没有这样的记录时照写。 */
function arbiterOf(d: Dossier, ref: string, e: LifecycleEvent): string {
  const { units, people } = e.external
  const organ = findOrgan(units, ref, disputeArbiters(d, units))
  if (organ) return organ.name
  const person = Object.values(people ?? {}).find((p) => p.id === ref || p.name === ref)
  return person ? `${person.name}（${units[person.unit]?.name ?? person.unit}）` : ref
}
/** 所指会议的记录：案卷记其标识与当时的名称。没有这样的记录（规则即已拒绝）时照写。 */
function meetingOf(d: Dossier, ref: string, e: LifecycleEvent): { body: string; bodyId: string | null } {
  const found = findBody(e.external.units, ref, competentMeetings({ dossier: d, external: e.external, pack: e.pack }))
  return found ? { body: found.body.name, bodyId: found.body.id } : { body: ref, bodyId: null }
}

/** 对现文本与征求意见稿实质不同的说明：就当时每一处不同各记一条，约束前后两个摘要。 */
function withAnswers(d: Dossier, given: SinceConsultation | undefined, m: EventMeta, e: LifecycleEvent): Dossier {
  if (!given || given.answer === 'consulted_again') return d
  const { answer, reason } = given
  const pairs = (e.external.substance ?? []).filter((s) => s.to === head(d) && s.substantive)
  const answers = pairs.map(({ from, to }) => ({
    from,
    to,
    answer,
    opinions: m.resolved.opinions ?? given.opinions,
    reason,
    at: m.at,
    by: person(m),
  }))
  return { ...d, substanceAnswers: [...d.substanceAnswers, ...answers] }
}

const folds: { [T in CommandType]: Fold<T> } = {
  ApproveInitiation: (d, _p, m) => ({ ...d, initiatedAt: m.at }),
  DeclineInitiation: (d, p, m) => ({ ...d, closing: { reason: p.reason, at: m.at } }),
  SaveDraft: (d, _p, m) => savedText(d, m, 'draft'),
  ProvideArtefact: (d, p, m) => ({
    ...d,
    artefacts: [
      ...d.artefacts.filter((a) => a.kind !== p.kind),
      {
        kind: p.kind,
        hash: m.resolved.hash,
        at: m.at,
        by: person(m),
        n: m.resolved.n,
        ...(m.resolved.own ? { opinion: m.resolved.own } : {}),
      },
    ],
    bases: p.kind === 'legal_basis_table' && p.bases ? p.bases.map((b) => JSON.parse(JSON.stringify(b))) : d.bases,
  }),
  Reclassify: (d, p) => ({ ...d, classification: { ...d.classification, ...p.classification } }),
  // 审核、审议、签署都须重新办理；征求意见、论证评估随文本成立与否照旧。
  ChangeIssuers: (d, p, m, e) => {
    const issuers = m.resolved.units
    const changed = issuersChanged(d, issuers, (id) => e.external.units[id]?.name ?? id, factsOf(d, e))
    const from = d.signatures.length > 0 ? 'signing' : d.decision || d.schedule ? 'deliberation' : 'legality_review'
    return {
      ...d,
      issuers,
      ...(changed.reopens
        ? {
            review: null,
            reviewHistory: d.review ? [...d.reviewHistory, d.review] : d.reviewHistory,
            secretariatCheck: null,
            schedule: null,
            decision: null,
            decisionHistory: d.decision ? [...d.decisionHistory, d.decision] : d.decisionHistory,
            signatures: [],
            returnedFrom: null,
            returns: [
              ...d.returns,
              { from, to: 'drafting', at: m.at, by: person(m), reason: p.reason, standing: changed.standing },
            ],
          }
        : {}),
    }
  },
  RequestDeviation: (d, p, m, e) => ({
    ...d,
    deviations: [
      ...d.deviations,
      {
        id: String(d.deviations.length + 1),
        rule: p.rule,
        ground: groundOf(e, p.ground, p.rule)?.label ?? p.ground,
        reference: p.reference,
        approver: p.approver,
        reason: p.reason ?? null,
        at: m.at,
        command: e.type,
        askedBy: person(m),
        confirmed: null,
        used: [],
      },
    ],
  }),
  ApproveDeviation: (d, p, m, e) => {
    const by = person(m)
    const approved = approvalsOf(d, p, m.actor.person, m.at).map(({ record }) => ({
      ...record,
      ground: groundOf(e, record.ground, record.rule as DeviableMatter)?.label ?? record.ground,
      confirmed: { at: m.at, by, name: e.external.people?.[by]?.name ?? by, unit: m.actor.unit ?? '' },
    }))
    const known = new Set(d.deviations.map((r) => r.id))
    return {
      ...d,
      deviations: [
        ...d.deviations.map((r) => approved.find((a) => a.id === r.id) ?? r),
        ...approved.filter((a) => !known.has(a.id)),
      ],
    }
  },
  RequestOpinions: (d, _p, m) => ({
    ...d,
    interagency: [
      ...d.interagency,
      ...m.resolved.units.map((unit) => ({
        unit,
        round: d.interagency.filter((i) => i.unit === unit).length + 1,
        askedAt: m.at,
        askedOn: m.on,
        dueOn: m.resolved.dueOn,
        textHash: head(d) || null,
        opinion: null,
      })),
    ],
  }),
  RecordOpinion: (d, p, m) => {
    const unit = m.resolved.unit
    const latest = d.interagency.findLastIndex((i) => i.unit === unit)
    return {
      ...d,
      interagency: d.interagency.map((i, index) =>
        index === latest
          ? { ...i, opinion: { stance: p.opinion, text: p.text, at: m.at, on: m.on, by: person(m) } }
          : i,
      ),
    }
  },
  OpenPublicConsultation: (d, p, m, e) => ({
    ...usedDeviation(d, m.resolved.shortened?.deviation, m, e),
    consultations: [
      ...d.consultations,
      {
        id: m.resolved.id,
        n: d.consultations.length + 1,
        openedAt: m.at,
        opensOn: m.on,
        closesOn: m.resolved.closesOn,
        closesAt: m.resolved.closesAt,
        closedAt: null,
        textVersion: headText(d)?.n ?? 0,
        textHash: head(d),
        noteHash: m.resolved.noteHash,
        channels: p.channels,
        groups: p.groups ?? [],
        shortened: m.resolved.shortened,
        feedbackAt: null,
        classification: d.classification,
      },
    ],
  }),
  ExtendConsultation: (d, _p, m) =>
    lastRound(d, (r) => ({
      ...r,
      closesOn: m.resolved.closesOn,
      closesAt: m.resolved.closesAt,
    })),
  CloseConsultation: (d, _p, m) => lastRound(d, (r) => ({ ...r, closedAt: m.at })),
  SubmitComment: keep,
  DisposeComment: keep,
  RecordComments: keep,
  SettleHeldComments: keep,
  GroupComments: keep,
  DisposeComments: keep,
  RedactComments: keep,
  PublishComments: keep,
  InviteParticipants: keep,
  // 此前各次已截止而没有公布的，一并公布。
  PublishFeedback: (d, _p, m) => ({
    ...d,
    consultations: d.consultations.map((r) => (r.closedAt && !r.feedbackAt ? { ...r, feedbackAt: m.at } : r)),
  }),
  RecordCoordination: (d, p, m) => ({
    ...d,
    coordination: [
      ...d.coordination,
      {
        at: m.at,
        on: p.date ?? m.on,
        units: m.resolved.units,
        settled: m.resolved.settled,
        summary: p.summary,
      },
    ],
  }),
  EscalateDispute: (d, p, m, e) => ({
    ...d,
    escalations: [...d.escalations, { at: m.at, to: arbiterOf(d, p.to, e), decision: p.decision ?? null }],
  }),
  StateIndicators: (d, p, m) => ({
    ...d,
    indicators: [
      ...d.indicators,
      {
        at: m.at,
        by: person(m),
        textHash: headText(d)?.hash ?? null,
        items: p.indicators.map((x) => ({
          objective: x.objective,
          article: x.article ?? null,
          indicator: x.indicator,
          unit: x.unit ?? null,
          baseline: x.baseline ?? null,
          target: x.target ?? null,
          source: x.source ?? null,
          collector: x.collector ?? null,
          frequency: x.frequency ?? null,
        })),
        reason: p.reason ?? null,
        decision: p.decision ?? null,
      },
    ],
  }),
  RecordEvaluation: (d, p) => ({
    ...d,
    evaluations: [...d.evaluations, { evaluation: p.evaluation, on: p.on, conclusion: p.conclusion }],
  }),
  RecordThirdPartyEvaluation: (d, p, m) => ({ ...d, thirdParty: [...d.thirdParty, assessed(d, p, m)] }),
  RecordExpertReview: (d, p, m) => ({
    ...d,
    expertReviews: [
      ...d.expertReviews,
      { ...assessed(d, p, m), ...(p.experts === undefined ? {} : { experts: p.experts }) },
    ],
  }),
  RecordRiskAssessment: (d, p, m) => ({
    ...d,
    riskAssessments: [...d.riskAssessments, { ...assessed(d, p, m), outcome: p.outcome }],
  }),
  RecordFairCompetitionReview: (d, p, m) => ({
    ...d,
    fairCompetition: [
      ...d.fairCompetition,
      {
        ...assessed(d, p, m),
        outcome: p.outcome,
        exception: p.exception ? JSON.parse(JSON.stringify(p.exception)) : null,
        unit: m.actor.unit ?? '',
        stakeholdersHeard: p.stakeholdersHeard ?? [],
      },
    ],
  }),
  RecordHearing: (d, p, m) => ({
    ...d,
    hearings: [
      ...d.hearings.filter((h) => h.announcedOn !== p.announcedOn),
      {
        announcedOn: p.announcedOn,
        materialsSentOn: p.materialsSentOn ?? null,
        heldOn: p.heldOn ?? null,
        record: p.record ?? null,
        at: m.at,
        ...(p.planned && m.actor.person === null ? { planned: p.planned } : {}),
      },
    ],
  }),
  RecordSecretariatCheck: (d, p, m, e) => {
    const checked: Dossier = {
      ...d,
      secretariatCheck: { outcome: p.outcome, at: m.at, by: person(m), textHash: head(d), reasons: p.reasons },
    }
    return p.outcome === 'returned'
      ? returned(checked, 'deliberation', 'drafting', p.reasons.join('；') || '办公机构审核退回', e)
      : checked
  },
  SubmitForReview: (d, p, m, e) => ({
    ...withAnswers(d, p.sinceConsultation, m, e),
    returnedFrom: null,
    reviewHistory: d.review ? [...d.reviewHistory, d.review] : d.reviewHistory,
    // 重新审核可能改动文本，审议须在审核之后：先前的审议决定与签署不再约束，须重新审议（文本没有变化的可以退回后重新提交）。
    ...(d.decision
      ? { decisionHistory: [...d.decisionHistory, d.decision], decision: null, signatures: [], schedule: null }
      : {}),
    review: {
      submittedAt: m.at,
      submittedBy: person(m),
      textHash: head(d),
      packageHash: m.resolved.packageHash,
      materials: materialsOf(d),
      acceptedAt: null,
      acceptedOn: null,
      acceptedBy: null,
      pauses: [],
      adviserOpinions: [],
      opinion: null,
      confirmation: null,
    },
  }),
  ResubmitAfterReturn: (d, p, m, e) => ({ ...withAnswers(d, p.sinceConsultation, m, e), returnedFrom: null }),
  AcceptPackage: (d, _p, m) =>
    withReview(d, (r) => ({
      ...r,
      packageHash: m.resolved.packageHash,
      materials: materialsOf(d),
      acceptedAt: m.at,
      acceptedOn: m.on,
      acceptedBy: person(m),
    })),
  RequestSupplement: (d, p, m) =>
    withReview(d, (r) =>
      r.acceptedAt ? { ...r, pauses: [...r.pauses, { from: m.on, to: null, reason: p.missing.join('；') }] } : r,
    ),
  Supplement: (d, _p, m) =>
    withReview(d, (r) => ({
      ...r,
      packageHash: m.resolved.packageHash,
      materials: materialsOf(d),
      pauses: r.pauses.map((x) => (x.to === null ? { ...x, to: m.on } : x)),
    })),
  PauseReview: (d, p, m) =>
    withReview(d, (r) => ({ ...r, pauses: [...r.pauses, { from: m.on, to: null, reason: p.reason, for: p.for }] })),
  ResumeReview: (d, _p, m) =>
    withReview(d, (r) => ({ ...r, pauses: r.pauses.map((x) => (x.to === null ? { ...x, to: m.on } : x)) })),
  RecordAdviserOpinion: (d, _p, m) =>
    withReview(d, (r) => ({ ...r, adviserOpinions: [...r.adviserOpinions, { at: m.at, by: person(m) }] })),
  IssueOpinion: (d, p, m, e) => {
    const next = withReview(d, (r) => ({
      ...r,
      opinion: {
        outcome: p.outcome,
        number: p.number ?? null,
        contentHash: r.textHash,
        at: m.at,
        on: m.on,
        by: person(m),
        unit: m.actor.unit ?? '',
        grounds: p.grounds,
        points: p.points.map((x, i) => ({ ...definedOnly(x), id: x.id ?? String(i + 1), text: x.text, answer: null })),
        classification: d.classification,
        materials: r.materials,
      },
      confirmation: null,
    }))
    return p.outcome === 'unlawful' ? returned(next, 'legality_review', 'drafting', p.grounds.join('；'), e) : next
  },
  AnswerPoint: (d, p, m) =>
    withReview(d, (r) => ({
      ...r,
      opinion: r.opinion && {
        ...r.opinion,
        points: r.opinion.points.map((x) =>
          x.id === p.point
            ? {
                ...x,
                answer: {
                  kind: p.answer,
                  version: p.answer === 'adopted' ? (p.version ?? headText(d)?.n ?? null) : null,
                  reason: p.reason ?? null,
                  at: m.at,
                  by: person(m),
                },
              }
            : x,
        ),
      },
    })),
  ConfirmRevision: (d, _p, m) => {
    const next = withReview(d, (r) => ({
      ...r,
      confirmation: {
        at: m.at,
        by: person(m),
        contentHash: head(d),
        ...judgedOn(d),
      },
    }))
    // 已审议通过而回来确认的（修改后通过、签署后更正）：决定随确认约束到确认后的文本。
    return next.decision && next.decision.outcome !== 'postponed'
      ? { ...next, decision: { ...next.decision, textHash: head(d) } }
      : next
  },
  ScheduleDeliberation: (d, p, _m, e) => ({
    ...d,
    schedule: { ...meetingOf(d, p.body, e), session: p.session, date: p.date },
  }),
  // 只撤回这一次会议的；其间已经改排到别的会议的不动。
  WithdrawSchedule: (d, p) =>
    d.schedule?.bodyId === p.body &&
    sessionName(d.schedule.session) === sessionName(p.session) &&
    d.schedule.date === p.date
      ? { ...d, schedule: null }
      : d,
  RecordDecision: (d, p, m, e) => {
    const decision = {
      outcome: p.outcome,
      substantive: p.outcome === 'adopted_with_changes' && p.substantive !== false,
      ...(p.body ? meetingOf(d, p.body, e) : { body: d.schedule?.body ?? '', bodyId: d.schedule?.bodyId ?? null }),
      session: p.session ?? d.schedule?.session ?? '',
      date: p.date ?? d.schedule?.date ?? m.on,
      textHash: head(d),
      dissents: p.dissents,
      at: m.at,
    }
    const next: Dossier = {
      ...d,
      decision,
      decisionHistory: d.decision ? [...d.decisionHistory, d.decision] : d.decisionHistory,
    }
    return p.outcome === 'rejected' ? closed(next, p.reason ?? '审议不予通过', m) : next
  },
  ReportToPartyCommittee: (d, p, m) => ({
    ...d,
    partyReports: [...d.partyReports, { date: p.date, reference: p.reference, at: m.at }],
  }),
  Sign: (d, p, m) => ({
    ...d,
    signatures: [
      ...d.signatures.filter((s) => s.issuer !== m.resolved.unit),
      { issuer: m.resolved.unit, person: person(m), at: m.at, on: m.on, textHash: p.contentHash },
    ],
  }),
  ReturnFromSigning: (d, p, _m, e) => {
    if (unsignedIssuers(d).length > 0) return returned(d, 'signing', 'drafting', p.reason, e)
    // 全部签署之后退回的，签署随之收回，重新提交后各机关重新签署；文号仍随案卷。
    const back = returned(d, d.numbers ? 'publication' : 'numbering', 'drafting', p.reason, e)
    return { ...back, signatures: [], returnedFrom: 'signing' }
  },
  CorrectAfterSigning: (d, p, m) => {
    const from = head(d)
    const next = savedText(d, m, 'correction')
    const correction = {
      from,
      to: m.resolved.hash,
      substantive: substantiveCorrection(p.substantive, m.resolved),
      findings: m.resolved.findings,
      reason: p.reason,
      at: m.at,
      by: person(m),
      confirmed: null,
    }
    return {
      ...next,
      corrections: [...d.corrections, correction],
      ...(correction.substantive
        ? {
            signatures: [],
            returns: [
              ...d.returns,
              {
                from: 'signing',
                to: 'legality_review.revising',
                at: m.at,
                by: person(m),
                reason: p.reason,
                standing: standing(next, undefined, 'legality_review.revising'),
              },
            ],
          }
        : {}),
    }
  },
  ConfirmCorrection: (d, _p, m) => ({
    ...d,
    corrections: d.corrections.map((c) =>
      c.substantive || c.confirmed ? c : { ...c, confirmed: { at: m.at, by: person(m) } },
    ),
  }),
  // 已有文号的不另编新号；更正以后重新签署的，成文日期随最后签署。
  AssignNumbers: (d, _p, m) =>
    d.numbers
      ? { ...d, numbers: { ...d.numbers, adoptionDate: m.resolved.adoptionDate } }
      : {
          ...d,
          numbers: {
            document: m.resolved.document,
            registry: m.resolved.registry,
            year: m.resolved.year,
            seq: m.resolved.seq,
            assignedAt: m.at,
            adoptionDate: m.resolved.adoptionDate,
          },
        },
  VoidNumber: (d, p, m, e) => {
    const person = Object.values(e.external.people ?? {}).find((x) => x.id === p.approver || x.name === p.approver)
    return voided(d, p.reason, person?.id ?? p.approver, m, person?.name)
  },
  Publish: (d, p, m, e) => {
    const text = headText(d)
    return {
      ...d,
      publication: {
        publishedAt: m.at,
        publishedOn: m.on,
        effectiveDate: p.effectiveDate,
        validityYears: m.resolved.validityYears,
        validUntil: m.resolved.validUntil,
        ...(p.validityReason ? { validityReason: p.validityReason } : {}),
        disclosure: p.disclosure,
        channels: p.channels,
        textHash: text?.hash ?? '',
        textVersion: text?.n ?? 0,
        indexNumber: m.resolved.indexNumber,
        wjbs: m.resolved.wjbs,
        interpretation: p.interpretation != null || d.artefacts.some((a) => a.kind === 'interpretation'),
        immediateReason: p.immediateReason ?? null,
        ...(p.adaptation ? { adaptation: p.adaptation } : {}),
        tookEffectAt: p.effectiveDate <= m.on ? m.at : null,
      },
      filings: Object.fromEntries(
        e.pack.filing
          .filter((f) => f.tiers.includes(d.tier))
          .map((f) => [
            f.track,
            {
              track: f.track,
              status: 'due',
              recipient: e.external.recipients[f.track] ?? null,
              filedAt: null,
              filedOn: null,
              registeredOn: null,
              supplementRequestedOn: null,
              correctionRequestedOn: null,
              number: null,
              history: [{ status: 'due', on: m.on, note: null }],
            } satisfies FilingRecord,
          ]),
      ),
    }
  },
  FileDocument: (d, p, m) =>
    withFiling(d, p.track, (f) =>
      filingStep(f, 'filed', m, p.note ?? null, {
        filedAt: m.at,
        filedOn: m.on,
        recipient: m.resolved.recipient ?? f.recipient,
        ...(m.resolved.review ? { review: m.resolved.review } : {}),
      }),
    ),
  AcknowledgeFiling: (d, p, m) =>
    withFiling(d, p.track, (f) =>
      filingStep(f, 'registered', m, p.note ?? null, { registeredOn: m.on, number: p.number ?? null }),
    ),
  RequestFilingSupplement: (d, p, m) =>
    withFiling(d, p.track, (f) =>
      filingStep(f, 'supplementing', m, p.missing.join('；'), { supplementRequestedOn: m.on }, p.until),
    ),
  SupplementFiling: (d, p, m) => withFiling(d, p.track, (f) => filingStep(f, 'filed', m, p.note)),
  ReturnFiling: (d, p, m) => withFiling(d, p.track, (f) => filingStep(f, 'returned', m, p.reason)),
  ExtendFilingReview: (d, p, m) =>
    withFiling(d, p.track, (f) => filingStep(f, 'registered', m, p.reason, { reviewExtendedOn: m.on })),
  RequestCorrection: (d, p, m) =>
    withFiling(d, p.track, (f) => filingStep(f, 'correction', m, p.points.join('；'), { correctionRequestedOn: m.on })),
  AnswerCorrection: (d, p, m) =>
    withFiling(d, p.track, (f) => filingStep(f, 'correction', m, `${p.action}：${p.answer}`)),
  CloseFiling: (d, p, m) => withFiling(d, p.track, (f) => filingStep(f, 'closed', m, p.conclusion)),
  AmendDocument: force('amended'),
  RepealDocument: force('repealed'),
  AnnulDocument: force('annulled'),
  DeclareLapsed: force('lapsed'),
  SuspendDocument: force('suspended'),
  ResumeDocument: force('resumed'),
  RestoreForce: (d, p, m, e) => {
    const n = undoTarget(d.forceEvents, p.event)
    if (n === null) return d
    const kind = standsAt(d.forceEvents, n) ? 'restored' : 'reinstated'
    const next = force(kind)(d, p, m, e)
    const events = next.forceEvents.map((f, i) =>
      i === next.forceEvents.length - 1
        ? { ...f, undoes: n, ...(m.actor.person === null ? { follows: true } : {}) }
        : f,
    )
    // 收回的同时，其余已经到期的变动一并体现，状态由全部成立的变动推得。
    const due = new Set(standingForce(events).filter((f) => f.on <= m.on && !forceApplied(f)))
    return { ...next, forceEvents: events.map((f) => (due.has(f) ? { ...f, appliedAt: m.at } : f)) }
  },
  TakeEffect: (d, _p, m) => {
    const due = dueForceEvent(d, m.on)
    return due ? { ...d, forceEvents: d.forceEvents.map((f) => (f === due ? { ...f, appliedAt: m.at } : f)) } : d
  },
  ArchiveFile: (d, _p, m) => ({
    ...d,
    archive: { at: m.at, files: m.resolved.files, manifestHash: m.resolved.manifestHash },
  }),
  WithdrawDocument: (d, p, m) => closed(d, p.reason, m),
  MoveToPack: (d, p) => ({ ...d, packVersion: p.packVersion }),
  RecomputeDeadlines: keep,
}
function lastRound(
  d: Dossier,
  change: (r: Dossier['consultations'][number]) => Dossier['consultations'][number],
): Dossier {
  return { ...d, consultations: d.consultations.map((r, i) => (i === d.consultations.length - 1 ? change(r) : r)) }
}
const definedOnly = <T extends object>(o: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(o).filter(([, v]) => v !== undefined)) as never

/** 施行之日已到而尚未记下的，随当日的任何命令记下（机器同时自动前行），不待到期作业；施行以前已经终止的除外。 */
function begun(d: Dossier, m: EventMeta): Dossier {
  const { publication } = d
  if (!publication || publication.tookEffectAt || publication.effectiveDate > m.on || isWithheld(d)) return d
  const ended = standingForce(d.forceEvents).some(
    (f) =>
      f.kind === 'annulled' || ((f.kind === 'repealed' || f.kind === 'lapsed') && f.on <= publication.effectiveDate),
  )
  return ended ? d : { ...d, publication: { ...publication, tookEffectAt: m.at } }
}

/** 命令发生之后的案卷。偏离记录随命令一并保存。 */
export function evolve(d: Dossier, e: LifecycleEvent): Dossier {
  const fold = folds[e.type] as Fold<CommandType>
  const suppose = (supposed as Record<string, (d: Dossier, p: never, m: EventMeta) => object>)[e.type]
  const meta = suppose
    ? { ...e.meta, resolved: { ...suppose(d, e.payload as never, e.meta), ...e.meta.resolved } }
    : e.meta
  const next = begun(fold(d, e.payload as never, meta, e), e.meta)
  const asked = (e.payload.deviations ?? []) as Array<{ rule: string }>
  return asked.reduce((all, x) => usedDeviation(all, availableApproval(d, x.rule)?.id, e.meta, e), next)
}
/** 据以偏离的批准记下一次使用。 */
const usedDeviation = (d: Dossier, id: string | undefined, m: EventMeta, e: LifecycleEvent): Dossier =>
  id === undefined
    ? d
    : {
        ...d,
        deviations: d.deviations.map((r) =>
          r.id === id ? { ...r, used: [...r.used, { at: m.at, command: e.type }] } : r,
        ),
      }

/** 立项申请成为一份新案卷。 */
export function newDossier(input: {
  id: string
  jurisdiction: string
  packVersion: string
  title: string
  genre?: string | undefined
  tier: Dossier['tier']
  issuers: string[]
  draftingUnit: string
  classification: Dossier['classification']
  necessity: string
  planItem?: string | undefined
  at: string
  by: string
}): Dossier {
  return {
    id: input.id,
    jurisdiction: input.jurisdiction,
    packVersion: input.packVersion,
    title: input.title,
    genre: input.genre ?? null,
    tier: input.tier,
    issuers: input.issuers,
    draftingUnit: input.draftingUnit,
    classification: input.classification,
    necessity: input.necessity,
    planItem: input.planItem ?? null,
    proposedAt: input.at,
    proposedBy: input.by,
    initiatedAt: null,
    texts: [],
    editors: [],
    artefacts: [],
    bases: [],
    interagency: [],
    consultations: [],
    coordination: [],
    escalations: [],
    thirdParty: [],
    expertReviews: [],
    riskAssessments: [],
    fairCompetition: [],
    hearings: [],
    review: null,
    reviewHistory: [],
    secretariatCheck: null,
    schedule: null,
    decision: null,
    decisionHistory: [],
    partyReports: [],
    signatures: [],
    corrections: [],
    substanceAnswers: [],
    numbers: null,
    voidedNumbers: [],
    publication: null,
    filings: {},
    forceEvents: [],
    archive: null,
    returns: [],
    returnedFrom: null,
    deviations: [],
    indicators: [],
    evaluations: [],
    closing: null,
  }
}
