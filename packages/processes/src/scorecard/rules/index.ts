// 考核评分的全部规则，一条一个文件。
import type { Catalogue } from '@dianzhang/kernel'
import type { ScoreFacts, ScoreRuleId } from '../shape.ts'
import { checkerIndependent } from './checker-independent.ts'
import { deductionReasoned } from './deduction-reasoned.ts'
import { everyItem } from './every-item.ts'
import { factsNotTyped } from './facts-not-typed.ts'
import { itemKnown } from './item-known.ts'
import { objectionInTime } from './objection-in-time.ts'
import { objectionOpen } from './objection-open.ts'
import { objectionsDecided } from './objections-decided.ts'
import { oneObjection } from './one-objection.ts'
import { selfInTime } from './self-in-time.ts'
import { windowOver } from './window-over.ts'
import { withinWeight } from './within-weight.ts'

export const scoreRules: Catalogue<ScoreRuleId, ScoreFacts> = {
  'scorecard.every-item': everyItem,
  'scorecard.within-weight': withinWeight,
  'scorecard.self-in-time': selfInTime,
  'scorecard.facts-not-typed': factsNotTyped,
  'scorecard.deduction-reasoned': deductionReasoned,
  'scorecard.checker-independent': checkerIndependent,
  'scorecard.item-known': itemKnown,
  'scorecard.one-objection': oneObjection,
  'scorecard.objection-in-time': objectionInTime,
  'scorecard.objection-open': objectionOpen,
  'scorecard.objections-decided': objectionsDecided,
  'scorecard.window-over': windowOver,
}
