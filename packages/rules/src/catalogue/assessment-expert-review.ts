import { roleLabels } from '@dianzhang/contract'
import { fails, holds } from '../finding.ts'
import { classified, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { source } from '../sources.ts'
import { day, versionOf } from '../words.ts'

export const assessmentExpertReview: Rule = {
  id: 'assessment.expert-review',
  title: '专业性、技术性较强的，已经组织专家论证',
  severity: 'block',
  basis: source.majorDecision('第十九条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const d = f.dossier
    const last = d.expertReviews.at(-1)
    if (last) return holds(`已于${day(last.date)}就${versionOf(d, last.textHash)}组织专家论证`)
    if (!d.classification.expertise) return holds('未列为专业性、技术性较强的文件，不须专家论证')
    return fails('本文件专业性、技术性较强，应当组织专家论证，尚无论证意见')
  },
  examples: {
    holds: [
      { name: '已经论证', given: (f) => f, says: '2026年4月21日（星期二）就第2版' },
      {
        name: '不属于专业性强的文件',
        given: (f) => withDossier(classified(f, { expertise: false }), { expertReviews: [] }),
        says: '不须专家论证',
      },
    ],
    refused: [{ name: '专业性强而未论证', given: (f) => withDossier(f, { expertReviews: [] }), says: '尚无论证意见' }],
  },
}
