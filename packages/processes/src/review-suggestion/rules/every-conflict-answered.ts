import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { pendingChange, unanswered } from '../dossier.ts'
import { concluded, doing, dossier, finding } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

export const everyConflictAnswered: SuggestionRule = {
  id: 'suggestion.every-conflict-answered',
  title: '答复以前，所指的每一项冲突都有结论',
  severity: 'block',
  basis: source.shNpc('第三十六条'),
  by: ['备案审查人'],
  judge: ({ dossier: d }) => {
    const left = unanswered(d)
    if (left.length > 0)
      return fails(
        `还没有结论的：${left.map((c) => `第${c.id}项（《${c.act}》${c.article ?? ''}）`).join('、')}；逐项作出结论以后再答复`,
      )
    if (d.findings.length === 0) return fails('还没有作出任何结论')
    const pending = pendingChange(d)
    if (pending) return fails(`第${pending.conflict}项制定机关正在改正，改正或者恢复审查以后再答复`)
    return holds('所指的每一项冲突都有结论')
  },
  examples: {
    holds: [{ name: '两项都有结论', given: (f) => doing(concluded(f), 'Answer') }],
    refused: [
      {
        name: '只答了一项',
        given: (f) => doing(dossier(f, { findings: [finding('1')], concludedOn: null }), 'Answer'),
        says: '第2项',
      },
      {
        name: '制定机关还在改正',
        given: (f) => doing(concluded(f, { outcome: 'issuer_agrees', until: '2026-12-31' }), 'Answer'),
        says: '正在改正',
      },
    ],
  },
}
