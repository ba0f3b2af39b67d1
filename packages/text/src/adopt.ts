// Ids that survive renumbering: the new version inherits them from the elements that are the same.
import { align, Measure, unitOf } from './align.ts'
import { alignUnits, comparedUnits, fullText } from './compare.ts'
import { isRewritten } from './rewritten.ts'
import type { Element, StructuredText } from './tree.ts'

/** Old element id → the element of the new text that goes on with it. */
export const counterparts = (before: StructuredText, after: StructuredText): Map<string, Element> =>
  continuations(before, after).found

/** The same, and the ids of the old elements that go on in other words: written anew, or a part of what was. */
export function continuations(
  before: StructuredText,
  after: StructuredText,
): { found: Map<string, Element>; rewritten: Set<string> } {
  const found = new Map<string, Element>()
  const rewritten = new Set<string>()
  const a = comparedUnits(before).units
  const b = comparedUnits(after).units
  const descend = (one: Element, other: Element, anew: boolean): void => {
    found.set(one.id, other)
    if (anew) rewritten.add(one.id)
    if (one.level !== 'article' && one.level !== 'paragraph' && one.level !== 'item' && one.level !== 'subitem') return
    const left = one.children.map((child) => unitOf(child, fullText(child)))
    const right = other.children.map((child) => unitOf(child, fullText(child)))
    if (left.length === 0 || right.length === 0) return
    const measure = new Measure(left, right)
    const pairs = align(left, right, measure)
    // One paragraph before and one after are the same paragraph, however much it changed.
    if (pairs.length === 0 && left.length === 1 && right.length === 1) pairs.push({ a: 0, b: 0, similarity: 0 })
    for (const pair of pairs) {
      const old = one.children[pair.a]
      const fresh = other.children[pair.b]
      const [words, newWords] = [left[pair.a], right[pair.b]]
      // A paragraph that was kept word by word in an article written anew is still the same paragraph.
      if (old && fresh && words && newWords)
        descend(old, fresh, (anew && words.plain !== newWords.plain) || isRewritten(pair, left, right, measure))
    }
  }
  const { pairs, measure } = alignUnits(a, b)
  for (const pair of pairs) {
    const [old, fresh] = [a[pair.a], b[pair.b]]
    if (old && fresh) descend(old.element, fresh.element, measure !== null && isRewritten(pair, a, b, measure))
  }
  return { found, rewritten }
}

/**
 * The new text with the ids of the old one where an element goes on, also renumbered, moved or changed. New elements keep ids of
 * their own, never one the old text used. Neither argument is changed.
 */
export function adoptIds(before: StructuredText, after: StructuredText): StructuredText {
  const inherited = new Map<Element, string>()
  for (const [id, element] of counterparts(before, after)) inherited.set(element, id)
  const used = new Set<string>(idsOf(before))
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

function* idsOf(t: StructuredText): Generator<string> {
  function* visit(list: Element[]): Generator<string> {
    for (const element of list) {
      yield element.id
      yield* visit(element.children)
    }
  }
  for (const list of [t.preamble, t.body, ...t.attachments.map((one) => one.body)]) yield* visit(list)
}
