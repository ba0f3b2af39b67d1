// CSV that spreadsheets open directly: UTF-8 with BOM, CRLF, and nothing in it that they would run.

/** What spreadsheets take for a formula, also behind blanks and in the width that Chinese input methods write. */
const formula = /^[\s\u3000]*[=+\-@＝＋－＠]/u

/** One cell: empty for no value; a leading sign gets an apostrophe, which spreadsheets show as text. */
function cell(value: string | null): string {
  const text = value ?? ''
  const safe = formula.test(text) || /^[\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** One row of values (null for none) with the end of its line: for files too long to be held at once, which begin with U+FEFF. */
export const csvLine = (row: ReadonlyArray<string | null>): string => `${row.map(cell).join(',')}\r\n`

/** Rows of values (null for none), the names of the columns first. */
export const csvOf = (rows: ReadonlyArray<ReadonlyArray<string | null>>): string =>
  `\ufeff${rows.map(csvLine).join('')}`
