// From plain text to a tree. Every line is looked at a bounded number of times; nothing is repaired, faults are reported.

import { countsOf } from './counts.ts'
import { plainLine, withoutEntities } from './decorations.ts'
import { faultsOf } from './faults.ts'
import {
  type AttachmentMark,
  attachmentMarkOf,
  type DateLine,
  dateLineOf,
  endsLikeTitle,
  isAddressee,
  isDocumentNumber,
  isHeadingLike,
  isHeadMark,
  isImprint,
  isLetterhead,
  isSignature,
  namesSigner,
  noteOf,
  numberBehindDate,
  numberBesideSigner,
  promulgatedTitle,
} from './headings.ts'
import { IdMaker } from './ids.ts'
import { isChineseNumeral, type Line, linesOf, type Meter, readDigits, withoutSpaces } from './lines.ts'
import { beginsLikeReference, type ListKind, type ListMark, type Mark, markOf, type UnitMark } from './marks.ts'
import { type Portal, portalOf } from './portal.ts'
import { blockQuotes, citedArticles, excerptedArticles, introducedArticles, isSlip, quotedLines } from './quoted.ts'
import { splitRunOn } from './run-on.ts'
import { isTableLine, tableRows } from './tables.ts'
import type { Attachment, Element, Level, StructuredText } from './tree.ts'
import { unevenSaid, unevenTables, withVerticalTables } from './vertical.ts'

/** How far the parser looks ahead at most, in lines: what keeps it linear. */
const reach = 60

interface Scan {
  lines: Line[]
  marks: Array<Mark | null>
  /** Lines of a table of contents. */
  inToc: boolean[]
  /** In this text a space stands between 第…条 and its words. */
  spaced: boolean
  ids: IdMaker
  meter: Meter
}

/**
 * Reads a text into its parts. In: plain text, one paragraph a line, any line ends. Out: the tree with offsets into the
 * source. Never throws; time grows with the length of the text. Levels after 立法技术规范 (编章节条款项目) and
 * 党政机关公文处理工作条例 第九条, GB/T 9704—2012 7.3 (一、（一）1.（1）).
 */
export function parseText(source: string): StructuredText {
  return parseWithMeter(source, { steps: 0 })
}

/** `parseText` that counts its steps. */
export function parseWithMeter(source: string, meter: Meter): StructuredText {
  const written = linesOf(source, meter)
  const blocks = blockQuotes(written)
  const given = splitRunOn(written.map((line) => plainLine(withoutEntities(line)).line))
  const { lines: whole, skip, portal } = portalOf(withVerticalTables(given))
  const lines = splitJoinedHeadings(skip.size === 0 ? [...whole] : whole.filter((_, at) => !skip.has(at)))
  const quoted = quotedLines(lines, blocks, meter)
  const marks = lines.map((line, at) => (quoted[at] ? null : plausible(markOf(line.text), line.text)))
  excerptedArticles(lines, marks)
  introducedArticles(lines, marks, meter)
  citedArticles(lines, marks)
  meter.steps += lines.length
  const { inToc, toc } = tableOfContents(lines, marks, meter)
  let apart = 0
  let joined = 0
  for (const [at, mark] of marks.entries()) {
    if (mark?.kind !== 'unit' || mark.unit !== '条' || inToc[at]) continue
    if (mark.apart) apart++
    else joined++
  }
  const scan: Scan = { lines, marks, inToc, spaced: apart >= joined && apart > 0, ids: new IdMaker(), meter }
  const parts = partsOf(scan)
  const text = assemble(scan, parts, toc)
  if (portal.skipped.length > 0) fromPage(text, portal)
  const uneven = unevenTables(given).map((line) => ({ code: 'vertical-table' as const, message: unevenSaid, line }))
  if (uneven.length > 0) text.faults = [...text.faults, ...uneven].sort((a, b) => a.line - b.line)
  return text
}

/** What the page says stands in for what the text does not say; everything left out is listed. */
function fromPage(text: StructuredText, portal: Portal): void {
  const of = (label: string): string[] => [
    ...new Set(portal.candidates.filter((one) => one.label === label).map(({ value }) => value)),
  ]
  const [number, ...numbers] = of('文号')
  if (text.documentNumber === null && number !== undefined && numbers.length === 0) text.documentNumber = number
  const [title] = of('题名')
  if (text.title === null && title !== undefined) text.title = title
  text.skipped = portal.skipped
  if (portal.candidates.length > 0) text.candidates = portal.candidates
}

/** 编, 章, 节 are headings: short, without a stop, not the beginning of a sentence that refers to one. */
function plausible(mark: Mark | null, text: string): Mark | null {
  if (mark === null || mark.kind !== 'unit' || mark.unit === '条') return mark
  const rest = text.slice(mark.rest)
  if (rest === '') return mark
  // A long heading may break after 、 or ，and go on in the next line.
  if (!isHeadingLike(mark.apart ? rest.replace(/[、，]$/u, '') : rest, 60)) return null
  return !mark.apart && beginsLikeReference(rest) ? null : mark
}

const joinedUnit = /[\s\u3000](?=第[零〇一二三四五六七八九十百千0-9]{1,8}(?:[章节]|条)[\s\u3000])/gu

/** 第一章 总则 第一条 … on one line is three elements. Only lines that begin with 编, 章 or 节 are looked into. */
function splitJoinedHeadings(lines: Line[]): Line[] {
  const result: Line[] = []
  for (const line of lines) {
    const head = line.text.charCodeAt(0) === 0x7b2c ? line.text.slice(0, 120) : ''
    if (!/^第\s*[^\s条]{1,12}?\s*(?:编|章|节)/u.test(head) || !head.includes('条')) {
      result.push(line)
      continue
    }
    let from = 0
    for (const cut of head.matchAll(joinedUnit)) {
      const piece = line.text.slice(from, cut.index).trimEnd()
      if (piece === '' || piece.includes('。')) break
      result.push({ ...line, text: piece, start: line.start + from, end: line.start + from + piece.length })
      from = cut.index + 1
      // From 第…条 on the words are an article's and are not cut again.
      if (/^第[^章节]{1,9}条/u.test(line.text.slice(from, from + 12))) break
    }
    result.push(from === 0 ? line : { ...line, text: line.text.slice(from), start: line.start + from })
  }
  return result
}

const pageNumber = /(?:[\s.．·…―—-]{2,}|\t)[0-9]{1,4}$/u
const contents = /^目\s*[录次]$/u

/** The lines of 目录, with or without that word: headings that all come again. Found once, as the first of its kind. */
function tableOfContents(
  lines: Line[],
  marks: Array<Mark | null>,
  meter: Meter,
): { inToc: boolean[]; toc: StructuredText['toc'] } {
  const inToc = lines.map(() => false)
  let toc: StructuredText['toc'] = null
  let seenArticle = false
  let tried = false
  for (let at = 0; at < lines.length; at++) {
    const text = lines[at]?.text ?? ''
    const mark = marks[at]
    const named = text.length <= 8 && contents.test(text)
    if (mark?.kind === 'unit' && mark.unit === '条') seenArticle = true
    const silent = !named && !seenArticle && !tried && mark?.kind === 'unit' && mark.unit !== '条'
    if (!named && !silent) continue
    if (silent) tried = true
    const from = named ? at + 1 : at
    const end = endOfContents(lines, marks, from, named, meter)
    if (end <= from) continue
    for (let inside = at; inside < end; inside++) inToc[inside] = true
    toc ??= { start: lines[at]?.start ?? 0, end: lines[end - 1]?.end ?? 0 }
    at = end - 1
  }
  return { inToc, toc }
}

const entryKey = (text: string, mark: Mark | null | undefined): string =>
  mark?.kind === 'unit' || mark?.kind === 'list'
    ? `${mark.kind === 'unit' ? mark.unit : mark.list}${mark.ordinal}`
    : withoutSpaces(text.replace(pageNumber, ''))

/** Where the text begins: at the first entry that comes again, or at the first line that is no entry. */
function endOfContents(lines: Line[], marks: Array<Mark | null>, from: number, named: boolean, meter: Meter): number {
  const first = lines[from]
  if (first === undefined) return from
  const key = entryKey(first.text, marks[from])
  let at = from
  for (; at < lines.length; at++) {
    meter.steps++
    const text = lines[at]?.text ?? ''
    const mark = marks[at]
    if (at > from && entryKey(text, mark) === key) return !named && at - from < 2 ? from : at
    const plain = text.replace(pageNumber, '')
    const entry = isHeadingLike(plain, 70) && (mark?.kind !== 'unit' || mark.unit !== '条' || plain !== text)
    if (!entry) break
    if (!named && mark?.kind !== 'unit' && !/^附\s*则$/u.test(plain)) break
  }
  if (!named) return from
  // Nothing came again: what stands last before the text is its own heading, and not an entry.
  const units = (index: number): boolean => {
    const mark = marks[index]
    return mark?.kind === 'unit' && mark.unit !== '条'
  }
  let entries = 0
  for (let index = from; index < at; index++) if (units(index)) entries++
  if (at === lines.length) return at
  return entries === 1 ? Math.max(from, at - 1) : at
}

interface Segment {
  label: string
  rest: string
  from: number
  to: number
}
interface Parts {
  /** Lines of the text itself, without its closing. */
  from: number
  to: number
  note: string[]
  signature: string[]
  date: string | null
  dateText: string | null
  remark: string | null
  imprint: string[]
  attachments: Segment[]
  /** Lines behind the text that are none of these. They stay text: no word is lost. */
  left: number[]
}

/** Cuts the lines into the text, its closing and its attachments. */
function partsOf(scan: Scan): Parts {
  const { lines, marks, inToc, meter } = scan
  const n = lines.length
  const parts: Parts = {
    from: 0,
    to: n,
    note: [],
    signature: [],
    date: null,
    dateText: null,
    remark: null,
    imprint: [],
    attachments: [],
    left: [],
  }
  /** The next numbered line behind each line. */
  const next: number[] = new Array(n + 1)
  next[n] = n
  for (let at = n - 1; at >= 0; at--) next[at] = inToc[at] || marks[at] ? at : (next[at + 1] ?? n)
  meter.steps += n

  const claimed = new Array<boolean>(n).fill(false)
  const claim = (from: number, end: number): void => {
    meter.steps += Math.max(0, end - from)
    claimed.fill(true, from, end)
  }
  let to = n
  let signed = false
  let content = -1
  let numbered = false
  let tail = -1
  const open = (label: string, rest: string, from: number): void => {
    const last = parts.attachments.at(-1)
    if (last) last.to = Math.min(last.to, from - (label === '' ? 0 : 1))
    parts.attachments.push({ label, rest: withoutFileEnding(rest), from, to: n })
  }
  for (let at = 0; at < n; at++) {
    meter.steps++
    const line = lines[at]
    if (line === undefined || inToc[at]) continue
    const { text } = line
    const mark = marks[at]
    if (mark) {
      if (tail >= 0 && parts.attachments.length === 0) open('', '', at)
      content = content < 0 ? at : content
      numbered = true
      continue
    }
    const first = text.charCodeAt(0)
    if (first === 0x9644 && content >= 0) {
      const attachment = attachmentMarkOf(text)
      if (attachment !== null) {
        const inner = parts.attachments.at(-1)?.label === ''
        const stated =
          parts.attachments.length === 0 || inner
            ? statedAttachments(scan, at, attachment.rest, attachment.colon)
            : null
        // What is issued names its own attachments: the lines are its own.
        if (stated !== null && inner) {
          at = stated.end - 1
          continue
        }
        if (stated !== null) {
          parts.note.push(...stated.names)
          claim(at, stated.end)
          to = Math.min(to, at)
          if (signed) tail = stated.end
          at = stated.end - 1
          continue
        }
        if (
          attachment.rest.length <= 80 &&
          !/[。；]/u.test(attachment.rest) &&
          at + 1 < n + (attachment.rest ? 1 : 0) &&
          !standsInside(attachment, parts.attachments.at(-1))
        ) {
          to = Math.min(to, at)
          claim(at, at + 1)
          open(attachment.label, attachment.rest, at + 1)
          tail = at + 1
          continue
        }
      }
    }
    if (content < 0) {
      if (text.length > 40 || /[。；]$/u.test(text)) content = at
      else if (at > 0 && !isDocumentNumber(text) && !isAddressee(text) && noteOf(text) === null) content = at
      continue
    }
    if (!signed && parts.attachments.length === 0 && text.endsWith('日')) {
      const found = dateLineOf(text)
      if (found !== null) {
        const closing = closingAt(scan, at, found.before, content, next, numbered)
        if (closing !== null) {
          signed = true
          to = Math.min(to, closing.from)
          parts.signature = [
            ...lines.slice(closing.from, at).map((one) => one.text),
            ...(found.before ? [found.before] : []),
          ]
          claim(closing.from, at + 1)
          parts.date = found.date
          parts.dateText = found.written
          tail = at + 1
          continue
        }
      }
    }
    if (signed && parts.attachments.length === 0) {
      const remark = parts.remark === null ? noteOf(text) : null
      if (remark !== null) {
        parts.remark = remark
        claim(at, at + 1)
        tail = at + 1
        continue
      }
    }
    if (signed && (isImprint(text) || isInImprint(scan, at, parts.imprint))) {
      parts.imprint.push(text)
      claim(at, at + 1)
      const last = parts.attachments.at(-1)
      if (last && last.to === n) last.to = at
      tail = at + 1
      continue
    }
    if (tail >= 0 && parts.attachments.length === 0) open('', '', at)
  }
  parts.to = to
  for (const segment of parts.attachments) claim(segment.from, segment.to)
  for (let at = to; at < n; at++) if (!claimed[at] && !inToc[at]) parts.left.push(at)
  return parts
}

/** `抄送：… ⏎ 某某办公室 ⏎ 2026年8月1日印发`: the organ between the two. */
const isInImprint = ({ lines }: Scan, at: number, imprint: readonly string[]): boolean => {
  const { text = '' } = lines[at] ?? {}
  return (
    imprint.length > 0 &&
    imprint.at(-1) === lines[at - 1]?.text &&
    namesSigner(text) &&
    text.length <= 40 &&
    /日\s*印发$/u.test(lines[at + 1]?.text ?? '')
  )
}

/** 附件： without a number in 附件2 is a line of the form that is attached, not an attachment of the text. */
const standsInside = (mark: AttachmentMark, last: Segment | undefined): boolean =>
  mark.colon && mark.label === '附件' && last !== undefined && /^附件./u.test(last.label)

/** 附件说明: “附件：1.…” and the lines that go on with 2., 3.; null when the line opens an attachment instead. */
function statedAttachments(
  scan: Scan,
  at: number,
  rest: string,
  colon: boolean,
): { names: string[]; end: number } | null {
  if (!colon || rest.length > 300) return null
  const { lines, marks, meter } = scan
  const names = rest === '' ? [] : rest.split(/[\s\u3000]+(?=[0-9]{1,2}[.．、])/u).map(unnumbered)
  let end = at + 1
  for (; end < lines.length && end - at < reach; end++) {
    meter.steps++
    const text = lines[end]?.text ?? ''
    const numbered = /^([0-9０-９]{1,2})[.．、]/u.exec(text)
    const last = names.at(-1)
    // A long name goes on in the next line.
    if (numbered === null && last !== undefined && goesOn(last, text) && !marks[end]) {
      names[names.length - 1] = last + text
      continue
    }
    if (numbered === null || readDigits(numbered[1] ?? '') !== names.length + 1 || text.length > 120) break
    if (/[。；]$/u.test(text)) break
    names.push(unnumbered(text))
  }
  if (names.length === 0) return null
  const stop = lines[end]?.text
  if (stop === undefined || isImprint(stop)) return { names, end }
  if (attachmentMarkOf(stop) !== null) return { names, end }
  for (let ahead = end; ahead < lines.length && ahead - end < 12; ahead++) {
    meter.steps++
    const text = lines[ahead]?.text ?? ''
    if (marks[ahead]) return null
    if (dateLineOf(text) !== null) return { names, end }
    if (!isSignature(text) && noteOf(text) === null) return null
  }
  return null
}

/** 任务清单.docx: the name of a file that a page links to. */
const withoutFileEnding = (name: string): string => name.replace(/\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)$/iu, '')

const goesOn = (name: string, below: string): boolean =>
  name.length >= 12 &&
  below.length <= 40 &&
  !endsLikeTitle(name) &&
  endsLikeTitle(below) &&
  isHeadingLike(below, 40) &&
  !namesSigner(name + below) &&
  attachmentMarkOf(below) === null &&
  dateLineOf(below) === null &&
  noteOf(below) === null

const unnumbered = (text: string): string =>
  withoutFileEnding(text)
    .replace(/^[0-9０-９]{1,2}[.．、]\s*/u, '')
    .trim()

/** Whether a line with a date closes the text, and where 署名 begins. */
function closingAt(
  scan: Scan,
  at: number,
  before: string,
  content: number,
  next: number[],
  numbered: boolean,
): { from: number } | null {
  const { lines, marks, inToc } = scan
  const n = lines.length
  let from = at
  for (let up = at - 1; up > content - 1 && at - up <= 12; up--) {
    const text = lines[up]?.text ?? ''
    if (marks[up] || inToc[up] || !isSignature(text) || isTableLine(text)) break
    if (up === content && !namesSigner(text)) break
    if (!namesSigner(text) && (from !== at || text.length > 30 || before !== '')) break
    from = up
  }
  const signer = before !== '' ? before : from < at ? (lines[at - 1]?.text ?? '') : ''
  let after = at + 1
  while (after < n && after - at <= 3 && noteOf(lines[after]?.text ?? '') !== null && !marks[after]) after++
  const follows = lines[after]?.text
  if (follows === undefined) return { from }
  if (attachmentMarkOf(follows) !== null || isImprint(follows))
    return signer === '' && numbered && from === at ? { from: at } : { from }
  // An announcement may close with its date alone, when its only sentence promulgates what follows.
  const announced = signer === '' && promulgatedTitle(lines[at - 1]?.text ?? '') !== null
  if (!announced && (signer === '' || !namesSigner(signer))) return null
  const first = next[after] ?? n
  if (first === n) return { from }
  const mark = marks[first]
  return inToc[first] || (mark?.ordinal?.length === 1 && mark.ordinal[0] === 1) ? { from } : null
}

interface Head {
  title: string | null
  documentNumber: string | null
  /** The number stands behind this date, in a line that is among the loose ones. */
  dated: DateLine | null
  addressees: string | null
  /** Lines of the letterhead (“发文机关标志”). */
  letterhead: number[]
  /** Lines of the head that are none of these: 题注, a second 文号. */
  loose: number[]
  /** Lines that hold the number, or the 主送机关, and nothing else. */
  ownLines: number[]
  /** Where the text begins. */
  next: number
}

const noTitle = /^(?:序\s*言|前\s*言|引\s*言|总\s*则|附\s*则|目\s*录)$/u
const promulgation = /^[（(].{0,400}(?:通过|公布|发布|施行|修正|修订|批准|印发|废止)/u

/** Title and number in one line: `关于…的通知（海政规发〔2026〕3号）`, `关于…的通知 海政规发〔2026〕3号` */
const titleWithNumber =
  /^(.{6,150}?[\p{Script=Han}）》])(?:\s*[（(]([\p{Script=Han}]{1,12}[〔［[][12][0-9]{3}[〕］\]]\s?[0-9]{1,5}\s?号)[）)]|\s+([\p{Script=Han}]{1,12}[〔［[【][12][0-9]{3}[〕］\]】]\s?[0-9]{1,5}\s?号))$/u
/** `关于…的公告（2026年第3号）` */
const titleWithOrdinal = /^(.{6,150}?(?:公告|通告|令))\s*[（(]((?:[12][0-9]{3}年)?第[0-9]{1,5}号)[）)]$/u

/**
 * Title, 发文字号 and 主送机关 at the beginning of the lines from `from` to `to`. A line that is one of the `names`, which the text
 * gives its attachments, is a title whatever it looks like, and ends there.
 */
function headOf(
  scan: Scan,
  from: number,
  to: number,
  given: string | null,
  names: ReadonlySet<string> = new Set(),
): Head {
  const { lines, marks, inToc } = scan
  const head: Head = {
    title: given,
    documentNumber: null,
    dated: null,
    addressees: null,
    letterhead: [],
    loose: [],
    ownLines: [],
    next: from,
  }
  let numberedAt = -2
  for (let at = from; at < to && at - from < 14; at++) {
    const text = lines[at]?.text ?? ''
    if (inToc[at]) {
      head.next = at + 1
      continue
    }
    if (marks[at] && !(marks[at]?.kind === 'list' && /^[（(]/u.test(text) && promulgation.test(text))) break
    if ((head.documentNumber === null || head.title === null || numberedAt === at - 1) && isDocumentNumber(text)) {
      numberedAt = at
      // A second one above the title: of a joint document, or the same again out of a text box.
      if (head.documentNumber === null) {
        head.documentNumber = text
        head.ownLines.push(at)
      } else head.loose.push(at)
      head.next = at + 1
      continue
    }
    // Copy number, secrecy, urgency, signer: kept with the head, never a part of the title.
    if (head.title === null && isHeadMark(text)) {
      head.letterhead.push(at)
      head.next = at + 1
      continue
    }
    const beside = head.documentNumber === null ? numberBesideSigner(text) : null
    if (beside !== null) {
      head.documentNumber = beside
      numberedAt = at
      head.loose.push(at)
      head.next = at + 1
      continue
    }
    // 甲发〔2026〕3号　乙发〔2026〕5号: those of a joint document in one line; the first is that of the organ in charge.
    const several = /号[\s\u3000、，]+\S/u.test(text) ? text.split(/(?<=号)[\s\u3000、，]+/u) : []
    if (several.length > 1 && head.documentNumber === null && several.every((one) => isDocumentNumber(one))) {
      numberedAt = at
      head.documentNumber = several[0] ?? null
      head.loose.push(at)
      head.next = at + 1
      continue
    }
    const dated = head.documentNumber === null ? numberBehindDate(text) : null
    if (dated !== null) {
      head.documentNumber = dated.number
      head.dated = dated.date
      numberedAt = at
      head.loose.push(at)
      head.next = at + 1
      continue
    }
    if (isAddressee(text) && !isTableLine(text)) {
      head.addressees = text.replace(/\s*[：:]$/u, '')
      head.ownLines.push(at)
      head.next = at + 1
      break
    }
    if (promulgation.test(text) && head.title !== null) {
      head.loose.push(at)
      head.next = at + 1
      continue
    }
    if (head.title !== null && at + 1 < to && !marks[at + 1]) {
      const below = lines[at + 1]?.text ?? ''
      // `（某年某月某日某会议 ⏎ 第几次会议通过）`: the note of adoption in two lines; the number may stand below it.
      const note = /^[（(][^）)]*$/u.test(text) && /^[^（(]*[）)]$/u.test(below) && promulgation.test(text + below)
      // `某某主席令 ⏎ 第三十七号`, below the title of what it promulgates.
      const order = head.documentNumber === null && isOrderHead(text) && isDocumentNumber(below)
      if (order) head.documentNumber = withoutSpaces(text + below)
      if (note) head.loose.push(at, at + 1)
      if (note || order) {
        head.next = at + 2
        at++
        continue
      }
    }
    const named = names.has(nameKey(text))
    if (head.title !== null || !(named || isTitleLine(text, 150))) break
    const red = letterheadEnd(scan, at, to)
    if (red > at) {
      for (; at < red; at++) head.letterhead.push(at)
      at--
      head.next = red
      continue
    }
    // An order that has no title of its own is called by its organs, all of them.
    const order = orderHead(scan, at, to)
    if (order !== null) {
      head.title = order.written
      at = order.end - 1
      head.next = order.end
      continue
    }
    let title = evenlySpaced(text)
    let last = at
    let joined = title
    const wholeAt = namedTitleEnd(scan, at, to, names)
    for (let more = at + 1; more <= wholeAt; more++) title += evenlySpaced(lines[more]?.text ?? '')
    if (wholeAt > at) {
      last = wholeAt
      joined = title
    }
    for (let more = last + 1; more < to && more - at <= 6; more++) {
      const line = evenlySpaced(lines[more]?.text ?? '')
      if (names.has(nameKey(title)) || (isWholeTitle(title) && !line.startsWith('的'))) break
      if (marks[more] || inToc[more] || !isTitleLine(line.replace(/^“/u, ''), 80)) break
      if (isDocumentNumber(line) || isAddressee(line) || dateLineOf(line) !== null) break
      // 甲局 ⏎ 乙局 ⏎ 关于…: organs that stand one below the other stay apart.
      joined += isOrderOrgan(line) && isOrderOrgan(lines[more - 1]?.text ?? '') ? ` ${line}` : line
      if (endsLikeTitle(joined) || names.has(nameKey(joined))) {
        title = joined
        last = more
      }
    }
    const numbered = head.documentNumber === null ? (titleWithNumber.exec(title) ?? titleWithOrdinal.exec(title)) : null
    head.title = (numbered?.[1] ?? title).replace(/(?<=\S)\s{2,}(?=\S)/gu, '\u3000')
    if (numbered) head.documentNumber = numbered[2] ?? numbered[3] ?? null
    at = last
    head.next = last + 1
  }
  return head
}

/**
 * Where 版头 that begins at a line ends; the line itself when there is none. It is the names of one or more organs, and then
 * 文件, or a 文号 right below, or a whole title that begins with the name of the same place.
 */
function letterheadEnd(scan: Scan, at: number, to: number): number {
  const { lines, marks } = scan
  const order = orderHead(scan, at, to)
  if (order?.numbered) {
    // 某某县人民政府令 and its number above a title of its own; without one it is the title.
    const title = order.end + 1 < to && !marks[order.end + 1] ? (lines[order.end + 1]?.text ?? '') : ''
    return isTitleLine(title, 150) && isWholeTitle(title) ? order.end : at
  }
  let end = at
  while (end < to && end - at < 6 && !marks[end] && isLetterhead(lines[end]?.text ?? '')) {
    const { text = '' } = lines[end] ?? {}
    end++
    if (withoutSpaces(text).endsWith('文件')) return end
    // “甲局”, “乙局”, “文件”, a line each.
    if (end < to && withoutSpaces(lines[end]?.text ?? '') === '文件') return end + 1
  }
  if (end === at || end >= to) return at
  const below = lines[end]?.text ?? ''
  if (isDocumentNumber(below) || numberBesideSigner(below) !== null) return end
  // 签发人 stands between the organs and the number where a document goes up.
  let marked = end
  while (marked < to && marked - end < 4 && isHeadMark(lines[marked]?.text ?? '')) marked++
  if (marked > end && isDocumentNumber(lines[marked]?.text ?? '')) return marked
  const organ = withoutSpaces(lines[end - 1]?.text ?? '')
  const title = withoutSpaces(below)
  // `河湾县人民政府` above `河湾县停车管理办法`; above `关于…的通知` the organ is the beginning of the title.
  return end - at === 1 && organ.slice(0, 3) === title.slice(0, 3) && isTitleLine(below, 80) && isWholeTitle(below)
    ? end
    : at
}

/**
 * `甲部 ⏎ 乙部令 ⏎ 第3号`, `甲部 乙部 ⏎ 公告 ⏎ 2026年第3号`: the organs and what they issue; `end` is the line behind, of the number when `numbered`. Null
 * for anything else.
 */
function orderHead(
  { lines, marks }: Scan,
  at: number,
  to: number,
): { written: string; end: number; numbered: boolean } | null {
  const names: string[] = []
  for (let end = at; end < to && end - at < 8 && !marks[end]; end++) {
    const { text = '' } = lines[end] ?? {}
    const [, before = text, kind] = /^(.*?)[\s\u3000]*(令|公[\s\u3000]*告|通[\s\u3000]*告)$/u.exec(text) ?? []
    const several = before.split(/[\s\u3000]+|、/u).filter((one) => one !== '')
    if (several.every(isOrderOrgan)) names.push(...several)
    else if (isOrderOrgan(withoutSpaces(before))) names.push(withoutSpaces(before))
    else return null
    if (kind === undefined) continue
    if (names.length === 0) return null
    const numbered = isDocumentNumber(lines[end + 1]?.text ?? '')
    return numbered || names.length > 1
      ? { written: names.join(' ') + withoutSpaces(kind), end: end + 1, numbered }
      : null
  }
  return null
}
const isOrderOrgan = (name: string): boolean => isLetterhead(name) || /^.*(?:主席|国务院|\S部)$/u.test(name)

/** `河湾县人民政府令`, `河湾县公安局公告`: the name of an organ and what it issues. */
const isOrderHead = (text: string): boolean => {
  const organ = /^(.*)(?:令|公告|通告)$/u.exec(withoutSpaces(text))?.[1]
  return organ !== undefined && (isLetterhead(organ) || /(?:主席|国务院)$/u.test(organ))
}

/** `关于…` closes with `的` and its kind: `的通知`, `的若干意见`; without `关于` any kind will do. */
const isWholeTitle = (title: string): boolean =>
  endsLikeTitle(title) && (!title.includes('关于') || /的[^的]{1,12}$/u.test(title) || title.endsWith('）'))

/** What names of attachments are compared by. */
const nameKey = (name: string): string =>
  withoutSpaces(name)
    .replace(/[《》〈〉]/gu, '')
    .replace(innerOrgan, '')
/** “关于修改《某法院关于…》的决定” is called “关于修改〈关于…〉的决定” too. */
const innerOrgan = /(?<=关于(?:修改|修订|废止))\p{Script=Han}{2,30}?(?=关于)/u
const mostTitleLines = 8
/**
 * Where a title ends that begins at a line and is one of the names, with the organ before it or not: then its lines may end
 * in a comma. The line itself where it is none of them.
 */
function namedTitleEnd({ lines, marks }: Scan, at: number, to: number, names: ReadonlySet<string>): number {
  if (names.size === 0) return at
  let joined = ''
  for (let end = at; end < Math.min(to, at + mostTitleLines) && !marks[end]; end++) {
    joined += evenlySpaced(lines[end]?.text ?? '')
    const key = nameKey(joined)
    if (joined.length > 200) break
    for (const name of names)
      if (name.length >= 8 && key.endsWith(name) && /^\p{Script=Han}{0,40}$/u.test(key.slice(0, -name.length)))
        return end
  }
  return at
}

/** 问 题 的 通 知: a line set wide, every character apart. */
const evenlySpaced = (text: string): string =>
  /^\p{Script=Han}(?:[\s\u3000]+\p{Script=Han}){2,}$/u.test(text) ? withoutSpaces(text) : text

const begunSentence =
  /^(?:为了|为(?:进一步|加强|规范|贯彻|落实|深入|切实|推进|促进|做好|保障|完善|建立|维护|保护)|根据|按照|依照|依据|经)(?!.{0,60}关于)/u
const isTitleLine = (text: string, longest: number): boolean =>
  isHeadingLike(text, longest) &&
  !/^[（(|]|^“(?![^“”]{1,16}”[\p{Script=Han}（(])/u.test(text) &&
  // `会议通过）`: the end of a note whose beginning is lost.
  !/^[^（(]*[）)]$/u.test(text) &&
  // A sentence that was broken where the line ended is no title.
  !(begunSentence.test(text) && !endsLikeTitle(text)) &&
  !isHeadMark(text) &&
  !noTitle.test(text) &&
  !isTableLine(text) &&
  dateLineOf(text) === null

function assemble(scan: Scan, parts: Parts, toc: StructuredText['toc']): StructuredText {
  const { lines } = scan
  const head = headOf(scan, parts.from, parts.to, null)
  const body = build(scan, head.loose, head.next, parts.to, 'body')
  for (const at of parts.left) {
    const line = lines[at]
    if (line) body.body.push(looseElement(scan, line, line.text, 'left'))
  }
  const names = attachmentNames(head, body, parts.note)
  let act: ActHead = { number: null, addressees: null, loose: 0 }
  const attachments: Attachment[] = parts.attachments.map((segment, index) => {
    const opened = headOf(scan, segment.from, segment.to, segment.rest === '' ? null : segment.rest, names)
    // An attachment has neither 文号 nor 主送机关 of its own; what looks like one is kept as a line.
    const loose = [...opened.letterhead, ...opened.loose, ...opened.ownLines].sort((a, b) => a - b)
    const tree = build(scan, loose, opened.next, segment.to, `attachment${index}`)
    // Behind a date, in a line of its own it is in the line that is kept as it stands.
    const number = opened.dated === null ? opened.documentNumber : null
    const kept = opened.ownLines.some((at) => lines[at]?.text === number)
    const extra = number === null || kept ? [] : [looseText(scan, number, segment.from, `attachment${index}`)]
    if (index === 0) act = { number, addressees: opened.addressees, loose: loose.length + extra.length }
    return { label: segment.label, title: opened.title, body: [...extra, ...tree.preamble, ...tree.body] }
  })
  const letterhead = head.letterhead.map((at) => lines[at]?.text ?? '')
  const text: StructuredText = {
    ...(letterhead.length > 0 ? { letterhead } : {}),
    title: head.title,
    documentNumber: head.documentNumber,
    addressees: head.addressees,
    preamble: body.preamble,
    body: body.body,
    attachmentsNote: parts.note,
    signature: parts.signature,
    // Where nothing closes the text the date beside the number is the only one.
    date: parts.dateText === null ? (head.dated?.date ?? null) : parts.date,
    dateText: parts.dateText,
    note: parts.remark,
    attachments,
    imprint: parts.imprint,
    toc,
    faults: [],
    counts: countsOf([], []),
  }
  promote(text, scan, lines[0], act)
  // 印发 and what it issues are numbered once, now and then below the title of what is issued.
  const [issued] = text.attachments
  if (text.documentNumber === null && issued?.label === '' && act.number !== null) {
    const at = issued.body.findIndex((one) => one.text === act.number)
    if (at >= 0 && at < act.loose) issued.body.splice(at, 1)
    text.documentNumber = act.number
  }
  text.counts = countsOf(text.body, text.attachments)
  text.faults = faultsOf(text)
  return text
}

/** What the head of an act says that stands behind an order or a circular; `loose` counts the lines that stand for it. */
interface ActHead {
  number: string | null
  addressees: string | null
  loose: number
}

/** Names that a text gives what is attached: in 附件说明, and in 《》 in its title and first sentences. */
function attachmentNames(head: Head, body: { preamble: Element[]; body: Element[] }, note: string[]): Set<string> {
  const names = new Set(note.map(nameKey))
  const said = [head.title ?? '', ...[...body.preamble, ...body.body].slice(0, 3).map(({ text }) => text.slice(0, 300))]
  for (const words of said)
    for (const pattern of [/《([^《》]{4,120})》/gu, /〈([^〈〉]{4,120})〉/gu])
      for (const [, name = ''] of words.matchAll(pattern)) names.add(nameKey(name))
  const issued = /(?:印发|公布|发布|转发)([^《》]{4,120})的(?:通知|公告|通告|决定)$/u.exec(head.title ?? '')?.[1]
  if (issued !== undefined) names.add(nameKey(issued))
  return names
}

const sameTitle = (one: string, other: string): boolean => {
  const plain = (title: string): string =>
    withoutSpaces(title)
      .replace(/[《》〈〉<>＜＞、，（）()]/gu, '')
      .replace(innerOrgan, '')
  return plain(one).endsWith(plain(other)) || plain(other).endsWith(plain(one))
}

/**
 * An order or announcement that stands before the act it promulgates is its preamble; the act is the text. Told by the
 * articles of the act, or by the sentence that names its title.
 */
function promote(
  text: StructuredText,
  scan: Scan,
  first: Line | undefined,
  { number, addressees, loose }: ActHead,
): void {
  const act = text.attachments[0]
  if (act === undefined || act.label !== '' || text.addressees !== null || first === undefined) return
  const hasUnits = (elements: Element[]): boolean =>
    elements.some((one) => one.level === 'article' || one.level === 'chapter' || one.level === 'part')
  if (hasUnits(text.body)) return
  const { title } = act
  const named = [...text.preamble, ...text.body].map((one) => promulgatedTitle(one.text)).find((one) => one !== null)
  const promulgated = named !== undefined && named !== null && title !== null && sameTitle(named, title)
  if (!hasUnits(act.body) && !promulgated) return
  // The act's own title may stand above the order that promulgates it, and not come again.
  const own = title ?? (named && text.title !== null && sameTitle(named, text.title) ? text.title : null)
  const lead = text.title === null || own === text.title ? [] : [looseElement(scan, first, text.title, 'order')]
  const said = (one: Element, at: number): boolean =>
    at < loose && (one.text === number || (addressees !== null && one.text.replace(/\s*[：:]$/u, '') === addressees))
  const rest = act.body.filter((one, at) => !said(one, at))
  const units = rest.findIndex((one) => one.level !== 'text')
  const start = hasUnits(act.body) ? units : loose - (act.body.length - rest.length)
  text.addressees = addressees
  text.preamble = [...lead, ...text.preamble, ...text.body, ...rest.slice(0, start)]
  if (number !== null) {
    if (text.documentNumber !== null) text.preamble.push(looseText(scan, text.documentNumber, 0, 'order'))
    text.documentNumber = number
  }
  text.title = own
  text.body = rest.slice(start)
  text.attachments = text.attachments.slice(1)
}

function looseText(scan: Scan, words: string, at: number, place: string): Element {
  const line = scan.lines[at] ?? { text: words, start: 0, end: 0, line: 1, indented: false }
  return looseElement(scan, line, words, place)
}

const looseElement = (scan: Scan, line: Line, words: string, place: string): Element => ({
  id: scan.ids.give('text', place, words),
  level: 'text',
  number: null,
  ordinal: null,
  heading: null,
  text: words,
  line: line.line,
  start: line.start,
  end: line.end,
  children: [],
})

const unitLevels: Record<UnitMark['unit'], [Level, number]> = {
  编: ['part', 10],
  分编: ['subpart', 20],
  章: ['chapter', 30],
  节: ['section', 40],
  条: ['article', 60],
}
const listLevels: Level[] = ['heading1', 'heading2', 'heading3', 'heading4', 'item']
const listRank = 50
const articleRank = 60
const paragraphRank = 70
const innerRank = 80

/** The elements of the lines from `from` to `to`, split into what stands before the first numbered one and the rest. */
function build(
  scan: Scan,
  loose: number[],
  from: number,
  to: number,
  place: string,
): { preamble: Element[]; body: Element[] } {
  const { lines, marks, inToc, ids, meter } = scan
  const roots: Element[] = []
  const stack: Array<{ rank: number; element: Element; list?: ListKind }> = []
  /** The last number of each kind of list in the present article, and whether it stood in no other list. */
  const lastInner = new Map<ListKind, { ordinal: number; outer: boolean }>()
  let expected = 1
  let lastArticle: number[] | null = null
  let firstNumbered = -1

  const top = (): Element | undefined => stack.at(-1)?.element
  const popTo = (rank: number): void => {
    while (stack.length > 0 && (stack.at(-1)?.rank ?? 0) >= rank) stack.pop()
  }
  const article = (): Element | undefined => stack.find((one) => one.rank === articleRank)?.element
  const add = (
    level: Level,
    line: Line,
    more: {
      number?: string
      ordinal?: number[] | null
      heading?: string | null
      text?: string
      start?: number
      words?: string
    },
  ): Element => {
    const parent = top()
    const words = [more.number ?? '', more.heading ?? '', more.text ?? more.words ?? '']
    meter.steps += line.text.length
    const element: Element = {
      id: ids.give(level, parent?.id ?? place, ...words),
      level,
      number: more.number ?? null,
      ordinal: more.ordinal ?? null,
      heading: more.heading ?? null,
      text: more.text ?? '',
      line: line.line,
      start: more.start ?? line.start,
      end: line.end,
      children: [],
    }
    ;(parent?.children ?? roots).push(element)
    for (const one of stack) one.element.end = line.end
    return element
  }
  const push = (rank: number, element: Element): void => {
    stack.push({ rank, element })
  }
  const number = (): void => {
    if (firstNumbered < 0) firstNumbered = roots.length
  }
  const paragraph = (line: Line, text: string, start: number): void => {
    popTo(paragraphRank)
    push(paragraphRank, add('paragraph', line, { text, start }))
  }

  const list = (mark: ListMark, line: Line, text: string, offset: number, at: number): boolean => {
    const rest = text.slice(mark.rest)
    if (!listFits(mark, rest, top()?.children ?? roots, stack)) return false
    const inArticle = article()
    const group = inArticle !== undefined && isGroup(mark, rest, at)
    number()
    if (inArticle !== undefined && !group) {
      if (top() === inArticle) paragraph(line, '', line.start + offset)
      innerList(mark)
      const inner = stack.filter((one) => one.rank >= innerRank).length
      const element = add(inner === 0 ? 'item' : 'subitem', line, {
        number: mark.number,
        ordinal: mark.ordinal,
        text: rest,
        start: line.start + offset,
      })
      stack.push({ rank: innerRank + inner, element, list: mark.list })
      lastInner.set(mark.list, { ordinal: mark.ordinal[0] ?? 0, outer: inner === 0 })
      return true
    }
    popTo(listRank + mark.list)
    const level = listLevels[mark.list] ?? 'item'
    const split = level === 'item' ? { heading: null, text: rest } : headingAndText(rest)
    push(
      listRank + mark.list,
      add(level, line, { number: mark.number, ordinal: mark.ordinal, ...split, start: line.start + offset }),
    )
    return true
  }

  /**
   * Closes the lists that a number in an article ends. A list of the same kind goes on; one that begins with 1 stands in the item
   * above it, whichever kind of number that has (1、 above （一） too); one that goes on behind a paragraph is the outer one again.
   */
  const innerList = (mark: ListMark): void => {
    const same = stack.findLastIndex((one) => one.rank >= innerRank && one.list === mark.list)
    if (same >= 0) {
      stack.length = same
      return
    }
    const before = lastInner.get(mark.list)
    const [number = 0] = mark.ordinal
    if (number > 1 && before?.outer === true && before.ordinal === number - 1) popTo(innerRank)
    else if (number > 1)
      while ((stack.at(-1)?.rank ?? 0) >= innerRank && (stack.at(-1)?.list ?? 0) > mark.list) stack.pop()
  }

  /** 一、受理 above 第三条: a short heading right before an article groups articles. */
  const isGroup = (mark: ListMark, rest: string, at: number): boolean => {
    if (mark.list > 1 || !isHeadingLike(rest, 40)) return false
    const follows = at + 1 < to ? marks[at + 1] : null
    if (!follows) return false
    if (follows.kind === 'unit') {
      if (follows.unit !== '条') return false
      if (mark.list === 0) return true
      // （三） before an article is as a rule the last item of the one above.
      return stack.some((one) => one.rank === listRank + 1 && one.element.ordinal?.[0] === (mark.ordinal[0] ?? 0) - 1)
    }
    const after = at + 2 < to ? marks[at + 2] : null
    return mark.list === 0 && follows.list === 1 && after?.kind === 'unit' && after.unit === '条'
  }

  const plainLine = (line: Line): void => {
    if (article() !== undefined) paragraph(line, line.text, line.start)
    else {
      // A paragraph belongs to the heading above it.
      add('text', line, { text: line.text })
    }
  }

  for (const at of loose) {
    const line = lines[at]
    if (line) add('text', line, { text: line.text })
  }
  for (let at = from; at < to; at++) {
    meter.steps++
    const line = lines[at]
    if (line === undefined || inToc[at]) continue
    const mark = marks[at] ?? null

    if (mark?.kind === 'unit' && mark.unit === '条' && isArticle(scan, mark, line.text, expected)) {
      number()
      popTo(articleRank)
      if ((stack.at(-1)?.rank ?? 0) >= listRank && !groupsArticles(top())) popTo(listRank)
      const slip = isSlip(mark, line.text.slice(mark.rest), expected) ? 1 : 0
      const { heading, rest } = articleHeading(line.text, mark.rest + slip)
      const element = add('article', line, {
        number: mark.number,
        ordinal: mark.ordinal,
        heading,
        // An article's words are in its paragraphs; its id is made from the first of them.
        words: line.text.slice(rest),
      })
      push(articleRank, element)
      lastInner.clear()
      lastArticle = mark.ordinal
      expected = (lastArticle?.[0] ?? expected) + 1
      if (rest < line.text.length) {
        const inner = markOf(line.text.slice(rest))
        const words = line.text.slice(rest)
        if (inner?.kind === 'list' && inner.list > 0 && list(inner, line, words, rest, at)) continue
        paragraph(line, words, line.start + rest)
      }
      continue
    }
    if (mark?.kind === 'unit' && mark.unit !== '条') {
      const [level, rank] = unitLevels[mark.unit]
      number()
      popTo(rank)
      let heading: string | null = line.text.slice(mark.rest)
      let end = line.end
      if (heading === '' || /[、，]$/u.test(heading)) {
        const below = at + 1 < to ? lines[at + 1] : undefined
        if (below && !marks[at + 1] && !inToc[at + 1] && isHeadingLike(below.text, 40) && !isTableLine(below.text)) {
          heading += below.text
          end = below.end
          at++
        }
        heading ||= null
      }
      push(rank, add(level, { ...line, end }, { number: mark.number, ordinal: mark.ordinal, heading }))
      continue
    }
    if (mark?.kind === 'list' && list(mark, line, line.text, 0, at)) continue

    const rows = tableRows(lines, at, to, meter)
    if (rows !== null) {
      popTo(article() === undefined ? innerRank : paragraphRank)
      const last = lines[rows.end - 1] ?? line
      const table = add(
        'table',
        { ...line, end: last.end },
        { text: rows.rows.map((row) => row.join('\t')).join('\n') },
      )
      table.rows = rows.rows
      at = rows.end - 1
      continue
    }
    plainLine(line)
  }
  if (firstNumbered < 0) return { preamble: roots.slice(0, loose.length), body: roots.slice(loose.length) }
  return { preamble: roots.slice(0, firstNumbered), body: roots.slice(firstNumbered) }
}

/** 第三条 at the beginning of a line is an article unless the words go on like a reference or the text writes articles otherwise. */
function isArticle(scan: Scan, mark: UnitMark, text: string, expected: number): boolean {
  const rest = text.slice(mark.rest)
  if (mark.apart || isSlip(mark, rest, expected)) return true
  if (beginsLikeReference(rest)) return false
  if (!scan.spaced) return true
  return mark.ordinal?.[0] === expected
}

/** Whether a heading of a circular holds articles only, so that the next one belongs to it too. */
const groupsArticles = (element: Element | undefined): boolean =>
  element !== undefined &&
  element.text === '' &&
  element.heading !== null &&
  element.children.every((child) => child.level === 'article' || child.level.startsWith('heading'))

const longestArticleHeading = 24
const headingBracket: Record<string, string> = { '【': '】', '（': '）', '(': ')', '〔': '〕' }

/** `第五条【标题】` and `第五条　（标题）`: the heading as written, brackets kept. */
function articleHeading(text: string, from: number): { heading: string | null; rest: number } {
  const close = headingBracket[text[from] ?? '']
  if (close === undefined) return { heading: null, rest: from }
  const end = text.indexOf(close, from + 1)
  if (end < 0 || end - from > longestArticleHeading || end - from < 2) return { heading: null, rest: from }
  const inside = text.slice(from + 1, end)
  if (/[。；，：]|^以下|^[一二三四五六七八九十0-9]+$/u.test(inside)) return { heading: null, rest: from }
  let rest = end + 1
  while (rest < text.length && /[\s\u3000]/u.test(text[rest] ?? '')) rest++
  return { heading: text.slice(from, end + 1), rest }
}

const longestHeading = 60
const longestLead = 40

/** A circular's level: a line of its own is a heading; a first short sentence before more words is one too. */
function headingAndText(rest: string): { heading: string | null; text: string } {
  if (isHeadingLike(rest, longestHeading)) return { heading: rest, text: '' }
  const stop = rest.indexOf('。')
  if (stop > 0 && stop <= longestLead && stop < rest.length - 1) {
    const heading = rest.slice(0, stop)
    const text = rest.slice(stop + 1).trimStart()
    if (!/[；：“”]/u.test(heading) && text !== '') return { heading, text }
  }
  return { heading: null, text: rest }
}

const continues = /^[审级类档期次年日季线楼层等、]/u

/** `二、三级医院…` is a sentence; `二、三个重点` after `一、` is a heading. */
function listFits(
  mark: ListMark,
  rest: string,
  siblings: Element[],
  stack: Array<{ rank: number; element: Element }>,
): boolean {
  if (mark.list !== 0 || !isChineseNumeral(rest[0] ?? '')) return true
  let end = 1
  while (end < 6 && isChineseNumeral(rest[end] ?? '')) end++
  if (continues.test(rest.slice(end, end + 1))) return false
  if (mark.ordinal[0] === 1) return true
  const before =
    stack.find((one) => one.rank === listRank || one.rank === innerRank)?.element ??
    siblings.findLast((one) => one.level === 'heading1')
  return before?.ordinal?.[0] === (mark.ordinal[0] ?? 0) - 1
}
