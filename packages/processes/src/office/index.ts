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
  PackProposal,
  PersonState,
} from './shape.ts'
