import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { exampleDrafter, exampleSecretary, giving, item } from '../example.ts'
import { proposed } from '../given.ts'
import { named } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

export const ownItems: CleanupRule = {
  id: 'cleanup.own-items',
  title: '谁起草谁清理、谁实施谁清理：各单位只对自己负责的文件提出意见',
  severity: 'block',
  basis: source.rulemaking('第三十七条'),
  by: ['起草人员', '单位负责人'],
  judge: ({ command: { actor, payload }, external: { items, units } }) => {
    if (actor.roles.includes('secretariat') || actor.roles.includes('system')) return holds('由组织清理的机关代为录入')
    const others = proposed(items, payload).filter((x) => x.unit !== actor.unit && !within(x.unit, actor.unit))
    if (others.length === 0) return holds('都是本单位负责的文件')
    return fails(`${named(others)}不由您的单位负责；确应由您的单位负责的，请组织清理的机关先指定责任单位`)
    function within(unit: string | null, own: string | null): boolean {
      return own !== null && unit !== null && units[own]?.parent === unit && units[own]?.kind === 'internal'
    }
  },
  examples: {
    holds: [
      { name: '本单位的', given: (f) => giving(f, 1, { outcome: 'keep' }), says: '本单位' },
      {
        name: '文秘代为录入',
        given: (f) => giving(item(f, 1, { unit: 'hy-housing' }), 1, { outcome: 'keep' }, exampleSecretary as never),
        says: '代为录入',
      },
    ],
    refused: [
      {
        name: '别的单位的',
        given: (f) => giving(item(f, 1, { unit: 'hy-housing' }), 1, { outcome: 'keep' }, exampleDrafter),
        says: '不由您的单位负责',
      },
      {
        name: '还没有责任单位',
        given: (f) => giving(item(f, 1, { unit: null }), 1, { outcome: 'keep' }),
        says: '先指定',
      },
    ],
  },
}
