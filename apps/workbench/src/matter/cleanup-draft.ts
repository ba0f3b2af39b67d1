// The opinions of a cleanup before they are saved: what was filled in, what is missing, what is sent; and how it
// compares with what others changed meanwhile.
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
  /** As it looked when it was filled in: what others changed meanwhile is seen by it. */
  seen: Item
}
export type Drafts = Readonly<Record<number, Draft>>

/** Starts from the present opinion. */
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
/** How an item looks once this is saved. */
export const savedAs = ({ outcome, reason, lapseGround, what, due, ifLate, seen }: Draft): Item => ({
  ...seen,
  outcome,
  reason: reason.trim() || null,
  lapseGround: outcome === 'lapse' ? lapseGround || null : null,
  amend: outcome === 'amend' ? { what: what.trim(), due, ifLate: ifLate ? 'lapse' : null } : null,
})
/** No different from the present opinion: nothing to send. */
export const isSame = (draft: Draft, x: Item): boolean => shape(draft) === shape(draftOf(x))
/** Since it was filled in, somebody else gave this item another opinion. */
export const changedMeanwhile = (draft: Draft, now: Item): boolean =>
  (shape(draftOf(draft.seen)) !== shape(draftOf(now)) && !isSame(draft, now)) || (now.gone && !draft.seen.gone)

/** What an item still lacks; empty where nothing does. */
export function lackOf({ outcome, reason, what, due, seen }: Draft): string {
  if (outcome === null) return '请选定清理意见'
  if (outcome === 'amend' && (!what.trim() || !due)) return '需要修改的，写明拟修改的内容与完成时限'
  if (reason.trim()) return ''
  if (outcome !== 'keep') return '除继续有效外，请写明清理理由'
  return seen.flags.length > 0 ? '有疑问而仍继续有效的，请写明理由' : ''
}
/** What is sent for one item. */
export const opinionOf = (n: number, { outcome, reason, lapseGround, what, due, ifLate, seen }: Draft) => ({
  item: n,
  outcome,
  ...(reason.trim() ? { reason: reason.trim() } : {}),
  // The table does not ask for articles; those that were named before stay.
  ...(outcome !== 'keep' && seen.provisions.length > 0 ? { provisions: seen.provisions } : {}),
  ...(outcome === 'lapse' && lapseGround ? { lapseGround } : {}),
  ...(outcome === 'amend' ? { amend: { what: what.trim(), due, ...(ifLate ? { ifLate: 'lapse' } : {}) } } : {}),
})
/** Which outcome was pressed: 1 to 5. */
export const outcomeKey = (key: string): CleanupOutcome | undefined =>
  /^[1-5]$/.test(key) ? cleanupOutcomes[Number(key) - 1] : undefined
/** Census and late finds, equal to the sum of the lists. */
export function sumText({ total, lateFinds, counts, open }: Own): string {
  const parts = cleanupOutcomes.map((key) => `${cleanupOutcomeLabels[key]} ${counts[key]}`)
  return `普查 ${total - lateFinds} ＋ 补充 ${lateFinds} ＝ ${[...parts, ...(open > 0 ? [`未提意见 ${open}`] : [])].join(' ＋ ')} ＝ ${total}`
}

/** What is not saved stays on this machine, and is still there after leaving. */
export interface Kept {
  drafts: Drafts
  /** The reasons for the items not agreed with. */
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
