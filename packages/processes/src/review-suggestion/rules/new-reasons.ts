import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { concluded, doing } from '../example.ts'
import type { SuggestionFacts, SuggestionRule } from '../shape.ts'

const reopening = (f: SuggestionFacts, hash: string): SuggestionFacts => {
  const next = doing(concluded(f), 'Reopen', { reasons: '新的理由。' })
  return { ...next, command: { ...next.command, resolved: { hash } } }
}
export const newReasons: SuggestionRule = {
  id: 'suggestion.new-reasons',
  title: '有新的理由才重新启动',
  severity: 'block',
  basis: source.bjNpc('第二十六条'),
  by: ['社会公众'],
  judge: ({ dossier: d, command: { resolved } }) => {
    const { hash } = resolved
    if (hash === undefined) return holds('办理时写明新的理由')
    return d.texts.includes(hash) || d.reopened.some((x) => x.hash === hash)
      ? fails('所写的理由与先前的相同，没有新的理由')
      : holds('有新的理由')
  },
  examples: {
    holds: [{ name: '理由不同', given: (f) => reopening(f, 'f'.repeat(64)) }],
    refused: [{ name: '与原来一字不差', given: (f) => reopening(f, f.dossier.texts[0] ?? ''), says: '相同' }],
  },
}
