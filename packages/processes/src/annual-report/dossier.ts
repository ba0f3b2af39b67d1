// 年度报告的案卷：各部分的文字、填报的数、冻结时的全部统计、异议与更正。
import { z } from 'zod'

const day = z.iso.date()
/** 冻结时的一个数；率有分子、分母，`digest` 是其后那些件的摘要。 */
export const FrozenFigure = z.object({
  id: z.string(),
  label: z.string(),
  /** 怎样说：分母不足五件的只说件数。 */
  text: z.string(),
  value: z.number().nullable(),
  numerator: z.number().nullable(),
  denominator: z.number().nullable(),
  formula: z.string(),
  basis: z.string(),
  list: z.string(),
  denominatorList: z.string().nullable(),
  digest: z.string(),
})
export type FrozenFigure = z.infer<typeof FrozenFigure>
const IssuerLine = z.object({
  issuer: z.string(),
  opening: z.int(),
  issued: z.int(),
  revived: z.int(),
  ended: z.int(),
  closing: z.int(),
})
export type IssuerLine = z.infer<typeof IssuerLine>
const Correction = z.object({
  on: day,
  cause: z.string(),
  figures: z.array(
    z.object({ id: z.string(), label: z.string(), from: z.string(), to: z.string(), digest: z.string() }),
  ),
})
export const ReportDossier = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  packVersion: z.string(),
  year: z.int(),
  /** 编写的单位。 */
  unit: z.string(),
  openedOn: day,
  sections: z.array(z.object({ section: z.enum(['measures', 'shortcomings', 'leaders', 'plans']), text: z.string() })),
  filled: z.array(z.object({ figure: z.string(), value: z.string(), source: z.string(), on: day })),
  duties: z.array(z.object({ duty: z.string(), to: z.string(), on: day, reference: z.string().nullable() })),
  frozen: z
    .object({
      on: day,
      at: z.string(),
      /** 截至何日所知：冻结的前一日，其后再算，照这一日。 */
      asOf: day,
      /** 公开日志当时有几条；没有公开日志的为 null。 */
      logSize: z.int().nullable(),
      /** 文字、填报的数与全部统计的摘要。 */
      digest: z.string(),
      figures: z.array(FrozenFigure),
      issuers: z.array(IssuerLine),
    })
    .nullable(),
  approval: z.object({ body: z.string(), on: day, number: z.string().nullable() }).nullable(),
  publishedOn: day.nullable(),
  objections: z.array(
    z.object({
      n: z.int(),
      figure: z.string(),
      unit: z.string(),
      reason: z.string(),
      on: day,
      answer: z.object({ outcome: z.enum(['upheld', 'not_upheld']), reason: z.string(), on: day }).nullable(),
    }),
  ),
  corrections: z.array(Correction),
})
export type ReportDossier = z.infer<typeof ReportDossier>
export type Objection = ReportDossier['objections'][number]
export type Correction = z.infer<typeof Correction>

/** 还没有答复的异议。 */
export const openObjections = (d: ReportDossier): Objection[] => d.objections.filter((x) => x.answer === null)
/** 现在公布着的数：冻结时的，经各次更正。 */
export function currentFigures(d: ReportDossier): FrozenFigure[] {
  const later = new Map(d.corrections.flatMap(({ figures }) => figures).map((x) => [x.id, x]))
  return (d.frozen?.figures ?? []).map((x) => {
    const by = later.get(x.id)
    return by ? { ...x, text: by.to, digest: by.digest } : x
  })
}
