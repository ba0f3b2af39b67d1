import { forceLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { external } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

/** 效力已经终止的。 */
export const ended: ReadonlySet<string> = new Set(['repealed', 'expired', 'annulled'])

export const inForce: SuggestionRule = {
  id: 'suggestion.in-force',
  title: '所涉文件仍然有效',
  severity: 'warn',
  basis: source.shNpc('第十八条'),
  by: ['备案审查人'],
  judge: ({ external: { document } }) => {
    if (document === null) return fails('登记库中已经没有这件文件，请核对后再受理')
    if (document.status !== 'unknown' && ended.has(document.status))
      return fails(`该文件${forceLabels[document.status]}，可以依“已经修改或者废止”不启动审查，并告知提出人理由`, {
        alsoBasis: [source.bjNpc('第二十五条')],
      })
    return holds('该文件没有废止、失效、撤销')
  },
  examples: {
    holds: [{ name: '现行有效', given: (f) => f }],
    refused: [
      {
        name: '已经失效',
        given: (f) => external(f, { document: { status: 'expired', changes: [] } }),
        says: '不启动审查',
      },
      { name: '登记库中没有了', given: (f) => external(f, { document: null }), says: '核对' },
    ],
  },
}
