import { createdOn } from '@dianzhang/rules'
import { corrections, materials, numberingRules, reissue, type StageSpec, sendBack, upkeep } from './stage.ts'

/** 复核、统一登记、统一编号。实质性修改须报原签批人复审，并经审核机构确认。 */
export const numbering: StageSpec = {
  label: '复核编号',
  basis: { document: '党政机关公文处理工作条例', article: '第二十五条', confidence: 'verified' },
  whose: ['drafter', 'unit_head', 'secretariat'],
  tags: ['frozen'],
  ideal: (d, f) => ({
    type: 'AssignNumbers',
    payload: {},
    resolved: {
      document: '（待编）',
      registry: '（待编）',
      year: Number(f.today.slice(0, 4)),
      seq: 0,
      adoptionDate: createdOn({ ...d, numbers: null }) ?? f.today,
    },
  }),
  on: {
    AssignNumbers: [
      { to: 'publication', rules: [...numberingRules, 'numbering.available'], records: 'NumbersAssigned' },
    ],
    ...corrections,
    ...reissue,
    ...sendBack,
    ...materials,
    ...upkeep,
  },
}
