// Layout tables: body, head or closing set in a table only for alignment, which is no table. They are unfolded into
// paragraphs here; real tables (fees, discretion standards, comparison of amendments) are left alone.
import { isDocumentNumber, readNumeral } from '@dianzhang/text'
import type { Block } from './block.ts'

/** A cell as it was read: its paragraphs and, of a layout table, tables within. */
export type Cell = Block[]

/** What stands before the table. */
export interface TablePlace {
  /** No words of the document come before it. */
  first: boolean
  /** Nothing but lines of a head (organ, title) comes before it, from the beginning or from 附件 on. */
  head: boolean
  /** Number of the last 条 before it; 0 when there is none. */
  lastArticle: number
}

/** A table that is no table: its words in reading order. */
export interface Unfolded {
  blocks: Block[]
  /** What it was laid out for: “正文”, “版头”, “落款”, “标题”. */
  what: string
  /** Words that only named columns or fields and are no part of the text. */
  labels: string[]
}

const digits = '零〇一二两三四五六七八九十百千0-9０-９'
const article = new RegExp(
  `^第[ \\u3000]?([${digits}]{1,8})[ \\u3000]?条(?:之[一二三四五六七八九十]{1,3})?(?![第款项和至及、的或])`,
  'u',
)
const division = new RegExp(`^第[${digits}]{1,6}(?:分编|[编章节])(?:[\\s\\u3000]|$)`, 'u')
const numberAlone = new RegExp(
  `^第[${digits}]{1,8}(?:分编|[编章节]|条(?:之[一二三四五六七八九十]{1,3})?)[.．、：:]?$`,
  'u',
)
const markAlone = /^(?:[一二三四五六七八九十]{1,4}[、.．]|[（(][一二三四五六七八九十]{1,4}[）)])$/u
const marked = /^(?:[一二三四五六七八九十]{1,4}、|[（(][一二三四五六七八九十]{1,4}[）)])/u
const sentence = /[。；：]$/u
const documentNumber = /[〔［[（(【]\s*(?:19|20)\d\d\s*[〕］\])）】]\s*第?\s*\d{1,5}\s*号/u
const redName = /(?:文件|公告|通告|令|公报)$/u
const date =
  /^[\s\u3000]*[12１２二一][\d０-９〇○零Ｏ一二三四五六七八九]{3}\s*年\s*[\d０-９〇○零元一二三四五六七八九十]{1,3}\s*月\s*[\d０-９〇○零一二三四五六七八九十]{1,3}\s*日[\s\u3000]*$/u
const organ =
  /^[\u4e00-\u9fff\s\u3000（）()]{2,40}(?:政府|委员会|办公室|办公厅|[厅局院部署处所会]|中心|支队|大队|总队|公安处|集团|公司|街道办|团队|领导小组|联席会议|指挥部|管委会)(?:[（(](?:盖章|印章|公章|章)[）)])?$/u
const sealAtEnd = /[（(](?:盖章|印章|公章|章)[）)]$/u
const seal = /^[（(]?(?:盖章|印章|公章|签章|此处盖章|章)[）)]?$/u
const compared =
  /(?:现行|原|修改[前后]|修订[前后]|调整[前后]|对照|草案|说明|理由|备注|依据|意见|建议|处罚|违法|裁量|标准)/u
const columnName =
  /^(?:条|条号|条款|条次|条目|序号|序|编号|章节|章|内容|条文|条文内容|条款内容|正文|正文内容|具体内容|规定)$/u
const fieldName =
  /^(?:标题|题名|名称|文件名称|文件标题|文件题目|题目|正文|正文内容|内容|全文|文号|发文字号|文件编号|发文机关|发文单位|制定机关|发布机关|公布机关|印发机关|成文日期|印发日期|发布日期|公布日期|生成日期|施行日期|生效日期|失效日期|废止日期|有效期|索引号|主题分类|主题词|主题|类别|体裁|效力状态|有效性|统一登记号|登记号|落款|署名|签署|日期|主送机关|主送|抄送机关|抄送|密级|紧急程度|签发人?|来源)[：:]?$/u
const titleField = /^(?:标题|题名|名称|文件名称|文件标题|文件题目|题目)[：:]?$/u
const wholeField = /^(?:正文|正文内容|内容|全文|落款|署名|签署|日期)[：:]?$/u

const titleEnd =
  /(?:办法|规定|细则|规则|意见|通知|通告|公告|决定|方案|规划|制度|措施|章程|标准|规范|批复|复函|函|条例|办法（试行）|规定（试行）)$/u

const squeezed = (text: string): string => text.replace(/[\s\u3000]+/gu, '')
const wordsIn = (cell: Cell): boolean =>
  cell.some((block) => (block.kind === 'paragraph' ? block.text.trim() !== '' : block.rows.length > 0))
/** Paragraphs of a cell that hold words, trimmed; tables within are not looked into. */
const paragraphsOf = (cell: Cell): string[] =>
  cell.flatMap((block) => (block.kind === 'paragraph' && block.text.trim() !== '' ? [block.text.trim()] : []))
const firstOf = (cell: Cell): string => paragraphsOf(cell)[0] ?? ''
const isOneLine = (cell: Cell): boolean => cell.length > 0 && paragraphsOf(cell).length === 1
const alone = (cell: Cell, pattern: RegExp): boolean => isOneLine(cell) && pattern.test(squeezed(firstOf(cell)))

/** Number of an article at the beginning of a line; null for any other line. */
export function articleNumber(text: string): number | null {
  const found = article.exec(text.trimStart())
  return found === null ? null : readNumeral((found[1] ?? '').replace(/[０-９]/gu, narrow))
}
const narrow = (digit: string): string => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)

type RowKind = 'empty' | 'single' | 'text' | 'marked' | 'field' | 'names' | 'grid'
interface Row {
  kind: RowKind
  /** The cells that hold words; a plain figure before the number of an article is left out. */
  cells: Cell[]
  counted?: boolean
}

/** 第一条 | 甲 becomes 第一条　甲; the further paragraphs of the text follow. */
function joinedPair(number: Cell, text: Cell): Block[] {
  // 第 一 条 is set wide to fill its column.
  const sign = squeezed(firstOf(number)).replace(/[：:]$/u, '')
  const rest = text.filter((block) => block.kind !== 'paragraph' || block.text.trim() !== '')
  const [head, ...more] = rest
  const between = /[、.．）)]$/u.test(sign) ? '' : '　'
  if (head?.kind !== 'paragraph') return [{ kind: 'paragraph', text: sign }, ...rest]
  return [{ kind: 'paragraph', text: `${sign}${between}${head.text.trim()}` }, ...more]
}

/** 第一条 ⏎ 第二条 | 甲 ⏎ 乙: all numbers in one cell, and as many paragraphs beside it. Null for anything else. */
function pairedLines(numbers: Cell, texts: Cell, sign: RegExp): Block[] | null {
  const lines = (cell: Cell): string[] =>
    paragraphsOf(cell)
      .flatMap((text) => text.split('\n'))
      .map((text) => text.trim())
      .filter((text) => text !== '')
  const signs = lines(numbers)
  if (signs.length < 2 || !signs.every((one) => sign.test(squeezed(one)))) return null
  const words = lines(texts)
  if (words.length !== signs.length || texts.some(({ kind }) => kind === 'table')) return null
  return signs.map((one, at) => ({ kind: 'paragraph', text: `${squeezed(one)}　${words[at]}` }))
}

/** The cells of a row that is text: a number and its words, or cells that begin with a number of their own. Null otherwise. */
function textOf(cells: readonly Cell[], sign: RegExp): Block[] | null {
  const blocks: Block[] = []
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at] as Cell
    const next = cells[at + 1]
    const pairs = next === undefined ? null : pairedLines(cell, next, sign)
    if (pairs !== null) {
      blocks.push(...pairs)
      at++
    } else if (alone(cell, sign) && next !== undefined) {
      blocks.push(...joinedPair(cell, next))
      at++
    } else {
      const first = firstOf(cell)
      if (articleNumber(first) === null && !division.test(first)) return null
      blocks.push(...cell)
    }
  }
  return blocks
}

function rowOf(row: readonly Cell[]): Row {
  const cells = row.filter(wordsIn)
  const [one, ...others] = cells
  // “序号 | 条号 | 条文”
  if (one !== undefined && others.length > 0 && alone(one, /^\d{1,3}[.、]?$/u) && textOf(others, numberAlone) !== null)
    return { kind: 'text', cells: others, counted: true }
  if (one === undefined) return { kind: 'empty', cells }
  if (others.length === 0) {
    const text = paragraphsOf(one).some((line) => articleNumber(line) !== null || division.test(line))
    return { kind: text ? 'text' : 'single', cells }
  }
  if (textOf(cells, numberAlone) !== null) return { kind: 'text', cells }
  if (cells.every((cell) => alone(cell, columnName))) return { kind: 'names', cells }
  if (cells.length === 2 && alone(one, markAlone)) return { kind: 'marked', cells }
  if (cells.length % 2 === 0 && cells.every((cell, at) => at % 2 === 1 || alone(cell, fieldName)))
    return { kind: 'field', cells }
  return { kind: 'grid', cells }
}

/** Articles run on: from one, or from the last one before the table, each the next; a missing one here and there is a fault of the text. */
function runsOn(numbers: readonly number[], { lastArticle }: TablePlace): boolean {
  const [first] = numbers
  if (first === undefined || (first !== 1 && first !== lastArticle + 1)) return false
  let missing = 0
  for (let at = 1; at < numbers.length; at++) {
    const step = (numbers[at] ?? 0) - (numbers[at - 1] ?? 0)
    // “第五条” and “第五条之一” have the same number.
    if (step < 0 || (step === 0 && at === 1)) return false
    if (step > 1) missing += step - 1
  }
  return missing <= 1 + numbers.length / 5
}
const articlesIn = (blocks: readonly Block[]): number[] =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? (articleNumber(block.text) ?? []) : []))

/** The words of the rows one after another. */
function inOrder(rows: readonly Row[], labels: string[]): Block[] {
  return rows.flatMap(({ kind, cells, counted }): Block[] => {
    if (counted && !labels.includes('序号')) labels.push('序号')
    if (kind === 'names') {
      labels.push(...cells.map(firstOf))
      return []
    }
    if (kind === 'field') return cells.flatMap((cell, at) => (at % 2 === 0 ? fieldOf(cell, cells[at + 1], labels) : []))
    return textOf(cells, numberAlone) ?? textOf(cells, markAlone) ?? cells.flat()
  })
}
function fieldOf(name: Cell, value: Cell = [], labels: string[]): Block[] {
  const label = squeezed(firstOf(name)).replace(/[：:]$/u, '')
  if (titleField.test(label) || wholeField.test(label)) {
    labels.push(label)
    return value
  }
  const text = paragraphsOf(value).join('　')
  return text === '' ? value : [{ kind: 'paragraph', text: `${label}：${text}` }]
}

/** Runs of rows that stay tables between rows that are text. */
function mixed(rows: readonly Row[], cells: readonly Cell[][], labels: string[]): Block[] {
  const solid = rows.map(({ kind }) => kind === 'grid' || kind === 'marked' || kind === 'field' || kind === 'names')
  const blocks: Block[] = []
  for (let at = 0; at < rows.length; ) {
    let end = at
    if (solid[at] !== true) {
      while (end < rows.length && solid[end] !== true) end++
      blocks.push(...inOrder(rows.slice(at, end), labels))
    } else {
      // A row of one cell between rows of several is a caption of the table, unless it holds articles.
      for (let next = at; next < rows.length; next++) {
        if (rows[next]?.kind === 'text') break
        if (solid[next] === true) end = next + 1
      }
      blocks.push({ kind: 'table', rows: printed(cells.slice(at, end)) })
    }
    at = end
  }
  return blocks
}

const wordsOf = (block: Block): string =>
  block.kind === 'paragraph'
    ? block.text
    : block.rows.map((row) => row.filter((cell) => cell !== '').join(' ')).join(' ')
/** The words of a cell as one line. */
export const cellWords = (cell: Cell): string =>
  cell
    .map(wordsOf)
    .filter((text) => text.trim() !== '')
    .map((text) => text.replace(/\s*\n\s*/gu, ' ').trim())
    .join(' ')
const printed = (rows: readonly Cell[][]): string[][] => rows.map((row) => row.map(cellWords))

/** 落款: organs and a date, and nothing else. */
function signatureOf(rows: readonly Row[], labels: string[]): Block[] | null {
  const lines = rows.flatMap(({ cells }) => cells.flatMap(paragraphsOf).flatMap((text) => text.split('\n')))
  const dates = lines.filter((line) => date.test(line))
  if (dates.length === 0 || lines.length > 40) return null
  const others = lines.filter((line) => !date.test(line) && !seal.test(squeezed(line)))
  if (!others.every((line) => organ.test(line.trim()))) return null
  for (const line of lines) {
    const mark = sealAtEnd.exec(line.trim())?.[0] ?? (seal.test(squeezed(line)) ? line : null)
    if (mark !== null) labels.push(mark.trim())
  }
  const asked = new Set(dates.map(squeezed))
  // 联合发文: each organ above its own date, all on the same day.
  const order = asked.size === 1 ? [...others, dates[0] ?? ''] : lines.filter((line) => !seal.test(squeezed(line)))
  return order.map((text) => ({ kind: 'paragraph', text: text.trim().replace(sealAtEnd, '') }))
}

/** Marks of the head (“版头”) that are no part of the text: “份号”, “密级”, “紧急程度”, “签发人”. */
const headMark = /^(?:[0０]\d{2,5}|特急|加急|平急|急件|(?:绝密|机密|秘密)(?:★.{0,8})?|签发人?[：:].{0,20})$/u

/** The lines of a table in the head, cells and soft line ends alike; 签发人 begins a line of its own. */
const linesOfHead = (rows: readonly Row[]): string[] =>
  rows
    .flatMap(({ cells }) => cells.flatMap(paragraphsOf))
    .flatMap((text) => text.split(/\n|(?=签\s*发\s*人?\s*[：:])/u))
    .map((text) => text.trim())
    .filter((text) => text !== '')

/**
 * 文号 beside the date or beside 签发人, below the title: number and date become lines, marks are named. Null when anything else
 * stands in the table.
 */
function numberAndDateOf(rows: readonly Row[], labels: string[]): Block[] | null {
  const pieces = linesOfHead(rows)
  const numbers: string[] = []
  const others: string[] = []
  const marks: string[] = []
  let day = ''
  for (let at = 0; at < pieces.length; at++) {
    const text = pieces[at] ?? ''
    const flat = squeezed(text)
    const behind = numberBeside.exec(flat)
    if (/^(?:签发|会签)人?[：:]?$/u.test(flat)) marks.push(`${flat.replace(/[：:]$/u, '')}：${pieces[++at] ?? ''}`)
    else if (/^(?:签发|会签)人?[：:]/u.test(flat) || headMark.test(flat)) marks.push(flat)
    else if (/^(?:文号|发文字号|编号|日期|成文日期|发布日期|印发日期)[：:]?$/u.test(flat)) labels.push(flat)
    else if (isDocumentNumber(flat)) numbers.push(flat)
    else if (behind !== null && isDocumentNumber(behind[2] ?? behind[3] ?? '')) {
      if (day !== '' || numbers.length > 0) return null
      day = behind[1] ?? behind[4] ?? ''
      numbers.push(behind[2] ?? behind[3] ?? '')
    } else if (date.test(text) && day === '') day = flat
    else if (organ.test(text) || /^(?:文件|[\p{Script=Han}]{4,40}(?:文件|令|公告))$/u.test(flat)) others.push(flat)
    else return null
  }
  const [first, ...more] = numbers
  if (first === undefined || pieces.length > 12 || (others.length > 0 && day !== '')) return null
  labels.push(...marks)
  const lines = [...others, day === '' ? first : `${day}　${first}`, ...more]
  return lines.map((text) => ({ kind: 'paragraph', text }))
}
const numberBeside = /^(?:([12]\d{3}年\d{1,2}月\d{1,2}日)(\D.*号)|(\D.*号)([12]\d{3}年\d{1,2}月\d{1,2}日))$/u

/** 版头: organs with 文件, number, 签发人, and perhaps the title below. */
function letterheadOf(rows: readonly Row[], labels: string[]): Block[] | null {
  const lines: string[] = []
  const marks: string[] = []
  const pieces = linesOfHead(rows)
  for (let at = 0; at < pieces.length; at++) {
    const text = pieces[at] ?? ''
    if (text.length > 60) return null
    const flat = squeezed(text)
    const last = lines.at(-1)
    if (/^签发人?[：:]?$/u.test(flat)) marks.push(`签发人：${pieces[++at] ?? ''}`)
    else if (headMark.test(flat)) marks.push(flat)
    else if (/^(?:文件|令|公告|通告)$/u.test(flat) && last !== undefined) lines[lines.length - 1] = `${last}${flat}`
    else lines.push(text)
  }
  const known = lines.some((line) => documentNumber.test(line) || redName.test(squeezed(line)))
  if (!known || lines.length > 20) return null
  labels.push(...marks)
  return lines.map((text) => ({ kind: 'paragraph', text }))
}

/**
 * The words of a table that only lays out text, or null when it is a table. Articles must run on from what stands before;
 * rows that compare two wordings, or that hold more than a number and its text, stay as they are.
 */
export function unfolded(table: readonly Cell[][], place: TablePlace): Unfolded | null {
  const rows = table.map(rowOf)
  const labels: string[] = []
  const used = rows.filter(({ kind }) => kind !== 'empty')
  const widest = used.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  if (widest === 0) return null
  const result = (blocks: Block[], what: string): Unfolded => ({ blocks, what, labels })

  if (place.head && !place.first) {
    const named: string[] = []
    const numbered = numberAndDateOf(used, named)
    if (numbered !== null) return { blocks: numbered, what: '版头', labels: named }
  }
  if (widest === 1) return oneColumn(used, place, labels, result)
  const heads = used[0]?.cells ?? []
  const isComparison = heads.length > 1 && heads.every(isOneLine) && heads.some((cell) => compared.test(firstOf(cell)))
  const few = used.some(({ kind }) => kind === 'grid')
  if (!isComparison) {
    const whole = few ? mixed(rows, table as Cell[][], labels) : inOrder(used, labels)
    const text = used.some(({ kind }) => kind === 'text')
    const fields = used.some(
      ({ kind, cells }) => kind === 'field' && cells.some((cell, at) => at % 2 === 1 && articlesIn(cell).length > 1),
    )
    if ((text || (fields && !few)) && runsOn(articlesIn(whole), place)) return result(whole, '正文')
    labels.length = 0
    const byColumn = columnsOf(table)
    if (byColumn !== null && runsOn(articlesIn(byColumn), place)) return result(byColumn, '正文')
    const prose = used.filter(({ kind }) => kind === 'marked')
    if (
      prose.length > 0 &&
      used.every(({ kind }) => kind === 'marked' || kind === 'single' || kind === 'names') &&
      prose.every(({ cells }) => sentence.test(paragraphsOf(cells[1] ?? []).at(-1) ?? ''))
    )
      return result(inOrder(used, labels), '正文')
  }
  const signature = signatureOf(used, labels)
  if (signature !== null) return result(signature, '落款')
  if (place.first && !isComparison) {
    const letterhead = letterheadOf(used, labels)
    if (letterhead !== null) return result(letterhead, '版头')
  }
  return null
}

function oneColumn(
  rows: readonly Row[],
  place: TablePlace,
  labels: string[],
  result: (blocks: Block[], what: string) => Unfolded,
): Unfolded | null {
  const blocks = rows.flatMap(({ cells }) => cells.flat())
  const lines = blocks.flatMap((block) => (block.kind === 'paragraph' && block.text.trim() !== '' ? [block.text] : []))
  const articles = articlesIn(blocks)
  if (articles.length > 0) return runsOn(articles, place) ? result(blocks, '正文') : null
  const signature = signatureOf(rows, labels)
  if (signature !== null) return result(signature, '落款')
  const letterhead = place.first ? letterheadOf(rows, labels) : null
  if (letterhead !== null) return result(letterhead, '版头')
  if (lines.some((line) => marked.test(line.trim()) || division.test(line.trim()))) return result(blocks, '正文')
  if (lines.some((line) => line.trim().length >= 12 && sentence.test(line.trim()))) return result(blocks, '正文')
  // A title over several rows, below the 版头.
  if (
    place.head &&
    rows.length <= 4 &&
    lines.every((line) => line.length <= 40) &&
    titleEnd.test(lines.join('').trim())
  )
    return result(blocks, '标题')
  // One cell is no table; several rows of names are a list.
  if (rows.length === 1 || place.first) return result(blocks, place.first ? '标题' : '正文')
  return null
}

/** Two columns of a page: the left one first. Only when every cell begins with a number of its own. */
function columnsOf(table: readonly Cell[][]): Block[] | null {
  const width = table.reduce((most, row) => Math.max(most, row.length), 0)
  if (width > 4) return null
  const blocks: Block[] = []
  for (let column = 0; column < width; column++) {
    for (const row of table) {
      const cell = row[column]
      if (cell === undefined || !wordsIn(cell)) continue
      const first = firstOf(cell)
      if (articleNumber(first) === null && !division.test(first)) return null
      blocks.push(...cell)
    }
  }
  return blocks
}

/** How many cells of a table that stays one begin like an article. */
export const suspectArticles = (table: readonly Cell[][]): number =>
  table.reduce(
    (sum, row) =>
      sum +
      row.filter((cell) =>
        paragraphsOf(cell).some((line) => articleNumber(line) !== null || numberAlone.test(squeezed(line))),
      ).length,
    0,
  )
