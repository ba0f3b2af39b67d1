// 一次清理的意见在保存以前：填了什么、还差什么、提交成什么；与其间他人所改的对照。
import {
  type answers,
  type CleanupOutcome,
  cleanupOutcomeLabels,
  cleanupOutcomes,
  type LapseGround,
} from '@dianzhang/contract'
import type { Told } from '../types.ts'

export type Own = Told<typeof answers.CleanupFile>
export type Items = Told<typeof answers.CleanupItems>
export type Item = Items['items'][number]

export interface Draft {
  outcome: CleanupOutcome | null
  reason: string
  lapseGround: LapseGround | ''
  what: string
  due: string
  ifLate: boolean
  /** 填写时看到的样子：其间他人改过的，由此看得出。 */
  seen: Item
}
export type Drafts = Readonly<Record<number, Draft>>

/** 从现有的意见填起。 */
export const draftOf = (x: Item): Draft => ({
  outcome: x.outcome,
  reason: x.reason ?? '',
  lapseGround: x.lapseGround ?? '',
  what: x.amend?.what ?? '',
  due: x.amend?.due ?? '',
  ifLate: x.amend?.ifLate === 'lapse',
  seen: x,
})
const shape = ({ outcome, reason, lapseGround, what, due, ifLate }: Draft): string =>
  JSON.stringify([
    outcome,
    reason.trim(),
    outcome === 'lapse' ? lapseGround : '',
    ...(outcome === 'amend' ? [what.trim(), due, ifLate] : []),
  ])
/** 与现有的意见没有不同，无须提交。 */
export const isSame = (draft: Draft, x: Item): boolean => shape(draft) === shape(draftOf(x))
/** 填写以后，他人已把这一项改成别的样子。 */
export const changedMeanwhile = (draft: Draft, now: Item): boolean =>
  (shape(draftOf(draft.seen)) !== shape(draftOf(now)) && !isSame(draft, now)) || (now.gone && !draft.seen.gone)

/** 一项还差什么；没有差的为空。 */
export function lackOf({ outcome, reason, what, due, seen }: Draft): string {
  if (outcome === null) return '请选定清理意见'
  if (outcome === 'amend' && (!what.trim() || !due)) return '需要修改的，写明拟修改的内容与完成时限'
  if (reason.trim()) return ''
  if (outcome !== 'keep') return '除继续有效外，请写明清理理由'
  return seen.flags.length > 0 ? '有疑问而仍继续有效的，请写明理由' : ''
}
/** 一项提交的内容。 */
export const opinionOf = (n: number, { outcome, reason, lapseGround, what, due, ifLate }: Draft) => ({
  item: n,
  outcome,
  ...(reason.trim() ? { reason: reason.trim() } : {}),
  ...(outcome === 'lapse' && lapseGround ? { lapseGround } : {}),
  ...(outcome === 'amend' ? { amend: { what: what.trim(), due, ...(ifLate ? { ifLate: 'lapse' } : {}) } } : {}),
})
/** 按的是哪一个结果：1 至 5。 */
export const outcomeKey = (key: string): CleanupOutcome | undefined =>
  /^[1-5]$/.test(key) ? cleanupOutcomes[Number(key) - 1] : undefined
/** 普查几件、补充几件，等于各栏之和。 */
export function sumText({ total, lateFinds, counts, open }: Own): string {
  const parts = cleanupOutcomes.map((key) => `${cleanupOutcomeLabels[key]} ${counts[key]}`)
  return `普查 ${total - lateFinds} ＋ 补充 ${lateFinds} ＝ ${[...parts, ...(open > 0 ? [`未提意见 ${open}`] : [])].join(' ＋ ')} ＝ ${total}`
}

/** 没有保存的内容放在本机，离开再来还在。 */
export interface Kept {
  drafts: Drafts
  /** 不同意的各项：理由。 */
  differs: Readonly<Record<number, string>>
}
export function kept(key: string): Kept {
  try {
    const text = sessionStorage.getItem(key)
    if (text) return JSON.parse(text) as Kept
  } catch {
    // What cannot be read is as if nothing was kept.
  }
  return { drafts: {}, differs: {} }
}
export function keep(key: string, { drafts, differs }: Kept): void {
  try {
    if (Object.keys(drafts).length + Object.keys(differs).length === 0) sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, JSON.stringify({ drafts, differs }))
  } catch {
    // Too large for the browser's store: the page itself still holds everything.
  }
}
