export { exampleOffice } from './example.ts'
export { office, officeEngine } from './process.ts'
export type {
  OfficeDossier,
  OfficeFacts,
  OfficeResolved,
  OfficeRuleId,
  OfficeShape,
  OfficeState,
  PersonState,
} from './shape.ts'
