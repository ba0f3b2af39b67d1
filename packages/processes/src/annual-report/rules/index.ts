// 年度报告的全部规则，一条一个文件。
import type { Catalogue } from '@dianzhang/kernel'
import type { ReportFacts, ReportRuleId } from '../shape.ts'
import { differs } from './differs.ts'
import { figureKnown } from './figure-known.ts'
import { figuresKnown } from './figures-known.ts'
import { figuresLinked } from './figures-linked.ts'
import { filledByHand } from './filled-by-hand.ts'
import { inTime } from './in-time.ts'
import { objectionOpen } from './objection-open.ts'
import { objectionsAnswered } from './objections-answered.ts'
import { oneObjection } from './one-objection.ts'
import { recordedAct } from './recorded-act.ts'
import { sectionsWritten } from './sections-written.ts'
import { yearOver } from './year-over.ts'

export const reportRules: Catalogue<ReportRuleId, ReportFacts> = {
  'report.year-over': yearOver,
  'report.sections-written': sectionsWritten,
  'report.figures-linked': figuresLinked,
  'report.figures-known': figuresKnown,
  'report.filled-by-hand': filledByHand,
  'report.recorded-act': recordedAct,
  'report.objections-answered': objectionsAnswered,
  'report.figure-known': figureKnown,
  'report.one-objection': oneObjection,
  'report.objection-open': objectionOpen,
  'report.in-time': inTime,
  'report.differs': differs,
}
