// 案卷的结构：读回快照时逐项检验，缺一项、错一种都不带着继续办理。与类型 Dossier 一一对应，多写、少写一项不能通过类型检查。
import { artefactKinds, type Classification, filingStatuses, type Reference, tiers, tracks } from '@dianzhang/contract'
import type { Dossier } from '@dianzhang/rules'
import { z } from 'zod'

const text = z.string()
const maybe = text.nullable()
const day = text
const instant = text
// 分类在立项以后可以有旧的写法（文字理由、没有的项），照当时的存着。
const leastClassification = z.object({
  affectsRights: z.boolean(),
  enterpriseRelated: z.boolean(),
  majorDecision: z.boolean(),
  confidential: z.union([z.boolean(), z.looseObject({})]),
  provisional: z.boolean(),
})
const classification = z.custom<Classification>(
  (value) => leastClassification.safeParse(value).success,
  '文件分类不完整',
)
const reference = z.custom<Reference>(
  (value) => typeof value === 'string' || (typeof value === 'object' && value !== null),
)
const says = z.custom<NonNullable<Dossier['texts'][number]['says']>>(
  (value) => typeof value === 'object' && value !== null,
)
const material = z.object({ kind: z.enum(artefactKinds), hash: text })

const assessment = {
  date: day,
  at: instant,
  by: text,
  textHash: maybe,
  conclusion: text,
  experts: z.number().optional(),
}
const point = z.object({
  id: text,
  text,
  element: text.optional(),
  quote: text.optional(),
  basis: text.optional(),
  answer: z
    .object({
      kind: z.enum(['adopted', 'not_adopted']),
      version: z.number().nullable(),
      reason: maybe,
      at: instant,
      by: text,
    })
    .nullable(),
})
const review = z.object({
  submittedAt: instant,
  submittedBy: text,
  textHash: text,
  packageHash: text,
  materials: z.array(material),
  earlierForm: z.boolean().optional(),
  acceptedAt: instant.nullable(),
  acceptedOn: day.nullable(),
  acceptedBy: maybe,
  pauses: z.array(
    z.object({
      from: day,
      to: day.nullable(),
      reason: text,
      for: z.enum(['consultation', 'expert']).optional(),
    }),
  ),
  adviserOpinions: z.array(z.object({ at: instant, by: text })),
  opinion: z
    .object({
      outcome: z.enum(['lawful', 'revise', 'unlawful']),
      number: maybe,
      contentHash: text,
      at: instant,
      on: day,
      by: text,
      unit: text,
      points: z.array(point),
      grounds: z.array(text),
      classification,
      materials: z.array(material),
    })
    .nullable(),
  confirmation: z
    .object({ at: instant, by: text, contentHash: text, classification, materials: z.array(material) })
    .nullable(),
})
const decision = z.object({
  outcome: z.enum(['adopted', 'adopted_with_changes', 'postponed', 'rejected']),
  substantive: z.boolean(),
  body: text,
  bodyId: maybe,
  session: text,
  date: day,
  textHash: text,
  dissents: z.array(text),
  at: instant,
})
const filing = z.object({
  track: z.enum(tracks),
  status: z.enum(filingStatuses),
  recipient: maybe,
  filedAt: instant.nullable(),
  filedOn: day.nullable(),
  registeredOn: day.nullable(),
  supplementRequestedOn: day.nullable(),
  correctionRequestedOn: day.nullable(),
  reviewExtendedOn: day.optional(),
  review: text.optional(),
  number: maybe,
  history: z.array(z.object({ status: z.enum(filingStatuses), on: day, note: maybe, until: day.optional() })),
})

export const DossierForm = z.object({
  id: text,
  jurisdiction: text,
  packVersion: text,
  title: text,
  genre: maybe,
  tier: z.enum(tiers),
  issuers: z.array(text).min(1),
  draftingUnit: text,
  classification,
  necessity: text,
  planItem: maybe,
  proposedAt: instant,
  proposedBy: text,
  initiatedAt: instant.nullable(),
  texts: z.array(
    z.object({
      n: z.number(),
      hash: text,
      at: instant,
      by: text,
      kind: z.enum(['draft', 'correction']),
      says: says.optional(),
    }),
  ),
  editors: z.array(text),
  artefacts: z.array(
    z.object({
      kind: z.enum(artefactKinds),
      hash: text,
      at: instant,
      by: text,
      n: z.number(),
      opinion: z
        .object({ conclusion: z.enum(['lawful', 'revise', 'unlawful']), examiner: text, textHash: text })
        .nullish(),
    }),
  ),
  bases: z.array(
    z.object({ title: text, docNo: text.optional(), articles: z.array(text).optional(), clause: text.optional() }),
  ),
  interagency: z.array(
    z.object({
      unit: text,
      round: z.number(),
      askedAt: instant,
      askedOn: day,
      dueOn: day,
      textHash: maybe,
      opinion: z
        .object({ stance: z.enum(['agree', 'agree_with_comments', 'object']), text, at: instant, on: day, by: text })
        .nullable(),
    }),
  ),
  consultations: z.array(
    z.object({
      id: text,
      n: z.number(),
      openedAt: instant,
      opensOn: day,
      closesOn: day,
      closesAt: instant,
      closedAt: instant.nullable(),
      textVersion: z.number(),
      textHash: text,
      noteHash: maybe,
      channels: z.array(text),
      groups: z.array(text),
      shortened: z.object({ reason: text, approver: text, deviation: text.optional() }).nullable(),
      feedbackAt: instant.nullable(),
      classification: classification.nullable(),
    }),
  ),
  coordination: z.array(
    z.object({ at: instant, on: day, units: z.array(text), settled: z.array(text), summary: text }),
  ),
  escalations: z.array(z.object({ at: instant, to: text, decision: maybe })),
  thirdParty: z.array(z.object(assessment)),
  expertReviews: z.array(z.object(assessment)),
  riskAssessments: z.array(z.object({ ...assessment, outcome: z.enum(['controllable', 'uncontrollable']) })),
  fairCompetition: z.array(
    z.object({
      ...assessment,
      outcome: z.enum(['no_restriction', 'exception', 'restricts']),
      exception: z
        .object({
          purpose: text.optional(),
          noLesserMeans: z.union([z.boolean(), text]).optional(),
          until: text.optional(),
        })
        .nullable(),
      unit: text,
      stakeholdersHeard: z.array(text).nullable(),
    }),
  ),
  hearings: z.array(
    z.object({
      announcedOn: day,
      materialsSentOn: day.nullable(),
      heldOn: day.nullable(),
      record: maybe,
      at: instant,
      planned: z.object({ matter: text, on: day }).optional(),
    }),
  ),
  review: review.nullable(),
  reviewHistory: z.array(review),
  secretariatCheck: z
    .object({
      outcome: z.enum(['passed', 'returned']),
      at: instant,
      by: text,
      textHash: text,
      reasons: z.array(text),
    })
    .nullable(),
  schedule: z.object({ body: text, bodyId: maybe, session: text, date: day }).nullable(),
  decision: decision.nullable(),
  decisionHistory: z.array(decision),
  partyReports: z.array(z.object({ date: day, reference: text, at: instant })),
  signatures: z.array(z.object({ issuer: text, person: text, at: instant, on: day, textHash: text })),
  corrections: z.array(
    z.object({
      from: text,
      to: text,
      substantive: z.boolean(),
      findings: z.array(text),
      reason: text,
      at: instant,
      by: text,
      confirmed: z.object({ at: instant, by: text }).nullable(),
    }),
  ),
  substanceAnswers: z.array(
    z.object({
      from: text,
      to: text,
      answer: z.enum(['adopts_opinion', 'not_substantive']),
      opinions: z.array(text),
      reason: text,
      at: instant,
      by: text,
    }),
  ),
  numbers: z
    .object({
      document: text,
      registry: text,
      year: z.number(),
      seq: z.number(),
      assignedAt: instant,
      adoptionDate: day,
    })
    .nullable(),
  voidedNumbers: z.array(
    z.object({ number: text, reason: text, approver: text, approverName: text.optional(), at: instant }),
  ),
  publication: z
    .object({
      publishedAt: instant,
      publishedOn: day,
      effectiveDate: day,
      validityYears: z.number().nullable(),
      validUntil: day.nullable(),
      validityReason: text.nullish(),
      disclosure: z.enum(['active', 'on_request', 'closed']),
      channels: z.array(text),
      textHash: text,
      textVersion: z.number(),
      indexNumber: maybe,
      wjbs: z.object({ value: maybe, missing: z.array(text) }),
      interpretation: z.boolean(),
      immediateReason: maybe,
      adaptation: text.nullish(),
      tookEffectAt: instant.nullish(),
    })
    .nullable(),
  filings: z.partialRecord(z.enum(tracks), filing),
  forceEvents: z.array(
    z.object({
      kind: z.enum(['amended', 'repealed', 'annulled', 'lapsed', 'suspended', 'resumed', 'restored', 'reinstated']),
      on: day,
      reason: text,
      byDocument: maybe,
      decision: z.object({ body: text, organ: text.optional(), number: text.optional(), date: day }).nullable(),
      at: instant,
      appliedAt: instant.nullish(),
      undoes: z.number().optional(),
      follows: z.boolean().optional(),
      provisions: z.array(text).optional(),
    }),
  ),
  archive: z.object({ at: instant, files: z.number(), manifestHash: text }).nullable(),
  returns: z.array(
    z.object({
      from: text,
      to: text,
      at: instant,
      by: text,
      reason: text,
      standing: z.array(
        z.object({
          approval: text,
          label: text,
          stands: z.boolean(),
          why: text,
          lacks: z.enum(['statement', 'confirmation']).optional(),
        }),
      ),
    }),
  ),
  returnedFrom: maybe,
  deviations: z.array(
    z.object({
      id: text,
      rule: text,
      ground: text,
      reference: reference.nullable(),
      approver: text,
      reason: maybe,
      at: instant,
      command: text,
      askedBy: maybe,
      confirmed: z.object({ at: instant, by: text, name: text, unit: text }).nullable(),
      used: z.array(z.object({ at: instant, command: text })),
      claim: z.custom<NonNullable<Classification['emergency']>>((value) => typeof value === 'object').optional(),
    }),
  ),
  indicators: z.array(
    z.object({
      at: instant,
      by: text,
      textHash: maybe,
      items: z.array(
        z.object({
          objective: text,
          article: maybe,
          indicator: text,
          unit: maybe,
          baseline: maybe,
          target: maybe,
          source: maybe,
          collector: maybe,
          frequency: maybe,
        }),
      ),
      reason: maybe,
      decision: z.object({ body: text, number: text.optional(), date: day }).nullable(),
    }),
  ),
  evaluations: z.array(z.object({ evaluation: text, on: day, conclusion: text })),
  closing: z.object({ reason: text, at: instant }).nullable(),
})

type Stored = z.infer<typeof DossierForm>
/** 每一项的路径，含不必有的：两边相同，才没有漏写。 */
type Paths<T> = T extends readonly (infer U)[]
  ? Paths<U>
  : T extends object
    ? { [K in keyof T & string]-?: K | `${K}.${Paths<NonNullable<T[K]>>}` }[keyof T & string]
    : never
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never
const matched: [Same<Paths<Stored>, Paths<Dossier>>, (stored: Stored) => Dossier, (dossier: Dossier) => Stored] = [
  true,
  (stored) => stored,
  (dossier) => dossier,
]
void matched
