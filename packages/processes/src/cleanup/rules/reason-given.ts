import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { exampleItem, external, giving, item, opinion, past } from '../example.ts'
import { contradictions, goneMeanwhile, reasonOf } from '../items.ts'
import { flagWords, judgedItems, named, softened } from '../judged.ts'
import type { CleanupRule } from '../shape.ts'

export const reasonGiven: CleanupRule = {
  id: 'cleanup.reason-given',
  title: '除继续有效外，每件都写明理由；有疑问而仍继续有效的，也写明理由',
  severity: 'block',
  basis: source.qujiang2021('清理理由一栏'),
  by: ['起草人员', '单位负责人'],
  judge: (f) => {
    const judged = judgedItems(f).filter((x) => x.opinion !== null && !goneMeanwhile(x))
    const bare = judged.filter((x) => x.opinion?.outcome !== 'keep' && !reasonOf(x))
    if (bare.length > 0) return fails(`${named(bare)}没有写明清理理由`, softened(f))
    const doubtful = judged.filter(
      (x) => x.opinion?.outcome === 'keep' && !x.opinion.reason && contradictions(x).length > 0,
    )
    const [first] = doubtful
    if (first)
      return fails(`${named(doubtful)}拟继续有效，而${flagWords(first.flags)}；确须继续有效的，请写明理由`, softened(f))
    return holds('各件的理由齐备')
  },
  examples: {
    holds: [
      { name: '继续有效的不须理由', given: (f) => giving(f, 1, { outcome: 'keep' }), says: '齐备' },
      {
        name: '有疑问，写明理由',
        given: (f) =>
          giving(item(f, 1, { flags: ['provisional_long'] }), 1, { outcome: 'keep', reason: '新办法正在起草。' }),
      },
      {
        name: '已废止的由系统写明',
        given: (f) => external(f, { items: f.external.items.filter((x) => x.n === 5) }),
      },
    ],
    refused: [
      { name: '废止而没有理由', given: (f) => giving(f, 3, { outcome: 'repeal' }), says: '没有写明清理理由' },
      {
        name: '目录中有一件没有理由',
        given: (f) => item(f, 3, { opinion: opinion('repeal', { reason: null }) }),
        says: '第3项',
      },
      {
        name: '暂行已久而不说理由',
        given: (f) => giving(item(f, 1, { flags: ['provisional_long'] }), 1, { outcome: 'keep' }),
        says: '暂行、试行',
      },
      {
        name: '以往的清理：当时没有写，提示',
        given: (f) => past(external(f, { items: [exampleItem(1, 'keep', { flags: ['provisional_long'] })] })),
        says: '请写明理由',
      },
    ],
  },
}
