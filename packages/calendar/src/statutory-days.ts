// Holidays for all citizens: laid down directly by 《全国年节及纪念日放假办法》, without waiting for the yearly notice of the
// General Office of the State Council; the notice only arranges shifted working days and days in lieu. Each revision
// has its year of taking effect, and the one in force in the year asked about applies. Dates of lunar festivals and
// “清明” come from festival-table.ts.
import { festivalTable } from './festival-table.ts'
import { addDays, type PlainDate } from './plain-date.ts'

export interface StatutoryDay {
  date: PlainDate
  /** “元旦”, “春节”, “清明节”, “劳动节”, “端午节”, “中秋节”, “国庆节”; two on the same day are joined by “、”. */
  name: string
  /** The provision that makes it a holiday. */
  source: string
}
/** Dates of lunar festivals are computed up to this year; after it only the Gregorian holidays are known. */
export const lastFestivalYear = Math.max(...Object.keys(festivalTable).map(Number))

interface Edition {
  from: number
  source: string
  /** “春节”: which days counted from the first day of the first lunar month (0 is that day, -1 is “除夕”). */
  spring: number[]
  labour: number
  /** “清明”, “端午” and “中秋” are each a holiday of one day. */
  traditional: boolean
}
const law = '全国年节及纪念日放假办法'
/** Newest first. */
const editions: Edition[] = [
  { from: 2025, source: `${law}（2024年修订）第二条`, spring: [-1, 0, 1, 2], labour: 2, traditional: true },
  { from: 2014, source: `${law}（2013年修订）第二条`, spring: [0, 1, 2], labour: 1, traditional: true },
  { from: 2008, source: `${law}（2007年修订）第二条`, spring: [-1, 0, 1], labour: 1, traditional: true },
  { from: 2000, source: `${law}（1999年修订）第二条`, spring: [0, 1, 2], labour: 3, traditional: false },
]

/**
 * Statutory holidays of a year (those for all citizens), in order of date; only the days laid down in the act, no
 * shifted working days or days in lieu. Before 2000 there are no data and the list is empty; after `lastFestivalYear`
 * only “元旦”, “劳动节” and “国庆节”.
 */
export function statutoryDays(year: number): StatutoryDay[] {
  const edition = editions.find((e) => year >= e.from)
  if (!edition) return []
  const names = new Map<PlainDate, string>()
  const add = (date: PlainDate, name: string) => {
    const other = names.get(date)
    names.set(date, other === undefined ? name : `${other}、${name}`)
  }
  const run = (first: PlainDate, days: number, name: string) => {
    for (let i = 0; i < days; i += 1) add(addDays(first, i), name)
  }
  add(`${year}-01-01`, '元旦')
  run(`${year}-05-01`, edition.labour, '劳动节')
  run(`${year}-10-01`, 3, '国庆节')
  const [spring, qingming, dragonBoat, midAutumn] = festivalsOf(year)
  if (spring) for (const offset of edition.spring) add(addDays(spring, offset), '春节')
  if (edition.traditional) {
    if (qingming) add(qingming, '清明节')
    if (dragonBoat) add(dragonBoat, '端午节')
    if (midAutumn) add(midAutumn, '中秋节')
  }
  return [...names]
    .map(([date, name]) => ({ date, name, source: edition.source }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** Dates of “春节”, “清明”, “端午” and “中秋”; empty outside the table. */
function festivalsOf(year: number): PlainDate[] {
  return (festivalTable[year] ?? '')
    .split(' ')
    .filter((day) => day !== '')
    .map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`)
}
