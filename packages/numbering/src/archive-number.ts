// The number of a file in the archive (“档号”), by the template of the pack, e.g. `{fonds}-WS·{yyyy}-{retention}-{seq:04d}` →
// `Z001-WS·2026-D30-0001`.

export interface ArchiveNumberValues {
  /** The code of the fonds (“全宗号”); empty where none is registered: the part is left out, with the hyphen after it. */
  fonds: string
  year: number
  /** The code of the retention, e.g. `D30`. */
  retention: string
}
const field = /\{(fonds|yyyy|retention)\}(-?)/g
const serial = /\{seq(?::0?(\d{1,2})d)?\}/

/** What stands before and after the serial number, and how wide that is. */
function around(template: string, { fonds, year, retention }: ArchiveNumberValues) {
  const values: Record<string, string> = { fonds, yyyy: String(year), retention }
  const filled = template.replace(field, (_all, name: string, hyphen: string) =>
    values[name] ? `${values[name]}${hyphen}` : '',
  )
  const found = serial.exec(filled)
  return {
    before: found ? filled.slice(0, found.index) : `${filled}-`,
    after: found ? filled.slice(found.index + found[0].length) : '',
    width: Number(found?.[1] ?? 1),
  }
}
/** The number with this serial; a template without a serial has it at its end. */
export function formatArchiveNumber(template: string, values: ArchiveNumberValues, seq: number): string {
  const { before, after, width } = around(template, values)
  return `${before}${String(seq).padStart(width, '0')}${after}`
}
/** What all numbers of this year and retention begin with, as {@link archiveNumberKey} writes it. */
export const archiveNumberSeries = (template: string, values: ArchiveNumberValues): string =>
  archiveNumberKey(around(template, values).before)
/** The serial of a number of that series; null where it is of another. */
export function archiveNumberSerial(series: string, key: string): number | null {
  if (!key.startsWith(series)) return null
  const [digits] = /^\d{1,9}/.exec(key.slice(series.length)) ?? []
  return digits === undefined ? null : Number(digits)
}
/**
 * One number however it is typed: full or half width, letters of either case, any hyphen, any middle dot, blanks between.
 * Two files of one archive may not have the same key.
 */
export const archiveNumberKey = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff]+/gu, '')
    .replace(/[‐‑‒–—―−﹣]/gu, '-')
    .replace(/[·•・∙⋅‧･]/gu, '·')
    .toUpperCase()

/** Years of a retention such as `30年` or `定期10年`; null where it is kept for good, or no number stands in it. */
export function retentionYears(retention: string): number | null {
  const [, years] = /(\d{1,3})\s*年/.exec(retention.normalize('NFKC')) ?? []
  return years === undefined || /永久/.test(retention) ? null : Number(years)
}
