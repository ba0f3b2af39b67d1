// 全部后来才有的参数，一节一个文件。加一项：在该节的文件里登记一条即可，类型、名称、补齐、预览、检查随之覆盖。
import { confidential } from './confidential.ts'
import { assessment, correction } from './correction.ts'
import { deviation } from './deviation.ts'
import { filing } from './filing.ts'
import { filingReview } from './filing-review.ts'
import { organs } from './organs.ts'
import {
  archive,
  cleanup,
  consultation,
  deliberation,
  effective,
  evaluation,
  expert,
  fairCompetition,
  hearing,
  initiation,
  majorDecision,
  publication,
  review,
  suggestion,
  validity,
  yearly,
} from './procedure.ts'
import { reminding } from './reminding.ts'
import { scorecard } from './scorecard.ts'

/** 节 → 该节后来才有的参数。 */
export const laterSections = {
  initiation,
  consultation,
  hearing,
  expert,
  review,
  fairCompetition,
  deliberation,
  majorDecision,
  publication,
  effective,
  validity,
  evaluation,
  cleanup,
  suggestion,
  archive,
  yearly,
  correction,
  assessment,
  organs,
  deviation,
  confidential,
  filingReview,
  reminding,
  scorecard,
} as const

/** 备案轨道内后来才有的参数。 */
export const laterFiling = filing
