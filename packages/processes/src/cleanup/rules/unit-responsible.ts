import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { item } from '../example.ts'
import { goneMeanwhile } from '../items.ts'
import { named } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

export const unitResponsible: CleanupRule = {
  id: 'cleanup.unit-responsible',
  title: '每件都有现在的责任单位：原起草单位已撤并的，另行指定',
  severity: 'warn',
  basis: source.qujiang2021('清理牵头单位一栏'),
  by: ['政府办公室文秘'],
  judge: ({ external: { items, units } }) => {
    const orphans = items.filter((x) => !x.afterDecision && !goneMeanwhile(x) && !(x.unit !== null && units[x.unit]))
    return orphans.length > 0 ? fails(`${named(orphans)}没有现在的责任单位，请指定`) : holds('每件都有责任单位')
  },
  examples: {
    holds: [{ name: '都有', given: (f) => f, says: '都有责任单位' }],
    refused: [
      {
        name: '原单位已经撤并',
        given: (f) => item(f, 3, { unit: null, unitName: '原经济开发区' }),
        says: '第3项',
      },
    ],
  },
}
