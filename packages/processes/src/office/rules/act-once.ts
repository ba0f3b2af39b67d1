import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

export const actOnce: OfficeRule = {
  id: 'act.once',
  title: '同样的内容没有登记过',
  severity: 'block',
  basis: source.design('同一事实登记一次；有误的、有变动的，再登记一次新的事实，以后知道的为准'),
  by: ['合法性审核人', '政府办公室文秘'],
  judge: (f) => {
    const { acts } = f.state
    if (acts === undefined) return holds('尚不知道所办的内容')
    return acts.length === 0
      ? holds('没有登记过')
      : fails(
          `${acts.map((title) => `《${title}》`).join('、')}已经登记过同样的内容；有误或者效力有变动的，请照现在的内容登记`,
        )
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
