import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, justReceived } from '../example.ts'
import type { SuggestionRule } from '../shape.ts'

export const toAnother: SuggestionRule = {
  id: 'suggestion.to-another',
  title: '移送至有权处理的另一机关',
  severity: 'block',
  basis: source.bjNpc('第十七条'),
  by: ['备案审查人'],
  judge: ({ dossier: d, command: { payload }, external: e }) => {
    const to = String(payload.to ?? '').trim()
    const own = e.units[d.unit]?.name ?? d.unit
    if (to === d.unit || to === own) return fails(`${own}就是现在受理的机关，请写明移送至哪个有权处理的机关`)
    const known = e.recipients.filter((unit) => unit !== d.unit).map((unit) => e.units[unit]?.name ?? unit)
    return holds(known.length > 0 ? `该文件还报${known.join('、')}备案` : '移送至另一机关')
  },
  examples: {
    holds: [
      {
        name: '移送县人大常委会',
        given: (f) => doing(justReceived(f), 'Transfer', { to: 'hy-npc', reason: '属其处理' }),
      },
      {
        name: '移送名册以外的机关',
        given: (f) => doing(justReceived(f), 'Transfer', { to: '自治区人大常委会', reason: '属其处理' }),
      },
    ],
    refused: [
      {
        name: '移送给自己',
        given: (f) => doing(justReceived(f), 'Transfer', { to: 'hy-gov', reason: '误填' }),
        says: '现在受理的机关',
      },
      {
        name: '写的是自己的名称',
        given: (f) => doing(justReceived(f), 'Transfer', { to: '海原县人民政府', reason: '误填' }),
        says: '现在受理的机关',
      },
    ],
  },
}
