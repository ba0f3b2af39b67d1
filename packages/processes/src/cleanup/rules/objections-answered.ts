import { source } from '@dianzhang/packs'
import { exampleHash, fails, holds } from '@dianzhang/rules'
import { openObjections } from '../dossier.ts'
import { dossier } from '../example.ts'
import type { CleanupRule } from '../shape.ts'

export const objectionsAnswered: CleanupRule = {
  id: 'cleanup.objections-answered',
  title: '公示中收到的意见逐条研究、答复',
  severity: 'warn',
  basis: source.qujiang2021('公示', 'inference'),
  by: ['政府办公室文秘', '单位负责人'],
  judge: ({ dossier: d }) => {
    const open = openObjections(d)
    return open.length > 0
      ? fails(
          `还有${open.length}条意见没有答复（第${open
            .slice(0, 5)
            .map((x) => x.n)
            .join('、')}条）`,
        )
      : holds(d.objections.length > 0 ? `${d.objections.length}条意见都有答复` : '没有收到意见')
  },
  examples: {
    holds: [{ name: '没有意见', given: (f) => f, says: '没有收到' }],
    refused: [
      {
        name: '有一条没有答复',
        given: (f) => dossier(f, { objections: [{ n: 1, on: '2026-10-25', hash: exampleHash('o'), answered: null }] }),
        says: '1条',
      },
    ],
  },
}
