// The two things in a text that block submission for review and signing: unfilled placeholders and broken characters.
// The same questions as the check's findings (those of S13, S14, S16, S17 that must be settled).
import { addressOf } from '../address.ts'
import { parseText } from '../parse.ts'
import type { StructuredText } from '../tree.ts'
import { flawChecks } from './checks.ts'
import { elementsByStart, innermost, lineAt, lineStarts } from './places.ts'

/** One place that must be put right before the text goes on. `line` counts from 1; `address` is empty where there is none. */
export interface TextFlaw {
  kind: 'unfilled' | 'damaged'
  words: string
  address: string
  line: number
}

/** So many are kept; who has more is told of these and looks at the findings. */
const mostFlaws = 20
const longestWords = 40

/** Placeholders that wait for words, and damaged characters; those in forms, tables and quotations are not among them. */
export function flawsOf(source: string, structure: StructuredText = parseText(source)): TextFlaw[] {
  const found = flawChecks
    .flatMap((check) => check({ text: source, structure, options: {} }))
    .filter(({ severity }) => severity === 'block')
    .sort((a, b) => a.start - b.start)
    .slice(0, mostFlaws)
  if (found.length === 0) return []
  const starts = lineStarts(source)
  const elements = elementsByStart(structure)
  return found.map(({ id, start, end }) => {
    const element = innermost(elements, start)
    return {
      kind: id === 'S17' ? 'damaged' : 'unfilled',
      words: source.slice(start, Math.min(end, start + longestWords)),
      address: element === undefined ? '' : addressOf(structure, element.id),
      line: lineAt(starts, start),
    }
  })
}
