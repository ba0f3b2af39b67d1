import { amount, source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing } from '../example.ts'
import { issuerReplyDue } from '../periods.ts'
import type { SuggestionRule } from '../shape.ts'

export const inquiryTerm: SuggestionRule = {
  id: 'suggestion.inquiry-term',
  title: '请制定机关说明的函须写明答复期限',
  severity: 'block',
  basis: source.bjNpc('第二十七条'),
  by: ['备案审查人'],
  judge: (f) => {
    const known = issuerReplyDue(f, f.today)
    const alsoBasis = [source.shNpc('第二十四条'), ...(known?.basis ?? [])]
    const { until } = f.command.payload
    if (typeof until !== 'string') {
      if (known) return holds(`没有另写的，按${amount(known.param)}即${day(known.answer.due)}以前答复`, { alsoBasis })
      return Object.keys(f.command.payload).length === 0
        ? holds('在函中写明答复期限', { alsoBasis })
        : fails('本地条文没有写制定机关答复的日数，请在函中写明答复期限', { alsoBasis })
    }
    if (until <= f.today) return fails(`答复期限${day(until)}须在今日以后`, { alsoBasis })
    return holds(`请在${day(until)}以前答复`, { alsoBasis })
  },
  examples: {
    holds: [
      { name: '写明十日后', given: (f) => doing(f, 'AskIssuer', { questions: '请说明依据。', until: '2026-10-30' }) },
    ],
    refused: [
      {
        name: '本地没有日数也没有写明',
        given: (f) => doing(f, 'AskIssuer', { questions: '请说明依据。' }),
        says: '写明答复期限',
      },
      {
        name: '期限就是今日',
        given: (f) => doing(f, 'AskIssuer', { questions: '请说明依据。', until: '2026-10-20' }),
        says: '今日以后',
      },
    ],
  },
}
