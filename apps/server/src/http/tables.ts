// Lists taken away: the same rows as the page shows, with the same query and the same rights, as CSV or as a workbook.
import { minuteInShanghai } from '@dianzhang/calendar'
import { csvOf, xlsxMediaType, xlsxOf } from '@dianzhang/formats'

type Row = Record<string, unknown>
/** One column: its name, its width in characters, and where its value is (`unit.name`), or how it is written. */
export type Column = readonly [title: string, width: number, value: string | ((row: Row) => unknown)]
export interface Table {
  /** What the list is called; the name of the file and of the sheet. */
  name: string
  columns: readonly Column[]
}
export const tableFormats = ['csv', 'xlsx'] as const
export type TableFormat = (typeof tableFormats)[number]
export const tableMedia: Record<TableFormat, string> = { csv: 'text/csv; charset=utf-8', xlsx: xlsxMediaType }
/** The most rows of one file; beyond, the last row says so. */
export const mostRows = 20_000

const at = (row: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, name) => (typeof value === 'object' && value !== null ? (value as Row)[name] : undefined),
      row,
    )
function written(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map((each) => written(each) ?? '').join('、') || null
  if (typeof value === 'object') return written(at(value, 'name'))
  return String(value)
}
/** An instant as the minute in Beijing that a clerk reads. */
export function minute(instant: unknown): string | null {
  return typeof instant === 'string' ? minuteInShanghai(instant) : null
}

/**
 * The whole list as a file. `page` answers one page for a cursor (undefined: the first): a page of items, or all of them
 * as an array.
 */
export async function tableFile(
  { name, columns }: Table,
  format: TableFormat,
  page: (cursor: string | undefined) => Promise<unknown>,
): Promise<{ name: string; mediaType: string; bytes: Uint8Array }> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const answer = await page(cursor)
    const items = Array.isArray(answer) ? answer : ((at(answer, 'items') ?? []) as Row[])
    rows.push(...items)
    cursor = (Array.isArray(answer) ? undefined : (at(answer, 'nextCursor') as string | null)) ?? undefined
  } while (cursor !== undefined && rows.length < mostRows)
  const cells = rows
    .slice(0, mostRows)
    .map((row) => columns.map(([, , value]) => written(typeof value === 'string' ? at(row, value) : value(row))))
  if (cursor !== undefined || rows.length > mostRows)
    cells.push([`（以下还有，只列前${mostRows}行；请加上条件再取）`, ...columns.slice(1).map(() => null)])
  const bytes =
    format === 'csv'
      ? new TextEncoder().encode(csvOf([columns.map(([title]) => title), ...cells]))
      : await xlsxOf([{ name, columns: columns.map(([title, width]) => ({ title, width })), rows: cells }])
  return { name: `${name}.${format}`, mediaType: tableMedia[format], bytes }
}
