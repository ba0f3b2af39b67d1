import { source } from '@dianzhang/packs'
import { during } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { OfficeRule } from '../shape.ts'

const awaited = { awaited: true, mine: false, concerned: true, times: 0, most: 3, earliest: null }

export const urgeAwaited: OfficeRule = {
  id: 'urge.awaited',
  title: '所催的正等着别人办',
  severity: 'block',
  basis: source.officialPapers('第二十四条第（六）项'),
  by: ['等着结果的人', '政府办公室文秘'],
  judge: ({ state: { urge } }) => {
    if (urge === undefined) return holds('尚不知道催办哪一件')
    if (!urge.awaited) return fails('这一步已经办了，或者还没有轮到，不必催办')
    if (urge.mine) return fails('这一步轮到您本人办理，不能催办自己')
    return urge.concerned ? holds('正等着别人办') : fails('您不在等这一步：催办由提请办理的人、承办单位或者文秘提出')
  },
  examples: {
    holds: [{ name: '等财政局答复', given: (f) => during(f, 'UrgeTurn', { matter: 'm' }, { urge: awaited }) }],
    refused: [
      {
        name: '已经答复',
        given: (f) => during(f, 'UrgeTurn', { matter: 'm' }, { urge: { ...awaited, awaited: false } }),
        says: '不必催办',
      },
      {
        name: '轮到本人',
        given: (f) => during(f, 'UrgeTurn', { matter: 'm' }, { urge: { ...awaited, mine: true } }),
        says: '不能催办自己',
      },
      {
        name: '与本人无关',
        given: (f) => during(f, 'UrgeTurn', { matter: 'm' }, { urge: { ...awaited, concerned: false } }),
        says: '您不在等这一步',
      },
    ],
  },
}
