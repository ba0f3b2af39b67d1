// 情形：同一命令通往不同去处时，由载荷或案卷中的哪些事实区分。只用数据，不写函数，便于读回与画图。
import type { Track } from '@dianzhang/contract'
import type { ForceEvent, ForceState } from '@dianzhang/rules'

export interface Case {
  /** 载荷中的结论（审核意见、审议决定、办公机构审核等）。 */
  outcome?: string | string[]
  /** 是否实质性修改。 */
  substantive?: boolean
  /** 备案轨道（载荷）。 */
  track?: Track
  /** 所载效力变动的日期是否已到。 */
  reached?: boolean
  /** 送审材料是否已受理（案卷）。 */
  accepted?: boolean
  /** 是否已经审议通过、回来确认修改（案卷）。 */
  decided?: boolean
  /** 因何阶段退回而在起草阶段（案卷）。 */
  returnedFrom?: string
  /** 本次签署之后是否全部签署。 */
  lastSignature?: boolean
  /** 已有有效编号（案卷）。 */
  numbered?: boolean
  /** 施行日期是否已到（案卷）。 */
  inEffect?: boolean
  /** 已到期而尚未体现的效力变动（案卷）。 */
  dueForce?: ForceEvent['kind'] | 'clauses' | 'none'
  /** 停止、恢复执行的只是若干条款（载荷）。 */
  byClause?: boolean
  /** 收回（或者撤去收回）所指的变动以后，处于何种效力状态。 */
  restoredTo?: ForceState
  /** 已经修改过（施行之前修改的，施行时即为已修改）。 */
  amended?: boolean
  governmentTrack?: boolean
  npcTrack?: boolean
}
