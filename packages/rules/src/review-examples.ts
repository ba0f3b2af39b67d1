// 合法性审核各规则的例子共用的情形。
import { exampleHash } from './example-facts.ts'
import { type Facts, judgedOn, type ReviewFile, type ReviewPoint } from './facts.ts'
import { withDossier, withNewText } from './patch.ts'

/** 改动当前这次送审。 */
export const withReview = (f: Facts, change: Partial<ReviewFile>): Facts =>
  withDossier(f, (d) => ({ review: d.review ? { ...d.review, ...change } : null }))

/** 尚未出具审核意见（受理于2026年4月28日）。 */
export const underReview = (f: Facts): Facts => withReview(f, { opinion: null })

const answer = (
  kind: 'adopted' | 'not_adopted',
  more: Partial<NonNullable<ReviewPoint['answer']>>,
): ReviewPoint['answer'] => ({
  kind,
  version: null,
  reason: null,
  at: '2026-05-14T10:00:00+08:00',
  by: 'p-drafter',
  ...more,
})

/** 审核意见为“应当予以修改”：两条，一条采纳于第3版，一条不采纳并有理由；第3版已确认。 */
export function revised(f: Facts): Facts {
  const next = withNewText(f, exampleHash(3), '2026-05-14T10:00:00+08:00')
  const review = next.dossier.review
  if (!review?.opinion) return next
  return withReview(next, {
    opinion: {
      ...review.opinion,
      outcome: 'revise',
      points: [
        { id: '1', text: '第六条增设许可，删去。', answer: answer('adopted', { version: 3 }) },
        { id: '2', text: '第九条补充依据。', answer: answer('not_adopted', { reason: '该条系宣示性规定。' }) },
      ],
    },
    confirmation: {
      at: '2026-05-15T10:00:00+08:00',
      by: 'p-reviewer',
      contentHash: exampleHash(3),
      ...judgedOn(next.dossier),
    },
  })
}

/** 改动审核意见的各条。 */
export function withPoints(f: Facts, change: (p: ReviewPoint) => ReviewPoint): Facts {
  const opinion = f.dossier.review?.opinion
  return opinion ? withReview(f, { opinion: { ...opinion, points: opinion.points.map(change) } }) : f
}
