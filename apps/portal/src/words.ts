// Writes dates, instants and sizes in Chinese for people to read. Instants are always Beijing time.
import { daysBetween, describeDay, type PlainDate } from '@dianzhang/calendar'

/** 「2026年3月1日」 */
export const dateWords = (date: PlainDate): string =>
  `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`

/** Instant with offset → “2026年3月1日 09:30:05” (Beijing time). China has been at +08:00 all year since 1992. */
export function instantWords(instant: string): string {
  const local = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString()
  return `${dateWords(local.slice(0, 10))} ${local.slice(11, 19)}`
}

/** The same, down to the minute: “2026年11月18日 09:00”. */
export const minuteWords = (instant: string): string => instantWords(instant).slice(0, -3)

/** The same instant, written as ISO 8601 with +08:00. */
export const beijingIso = (instant: string): string =>
  `${new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

/** The closing day (inclusive) → “2026年10月27日（星期二）24:00 截止（北京时间）”. */
export const closingWords = (closesOn: PlainDate): string => `${describeDay(closesOn)}24:00 截止（北京时间）`

/** Days left until closing: “今天截止”, “还有 12 天”. */
export function remainingWords(today: PlainDate, closesOn: PlainDate): string {
  const days = daysBetween(today, closesOn)
  return days <= 0 ? '今天截止' : days === 1 ? '明天截止' : `还有 ${days} 天`
}

/** Number of bytes → “12 KB”. */
export function sizeWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Until when the feedback of a consultation is due; overdue is said as plainly as a countdown. */
export function termWords({ due, overdue }: { due: PlainDate; overdue: boolean }, today: PlainDate): string {
  const days = daysBetween(today, due)
  return overdue
    ? `采纳情况应当在${dateWords(due)}以前公布，已经逾期 ${-days} 天。`
    : days === 0
      ? `采纳情况至迟今日（${dateWords(due)}）公布。`
      : `采纳情况至迟${dateWords(due)}公布，还有 ${days} 天。`
}
