// 建议审查：一种事项的全部写法，编成机器。
import { reviewSuggestion } from '@dianzhang/contract'
import { compile, defineProcess } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { clocks } from './clocks.ts'
import { pendingChange, SuggestionDossier } from './dossier.ts'
import { evolve } from './evolve.ts'
import { submissionLaw, suggestionLaw } from './law.ts'
import { suggestionRules } from './rules/index.ts'
import { factsOf, type SuggestionShape } from './shape.ts'
import { stages } from './stages/index.ts'

const { commands, opening } = reviewSuggestion

export const suggestionProcess = defineProcess<SuggestionShape>({
  kind: reviewSuggestion.kind,
  label: reviewSuggestion.label,
  noun: reviewSuggestion.noun,
  opening: {
    command: opening.type,
    law: submissionLaw,
    label: opening.label,
    record: 'SuggestionReceived',
  },
  initial: 'received',
  stages,
  labels: {
    command: Object.fromEntries(Object.entries(commands).map(([type, { label }]) => [type, label])) as Record<
      SuggestionShape['command'],
      string
    >,
    stage: (path) => (reviewSuggestion.stages as Record<string, string>)[path] ?? path,
    cases: { agreed: '已同意修改或者废止，等制定机关改正', uncompleted: '因没有补正而退回' },
  },
  law: suggestionLaw,
  order: source.rulemaking('第三十五条'),
  rules: suggestionRules,
  facts: factsOf,
  caseOf: (dossier, event) => ({
    agreed: pendingChange(event.type === 'Conclude' ? evolve(dossier, event) : dossier) !== undefined,
    uncompleted: dossier.exit?.ground === 'not_completed',
  }),
  casesOfDossier: new Set(['uncompleted'] as const),
  evolve,
  clocks,
  snapshot: { version: 1, dossier: SuggestionDossier, upcasters: {} },
  course: {
    neutral: 'LinkSimilar',
    actor: () => ({ person: 'others', unit: null, roles: [] }),
    ended: (stage) => stage === 'closed',
  },
})
export const suggestions = compile(suggestionProcess)
