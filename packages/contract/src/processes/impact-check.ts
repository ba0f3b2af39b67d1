// 上位法变化核查对外的约定：上位法修改、废止，或者本地的文件修改、废止另一件，以它为依据、引用它的文件逐件核查。
import { z } from 'zod'
import { keysOf } from '../keys-of.ts'
import { defineContract, field } from './define.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const day = z.iso.date()

/** 核查的结论。 */
export const impactOutcomeLabels = {
  unaffected: '不受影响',
  amend: '需要修改',
  repeal: '应予废止',
  undecided: '待定',
} as const
export type ImpactOutcome = keyof typeof impactOutcomeLabels
/** 变动的种类。 */
export const impactEventLabels = { changed: '修改', ended: '废止、失效' } as const
/** 文件怎样提到这部上位法。 */
export const impactRoleLabels = { basis: '制定依据', implements: '为实施它而制定', cites: '引用' } as const
/** 核查的范围。 */
export const impactScopeLabels = { articles: '所引条款有变动', whole: '整件核查' } as const

/** 文件里的一处。 */
const Place = z.strictObject({
  role: field(z.enum(keysOf(impactRoleLabels)), '角色', { labels: impactRoleLabels }),
  address: field(z.string().max(200), '在何处'),
  articles: field(z.array(text(60)).max(300), '所引条款'),
  declared: field(z.boolean(), '对照表载明'),
})
export const impactCheck = defineContract({
  kind: 'impact-check',
  label: '上位法变化核查',
  noun: '核查',
  opening: {
    type: 'OpenImpactCheck',
    label: '开启核查',
    fields: {
      document: field(text(200), '核查的文件', { control: 'entry' }),
      event: field(
        z.strictObject({
          key: field(text(400), '标识', { control: 'hidden' }),
          actKey: field(text(300), '归一的名称', { control: 'hidden' }),
          title: field(text(300), '上位法'),
          documentNumber: field(text(200).nullable(), '文号'),
          kind: field(z.enum(keysOf(impactEventLabels)), '变动', { labels: impactEventLabels }),
          on: field(day, '自何日起'),
          articles: field(z.array(text(60)).max(300), '变动的条'),
          replacedBy: field(text(300).nullable(), '由何代替'),
          source: field(text(400), '据何处得知'),
        }),
        '变动',
      ),
      scope: field(z.enum(keysOf(impactScopeLabels)), '范围', { labels: impactScopeLabels }),
      places: field(z.array(Place).max(200), '文件的哪几处'),
    },
  },
  commands: {
    StartCheck: { label: '开始核查', fields: {} },
    Conclude: {
      label: '作出结论',
      fields: {
        outcome: field(z.enum(keysOf(impactOutcomeLabels)), '结论', { labels: impactOutcomeLabels }),
        reason: field(text(4000), '理由', { control: 'long-text', description: '对照变动的内容，说明为什么' }),
        articles: field(z.array(text(200)).max(100).optional(), '受影响的条款', {
          control: 'provision',
          description: '本文件的哪几条需要修改',
        }),
      },
    },
    Contest: {
      label: '提出异议',
      fields: {
        reason: field(text(4000), '理由', { control: 'long-text', description: '如所引不是这一部，或者结论有误' }),
      },
    },
    AnswerContest: {
      label: '答复异议',
      fields: {
        accepted: field(z.boolean(), '异议成立', { description: '成立的，记为不受影响，核查结束' }),
        reason: field(text(4000), '理由', { control: 'long-text' }),
      },
    },
    ConfirmConclusion: {
      label: '确认结论',
      fields: { note: field(z.string().trim().max(2000).optional(), '备注', { control: 'long-text' }) },
    },
    RecomputeDeadlines: { label: '重新计算期限', fields: {} },
  },
  stages: { open: '待核', checking: '核查中', concluded: '已核' },
  records: {
    ImpactCheckOpened: '开启核查',
    CheckStarted: '开始核查',
    ImpactUndecided: '结论待定',
    ImpactConcluded: '作出结论',
    ConclusionContested: '提出异议',
    ContestAccepted: '异议成立，不受影响',
    ContestDismissed: '异议不成立',
    ConclusionConfirmed: '结论已确认',
    DeadlinesRecomputed: '重新计算期限',
  },
})
