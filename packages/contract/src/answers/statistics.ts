// 统计的答复：每一个数都有算式、依据、截至之日，并指明其后恰好是哪些件。
import { z } from 'zod'

const date = z.iso.date()
const period = { from: date, to: date, asOf: date }
export const Statistic = z.looseObject({
  id: z.string(),
  label: z.string(),
  value: z.number().nullable().describe('件数；率为百分之几，分母为零的为空'),
  text: z.string().describe('怎样说：分母不足五件的只说件数'),
  numerator: z.int().optional(),
  denominator: z.int().optional(),
  formula: z.string(),
  basis: z.string(),
  as_of: date,
  list: z.string().describe('其后恰好是这些件的地址；率为分子'),
  denominatorList: z.string().optional().describe('分母的地址'),
})
export const Statistics = z.looseObject({
  ...period,
  items: z.array(Statistic),
  issuers: z
    .array(
      z.looseObject({
        issuer: z.string(),
        figures: z.array(z.looseObject({ id: z.string(), value: z.int(), list: z.string() })),
      }),
    )
    .describe('各制定机关的三个数：期初、制发、恢复、废止失效、期末；依名称排列，不排名次'),
  manual: z
    .array(z.looseObject({ id: z.string(), label: z.string(), who: z.string(), basis: z.string() }))
    .describe('本系统没有记录、须由有关单位填报的'),
})
const Counted = z.looseObject({ value: z.int(), list: z.string() })
/** 工作台的看板：不应有的事、本年与上年的各数、八个季度。 */
export const Dashboard = z.looseObject({
  scope: z.string().describe('看到的范围：全县，或者本单位'),
  ...period,
  duties: z
    .array(
      z.looseObject({
        id: z.string(),
        label: z.string(),
        value: z.int(),
        items: z.array(
          z.looseObject({
            id: z.string(),
            title: z.string(),
            unit: z.string(),
            process: z.string(),
            label: z.string(),
            dueOn: date.nullable(),
          }),
        ),
      }),
    )
    .describe('都应当是零'),
  items: z.array(Statistic.extend({ before: z.string().nullable(), beforeList: z.string().nullable() })),
  issuers: Statistics.shape.issuers,
  manual: Statistics.shape.manual,
  quarters: z.array(
    z.looseObject({
      label: z.string(),
      from: date,
      to: date,
      issued: Counted,
      closing: Counted,
      tiers: z.record(z.string(), z.int()),
      issuers: z.array(Counted.extend({ issuer: z.string() })),
    }),
  ),
})
export const StatisticList = z.looseObject({
  id: z.string(),
  label: z.string(),
  part: z.enum(['count', 'numerator', 'denominator']),
  ...period,
  total: z.int(),
  items: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      issuer: z.string(),
      on: date.nullable().describe('公布之日'),
      address: z.string().nullable().optional().describe('另一套系统的文件：在那里的地址'),
    }),
  ),
})
const LedgerSays = z
  .looseObject({
    sent: z.array(date).describe('历次报送（收到）之日'),
    returned: z.array(date),
    deferred: z.array(date).describe('历次要求补正之日'),
    supplied: z.array(date).describe('历次补正之日'),
    filedOn: date.nullable().describe('报送成立之日；没有报送、退回没有重报的为空'),
    countsFrom: date
      .nullable()
      .describe('自何日起算报送：逾期才补正的自补正之日；没有报送、退回没有重报、逾期没有补正的为空'),
    registeredOn: date.nullable(),
    number: z.string().nullable().describe('备案登记号'),
    atFirst: z.boolean().describe('首次报送即予登记'),
    opinionOn: date.nullable(),
    closedOn: date.nullable(),
  })
  .nullable()
/** 年度备案目录：由报送、受理两本台账各自读出，写明差别；各项率只由目录的各栏算出，与统计并列。 */
export const FilingList = z.looseObject({
  year: z.int(),
  ...period,
  items: z.array(
    z.looseObject({
      n: z.int(),
      entry: z.string(),
      title: z.string(),
      number: z.string().nullable(),
      issuer: z.string(),
      track: z.string(),
      trackLabel: z.string(),
      recipient: z.string(),
      publishedOn: date,
      earlier: z.boolean().describe('上年度以前公布，因本年度的登记、审查列入'),
      dueOn: date.nullable(),
      sender: LedgerSays.describe('报送一方的台账'),
      receiver: LedgerSays.describe('受理一方的台账；没有另外的台账的为空'),
      state: z.string(),
      outcome: z.string().nullable(),
      differences: z.array(z.string()),
      address: z.string().nullable().optional(),
    }),
  ),
  differing: z.int().describe('两本台账有差别的件数'),
  changes: z.array(
    z.looseObject({
      entry: z.string(),
      title: z.string(),
      number: z.string().nullable(),
      issuer: z.string(),
      label: z.string(),
      on: date,
      by: z.string().nullable().describe('作出变动的文件'),
    }),
  ),
  rates: z.array(
    z.looseObject({
      id: z.string(),
      label: z.string(),
      formula: z.string(),
      numerator: z.int(),
      denominator: z.int(),
      text: z.string(),
      statistics: z.string().describe('统计所说'),
      agrees: z.boolean(),
      list: z.string(),
      denominatorList: z.string().nullable(),
    }),
  ),
})
/** 自评的计分：四类等权，每一类是其指标的平均；过去的一日照当日所知重算，与当日所存的相同。 */
export const Scorecard = z.looseObject({
  ...period,
  value: z.number().nullable().describe('总分，零至四；有一类算不出的为空'),
  most: z.int(),
  formula: z.string(),
  categories: z.array(
    z.looseObject({
      id: z.enum(['adoption', 'methodology', 'oversight', 'transparency']),
      label: z.string(),
      value: z.number().nullable().describe('零至一'),
      items: z.array(Statistic),
    }),
  ),
})
