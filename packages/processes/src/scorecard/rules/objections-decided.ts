import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { undecided } from '../dossier.ts'
import { contested } from '../example.ts'
import type { ScoreRule } from '../shape.ts'

export const objectionsDecided: ScoreRule = {
  id: 'scorecard.objections-decided',
  title: '审定以前答复全部异议',
  severity: 'block',
  basis: source.design('对评分可以提出异议'),
  by: ['考核人员'],
  judge: ({ dossier: d }) => {
    const open = undecided(d)
    return open.length === 0 ? holds('没有尚待答复的异议') : fails(`还有${open.length}条异议没有答复`)
  },
  examples: {
    holds: [{ name: '都已答复', given: (f) => f }],
    refused: [{ name: '还没有答复', given: contested, says: '1条异议' }],
  },
}
