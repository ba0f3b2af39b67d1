// Which element of the old text is which of the new one: by id, then by the same words, then by similar words.
import { type Meter, withoutSpaces } from './lines.ts'
import { markless } from './markless.ts'
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

const noGrams = new Uint32Array(0)
const mostCandidates = 12
/** Entries of the index that are looked at for one unit; an article of the longest code stays far below. */
const mostVisits = 4_000
/** More alike, or as alike and earlier. */
const above = (score: number, at: number, other: number, otherAt: number): boolean =>
  score > other || (score === other && at < otherAt)

/** Similarity of units, weighted: what stands in every article (应当, 规定) says little. */
export class Measure {
  /** Of every unit its grams as numbers 0, 1, 2, …, each once, in ascending order. */
  readonly #a: Uint32Array[]
  readonly #b: Uint32Array[]
  readonly #weights: Float64Array
  readonly #sumA: number[]
  readonly #sumB: number[]
  readonly #postings: Array<number[] | undefined>
  readonly #common: number
  readonly #candidates = new Map<number, number[]>()
  /** Zero between two calls of `candidates`. */
  readonly #scores: Float64Array
  readonly #meter: Meter

  constructor(a: readonly Unit[], b: readonly Unit[], meter: Meter = { steps: 0 }) {
    this.#meter = meter
    const names = new Map<number, number>()
    const frequency: number[] = []
    const read = (unit: Unit): Uint32Array => {
      const grams: number[] = []
      for (const gram of gramsOf(unit.plain)) {
        let name = names.get(gram)
        if (name === undefined) {
          name = frequency.length
          names.set(gram, name)
          frequency.push(0)
        }
        frequency[name] = (frequency[name] ?? 0) + 1
        grams.push(name)
      }
      meter.steps += unit.plain.length
      return Uint32Array.from(grams).sort()
    }
    this.#a = a.map(read)
    this.#b = b.map(read)
    const all = a.length + b.length
    this.#weights = Float64Array.from(frequency, (times) => Math.log(1 + all / times))
    this.#sumA = this.#a.map((grams) => this.#sum(grams))
    this.#sumB = this.#b.map((grams) => this.#sum(grams))
    this.#common = Math.max(40, b.length / 5)
    this.#scores = new Float64Array(b.length)
    this.#postings = new Array(frequency.length)
    for (const [index, grams] of this.#b.entries())
      for (const gram of grams) {
        const list = this.#postings[gram]
        if (list) list.push(index)
        else this.#postings[gram] = [index]
      }
  }

  #sum(grams: Uint32Array): number {
    let total = 0
    for (const gram of grams) total += this.#weights[gram] ?? 0
    return total
  }

  /** New units that share rare words with the old unit `a`, the most alike first. */
  candidates(a: number): number[] {
    const known = this.#candidates.get(a)
    if (known) return known
    let lists: Array<{ list: number[]; weight: number }> = []
    let visits = 0
    for (const gram of this.#a[a] ?? []) {
      const list = this.#postings[gram]
      if (list === undefined || list.length > this.#common) continue
      lists.push({ list, weight: this.#weights[gram] ?? 0 })
      visits += list.length
    }
    // In a long text where every article reads like the next, the rarest words must do.
    if (visits > mostVisits) {
      lists.sort((x, y) => x.list.length - y.list.length)
      let taken = 0
      let upTo = 0
      for (; upTo < lists.length && taken < mostVisits; upTo++) taken += lists[upTo]?.list.length ?? 0
      lists = lists.slice(0, upTo)
      visits = taken
    }
    const scores = this.#scores
    const touched: number[] = []
    for (const { list, weight } of lists)
      for (const b of list) {
        const before = scores[b] ?? 0
        if (before === 0) touched.push(b)
        scores[b] = before + weight
      }
    this.#meter.steps += lists.length + visits + touched.length
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
    const one = this.#a[a] ?? noGrams
    const other = this.#b[b] ?? noGrams
    const without =
      except === undefined ? noGrams : ((except.side === 'a' ? this.#a : this.#b)[except.index] ?? noGrams)
    this.#meter.steps += one.length + other.length + without.length
    let total = 0
    let skipped = 0
    for (let i = 0, j = 0; i < one.length && j < other.length; ) {
      const left = one[i] as number
      const right = other[j] as number
      if (left < right) i++
      else if (left > right) j++
      else {
        while (skipped < without.length && (without[skipped] as number) < left) skipped++
        if (without[skipped] !== left) total += this.#weights[left] ?? 0
        i++
        j++
      }
    }
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
/** Below this two paired units have been rewritten: what they share is their place, not their words. */
export const alikeInPlace = 0.25
/** Share of the shorter of two units that stands in the longer when it was kept and more was added. */
export const keptShare = 0.75
const shortestKept = 10

/** Longer texts, both together, are aligned without an index of all their words. */
export const mostIndexed = 1_200_000
/** Of a pair in the same place, so many characters are looked at. */
const mostCompared = 4_000

/**
 * Pairs the units of two very long lists in time that grows with their length: by id, by the same words, and by the
 * same number between neighbours that are paired, when they share enough words. Split, merged, and reworded and moved units
 * are not found: they are deleted and added.
 */
export function alignCoarsely(
  a: readonly Unit[],
  b: readonly Unit[],
  meter: Meter = { steps: 0 },
  byId = true,
): Pair[] {
  const likenessOf = (one = '', other = ''): number => {
    meter.steps += Math.min(one.length, mostCompared) + Math.min(other.length, mostCompared)
    return likenessOfWords(one, other)
  }
  const { pairs, usedA, usedB, take } = takings()
  if (byId) pairById(a, b, usedB, take, (one, other) => likenessOf(a[one]?.plain, b[other]?.plain))
  pairByWords(a, b, usedA, usedB, take)
  const reordered = reorderedOf(pairs.sort((x, y) => x.a - y.a))
  const anchors = pairs.filter((pair) => !reordered.has(pair.a))
  for (const [at, from] of [{ a: -1, b: -1 }, ...anchors].entries()) {
    const to = anchors[at] ?? { a: a.length, b: b.length }
    const inPlace = new Map<string, number>()
    for (let index = from.b + 1; index < to.b; index++)
      if (!usedB.has(index)) inPlace.set(`${b[index]?.class}|${b[index]?.element.number ?? ''}`, index)
    for (let index = from.a + 1; index < to.a; index++) {
      if (usedA.has(index)) continue
      const other = inPlace.get(`${a[index]?.class}|${a[index]?.element.number ?? ''}`)
      if (other === undefined || usedB.has(other)) continue
      const similarity = likenessOf(a[index]?.plain, b[other]?.plain)
      if (similarity >= alikeInPlace) take(index, other, similarity)
    }
  }
  return pairs.sort((x, y) => x.a - y.a)
}

/** Share of pairs of characters that two texts have in common, each counted once. */
function likenessOfWords(one: string, other: string): number {
  if (one === other) return 1
  const a = gramsOf(one.slice(0, mostCompared))
  const b = gramsOf(other.slice(0, mostCompared))
  let shared = 0
  for (const gram of a) if (b.has(gram)) shared++
  return a.size + b.size === 0 ? 0 : (2 * shared) / (a.size + b.size)
}

type Take = (one: number, other: number, similarity: number) => void

/** Pairs that have been made, and what is used up by them. */
function takings(): { pairs: Pair[]; usedA: Set<number>; usedB: Set<number>; take: Take } {
  const pairs: Pair[] = []
  const usedA = new Set<number>()
  const usedB = new Set<number>()
  const take: Take = (one, other, similarity) => {
    pairs.push({ a: one, b: other, similarity })
    usedA.add(one)
    usedB.add(other)
  }
  return { pairs, usedA, usedB, take }
}

function pairById(
  a: readonly Unit[],
  b: readonly Unit[],
  usedB: ReadonlySet<number>,
  take: Take,
  similarityOf: (one: number, other: number) => number,
): void {
  const byId = new Map(b.map((unit, index) => [unit.element.id, index]))
  for (const [index, unit] of a.entries()) {
    const other = byId.get(unit.element.id)
    if (other !== undefined && !usedB.has(other) && b[other]?.class === unit.class)
      take(index, other, unit.plain === b[other]?.plain ? 1 : similarityOf(index, other))
  }
}

/** The same words, those with the same number first, then in their order. */
function pairByWords(
  a: readonly Unit[],
  b: readonly Unit[],
  usedA: ReadonlySet<number>,
  usedB: ReadonlySet<number>,
  take: Take,
): void {
  // Then the same but for punctuation and width: of a short text nothing else may be left in common.
  for (const [numbered, marks] of [
    [true, true],
    [false, true],
    [true, false],
    [false, false],
  ]) {
    const keyOf = (unit: Unit): string | null => {
      const { number, ordinal } = unit.element
      const words = marks ? unit.plain : markless(unit.text)
      if (!marks && words === '') return null
      const place = marks ? number : (ordinal?.join('.') ?? number)
      return `${unit.class}|${numbered ? `${place ?? ''}|` : ''}${words}`
    }
    const sameWords = new Map<string, { list: number[]; next: number }>()
    for (const [index, unit] of b.entries()) {
      if (usedB.has(index)) continue
      const key = keyOf(unit)
      if (key === null) continue
      const row = sameWords.get(key)
      if (row) row.list.push(index)
      else sameWords.set(key, { list: [index], next: 0 })
    }
    for (const [index, unit] of a.entries()) {
      if (usedA.has(index)) continue
      const key = keyOf(unit)
      const row = key === null ? undefined : sameWords.get(key)
      const other = row?.list[row.next]
      if (row === undefined || other === undefined) continue
      row.next++
      take(index, other, 1)
    }
  }
}

/** Pairs the units of two lists; each unit at most once. `byId`: the new ids were given by `adoptIds`, not just made from words. */
export function align(a: readonly Unit[], b: readonly Unit[], measure: Measure, byId = true): Pair[] {
  const { pairs, usedA, usedB, take } = takings()
  if (byId) pairById(a, b, usedB, take, (one, other) => measure.similarity(one, other))
  pairByWords(a, b, usedA, usedB, take)

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
