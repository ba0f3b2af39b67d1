import { amount, source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, dossier, on } from '../example.ts'
import { examinationDue } from '../periods.ts'
import type { SuggestionFacts, SuggestionRule } from '../shape.ts'

/** 本地规定审查可以延长30日。 */
const allowing = (f: SuggestionFacts): SuggestionFacts =>
  doing(
    {
      ...f,
      pack: {
        ...f.pack,
        suggestion: {
          ...f.pack.suggestion,
          finishExtension: { ...f.pack.suggestion.finishExtension, value: 30, unit: 'calendar_day' },
        },
      },
    },
    'ExtendExamination',
    { reason: '涉及面广。' },
  )

export const extendable: SuggestionRule = {
  id: 'suggestion.extendable',
  title: '本地规定可以延长的，期限届满以前延长一次',
  severity: 'block',
  basis: source.yantai('第五十四条', 'local_example'),
  by: ['备案审查人'],
  judge: (f) => {
    const { finishExtension } = f.pack.suggestion
    const [basis] = finishExtension.source
    const more = basis ? { basis } : {}
    if (finishExtension.value === null) return fails('本地条文没有规定审查期限可以延长', more)
    if (f.dossier.extendedOn !== null) return fails(`${day(f.dossier.extendedOn)}已经延长过一次`, more)
    const due = examinationDue(f)
    if (due && f.today > due.answer.due) return fails(`期限${day(due.answer.due)}已经届满，不能再延长`, more)
    return holds(`可以延长${amount({ ...finishExtension, value: finishExtension.value })}`, more)
  },
  examples: {
    holds: [{ name: '本地可以延长', given: allowing, says: '30日' }],
    refused: [
      { name: '本地没有规定', given: (f) => doing(f, 'ExtendExamination'), says: '没有规定' },
      { name: '已经延长过', given: (f) => dossier(allowing(f), { extendedOn: '2026-10-19' }), says: '一次' },
      { name: '已经届满', given: (f) => on(allowing(f), '2026-12-20'), says: '届满' },
    ],
  },
}
