import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts, ReviewPoint } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { revised, withPoints } from '../review-examples.ts'
import type { Rule } from '../rule.ts'
import { filled } from '../words.ts'

/** 一条意见的答复缺什么；齐备时为 null。 */
function gap({ id, answer }: ReviewPoint): string | null {
  if (!answer) return `第${id}条尚未答复`
  if (answer.kind === 'adopted' && answer.version === null) return `第${id}条采纳但没有写明体现于第几版`
  if (answer.kind === 'not_adopted' && !filled(answer.reason)) return `第${id}条不采纳但没有写明理由`
  return null
}

const changeSecond = (f: Facts, answer: (a: NonNullable<ReviewPoint['answer']>) => ReviewPoint['answer']): Facts =>
  withPoints(revised(f), (p) => (p.id === '2' && p.answer ? { ...p, answer: answer(p.answer) } : p))

export const reviewPointsAnswered: Rule = {
  id: 'review.points-answered',
  title: '审核意见逐条答复：采纳的写明版次，不采纳的写明理由',
  severity: 'block',
  basis: source.legalityReview('二（六）'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const opinion = f.dossier.review?.opinion
    const also = { alsoBasis: [source.zhaohua2017('第9项', 'local_example')] }
    if (opinion?.outcome !== 'revise') return holds('没有须答复的修改意见', also)
    const gaps = opinion.points.map(gap).filter((g) => g !== null)
    if (gaps.length > 0) return fails(`审核意见共${opinion.points.length}条：${gaps.join('；')}`, also)
    const refused = opinion.points.filter((p) => p.answer?.kind === 'not_adopted')
    const travels = refused.length > 0 ? `；不采纳${refused.length}条的理由随文提交审议` : ''
    return holds(`审核意见${opinion.points.length}条均已答复${travels}`, also)
  },
  examples: {
    holds: [
      { name: '意见为合法，没有须答复的', given: (f) => f, says: '没有须答复' },
      { name: '一条采纳，一条不采纳并写明理由', given: revised, says: '不采纳1条的理由随文提交审议' },
    ],
    refused: [
      { name: '一条没有答复', given: (f) => changeSecond(f, () => null), says: '第2条尚未答复' },
      { name: '不采纳没有理由', given: (f) => changeSecond(f, (a) => ({ ...a, reason: '  ' })), says: '没有写明理由' },
      {
        name: '采纳没有版次',
        given: (f) => changeSecond(f, (a) => ({ ...a, kind: 'adopted', version: null })),
        says: '没有写明体现于第几版',
      },
    ],
  },
}
