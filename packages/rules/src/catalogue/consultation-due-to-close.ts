import { addDays } from '@dianzhang/calendar'
import { source } from '@dianzhang/packs'
import type { Rule } from '../rule.ts'
import { atOrAfter, day } from '../words.ts'

/** 征求意见只能由期限届满而截止，不能提前关闭。 */
export const consultationDueToClose: Rule = {
  id: 'consultation.due-to-close',
  title: '公开征求意见期限已届满',
  severity: 'block',
  basis: source.civilCode('第二百零三条'),
  by: ['系统'],
  judge: (f) => {
    const round = f.dossier.consultations.findLast((r) => !r.closedAt)
    if (!round) return { holds: false, reason: '没有正在进行的公开征求意见' }
    return atOrAfter(f.now, round.closesAt)
      ? { holds: true, reason: `期限于${day(round.closesOn)}24:00届满` }
      : {
          holds: false,
          reason: `期限至${day(round.closesOn)}24:00，届满之前不得关闭`,
          earliest: addDays(round.closesOn, 1),
        }
  },
  examples: {
    holds: [
      {
        name: '期限届满',
        given: (f) => ({
          ...f,
          dossier: { ...f.dossier, consultations: f.dossier.consultations.map((r) => ({ ...r, closedAt: null })) },
        }),
      },
    ],
    refused: [
      {
        name: '期限未满',
        given: (f) => ({
          ...f,
          dossier: {
            ...f.dossier,
            consultations: f.dossier.consultations.map((r) => ({
              ...r,
              closedAt: null,
              closesAt: '2999-01-01T00:00:00+08:00',
            })),
          },
        }),
        says: '不得关闭',
      },
      { name: '没有进行中的征求意见', given: (f) => f, says: '没有正在进行' },
    ],
  },
}
