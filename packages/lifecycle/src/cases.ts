// 一条命令遇到的是何种情形：由载荷与案卷推算。
import {
  type Dossier,
  type ForceEvent,
  type ForceState,
  forceApplied,
  forceStateOn,
  headText,
  isByClause,
  isWithheld,
  sameText,
  standingForce,
  standsAt,
  undoTarget,
} from '@dianzhang/rules'
import type { Case } from './case.ts'
import type { Resolved } from './events.ts'
import type { LifecycleEvent } from './shape.ts'

/** 只取决于案卷、列示时即可判断的情形。 */
export const casesOfDossier: ReadonlySet<keyof Case> = new Set([
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

/** 各种情形怎样说，用在流程图的箭头上。 */
export const caseLabels: Record<keyof Case, string> = {
  outcome: '结论',
  substantive: '实质性修改',
  track: '轨道',
  reached: '日期已到',
  accepted: '已受理',
  decided: '已有审议决定',
  returnedFrom: '退回自',
  lastSignature: '各制定机关都已签署',
  numbered: '已有编号',
  inEffect: '已到施行日',
  dueForce: '到期的效力变动',
  byClause: '只涉及若干条款',
  restoredTo: '收回以后的效力',
  amended: '已经修改过',
  governmentTrack: '须报上级政府',
  npcTrack: '须报人大',
}

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
    byClause: isByClause({ provisions: p.provisions as string[] | undefined }),
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
export function dueForce(d: Dossier, today: string): ForceEvent['kind'] | 'clauses' | 'none' {
  const due = dueForceEvent(d, today)
  if (due) return isByClause(due) ? 'clauses' : due.kind
  return d.publication?.validUntil != null && d.publication.validUntil < today ? 'lapsed' : 'none'
}
