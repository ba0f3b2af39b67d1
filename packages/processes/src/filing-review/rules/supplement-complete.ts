import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { isGiven, openDeferral } from '../dossier.ts'
import { deferred, doing, exampleSender } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const supplementComplete: FilingRule = {
  id: 'filing-review.supplement-complete',
  title: '要求补正的材料逐项补齐',
  severity: 'warn',
  basis: source.ruleFiling('第九条（参照）'),
  by: ['制定机关'],
  judge: ({ dossier: d, command: { payload } }) => {
    const wanted = openDeferral(d)?.items ?? []
    const given = [
      ...((payload.materials ?? []) as string[]),
      ...((payload.supplied ?? []) as Array<{ item: string; file?: unknown; note?: string }>)
        .filter(isGiven)
        .map(({ item }) => item),
    ]
    const missing = wanted.filter((item) => !given.some((one) => one.includes(item) || item.includes(one)))
    return missing.length > 0
      ? fails(`还没有补正：${missing.join('、')}；逐项上传，或者写明情况`)
      : holds('要求补正的都已经补齐')
  },
  examples: {
    holds: [
      {
        name: '逐项补齐',
        given: (f) =>
          doing(deferred(f), 'Resubmit', { supplied: [{ item: '审查说明', note: '已附。' }] }, exampleSender),
      },
    ],
    refused: [
      {
        name: '只写了情况，没有材料',
        given: (f) => doing(deferred(f), 'Resubmit', { note: '近日补报。' }, exampleSender),
        says: '审查说明',
      },
    ],
  },
}
