import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { isAnonymous, type SuggestionDossier } from '../dossier.ts'
import { doing, dossier } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

/** 还缺什么；匿名的作为线索，不要求姓名和联系方式。 */
export const missingParts = (d: SuggestionDossier): string[] => [
  ...(d.provisions.length === 0 ? ['建议审查的条款'] : []),
  ...(d.conflicts.length === 0 ? ['与哪一上位法哪一条不一致'] : []),
  ...(d.named && !d.reachable ? ['联系方式'] : []),
  ...(d.reachable && !d.named ? ['姓名或者名称'] : []),
]

export const form: SuggestionRule = {
  id: 'suggestion.form',
  title: '审查建议须写明文件、条款、理由与提出人',
  severity: 'block',
  basis: source.bjNpc('第二十四条'),
  by: ['社会公众'],
  judge: ({ dossier: d }) => {
    const missing = missingParts(d)
    if (missing.length > 0)
      return fails(`还缺少${missing.join('、')}，请先告知提出人补正`, { alsoBasis: [source.sdNpc('第十四条')] })
    return holds(
      isAnonymous(d)
        ? '文件、条款、理由齐备；没有留下姓名和联系方式，作为线索审查，没有答复的义务'
        : '文件、条款、理由与提出人齐备',
    )
  },
  examples: {
    holds: [
      { name: '各项齐备', given: (f) => doing(f, 'Accept'), says: '齐备' },
      { name: '匿名的作为线索', given: (f) => dossier(f, { named: false, reachable: false }), says: '线索' },
    ],
    refused: [
      { name: '没有写明条款', given: (f) => dossier(f, { provisions: [] }), says: '建议审查的条款' },
      { name: '没有写明上位法', given: (f) => dossier(f, { conflicts: [] }), says: '上位法' },
      { name: '只留了姓名', given: (f) => dossier(f, { reachable: false }), says: '联系方式' },
    ],
  },
}
