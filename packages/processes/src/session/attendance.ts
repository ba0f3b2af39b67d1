// 出席人数的计算：半数、三分之二“以上”含本数，“过”半数不含。
import type { Pack } from '@dianzhang/packs'
import type { SessionDossier } from './shape.ts'

type Quorum = Pack['deliberation']['quorum']['value']
const names: Record<string, string> = { half: '半数以上', over_half: '过半数', two_thirds: '三分之二以上' }

export interface Attendance {
  /** 应到。 */
  due: number
  /** 实到，除去回避、离席的。 */
  present: number
  /** 至少须有多少人；没有规定的为 null。 */
  needed: number | null
  words: string
}
/** 至少须有多少人出席；`members` 为应到人数。没有规定（或者不认识所写的规定）的为 null。 */
export function neededOf(quorum: Quorum, members: number): number | null {
  if (quorum === 'half') return Math.ceil(members / 2)
  if (quorum === 'over_half') return Math.floor(members / 2) + 1
  if (quorum === 'two_thirds') return Math.ceil((members * 2) / 3)
  return null
}
/** 应到、实到与法定人数，一句话。回避的不计入实到，仍计入应到。 */
export function attendanceOf(quorum: Quorum, members: number, present: number): Attendance {
  const needed = neededOf(quorum, members)
  const rule = needed === null ? '本地没有规定法定出席人数' : `须有${names[quorum]}即${needed}人`
  return { due: members, present, needed, words: `应到${members}人，实到${present}人；${rule}` }
}
/** 出席并参加某一项讨论的人。 */
export const takingPart = (d: SessionDossier, recused: readonly string[]): string[] =>
  (d.held?.attendance?.present ?? []).filter((person) => !recused.includes(person))
