import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { giving, item, opinion, past } from '../example.ts'
import { goneMeanwhile } from '../items.ts'
import { judgedItems, named, softened } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

const living: ReadonlySet<string> = new Set(['pending', 'in_force', 'amended', 'suspended'])

export const goneProved: CleanupRule = {
  id: 'cleanup.gone-proved',
  title: '列为“清理时已废止、失效”的，登记库里确已废止、失效',
  severity: 'block',
  basis: source.qujiang2021('清理时已废止、失效的目录'),
  by: ['起草人员', '单位负责人'],
  judge: (f) => {
    const claimed = judgedItems(f).filter(
      (x) =>
        x.opinion?.outcome === 'already_gone' &&
        x.entry !== null &&
        !goneMeanwhile(x) &&
        living.has(x.now?.status ?? x.status),
    )
    if (claimed.length === 0) return holds('列为已废止、失效的，登记库里没有仍然有效的')
    const words = `${named(claimed)}登记库里仍然有效：列入这一栏什么也不变动；现在就不再有效的，请改为“应予废止”或者“宣布失效”`
    // 导入的条目，效力是来源自述的，早先的废止可能没有登记。
    return fails(words, claimed.every((x) => x.matter === null) ? { severity: 'warn' } : softened(f))
  },
  examples: {
    holds: [
      { name: '普查时已经废止', given: (f) => f },
      {
        name: '登记库没有的、效力不明的，照所说的',
        given: (f) =>
          item(item(f, 3, { entry: null, matter: null, opinion: opinion('already_gone') }), 4, {
            status: 'unknown',
            now: { status: 'unknown', on: null },
            opinion: opinion('already_gone'),
          }),
      },
    ],
    refused: [
      {
        name: '仍然有效的',
        given: (f) => giving(f, 3, { outcome: 'already_gone', reason: '早已不用。' }),
        says: '应予废止',
      },
      {
        name: '决定时仍然有效的',
        given: (f) => item(f, 3, { opinion: opinion('already_gone') }),
        says: '什么也不变动',
      },
      {
        name: '导入的条目，提示',
        given: (f) => item(f, 3, { matter: null, opinion: opinion('already_gone') }),
        says: '仍然有效',
      },
      {
        name: '以往的清理，提示',
        given: (f) => past(item(f, 3, { opinion: opinion('already_gone') })),
        says: '仍然有效',
      },
    ],
  },
}
