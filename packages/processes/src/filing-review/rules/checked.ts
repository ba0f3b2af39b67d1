import { reviewItemLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, dossier } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const checked: FilingRule = {
  id: 'filing-review.checked',
  title: '登记的每一件都有审查记录，逐项或者一并写明结论',
  severity: 'block',
  basis: source.ruleFiling('第十三条（参照）'),
  by: ['备案审查人'],
  judge: (f) => {
    const { dossier: d, command } = f
    const param = f.pack.filingReview.items
    if (!d.registered) return holds('没有登记，不作实质审查')
    const more = { alsoBasis: param.source }
    const left = param.value.filter((item) => !d.checks.some((x) => x.item === item))
    if (left.length === 0) return holds(`${param.value.length}项都已经逐项审查`, more)
    const said = String(command.payload.conclusion ?? '').trim()
    const names = left.map((item) => reviewItemLabels[item as keyof typeof reviewItemLabels] ?? item)
    return said === ''
      ? fails(
          `还有${left.length}项没有审查记录：${names.join('；')}${mark(param)}。逐项记录，或者写明一并审查的结论`,
          more,
        )
      : holds(`逐项审查${param.value.length - left.length}项，其余${left.length}项一并写明结论`, more)
  },
  examples: {
    holds: [
      { name: '九项都有记录', given: (f) => f, says: '9项' },
      {
        name: '一并写明结论',
        given: (f) =>
          doing(dossier(f, { checks: [] }), 'CloseReview', {
            outcome: 'no_problem',
            conclusion: '逐项审查未发现问题。',
          }),
        says: '一并写明',
      },
    ],
    refused: [
      {
        name: '还有一项没有审查，也没有写结论',
        given: (f) => dossier(f, { checks: f.dossier.checks.slice(1) }),
        says: '还有1项',
      },
    ],
  },
}
