import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { scored } from '../example.ts'
import { linesOf, type ScoreRule } from '../shape.ts'

export const deductionReasoned: ScoreRule = {
  id: 'scorecard.deduction-reasoned',
  title: '扣分、特别加分写明理由',
  severity: 'block',
  basis: source.zhaohua2017('附件三、附件四'),
  by: ['考核人员'],
  judge: ({ dossier: d, command }) => {
    const bare = linesOf(command.payload).flatMap(({ item, score, reason }) => {
      const x = d.standard.items.find(({ id }) => id === item)
      return x && score !== x.weight && (reason ?? '').trim() === '' ? [x.text] : []
    })
    return bare.length === 0 ? holds('扣分、加分都有理由') : fails(`没有写明理由：${bare.join('、')}`)
  },
  examples: {
    holds: [{ name: '扣分有理由', given: (f) => scored(f, 'training', { score: 4, reason: '没有计划。' }) }],
    refused: [{ name: '扣分没有理由', given: (f) => scored(f, 'training', { score: 4 }), says: '没有写明理由' }],
  },
}
