// Two versions of a text: what stayed, changed, moved, was split, merged, added or deleted. 花脸稿 and 修改对照表 are made from this.
import { addressOf } from './address.ts'
import { align, alignCoarsely, Measure, mostIndexed, type Pair, reorderedOf, type Unit, unitOf } from './align.ts'
import { boundedDiff, type DiffPart, replaced } from './inline-diff.ts'
import type { Meter } from './lines.ts'
import { sameWords } from './markless.ts'
import { isRewritten, rewrittenPairs } from './rewritten.ts'
import type { Element, Level, StructuredText } from './tree.ts'

/** `marks`: in its place with the same words; punctuation, width, or the way its number is written differ. */
export type ChangeKind = 'unchanged' | 'marks' | 'changed' | 'moved' | 'split' | 'merged' | 'added' | 'deleted'

/** One side of a change. */
export interface ElementState {
  id: string
  level: Level
  number: string | null
  address: string
  line: number
  /** All its words: of an article with its paragraphs and items, one a line; of a heading its own words. */
  text: string
}

export interface Change {
  kind: ChangeKind
  /** Empty when added; two or more when merged. */
  before: ElementState[]
  /** Empty when deleted; two or more when split. */
  after: ElementState[]
  /** Number or place differ, also when the words changed as well (`kind` is then `changed`). */
  moved: boolean
  /** The order changed, not only the number. */
  reordered: boolean
  /** 1 the same words … 0 nothing in common. */
  similarity: number
  /** Written anew in the same place: paired by place and subject, not by words. Always false unless `changed`. */
  rewritten: boolean
  /** Null where nothing is to be shown: the words are the same to the letter. Of a moved element it shows marks alone. */
  diff: DiffPart[] | null
}

export interface Comparison {
  /** In the order of the new text; what was deleted stands where it was. */
  changes: Change[]
  counts: Record<ChangeKind, number>
  /**
   * The texts are too long to look for everything: articles were paired by id, by equal words and by number in their place.
   * What was split, merged, or moved and reworded is shown as deleted and added.
   */
  coarse: boolean
}

/** The words of an element and of all below it, one paragraph a line; numbers of items are kept, its own number is not. */
export function fullText(element: Element): string {
  const lines: string[] = []
  const visit = (one: Element, own: boolean): void => {
    const head = [own ? '' : (one.number ?? ''), one.heading ?? ''].join('')
    const words = one.heading !== null && one.text !== '' ? `${head}。${one.text}` : `${head}${one.text}`
    if (words !== '') lines.push(words)
    for (const child of one.children) visit(child, false)
  }
  visit(element, true)
  return lines.join('\n')
}

interface Listed {
  units: Unit[]
  parents: Array<Element | null>
}

/** Articles as wholes; headings and loose paragraphs by themselves. */
export function comparedUnits(t: StructuredText): Listed {
  const units: Unit[] = []
  const parents: Array<Element | null> = []
  const visit = (list: Element[], parent: Element | null): void => {
    for (const element of list) {
      const whole = element.level === 'article' || element.level === 'item' || element.level === 'table'
      units.push(
        unitOf(element, whole ? fullText(element) : [element.heading ?? '', element.text].filter(Boolean).join('。')),
      )
      parents.push(parent)
      if (!whole) visit(element.children, element)
    }
  }
  for (const list of [t.preamble, t.body, ...t.attachments.map((one) => one.body)]) visit(list, null)
  return { units, parents }
}

/** Pairs of units, the rewritten among them, and what was split or merged. `measure` is null where the texts are too long for one. */
export function alignUnits(
  a: readonly Unit[],
  b: readonly Unit[],
  meter: Meter = { steps: 0 },
  byId = true,
): { pairs: Pair[]; parts: Partings; measure: Measure | null } {
  const length = (units: readonly Unit[]): number => units.reduce((sum, unit) => sum + unit.plain.length, 0)
  if (length(a) + length(b) > mostIndexed)
    return { pairs: alignCoarsely(a, b, meter, byId), parts: noPartings(), measure: null }
  const measure = new Measure(a, b, meter)
  const pairs = align(a, b, measure, byId)
  const parts = partings(a, b, pairs, measure)
  const rewritten = rewrittenPairs(a, b, pairs, measure, {
    a: (index) => parts.partsOfOld.has(index) || parts.intoNew.has(index),
    b: (index) => parts.fromOld.has(index) || parts.sourcesOfNew.has(index),
  })
  return { pairs: [...pairs, ...rewritten].sort((x, y) => x.a - y.a), parts, measure }
}

const contained = 0.5
const ownShare = 0.4
const shortest = 12

/**
 * Compares two versions. Elements are paired by id, then by equal, then by similar words; a number alone is no evidence. Use
 * `adoptIds` first when the new version was edited from the old one.
 */
export const compareStructures = (a: StructuredText, b: StructuredText): Comparison =>
  compareWithMeter(a, b, { steps: 0 })

/** `compareStructures` that counts: characters read, words of two units looked through, squares of edits. */
export function compareWithMeter(a: StructuredText, b: StructuredText, meter: Meter): Comparison {
  const before = comparedUnits(a)
  const after = comparedUnits(b)
  const { pairs, parts, measure } = alignUnits(before.units, after.units, meter)
  const diffOf = boundedDiff(meter)
  const reordered = reorderedOf(pairs)
  const newOf = new Map(pairs.map((pair) => [pair.a, pair]))
  const oldOf = new Map(pairs.map((pair) => [pair.b, pair]))
  const counterpart = new Map(pairs.map((pair) => [before.units[pair.a]?.element, after.units[pair.b]?.element]))

  const state = (t: StructuredText, unit: Unit): ElementState => ({
    id: unit.element.id,
    level: unit.element.level,
    number: unit.element.number,
    address: addressOf(t, unit.element.id),
    line: unit.element.line,
    text: unit.text,
  })
  const oldState = (index: number): ElementState[] => before.units.slice(index, index + 1).map((unit) => state(a, unit))
  const newState = (index: number): ElementState[] => after.units.slice(index, index + 1).map((unit) => state(b, unit))

  const pairChange = (pair: Pair): Change => {
    const one = before.units[pair.a] as Unit
    const other = after.units[pair.b] as Unit
    const parent = before.parents[pair.a] ?? null
    const newParent = parent && counterpart.get(parent)
    const elsewhere = newParent !== null && newParent !== undefined && newParent !== (after.parents[pair.b] ?? null)
    const order = reordered.has(pair.a)
    const moved = order || elsewhere || ordinalOf(one.element) !== ordinalOf(other.element)
    const same = one.plain === other.plain
    const words = same || sameWords(one.text, other.text)
    const written = (one.element.number ?? '') === (other.element.number ?? '')
    const rewritten = !words && measure !== null && isRewritten(pair, before.units, after.units, measure)
    return {
      kind: !words ? 'changed' : moved ? 'moved' : same && written ? 'unchanged' : 'marks',
      before: oldState(pair.a),
      after: newState(pair.b),
      moved,
      reordered: order,
      similarity: words ? 1 : pair.similarity,
      rewritten,
      // Single words in common between two wordings are no help to a reader.
      diff: same ? null : rewritten ? replaced(one.text, other.text) : diffOf(one.text, other.text),
    }
  }
  const parted = (kind: 'split' | 'merged', olds: number[], news: number[]): Change => {
    const from = olds.flatMap(oldState)
    const to = news.flatMap(newState)
    return {
      kind,
      before: from,
      after: to,
      moved: true,
      reordered: false,
      rewritten: false,
      similarity: Math.max(...olds.flatMap((x) => news.map((y) => measure?.similarity(x, y) ?? 0))),
      diff: diffOf(from.map((one) => one.text).join('\n'), to.map((one) => one.text).join('\n')),
    }
  }

  const changes: Change[] = []
  const doneOld = new Set<number>()
  const doneNew = new Set<number>()
  let oldAt = 0
  const flushDeleted = (upTo: number): void => {
    for (; oldAt < upTo; oldAt++) {
      if (newOf.has(oldAt) || doneOld.has(oldAt) || parts.partsOfOld.has(oldAt) || parts.intoNew.has(oldAt)) continue
      changes.push({
        kind: 'deleted',
        before: oldState(oldAt),
        after: [],
        moved: false,
        reordered: false,
        similarity: 0,
        rewritten: false,
        diff: [{ kind: 'removed', text: before.units[oldAt]?.text ?? '' }],
      })
    }
  }
  for (let at = 0; at < after.units.length; at++) {
    if (doneNew.has(at)) continue
    const pair = oldOf.get(at)
    const source = pair?.a ?? parts.fromOld.get(at)
    if (pair && !reordered.has(pair.a)) flushDeleted(pair.a)
    const split = source === undefined ? undefined : parts.partsOfOld.get(source)
    if (split !== undefined && source !== undefined) {
      for (const one of split) doneNew.add(one)
      doneOld.add(source)
      changes.push(parted('split', [source], split))
      continue
    }
    const merged = parts.sourcesOfNew.get(at)
    if (merged !== undefined) {
      for (const one of merged) doneOld.add(one)
      changes.push(parted('merged', merged, [at]))
      continue
    }
    if (pair) changes.push(pairChange(pair))
    else
      changes.push({
        kind: 'added',
        before: [],
        after: newState(at),
        moved: false,
        reordered: false,
        similarity: 0,
        rewritten: false,
        diff: [{ kind: 'added', text: after.units[at]?.text ?? '' }],
      })
  }
  flushDeleted(before.units.length)
  const counts: Comparison['counts'] = {
    unchanged: 0,
    marks: 0,
    changed: 0,
    moved: 0,
    split: 0,
    merged: 0,
    added: 0,
    deleted: 0,
  }
  for (const change of changes) counts[change.kind]++
  return { changes, counts, coarse: measure === null }
}

const ordinalOf = (element: Element): string => (element.ordinal === null ? '' : element.ordinal.join('.'))

export interface Partings {
  /** Old unit → the new units it was split into. */
  partsOfOld: Map<number, number[]>
  fromOld: Map<number, number>
  /** New unit → the old units it was merged from. */
  sourcesOfNew: Map<number, number[]>
  intoNew: Map<number, number>
}

const noPartings = (): Partings => ({
  partsOfOld: new Map(),
  fromOld: new Map(),
  sourcesOfNew: new Map(),
  intoNew: new Map(),
})

/** What has no counterpart of its own may be a part of a longer element on the other side. */
function partings(a: readonly Unit[], b: readonly Unit[], pairs: Pair[], measure: Measure): Partings {
  const result = noPartings()
  const newOf = new Map(pairs.map((pair) => [pair.a, pair.b]))
  const oldOf = new Map(pairs.map((pair) => [pair.b, pair.a]))
  const splits = new Map<number, number[]>()
  const merges = new Map<number, number[]>()
  for (const [index, unit] of a.entries()) {
    for (const other of measure.candidates(index)) {
      const target = b[other]
      if (target === undefined || target.class !== unit.class || newOf.get(index) === other) continue
      const shared = measure.shared(index, other)
      if (!oldOf.has(other) && target.plain.length >= shortest && shared >= contained * measure.weightB(other)) {
        const own = newOf.get(index)
        const rest = own === undefined ? shared : measure.shared(index, other, { side: 'b', index: own })
        if (rest >= ownShare * measure.weightB(other)) splits.set(index, [...(splits.get(index) ?? []), other])
      }
      if (!newOf.has(index) && unit.plain.length >= shortest && shared >= contained * measure.weightA(index)) {
        const own = oldOf.get(other)
        const rest = own === undefined ? shared : measure.shared(index, other, { side: 'a', index: own })
        if (rest >= ownShare * measure.weightA(index)) merges.set(other, [...(merges.get(other) ?? []), index])
      }
    }
  }
  const claimed = new Set<number>()
  for (const [old, news] of splits) {
    const own = newOf.get(old)
    const all = [...(own === undefined ? [] : [own]), ...news.filter((one) => !claimed.has(one))].sort((x, y) => x - y)
    if (all.length < 2) continue
    for (const one of all) {
      claimed.add(one)
      result.fromOld.set(one, old)
    }
    result.partsOfOld.set(old, all)
  }
  const taken = new Set(result.partsOfOld.keys())
  for (const [fresh, olds] of merges) {
    const own = oldOf.get(fresh)
    if (claimed.has(fresh) || (own !== undefined && taken.has(own))) continue
    const all = [...(own === undefined ? [] : [own]), ...olds.filter((one) => !taken.has(one))].sort((x, y) => x - y)
    if (all.length < 2) continue
    for (const one of all) {
      taken.add(one)
      result.intoNew.set(one, fresh)
    }
    result.sourcesOfNew.set(fresh, all)
  }
  return result
}
