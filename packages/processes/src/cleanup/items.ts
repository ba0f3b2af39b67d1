// 目录的一件，及各栏的算术：结果只由普查、补报与各次意见得出，不另行填写，因此总能加总。
import type { CleanupFlag, CleanupOutcome, LapseGround } from '@dianzhang/contract'
import type { CleanupCounts } from './dossier.ts'

export const outcomes = ['keep', 'amend', 'repeal', 'lapse', 'already_gone'] as const satisfies CleanupOutcome[]

export interface CleanupOpinion {
  outcome: CleanupOutcome
  reason: string | null
  provisions: string[]
  lapseGround: LapseGround | null
  amend: { what: string; due: string | null; ifLate: 'lapse' | null } | null
  by: string | null
  unit: string | null
  on: string
  /** 先后；合法性核对须在其后。 */
  seq: number
}
export interface CleanupItem {
  /** 目录中的序号，自 1 起。 */
  n: number
  title: string
  number: string | null
  /** 登记库条目；登记库没有的为空。 */
  entry: string | null
  /** 在本系统办理的案卷；导入的、登记库没有的为空。 */
  matter: string | null
  issuers: string[]
  /** 责任单位的代码；名册中没有的为空，名称照录。 */
  unit: string | null
  unitName: string | null
  publishedOn: string | null
  effectiveDate: string | null
  validUntil: string | null
  /** 普查时的效力，及自何日起。 */
  status: string
  statusOn: string | null
  origin: 'register' | 'list' | 'late' | 'added'
  /** 为何列入（补报的为何遗漏）。 */
  included: string
  opinion: CleanupOpinion | null
  check: { agrees: boolean; reason: string | null; by: string | null; on: string; seq: number } | null
  /** 决定时的结果；决定以前为空。 */
  final: { outcome: CleanupOutcome; reason: string | null } | null
  /** 现在的效力（决定以前读入），及自何日起。 */
  now: { status: string; on: string | null } | null
  /** 决定以后才发现的，不入本次的目录。 */
  afterDecision: boolean
  flags: CleanupFlag[]
}

const gone = new Set(['repealed', 'expired', 'annulled'])
/** 已经废止、失效、撤销。 */
export const isGone = (status: string | null | undefined): boolean => gone.has(status ?? '')
/** 普查时就已不在的，或者普查以后由别的决定废止、失效的：不论意见，归入“清理时已废止、失效”。 */
export const goneMeanwhile = (x: Pick<CleanupItem, 'status' | 'now'>): boolean =>
  isGone(x.status) || isGone(x.now?.status)

/** 一件的结果；还没有意见的为 null。 */
export const outcomeOf = (x: CleanupItem): CleanupOutcome | null =>
  x.final?.outcome ?? (goneMeanwhile(x) ? 'already_gone' : (x.opinion?.outcome ?? null))
const goneWords: Record<string, string> = { repealed: '已经废止', expired: '已经失效', annulled: '已经撤销' }
/** 一件的理由；由系统归入“已废止、失效”的，写明自何日起。 */
export function reasonOf(x: CleanupItem): string | null {
  if (x.final) return x.final.reason
  const own = x.opinion?.reason ?? null
  if (!goneMeanwhile(x)) return own
  if (x.opinion?.outcome === 'already_gone' && own) return own
  const at = isGone(x.status)
    ? { status: x.status, on: x.statusOn }
    : { status: x.now?.status ?? '', on: x.now?.on ?? null }
  return `${at.on ? `自${at.on}起` : ''}${goneWords[at.status] ?? '已经不再有效'}`
}
/** 现有意见以后经过合法性核对；由系统归入的无须核对。 */
export const isChecked = (x: CleanupItem): boolean =>
  goneMeanwhile(x) || (x.check !== null && x.opinion !== null && x.check.seq > x.opinion.seq)
/** 只对拟继续有效（或者还没有意见）的提问：其余的结果已经回答了它。 */
export const contradictions = (x: CleanupItem): CleanupFlag[] => {
  const outcome = outcomeOf(x)
  return outcome === null || outcome === 'keep' ? x.flags : []
}

export const noCounts: CleanupCounts = { keep: 0, amend: 0, repeal: 0, lapse: 0, already_gone: 0 }
export interface CleanupTally {
  /** 普查的件数，补充的件数。 */
  census: number
  late: number
  counts: CleanupCounts
  /** 还没有意见的。 */
  open: CleanupItem[]
}
/** 普查 N 件、补充 M 件、各栏几件；不论先后，各栏与未答的之和恒为 N + M。 */
export function tallyOf(items: readonly CleanupItem[]): CleanupTally {
  const counts = { ...noCounts }
  const open: CleanupItem[] = []
  const counted = items.filter((x) => !x.afterDecision)
  for (const x of counted) {
    const outcome = outcomeOf(x)
    if (outcome === null) open.push(x)
    else counts[outcome]++
  }
  const late = counted.filter((x) => x.origin === 'late' || x.origin === 'added').length
  return { census: counted.length - late, late, counts, open }
}
export const sumOf = (counts: CleanupCounts): number => outcomes.reduce((n, key) => n + counts[key], 0)

/** 各栏，依栏目的次序；一件入且只入一栏，没有一栏收它的另成一栏（不会悄悄少掉）。 */
export function listsOf(
  items: readonly CleanupItem[],
  sections: ReadonlyArray<{ label: string; outcomes: readonly CleanupOutcome[] }>,
): Array<{ label: string; outcomes: readonly CleanupOutcome[]; items: CleanupItem[] }> {
  const taken = new Set<CleanupOutcome>()
  const own = sections.map((section) => {
    const here = section.outcomes.filter((x) => !taken.has(x))
    for (const x of here) taken.add(x)
    return { label: section.label, outcomes: here }
  })
  const rest = outcomes.filter((x) => !taken.has(x))
  const counted = items.filter((x) => !x.afterDecision).toSorted((a, b) => a.n - b.n)
  return [...own, ...(rest.length > 0 ? [{ label: '其他', outcomes: rest }] : [])]
    .map((section) => ({
      ...section,
      items: counted.filter((x) => {
        const outcome = outcomeOf(x)
        return outcome !== null && section.outcomes.includes(outcome)
      }),
    }))
    .filter((section, i) => i < own.length || section.items.length > 0)
}
