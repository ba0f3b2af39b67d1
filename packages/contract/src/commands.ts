// 唯一的写入口：每条命令一个模式，组成以 type 区分的联合。字段名固定，客户端与服务端共用。
import { z } from 'zod'
import {
  artefactKinds,
  Classification,
  type competitionExceptionLabels,
  deviableMatters,
  type ownConclusionLabels,
  Reference,
  type substanceAnswerLabels,
  tiers,
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
const hidden = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u
const fileName = text(200).refine(
  (name) => !hidden.test(name) && !/[\\/]/.test(name),
  '文件名里有看不见的字符（控制字符、改变书写方向的字符）或者斜线，请改名后再上传',
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
const attachments = z.array(Attachment).max(50).default([])
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
const waivers = z.array(FindingWaiver).max(500).optional().describe('对检查发现的问题不作修改的理由')

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

const base = {
  commandId: z.uuid().describe('同一标识重复提交得到同一答复'),
  expectedVersion: z.int().min(0).describe('办理人所见的案卷版本；已变化则答复 412'),
  deviations: z.array(Deviation).max(10).optional(),
}
const command = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...base, ...shape })

/** 立项申请的内容；提交到 `POST /api/documents`。 */
export const ProposeDocument = z.object({
  type: z.literal('ProposeDocument').default('ProposeDocument'),
  commandId: z.uuid(),
  expectedVersion: z.literal(0).optional(),
  title: text(200),
  jurisdiction: text(40).describe('行政区划代码'),
  issuers: z.array(unitRef).min(1).max(20).describe('制定机关，牵头（主办）机关在前'),
  draftingUnit: unitRef.optional().describe('起草单位，缺省为提出人所在单位'),
  tier: z.enum(tiers),
  genre: z
    .enum(['规定', '办法', '细则', '意见', '决定', '通知', '公告', '通告', '规则', '方案'])
    .optional()
    .describe('文种'),
  classification: Classification,
  necessity: text(10_000),
  planItem: optionalText(200),
  subject: optionalText(100).describe('主题分类'),
})
export type ProposeDocument = z.infer<typeof ProposeDocument>

const Validity = z.union([
  z.object({ years: z.int().min(1).max(99) }).strict(),
  z.object({ until: PlainDate }).strict(),
  z.object({ none: z.literal(true) }).strict(),
])
const filingTrack = z.enum(tracks)
const relation = {
  byDocument: text(100).optional().describe('登记库中已经公布的文件'),
  decision: z
    .object({ body: text(200), number: optionalText(100), date: PlainDate })
    .optional()
    .describe('没有公布的，写明作出决定的机关、文号与日期'),
  reason: text(4000),
}
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
      // Said together with what else is missing, not only once everything else is in order.
      when: ({ value }) => typeof value === 'object' && value !== null,
    })
    .meta({ anyOf: groundFields.map((name) => ({ required: [name] })) })
/** 一条命令中至少填写一项的各栏；没有这种规定时为空。 */
export function atLeastOneOf(schema: z.ZodType): string[] {
  const stated = z.globalRegistry.get(schema)?.anyOf as ReadonlyArray<{ required: string[] }> | undefined
  return stated?.flatMap((each) => each.required) ?? []
}
/** 名词表中的若干代码。 */
const keysOf = <T extends Record<string, string>>(keys: [keyof T & string, ...(keyof T & string)[]]) => z.enum(keys)
const bound = { textVersion: z.int().min(1).optional(), contentHash: ContentHash.optional() }

/** 送审文本与征求意见稿有实质不同的，说明怎样处理过。 */
export const SinceConsultation = z
  .object({
    answer: keysOf<typeof substanceAnswerLabels>(['consulted_again', 'adopts_opinion', 'not_substantive']),
    opinions: z
      .array(text(100))
      .max(200)
      .default([])
      .describe('所采纳的意见：公众意见的编号或者回执号，提出意见的单位（代码或者全称）'),
    reason: text(4000),
  })
  .describe('文本与征求意见稿有实质不同时的说明')
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
    note: optionalText(2000),
    approver: optionalText(200).describe('批准立项的负责人，须是名册中的人'),
  }),
  DeclineInitiation: command('DeclineInitiation', { reason: text(4000) }),
  SaveDraft: command('SaveDraft', {
    body: z.string().min(1).max(textMaximum),
    attachments,
    note: optionalText(2000),
    waivers,
    workingCopyRevision: z
      .int()
      .min(0)
      .optional()
      .describe('所见工作稿的 revision，没有为 0；另有更新的工作稿时答复 412 并予以保留。不填则不核对，工作稿一并清除'),
  }),
  ProvideArtefact: command('ProvideArtefact', {
    kind: z.enum(artefactKinds),
    title: optionalText(200),
    body: z.string().max(2_000_000).optional(),
    attachment: Attachment.optional(),
    conclusion: keysOf<typeof ownConclusionLabels>(['lawful', 'revise', 'unlawful'])
      .optional()
      .describe('本单位的合法性审核意见：结论'),
    examiner: optionalText(200).describe(
      '本单位的合法性审核意见：审核人（本单位的人员，没有起草、修改过文本）；缺省为提交人',
    ),
    ...bound,
    bases: z
      .array(
        z.object({
          title: text(200),
          docNo: optionalText(100),
          articles: z.array(text(60)).max(100).optional(),
          clause: optionalText(200),
        }),
      )
      .max(500)
      .optional()
      .describe('制定依据对照表的逐条依据：名称、文号、条款、对应本文件条款'),
  }),
  Reclassify: command('Reclassify', { classification: Classification.partial(), reason: text(4000) }),
  ChangeIssuers: command('ChangeIssuers', {
    issuers: z.array(unitRef).min(1).max(20).describe('变更以后的全部制定机关，牵头（主办）机关在前'),
    reason: text(4000),
  }),
  RequestDeviation: command('RequestDeviation', {
    rule: z
      .enum(['consultation.minimum-period', 'review.min-period', 'review.max-period'])
      .describe('缩短、提前或者逾期的是哪一项'),
    ground: text(2000).describe('规则包所列情形中的一种'),
    reference: Reference.describe('上级命令、决定，或者突发事件'),
    approver: text(200).describe('制定机关的负责人，不是提出的人自己'),
    reason: optionalText(2000).describe('为何不能按一般期限办理'),
  }),
  ApproveDeviation: command('ApproveDeviation', {
    deviation: optionalText(40).describe('第几项申请；不填为本人待批准的全部'),
    rule: z.enum(deviableMatters).optional().describe('批准的是哪一项；此前没有写明情形、依据的，一并写明'),
    ground: optionalText(2000).describe('情形：规则包所列的一种；缺省为申请所写'),
    reference: Reference.optional().describe('所依的命令、决定或者突发事件；缺省为申请所写'),
    note: optionalText(2000),
  }),
  RequestOpinions: command('RequestOpinions', { units: z.array(unitRef).min(1).max(100), message: optionalText(4000) }),
  RecordOpinion: command('RecordOpinion', {
    unit: unitRef.optional().describe('缺省为办理人所在单位'),
    opinion: z.enum(['agree', 'agree_with_comments', 'object']),
    text: z.string().trim().max(20_000).default(''),
  }),
  OpenPublicConsultation: command('OpenPublicConsultation', {
    closesAt: z.union([Instant, PlainDate]).optional().describe('截止时刻；缺省为依法最早的截止日 24:00'),
    channels: z.array(text(200)).max(20).default([]),
    contact: optionalText(500).describe('联系单位、电话与通信地址'),
    groups: z.array(text(100)).max(20).optional().describe('专门听取意见的群体，如企业、行业协会商会'),
    shortened: z
      .object({
        reason: text(2000),
        ground: optionalText(2000).describe('规则包所列情形中的一种'),
        reference: Reference.optional(),
        approver: optionalText(200).describe('制定机关的负责人，不是提出的人自己'),
      })
      .optional()
      .describe('缩短期限的理由，印入公告；情形、依据与批准人以批准的为准'),
  }),
  ExtendConsultation: command('ExtendConsultation', {
    closesAt: z.union([Instant, PlainDate]),
    reason: optionalText(2000),
  }),
  CloseConsultation: command('CloseConsultation', {}),
  SubmitComment: command('SubmitComment', {
    anchor: z
      .object({
        element: text(200).describe('征求意见稿的元素标识，或者地址，如“第三条”'),
        quote: optionalText(2000),
      })
      .optional(),
    text: text(20_000),
    name: optionalText(100),
    contact: optionalText(200),
  }),
  DisposeComment: command('DisposeComment', {
    comment: text(100),
    disposition: z.enum(['adopted', 'partly_adopted', 'not_adopted']),
    reason: text(4000),
    version: z.int().min(1).optional().describe('采纳后体现于第几版文本'),
  }),
  PublishFeedback: command('PublishFeedback', { summary: optionalText(20_000) }),
  RecordCoordination: command('RecordCoordination', {
    units: z.array(unitRef).max(100).optional(),
    settled: z.array(unitRef).max(100).optional().describe('经协调不再持异议的单位；缺省与 units 相同'),
    date: PlainDate.optional(),
    summary: text(20_000),
  }),
  EscalateDispute: command('EscalateDispute', {
    to: text(200),
    issues: text(20_000),
    views: optionalText(20_000),
    decision: optionalText(20_000),
  }),
  RecordThirdPartyEvaluation: command('RecordThirdPartyEvaluation', {
    organisation: text(200),
    conclusion: text(20_000),
    date: PlainDate,
    ...bound,
  }),
  RecordExpertReview: command('RecordExpertReview', {
    conclusion: text(20_000),
    date: PlainDate,
    experts: z.int().min(1).max(200).optional().describe('专家人数'),
    reconfirms: z.boolean().optional().describe('文本变化后的再次确认'),
    ...bound,
  }),
  RecordRiskAssessment: command('RecordRiskAssessment', {
    outcome: z.enum(['controllable', 'uncontrollable']),
    level: z.enum(['high', 'medium', 'low']).optional(),
    conclusion: text(20_000),
    date: PlainDate,
    ...bound,
  }),
  RecordFairCompetitionReview: command('RecordFairCompetitionReview', {
    outcome: z.enum(['no_restriction', 'exception', 'restricts']),
    conclusion: z.string().trim().max(20_000).default(''),
    exception: z
      .object({
        purpose: keysOf<typeof competitionExceptionLabels>([
          'national_security',
          'innovation',
          'public_interest',
          'statutory',
        ]).optional(),
        noLesserMeans: z.union([z.boolean(), z.string().trim().max(2000)]).optional(),
        until: z.union([PlainDate, z.string().trim().max(500)]).optional(),
      })
      .optional()
      .describe('例外情形：目的、没有对公平竞争影响更小的替代方案、合理的实施期限或者终止条件'),
    stakeholdersHeard: z
      .array(text(200))
      .max(100)
      .default([])
      .describe('听取了哪些经营者、行业协会商会等利害关系人的意见'),
    date: PlainDate,
    number: optionalText(100),
    ...bound,
  }),
  RecordHearing: command('RecordHearing', {
    announcedOn: PlainDate,
    materialsSentOn: PlainDate.optional(),
    heldOn: PlainDate.optional(),
    participants: z.int().min(0).max(10_000).optional(),
    record: optionalText(20_000),
    ...bound,
  }),
  RecordSecretariatCheck: command('RecordSecretariatCheck', {
    outcome: z.enum(['passed', 'returned']),
    reasons: z.array(text(2000)).max(50).default([]),
  }),
  SubmitForReview: command('SubmitForReview', {
    note: optionalText(4000),
    contentHash: ContentHash.optional(),
    sinceConsultation: SinceConsultation.optional(),
    waivers,
  }),
  ResubmitAfterReturn: command('ResubmitAfterReturn', {
    note: optionalText(4000),
    sinceConsultation: SinceConsultation.optional(),
    waivers,
  }),
  AcceptPackage: command('AcceptPackage', { note: optionalText(2000) }),
  RequestSupplement: command('RequestSupplement', {
    missing: z.array(text(500)).min(1).max(50),
    reason: optionalText(4000),
  }),
  Supplement: command('Supplement', { note: text(4000), kinds: z.array(z.enum(artefactKinds)).max(20).optional() }),
  RecordAdviserOpinion: command('RecordAdviserOpinion', { opinion: text(20_000) }),
  PauseReview: command('PauseReview', {
    for: z.enum(['consultation', 'expert']).describe('不计入审核期限的事由：审核中征求意见、专家论证'),
    reason: text(2000),
  }),
  ResumeReview: command('ResumeReview', { note: optionalText(2000) }),
  IssueOpinion: command('IssueOpinion', {
    outcome: z.enum(['lawful', 'revise', 'unlawful']),
    number: optionalText(100).describe('意见书编号'),
    contentHash: ContentHash.optional().describe('所审文本的内容摘要；与送审文本不同则拒绝'),
    opinion: optionalText(20_000),
    points: z
      .array(
        z.object({
          id: optionalText(40),
          text: text(4000),
          element: optionalText(200).describe('所审文本的元素标识，或者地址，如“第十二条第二款”'),
          quote: optionalText(2000),
          basis: optionalText(500),
        }),
      )
      .max(200)
      .default([]),
    grounds: z.array(text(4000)).max(50).default([]),
    waivers,
  }),
  AnswerPoint: command('AnswerPoint', {
    point: text(40),
    answer: z.enum(['adopted', 'not_adopted']),
    version: z.int().min(1).optional(),
    reason: optionalText(4000),
  }),
  ConfirmRevision: command('ConfirmRevision', {
    contentHash: ContentHash.optional(),
    substantive: z.boolean().optional(),
    note: optionalText(4000),
  }),
  ScheduleDeliberation: command('ScheduleDeliberation', { body: text(200), session: text(200), date: PlainDate }),
  RecordDecision: command('RecordDecision', {
    outcome: z.enum(['adopted', 'adopted_with_changes', 'postponed', 'rejected']),
    substantive: z.boolean().optional().describe('修改后通过时：是否作实质性修改，缺省为是'),
    changes: optionalText(20_000),
    dissents: z.array(text(4000)).max(100).default([]),
    minutes: optionalText(20_000),
    body: optionalText(200),
    session: optionalText(200),
    date: PlainDate.optional(),
    reason: optionalText(4000),
  }),
  ReportToPartyCommittee: command('ReportToPartyCommittee', {
    date: PlainDate,
    reference: text(500),
    reply: optionalText(4000),
  }),
  Sign: command('Sign', {
    contentHash: ContentHash,
    issuer: unitRef.optional().describe('缺省为签署人所在单位'),
    opinion: optionalText(2000),
  }),
  ReturnFromSigning: command('ReturnFromSigning', { reason: text(4000) }),
  CorrectAfterSigning: command('CorrectAfterSigning', {
    substantive: z.boolean().default(false).describe('是否实质性修改；由文字推算，此项只可以从严'),
    body: z.string().min(1).max(textMaximum),
    attachments: z.array(Attachment).max(50).optional().describe('缺省沿用原附件'),
    reason: text(4000),
  }),
  ConfirmCorrection: command('ConfirmCorrection', {
    contentHash: ContentHash.optional().describe('所确认的更正后的文本'),
    note: optionalText(2000),
  }),
  AssignNumbers: command('AssignNumbers', { reserved: optionalText(100).describe('使用先前预留的发文字号') }),
  VoidNumber: command('VoidNumber', { reason: text(4000), approver: text(200).describe('批准人，须是名册中的人') }),
  Publish: command('Publish', {
    effectiveDate: PlainDate,
    validity: Validity.describe('若干年、至某日，或者不规定有效期（本地规定允许时）'),
    validityReason: optionalText(2000).describe('有效期超过一般上限时，起草说明所载的理由'),
    disclosure: z.enum(['active', 'on_request', 'closed']).default('active'),
    channels: z.array(text(200)).min(1).max(20),
    interpretation: z
      .union([z.object({ body: optionalText(200_000), url: z.url().optional() }), z.string().trim().max(200_000)])
      .optional()
      .describe('政策解读；缺省取已提交的解读材料'),
    files: z
      .array(text(200))
      .max(50)
      .optional()
      .describe('随文件公开的附件，逐份选定（名称或者内容摘要）；没有选定的不公开'),
    immediateReason: optionalText(2000).describe('公布后不足规定天数即施行的理由'),
    adaptation: optionalText(2000).describe('涉企文件：为经营主体留出的适应调整期如何安排；不留或者不足的，写明理由'),
    summary: optionalText(2000),
    keywords: z.array(text(40)).max(20).optional(),
    internalSequence: z
      .string()
      .regex(/^\d{3}$/)
      .optional()
      .describe('文件标识的内部顺序码'),
  }),
  FileDocument: command('FileDocument', {
    track: filingTrack,
    recipient: unitRef.optional().describe('缺省为规则包所定的备案机关'),
    materials: z.array(text(200)).max(50).default([]),
    note: optionalText(4000),
  }),
  AcknowledgeFiling: command('AcknowledgeFiling', {
    track: filingTrack,
    number: optionalText(100),
    note: optionalText(4000),
  }),
  RequestFilingSupplement: command('RequestFilingSupplement', {
    track: filingTrack,
    missing: z.array(text(500)).min(1).max(50),
  }),
  SupplementFiling: command('SupplementFiling', {
    track: filingTrack,
    note: text(4000),
    materials: z.array(text(200)).max(50).default([]),
  }),
  ReturnFiling: command('ReturnFiling', { track: filingTrack, reason: text(4000) }),
  ExtendFilingReview: command('ExtendFilingReview', { track: filingTrack, reason: text(4000) }),
  RequestCorrection: command('RequestCorrection', { track: filingTrack, points: z.array(text(4000)).min(1).max(100) }),
  AnswerCorrection: command('AnswerCorrection', {
    track: filingTrack,
    answer: text(20_000),
    action: z.enum(['amend', 'repeal', 'explain']),
  }),
  CloseFiling: command('CloseFiling', { track: filingTrack, conclusion: text(4000) }),
  AmendDocument: forceCommand('AmendDocument', { on: PlainDate }),
  RepealDocument: forceCommand('RepealDocument', { on: PlainDate }),
  AnnulDocument: forceCommand('AnnulDocument', {}),
  DeclareLapsed: forceCommand('DeclareLapsed', { on: PlainDate }),
  SuspendDocument: forceCommand('SuspendDocument', { on: PlainDate }),
  ResumeDocument: forceCommand('ResumeDocument', { on: PlainDate }),
  RestoreForce: forceCommand('RestoreForce', {
    event: z.int().min(1).max(999).optional().describe('收回第几项效力变动；不填为最近一项'),
  }),
  TakeEffect: command('TakeEffect', {}),
  ArchiveFile: command('ArchiveFile', {
    retention: optionalText(40).describe('保管期限，依本机关经审核同意的归档范围和保管期限表'),
    archiveNo: optionalText(100),
  }),
  WithdrawDocument: command('WithdrawDocument', { reason: text(4000) }),
  MoveToPack: command('MoveToPack', { packVersion: text(40), reason: text(4000) }),
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

export type CommandType = keyof typeof commandSchemas
export const commandTypes = Object.keys(commandSchemas) as CommandType[]
export type CommandOf<T extends CommandType> = z.infer<(typeof commandSchemas)[T]>
export type Command = { [T in CommandType]: CommandOf<T> }[CommandType]
const [first, ...rest] = Object.values(commandSchemas)
/** 命令联合：`POST /api/documents/:id/commands` 的请求体。 */
export const Command = z.discriminatedUnion('type', [first, ...rest] as unknown as [
  typeof commandSchemas.ApproveInitiation,
  ...(typeof commandSchemas.ApproveInitiation)[],
]) as unknown as z.ZodType<Command>

/** 只由系统（到期作业）发出的命令，任何人不得经接口提交。 */
export const systemCommands: readonly CommandType[] = ['CloseConsultation', 'TakeEffect', 'RecomputeDeadlines']

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
  DisposeComment: '处理意见',
  PublishFeedback: '公布采纳情况',
  RecordCoordination: '记录协调结果',
  EscalateDispute: '分歧上报决定',
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
