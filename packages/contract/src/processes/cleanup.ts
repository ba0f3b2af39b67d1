// 清理对外的约定：制定机关对一个范围内的行政规范性文件逐件决定继续有效、修改、废止、失效，从部署到公布结果。
import { z } from 'zod'
import { keysOf } from '../keys-of.ts'
import { defineContract, field } from './define.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const optional = (max: number) => z.string().trim().max(max).optional()
const day = z.iso.date()

/** 清理的种类。 */
export const cleanupKindLabels = {
  immediate: '即时清理',
  periodic: '定期清理',
  special: '专项清理',
  comprehensive: '全面清理',
} as const
export type CleanupKind = keyof typeof cleanupKindLabels

/** 每件文件的清理结果，一件只有一种；撤销须有违法的认定，不在其中。 */
export const cleanupOutcomeLabels = {
  keep: '继续有效',
  amend: '需要修改',
  repeal: '应予废止',
  lapse: '宣布失效',
  already_gone: '清理时已废止、失效',
} as const
export type CleanupOutcome = keyof typeof cleanupOutcomeLabels
export const cleanupOutcomes = keysOf(cleanupOutcomeLabels)

/** 宣布失效的缘由；没有这些缘由的，应当废止。 */
export const lapseGroundLabels = {
  validity_over: '有效期已满',
  task_done: '任务已经完成',
  object_gone: '调整对象已经消失',
} as const
export type LapseGround = keyof typeof lapseGroundLabels
export const lapseGrounds = keysOf(lapseGroundLabels)

/** 提请注意的矛盾：只提问，由人决定；不顾而仍拟继续有效的，须写明理由。 */
export const cleanupFlagLabels = {
  provisional_long: '暂行、试行已经超过规定的年限',
  validity_over: '有效期已经届满',
  basis_gone: '依据已经废止、失效',
  issuer_gone: '制定机关已不在单位名册',
  double: '文号或者名称重复',
  successor: '已有同名的新文件',
  period_past: '名称所写的期间已经过去',
  status_unverified: '效力没有核实',
} as const
export type CleanupFlag = keyof typeof cleanupFlagLabels

/** 未列入目录的文件怎样处理，逐件确认。 */
const unlistedEffectLabels = {
  stop: '未列入继续有效目录，自决定公布之日起不再执行',
  continue: '不在本次清理之列，照旧有效',
} as const

/** 项目：目录中的序号，或者登记库条目、案卷的标识。 */
const CleanupItemRef = z.union([z.int().min(1).max(1_000_000), text(200)])

const amend = field(
  z
    .strictObject({
      what: field(text(4000), '拟修改的内容', { control: 'long-text' }),
      due: field(day.optional(), '完成时限', { description: '重新公布的最后一日' }),
      ifLate: field(z.enum(['lapse']).optional(), '逾期的后果', { labels: { lapse: '逾期未公布的，自次日起失效' } }),
    })
    .optional(),
  '修改计划',
  { description: '需要修改的填写', when: { field: 'outcome', is: ['amend'] } },
)
const opinion = {
  outcome: field(z.enum(cleanupOutcomes), '清理意见', { labels: cleanupOutcomeLabels }),
  reason: field(optional(4000), '清理理由', { control: 'long-text', description: '继续有效的可以不填' }),
  provisions: field(z.array(text(200)).max(50).optional(), '所涉条款', { control: 'provision' }),
  lapseGround: field(z.enum(lapseGrounds).optional(), '失效的缘由', { labels: lapseGroundLabels }),
  amend,
}
/** 一件的清理意见。 */
const ItemOpinion = z.strictObject({
  item: field(CleanupItemRef, '项目'),
  ...opinion,
  amend: amend.meta({ when: undefined }),
})
const item = field(CleanupItemRef.optional(), '项目', {
  description: '目录中的序号；成批办理的填 items',
  help: '目录中的序号',
})
const refs = z.array(CleanupItemRef).min(1).max(10_000)
const entry = (title: string) => field(text(200), title, { control: 'entry', description: '登记库中的文件' })

/** 从一份目录读来的一行。 */
export const CleanupListRow = z.strictObject({
  line: field(z.int().min(1), '行号'),
  title: field(text(1000), '文件名称'),
  number: field(optional(200), '文号'),
  unit: field(optional(200), '清理牵头单位'),
  outcome: field(z.enum(cleanupOutcomes), '清理建议', { labels: cleanupOutcomeLabels }),
  reason: field(optional(4000), '清理理由'),
  publishedOn: field(day.optional(), '公布日期'),
  effectiveDate: field(day.optional(), '施行日期'),
  validUntil: field(day.optional(), '有效期至'),
})
export type CleanupListRow = z.infer<typeof CleanupListRow>

export const cleanupContract = defineContract({
  kind: 'cleanup',
  label: '清理',
  noun: '清理',
  opening: {
    type: 'PlanCleanup',
    label: '部署清理',
    fields: {
      kind: field(z.enum(keysOf(cleanupKindLabels)), '种类', { labels: cleanupKindLabels }),
      ground: field(text(4000), '理由', {
        control: 'long-text',
        description: '为什么清理：周期已到、上位法变化、上级部署等',
      }),
      title: field(optional(200), '名称', { description: '不填的依种类与范围拟定' }),
      order: field(
        z
          .strictObject({
            body: field(text(200), '部署机关', { control: 'organ', of: { by: 'name' } }),
            docNo: field(optional(200), '文号'),
            date: field(day.optional(), '日期'),
          })
          .optional(),
        '上级的部署',
        { description: '专项、全面清理依部署进行的填写' },
      ),
      scope: field(
        z
          .strictObject({
            issuers: field(z.array(text(200)).max(200).optional(), '制定机关', {
              control: 'unit',
              of: { list: 'issuers' },
              description: '以哪些机关名义制发的文件',
            }),
            publishedUntil: field(day.optional(), '公布截止日', {
              description: '该日以前（含）公布的；不填为部署之日',
            }),
            act: field(optional(300), '所涉上位法', { control: 'act', description: '只列引用它的文件' }),
            theme: field(optional(200), '主题', { description: '名称或者正文中有这些文字的' }),
            documents: field(z.array(text(200)).max(10_000).optional(), '指定的文件', {
              control: 'entry',
              description: '只清理这些文件；即时清理用',
            }),
          })
          .optional(),
        '范围',
      ),
      deadlineForUnits: field(day.optional(), '各单位报送意见的期限'),
      deadlineForResult: field(day.optional(), '公布结果的期限'),
      closedList: field(z.boolean().optional(), '未列入目录的停止执行', {
        description: '决定写明：未列入继续有效目录的，不得作为行政管理的依据；公布以前逐件确认',
      }),
    },
  },
  commands: {
    AddDocuments: {
      label: '并入文件',
      fields: {
        documents: field(z.array(text(200)).min(1).max(10_000), '文件', { control: 'entry' }),
        why: field(text(2000), '缘由'),
        source: field(optional(200), '由哪一件事项而来', { control: 'matter' }),
      },
    },
    FreezeCensus: { label: '冻结普查目录', fields: { note: field(optional(2000), '备注') } },
    ImportCensus: {
      label: '以目录文件建立普查目录',
      fields: {
        rows: field(z.array(CleanupListRow).min(1).max(20_000), '目录各行', { control: 'hidden' }),
        file: field(
          z.strictObject({
            name: text(300),
            sha256: z.string().regex(/^[0-9a-f]{64}$/),
            format: optional(200),
          }),
          '目录文件',
          { control: 'hidden' },
        ),
        skipped: field(z.int().min(0).optional(), '读不出而略去的行', { control: 'hidden' }),
        asOf: field(day.optional(), '目录的日期', { control: 'hidden' }),
      },
    },
    ReportLateFind: {
      label: '补报遗漏的文件',
      fields: {
        document: field(optional(200), '登记库中的文件', { control: 'entry', description: '登记库中没有的，填写名称' }),
        title: field(optional(1000), '文件名称'),
        number: field(optional(200), '文号'),
        issuer: field(optional(200), '制定机关', { control: 'unit', of: { list: 'issuers' } }),
        unit: field(optional(200), '责任单位', { control: 'unit' }),
        publishedOn: field(day.optional(), '公布日期'),
        validUntil: field(day.optional(), '有效期至'),
        why: field(text(2000), '为何遗漏', { description: '谁发现的由系统记下；写明为何普查时没有' }),
      },
    },
    AssignUnit: {
      label: '指定责任单位',
      fields: {
        items: field(refs, '项目'),
        unit: field(text(200), '责任单位', { control: 'unit' }),
        note: field(optional(1000), '说明'),
      },
    },
    GiveOpinion: {
      label: '提出清理意见',
      fields: {
        item,
        ...opinion,
        outcome: opinion.outcome.optional(),
        items: field(
          z
            .array(z.union([ItemOpinion, CleanupItemRef]))
            .min(1)
            .max(5000)
            .optional(),
          '成批',
          {
            control: 'hidden',
            description: '各项的意见；或者只列序号，意见同上',
          },
        ),
      },
    },
    CheckItems: {
      label: '合法性核对',
      fields: {
        agreeAll: field(z.boolean().optional(), '其余各项都同意', { description: '没有单列的项目一并同意' }),
        items: field(
          z
            .array(
              z.strictObject({
                item: field(CleanupItemRef, '项目'),
                agrees: field(z.boolean(), '同意'),
                reason: field(optional(4000), '不同意的理由', { control: 'long-text' }),
              }),
            )
            .max(10_000)
            .optional(),
          '逐项',
        ),
      },
    },
    OpenNotice: {
      label: '公示清理结果（草案）',
      fields: { until: field(day.optional(), '公示截止日', { description: '不填为规则包所定的日数' }) },
    },
    RecordObjection: {
      label: '提出意见',
      fields: {
        item,
        text: field(text(20_000), '意见', { control: 'long-text' }),
        source: field(optional(200), '来源', { description: '书面、电话等；由公示页提出的不填' }),
      },
    },
    AnswerObjection: {
      label: '答复意见',
      fields: {
        objection: field(z.int().min(1).max(100_000), '第几条意见'),
        adopted: field(z.boolean(), '采纳'),
        text: field(text(20_000), '答复', { control: 'long-text' }),
      },
    },
    ConfirmUnlisted: {
      label: '逐件确认未列入的文件',
      fields: {
        entries: field(
          z
            .array(
              z.strictObject({
                entry: entry('文件'),
                effect: field(z.enum(keysOf(unlistedEffectLabels)), '处理', { labels: unlistedEffectLabels }),
                reason: field(text(2000), '理由'),
              }),
            )
            .min(1)
            .max(5000),
          '各件',
        ),
      },
    },
    Decide: {
      label: '记录清理决定',
      fields: {
        body: field(text(200), '决定机关', { control: 'organ', description: '审议的会议' }),
        session: field(optional(100), '会次'),
        date: field(day, '日期'),
        minutes: field(optional(300), '会议纪要', { description: '纪要的编号或者名称' }),
        document: field(optional(200), '清理决定', {
          control: 'matter',
          of: { process: 'normative-document' },
          description: '决定本身是一件行政规范性文件：它的案卷',
        }),
      },
    },
    PublishResult: {
      label: '公布清理结果',
      fields: {
        effectiveOn: field(day.optional(), '自何日起不再执行', { description: '不填为公布之日；不早于公布之日' }),
        document: field(optional(200), '清理决定', { control: 'matter', of: { process: 'normative-document' } }),
        publishedOn: field(day.optional(), '当时公布的日期', {
          description: '补录以往的清理填写；不填为目录的日期，不早于决定之日',
        }),
        note: field(optional(2000), '备注'),
      },
    },
    RecordRepublication: {
      label: '记录已经重新公布',
      fields: { item: field(CleanupItemRef, '项目'), document: entry('重新公布的文件') },
    },
    ApplyLapses: { label: '逾期未重新公布的失效', fields: { due: field(day, '期限', { control: 'hidden' }) } },
    CloseCleanup: { label: '办结', fields: { note: field(optional(2000), '备注') } },
    CancelCleanup: { label: '终止清理', fields: { reason: field(text(2000), '理由') } },
    RecomputeDeadlines: { label: '重新计算期限', fields: {} },
  },
  stages: {
    planned: '部署',
    collecting: '收集意见',
    checked: '已核对',
    noticed: '公示',
    decided: '已决定',
    published: '已公布',
    closed: '办结',
    cancelled: '终止',
  },
  records: {
    CleanupPlanned: '部署清理',
    DocumentsAdded: '并入文件',
    CensusFrozen: '冻结普查目录',
    CensusImported: '以目录文件建立普查目录',
    LateFindReported: '补报遗漏的文件',
    LateFindAfterDecision: '决定以后发现遗漏的文件',
    UnitAssigned: '指定责任单位',
    OpinionGiven: '提出清理意见',
    ItemsChecked: '合法性核对',
    CheckFinished: '合法性核对完毕',
    NoticeOpened: '公示',
    ObjectionRecorded: '收到意见',
    ObjectionAnswered: '答复意见',
    UnlistedConfirmed: '确认未列入的文件',
    CleanupDecided: '作出清理决定',
    ResultPublished: '公布清理结果',
    RepublicationRecorded: '已经重新公布',
    ConditionalLapsesApplied: '重新公布的期限届满',
    CleanupClosed: '办结',
    CleanupCancelled: '终止清理',
    DeadlinesRecomputed: '重新计算期限',
  },
})
