// 会议的全部规则，以固定的名称为键。
import type { Catalogue } from '@dianzhang/kernel'
import type { SessionFacts, SessionRuleId } from '../shape.ts'
import { sessionAhead } from './session-ahead.ts'
import { sessionAttendanceOnce } from './session-attendance-once.ts'
import { sessionEveryItemDecided } from './session-every-item-decided.ts'
import { sessionHeadLast } from './session-head-last.ts'
import { sessionHeldByToday } from './session-held-by-today.ts'
import { sessionItemOpen } from './session-item-open.ts'
import { sessionItemReady } from './session-item-ready.ts'
import { sessionItemsOnce } from './session-items-once.ts'
import { sessionItemsReady } from './session-items-ready.ts'
import { sessionNotPast } from './session-not-past.ts'
import { sessionOnce } from './session-once.ts'
import { sessionQuorum } from './session-quorum.ts'
import { sessionReasonAgainstMajority } from './session-reason-against-majority.ts'
import { sessionSignedByChair } from './session-signed-by-chair.ts'
import { sessionSpeakersPresent } from './session-speakers-present.ts'

export const sessionRules: Catalogue<SessionRuleId, SessionFacts> = {
  'session.ahead': sessionAhead,
  'session.once': sessionOnce,
  'session.not-past': sessionNotPast,
  'session.items-once': sessionItemsOnce,
  'session.items-ready': sessionItemsReady,
  'session.item-ready': sessionItemReady,
  'session.item-open': sessionItemOpen,
  'session.held-by-today': sessionHeldByToday,
  'session.attendance-once': sessionAttendanceOnce,
  'session.quorum': sessionQuorum,
  'session.speakers-present': sessionSpeakersPresent,
  'session.head-last': sessionHeadLast,
  'session.reason-against-majority': sessionReasonAgainstMajority,
  'session.every-item-decided': sessionEveryItemDecided,
  'session.signed-by-chair': sessionSignedByChair,
}
