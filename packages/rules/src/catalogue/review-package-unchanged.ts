import { headText } from '../facts.ts'
import type { Rule } from '../rule.ts'
import { source } from '../sources.ts'
import { versionOf } from '../words.ts'

/** 送审材料自提请之日起冻结；文本已变的须重新提请，审核机构不受理旧稿。 */
export const reviewPackageUnchanged: Rule = {
  id: 'review.package-unchanged',
  title: '受理的就是送审的文本',
  severity: 'block',
  basis: source.legalityReview('二（七）'),
  by: ['起草单位负责人'],
  judge: (f) => {
    const d = f.dossier
    const head = headText(d)
    if (!d.review || !head) return { holds: false, reason: '尚未提请合法性审核' }
    return d.review.textHash === head.hash
      ? { holds: true, reason: `送审的是${versionOf(d, d.review.textHash)}，没有变化` }
      : { holds: false, reason: `送审的是${versionOf(d, d.review.textHash)}，现为第${head.n}版；请重新提请审核` }
  },
  examples: {
    holds: [{ name: '送审后没有改动', given: (f) => f }],
    refused: [
      {
        name: '送审后又保存了新稿',
        given: (f) => ({
          ...f,
          dossier: {
            ...f.dossier,
            texts: [
              ...f.dossier.texts,
              { n: f.dossier.texts.length + 1, hash: 'f'.repeat(64), at: f.now, by: 'p', kind: 'draft' as const },
            ],
          },
        }),
        says: '重新提请',
      },
    ],
  },
}
