// 年度报告的公开答复：文字分段，数各附一条注；异议、更正、摘要。
import { z } from 'zod'

const date = z.iso.date()
const Line = z.looseObject({
  id: z.string(),
  jurisdiction: z.string(),
  year: z.int(),
  title: z.string(),
  publishedOn: z.string(),
  corrections: z.int(),
  objections: z.int().describe('尚待答复的异议'),
})
const Segment = z.union([
  z.strictObject({ text: z.string(), figure: z.string(), note: z.int() }),
  z.strictObject({ text: z.string() }),
])
export const AnnualReports = z.looseObject({ items: z.array(Line), total: z.int() })
export const AnnualReport = Line.extend({
  unit: z.string(),
  asOf: date.nullable().describe('截至何日所知'),
  frozenOn: date.nullable(),
  digest: z.string().nullable().describe('文字、填报的数与全部统计的摘要'),
  logSize: z.int().nullable().describe('公开日志当时有几条'),
  approval: z.looseObject({ on: date, number: z.string().nullable() }).nullable(),
  sections: z.array(z.looseObject({ section: z.string(), label: z.string(), paragraphs: z.array(z.array(Segment)) })),
  notes: z.array(
    z.looseObject({
      n: z.int(),
      figure: z.string(),
      label: z.string(),
      text: z.string(),
      formula: z.string(),
      basis: z.string(),
      list: z.string().nullable(),
      denominatorList: z.string().nullable(),
      source: z.string().nullable(),
    }),
  ),
  figures: z.array(z.looseObject({ id: z.string(), label: z.string(), text: z.string(), list: z.string() })),
  issuers: z.array(
    z.looseObject({
      issuer: z.string(),
      opening: z.int(),
      issued: z.int(),
      revived: z.int(),
      ended: z.int(),
      closing: z.int(),
    }),
  ),
  contested: z.array(
    z.looseObject({
      n: z.int(),
      figure: z.string(),
      unit: z.string(),
      reason: z.string(),
      on: date,
      answer: z.looseObject({ outcome: z.string(), label: z.string(), reason: z.string(), on: date }).nullable(),
    }),
  ),
  corrected: z.array(
    z.looseObject({
      on: date,
      cause: z.string(),
      figures: z.array(z.looseObject({ id: z.string(), label: z.string(), from: z.string(), to: z.string() })),
    }),
  ),
})
export const ReportDifferences = z.looseObject({
  asOf: date.nullable(),
  items: z.array(
    z.looseObject({
      id: z.string(),
      label: z.string(),
      from: z.string(),
      to: z.string(),
      late: z.array(z.string()).describe('其后才登记的文件'),
    }),
  ),
})
