// 紧急、缩短、提前与逾期：情形、批准人、底线。各项参数在此登记：later(名称, 合并方式, { national, before })。
import type { DeviableMatter } from '@dianzhang/contract'
import { param } from '../param.ts'
import { source } from '../sources.ts'
import { later } from './later.ts'

/** 一种情形：代码、条文的说法、可以认作它的用语，须有何种依据，可以用于哪些事项。 */
export interface DeviationGround {
  code: string
  label: string
  words: string[]
  /** `order` 上级的命令、决定（须有文号）；`event` 突发事件（须有名称与日期）。 */
  evidence: 'order' | 'event'
  for: DeviableMatter[]
}
const all: DeviableMatter[] = ['emergency', 'consultation.minimum-period', 'review.min-period', 'review.max-period']

export const deviation = {
  grounds: later<DeviationGround[]>('可以缩短、提前或者逾期的情形', 'replace', {
    national: param<DeviationGround[]>(
      [
        {
          code: 'emergency_response',
          label: '预防、应对和处置突发事件',
          words: ['突发事件'],
          evidence: 'event',
          for: all,
        },
        {
          code: 'superior_order',
          label: '执行上级机关的紧急命令和决定',
          words: ['紧急命令', '紧急决定', '紧急通知'],
          evidence: 'order',
          for: all,
        },
      ],
      null,
      [source.legalityReview('二（五）'), source.majorDecision('第十五条')],
      {
        confidence: 'partly_verified',
        quote: '“除为了预防、应对和处置突发事件，或者执行上级机关的紧急命令和决定需要立即制定实施行政规范性文件等外”',
        note: '115号所列的两种用于审核时间；征求意见期限“因情况紧急等原因需要缩短”，条文没有列举，比照这两种，另有规定的由地方列入',
      },
    ),
  }),
  approvers: later<Array<'leader'>>('批准缩短、提前或者逾期的任职（在制定机关）', 'replace', {
    national: param<Array<'leader'>>(['leader'], null, [source.officialPapers('第二十二条')], {
      confidence: 'inference',
      note: '条文只要求说明理由，没有写由谁批准；比照公文签发，由制定机关的负责人批准',
    }),
  }),
  consultationFloor: later<number | null>('缩短以后公开征求意见的底线', 'longer', {
    before: param<number | null>(null, null, source.majorDecision('第十五条'), { note: '此前没有核对' }),
    national: param<number | null>(7, 'calendar_day', source.sc351('第十九条第二款', 'local_example'), {
      confidence: 'local_example',
      note: '国家只要求说明理由，没有写底线；取外地规定的最短7日；本地条文写了底线的从其规定',
    }),
  }),
  /** 所依的命令、决定、突发事件最早可以在多久以前。 */
  referenceWithin: later<number | null>('紧急所依的命令、事件须在多久以内', 'shorter', {
    since: 4,
    national: param<number | null>(12, 'month', source.legalityReview('二（五）'), {
      confidence: 'inference',
      quote: '“需要立即制定实施行政规范性文件等外”',
      note: '“立即制定”以命令、事件在近期为前提；条文没有写多久，取一年，由管理员依本地情形确认',
    }),
  }),
  reviewFloor: later<number | null>('提前出具审核意见的底线', 'longer', {
    national: param<number | null>(null, null, source.legalityReview('二（五）'), {
      note: '紧急情形只放宽时间，不免除审核；条文没有写放宽以后的底线，由地方规定',
    }),
  }),
}
