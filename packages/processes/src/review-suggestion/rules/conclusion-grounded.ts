import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

interface Given {
  conflict: string
  outcome: string
  ground?: string
  until?: string
}
const one = (more: Partial<Given>) => ({
  conclusions: [{ conflict: '1', outcome: 'lawful', ground: '第十六条', ...more }],
})
const decision = { body: '海原县人民政府', date: '2026-10-20' }

export const conclusionGrounded: SuggestionRule = {
  id: 'suggestion.conclusion-grounded',
  title: '各项结论写明依据；同意改正的有期限，停止执行的有决定',
  severity: 'block',
  basis: source.bjNpc('第二十九条'),
  by: ['备案审查人'],
  judge: ({ today, command: { payload } }) => {
    const given = (payload.conclusions ?? []) as Given[]
    const decided = payload.decision as { date: string } | undefined
    const faults = given.flatMap((x) => [
      ...(x.ground?.trim() ? [] : [`第${x.conflict}项没有写依据`]),
      ...(x.outcome === 'issuer_agrees' && !x.until
        ? [`第${x.conflict}项：制定机关同意改正的，写明计划完成的日期`]
        : []),
      ...(x.outcome === 'issuer_agrees' && x.until && x.until < today
        ? [`第${x.conflict}项：计划完成的日期已经过去`]
        : []),
    ])
    if (given.some((x) => x.outcome === 'clearly_unlawful')) {
      if (!decided) faults.push('“明显违法”的立即停止执行，须写明停止执行的决定（机关、文号与日期）')
      else if (decided.date > today) faults.push('停止执行的决定的日期在今日以后')
    }
    const repeated = given.map((x) => x.conflict).filter((id, i, all) => all.indexOf(id) !== i)
    if (repeated.length > 0) faults.push(`第${[...new Set(repeated)].join('、')}项写了两个结论`)
    return faults.length > 0 ? fails(faults.join('；')) : holds('各项结论都写明了依据')
  },
  examples: {
    holds: [
      { name: '写明依据', given: (f) => doing(f, 'Conclude', one({})) },
      {
        name: '停止执行有决定',
        given: (f) => doing(f, 'Conclude', { ...one({ outcome: 'clearly_unlawful' }), decision }),
      },
      {
        name: '同意改正有期限',
        given: (f) => doing(f, 'Conclude', one({ outcome: 'issuer_agrees', until: '2026-12-31' })),
      },
    ],
    refused: [
      { name: '没有依据', given: (f) => doing(f, 'Conclude', one({ ground: '' })), says: '没有写依据' },
      {
        name: '同意改正没有期限',
        given: (f) => doing(f, 'Conclude', one({ outcome: 'issuer_agrees' })),
        says: '计划完成',
      },
      {
        name: '停止执行没有决定',
        given: (f) => doing(f, 'Conclude', one({ outcome: 'clearly_unlawful' })),
        says: '停止执行的决定',
      },
      {
        name: '决定的日期在今日以后',
        given: (f) =>
          doing(f, 'Conclude', {
            ...one({ outcome: 'clearly_unlawful' }),
            decision: { ...decision, date: '2026-12-01' },
          }),
        says: '今日以后',
      },
    ],
  },
}
