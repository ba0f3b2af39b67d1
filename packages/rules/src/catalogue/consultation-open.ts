import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { withCommand, withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { atOrAfter, day } from '../words.ts'

/** 意见只在公告的期限内收取；期限以公告的时刻为准，不以到期作业何时运行为准。 */
export const consultationOpen: Rule = {
  id: 'consultation.open',
  title: '正在公开征求意见期限之内',
  severity: 'block',
  basis: source.majorDecision('第十五条'),
  by: ['起草经办人'],
  judge: (f) => {
    const round = f.dossier.consultations.at(-1)
    if (!round) return { holds: false, reason: '尚未公开征求意见' }
    const named = f.command?.type === 'SubmitComment' ? f.command.payload.consultation : undefined
    const own = f.dossier.consultations.find((r) => r.id === named)
    if (own && own !== round)
      return {
        holds: false,
        reason: `第${own.n}次公开征求意见已于${day(own.closesOn)}24:00（北京时间）截止；修改以后的草案正在第${round.n}次征求意见，请对它提出`,
      }
    if (round.closedAt || atOrAfter(f.now, round.closesAt))
      return { holds: false, reason: `公开征求意见已于${day(round.closesOn)}24:00（北京时间）截止` }
    return { holds: true, reason: `意见收取至${day(round.closesOn)}24:00（北京时间）` }
  },
  examples: {
    holds: [{ name: '期限之内', given: (f) => inRound(f, -3600_000) }],
    refused: [
      {
        name: '对先前的一次提出',
        given: (f) => {
          const open = withCommand(inRound(f, -3600_000), 'SubmitComment', { consultation: 'earlier' })
          return withDossier(open, (d) => ({
            consultations: [...d.consultations.map((r) => ({ ...r, id: 'earlier', n: 1 })), ...d.consultations],
          }))
        },
        says: '第1次公开征求意见已于',
      },
      { name: '到了截止时刻', given: (f) => inRound(f, 0), says: '截止' },
      {
        name: '从未公开征求意见',
        given: (f) => ({ ...f, dossier: { ...f.dossier, consultations: [] } }),
        says: '尚未',
      },
    ],
  },
}
/** 最后一轮征求意见尚未关闭，此刻距截止 offset 毫秒。 */
const inRound = (f: Facts, offset: number): Facts => {
  const round = f.dossier.consultations.at(-1)
  if (!round) return f
  const now = new Date(Date.parse(round.closesAt) + offset).toISOString()
  return {
    ...f,
    now,
    dossier: { ...f.dossier, consultations: [...f.dossier.consultations.slice(0, -1), { ...round, closedAt: null }] },
  }
}
