export { assessedText } from './acts.ts'
export { artefactWord, requiredArtefacts } from './artefact-words.ts'
export { catalogue, ruleList } from './catalogue/index.ts'
export { comparePackVersions, packVersion } from './catalogue/pack-newer.ts'
export * from './deviations.ts'
export { exampleFacts, exampleHash, exampleUnits } from './example-facts.ts'
export * from './facts.ts'
export { fails, holds, secretariatCheckCovers, substanceBetween, unsignedIssuers } from './finding.ts'
export * from './force.ts'
export { blocks, judge, recordedApproval } from './judge.ts'
export { completePack } from './jurisdictions/complete.ts'
export {
  describeParam,
  findPack,
  latestPack,
  type PackChange,
  packs,
  parameterLabels,
  previewPackChange,
  storedPacks,
} from './jurisdictions/index.ts'
export { inspectPack, type PackReport } from './jurisdictions/inspect.ts'
export { allParameters } from './jurisdictions/parameters.ts'
export { type PackRevision, type ParamChange, type RevisionFault, revisePack } from './jurisdictions/revise.ts'
export { type Verification, verificationOf } from './jurisdictions/verification.ts'
export * from './organs.ts'
export * from './pack.ts'
export * from './patch.ts'
export * from './periods.ts'
export * from './rule.ts'
export { source } from './sources.ts'
export {
  effectiveDatesOf,
  lastDayOf,
  namesUnit,
  type StatedDifference,
  type StatedSubject,
  textAgainstFile,
} from './text-against-file.ts'
export { amount, day, isConvention, isUnverified, mark } from './words.ts'
