import { daysBetween } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, justReceived, on } from '../example.ts'
import { formCheckDue, reviewDue, within } from '../periods.ts'
import type { FilingFacts, FilingRule } from '../shape.ts'

const formal = new Set(['RegisterFiling', 'ReturnFiling', 'DeferFiling'])
/** 这条命令了结的是受理机关的哪一个期限。 */
const judged = (f: FilingFacts): Array<[string, ReturnType<typeof reviewDue>]> =>
  formal.has(f.command.type) || (f.command.type !== 'CloseReview' && f.dossier.registered === null)
    ? [['形式审查', formCheckDue(f)]]
    : // 意见已经提出的，审查期限以提出之日为准。
      [['审查', f.dossier.opinion === null ? reviewDue(f) : null]]

export const inTime: FilingRule = {
  id: 'filing-review.in-time',
  title: '形式审查、实质审查在规定期限内办结',
  severity: 'warn',
  basis: source.ruleFiling('第九条、第十一条（参照）'),
  by: ['备案登记人', '备案审查人'],
  judge: (f) => {
    const found = judged(f).flatMap(([name, due]) => (due ? [{ name, due }] : []))
    if (found.length === 0) return holds('没有正在进行的期限')
    const late = found.filter(({ due }) => f.today > due.answer.due)
    const more = { alsoBasis: found.flatMap(({ due }) => due.basis) }
    if (late.length > 0)
      return fails(
        late
          .map(({ name, due }) => `${name}应当${within(due)}办结，已经超期${daysBetween(due.answer.due, f.today)}日`)
          .join('；'),
        more,
      )
    return holds(found.map(({ name, due }) => `${name}${within(due)}办结`).join('；'), more)
  },
  examples: {
    holds: [
      { name: '五个工作日之内登记', given: (f) => doing(justReceived(f), 'RegisterFiling'), says: '5个工作日' },
      { name: '没有报送的没有期限', given: (f) => doing(f, 'CloseReview') },
    ],
    refused: [
      {
        name: '形式审查超期',
        given: (f) => doing(justReceived(f, '2026-10-23'), 'RegisterFiling', {}, undefined),
        says: '超期',
      },
      { name: '审查超期', given: (f) => on(doing(f, 'CloseReview'), '2027-02-01'), says: '超期' },
    ],
  },
}
