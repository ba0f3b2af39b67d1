import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { withDossier } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

export const consultationFeedbackPublished: Rule = {
  id: 'consultation.feedback-published',
  title: '公开征求意见的采纳情况已经公布',
  severity: 'block',
  basis: source.business('第六十二条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const round = f.dossier.consultations.at(-1)
    if (!round) return holds('没有公开征求意见，不须公布采纳情况')
    if (round.feedbackAt) return holds(`采纳情况已于${day(dateInShanghai(round.feedbackAt))}公布`)
    const none = f.external.comments.total === 0 ? '（没有收到意见的，也应当公布）' : ''
    return fails(`第${round.n}次公开征求意见（${day(round.closesOn)}截止）的采纳情况尚未公布${none}`)
  },
  examples: {
    holds: [
      { name: '已经公布', given: (f) => f, says: '2026年4月17日（星期五）公布' },
      { name: '没有公开征求意见', given: (f) => withDossier(f, { consultations: [] }), says: '不须公布' },
    ],
    refused: [
      {
        name: '没有收到意见也没有公布',
        given: (f) => ({
          ...withDossier(f, (d) => ({ consultations: d.consultations.map((r) => ({ ...r, feedbackAt: null })) })),
          external: { ...f.external, comments: { total: 0, undisposed: 0 } },
        }),
        says: '没有收到意见的，也应当公布',
      },
    ],
  },
}
