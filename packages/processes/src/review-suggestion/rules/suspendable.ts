import { forceLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, dossier, external, finding } from '../example.ts'
import type { SuggestionFacts, SuggestionRule } from '../shape.ts'
import { ended } from './in-force.ts'

interface Given {
  conflict: string
  outcome: string
}
const unlawful = (f: SuggestionFacts, provisions?: string[]): SuggestionFacts =>
  doing(f, 'Conclude', {
    conclusions: [
      { conflict: '1', outcome: 'clearly_unlawful', ground: '第十六条', ...(provisions ? { provisions } : {}) },
    ],
    decision: { body: '海原县人民政府', date: '2026-10-20' },
  })

export const suspendable: SuggestionRule = {
  id: 'suggestion.suspendable',
  title: '“明显违法”的文件现在有效，所写的条款文件里有；已经停止执行的，结论不悄悄改掉',
  severity: 'block',
  basis: source.bjNpc('第二十九条'),
  by: ['备案审查人'],
  judge: ({ today, dossier: { findings }, command: { payload }, external: { document, missingClauses } }) => {
    const given = (payload.conclusions ?? []) as Given[]
    const stopped = findings.filter(
      (x) =>
        x.outcome === 'clearly_unlawful' && given.some((y) => y.conflict === x.conflict && y.outcome !== x.outcome),
    )
    if (stopped.length > 0)
      return fails(
        `第${stopped.map((x) => x.conflict).join('、')}项已经认定明显违法、停止执行，结论不能直接改动；有新的理由的，答复以后重新启动审查，停止执行不当的由机关依决定恢复`,
      )
    const missing = missingClauses ?? []
    if (missing.length > 0) return fails(`文件里没有${missing.join('、')}，请照文件的条款号写明，如“第六条第二款”`)
    const stops = given.some((x) => x.outcome === 'clearly_unlawful')
    if (!stops || document === null) return holds('没有须停止执行的')
    if (document.effectiveOn && document.effectiveOn > today)
      return fails(
        `该文件自${day(document.effectiveOn)}起才施行，尚没有可以停止的执行；请改为“出具书面审查意见”，请制定机关在施行以前撤销或者修改`,
        { alsoBasis: [source.bjNpc('第三十条')] },
      )
    if (document.status !== 'unknown' && ended.has(document.status))
      return fails(`该文件${forceLabels[document.status]}，不须停止执行；请改写结论`)
    return holds('该文件现在有效，可以停止执行')
  },
  examples: {
    holds: [
      { name: '没有明显违法的', given: (f) => f },
      { name: '现行有效，停止第六条', given: (f) => unlawful(f, ['第六条']), says: '可以停止执行' },
    ],
    refused: [
      {
        name: '文件里没有的条款',
        given: (f) => external(unlawful(f, ['第九十九条']), { missingClauses: ['第九十九条'] }),
        says: '没有第九十九条',
      },
      {
        name: '已经停止执行而改作别的结论',
        given: (f) =>
          doing(
            dossier(f, { findings: [finding('1', { outcome: 'clearly_unlawful', provisions: ['第六条'] })] }),
            'Conclude',
            {
              conclusions: [{ conflict: '1', outcome: 'opinion', ground: '第十六条' }],
            },
          ),
        says: '不能直接改动',
      },
      {
        name: '尚未施行',
        given: (f) =>
          external(unlawful(f), { document: { status: 'pending', changes: [], effectiveOn: '2027-01-01' } }),
        says: '起才施行',
      },
      {
        name: '已经废止',
        given: (f) => external(unlawful(f), { document: { status: 'repealed', changes: [] } }),
        says: '不须停止执行',
      },
    ],
  },
}
