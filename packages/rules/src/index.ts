export type { CitationEdge } from '@dianzhang/text'
export { assessedText } from './acts.ts'
export * from './audit/audit.ts'
export { auditDescribed } from './audit/described-report.ts'
export * from './audit/lines.ts'
export { mustConsultAgain, unexplained } from './catalogue/consultation-same-substance.ts'
export { catalogue, ruleList } from './catalogue/index.ts'
export { comparePackVersions, packVersion } from './catalogue/pack-newer.ts'
export { lackingNow, type MaterialLine, materialLines } from './checklist.ts'
export * from './deviations.ts'
export { exampleFacts, exampleHash, exampleUnits } from './example-facts.ts'
export * from './facts.ts'
export { lackingMaterials } from './filing-materials.ts'
export { basedOn, fails, holds, secretariatCheckCovers, substanceBetween, unsignedIssuers } from './finding.ts'
export * from './force.ts'
export { blocks, judge, recordedApproval } from './judge.ts'
export * from './organs.ts'
export * from './patch.ts'
export * from './periods.ts'
export * from './rule.ts'
export {
  effectiveDatesOf,
  lastDayOf,
  namesUnit,
  type StatedDifference,
  type StatedSubject,
  textAgainstFile,
} from './text-against-file.ts'
export { day } from './words.ts'
