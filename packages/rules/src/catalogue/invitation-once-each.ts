// 一次征求意见，同一个单位、同一个人只邀请一次：重复的会重复计入经营主体的比例。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

const inviting = (f: Facts, invitedTwice: number | null): Facts =>
  withExternal(
    withCommand(f, 'InviteParticipants', {
      invitees: [
        { name: '海原县某协会', kind: 'association' },
        { name: '海原县某公司', kind: 'enterprise' },
      ],
    }),
    { invitedTwice },
  )

export const invitationOnceEach: Rule = {
  id: 'invitation.once-each',
  title: '一次征求意见，同一个单位、同一个人只邀请一次',
  severity: 'block',
  basis: source.privateEconomy('第四十五条第一款'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const at = f.command?.type === 'InviteParticipants' ? (f.external.invitedTwice ?? null) : null
    if (at === null) return holds('没有重复的邀请')
    const invitees = f.command?.payload.invitees as ReadonlyArray<{ name?: unknown }> | undefined
    return fails(`“${String(invitees?.[at]?.name ?? '')}”（第${at + 1}个）这一次已经邀请过，请删去重复的`)
  },
  examples: {
    holds: [{ name: '没有重复', given: (f) => inviting(f, null), says: '没有重复' }],
    refused: [{ name: '第二个已经邀请过', given: (f) => inviting(f, 1), says: '“海原县某公司”（第2个）' }],
  },
}
