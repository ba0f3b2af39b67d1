import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { giving, item, past } from '../example.ts'
import { goneMeanwhile } from '../items.ts'
import { judgedItems, named, softened } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

export const keepNotLapsed: CleanupRule = {
  id: 'cleanup.keep-not-lapsed',
  title: '有效期已经届满的不能列为继续有效；继续有效不改变有效期',
  severity: 'block',
  basis: source.makingAndSupervision('（九）有效期', 'memory'),
  by: ['起草人员', '单位负责人'],
  judge: (f) => {
    const on = typeof f.command.payload.date === 'string' ? f.command.payload.date : f.today
    const lapsed = judgedItems(f).filter(
      (x) => x.opinion?.outcome === 'keep' && x.validUntil !== null && x.validUntil < on && !goneMeanwhile(x),
    )
    const [first] = lapsed
    return first
      ? fails(
          `${named(lapsed)}的有效期已于${day(first.validUntil ?? '')}届满，不能列为继续有效；需要继续的，重新制定、重新公布`,
          { alsoBasis: [source.huayuan2024('有效期自发布之日起计算')], ...softened(f) },
        )
      : holds('列为继续有效的都在有效期内，有效期照旧')
  },
  examples: {
    holds: [{ name: '在有效期内', given: (f) => giving(f, 1, { outcome: 'keep' }), says: '照旧' }],
    refused: [
      {
        name: '提出时已经届满',
        given: (f) => giving(item(f, 1, { validUntil: '2026-06-30' }), 1, { outcome: 'keep' }),
        says: '届满',
      },
      { name: '决定时已经届满', given: (f) => item(f, 1, { validUntil: '2026-11-01' }), says: '届满' },
      { name: '以往的清理，提示', given: (f) => past(item(f, 1, { validUntil: '2026-11-01' })), says: '届满' },
    ],
  },
}
