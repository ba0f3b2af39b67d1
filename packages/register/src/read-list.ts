// Whether the imported file is a list: CSV (any common encoding and delimiter) and XLSX are read as tables; for any
// other file, one sentence says what to do.
import {
  decodeText,
  encodingNames,
  fileKind,
  looksLikeHtml,
  readXlsx,
  refusalOf,
  refuseDamaged,
  UnreadableFile,
} from '@dianzhang/formats'
import { unevenSaid, verticalRows } from '@dianzhang/text'
import { parse } from 'csv-parse/sync'
import type { ListTable } from './list-records.ts'

/** The most bytes a list file may have. */
export const listMaximum = 30 * 1024 * 1024
const mostRows = 100_000

export interface ReadList {
  tables: ListTable[]
  /** How it was read, such as “CSV，GB18030，以分号分隔”. */
  format: string
}

const columnsWanted = '文件名称、文号、制定机关、主管单位、清理结果、公布日期、施行日期、有效期至、说明'
/** What is said when the head is not recognised. */
export const headWanted = `没有认出表头：目录须有一行列名，至少有“文件名称”，另有文号、单位、清理结果、日期之一。请把列名改为：${columnsWanted}，另存为 CSV 或者 .xlsx 后再导入；登记库的全文导入用每行一个 JSON 的文件。`

/** Reads a list into tables. What is no list, broken or too large is refused with `UnreadableFile` and one sentence. */
export async function readList(bytes: Uint8Array): Promise<ReadList> {
  if (bytes.length > listMaximum)
    throw new UnreadableFile('too-large', `文件超过 ${listMaximum / 1024 / 1024} MB，没有读入：目录请分成几份`)
  const kind = fileKind(bytes)
  if (kind?.kind === 'zip' || kind?.kind === 'ole') {
    const sheets = await readXlsx(bytes)
    return {
      tables: sheets.map(({ name, rows }) => ({ name, rows })),
      format: `XLSX，${sheets.length} 张工作表`,
    }
  }
  if (kind !== null) throw new UnreadableFile(kind.kind, refusalOf(kind, 'list'))
  const { text, encoding, broken } = decodeText(bytes, 'list')
  if (text.trim() === '') throw new UnreadableFile('empty', refusalOf({ kind: 'empty', name: '' }, 'list'))
  if (broken > 0)
    throw new UnreadableFile(
      'damaged',
      `有 ${broken} 处字节不是 ${encodingNames[encoding]} 的字，文件可能没有传完或者已经损坏。请在 Excel 或 WPS 中打开核对，另存为 .xlsx 后再导入。`,
    )
  if (/^\s*\[\s*[{\]]/.test(text))
    throw new UnreadableFile('not-a-list', '这是一个 JSON 数组。请改成每行一个 JSON 对象（JSON Lines）后再导入。')
  if (looksLikeHtml(text) || /^\s*</.test(text))
    throw new UnreadableFile(
      'html',
      '这是网页或者 XML，不是目录表格（有的系统导出的 .xls 其实是网页）。请用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV 后再导入。',
    )
  refuseDamaged(text)
  const vertical = verticalRows(text)
  if (vertical !== null) {
    const [first] = vertical.uneven
    if (first !== undefined) throw new UnreadableFile('not-a-list', `第 ${first} 行起：${unevenSaid}。`)
    return { tables: [{ name: null, rows: vertical.rows }], format: `一格一行的表，${encodingNames[encoding]}` }
  }
  const delimiter = delimiterOf(text)
  const rows = csvRows(text, delimiter)
  return {
    tables: [{ name: null, rows }],
    format: `CSV，${encodingNames[encoding]}，以${delimiterNames[delimiter]}分隔`,
  }
}

const delimiterNames: Record<string, string> = {
  ',': '逗号',
  ';': '分号',
  '\t': '制表符',
  '|': '竖线',
  '，': '全角逗号',
}
/** The one that occurs most outside quotation marks in the first lines and is in every line. */
function delimiterOf(text: string): string {
  const lines = text
    .slice(0, 40_000)
    .replace(/"(?:[^"]|"")*"/g, '""')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 40)
  const score = (sign: string): number => {
    const counts = lines.map((line) => line.split(sign).length - 1).filter((count) => count > 0)
    const usual = counts.sort((a, b) => a - b)[counts.length >> 1] ?? 0
    return counts.length * Math.min(usual, 12)
  }
  const [best = ','] = Object.keys(delimiterNames).sort((a, b) => score(b) - score(a))
  return score(best) === 0 ? ',' : best
}

function csvRows(text: string, delimiter: string): ListTable['rows'] {
  let parsed: Array<{ record: string[]; info: { lines: number } }>
  try {
    parsed = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 1_000_000,
      to: mostRows + 1,
    }) as unknown as typeof parsed
  } catch (error) {
    const line = (error as { lines?: number }).lines
    throw new UnreadableFile(
      'corrupt',
      `CSV ${line === undefined ? '' : `第 ${line} 行`}读不下去：引号没有成对，或者一格过长。请在 Excel 或 WPS 中打开核对，另存为 .xlsx 后再导入。`,
    )
  }
  if (parsed.length > mostRows)
    throw new UnreadableFile('too-large', `表格超过 ${mostRows} 行，没有读入。请分成几份后再导入。`)
  return parsed.map(({ record, info }) => ({
    number: info.lines,
    cells: record.slice(0, 200).map((cell) => cell.trim()),
  }))
}
