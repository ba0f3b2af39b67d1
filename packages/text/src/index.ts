// Structure, addresses, comparison, anchors and citations of texts, without storage and without a clock.
export { addressesMissing, addressOf, findByAddress, findById } from './address.ts'
export { adoptIds } from './adopt.ts'
export { type Anchor, type AnchorState, type LocatedAnchor, locateAnchor } from './anchors.ts'
export { type BasisRow, toldByClause } from './bases.ts'
export {
  type Citations,
  cite,
  type DocNoCitation,
  type NamedCitation,
  type NotNormative,
  type Reference,
} from './cite.ts'
export { type CitedAct, citedActs } from './cited.ts'
export {
  type Change,
  type ChangeKind,
  type Comparison,
  compareStructures,
  type ElementState,
  fullText,
} from './compare.ts'
export { type Damage, type DamageKind, damageIn, damageNames, isTraditional, radicalsRead } from './damage.ts'
export { articleKey, articlesOf, type CitationEdge, type CitationRole, citationEdges } from './edges.ts'
export { fullNumberOf } from './full-number.ts'
export { isBlankNumber, isDocumentNumber, withDocumentNumber } from './headings.ts'
export { type Hunk, hunksOf, merged } from './hunks.ts'
export { applyDiff, type DiffPart, inlineDiff } from './inline-diff.ts'
export { chineseNumeral, readNumeral } from './lines.ts'
export {
  applyWaivers,
  type CitedPlace,
  type CitedStanding,
  checkIds,
  citationFindingIds,
  citationFindings,
  citedPlaces,
  type Finding,
  flawsOf,
  isProvisionalTitle,
  type LintOptions,
  type LintPattern,
  lint,
  lintParsed,
  lintPatterns,
  lintVersion,
  type SarifLog,
  type Severity,
  sarifOf,
  type TextFlaw,
  toSarif,
  type WaivedFindings,
  type Waiver,
} from './lint/index.ts'
export { type MandateClause, mandateClauses } from './mandates.ts'
export { markless, sameWords } from './markless.ts'
export { type Mark, markOf } from './marks.ts'
export { type Outline, type OutlineNode, outline } from './outline.ts'
export { parseText } from './parse.ts'
export { blackedOut, type PersonalKind, type PersonalSpan, personalData } from './personal.ts'
export type { Candidate, SkippedLine } from './portal.ts'
export { printRows, printText } from './print.ts'
export {
  differenceFrom,
  groupSimilar,
  type MemberDifference,
  normalised,
  type ProposedGroup,
  type SimilarItem,
} from './similar.ts'
export { type QuotedPart, quotedSpans } from './spans.ts'
export {
  draftMarkOf,
  issuedTitle,
  organNames,
  type Said,
  type SaidEffective,
  type SaidValidity,
  sameActTitle,
  statementOf,
  type TextStatement,
  titleKeyOf,
} from './statement.ts'
export { type Substance, type SubstanceOptions, substanceOf, type WholeText } from './substance.ts'
export {
  genreOfTitle,
  hasTemplate,
  type MaterialFacts,
  materialTemplate,
  type RequiredClause,
  requiredClauses,
  type Template,
  type TemplatedMaterial,
  type TemplateFacts,
  type TemplateGenre,
  templateGenres,
  templateOf,
  type Unfilled,
  unfilledOf,
} from './templates/index.ts'
export type { Attachment, Counts, Element, Fault, FaultCode, Level, StructuredText } from './tree.ts'
export {
  lastDayOf,
  readStatedDate,
  type StatedEffect,
  type StatedTerms,
  type StatedValidity,
  statedTerms,
} from './validity.ts'
export { unevenSaid, verticalRows } from './vertical.ts'
