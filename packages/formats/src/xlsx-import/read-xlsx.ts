// Reads the sheets of an .xlsx: only text, numbers and dates of the cells, with merged cells filled in. Decompression
// is limited, and so is the number of rows read.

import { relationsReader } from '../docx-import/side-parts.ts'
import { readXml, type XmlHandler } from '../docx-import/xml.ts'
import { type DocxLimits, defaultLimits, openZip } from '../docx-import/zip.ts'
import { zipKind } from '../recognise/file-kind.ts'
import { UnreadableFile } from '../unreadable-file.ts'

/** A sheet as rows of cells. Empty cells at the end of a row and empty rows at the end are left out. */
export interface Sheet {
  name: string
  rows: SheetRow[]
}
export interface SheetRow {
  /** Number of the row in the sheet, counting from 1. */
  number: number
  /** Words as shown, dates as YYYY-MM-DD. A cell that was merged with one above or to its left repeats its words. */
  cells: string[]
  /** Columns whose words come from a merged cell above. */
  repeated: number[]
}

export interface XlsxLimits extends DocxLimits {
  rows: number
  columns: number
  /** Merged areas that are looked at. */
  merges: number
}
export const xlsxLimits: XlsxLimits = {
  ...defaultLimits,
  partBytes: 60 * 1024 * 1024,
  totalBytes: 90 * 1024 * 1024,
  // Rows of a list are much alike.
  ratio: 400,
  rows: 100_000,
  columns: 200,
  merges: 20_000,
}

/**
 * Reads the visible sheets of a workbook. Refuses, with a `UnreadableFile` in Chinese, what is no workbook, what is damaged or
 * encrypted, what expands too much, and sheets of more than the allowed rows.
 */
export async function readXlsx(bytes: Uint8Array, given: Partial<XlsxLimits> = {}): Promise<Sheet[]> {
  const limits = { ...xlsxLimits, ...given }
  const archive = openZip(bytes, limits, 'list')
  if (archive.has('EncryptedPackage')) throw new UnreadableFile('encrypted', '文件设有密码。请取消密码后再导入。')
  if (!archive.has('xl/workbook.xml')) throw new UnreadableFile('not-a-list', zipKind(archive.names, 'list'))
  const read = async (name: string, handler: XmlHandler): Promise<void> => {
    if (archive.has(name)) await readXml(archive, name, limits, handler)
  }
  const listed: Array<{ name: string; id: string; hidden: boolean }> = []
  let from1904 = false
  await read('xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      if (name === 'sheet')
        listed.push({
          name: attributes.name ?? '',
          id: attributes['r:id'] ?? '',
          hidden: (attributes.state ?? 'visible') !== 'visible',
        })
    },
    close() {},
    text() {},
  })
  const relations = relationsReader()
  await read('xl/_rels/workbook.xml.rels', relations.handler)
  const words = sharedWords()
  await read('xl/sharedStrings.xml', words.handler)
  const dates = dateStyles()
  await read('xl/styles.xml', dates.handler)
  const sheets: Sheet[] = []
  for (const { name, id, hidden } of listed) {
    const target = relations.byId.get(id)
    if (hidden || target === undefined) continue
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    const sheet = sheetReader({ words: words.list, isDate: dates.isDate, from1904, limits, name })
    await read(part, sheet.handler)
    sheets.push({ name, rows: sheet.finish() })
  }
  return sheets
}

/** Strings that the sheets share; the phonetic reading of a word (rPh) is no part of it. */
function sharedWords(): { handler: XmlHandler; list: string[] } {
  const list: string[] = []
  let current = ''
  let taking = false
  let phonetic = false
  return {
    list,
    handler: {
      open(name) {
        if (name === 'si') current = ''
        else if (name === 'rPh') phonetic = true
        else if (name === 't') taking = !phonetic
      },
      close(name) {
        if (name === 'si') list.push(current)
        else if (name === 'rPh') phonetic = false
        else if (name === 't') taking = false
      },
      text(words) {
        if (taking) current += words
      },
    },
  }
}

/** Which cell styles show a date: built-in formats, and own ones with a year and a day or month in them. */
function dateStyles(): { handler: XmlHandler; isDate(style: number): boolean } {
  const own = new Map<string, string>()
  const styles: string[] = []
  let inCells = false
  return {
    handler: {
      open(name, attributes) {
        if (name === 'numFmt') own.set(attributes.numFmtId ?? '', attributes.formatCode ?? '')
        else if (name === 'cellXfs') inCells = true
        else if (name === 'xf' && inCells) styles.push(attributes.numFmtId ?? '0')
      },
      close(name) {
        if (name === 'cellXfs') inCells = false
      },
      text() {},
    },
    isDate(style) {
      const id = styles[style] ?? '0'
      const format = own.get(id)
      if (format !== undefined) return /y/i.test(format.replace(/"[^"]*"|\[[^\]]*\]/g, ''))
      const number = Number(id)
      return (
        (number >= 14 && number <= 17) ||
        number === 22 ||
        (number >= 27 && number <= 36) ||
        (number >= 50 && number <= 58)
      )
    },
  }
}

const dayMilliseconds = 86_400_000
/** A day number of Excel as YYYY-MM-DD; null when it is none of the years 1900–2199. In 1900 Excel counts a 29 February. */
export function dayOfSerial(serial: number, from1904 = false): string | null {
  const whole = Math.floor(serial) + (from1904 ? 1462 : 0)
  if (!Number.isFinite(whole) || whole < 61 || whole > 109_574) return null
  return new Date(Date.UTC(1899, 11, 30) + whole * dayMilliseconds).toISOString().slice(0, 10)
}

interface SheetContext {
  words: readonly string[]
  isDate(style: number): boolean
  from1904: boolean
  limits: XlsxLimits
  name: string
}
interface Area {
  top: number
  bottom: number
  left: number
  right: number
}

function sheetReader({ words, isDate, from1904, limits, name: sheet }: SheetContext): {
  handler: XmlHandler
  finish(): SheetRow[]
} {
  const rows: SheetRow[] = []
  const areas: Area[] = []
  let row: SheetRow | null = null
  let cell: { column: number; type: string; style: number; text: string } | null = null
  let taking = false
  let phonetic = false
  const shown = ({ type, style, text }: { type: string; style: number; text: string }): string => {
    if (type === 's') return words[Number(text)] ?? ''
    if (type === 'b') return text === '1' ? '是' : '否'
    if (type === 'e') return ''
    if (type === 'd') return text.slice(0, 10)
    if (type === 'n' && text !== '' && isDate(style)) return dayOfSerial(Number(text), from1904) ?? text
    return text
  }
  return {
    handler: {
      open(name, attributes) {
        if (name === 'row') {
          const number = Number(attributes.r) || (rows.at(-1)?.number ?? 0) + 1
          if (rows.length >= limits.rows)
            throw new UnreadableFile(
              'expands-too-much',
              `工作表“${sheet}”超过 ${limits.rows} 行，没有读入。请分成几份，或者删去空行以后再导入。`,
            )
          row = { number, cells: [], repeated: [] }
        } else if (name === 'c' && row !== null) {
          const column = columnOf(attributes.r ?? '') ?? row.cells.length
          cell = { column, type: attributes.t ?? 'n', style: Number(attributes.s ?? 0), text: '' }
        } else if (name === 'rPh') phonetic = true
        else if ((name === 'v' || name === 't') && cell !== null) taking = !phonetic
        else if (name === 'mergeCell' && areas.length < limits.merges) {
          const area = areaOf(attributes.ref ?? '')
          if (area !== null) areas.push(area)
        }
      },
      close(name) {
        if (name === 'v' || name === 't') taking = false
        else if (name === 'rPh') phonetic = false
        else if (name === 'c' && row !== null && cell !== null) {
          const text = shown(cell).trim()
          if (text !== '' && cell.column < limits.columns) {
            while (row.cells.length < cell.column) row.cells.push('')
            row.cells[cell.column] = text
          }
          cell = null
        } else if (name === 'row' && row !== null) {
          if (row.cells.length > 0) rows.push(row)
          row = null
        }
      },
      text(text) {
        if (taking && cell !== null) cell.text += text
      },
    },
    finish() {
      fillDown(rows, areas)
      return rows
    },
  }
}

/** B7 → 1. */
function columnOf(reference: string): number | null {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0]
  if (letters === undefined) return null
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}
function areaOf(reference: string): Area | null {
  const found = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(reference)
  if (found === null) return null
  const [, left = '', top = '', right = '', bottom = ''] = found
  return { left: columnOf(left) ?? 0, right: columnOf(right) ?? 0, top: Number(top), bottom: Number(bottom) }
}

/** Words of a merged cell stand in every row it spans; cells to the right stay empty, as a caption over all columns is one cell. */
function fillDown(rows: SheetRow[], areas: readonly Area[]): void {
  const byNumber = new Map(rows.map((row, at) => [row.number, at]))
  for (const { top, bottom, left } of areas) {
    const first = byNumber.get(top)
    const words = first === undefined ? undefined : rows[first]?.cells[left]
    if (first === undefined || !words || bottom <= top) continue
    for (let at = first + 1; at < rows.length && (rows[at]?.number ?? 0) <= bottom; at++) {
      const { cells, repeated } = rows[at] as SheetRow
      while (cells.length < left) cells.push('')
      if (cells[left]) continue
      cells[left] = words
      repeated.push(left)
    }
  }
}
