import { addDays } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { openInquiry } from '../dossier.ts'
import { doing, dossier, on } from '../example.ts'
import type { SuggestionFacts, SuggestionRule } from '../shape.ts'

const waiting = (f: SuggestionFacts): SuggestionFacts =>
  doing(dossier(f, { inquiries: f.dossier.inquiries.map((x) => ({ ...x, answered: null })) }), 'Conclude')

export const inquiryOver: SuggestionRule = {
  id: 'suggestion.inquiry-over',
  title: '已请制定机关说明的，等其答复或者期限届满',
  severity: 'block',
  basis: source.bjNpc('第二十七条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const open = openInquiry(f.dossier)
    if (!open) return holds('制定机关已经说明')
    if (f.today > open.until) return holds(`答复期限${day(open.until)}已过，制定机关没有说明，可以径行作出结论`)
    return fails(`已请制定机关在${day(open.until)}以前说明，答复以后或者期限届满以后再作结论`, {
      earliest: addDays(open.until, 1),
    })
  },
  examples: {
    holds: [
      { name: '已经答复', given: (f) => doing(f, 'Conclude') },
      { name: '逾期没有答复', given: (f) => on(waiting(f), '2026-10-24'), says: '径行' },
    ],
    refused: [{ name: '还在期限内', given: waiting, says: '期限届满' }],
  },
}
