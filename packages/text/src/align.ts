// Which element of the old text is which of the new one: by id, then by the same words, then by similar words.
import { withoutSpaces } from './lines.ts'
import type { Element, Level } from './tree.ts'

/** Something that is compared as a whole: an article, a heading, a paragraph. */
export interface Unit {
  element: Element
  /** Only units of one class are ever paired. */
  class: string
  text: string
  /** Without spaces, for comparison. */
  plain: string
}

export interface Pair {
  a: number
  b: number
  similarity: number
}

const classes: Partial<Record<Level, string>> = { subitem: 'item', table: 'text' }
export const classOf = (level: Level): string => classes[level] ?? level

export const unitOf = (element: Element, text: string): Unit => ({
  element,
  class: classOf(element.level),
  text,
  plain: withoutSpaces(text.replace(/\n/gu, '')),
})

/** Pairs of two characters, each once. */
function gramsOf(text: string): Set<number> {
  const grams = new Set<number>()
  for (let at = 0; at + 1 < text.length; at++) grams.add(text.charCodeAt(at) * 65536 + text.charCodeAt(at + 1))
  if (text.length === 1) grams.add(text.charCodeAt(0))
  return grams
}

const mostCandidates = 12
/** Entries of the index that are looked at for one unit; an article of the longest code stays far below. */
const mostVisits = 4_000
/** More alike, or as alike and earlier. */
const above = (score: number, at: number, other: number, otherAt: number): boolean =>
  score > other || (score === other && at < otherAt)

/** Similarity of units, weighted: what stands in every article (应当, 规定) says little. */
export class Measure {
  readonly #a: Array<Set<number>>
  readonly #b: Array<Set<number>>
  readonly #weights = new Map<number, number>()
  readonly #sumA: number[]
  readonly #sumB: number[]
  readonly #postings = new Map<number, number[]>()
  readonly #common: number
  readonly #candidates = new Map<number, number[]>()
  /** Zero between two calls of `candidates`. */
  readonly #scores: Float64Array

  constructor(a: readonly Unit[], b: readonly Unit[]) {
    this.#a = a.map((unit) => gramsOf(unit.plain))
    this.#b = b.map((unit) => gramsOf(unit.plain))
    const frequency = new Map<number, number>()
    for (const grams of [...this.#a, ...this.#b])
      for (const gram of grams) frequency.set(gram, (frequency.get(gram) ?? 0) + 1)
    const all = a.length + b.length
    for (const [gram, times] of frequency) this.#weights.set(gram, Math.log(1 + all / times))
    this.#sumA = this.#a.map((grams) => this.#sum(grams))
    this.#sumB = this.#b.map((grams) => this.#sum(grams))
    this.#common = Math.max(40, b.length / 5)
    this.#scores = new Float64Array(b.length)
    for (const [index, grams] of this.#b.entries())
      for (const gram of grams) {
        const list = this.#postings.get(gram)
        if (list) list.push(index)
        else this.#postings.set(gram, [index])
      }
  }

  #sum(grams: Set<number>): number {
    let total = 0
    for (const gram of grams) total += this.#weights.get(gram) ?? 0
    return total
  }

  /** New units that share rare words with the old unit `a`, the most alike first. */
  candidates(a: number): number[] {
    const known = this.#candidates.get(a)
    if (known) return known
    let lists: Array<{ list: number[]; weight: number }> = []
    let visits = 0
    for (const gram of this.#a[a] ?? []) {
      const list = this.#postings.get(gram)
      if (list === undefined || list.length > this.#common) continue
      lists.push({ list, weight: this.#weights.get(gram) ?? 0 })
      visits += list.length
    }
    // In a long text where every article reads like the next, the rarest words must do.
    if (visits > mostVisits) {
      lists.sort((x, y) => x.list.length - y.list.length)
      let taken = 0
      let upTo = 0
      for (; upTo < lists.length && taken < mostVisits; upTo++) taken += lists[upTo]?.list.length ?? 0
      lists = lists.slice(0, upTo)
    }
    const scores = this.#scores
    const touched: number[] = []
    for (const { list, weight } of lists)
      for (const b of list) {
        const before = scores[b] ?? 0
        if (before === 0) touched.push(b)
        scores[b] = before + weight
      }
    const best: number[] = []
    for (const b of touched) {
      const score = scores[b] ?? 0
      const last = best.at(-1)
      if (best.length === mostCandidates && last !== undefined && !above(score, b, scores[last] ?? 0, last)) continue
      let at = best.length
      for (; at > 0; at--) {
        const other = best[at - 1] as number
        if (!above(score, b, scores[other] ?? 0, other)) break
      }
      best.splice(at, 0, b)
      if (best.length > mostCandidates) best.pop()
    }
    for (const b of touched) scores[b] = 0
    this.#candidates.set(a, best)
    return best
  }

  /** Weight of what both hold, without what `except` holds too. */
  shared(a: number, b: number, except?: { side: 'a' | 'b'; index: number }): number {
    const one = this.#a[a] ?? new Set()
    const other = this.#b[b] ?? new Set()
    const without = except && (except.side === 'a' ? this.#a : this.#b)[except.index]
    const [small, large] = one.size <= other.size ? [one, other] : [other, one]
    let total = 0
    for (const gram of small) if (large.has(gram) && !without?.has(gram)) total += this.#weights.get(gram) ?? 0
    return total
  }

  weightA = (a: number): number => this.#sumA[a] ?? 0
  weightB = (b: number): number => this.#sumB[b] ?? 0

  /** 0 nothing in common … 1 the same words. */
  similarity(a: number, b: number): number {
    const both = this.weightA(a) + this.weightB(b)
    return both === 0 ? 0 : (2 * this.shared(a, b)) / both
  }
}

const alike = 0.42
const alikeInPlace = 0.25
const keptShare = 0.75
const shortestKept = 10

/** Pairs the units of two lists; each unit at most once. */
export function align(a: readonly Unit[], b: readonly Unit[], measure: Measure): Pair[] {
  const pairs: Pair[] = []
  const usedA = new Set<number>()
  const usedB = new Set<number>()
  const take = (one: number, other: number, similarity: number): void => {
    pairs.push({ a: one, b: other, similarity })
    usedA.add(one)
    usedB.add(other)
  }

  const byId = new Map(b.map((unit, index) => [unit.element.id, index]))
  for (const [index, unit] of a.entries()) {
    const other = byId.get(unit.element.id)
    if (other !== undefined && b[other]?.class === unit.class)
      take(index, other, unit.plain === b[other]?.plain ? 1 : measure.similarity(index, other))
  }

  const sameWords = new Map<string, number[]>()
  for (const [index, unit] of b.entries()) {
    if (usedB.has(index)) continue
    const key = `${unit.class}|${unit.plain}`
    const list = sameWords.get(key)
    if (list) list.push(index)
    else sameWords.set(key, [index])
  }
  for (const wanted of ['number', 'any'] as const)
    for (const [index, unit] of a.entries()) {
      if (usedA.has(index)) continue
      const list = sameWords.get(`${unit.class}|${unit.plain}`)
      if (list === undefined) continue
      const at =
        wanted === 'any'
          ? list.findIndex((other) => !usedB.has(other))
          : list.findIndex((other) => !usedB.has(other) && b[other]?.element.number === unit.element.number)
      const other = at < 0 ? undefined : list[at]
      if (other === undefined) continue
      take(index, other, 1)
      list.splice(at, 1)
    }

  const scored: Pair[] = []
  for (const [index, unit] of a.entries()) {
    if (usedA.has(index)) continue
    for (const other of measure.candidates(index)) {
      if (usedB.has(other) || b[other]?.class !== unit.class) continue
      const similarity = measure.similarity(index, other)
      if (similarity >= alikeInPlace) scored.push({ a: index, b: other, similarity })
    }
  }
  scored.sort((x, y) => y.similarity - x.similarity || Math.abs(x.a - x.b) - Math.abs(y.a - y.b) || x.a - y.a)
  for (const pair of scored)
    if (pair.similarity >= alike && !usedA.has(pair.a) && !usedB.has(pair.b)) take(pair.a, pair.b, pair.similarity)

  // A sentence that was kept while much was added around it, or the other way round.
  const kept: Pair[] = []
  for (const [index, unit] of a.entries()) {
    if (usedA.has(index) || unit.plain.length < shortestKept) continue
    for (const other of measure.candidates(index)) {
      const target = b[other]
      if (target === undefined || usedB.has(other) || target.class !== unit.class || target.plain.length < shortestKept)
        continue
      const share = measure.shared(index, other) / Math.min(measure.weightA(index), measure.weightB(other))
      if (share >= keptShare) kept.push({ a: index, b: other, similarity: share })
    }
  }
  kept.sort((x, y) => y.similarity - x.similarity || x.a - y.a || x.b - y.b)
  for (const pair of kept)
    if (!usedA.has(pair.a) && !usedB.has(pair.b)) take(pair.a, pair.b, measure.similarity(pair.a, pair.b))

  // Between two neighbours that are already paired, less likeness is enough.
  const partner = new Map(pairs.map((pair) => [pair.a, pair.b]))
  const partnerOfB = new Map(pairs.map((pair) => [pair.b, pair.a]))
  for (const pair of scored) {
    if (usedA.has(pair.a) || usedB.has(pair.b)) continue
    const before = partner.get(pair.a - 1)
    const after = partner.get(pair.a + 1)
    const inPlace =
      (before !== undefined && before === pair.b - 1) ||
      (after !== undefined && after === pair.b + 1) ||
      (partnerOfB.get(pair.b - 1) === pair.a - 1 && partnerOfB.get(pair.b + 1) === pair.a + 1)
    if (!inPlace) continue
    take(pair.a, pair.b, pair.similarity)
    partner.set(pair.a, pair.b)
    partnerOfB.set(pair.b, pair.a)
  }
  return pairs.sort((x, y) => x.a - y.a)
}

/** The pairs that changed their order: all but a longest run of pairs that kept it. Returns the `a` of each. */
export function reorderedOf(pairs: readonly Pair[]): Set<number> {
  // Longest increasing subsequence of b over pairs sorted by a.
  const tails: number[] = []
  const previous: number[] = []
  for (const [index, pair] of pairs.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tails[middle] ?? 0]?.b ?? 0) < pair.b) low = middle + 1
      else high = middle
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? -1) : -1
    tails[low] = index
  }
  const kept = new Set<number>()
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at] ?? -1) kept.add(at)
  return new Set(pairs.flatMap((pair, index) => (kept.has(index) ? [] : [pair.a])))
}
