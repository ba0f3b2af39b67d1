// 案卷、清单中的一行、可以办理的命令与期限。人与单位写标识，名称在 `people`、`units` 里。
import { z } from 'zod'
import { actorRoleLabels, type Classification, tiers, tracks } from '../vocabulary.ts'
import { Basis, keysOf, Stage, Verdict } from './common.ts'
import { AheadLine, LastAct, Later, rowLines, TurnLine, WaitingFor } from './turns.ts'

const instant = z.iso.datetime({ offset: true })
const date = z.iso.date()
const named = z.looseObject({ id: z.string(), name: z.string() })
const lines = z.array(z.string())

export const Action = z.looseObject({
  command: z.string(),
  label: z.string(),
  allowed: z.boolean().describe('此人此时可以办理'),
  need: z.enum(['required', 'possible', 'rare']).describe('须办（有人等着）、可以办、少有'),
  mine: z.boolean().describe('此人是可以办理的人之一，不论条件是否具备'),
  by: z.array(z.enum(keysOf(actorRoleLabels))),
  verdicts: z.array(Verdict),
  basis: Basis,
  cases: z.array(
    z.looseObject({
      when: z.record(z.string(), z.unknown()).nullable(),
      to: z.string().nullable(),
      open: z.boolean(),
    }),
  ),
})
/** 一日是否计入，为什么。 */
const TraceDay = z.looseObject({
  date,
  counted: z.boolean(),
  index: z.int().optional(),
  reason: z.string(),
  kind: z.enum(['start', 'counted', 'skipped', 'paused', 'rolled']),
  source: z.string().optional(),
  provisional: z.boolean().optional(),
})
/** 一项期限；`trace` 只在期限一页给出。 */
export const Deadline = z.looseObject({
  key: z.string(),
  kind: z.string(),
  label: z.string(),
  startsOn: date,
  dueOn: date,
  dueAt: instant,
  status: z.enum(['open', 'met', 'paused', 'cancelled']),
  metOn: date.optional(),
  provisional: z.boolean(),
  assumption: z.string().optional(),
  pauses: z.array(z.looseObject({ from: date, to: date.nullable(), reason: z.string() })).optional(),
  basis: z.array(Basis),
  trace: z.array(TraceDay).optional(),
  overdue: z.boolean().optional(),
  daysLate: z.int().optional().describe('迟了几日（日历日）'),
  remaining: z.int().nullable().optional().describe('还有几个工作日'),
  whose: z.string().optional().describe('由谁办理；到期自行了结、由系统办理的没有此项'),
  mine: z.boolean().optional().describe('由此人所在的单位办理'),
})
export const DocumentSummary = z.looseObject({
  ...rowLines,
  id: z.string(),
  title: z.string(),
  stage: Stage,
  stageLabel: z.string(),
  version: z.int(),
  tier: z.enum(tiers),
  draftingUnit: named,
  leadIssuer: named,
  nextDueOn: date.nullable(),
  remaining: z.int().nullable().describe('到最近期限的工作日数；没有期限或者已经逾期的为空'),
  overdue: z.boolean(),
  createdAt: instant,
  updatedAt: instant,
})
const TextRef = z.looseObject({
  n: z.int(),
  hash: z.string(),
  at: instant,
  by: z.string(),
  kind: z.enum(['draft', 'correction']),
})
const Assessment = z.looseObject({
  date,
  at: instant,
  by: z.string(),
  textHash: z.string().nullable(),
  conclusion: z.string(),
  outcome: z.string().optional(),
  unit: z.string().optional(),
  exception: z
    .looseObject({
      purpose: z.string().optional(),
      noLesserMeans: z.union([z.boolean(), z.string()]).optional(),
      until: z.string().optional(),
    })
    .nullable()
    .optional(),
})
const ReviewPoint = z.looseObject({
  id: z.string(),
  text: z.string(),
  element: z.string().optional(),
  quote: z.string().optional(),
  basis: z.string().optional(),
  answer: z
    .looseObject({
      kind: z.enum(['adopted', 'not_adopted']),
      version: z.int().nullable(),
      reason: z.string().nullable(),
      at: instant,
      by: z.string(),
    })
    .nullable(),
})
const Review = z.looseObject({
  submittedAt: instant,
  submittedBy: z.string(),
  textHash: z.string(),
  packageHash: z.string(),
  acceptedOn: date.nullable(),
  acceptedBy: z.string().nullable(),
  pauses: z.array(z.looseObject({ from: date, to: date.nullable(), reason: z.string() })),
  adviserOpinions: z.array(z.looseObject({ at: instant, by: z.string() })),
  opinion: z
    .looseObject({
      outcome: z.enum(['lawful', 'revise', 'unlawful']),
      number: z.string().nullable(),
      contentHash: z.string(),
      on: date,
      by: z.string(),
      unit: z.string(),
      points: z.array(ReviewPoint),
      grounds: lines,
    })
    .nullable(),
  confirmation: z.looseObject({ at: instant, by: z.string(), contentHash: z.string() }).nullable(),
})
const Decision = z.looseObject({
  outcome: z.string(),
  substantive: z.boolean(),
  body: z.string(),
  session: z.string(),
  date,
  textHash: z.string(),
  dissents: lines,
})
const Filing = z.looseObject({
  track: z.enum(tracks),
  status: z.string(),
  recipient: z.string().nullable(),
  filedOn: date.nullable(),
  registeredOn: date.nullable(),
  asked: z.array(z.string()).describe('受理单位要求报送的材料，依规则包'),
  /** 受理机关的备案审查那一件；以前报送、没有另开的没有这一项。 */
  review: z.string().optional(),
  number: z.string().nullable(),
  history: z.array(z.looseObject({ status: z.string(), on: date, note: z.string().nullable() })),
  waitingFor: WaitingFor.nullable()
    .optional()
    .describe('报送以后等着谁，自何日、至何日；没有的、读者看不到那一件的为空'),
})
/** 案卷：程序事实、当前文本的摘要、期限、自动前行还差什么。不含正文。 */
/** 要别的事项办理的一条命令，办成没有。 */
export const Sent = z.looseObject({
  id: z.string(),
  matter: z.string(),
  process: z.string().nullable(),
  title: z.string().nullable().describe('不存在，或者此人不能查看的，为空'),
  command: z.string(),
  label: z.string(),
  at: z.string(),
  outcome: z.enum(['accepted', 'refused']).nullable(),
  detail: z.string().nullable(),
  again: z.enum(['accepted', 'refused', 'pending']).nullable().describe('对方没有接受、再次转办了的：结果如何'),
})
export const Document = z.looseObject({
  id: z.string(),
  version: z.int(),
  title: z.string(),
  genre: z.string().nullable(),
  stage: Stage,
  stageLabel: z.string(),
  turns: z.array(TurnLine).describe('此刻等着的各事，最紧的在前'),
  ahead: z.array(AheadLine).optional().describe('还没有到日子的各事，近的在前'),
  sent: z.array(Sent).describe('要别的事项办理的命令，办成没有'),
  unread: z.boolean(),
  followed: z.boolean(),
  later: Later.nullable().optional(),
  last: LastAct.nullable(),
  tier: z.enum(tiers),
  packVersion: z.string(),
  issuers: z.array(named),
  draftingUnit: named,
  // 旧案卷的分类可以有旧的写法，照存着的给出。
  classification: z.custom<Classification>((value) => typeof value === 'object' && value !== null),
  necessity: z.string(),
  planItem: z.string().nullable(),
  proposedAt: instant,
  proposedBy: z.string(),
  initiatedAt: instant.nullable(),
  texts: z.array(TextRef),
  text: TextRef.nullable(),
  artefacts: z.array(z.looseObject({ kind: z.string(), hash: z.string(), at: instant, by: z.string(), n: z.int() })),
  materials: z
    .array(
      z.object({
        kind: z.string(),
        label: z.string(),
        neededFor: z.enum(['consultation', 'review', 'publication']),
        state: z.enum(['have', 'missing', 'unfit']),
        why: z.string().nullable(),
      }),
    )
    .describe('材料清单：此刻已有的、缺的、不合用的，依使用的先后'),
  bases: z.array(
    z.looseObject({
      title: z.string(),
      docNo: z.string().optional(),
      articles: lines.optional(),
      clause: z.string().optional(),
    }),
  ),
  /** 所引依据正在核查、将要发生的变动；只提醒，不拦。 */
  basisEvents: z.array(z.object({ act: z.string(), on: date, upcoming: z.boolean() })).optional(),
  basisStatus: z
    .array(
      z.looseObject({
        title: z.string(),
        status: z.string(),
        since: z.string().optional(),
        replacedBy: z.string().optional(),
      }),
    )
    .optional(),
  interagency: z.array(
    z.looseObject({
      unit: z.string(),
      round: z.int(),
      askedOn: date,
      dueOn: date,
      opinion: z
        .looseObject({
          stance: z.enum(['agree', 'agree_with_comments', 'object']),
          text: z.string(),
          on: date,
          by: z.string(),
        })
        .nullable(),
    }),
  ),
  consultations: z.array(
    z.looseObject({
      id: z.string(),
      n: z.int(),
      openedAt: instant,
      opensOn: date,
      closesOn: date,
      closesAt: instant,
      closedAt: instant.nullable(),
      textVersion: z.int(),
      textHash: z.string(),
      channels: lines,
      groups: lines,
      shortened: z.looseObject({ reason: z.string(), approver: z.string() }).nullable(),
      feedbackAt: instant.nullable(),
    }),
  ),
  coordination: z.array(z.looseObject({ at: instant, on: date, units: lines, settled: lines, summary: z.string() })),
  escalations: z.array(z.looseObject({ at: instant, to: z.string(), decision: z.string().nullable() })),
  thirdParty: z.array(Assessment),
  expertReviews: z.array(Assessment),
  riskAssessments: z.array(Assessment),
  fairCompetition: z.array(Assessment),
  hearings: z.array(
    z.looseObject({
      announcedOn: date,
      materialsSentOn: date.nullable(),
      heldOn: date.nullable(),
      record: z.string().nullable(),
      planned: z.looseObject({ matter: z.string(), on: date }).optional().describe('在哪一件听证会里办，定于哪一日'),
    }),
  ),
  review: Review.nullable(),
  reviewHistory: z.array(Review),
  secretariatCheck: z
    .looseObject({ outcome: z.string(), at: instant, by: z.string(), reasons: lines, textHash: z.string() })
    .nullable(),
  schedule: z.looseObject({ body: z.string(), session: z.string(), date }).nullable(),
  decision: Decision.nullable(),
  decisionHistory: z.array(Decision),
  partyReports: z.array(z.looseObject({ date, reference: z.string() })),
  signatures: z.array(
    z.looseObject({ issuer: z.string(), person: z.string(), at: instant, on: date, textHash: z.string() }),
  ),
  corrections: z.array(
    z.looseObject({
      substantive: z.boolean(),
      reason: z.string(),
      at: instant,
      by: z.string(),
      confirmed: z.looseObject({ at: instant, by: z.string() }).nullable(),
    }),
  ),
  numbers: z
    .looseObject({ document: z.string(), registry: z.string(), adoptionDate: date, assignedAt: instant })
    .nullable(),
  voidedNumbers: z.array(
    z.looseObject({
      number: z.string(),
      reason: z.string(),
      approver: z.string(),
      approverName: z.string().optional(),
      at: instant,
    }),
  ),
  publication: z
    .looseObject({
      publishedOn: date,
      effectiveDate: date,
      validUntil: date.nullable(),
      disclosure: z.string(),
      channels: lines,
      textVersion: z.int(),
      textHash: z.string(),
      indexNumber: z.string().nullable(),
      wjbs: z.looseObject({ value: z.string().nullable(), missing: lines }),
      interpretation: z.boolean(),
      immediateReason: z.string().nullable(),
    })
    .nullable(),
  filings: z.partialRecord(z.enum(tracks), Filing),
  decisionFilings: z
    .array(
      z.looseObject({
        review: z.string(),
        track: z.enum(tracks),
        title: z.string(),
        stageLabel: z.string(),
        waitingFor: WaitingFor.nullable(),
      }),
    )
    .describe('修改、废止本件的决定的备案；没有另行的文件'),
  forceEvents: z.array(
    z.looseObject({
      kind: z.string(),
      on: date,
      reason: z.string(),
      byDocument: z.string().nullable(),
      decision: z.looseObject({ body: z.string(), number: z.string().optional(), date }).nullable(),
      undoes: z.int().optional().describe('收回、重新生效的是第几项'),
      provisions: lines.optional().describe('停止、恢复执行的只是这些条款'),
    }),
  ),
  archive: z
    .looseObject({
      at: instant,
      files: z.int(),
      manifestHash: z.string(),
      archiveNo: z.string().nullable().optional().describe('档号'),
      retention: z.string().nullable().optional().describe('保管期限'),
      keptUntil: z.iso.date().nullable().optional().describe('保管至何日；永久的、没有年数的为空'),
    })
    .nullable(),
  returns: z.array(z.looseObject({ from: z.string(), to: z.string(), at: instant, reason: z.string() })),
  returnedFrom: z.string().nullable(),
  deviations: z.array(
    z.looseObject({
      id: z.string().nullable(),
      rule: z.string(),
      matter: z.string(),
      ground: z.string(),
      referenceText: z.string(),
      approver: z.string(),
      at: instant.nullable(),
      confirmed: z.looseObject({ at: instant, name: z.string() }).nullable(),
      used: z.array(z.looseObject({ at: instant, command: z.string() })),
    }),
  ),
  closing: z.looseObject({ reason: z.string(), at: instant }).nullable(),
  regions: z
    .looseObject({ force: z.string(), filing: z.record(z.string(), z.string()), archive: z.string() })
    .nullable()
    .optional(),
  standing: z.array(
    z.looseObject({
      approval: z.string(),
      label: z.string(),
      stands: z.boolean(),
      why: z.string(),
      lacks: z
        .enum(['statement', 'confirmation'])
        .optional()
        .describe('不须重新取得，只差：statement 随提请说明，confirmation 审核机构确认修改'),
    }),
  ),
  progress: z.array(z.looseObject({ to: z.string(), open: z.boolean(), verdicts: z.array(Verdict) })),
  deadlines: z.array(Deadline),
  comments: z.looseObject({
    total: z.int(),
    undisposed: z.int(),
    held: z.int().optional().describe('疑似垃圾信息，待核'),
  }),
  units: z.record(z.string(), z.string()),
  people: z.record(z.string(), z.string()),
  ledger: z.looseObject({ seq: z.int(), head: z.string() }),
  createdAt: instant,
  updatedAt: instant,
})
