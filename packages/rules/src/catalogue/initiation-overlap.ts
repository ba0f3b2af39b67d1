// 与现行文件、计划里的其他项目名称相近的，立项时问一问：是否重复，能不能合并或者修改原文件。只问，不下结论。
import { roleLabels } from '@dianzhang/contract'
import { source } from '@dianzhang/packs'
import type { Facts } from '../facts.ts'
import { fails, holds } from '../finding.ts'
import { withCommand, withExternal } from '../patch.ts'
import type { Rule } from '../rule.ts'
import { filled } from '../words.ts'

const like = (f: Facts, ...similar: string[]): Facts =>
  withExternal(f, { planning: { plan: null, item: null, catalogue: null, listed: [], similar } })

export const initiationOverlap: Rule = {
  id: 'initiation.overlap',
  title: '与现行文件、计划项目名称相近的，说明关系',
  severity: 'warn',
  basis: source.makingAndSupervision('（一）'),
  by: [roleLabels.drafter, roleLabels.secretariat],
  judge: (f) => {
    const similar = f.external.planning?.similar ?? []
    if (similar.length === 0) return holds('没有名称相近的文件、项目')
    const said = similar.slice(0, 5).join('、')
    return filled(f.command?.payload.note)
      ? holds(`与${said}名称相近，已作说明`)
      : fails(`与${said}名称相近：是否重复、可否合并或者修改原文件，请说明`)
  },
  examples: {
    holds: [
      { name: '没有相近的', given: (f) => f },
      {
        name: '已作说明',
        given: (f) => withCommand(like(f, '现行的《民宿管理办法》'), 'ApproveInitiation', { note: '原办法只管备案。' }),
        says: '已作说明',
      },
    ],
    refused: [{ name: '没有说明', given: (f) => like(f, '现行的《民宿管理办法》'), says: '民宿管理办法' }],
  },
}
