import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

const payload = { act: '物业管理条例', address: '第十二条第二款' }
export const mandateOnce: OfficeRule = {
  id: 'mandate.once',
  title: '同样的内容没有确认过',
  severity: 'block',
  basis: source.design('同一条款以后一次确认的为准；与现有的一样，不再确认'),
  by: ['合法性审核人', '政府办公室文秘'],
  judge: ({ state: { mandate } }) => {
    if (!mandate) return holds('尚不知道所办的内容')
    return mandate.same
      ? fails('这一条款已经这样确认过；改变结论、写明已经制定的文件，请照现在的内容确认')
      : holds('没有这样确认过')
  },
  examples: {
    holds: [
      {
        name: '没有确认过',
        given: (f) => during(f, 'JudgeMandate', payload, { mandate: { text: true, quoted: true, same: false } }),
      },
    ],
    refused: [
      {
        name: '已经这样确认过',
        given: (f) => during(f, 'JudgeMandate', payload, { mandate: { text: true, quoted: true, same: true } }),
        says: '已经这样确认过',
      },
    ],
  },
}
