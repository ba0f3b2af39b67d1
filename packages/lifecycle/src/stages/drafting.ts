import { making } from './making.ts'
import {
  assessments,
  changeIssuers,
  consult,
  drafting as draftingArrows,
  partyReport,
  reclassify,
  resubmit,
  type StageSpec,
  submit,
  upkeep,
  withdraw,
} from './stage.ts'

/** 调研起草：形成文本与材料；不需征求意见的可以直接提请审核；退回的案卷也回到这里。 */
export const drafting: StageSpec = {
  label: '调研起草',
  basis: { document: '规章制定程序条例', article: '第十四条至第十八条、第三十六条（参照）', confidence: 'verified' },
  whose: ['drafter', 'unit_head', 'fair_competition_reviewer'],
  tags: ['editable'],
  ideal: making('drafting'),
  on: {
    ...draftingArrows,
    ...assessments,
    ...consult,
    ...reclassify,
    ...partyReport,
    ...submit,
    ...resubmit,
    ...changeIssuers,
    ...withdraw,
    ...upkeep,
  },
}
