import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { openObjections } from '../dossier.ts'
import { doing, dossier } from '../example.ts'
import type { ReportRule } from '../shape.ts'

export const objectionOpen: ReportRule = {
  id: 'report.objection-open',
  title: '答复的是尚待答复的一条异议',
  severity: 'block',
  basis: source.design('对统计的数可以提出异议'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: d, command }) => {
    const open = openObjections(d)
    const { objection } = command.payload
    if (typeof objection !== 'number') return open.length > 0 ? holds('有尚待答复的异议') : fails('没有尚待答复的异议')
    return open.some(({ n }) => n === objection) ? holds('尚待答复') : fails(`第${objection}条不是尚待答复的异议`)
  },
  examples: {
    holds: [
      {
        name: '尚待答复',
        given: (f) =>
          doing(dossier(f, { objections: f.dossier.objections.map((x) => ({ ...x, answer: null })) }), {
            objection: 1,
          }),
      },
    ],
    refused: [{ name: '已经答复', given: (f) => doing(f, { objection: 9 }), says: '第9条' }],
  },
}
