// 清理的案卷：程序事实。逐件的目录、意见不在案卷里，各在自己的表里只增不改，案卷只有件数与摘要。
import { z } from 'zod'

const day = z.iso.date()
const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)
const Counts = z.object({ keep: count, amend: count, repeal: count, lapse: count, already_gone: count })

export const CleanupDossier = z.object({
  id: z.string(),
  jurisdiction: z.string(),
  packVersion: z.string(),
  /** 组织清理的机关：以其名义决定、公布。 */
  unit: z.string(),
  title: z.string(),
  kind: z.enum(['immediate', 'periodic', 'special', 'comprehensive']),
  ground: z.string(),
  order: z.object({ body: z.string(), docNo: z.string().nullable(), date: day.nullable() }).nullable(),
  scope: z.object({
    /** 制定机关：单位代码；名册中没有的为名称。 */
    issuers: z.array(z.string()),
    publishedUntil: day,
    act: z.string().nullable(),
    theme: z.string().nullable(),
    /** 有值：只清理这些条目。 */
    documents: z.array(z.string()).nullable(),
  }),
  /** 另行并入的条目：普查时一并列入。 */
  joined: z.array(z.string()),
  plannedOn: day,
  deadlineForUnits: day.nullable(),
  deadlineForResult: day.nullable(),
  closedList: z.boolean(),
  census: z
    .object({
      at: z.string(),
      on: day,
      origin: z.enum(['register', 'list']),
      /** 以往的清理：目录是哪一日的；矛盾依该日提问。 */
      asOf: day.nullable(),
      /** 目录的件数，其中普查时已经废止、失效的。 */
      count,
      gone: count,
      digest: hash,
      /** 与上次目录、此后编号核对：上一次清理，应有而没有、没有料到而有的件数。 */
      previous: z.string().nullable(),
      missing: count,
      extra: count,
      file: z.object({ name: z.string(), sha256: hash, skipped: count }).nullable(),
    })
    .nullable(),
  /** 决定以前补报的件数；决定以后发现的另数，不入本次的目录。 */
  lateFinds: count,
  afterDecision: count,
  /** 各责任单位（单位代码）。 */
  units: z.array(z.string()),
  opinions: count,
  checkedOn: day.nullable(),
  checkers: z.array(z.string()),
  notice: z.object({ openedOn: day, until: day, times: count }).nullable(),
  objections: z.array(
    z.object({ n: z.int(), on: day, hash, answered: z.object({ on: day, adopted: z.boolean(), hash }).nullable() }),
  ),
  unlistedConfirmed: count,
  decision: z
    .object({
      body: z.object({ id: z.string(), name: z.string(), unit: z.string() }),
      session: z.string().nullable(),
      date: day,
      on: day,
      minutes: z.string().nullable(),
      document: z.string().nullable(),
      counts: Counts,
      /** 各栏目录（逐件的名称、文号、结果、理由）的摘要。 */
      lists: hash,
    })
    .nullable(),
  published: z
    .object({ on: day, effectiveOn: day, document: z.string().nullable(), effects: count, imported: count })
    .nullable(),
  /** 附逾期失效的修改，依期限归并。 */
  conditional: z.array(z.object({ due: day, items: z.array(z.int()), appliedOn: day.nullable() })),
  republished: z.array(z.int()),
  closedOn: day.nullable(),
  cancelled: z.object({ on: day, reason: z.string() }).nullable(),
})
export type CleanupDossier = z.infer<typeof CleanupDossier>
export type CleanupCounts = z.infer<typeof Counts>

/** 普查 N 件与补充 M 件之和。 */
export const totalOf = (d: Pick<CleanupDossier, 'census' | 'lateFinds'>): number => (d.census?.count ?? 0) + d.lateFinds
/** 没有答复的意见。 */
export const openObjections = (d: Pick<CleanupDossier, 'objections'>): CleanupDossier['objections'] =>
  d.objections.filter((x) => x.answered === null)
