import { roleLabels } from '@dianzhang/contract'
import { fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import { revised, underReview, withPoints, withReview } from '../review-examples.ts'
import type { Rule } from '../rule.ts'
import { source } from '../sources.ts'
import { day } from '../words.ts'

export const reviewOpinionLawful: Rule = {
  id: 'review.opinion-lawful',
  title: '合法性审核意见为合法，或者已按意见修改并经确认',
  severity: 'block',
  basis: source.legalityReview('二（七）'),
  by: [roleLabels.legality_reviewer],
  judge: (f) => {
    const { review } = f.dossier
    const also = { alsoBasis: [source.zhaohua2017('第9项', 'local_example'), source.majorDecision('第二十五条')] }
    if (!review)
      return fails('尚未提请合法性审核；未经合法性审核的，不得提交集体审议', { ...also, by: [roleLabels.unit_head] })
    const { opinion } = review
    if (!opinion) {
      const state = review.acceptedOn === null ? '送审材料尚未受理' : `已于${day(review.acceptedOn)}受理`
      return fails(`${state}，尚未出具合法性审核意见；未经合法性审核的，不得提交集体审议`, also)
    }
    const named = `${opinion.number ? `${opinion.number}` : '合法性审核意见'}（${day(opinion.on)}）`
    if (opinion.outcome === 'lawful') return holds(`${named}：合法`, also)
    if (opinion.outcome === 'unlawful') {
      return fails(
        `${named}：不合法${opinion.grounds.length ? `，理由：${opinion.grounds.join('；')}` : ''}；经审核不合法的，不得提交集体审议`,
        { ...also, by: [roleLabels.drafter] },
      )
    }
    const open = opinion.points.filter((p) => p.answer === null).map((p) => p.id)
    if (open.length > 0)
      return fails(`${named}：应当予以修改，第${open.join('、')}条意见尚未答复`, { ...also, by: [roleLabels.drafter] })
    if (!review.confirmation) return fails(`${named}：应当予以修改，各条已答复，修改后的文本尚未经审核人确认`, also)
    return holds(`${named}：应当予以修改，已逐条答复并经审核人确认`, also)
  },
  examples: {
    holds: [
      { name: '意见为合法', given: (f) => f, says: '合法' },
      { name: '修改意见逐条答复并确认', given: revised, says: '已逐条答复并经审核人确认' },
    ],
    refused: [
      { name: '没有送审', given: (f) => withDossier(f, { review: null }), says: '尚未提请合法性审核' },
      { name: '审核中', given: underReview, says: '尚未出具合法性审核意见' },
      {
        name: '不合法',
        given: (f) => {
          const opinion = f.dossier.review?.opinion
          return opinion
            ? withReview(f, { opinion: { ...opinion, outcome: 'unlawful', grounds: ['违法增设许可'] } })
            : f
        },
        says: '违法增设许可',
      },
      {
        name: '一条没有答复',
        given: (f) => withPoints(revised(f), (p) => (p.id === '2' ? { ...p, answer: null } : p)),
        says: '第2条意见尚未答复',
      },
      { name: '修改没有确认', given: (f) => withReview(revised(f), { confirmation: null }), says: '尚未经审核人确认' },
    ],
  },
}
