// A table that somebody has filled in (XLSX or CSV): its lines, read here, so that every faulty row is named before anything
// is sent.
import { decodeText, fileKind, readXlsx, UnreadableFile } from '@dianzhang/formats'
import { CsvError, parse } from 'csv-parse/browser/esm/sync'

export interface TableLine {
  /** As the spreadsheet counts: for CSV the line on which the row begins. */
  number: number
  cells: readonly string[]
}

const delimiters = [',', '\t', ';', '，', '|']
function csvLines(text: string, heading: string): TableLine[] {
  const head = text.split(/\r?\n/).find((line) => line.includes(heading)) ?? ''
  const [delimiter = ','] = delimiters.toSorted((a, b) => head.split(b).length - head.split(a).length)
  const records = parse(text, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
  }) as unknown as Array<{ record: string[]; info: { lines: number } }>
  return records.map(({ record, info }) => ({
    // Where the row ends, less the line breaks within its cells.
    number: info.lines - record.reduce((sum, cell) => sum + (cell.match(/\r?\n/g)?.length ?? 0), 0),
    cells: record,
  }))
}
const headed = (rows: readonly TableLine[], heading: string) =>
  rows.findIndex(({ cells }) => cells.some((cell) => cell.trim() === heading))

/**
 * The line of the headings, which has `heading` in it, and those below; of a workbook, the first sheet that has one. A sentence when
 * the file is no table or no line has it, or there are more rows than `most`.
 */
export async function tableOf(
  file: Blob,
  heading: string,
  most?: number,
): Promise<{ head: TableLine; below: readonly TableLine[] } | string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const kind = fileKind(bytes)
  try {
    const sheets =
      kind === null
        ? [csvLines(decodeText(bytes, 'list').text, heading)]
        : (await readXlsx(bytes, most === undefined ? {} : { rows: most })).map(({ rows }) => rows)
    const lines = sheets.find((rows) => headed(rows, heading) >= 0) ?? []
    if (most !== undefined && lines.length > most) return `超过 ${most} 行，没有读入。请分成几份再选。`
    const top = headed(lines, heading)
    const head = lines[top]
    return head ? { head, below: lines.slice(top + 1) } : `表里没有写着“${heading}”的一行表头。`
  } catch (error) {
    if (error instanceof UnreadableFile) return error.message
    if (error instanceof CsvError)
      return `CSV 第${error.lines ?? 1}行的引号没有成对，读不下去。请改好，或者在 Excel、WPS 里另存为 .xlsx 再选。`
    throw error
  }
}

/**
 * YYYY-MM-DD of a day as people write it in a table, full-width, with signs or without, with a time behind it; null for what is no
 * day of the calendar.
 */
export function dayWritten(given: string): string | null {
  const plain = given.normalize('NFKC').trim()
  const found =
    /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s.*)?$/.exec(plain) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(plain)
  if (!found) return null
  const [, year, month = '', day = ''] = found
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const real = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(date) ? date : null
}
