// 名词表：角色、阶段、文件层级等固定名称，供服务端与浏览器共用（名称见词汇表，不可改动）。
import { z } from 'zod'
import { field } from './field.ts'

/** 角色代码与中文名称。一个人可在不同单位担任不同角色。 */
export const roleLabels = {
  drafter: '起草经办人',
  unit_head: '起草单位负责人',
  department_contact: '部门联络员',
  fair_competition_reviewer: '公平竞争审查人',
  legality_reviewer: '合法性审核人',
  legal_adviser: '法律顾问',
  secretariat: '政府办公室文秘',
  leader: '签发领导',
  registrar: '备案审查登记人',
  filing_reviewer: '备案审查人',
  evaluator: '评估人员',
  inspector: '考核人员',
  admin: '系统管理员',
} as const
export type Role = keyof typeof roleLabels
export const roles = Object.keys(roleLabels) as Role[]
/** 不需要登录的两种行为人：社会公众与系统（到期作业）。 */
export type ActorRole = Role | 'public' | 'system'
export const actorRoleLabels: Record<ActorRole, string> = { ...roleLabels, public: '社会公众', system: '系统' }

/** 阶段（点路径 = 嵌套状态）与中文名称。 */
export const stageLabels = {
  initiation: '立项',
  drafting: '调研起草',
  consultation: '征求意见',
  coordination: '协调分歧',
  assessment: '论证评估',
  legality_review: '合法性审核',
  'legality_review.submitted': '合法性审核·待受理',
  'legality_review.supplementing': '合法性审核·补充材料',
  'legality_review.reviewing': '合法性审核·审核中',
  'legality_review.revising': '合法性审核·修改确认',
  deliberation: '集体审议',
  signing: '签署',
  numbering: '复核编号',
  publication: '公布',
  effective: '施行、备案与归档',
  'closed.declined': '终止·不予立项',
  'closed.withdrawn': '终止·撤回',
  'closed.rejected': '终止·未予通过',
} as const
export type Stage = keyof typeof stageLabels

export const tierLabels = {
  government: '政府规范性文件',
  department: '部门规范性文件',
  township: '乡镇规范性文件',
} as const
export type Tier = keyof typeof tierLabels
export const tiers = Object.keys(tierLabels) as [Tier, ...Tier[]]

/** 效力状态：由日期与事件计算，从不作为事实录入。 */
export const forceLabels = {
  pending: '尚未施行',
  in_force: '现行有效',
  amended: '已修改',
  suspended: '停止执行',
  expired: '已失效',
  repealed: '已废止',
  annulled: '已撤销',
} as const
export type ForceStatus = keyof typeof forceLabels
/** 上位法在所问之日的效力；目录没有记载的，不等于失效。 */
export const actForceLabels = {
  in_force: '现行有效',
  amended: '已修改',
  repealed: '已废止',
  expired: '已失效',
  pending: '尚未施行',
  unknown: '目录不足以说明',
} as const
/** 编号系列的种类。 */
export const seriesKindLabels = { document: '发文字号', registry: '统一登记号', index: '索引号' } as const
/** 一个号的状态。 */
export const numberStatusLabels = { issued: '已用', reserved: '预留', void: '作废' } as const
/** 一项期限的状态。 */
export const deadlineStatusLabels = { open: '进行中', met: '已了结', paused: '中止中', cancelled: '已取消' } as const

export const filingLabels = {
  not_required: '不需报送',
  due: '待报送',
  filed: '已报送',
  supplementing: '补正中',
  registered: '已登记',
  returned: '不予备案（退回）',
  correction: '纠正中',
  closed: '已办结',
} as const
export type FilingStatus = keyof typeof filingLabels
export const filingStatuses = Object.keys(filingLabels) as [FilingStatus, ...FilingStatus[]]
export const trackLabels = { government: '报上级政府备案', npc: '报人大常委会备案' } as const
export type Track = keyof typeof trackLabels
export const tracks = ['government', 'npc'] as const

/** 起草材料的种类。 */
export const artefactLabels = {
  explanatory_note: '起草说明',
  legal_basis_table: '制定依据对照表',
  interpretation: '政策解读',
  research_report: '调研报告',
  necessity_assessment: '必要性评估',
  comment_disposition: '意见采纳情况表',
  own_legality_opinion: '本单位的合法性审核意见',
  fcr_first_opinion: '公平竞争审查初审意见',
  evaluation_report: '实施情况评估报告',
  replacement_list: '拟废止文件清单',
  other: '其他材料',
} as const
export type ArtefactKind = keyof typeof artefactLabels
export const artefactKinds = Object.keys(artefactLabels) as [ArtefactKind, ...ArtefactKind[]]

/** 本单位的合法性审核意见的结论。 */
export const ownConclusionLabels = { lawful: '合法', revise: '应当予以修改', unlawful: '不合法' } as const
/** 公平竞争审查的例外：公平竞争审查条例第十二条所列四种目的。 */
export const competitionExceptionLabels = {
  national_security: '为维护国家安全和发展利益',
  innovation: '为促进科学技术进步、增强国家自主创新能力',
  public_interest: '为实现节约能源、保护环境、救灾救助等社会公共利益',
  statutory: '法律、行政法规规定的其他情形',
} as const
/** 送审文本与征求意见稿实质不同的，如何处理过。 */
export const substanceAnswerLabels = {
  consulted_again: '已就现文本再次征求意见',
  adopts_opinion: '采纳征求到的意见所作的修改',
  not_substantive: '不属于实质性修改',
} as const

export const opinionLabels = { agree: '同意', agree_with_comments: '同意并提出意见', object: '不同意' } as const
/** 意见从哪里来。 */
export const commentChannelLabels = {
  online: '网上提出',
  invited: '定向征求',
  letter: '来信',
  email: '电子邮件',
  phone: '电话',
  meeting: '座谈会',
  other: '其他',
} as const
export type CommentChannel = keyof typeof commentChannelLabels
/** 邀请谁提意见。 */
export const inviteeLabels = {
  enterprise: '经营主体',
  association: '行业协会商会',
  stakeholder: '利害关系人',
  expert: '专家学者',
  other: '其他单位或者个人',
} as const
export type InviteeKind = keyof typeof inviteeLabels
/** 公开以前遮去的是什么。 */
export const redactionLabels = {
  id_card: '身份证号码',
  phone: '电话号码',
  email: '电子邮箱',
  plate: '车牌号码',
  bank_card: '银行卡号',
  address: '住址',
  name: '姓名',
  other: '其他个人信息',
} as const
export type RedactionKind = keyof typeof redactionLabels
/** 一件意见公开到什么程度。 */
export const clearanceLabels = { clear: '照原样公开', redacted: '遮去后公开', withheld: '不公开' } as const
export type Clearance = keyof typeof clearanceLabels
export const heldOutcomeLabels = { restored: '不是垃圾信息，恢复', spam: '确认为垃圾信息' } as const
export const groupOutcomeLabels = { same: '内容相同，归为一组', apart: '内容不同，分开' } as const
export type GroupOutcome = keyof typeof groupOutcomeLabels
export const dispositionLabels = { adopted: '采纳', partly_adopted: '部分采纳', not_adopted: '不采纳' } as const
export const legalityOutcomeLabels = { lawful: '合法', revise: '应当予以修改', unlawful: '不合法' } as const
export const decisionLabels = {
  adopted: '通过',
  adopted_with_changes: '修改后通过',
  postponed: '暂缓',
  rejected: '不予通过',
} as const
export const pointAnswerLabels = { adopted: '采纳', not_adopted: '不采纳' } as const
export const riskOutcomeLabels = { controllable: '可控', uncontrollable: '不可控' } as const
export const riskLevelLabels = { high: '高', medium: '中', low: '低' } as const
export const competitionOutcomeLabels = {
  no_restriction: '没有排除、限制竞争效果',
  exception: '适用例外规定',
  restricts: '具有排除、限制竞争效果',
} as const
/** 后评估的结论。 */
export const evaluationConclusionLabels = {
  keep: '继续有效',
  amend: '修改',
  repeal: '废止',
  lapse: '宣布失效',
  renew: '届满后重新公布',
} as const
export type EvaluationConclusion = keyof typeof evaluationConclusionLabels
export const secretariatOutcomeLabels = { passed: '通过', returned: '退回' } as const
export const pauseLabels = { consultation: '审核中征求意见', expert: '审核中专家论证' } as const
/** 对备案机关纠正意见的处理方式。 */
export const correctionActionLabels = { amend: '修改', repeal: '废止', explain: '说明理由' } as const
export const disclosureLabels = { active: '主动公开', on_request: '依申请公开', closed: '不予公开' } as const

/** 偏离、紧急所依的命令、决定或者事件：名称、文号、日期。 */
const ActReference = z.object({
  act: field(z.string().trim().min(1).max(300), '命令、决定或者事件的名称', {
    description: '如“自治区防汛抗旱指挥部紧急通知”',
  }),
  number: field(z.string().trim().max(100).optional(), '文号', { description: '依据上级命令、决定的必须写明' }),
  date: field(z.iso.date(), '日期', { description: '作出或者发生之日' }),
})
export type ActReference = z.infer<typeof ActReference>
/** 所依的命令、决定或者事件；写成一句话的，须写出文号。 */
export const Reference = field(
  z.union([ActReference, z.string().trim().min(1).max(2000)]),
  '所依的命令、决定或者突发事件',
  { control: 'group' },
)
export type Reference = z.infer<typeof Reference>

/** 可以申请偏离的事项：紧急，缩短公开征求意见的期限，提前、逾期出具审核意见。 */
export const deviationLabels = {
  emergency: '紧急情形',
  'consultation.minimum-period': '缩短公开征求意见的期限',
  'review.min-period': '提前出具合法性审核意见',
  'review.max-period': '逾期出具合法性审核意见',
} as const
export type DeviableMatter = keyof typeof deviationLabels
export const deviableMatters = Object.keys(deviationLabels) as [DeviableMatter, ...DeviableMatter[]]

export const classificationLabels = {
  affectsRights: '影响权利义务',
  enterpriseRelated: '涉企',
  majorDecision: '重大行政决策',
  expertise: '专业性强',
  confidential: '涉密',
  provisional: '暂行（试行）',
  competition: '涉及公平竞争',
  stability: '涉及社会稳定',
  hearingRequired: '应当听证',
  nonPublic: '非公开征求意见',
  governmentApproved: '报政府批准',
  emergency: '紧急',
} as const

const ofLeader = { control: 'leader', description: '制定机关的负责人，不是提出的人自己' } as const
const fromPack = '规则包所列情形中的一种'
/** 文件分类：决定适用哪些程序规则。 */
export const Classification = z.object({
  affectsRights: field(z.boolean(), classificationLabels.affectsRights, {
    description: '对公民、法人和其他组织权利义务有重大影响或者涉及群众切身利益',
  }),
  enterpriseRelated: field(z.boolean(), classificationLabels.enterpriseRelated, {
    description: '与经营主体生产经营活动密切相关',
  }),
  majorDecision: field(z.boolean(), classificationLabels.majorDecision, { description: '列入重大行政决策事项目录' }),
  expertise: field(z.boolean(), classificationLabels.expertise, {
    description: '专业性、技术性较强，须组织专家论证',
  }),
  confidential: field(
    z.union([
      z.boolean(),
      z.object({
        ground: field(z.string().trim().min(1).max(2000), '情形', {
          description: fromPack,
          control: 'ground',
          of: { section: 'confidential' },
        }),
        reference: field(z.string().trim().max(2000).optional(), '定密或者禁止公开的依据'),
        approver: field(z.string().trim().max(200).optional(), '批准人', ofLeader),
      }),
    ]),
    classificationLabels.confidential,
    { description: '依法需要保密或者依法不予公开；须有情形、依据与批准人', control: 'group' },
  ),
  provisional: field(z.boolean(), classificationLabels.provisional, { description: '标注暂行、试行' }),
  competition: field(z.boolean().optional(), classificationLabels.competition, {
    description: '涉及经营者经济活动（缺省与 enterpriseRelated 相同），须作公平竞争审查',
    help: '涉及经营者经济活动（缺省与“涉企”相同），须作公平竞争审查',
  }),
  stability: field(z.boolean().optional(), classificationLabels.stability, {
    description: '可能对社会稳定、公共安全造成不利影响，须作风险评估',
  }),
  hearingRequired: field(z.boolean().optional(), classificationLabels.hearingRequired, {
    description: '法律、法规、规章规定应当听证',
  }),
  nonPublic: field(
    z
      .object({
        ground: field(z.string().trim().min(1).max(2000), '情形', {
          description: fromPack,
          control: 'ground',
          of: { section: 'consultation' },
        }),
        reference: field(z.string().trim().max(2000).optional(), '书面同意的文号或者日期'),
        approver: field(z.string().trim().max(200).optional(), '书面同意的起草单位负责人', {
          control: 'person',
          of: { unit: 'draftingUnit' },
        }),
      })
      .nullish(),
    classificationLabels.nonPublic,
    { description: '本地规定允许的情形，经起草单位负责人书面同意' },
  ),
  governmentApproved: field(z.boolean().optional(), classificationLabels.governmentApproved, {
    description: '报经本级政府批准后以部门名义印发，由本级政府的审核机构审核',
  }),
  emergency: field(
    z
      .object({
        ground: field(z.string().trim().min(1).max(2000), '情形', {
          description: fromPack,
          control: 'ground',
          of: { section: 'deviation', matter: 'emergency' },
        }),
        reference: field(Reference.optional(), '所依的命令、决定或者突发事件', {
          description: '上级命令、决定，或者突发事件',
        }),
        approver: field(z.string().trim().min(1).max(200), '批准人', ofLeader),
      })
      .nullish(),
    classificationLabels.emergency,
    { description: '突发事件应对或者上级紧急命令；只放宽审核时限，不免除审核；须由批准人确认' },
  ),
})
export type Classification = z.infer<typeof Classification>
/** 没有任何特殊情形的分类：立项申请表的起点。 */
export const noClassification: Classification = {
  affectsRights: false,
  enterpriseRelated: false,
  majorDecision: false,
  expertise: false,
  confidential: false,
  provisional: false,
}

/** 退回的缘由。 */
export const returnGroundLabels = {
  not_normative: '不属于备案范围',
  wrong_recipient: '报送对象有误',
  incomplete: '材料不全或者不合格式',
  other: '其他',
} as const
export type ReturnGround = keyof typeof returnGroundLabels
/** 归档以前可能没有办结的事项，与名称。 */
export const openTrackLabels = {
  correction: '纠正意见',
  filing_supplement: '备案补正',
  filing: '备案',
  suggestion: '建议审查',
  comments: '公众意见的处理与公开',
  evaluation: '后评估',
  impact_check: '上位法变动的核查',
} as const
export type OpenTrack = keyof typeof openTrackLabels
