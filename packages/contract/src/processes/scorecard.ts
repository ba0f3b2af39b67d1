// 年度考核评分对外的约定：一个单位一年一份；自评、核定（由事实得出的附每一件）、异议、决定、公布。
import { z } from 'zod'
import { defineContract, field, grouped } from './define.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const ofItems = { from: 'items', value: 'id', label: 'text' }
const itemOf = (note: string) =>
  field(text(60), '哪一项', {
    description: '评分标准中这一项的标识，如 documents',
    help: '',
    control: 'own-item',
    of: { ...ofItems, note },
  })
const item = itemOf('')
const score = field(z.number().min(-100).max(100), '得分')
const reason = field(text(2000), '理由', { control: 'long-text' })
export const scoreObjectionLabels = { upheld: '采纳', not_upheld: '不采纳' } as const
/** 一项怎样得出。 */
export const scoreRuleLabels = {
  auto: '由事实得出',
  manual: '由人评定',
  bonus: '特别加分',
  penalty: '特别扣分',
} as const

export const scorecardContract = defineContract({
  kind: 'scorecard',
  label: '年度考核评分',
  noun: '考核评分',
  opening: {
    type: 'OpenScorecard' as const,
    label: '开始考核',
    fields: {
      year: field(z.int().min(2000).max(2100), '年度'),
      unit: field(text(60), '考核的单位', { control: 'unit' }),
    },
  },
  commands: {
    SelfAssess: {
      label: '报送自评',
      fields: {
        scores: field(
          z
            .array(
              grouped({
                item: itemOf('weightLabel,standard'),
                score,
                note: field(z.string().trim().max(2000).optional(), '说明', { control: 'long-text' }),
              }),
            )
            .min(1)
            .max(60),
          '各项自评',
          { control: 'table', prefill: 'this.toAssess', of: { fixed: 'item' } },
        ),
      },
    },
    CheckScores: {
      label: '核定评分',
      fields: {
        scores: field(
          z
            .array(
              grouped({
                item: itemOf('weightLabel,selfLabel,standard'),
                score,
                reason: field(z.string().trim().max(2000).optional(), '理由', { control: 'long-text' }),
              }),
            )
            .min(1)
            .max(60),
          '由人评定的各项',
          {
            control: 'table',
            description: '由事实得出的各项不填，核定时算出，附每一件',
            prefill: 'this.toCheck',
            of: { fixed: 'item', rest: 'score', restOf: 'self', restLabel: '与自评相同' },
          },
        ),
      },
    },
    ObjectToScore: { label: '对一项提出异议', fields: { item, reason } },
    DecideObjection: {
      label: '答复异议',
      fields: {
        item: field(text(60), '对哪一项的异议', {
          description: '评分标准中这一项的标识，如 documents',
          help: '',
          control: 'own-item',
          of: { ...ofItems, only: 'waiting' },
        }),
        outcome: field(z.enum(['upheld', 'not_upheld']), '答复', { labels: scoreObjectionLabels }),
        score: field(z.number().min(-100).max(100).optional(), '改为几分', {
          when: { field: 'outcome', is: ['upheld'] },
          requiredThen: true,
        }),
        reason,
      },
    },
    RecomputeDeadlines: { label: '重新计算期限', fields: {} },
    FinaliseScore: { label: '审定并公布', fields: {} },
  },
  stages: {
    published_standard: '标准已公布',
    self_assessed: '已自评',
    checked: '已核定',
    objected: '有异议',
    final: '已审定',
  },
  records: {
    ScorecardOpened: '开始考核',
    SelfAssessed: '报送自评',
    ScoresChecked: '核定评分',
    ScoreObjected: '对一项提出异议',
    ScoreObjectionDecided: '答复异议',
    ScoreFinalised: '审定并公布',
    DeadlinesRecomputed: '重新计算期限',
  },
})
