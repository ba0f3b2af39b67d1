// A holiday notice belongs to its year: days of the neighbouring months alone may lie outside of it.
interface Notice {
  year: number
  days: ReadonlyArray<{ date: string }>
}
/** The first day that is not of this notice's year, as a field fault; null: none. */
export function dayOutsideYear({ year, days }: Notice): [path: string, message: string] | null {
  const n = days.findIndex((d) => d.date < `${year - 1}-12-01` || d.date > `${year + 1}-01-31`)
  return n < 0 ? null : [`days.${n}.date`, `日期${days[n]?.date}不属于${year}年的安排`]
}

/** Under which name the clocks are computed anew for a notice. */
export const noticeName = (id: string): string => `notice:${id}`
