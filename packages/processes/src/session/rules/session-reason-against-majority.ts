import { source } from '@dianzhang/packs'
import { takingPart } from '../attendance.ts'
import { major, saying } from '../example.ts'
import { fails, holds, strings } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionReasonAgainstMajority: SessionRule = {
  id: 'session.reason-against-majority',
  title: '决定与多数人的意见不一致的，在会上说明理由',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘', '签发领导'],
  judge: (f) => {
    const { outcome, dissents, recused, headReason, item } = f.command.payload
    if (outcome !== 'adopted' && outcome !== 'adopted_with_changes') return holds('没有通过')
    const here = takingPart(f.dossier, strings(recused))
    const against = new Set(
      Array.isArray(dissents) ? (dissents as Array<{ person: string }>).map((one) => one.person) : [],
    )
    if (here.length === 0 || against.size * 2 <= here.length) return holds(`不同意见${against.size}人，不是多数`)
    const severity = f.dossier.items.find((one) => one.n === item)?.majorDecision ? 'block' : 'warn'
    return typeof headReason === 'string' && headReason.trim() !== ''
      ? holds('已经说明理由')
      : fails(
          `出席${here.length}人，不同意见${against.size}人，为多数；行政首长的决定与多数人的意见不一致的，应当在会上说明理由并记录`,
          { severity },
        )
  },
  examples: {
    holds: [
      { name: '没有不同意见', given: (f) => f },
      {
        name: '多数不同意，说明了理由',
        given: (f) =>
          saying(major(f), {
            dissents: ['p-vice-1', 'p-vice-2', 'p-vice-3'].map((person) => ({ person, text: '缓行' })),
            headReason: '上级已有期限',
          }),
      },
    ],
    refused: [
      {
        name: '重大决策，多数不同意而没有理由',
        given: (f) =>
          saying(major(f), {
            dissents: ['p-vice-1', 'p-vice-2', 'p-vice-3'].map((person) => ({ person, text: '缓行' })),
          }),
        says: '应当在会上说明理由',
      },
    ],
  },
}
