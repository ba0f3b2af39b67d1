import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import type { Rule } from '../rule.ts'
import { unitName } from '../words.ts'

/** 答复意见的单位应为被征求意见的单位；答复人代表其所在单位。 */
export const interagencyAsked: Rule = {
  id: 'interagency.asked',
  title: '答复的单位已被征求意见',
  severity: 'block',
  basis: source.officialPapers('第十九条第（六）项'),
  by: ['起草经办人'],
  judge: (f) => {
    const unit = (f.command?.payload.unit as string | undefined) ?? f.command?.actor.unit ?? null
    const asked = [...new Set(f.dossier.interagency.map((i) => i.unit))]
    if (asked.length === 0) return { holds: false, reason: '尚未向任何单位征求意见' }
    if (unit === null || asked.includes(unit))
      return { holds: true, reason: `已向${asked.map((u) => unitName(f, u)).join('、')}征求意见` }
    return {
      holds: false,
      reason: `没有向${unitName(f, unit)}征求意见；已征求的是${asked.map((u) => unitName(f, u)).join('、')}`,
    }
  },
  examples: {
    holds: [
      { name: '被征求意见的部门答复', given: (f) => answeredBy(f, f.dossier.interagency[0]?.unit ?? 'hy-market') },
    ],
    refused: [{ name: '没有被征求意见的部门答复', given: (f) => answeredBy(f, 'no-such-unit'), says: '没有向' }],
  },
}
const answeredBy = (f: Facts, unit: string): Facts => ({
  ...f,
  command: { type: 'RecordOpinion', payload: {}, actor: { person: 'p', unit, roles: ['department_contact'] } },
  dossier: f.dossier.interagency.length
    ? f.dossier
    : {
        ...f.dossier,
        interagency: [
          {
            unit: 'hy-market',
            round: 1,
            askedAt: f.now,
            askedOn: f.today,
            dueOn: f.today,
            textHash: null,
            opinion: null,
          },
        ],
      },
})
