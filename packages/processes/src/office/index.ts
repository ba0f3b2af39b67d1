export { exampleOffice } from './example.ts'
export { officeEngine } from './process.ts'
export { bodySeen, postsSeen, unitSeen } from './seen.ts'
export type {
  FieldFault,
  OfficeDossier,
  OfficeFacts,
  OfficeResolved,
  OfficeRuleId,
  OfficeShape,
  OfficeState,
  PersonState,
} from './shape.ts'
