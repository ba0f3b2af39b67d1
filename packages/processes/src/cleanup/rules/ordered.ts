import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { dossier, planned } from '../example.ts'
import type { CleanupRule } from '../shape.ts'

export const ordered: CleanupRule = {
  id: 'cleanup.ordered',
  title: '专项清理写明依据的部署',
  severity: 'warn',
  basis: source.bjNpc('第二十一条'),
  by: ['政府办公室文秘'],
  judge: ({ dossier: { kind, order } }) =>
    kind !== 'special'
      ? holds('不是专项清理，不以上级部署为前提')
      : order
        ? holds(`依${order.body}的部署${order.docNo ?? ''}`)
        : fails('专项清理一般依上级的部署进行，部署写明范围、主要内容和时限；请写明部署机关与文号'),
  examples: {
    holds: [
      { name: '定期清理', given: planned, says: '不是专项' },
      {
        name: '专项清理，写明部署',
        given: (f) =>
          dossier(planned(f), {
            kind: 'special',
            order: { body: '中卫市人民政府', docNo: '卫政发〔2026〕9号', date: '2026-10-01' },
          }),
        says: '中卫市',
      },
    ],
    refused: [
      {
        name: '专项清理而没有部署',
        given: (f) => dossier(planned(f), { kind: 'special', order: null }),
        says: '部署机关',
      },
    ],
  },
}
