import { source } from '@dianzhang/packs'
import { saying } from '../example.ts'
import { fails, holds, strings } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionSpeakersPresent: SessionRule = {
  id: 'session.speakers-present',
  title: '发言、提出不同意见、回避的都是出席的组成人员',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { speakers, dissents, recused } = f.command.payload
    const present = f.dossier.held?.attendance?.present
    if (!present) return holds('出席情况随案卷登记，没有逐人记载')
    const named = [
      ...strings(speakers),
      ...strings(recused),
      ...(Array.isArray(dissents) ? (dissents as Array<{ person: string }>).map((one) => one.person) : []),
    ]
    const absent = [...new Set(named.filter((one) => !present.includes(one)))]
    return absent.length === 0
      ? holds('所列的人都出席了会议')
      : fails(`${absent.map((one) => f.people[one] ?? one).join('、')}没有出席会议，不能列为发言、不同意见或者回避的人`)
  },
  examples: {
    holds: [{ name: '都出席了', given: (f) => f }],
    refused: [
      {
        name: '没有出席的人发言',
        given: (f) => saying(f, { speakers: ['p-chief', 'p-head'] }),
        says: '办公室主任没有出席',
      },
      {
        name: '没有出席的人提了不同意见',
        given: (f) => saying(f, { dissents: [{ person: 'p-chief', text: '期限过短' }] }),
        says: '没有出席',
      },
    ],
  },
}
