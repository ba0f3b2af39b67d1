// 全体公民放假的节日：由《全国年节及纪念日放假办法》直接规定，不待国务院办公厅的年度通知；通知只安排调休与补假。
// 逐次修改各有施行年份，按所问之年适用；农历节日与清明的日期取自 festival-table.ts。
import { festivalTable } from './festival-table.ts'
import { addDays, type PlainDate } from './plain-date.ts'

export interface StatutoryDay {
  date: PlainDate
  /** 元旦、春节、清明节、劳动节、端午节、中秋节、国庆节；同日有两个的以顿号相连。 */
  name: string
  /** 据以放假的条款。 */
  source: string
}
/** 农历节日的日期算到这一年为止；此后只有公历节日。 */
export const lastFestivalYear = Math.max(...Object.keys(festivalTable).map(Number))

interface Edition {
  from: number
  source: string
  /** 春节：自正月初一起的第几日（0 为初一，-1 为除夕）。 */
  spring: number[]
  labour: number
  /** 清明、端午、中秋各放假一日。 */
  traditional: boolean
}
const law = '全国年节及纪念日放假办法'
/** 新的在前。 */
const editions: Edition[] = [
  { from: 2025, source: `${law}（2024年修订）第二条`, spring: [-1, 0, 1, 2], labour: 2, traditional: true },
  { from: 2014, source: `${law}（2013年修订）第二条`, spring: [0, 1, 2], labour: 1, traditional: true },
  { from: 2008, source: `${law}（2007年修订）第二条`, spring: [-1, 0, 1], labour: 1, traditional: true },
  { from: 2000, source: `${law}（1999年修订）第二条`, spring: [0, 1, 2], labour: 3, traditional: false },
]

/**
 * 某年的法定节日（全体公民放假的），按日期先后；只含办法规定的各日，不含调休与补假。
 * 2000 年以前没有数据，为空；`lastFestivalYear` 以后只有元旦、劳动节、国庆节。
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

/** 春节、清明、端午、中秋的日期；年表之外为空。 */
function festivalsOf(year: number): PlainDate[] {
  return (festivalTable[year] ?? '')
    .split(' ')
    .filter((day) => day !== '')
    .map((day) => `${year}-${day.slice(0, 2)}-${day.slice(2)}`)
}
