// 案卷在某一时刻的样子：其后才有的一概去掉，供评查按当时所有的判断。
import type { Dossier, Instant, ReviewFile } from '../facts.ts'
import { isUnknown } from './unknown.ts'

/** `d` 截至 `at`（含）所载。没有写明的照旧是没有写明。 */
export function dossierAsOf(d: Dossier, at: Instant): Dossier {
  const limit = Date.parse(at)
  const by = (when: Instant | null | undefined): boolean =>
    when !== null && when !== undefined && !isUnknown(when) && Date.parse(when) <= limit
  const kept = <T>(list: T[], when: (item: T) => Instant): T[] =>
    isUnknown(list) ? list : list.filter((item) => by(when(item)))
  const one = <T>(value: T | null, when: (item: T) => Instant): T | null =>
    value === null || isUnknown(value) ? value : by(when(value)) ? value : null
  const review = (r: ReviewFile): ReviewFile => ({
    ...r,
    acceptedAt: isUnknown(r.acceptedAt) || by(r.acceptedAt) ? r.acceptedAt : null,
    acceptedOn: isUnknown(r.acceptedAt) || by(r.acceptedAt) ? r.acceptedOn : null,
    opinion: one(r.opinion, (o) => o.at),
    confirmation: one(r.confirmation, (c) => c.at),
  })
  const present = one(d.review, (r) => r.submittedAt)
  return {
    ...d,
    initiatedAt: isUnknown(d.initiatedAt) || by(d.initiatedAt) ? d.initiatedAt : null,
    texts: kept(d.texts, (t) => t.at),
    artefacts: kept(d.artefacts, (a) => a.at),
    interagency: isUnknown(d.interagency)
      ? d.interagency
      : d.interagency
          .filter((i) => by(i.askedAt))
          .map((i) => ({ ...i, opinion: i.opinion && by(i.opinion.at) ? i.opinion : null })),
    consultations: isUnknown(d.consultations)
      ? d.consultations
      : d.consultations
          .filter((r) => by(r.openedAt))
          .map((r) => ({
            ...r,
            closedAt: by(r.closedAt) ? r.closedAt : null,
            feedbackAt: isUnknown(r.feedbackAt) || by(r.feedbackAt) ? r.feedbackAt : null,
          })),
    coordination: kept(d.coordination, (c) => c.at),
    escalations: kept(d.escalations, (e) => e.at),
    thirdParty: kept(d.thirdParty, (r) => r.at),
    expertReviews: kept(d.expertReviews, (r) => r.at),
    riskAssessments: kept(d.riskAssessments, (r) => r.at),
    fairCompetition: kept(d.fairCompetition, (r) => r.at),
    hearings: kept(d.hearings, (h) => h.at),
    review: present === null || isUnknown(present) ? present : review(present),
    reviewHistory: kept(d.reviewHistory, (r) => r.submittedAt),
    secretariatCheck: one(d.secretariatCheck, (c) => c.at),
    decision: one(d.decision, (x) => x.at),
    decisionHistory: kept(d.decisionHistory, (x) => x.at),
    partyReports: kept(d.partyReports, (p) => p.at),
    signatures: kept(d.signatures, (s) => s.at),
    corrections: kept(d.corrections, (c) => c.at),
    substanceAnswers: kept(d.substanceAnswers, (a) => a.at),
    numbers: one(d.numbers, (n) => n.assignedAt),
    publication: one(d.publication, (p) => p.publishedAt),
    archive: one(d.archive, (a) => a.at),
  }
}
