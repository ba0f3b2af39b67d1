// Which commands of a filing are the sender's, which the receiver's, and which stay within one system. Between two installations
// either side does only its own.
import type { FilingShape } from '@dianzhang/processes'

type Command = FilingShape['command']
const sides: Record<Command, 'sender' | 'receiver' | 'inside'> = {
  ReceiveFiling: 'sender',
  // Which document is changed is the sender's register's to know; the receiver is told the decision.
  NoteChange: 'inside',
  SubmitFiling: 'sender',
  RegisterFiling: 'receiver',
  ReturnFiling: 'receiver',
  DeferFiling: 'receiver',
  Resubmit: 'sender',
  StartReview: 'receiver',
  // The receiver's own examination is not told before there is an opinion.
  RecordCheck: 'inside',
  ConsultExpert: 'inside',
  ExtendReview: 'receiver',
  AskExplanation: 'receiver',
  Explain: 'sender',
  Communicate: 'receiver',
  AgreePlan: 'sender',
  ResumeReview: 'receiver',
  SendReminder: 'receiver',
  IssueReviewOpinion: 'receiver',
  AnswerOpinion: 'sender',
  UrgeCorrection: 'receiver',
  ReportCorrection: 'sender',
  MoveToAnnul: 'receiver',
  RecordMotionDecision: 'receiver',
  RequireFiling: 'receiver',
  RemindFiling: 'receiver',
  CriticiseFiling: 'receiver',
  CloseReview: 'receiver',
  RecomputeDeadlines: 'inside',
}
const of = (side: 'sender' | 'receiver'): ReadonlySet<string> =>
  new Set(Object.entries(sides).flatMap(([type, whose]) => (whose === side ? [type] : [])))
export const sendersCommands = of('sender')
export const receiversCommands = of('receiver')
export const sideOf = (type: string): 'sender' | 'receiver' | 'inside' => sides[type as Command] ?? 'inside'
