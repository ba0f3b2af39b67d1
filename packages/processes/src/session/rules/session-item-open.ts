import { decisionLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { withSession } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionItemOpen: SessionRule = {
  id: 'session.item-open',
  title: '这项议题还没有决定，没有撤下',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { item } = f.command.payload
    const found = f.dossier.items.find((one) => one.n === item)
    if (item === undefined) return holds('尚未选定议题')
    if (!found) return fails(`没有第${String(item)}项议题`)
    if (found.dropped) return fails(`第${found.n}项议题已经撤下：${found.dropped.reason}`)
    return found.decision
      ? fails(`第${found.n}项议题已经决定：${decisionLabels[found.decision.outcome]}`)
      : holds(`第${found.n}项议题尚未决定`)
  },
  examples: {
    holds: [{ name: '还没有决定', given: (f) => f }],
    refused: [
      {
        name: '已经撤下',
        given: (f) =>
          withSession(f, {
            items: f.dossier.items.map((one) => ({ ...one, dropped: { reason: '材料未齐', at: '' } })),
          }),
        says: '已经撤下',
      },
      {
        name: '已经决定',
        given: (f) =>
          withSession(f, {
            items: f.dossier.items.map((one) => ({
              ...one,
              decision: {
                outcome: 'postponed' as const,
                substantive: false,
                changes: null,
                dissents: [],
                speakers: [],
                recused: [],
                headReason: null,
                reason: '再议',
                on: f.today,
                at: '',
                from: 'session' as const,
              },
            })),
          }),
        says: '已经决定：暂缓',
      },
    ],
  },
}
