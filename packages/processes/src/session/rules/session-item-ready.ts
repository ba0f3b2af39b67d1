import { source } from '@dianzhang/packs'
import { exampleGate, saying } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionItemReady: SessionRule = {
  id: 'session.item-ready',
  title: '决定通过的案卷，此刻具备审议的全部条件',
  severity: 'block',
  basis: source.legalityReview('二（七）'),
  by: ['政府办公室文秘', '起草经办人', '合法性审核人'],
  judge: (f) => {
    const { item } = f.command.payload
    const found = f.dossier.items.find((one) => one.n === item)
    if (!found || found.matter === null) return holds('没有案卷的事项')
    const gate = f.gates[found.matter]
    if (!gate) return fails(`《${found.title}》的案卷已经不在，不能作出决定；请撤下这项议题`)
    return gate.open
      ? holds(`《${gate.title}》具备审议的条件`)
      : fails(
          `《${gate.title}》（${gate.stageLabel}）还不能通过：${gate.outstanding.map((one) => one.reason).join('；')}；可以决定暂缓`,
        )
  },
  examples: {
    holds: [
      { name: '具备条件', given: (f) => f },
      { name: '没有案卷的事项', given: (f) => saying(f, { item: 2 }) },
    ],
    refused: [
      {
        name: '审核以后文本有改动',
        given: (f) => ({
          ...f,
          gates: {
            'm-1': exampleGate('m-1', {
              open: false,
              outstanding: [{ rule: 'review.same-text', reason: '审核的是第3版，现为第4版' }],
            }),
          },
        }),
        says: '现为第4版',
      },
      { name: '案卷已经撤回', given: (f) => ({ ...f, gates: {} }), says: '已经不在' },
    ],
  },
}
