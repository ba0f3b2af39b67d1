// Ids that survive renumbering: the new version inherits them from the elements that are the same.
import { align, Measure, unitOf } from './align.ts'
import { comparedUnits, fullText } from './compare.ts'
import type { Element, StructuredText } from './tree.ts'

/** Old element id → the element of the new text that goes on with it. */
export function counterparts(before: StructuredText, after: StructuredText): Map<string, Element> {
  const found = new Map<string, Element>()
  const a = comparedUnits(before).units
  const b = comparedUnits(after).units
  const descend = (one: Element, other: Element): void => {
    found.set(one.id, other)
    if (one.level !== 'article' && one.level !== 'paragraph' && one.level !== 'item' && one.level !== 'subitem') return
    const left = one.children.map((child) => unitOf(child, fullText(child)))
    const right = other.children.map((child) => unitOf(child, fullText(child)))
    if (left.length === 0 || right.length === 0) return
    const pairs = align(left, right, new Measure(left, right))
    // One paragraph before and one after are the same paragraph, however much it changed.
    if (pairs.length === 0 && left.length === 1 && right.length === 1) pairs.push({ a: 0, b: 0, similarity: 0 })
    for (const pair of pairs) {
      const old = one.children[pair.a]
      const fresh = other.children[pair.b]
      if (old && fresh) descend(old, fresh)
    }
  }
  for (const pair of align(a, b, new Measure(a, b))) {
    const old = a[pair.a]?.element
    const fresh = b[pair.b]?.element
    if (old && fresh) descend(old, fresh)
  }
  return found
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
