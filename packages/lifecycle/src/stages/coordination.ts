import { making } from './making.ts'
import {
  assessments,
  changeIssuers,
  consult,
  coordinationRules,
  drafting,
  escalate,
  openComments,
  partyReport,
  reclassifyOrConsult,
  type StageSpec,
  submit,
  upkeep,
  withdraw,
} from './stage.ts'

/** 协调分歧：没有未了的异议，或者已列明各方理由上报决定，即自动转入论证评估。 */
export const coordination: StageSpec = {
  label: '协调分歧',
  basis: { document: '党政机关公文处理工作条例', article: '第十六条第（四）项', confidence: 'verified' },
  whose: ['drafter', 'unit_head', 'department_contact', 'fair_competition_reviewer'],
  tags: ['editable'],
  ideal: making('coordination'),
  on: {
    ...drafting,
    ...assessments,
    ...consult,
    RecordOpinion: [{ rules: ['interagency.asked'], records: 'OpinionRecorded' }],
    RecordCoordination: [{ rules: ['acts.in-order'], records: 'CoordinationRecorded' }],
    ...escalate,
    ...reclassifyOrConsult,
    ...partyReport,
    ...submit,
    ...changeIssuers,
    ...withdraw,
    ...openComments,
    ...upkeep,
  },
  always: [{ to: 'assessment', rules: coordinationRules, records: 'CoordinationCompleted' }],
}
