import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { concluded, declined, doing, dossier, justReceived, on } from '../example.ts'
import { answerDue, examinationDue, formCheckDue, noticeDue, type Reckoned, transferDue, within } from '../periods.ts'
import type { SuggestionFacts, SuggestionRule } from '../shape.ts'

/** 各命令须在哪一项期限内办理。 */
function limits(f: SuggestionFacts): Array<{ what: string; due: Reckoned | null }> {
  switch (f.command.type) {
    case 'RequestCompletion':
    case 'Accept':
    case 'RefuseRegistration':
      // 补正以后的受理，不再计形式审查。
      return [{ what: '收到后的形式审查', due: f.dossier.completion ? null : formCheckDue(f) }]
    case 'Transfer':
      return [{ what: '移送', due: transferDue(f) }]
    case 'DeclineToStart':
    case 'Conclude':
      return [{ what: '审查', due: examinationDue(f) }]
    case 'Answer':
      return [
        { what: '审查结束后的反馈', due: answerDue(f) },
        { what: '办结', due: examinationDue(f) },
      ]
    case 'Notify':
      return [{ what: '告知提出人', due: noticeDue(f) }]
    default:
      return []
  }
}
export const inTime: SuggestionRule = {
  id: 'suggestion.in-time',
  title: '各步在规定的期限内办理',
  severity: 'warn',
  basis: source.rulemaking('第三十五条'),
  by: ['备案审查人'],
  judge: (f) => {
    const known = limits(f).flatMap(({ what, due }) => (due ? [{ what, due }] : []))
    if (known.length === 0) return holds('本地条文没有写这一步的日数')
    const provisional = known.some(({ due }) => due.answer.provisional)
    const [basis, ...alsoBasis] = known.flatMap(({ due }) => due.basis)
    const sources = { ...(basis ? { basis } : {}), ...(alsoBasis.length ? { alsoBasis } : {}), provisional }
    const late = known.filter(({ due }) => f.today > due.answer.due)
    if (late.length > 0)
      return fails(
        `已经超过期限：${late.map(({ what, due }) => `${what}${within(due)}`).join('；')}；照常办理，记为逾期`,
        sources,
      )
    return holds(known.map(({ what, due }) => `${what}${within(due)}`).join('；'), sources)
  },
  examples: {
    holds: [
      { name: '60日内作出结论', given: (f) => doing(f, 'Conclude'), says: '60日' },
      { name: '本地没有形式审查的日数', given: (f) => doing(justReceived(f), 'Accept'), says: '没有写' },
      { name: '15日内反馈', given: (f) => doing(concluded(f), 'Answer'), says: '15日' },
    ],
    refused: [
      { name: '过了60日才作结论', given: (f) => on(doing(f, 'Conclude'), '2026-12-20'), says: '逾期' },
      { name: '过了15日才反馈', given: (f) => on(doing(concluded(f), 'Answer'), '2026-11-10'), says: '反馈' },
      {
        name: '不启动审查过了10日才告知',
        given: (f) => on(doing(declined(f), 'Notify', { method: 'letter' }), '2026-11-10'),
        says: '告知提出人',
      },
      {
        name: '人大一门：过了5日才告知补正',
        given: (f) => doing(dossier(justReceived(f, '2026-10-30'), { door: 'npc' }), 'RequestCompletion'),
        says: '形式审查',
      },
      { name: '过了10日才移送', given: (f) => doing(justReceived(f, '2026-10-30'), 'Transfer'), says: '移送' },
    ],
  },
}
