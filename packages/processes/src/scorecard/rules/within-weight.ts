import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { scored } from '../example.ts'
import { linesOf, type ScoreRule } from '../shape.ts'

export const withinWeight: ScoreRule = {
  id: 'scorecard.within-weight',
  title: '各项得分在零分与分值之间；特别加分不超过上限，特别扣分为负',
  severity: 'block',
  basis: source.zhaohua2017('附件三、附件四'),
  by: ['考核的单位', '考核人员'],
  judge: ({ dossier: d, command }) => {
    const wrong = linesOf(command.payload).flatMap(({ item, score }) => {
      const x = d.standard.items.find(({ id }) => id === item)
      if (!x) return []
      const [least, most] =
        x.rule === 'penalty' ? [-(x.cap ?? 100), 0] : x.rule === 'bonus' ? [0, x.cap ?? 0] : [0, x.weight]
      return score < least || score > most ? [`${x.text}${score}分，应当在${least}至${most}分之间`] : []
    })
    return wrong.length === 0 ? holds('得分都在范围之内') : fails(wrong.join('；'))
  },
  examples: {
    holds: [{ name: '满分', given: (f) => scored(f, 'deciding', {}) }],
    refused: [{ name: '超过分值', given: (f) => scored(f, 'deciding', { score: 11, reason: '甲。' }), says: '11分' }],
  },
}
