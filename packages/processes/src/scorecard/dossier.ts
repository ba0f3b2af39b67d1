// 考核评分的案卷：评分标准（开始时的一份）、自评、核定、异议。
import type { ScoreItem } from '@dianzhang/packs'
import { z } from 'zod'

const day = z.iso.date()
const Item = z.object({
  id: z.string(),
  group: z.string(),
  text: z.string(),
  standard: z.string(),
  weight: z.number(),
  rule: z.enum(['auto', 'manual', 'bonus', 'penalty']),
  deductPerCase: z.number().nullable(),
  cap: z.number().nullable(),
  evidence: z.array(z.enum(['unreviewed', 'late-filing.government', 'late-filing.npc', 'unlawful'])),
})
/** 扣分所依的事实：哪一项统计，几件，清单的地址。 */
export const ScoreCases = z.object({ evidence: z.string(), label: z.string(), count: z.int(), list: z.string() })
export type ScoreCases = z.infer<typeof ScoreCases>
const Checked = z.object({
  item: z.string(),
  score: z.number(),
  reason: z.string().nullable(),
  cases: z.array(ScoreCases),
})
export type CheckedItem = z.infer<typeof Checked>
export const ScoreDossier = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  packVersion: z.string(),
  year: z.int(),
  /** 考核的单位与组织考核的单位。 */
  unit: z.string(),
  organiser: z.string(),
  standard: z.object({ id: z.string(), label: z.string(), source: z.string(), items: z.array(Item) }),
  openedOn: day,
  self: z
    .object({
      on: day,
      scores: z.array(z.object({ item: z.string(), score: z.number(), note: z.string().nullable() })),
    })
    .nullable(),
  checked: z.object({ on: day, asOf: day, items: z.array(Checked) }).nullable(),
  objections: z.array(
    z.object({
      item: z.string(),
      reason: z.string(),
      on: day,
      decision: z
        .object({
          outcome: z.enum(['upheld', 'not_upheld']),
          score: z.number().nullable(),
          reason: z.string(),
          on: day,
        })
        .nullable(),
    }),
  ),
  finalOn: day.nullable(),
})
export type ScoreDossier = z.infer<typeof ScoreDossier>

/** 不属于特别加分、扣分的各项。 */
export const ordinary = (d: Pick<ScoreDossier, 'standard'>): ScoreItem[] =>
  d.standard.items.filter(({ rule }) => rule === 'auto' || rule === 'manual')
/** 由事实得出的：写明扣分所依的统计。 */
export const fromFacts = (x: ScoreItem): boolean => x.evidence.length > 0
const tenth = (n: number): number => Math.round(n * 100) / 100
/** 由事实得出的一项得几分：分值减去每一件的扣分，扣到上限为止；特别扣分得负分。 */
export function scoreOf(x: ScoreItem, cases: number): number {
  const off = Math.min(x.cap ?? Number.POSITIVE_INFINITY, (x.deductPerCase ?? 0) * cases)
  return tenth(x.weight - off)
}
/** 一项现在的得分：异议采纳的从其改定。 */
export function standingScore(d: ScoreDossier, item: string): number | null {
  const decided = d.objections.find((x) => x.item === item && x.decision?.outcome === 'upheld')?.decision?.score
  return decided ?? d.checked?.items.find((x) => x.item === item)?.score ?? null
}
/** 总分；没有核定的为 null。 */
export const totalOf = (d: ScoreDossier): number | null =>
  d.checked === null ? null : tenth(d.standard.items.reduce((sum, { id }) => sum + (standingScore(d, id) ?? 0), 0))
export const undecided = (d: ScoreDossier): ScoreDossier['objections'] =>
  d.objections.filter(({ decision }) => decision === null)
