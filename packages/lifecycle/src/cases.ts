// 情形：同一命令通往不同去处时，由载荷或案卷中的哪些事实区分。只用数据，不写函数，便于读回与画图。
import type { Track } from '@dianzhang/contract'
import {
  type Dossier,
  type ForceEvent,
  type ForceState,
  forceApplied,
  forceStateOn,
  headText,
  isWithheld,
  sameText,
  standingForce,
  standsAt,
  undoTarget,
} from '@dianzhang/rules'
import type { LifecycleEvent, Resolved } from './events.ts'

export interface Case {
  /** 载荷中的结论（审核意见、审议决定、办公机构审核等）。 */
  outcome?: string | string[]
  /** 是否实质性修改。 */
  substantive?: boolean
  /** 备案轨道（载荷）。 */
  track?: Track
  /** 所载效力变动的日期是否已到。 */
  reached?: boolean
  /** 送审材料是否已受理（案卷）。 */
  accepted?: boolean
  /** 是否已经审议通过、回来确认修改（案卷）。 */
  decided?: boolean
  /** 因何阶段退回而在起草阶段（案卷）。 */
  returnedFrom?: string
  /** 本次签署之后是否全部签署。 */
  lastSignature?: boolean
  /** 已有有效编号（案卷）。 */
  numbered?: boolean
  /** 施行日期是否已到（案卷）。 */
  inEffect?: boolean
  /** 已到期而尚未体现的效力变动（案卷）。 */
  dueForce?: ForceEvent['kind'] | 'none'
  /** 收回（或者撤去收回）所指的变动以后，处于何种效力状态。 */
  restoredTo?: ForceState
  /** 已经修改过（施行之前修改的，施行时即为已修改）。 */
  amended?: boolean
  governmentTrack?: boolean
  npcTrack?: boolean
}
/** 只取决于案卷、列示时即可判断的情形。 */
const dossierKeys = new Set<keyof Case>([
  'accepted',
  'decided',
  'returnedFrom',
  'numbered',
  'inEffect',
  'dueForce',
  'amended',
  'governmentTrack',
  'npcTrack',
])

/** 签署后的更正是否为实质性修改：由文字推算，办理人声明只可以从严。 */
export const substantiveCorrection = (declared: unknown, resolved: Resolved): boolean =>
  declared === true || (resolved.findings?.length ?? 0) > 0

/** 该命令在该案卷上属于何种情形。 */
export function caseOf(d: Dossier, e: LifecycleEvent): Required<{ [K in keyof Case]: unknown }> {
  const p = e.payload
  const today = e.meta.on
  const head = headText(d)
  const signs = e.type === 'Sign' ? (e.meta.resolved.unit ?? null) : null
  const signed = new Set(d.signatures.filter((s) => head && sameText(d, s.textHash, head.hash)).map((s) => s.issuer))
  if (signs) signed.add(signs)
  return {
    outcome: p.outcome,
    substantive:
      e.type === 'RecordDecision'
        ? p.substantive !== false
        : e.type === 'CorrectAfterSigning'
          ? substantiveCorrection(p.substantive, e.meta.resolved)
          : p.substantive,
    track: p.track,
    reached: typeof p.on === 'string' ? p.on <= today : true,
    accepted: d.review?.acceptedAt != null,
    decided: d.decision != null && d.decision.outcome !== 'postponed',
    returnedFrom: d.returnedFrom ?? 'none',
    lastSignature: d.issuers.every((i) => signed.has(i)),
    numbered: d.numbers != null,
    inEffect: d.publication != null && d.publication.effectiveDate <= today && !isWithheld(d),
    dueForce: dueForce(d, today),
    restoredTo: e.type === 'RestoreForce' ? restoredState(d, p.event as number | undefined, today) : 'none',
    amended: standingForce(d.forceEvents).some((f) => f.kind === 'amended' && forceApplied(f)),
    governmentTrack: d.filings.government != null,
    npcTrack: d.filings.npc != null,
  }
}
/** 收回第 `asked` 项（缺省最近一项）以后的效力状态；已经收回的是重新生效以后的。 */
function restoredState(d: Dossier, asked: number | undefined, today: string): ForceState {
  const n = undoTarget(d.forceEvents, asked)
  const kind = n !== null && standsAt(d.forceEvents, n) ? 'restored' : 'reinstated'
  const events = n === null ? d.forceEvents : [...d.forceEvents, { kind, on: today, undoes: n }]
  return forceStateOn(events, d.publication?.effectiveDate ?? today, today)
}
/** 已到期而尚未体现的效力变动中日期最早的一项；同日的依登记先后。收回的不再体现。 */
export const dueForceEvent = (d: Dossier, today: string): ForceEvent | undefined =>
  standingForce(d.forceEvents)
    .filter((f) => !forceApplied(f) && f.on <= today)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))[0]

/** 待体现的效力变动的种类；没有登记而有效期已经届满的视为失效。 */
export function dueForce(d: Dossier, today: string): ForceEvent['kind'] | 'none' {
  const due = dueForceEvent(d, today)
  if (due) return due.kind
  return d.publication?.validUntil != null && d.publication.validUntil < today ? 'lapsed' : 'none'
}
/** 情形是否吻合；`listing` 为真时只比较案卷一侧（载荷未知，视为可能）。 */
export function matches(when: Case | undefined, actual: ReturnType<typeof caseOf>, listing = false): boolean {
  if (!when) return true
  return (Object.entries(when) as Array<[keyof Case, unknown]>).every(([key, wanted]) => {
    if (listing && !dossierKeys.has(key)) return true
    return Array.isArray(wanted) ? wanted.includes(actual[key]) : actual[key] === wanted
  })
}
