import { type Classification, classificationLabels, roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { classified, withDossier } from '../patch.ts'
import { revised, underReview, withPoints, withReview } from '../review-examples.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

/** 决定适用哪些程序的分类；紧急只影响时限，暂行只影响有效期。 */
const duties = [
  'affectsRights',
  'enterpriseRelated',
  'majorDecision',
  'expertise',
  'confidential',
  'competition',
  'stability',
  'hearingRequired',
] as const satisfies readonly (keyof Classification)[]
const bears = (c: Classification, flag: (typeof duties)[number]): boolean =>
  flag === 'competition' ? Boolean(c.competition ?? c.enterpriseRelated) : Boolean(c[flag])
/** 意见所审以后分类有何不同；没有不同时为空。 */
function reclassifiedSince(judged: Classification, now: Classification): string {
  const name = (list: readonly (typeof duties)[number][]) => list.map((k) => `“${classificationLabels[k]}”`).join('、')
  const added = duties.filter((k) => !bears(judged, k) && bears(now, k))
  const dropped = duties.filter((k) => bears(judged, k) && !bears(now, k))
  return [added.length ? `增加${name(added)}` : '', dropped.length ? `取消${name(dropped)}` : '']
    .filter(Boolean)
    .join('，')
}

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
    if (opinion.outcome === 'unlawful') {
      return fails(
        `${named}：不合法${opinion.grounds.length ? `，理由：${opinion.grounds.join('；')}` : ''}；经审核不合法的，不得提交集体审议`,
        { ...also, by: [roleLabels.drafter] },
      )
    }
    const changed = reclassifiedSince(
      review.confirmation?.classification ?? opinion.classification,
      f.dossier.classification,
    )
    if (changed)
      return fails(
        `${named}所审的分类已经变更（${changed}），审核的程序与现在应当履行的不同，意见不再成立；请就现在的分类重新提请审核，在审议阶段的也可以由审核人就此确认`,
        { ...also, by: [roleLabels.unit_head, roleLabels.legality_reviewer] },
      )
    if (opinion.outcome === 'lawful') return holds(`${named}：合法`, also)
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
      { name: '变更的分类不影响程序', given: (f) => classified(f, { provisional: true }), says: '合法' },
    ],
    refused: [
      { name: '没有送审', given: (f) => withDossier(f, { review: null }), says: '尚未提请合法性审核' },
      {
        name: '意见出具以后改列为应当听证',
        given: (f) => classified(f, { hearingRequired: true }),
        says: '增加“应当听证”',
      },
      {
        name: '意见出具以后不再列为重大行政决策',
        given: (f) => classified(f, { majorDecision: false }),
        says: '取消“重大行政决策”',
      },
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
