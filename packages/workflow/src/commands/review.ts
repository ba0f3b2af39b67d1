// Assessment and legality review.

import type { CommandOf, SinceConsultation } from '@dianzhang/contract'
import { canonicalJson, sha256Hex } from '@dianzhang/ledger'
import { competentMeetings, type Dossier, findBody, headText } from '@dianzhang/rules'
import { invalid } from '../failures.ts'
import { decisionSends, namesSession, scheduleSends } from '../session/join.ts'
import { findElement } from '../text/anchors.ts'
import { ledgeredWaivers } from '../text/findings.ts'
import { textVersion } from '../text/versions.ts'
import { freezeFindings, keepWaivers } from './findings.ts'
import { type CommandContext, filledIn, type Handler, knownText, unitId } from './handler.ts'
import { voidWhenRejected } from './numbering.ts'

const dated = {
  resolve: (
    c: CommandContext,
    p: { date: string; textVersion?: number | undefined; contentHash?: string | undefined },
  ) => {
    knownText(c, p)
    return {}
  },
}
export const recordExpertReview: Handler<'RecordExpertReview'> = dated
export const recordRiskAssessment: Handler<'RecordRiskAssessment'> = dated
export const recordThirdPartyEvaluation: Handler<'RecordThirdPartyEvaluation'> = dated
export const recordFairCompetitionReview: Handler<'RecordFairCompetitionReview'> = dated
export const recordHearing: Handler<'RecordHearing'> = {
  resolve: (c, p) => {
    knownText(c, p)
    return {}
  },
}
/** Digest of the materials submitted for review: text, materials, conclusions of the assessments. */
const packageHashOf = (d: Dossier): string =>
  sha256Hex(
    `dianzhang/package/2\n${canonicalJson({
      text: headText(d)?.hash ?? null,
      artefacts: d.artefacts.map((a) => ({ kind: a.kind, hash: a.hash })).sort((a, b) => (a.kind < b.kind ? -1 : 1)),
      consultations: d.consultations.map((r) => ({ id: r.id, feedbackAt: r.feedbackAt })),
      // The statement of the consultation and feedback on opinions is made from the records and is part of the
      // materials submitted.
      opinions: d.interagency.map((i) => ({
        unit: i.unit,
        round: i.round,
        stance: i.opinion?.stance ?? null,
        at: i.opinion?.at ?? null,
      })),
      assessments: [...d.expertReviews, ...d.riskAssessments, ...d.fairCompetition].map((a) => a.at),
    })}`,
  )
/**
 * After acceptance or a supplement, what is reviewed is the materials as they are now: the digest is computed again,
 * to match what the reviewer holds.
 */
const freeze = (c: CommandContext) => ({ packageHash: packageHashOf(c.dossier) })
export const frozenAgain: Handler<'AcceptPackage'> & Handler<'Supplement'> = {
  resolve: freeze,
  ledger: (p: object, r: { packageHash?: string }) => ({ ...p, packageHash: r.packageHash }),
}
/**
 * Opinions said to be adopted must be public comments this file received (by number or receipt code), or units that
 * replied; whether they were in fact adopted is for the rules.
 */
function adoptedOpinions<R extends object>(
  c: CommandContext,
  given: SinceConsultation | undefined,
  resolved: R,
): R & { opinions?: string[] } {
  if (!given || given.opinions.length === 0) return resolved
  const opinions = given.opinions.map((ref, i) => {
    const found = c.facts.external.cited?.find((x) => x.ref === ref)
    if (!found?.id)
      throw invalid([
        `sinceConsultation.opinions.${i}`,
        `本案卷没有收到意见“${ref}”；请填意见编号、回执号或者答复过的单位`,
      ])
    return found.id
  })
  return { ...resolved, opinions }
}
export const submitForReview: Handler<'SubmitForReview'> = {
  resolve: (c, p) => adoptedOpinions(c, p.sinceConsultation, freeze(c)),
  write: async (c, p, r) => ({ packageHash: r.packageHash, findings: await freezeFindings(c, p.waivers) }),
  ledger: (p, r) => ({
    packageHash: r.packageHash,
    note: p.note ?? null,
    ...(p.sinceConsultation ? { sinceConsultation: { ...p.sinceConsultation, opinions: r.opinions ?? [] } } : {}),
    ...ledgeredWaivers(p.waivers),
  }),
}
export const resubmitAfterReturn: Handler<'ResubmitAfterReturn'> = {
  resolve: (c, p) => adoptedOpinions(c, p.sinceConsultation, {}),
  write: async (c, p) => ({ findings: await freezeFindings(c, p.waivers) }),
  ledger: ({ waivers, ...rest }) => ({ ...rest, ...ledgeredWaivers(waivers) }),
}
export const reclassify: Handler<'Reclassify'> = {
  resolve: (c, p) => {
    const changed = Object.entries(p.classification).filter(
      ([k, v]) =>
        JSON.stringify(c.dossier.classification[k as keyof typeof p.classification] ?? null) !==
        JSON.stringify(v ?? null),
    )
    if (changed.length === 0) throw invalid(['classification', '没有变更任何分类'])
    return {}
  },
}
const reviewedVersion = (c: CommandContext): number | undefined =>
  c.dossier.texts.findLast((t) => t.hash === c.dossier.review?.textHash)?.n
/** The element an opinion points at must be in the text submitted for review: by id or address. */
async function checkElements(c: CommandContext, points: CommandOf<'IssueOpinion'>['points']): Promise<void> {
  const n = reviewedVersion(c)
  if (n === undefined || points.every((point) => point.element === undefined)) return
  const { structure } = await textVersion(c.office, c.tx, c.dossier, n)
  const unknown = points.flatMap(
    ({ element }, i): Array<[string, string]> =>
      element === undefined || findElement(structure, element) !== null
        ? []
        : [[`points.${i}.element`, `送审文本（第${n}版）中没有“${element}”`]],
  )
  if (unknown.length > 0) throw invalid(...unknown)
}
export const issueOpinion: Handler<'IssueOpinion'> = {
  resolve: async (c, p) => {
    filledIn('IssueOpinion', p)
    const ids = p.points.map((x, i) => x.id ?? String(i + 1))
    if (new Set(ids).size !== ids.length) throw invalid(['points', '各条意见的编号不得重复'])
    await checkElements(c, p.points)
    return { hash: c.dossier.review?.textHash ?? '' }
  },
  write: async (c, p, r) => {
    const reviewed = reviewedVersion(c)
    if (reviewed !== undefined) await keepWaivers(c, p.waivers, 'reviewer', reviewed)
    return { contentHash: r.hash }
  },
  ledger: ({ waivers, ...rest }) => ({ ...rest, ...ledgeredWaivers(waivers) }),
}
export const answerPoint: Handler<'AnswerPoint'> = {
  resolve: (c, p: CommandOf<'AnswerPoint'>) => {
    const points = c.dossier.review?.opinion?.points ?? []
    if (!points.some((x) => x.id === p.point))
      throw invalid(['point', `审核意见中没有第${p.point}条；现有：${points.map((x) => x.id).join('、') || '（无）'}`])
    filledIn('AnswerPoint', p)
    if (p.version !== undefined && !c.dossier.texts.some((t) => t.n === p.version))
      throw invalid(['version', `本案卷没有第${p.version}版文本`])
    return {}
  },
}
export const confirmRevision: Handler<'ConfirmRevision'> = {
  write: (c) => ({ contentHash: headText(c.next)?.hash }),
}
export const sign: Handler<'Sign'> = {
  resolve: (c, p) => ({ unit: p.issuer ? unitId(c.units, p.issuer, 'issuer') : (c.as.unit ?? '') }),
  write: (c) => ({ signed: c.next.signatures.map((s) => s.issuer) }),
  ledger: (p, r) => ({ contentHash: p.contentHash, issuer: r.unit, opinion: p.opinion ?? null }),
}
export const scheduleDeliberation: Handler<'ScheduleDeliberation'> = {
  resolve: async (c, p) => {
    if (p.sessionId !== undefined && !(await namesSession(c, p.sessionId, p)))
      throw invalid(['sessionId', '没有这次会议，或者它的机构、名称、日期与所填的不一致；请核对排期'])
    return {}
  },
  sends: scheduleSends,
}
export const recordDecision: Handler<'RecordDecision'> = {
  resolve: (c, p) => {
    filledIn('RecordDecision', p)
    const ref = p.body ?? c.dossier.schedule?.body ?? ''
    const { units } = c.facts.external
    return { approver: findBody(units, ref, competentMeetings(c.facts))?.body.name ?? ref }
  },
  sends: decisionSends,
  write: (c, p, r) => voidWhenRejected(c, p, r.approver),
}
export const secretariatCheck: Handler<'RecordSecretariatCheck'> = {
  resolve: (_c, p) => {
    filledIn('RecordSecretariatCheck', p)
    return {}
  },
  write: (c, p) => (p.outcome === 'returned' ? { standing: c.next.returns.at(-1)?.standing } : undefined),
}
export const returnFromSigning: Handler<'ReturnFromSigning'> = {
  write: (c) => ({ standing: c.next.returns.at(-1)?.standing }),
}
