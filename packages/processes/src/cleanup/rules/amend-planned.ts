import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { giving, item, opinion } from '../example.ts'
import { goneMeanwhile } from '../items.ts'
import { judgedItems, named, softened } from '../judged.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

const without = (f: CleanupFacts): CleanupFacts => ({
  ...f,
  pack: {
    ...f.pack,
    cleanup: { ...f.pack.cleanup, conditionalLapse: { ...f.pack.cleanup.conditionalLapse, value: false } },
  },
})
export const amendPlanned: CleanupRule = {
  id: 'cleanup.amend-planned',
  title: '需要修改的，写明修改的内容与完成时限',
  severity: 'block',
  basis: source.rulemaking('第三十七条', 'inference'),
  by: ['起草人员', '单位负责人'],
  judge: (f) => {
    const amending = judgedItems(f).filter((x) => x.opinion?.outcome === 'amend' && !goneMeanwhile(x))
    const bare = amending.filter((x) => !x.opinion?.amend?.what || !x.opinion.amend.due)
    if (bare.length > 0) return fails(`${named(bare)}需要修改，没有写明修改的内容或者完成时限`, softened(f))
    const over = amending.filter((x) => (x.opinion?.amend?.due ?? '') < f.today)
    if (over.length > 0) return fails(`${named(over)}的修改时限已经过去，请另定`, softened(f))
    const { conditionalLapse } = f.pack.cleanup
    const conditional = amending.filter((x) => x.opinion?.amend?.ifLate === 'lapse')
    if (conditional.length > 0 && !conditionalLapse.value)
      return fails(`${named(conditional)}附有“逾期失效”，本地规定不允许`, {
        ...(conditionalLapse.source[0] ? { basis: conditionalLapse.source[0] } : {}),
        ...softened(f),
      })
    return holds(
      amending.length === 0
        ? '没有需要修改的'
        : `需要修改的各有内容与时限${conditional.length > 0 ? `，其中${conditional.length}件逾期未重新公布即失效` : ''}`,
    )
  },
  examples: {
    holds: [
      { name: '没有需要修改的', given: (f) => giving(f, 1, { outcome: 'keep' }), says: '没有需要修改' },
      { name: '有内容与时限', given: (f) => f, says: '1件逾期' },
    ],
    refused: [
      {
        name: '没有时限',
        given: (f) => giving(f, 2, { outcome: 'amend', reason: '与上位法不一致。', amend: { what: '修改第六条。' } }),
        says: '完成时限',
      },
      {
        name: '时限已经过去',
        given: (f) =>
          item(f, 2, { opinion: opinion('amend', { amend: { what: '修改。', due: '2026-11-01', ifLate: null } }) }),
        says: '另定',
      },
      { name: '本地不允许附逾期失效', given: without, says: '不允许' },
    ],
  },
}
