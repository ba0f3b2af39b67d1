// 清理：目录的一项、公开的各次与各栏、目录文件读来的结果。
import { z } from 'zod'
import { cleanupKindLabels, cleanupOutcomes, lapseGrounds } from '../processes/cleanup.ts'
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
  effectiveDate: date.nullable(),
  statusLabel: z.string(),
  included: z.string().describe('为何列入；补报的，为何遗漏'),
  afterDecision: z.boolean().describe('决定以后才发现的，不入本次的目录'),
  provisions: z.array(z.string()).describe('所涉条款'),
  lapseGround: z.enum(lapseGrounds).nullable(),
  amend: z.looseObject({ what: z.string(), due: date.nullable(), ifLate: z.enum(['lapse']).nullable() }).nullable(),
  opinionOn: date.nullable().describe('何时提出意见'),
  check: z.looseObject({ agrees: z.boolean(), reason: z.string().nullable(), on: date }).nullable(),
})
export const CleanupItems = z.looseObject({
  items: z.array(CleanupItem),
  total: z.int(),
  nextCursor: z.string().nullable(),
})
/** 一次清理自己的内容：答复一件事项时，在各种事项都有的各项以外。 */
export const CleanupFile = z.looseObject({
  kindLabel: z.string(),
  ground: z.string(),
  deadlineForUnits: date.nullable(),
  census: z
    .looseObject({
      count: z.int(),
      on: date,
      origin: z.enum(['register', 'list']).describe('由登记库冻结，或者由以往的目录补录'),
    })
    .nullable(),
  total: z.int(),
  lateFinds: z.int(),
  counts: Counts,
  open: z.int().describe('还没有意见的件数'),
  unchecked: z.int().describe('有意见而没有核对的件数'),
  differing: z.int().describe('核对不同意的件数'),
  flagged: z.int().describe('有疑问的件数'),
  ownOpen: z.int().describe('本单位还没有意见的件数'),
  arithmetic: z.string(),
  byUnit: z.array(z.looseObject({ unit: z.string().nullable(), name: z.string(), total: z.int(), open: z.int() })),
  published: z.looseObject({ on: date, effectiveOn: date }).nullable(),
  effects: z
    .object({ done: z.int(), failed: z.int(), pending: z.int() })
    .nullable()
    .describe('公布以后各件的变动：已经办成、没有办成、等待办理'),
  effectRows: z
    .array(
      z.object({
        item: z.int().nullable().describe('目录中的序号；未列入的为空'),
        title: z.string(),
        number: z.string().nullable(),
        kind: z.string().describe('repealed 废止，lapsed 失效'),
        result: z.enum(['done', 'failed', 'pending']),
        reason: z.string().nullable().describe('没有办成的缘由'),
      }),
    )
    .describe('没有办成的在前，至多一千件'),
  objections: z
    .array(
      z.looseObject({
        n: z.unknown(),
        item: z.unknown(),
        text: z.unknown(),
        source: z.unknown(),
        on: z.string(),
        answer: z.looseObject({ adopted: z.unknown(), text: z.unknown(), on: z.string() }).nullable(),
      }),
    )
    .describe('公示中收到的意见与答复'),
  unlisted: z
    .array(z.looseObject({ entry: z.string(), title: z.string(), number: z.string().nullable() }))
    .describe('未列入目录、还没有确认的，至多二百件'),
  unlistedCount: z.int().describe('未列入目录、还没有确认的件数'),
  differences: z
    .looseObject({
      missing: z.array(z.looseObject({ title: z.string(), number: z.string().nullable() })).optional(),
      extra: z.array(z.looseObject({ title: z.string(), number: z.string().nullable() })).optional(),
    })
    .nullable()
    .describe('普查与上次清理的目录、其后的用号逐一比对的差异'),
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
  lapses: z
    .array(
      z.object({
        due: date.describe('重新公布的最后一日'),
        appliedOn: date.nullable().describe('期限届满后办理之日；没有到期为空'),
        items: z.array(
          z.object({
            id: z.string().nullable(),
            title: z.string(),
            documentNumber: z.string().nullable(),
            state: z.enum(['waiting', 'lapsed', 'cancelled']).describe('没有到期、已经失效、已经重新公布不失效'),
            republished: z.object({ id: z.string(), title: z.string() }).nullable().describe('重新公布的文件'),
          }),
        ),
      }),
    )
    .describe('附“逾期未重新公布的失效”的，各件的结果'),
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
  changed: z.int().optional().describe('提出了几项意见'),
})
export const ObjectionTaken = z.object({ n: z.int().describe('第几条意见'), at: z.string() })
