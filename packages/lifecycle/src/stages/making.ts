// 审核以前各阶段事事顺利时的下一步：文本、材料、征求意见、协调、论证评估，然后提请审核。
import { addDays } from '@dianzhang/calendar'
import { amount, requiredArtefacts } from '@dianzhang/packs'
import {
  consultationMinimum,
  type Dossier,
  type Facts,
  headText,
  leadTime,
  mustConsultAgain,
  substanceBetween,
} from '@dianzhang/rules'
import type { Ideal } from '../shape.ts'
import { standing } from '../standing.ts'

/** 退回之后，退回它的那一步以前的认可是否仍然成立，可以直接送回。 */
const stillApproved = (d: Dossier, f: Facts): boolean => {
  const needed = ['legality-opinion', ...(d.returnedFrom === 'signing' ? ['secretariat-check', 'decision'] : [])]
  const standings = standing(d, f)
  return needed.every((approval) => standings.some((s) => s.approval === approval && s.stands))
}

/** 提请审核；起草单位须先行审核的，先就现文本作出意见。 */
export function submission(d: Dossier, f: Facts): Ideal {
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

/** 该案卷在审核以前的某一阶段，下一步办理什么。 */
export function making(
  stage: 'drafting' | 'consultation' | 'coordination' | 'assessment',
): (d: Dossier, f: Facts) => Ideal {
  return (d, f) => nextOf(stage, d, f)
}
/** 还须公开征求意见的：没有足够地征求过，或者其后新增了负担；不须的为 null。 */
export function consultation(d: Dossier, f: Facts): Ideal | null {
  const c = d.classification
  const needed = (c.affectsRights || c.enterpriseRelated || c.majorDecision) && !c.confidential
  const sufficient = d.consultations.some(
    (r) => r.closedAt && (r.shortened || r.closesOn >= consultationMinimum(f, r.opensOn).due),
  )
  if (!(needed && !sufficient) && !mustConsultAgain(f)) return null
  const { due } = consultationMinimum(f, f.today)
  return {
    type: 'OpenPublicConsultation',
    payload: { channels: ['（待定）'] },
    resolved: {
      id: 'plan-round',
      closesOn: due,
      closesAt: `${addDays(due, 1)}T00:00:00+08:00`,
      noteHash: 'plan',
      shortened: null,
    },
  }
}
function nextOf(stage: Parameters<typeof making>[0], d: Dossier, f: Facts): Ideal {
  const c = d.classification
  const head = headText(d)
  const has = (kind: string) => d.artefacts.some((a) => a.kind === kind)
  if (d.returnedFrom && d.returnedFrom !== 'legality_review' && stage === 'drafting' && stillApproved(d, f))
    return { type: 'ResubmitAfterReturn', payload: {} }
  if (f.pack.evaluation.indicatorsRequired.value && d.indicators.length === 0)
    return {
      type: 'StateIndicators',
      payload: { indicators: [{ objective: '（待填）', indicator: '（待填）' }] },
    }
  if (!head) return { type: 'SaveDraft', payload: { body: '' }, resolved: { n: 1, hash: 'plan-text', authors: [] } }
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
  if ((c.hearingRequired || hearing) && !hearing?.heldOn && !hearing?.materialsSentOn && !hearing?.planned)
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
  const lacking = consultation(d, f)
  if (lacking) return lacking
  const last = d.consultations.at(-1)
  if (last?.closedAt && !last.feedbackAt && stage === 'consultation') return { type: 'PublishFeedback', payload: {} }
  const objecting = d.interagency.filter((i) => i.opinion?.stance === 'object').map((i) => i.unit)
  if (objecting.length && stage === 'coordination')
    return {
      type: 'RecordCoordination',
      payload: { summary: '', settled: objecting },
      resolved: { units: objecting, settled: objecting },
    }
  const assessed = (
    type: 'RecordExpertReview' | 'RecordRiskAssessment' | 'RecordFairCompetitionReview',
    extra: Record<string, unknown> = {},
  ): Ideal => ({
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
  // 送达、举行在听证会那一件里办，办了自会记入本件：这里不等人。
  if (hearing?.planned && !hearing.heldOn) {
    const { on } = hearing.planned
    return {
      type: 'RecordHearing',
      payload: {
        announcedOn: hearing.announcedOn,
        materialsSentOn: hearing.announcedOn,
        heldOn: on,
        record: '（待记）',
      },
      units: [],
      notBefore: on,
      why: `听证会定于${on}举行`,
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
