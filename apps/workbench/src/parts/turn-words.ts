// Whose turn it is, in words: what I must do, whom I wait for, how late.
import type { answers } from '@dianzhang/contract'
import type { Told } from '../types.ts'
import { dateOf, roleName, weekdayOf } from '../words.ts'

export type TurnLine = Told<typeof answers.TurnLine>
export type AheadLine = Told<typeof answers.AheadLine>
type WaitingFor = Told<typeof answers.WaitingFor>
type LastAct = Told<typeof answers.LastAct>

/** “县财政局”, or the role where several units may. */
export const whom = (line: Pick<TurnLine, 'unit' | 'role'>): string => line.unit?.name ?? roleName(line.role)
/** “已逾期19天”, “今日到期”, “9月30日前”; empty without a day. */
export function dueWords(line: { dueOn: string | null; daysLate: number }, today: string): string {
  if (line.dueOn === null) return ''
  if (line.daysLate > 0) return `已逾期${line.daysLate}天`
  if (line.dueOn === today) return '今日到期'
  const [year, month, day] = line.dueOn.split('-').map(Number)
  return `${year === Number(today.slice(0, 4)) ? '' : `${year}年`}${month}月${day}日前`
}
/**
 * How long until `dueOn`, with `remaining` working days after today: “剩3个工作日”, “今日届满”; between today and a day at
 * the weekend there are none. Empty for a day years ahead, which says more than a number of working days.
 */
export const leftWords = (dueOn: string, remaining: number | null, today: string): string =>
  remaining === null || remaining > 250
    ? ''
    : remaining > 0
      ? `剩${remaining}个工作日`
      : dueOn <= today
        ? '今日届满'
        : '今日以后没有工作日'
/** “等县财政局答复征求意见，已逾期19天（另有1个单位）”. */
export function waitingWords(waiting: WaitingFor, today: string): string {
  const due = dueWords(waiting, today)
  return `等${whom(waiting)}${waiting.label}${due ? `，${due}` : `，自${dateOf(waiting.since)}起`}${waiting.others > 0 ? `（另等${waiting.others}个单位）` : ''}`
}
/** The same, with both days where there are two: “等市政府予以备案登记，3月9日前（自2026年3月2日起）”. */
export const waitingSince = (waiting: WaitingFor, today: string): string =>
  `${waitingWords(waiting, today)}${waiting.dueOn === null ? '' : `（自${dateOf(waiting.since)}起）`}`
/** “张三 提请审核”. */
export const lastWords = (last: LastAct): string =>
  `${last.by?.name ?? (last.kind === 'public' ? '社会公众' : '系统')} ${last.label}`
/** “12月3日起，轮到县政府办公室记录审议决定”: what must wait for its day; in the first person where it is mine. */
export function aheadWords(line: AheadLine, today: string): string {
  const [year, month, day] = line.from.split('-').map(Number)
  return `${year === Number(today.slice(0, 4)) ? '' : `${year}年`}${month}月${day}日（星期${weekdayOf(line.from)}）起，轮到${line.mine ? '您' : whom(line)}${line.verb}`
}
/** “接下来：县司法局审核，10月9日前。” Empty when nothing is awaited, today or on a day to come. */
export function nextWords(turns: readonly TurnLine[], ahead: readonly AheadLine[], today: string): string {
  if (turns.length === 0) return ahead[0] ? `接下来：${aheadWords(ahead[0], today)}。` : ''
  const mine = turns.filter((line) => line.mine)
  if (mine.length > 0) return `接下来还是您：${mine.map((line) => line.verb).join('、')}。`
  const shown = turns.slice(0, 2).map((line) => {
    const due = dueWords(line, today)
    return `${whom(line)}${line.verb}${due ? `，${due}` : ''}`
  })
  return `接下来：${shown.join('；')}${turns.length > 2 ? ` 等${turns.length}项` : ''}。`
}
