// Lists taken away: the same rows as the page shows, with the same query and the same rights, as CSV or as a workbook.
import { minuteInShanghai } from '@dianzhang/calendar'
import { sheetFile, type TableFormat } from '@dianzhang/formats'

type Row = Record<string, unknown>
/**
 * One column: its name, its width in characters, and where its value is (`unit.name`), or how it is written; `{ unit }` is where
 * the id of a unit is, which is written by its name.
 */
export type Column = readonly [title: string, width: number, value: string | { unit: string } | ((row: Row) => unknown)]
export interface Table {
  /** What the list is called; the name of the file and of the sheet. */
  name: string
  columns: readonly Column[]
  /** The rows of one answer, where they are not its `items` or itself an array. */
  rows?: (answer: Row) => Row[]
  /** Where the files are, without the ending, when the list itself ends in a parameter of the address. */
  at?: string
}
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
 * as an array. `units`: names of units by their ids, asked for only where a column needs them.
 */
export async function tableFile(
  { name, columns, rows: rowsOf }: Table,
  format: TableFormat,
  page: (cursor: string | undefined) => Promise<unknown>,
  units: () => Promise<ReadonlyMap<string, string>>,
): Promise<{ name: string; mediaType: string; bytes: Uint8Array }> {
  const rows: Row[] = []
  let cursor: string | undefined
  do {
    const answer = await page(cursor)
    const items = Array.isArray(answer) ? answer : ((at(answer, 'items') ?? []) as Row[])
    rows.push(...(rowsOf ? rowsOf(answer as Row) : items))
    const next = Array.isArray(answer) ? null : (at(answer, 'nextCursor') ?? at(answer, 'next') ?? null)
    cursor = next === null ? undefined : String(next)
  } while (cursor !== undefined && rows.length < mostRows)
  const names = columns.some(([, , value]) => typeof value === 'object') ? await units() : new Map<string, string>()
  const told = (row: Row, value: Column[2]): unknown => {
    if (typeof value === 'function') return value(row)
    if (typeof value === 'string') return at(row, value)
    const id = at(row, value.unit)
    return names.get(String(id)) ?? id
  }
  const cells = rows.slice(0, mostRows).map((row) => columns.map(([, , value]) => written(told(row, value))))
  if (cursor !== undefined || rows.length > mostRows)
    cells.push([`（以下还有，只列前${mostRows}行；请加上条件再取）`, ...columns.slice(1).map(() => null)])
  return sheetFile({ name, columns: columns.map(([title, width]) => ({ title, width })), rows: cells }, format)
}
