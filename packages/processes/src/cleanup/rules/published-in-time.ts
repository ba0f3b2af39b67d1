import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { decided, doing, on } from '../example.ts'
import { isPast } from '../judged.ts'
import { publishDue, within } from '../periods.ts'
import type { CleanupRule } from '../shape.ts'

export const publishedInTime: CleanupRule = {
  id: 'cleanup.published-in-time',
  title: '清理结果在规定的期限内向社会公布',
  severity: 'warn',
  basis: source.disclosure('第二十六条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    if (isPast(f)) return holds('以往的清理，当时已经公布')
    const due = publishDue(f)
    if (!due) return holds('决定以后公布')
    const [basis] = due.basis
    const more = { ...(basis ? { basis } : {}), provisional: due.answer.provisional }
    return f.today > due.answer.due
      ? fails(`已经超过公布的期限：${within(due)}；照常公布，记为逾期`, more)
      : holds(`${within(due)}公布`, more)
  },
  examples: {
    holds: [{ name: '期限之内', given: (f) => doing(decided(f), 'PublishResult'), says: '20个工作日' }],
    refused: [
      { name: '过了二十个工作日', given: (f) => on(doing(decided(f), 'PublishResult'), '2027-02-01'), says: '逾期' },
    ],
  },
}
