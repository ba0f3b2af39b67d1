// The checker: 45 questions asked of every clause, and questions about the whole text. It only asks; it draws no
// conclusion and changes no text.
import { addressOf } from '../address.ts'
import { parseText } from '../parse.ts'
import { printText } from '../print.ts'
import type { Element, StructuredText } from '../tree.ts'
import { type CheckInput, checks, type LintOptions, type RawFinding } from './checks.ts'
import { allHits, normalizeForPatterns } from './clauses.ts'
import type { Finding } from './finding.ts'
import { lintPatterns } from './patterns.ts'
import { elementsByStart, innermost, lineAt, lineStarts } from './places.ts'

/**
 * Questions about a text that has been parsed already: `source` must be the text `structure` was read from.
 * Sorted by place. Looks at attachments and table cells too; the table of contents is left out.
 */
export function lintParsed(source: string, structure: StructuredText, options: LintOptions = {}): Finding[] {
  const input: CheckInput = { text: source, structure, options }
  const raw = [...patternFindings(source), ...issuerFindings(input), ...checks.flatMap((check) => check(input))]
  const { toc } = structure
  const starts = lineStarts(source)
  const elements = elementsByStart(structure)
  const place = (finding: RawFinding): Finding => {
    const holder = finding.element ?? (finding.end > finding.start ? innermost(elements, finding.start)?.id : undefined)
    const address = holder === undefined ? null : addressOf(structure, holder)
    const { element: _, ...rest } = finding
    return {
      ...rest,
      quote: source.slice(finding.start, finding.end),
      line: lineAt(starts, finding.start),
      ...(holder === undefined ? {} : { element: holder }),
      ...(address === null || address === '' ? {} : { address }),
    }
  }
  return raw
    .filter((finding) => toc === null || finding.end <= toc.start || finding.start >= toc.end || finding.end === 0)
    .map(place)
    .sort((a, b) => a.start - b.start || a.id.localeCompare(b.id))
}

const clausePatterns = lintPatterns.filter((pattern) => pattern.where !== 'issuer')

function patternFindings(source: string): RawFinding[] {
  return allHits(clausePatterns, normalizeForPatterns(source)).map(({ pattern, hit }) => ({
    id: pattern.id,
    severity: pattern.severity,
    category: pattern.category,
    basis: pattern.basis,
    message: questionOf(pattern.category, pattern.basis),
    ...hit,
  }))
}

const questionOf = (category: string, basis: string): string =>
  `这一句是否涉及“${category}”？对照${basis}核对：有上位法依据的写明依据，没有的考虑删改。`

/** The names under the text (or given by the caller) are asked the patterns meant for issuers. */
function issuerFindings({ text, structure, options }: CheckInput): RawFinding[] {
  const issuers = options.issuers ?? structure.signature
  return lintPatterns
    .filter((pattern) => pattern.where === 'issuer')
    .flatMap((pattern) => {
      const expression = new RegExp(pattern.pattern)
      return issuers
        .map((issuer) => issuer.replace(/[\s\u3000]/g, ''))
        .filter((issuer) => expression.test(issuer))
        .map((issuer) => {
          const at = text.lastIndexOf(issuer)
          return {
            id: pattern.id,
            severity: pattern.severity,
            category: pattern.category,
            basis: pattern.basis,
            message: `“${issuer}”像是内设机构、议事协调机构或者临时机构。它能否作为制定机关，是否应当由其所属机关制发？`,
            start: Math.max(0, at),
            end: at < 0 ? 0 : at + issuer.length,
          }
        })
    })
}

/**
 * Questions about a text: its source, or a tree. Of a tree the offsets and lines are those of `printText(tree)`, elements
 * keep the ids of the tree. Takes any text and never throws for what stands in it.
 */
export function lint(text: string | StructuredText, options: LintOptions = {}): Finding[] {
  if (typeof text === 'string') return lintParsed(text, parseText(text), options)
  const source = printText(text)
  const printed = parseText(source)
  const ids = new Map<string, string>()
  const before = inPrintedOrder(text)
  const after = inPrintedOrder(printed)
  // Reading a printed tree gives the same tree; ids that were carried over from an older version are put back.
  if (before.length === after.length) {
    after.forEach((element, index) => {
      const original = before[index]
      if (original !== undefined) ids.set(element.id, original.id)
    })
  }
  return lintParsed(source, printed, options).map((finding) => {
    const id = finding.element === undefined ? undefined : ids.get(finding.element)
    return id === undefined ? finding : { ...finding, element: id }
  })
}

function inPrintedOrder({ preamble, body, attachments }: StructuredText): Element[] {
  const all: Element[] = []
  const walk = (element: Element): void => {
    all.push(element)
    element.children.forEach(walk)
  }
  for (const element of [...preamble, ...body, ...attachments.flatMap((attachment) => attachment.body)]) walk(element)
  return all
}
