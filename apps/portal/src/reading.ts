// 供阅读的正文：结构来自 packages/text；每个元素的页内锚点即其地址（第十二条第二款），引用处在原文中的位置。

import type { CitationStatus, ResolvedCitation } from '@dianzhang/register'
import {
  addressOf,
  type Citations,
  type Element,
  findByAddress,
  type Reference,
  type StructuredText,
  statementOf,
} from '@dianzhang/text'
import { citePublic, readPublic } from '@dianzhang/workflow'
import { entryHref } from './addresses.ts'
import { dateWords } from './words.ts'

/** 引用处，链接到所引的文件或者本文的条款；位置为原文的 UTF-16 单元，先后有序，互不重叠。 */
export interface Mark {
  start: number
  end: number
  href: string
  /** 鼠标停留时显示的话：当日的效力，所写不是全称的还有全称；本文内部的没有。 */
  title: string | null
  /** 须让读者看见的效力，如“已废止”；有效的没有。 */
  warning: string | null
}

export interface Reading {
  source: string
  structure: StructuredText
  marks: readonly Mark[]
  /** 本文自己引到的地址：款、项只在被引到时才有锚点，免得每一项都带上一串标识。 */
  cited: ReadonlySet<string>
  /** 某条后面的链接：如对这一条的后评估。 */
  notes?: ReadonlyMap<string, ReadonlyArray<{ href: string; label: string }>>
}

/** 没有链接的正文。 */
export const readingOf = async (source: string): Promise<Reading> => ({
  source,
  structure: await readPublic(source),
  marks: [],
  cited: new Set(),
})

export type Resolve = (citations: Citations) => Promise<ResolvedCitation[]>

/**
 * 正文及其中的链接：所引文件按 `on` 之日（日历日）的效力；`today` 与之不同的，链接也指向那一日。`self` 是本件的标识，引本件的不成链接。
 * 查不到的、不能确定的不成链接；修改决定引号里的文字不成链接（cite 已略去）。
 */
export async function readingWithLinks(
  source: string,
  resolve: Resolve,
  options: { on: string; today: string; self?: string },
): Promise<Reading> {
  const reading = await readingOf(source)
  const citations = await citePublic(source, reading.structure)
  const resolved = await resolve(citations)
  const marks = [
    ...resolved.flatMap((one) => marksOf(one, options)),
    ...citations.internal.flatMap((one) => internalMark(one, reading.structure)),
  ].sort((a, b) => a.start - b.start || b.end - a.end)
  let reached = 0
  const apart = marks.filter(({ start, end }) => {
    if (start < reached || end <= start) return false
    reached = end
    return true
  })
  return {
    ...reading,
    marks: apart,
    cited: new Set(apart.flatMap(({ href }) => (href.startsWith('#') ? [href.slice(1)] : []))),
  }
}

/** 已经不能、还不能照着办的。 */
const warnings: Partial<Record<CitationStatus, string>> = {
  repealed: '已废止',
  expired: '已失效',
  annulled: '已撤销',
  suspended: '停止执行',
  amended: '已修改',
  pending_effect: '尚未施行',
}

function marksOf(
  { start, end, name, entry, references, status, statusLabel }: ResolvedCitation,
  { on, today, self }: { on: string; today: string; self?: string },
): Mark[] {
  if (entry === null || entry.id === self) return []
  const asked = on === today ? [] : [`on=${on}`]
  const address = (query: readonly string[]): string =>
    `${entryHref(entry.id)}${query.length > 0 ? `?${query.join('&')}` : ''}`
  const from = entry.effectiveDate ? `，自${dateWords(entry.effectiveDate)}起施行` : ''
  const known = name === entry.title ? '' : `${entry.title}：`
  const title = `${known}${statusLabel}${from}（按${dateWords(on)}）`
  const warning = warnings[status] ?? null
  const mark = (from: number, to: number, hash: string): Mark => ({
    start: from,
    end: to,
    // Where the act is shown in parts, its page knows in which of them the article is.
    href:
      hash !== '' && entry.bodyBytes > mayBeDivided
        ? address([...asked, `at=${hash.slice(1)}`])
        : address(asked) + hash,
    title,
    warning: null,
  })
  // 《某办法》第三条 is one link; further articles are links of their own.
  const [first, ...others] = references
  const together = first !== undefined && first.start - end <= 2
  const named = { ...mark(start, together ? first.end : end, together ? articleHash(first) : ''), warning }
  return [named, ...(together ? others : references).map((one) => mark(one.start, one.end, articleHash(one)))]
}

/** 正文不到这么多字节的，连同标记也不会超过一页。 */
const mayBeDivided = 20_000

/** 所引的条；款、项在对方页面不一定有锚点。 */
const articleHash = ({ target }: Reference): string => {
  const article = /^第[^编章节条]{1,14}条(?:之[一二三四五六七八九十]{1,3})?/u.exec(target)?.[0]
  return article === undefined ? '' : `#${article}`
}

function internalMark({ start, end, target }: Reference, structure: StructuredText): Mark[] {
  const first = target.split('至')[0] ?? target
  // The only paragraph of an article has no anchor of its own.
  const article = first.replace(/第[^条]{1,14}款.*$/u, '')
  const only = article !== first && findByAddress(structure, `${article}第二款`) === null
  const element = findByAddress(structure, only && /第一款$/u.test(first) ? article : first)
  const anchor = element && anchorOf(structure, element)
  return anchor ? [{ start, end, href: `#${anchor}`, title: null, warning: null }] : []
}

/** 元素的页内锚点，即其地址；段落与表没有。 */
export function anchorOf(structure: StructuredText, element: Element): string | null {
  if (element.level === 'text' || element.level === 'table') return null
  const address = addressOf(structure, element.id)
  return address === '' ? null : address
}

/** `words` 在原文 `from` 之后的第一个字的位置；原文换行拼合的找不到，为 -1。 */
export const placeOf = (source: string, words: string, from: number): number => source.indexOf(words, from)

/** 自 `from` 起、到 `end` 止的链接。 */
export function marksWithin(marks: readonly Mark[], from: number, end: number): Mark[] {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((marks[middle]?.start ?? 0) < from) low = middle + 1
    else high = middle
  }
  const found: Mark[] = []
  for (let at = low; at < marks.length; at += 1) {
    const mark = marks[at]
    if (mark === undefined || mark.start >= end) break
    if (mark.end <= end) found.push(mark)
  }
  return found
}

/** 读得起全部自述的最长正文；更长的只找“由……负责解释”的原话。 */
const statedUpTo = 200_000
/** 正文写明由谁解释；没有写的为空。 */
export function interpretersInText({ source, structure }: Reading): string[] {
  if (source.length <= statedUpTo)
    return [...new Set(statementOf(source, structure).interpreters.flatMap(({ names }) => names))]
  const found = /由([^，。；：由\n]{2,60}?)负责解释/.exec(source)?.[1]
  return found ? [found] : []
}

/** 能够单独提意见的部分。 */
export interface Commentable {
  /** 地址，如“第三条”“二、（一）”。 */
  address: string
  /** 标题或者开头的文字。 */
  words: string
}

const divisions = new Set(['part', 'subpart', 'chapter', 'section', 'heading1', 'heading2'])

/** 正文与附件的全部元素，按先后；“关于印发某办法的通知”的条文在附件里。 */
export function elementsOf(structure: StructuredText): Element[] {
  const all: Element[] = []
  const visit = (list: readonly Element[]): void => {
    for (const element of list) {
      all.push(element)
      visit(element.children)
    }
  }
  visit(structure.body)
  for (const attachment of structure.attachments) visit(attachment.body)
  return all
}

/** 能够单独提意见的各部分：条；没有条的，取章节与前两级标题。按先后。 */
export function commentable(structure: StructuredText): Commentable[] {
  const all = elementsOf(structure)
  const articles = all.filter(({ level }) => level === 'article')
  const chosen = articles.length > 0 ? articles : all.filter(({ level }) => divisions.has(level))
  return chosen.flatMap((element) => {
    const address = anchorOf(structure, element)
    return address === null ? [] : [{ address, words: firstWords(element) }]
  })
}

/** 标题，没有的取开头的文字；条的文字在其第一款。 */
export function firstWords(element: Element): string {
  if (element.heading !== null) return element.heading
  if (element.text !== '') return element.text
  const first = element.children[0]
  return first === undefined ? '' : firstWords(first)
}
