import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import { fails, holds, unsignedIssuers } from '../finding.ts'
import { onDay, withDossier } from '../patch.ts'
import { createdOn } from '../periods.ts'
import type { Rule } from '../rule.ts'
import { day, unitNames } from '../words.ts'

export const numberingAfterSigning: Rule = {
  id: 'numbering.after-signing',
  title: '签署、复核以后方可统一登记、统一编号',
  severity: 'block',
  basis: source.officialPapers('第二十五条第（二）项'),
  by: [roleLabels.leader],
  judge: (f) => {
    const d = f.dossier
    const also = { alsoBasis: [source.makingAndSupervision('（七）', 'memory')] }
    const open = unsignedIssuers(d)
    if (open.length > 0) return fails(`${unitNames(f, open)}尚未就现文本签署，不得登记编号`, also)
    if (d.numbers)
      return holds(
        `已于${day(dateInShanghai(d.numbers.assignedAt))}编号：${d.numbers.document}（登记号${d.numbers.registry}），不另编新号`,
        also,
      )
    const adopted = createdOn(d)?.slice(0, 4)
    const registered = f.today.slice(0, 4)
    const year = f.pack.numbering.yearOf.value === 'adoption' ? adopted : registered
    const across =
      adopted === undefined || adopted === registered
        ? ''
        : `；成文日期在${adopted}年，登记在${registered}年，按${year}年的系列编号，成文日期不变${mark(f.pack.numbering.yearOf)}`
    return holds(`各制定机关均已签署，可以登记编号${across}`, also)
  },
  examples: {
    holds: [
      { name: '签署完毕，尚未编号', given: (f) => withDossier(f, { numbers: null }), says: '可以登记编号' },
      {
        name: '年底签署、次年登记，说明按哪一年编号',
        given: (f) => onDay(withDossier(f, { numbers: null }), '2027-01-05'),
        says: '成文日期在2026年，登记在2027年，按2027年的系列编号，成文日期不变',
      },
      { name: '已经编号，重复办理不另编新号', given: (f) => f, says: '海政规发〔2026〕3号' },
    ],
    refused: [
      { name: '没有签署就编号', given: (f) => withDossier(f, { signatures: [], numbers: null }), says: '不得登记编号' },
    ],
  },
}
