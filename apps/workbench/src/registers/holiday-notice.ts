// Reads a holiday notice as it is issued (“一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。”) into days.
// What is read is shown on a calendar before it is entered; what does not agree with itself is said.
import { addDays, weekdayOf } from '../words.ts'

export interface NoticeDay {
  date: string
  kind: 'off' | 'work'
  name: string
}
export interface ReadNotice {
  /** Of the year that the notice names, or the one given. */
  year: number | null
  /** “国办发明电〔2026〕1号”, where it is named. */
  source: string | null
  days: NoticeDay[]
  /** What does not agree, or could not be read, in words. */
  doubts: string[]
}
/** Dates are named by day alone where month and year go on: of one date, its parts as far as they stand there. */
const dated = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?|(至|到|—|－|~)/g
/** Where the next holiday begins: on a line of its own, after a full stop, or at “一、元旦：” wherever it stands. */
const itemStart =
  /\n|(?<=[。;])(?=[一二三四五六七八九十]+、)|(?<![一二三四五六七八九十])(?=[一二三四五六七八九十]{1,2}、[^:。,\d]{2,20}:)/
const iso = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
const exists = (date: string): boolean => new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) === date

/** `fallback`: the year where the notice names none. */
export function readNotice(text: string, fallback: number | null = null): ReadNotice {
  const spaced = text.normalize('NFKC')
  const plain = spaced.replace(/[ \t\u3000]/g, '')
  const named = /(\d{4})年[^。\n]{0,20}?(?:节假日|放假|元旦|春节|开斋节|古尔邦节)/.exec(plain)
  const year = named ? Number(named[1]) : fallback
  const source =
    // The title of the notice may stand before it in the same line.
    /\p{Script=Han}{1,20}[〔[(]\d{4}[〕\])]\d+号/u.exec(spaced)?.[0].replace(/^.*(?:根据|按照|以|通知)/u, '') ?? null
  const days = new Map<string, NoticeDay>()
  const doubts: string[] = []
  if (year === null) return { year, source, days: [], doubts: plain ? ['没有读出是哪一年的安排，请先填年份'] : [] }
  for (const item of plain.split(itemStart)) {
    const head = /^(?:[一二三四五六七八九十]+、|\(\d+\)|\d+[.、])?([^:。,]{2,20}?)(?:放假[^:。,]*)?:(.*)$/s.exec(item)
    const local = /(开斋节|古尔邦节)/.exec(item)
    const name = (head?.[1] ?? local?.[1] ?? '').replace(/^\d{4}年/, '')
    if (!/\d日/.test(item)) continue
    if (!name) {
      if (/放假|上班/.test(item)) doubts.push(`“${item.slice(0, 24)}”读不出是哪个节日，没有收进来`)
      continue
    }
    let month = 0
    let at = year
    const off: string[] = []
    // “1月1日至3日，放假调休”: dates without a verb of their own go with the one that follows.
    let waiting: string[] = []
    for (const clause of (head?.[2] ?? item).split(/(?<=[。;,])/)) {
      let from: string | null = null
      let ranging = false
      for (const [, y, m, d, weekday, to] of clause.matchAll(dated)) {
        if (to) {
          ranging = from !== null
          continue
        }
        if (y) at = Number(y)
        if (m) {
          // From December on into January the year goes on as well.
          if (!y && month === 12 && Number(m) === 1) at += 1
          month = Number(m)
        }
        const date = iso(at, month, Number(d))
        if (month === 0 || !exists(date)) {
          doubts.push(`“${name}”里的“${d}日”读不出是哪一天`)
          continue
        }
        const said = /(?:周|星期)([一二三四五六日天])/.exec(weekday ?? '')?.[1]?.replace('天', '日')
        if (said && said !== weekdayOf(date))
          doubts.push(`${date} 是周${weekdayOf(date)}，通知写的是周${said}：请核对年份`)
        if (ranging && from !== null) for (let x = addDays(from, 1); x < date; x = addDays(x, 1)) waiting.push(x)
        waiting.push(date)
        from = date
        ranging = false
      }
      const kind = /上班/.test(clause) ? 'work' : /放假|休息|连休|补休/.test(clause) ? 'off' : null
      if (kind !== null) {
        for (const date of waiting) days.set(date, { date, kind, name })
        if (kind === 'off') off.push(...waiting)
        waiting = []
      }
      const total = /共(\d+)天/.exec(clause)?.[1]
      if (total && off.length > 0 && Number(total) !== off.length)
        doubts.push(`“${name}”写的是共${total}天，读出${off.length}天`)
    }
    if (waiting.length > 0) doubts.push(`“${name}”里的${waiting.join('、')}，没有读出是放假还是上班`)
  }
  if (plain && days.size === 0) doubts.push('没有读出放假或者上班的日子')
  return { year, source, days: [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1)), doubts }
}
