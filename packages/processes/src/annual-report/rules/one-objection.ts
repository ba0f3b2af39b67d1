import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { openObjections } from '../dossier.ts'
import { doing, dossier } from '../example.ts'
import type { ReportRule } from '../shape.ts'

export const oneObjection: ReportRule = {
  id: 'report.one-objection',
  title: '同一单位对同一个数的异议，答复以前不再重复提出',
  severity: 'block',
  basis: source.design('对统计的数可以提出异议'),
  by: ['各单位负责人'],
  judge: ({ dossier: d, command }) => {
    const before = openObjections(d).find((x) => x.unit === command.actor.unit && x.figure === command.payload.figure)
    return before ? fails(`已经提出第${before.n}条异议，尚待答复`) : holds('没有尚待答复的同一异议')
  },
  examples: {
    holds: [{ name: '没有提过', given: (f) => f }],
    refused: [
      {
        name: '尚待答复',
        given: (f) =>
          dossier(doing(f, { figure: 'issued' }), {
            objections: [
              {
                n: 1,
                figure: 'issued',
                unit: f.command.actor.unit ?? '',
                reason: '少计。',
                on: '2026-02-03',
                answer: null,
              },
            ],
          }),
        says: '第1条',
      },
    ],
  },
}
