// 案卷、文本与共用的答复。
import { z } from 'zod'
import { confidences, problemCodes } from '../problems.ts'
import { forceLabels, type Role, roles, stageLabels } from '../vocabulary.ts'

/** 去掉“还可以有别的字段”：所说的字段照样核对，接口写的形状也对得上。 */
type Stated<T> = T extends readonly (infer U)[]
  ? readonly Stated<U>[]
  : T extends object
    ? { [K in keyof T as string extends K ? never : K]: Stated<T[K]> }
    : T
/** 写一个答复的一方所给的：所说的字段都在，种类相符；多出来的不论。 */
export type Given<T extends z.ZodType> = Stated<z.input<T>>
export const keysOf = <T extends Record<string, unknown>>(labels: T) => Object.keys(labels) as [string, ...string[]]
const RoleCode = z.enum(roles as [Role, ...Role[]])
export const Stage = z.enum(keysOf(stageLabels))
const instant = z.iso.datetime({ offset: true })
const date = z.iso.date()

export const Basis = z.looseObject({
  document: z.string(),
  article: z.string(),
  confidence: z.enum(confidences).optional(),
})
export const Verdict = z.looseObject({
  rule: z.string(),
  title: z.string(),
  holds: z.boolean(),
  severity: z.enum(['block', 'warn']),
  reason: z.string(),
  basis: Basis,
  earliest: date.optional(),
  earliestOf: z.enum(['closing', 'effective']).optional(),
  trace: z.array(z.unknown()).optional(),
})
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(keysOf(problemCodes)),
  detail: z.string(),
  instance: z.string().optional(),
  requestId: z.string().optional(),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  verdicts: z.array(Verdict).optional(),
  currentVersion: z.int().optional(),
})
export const CommandAnswer = z.looseObject({
  id: z.string(),
  version: z.int(),
  stage: z.string(),
  stageLabel: z.string().optional(),
  events: z.array(z.looseObject({ seq: z.int(), type: z.string(), label: z.string(), hash: z.string() })),
  warnings: z.array(Verdict).optional(),
  textVersion: z.int().optional().describe('存下的是第几版文本'),
})
export const SignedIn = z.object({
  user: z.object({ name: z.string(), username: z.string().nullable(), mustChangePassword: z.boolean() }),
})
export const Me = z.looseObject({
  person: z.string(),
  username: z.string().nullable(),
  name: z.string(),
  unit: z.string(),
  unitName: z.string(),
  jurisdiction: z.string(),
  roles: z.array(RoleCode),
  posts: z.array(z.looseObject({ role: RoleCode, unit: z.string(), delegatedFrom: z.string().optional() })),
  mustChangePassword: z.boolean(),
  demo: z.object({ now: instant }).optional(),
})
export const HistoryEvent = z.looseObject({
  seq: z.int(),
  type: z.string(),
  label: z.string(),
  command: z.looseObject({ id: z.string(), type: z.string() }),
  commandLabel: z.string(),
  at: instant,
  actor: z.looseObject({
    kind: z.string(),
    person: z.string().nullable(),
    name: z.string().nullable(),
    unit: z.string().nullable(),
    unitName: z.string().nullable(),
    roles: z.array(z.string()),
    delegatedFrom: z.string().nullish(),
  }),
  payload: z.record(z.string(), z.unknown()),
  /** 内容里提到的单位、人员的标识 → 名称。 */
  names: z.record(z.string(), z.string()).optional(),
  verdicts: z.array(Verdict),
  packVersion: z.string(),
  stage: z.string(),
  textHash: z.string().nullish(),
  prevHash: z.string(),
  hash: z.string(),
})
export const TextVersion = z.looseObject({ n: z.int() })
export const Receipt = z.looseObject({ receipt: z.string() })
export const RegisterEntry = z.looseObject({
  id: z.string(),
  title: z.string(),
  status: z.enum(keysOf(forceLabels)).or(z.string()),
})
export const Consultation = z.looseObject({ id: z.string(), title: z.string() })
export const PeriodAnswer = z.looseObject({
  due: date,
  provisional: z.boolean(),
  trace: z.array(z.looseObject({ date, counted: z.boolean(), kind: z.string(), reason: z.string() })),
})
export const Unit = z.looseObject({ id: z.string(), name: z.string(), kind: z.string(), parent: z.string().nullable() })
export const SuggestionReceipt = z.object({
  receipt: z.string(),
  at: instant,
  hash: z.string(),
  anonymous: z.boolean(),
})

/** One page: `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.looseObject({ items: z.array(item), nextCursor: z.string().nullable() })

const Finding = z.looseObject({
  id: z.string(),
  severity: z.enum(['block', 'warn', 'review']),
  category: z.string(),
  basis: z.string(),
  message: z.string(),
  quote: z.string(),
  start: z.int(),
  end: z.int(),
  line: z.int(),
  element: z.string().optional(),
  address: z.string().optional(),
})
const Waiver = z.looseObject({
  id: z.string(),
  quote: z.string(),
  element: z.string().optional(),
  reason: z.string(),
  by: z.enum(['drafter', 'reviewer']),
  at: instant,
  person: z.string(),
  version: z.int(),
})
const Waived = z.object({ finding: Finding, waiver: Waiver })
/** 所引的文件在某日的效力。 */
export const ResolvedCitation = z.looseObject({
  start: z.int(),
  end: z.int(),
  name: z.string().nullable(),
  docNo: z.string().nullable(),
  status: z.string(),
  statusLabel: z.string(),
  entry: z.looseObject({ id: z.string(), title: z.string(), href: z.string() }).nullable(),
})
export const TextStructure = z.looseObject({
  n: z.int(),
  contentHash: z.string(),
  structure: z.looseObject({ title: z.string().nullable() }),
  outline: z.looseObject({ articles: z.int(), chapters: z.int() }),
  faults: z.array(z.looseObject({ code: z.string(), message: z.string(), line: z.int() })),
})
export const TextFindings = z.looseObject({
  n: z.int(),
  contentHash: z.string(),
  linter: z.string(),
  findings: z.array(Finding),
  open: z.array(Finding),
  waived: z.array(Waived),
  citations: z.array(ResolvedCitation),
})
export const FrozenFindings = z.looseObject({
  n: z.int(),
  textVersion: z.int(),
  linter: z.string(),
  at: instant,
  open: z.array(Finding),
  waived: z.array(Waived),
})
const ElementState = z.looseObject({
  id: z.string(),
  number: z.string().nullable(),
  address: z.string(),
  text: z.string(),
})
export const Comparison = z.looseObject({
  from: z.object({ n: z.int(), contentHash: z.string() }),
  to: z.object({ n: z.int(), contentHash: z.string() }),
  comparison: z.object({
    changes: z.array(
      z.looseObject({
        kind: z.enum(['unchanged', 'marks', 'changed', 'moved', 'split', 'merged', 'added', 'deleted']),
        before: z.array(ElementState),
        after: z.array(ElementState),
        rewritten: z.boolean(),
        why: z.array(
          z.object({ source: z.enum(['point', 'comment', 'note']), text: z.string(), ref: z.string().optional() }),
        ),
      }),
    ),
    counts: z.record(z.string(), z.int()),
    coarse: z.boolean(),
  }),
  attachments: z.array(z.object({ name: z.string(), kind: z.enum(['added', 'removed', 'same', 'changed']) })),
})
export const Anchored = z.looseObject({
  kind: z.enum(['comment', 'point']),
  id: z.string(),
  text: z.string(),
  madeOn: z.int().nullable(),
  address: z.string(),
  quote: z.string().nullable(),
  state: z.enum(['exact', 'moved', 'changed', 'orphan']),
  now: z.object({ element: z.string(), address: z.string() }).nullable(),
})
export const WorkingCopy = z.looseObject({
  revision: z.int(),
  basedOn: z.int().nullable(),
  body: z.string(),
  waivers: z.array(z.looseObject({ id: z.string(), quote: z.string(), reason: z.string() })),
  by: z.string(),
  byName: z.string(),
  at: instant,
})
export const ImportedText = z.looseObject({
  text: z.string(),
  title: z.string().nullable(),
  facts: z.looseObject({}),
  loss: z.array(
    z.looseObject({
      kind: z.string(),
      effect: z.enum(['dropped', 'changed']),
      losesWords: z.boolean(),
      paragraph: z.int(),
      message: z.string(),
    }),
  ),
  wouldLoseWords: z.boolean(),
  confirmation: z.string(),
  faults: z.array(z.looseObject({ code: z.string(), message: z.string() })),
  differences: z
    .array(z.looseObject({ subject: z.string(), kind: z.string(), says: z.string() }))
    .describe('文字的自述（标题、字号、机关、日期、有效期、解释机关）与案卷的差别'),
  revisions: z.int(),
  changes: z
    .array(
      z.looseObject({
        number: z.int(),
        kind: z.enum(['insertion', 'deletion', 'move']),
        what: z.enum(['text', 'paragraph', 'row', 'cell']),
        paragraph: z.int(),
        text: z.string(),
        author: z.string().optional(),
        date: z.string().optional(),
        decision: z.enum(['accept', 'reject', 'undecided']),
      }),
    )
    .describe('逐处修订：编号、种类、文字、修订人、时间、作了什么决定；编号供 accept、reject 使用'),
  redline: z.array(
    z.looseObject({
      paragraph: z.int(),
      parts: z.array(
        z.looseObject({
          kind: z.enum(['same', 'inserted', 'deleted', 'moved-from', 'moved-to']),
          text: z.string(),
        }),
      ),
    }),
  ),
})
