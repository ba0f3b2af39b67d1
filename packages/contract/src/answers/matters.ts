// 任一种事项的答复；一种事项自己的内容是其余各项。
import { z } from 'zod'
import { actorRoleLabels } from '../vocabulary.ts'
import { Basis, keysOf, Verdict } from './common.ts'
import { Deadline, Sent } from './document.ts'
import { Difference } from './text.ts'
import { AheadLine, LastAct, Later, rowLines, TurnLine } from './turns.ts'

const date = z.iso.date()
const instant = z.iso.datetime({ offset: true })
const named = z.looseObject({ id: z.string(), name: z.string() })
const actor = z.enum(keysOf(actorRoleLabels))
const Progress = z.looseObject({ to: z.string(), open: z.boolean(), verdicts: z.array(Verdict) })

export const MatterRow = z.looseObject({
  ...rowLines,
  id: z.string(),
  process: z.string(),
  processLabel: z.string(),
  title: z.string(),
  stage: z.string(),
  stageLabel: z.string(),
  version: z.int(),
  unit: named,
  nextDueOn: date.nullable(),
  remaining: z.int().nullable().describe('到最近期限的工作日数；没有期限或者已经逾期的为空'),
  overdue: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export const Matter = z.looseObject({
  id: z.string(),
  process: z.string(),
  processLabel: z.string(),
  noun: z.string().describe('一件叫什么，用在句子里'),
  title: z.string(),
  version: z.int(),
  stage: z.string(),
  stageLabel: z.string(),
  stages: z.array(z.looseObject({ path: z.string(), label: z.string() })).describe('外层各阶段，按先后'),
  turn: z.array(actor).describe('轮到谁'),
  turns: z.array(TurnLine).describe('此刻等着的各事，最紧的在前'),
  ahead: z.array(AheadLine).optional().describe('还没有到日子的各事，近的在前'),
  unread: z.boolean(),
  followed: z.boolean(),
  later: Later.nullable().optional(),
  last: LastAct.nullable(),
  unit: named,
  openedBy: named.nullable(),
  packVersion: z.string(),
  nextDueOn: date.nullable(),
  progress: z.array(Progress),
  deadlines: z.array(Deadline),
  sent: z.array(Sent).describe('要别的事项办理的命令，办成没有'),
  names: z.record(z.string(), z.string()).describe('开启时所填的单位、人员、案卷、登记库条目：标识 → 名称'),
  ledger: z.looseObject({ seq: z.int(), head: z.string() }),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export const Refusal = z.looseObject({
  id: z.string(),
  commandType: z.string(),
  commandLabel: z.string(),
  kind: z.string(),
  stage: z.string(),
  at: z.string(),
  actor: z.looseObject({
    person: z.string().nullable(),
    name: z.string().nullable(),
    unit: z.string().nullable(),
    roles: z.array(z.string()),
  }),
  detail: z.string(),
  verdicts: z.array(Verdict),
  packVersion: z.string(),
})
export const Plan = z.looseObject({
  steps: z.array(
    z.looseObject({
      stage: z.string(),
      label: z.string(),
      from: date,
      until: date.nullable(),
      commands: z.array(z.looseObject({ command: z.string(), label: z.string(), on: date })),
      waits: z.array(
        z.looseObject({
          rule: z.string(),
          reason: z.string(),
          until: date,
          basis: Basis,
          provisional: z.boolean(),
        }),
      ),
    }),
  ),
  stuck: z.looseObject({ stage: z.string(), verdicts: z.array(Verdict) }).nullable(),
  provisional: z.boolean(),
  publishOn: date.nullish(),
  effectiveOn: date.nullish(),
})
/** 立项以前的推演：标题与分类会带来什么。 */
export const ProposalPreview = z.object({
  packVersion: z.string(),
  consequences: z
    .array(z.object({ kind: z.string(), label: z.string(), says: z.string() }))
    .describe('依现在的标题与分类，各环节须办什么、几日、由谁办'),
  steps: z.array(z.object({ stage: z.string(), label: z.string(), from: date, until: date.nullable() })),
  publishOn: date.nullable().describe('依法最早的公布日；没有制定机关、推演不到的为空'),
  effectiveOn: date.nullable(),
  stuck: z.array(z.string()).nullable().describe('推演停住的缘由'),
  provisional: z.boolean().describe('其间有放假安排尚未公布，日期为暂定'),
})
export const Chart = z.looseObject({
  process: z.string(),
  label: z.string(),
  opening: z.looseObject({ command: z.string(), label: z.string(), by: z.array(actor) }),
  stages: z.array(
    z.looseObject({
      path: z.string(),
      label: z.string(),
      basis: Basis,
      tags: z.array(z.string()),
      initial: z.string().nullable(),
      parallel: z.boolean(),
      leaf: z.boolean(),
      whose: z.array(z.string()).describe('轮到谁，以名称'),
    }),
  ),
  arrows: z.array(
    z.looseObject({
      id: z.string(),
      from: z.string(),
      to: z.string().nullable(),
      command: z.string().nullable(),
      label: z.string(),
      by: z.array(z.string()),
      basis: Basis.nullable(),
      when: z.record(z.string(), z.unknown()).nullable().describe('什么情形下走这一支；各项怎样说见 cases'),
      judgedAfter: z.boolean(),
      rules: z.array(z.string()),
      records: z.string(),
    }),
  ),
  cases: z.record(z.string(), z.string()).describe('情形的各项怎样说'),
  rules: z.record(
    z.string(),
    z.looseObject({
      title: z.string(),
      severity: z.string(),
      basis: Basis,
      by: z.array(z.string()),
      deviation: z.looseObject({ basis: Basis, requires: z.string() }).nullable(),
    }),
  ),
})
export const StageLoad = z.looseObject({
  stage: z.string(),
  stageLabel: z.string(),
  count: z.int(),
  overdue: z.int(),
})
export const ArchiveContents = z.looseObject({
  files: z.int().describe('几件：各版文本与各件材料'),
  manifestHash: z.string().describe('各件摘要的摘要；归档时记入案卷的即此'),
  archived: z.boolean(),
  archiveNo: z.string().nullable().describe('已经归档的：档号；没有编的为空'),
  retention: z.string().nullable().describe('已经归档的：保管期限'),
  keptUntil: date.nullable().describe('已经归档的：保管至何日；永久的、没有年数的为空'),
  items: z.array(
    z.looseObject({
      name: z.string(),
      hash: z.string(),
      at: z.string(),
      attachments: z.array(z.looseObject({ name: z.string(), sha256: z.string(), size: z.int() })),
    }),
  ),
  retentions: z.array(z.string()).describe('规则包所列的保管期限'),
  numbers: z.record(z.string(), z.string()).describe('拟给的档号：保管期限 → 档号，接着已经用到的件号'),
  fonds: z
    .looseObject({
      unit: z.string().describe('立卷的机关'),
      number: z.string().nullable().describe('全宗号；没有登记的为空'),
    })
    .describe('档号里的全宗号'),
  open: z
    .array(z.looseObject({ verb: z.string(), unit: z.string().nullable(), role: z.string(), dueOn: date.nullable() }))
    .describe('还有谁的事没有办完'),
})
export const ArchivedFile = z.looseObject({
  id: z.string(),
  title: z.string(),
  archiveNo: z.string().nullable(),
  documentNumber: z.string().nullable(),
  retention: z.string().nullable(),
  year: z.int(),
  files: z.int(),
  manifestHash: z.string(),
  archivedAt: instant,
  archivedBy: z.string().nullable(),
  issuer: z.looseObject({ id: z.string(), name: z.string() }),
  keptUntil: date.nullable().describe('保管至何日；永久的、没有年数的为空'),
  transferOn: date.nullable().describe('何日起向同级国家档案馆移交；没有规定的为空'),
  due: z.enum(['appraise', 'transfer']).nullable().describe('appraise 保管期满，待鉴定；transfer 满移交的年限'),
})
export const ArchiveSummary = z.looseObject({
  retentions: z.array(z.string()).describe('规则包所列的保管期限'),
  appraise: z.int().describe('保管期满、待鉴定的件数，至多数到一千'),
  transfer: z.int().describe('满移交年限的件数，至多数到一千'),
})
export const DecisionSheet = z.looseObject({
  text: z.looseObject({ n: z.int(), contentHash: z.string() }).nullable(),
  approvedVersion: z.looseObject({ n: z.int(), by: z.string() }).nullable(),
  differences: z.array(Difference),
  approvals: z.array(
    z.looseObject({
      what: z.string(),
      who: z.string().nullable(),
      unit: z.string().nullable(),
      on: z.string(),
      version: z.int().nullable(),
      stands: z.boolean(),
      why: z.string(),
    }),
  ),
  notAdopted: z.array(z.looseObject({ id: z.string(), text: z.string(), reason: z.string().nullable() })),
  dissents: z.array(z.string()),
  number: z
    .looseObject({ document: z.string(), registry: z.string(), taken: z.boolean() })
    .nullable()
    .describe('将要编的号；已经编号的即所编的号；没有机关代字的为空'),
  consultation: z.looseObject({ earliest: date.nullable(), reason: z.string() }),
  files: z.array(
    z.looseObject({
      name: z.string(),
      sha256: z.string(),
      use: z.enum(['published', 'source']).nullable(),
      problem: z.string().nullable(),
    }),
  ),
  publication: z.looseObject({
    effectiveDate: date.nullable(),
    validity: z
      .union([
        z.looseObject({ years: z.number() }),
        z.looseObject({ until: z.string() }),
        z.looseObject({ none: z.literal(true) }),
      ])
      .nullable(),
    interpreter: z.array(z.string()),
    said: z.record(
      z.enum(['effective', 'validity', 'interpreter']),
      z.looseObject({ quote: z.string(), address: z.string() }).nullable(),
    ),
  }),
  address: z.string(),
  published: z.boolean(),
})
export const IssuersPreview = z.looseObject({
  joined: z.array(z.string()),
  left: z.array(z.string()),
  standing: z.array(z.looseObject({ approval: z.string(), label: z.string(), stands: z.boolean(), why: z.string() })),
  reopens: z.boolean(),
  before: z.array(named),
  after: z.array(named),
  to: z.string().nullable(),
  verdicts: z.array(Verdict),
})
