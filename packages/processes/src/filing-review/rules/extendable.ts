import { amount, latestPack, mark, source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, dossier, on } from '../example.ts'
import { reviewDue } from '../periods.ts'
import { type FilingFacts, type FilingRule, trackOf } from '../shape.ts'

/** 内蒙古：本地规定可以延长。 */
export const inPlace = (f: FilingFacts): FilingFacts => ({ ...f, pack: latestPack('150525', f.today) ?? f.pack })

export const extendable: FilingRule = {
  id: 'filing-review.extendable',
  title: '审查的延长有本地规定，在届满以前，只延长一次',
  severity: 'block',
  basis: source.ruleFiling('第十一条（参照）'),
  by: ['备案审查人'],
  judge: (f) => {
    const param = trackOf(f)
    const extension = param?.reviewExtension
    if (!param || !extension || extension.value === null || param.review.value === null)
      return fails(`本地没有规定备案审查可以延长${extension ? mark(extension) : ''}`)
    const more = { alsoBasis: [...extension.source, ...param.review.source] }
    const by = amount({ ...extension, value: extension.value })
    if (f.dossier.extendedOn !== null) return fails(`已于${day(f.dossier.extendedOn)}延长过一次`, more)
    const due = reviewDue(f)
    if (due && f.today > due.answer.due) return fails(`审查期限已于${day(due.answer.due)}届满，不能再延长`, more)
    return holds(`可以延长，至多${by}${mark(extension)}`, more)
  },
  examples: {
    holds: [{ name: '内蒙古：届满以前延长', given: (f) => doing(inPlace(f), 'ExtendReview'), says: '至多' }],
    refused: [
      { name: '宁夏没有规定可以延长', given: (f) => doing(f, 'ExtendReview'), says: '没有规定' },
      {
        name: '届满以后',
        given: (f) => on(doing(inPlace(f), 'ExtendReview'), '2027-06-01'),
        says: '不能再延长',
      },
      {
        name: '延长第二次',
        given: (f) => doing(dossier(inPlace(f), { extendedOn: '2026-10-19' }), 'ExtendReview'),
        says: '延长过一次',
      },
    ],
  },
}
