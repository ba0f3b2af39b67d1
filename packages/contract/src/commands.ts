// 唯一的写入口：每条命令一个模式，组成以 type 区分的联合。字段名固定，客户端与服务端共用。
import { z } from 'zod'
import { type Condition, field, figure, sessionName } from './field.ts'
import {
  artefactKinds,
  artefactLabels,
  Classification,
  clearanceLabels,
  commentChannelLabels,
  competitionExceptionLabels,
  competitionOutcomeLabels,
  correctionActionLabels,
  decisionLabels,
  deviableMatters,
  deviationLabels,
  disclosureLabels,
  dispositionLabels,
  evaluationConclusionLabels,
  groupOutcomeLabels,
  heldOutcomeLabels,
  inviteeLabels,
  legalityOutcomeLabels,
  opinionLabels,
  ownConclusionLabels,
  pauseLabels,
  pointAnswerLabels,
  Reference,
  redactionLabels,
  returnGroundLabels,
  riskLevelLabels,
  riskOutcomeLabels,
  secretariatOutcomeLabels,
  substanceAnswerLabels,
  tierLabels,
  tiers,
  trackLabels,
  tracks,
} from './vocabulary.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const optionalText = (max: number) => z.string().trim().max(max).optional()
/** 日历日 `YYYY-MM-DD`（北京时间），必须真实存在。 */
export const PlainDate = z.iso.date()
/** 带偏移的时刻（ISO 8601）。 */
export const Instant = z.iso.datetime({ offset: true })
const ContentHash = z.string().regex(/^[0-9a-f]{64}$/, '应为 64 位十六进制内容摘要')
const unitRef = text(100).describe('单位代码或者单位全称')

/** 附件的两种用途：随文件公布的附件，留存的原始文件（从不公开）。 */
const attachmentUses = ['published', 'source'] as const
export type AttachmentUse = (typeof attachmentUses)[number]

/** 依已经批准的偏离办理：写明偏离哪一条规则；理由、依据与批准人以批准的为准，公开记录。 */
export const Deviation = z.object({
  rule: text(80),
  ground: optionalText(2000),
  reference: Reference.optional(),
  approver: optionalText(200),
})
export type Deviation = z.infer<typeof Deviation>

/** 控制字符与改变书写方向的字符：文件名里有了它们，所见的扩展名就不是真的扩展名。 */
const unseen = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u
const fileName = text(200).refine(
  (name) => !unseen.test(name) && !/[\\/]/.test(name),
  '文件名里有看不见的字符（控制字符、改变书写方向的字符）或者斜线，请改名后再上传',
)

/** 标题在名册、目录、公开页上与别的文字同处一行：里面改变书写方向的字符会把旁边的字也倒过来。 */
const titleText = (max: number) =>
  text(max).refine(
    (title) => !unseen.test(title),
    '标题里有看不见的字符（控制字符、改变书写方向的字符），请删去，或者重新打一遍',
  )

export const Attachment = z.object({
  name: fileName,
  mediaType: z.string().max(120).default('text/plain'),
  content: z.string().max(2_000_000).optional().describe('文本附件的内容'),
  contentBase64: z.base64().max(14_000_000).optional().describe('二进制附件，Base64'),
  use: z
    .enum(attachmentUses)
    .optional()
    .describe(
      'published 随文件公布，公布时逐份选定；source 留存的原始文件，不公开。不填的，Office 文件作为留存，其余公布时再定',
    ),
})
export type Attachment = z.infer<typeof Attachment>
const attachments = field(z.array(Attachment).max(50).default([]), '附件', { control: 'attachment' })
/** 一版文本最多的字符数。 */
export const textMaximum = 2_000_000

/** 对检查发现的一个问题“此处不改”及其理由；`quote` 是问题所问的原话，问“没有写”的为空。 */
export const FindingWaiver = z.object({
  id: z.string().regex(/^[A-Z]\d{2}$/, '应为问题的编号，如 L03'),
  quote: z.string().max(4000),
  element: optionalText(200),
  reason: text(2000),
})
export type FindingWaiver = z.infer<typeof FindingWaiver>
const waivers = field(z.array(FindingWaiver).max(500).optional(), '检查提示', {
  description: '对检查发现的问题不作修改的理由',
})

/** 工作稿的内容：`PUT /api/documents/:id/working-copy` 的请求体。理由可以还没有写完。 */
export const WorkingCopyInput = z.object({
  basedOn: z.int().min(1).nullable().describe('在第几版文本上改的；尚无文本时为 null'),
  body: z.string().max(textMaximum),
  waivers: z
    .array(FindingWaiver.extend({ reason: z.string().max(2000) }))
    .max(500)
    .default([]),
})
export type WorkingCopyInput = z.infer<typeof WorkingCopyInput>

const hidden = { control: 'hidden' } as const
const base = {
  commandId: field(z.uuid(), '命令标识', { description: '同一标识重复提交得到同一答复', ...hidden }),
  expectedVersion: field(z.int().min(0), '版本', { description: '办理人所见的案卷版本；已变化则答复 412', ...hidden }),
  deviations: field(z.array(Deviation).max(10).optional(), '依规定偏离', hidden),
}
const command = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...base, ...shape })

/** 制定机关，牵头的在前。 */
const issuersField = (title: string, description: string) =>
  field(z.array(unitRef).min(1).max(20), title, { description, control: 'unit', of: { list: 'issuers' } })
/** 单位；怎样写是写给接口使用者的，表单上是选。 */
const unitField = <T extends z.ZodType>(schema: T, title: string, help = '') =>
  field(schema, title, { control: 'unit', help })

/** 立项申请的内容；提交到 `POST /api/documents`。先问是什么、谁制定，再问理由与分类，表单照此次序。 */
export const ProposeDocument = z.object({
  type: z.literal('ProposeDocument').default('ProposeDocument'),
  commandId: field(z.uuid(), '命令标识', hidden),
  expectedVersion: field(z.literal(0).optional(), '版本', hidden),
  title: field(titleText(200), '文件标题'),
  jurisdiction: field(text(40), '行政区划代码', hidden),
  tier: field(z.enum(tiers), '文件层级', { labels: tierLabels }),
  genre: field(
    z.enum(['规定', '办法', '细则', '意见', '决定', '通知', '公告', '通告', '规则', '方案']).optional(),
    '文种',
  ),
  issuers: issuersField('制定机关（牵头在前）', '制定机关，牵头（主办）机关在前'),
  draftingUnit: field(unitRef.optional(), '起草单位', {
    description: '起草单位，缺省为提出人所在单位',
    control: 'unit',
  }),
  necessity: field(text(10_000), '制定的必要性'),
  planItem: field(optionalText(200), '计划项目', {
    control: 'plan-item',
    description: '列入年度制定计划的，写明年度与项次，如“2026年度制定计划第3项”；计划以外的不填，立项时由负责人批准',
  }),
  subject: field(optionalText(100), '主题分类'),
  classification: field(Classification, '分类'),
})
export type ProposeDocument = z.infer<typeof ProposeDocument>

/** 立项以前的推演所依的内容：还没有写完也可以问。`POST /api/documents/preview` 的请求体，不写入任何东西。 */
export const ProposalPreviewInput = z.object({
  title: z.string().trim().max(200).default(''),
  genre: ProposeDocument.shape.genre,
  tier: z.enum(tiers),
  issuers: z.array(z.string().max(100)).max(20).default([]).describe('单位代码，牵头在前'),
  draftingUnit: z.string().max(100).optional(),
  planItem: ProposeDocument.shape.planItem,
  classification: Classification,
})
export type ProposalPreviewInput = z.infer<typeof ProposalPreviewInput>

const Validity = z.union([
  z.object({ years: z.int().min(1).max(99) }).strict(),
  z.object({ until: PlainDate }).strict(),
  z.object({ none: z.literal(true) }).strict(),
])
const filingTrack = field(z.enum(tracks), '备案轨道', { labels: trackLabels, prefill: 'track' })
const relation = {
  byDocument: field(text(100).optional(), '作出变动的文件', {
    description: '登记库中已经公布的文件',
    control: 'entry',
  }),
  decision: field(
    z
      .object({
        body: field(text(200), '决定机关', { control: 'organ' }),
        number: field(optionalText(100), '文号'),
        date: field(PlainDate, '日期'),
      })
      .optional(),
    '作出变动的决定',
    { description: '没有公布的，写明作出决定的机关、文号与日期' },
  ),
  reason: field(text(4000), '理由'),
}
const clauses = z.array(text(200)).min(1).max(50).optional()
const groundFields = ['byDocument', 'decision'] as const
/**
 * 变动效力的命令：须有根据，即另一件已公布的文件，或者一项有日期的决定，至少写明一项。
 * `anyOf` 一并进入接口说明，表单也据此把这几栏画成一组。
 */
const forceCommand = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  command(type, { ...shape, ...relation })
    .refine((given) => groundFields.some((name) => (given as Record<string, unknown>)[name] !== undefined), {
      path: ['byDocument'],
      error: '须写明作出变动的文件或者决定，至少一项',
      // 与其他缺漏一并指出，不等其余都填对了才说。
      when: ({ value }) => typeof value === 'object' && value !== null,
    })
    .meta({ anyOf: groundFields.map((name) => ({ required: [name] })), anyOfTitle: '作出变动的根据' })
/** 一条命令中至少填写一项的各栏；没有这种规定时为空。 */
export function atLeastOneOf(schema: z.ZodType): string[] {
  const stated = z.globalRegistry.get(schema)?.anyOf as ReadonlyArray<{ required: string[] }> | undefined
  return stated?.flatMap((each) => each.required) ?? []
}
/** 至少填写一项的几栏合起来叫什么。 */
export const togetherTitle = (schema: z.ZodType): string =>
  (z.globalRegistry.get(schema)?.anyOfTitle as string | undefined) ?? '至少填写一项'
/** 名词表中的一个代码，以其名称显示。 */
const oneOf = <T extends Record<string, string>>(labels: T, title: string, meta: { description?: string } = {}) =>
  field(z.enum(Object.keys(labels) as [keyof T & string, ...(keyof T & string)[]]), title, { ...meta, labels })
const when = (name: string, ...is: string[]): Condition => ({ field: name, is })
const contentHash = field(ContentHash.optional(), '内容摘要', hidden)
const bound = {
  textVersion: field(z.int().min(1).optional(), '所针对的文本', { control: 'text-version' }),
  contentHash,
}
/** 办理人所见的文本。 */
const seenText = field(ContentHash.optional(), '内容摘要', { control: 'text-hash' })
const reason = field(text(4000), '理由')
const optionalReason = field(optionalText(4000), '理由')
const note = (max: number, title = '备注') => field(optionalText(max), title)
/** 办理之日，先填今日。 */
/** 数或者文字：接口可以给数，存为文字。 */
const measure = figure(100).optional()
/** 一项目标与指标。 */
const Indicator = z.object({
  objective: field(text(1000), '目标'),
  article: field(optionalText(100), '所在条款', { description: '如“第六条”' }),
  indicator: field(text(300), '指标'),
  unit: field(optionalText(40), '单位'),
  baseline: field(measure, '基期值'),
  target: field(measure, '目标值'),
  source: field(optionalText(300), '数据来源'),
  collector: field(optionalText(200), '收集单位'),
  frequency: field(optionalText(100), '频次', { suggestions: ['每年', '每半年', '每季度'] }),
})
/** 意见的附件：份数、每份与合计的大小（字节），上传以前就说明。 */
export const commentFiles = { count: 5, each: 10 * 1024 * 1024, total: 20 * 1024 * 1024 } as const
/** 已按内容摘要保存的附件；种类由内容辨认，不看文件名。 */
const StoredFile = z.object({
  name: fileName,
  mediaType: text(120),
  sha256: ContentHash,
  size: z.int().min(1).max(commentFiles.each),
})
/** 来信、邮件、座谈会等收到的一件意见，由经办人录入。 */
const EnteredComment = z.object({
  channel: field(z.enum(['letter', 'email', 'phone', 'meeting', 'other']), '渠道', { labels: commentChannelLabels }),
  source: field(text(300), '来源', { description: '如来信的登记号，座谈会的名称' }),
  receivedOn: field(PlainDate, '收到日期', { prefill: 'today' }),
  element: field(optionalText(200), '针对的条款', { description: '如“第三条”；针对全文的不填' }),
  text: field(text(20_000), '意见内容', { control: 'long-text' }),
  name: field(optionalText(100), '姓名或者名称'),
  contact: field(optionalText(200), '联系方式'),
})
export type EnteredComment = z.infer<typeof EnteredComment>
/** 一件意见公开到什么程度；遮去的各处以原文的字符位置（UTF-16）写明。 */
const ClearedComment = z
  .object({
    comment: field(text(100), '公众意见'),
    outcome: oneOf(clearanceLabels, '公开到什么程度'),
    spans: field(
      z
        .array(
          z.object({
            start: field(z.int().min(0), '起处'),
            end: field(z.int().min(1), '止处'),
            kind: oneOf(redactionLabels, '是什么'),
            reason: field(text(500), '理由'),
          }),
        )
        .max(200)
        .default([]),
      '遮去的各处',
    ),
    reason: field(optionalText(1000), '理由'),
  })
  .superRefine((item, context) => {
    if (item.outcome === 'redacted' && item.spans.length === 0)
      context.addIssue({ code: 'custom', path: ['spans'], message: '遮去后公开的，须写明遮去哪几处' })
    if (item.outcome !== 'redacted' && item.spans.length > 0)
      context.addIssue({ code: 'custom', path: ['spans'], message: '只有遮去后公开的才写遮去的各处' })
    if (item.outcome === 'withheld' && !item.reason)
      context.addIssue({ code: 'custom', path: ['reason'], message: '不公开的须写明理由' })
    item.spans.forEach((span, i) => {
      if (span.end <= span.start)
        context.addIssue({ code: 'custom', path: ['spans', i, 'end'], message: '止处须在起处之后' })
    })
  })
export type ClearedComment = z.infer<typeof ClearedComment>
/** 一次处理的各件意见：联名的一组可以有几千条，一次归组、一次答复。 */
const pickedComments = field(z.array(text(100)).min(1).max(5000, '一次最多处理五千条，请分几次'), '各件意见', {
  control: 'hidden',
})
const today = field(PlainDate, '日期', { prefill: 'today' })
const conclusion = field(text(20_000), '结论说明')
const meeting = { control: 'body' } as const
const fromPack = '规则包所列情形中的一种'
const leaderNotSelf = '制定机关的负责人，不是提出的人自己'
const referenceMeta = { description: '上级命令、决定，或者突发事件' }
const publicChannels = ['县人民政府网站', '部门网站', '政府公报', '政务新媒体', '新闻发布会', '公告栏']
const filingMaterials = field(z.array(text(200)).max(50).default([]), '报送材料', {
  offered: { from: 'filings.{track}.asked', says: '受理单位要求报送' },
})

/** 送审文本与征求意见稿有实质不同的，说明怎样处理过。 */
export const SinceConsultation = field(
  z.object({
    answer: oneOf(substanceAnswerLabels, '怎样处理的'),
    opinions: field(z.array(text(100)).max(200).default([]), '所采纳的意见', {
      description: '所采纳的意见：公众意见的编号或者回执号，提出意见的单位（代码或者全称）',
      help: '',
      control: 'adopted-opinions',
    }),
    reason,
  }),
  '文本与征求意见稿有实质不同，说明怎样处理过',
  { description: '文本与征求意见稿有实质不同时的说明', help: '' },
)
export type SinceConsultation = z.infer<typeof SinceConsultation>

/** 查询条件里的若干项，以换行相隔。 */
const listOf = (each: number) =>
  z
    .string()
    .max(20_000)
    .optional()
    .transform((joined) => joined?.split('\n').filter((one) => one !== '' && one.length <= each))

export const commandSchemas = {
  ApproveInitiation: command('ApproveInitiation', {
    note: note(2000),
    approver: field(optionalText(200), '批准人', {
      description: '批准立项的负责人，须是名册中的人',
      control: 'person',
    }),
  }),
  DeclineInitiation: command('DeclineInitiation', { reason }),
  SaveDraft: command('SaveDraft', {
    body: field(z.string().min(1).max(textMaximum), '文本', { control: 'document-text', prefill: 'text' }),
    attachments,
    note: note(2000, '本版说明'),
    waivers,
    workingCopyRevision: field(z.int().min(0).optional(), '所见的工作稿', {
      description:
        '所见工作稿的 revision，没有为 0；另有更新的工作稿时答复 412 并予以保留。不填则不核对，工作稿一并清除',
      ...hidden,
    }),
  }),
  ProvideArtefact: command('ProvideArtefact', {
    kind: field(z.enum(artefactKinds), '材料种类', { labels: artefactLabels, prefill: 'material' }),
    title: field(optionalText(200), '标题'),
    conclusion: field(oneOf(ownConclusionLabels, '审核结论').optional(), '审核结论', {
      description: '本单位的合法性审核意见：结论',
      help: '',
      when: when('kind', 'own_legality_opinion'),
      requiredWhen: { ...when('kind', 'own_legality_opinion'), says: '本单位的合法性审核意见须写明结论' },
    }),
    examiner: field(optionalText(200), '审核人', {
      description: '本单位的合法性审核意见：审核人（本单位的人员，没有起草、修改过文本）；缺省为提交人',
      help: '审核人（本单位的人员，没有起草、修改过文本）；缺省为提交人',
      control: 'person',
      of: { unit: 'draftingUnit' },
      when: when('kind', 'own_legality_opinion'),
    }),
    contentHash,
    textVersion: field(z.int().min(1).optional(), '所审的文本', {
      control: 'text-version',
      when: when('kind', 'own_legality_opinion'),
    }),
    bases: field(
      z
        .array(
          z.object({
            title: field(text(200), '依据名称', { placeholder: '中华人民共和国……法' }),
            docNo: field(optionalText(100), '文号', { placeholder: '可不填' }),
            articles: field(z.array(text(60)).max(100).optional(), '条款', { placeholder: '第三十七条' }),
            clause: field(optionalText(200), '对应本文件条款', { placeholder: '第一条' }),
          }),
        )
        .max(500)
        .optional(),
      '制定依据',
      {
        description: '制定依据对照表的逐条依据：名称、文号、条款、对应本文件条款',
        control: 'table',
        of: { one: '一条依据', fill: 'basis-proposal', fillLabel: '由正文逐条填入' },
        prefill: 'material-bases',
        when: when('kind', 'legal_basis_table'),
      },
    ),
    // 先是要办的（结论、逐条依据），正文与附件在后。
    body: field(z.string().max(2_000_000).optional(), '正文', { control: 'structured-text', prefill: 'material-body' }),
    attachment: field(Attachment.optional(), '附件', { control: 'attachment' }),
  }),
  Reclassify: command('Reclassify', {
    classification: field(Classification.partial(), '分类', { prefill: 'this.classification' }),
    reason,
  }),
  ChangeIssuers: command('ChangeIssuers', {
    issuers: field(
      issuersField('变更以后的制定机关（牵头在前）', '变更以后的全部制定机关，牵头（主办）机关在前'),
      '变更以后的制定机关（牵头在前）',
      { prefill: 'this.issuers' },
    ),
    reason,
  }),
  RequestDeviation: command('RequestDeviation', {
    rule: field(z.enum(['consultation.minimum-period', 'review.min-period', 'review.max-period']), '偏离的期限', {
      description: '缩短、提前或者逾期的是哪一项',
      labels: deviationLabels,
    }),
    ground: field(text(2000), '情形', {
      description: fromPack,
      control: 'ground',
      of: { section: 'deviation', matterField: 'rule' },
    }),
    reference: field(Reference, '所依的命令、决定或者突发事件', referenceMeta),
    approver: field(text(200), '批准人', { description: leaderNotSelf, control: 'leader' }),
    reason: field(optionalText(2000), '理由', { description: '为何不能按一般期限办理' }),
  }),
  ApproveDeviation: command('ApproveDeviation', {
    deviation: field(optionalText(40), '待批准的申请', {
      description: '第几项申请；不填为本人待批准的全部',
      control: 'deviation',
    }),
    rule: field(z.enum(deviableMatters).optional(), '批准的事项', {
      description: '批准的是哪一项；此前没有写明情形、依据的，一并写明',
      labels: deviationLabels,
    }),
    ground: field(optionalText(2000), '情形', {
      description: '规则包所列的一种；缺省为申请所写',
      control: 'ground',
      of: { section: 'deviation', matterField: 'rule' },
    }),
    reference: field(Reference.optional(), '所依的命令、决定或者突发事件', { description: '缺省为申请所写' }),
    note: note(2000),
  }),
  RequestOpinions: command('RequestOpinions', {
    units: unitField(z.array(unitRef).min(1).max(100), '征求意见的部门'),
    message: field(optionalText(4000), '说明'),
  }),
  RecordOpinion: command('RecordOpinion', {
    unit: field(unitRef.optional(), '单位', { description: '缺省为办理人所在单位', control: 'unit' }),
    opinion: oneOf(opinionLabels, '意见'),
    text: field(z.string().trim().max(20_000).default(''), '意见内容', {
      suggestions: ['已研究，没有意见。', '原则同意，具体修改意见如下：', '涉及本单位职责的条款建议修改为：'],
      requiredWhen: {
        ...when('opinion', 'agree_with_comments', 'object'),
        says: '提出意见或者不同意的，须写明意见内容与理由',
      },
    }),
  }),
  OpenPublicConsultation: command('OpenPublicConsultation', {
    closesAt: field(z.union([Instant, PlainDate]).optional(), '截止日', {
      description: '截止时刻；缺省为依法最早的截止日 24:00',
    }),
    channels: field(z.array(text(200)).max(20).default([]), '征求意见渠道', {
      suggestions: publicChannels,
      prefill: 'first-suggestion',
    }),
    contact: field(optionalText(500), '联系方式', { description: '联系单位、电话与通信地址', prefill: 'contact' }),
    groups: field(z.array(text(100)).max(20).optional(), '专门听取意见的群体', {
      description: '如企业、行业协会商会',
      suggestions: ['企业', '行业协会商会', '律师协会', '人大代表', '政协委员', '基层群众'],
    }),
    shortened: field(
      z
        .object({
          reason: field(text(2000), '理由'),
          ground: field(optionalText(2000), '情形', {
            description: fromPack,
            control: 'ground',
            of: { section: 'deviation', matter: 'consultation.minimum-period' },
          }),
          reference: Reference.optional(),
          approver: field(optionalText(200), '批准人', { description: leaderNotSelf, control: 'leader' }),
        })
        .optional(),
      '缩短期限',
      { description: '缩短期限的理由，印入公告；情形、依据与批准人以批准的为准' },
    ),
  }),
  ExtendConsultation: command('ExtendConsultation', {
    closesAt: field(z.union([Instant, PlainDate]), '截止日'),
    reason: field(optionalText(2000), '理由'),
  }),
  CloseConsultation: command('CloseConsultation', {}),
  SubmitComment: command('SubmitComment', {
    anchor: field(
      z
        .object({
          element: field(text(200), '条款', { description: '征求意见稿的元素标识，或者地址，如“第三条”', help: '' }),
          quote: field(optionalText(2000), '引文'),
        })
        .optional(),
      '所指位置',
    ),
    text: field(text(20_000), '意见内容'),
    name: field(optionalText(100), '名称'),
    contact: field(optionalText(200), '联系方式'),
    attachments: field(z.array(StoredFile).max(commentFiles.count).optional(), '附件', hidden),
    consultation: field(optionalText(100), '对哪一次征求意见', hidden),
    invitation: field(optionalText(100), '邀请', hidden),
    held: field(optionalText(200), '待核的缘由', hidden),
  }),
  RecordComments: command('RecordComments', {
    entries: field(z.array(EnteredComment).min(1).max(500), '各件意见'),
  }),
  SettleHeldComments: command('SettleHeldComments', {
    comments: pickedComments,
    outcome: oneOf(heldOutcomeLabels, '核对结果'),
    reason: field(text(1000), '理由', { suggestions: ['内容与本件有关，恢复。', '广告等与本件无关的内容。'] }),
  }),
  GroupComments: command('GroupComments', {
    comments: pickedComments,
    outcome: oneOf(groupOutcomeLabels, '归组'),
    label: field(optionalText(200), '这一组说的是'),
    reason: optionalReason,
  }),
  DisposeComments: command('DisposeComments', {
    comments: pickedComments,
    disposition: oneOf(dispositionLabels, '处理'),
    reason: field(text(4000), '理由'),
    version: field(z.int().min(1).optional(), '体现于第几版文本', {
      description: '采纳后体现于第几版文本',
      control: 'text-version',
      when: when('disposition', 'adopted', 'partly_adopted'),
    }),
    except: field(
      z
        .array(
          z.object({
            comment: field(text(100), '公众意见'),
            disposition: oneOf(dispositionLabels, '处理'),
            reason: field(text(4000), '理由'),
            version: field(z.int().min(1).optional(), '体现于第几版文本', { control: 'text-version' }),
          }),
        )
        .max(1000)
        .optional(),
      '其中另作处理的',
    ),
  }),
  RedactComments: command('RedactComments', {
    items: field(z.array(ClearedComment).min(1).max(500), '各件公开到什么程度'),
  }),
  PublishComments: command('PublishComments', {}),
  InviteParticipants: command('InviteParticipants', {
    invitees: field(
      z
        .array(
          z.object({
            name: field(text(200), '名称'),
            kind: oneOf(inviteeLabels, '类别'),
          }),
        )
        .min(1)
        .max(200),
      '邀请谁提意见',
    ),
  }),
  DisposeComment: command('DisposeComment', {
    comment: field(text(100), '公众意见', { prefill: 'target' }),
    disposition: oneOf(dispositionLabels, '处理'),
    reason: field(text(4000), '理由', {
      suggestions: [
        '意见合理，已在文本中修改。',
        '已采纳其中合理的部分，其余因与上位规定不一致没有采纳。',
        '上位法已有规定，本文件不再重复。',
        '不属于本文件规范的事项，已转有关部门研究。',
      ],
    }),
    version: field(z.int().min(1).optional(), '体现于第几版文本', {
      description: '采纳后体现于第几版文本',
      control: 'text-version',
      when: when('disposition', 'adopted', 'partly_adopted'),
    }),
  }),
  PublishFeedback: command('PublishFeedback', {
    summary: field(optionalText(20_000), '采纳情况说明', { prefill: 'feedback' }),
  }),
  RecordCoordination: command('RecordCoordination', {
    units: unitField(z.array(unitRef).max(100).optional(), '参加协调的单位'),
    settled: field(z.array(unitRef).max(100).optional(), '不再持异议的单位', {
      description: '经协调不再持异议的单位；缺省与 units 相同',
      help: '经协调不再持异议的单位；缺省为参加协调的单位',
      control: 'unit',
    }),
    date: field(PlainDate.optional(), '日期'),
    summary: field(text(20_000), '协调结果'),
  }),
  EscalateDispute: command('EscalateDispute', {
    to: field(text(200), '报请决定的机关', { control: 'organ', of: { by: 'name' } }),
    issues: field(text(20_000), '分歧事项'),
    views: field(optionalText(20_000), '各方意见'),
    decision: field(optionalText(20_000), '决定'),
  }),
  StateIndicators: command('StateIndicators', {
    indicators: field(z.array(Indicator).min(1).max(50), '目标与指标'),
    reason: field(optionalText(2000), '变更的理由', { description: '审议通过以后变更的必填' }),
    decision: field(
      z
        .object({
          body: field(text(200), '同意变更的机关或者会议', { control: 'organ', of: { by: 'name' } }),
          number: field(optionalText(100), '文号'),
          date: field(PlainDate, '日期'),
        })
        .optional(),
      '同意变更的决定',
      { description: '审议通过以后变更的必填：先前的指标照旧保留' },
    ),
  }),
  RecordEvaluation: command('RecordEvaluation', {
    evaluation: field(text(100), '后评估', { control: 'matter', of: { process: 'evaluation' } }),
    on: field(PlainDate, '公布之日'),
    conclusion: oneOf(evaluationConclusionLabels, '结论'),
  }),
  RecordThirdPartyEvaluation: command('RecordThirdPartyEvaluation', {
    organisation: field(text(200), '评估机构'),
    conclusion,
    date: today,
    ...bound,
  }),
  RecordExpertReview: command('RecordExpertReview', {
    organisation: field(optionalText(200), '论证机构', {
      description: '由机构组织论证的，写明机构；其不得再作施行后的评估',
    }),
    conclusion,
    date: today,
    experts: field(z.int().min(1).max(200).optional(), '专家人数'),
    reconfirms: field(z.boolean().optional(), '文本变化后的再次确认'),
    ...bound,
  }),
  RecordRiskAssessment: command('RecordRiskAssessment', {
    organisation: field(optionalText(200), '评估机构', {
      description: '委托机构评估的，写明机构；其不得再作施行后的评估',
    }),
    outcome: oneOf(riskOutcomeLabels, '结论'),
    level: field(oneOf(riskLevelLabels, '风险等级').optional(), '风险等级'),
    conclusion,
    date: today,
    ...bound,
  }),
  RecordFairCompetitionReview: command('RecordFairCompetitionReview', {
    outcome: oneOf(competitionOutcomeLabels, '结论'),
    conclusion: field(z.string().trim().max(20_000).default(''), '结论说明'),
    exception: field(
      z
        .object({
          purpose: field(oneOf(competitionExceptionLabels, '目的').optional(), '目的'),
          noLesserMeans: field(
            z.union([z.boolean(), z.string().trim().max(2000)]).optional(),
            '没有影响更小的替代方案（说明）',
          ),
          until: field(z.union([PlainDate, z.string().trim().max(500)]).optional(), '实施期限或者终止条件', {
            control: 'long-text',
          }),
        })
        .optional(),
      '例外情形',
      {
        description: '目的、没有对公平竞争影响更小的替代方案、合理的实施期限或者终止条件',
        when: when('outcome', 'exception'),
      },
    ),
    stakeholdersHeard: field(z.array(text(200)).max(100).default([]), '听取了哪些利害关系人的意见', {
      description: '听取了哪些经营者、行业协会商会等利害关系人的意见',
    }),
    date: today,
    number: field(optionalText(100), '审查意见编号'),
    ...bound,
  }),
  RecordHearing: command('RecordHearing', {
    announcedOn: field(PlainDate, '公告日期'),
    materialsSentOn: field(PlainDate.optional(), '材料送达日期'),
    heldOn: field(PlainDate.optional(), '听证日期'),
    participants: field(z.int().min(0).max(10_000).optional(), '参加人数'),
    record: field(optionalText(20_000), '听证笔录'),
    // 听证会自己的事项送来：在哪一件里办、定于哪一日；举行、取消的不写。
    planned: field(z.strictObject({ matter: z.string().max(100), on: PlainDate }).optional(), '听证会', hidden),
    ...bound,
  }),
  RecordSecretariatCheck: command('RecordSecretariatCheck', {
    outcome: oneOf(secretariatOutcomeLabels, '审核结果'),
    reasons: field(z.array(text(2000)).max(50).default([]), '理由', {
      when: when('outcome', 'returned'),
      requiredWhen: { ...when('outcome', 'returned'), says: '退回的须写明理由' },
    }),
  }),
  SubmitForReview: command('SubmitForReview', {
    note: note(4000),
    contentHash: seenText,
    sinceConsultation: SinceConsultation.optional(),
    waivers,
  }),
  ResubmitAfterReturn: command('ResubmitAfterReturn', {
    note: note(4000),
    sinceConsultation: SinceConsultation.optional(),
    waivers,
  }),
  AcceptPackage: command('AcceptPackage', { note: note(2000) }),
  RequestSupplement: command('RequestSupplement', {
    missing: field(z.array(text(500)).min(1).max(50), '缺少的材料'),
    reason: optionalReason,
  }),
  Supplement: command('Supplement', {
    note: field(text(4000), '补充情况'),
    kinds: field(z.array(z.enum(artefactKinds)).max(20).optional(), '补充的材料种类', { labels: artefactLabels }),
  }),
  RecordAdviserOpinion: command('RecordAdviserOpinion', { opinion: field(text(20_000), '法律顾问意见') }),
  PauseReview: command('PauseReview', {
    for: oneOf(pauseLabels, '停计的事由', { description: '不计入审核期限的事由：审核中征求意见、专家论证' }),
    reason: field(text(2000), '理由'),
  }),
  ResumeReview: command('ResumeReview', { note: note(2000) }),
  IssueOpinion: command('IssueOpinion', {
    outcome: oneOf(legalityOutcomeLabels, '结论'),
    number: field(optionalText(100), '意见书编号', { description: '意见书编号', help: '' }),
    contentHash: field(ContentHash.optional(), '内容摘要', {
      description: '所审文本的内容摘要；与送审文本不同则拒绝',
      ...hidden,
    }),
    opinion: field(optionalText(20_000), '审核意见书正文', {
      control: 'structured-text',
      of: { template: 'legality_opinion' },
      suggestions: [
        '制定主体合法，属于法定职权范围。',
        '内容与上位规定不抵触。',
        '没有违法减损权益、增加义务。',
        '制定程序符合规定。',
        '建议按所附修改意见修改后再提请审议。',
      ],
    }),
    points: field(
      z
        .array(
          z.object({
            id: field(optionalText(40), '编号', hidden),
            text: field(text(4000), '修改意见'),
            element: field(optionalText(200), '条款', {
              description: '所审文本的元素标识，或者地址，如“第十二条第二款”',
            }),
            quote: field(optionalText(2000), '引文'),
            basis: field(optionalText(500), '依据'),
          }),
        )
        .max(200)
        .default([]),
      '修改意见',
      {
        when: when('outcome', 'revise'),
        requiredWhen: { ...when('outcome', 'revise'), says: '应当予以修改的，须逐条列明修改意见' },
      },
    ),
    grounds: field(z.array(text(4000)).max(50).default([]), '不合法的理由', {
      when: when('outcome', 'unlawful'),
      requiredWhen: { ...when('outcome', 'unlawful'), says: '不合法的，须列明理由' },
    }),
    waivers,
  }),
  AnswerPoint: command('AnswerPoint', {
    point: field(text(40), '审核意见', { control: 'review-point', prefill: 'point' }),
    answer: oneOf(pointAnswerLabels, '答复'),
    version: field(z.int().min(1).optional(), '体现于第几版文本', {
      control: 'text-version',
      prefill: 'revised-version',
      when: when('answer', 'adopted'),
    }),
    reason: field(optionalText(4000), '不采纳的理由', {
      suggestions: ['上位法已有明确规定，见所附依据。', '经与有关部门研究，维持原规定，理由是：'],
      when: when('answer', 'not_adopted'),
      requiredWhen: { ...when('answer', 'not_adopted'), says: '不采纳的须说明理由，理由随案卷提交审议' },
    }),
  }),
  ConfirmRevision: command('ConfirmRevision', {
    contentHash: seenText,
    substantive: field(z.boolean().optional(), '实质性修改'),
    note: note(4000),
  }),
  ScheduleDeliberation: command('ScheduleDeliberation', {
    body: field(text(200), '审议机构', { ...meeting, prefill: 'meeting' }),
    session: field(text(200).overwrite(sessionName), '会议', { placeholder: '第12次' }),
    date: field(PlainDate, '会议日期'),
    sessionId: field(optionalText(200), '列入哪一次会议', {
      description: '已经排期的会议的标识；不填的，同一机构、同一次、同一日的会议即是，没有的另立一次',
      help: '已经排期的会议；不选的，同一机构、同一次、同一日的会议即是，没有的另立一次',
      control: 'matter',
      of: { process: 'session' },
    }),
  }),
  WithdrawSchedule: command('WithdrawSchedule', {
    body: field(text(200), '审议机构'),
    session: field(text(200).overwrite(sessionName), '会议'),
    date: field(PlainDate, '会议日期'),
    reason,
  }),
  RecordDecision: command('RecordDecision', {
    outcome: oneOf(decisionLabels, '决定'),
    substantive: field(z.boolean().optional(), '实质性修改', {
      description: '修改后通过时：是否作实质性修改，缺省为是',
      when: when('outcome', 'adopted_with_changes'),
    }),
    changes: field(optionalText(20_000), '修改内容', { when: when('outcome', 'adopted_with_changes') }),
    dissents: field(z.array(text(4000)).max(100).default([]), '不同意见'),
    minutes: field(optionalText(20_000), '会议纪要'),
    body: field(optionalText(200), '审议机构', { ...meeting, prefill: 'this.schedule.body' }),
    session: field(z.string().trim().max(200).overwrite(sessionName).optional(), '会议', {
      prefill: 'this.schedule.session',
    }),
    date: field(PlainDate.optional(), '会议日期', { prefill: 'this.schedule.date' }),
    reason: field(optionalText(4000), '理由', {
      requiredWhen: { ...when('outcome', 'rejected'), says: '不予通过的须记明理由' },
    }),
  }),
  ReportToPartyCommittee: command('ReportToPartyCommittee', {
    date: field(PlainDate, '日期'),
    reference: field(text(500), '请示文号与事由'),
    reply: field(optionalText(4000), '批复'),
  }),
  Sign: command('Sign', {
    contentHash: field(ContentHash, '内容摘要', { control: 'text-hash' }),
    issuer: field(unitRef.optional(), '代表机关', { description: '缺省为签署人所在单位', control: 'unit' }),
    opinion: field(optionalText(2000), '签署意见'),
  }),
  ReturnFromSigning: command('ReturnFromSigning', { reason }),
  CorrectAfterSigning: command('CorrectAfterSigning', {
    substantive: field(z.boolean().default(false), '属于实质性更正', {
      description: '是否实质性修改；由文字推算，此项只可以从严',
    }),
    body: field(z.string().min(1).max(textMaximum), '更正后的文本', { control: 'document-text', prefill: 'text' }),
    attachments: field(z.array(Attachment).max(50).optional(), '附件', {
      description: '缺省沿用原附件',
      control: 'attachment',
    }),
    reason: field(text(4000), '更正理由'),
  }),
  ConfirmCorrection: command('ConfirmCorrection', {
    contentHash: field(ContentHash.optional(), '内容摘要', {
      description: '所确认的更正后的文本',
      control: 'text-hash',
    }),
    note: note(2000, '确认意见'),
  }),
  AssignNumbers: command('AssignNumbers', {
    reserved: field(optionalText(100), '使用预留号', {
      description: '使用先前预留的发文字号',
      control: 'reserved-number',
    }),
  }),
  VoidNumber: command('VoidNumber', {
    reason,
    approver: field(text(200), '批准人', { description: '须是名册中的人', control: 'person' }),
  }),
  Publish: command('Publish', {
    effectiveDate: field(PlainDate, '施行日期', { prefill: 'effective-date' }),
    validity: field(Validity, '有效期', {
      description: '若干年、至某日，或者不规定有效期（本地规定允许时）',
      control: 'validity',
      prefill: 'validity',
    }),
    validityReason: field(optionalText(2000), '起草说明所载超过一般上限的理由', {
      description: '有效期超过一般上限时，起草说明所载的理由',
    }),
    disclosure: field(oneOf(disclosureLabels, '公开属性').default('active'), '公开属性'),
    channels: field(z.array(text(200)).min(1).max(20), '公布渠道', {
      suggestions: publicChannels,
      prefill: 'first-suggestion',
    }),
    interpretation: field(
      z
        .union([z.object({ body: optionalText(200_000), url: z.url().optional() }), z.string().trim().max(200_000)])
        .optional(),
      '政策解读',
      { description: '缺省取已提交的解读材料', control: 'long-text' },
    ),
    files: field(z.array(text(200)).max(50).optional(), '公开的附件', {
      description: '随文件公开的附件，逐份选定（名称或者内容摘要）；没有选定的不公开',
    }),
    immediateReason: field(optionalText(2000), '即行施行的理由', {
      description: '公布后不足规定天数即施行的理由',
    }),
    adaptation: field(optionalText(2000), '适应调整期的安排', {
      description: '涉企文件：为经营主体留出的适应调整期如何安排；不留或者不足的，写明理由',
    }),
    summary: field(optionalText(2000), '内容摘要'),
    keywords: field(z.array(text(40)).max(20).optional(), '关键词'),
    internalSequence: field(
      z
        .string()
        .regex(/^\d{3}$/)
        .optional(),
      '文件标识内部顺序码',
    ),
  }),
  FileDocument: command('FileDocument', {
    track: filingTrack,
    recipient: field(unitRef.optional(), '受理单位', {
      description: '缺省为规则包所定的备案机关',
      control: 'unit',
    }),
    materials: filingMaterials,
    note: note(4000),
  }),
  AcknowledgeFiling: command('AcknowledgeFiling', {
    track: filingTrack,
    number: field(optionalText(100), '备案登记号'),
    note: note(4000),
  }),
  RequestFilingSupplement: command('RequestFilingSupplement', {
    track: filingTrack,
    missing: field(z.array(text(500)).min(1).max(50), '缺少的材料'),
    until: field(z.iso.date().optional(), '补正期限', { description: '缺省为规则包所定的日数' }),
  }),
  SupplementFiling: command('SupplementFiling', {
    track: filingTrack,
    note: field(text(4000), '补正情况'),
    materials: filingMaterials,
  }),
  ReturnFiling: command('ReturnFiling', {
    track: filingTrack,
    ground: oneOf(returnGroundLabels, '缘由').optional(),
    reason,
  }),
  ExtendFilingReview: command('ExtendFilingReview', { track: filingTrack, reason }),
  RequestCorrection: command('RequestCorrection', {
    track: filingTrack,
    points: field(z.array(text(4000)).min(1).max(100), '纠正意见'),
  }),
  AnswerCorrection: command('AnswerCorrection', {
    track: filingTrack,
    answer: field(text(20_000), '答复内容'),
    action: oneOf(correctionActionLabels, '处理方式'),
  }),
  CloseFiling: command('CloseFiling', { track: filingTrack, conclusion: field(text(4000), '结论说明') }),
  AmendDocument: forceCommand('AmendDocument', { on: field(PlainDate, '自何日起') }),
  RepealDocument: forceCommand('RepealDocument', { on: field(PlainDate, '自何日起') }),
  AnnulDocument: forceCommand('AnnulDocument', {}),
  DeclareLapsed: forceCommand('DeclareLapsed', { on: field(PlainDate, '自何日起') }),
  SuspendDocument: forceCommand('SuspendDocument', {
    on: field(PlainDate, '自何日起'),
    provisions: field(clauses, '停止执行的条款', {
      description: '如“第六条”；不填的为整件停止执行',
      control: 'provision',
    }),
  }),
  ResumeDocument: forceCommand('ResumeDocument', {
    on: field(PlainDate, '自何日起'),
    provisions: field(clauses, '恢复执行的条款', { description: '不填的为整件恢复执行', control: 'provision' }),
  }),
  RestoreForce: forceCommand('RestoreForce', {
    event: field(z.int().min(1).max(999).optional(), '收回哪一项变动', {
      description: '收回第几项效力变动；不填为最近一项',
      control: 'force-event',
    }),
  }),
  TakeEffect: command('TakeEffect', {}),
  ArchiveFile: command('ArchiveFile', {
    retention: field(optionalText(40), '保管期限', {
      description: '依本机关经审核同意的归档范围和保管期限表',
    }),
    archiveNo: field(optionalText(100), '档号'),
  }),
  WithdrawDocument: command('WithdrawDocument', { reason: field(text(4000), '撤回理由') }),
  MoveToPack: command('MoveToPack', { packVersion: field(text(40), '规则包版本', { control: 'pack' }), reason }),
  RecomputeDeadlines: command('RecomputeDeadlines', {}),
} as const

/** 公布页预览的查询条件，`GET /api/documents/:id/public-preview`：拟定的公布内容；不给的取正文所写的。 */
export const PreviewedPublication = z.object({
  effectiveDate: PlainDate.optional(),
  years: z.coerce.number().int().min(1).max(99).optional().describe('有效期若干年'),
  until: PlainDate.optional().describe('有效期至某日'),
  none: z.literal('true').optional().describe('不规定有效期'),
  channels: listOf(200),
  files: listOf(200).describe('选定公开的附件（内容摘要或者名称）'),
  keywords: listOf(40),
  summary: optionalText(2000),
  immediateReason: optionalText(2000),
})
export type PreviewedPublication = z.infer<typeof PreviewedPublication>

/** 采纳情况预览的查询条件，`GET /api/documents/:id/feedback-preview`：拟定的说明。 */
export const PreviewedFeedback = z.object({ summary: optionalText(2000) })
export type PreviewedFeedback = z.infer<typeof PreviewedFeedback>

/** 征求意见公告预览的查询条件，`GET /api/documents/:id/consultation-preview`：拟定的公告；没有截止日的取依法最早的。 */
export const PreviewedConsultation = z.object({
  closesAt: PlainDate.optional().describe('截止日'),
  channels: listOf(200),
  groups: listOf(100).describe('专门听取意见的群体'),
  contact: optionalText(500),
  shortened: optionalText(2000).describe('缩短期限的理由'),
})
export type PreviewedConsultation = z.infer<typeof PreviewedConsultation>

export type CommandType = keyof typeof commandSchemas
export const commandTypes = Object.keys(commandSchemas) as CommandType[]
/** 变动文件效力的各项命令。 */
export const forceCommands: ReadonlySet<string> = new Set<CommandType>([
  'AmendDocument',
  'RepealDocument',
  'AnnulDocument',
  'DeclareLapsed',
  'SuspendDocument',
  'ResumeDocument',
  'RestoreForce',
])
export type CommandOf<T extends CommandType> = z.infer<(typeof commandSchemas)[T]>
export type Command = { [T in CommandType]: CommandOf<T> }[CommandType]
const [first, ...rest] = Object.values(commandSchemas)
/** 命令联合：`POST /api/documents/:id/commands` 的请求体。 */
export const Command = z.discriminatedUnion('type', [first, ...rest] as unknown as [
  typeof commandSchemas.ApproveInitiation,
  ...(typeof commandSchemas.ApproveInitiation)[],
]) as unknown as z.ZodType<Command>

/** 只由系统（到期作业）发出的命令，任何人不得经接口提交。 */
export const systemCommands: readonly CommandType[] = [
  'CloseConsultation',
  'TakeEffect',
  'WithdrawSchedule',
  'RecordEvaluation',
  'RecomputeDeadlines',
]

export const commandLabels: Record<CommandType | 'ProposeDocument', string> = {
  ProposeDocument: '申请立项',
  ApproveInitiation: '同意立项',
  DeclineInitiation: '不予立项',
  SaveDraft: '保存文本',
  ProvideArtefact: '提交材料',
  Reclassify: '变更分类',
  ChangeIssuers: '变更制定机关',
  RequestDeviation: '申请偏离期限',
  ApproveDeviation: '批准偏离期限',
  RequestOpinions: '征求部门意见',
  RecordOpinion: '答复意见',
  OpenPublicConsultation: '公开征求意见',
  ExtendConsultation: '延长征求意见期限',
  CloseConsultation: '征求意见截止',
  SubmitComment: '提出意见',
  RecordComments: '录入收到的意见',
  SettleHeldComments: '核对待核的意见',
  GroupComments: '归组意见',
  DisposeComments: '一并处理意见',
  RedactComments: '公开前处理意见',
  PublishComments: '公开各件意见',
  InviteParticipants: '定向征求意见',
  DisposeComment: '处理意见',
  PublishFeedback: '公布采纳情况',
  RecordCoordination: '记录协调结果',
  EscalateDispute: '分歧上报决定',
  StateIndicators: '写明目标与指标',
  RecordEvaluation: '记载施行后的评估',
  RecordThirdPartyEvaluation: '记录第三方评估',
  RecordExpertReview: '记录专家论证',
  RecordRiskAssessment: '记录风险评估',
  RecordFairCompetitionReview: '记录公平竞争审查',
  RecordHearing: '记录听证',
  RecordSecretariatCheck: '办公机构审核',
  SubmitForReview: '提请合法性审核',
  ResubmitAfterReturn: '退回后重新提交',
  AcceptPackage: '受理送审材料',
  RequestSupplement: '要求补充材料',
  Supplement: '补充材料',
  RecordAdviserOpinion: '记录法律顾问意见',
  PauseReview: '停计审核期限',
  ResumeReview: '恢复审核期限',
  IssueOpinion: '出具合法性审核意见',
  AnswerPoint: '答复审核意见',
  ConfirmRevision: '确认修改',
  ScheduleDeliberation: '安排审议',
  WithdrawSchedule: '撤回审议安排',
  RecordDecision: '记录审议决定',
  ReportToPartyCommittee: '请示报告党委',
  Sign: '签署',
  ReturnFromSigning: '签署退回',
  CorrectAfterSigning: '签署后更正',
  ConfirmCorrection: '确认更正',
  AssignNumbers: '统一登记编号',
  VoidNumber: '作废文号',
  Publish: '公布',
  FileDocument: '报送备案',
  AcknowledgeFiling: '准予备案登记',
  RequestFilingSupplement: '要求备案补正',
  SupplementFiling: '补正备案材料',
  ReturnFiling: '不予备案退回',
  ExtendFilingReview: '延长备案审查',
  RequestCorrection: '提出纠正意见',
  AnswerCorrection: '答复纠正意见',
  CloseFiling: '备案审查办结',
  AmendDocument: '修改文件',
  RepealDocument: '废止文件',
  AnnulDocument: '撤销文件',
  DeclareLapsed: '宣布失效',
  SuspendDocument: '停止执行',
  ResumeDocument: '恢复执行',
  RestoreForce: '收回效力变动',
  TakeEffect: '开始施行',
  ArchiveFile: '归档',
  WithdrawDocument: '撤回',
  MoveToPack: '改用新版规则包',
  RecomputeDeadlines: '重算期限',
}
