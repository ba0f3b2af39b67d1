import { making } from './making.ts'
import {
  assessments,
  changeIssuers,
  consult,
  consultationRules,
  drafting,
  escalate,
  openComments,
  partyReport,
  reclassify,
  type StageSpec,
  submit,
  upkeep,
  withdraw,
} from './stage.ts'

/** 征求意见：征求部门意见与向社会公开征求意见并行，条件具备即自动转入协调分歧。 */
export const consultation: StageSpec = {
  label: '征求意见',
  basis: {
    document: '中华人民共和国地方各级人民代表大会和地方各级人民政府组织法',
    article: '第七十五条',
    confidence: 'verified',
  },
  whose: ['drafter', 'unit_head', 'department_contact', 'fair_competition_reviewer'],
  tags: ['editable', 'public'],
  ideal: making('consultation'),
  on: {
    ...drafting,
    ...assessments,
    ...consult,
    RecordOpinion: [{ rules: ['interagency.asked'], records: 'OpinionRecorded' }],
    ExtendConsultation: [
      { rules: ['consultation.open', 'consultation.minimum-period'], records: 'ConsultationExtended' },
    ],
    CloseConsultation: [{ rules: ['consultation.due-to-close'], records: 'ConsultationClosed' }],
    SubmitComment: [{ rules: ['consultation.open', 'invitation.unanswered'], records: 'CommentSubmitted' }],
    RecordComments: [{ rules: ['comments.in-handling', 'comments.received-already'], records: 'CommentsRecorded' }],
    SettleHeldComments: [{ rules: ['comments.in-handling'], records: 'HeldCommentsSettled' }],
    GroupComments: [{ rules: ['comments.in-handling'], records: 'CommentsGrouped' }],
    DisposeComments: [{ rules: ['comments.in-handling'], records: 'CommentsDisposed' }],
    ...openComments,
    InviteParticipants: [{ rules: ['consultation.open', 'invitation.once-each'], records: 'ParticipantsInvited' }],
    DisposeComment: [{ rules: ['consultation.feedback-open'], records: 'CommentDisposed' }],
    PublishFeedback: [
      {
        rules: [
          'consultation.held',
          'consultation.comments-disposed',
          'consultation.feedback-open',
          'consultation.invited-share',
        ],
        records: 'FeedbackPublished',
      },
    ],
    RecordCoordination: [{ rules: ['acts.in-order'], records: 'CoordinationRecorded' }],
    ...escalate,
    ...reclassify,
    ...partyReport,
    ...submit,
    ...changeIssuers,
    ...withdraw,
    ...upkeep,
  },
  always: [{ to: 'coordination', rules: consultationRules, records: 'ConsultationCompleted' }],
}
