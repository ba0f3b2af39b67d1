// Runs the patterns clause by clause. The text is scanned once with clause boundaries replaced by `。`; no pattern
// crosses a clause, so the result is the same as clause by clause, and faster.
import type { LintPattern } from './patterns.ts'
import { requiredWords } from './required.ts'

/** A hit inside the text that was given. */
export interface Hit {
  start: number
  end: number
}

const compiled = new WeakMap<LintPattern, { pattern: RegExp; unless: RegExp | null }>()

function expressions(of: LintPattern): { pattern: RegExp; unless: RegExp | null } {
  const known = compiled.get(of)
  if (known !== undefined) return known
  const made = { pattern: new RegExp(of.pattern, 'g'), unless: of.unless === null ? null : new RegExp(of.unless) }
  compiled.set(of, made)
  return made
}

/**
 * The text as the patterns expect it, of the same length: half-width , and ; become ，；and line ends, tabs and the
 * bars of table rows become 。so that a pattern never reaches into the next line or cell.
 */
export function normalizeForPatterns(text: string): string {
  return text
    .replace(/[\n\r\t\v\f\u0085\u2028\u2029]/g, '。')
    .replaceAll(',', '，')
    .replaceAll(';', '；')
    .replaceAll('|', '。')
}

const isBoundary = (code: number): boolean => code === 0x3002 || code === 0xff1b

function clauseAround(text: string, start: number, end: number): Hit {
  let from = start
  while (from > 0 && !isBoundary(text.charCodeAt(from - 1))) from--
  let to = end
  while (to < text.length && !isBoundary(text.charCodeAt(to))) to++
  return { start: from, end: to }
}

/** At most one hit of a pattern for each clause of a normalised text, in order. Linear in the length of the text. */
export function hitsOf(of: LintPattern, normalized: string): Hit[] {
  const { pattern, unless } = expressions(of)
  const hits: Hit[] = []
  pattern.lastIndex = 0
  for (let found = pattern.exec(normalized); found !== null; found = pattern.exec(normalized)) {
    const start = found.index
    const end = start + found[0].length
    const clause = clauseAround(normalized, start, end)
    // One question a clause is enough; going on behind the clause also keeps the scan linear.
    pattern.lastIndex = clause.end + 1
    if (unless === null || !unless.test(normalized.slice(clause.start, clause.end))) hits.push({ start, end })
  }
  return hits
}

const blockLength = 4000
/** Where a block of whole clauses ends that begins at `from`. */
function blockEnd(text: string, from: number): number {
  let to = from + blockLength
  while (to < text.length && !isBoundary(text.charCodeAt(to - 1))) to++
  return Math.min(to, text.length)
}

const pairOf = (before: number, code: number): number => ((before * 31) ^ code) & 0xffff
/** Of each word a pattern must hold one of: the pairs of its characters. Null when it may hold anything. */
const pairsOfPattern = new WeakMap<LintPattern, number[][] | null>()
function requiredPairs(of: LintPattern): number[][] | null {
  const known = pairsOfPattern.get(of)
  if (known !== undefined) return known
  const words = requiredWords(of.pattern)
  const pairs =
    words === null || words.some((word) => word.length < 2)
      ? null
      : words.map((word) =>
          Array.from({ length: word.length - 1 }, (_, at) => pairOf(word.charCodeAt(at), word.charCodeAt(at + 1))),
        )
  pairsOfPattern.set(of, pairs)
  return pairs
}

/**
 * The hits of all these patterns in a normalised text, those of one pattern behind each other in order. The text is looked
 * at in blocks of whole clauses; a pattern is only run where a word stands that it must hold.
 */
export function allHits(
  patterns: readonly LintPattern[],
  normalized: string,
): Array<{ pattern: LintPattern; hit: Hit }> {
  const found = patterns.map((): Hit[] => [])
  const seen = new Uint8Array(0x10000)
  for (let from = 0, to = 0; from < normalized.length; from = to) {
    to = blockEnd(normalized, from)
    seen.fill(0)
    for (let at = from + 1, before = normalized.charCodeAt(from); at < to; at++) {
      const code = normalized.charCodeAt(at)
      seen[pairOf(before, code)] = 1
      before = code
    }
    const block = normalized.slice(from, to)
    for (const [n, pattern] of patterns.entries()) {
      const words = requiredPairs(pattern)
      if (words !== null && !words.some((pairs) => pairs.every((pair) => seen[pair] === 1))) continue
      for (const { start, end } of hitsOf(pattern, block)) found[n]?.push({ start: from + start, end: from + end })
    }
  }
  return patterns.flatMap((pattern, n) => (found[n] ?? []).map((hit) => ({ pattern, hit })))
}

/** The first hit of one pattern in a short text, or null. */
export function clauseHit(of: LintPattern, text: string): Hit | null {
  const normalized = normalizeForPatterns(text)
  if (of.where !== 'issuer') return hitsOf(of, normalized)[0] ?? null
  const { pattern, unless } = expressions(of)
  pattern.lastIndex = 0
  const found = pattern.exec(normalized)
  if (found === null || unless?.test(normalized)) return null
  return { start: found.index, end: found.index + found[0].length }
}
