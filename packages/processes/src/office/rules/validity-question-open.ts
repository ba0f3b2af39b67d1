import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule, OfficeState } from '../shape.ts'

const asked: NonNullable<OfficeState['validity']> = {
  imported: true,
  validUntil: null,
  answered: false,
  asked: '2027-03-31',
  quoted: false,
}
export const validityQuestionOpen: OfficeRule = {
  id: 'validity.question-open',
  title: '只有导入的、没有有效期的条目才确认，并且只确认一次',
  severity: 'block',
  basis: source.design('公布的有效期不因办理而变动；导入的条目由人确认正文所写的一次'),
  by: ['备案审查登记人', '政府办公室文秘'],
  judge: ({ state: { validity } }) => {
    if (!validity) return holds('尚不知道所办的内容')
    if (!validity.imported) return fails('本系统公布的文件，有效期以公布的为准；延长有效期须重新公布')
    if (validity.validUntil !== null) return fails(`已有有效期，至${validity.validUntil}；延长有效期须重新公布`)
    return validity.answered ? fails('已经确认过正文没有写明有效期') : holds('导入的条目还没有有效期')
  },
  examples: {
    holds: [
      { name: '导入的条目', given: (f) => during(f, 'ConfirmValidity', { until: '2027-03-31' }, { validity: asked }) },
    ],
    refused: [
      {
        name: '本系统公布的文件',
        given: (f) =>
          during(f, 'ConfirmValidity', { until: '2027-03-31' }, { validity: { ...asked, imported: false } }),
        says: '重新公布',
      },
      {
        name: '已有有效期',
        given: (f) =>
          during(f, 'ConfirmValidity', { until: '2027-03-31' }, { validity: { ...asked, validUntil: '2026-12-31' } }),
        says: '已有有效期',
      },
      {
        name: '确认过没有写明',
        given: (f) => during(f, 'ConfirmValidity', { until: '2027-03-31' }, { validity: { ...asked, answered: true } }),
        says: '已经确认过',
      },
    ],
  },
}
