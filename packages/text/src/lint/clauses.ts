// Runs the patterns clause by clause. The text is scanned once with clause boundaries replaced by `。`; no pattern
// crosses a clause, so the result is the same as clause by clause, and faster.
import type { LintPattern } from './patterns.ts'

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
