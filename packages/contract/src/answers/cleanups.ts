// 清理：目录的一项、公开的各次与各栏、目录文件读来的结果。
import { z } from 'zod'
import { cleanupKindLabels, cleanupOutcomes } from '../processes/cleanup.ts'
import { keysOf } from './common.ts'

const date = z.iso.date()
const outcome = z.enum(cleanupOutcomes)
const Counts = z.object({ keep: z.int(), amend: z.int(), repeal: z.int(), lapse: z.int(), already_gone: z.int() })

/** 目录的一项，连同现在的意见与核对。 */
export const CleanupItem = z.looseObject({
  n: z.int().describe('目录中的序号'),
  title: z.string(),
  number: z.string().nullable(),
  entry: z.string().nullable().describe('登记库条目'),
  unit: z.string().nullable(),
  unitName: z.string().nullable(),
  publishedOn: date.nullable(),
  validUntil: date.nullable(),
  status: z.string(),
  origin: z.enum(['register', 'list', 'late', 'added']),
  outcome: outcome.nullable(),
  outcomeLabel: z.string().nullable(),
  reason: z.string().nullable(),
  gone: z.boolean(),
  checked: z.boolean(),
  flags: z.array(z.string()).describe('提请注意的矛盾；只问拟继续有效的与还没有意见的'),
  flagLabels: z.array(z.string()),
  own: z.boolean(),
})
export const CleanupItems = z.looseObject({
  items: z.array(CleanupItem),
  total: z.int(),
  nextCursor: z.string().nullable(),
})
const summary = {
  id: z.string(),
  title: z.string(),
  kind: z.enum(keysOf(cleanupKindLabels)),
  kindLabel: z.string(),
  unit: z.string(),
  stage: z.string(),
  stageLabel: z.string(),
  publishedUntil: date,
  total: z.int().describe('普查与补充之和，即各栏之和'),
  census: z.int().describe('普查的件数'),
  lateFinds: z.int().describe('补充的件数'),
  noticeUntil: date.nullable(),
  decidedOn: date.nullable(),
  publishedOn: date.nullable(),
}
/** 公开的一次清理。 */
export const PublicCleanupRow = z.looseObject({ ...summary, counts: Counts.nullable() })
export const PublicCleanup = z.looseObject({
  ...summary,
  counts: Counts,
  digest: z.string().nullable().describe('普查目录的摘要'),
  closedList: z.boolean(),
  effectiveOn: date.nullable(),
  decision: z.looseObject({ body: z.string(), session: z.string().nullable(), date }).nullable(),
  lists: z.array(
    z.looseObject({
      label: z.string(),
      count: z.int(),
      items: z.array(
        z.looseObject({
          no: z.int(),
          id: z.string().nullable().describe('登记库条目'),
          title: z.string(),
          documentNumber: z.string().nullable(),
          publishedOn: date.nullable(),
          validUntil: date.nullable(),
          outcome: outcome.nullable(),
          reason: z.string().nullable(),
        }),
      ),
    }),
  ),
})
/** 读来的目录或者意见表：办成以后另附略去的行。 */
export const ListTaken = z.looseObject({
  skipped: z.array(z.object({ line: z.int(), reason: z.string() })).describe('略去的行'),
})
export const ObjectionTaken = z.object({ n: z.int().describe('第几条意见'), at: z.string() })
