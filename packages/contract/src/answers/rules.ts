// 规则包、工作日历的答复。每一项参数的名称与写法随答复给出，页面照写。
import { z } from 'zod'
import { confidences } from '../problems.ts'
import { Basis, Stage } from './common.ts'

const date = z.iso.date()
export const PackVersion = z.looseObject({
  jurisdiction: z.string(),
  name: z.string(),
  version: z.string(),
  effectiveFrom: date,
  parent: z.string().nullish(),
})
export const AffectedDocument = z.looseObject({
  id: z.string(),
  title: z.string(),
  stage: Stage.or(z.string()),
  stageLabel: z.string(),
  from: z.string(),
  to: z.string(),
  parameters: z.int(),
  deadlines: z.array(
    z.looseObject({ key: z.string(), label: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
})
/** 核实情况：依用到参数的程序分开，文件的制定、公布与备案在前。 */
const PackVerification = z.object({
  label: z.string().describe('用到这些参数的程序'),
  parameters: z.int(),
  unverified: z.array(z.string()).describe('待核实的参数路径'),
  conventions: z.array(z.string()).describe('没有条文、由本系统约定的参数路径，须由管理员确认'),
})
export const PackPlace = z.looseObject({
  jurisdiction: z.string(),
  name: z.string(),
  versions: z.array(z.string()),
  verification: z.array(PackVerification),
})
const Side = z.looseObject({
  text: z.string(),
  confidence: z.string(),
  sources: z.array(z.looseObject({ document: z.string(), article: z.string() })),
  quote: z.string().nullable(),
  note: z.string().nullable(),
})
const head = z.looseObject({ version: z.string(), name: z.string() })
export const PackComparison = z.looseObject({
  left: head,
  right: head,
  different: z.int(),
  rows: z.array(
    z.looseObject({
      path: z.string(),
      label: z.string(),
      same: z.boolean(),
      left: Side.nullable(),
      right: Side.nullable(),
    }),
  ),
})
/** 据以确认的正式文件，由 `/api/packs/files/{sha256}` 下载。 */
const PackFile = z.object({ name: z.string(), sha256: z.string(), size: z.int() })
/** 规则包的一个参数：值、单位、出处、核实程度、由谁何时确认。 */
const parameter = <V extends z.ZodType>(value: V) =>
  z.looseObject({
    value,
    unit: z.string().optional(),
    source: z.array(Basis),
    confidence: z.enum(confidences),
    confirmedBy: z.string().nullable(),
    confirmedOn: z.string().nullable(),
    note: z.string().optional(),
    quote: z.string().optional(),
    file: PackFile.optional(),
  })
export const Parameter = parameter(z.unknown())
const grounds = z
  .looseObject({
    grounds: parameter(
      z.array(z.looseObject({ code: z.string(), label: z.string(), for: z.array(z.string()).optional() })),
    ).optional(),
  })
  .optional()
/** 一版规则包；`labels`、`texts` 以参数路径为键：名称，与写成人读的话的值。 */
export const Pack = z.looseObject({
  jurisdiction: z.string(),
  name: z.string(),
  version: z.string(),
  effectiveFrom: date,
  parent: z.string().nullish(),
  consultation: z.looseObject({ nonPublicAllowed: parameter(z.array(z.string())).optional() }).optional(),
  deviation: grounds,
  confidential: grounds,
  validity: z
    .looseObject({
      generalMaximumYears: parameter(z.number().nullable()).optional(),
      provisionalMaximumYears: parameter(z.number().nullable()).optional(),
    })
    .optional(),
  labels: z.record(z.string(), z.string()),
  texts: z.record(z.string(), z.string()),
  verification: z.array(PackVerification),
})
export const PackRevised = z.looseObject({
  version: z.string(),
  effectiveFrom: date,
  changes: z.array(z.looseObject({ path: z.string(), label: z.string(), before: z.string(), after: z.string() })),
})
const compared = {
  looser: z.array(z.object({ path: z.string(), message: z.string() })).describe('放宽的各项，须另一人复核'),
  faults: z.array(z.object({ path: z.string(), message: z.string() })).describe('不能这样改的'),
  changes: z.array(
    z.object({
      path: z.string(),
      label: z.string(),
      before: z.string(),
      after: z.string(),
      same: z.boolean().describe('值不变，只确认'),
      source: z.object({ document: z.string(), article: z.string() }),
      quote: z.string().nullable(),
      note: z.string().nullable(),
      file: PackFile.nullable(),
    }),
  ),
  affected: z.array(AffectedDocument).describe('改用以后期限会变动的在办案卷'),
}
/** 一份修订与现行的一版对照，还没有成为一版。 */
export const PackRevisionPreview = z.object(compared)
/** 等着复核的修订。 */
export const PackProposal = z.object({
  id: z.string(),
  base: z.string(),
  effectiveFrom: date,
  reason: z.string().describe('为什么放宽'),
  by: z.string(),
  byName: z.string(),
  at: z.string(),
  own: z.boolean().describe('是本人提出的'),
  ...compared,
})
export const PackProposed = z.object({ proposal: z.string() })
export const PackPreview = z.looseObject({
  from: z.string(),
  to: z.string(),
  parameters: z.array(z.looseObject({ path: z.string(), label: z.string(), before: z.unknown(), after: z.unknown() })),
  deadlines: z.array(
    z.looseObject({ key: z.string(), label: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  actions: z.array(z.looseObject({ command: z.string(), label: z.string(), before: z.boolean(), after: z.boolean() })),
})
export const Holidays = z.looseObject({
  id: z.string(),
  jurisdiction: z.string(),
  year: z.int(),
  source: z.string(),
  days: z.array(z.looseObject({ date, kind: z.enum(['off', 'work']), name: z.string() })),
  loadedAt: z.string(),
  loadedBy: z.string().nullable(),
})
export const HolidaysRecorded = z.looseObject({
  id: z.string(),
  year: z.int(),
  days: z.int(),
  recomputed: z.int().describe('随即重算期限的案卷数'),
})
const day = {
  date,
  kind: z.string(),
  name: z.string().nullish(),
  workday: z.boolean(),
  reason: z.string(),
  source: z.string().nullish(),
}
export const CalendarYear = z.looseObject({
  year: z.int(),
  announced: z.boolean(),
  workdays: z.int(),
  assumption: z.string().nullable(),
  days: z.array(z.looseObject(day)),
})
export const Workday = z.looseObject({ date, workday: z.boolean(), kind: z.string(), reason: z.string() })
