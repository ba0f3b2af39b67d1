// Words an amendment inserts or deletes stand in “…”; they are quoted text, neither structure nor citations of the text itself.
import type { Meter } from './lines.ts'
import type { StructuredText } from './tree.ts'

const before =
  /(?:修改为|改为|增加[^“”。]{0,14}|增写[^“”。]{0,14}|修正为|作为第[^“”。]{1,14}|表述为|规定为|内容为|删去|删除|规定|如下)[：:，,]?\s*$/u
const after = /^(?:修改为|改为|修改成|[之以]?[后前]增加|的规定修改|一?[句词]?修改为|一?[句词]?删去|字样)/u
const longest = 20_000
const deepest = 64

/** The passages in order; what stands inside another one is not listed again. Linear: every character is looked at once. */
export function amendedPassages(source: string, meter: Meter): Array<{ start: number; end: number }> {
  const open: number[] = []
  const found: Array<{ start: number; end: number }> = []
  const marks = /[“”]/gu
  for (const mark of source.matchAll(marks)) {
    meter.steps++
    const at = mark.index
    if (mark[0] === '“') {
      // A paragraph of a long quotation opens anew without closing.
      if (open.length > 0 && /(?:^|\n)[\s\u3000]*$/u.test(source.slice(Math.max(0, at - 6), at))) continue
      if (open.length === deepest) open.shift()
      open.push(at)
      continue
    }
    const start = open.pop()
    if (start === undefined || at - start > longest) continue
    const inserted = /^“第[^\s条]{1,12}条[之\s\u3000]/u.test(source.slice(start, start + 16))
    if (
      !inserted &&
      !before.test(source.slice(Math.max(0, start - 24), start)) &&
      !after.test(source.slice(at + 1, at + 9))
    )
      continue
    while (found.length > 0 && (found.at(-1)?.start ?? 0) > start) found.pop()
    found.push({ start, end: at + 1 })
  }
  return found
}

const read = new WeakMap<StructuredText, { source: string; passages: Array<{ start: number; end: number }> }>()
/** The passages of a text whose structure is at hand: looked for once, however many ask. */
export function amendedOf(
  structure: StructuredText,
  source: string,
  meter: Meter = { steps: 0 },
): Array<{ start: number; end: number }> {
  const known = read.get(structure)
  if (known?.source === source) return known.passages
  const passages = amendedPassages(source, meter)
  read.set(structure, { source, passages })
  return passages
}
