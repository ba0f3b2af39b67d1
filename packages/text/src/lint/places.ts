// Which line a place in the text is on, and which element it belongs to.
import type { Element, StructuredText } from '../tree.ts'

/** Offsets where lines begin; the same line ends as the parser's. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 13 && code !== 0x85 && code !== 0x2028 && code !== 0x2029) continue
    if (code < 10 || (code === 13 && text.charCodeAt(at + 1) === 10)) continue
    starts.push(at + 1)
  }
  return starts
}

/** How many of the sorted `values` are not behind `at`. */
function countUpTo<T>(values: readonly T[], at: number, startOf: (value: T) => number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (startOf(values[middle] as T) <= at) low = middle + 1
    else high = middle
  }
  return low
}

/** The line that holds an offset, counted from 1. */
export const lineAt = (starts: readonly number[], at: number): number => countUpTo(starts, at, (start) => start)

/** All elements in order of their start, parents before children. */
export function elementsByStart(structure: StructuredText): Element[] {
  const all: Element[] = []
  const walk = (element: Element): void => {
    all.push(element)
    element.children.forEach(walk)
  }
  structure.preamble.forEach(walk)
  structure.body.forEach(walk)
  for (const attachment of structure.attachments) attachment.body.forEach(walk)
  return all.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** The innermost of `elements` (as `elementsByStart` gives them) that holds an offset. */
export function innermost(elements: readonly Element[], at: number): Element | undefined {
  const low = countUpTo(elements, at, (element) => element.start)
  // Elements nest at most a dozen deep, so the holder is near; a longer way back means the place is between elements.
  for (let index = low - 1; index >= 0 && index >= low - 64; index--) {
    const element = elements[index]
    if (element !== undefined && element.end > at) return element
  }
  return undefined
}
