// Ids that survive renumbering: the new version inherits them from the elements that are the same.
import { align, alignCoarsely, classOf, Measure, mostIndexed, type Pair, type Unit, unitOf } from './align.ts'
import { alignUnits, comparedUnits, fullText } from './compare.ts'
import { isRewritten } from './rewritten.ts'
import type { Element, StructuredText } from './tree.ts'

/** Old element id → the element of the new text that goes on with it, and the ids of those that go on in other words: written anew, or a part of what was. */
export function continuations(
  before: StructuredText,
  after: StructuredText,
  byId = true,
): { found: Map<string, Element>; rewritten: Set<string> } {
  const found = new Map<string, Element>()
  const rewritten = new Set<string>()
  const a = comparedUnits(before).units
  const b = comparedUnits(after).units
  const sameWords = sameWordsOf(before, after)
  const descend = (one: Element, other: Element, anew: boolean): void => {
    found.set(one.id, other)
    if (anew) rewritten.add(one.id)
    if (one.level !== 'article' && one.level !== 'paragraph' && one.level !== 'item' && one.level !== 'subitem') return
    // What stands word by word somewhere else went there.
    const stays = (child: Element, among: readonly Element[]): boolean => {
      const twin = sameWords.get(child)
      return twin === undefined || among.includes(twin)
    }
    const olds = one.children.filter((child) => stays(child, other.children))
    const news = other.children.filter((child) => stays(child, one.children))
    const left = olds.map((child) => unitOf(child, fullText(child)))
    const right = news.map((child) => unitOf(child, fullText(child)))
    if (left.length === 0 || right.length === 0) return
    const { pairs, measure } = alignChildren(left, right, byId)
    // One paragraph before and one after are the same paragraph, however much it changed.
    if (pairs.length === 0 && left.length === 1 && right.length === 1) pairs.push({ a: 0, b: 0, similarity: 0 })
    for (const pair of pairs) {
      const old = olds[pair.a]
      const fresh = news[pair.b]
      const [words, newWords] = [left[pair.a], right[pair.b]]
      // A paragraph that was kept word by word in an article written anew is still the same paragraph.
      if (old && fresh && words && newWords)
        descend(
          old,
          fresh,
          (anew && words.plain !== newWords.plain) || (measure !== null && isRewritten(pair, left, right, measure)),
        )
    }
  }
  const { pairs, measure } = alignUnits(a, b, undefined, byId)
  for (const pair of pairs) {
    const [old, fresh] = [a[pair.a], b[pair.b]]
    if (old && fresh) descend(old.element, fresh.element, measure !== null && isRewritten(pair, a, b, measure))
  }
  // To another article, as when one is split or two are merged.
  const matched = new Set(found.values())
  for (const old of elementsOf(before)) {
    const fresh = found.has(old.id) ? undefined : sameWords.get(old)
    if (fresh !== undefined && !matched.has(fresh)) descend(old, fresh, false)
  }
  return { found, rewritten }
}

/** One article may hold the whole of a very long text. */
function alignChildren(
  a: readonly Unit[],
  b: readonly Unit[],
  byId: boolean,
): { pairs: Pair[]; measure: Measure | null } {
  const length = [...a, ...b].reduce((sum, unit) => sum + unit.plain.length, 0)
  if (length > mostIndexed) return { pairs: alignCoarsely(a, b, undefined, byId), measure: null }
  const measure = new Measure(a, b)
  return { pairs: align(a, b, measure, byId), measure }
}

/** Shorter paragraphs and items (其他情形。) say nothing about where they came from. */
const shortestElsewhere = 8

/** Of paragraphs and items whose words stand once in either text, the one in the other text; both ways. */
function sameWordsOf(before: StructuredText, after: StructuredText): Map<Element, Element> {
  const keyed = (t: StructuredText): Map<string, Element | null> => {
    const once = new Map<string, Element | null>()
    for (const element of elementsOf(t)) {
      const { level } = element
      if (level !== 'paragraph' && level !== 'item' && level !== 'subitem' && level !== 'text') continue
      const { plain } = unitOf(element, fullText(element))
      if (plain.length < shortestElsewhere) continue
      const key = `${classOf(level)}|${plain}`
      once.set(key, once.has(key) ? null : element)
    }
    return once
  }
  const pairs = new Map<Element, Element>()
  const news = keyed(after)
  for (const [key, old] of keyed(before)) {
    const fresh = news.get(key)
    if (old && fresh) pairs.set(old, fresh).set(fresh, old)
  }
  return pairs
}

/**
 * The new text with the ids of the old one where an element goes on, also renumbered, moved or changed. New elements keep ids of
 * their own, never one the old text used. Neither argument is changed.
 */
export function adoptIds(before: StructuredText, after: StructuredText): StructuredText {
  const inherited = new Map<Element, string>()
  // An id that was just made from place and words may be, by these words, that of an element that has long been reworded.
  for (const [id, element] of continuations(before, after, false).found) inherited.set(element, id)
  const used = new Set<string>()
  for (const { id } of elementsOf(before)) used.add(id)
  const given = new Map<string, string>()
  const renamed = (element: Element): Element => {
    let id = inherited.get(element)
    if (id === undefined) {
      id = element.id
      for (let times = 2; used.has(id); times++) id = `${element.id}-v${times}`
      used.add(id)
    }
    given.set(element.id, id)
    return { ...element, id, children: element.children.map(renamed) }
  }
  const preamble = after.preamble.map(renamed)
  const body = after.body.map(renamed)
  const attachments = after.attachments.map((one) => ({ ...one, body: one.body.map(renamed) }))
  const faults = after.faults.map((fault) =>
    fault.element === undefined ? fault : { ...fault, element: given.get(fault.element) ?? fault.element },
  )
  return { ...after, preamble, body, attachments, faults }
}

function* elementsOf(t: StructuredText): Generator<Element> {
  function* visit(list: Element[]): Generator<Element> {
    for (const element of list) {
      yield element
      yield* visit(element.children)
    }
  }
  for (const list of [t.preamble, t.body, ...t.attachments.map((one) => one.body)]) yield* visit(list)
}
