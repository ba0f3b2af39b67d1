// 每条命令由谁办理、依据何在。角色与法源写在这里一处；机器的箭头、权限与说明都取自这里。
import type { Basis, CommandType } from '@dianzhang/contract'
import type { CommandLaw } from '@dianzhang/kernel'

const s = (document: string, article: string, confidence: NonNullable<Basis['confidence']> = 'verified'): Basis => ({
  document,
  article,
  confidence,
})
const rules115 = (article: string) =>
  s('国务院办公厅关于全面推行行政规范性文件合法性审核机制的指导意见（国办发〔2018〕115号）', article)
const rules37 = (article: string, confidence: NonNullable<Basis['confidence']> = 'partly_verified') =>
  s('国务院办公厅关于加强行政规范性文件制定和监督管理工作的通知（国办发〔2018〕37号）', article, confidence)
const decision713 = (article: string) => s('重大行政决策程序暂行条例（国务院令第713号）', article)
const documents = (article: string) => s('党政机关公文处理工作条例', article)
const rulemaking = (article: string) => s('规章制定程序条例', article)
const disclosure = (article: string) => s('中华人民共和国政府信息公开条例', article)
const competition = (article: string) => s('公平竞争审查条例（国务院令第783号）', article)
const filing = (article: string) => s('法规规章备案审查条例（国务院令第789号）', article)
const suspension = (article: string) =>
  s('北京市各级人民代表大会常务委员会规范性文件备案审查条例', article, 'local_example')
const organic = (article: string) => s('中华人民共和国地方各级人民代表大会和地方各级人民政府组织法', article)

/** 申请立项（开启一件案卷）由谁办理。 */
export const proposalLaw: CommandLaw = { by: ['drafter'], basis: rulemaking('第十条、第三十六条') }

export const commandLaw: Record<CommandType, CommandLaw> = {
  ApproveInitiation: { by: ['secretariat'], basis: rulemaking('第十条、第十一条、第三十六条') },
  DeclineInitiation: { seldom: true, by: ['secretariat'], basis: rulemaking('第十一条、第三十六条') },
  SaveDraft: { by: ['drafter'], basis: rules37('（四）', 'memory') },
  ProvideArtefact: { by: ['drafter', 'unit_head'], basis: rulemaking('第十八条、第三十六条') },
  Reclassify: {
    seldom: true,
    by: ['drafter', 'legality_reviewer', 'secretariat'],
    basis: decision713('第三条、第十二条'),
  },
  ChangeIssuers: { seldom: true, by: ['secretariat'], basis: documents('第十七条') },
  RequestDeviation: {
    seldom: true,
    by: ['drafter', 'unit_head', 'legality_reviewer', 'secretariat'],
    basis: rules115('二（五）'),
  },
  ApproveDeviation: { seldom: true, by: ['leader'], basis: decision713('第十五条') },
  RequestOpinions: { by: ['drafter'], basis: documents('第十九条第（六）项') },
  RecordOpinion: { by: ['department_contact'], basis: documents('第十六条第（四）项') },
  OpenPublicConsultation: { by: ['drafter'], basis: organic('第七十五条') },
  ExtendConsultation: { seldom: true, by: ['drafter'], basis: decision713('第十五条') },
  CloseConsultation: { by: ['system'], basis: s('中华人民共和国民法典', '第二百零三条') },
  SubmitComment: { by: ['public'], basis: organic('第七十五条') },
  RecordComments: { by: ['drafter'], basis: decision713('第十五条、第十八条') },
  SettleHeldComments: { seldom: true, by: ['drafter'], basis: decision713('第十八条') },
  GroupComments: { seldom: true, by: ['drafter'], basis: decision713('第十八条') },
  DisposeComments: { by: ['drafter'], basis: decision713('第十八条') },
  RedactComments: { seldom: true, by: ['drafter'], basis: s('中华人民共和国个人信息保护法', '第二十五条') },
  PublishComments: { seldom: true, by: ['drafter'], basis: s('中华人民共和国个人信息保护法', '第二十五条') },
  InviteParticipants: { seldom: true, by: ['drafter'], basis: s('中华人民共和国民营经济促进法', '第四十五条第一款') },
  DisposeComment: { by: ['drafter'], basis: decision713('第十八条') },
  PublishFeedback: { by: ['drafter'], basis: s('优化营商环境条例', '第六十二条') },
  RecordCoordination: { by: ['drafter'], basis: documents('第十六条第（四）项、第十九条第（六）项') },
  EscalateDispute: { seldom: true, by: ['unit_head'], basis: decision713('第十三条') },
  StateIndicators: { by: ['drafter'], basis: decision713('第三十六条（评估决策效果）') },
  RecordEvaluation: { by: ['system'], basis: decision713('第三十六条') },
  RecordThirdPartyEvaluation: { by: ['drafter'], basis: decision713('第十三条') },
  RecordExpertReview: { by: ['drafter'], basis: decision713('第十九条、第二十条') },
  RecordRiskAssessment: { by: ['drafter'], basis: decision713('第二十二条、第二十三条') },
  RecordFairCompetitionReview: { by: ['fair_competition_reviewer'], basis: competition('第十三条、第十四条') },
  // 听证会作为一件事项办理的，由它送来。
  RecordHearing: { by: ['drafter', 'system'], basis: decision713('第十六条、第十七条') },
  RecordSecretariatCheck: { by: ['secretariat'], basis: documents('第二十条、第二十一条') },
  SubmitForReview: { by: ['unit_head'], basis: rules115('二（七）') },
  ResubmitAfterReturn: { by: ['unit_head'], basis: documents('第二十一条') },
  AcceptPackage: { by: ['legality_reviewer'], basis: rules115('二（五）') },
  RequestSupplement: { by: ['legality_reviewer'], basis: decision713('第二十六条') },
  Supplement: { by: ['drafter'], basis: decision713('第二十六条') },
  RecordAdviserOpinion: { by: ['legal_adviser'], basis: decision713('第二十八条') },
  PauseReview: {
    seldom: true,
    by: ['legality_reviewer'],
    basis: s('内蒙古自治区行政规范性文件管理办法（自治区人民政府令第262号）', '第二十四条', 'local_example'),
  },
  ResumeReview: {
    seldom: true,
    by: ['legality_reviewer'],
    basis: s('内蒙古自治区行政规范性文件管理办法（自治区人民政府令第262号）', '第二十四条', 'local_example'),
  },
  IssueOpinion: { by: ['legality_reviewer'], basis: rules115('二（五）至（七）') },
  AnswerPoint: { by: ['drafter'], basis: rules115('二（七）') },
  ConfirmRevision: { by: ['legality_reviewer'], basis: rules115('二（七）') },
  ScheduleDeliberation: { by: ['secretariat', 'system'], basis: decision713('第二十九条、第三十条') },
  WithdrawSchedule: { by: ['system'], basis: decision713('第二十九条、第三十条') },
  RecordDecision: { by: ['secretariat', 'system'], basis: decision713('第三十条') },
  ReportToPartyCommittee: { by: ['secretariat'], basis: decision713('第三十一条') },
  Sign: { by: ['leader'], basis: documents('第二十二条') },
  ReturnFromSigning: { seldom: true, by: ['leader'], basis: documents('第二十二条') },
  CorrectAfterSigning: { seldom: true, by: ['secretariat'], basis: documents('第二十五条第（一）项') },
  ConfirmCorrection: { seldom: true, by: ['legality_reviewer', 'leader'], basis: documents('第二十五条第（一）项') },
  AssignNumbers: { by: ['secretariat'], basis: documents('第二十五条第（二）项') },
  VoidNumber: {
    seldom: true,
    by: ['secretariat'],
    basis: s('公文登记编号惯例', '作废须记明理由、批准人，不得另行使用', 'memory'),
  },
  Publish: { by: ['secretariat'], basis: disclosure('第十七条、第二十六条') },
  // 收件一方的决定，由系统自其备案审查的事项送达；报送以前没有另立事项的，登记人仍在本案卷办理。
  FileDocument: { by: ['secretariat', 'system'], basis: organic('第七十五条') },
  AcknowledgeFiling: { by: ['registrar', 'system'], basis: filing('第九条（参照）') },
  RequestFilingSupplement: { by: ['registrar', 'system'], basis: filing('第九条（参照）') },
  SupplementFiling: { by: ['secretariat', 'system'], basis: filing('第九条（参照）') },
  ReturnFiling: { seldom: true, by: ['registrar', 'system'], basis: filing('第九条（参照）') },
  ExtendFilingReview: {
    seldom: true,
    by: ['registrar', 'system'],
    basis: s('内蒙古自治区行政规范性文件管理办法（自治区人民政府令第262号）', '第四十二条', 'local_example'),
  },
  RequestCorrection: { seldom: true, by: ['registrar', 'system'], basis: filing('第十八条（参照）') },
  AnswerCorrection: { by: ['secretariat', 'system'], basis: filing('第二十一条（参照）') },
  CloseFiling: { by: ['registrar', 'system'], basis: filing('第十一条（参照）') },
  AmendDocument: { seldom: true, by: ['secretariat'], basis: rulemaking('第三十七条') },
  // 清理决定公布以后，由系统逐件送达。
  RepealDocument: { seldom: true, by: ['secretariat', 'system'], basis: documents('第三十三条') },
  AnnulDocument: { seldom: true, by: ['secretariat', 'system'], basis: documents('第三十三条') },
  DeclareLapsed: { seldom: true, by: ['secretariat', 'system'], basis: rules37('（九）有效期', 'memory') },
  SuspendDocument: {
    seldom: true,
    by: ['secretariat', 'system'],
    basis: suspension('第二十九条（明显违法的立即停止执行，外地做法）'),
  },
  ResumeDocument: {
    seldom: true,
    by: ['secretariat'],
    basis: s('停止执行与恢复执行', '停止执行的原因消除后恢复执行，须有决定', 'inference'),
  },
  // 系统只在所依的文件落空（或者恢复效力）时办理。
  RestoreForce: { seldom: true, by: ['secretariat', 'system'], basis: documents('第三十三条') },
  TakeEffect: { by: ['system'], basis: rulemaking('第三十二条') },
  ArchiveFile: { by: ['secretariat'], basis: decision713('第三十三条') },
  WithdrawDocument: { seldom: true, by: ['unit_head'], basis: documents('第二十一条') },
  MoveToPack: {
    seldom: true,
    by: ['admin'],
    basis: s('规则包版本管理', '案卷固定立项时的规则版本，改用新版须预览并记明理由', 'inference'),
  },
  RecomputeDeadlines: { by: ['system'], basis: s('全国年节及纪念日放假办法', '第七条') },
}
