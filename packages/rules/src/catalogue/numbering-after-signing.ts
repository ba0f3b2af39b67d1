import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { fails, holds, unsignedIssuers } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { source } from '../sources.ts'
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
    return holds('各制定机关均已签署，可以登记编号', also)
  },
  examples: {
    holds: [
      { name: '签署完毕，尚未编号', given: (f) => withDossier(f, { numbers: null }), says: '可以登记编号' },
      { name: '已经编号，重复办理不另编新号', given: (f) => f, says: '海政规发〔2026〕3号' },
    ],
    refused: [
      { name: '没有签署就编号', given: (f) => withDossier(f, { signatures: [], numbers: null }), says: '不得登记编号' },
    ],
  },
}
