// A day as people write it, read without guessing.

const notations = /^(\d{4})(?:-|－|\/|\.|年)(\d{1,2})(?:-|－|\/|\.|月)(\d{1,2})日?$|^(\d{4})(\d{2})(\d{2})$/

/** The day as `YYYY-MM-DD`; null of what is no day, as 2027年2月30日 is none. */
export function writtenDay(text: string): string | null {
  const [, year, month, day, y, m, d] = notations.exec(text.normalize('NFKC').replace(/\s/g, '')) ?? []
  const [full, mm, dd] = [year ?? y, month ?? m, day ?? d]
  if (full === undefined || mm === undefined || dd === undefined) return null
  const written = `${full}-${mm.padStart(2, '0')}-${dd.padStart(2, '0')}`
  const real = new Date(`${written}T00:00:00Z`)
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(written) ? written : null
}
/** True where more digits cannot follow: 2026-12-1 may be the beginning of 2026-12-15. */
export const isWholeDay = (text: string): boolean =>
  /\d{8}$|\D\d\d$|日$/.test(text.normalize('NFKC').replace(/\s/g, ''))
