// 效力变动之间的关系：收回、重新生效，以及由文件作出的变动随该文件而立、随该文件而废。纯函数，案卷与登记库共用。
import type { PlainDate } from '@dianzhang/calendar'

/** 收回一项变动，或者撤去先前的收回；都以 `undoes` 指明对象，两项事实都保留在册。 */
const undoingKinds = ['restored', 'reinstated'] as const
type Undoing = (typeof undoingKinds)[number]
const isUndoing = (kind: string): kind is Undoing => (undoingKinds as readonly string[]).includes(kind)

interface Recorded {
  kind: string
  on: PlainDate
  /** 所收回（或者重新生效）的变动的序号，自 1 起；只有 `restored`、`reinstated` 有。 */
  undoes?: number | null | undefined
  /** 停止、恢复执行的只是这些条款。 */
  provisions?: readonly string[] | undefined
}

/**
 * 第 `n` 项（自 1 起）变动现在是否成立：没有被收回，或者收回又被撤去。以最后一次指向它的为准。
 * 收回、重新生效本身不是效力变动，不成立。
 */
export function standsAt(events: readonly Recorded[], n: number): boolean {
  const event = events[n - 1]
  if (!event || isUndoing(event.kind)) return false
  return events.findLast((e) => isUndoing(e.kind) && e.undoes === n)?.kind !== 'restored'
}

/** 现在成立的效力变动，依登记先后；返回原来的对象。 */
export const standingForce = <T extends Recorded>(events: readonly T[]): T[] =>
  events.filter((_, i) => standsAt(events, i + 1))

/** 只及于若干条款的停止、恢复执行：不改变整件文件的效力。 */
export const isByClause = (event: Pick<Recorded, 'provisions'>): boolean => (event.provisions?.length ?? 0) > 0

/** 条款的写法归一：去掉空白，便于比对。 */
export const clauseKey = (clause: string): string => clause.replace(/\s+/gu, '')

/** 某日停止执行的条款，依停止的先后；收回的不算，整件停止执行不在其中。 */
export function suspendedClauses(events: readonly Recorded[], on: PlainDate): string[] {
  const held = new Map<string, string>()
  const come = standingForce(events)
    .filter((e) => isByClause(e) && e.on <= on)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  for (const { kind, provisions = [] } of come)
    for (const clause of provisions)
      if (kind === 'suspended') held.set(clauseKey(clause), clause)
      else held.delete(clauseKey(clause))
  return [...held.values()]
}

/** 恢复执行所针对的停止执行：指名条款的，为最近一次停止其中任一条款的；没有指名的，为整件停止执行。 */
export function suspensionOf<T extends Recorded>(events: readonly T[], provisions: unknown): T | undefined {
  const named = Array.isArray(provisions) ? provisions.map((x) => clauseKey(String(x))) : []
  return events.findLast(
    (e, i) =>
      e.kind === 'suspended' &&
      standsAt(events, i + 1) &&
      (named.length === 0 ? !isByClause(e) : (e.provisions ?? []).some((x) => named.includes(clauseKey(x)))),
  )
}

/** 指名的变动的序号：指向收回、重新生效的，即是它所指的那一项；没有指名的取最近一项可以收回的。 */
export function undoTarget(events: readonly Recorded[], asked: number | null | undefined): number | null {
  if (asked != null) {
    const event = events[asked - 1]
    if (!event) return null
    return isUndoing(event.kind) ? (event.undoes ?? null) : asked
  }
  const latest = events.findLastIndex((_, i) => standsAt(events, i + 1))
  return latest < 0 ? null : latest + 1
}

/** 作出变动的文件：自己的日期与自己的效力变动。 */
export interface Act {
  publishedOn: PlainDate | null
  effectiveDate: PlainDate | null
  /** 有效期最后一日（含）。 */
  validUntil: PlainDate | null
  events: readonly Recorded[]
}

/** 一件文件在某日何以不能使别的文件发生变动；可以的为 null。 */
export type Ineffective =
  | { why: 'annulled' }
  | { why: 'not_yet'; from: PlainDate }
  | { why: 'ended'; from: PlainDate }
  | null

/**
 * 由这件文件作出、自 `on` 起的变动，因该文件自身的效力是否落空。自始无效的一概落空；施行以前、终止以后的落空。
 * 先前已经发生的变动不因该文件后来废止、失效而落空（废止不溯及既往）。日期不明的导入条目不以日期论。
 */
export function ineffectiveOn(act: Act, on: PlainDate): Ineffective {
  const standing = standingForce(act.events)
  if (standing.some((e) => e.kind === 'annulled')) return { why: 'annulled' }
  const from = act.effectiveDate ?? act.publishedOn
  if (from !== null && on < from) return { why: 'not_yet', from }
  const ends = [
    ...standing.filter((e) => e.kind === 'repealed' || e.kind === 'lapsed').map((e) => e.on),
    ...(act.validUntil === null ? [] : [dayAfter(act.validUntil)]),
  ].sort()
  const end = ends[0]
  return end !== undefined && end <= on ? { why: 'ended', from: end } : null
}
const dayAfter = (date: PlainDate): PlainDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)

/** 应当发给所变动的文件的一次收回或者重新生效。 */
export interface Turn {
  /** 变动在该文件上的序号。 */
  event: number
  /** 现在成立的应当收回（true），已经收回的应当重新生效（false）。 */
  takenBack: boolean
}

/**
 * 作出变动的文件自身的效力有了变化：该文件（`names` 为它的标识）在另一件文件上所作的变动、收回，哪些应当收回或者
 * 重新生效。由人依决定办理的收回不在其中：它不随任何文件而变。
 */
export function turnsOn(
  events: ReadonlyArray<Recorded & { byDocument: string | null; follows?: boolean | undefined }>,
  names: readonly string[],
  act: Act,
): Turn[] {
  type Entry = (typeof events)[number]
  const mine = (e: Entry): boolean => e.byDocument !== null && names.includes(e.byDocument)
  // 早先登记的日期早于该文件施行的，不由此翻案。
  const fallen = (on: PlainDate): boolean => {
    const fell = ineffectiveOn(act, on)
    return fell !== null && fell.why !== 'not_yet'
  }
  return events.flatMap((event, i): Turn[] => {
    const n = i + 1
    if (isUndoing(event.kind)) return []
    // 最近一次由人作出的：变动本身，或者其后的收回。它若由该文件作出，就随该文件而立、随该文件而废。
    const made = events.findLast((e) => isUndoing(e.kind) && e.undoes === n && !e.follows) ?? event
    if (!mine(made)) return []
    const stood = made === event || made.kind === 'reinstated'
    const stands = standsAt(events, n)
    return stands !== (fallen(made.on) ? !stood : stood) ? [{ event: n, takenBack: stands }] : []
  })
}

/** 效力状态的代码，与案卷“效力”一区的各状态相同。 */
export type ForceState = 'pending' | 'in_force' | 'amended' | 'suspended' | 'expired' | 'repealed' | 'annulled'

/**
 * 由成立的变动推得某日的效力状态。有效期届满不在此推断：届满由到期作业宣布失效。
 */
export function forceStateOn(events: readonly Recorded[], effectiveDate: PlainDate, on: PlainDate): ForceState {
  const standing = standingForce(events)
  if (standing.some((e) => e.kind === 'annulled')) return 'annulled'
  const come = standing.filter((e) => e.on <= on)
  const [end] = come
    .filter((e) => e.kind === 'repealed' || e.kind === 'lapsed')
    .toSorted((a, b) =>
      a.on === b.on ? Number(a.kind === 'lapsed') - Number(b.kind === 'lapsed') : a.on < b.on ? -1 : 1,
    )
  if (end) return end.kind === 'repealed' ? 'repealed' : 'expired'
  if (effectiveDate > on) return 'pending'
  const held = come
    .filter((e) => (e.kind === 'suspended' || e.kind === 'resumed') && !isByClause(e))
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
    .at(-1)
  if (held?.kind === 'suspended') return 'suspended'
  return come.some((e) => e.kind === 'amended') ? 'amended' : 'in_force'
}
