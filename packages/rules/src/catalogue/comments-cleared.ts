// 公开意见原文以前，逐件由人确认公开到什么程度；没有确认的一件也不出去。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'

const publishing = (f: Facts): Facts => (f.command?.type === 'PublishComments' ? f : withCommand(f, 'PublishComments'))

export const commentsCleared: Rule = {
  id: 'comments.cleared',
  title: '公开原文以前，每件意见都已写明照原样、遮去后公开或者不公开',
  severity: 'block',
  basis: source.personalInformation('第二十五条'),
  by: [roleLabels.drafter],
  judge: (f) => {
    if (f.command?.type !== 'PublishComments') return holds('没有正在公开意见原文')
    const { total, uncleared = 0, unpublished = 0 } = f.external.comments
    if (total === 0) return fails('没有收到意见，没有可以公开的原文')
    if (uncleared > 0) return fails(`尚有${uncleared}件没有写明公开到什么程度；不能公开未经个人同意的个人信息`)
    if (unpublished === 0) return fails('各次征求的意见都已公开，或者采纳情况尚未公布')
    return holds('采纳情况已经公布的各次，收到的意见都已写明公开到什么程度')
  },
  examples: {
    holds: [
      {
        name: '都已写明',
        given: (f) =>
          withExternal(publishing(f), { comments: { total: 12, undisposed: 0, uncleared: 0, unpublished: 1 } }),
        says: '都已写明',
      },
    ],
    refused: [
      {
        name: '三件没有写明',
        given: (f) =>
          withExternal(publishing(f), { comments: { total: 12, undisposed: 0, uncleared: 3, unpublished: 1 } }),
        says: '尚有3件',
      },
      {
        name: '没有收到意见',
        given: (f) => withExternal(publishing(f), { comments: { total: 0, undisposed: 0 } }),
        says: '没有收到意见',
      },
      {
        name: '已经公开',
        given: (f) =>
          withExternal(publishing(f), { comments: { total: 12, undisposed: 0, uncleared: 0, unpublished: 0 } }),
        says: '都已公开',
      },
    ],
  },
}
