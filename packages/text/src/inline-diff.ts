// What changed within a sentence. Words by Intl.Segmenter; numbers, dates, amounts and percentages are one unit each.
import { diffArrays } from 'diff'

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
 * same and added parts make `b`. 三十日→十五日 and 50→500 are one change each.
 */
export function inlineDiff(a: string, b: string): DiffPart[] {
  if (a === b) return a === '' ? [] : [{ kind: 'same', text: a }]
  if (a === '') return [{ kind: 'added', text: b }]
  if (b === '') return [{ kind: 'removed', text: a }]
  const changes = diffArrays(unitsOf(a), unitsOf(b), { maxEditLength: mostEdits })
  if (changes === undefined)
    return [
      { kind: 'removed', text: a },
      { kind: 'added', text: b },
    ]
  const parts: DiffPart[] = []
  let removed = ''
  let added = ''
  const flush = (): void => {
    if (removed !== '') parts.push({ kind: 'removed', text: removed })
    if (added !== '') parts.push({ kind: 'added', text: added })
    removed = added = ''
  }
  for (const change of changes) {
    const text = change.value.join('')
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
  return parts
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
