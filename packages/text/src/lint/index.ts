// What the checker exports.
export { checkIds, isProvisionalTitle, type LintOptions, lintVersion, nameInTitle } from './checks.ts'
export {
  type CitedPlace,
  type CitedStanding,
  citationFindingIds,
  citationFindings,
  citedPlaces,
} from './citation-findings.ts'
export type { Finding, Severity } from './finding.ts'
export { flawsOf, type TextFlaw } from './flaws.ts'
export { lint, lintParsed } from './lint.ts'
export { type LintPattern, lintPatterns } from './patterns.ts'
export { type SarifLog, sarifOf, toSarif } from './sarif.ts'
export { applyWaivers, type WaivedFindings, type Waiver } from './waivers.ts'
