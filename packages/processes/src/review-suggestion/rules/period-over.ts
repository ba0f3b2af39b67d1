import { addDays } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { pendingChange } from '../dossier.ts'
import { completing, concluded, doing, dossier, on } from '../example.ts'
import { forgetDue } from '../periods.ts'
import type { SuggestionFacts, SuggestionRule } from '../shape.ts'

const system = { person: null, unit: null, roles: ['system' as const] }

/** 由系统办理的命令，到哪一日以后才可以。 */
function dueOf(f: SuggestionFacts): { what: string; due: string } | null {
  switch (f.command.type) {
    case 'DeemUncompleted':
      return f.dossier.completion ? { what: '补正期限', due: f.dossier.completion.until } : null
    case 'ForgetContact': {
      const due = forgetDue(f)
      return due ? { what: '提出人信息的保存期限', due: due.answer.due } : null
    }
    case 'Resume': {
      const pending = pendingChange(f.dossier)
      return pending?.until && f.command.actor.person === null ? { what: '改正的期限', due: pending.until } : null
    }
    default:
      return null
  }
}
export const periodOver: SuggestionRule = {
  id: 'suggestion.period-over',
  title: '到期由系统办理的，期限已经届满',
  severity: 'block',
  basis: source.civilCode('第二百零一条至第二百零三条'),
  by: ['系统'],
  judge: (f) => {
    const found = dueOf(f)
    if (!found) return holds('没有须等待的期限')
    return f.today > found.due
      ? holds(`${found.what}${day(found.due)}已经届满`)
      : fails(`${found.what}${day(found.due)}还没有届满`, { earliest: addDays(found.due, 1) })
  },
  examples: {
    holds: [
      { name: '补正期限已过', given: (f) => on(doing(completing(f), 'DeemUncompleted', {}, system), '2026-10-28') },
      {
        name: '由人决定恢复审查',
        given: (f) => doing(concluded(f, { outcome: 'issuer_agrees', until: '2026-12-31' }), 'Resume'),
      },
    ],
    refused: [
      {
        name: '补正期限未满',
        given: (f) => on(doing(completing(f), 'DeemUncompleted', {}, system), '2026-10-27'),
        says: '补正期限',
      },
      {
        name: '改正的期限未满',
        given: (f) => doing(concluded(f, { outcome: 'issuer_agrees', until: '2026-12-31' }), 'Resume', {}, system),
        says: '改正的期限',
      },
      {
        name: '答复以后不满六个月',
        given: (f) =>
          doing(
            dossier(concluded(f), { answers: [{ on: '2026-10-20', hash: 'a'.repeat(64), number: null }] }),
            'ForgetContact',
            {},
            system,
          ),
        says: '保存期限',
      },
    ],
  },
}
