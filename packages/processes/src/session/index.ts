export { type Attendance, attendanceOf } from './attendance.ts'
export { numbered } from './evolve.ts'
export { session, sessionEngine } from './process.ts'
export type {
  AgendaItem,
  Gate,
  ItemDecision,
  SessionDossier,
  SessionFacts,
  SessionResolved,
  SessionRuleId,
  SessionShape,
} from './shape.ts'
