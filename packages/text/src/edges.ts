// Citations as edges: from which element of a text to which act, in what role. What a text only quotes to insert is none.
import { addressOf } from './address.ts'
import { amendedPassages } from './amended.ts'
import { type Citations, cite, fitsKind } from './cite.ts'
import { chineseNumeral, readNumeral } from './lines.ts'
import { parseText } from './parse.ts'
import { repealedIn } from './repeals.ts'
import { issuedTitle, sameActTitle } from './statement.ts'
import type { Element, StructuredText } from './tree.ts'

/** Basis, citation, amendment, repeal, replacement, implementation. */
export type CitationRole = 'basis' | 'cites' | 'amends' | 'repeals' | 'replaces' | 'implements'

export interface CitationEdge {
  role: CitationRole
  /** Full name of the act; null where only its number is written, or where a reference leads nowhere. */
  name: string | null
  docNo: string | null
  /** As cited: “第十二条第二款”. */
  targets: string[]
  /** `unbound`: 该条例, 同法 that no name before it fits. */
  bound: boolean
  element: string | null
  address: string
  start: number
  end: number
  quote: string
}

const basisWords = /(?:根据|依据|依照|按照|遵照|遵循)[^。；;\n]*$/u
const implementing = /(?:贯彻落实|贯彻实施|贯彻|落实|实施|执行)[^。；;，,\n根依]*$/u
const toAmend = /(?:修改|修正|修订|对|将|删去|增加)[^。；;，,\n]*$/u
const amendedBehind = /^[^。；;\n]{0,60}?(?:作(?:如下|以下|出?)?修改|修改(?:为|如下|决定)|予以修改|作出?如下修正)/u
const backward =
  /(该|同|上述|前述)(法|条例|办法|规定|细则|规则|决定|意见|通知|规范|准则)(?!律|规|定|人|官|院|治|制|学|理|庭)/gu
/** How far the opening of a text without articles reaches. */
const opening = 800

const targetArticle = /第([零〇一二两三四五六七八九十百千0-9０-９]+)条((?:之[一二三四五六七八九十百]+)*)/gu

/** “第12条”, “十二”, “12”, “第一十二条第二款” → “第十二条”; null where there is no number of an article in it. */
export function articleKey(written: string): string | null {
  const text = written.normalize('NFKC').replace(/\s/gu, '')
  const found = /第?([零〇一二两三四五六七八九十百千0-9]+)条?((?:之[一二三四五六七八九十百]+)*)/u.exec(text)
  if (!found || !/^(?:第|[零〇一二两三四五六七八九十百千0-9])/u.test(text)) return null
  const n = readNumeral(found[1] ?? '')
  return n === null || n < 1 ? null : `第${chineseNumeral(n)}条${found[2] ?? ''}`
}
/** The articles that targets name, ranges spelt out: 第五条至第八条 is four. Longer ranges than 200 articles keep both ends. */
export function articlesOf(targets: readonly string[]): string[] {
  const found = new Set<string>()
  for (const target of targets) {
    const numbers = [...target.matchAll(targetArticle)].flatMap((one) => {
      const n = readNumeral((one[1] ?? '').normalize('NFKC'))
      return n === null ? [] : [{ n, behind: one[2] ?? '' }]
    })
    const [from, to] = numbers
    if (target.includes('至') && from && to && to.n > from.n && to.n - from.n <= 200)
      for (let n = from.n; n <= to.n; n++) found.add(`第${chineseNumeral(n)}条${n === from.n ? from.behind : ''}`)
    for (const { n, behind } of numbers) found.add(`第${chineseNumeral(n)}条${behind}`)
  }
  return [...found]
}

interface Leaf {
  element: Element
  start: number
  end: number
}
/** The innermost elements, by their place in the source. */
export function leavesOf(structure: StructuredText): Leaf[] {
  const found: Leaf[] = []
  const visit = (list: readonly Element[], above?: Element): void => {
    for (const element of list) {
      // The only paragraph of an article is not named: 第一条.
      const named = above?.level === 'article' && list.length === 1 ? above : element
      if (element.children.length === 0) found.push({ element: named, start: element.start, end: element.end })
      else {
        const first = element.children[0]?.start ?? element.end
        if (element.start < first) found.push({ element: named, start: element.start, end: first })
        visit(element.children, element)
      }
    }
  }
  visit(structure.preamble)
  visit(structure.body)
  for (const { body } of structure.attachments) visit(body)
  return found.sort((a, b) => a.start - b.start)
}
export function leafAt(leaves: readonly Leaf[], at: number): Leaf | undefined {
  let low = 0
  let high = leaves.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((leaves[middle]?.start ?? 0) <= at) low = middle + 1
    else high = middle
  }
  const found = leaves[low - 1]
  return found && at < found.end ? found : undefined
}
/** Where the text says what it is made from: 第一条, what stands before the first article, the opening of a circular. */
function openingRanges(structure: StructuredText): Array<{ start: number; end: number }> {
  const ranges: Array<{ start: number; end: number }> = []
  const articles: Element[] = []
  const visit = (list: readonly Element[]): void => {
    for (const element of list)
      if (element.level === 'article') articles.push(element)
      else visit(element.children)
  }
  visit(structure.body)
  for (const { body } of structure.attachments) visit(body)
  articles.sort((a, b) => a.start - b.start)
  const first = articles[0]
  const heading = first ? undefined : structure.body.find((one) => /^heading/u.test(one.level))
  ranges.push({ start: 0, end: Math.min(first?.start ?? heading?.start ?? opening, 4 * opening) })
  for (const element of articles)
    if (element.ordinal?.length === 1 && element.ordinal[0] === 1)
      ranges.push({ start: element.start, end: element.end })
  return ranges
}

/**
 * The edges of one text, in order. In: its text, its structure and citations where the caller has them already, its title.
 * Out: one edge for each act at each place; 本办法 is the text itself and none; 该条例 without a name before it is `bound: false`.
 */
export function citationEdges(
  source: string,
  given: { structure?: StructuredText; citations?: Citations; title?: string | null } = {},
): CitationEdge[] {
  const structure = given.structure ?? parseText(source)
  const citations = given.citations ?? cite(source, structure)
  const title = given.title ?? structure.title ?? ''
  const leaves = leavesOf(structure)
  const openings = openingRanges(structure)
  const amending = /修改|修正/u.test(title.replace(/[（(][^（）()]*修[正订改][^（）()]*[）)]/gu, ''))
  const ended = new Map<string, boolean>()
  const sentenceAt = (at: number): { start: number; end: number } => {
    let start = at
    while (start > 0 && at - start < 600 && !'。；;\n'.includes(source[start - 1] ?? '')) start--
    let end = at
    while (end < source.length && end - at < 800 && !'。；;\n'.includes(source[end] ?? '')) end++
    return { start, end }
  }
  const endedIn = (start: number, end: number, name: string): boolean => {
    const key = `${start} ${name}`
    const known = ended.get(key)
    if (known !== undefined) return known
    const sentence = source.slice(start, end)
    const found =
      /废止|停止执行|失效/u.test(sentence) &&
      repealedIn(sentence).some((one) => one.name === name || sameActTitle(one.name, name))
    ended.set(key, found)
    return found
  }
  const ownTitle = title.replace(/[（(](?:试行|暂行)[）)]|试行|暂行/gu, '')
  const roleOf = (name: string | null, docNo: string | null, start: number, end: number): CitationRole => {
    const sentence = sentenceAt(start)
    const before = source.slice(sentence.start, start)
    const behind = source.slice(end, Math.min(sentence.end + 1, end + 120))
    const named = name ?? docNo ?? ''
    if (endedIn(sentence.start, sentence.end, named)) {
      const other = (name ?? '').replace(/[（(](?:试行|暂行)[）)]|试行|暂行/gu, '')
      return name !== null && ownTitle !== '' && sameActTitle(other, ownTitle) ? 'replaces' : 'repeals'
    }
    if (amending && (title.includes(name ?? '\u0000') || (toAmend.test(before) && amendedBehind.test(behind))))
      return 'amends'
    if (toAmend.test(before) && /^(?:[（(][^（）()]{0,60}[）)])?作(?:如下|以下|出)?修改/u.test(behind)) return 'amends'
    const inOpening = openings.some((range) => range.start <= start && start < range.end)
    if (!inOpening) return 'cites'
    if (basisWords.test(before)) return 'basis'
    if (implementing.test(before)) return 'implements'
    return title !== '' && name !== null && start < 200 && title.includes(name) && /实施/u.test(title)
      ? 'implements'
      : 'cites'
  }
  // The circular that issues an act does not cite it: both are one document.
  const issued = issuedTitle(title)
  const own = [title, issued, ...structure.attachments.map((one) => one.title)].flatMap((one) => (one ? [one] : []))
  const isOwn = (name: string): boolean => own.some((one) => sameActTitle(one, name))
  const edges: CitationEdge[] = []
  const edge = (
    one: Pick<CitationEdge, 'name' | 'docNo' | 'targets' | 'bound' | 'start' | 'end'>,
    role: CitationRole,
  ): CitationEdge => {
    const leaf = leafAt(leaves, one.start)
    const sentence = sentenceAt(one.start)
    const from = Math.max(sentence.start, one.start - 60)
    return {
      ...one,
      role,
      element: leaf?.element.id ?? null,
      address: leaf ? addressOf(structure, leaf.element.id) : '',
      quote: source.slice(from, Math.min(sentence.end, from + 160)).trim(),
    }
  }
  const told = new Map<string, number[]>()
  for (const { name, docNo, references, start, end } of citations.named) {
    if (docNo !== null) told.set(docNo, [...(told.get(docNo) ?? []), end])
    if (isOwn(name)) continue
    const last = references.at(-1)?.end ?? end
    edges.push(
      edge(
        { name, docNo, targets: references.map(({ target }) => target), bound: true, start, end: Math.max(end, last) },
        roleOf(name, docNo, start, end),
      ),
    )
  }
  for (const { normalized, start, end } of citations.docNos) {
    // The number in the brackets behind a name says the same; 文号 of its own, above the title or below it, is none.
    if (told.get(normalized)?.some((behind) => behind <= start && start - behind < 130)) continue
    if (structure.documentNumber !== null && sameNumber(structure.documentNumber, source.slice(start, end))) continue
    edges.push(
      edge(
        { name: null, docNo: normalized, targets: [], bound: true, start, end },
        roleOf(null, normalized, start, end),
      ),
    )
  }
  const covered = edges.map(({ start, end }) => ({ start, end }))
  for (const one of backReferences(source)) {
    if (covered.some(({ start, end }) => start <= one.start && one.start <= end)) continue
    const held = edges.findLast(
      ({ name, bound, start }) => bound && start < one.start && name !== null && fitsKind(name, one.kind),
    )
    edges.push(
      edge(
        {
          name: held?.name ?? null,
          docNo: null,
          targets: [],
          bound: held !== undefined,
          start: one.start,
          end: one.end,
        },
        'cites',
      ),
    )
  }
  return edges.sort((a, b) => a.start - b.start || a.end - b.end)
}
const sameNumber = (a: string, b: string): boolean =>
  a.normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '') === b.normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '')

function backReferences(source: string): Array<{ kind: string; start: number; end: number }> {
  if (!/[该同上前]/u.test(source)) return []
  const quoted = amendedPassages(source, { steps: 0 })
  const inQuoted = (at: number): boolean => quoted.some(({ start, end }) => start <= at && at < end)
  return [...source.matchAll(backward)].flatMap((one) => {
    const before = source[one.index - 1] ?? ''
    // “不同规定”, “相同办法”, “共同规定”, “合同法”, “应该规定”: other words.
    if (one[1] === '同' && /[不相共合会如等胡雷伙陪协连随]/u.test(before)) return []
    if (one[1] === '该' && before === '应') return []
    if (
      one[1] === '同' &&
      one[2] !== '法' &&
      !/[，。；、：\n]|依照|按照|根据|违反/u.test(source.slice(Math.max(0, one.index - 2), one.index))
    )
      return []
    return inQuoted(one.index) ? [] : [{ kind: one[2] ?? '', start: one.index, end: one.index + one[0].length }]
  })
}
