// 计划：自今日起，让机器沿着日历向前走，得出其余每一阶段依法最早的日期。与决定用同一机器、同一规则。

import type { Stage, Verdict } from '@dianzhang/contract'
import type { PlanStep as KernelStep } from '@dianzhang/kernel'
import type { PlainDate } from '@dianzhang/rules'
import { engine } from './process.ts'
import type { DocumentShape, LifecycleEvent, Snapshot } from './shape.ts'

export type PlanStep = KernelStep<DocumentShape> & { stage: Stage }
export interface Plan {
  steps: PlanStep[]
  /** 计划在此停住的原因；能走到施行则为 null。 */
  stuck: null | { stage: Stage; verdicts: Verdict[] }
  publishOn: PlainDate | null
  effectiveOn: PlainDate | null
  provisional: boolean
}

/**
 * 自 `now` 起推演。不含随机与时钟：同样的输入得到同样的计划。
 * 假定各环节在依法最早之日办理完毕（部门当日答复、意见当日处理），因此是“最早”，不是“预计”。
 */
export function plan(start: Snapshot, now: Omit<LifecycleEvent, 'type' | 'payload'>): Plan {
  const external = { ...now.external, comments: { total: now.external.comments.total, undisposed: 0 } }
  const { steps, stuck, provisional, dossier } = engine.plan(start, { ...now, external })
  return {
    steps: steps as PlanStep[],
    stuck: stuck as Plan['stuck'],
    publishOn: stuck ? null : (dossier.publication?.publishedOn ?? null),
    effectiveOn: stuck ? null : (dossier.publication?.effectiveDate ?? null),
    provisional,
  }
}
