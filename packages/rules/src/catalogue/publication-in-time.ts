import { roleLabels } from '@dianzhang/contract'
import { amount, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { onDay, withCommand, withDossier } from '../patch.ts'
import { createdOn, publicationDue } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { assumed, day } from '../words.ts'

const publishing = (f: Facts, today: string): Facts =>
  withCommand(onDay(withDossier(f, { publication: null }), today), 'Publish')

export const publicationInTime: Rule = {
  id: 'publication.in-time',
  title: '自文件形成之日起在规定期限内公布',
  severity: 'warn',
  basis: source.disclosure('第二十六条'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const due = publicationDue(f)
    const from = createdOn(f.dossier)
    if (!due || from === null) return holds('文件尚未形成（各制定机关尚未全部签署），公布期限尚未起算')
    const { publication } = f.dossier
    const on = publication && f.command?.type !== 'Publish' ? publication.publishedOn : f.today
    const more = { ...basedOn(due.basis), trace: due.trace, ...(due.provisional ? { provisional: true } : {}) }
    const span = `${day(from)}形成，${amount(due.param)}内即${day(due.due)}以前公布${mark(due.param)}${assumed(due)}`
    if (on <= due.due) return holds(span, more)
    return fails(`${span}；${day(on)}公布已经超期，仍应尽快公布`, more)
  },
  examples: {
    holds: [
      { name: '签署后四日公布', given: (f) => f, says: '2026年6月22日（星期一）以前公布' },
      {
        name: '尚未签署，期限没有起算',
        given: (f) => withDossier(f, { signatures: [], numbers: null }),
        says: '尚未起算',
      },
      { name: '最后一日公布', given: (f) => publishing(f, '2026-06-22'), says: '20个工作日' },
    ],
    refused: [
      {
        name: '超过20个工作日才公布（只作提示）',
        given: (f) => publishing(f, '2026-06-23'),
        says: '2026年6月23日（星期二）公布已经超期',
      },
    ],
  },
}
