// 一份邀请答复一次；答复以后仍可以查看。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import { fails, holds } from '../finding.ts'
import { withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

export const invitationUnanswered: Rule = {
  id: 'invitation.unanswered',
  title: '凭邀请提意见的，只答复一次',
  severity: 'block',
  basis: source.design('约定：定向征求意见的邀请只用一次'),
  by: [roleLabels.drafter],
  judge: (f) =>
    f.external.invitation?.answered
      ? fails('这份邀请已经答复过；还有意见的，可以在征求意见的页面另提')
      : holds('不是凭邀请提出，或者邀请尚未答复'),
  examples: {
    holds: [{ name: '不是凭邀请提出的', given: (f) => f, says: '不是凭邀请提出' }],
    refused: [
      {
        name: '已经答复过',
        given: (f) => withExternal(f, { invitation: { answered: true } }),
        says: '已经答复过',
      },
    ],
  },
}
