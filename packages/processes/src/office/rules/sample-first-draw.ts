import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

const payload = { year: 2026, n: 3, seed: '2026年6月1日开奖号码 07 12 19' }
export const sampleFirstDraw: OfficeRule = {
  id: 'sample.first-draw',
  title: '这一年没有用别的种子抽过',
  severity: 'warn',
  basis: source.design('另换种子再抽的，人人看得见抽过几次'),
  by: ['合法性审核人', '政府办公室文秘', '考核人员'],
  judge: ({ state: { sample } }) => {
    if (!sample) return holds('尚不知道抽取哪一年的')
    return sample.others > 0
      ? fails(`这一年已经用别的种子抽取过${sample.others}次；再抽一次，各次都留在办公台账里`)
      : holds('这一年没有用别的种子抽取过')
  },
  examples: {
    holds: [
      {
        name: '第一次抽',
        given: (f) => during(f, 'SampleFiles', payload, { sample: { population: 12, drawn: false, others: 0 } }),
      },
    ],
    refused: [
      {
        name: '另换了种子',
        given: (f) => during(f, 'SampleFiles', payload, { sample: { population: 12, drawn: false, others: 1 } }),
        says: '用别的种子抽取过1次',
      },
    ],
  },
}
