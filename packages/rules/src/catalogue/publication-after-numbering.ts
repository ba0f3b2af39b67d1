import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'

export const publicationAfterNumbering: Rule = {
  id: 'publication.after-numbering',
  title: '统一登记、统一编号以后方可公布',
  severity: 'block',
  basis: source.makingAndSupervision('（八）', 'memory'),
  by: [roleLabels.secretariat],
  judge: (f) => {
    const { numbers, voidedNumbers } = f.dossier
    if (numbers) return holds(`发文字号${numbers.document}，登记号${numbers.registry}`)
    const voided = voidedNumbers.at(-1)
    return fails(
      `尚未登记编号，不得公布${voided ? `（${voided.number}已作废，不再使用）` : ''}；未经统一登记、统一编号、统一公布的，不得作为行政管理依据`,
    )
  },
  examples: {
    holds: [{ name: '已经编号', given: (f) => f, says: 'HYGF-2026-0003' }],
    refused: [
      { name: '没有编号', given: (f) => withDossier(f, { numbers: null }), says: '尚未登记编号' },
      {
        name: '号已作废',
        given: (f) =>
          withDossier(f, {
            numbers: null,
            voidedNumbers: [
              {
                number: '海政规发〔2026〕3号',
                reason: '撤回',
                approver: '办公室负责人',
                at: '2026-05-25T11:00:00+08:00',
              },
            ],
          }),
        says: '海政规发〔2026〕3号已作废',
      },
    ],
  },
}
