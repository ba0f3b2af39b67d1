// 计划：自今日起，让机器沿着日历向前走，得出其余每一阶段依法最早的日期。与决定用同一机器、同一规则。
import { addDays } from '@dianzhang/calendar'
import { type CommandType, commandLabels, type Stage, stageLabels, type Verdict } from '@dianzhang/contract'
import {
  amount,
  blocks,
  consultationMinimum,
  createdOn,
  type Dossier,
  effectiveEarliest,
  type Facts,
  headText,
  leadTime,
  maximumYears,
  type PlainDate,
  requiredArtefacts,
  reviewedHash,
  sameText,
  substanceBetween,
  validityEnd,
} from '@dianzhang/rules'
import { decide, step } from './decide.ts'
import { factsFor, type LifecycleEvent, type Resolved } from './events.ts'
import { regionsOf, type Snapshot, stageOf } from './snapshot.ts'
import { standing } from './standing.ts'

export interface PlanStep {
  stage: Stage
  label: string
  /** 依法最早进入该阶段的日期。 */
  from: PlainDate
  /** 依法最早离开该阶段的日期；最后一步为 null。 */
  until: PlainDate | null
  /** 该阶段内假定办理的事项。 */
  commands: Array<{ command: CommandType; label: string; on: PlainDate }>
  /** 须等待的规则与理由（为什么是这一天）。 */
  waits: Array<{ rule: string; reason: string; until: PlainDate; basis: Verdict['basis']; provisional: boolean }>
}
export interface Plan {
  steps: PlanStep[]
  /** 计划在此停住的原因；能走到施行则为 null。 */
  stuck: null | { stage: Stage; verdicts: Verdict[] }
  publishOn: PlainDate | null
  effectiveOn: PlainDate | null
  provisional: boolean
}
interface Ideal {
  type: CommandType
  payload: Record<string, unknown>
  resolved?: Resolved
  actor?: Partial<LifecycleEvent['meta']['actor']>
  /** 须等到这一天（如征求意见截止之后）。 */
  notBefore?: PlainDate
  why?: string
}
/** 推演中的办理人：起草与审核、签署由不同的人。 */
const assumed = (type: CommandType) => ({ person: type === 'SaveDraft' ? 'drafter' : 'others', unit: null, roles: [] })

/** 退回之后，退回它的那一步以前的认可是否仍然成立，可以直接送回。 */
const stillApproved = (d: Dossier): boolean => {
  const needed = ['legality-opinion', ...(d.returnedFrom === 'signing' ? ['secretariat-check', 'decision'] : [])]
  const standings = standing(d)
  return needed.every((approval) => standings.some((s) => s.approval === approval && s.stands))
}

/** 提请审核；起草单位须先行审核的，先就现文本作出意见。 */
function submission(d: Dossier, f: Facts): Ideal {
  const head = headText(d)
  const own = d.artefacts.find((a) => a.kind === 'own_legality_opinion')?.opinion
  const first = f.pack.review.draftingUnitFirst.value && d.tier === 'government' && !d.issuers.includes(d.draftingUnit)
  if (first && head && own?.textHash !== head.hash)
    return {
      type: 'ProvideArtefact',
      payload: { kind: 'own_legality_opinion' },
      resolved: {
        n: 1,
        hash: `plan-own-${head.n}`,
        own: { conclusion: 'lawful', examiner: 'others', textHash: head.hash },
      },
    }
  return {
    type: 'SubmitForReview',
    payload: { sinceConsultation: { answer: 'not_substantive', opinions: [], reason: '（待说明）' } },
    resolved: { packageHash: 'plan' },
  }
}

/** 事事顺利时，该案卷下一步办理什么。 */
function ideal(d: Dossier, stage: Stage, f: Facts): Ideal | null {
  const c = d.classification
  const head = headText(d)
  const has = (kind: string) => d.artefacts.some((a) => a.kind === kind)
  if (stage === 'initiation') return { type: 'ApproveInitiation', payload: {} }
  if (stage === 'drafting' || stage === 'consultation' || stage === 'coordination' || stage === 'assessment') {
    if (d.returnedFrom && d.returnedFrom !== 'legality_review' && stage === 'drafting' && stillApproved(d))
      return { type: 'ResubmitAfterReturn', payload: {} }
    if (!head) return { type: 'SaveDraft', payload: { body: '' }, resolved: { n: 1, hash: 'plan-text' } }
    for (const kind of requiredArtefacts(f.pack.artefacts.value))
      if (!has(kind))
        return {
          type: 'ProvideArtefact',
          payload: { kind, bases: [{ title: '（待填）' }] },
          resolved: { n: 1, hash: `plan-${kind}` },
        }
    if (requiredArtefacts(f.pack.artefacts.value).includes('legal_basis_table') && d.bases.length === 0)
      return {
        type: 'ProvideArtefact',
        payload: { kind: 'legal_basis_table', bases: [{ title: '（待填）' }] },
        resolved: { n: 2, hash: 'plan-basis' },
      }
    const { materialsBefore } = f.pack.hearing
    const hearing = d.hearings.at(-1)
    // 听证先行公告并送达材料，与征求意见同时进行，到最后再举行。
    if ((c.hearingRequired || hearing) && !hearing?.heldOn && !hearing?.materialsSentOn)
      return {
        type: 'RecordHearing',
        payload: { announcedOn: hearing?.announcedOn ?? f.today, materialsSentOn: f.today },
      }
    const waiting = d.interagency.find(
      (i) => !i.opinion && i.round === Math.max(...d.interagency.filter((x) => x.unit === i.unit).map((x) => x.round)),
    )
    if (waiting && (stage === 'consultation' || stage === 'coordination'))
      return { type: 'RecordOpinion', payload: { opinion: 'agree', text: '' }, resolved: { unit: waiting.unit } }
    const open = d.consultations.findLast((r) => !r.closedAt)
    if (open)
      return {
        type: 'CloseConsultation',
        payload: {},
        notBefore: addDays(open.closesOn, 1),
        why: `公开征求意见至${open.closesOn} 24:00截止`,
      }
    const needed = (c.affectsRights || c.enterpriseRelated || c.majorDecision) && !c.confidential
    const minimum = needed ? consultationMinimum(f, f.today) : null
    const sufficient = d.consultations.some(
      (r) => r.closedAt && (r.shortened || r.closesOn >= consultationMinimum(f, r.opensOn).due),
    )
    if (needed && !sufficient && minimum)
      return {
        type: 'OpenPublicConsultation',
        payload: { channels: ['（待定）'] },
        resolved: {
          id: 'plan-round',
          closesOn: minimum.due,
          closesAt: `${addDays(minimum.due, 1)}T00:00:00+08:00`,
          noteHash: 'plan',
        },
      }
    const last = d.consultations.at(-1)
    if (last?.closedAt && !last.feedbackAt && stage === 'consultation') return { type: 'PublishFeedback', payload: {} }
    const objecting = d.interagency.filter((i) => i.opinion?.stance === 'object').map((i) => i.unit)
    if (objecting.length && stage === 'coordination')
      return {
        type: 'RecordCoordination',
        payload: { summary: '', settled: objecting },
        resolved: { units: objecting },
      }
    const assessed = (type: CommandType, extra: Record<string, unknown> = {}): Ideal => ({
      type,
      payload: { conclusion: '', date: f.today, ...extra },
    })
    // 评估以后文本有实质变化的，就现文本再次办理。
    const stale = (last: { textHash: string | null } | undefined): boolean =>
      !last || (last.textHash !== null && head !== null && substanceBetween(f, last.textHash, head.hash) !== null)
    const { minimumExperts, minimumExpertsComplex } = f.pack.expert
    const experts = minimumExpertsComplex.value ?? minimumExperts.value
    if (c.expertise && stale(d.expertReviews.at(-1)))
      return assessed('RecordExpertReview', experts === null ? {} : { experts })
    if ((c.majorDecision || c.stability) && stale(d.riskAssessments.at(-1)))
      return assessed('RecordRiskAssessment', { outcome: 'controllable' })
    const byGovernment = d.tier === 'government' && !d.issuers.includes(d.draftingUnit)
    if ((c.competition ?? c.enterpriseRelated) && byGovernment && !has('fcr_first_opinion'))
      return {
        type: 'ProvideArtefact',
        payload: { kind: 'fcr_first_opinion' },
        resolved: { n: 1, hash: 'plan-fcr-first' },
      }
    if ((c.competition ?? c.enterpriseRelated) && stale(d.fairCompetition.at(-1))) {
      const reviewer = Object.values(f.external.units).find((u) =>
        u.name.includes(f.pack.fairCompetition.governmentReviewerUnit.value),
      )
      return {
        ...assessed('RecordFairCompetitionReview', { outcome: 'no_restriction', stakeholdersHeard: ['（待听取）'] }),
        actor: { unit: reviewer?.id ?? d.draftingUnit },
      }
    }
    if (hearing?.materialsSentOn && !hearing.heldOn) {
      const heldOn = leadTime(f, hearing.materialsSentOn, materialsBefore)
      return {
        type: 'RecordHearing',
        payload: {
          announcedOn: hearing.announcedOn,
          materialsSentOn: hearing.materialsSentOn,
          heldOn: heldOn > f.today ? heldOn : f.today,
          record: '（待记）',
        },
        notBefore: heldOn,
        why: `听证材料须提前${amount(materialsBefore)}送达`,
      }
    }
    return submission(d, f)
  }
  // 送审以后文本又变的，须就现文本重新提请。
  const inReview = ['legality_review.submitted', 'legality_review.supplementing', 'legality_review.reviewing']
  if (inReview.includes(stage) && d.review?.textHash !== head?.hash) return submission(d, f)
  if (stage === 'legality_review.submitted') return { type: 'AcceptPackage', payload: {} }
  if (stage === 'legality_review.supplementing') return { type: 'Supplement', payload: { note: '' } }
  if (stage === 'legality_review.reviewing')
    return { type: 'IssueOpinion', payload: { outcome: 'lawful', points: [], grounds: [] } }
  if (stage === 'legality_review.revising') {
    const point = d.review?.opinion?.points.find((p) => !p.answer)
    if (point) return { type: 'AnswerPoint', payload: { point: point.id, answer: 'adopted', version: head?.n } }
    return { type: 'ConfirmRevision', payload: {} }
  }
  if (stage === 'deliberation') {
    const reviewed = reviewedHash(d)
    if (head && reviewed && !sameText(d, reviewed, head.hash)) return { type: 'ConfirmRevision', payload: {} }
    if (head && d.review && d.secretariatCheck?.textHash !== head.hash)
      return { type: 'RecordSecretariatCheck', payload: { outcome: 'passed', reasons: [] } }
    const body = f.pack.deliberation.bodies.value[d.tier][0] ?? ''
    if (!d.schedule) return { type: 'ScheduleDeliberation', payload: { body, session: '', date: f.today } }
    return {
      type: 'RecordDecision',
      payload: { outcome: 'adopted', dissents: [] },
      ...(d.schedule.date > f.today
        ? { notBefore: d.schedule.date, why: `${d.schedule.body}定于${d.schedule.date}` }
        : {}),
    }
  }
  if (stage === 'signing') {
    if (c.majorDecision && d.partyReports.length === 0)
      return { type: 'ReportToPartyCommittee', payload: { date: f.today, reference: '' } }
    const issuer =
      d.issuers.find((i) => !d.signatures.some((s) => s.issuer === i && s.textHash === head?.hash)) ?? d.issuers[0]
    return { type: 'Sign', payload: { contentHash: head?.hash }, resolved: issuer ? { unit: issuer } : {} }
  }
  if (stage === 'numbering')
    return {
      type: 'AssignNumbers',
      payload: {},
      resolved: {
        document: '（待编）',
        registry: '（待编）',
        year: Number(f.today.slice(0, 4)),
        seq: 0,
        adoptionDate: createdOn({ ...d, numbers: null }) ?? f.today,
      },
    }
  if (stage === 'publication') {
    const effectiveDate = effectiveEarliest(f, f.today).due
    const years = maximumYears({ dossier: d, pack: f.pack }).value
    const validity = years === null ? ({ none: true } as const) : { years }
    return {
      type: 'Publish',
      payload: {
        effectiveDate,
        validity,
        disclosure: d.classification.confidential ? 'closed' : 'active',
        channels: ['（待定）'],
        interpretation: '（待附）',
      },
      resolved: {
        validUntil: years === null ? null : validityEnd(effectiveDate, { years }).due,
        validityYears: years,
      },
    }
  }
  return null
}

/**
 * 自 `now` 起推演。不含随机与时钟：同样的输入得到同样的计划。
 * 假定各环节在依法最早之日办理完毕（部门当日答复、意见当日处理），因此是“最早”，不是“预计”。
 */
export function plan(start: Snapshot, now: Omit<LifecycleEvent, 'type' | 'payload'>): Plan {
  let snapshot = start
  let today = now.meta.on
  const external = { ...now.external, comments: { total: now.external.comments.total, undisposed: 0 } }
  const steps: PlanStep[] = []
  let provisional = false
  const enter = (): PlanStep => {
    const stage = stageOf(snapshot.value)
    const fresh: PlanStep = {
      stage,
      label: stageLabels[stage] ?? stage,
      from: today,
      until: null,
      commands: [],
      waits: [],
    }
    const last = steps.at(-1)
    if (last?.stage === stage) return last
    if (last) last.until = today
    steps.push(fresh)
    return fresh
  }
  let current = enter()
  for (let i = 0; i < 200; i++) {
    const dossier = snapshot.context.dossier
    const stage = stageOf(snapshot.value)
    if (regionsOf(snapshot.value) || stage.startsWith('closed')) break
    const meta = { ...now.meta, at: `${today}T09:00:00+08:00`, on: today }
    const base = { ...now, external, meta }
    const facts = factsFor(dossier, { ...base, type: 'RecomputeDeadlines', payload: {} })
    const next = ideal(dossier, stage, facts)
    if (!next) break
    if (next.notBefore && next.notBefore > today) {
      current.waits.push({
        rule: next.type,
        reason: next.why ?? '',
        until: next.notBefore,
        basis: { document: '案卷记载', article: '已公告或者已安排的日期' },
        provisional: false,
      })
      today = next.notBefore
      continue
    }
    const event: LifecycleEvent = {
      ...base,
      type: next.type,
      payload: next.payload,
      meta: { ...meta, actor: { ...assumed(next.type), ...next.actor }, resolved: next.resolved ?? {} },
    }
    const decision = decide(snapshot, event)
    if (decision.kind === 'refused') {
      const blocking = decision.verdicts.filter(blocks)
      const latest = blocking
        .map((v) => v.earliest)
        .reduce<string | undefined>(
          (a, b) => (a === undefined || b === undefined ? undefined : a > b ? a : b),
          blocking[0]?.earliest,
        )
      if (!latest || latest <= today)
        return { steps, stuck: { stage, verdicts: blocking }, publishOn: null, effectiveOn: null, provisional }
      for (const v of blocking) {
        provisional ||= v.provisional ?? false
        current.waits.push({
          rule: v.rule,
          reason: v.reason,
          until: v.earliest ?? latest,
          basis: v.basis,
          provisional: v.provisional ?? false,
        })
      }
      today = latest
      continue
    }
    // 只有决定日期的最低期限才使计划暂定；公布、备案等最后期限落在未公布安排的年份，不影响已经定下的日期。
    provisional ||= decision.verdicts.some((v) => v.provisional && v.earliest !== undefined)
    current.commands.push({ command: next.type, label: commandLabels[next.type], on: today })
    snapshot = step(snapshot, event).snapshot
    current = enter()
  }
  const publication = snapshot.context.dossier.publication
  return {
    steps,
    stuck: null,
    publishOn: publication?.publishedOn ?? null,
    effectiveOn: publication?.effectiveDate ?? null,
    provisional,
  }
}
