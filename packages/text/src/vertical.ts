// A table that was copied cell by cell, every cell a line of its own (out of a portal or Word): put together again when its
// rows come out even. Nothing is guessed: where they do not, the lines stay as they are and `unevenTable` says so.
import { isDocumentNumber } from './headings.ts'
import { type Line, linesOf, readNumeral, spareMeter, withoutSpaces } from './lines.ts'

const counter = /^(?:序\s*号|编\s*号|项\s*次|No\.?)$/iu
const nameColumn =
  /^(?:(?:行政)?规范性文件|文件|政策|制度|规章)?(?:名称|标题|题名|题目)$|^(?:行政)?规范性文件$|^文件名$/u
const numberColumn = /^(?:发?文(?:字?号|编号)|文件(?:编)?号|字号)$/u
const mostColumns = 12
const longestHeadCell = 20
const notACell = /[。；;：:！？]$/u
/** What begins the text behind a table whose last cells were empty. */
const textAgain =
  /^(?:[一二三四五六七八九十]{1,3}、|第[^\s]{1,8}[条章]|[（(][一二三四五六七八九十]{1,3}[）)]|附件|注[：:])/u

const rowNumber = (text: string | undefined): number | null =>
  text !== undefined && /^(?:[0-9０-９]{1,4}|[一二三四五六七八九十百]{1,5})$/u.test(text)
    ? readNumeral(text.normalize('NFKC'))
    : null

/** The cells of the table that begins at a line, row by row; `uneven` where its rows have not as many cells as its head. */
interface Found {
  rows: Array<Array<Line | null>>
  /** Behind the last line. */
  end: number
  uneven: boolean
}

/** The head of such a table: how many lines it has; null where none begins. */
function headAt(lines: ReadonlyArray<{ text: string }>, at: number): { width: number; counted: boolean } | null {
  const first = withoutSpaces(lines[at]?.text ?? '')
  const cell = (offset: number): string => lines[at + offset]?.text ?? ''
  const isCell = (text: string): boolean => text !== '' && text.length <= longestHeadCell && !notACell.test(text)
  if (counter.test(first)) {
    for (let width = 2; width <= mostColumns; width++) {
      if (rowNumber(cell(width)) === 1) return { width, counted: true }
      if (!isCell(cell(width)) || !isCell(cell(width - 1)) || cell(width).includes('\t')) return null
    }
    return null
  }
  if (!nameColumn.test(first) && !numberColumn.test(first)) return null
  // Without a column of numbers the document numbers tell the rows.
  const seen = { name: -1, number: -1 }
  for (let offset = 0; offset < mostColumns && isCell(cell(offset)); offset++) {
    const words = withoutSpaces(cell(offset))
    if (nameColumn.test(words) && seen.name < 0) seen.name = offset
    else if (numberColumn.test(words) && seen.number < 0) seen.number = offset
    if (seen.name < 0 || seen.number < 0) continue
    for (let width = offset + 1; width <= mostColumns; width++)
      if (isDocumentNumber(cell(width + seen.number)) && isDocumentNumber(cell(2 * width + seen.number)))
        return { width, counted: false }
    return null
  }
  return null
}

function tableAt(lines: readonly Line[], at: number): Found | null {
  const head = headAt(lines, at)
  if (head === null) return null
  const { width, counted } = head
  const headLines = lines.slice(at, at + width)
  // Where the head stands in lines of even distance an empty line further down is an empty cell.
  const gaps = headLines.slice(1).map((one, index) => one.line - (headLines[index]?.line ?? 0))
  const step = gaps[0] ?? 1
  const even = gaps.every((gap) => gap === step)
  const numberAt = headLines.findIndex(({ text }) => numberColumn.test(withoutSpaces(text)))
  const rowFrom = (from: number): { cells: Array<Line | null>; end: number } => {
    const begin = lines[from]?.line ?? 0
    const cells: Array<Line | null> = []
    let next = from
    for (let column = 0; column < width; column++) {
      const line = lines[next]
      const due = even && line !== undefined ? line.line === begin + column * step : line !== undefined
      const over = line === undefined || (column > 1 && textAgain.test(line.text))
      cells.push(due && !over ? (line ?? null) : null)
      if (due && !over) next++
    }
    return { cells, end: next }
  }
  const rows: Array<Array<Line | null>> = [headLines]
  let end = at + width
  let uneven = false
  for (let expected = 1; ; expected++) {
    if (counted ? rowNumber(lines[end]?.text) !== expected : !isDocumentNumber(lines[end + numberAt]?.text ?? '')) break
    const row = rowFrom(end)
    rows.push(row.cells)
    end = row.end
  }
  // The row that would have come next stands nearby: a cell is missing or one too many.
  for (let near = Math.max(at + width, end - width); near < Math.min(lines.length, end + width) && !uneven; near++)
    uneven = counted
      ? near !== end && rowNumber(lines[near]?.text) === rows.length
      : near >= end && isDocumentNumber(lines[near]?.text ?? '')
  const numbers = rows.slice(1).map((cells) => cells[numberAt])
  // A number in another column than that of the numbers: the cells have shifted.
  const shifted =
    numberAt >= 0 &&
    rows
      .slice(1)
      .some((cells, index) => !numbers[index] && cells.some((one) => one != null && isDocumentNumber(one.text)))
  const strange =
    numberAt >= 0 &&
    rows.slice(1).some((cells) => {
      const own = cells[numberAt]
      return (
        own != null &&
        !isDocumentNumber(own.text) &&
        cells.some((one) => one != null && one !== own && isDocumentNumber(one.text))
      )
    })
  return rows.length > 1 ? { rows, end, uneven: uneven || shifted || strange } : null
}

/** Lines with those of every such table put together: a row a line, its cells parted by tabs. Time grows with the lines. */
export function withVerticalTables(lines: Line[]): Line[] {
  const result: Line[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]
    if (line === undefined) continue
    const table = mayBegin(line.text) ? tableAt(lines, at) : null
    if (table === null) {
      result.push(line)
      continue
    }
    if (table.uneven) {
      result.push(...lines.slice(at, table.end))
      at = table.end - 1
      continue
    }
    for (const cells of table.rows) {
      const own = cells.filter((one) => one !== null)
      const first = own[0] ?? line
      const last = own.at(-1) ?? first
      result.push({ ...first, text: cells.map((one) => one?.text ?? '').join('\t'), end: last.end })
    }
    at = table.end - 1
  }
  return result
}

const mayBegin = (text: string): boolean => {
  if (text.length > longestHeadCell) return false
  const words = withoutSpaces(text)
  return counter.test(words) || nameColumn.test(words) || numberColumn.test(words)
}

/** What is said of such a table. */
export const unevenSaid =
  '这里像是一格一行的表（从网页或者 Word 复制时常这样），各行的格数不齐，没有读成表；请从原件重新复制成表格，空格也占一行'

/** The lines (from 1) at which a table begins that stands a cell a line and whose rows do not come out even. */
export function unevenTables(lines: readonly Line[]): number[] {
  const found: number[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]
    const table = line !== undefined && mayBegin(line.text) ? tableAt(lines, at) : null
    if (line === undefined || table === null) continue
    if (table.uneven) found.push(line.line)
    at = table.end - 1
  }
  return found
}

/**
 * A list that stands a cell a line, as rows with the line (from 1) each begins at; the lines around it are rows of one cell.
 * Null where no such table is in the text; `uneven` holds the lines at which one begins whose rows do not come out even.
 */
export function verticalRows(
  source: string,
): { rows: Array<{ number: number; cells: string[] }>; uneven: number[] } | null {
  const lines = linesOf(source, spareMeter())
  const uneven = unevenTables(lines)
  const joined = withVerticalTables(lines)
  if (uneven.length === 0 && joined.length === lines.length) return null
  return { rows: joined.map(({ line, text }) => ({ number: line, cells: text.split('\t') })), uneven }
}
