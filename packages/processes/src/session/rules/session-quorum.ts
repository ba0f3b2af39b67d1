import { source } from '@dianzhang/packs'
import { attendanceOf, takingPart } from '../attendance.ts'
import { coming, during, saying, withQuorum } from '../example.ts'
import { fails, holds, strings } from '../finding.ts'
import type { SessionRule } from '../shape.ts'

export const sessionQuorum: SessionRule = {
  id: 'session.quorum',
  title: '出席的组成人员达到法定人数',
  severity: 'block',
  basis: source.majorDecision('第三十条'),
  by: ['政府办公室文秘'],
  judge: (f) => {
    const { members, present, recused } = f.command.payload
    const { quorum } = f.pack.deliberation
    const held = f.dossier.held?.attendance
    const holding = f.command.type === 'HoldSession'
    const due = holding ? strings(members) : (held?.members ?? [])
    if (due.length === 0)
      return holding
        ? holds('尚未写明组成人员')
        : fails('没有登记出席情况，不知道是否达到法定人数；请补记', { severity: 'warn' })
    const here = holding ? strings(present) : takingPart(f.dossier, strings(recused))
    const found = attendanceOf(quorum.value, new Set(due).size, new Set(here).size)
    const basis = quorum.source[0] ?? source.majorDecision('第三十条')
    if (found.needed === null)
      return fails(`${found.words}；规则包没有这一项，请系统管理员依本级政府的工作规则录入`, {
        severity: 'warn',
        basis,
      })
    return found.present >= found.needed ? { ...holds(found.words), basis } : fails(found.words, { basis })
  },
  examples: {
    holds: [
      { name: '五人到四人，过半数', given: (f) => withQuorum(f, 'over_half') },
      { name: '五人到四人，三分之二以上', given: (f) => withQuorum(f, 'two_thirds') },
      {
        name: '六人到三人，半数以上',
        given: (f) =>
          during(withQuorum(coming(f), 'half'), 'HoldSession', {
            members: ['1', '2', '3', '4', '5', '6'],
            present: ['1', '2', '3'],
          }),
      },
    ],
    refused: [
      {
        name: '六人到三人，过半数',
        given: (f) =>
          during(withQuorum(coming(f), 'over_half'), 'HoldSession', {
            members: ['1', '2', '3', '4', '5', '6'],
            present: ['1', '2', '3'],
          }),
        says: '须有过半数即4人',
      },
      {
        name: '两人回避以后只剩两人',
        given: (f) => saying(withQuorum(f, 'over_half'), { recused: ['p-vice-1', 'p-vice-2'] }),
        says: '实到2人',
      },
      { name: '规则包没有这一项', given: (f) => f, says: '没有规定法定出席人数' },
    ],
  },
}
