import { source } from '@dianzhang/rules'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const actOnce: OfficeRule = {
  id: 'act.once',
  title: '没有登记过这部上位法',
  severity: 'block',
  basis: source.design('同一部上位法登记一次，其后的变动另记'),
  by: ['合法性审核人', '政府办公室文秘'],
  judge: (f) => {
    const { acts } = f.state
    if (acts === undefined) return holds('尚不知道所办的内容')
    return acts.length === 0
      ? holds('没有登记过')
      : fails(`${acts.map((title) => `《${title}》`).join('、')}已经登记；效力的变动在登记库中记载，不另登记一部`)
  },
  examples: {
    holds: [
      { name: '没有登记过', given: (f) => during(f, 'RegisterAct', { title: '优化营商环境条例' }, { acts: [] }) },
    ],
    refused: [
      {
        name: '已经登记',
        given: (f) => during(f, 'RegisterAct', { title: '优化营商环境条例' }, { acts: ['优化营商环境条例'] }),
        says: '已经登记',
      },
    ],
  },
}
