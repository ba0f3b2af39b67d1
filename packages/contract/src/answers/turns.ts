// 轮到谁：清单的一行、案卷的第一张卡片所说的；由服务端随每一次办理存下，不由页面推算。
import { z } from 'zod'
import { actorRoleLabels } from '../vocabulary.ts'
import { keysOf } from './common.ts'

const date = z.iso.date()
const named = z.looseObject({ id: z.string(), name: z.string() })
const actor = z.enum(keysOf(actorRoleLabels))

/** 等着办理的一件事：办什么、等哪个单位的哪个角色、自何时、到何日。 */
export const TurnLine = z.looseObject({
  command: z.string(),
  label: z.string(),
  verb: z.string().describe('办什么，有件数的带件数'),
  count: z.int().nullable(),
  role: actor,
  unit: named.nullable().describe('哪个单位；几个单位都可以办理的为空'),
  since: z.string(),
  askedBy: named.nullable().describe('由谁办理以后轮到的；公众、系统的为空'),
  dueOn: date.nullable(),
  daysLate: z.int().describe('逾期几日，没有逾期的为 0'),
  mine: z.boolean().describe('此人是被等着的人之一'),
  held: z.boolean().describe('有人担任这一角色；没有的，请管理员设定'),
})
/** 到了那一日才轮到的一件事：会议还没有开，征求意见还没有截止。 */
export const AheadLine = TurnLine.extend({ from: date.describe('自哪一日起轮到') })
/** 此人在等谁。 */
export const WaitingFor = z.looseObject({
  unit: named.nullable(),
  role: actor,
  since: z.string(),
  label: z.string(),
  dueOn: date.nullable(),
  daysLate: z.int(),
  others: z.int().describe('此外还等几个单位'),
})
/** 最近由谁办了什么。 */
export const LastAct = z.looseObject({
  at: z.string(),
  label: z.string(),
  by: named.nullable(),
  unit: named.nullable(),
  kind: z.enum(['person', 'public', 'system']),
})
/** 本人推到以后的：到哪一日再列在待办里，为什么。 */
export const Later = z.looseObject({ until: date, why: z.string() })
/** 清单的一行在名称、阶段以外所说的。 */
export const rowLines = {
  turns: z.array(TurnLine).describe('此刻等着的各事'),
  mine: z.array(TurnLine).describe('其中等此人的'),
  ahead: z.array(AheadLine).optional().describe('还没有到日子的各事，近的在前'),
  waitingFor: WaitingFor.nullable(),
  unread: z.boolean().describe('上次看过以后又有变动'),
  followed: z.boolean(),
  later: Later.nullable().optional(),
  last: LastAct.nullable(),
}
/** 本人给一件事项做的记号。 */
export const MatterMark = z.looseObject({
  followed: z.boolean(),
  seenAt: z.string().nullable(),
  later: Later.nullable(),
})
/** 一次检索：各类各几项，看不到的不在其中。 */
export const SearchFound = z.looseObject({
  q: z.string(),
  groups: z.array(
    z.looseObject({
      kind: z.string(),
      label: z.string(),
      more: z.boolean().describe('此外还有'),
      items: z.array(
        z.looseObject({
          id: z.string(),
          title: z.string(),
          detail: z.string(),
          snippet: z.string().nullable().optional().describe('正文里有所查的词的一段'),
          to: z.string().describe('工作台里的地址；public 为 true 的是公开门户的地址'),
          public: z.boolean(),
        }),
      ),
    }),
  ),
})
