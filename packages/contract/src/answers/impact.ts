// 关于上位法与依据它的文件，答复些什么。
import { z } from 'zod'

const day = z.iso.date()
const roles = ['basis', 'implements', 'cites', 'amends', 'repeals', 'replaces'] as const
const CitationPlace = z.object({
  element: z.string().nullable().describe('要素的标识'),
  address: z.string().describe('在文件的何处，如“第三条第二款”；对照表写明的为对应条款'),
  articles: z.array(z.string()).describe('所引的条款，照原文'),
  found: z.enum(['parsed', 'declared', 'by_hand']),
  foundLabel: z.string(),
  certainty: z.enum(['exact', 'ambiguous', 'not_in_library', 'unbound']),
  certaintyLabel: z.string(),
  quote: z.string(),
})
const Citing = z.object({
  id: z.string().describe('登记库标识'),
  jurisdiction: z.string(),
  title: z.string(),
  documentNumber: z.string().nullable(),
  issuers: z.array(z.string()),
  publishedOn: day.nullable(),
  status: z.string().describe('所问之日的效力'),
  version: z.int().nullable().describe('本系统制发的：公布的是第几版文本'),
  edges: z.array(CitationPlace),
})
/** 依据核对至何日：公众看到日期，工作人员另看到由谁核对、哪些还没有核完。 */
export const BasisStamp = z.object({
  checkedUntil: day,
  confirmedOn: day.nullable(),
  checkedBy: z.string().nullable(),
  open: z.array(z.object({ id: z.string(), title: z.string(), stage: z.string(), act: z.string(), on: day })),
})
/** 各种角色的核查：核完几件，其中不受影响的占多少。 */
export const ImpactRates = z.object({
  items: z.array(
    z.object({
      role: z.enum(['basis', 'implements', 'cites']),
      label: z.string(),
      open: z.int(),
      confirmed: z.int(),
      unaffected: z.int(),
      share: z.number().nullable().describe('不受影响的件数 ÷ 已确认的件数；没有已确认的为空'),
    }),
  ),
})
/** 正在核查的各次变动，将要发生的在前、近的在前。 */
export const ImpactEvents = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      act: z.string(),
      on: day,
      upcoming: z.boolean(),
      checks: z.int(),
      open: z.int(),
    }),
  ),
  total: z.int(),
  totalExact: z.literal(true),
})
/** 哪些文件以一部上位法为依据、引用它。 */
export const Impact = z.object({
  act: z.object({ id: z.string().nullable(), title: z.string(), documentNumber: z.string().nullable() }),
  article: z.string().nullable(),
  on: day,
  total: z.int().describe('各组件数之和；同一件在几组里的，每组各计一次'),
  totalExact: z.literal(true),
  shown: z.int(),
  nextCursor: z.string().nullable().describe('后面还有的，下一页从这里接着；没有的为空'),
  groups: z.array(z.object({ role: z.enum(roles), label: z.string(), count: z.int(), items: z.array(Citing) })),
  wholeAct: z.int().describe('问到某一条时：只引用整部、没有写条款的件数'),
  otherArticles: z.int().describe('问到某一条时：只引用其他条的件数'),
  ended: z.int().describe('当日已经废止、失效、撤销而没有列出的件数'),
})

/** 上位法要求本地制定的文件：应制定、已制定、未制定。件数就是各自清单的长度。 */
export const Mandates = z.object({
  on: day,
  state: z.enum(['must', 'made', 'missing']),
  counts: z.object({ must: z.int(), made: z.int(), missing: z.int() }),
  rate: z.string().describe('完成率；不足五件的只说件数'),
  formula: z.string(),
  lists: z.object({ must: z.string(), made: z.string(), missing: z.string() }).describe('各自清单的地址'),
  total: z.int(),
  totalExact: z.literal(true),
  nextCursor: z.string().nullable().describe('写了每页条数而后面还有的，下一页从这里接着'),
  items: z.array(
    z.object({
      act: z.string(),
      address: z.string().describe('哪一条款'),
      quote: z.string().describe('授权、要求制定的原文'),
      jurisdiction: z.string(),
      unit: z.string().nullable().describe('由哪个单位起草'),
      confirmedOn: day,
      made: z.boolean(),
      by: z
        .object({ id: z.string(), title: z.string(), documentNumber: z.string().nullable(), status: z.string() })
        .nullable()
        .describe('写明据此制定的文件；已经失效的仍列在此，不算已制定'),
    }),
  ),
})
/** 由词句认出、还没有人确认的授权条款。 */
export const MandateProposals = z.object({
  items: z.array(
    z.object({
      entry: z.string().describe('登记库标识'),
      act: z.string(),
      address: z.string(),
      who: z.string().describe('原文写明由谁制定'),
      what: z.string().describe('制定什么'),
      duty: z.enum(['must', 'may']).describe('may 为“可以制定”'),
      level: z.enum(['county', 'below']).describe('原文写明县一级，或者只写“地方”“有关部门”等'),
      quote: z.string(),
    }),
  ),
  nextCursor: z.string().nullable(),
})
