import { making } from './making.ts'
import {
  assessments,
  changeIssuers,
  consult,
  drafting,
  escalate,
  openComments,
  partyReport,
  reclassifyOrConsult,
  resubmit,
  type StageSpec,
  submit,
  upkeep,
  withdraw,
} from './stage.ts'

/** 论证评估：专家论证、风险评估、公平竞争审查、听证，依分类而定。 */
export const assessment: StageSpec = {
  label: '论证评估',
  basis: {
    document: '重大行政决策程序暂行条例（国务院令第713号）',
    article: '第十九条至第二十四条',
    confidence: 'verified',
  },
  whose: ['drafter', 'unit_head', 'fair_competition_reviewer'],
  tags: ['editable'],
  ideal: making('assessment'),
  on: {
    ...drafting,
    ...assessments,
    ...consult,
    RecordCoordination: [{ rules: ['acts.in-order'], records: 'CoordinationRecorded' }],
    ...escalate,
    ...reclassifyOrConsult,
    ...partyReport,
    ...submit,
    // 退回以后又征求意见的，走到这里仍可直接送回。
    ...resubmit,
    ...changeIssuers,
    ...withdraw,
    ...openComments,
    ...upkeep,
  },
}
