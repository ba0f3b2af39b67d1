import { addDays } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, exampleRegistrar, notFiled, on, required } from '../example.ts'
import { filingDue } from '../periods.ts'
import type { FilingRule } from '../shape.ts'

export const ladder: FilingRule = {
  id: 'filing-review.ladder',
  title: '报送的期限届满以后要求限期报送，逾期的催报、通报',
  severity: 'block',
  basis: source.ruleFiling('第二十三条（参照）'),
  by: ['备案登记人'],
  judge: (f) => {
    const { dossier: d, today, command } = f
    const more = { alsoBasis: [source.sdNpc('第二十三条')] }
    const due = filingDue(f)
    if (command.type === 'RequireFiling')
      return due && today <= due.answer.due
        ? fails(`制定机关应于${day(due.answer.due)}以前报送，期限没有届满`, {
            ...more,
            earliest: addDays(due.answer.due, 1),
          })
        : holds('报送的期限已经届满，没有报送', more)
    const asked = d.notices.findLast((x) => x.until !== null)
    if (!asked?.until) return fails('还没有要求限期报送；先通知限期报送', more)
    return today > asked.until
      ? holds(`要求于${day(asked.until)}以前报送，逾期没有报送`, more)
      : fails(`要求于${day(asked.until)}以前报送，期限没有届满`, { ...more, earliest: addDays(asked.until, 1) })
  },
  examples: {
    holds: [
      {
        name: '期限届满没有报送',
        given: (f) => doing(notFiled(f), 'RequireFiling', {}, exampleRegistrar),
        says: '已经届满',
      },
      {
        name: '限期以后仍不报送',
        given: (f) => doing(required(notFiled(f)), 'RemindFiling', {}, exampleRegistrar),
        says: '逾期没有报送',
      },
    ],
    refused: [
      {
        name: '报送的期限没有届满',
        given: (f) => on(doing(notFiled(f), 'RequireFiling', {}, exampleRegistrar), '2026-10-13'),
        says: '期限没有届满',
      },
      {
        name: '没有通知限期报送就催报',
        given: (f) => doing(notFiled(f), 'RemindFiling', {}, exampleRegistrar),
        says: '先通知',
      },
      {
        name: '没有通知限期报送就通报',
        given: (f) => doing(notFiled(f), 'CriticiseFiling', {}, exampleRegistrar),
        says: '先通知',
      },
      {
        name: '限期没有到就通报',
        given: (f) => doing(required(notFiled(f), { until: '2026-12-01' }), 'CriticiseFiling', {}, exampleRegistrar),
        says: '期限没有届满',
      },
    ],
  },
}
