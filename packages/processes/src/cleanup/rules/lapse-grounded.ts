import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { giving, item, opinion } from '../example.ts'
import { goneMeanwhile } from '../items.ts'
import { isPast, judgedItems, named } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

export const lapseGrounded: CleanupRule = {
  id: 'cleanup.lapse-grounded',
  title: '宣布失效的，须是有效期已满、任务完成或者对象消失；其余的应予废止',
  severity: 'warn',
  basis: source.rulemaking('第三十七条', 'inference'),
  by: ['起草人员', '单位负责人'],
  judge: (f) => {
    const bare = isPast(f)
      ? []
      : judgedItems(f).filter(
          (x) =>
            x.opinion?.outcome === 'lapse' &&
            x.opinion.lapseGround === null &&
            !goneMeanwhile(x) &&
            !(x.validUntil !== null && x.validUntil < f.today),
        )
    return bare.length > 0
      ? fails(`${named(bare)}宣布失效而没有选定缘由；不属有效期已满、任务完成、对象消失的，应予废止`)
      : holds('宣布失效的各有缘由')
  },
  examples: {
    holds: [
      {
        name: '任务完成',
        given: (f) => giving(f, 4, { outcome: 'lapse', lapseGround: 'task_done', reason: '任务已完成。' }),
      },
      {
        name: '有效期已满',
        given: (f) => giving(item(f, 4, { validUntil: '2026-01-01' }), 4, { outcome: 'lapse', reason: '有效期已满。' }),
      },
    ],
    refused: [
      { name: '没有缘由', given: (f) => giving(f, 4, { outcome: 'lapse', reason: '不适应形势。' }), says: '应予废止' },
      { name: '目录中的一件没有缘由', given: (f) => item(f, 4, { opinion: opinion('lapse') }), says: '第4项' },
    ],
  },
}
