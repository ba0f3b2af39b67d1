import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { item, past } from '../example.ts'
import { isChecked, outcomeOf } from '../items.ts'
import { named, softened } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

export const legalityChecked: CleanupRule = {
  id: 'cleanup.legality-checked',
  title: '各件的清理意见经过合法性核对，没有不同意的',
  severity: 'block',
  basis: source.legalityReview('二（四）'),
  by: ['合法性审核人'],
  judge: (f) => {
    const answered = f.external.items.filter((x) => !x.afterDecision && outcomeOf(x) !== null)
    const unchecked = answered.filter((x) => !isChecked(x))
    if (unchecked.length > 0)
      return fails(`${named(unchecked)}的意见还没有经过合法性核对（提出、改变意见以后须核对）`, softened(f))
    const differing = answered.filter(
      (x) =>
        x.check !== null &&
        !x.check.agrees &&
        isChecked(x) &&
        x.opinion !== null &&
        x.check.seq > x.opinion.seq &&
        outcomeOf(x) !== 'already_gone',
    )
    const [first] = differing
    return first
      ? fails(
          `合法性审核人不同意${named(differing)}的意见：${first.check?.reason ?? '没有写明理由'}；请责任单位另提意见`,
          softened(f),
        )
      : holds('各件都经过核对，没有不同意的')
  },
  examples: {
    holds: [{ name: '都同意', given: (f) => f, says: '没有不同意' }],
    refused: [
      { name: '有一件没有核对', given: (f) => item(f, 3, { check: null }), says: '第3项' },
      {
        name: '核对以后又改变意见',
        given: (f) => item(f, 3, { check: { agrees: true, reason: null, by: 'p-reviewer', on: '2026-10-14', seq: 0 } }),
        says: '还没有经过',
      },
      {
        name: '不同意废止',
        given: (f) =>
          item(f, 3, {
            check: { agrees: false, reason: '仍为执法的依据。', by: 'p-reviewer', on: '2026-10-20', seq: 2 },
          }),
        says: '仍为执法的依据',
      },
      { name: '以往的清理没有在此核对，提示', given: (f) => past(item(f, 3, { check: null })), says: '第3项' },
    ],
  },
}
