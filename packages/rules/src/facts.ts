// 事实：规则判断所需的一切，均为纯数据。案卷（Dossier）由生命周期折叠得出，其余由写事务读入。
import { dateInShanghai, type WorkCalendar } from '@dianzhang/calendar'
import type { ArtefactKind, Classification, FilingStatus, OpenTrack, Reference, Tier, Track } from '@dianzhang/contract'
import type { ActorFact } from '@dianzhang/kernel'
import type { Pack } from '@dianzhang/packs'
import type { TextStatement } from '@dianzhang/text'
import type { Act } from './force.ts'

/** 日历日 `YYYY-MM-DD`（北京时间）。 */
export type PlainDate = string
/** 带偏移的时刻（ISO 8601）。 */
export type Instant = string

export interface TextRef {
  n: number
  hash: string
  at: Instant
  by: string
  kind: 'draft' | 'correction'
  /** 文本自述的标题、字号、机关、日期、有效期、解释机关，只随现文本保留；旧案卷没有的，办理下一条命令时补读。 */
  says?: TextStatement
}
export interface ArtefactRef {
  kind: ArtefactKind
  hash: string
  at: Instant
  by: string
  n: number
  /** 本单位的合法性审核意见（own_legality_opinion）：结论、审核人、所审文本。 */
  opinion?: { conclusion: OwnConclusion; examiner: string; textHash: string } | null
}
export type OwnConclusion = 'lawful' | 'revise' | 'unlawful'
/** 一份材料的种类与摘要：审核意见所依的材料。 */
export interface MaterialRef {
  kind: ArtefactKind
  hash: string
}
export interface CitedBasis {
  title: string
  docNo?: string
  articles?: string[]
  clause?: string
}
export interface InteragencyItem {
  unit: string
  round: number
  askedAt: Instant
  askedOn: PlainDate
  dueOn: PlainDate
  textHash: string | null
  opinion: null | {
    stance: 'agree' | 'agree_with_comments' | 'object'
    text: string
    at: Instant
    on: PlainDate
    by: string
  }
}
export interface ConsultationRound {
  id: string
  n: number
  openedAt: Instant
  opensOn: PlainDate
  /** 最后一日；意见收取至当日 24:00（北京时间）。 */
  closesOn: PlainDate
  closesAt: Instant
  closedAt: Instant | null
  textVersion: number
  textHash: string
  noteHash: string | null
  channels: string[]
  groups: string[]
  /** 缩短期限的理由与批准人；`deviation` 是所依的批准（`deviations` 中的标识）。 */
  shortened: null | { reason: string; approver: string; deviation?: string }
  feedbackAt: Instant | null
  /** 公告时的分类：缩短期限只就当时适用的最低期限而言。旧案卷没有记载的为 null。 */
  classification: Classification | null
}
export interface AssessmentRecord {
  date: PlainDate
  at: Instant
  by: string
  textHash: string | null
  conclusion: string
  /** 专家论证的人数；没有写明的缺省。 */
  experts?: number
}
export interface FairCompetitionRecord extends AssessmentRecord {
  outcome: 'no_restriction' | 'exception' | 'restricts'
  exception: null | { purpose?: string; noLesserMeans?: boolean | string; until?: string }
  /** 审查人所在单位；政府制发的文件由市场监管部门会同起草单位审查。 */
  unit: string
  /** 听取了哪些利害关系人的意见。要求记载以前的旧记录为 null。 */
  stakeholdersHeard: string[] | null
}
export interface HearingRecord {
  announcedOn: PlainDate
  materialsSentOn: PlainDate | null
  heldOn: PlainDate | null
  record: string | null
  at: Instant
  /** 由听证会自己的事项在办：哪一件、定于哪一日。 */
  planned?: { matter: string; on: PlainDate }
}
export interface ReviewPoint {
  id: string
  text: string
  element?: string
  quote?: string
  basis?: string
  answer: null | {
    kind: 'adopted' | 'not_adopted'
    version: number | null
    reason: string | null
    at: Instant
    by: string
  }
}
export interface LegalityOpinion {
  outcome: 'lawful' | 'revise' | 'unlawful'
  number: string | null
  contentHash: string
  at: Instant
  on: PlainDate
  by: string
  unit: string
  points: ReviewPoint[]
  grounds: string[]
  /** 意见所审的分类：分类变更、增加了职责的，意见不再成立。 */
  classification: Classification
  /** 意见所依的送审材料。 */
  materials: MaterialRef[]
}
export interface ReviewPause {
  from: PlainDate
  to: PlainDate | null
  reason: string
  /** 停计的事由：审核中征求意见、专家论证；补充材料的缺省。 */
  for?: 'consultation' | 'expert'
}
/** 一次送审；终结后新的送审另起一条，旧的留存于 history。 */
export interface ReviewFile {
  submittedAt: Instant
  submittedBy: string
  textHash: string
  packageHash: string
  /** 送审（受理、补充）时冻结的材料。 */
  materials: MaterialRef[]
  /** 送审于要求起草单位先行审核、说明文本实质变化以前的旧案卷。 */
  earlierForm?: boolean
  acceptedAt: Instant | null
  acceptedOn: PlainDate | null
  acceptedBy: string | null
  pauses: ReviewPause[]
  adviserOpinions: Array<{ at: Instant; by: string }>
  opinion: LegalityOpinion | null
  confirmation: null | {
    at: Instant
    by: string
    contentHash: string
    classification: Classification
    materials: MaterialRef[]
  }
}
/** 一项偏离：申请、批准与使用。没有批准的只是自述，不能据以缩短、提前或者逾期。 */
export interface DeviationRecord {
  /** 本案卷内的标识：第几项，自 1 起。 */
  id: string
  /** 偏离的规则；紧急情形为 `emergency`。 */
  rule: string
  /** 情形：规则包所列的一种；要求列明以前的旧记录为当时的文字。 */
  ground: string
  reference: Reference | null
  /** 指明的批准人：人员标识；旧记录为当时的文字。 */
  approver: string
  reason: string | null
  /** 提出的时刻、命令与人；旧记录没有记载提出人的为 null。 */
  at: Instant
  command: string
  askedBy: string | null
  /** 批准人的确认；`ground`、`reference` 已经是所批准的。 */
  confirmed: null | { at: Instant; by: string; name: string; unit: string }
  /** 每一次使用。 */
  used: Array<{ at: Instant; command: string }>
  /** 批准的是分类所标的哪一项紧急情形：所标的变更以后，批准不再及于它。 */
  claim?: NonNullable<Classification['emergency']>
}
/** 对送审文本与征求意见稿实质不同的说明，约束前后两个文本的摘要。 */
export interface SubstanceAnswer {
  from: string
  to: string
  answer: 'adopts_opinion' | 'not_substantive'
  /** 所采纳的意见（公众意见的编号，或者答复意见的单位）。 */
  opinions: string[]
  reason: string
  at: Instant
  by: string
}
/** 签署后的更正：是否属于实质性修改由文字推算，办理人只可以从严。 */
export interface CorrectionRecord {
  from: string
  to: string
  substantive: boolean
  /** 推算为实质性修改的缘由；非实质性的为空。 */
  findings: string[]
  reason: string
  at: Instant
  by: string
  /** 审核人或者签署人对花脸稿的确认；实质性修改另行复审，不用此项。 */
  confirmed: null | { at: Instant; by: string }
}
/** 两个文本之间的实质变化；由正文推算，不由人勾选。 */
export interface SubstanceFact {
  from: string
  to: string
  substantive: boolean
  /** 逐项说明变化。 */
  changes: string[]
  /** 其中新增或者加重的义务、收费、处罚。 */
  burdens: string[]
}
export interface SignatureRecord {
  issuer: string
  person: string
  at: Instant
  on: PlainDate
  textHash: string
}
export interface DecisionRecord {
  outcome: 'adopted' | 'adopted_with_changes' | 'postponed' | 'rejected'
  substantive: boolean
  body: string
  /** 作出决定的会议的记录；旧案卷只有名称的为 null。 */
  bodyId: string | null
  session: string
  date: PlainDate
  textHash: string
  dissents: string[]
  at: Instant
}
export interface PublicationRecord {
  publishedAt: Instant
  publishedOn: PlainDate
  effectiveDate: PlainDate
  validityYears: number | null
  /** 有效期最后一日；没有规定有效期的为 null。 */
  validUntil: PlainDate | null
  /** 超过一般上限时起草说明所载的理由。 */
  validityReason?: string | null
  disclosure: 'active' | 'on_request' | 'closed'
  channels: string[]
  textHash: string
  textVersion: number
  indexNumber: string | null
  /** GB/T 47229.2 结构的文件标识；不能确定时为空并列明缺项。 */
  wjbs: { value: string | null; missing: string[] }
  interpretation: boolean
  immediateReason: string | null
  /** 涉企文件：适应调整期如何安排，或者为何不留。 */
  adaptation?: string | null
  /** 系统记录的开始施行时刻（TakeEffect）；未到施行日为空。 */
  tookEffectAt?: Instant | null
}
export interface FilingRecord {
  track: Track
  status: FilingStatus
  recipient: string | null
  filedAt: Instant | null
  filedOn: PlainDate | null
  registeredOn: PlainDate | null
  supplementRequestedOn: PlainDate | null
  correctionRequestedOn: PlainDate | null
  /** 延长审查的日期；没有延长的缺省。 */
  reviewExtendedOn?: PlainDate
  /** 受理机关的那一件备案；以前没有另立一件的缺省。 */
  review?: string
  number: string | null
  /** `until`：要求补正时写明的最后一日；没有写的依规则包。 */
  history: Array<{ status: FilingStatus; on: PlainDate; note: string | null; until?: PlainDate | undefined }>
}
/** 一项已取得的认可（审核意见、决定、签署等）在文本变化后是否仍然成立。 */
export interface Standing {
  approval: string
  label: string
  stands: boolean
  why: string
  /** 不须重新取得、只差一步的：差起草单位随提请说明，或者差审核机构确认修改。 */
  lacks?: 'statement' | 'confirmation'
}
export interface ReturnRecord {
  from: string
  to: string
  at: Instant
  by: string
  reason: string
  standing: Standing[]
}
/** 施行后的效力事件；状态是日期的函数，不是录入的事实。 */
export interface ForceEvent {
  kind: 'amended' | 'repealed' | 'annulled' | 'lapsed' | 'suspended' | 'resumed' | 'restored' | 'reinstated'
  /** 自该日起生效；撤销自始无效，on 为决定日期。 */
  on: PlainDate
  reason: string
  byDocument: string | null
  /** 作出决定的机关或者会议的名称、文号、日期；`organ` 为其单位（旧记录没有）。 */
  decision: null | { body: string; organ?: string; number?: string | undefined; date: PlainDate }
  at: Instant
  /** 登记时日期未到的，到期由系统体现的时刻；尚未体现为空。 */
  appliedAt?: Instant | null
  /** 收回（`restored`）或者重新生效（`reinstated`）的是第几项变动，自 1 起。 */
  undoes?: number
  /** 由系统办理的收回：作出变动的文件自身落空，或者恢复了效力。 */
  follows?: boolean
  /** 停止、恢复执行的只是这些条款；没有的为整件。 */
  provisions?: string[]
}

/** 一次写明的目标与指标；后写的代替先写的，先写的留着。 */
export interface IndicatorStatement {
  at: Instant
  by: string
  /** 写明时的文本；还没有文本的为 null。 */
  textHash: string | null
  items: IndicatorItem[]
  /** 审议通过以后变更的：理由与决定。 */
  reason: string | null
  decision: null | { body: string; number?: string | undefined; date: PlainDate }
}
/** 一项指标：目标、所在条款、指标、单位、基期值、目标值、数据来源、收集人、频次。 */
export interface IndicatorItem {
  objective: string
  article: string | null
  indicator: string
  unit: string | null
  baseline: string | null
  target: string | null
  source: string | null
  collector: string | null
  frequency: string | null
}
/** 已经公布的施行后评估（后评估）。 */
export interface EvaluationRef {
  evaluation: string
  on: PlainDate
  conclusion: string
}

/** 案卷：一件文件从立项到归档的全部程序事实（不含正文与个人信息）。 */
export interface Dossier {
  id: string
  jurisdiction: string
  packVersion: string
  title: string
  genre: string | null
  tier: Tier
  /** 制定机关的单位代码，牵头机关在前。 */
  issuers: string[]
  draftingUnit: string
  classification: Classification
  necessity: string
  planItem: string | null
  proposedAt: Instant
  proposedBy: string
  initiatedAt: Instant | null
  texts: TextRef[]
  /** 起草、修改过任何一版文本的人；与审核人相分离。 */
  editors: string[]
  artefacts: ArtefactRef[]
  bases: CitedBasis[]
  interagency: InteragencyItem[]
  consultations: ConsultationRound[]
  coordination: Array<{ at: Instant; on: PlainDate; units: string[]; settled: string[]; summary: string }>
  escalations: Array<{ at: Instant; to: string; decision: string | null }>
  thirdParty: AssessmentRecord[]
  expertReviews: AssessmentRecord[]
  riskAssessments: Array<AssessmentRecord & { outcome: 'controllable' | 'uncontrollable' }>
  fairCompetition: FairCompetitionRecord[]
  hearings: HearingRecord[]
  review: ReviewFile | null
  reviewHistory: ReviewFile[]
  secretariatCheck: null | {
    outcome: 'passed' | 'returned'
    at: Instant
    by: string
    textHash: string
    reasons: string[]
  }
  schedule: null | { body: string; bodyId: string | null; session: string; date: PlainDate }
  decision: DecisionRecord | null
  decisionHistory: DecisionRecord[]
  partyReports: Array<{ date: PlainDate; reference: string; at: Instant }>
  signatures: SignatureRecord[]
  corrections: CorrectionRecord[]
  substanceAnswers: SubstanceAnswer[]
  numbers: null | {
    document: string
    registry: string
    year: number
    seq: number
    assignedAt: Instant
    adoptionDate: PlainDate
  }
  /** `approver` 为批准人的标识，`approverName` 为其当时的姓名；旧记录、随终止作废的，`approver` 是当时的文字。 */
  voidedNumbers: Array<{ number: string; reason: string; approver: string; approverName?: string; at: Instant }>
  publication: PublicationRecord | null
  filings: Partial<Record<Track, FilingRecord>>
  forceEvents: ForceEvent[]
  archive: null | { at: Instant; files: number; manifestHash: string }
  returns: ReturnRecord[]
  /** 因退回而停留在起草阶段时，退回它的阶段。 */
  returnedFrom: string | null
  deviations: DeviationRecord[]
  /** 历次写明的目标与指标，最后一次为现行。 */
  indicators: IndicatorStatement[]
  /** 已经公布的后评估，先后为序。 */
  evaluations: EvaluationRef[]
  closing: null | { reason: string; at: Instant }
}

export type { ActorFact }
/** 正在办理的命令；列示可办事项（explain）时 payload 为空，规则按“现在办理”判断。 */
export interface CommandFact {
  type: string
  payload: Record<string, unknown>
  actor: ActorFact
}
/** 机构的记录：某机关的会议（集体审议），或者审核机构（合法性审核）。 */
export interface BodyFact {
  id: string
  name: string
  kind: 'meeting' | 'review'
  /** 所属的机关：以谁的名义决定、为谁审核。 */
  unit: string
  /** 会议的种类，如“常务会议”；审核机构为 null。 */
  form: string | null
  /** 审核机构设在哪个单位；会议为 null。 */
  seat: string | null
}
/** 名册中的一名人员，与其本职（不含受托的）。 */
export interface PersonFact {
  id: string
  name: string
  unit: string
  active: boolean
  posts: Array<{ role: string; unit: string }>
}
export interface UnitFact {
  id: string
  name: string
  /** 政府、政府办公室、部门、乡镇、内设机构、议事协调（临时）机构、人大常委会、上级政府等。 */
  kind: 'government' | 'office' | 'department' | 'township' | 'internal' | 'temporary' | 'npc' | 'superior'
  parent: string | null
  /** 是否列入已公布的制定主体清单，及清单公布日期。 */
  eligible: boolean
  eligibleSince: PlainDate | null
  eligibleUntil: PlainDate | null
  /** 该机关现行的会议与审核机构。 */
  bodies: BodyFact[]
}
/** 一份附件。`use` 为空的没有写明用途；`problem` 是其内容不能公开的缘由（带着修订、批注等）。 */
export interface FileFact {
  name: string
  sha256: string
  use: 'published' | 'source' | null
  problem: string | null
}
export interface BasisStatus {
  title: string
  docNo?: string
  /** `withheld`：没有公布于众的；其余为今日的效力。 */
  status:
    | 'in_force'
    | 'repealed'
    | 'expired'
    | 'annulled'
    | 'amended'
    | 'pending'
    | 'suspended'
    | 'unknown'
    | 'withheld'
  since?: PlainDate
  replacedBy?: string
  /** 据上位法目录得知的，目录截至何日；手工登记的，据何处、何日登记；据登记库得知的没有。 */
  listed?: { asOf: PlainDate; source?: string }
}
/** 命令所指、作出效力变动的文件。 */
export interface ActFact extends Act {
  id: string
  /** 制定机关的名称。 */
  issuers?: string[]
  title: string
  documentNumber: string | null
  /** 公开属性；没有读入的不以此论。 */
  disclosure?: string
}
/** 登记库中同名的、在此之前公布的文件：本件是其延续。 */
export interface Predecessor {
  id: string
  title: string
  documentNumber: string | null
  effectiveDate: PlainDate | null
  validUntil: PlainDate | null
  /** 名称带暂行、试行的。 */
  provisional: boolean
  status: BasisStatus['status']
  /** 公布后评估结果之日，先后为序；没有评估过的缺省。 */
  evaluatedOn?: PlainDate[]
}
/** 命令指明的预留号：属于哪个系列，现在是什么状态，何日到期。 */
export interface ReservationFact {
  text: string
  series: string
  status: string
  expiresOn: PlainDate | null
}
/** 提请时所称采纳的一条意见：`id` 为空的没有这条意见。 */
export interface CitedOpinion {
  ref: string
  id: string | null
  /** 公众意见：现在的处理是采纳或者部分采纳；单位：答复提出了意见，不只是同意。 */
  adoptable: boolean
  /** 提出意见的单位；公众意见为空。 */
  unit: string | null
}
/** 事务内读入、案卷之外的事实。 */
/** 年度的制定计划、决策事项目录怎样说到这一件；没有公布的为空。 */
export interface PlanningFact {
  /** 本年度已经公布的制定计划。 */
  plan: { title: string; year: number } | null
  /** 所写的计划项目；没有写出年度与项次、没有那一年度的计划的为空。`why` 是不能据以立项的缘由。 */
  item: { label: string; open: boolean; why: string } | null
  /** 本年度已经公布的决策事项目录的名称。 */
  catalogue: string | null
  /** 目录里名称与本件相近的事项。 */
  listed: string[]
  /** 名称相近的现行文件、计划里的其他项目。 */
  similar: string[]
}
export interface ExternalFacts {
  /** 年度计划、目录与本件的关系，立项时读入。 */
  planning?: PlanningFact
  /** 有在职部门联络员的单位，征求部门意见时读入。 */
  contacts?: string[]
  /** 正在处理的一件公众意见属于哪一次征求；没有这件意见的为空。 */
  comment?: { round: string } | null
  /** 命令所写的条款中，现文本没有的；没有写条款的不读。 */
  missingClauses?: string[]
  /** 命令指明的预留号；没有这样的号为空。 */
  reservation?: ReservationFact | null
  /** 提请时所称采纳的各条意见。 */
  cited?: CitedOpinion[]
  /** 同名的在先文件；规则没有问到的不读。 */
  predecessors?: Predecessor[]
  /** 命令指明由哪件文件作出变动的，该文件的日期与效力变动；没有指明或者登记库中没有的为空。 */
  act?: ActFact | null
  /** 先前由文件作出的效力变动：文件（`byDocument` 所写）→ 其制定机关的名称；没有这样的变动的不读。 */
  makers?: Record<string, string[]>
  units: Record<string, UnitFact>
  /**
   * 收到的公众意见：计入的、其中未处理的；疑似垃圾信息、还没有核对的（`held`）；没有写明公开到什么程度的
   * （采纳情况已经公布的各次的，`uncleared`）；采纳情况已经公布而原文还没有公开的各次（`unpublished`）。
   */
  comments: { total: number; undisposed: number; held?: number; uncleared?: number; unpublished?: number }
  /** 一并处理的各件意见属于哪几次征求。 */
  commentRounds?: string[]
  /** 所凭的邀请是否已经答复。 */
  invitation?: { answered: boolean } | null
  /** 最近一次征求的邀请：共几家，其中经营主体与行业协会商会几家。 */
  invitations?: { total: number; enterprises: number }
  /** 正在邀请的第几个（自 0 起）与已经邀请的、前面所列的是同一个；没有的为 null。 */
  invitedTwice?: number | null
  bases: BasisStatus[]
  /** 分类中所指的批准人，以标识为键；名册中没有的不在其中。 */
  people?: Record<string, PersonFact>
  /** 归档时：另成一件、制定机关或者起草单位也经手而没有办结的，各几件。 */
  openMatters?: Array<{ track: Extract<OpenTrack, 'suggestion' | 'evaluation' | 'impact_check'>; count: number }>
  /** 归档所写的档号已经给了哪一件；没有给过的为 null，没有写档号的不读。 */
  archiveNumberOf?: { title: string } | null
  /** 收取备案的单位（按轨道）；规则包写明角色，单位表给出代码。 */
  recipients: Partial<Record<Track, string>>
  /** 现文本的附件，待公布时读入：用途，以及不能公开的缘由。 */
  files?: FileFact[]
  /** 标为不影响权利义务、也不涉企的，现文本中的处罚、收费、许可；其余的不读。 */
  burdens?: string[]
  /** 征求意见、论证评估所依的各文本与现文本之间的实质变化；相同的不列。 */
  substance?: SubstanceFact[]
}

export interface Facts {
  now: Instant
  today: PlainDate
  dossier: Dossier
  command: CommandFact | null
  pack: Pack
  calendar: WorkCalendar
  external: ExternalFacts
}

/** 各单位最近一轮征求意见的记录。 */
export function latestAskedOf(d: Dossier): InteragencyItem[] {
  const latest = new Map<string, InteragencyItem>()
  for (const item of d.interagency) {
    const known = latest.get(item.unit)
    if (!known || item.round >= known.round) latest.set(item.unit, item)
  }
  return [...latest.values()]
}
/** 须与现文本比较有无实质变化的各文本（摘要）：征求意见稿，论证、评估、审查与本单位审核所依的文本。 */
export function comparedTexts(d: Dossier): string[] {
  const head = headText(d)
  const bound = [
    ...d.consultations.map((r) => r.textHash),
    ...latestAskedOf(d).map((i) => i.textHash),
    d.expertReviews.at(-1)?.textHash,
    d.riskAssessments.at(-1)?.textHash,
    d.fairCompetition.at(-1)?.textHash,
    ...d.artefacts.map((a) => a.opinion?.textHash),
  ]
  return [...new Set(bound)].filter((h): h is string => h != null && h !== '' && h !== head?.hash)
}
/** 此刻的分类与材料：审核意见、修改确认所依的，除文本外还有这两样。 */
export const judgedOn = (d: Dossier): { classification: Classification; materials: MaterialRef[] } => ({
  classification: d.classification,
  materials: d.artefacts.map(({ kind, hash }) => ({ kind, hash })),
})
/** 触及权利义务：影响权利义务或者涉企。 */
export const touchesRights = ({ classification }: Pick<Dossier, 'classification'>): boolean =>
  classification.affectsRights || classification.enterpriseRelated
/** 触及权利义务而没有公布于众的：未经公布不得作为管理依据，施行之日到了也不施行。 */
export const isWithheld = (d: Pick<Dossier, 'classification' | 'publication'>): boolean =>
  d.publication !== null && d.publication.disclosure !== 'active' && touchesRights(d)
/** 当前文本；尚无文本时为 null。 */
export const headText = (d: Dossier): TextRef | null => d.texts.at(-1) ?? null

/**
 * 现文本由哪一版经非实质性更正而来：没有更正的即现文本。几次小的更正合起来是不是实质，与它比较，
 * 不因分成几次而躲过；实质性更正另行复审，其后的自它算起。
 */
export function uncorrectedText(d: Pick<Dossier, 'texts' | 'corrections'>): TextRef | null {
  let text = d.texts.at(-1) ?? null
  for (let i = 0; i < d.corrections.length && text; i++) {
    const made = d.corrections.findLast((c) => c.to === text?.hash && !c.substantive)
    const earlier = made && d.texts.findLast((t) => t.hash === made.from)
    if (!earlier) break
    text = earlier
  }
  return text
}

/** `to` 与 `from` 是否为同一文本：摘要相等，或者只隔着非实质性更正记录。 */
export function sameText(d: Dossier, from: string, to: string): boolean {
  let hash = from
  for (let i = 0; i <= d.corrections.length; i++) {
    if (hash === to) return true
    const next = d.corrections.find((c) => c.from === hash && !c.substantive)
    if (!next) return false
    hash = next.to
  }
  return false
}
/** 合法性审核所约束的文本摘要：确认修改的优先，否则为意见所附摘要；没有有效意见时为 null。 */
export function reviewedHash(d: Dossier): string | null {
  const o = d.review?.opinion
  if (!o) return null
  if (d.review?.confirmation) return d.review.confirmation.contentHash
  return o.outcome === 'lawful' ? o.contentHash : null
}
/**
 * 是否标注暂行、试行：分类如此，或者名称如此。书名号内是另一文件的名称，不算；印发、公布的除外
 * （“关于印发《某某办法（试行）》的通知”即是试行）。
 */
export function isProvisional({ classification, title }: Pick<Dossier, 'classification' | 'title'>): boolean {
  if (classification.provisional) return true
  const own = /印发|公布|发布/.test(title) ? title : title.replace(/《[^》]*》/g, '')
  return /[（(](?:暂行|试行)[）)]|(?:暂行|试行)(?:规定|办法|细则|规则|意见|方案|标准|条例|通知|通告|公告)/.test(own)
}
/** 该项效力变动是否已经体现于状态：登记时日期已到，或者到期已由系统办理。 */
export const forceApplied = (f: ForceEvent): boolean => f.on <= dateInShanghai(f.at) || f.appliedAt != null
