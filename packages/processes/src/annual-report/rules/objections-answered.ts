import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { openObjections } from '../dossier.ts'
import { dossier } from '../example.ts'
import type { ReportRule } from '../shape.ts'

export const objectionsAnswered: ReportRule = {
  id: 'report.objections-answered',
  title: '批准以前答复各单位的异议',
  severity: 'block',
  basis: source.design('对统计的数可以提出异议'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d }) => {
    const open = openObjections(d)
    return open.length === 0
      ? holds('没有尚未答复的异议')
      : fails(`第${open.map(({ n }) => n).join('、')}条异议还没有答复`)
  },
  examples: {
    holds: [{ name: '都已答复', given: (f) => f }],
    refused: [
      {
        name: '还没有答复',
        given: (f) => dossier(f, { objections: f.dossier.objections.map((x) => ({ ...x, answer: null })) }),
        says: '第1条',
      },
    ],
  },
}
