// What a match of a regular expression must hold: literal words, read off the expression itself, so that a text without
// them need not be searched. Knows what the patterns of this folder are written with; of anything else it says nothing.

/** A match holds at least one of these words. Null when nothing can be said. */
export type Required = readonly string[] | null

/** The better of two things that must both be there: longer words, then fewer of them. */
function better(a: Required, b: Required): Required {
  if (a === null || b === null) return a ?? b
  const shortest = (words: readonly string[]): number => Math.min(...words.map((word) => word.length), 2)
  if (shortest(a) !== shortest(b)) return shortest(a) > shortest(b) ? a : b
  return b.length < a.length ? b : a
}

/** Reads `source`, a regular expression without flags; null for a text that may match without any certain word. */
export function requiredWords(source: string): Required {
  let at = 0
  const alternatives = (): Required => {
    const all: string[] = []
    let known = true
    for (;;) {
      const one = sequence()
      if (one === null) known = false
      else all.push(...one)
      if (source[at] !== '|') break
      at++
    }
    return known ? all : null
  }
  const sequence = (): Required => {
    let best: Required = null
    let run = ''
    const close = (): void => {
      if (run !== '') best = better(best, [run])
      run = ''
    }
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const { literal, words } = atom()
      const least = quantifier()
      if (literal !== null && least === null) {
        run += literal
        continue
      }
      close()
      if (least === 0) continue
      best = better(best, literal === null ? words : [literal])
    }
    close()
    return best
  }
  const atom = (): { literal: string | null; words: Required } => {
    const sign = source[at++] ?? ''
    if (sign === '(') {
      const around = /^\?(?:<?[!=]|:)/u.exec(source.slice(at, at + 3))?.[0] ?? ''
      at += around.length
      const words = alternatives()
      at++
      // What stands around a match is no part of it.
      return { literal: null, words: around === '' || around === '?:' ? words : null }
    }
    if (sign === '[') {
      while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1
      at++
      return { literal: null, words: null }
    }
    if (sign === '\\') {
      const escaped = source[at++] ?? ''
      return { literal: /[A-Za-z0-9]/u.test(escaped) ? null : escaped, words: null }
    }
    return { literal: '.^$'.includes(sign) ? null : sign, words: null }
  }
  /** The least number of times; null when there is no quantifier. */
  const quantifier = (): number | null => {
    const written = /^(?:[?*+]|\{([0-9]+)(?:,[0-9]*)?\})\??/u.exec(source.slice(at, at + 12))
    if (written === null) return null
    at += written[0].length
    return written[1] !== undefined ? Number(written[1]) : written[0].startsWith('+') ? 1 : 0
  }
  return alternatives()
}
