// A table as a workbook. Words go in as text: a spreadsheet runs nothing of it, and numbers of documents stay as written; what is
// given as a number is one.
import writeExcel from 'write-excel-file/universal'

export interface WorkbookSheet {
  name: string
  /** Names of the columns, and how wide they are shown (characters). */
  columns: ReadonlyArray<{ title: string; width: number }>
  rows: ReadonlyArray<ReadonlyArray<string | number | null>>
}
export const xlsxMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
/** Characters that a sheet's name may not have, and its length. */
const sheetName = (name: string): string => name.replace(/[\\/?*[\]:]/gu, ' ').slice(0, 31) || '表'

/** Sheets with a head row that stays in sight. What is null stays empty. */
export async function xlsxOf(sheets: readonly WorkbookSheet[]): Promise<Uint8Array> {
  const blob = await writeExcel(
    sheets.map(({ name, columns, rows }) => ({
      sheet: sheetName(name),
      stickyRowsCount: 1,
      columns: columns.map(({ width }) => ({ width })),
      data: [
        columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' as const, wrap: true })),
        ...rows.map((row) =>
          row.map((value) =>
            value === null || value === ''
              ? null
              : typeof value === 'number'
                ? { value, type: Number }
                : { value, type: String, wrap: true },
          ),
        ),
      ],
    })),
  ).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}
