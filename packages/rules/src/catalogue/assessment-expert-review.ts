import { roleLabels } from '@dianzhang/contract'
import { latestPack, mark, source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, withDossier, withPack } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day, versionOf } from '../words.ts'

/** 烟台：一般不少于3人。 */
const byExperts = (f: Facts, experts: number | undefined): Facts =>
  withPack(
    withDossier(f, (d) => ({
      expertReviews: d.expertReviews.map(({ experts: _, ...r }) => (experts === undefined ? r : { ...r, experts })),
    })),
    { expert: latestPack('370600', f.today)?.expert ?? f.pack.expert },
  )

export const assessmentExpertReview: Rule = {
  id: 'assessment.expert-review',
  title: '专业性、技术性较强的，已经组织专家论证',
  severity: 'block',
  basis: source.majorDecision('第十九条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const d = f.dossier
    const last = d.expertReviews.at(-1)
    const { minimumExperts: least, minimumExpertsComplex: complex } = f.pack.expert
    if (last) {
      const held = `已于${day(last.date)}就${versionOf(d, last.textHash)}组织专家论证`
      if (least.value === null) return holds(held)
      const more = basedOn([...least.source, source.majorDecision('第十九条')])
      const needed = `参加论证的专家一般不少于${least.value}人${complex.value === null ? '' : `，复杂的不少于${complex.value}人`}${mark(least)}`
      if (last.experts === undefined) return fails(`${held}，没有写明专家人数；${needed}`, more)
      if (last.experts < least.value) return fails(`${held}，只有专家${last.experts}人；${needed}`, more)
      return holds(`${held}，专家${last.experts}人；${needed}`, more)
    }
    if (!d.classification.expertise) return holds('未列为专业性、技术性较强的文件，不须专家论证')
    return fails('本文件专业性、技术性较强，应当组织专家论证，尚无论证意见')
  },
  examples: {
    holds: [
      { name: '已经论证', given: (f) => f, says: '2026年4月21日（星期二）就第2版' },
      { name: '烟台：三名专家', given: (f) => byExperts(f, 3), says: '专家3人' },
      {
        name: '不属于专业性强的文件',
        given: (f) => withDossier(classified(f, { expertise: false }), { expertReviews: [] }),
        says: '不须专家论证',
      },
    ],
    refused: [
      { name: '专业性强而未论证', given: (f) => withDossier(f, { expertReviews: [] }), says: '尚无论证意见' },
      { name: '烟台：只有两名专家', given: (f) => byExperts(f, 2), says: '一般不少于3人，复杂的不少于5人' },
      { name: '烟台：没有写明人数', given: (f) => byExperts(f, undefined), says: '没有写明专家人数' },
    ],
  },
}
