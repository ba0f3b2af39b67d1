// 案卷评查的答复。
import { z } from 'zod'
import { Basis } from './common.ts'

const date = z.iso.date()
const Quoted = Basis.extend({ text: z.string().optional().describe('条文原话；没有录入的缺省') })
const Counts = z.object({
  met: z.int(),
  missed: z.int(),
  doubtful: z.int(),
  excused: z.int(),
  unknown: z.int(),
  late: z.int(),
})
export const AuditReport = z.looseObject({
  title: z.string(),
  place: z.string(),
  tier: z.string(),
  issuers: z.array(z.string()),
  draftingUnit: z.string(),
  source: z.string(),
  asOf: date,
  summary: z.string(),
  steps: z.array(z.looseObject({ on: date, label: z.string(), detail: z.string() })),
  findings: z.array(
    z.looseObject({
      rule: z.string(),
      title: z.string(),
      gate: z.string(),
      gateLabel: z.string(),
      on: date,
      result: z.enum(['met', 'missed', 'doubtful', 'excused', 'unknown']),
      reason: z.string(),
      basis: z.array(Quoted),
      needs: z.array(z.string()),
      packVersion: z.string(),
    }),
  ),
  deadlines: z.array(
    z.looseObject({
      key: z.string(),
      label: z.string(),
      startsOn: date,
      dueOn: date,
      doneOn: date.nullable(),
      state: z.enum(['in_time', 'late', 'overdue', 'running']),
      lateDays: z.int(),
      basis: z.array(Quoted),
    }),
  ),
  counts: Counts,
  lines: z.array(z.string()).describe('报告全文，一行一段'),
})
export const AuditSample = z.looseObject({
  year: z.int(),
  n: z.int(),
  seed: z.string(),
  population: z.int(),
  populationDigest: z.string(),
  recipe: z.string(),
  items: z.array(
    z.looseObject({ id: z.string(), title: z.string(), rank: z.string(), counts: Counts, summary: z.string() }),
  ),
})
/** 记入办公台账的各次抽取，新的在前。 */
export const AuditSamples = z.looseObject({
  items: z.array(
    z.looseObject({
      year: z.int(),
      n: z.int(),
      seed: z.string(),
      population: z.int(),
      populationDigest: z.string(),
      drawn: z.array(z.looseObject({ id: z.string(), title: z.string() })),
      at: z.string(),
      by: z.string().describe('由谁抽取'),
    }),
  ),
  nextCursor: z.string().nullable(),
})
