import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

const payload = { year: 2026, n: 3, seed: '2026年6月1日开奖号码 07 12 19' }
export const sampleFilesToDraw: OfficeRule = {
  id: 'sample.files-to-draw',
  title: '这一年有公布的文件',
  severity: 'block',
  basis: source.design('没有公布的文件，无从抽取'),
  by: ['合法性审核人', '政府办公室文秘', '考核人员'],
  judge: ({ state: { sample } }) => {
    if (!sample) return holds('尚不知道抽取哪一年的')
    return sample.population === 0
      ? fails('这一年没有公布的文件，无从抽取')
      : holds(`这一年公布了${sample.population}件`)
  },
  examples: {
    holds: [
      {
        name: '公布了十二件',
        given: (f) => during(f, 'SampleFiles', payload, { sample: { population: 12, drawn: false, others: 0 } }),
      },
    ],
    refused: [
      {
        name: '一件也没有公布',
        given: (f) => during(f, 'SampleFiles', payload, { sample: { population: 0, drawn: false, others: 0 } }),
        says: '没有公布的文件',
      },
    ],
  },
}
