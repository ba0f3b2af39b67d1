import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { fromFacts, ordinary } from '../dossier.ts'
import { doing, full } from '../example.ts'
import { linesOf, type ScoreRule } from '../shape.ts'

export const everyItem: ScoreRule = {
  id: 'scorecard.every-item',
  title: '评分标准的每一项都有得分，一项一次',
  severity: 'block',
  basis: source.zhaohua2017('附件三、附件四'),
  by: ['考核的单位', '考核人员'],
  judge: ({ dossier: d, command }) => {
    if (!('scores' in command.payload)) return holds('没有写明各项')
    const given = linesOf(command.payload).map(({ item }) => item)
    const wanted = ordinary(d).filter((x) => command.type === 'SelfAssess' || !fromFacts(x))
    const missing = wanted.filter(({ id }) => !given.includes(id))
    const unknown = given.filter((id) => !d.standard.items.some((x) => x.id === id))
    const twice = given.filter((id, i) => given.indexOf(id) !== i)
    if (unknown.length > 0) return fails(`评分标准没有这些项：${unknown.join('、')}`)
    if (twice.length > 0) return fails(`写了两次：${twice.join('、')}`)
    return missing.length === 0
      ? holds('每一项都有得分')
      : fails(`还没有得分：${missing.map(({ text, id }) => `${text}（${id}）`).join('、')}`)
  },
  examples: {
    holds: [
      {
        name: '每一项',
        given: (f) => doing({ ...f, command: { ...f.command, type: 'SelfAssess' } }, { scores: full() }),
      },
    ],
    refused: [
      {
        name: '缺一项',
        given: (f) => doing(f, { scores: full(f.command.type !== 'SelfAssess').slice(1) }),
        says: '还没有得分',
      },
    ],
  },
}
