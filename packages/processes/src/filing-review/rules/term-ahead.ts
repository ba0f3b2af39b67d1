import { source } from '@dianzhang/packs'
import { day, fails, holds } from '@dianzhang/rules'
import { doing, exampleRegistrar, justReceived } from '../example.ts'
import { explanationDue, type Reckoned, requireDue, supplementDue } from '../periods.ts'
import type { FilingFacts, FilingRule } from '../shape.ts'

/** 没有写明期限的，依规则包的哪一项；条文没有日数的为 null，须由文书写明。 */
const byPack: Record<string, (f: FilingFacts, on: string) => Reckoned | null> = {
  DeferFiling: supplementDue,
  AskExplanation: explanationDue,
  RequireFiling: requireDue,
  CriticiseFiling: requireDue,
}

export const termAhead: FilingRule = {
  id: 'filing-review.term-ahead',
  title: '期限写明在今日以后；规则包没有日数的须写明',
  severity: 'block',
  basis: source.ruleFiling('第九条、第十四条、第二十三条（参照）'),
  by: ['备案登记人', '备案审查人', '制定机关'],
  judge: (f) => {
    const { today, command } = f
    const { until } = command.payload
    if (typeof until !== 'string') {
      // 还没有填写的（只看能否办理）不论。
      const reckon = Object.keys(command.payload).length === 0 ? undefined : byPack[command.type]
      if (reckon && reckon(f, today) === null) return fails('本地没有规定这一期限的日数，请在“期限”一栏写明日期')
      return holds('没有另写期限的，依规则包的日数')
    }
    return until > today ? holds(`期限至${day(until)}`) : fails(`期限写在${day(until)}，不在今日以后；请写明以后的日期`)
  },
  examples: {
    holds: [
      { name: '写明以后的日期', given: (f) => doing(f, 'AskExplanation', { until: '2026-11-02' }), says: '11月2日' },
      {
        name: '没有另写，规则包有日数',
        given: (f) => doing(justReceived(f), 'DeferFiling', { items: ['审查说明'] }, exampleRegistrar),
        says: '依规则包',
      },
    ],
    refused: [
      {
        name: '写成了今日',
        given: (f) => doing(f, f.command.type, { ...f.command.payload, until: f.today }),
        says: '不在今日以后',
      },
      {
        name: '函询没有写明期限，条文也没有日数',
        given: (f) => doing(f, 'AskExplanation', { questions: '请说明第六条的依据。' }),
        says: '请在“期限”一栏写明',
      },
    ],
  },
}
