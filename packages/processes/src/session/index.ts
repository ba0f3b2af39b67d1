export { type Attendance, attendanceOf, takingPart } from './attendance.ts'
export { numbered } from './evolve.ts'
export { sessionEngine } from './process.ts'
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
