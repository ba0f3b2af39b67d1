// What changed within a sentence. Words by Intl.Segmenter; numbers, dates, amounts and percentages are one unit each.
import { diffArrays } from 'diff'
import type { Meter } from './lines.ts'

export interface DiffPart {
  kind: 'same' | 'added' | 'removed'
  text: string
}

const chinese = '零〇一二两三四五六七八九十百千万亿'
const figure = `(?:[0-9０-９]+(?:[.．,，][0-9０-９]+)*|[${chinese}]+(?:点[${chinese}]+)?)`
const measures = [
  '个工作日|工作日|个月|个?小时|分钟|周岁|平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|人次',
  '万元|亿元|千元|百元|万人|万吨|万户|[日天周月年时秒元角分名人件次倍米克吨升亩台辆户级类批期届岁度条款项目章节编号个家份页层座位处所种]',
  '[%％‰]',
].join('|')
const unit = new RegExp(
  [
    `第[\\s]?${figure}(?:分编|[条款项目章节编号次类批届期页季])?(?:之[${chinese}]+)*`,
    `${figure}年(?:${figure}月(?:${figure}日)?)?`,
    `${figure}月${figure}日`,
    `百分之${figure}`,
    `[${chinese}]+分之[${chinese}]+`,
    `[（(]${figure}[）)]`,
    `[¥￥]?[0-9０-９]+(?:[.．,，][0-9０-９]+)*(?:[万亿千百]*(?:${measures}))?`,
    `[${chinese}]+(?:余|多)?(?:${measures})`,
    `[${chinese}]{2,}`,
  ].join('|'),
  'gu',
)

let segmenter: Intl.Segmenter | undefined

/** The units a text is compared by. Joined they are the text again. */
export function unitsOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' })
  const units: string[] = []
  const words = (from: number, to: number): void => {
    if (to <= from) return
    if (to - from === 1) units.push(text.slice(from, to))
    else for (const { segment } of (segmenter as Intl.Segmenter).segment(text.slice(from, to))) units.push(segment)
  }
  let at = 0
  for (const match of text.matchAll(unit)) {
    words(at, match.index)
    units.push(match[0])
    at = match.index + match[0].length
  }
  words(at, text.length)
  return units
}

/** Beyond so many changed units two texts are shown as one removed and one added. */
const mostEdits = 3000

/**
 * The difference of two texts as parts in reading order, what was removed before what was added. Same and removed parts make `a`,
 * same and added parts make `b`. 三十日→十五日 and 50→500 are one change each. Texts that differ in more than 3000
 * words are one removed and one added part.
 */
export const inlineDiff = (a: string, b: string): DiffPart[] => diffWithin(a, b, mostEdits).parts

/** `inlineDiff` that gives up beyond `most` edits, and says how many it has looked through: its work is their square. */
function diffWithin(a: string, b: string, most: number): { parts: DiffPart[]; edits: number } {
  if (a === b) return { parts: a === '' ? [] : [{ kind: 'same', text: a }], edits: 0 }
  if (a === '') return { parts: [{ kind: 'added', text: b }], edits: 0 }
  if (b === '') return { parts: [{ kind: 'removed', text: a }], edits: 0 }
  const changes = diffArrays(unitsOf(a), unitsOf(b), { maxEditLength: most })
  if (changes === undefined) return { parts: replaced(a, b), edits: most }
  const parts: DiffPart[] = []
  let removed = ''
  let added = ''
  let edits = 0
  const flush = (): void => {
    if (removed !== '') parts.push({ kind: 'removed', text: removed })
    if (added !== '') parts.push({ kind: 'added', text: added })
    removed = added = ''
  }
  for (const change of changes) {
    const text = change.value.join('')
    if (change.removed || change.added) edits += change.value.length
    if (change.removed) removed += text
    else if (change.added) added += text
    else {
      flush()
      const last = parts.at(-1)
      if (last?.kind === 'same') last.text += text
      else parts.push({ kind: 'same', text })
    }
  }
  flush()
  return { parts, edits }
}

/** All of `a` removed and all of `b` added. */
export function replaced(a: string, b: string): DiffPart[] {
  const parts: DiffPart[] = [
    { kind: 'removed', text: a },
    { kind: 'added', text: b },
  ]
  return parts.filter((part) => part.text !== '')
}

/** Squares of edits that one comparison may look through; the most amended of real laws stay below half of it. */
const mostWork = 6_000_000
/** Where that is used up, a difference of so many words is still shown word by word. */
const fewEdits = 24

/** Characters that one comparison may cut into words. */
const mostSegmented = 600_000

/** What is longer than this between equal beginnings and ends is not cut into words any more. */
const shortMiddle = 400
/** A number is not cut: 三十日 and 三十五日 begin alike. */
const inNumber =
  /[0-9０-９.．,，零〇一二两三四五六七八九十百千万亿第之年月日天周时元角分个工作余多人次倍米吨亩台户级期岁度条款项目章节编号%％‰]/u

/**
 * Where two texts begin and end with the same words, for half of the longer one: these as they are, and between them what
 * differs, word by word when it is short. Null for texts that are not mostly the same.
 */
function framed(a: string, b: string): DiffPart[] | null {
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a.charCodeAt(head) === b.charCodeAt(head)) head++
  let tail = 0
  while (tail < shorter - head && a.charCodeAt(a.length - 1 - tail) === b.charCodeAt(b.length - 1 - tail)) tail++
  if (2 * (head + tail) < Math.max(a.length, b.length)) return null
  while (head > 0 && (inNumber.test(a[head - 1] ?? '') || isHigh(a.charCodeAt(head - 1)))) head--
  while (tail > 0 && (inNumber.test(a[a.length - tail] ?? '') || isLow(a.charCodeAt(a.length - tail)))) tail--
  const [old, fresh] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)]
  const middle =
    old.length > shortMiddle || fresh.length > shortMiddle
      ? replaced(old, fresh)
      : diffWithin(old, fresh, fewEdits).parts
  const same = (text: string): DiffPart[] => (text === '' ? [] : [{ kind: 'same', text }])
  const parts: DiffPart[] = []
  for (const part of [...same(a.slice(0, head)), ...middle, ...same(a.slice(a.length - tail))]) {
    const last = parts.at(-1)
    if (last?.kind === 'same' && part.kind === 'same')
      parts[parts.length - 1] = { kind: 'same', text: last.text + part.text }
    else parts.push(part)
  }
  return parts
}
const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff

/**
 * `inlineDiff` for the many texts of one comparison, whose work together is bounded: behind the bounds only what is mostly
 * the same is shown word by word, the rest as removed and added.
 */
export function boundedDiff(meter: Meter = { steps: 0 }): (a: string, b: string) => DiffPart[] {
  let left = mostWork
  let segmented = 0
  return (a, b) => {
    segmented += a.length + b.length
    meter.steps += a.length + b.length
    if (segmented > mostSegmented || left === 0) return a === b ? inlineDiff(a, b) : (framed(a, b) ?? replaced(a, b))
    const { parts, edits } = diffWithin(a, b, Math.min(mostEdits, Math.max(fewEdits, Math.floor(Math.sqrt(left)))))
    meter.steps += edits * edits
    left = Math.max(0, left - edits * edits)
    return parts
  }
}

/** Makes the new text from the old one and a difference; refuses (RangeError) a difference that belongs to another text. */
export function applyDiff(a: string, diff: readonly DiffPart[]): string {
  let before = ''
  let after = ''
  for (const part of diff) {
    if (part.kind !== 'added') before += part.text
    if (part.kind !== 'removed') after += part.text
  }
  if (before !== a) throw new RangeError('差异与原文不符，不能套用')
  return after
}
