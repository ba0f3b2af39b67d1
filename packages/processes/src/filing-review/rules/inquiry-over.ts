import { addDays } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { openFilingInquiry } from '../dossier.ts'
import { asked, on } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const inquiryOver: FilingRule = {
  id: 'filing-review.inquiry-over',
  title: '函询已经答复，或者答复期限已过',
  severity: 'block',
  basis: source.ruleFiling('第十四条（参照）'),
  by: ['制定机关'],
  judge: ({ dossier: d, today }) => {
    const open = openFilingInquiry(d)
    if (!open) return holds('函询已经答复')
    return today > open.until
      ? holds(`函询的答复期限已于${day(open.until)}届满`)
      : fails(`制定机关应于${day(open.until)}以前答复；答复以前不作结论`, { earliest: addDays(open.until, 1) })
  },
  examples: {
    holds: [
      { name: '已经答复', given: (f) => f },
      { name: '逾期没有答复', given: (f) => on(asked(f), '2026-10-24'), says: '届满' },
    ],
    refused: [{ name: '期限没有到', given: (f) => asked(f), says: '以前答复' }],
  },
}
