// Words that a text quotes: the wording an amendment inserts, articles of another act in a reply, a block quotation, a list of
// provisions behind the text. They are text, never structure of the document itself.
import { dateLineOf, isAddressee } from './headings.ts'
import type { Line, Meter } from './lines.ts'
import { beginsLikeReference, type Mark, markOf, type UnitMark } from './marks.ts'
import { isTableLine } from './tables.ts'

/** 第五条明确…, 第七条要求…: what a letter or an explanation says of the articles of another act. */
const saysOfArticle =
  /^(?:规定[了：:“「]|明确[了：:，,“]|要求[：:，,]|指出|提出|载明|强调|约定|所[称述列指]|界定|第[一二三四五六七八九十]款)/u
const saysPerhaps = /^(?:规定|明确|要求|指出|是关于|是指|是对|对|就|将|从|关于)/u

/**
 * Articles that a text only speaks of: sentences that begin with 第五条明确…; and all of them where none is the first and none
 * stands apart from its words, as in a letter that quotes a law line by line.
 */
export function citedArticles(lines: readonly Line[], marks: Array<Mark | null>): void {
  let apart = false
  let first = false
  let expected = 1
  const articles: number[] = []
  for (const [at, mark] of marks.entries()) {
    if (mark?.kind !== 'unit' || mark.unit !== '条') continue
    const rest = lines[at]?.text.slice(mark.rest, mark.rest + 8) ?? ''
    const number = mark.ordinal?.[0] ?? 0
    const cited = !mark.apart && (saysOfArticle.test(rest) || (saysPerhaps.test(rest) && number !== expected))
    if (cited || (!mark.apart && beginsLikeReference(rest) && !isSlip(mark, rest, expected))) {
      if (cited) marks[at] = null
      continue
    }
    articles.push(at)
    if (mark.apart) apart = true
    if (number === 1) first = true
    expected = number + 1
  }
  if (!apart && !first) for (const at of articles) marks[at] = null
}

/** 第一条、为了规范…: a slip for the space, where the number is the one that comes next and no other number follows. */
export const isSlip = (mark: UnitMark, rest: string, expected: number): boolean =>
  mark.ordinal?.length === 1 &&
  mark.ordinal[0] === expected &&
  /^[、．.](?![第零〇一二三四五六七八九十百0-9])/u.test(rest)

/** Marks that open and close a quotation. What opens with one family closes with the same. */
const families = [
  { opens: '“「『', closes: '”」』', any: /[“「『]/u },
  { opens: '〝', closes: '〞〟', any: /〝/u },
  { opens: '‘', closes: '’', any: /^‘|[：:]‘/u },
  { opens: '"＂', closes: '"＂', any: /["＂]/u },
] as const
type Family = (typeof families)[number]

/** Where the first opening mark stands, and how many more are opened than closed; `"` is both in turn. */
function balanceOf(text: string, { opens, closes }: Family, open: boolean): { first: number; balance: number } {
  let first = -1
  let balance = 0
  const same = opens === closes
  let inside = open
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string
    if (same ? opens.includes(sign) && !inside : opens.includes(sign)) {
      if (first < 0) first = at
      balance++
      inside = true
    } else if (closes.includes(sign)) {
      balance--
      inside = false
    }
  }
  return { first, balance }
}

const amendment = /(?:修改为|改为|增加|增写|作为|修正为|表述为|规定为|如下|内容为|规定)[^“”]{0,20}[：:]?$/u
const articleInside = /^第[^\s条章节]{1,12}[条章节](?=[\s\u3000])/u
const longestQuotation = 400

/**
 * Lines that stand inside the words an amendment inserts: “第三条　…” and what follows up to the closing mark. They are quoted
 * text, never structure. A quotation that is never closed is not one. `blocks` are the numbers of the lines quoted as `> …`.
 */
export function quotedLines(lines: readonly Line[], blocks: ReadonlySet<number>, meter: Meter): boolean[] {
  const quoted = lines.map(({ line }) => blocks.has(line))
  let opened = -1
  let depth = 0
  let family: Family = families[0]
  for (const [at, line] of lines.entries()) {
    const { text } = line
    meter.steps += text.length
    if (opened < 0) {
      for (const one of families) {
        // Outside a quotation a line without an opening mark begins none.
        if (!one.any.test(text)) continue
        const { first, balance } = balanceOf(text, one, false)
        if (balance <= 0) continue
        const before = first > 0 ? text.slice(Math.max(0, first - 30), first) : (lines[at - 1]?.text.slice(-30) ?? '')
        const inserted = articleInside.test(text.slice(first + 1, first + 20)) || /^.第[^\s条]{1,12}条/u.test(text)
        if (
          first === 0
            ? inserted || /[：:]$/u.test(before) || amendment.test(before)
            : inserted || amendment.test(before)
        ) {
          opened = at
          depth = balance
          family = one
          break
        }
      }
      continue
    }
    if (at - opened > longestQuotation) {
      opened = -1
      continue
    }
    const { first, balance } = balanceOf(text, family, family.opens === family.closes)
    // Every paragraph of a long quotation may open anew, while only the last one closes.
    depth = (first === 0 ? Math.max(depth, 1) - 1 : depth) + balance
    if (depth <= 0) {
      for (let inside = opened + 1; inside <= at; inside++) quoted[inside] = true
      opened = -1
    }
  }
  insertedWithoutMarks(lines, quoted)
  return quoted
}

/**
 * The numbers of the lines that a text quotes as `> …`. Where the articles run on from the first with those lines among them, or every
 * line is marked, the sign is a decoration, as of a mail that was passed on.
 */
export function blockQuotes(lines: readonly Line[]): ReadonlySet<number> {
  const marked = lines.filter(({ text }) => isBlockQuote(text))
  if (marked.length === 0 || marked.length === lines.length) return none
  let last = 0
  let runs = true
  let within = false
  for (const { text } of lines) {
    const mark = markOf(text.replace(/^[>＞][>＞\s\u3000]*/u, ''))
    if (mark?.kind !== 'unit' || mark.unit !== '条') continue
    const number = mark.ordinal?.[0] ?? 0
    if (number !== last && number !== last + 1) runs = false
    last = number
    if (isBlockQuote(text)) within = true
  }
  return runs || !within ? none : new Set(marked.map(({ line }) => line))
}
const isBlockQuote = (text: string): boolean => text[0] === '>' || text[0] === '＞'
const none: ReadonlySet<number> = new Set()

const instructs =
  /(?:将|把)?(?:第[^，。；：]{1,24}|[^，。；：]{0,20}《[^《》]{2,80}》[^，。；：]{0,20})?(?:修改为|改为|修正为|修订为|(?:增加|增设|增写)[^，。；：]{1,12}，作为第[^，。；：]{1,12}|作为第[^，。；：]{1,12}[条款项章节])[：:]?$/u
const longestInsertion = 60

/**
 * The wording that an amendment gives without quotation marks: from the line behind “…修改为：” to the next number of the list the
 * instruction stands in, or to the next instruction.
 */
function insertedWithoutMarks(lines: readonly Line[], quoted: boolean[]): void {
  for (const [at, line] of lines.entries()) {
    if (quoted[at] || !/[：:为条款项章节]$/u.test(line.text) || line.text.length > 200 || !instructs.test(line.text))
      continue
    const below = lines[at + 1]?.text ?? ''
    if (
      !/^第[^\s条章节]{1,12}[条章节]/u.test(below) ||
      (!/[：:]$/u.test(line.text) && markOf(line.text)?.kind !== 'list')
    )
      continue
    const own = markOf(line.text)
    const level = own?.kind === 'list' ? own.list : null
    const next = own?.kind === 'unit' && own.unit === '条' ? (own.ordinal?.[0] ?? 0) + 1 : 0
    const divided = isDivision(markOf(below))
    for (let inside = at + 1; inside < lines.length && inside - at <= longestInsertion; inside++) {
      const text = lines[inside]?.text ?? ''
      const mark = markOf(text)
      if (instructs.test(text)) break
      // 第二条 of the decision itself; the first line is what is inserted, whatever its number.
      if (inside > at + 1 && mark?.kind === 'unit' && mark.ordinal?.[0] === next && mark.unit === '条') break
      if (mark?.kind === 'list' && (level === null ? mark.list === 0 : mark.list <= level)) break
      if (dateLineOf(text) !== null || /^(?:本决定|此外|附件|特此)/u.test(text)) break
      if (isDivision(mark) && !divided) break
      quoted[inside] = true
    }
  }
}

/** 《…》第十八条规定：, 原条文：, 修改后：; what stands below is said to be of another act or of another version. */
const quotes =
  /^(?!.*现)(?:.{0,60}《[^《》]{2,60}》(?:[（(][^（()）]{0,30}[）)])?[^，。；：:]{0,30}(?:规定|明确)(?:如下)?[：:]?|.{0,12}(?:原条文|原文|原规定|现行条文|(?:修改|修订|调整)[前后](?:的?(?:条文|内容|表述|规定))?|相关(?:条文|法条|规定)|法律依据|法条)(?:为|是|如下)?[：:])$/u
/** A line that something follows, of whatever kind. */
const introduces =
  /(?:[：:]|(?:根据|依据|按照|依照|第[^\s条，。]{1,12}条)[^。；]{0,60}规定|规定如下|修改为|改为|节选|摘录|法条|条文)[)）]?$/u
/** What a quotation without marks does not reach over. */
const endsQuotation = /^(?:本决定|此外|附件|特此|此复|专此|以上|上述|综上|请(?:遵照|按|贯彻|结合))/u
/** So many articles in a row are a text, not what one quotes. */
const mostQuoted = 8

/**
 * Articles below a line that says they are of another act, without quotation marks: 《…》第十八条规定：, and any line that ends with a
 * colon where the number is not the next one of the text. They end with the next number of the text, or of the list it stands in.
 */
export function introducedArticles(lines: readonly Line[], marks: Array<Mark | null>, meter: Meter): void {
  const numberAt = (at: number): number | null => {
    const mark = marks[at]
    return mark?.kind === 'unit' && mark.unit === '条' && mark.apart ? (mark.ordinal?.[0] ?? 0) : null
  }
  let expected = 1
  for (let at = 0; at < lines.length; at++) {
    const number = numberAt(at)
    if (number === null) continue
    const above = lines[at - 1]?.text ?? ''
    const certain = /[：:定确下]$/u.test(above) && quotes.test(above)
    const perhaps = number !== expected && introduces.test(above) && !isAddressee(above)
    const alone = standsForAnother(lines, marks, at)
    if (alone) {
      marks[at] = null
      continue
    }
    if ((!certain && !perhaps) || isTableLine(above) || isDivision(marks[at - 1])) {
      expected = number + 1
      continue
    }
    const level = listLevel(marks[at - 1])
    let end = at
    let run = 0
    let longest = 0
    let last = number - 1
    let resumed = false
    for (; end < lines.length && end - at < longestInsertion; end++) {
      meter.steps++
      const mark = marks[end]
      const here = numberAt(end)
      if (here !== null) {
        if (end > at && here === expected && here !== last + 1) {
          resumed = true
          break
        }
        run = here === last + 1 ? run + 1 : 1
        longest = Math.max(longest, run)
        last = here
      }
      const { text = '' } = lines[end] ?? {}
      if (end > at && mark?.kind === 'list' && (level === null ? mark.list === 0 : mark.list <= level)) {
        // The quoted article may hold items of the same kind.
        if (mark.ordinal[0] !== 1) break
        if (level === null) break
      }
      if (end > at && mark?.kind === 'unit' && mark.unit !== '条') break
      if (dateLineOf(text) !== null || endsQuotation.test(text)) break
    }
    const isText = longest > mostQuoted || (number === 1 && longest >= 3)
    // Within a text of its own what is quoted ends where the text goes on: else a number is only missing.
    if (isText || (!certain && expected > 1 && !resumed)) {
      expected = number + 1
      continue
    }
    for (let inside = at; inside < end; inside++) marks[inside] = null
    at = end - 1
  }
}

const isDivision = (mark: Mark | null | undefined): boolean => mark?.kind === 'unit' && mark.unit !== '条'
const listLevel = (mark: Mark | null | undefined): number | null => (mark?.kind === 'list' ? mark.list : null)

/** “第三条” above “原文：…” and “修改后：…”: the head of a comparison. */
function standsForAnother(lines: readonly Line[], marks: ReadonlyArray<Mark | null>, at: number): boolean {
  const mark = marks[at]
  const { text = '' } = lines[at] ?? {}
  const compares =
    /^[【〔（(]?(?:原文|原条文|原规定|现行条文|(?:修改|修订|调整)[前后](?:条文|内容|表述)?|条文)[】〕）)]?[：:为]?/u
  return (
    mark?.kind === 'unit' &&
    (mark.rest >= text.length
      ? compares.test(lines[at + 1]?.text ?? '')
      : /^[【〔](?:原文|条文|原条文|修改[前后])[】〕]/u.test(text.slice(mark.rest)))
  )
}

const excerpts =
  /(?:法条|法律条文|(?:相关|有关|所涉)(?:条文|条款|规定|法律|法规|政策)|节选|摘录|摘编|法律依据|对照表?)(?:[（(].{0,20}[）)])?[：:]?$/u
/** 附：相关法条 and what follows up to the next attachment: a list of provisions of other acts. */
export function excerptedArticles(lines: readonly Line[], marks: Array<Mark | null>): void {
  let inside = false
  for (const [at, { text }] of lines.entries()) {
    if (text[0] === '附' && text.length <= 60) {
      const below = lines[at + 1]?.text ?? ''
      inside =
        /^附\s*[件录]?\s*\d{0,2}(?:[：:\s].*)?$/u.test(text) &&
        (excerpts.test(text) ||
          (/^附\s*[件录]?\s*\d{0,2}[：:]?$/u.test(text) && below.length <= 60 && excerpts.test(below)))
      continue
    }
    if (inside && marks[at]?.kind === 'unit') marks[at] = null
  }
}
