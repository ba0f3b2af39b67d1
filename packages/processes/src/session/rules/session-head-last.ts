import { source } from '@dianzhang/packs'
import { takingPart } from '../attendance.ts'
import { major, saying } from '../example.ts'
import { fails, holds, strings } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionHeadLast: SessionRule = {
  id: 'session.head-last',
  title: '行政首长最后发表意见',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { speakers, recused, item } = f.command.payload
    const held = f.dossier.held?.attendance
    if (!held || item === undefined) return holds('没有逐人记载发言')
    const severity = f.dossier.items.find((one) => one.n === item)?.majorDecision ? 'block' : 'warn'
    if (!takingPart(f.dossier, strings(recused)).includes(held.head)) return holds('行政首长没有参加这一项的讨论')
    const order = strings(speakers)
    const name = f.people[held.head] ?? held.head
    if (order.length === 0) return fails(`没有记明发言的次序；${name}应当最后发表意见`, { severity })
    if (order.at(-1) !== held.head)
      return fails(`最后发表意见的是${f.people[order.at(-1) ?? ''] ?? order.at(-1)}；${name}应当最后发表意见`, {
        severity,
      })
    return order.indexOf(held.head) < order.length - 1
      ? fails(`${name}在其他人之前已经发表过意见；行政首长应当最后发表意见`, { severity })
      : holds(`${name}最后发表意见`)
  },
  examples: {
    holds: [
      { name: '县长最后发言', given: (f) => f },
      { name: '县长回避', given: (f) => saying(major(f), { speakers: ['p-vice-1'], recused: ['p-head'] }) },
    ],
    refused: [
      {
        name: '重大决策，县长先发言',
        given: (f) => saying(major(f), { speakers: ['p-head', 'p-vice-1'] }),
        says: '应当最后发表意见',
      },
      { name: '重大决策，没有记明次序', given: (f) => saying(major(f), { speakers: [] }), says: '没有记明发言的次序' },
      {
        name: '首尾各发言一次',
        given: (f) => saying(f, { speakers: ['p-head', 'p-vice-1', 'p-head'] }),
        says: '已经发表过意见',
      },
    ],
  },
}
