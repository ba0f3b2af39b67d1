import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { totalOf } from '../dossier.ts'
import { doing, external, planned } from '../example.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

const freezing = (f: CleanupFacts, count: number): CleanupFacts => {
  const g = doing(planned(f), 'FreezeCensus')
  return { ...g, command: { ...g.command, resolved: { count } } }
}
export const censusFrozen: CleanupRule = {
  id: 'cleanup.census-frozen',
  title: '先冻结普查目录；冻结以后不增不减，补报的另记',
  severity: 'block',
  basis: source.rulemaking('第三十七条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { census } = f.dossier
    if (census === null) {
      const { count } = f.command.resolved
      return count === 0
        ? fails('这个范围内一件文件也没有；请核对制定机关与公布截止日')
        : holds(count === undefined ? '冻结时核对范围内有无文件' : `范围内${count}件`)
    }
    const here = f.external.items.filter((x) => !x.afterDecision).length
    return f.external.whole && here !== totalOf(f.dossier)
      ? fails(`目录现有${here}件，与冻结、补报的${totalOf(f.dossier)}件不符；请系统管理员核验`)
      : holds(`普查${census.count}件，补充${f.dossier.lateFinds}件`)
  },
  examples: {
    holds: [
      { name: '已经冻结，件数相符', given: (f) => f, says: '普查5件' },
      { name: '正要冻结', given: (f) => freezing(f, 12), says: '12件' },
    ],
    refused: [
      { name: '范围内没有文件', given: (f) => freezing(f, 0), says: '一件文件也没有' },
      {
        name: '目录少了一件',
        given: (f) => external(f, { items: f.external.items.filter((x) => x.n !== 3) }),
        says: '不符',
      },
    ],
  },
}
