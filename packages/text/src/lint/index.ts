// 检查器的出口。
export { isProvisionalTitle, type LintOptions, nameInTitle } from './checks.ts'
export type { Finding, Severity } from './finding.ts'
export { lint, lintParsed } from './lint.ts'
export { type LintPattern, lintPatterns } from './patterns.ts'
export { type SarifLog, sarifOf, toSarif } from './sarif.ts'
export { applyWaivers, type WaivedFindings, type Waiver } from './waivers.ts'
