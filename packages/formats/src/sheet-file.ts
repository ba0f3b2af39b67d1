// One table as a file for spreadsheets, as a workbook or as CSV: the only place where a list becomes a file.
import { csvOf } from './csv.ts'
import { type WorkbookSheet, xlsxMediaType, xlsxOf } from './xlsx-export/index.ts'

export const tableFormats = ['csv', 'xlsx'] as const
export type TableFormat = (typeof tableFormats)[number]
export const tableMedia: Record<TableFormat, string> = { csv: 'text/csv; charset=utf-8', xlsx: xlsxMediaType }

/** The sheet under its own name with the ending of the format; `name` where the file is called otherwise than the sheet. */
export async function sheetFile(
  sheet: WorkbookSheet,
  format: TableFormat,
  name: string = sheet.name,
): Promise<{ name: string; mediaType: string; bytes: Uint8Array }> {
  const written = (value: string | number | null): string | null => (value === null ? null : String(value))
  const bytes =
    format === 'csv'
      ? new TextEncoder().encode(
          csvOf([sheet.columns.map(({ title }) => title), ...sheet.rows.map((row) => row.map(written))]),
        )
      : await xlsxOf([sheet])
  return { name: `${name}.${format}`, mediaType: tableMedia[format], bytes }
}
