// 导入的文件是不是一份目录：CSV（任何常用编码与分隔符）、XLSX 读成表；别的文件用一句话说明怎么办。
import { DocxError, readXlsx } from '@dianzhang/formats'
import { parse } from 'csv-parse/sync'
import type { ListTable } from './list-records.ts'

/** 目录文件最大的字节数。 */
export const listMaximum = 30 * 1024 * 1024
const mostRows = 100_000

export interface ReadList {
  tables: ListTable[]
  /** 怎样读的，如“CSV，GB18030，以分号分隔”。 */
  format: string
}

const columnsWanted = '文件名称、文号、制定机关、主管单位、清理结果、公布日期、施行日期、有效期至、说明'
/** 认不出表头时的话。 */
export const headWanted = `没有认出表头：目录须有一行列名，至少有“文件名称”，另有文号、单位、清理结果、日期之一。请把列名改为：${columnsWanted}，另存为 CSV 或者 .xlsx 后再导入；登记库的全文导入用每行一个 JSON 的文件。`

const begins = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte)

/** 把一份目录读成表。不是目录的、坏的、过大的，抛出一句话的错误。 */
export async function readList(bytes: Uint8Array): Promise<ReadList> {
  if (bytes.length > listMaximum) throw new Error(`文件超过 ${listMaximum / 1024 / 1024} MB，没有读入：目录请分成几份`)
  if (begins(bytes, 0x50, 0x4b)) {
    try {
      const sheets = await readXlsx(bytes)
      return {
        tables: sheets.map(({ name, rows }) => ({ name, rows })),
        format: `XLSX，${sheets.length} 张工作表`,
      }
    } catch (error) {
      if (error instanceof DocxError) throw new Error(error.message)
      throw error
    }
  }
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new Error(
      '这是旧格式的 .xls（或者设有密码的表格）。请在 Excel 或 WPS 中取消密码，另存为 .xlsx 或 CSV 后再导入。',
    )
  if (begins(bytes, 0x25, 0x50, 0x44, 0x46))
    throw new Error('这是 PDF，不是目录表格。请取得 Excel 表格，或者把表格另存为 CSV 后再导入。')
  const { text, encoding } = decoded(bytes)
  if (/^\s*\[/.test(text)) throw new Error('这是一个 JSON 数组。请改成每行一个 JSON 对象（JSON Lines）后再导入。')
  if (/^\s*</.test(text))
    throw new Error('这是网页或者 XML，不是目录表格。请把表格复制到 Excel，另存为 .xlsx 或 CSV 后再导入。')
  const delimiter = delimiterOf(text)
  const rows = csvRows(text, delimiter)
  return { tables: [{ name: null, rows }], format: `CSV，${encoding}，以${delimiterNames[delimiter]}分隔` }
}

function decoded(bytes: Uint8Array): { text: string; encoding: string } {
  for (const [label, encoding, isIt] of [
    ['utf-16le', 'UTF-16', begins(bytes, 0xff, 0xfe)],
    ['utf-16be', 'UTF-16', begins(bytes, 0xfe, 0xff)],
    ['utf-8', 'UTF-8', true],
    ['gb18030', 'GB18030', true],
  ] as const) {
    if (!isIt) continue
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes)
      if (text.includes('\u0000')) throw new Error('不是文本')
      return { text, encoding }
    } catch {}
  }
  throw new Error(
    '读不出文字：不是 UTF-8、UTF-16、GB18030 编码的文本，也不是 .xlsx。请在 Excel 或 WPS 中另存为 .xlsx 或 CSV 后再导入。',
  )
}

const delimiterNames: Record<string, string> = {
  ',': '逗号',
  ';': '分号',
  '\t': '制表符',
  '|': '竖线',
  '，': '全角逗号',
}
/** 前几行引号之外出现最多、各行都有的一个。 */
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
    throw new Error(
      `CSV ${line === undefined ? '' : `第 ${line} 行`}读不下去：引号没有成对，或者一格过长。请在 Excel 或 WPS 中打开核对，另存为 .xlsx 后再导入。`,
    )
  }
  if (parsed.length > mostRows) throw new Error(`表格超过 ${mostRows} 行，没有读入。请分成几份后再导入。`)
  return parsed.map(({ record, info }) => ({
    number: info.lines,
    cells: record.slice(0, 200).map((cell) => cell.trim()),
  }))
}
