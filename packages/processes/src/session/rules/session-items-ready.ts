import { source } from '@dianzhang/packs'
import { coming, during, exampleGate } from '../example.ts'
import { fails, holds } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionItemsReady: SessionRule = {
  id: 'session.items-ready',
  title: '列入议题的案卷已经具备审议的条件',
  severity: 'warn',
  basis: source.legalityReview('二（七）'),
  by: ['政府办公室文秘', '起草经办人', '合法性审核人'],
  judge: (f) => {
    const { items, matter } = f.command.payload
    const listed = Array.isArray(items)
      ? (items as Array<{ matter?: string }>).flatMap((one) => one.matter ?? [])
      : typeof matter === 'string'
        ? [matter]
        : f.dossier.items.filter((one) => !one.dropped && !one.decision).flatMap((one) => one.matter ?? [])
    const short = listed.flatMap((one) => (f.gates[one] && !f.gates[one].open ? [f.gates[one]] : []))
    return short.length === 0
      ? holds('各件都已具备审议的条件')
      : fails(
          `未经合法性审核等法定程序的不得提交集体审议；开会以前须办妥：${short
            .map(
              (gate) =>
                `《${gate.title}》（${gate.stageLabel}）：${gate.outstanding.map((one) => one.reason).join('；') || '尚不能作出决定'}`,
            )
            .join('。')}`,
        )
  },
  examples: {
    holds: [{ name: '都已具备', given: (f) => during(coming(f), 'SetAgenda', { items: [{ matter: 'm-1' }] }) }],
    refused: [
      {
        name: '还在审核',
        given: (f) =>
          during(
            coming({
              ...f,
              gates: {
                'm-1': exampleGate('m-1', {
                  open: false,
                  stageLabel: '合法性审核',
                  outstanding: [{ rule: 'review.opinion-lawful', reason: '尚无合法性审核意见' }],
                }),
              },
            }),
            'SetAgenda',
            { items: [{ matter: 'm-1' }] },
          ),
        says: '尚无合法性审核意见',
      },
    ],
  },
}
