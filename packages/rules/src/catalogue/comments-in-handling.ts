// 收到的意见在采纳情况公布以前处理：录入来信、核对、归组、写明采纳与否。
import { dateInShanghai } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { withCommand, withDossier, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { day } from '../words.ts'

const handling: ReadonlySet<string> = new Set([
  'RecordComments',
  'SettleHeldComments',
  'GroupComments',
  'DisposeComments',
])

export const commentsInHandling: Rule = {
  id: 'comments.in-handling',
  title: '有正在办理、尚未公布采纳情况的公开征求意见',
  severity: 'block',
  basis: source.majorDecision('第十八条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    if (!handling.has(f.command?.type ?? '')) return holds('没有正在处理意见')
    const rounds = f.dossier.consultations
    const last = rounds.at(-1)
    if (!last) return fails('尚未公开征求意见')
    const named = f.external.commentRounds ?? [last.id]
    const over = rounds.find((r) => r.feedbackAt !== null && named.includes(r.id))
    if (over?.feedbackAt)
      return fails(
        `第${over.n}次公开征求意见的采纳情况已于${day(dateInShanghai(over.feedbackAt))}公布，其中的意见不再改变`,
      )
    return holds(`第${last.n}次公开征求意见的采纳情况尚未公布`)
  },
  examples: {
    holds: [
      {
        name: '采纳情况尚未公布',
        given: (f) =>
          withDossier(withCommand(f, 'DisposeComments'), (d) => ({
            consultations: d.consultations.map((r) => ({ ...r, feedbackAt: null })),
          })),
        says: '尚未公布',
      },
    ],
    refused: [
      {
        name: '从未公开征求意见',
        given: (f) => withDossier(f.command ? f : withCommand(f, 'RecordComments'), { consultations: [] }),
        says: '尚未公开征求意见',
      },
      {
        name: '所处理的意见，采纳情况已经公布',
        given: (f) =>
          withExternal(
            withDossier(f.command ? f : withCommand(f, 'DisposeComments'), (d) => ({
              consultations: d.consultations.map((r) => ({ ...r, feedbackAt: '2026-04-17T10:00:00+08:00' })),
            })),
            { commentRounds: f.dossier.consultations.map((r) => r.id) },
          ),
        says: '不再改变',
      },
    ],
  },
}
