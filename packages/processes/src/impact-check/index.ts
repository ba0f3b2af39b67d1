export { type Alarm, alarmOf, type CitingPlace } from './alarm.ts'
export { ImpactDossier, pendingContest, roleOf } from './dossier.ts'
export { impactChecks } from './process.ts'
export type { ImpactExternal, ImpactShape } from './shape.ts'
