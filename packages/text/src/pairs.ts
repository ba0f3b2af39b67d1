// One look at each character of a text for many patterns at once: which pairs of neighbouring characters it holds. A
// pattern none of whose pairs is there is never run.

/** One of the first set before one of the second; an empty first set is any character. */
export type Pair = readonly [first: string, second: string]

/** For each UTF-16 code unit the pairs it may begin and end, a bit each: `first[a] & second[b]` are those of a before b. */
export interface PairTable {
  first: Uint32Array
  second: Uint32Array
}
/** So many pairs a table holds; the last bit is left to the caller. */
const mostPairs = 31

/** The table of these pairs: the bit of each is its place in the list. Throws when there are more than `mostPairs`. */
export function pairTable(pairs: readonly Pair[]): PairTable {
  if (pairs.length > mostPairs) throw new RangeError('more pairs than bits')
  const first = new Uint32Array(0x10000)
  const second = new Uint32Array(0x10000)
  const mark = (table: Uint32Array, code: number, mask: number): void => {
    table[code] = (table[code] ?? 0) | mask
  }
  for (const [bit, [before, behind]] of pairs.entries()) {
    const mask = 1 << bit
    if (before === '') for (let code = 0; code < 0x10000; code++) mark(first, code, mask)
    else for (const sign of before) mark(first, sign.charCodeAt(0), mask)
    for (const sign of behind) mark(second, sign.charCodeAt(0), mask)
  }
  return { first, second }
}
