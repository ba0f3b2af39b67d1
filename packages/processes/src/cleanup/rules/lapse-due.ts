import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, on, published } from '../example.ts'
import type { CleanupFacts, CleanupRule } from '../shape.ts'

const system = { person: null, unit: null, roles: ['system' as const] }
const applying = (f: CleanupFacts, today: string, due = '2027-03-31'): CleanupFacts =>
  on(doing(published(f), 'ApplyLapses', { due }, system), today)
export const lapseDue: CleanupRule = {
  id: 'cleanup.lapse-due',
  title: '重新公布的期限届满以后，没有重新公布的才失效',
  severity: 'block',
  basis: source.tongchuan2020('清理决定'),
  by: ['系统'],
  judge: ({ today, dossier: { conditional }, command: { payload } }) => {
    const due = conditional.find((x) => x.due === payload.due)
    if (payload.due === undefined) return holds('期限届满由系统办理')
    if (!due) return fails('没有这一期限的修改')
    if (due.appliedOn !== null) return fails(`这一期限已于${day(due.appliedOn)}办理`)
    return today > due.due
      ? holds(`重新公布的期限${day(due.due)}已经届满`)
      : fails(`重新公布的期限至${day(due.due)}，还没有届满`, { earliest: next(due.due) })
  },
  examples: {
    holds: [{ name: '已经届满', given: (f) => applying(f, '2027-04-01'), says: '届满' }],
    refused: [
      { name: '还没有届满', given: (f) => applying(f, '2027-03-31'), says: '还没有届满' },
      { name: '没有这一期限', given: (f) => applying(f, '2027-04-01', '2027-05-01'), says: '没有这一期限' },
    ],
  },
}
const next = (date: string): string => new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
