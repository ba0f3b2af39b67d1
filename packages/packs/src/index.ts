// 规则包：一地一日的参数，各有出处、原话与核实程度；国家与地方的合并；修订、检查、对照。
export { artefactWord, requiredArtefacts } from './artefact-words.ts'
export { packsOfHaiyuan } from './jurisdictions/640522/index.ts'
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
export { type Loosening, loosenings } from './jurisdictions/looser.ts'
export { allParameters } from './jurisdictions/parameters.ts'
export { type PackRevision, type ParamChange, type RevisionFault, revisePack } from './jurisdictions/revise.ts'
export { type Verification, verificationOf } from './jurisdictions/verification.ts'
export * from './pack.ts'
export type { GroundOption } from './sections/confidential.ts'
export type { DeviationGround } from './sections/deviation.ts'
export { type ForceKind, type ForceOrgan, organs } from './sections/organs.ts'
export type { ScoreItem, ScoreStandard } from './sections/scorecard.ts'
export { source } from './sources.ts'
export { amount, cite, citeAll, isConvention, isUnverified, mark } from './words.ts'
