import { source } from '@dianzhang/packs'
import { fails, holds } from '@dianzhang/rules'
import { doing, made, moved } from '../example.ts'
import type { FilingRule } from '../shape.ts'

export const motionCompetent: FilingRule = {
  id: 'filing-review.motion-competent',
  title: '撤销、责令改正由受理备案的人大常委会或者上级政府决定',
  severity: 'block',
  basis: source.supervisionLaw('第三十九条'),
  by: ['备案登记人'],
  judge: ({ dossier: d, today, command: { payload }, external: { units } }) => {
    const given = payload.made as { body?: string; date?: string } | undefined
    const more = { alsoBasis: [source.organicLaw('第七十三条')] }
    const name = units[d.unit]?.name ?? d.unit
    const body = given?.body ?? ''
    const own =
      body === d.unit || body === name || body.startsWith(name) || units[d.unit]?.bodies.some((b) => b.id === body)
    if (!own) return fails(`决定应当由${name}作出`, more)
    if ((given?.date ?? '') > today) return fails('决定的日期在今日以后', more)
    if (d.motion && (given?.date ?? '') < d.motion.on) return fails('决定的日期在提出议案以前', more)
    const ordered = payload.decision === 'order_amend' || payload.decision === 'order_improve'
    return ordered && typeof payload.until !== 'string'
      ? fails('责令限期修改、要求自行完善的，写明期限', more)
      : holds(`由${name}决定`, more)
  },
  examples: {
    holds: [
      {
        name: '受理备案的机关撤销',
        given: (f) => doing(moved(f), 'RecordMotionDecision', { decision: 'annul', made }),
      },
    ],
    refused: [
      {
        name: '由部门决定',
        given: (f) =>
          doing(moved(f), 'RecordMotionDecision', {
            decision: 'annul',
            ...f.command.payload,
            made: { body: 'hy-agri', date: '2026-10-20' },
          }),
        says: '应当由',
      },
      {
        name: '责令修改而没有期限',
        given: (f) => doing(moved(f), 'RecordMotionDecision', { decision: 'order_amend', made }),
        says: '写明期限',
      },
    ],
  },
}
