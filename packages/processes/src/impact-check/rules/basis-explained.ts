import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { roleOf } from '../dossier.ts'
import { concluding, doing, dossier } from '../example.ts'
import type { ImpactRule } from '../shape.ts'

export const basisExplained: ImpactRule = {
  id: 'impact.basis-explained',
  title: '依据已经废止而称不受影响的，说明现在依据什么',
  severity: 'warn',
  basis: source.legalityReview('二（三）'),
  by: ['承办单位', '合法性审核人'],
  judge: ({ dossier: d, command: { payload } }) => {
    if (payload.outcome !== 'unaffected' || d.event.kind !== 'ended') return holds('不是依据废止而不受影响的情形')
    if (roleOf(d) === 'cites') return holds('只是引用，不是制定依据')
    const named = /《[^》]{2,}》/u.test(String(payload.reason ?? ''))
    return named
      ? holds('理由写明了现在的依据')
      : fails(
          `《${d.event.title}》自${day(d.event.on)}起废止、失效，又是本文件的制定依据；请在理由中用书名号写明现在以哪一部为依据`,
        )
  },
  examples: {
    holds: [
      { name: '上位法只是修改', given: (f) => doing(f, 'Conclude', concluding('unaffected')) },
      {
        name: '写明了现在的依据',
        given: (f) =>
          doing(
            dossier(f, { event: { ...f.dossier.event, kind: 'ended' } }),
            'Conclude',
            concluding('unaffected', { reason: '依据改为《宁夏回族自治区物业管理条例》第三条，内容相同。' }),
          ),
      },
    ],
    refused: [
      {
        name: '没有写',
        given: (f) =>
          doing(dossier(f, { event: { ...f.dossier.event, kind: 'ended' } }), 'Conclude', concluding('unaffected')),
        says: '以哪一部为依据',
      },
    ],
  },
}
