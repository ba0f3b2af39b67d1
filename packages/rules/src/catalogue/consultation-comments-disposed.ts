import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

export const consultationCommentsDisposed: Rule = {
  id: 'consultation.comments-disposed',
  title: '收到的意见逐条写明采纳情况及理由',
  severity: 'block',
  basis: source.business('第六十二条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const { total, undisposed } = f.external.comments
    const round = f.dossier.consultations.at(-1)
    if (round && round.closedAt === null)
      return fails(`公开征求意见至${day(round.closesOn)}24:00截止，期间仍可能收到意见，截止后再逐条处理完毕`)
    const held = f.external.comments.held ?? 0
    if (held > 0) return fails(`有${held}条疑似垃圾信息待核对，须先恢复或者确认`)
    if (undisposed > 0) return fails(`收到意见${total}条，尚有${undisposed}条没有写明采纳、部分采纳或者不采纳及理由`)
    return holds(round ? `收到意见${total}条，均已写明采纳情况及理由` : '没有公开征求意见，没有待处理的意见')
  },
  examples: {
    holds: [
      { name: '意见均已处理', given: (f) => f, says: '收到意见12条' },
      {
        name: '一条意见也没有',
        given: (f) => withExternal(f, { comments: { total: 0, undisposed: 0 } }),
        says: '收到意见0条',
      },
    ],
    refused: [
      {
        name: '尚有三条未处理',
        given: (f) => withExternal(f, { comments: { total: 12, undisposed: 3 } }),
        says: '尚有3条',
      },
      {
        name: '有待核对的',
        given: (f) => withExternal(f, { comments: { total: 12, undisposed: 0, held: 2 } }),
        says: '2条疑似垃圾信息',
      },
      {
        name: '尚未截止',
        given: (f) =>
          withDossier(f, (d) => ({ consultations: d.consultations.map((r) => ({ ...r, closedAt: null })) })),
        says: '截止后再逐条处理',
      },
    ],
  },
}
