// 核查的案卷：哪件文件、哪一次变动、涉及哪几处，结论与异议。
import { z } from 'zod'

const day = z.iso.date()
const Conclusion = z.object({
  outcome: z.enum(['unaffected', 'amend', 'repeal', 'undecided']),
  reason: z.string(),
  articles: z.array(z.string()),
  on: day,
  by: z.string().nullable(),
})
export const ImpactDossier = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  packVersion: z.string(),
  /** 负责核查的单位。 */
  unit: z.string(),
  document: z.object({
    entry: z.string(),
    title: z.string(),
    number: z.string().nullable(),
    /** 在本系统办理的案卷；导入的条目为 null。 */
    matter: z.string().nullable(),
  }),
  event: z.object({
    key: z.string(),
    actKey: z.string(),
    title: z.string(),
    documentNumber: z.string().nullable(),
    kind: z.enum(['changed', 'ended']),
    on: day,
    articles: z.array(z.string()),
    replacedBy: z.string().nullable(),
    source: z.string(),
  }),
  scope: z.enum(['articles', 'whole']),
  places: z.array(
    z.object({
      role: z.enum(['basis', 'implements', 'cites']),
      address: z.string(),
      articles: z.array(z.string()),
      declared: z.boolean(),
    }),
  ),
  openedOn: day,
  startedOn: day.nullable(),
  conclusion: Conclusion.nullable(),
  /** 先前的结论：待定的、有异议的。 */
  earlier: z.array(Conclusion),
  contests: z.array(
    z.object({
      on: day,
      by: z.string().nullable(),
      reason: z.string(),
      answer: z.object({ on: day, by: z.string().nullable(), accepted: z.boolean(), reason: z.string() }).nullable(),
    }),
  ),
  confirmed: z.object({ on: day, by: z.string().nullable() }).nullable(),
})
export type ImpactDossier = z.infer<typeof ImpactDossier>

/** 最重的一种角色：制定依据先于配套，配套先于引用。 */
export const roleOf = (d: Pick<ImpactDossier, 'places'>): 'basis' | 'implements' | 'cites' =>
  (['basis', 'implements', 'cites'] as const).find((role) => d.places.some((place) => place.role === role)) ?? 'cites'
export const pendingContest = (d: Pick<ImpactDossier, 'contests'>): ImpactDossier['contests'][number] | undefined =>
  d.contests.find((one) => one.answer === null)
