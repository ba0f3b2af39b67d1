// 各命令由谁办理、依据什么。
import type { CommandLaw } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import type { FilingShape } from './shape.ts'

const registrar = (basis: CommandLaw['basis']): CommandLaw => ({ by: ['registrar'], basis })
const reviewer = (basis: CommandLaw['basis']): CommandLaw => ({ by: ['filing_reviewer'], basis })
const sender = (basis: CommandLaw['basis']): CommandLaw => ({ by: ['secretariat', 'unit_head', 'system'], basis })
const seldom = (law: CommandLaw): CommandLaw => ({ ...law, seldom: true })

/** 报送的由系统随 `FileDocument` 开启；公布而没有报送的，由登记人开启。 */
export const openingLaw: CommandLaw = { by: ['registrar', 'system'], basis: source.organicLaw('第七十五条') }
export const filingLaw: Record<FilingShape['command'], CommandLaw> = {
  ReceiveFiling: { by: ['system'], basis: source.organicLaw('第七十五条') },
  NoteChange: { by: ['system'], basis: source.bjNpc('第十一条') },
  SubmitFiling: sender(source.bjNpc('第十一条')),
  RegisterFiling: registrar(source.ruleFiling('第九条（参照）')),
  ReturnFiling: seldom(registrar(source.ruleFiling('第九条（参照）'))),
  DeferFiling: registrar(source.ruleFiling('第九条（参照）')),
  Resubmit: sender(source.ruleFiling('第九条（参照）')),
  StartReview: reviewer(source.ruleFiling('第十一条（参照）')),
  RecordCheck: reviewer(source.ruleFiling('第十三条（参照）')),
  ConsultExpert: seldom(reviewer(source.ruleFiling('第十五条（参照）'))),
  ExtendReview: seldom(reviewer(source.ruleFiling('第十一条（参照）'))),
  AskExplanation: reviewer(source.ruleFiling('第十四条（参照）')),
  Explain: sender(source.ruleFiling('第十四条（参照）')),
  Communicate: reviewer(source.bjNpc('第二十九条')),
  AgreePlan: sender(source.bjNpc('第二十九条')),
  ResumeReview: seldom({ by: ['filing_reviewer', 'system'], basis: source.bjNpc('第二十九条') }),
  SendReminder: seldom(reviewer(source.shNpc('第三十四条'))),
  IssueReviewOpinion: seldom(reviewer(source.ruleFiling('第十八条（参照）'))),
  AnswerOpinion: sender(source.ruleFiling('第二十一条（参照）')),
  UrgeCorrection: seldom(reviewer(source.shNpc('第三十三条'))),
  ReportCorrection: sender(source.bjNpc('第三十条')),
  MoveToAnnul: seldom(reviewer(source.supervisionLaw('第三十九条'))),
  RecordMotionDecision: registrar(source.supervisionLaw('第三十九条')),
  RequireFiling: registrar(source.ruleFiling('第二十三条（参照）')),
  RemindFiling: seldom(registrar(source.ruleFiling('第二十三条（参照）'))),
  CriticiseFiling: seldom(registrar(source.ruleFiling('第二十三条（参照）'))),
  CloseReview: reviewer(source.ruleFiling('第十一条（参照）')),
  RecomputeDeadlines: { by: ['system'], basis: source.design('期限重新计算') },
}
