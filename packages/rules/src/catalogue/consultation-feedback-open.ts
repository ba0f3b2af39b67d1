// 采纳情况公布以后即告一段落：不再公布第二遍，其中各件意见的处理也不再改变。
import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

const waiting = (f: Facts): Facts =>
  withDossier(f, (d) => ({ consultations: d.consultations.map((r) => ({ ...r, feedbackAt: null })) }))

export const consultationFeedbackOpen: Rule = {
  id: 'consultation.feedback-open',
  title: '采纳情况尚未公布',
  severity: 'block',
  basis: source.business('第六十二条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const rounds = f.dossier.consultations
    if (f.command?.type !== 'PublishFeedback' && f.command?.type !== 'DisposeComment')
      return holds('没有正在公布采纳情况、处理意见')
    if (f.command.type === 'DisposeComment' && rounds.length === 0) return fails('尚未公开征求意见，没有要处理的意见')
    // 正在处理的一件属于哪一次；公布的是最近一次。
    const own = f.command.type === 'DisposeComment' ? f.external.comment?.round : undefined
    const round = own === undefined ? rounds.at(-1) : rounds.find((r) => r.id === own)
    if (!round?.feedbackAt) return holds('采纳情况尚未公布')
    return fails(
      own === undefined
        ? `第${round.n}次公开征求意见的采纳情况已于${day(dateInShanghai(round.feedbackAt))}公布，公布后不得更改`
        : `这件意见所在的第${round.n}次公开征求意见，采纳情况已于${day(dateInShanghai(round.feedbackAt))}公布，不能再改变处理结果`,
    )
  },
  examples: {
    holds: [
      { name: '尚未公布', given: (f) => withCommand(waiting(f), 'PublishFeedback') },
      { name: '没有公开征求意见', given: (f) => withDossier(f, { consultations: [] }) },
    ],
    refused: [
      {
        name: '没有公开征求过意见，无从处理',
        given: (f) => withDossier(withCommand(f, 'DisposeComment', { comment: 'c1' }), { consultations: [] }),
        says: '没有要处理的意见',
      },
      {
        name: '已经公布，再公布一次',
        given: (f) => withCommand(f, 'PublishFeedback'),
        says: '公布后不得更改',
      },
      {
        name: '公布以后改变一件意见的处理',
        given: (f) =>
          withExternal(withCommand(f, 'DisposeComment', { comment: 'c1' }), {
            comment: { round: f.dossier.consultations.at(-1)?.id ?? '' },
          }),
        says: '不能再改变处理结果',
      },
    ],
  },
}
