import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

const payload = { year: 2026, n: 3, seed: '2026年6月1日开奖号码 07 12 19' }
export const sampleDrawnOnce: OfficeRule = {
  id: 'sample.drawn-once',
  title: '同一种子没有抽过这一年的',
  severity: 'block',
  basis: source.design('同一种子只抽一次，免得看了结果再定件数'),
  by: ['合法性审核人', '政府办公室文秘', '考核人员'],
  judge: ({ state: { sample } }) => {
    if (!sample) return holds('尚不知道抽取哪一年的')
    return sample.drawn
      ? fails('这个种子已经抽取过这一年的文件，结果在办公台账里；看了结果再改件数的，不能再用它')
      : holds('这个种子没有抽取过这一年的文件')
  },
  examples: {
    holds: [
      {
        name: '没有抽过',
        given: (f) => during(f, 'SampleFiles', payload, { sample: { population: 12, drawn: false, others: 0 } }),
      },
    ],
    refused: [
      {
        name: '抽过',
        given: (f) => during(f, 'SampleFiles', payload, { sample: { population: 12, drawn: true, others: 0 } }),
        says: '已经抽取过',
      },
    ],
  },
}
