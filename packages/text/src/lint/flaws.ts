// 文本里挡住送审与签署的两样：没有填写的占位、坏字。与检查结果是同一套问句（S13、S14、S16、S17 中须了结的）。
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
