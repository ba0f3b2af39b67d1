// 编号、备案、偏离、台账与作业的答复。
import { z } from 'zod'
import { tracks } from '../vocabulary.ts'

const date = z.iso.date()
export const Reserved = z.looseObject({
  text: z.string(),
  series: z.string(),
  year: z.int(),
  seq: z.int(),
  expiresOn: date,
})
export const Released = z.looseObject({ text: z.string() })
const Used = z.looseObject({ series: z.string(), year: z.int(), kind: z.string(), last: z.int() })
const Restoration = z.looseObject({
  key: z.string(),
  open: z.boolean(),
  kind: z.enum(['older', 'restored']),
  lostFrom: z.string(),
  lostUntil: z.string(),
  known: z.array(Used),
  confirmed: z.looseObject({ at: z.string(), by: z.string(), reason: z.string(), series: z.array(Used) }).optional(),
})
export const Restorations = z.looseObject({
  open: z.array(Restoration),
  past: z.array(Restoration),
  series: z.array(
    z.looseObject({
      series: z.string(),
      year: z.int(),
      kind: z.string(),
      last: z.int(),
      lastKnown: z.int().nullable(),
    }),
  ),
})
export const NumbersConfirmed = z.looseObject({ voided: z.int(), series: z.array(Used) })
export const Series = z.looseObject({
  series: z.string(),
  year: z.int(),
  kind: z.string(),
  lastSeq: z.int(),
  issued: z.int(),
  reserved: z.int(),
  void: z.int(),
})
export const NumberRow = z.looseObject({
  seq: z.int(),
  text: z.string(),
  status: z.enum(['issued', 'reserved', 'void']),
  document: z.string().nullable(),
  at: z.string().nullable(),
  by: z.string().nullable(),
  reservedFor: z.string().nullable(),
  expiresOn: date.nullable(),
  voidReason: z.string().nullable(),
  voidApprover: z.string().nullable(),
})
export const Deviations = z.looseObject({
  counts: z.array(z.looseObject({ rule: z.string(), matter: z.string(), uses: z.int() })),
  approved: z.int(),
  unapproved: z.int(),
  items: z.array(
    z.looseObject({
      id: z.string().nullable(),
      rule: z.string(),
      matter: z.string(),
      ground: z.string(),
      referenceText: z.string(),
      reason: z.string().nullable(),
      approver: z.string(),
      document: z.string(),
      title: z.string(),
      draftingUnit: z.string(),
      stage: z.string(),
      used: z.array(z.looseObject({ at: z.string(), command: z.string() })),
    }),
  ),
})
const FilingDue = z.looseObject({ on: date, label: z.string(), overdue: z.boolean() })
export const FilingRow = z.looseObject({
  id: z.string(),
  title: z.string(),
  tier: z.string(),
  leadIssuer: z.string(),
  version: z.int(),
  filing: z.record(z.string(), z.unknown()).nullable().describe('各备案轨道的状态'),
  tracks: z
    .array(
      z.looseObject({
        track: z.enum(tracks),
        status: z.string(),
        stage: z.string().nullable().describe('受理机关的那一件办到哪一步；还没有那一件的为空'),
        recipient: z.string().nullable(),
        review: z.string().nullable().describe('受理机关的那一件备案'),
        own: FilingDue.nullable().describe('本机关该办的，最近的一项期限'),
        other: FilingDue.nullable().describe('等着对方办的，最近的一项期限'),
      }),
    )
    .describe('各轨道各有各的期限'),
  due: FilingDue.nullable().describe('本机关该办的，最近的一项期限'),
  from: z.string().nullable().describe('另一套系统报来的：对方怎么称呼；标识是那一件备案的，没有案卷'),
  decision: z.boolean().describe('报送的是修改、废止的决定：标识是那一件备案的，没有案卷'),
  updatedAt: z.string(),
})
const UnfiledRow = z.looseObject({
  document: z.string(),
  title: z.string(),
  number: z.string().nullable(),
  issuer: z.string(),
  track: z.enum(tracks),
  publishedOn: date,
  dueOn: date.nullable(),
  daysLate: z.int().describe('迟了几日；没有届满的为 0'),
  returned: z.boolean().describe('报送过而被退回'),
  review: z.string().nullable().describe('已经要求报送的，那一件备案'),
})
export const Unfiled = z.looseObject({
  items: z.array(UnfiledRow),
  nextCursor: z.string().nullable(),
  total: z.int().describe('一共几件'),
})
export const LedgerState = z.looseObject({
  documents: z.int().describe('有台账的案卷与事项'),
  events: z.int(),
  latestSeal: z
    .looseObject({
      day: date,
      documents: z.int(),
      events: z.int(),
      root: z.string(),
      seal: z.string(),
      at: z.string(),
      missing: z.int(),
    })
    .nullable(),
  intact: z.boolean().nullable(),
})
/** 全部核验：由另外的进程以独立的代码做，结果留到下一次。 */
export const LedgerCheck = z.object({
  state: z.enum(['never', 'running', 'done', 'failed']),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  by: z.string().nullable().describe('由谁要求'),
  ok: z.boolean().nullable(),
  checks: z.array(z.object({ check: z.string(), label: z.string(), checked: z.int(), faults: z.int() })),
  faults: z.int().describe('几处问题；逐处由 dianzhang verify 列出'),
  notes: z.array(z.string()),
  trouble: z.string().nullable().describe('没有做完的缘由'),
})
export const Job = z.looseObject({
  document: z.string(),
  key: z.string(),
  kind: z.string(),
  label: z.string(),
  process: z.string(),
  processLabel: z.string(),
  title: z.string().nullable().describe('事项的名称；此人不能查看的为空'),
  sends: z.string().nullable(),
  sendsLabel: z.string().describe('届时办理什么'),
  dueAt: z.string(),
  status: z.string(),
  statusLabel: z.string(),
  late: z.boolean().describe('到期而没有办成，可以再办一次'),
  sent: z.boolean().describe('是否已发出'),
})
