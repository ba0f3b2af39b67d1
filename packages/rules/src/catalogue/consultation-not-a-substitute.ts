import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, unitNames } from '../words.ts'

const unreviewed = (f: Facts): Facts =>
  withDossier(f, (d) => ({ review: d.review ? { ...d.review, opinion: null } : null }))

export const consultationNotASubstitute: Rule = {
  id: 'consultation.not-a-substitute',
  title: '征求意见、会签、参加审议不能代替合法性审核',
  severity: 'block',
  basis: source.legalityReview('二（七）'),
  by: [roleLabels.legality_reviewer],
  judge: (f) => {
    const { review, interagency } = f.dossier
    const also = { alsoBasis: [source.majorDecision('第二十五条')] }
    if (review?.opinion)
      return holds(`已有合法性审核意见（${review.opinion.number ?? '未编号'}，${day(review.opinion.on)}）`, also)
    const answered = interagency.filter((i) => i.opinion).map((i) => i.unit)
    const present = [
      answered.length > 0 ? `${unitNames(f, [...new Set(answered)])}的答复` : '',
      review && review.adviserOpinions.length > 0 ? '法律顾问意见' : '',
    ].filter(Boolean)
    const having = present.length > 0 ? `现有${present.join('、')}，` : ''
    return fails(`没有合法性审核意见。${having}不得以征求意见、会签、参加审议等方式代替合法性审核`, also)
  },
  examples: {
    holds: [{ name: '有合法性审核意见', given: (f) => f, says: '海司审〔2026〕6号' }],
    refused: [
      {
        name: '只有法律顾问意见和部门答复',
        given: unreviewed,
        says: '法律顾问意见，不得以征求意见、会签、参加审议等方式代替合法性审核',
      },
      {
        name: '司法局只在会签时写了同意',
        given: (f) =>
          withDossier(f, (d) => ({
            review: null,
            interagency: d.interagency.map((i) => ({ ...i, unit: 'hy-justice' })),
          })),
        says: '现有海原县司法局的答复',
      },
    ],
  },
}
