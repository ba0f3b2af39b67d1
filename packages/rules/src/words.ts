// 理由文字的公用措辞：期限、日期、单位名称，使每条规则说话一致。
import { describeDay } from '@dianzhang/calendar'
import type { Dossier, Facts, PlainDate } from './facts.ts'

/** 单位全称；单位表中没有的，原样写代码。 */
export const unitName = (f: Facts, unit: string): string => f.external.units[unit]?.name ?? unit

/** 单位全称，顿号连接。 */
export const unitNames = (f: Facts, list: readonly string[]): string => list.map((u) => unitName(f, u)).join('、')

/** 日期带星期：`2026年10月27日（星期二）`。 */
export const day = (date: PlainDate): string => describeDay(date)

/** `第3版`；不是案卷中任何一版时写摘要前八位。 */
export function versionOf(d: Dossier, hash: string | null): string {
  if (hash === null) return '未注明版本的文本'
  const text = d.texts.findLast((t) => t.hash === hash)
  return text ? `第${text.n}版` : `摘要为${hash.slice(0, 8)}…的文本`
}

/** 结论所依的假设：年度放假安排未公布（暂定，公布后重算）或者本地节日未录入；没有时为空。 */
export const assumed = (
  ...answers: Array<{ assumption?: string | undefined; provisional: boolean } | null | undefined>
): string => {
  const found = answers.filter((a) => a?.assumption !== undefined)
  const parts = [...new Set(found.map((a) => a?.assumption))]
  if (parts.length === 0) return ''
  return `（${parts.join('；')}${found.some((a) => a?.provisional) ? '，结论为暂定，公布后重算' : ''}）`
}

/** `甲`、`甲或者乙`、`甲、乙或者丙`。 */
export const either = (list: readonly string[]): string =>
  list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join('、')}或者${list.at(-1)}`

/** a 是否不早于 b（均为带偏移的时刻）。 */
export const atOrAfter = (a: string, b: string): boolean => Date.parse(a) >= Date.parse(b)

/** 去掉空白以后是否有内容。 */
export const filled = (value: unknown): value is string => typeof value === 'string' && value.trim() !== ''
