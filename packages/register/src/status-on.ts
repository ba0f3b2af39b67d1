// Status of force on a day: a function of dates and events of force, never entered as a fact. Repeal does not reach
// back; annulment makes void from the beginning (rules.md 6.3). Searching the register filters in SQL by the same
// rules (status-sql.ts); tests compare the two case by case.
import { addDays, compareDates, type PlainDate } from '@dianzhang/calendar'
import { type ForceStatus, forceLabels } from '@dianzhang/contract'
import { isByClause, standingForce, standsAt, suspendedClauses } from '@dianzhang/rules'

/** Status of force in the public register: for imported entries it may be impossible to know. */
export type PublicStatus = ForceStatus | 'unknown'
export const publicStatusLabels: Record<PublicStatus, string> = { ...forceLabels, unknown: '效力未核实' }
export const publicStatuses = Object.keys(publicStatusLabels) as [PublicStatus, ...PublicStatus[]]

/**
 * Where a status comes from: computed from this register's dates and events, stated by the source, or not stated by
 * the source.
 */
export type StatusSource = 'computed' | 'stated_by_source' | 'not_stated'
const statusSourceLabels: Record<StatusSource, string> = {
  computed: '按日期与效力事件计算',
  stated_by_source: '来源自述，未经本机关核实',
  not_stated: '来源未载明',
}

export type ForceEventKind =
  | 'amended'
  | 'repealed'
  | 'annulled'
  | 'lapsed'
  | 'suspended'
  | 'resumed'
  | 'restored'
  | 'reinstated'
/**
 * An event of force; `on` is the calendar day from which it takes effect; for annulment and withdrawal, the day of
 * the decision.
 */
export interface RegisterForceEvent {
  kind: string
  on: PlainDate
  reason: string
  byDocument: string | null
  /** A decision made not by a document but by a meeting or the like. */
  decision?: RegisterDecision | null
  /** Which event is withdrawn (or revived), counted from 1. */
  undoes?: number | undefined
  /** Done by the system: the document it rested on fell away or regained force. */
  follows?: boolean | undefined
  /** Only these provisions are suspended or resumed. */
  provisions?: string[] | undefined
}
export interface RegisterDecision {
  body: string
  number?: string | undefined
  date: PlainDate
}

/** Everything needed to compute the status. All dates are calendar days in Beijing time. */
export interface StatusFacts {
  origin: string
  publishedOn: PlainDate | null
  effectiveDate: PlainDate | null
  /** Last day of validity (inclusive). */
  validUntil: PlainDate | null
  forceEvents: readonly RegisterForceEvent[]
  /** The status the source claimed at import. */
  sourceStatus: string | null
  /** The day of import: what the source states only describes that day. */
  recordedOn: PlainDate
}

/** Codes of validity in GB/T 47229.2 (standards.md 3.6); suspended and annulled have no code, a note is added. */
export interface ValidityCode {
  code: '01' | '02' | '03' | '04' | '05' | null
  text: string | null
  note: string | null
}

export interface StatusAnswer {
  /** The calendar day asked about. */
  on: PlainDate
  status: PublicStatus
  label: string
  source: StatusSource
  sourceLabel: string
  /** One sentence, such as “现行有效，自2026年3月1日起施行，至2031年2月28日止”. */
  explanation: string
  /** What the reader must be told: imported, unverified and so on; null if nothing. */
  note: string | null
  since: PlainDate | null
  /** Last day of this status (inclusive); null when not known or without a term. */
  until: PlainDate | null
  validity: ValidityCode
  /** The provisions suspended while the document as a whole is not. */
  suspendedProvisions: string[]
}

/**
 * The wordings of a source's stated status that can be recognised, as common in databases and cleanup lists; anything
 * else counts as not stated. “拟”, “建议” and “需要” only announce an intention: what is to be repealed or amended is
 * still in force until then. Wordings that differ slightly (spaces, punctuation, additions in brackets) are brought
 * to these by {@link knownStatusWord}.
 */
const wordsOfStatus: Partial<Record<ForceStatus, string>> = {
  in_force:
    '有效 现行有效 试行 现行 生效 生效中 执行中 正常 全文有效 仍然有效 继续有效 继续执行 继续施行 继续实施 继续适用 继续保留 保留 予以保留 保留有效 暂时保留 暂予保留 暂保留 暂时有效 拟保留 建议保留 拟继续有效 建议继续有效 修改后继续有效 修订后继续有效 修改后保留 修改后继续执行 修改后有效 修订后有效 经修改继续有效 经修订继续有效 清理后有效 清理后保留 清理后继续有效 有效期内 在有效期内 尚在有效期内 尚在有效期 施行中 实施中 在用 正在修订 正在修改 修订中 修改中 保留并修改 保留修改 修改 修订 需修改 需要修改 需修订 需要修订 应予修改 应当修改 予以修改 拟修改 拟修订 建议修改 建议修订 待修改 待修订 拟废止 建议废止 拟宣布失效 建议宣布失效 拟失效',
  amended:
    '已修改 已被修改 被修改 被修订 被修正 有部分条款失效 部分停止执行 部分条款停止执行 已经修改 已作修改 已修订 已被修订 已修正 部分废止 部分失效 已部分废止 已部分失效 部分条款废止 部分条款失效',
  repealed:
    '已废止或失效 已废止失效 废止或失效 废止失效 失效废止 已失效废止 已废止 废止 予以废止 应予废止 应当废止 决定废止 宣布废止 明令废止 现予废止 全文废止 已被废止 被废止 已经废止 已宣布废止 作废 已作废 宣布作废 予以作废',
  expired:
    '已失效 失效 宣布失效 予以失效 应予失效 已宣布失效 自然失效 自行失效 自动失效 已自然失效 已自行失效 已自动失效 到期失效 期满失效 届满失效 已经失效 全文失效 过期 已过期 到期 已到期 有效期届满 有效期已满 有效期满 已过有效期 已过时效 失去效力 已失去效力 超过有效期 已超过有效期 有效期已过 已超有效期 适用期已过 执行完毕 已执行完毕',
  suspended:
    '停止执行 停止施行 停止实施 停止适用 已停止执行 暂停执行 暂停施行 暂停实施 暂停适用 中止执行 中止施行 暂缓执行',
  annulled: '撤销 已撤销 被撤销 已被撤销 予以撤销',
}
export const statedStatuses: Readonly<Record<string, ForceStatus>> = Object.fromEntries(
  Object.entries(wordsOfStatus).flatMap(([status, words]) =>
    words.split(' ').map((word) => [word, status as ForceStatus]),
  ),
)
const stated = new Map<string, ForceStatus>(Object.entries(statedStatuses))

/**
 * Brings the source's wording to one that can be recognised; null when it cannot. Spaces, punctuation, an addition in
 * brackets at the end, and width do not matter.
 */
export function knownStatusWord(says: string): string | null {
  const plain = (text: string): string => text.normalize('NFKC').replace(/[\s\p{P}\p{S}]+/gu, '')
  const [whole = '', inner] = /[（(［[【]([^）)］\]】]*)[）)］\]】]\s*$/u.exec(says) ?? []
  const outer = whole === '' ? says : says.slice(0, -whole.length)
  for (const form of [says, plain(says)]) if (stated.has(form)) return form
  const [one, other] = [plain(outer), inner === undefined ? '' : plain(inner)]
  if (!stated.has(one)) return null
  // “有效（已修改）” is amended; “有效（已废止）” contradicts itself and decides nothing.
  const added = inner === undefined ? null : (stated.get(other) ?? stated.get(statusWordWithin(other) ?? '') ?? null)
  if (added === null || added === stated.get(one)) return one
  if (stated.get(one) === 'in_force' && added === 'amended') return stated.has(other) ? other : statusWordWithin(other)
  const ended = (status: ForceStatus | undefined | null): boolean => status === 'repealed' || status === 'expired'
  // “有效（2028年到期）” speaks of the term.
  if (stated.get(one) === 'in_force' && /[0-9]{4}年?.{0,8}(?:到期|届满|期满)/u.test(other)) return one
  return (stated.get(one) === 'amended' && added === 'in_force') || (ended(added) && ended(stated.get(one)))
    ? one
    : null
}
/** The word is there, and not its opposite or something else: “不予保留”, “尚未生效”, “部分有效”, “延长有效期”. */
const saysPlainly = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.slice(Math.max(0, at - 2), at)
    if (!/(?:不予?|[未非无]|部分)$/u.test(before) && !(word.endsWith('有效') && text[at + word.length] === '期'))
      return true
  }
  return false
}
/**
 * The status in a title line (such as “二、宣布失效的文件（8件）”): the longest wording in it; null when there is none or more
 * than one status.
 */
export function statusWordWithin(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[\s\p{P}\p{S}]+/gu, '')
  const found = [...stated.keys()].filter((word) => word.length > 1 && saysPlainly(plain, word))
  const widest = found.filter((word) => !found.some((other) => other !== word && other.includes(word)))
  return new Set(widest.map((word) => stated.get(word))).size === 1
    ? (widest.sort((a, b) => b.length - a.length)[0] ?? null)
    : null
}

const validityTable: Record<PublicStatus, ValidityCode> = {
  in_force: { code: '01', text: '有效', note: null },
  pending: { code: '02', text: '尚未施行', note: null },
  amended: { code: '03', text: '已修改', note: null },
  repealed: { code: '04', text: '已废止', note: null },
  expired: { code: '05', text: '已失效', note: null },
  suspended: { code: '01', text: '有效', note: '已决定停止执行，不得按现行有效理解' },
  annulled: { code: '04', text: '已废止', note: '被撤销，自始无效' },
  unknown: { code: null, text: null, note: '时效性未核实' },
}

/** 「2026年3月1日」 */
export const chineseDate = (date: PlainDate): string =>
  `${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8, 10))}日`

interface Ending {
  status: 'repealed' | 'expired'
  /** From this day no longer in force. */
  from: PlainDate
  reason: string
  /** The validity of an imported entry is as stated by the source. */
  stated?: boolean
}

/** The earliest of the endings: repeal, declared lapse, end of validity; on the same day repeal comes first. */
function firstEnding(facts: StatusFacts): Ending | null {
  const endings: Ending[] = []
  for (const event of facts.forceEvents) {
    if (event.kind === 'repealed') endings.push({ status: 'repealed', from: event.on, reason: event.reason })
    if (event.kind === 'lapsed') endings.push({ status: 'expired', from: event.on, reason: event.reason })
  }
  if (facts.validUntil)
    endings.push({ status: 'expired', from: addDays(facts.validUntil, 1), reason: '有效期届满', stated: true })
  endings.sort(
    (a, b) => compareDates(a.from, b.from) || Number(b.status === 'repealed') - Number(a.status === 'repealed'),
  )
  return endings[0] ?? null
}

/**
 * Status of force on a day (`date`, a calendar day), with explanation.
 * Annulment: annulled whichever day is asked about. Repeal, declared lapse, amendment, suspension: from the day they
 * take effect, earlier days unaffected.
 * A withdrawn change never took effect, whichever day is asked about; when the withdrawal is itself undone, the
 * change stands again.
 * On the day `validUntil` it is still in force. Imported entries: events of force registered by the authority itself
 * come first, otherwise only the source is reported, and it is never asserted that the entry is in force.
 */
export function statusOn(recorded: StatusFacts, date: PlainDate): StatusAnswer {
  const standing = standingForce(recorded.forceEvents)
  const found = wholeStatusOn({ ...recorded, forceEvents: standing.filter((event) => !isByClause(event)) }, date)
  const gone = found.status === 'annulled' || found.status === 'repealed' || found.status === 'expired'
  const held = gone ? [] : suspendedClauses(standing, date)
  if (held.length === 0) return found
  return {
    ...found,
    explanation: `${found.explanation}；其中${held.join('、')}停止执行`,
    note: [found.note, `${held.join('、')}停止执行`].filter(Boolean).join('；'),
    suspendedProvisions: held,
  }
}
/** Status of the whole document; `facts` holds only changes that stand and concern the whole. */
function wholeStatusOn(facts: StatusFacts, date: PlainDate): StatusAnswer {
  const by = (kind: ForceEventKind) => facts.forceEvents.filter((event) => event.kind === kind && event.on <= date)
  const annulled = facts.forceEvents.find((event) => event.kind === 'annulled')
  if (annulled) {
    return answer(facts, date, 'annulled', {
      explanation: `已撤销，自始无效（${chineseDate(annulled.on)}决定：${annulled.reason}）`,
      since: facts.effectiveDate,
    })
  }
  const ending = firstEnding(facts)
  if (ending && ending.from <= date) {
    return answer(facts, date, ending.status, {
      explanation: `${publicStatusLabels[ending.status]}，自${chineseDate(ending.from)}起（${ending.reason}）`,
      since: ending.from,
      ...(facts.origin === 'imported' && ending.stated ? { source: 'stated_by_source' as const } : {}),
    })
  }
  const start = facts.effectiveDate ?? (facts.origin === 'imported' ? facts.publishedOn : null)
  const unpublished = facts.publishedOn !== null && date < facts.publishedOn
  if (unpublished || (start !== null && date < start)) {
    const from = start ?? facts.publishedOn
    return answer(facts, date, 'pending', {
      explanation: `尚未施行${unpublished ? '（尚未公布）' : ''}${from ? `，自${chineseDate(from)}起施行` : ''}`,
      until: from ? addDays(from, -1) : null,
    })
  }
  const suspensions = facts.forceEvents
    .filter((event) => (event.kind === 'suspended' || event.kind === 'resumed') && event.on <= date)
    .sort((a, b) => compareDates(a.on, b.on))
  const suspension = suspensions.at(-1)
  if (suspension?.kind === 'suspended') {
    return answer(facts, date, 'suspended', {
      explanation: `停止执行，自${chineseDate(suspension.on)}起（${suspension.reason}）`,
      since: suspension.on,
      until: dayBefore(nextOf(facts, 'resumed', date)),
    })
  }
  const amendment = by('amended')
    .sort((a, b) => compareDates(a.on, b.on))
    .at(-1)
  if (amendment) {
    return answer(facts, date, 'amended', {
      explanation: `已修改，自${chineseDate(amendment.on)}起以修改后的文本为准（${amendment.reason}）`,
      since: amendment.on,
    })
  }
  if (facts.origin === 'imported') return statedAnswer(facts, date)
  if (!facts.effectiveDate) {
    return answer(facts, date, 'unknown', { explanation: '没有施行日期，效力不能确定', source: 'not_stated' })
  }
  const last = earlier(
    ending && addDays(ending.from, -1),
    dayBefore(nextOf(facts, 'suspended', date)),
    dayBefore(nextOf(facts, 'amended', date)),
  )
  return answer(facts, date, 'in_force', {
    explanation: `现行有效，自${chineseDate(facts.effectiveDate)}起施行${last ? `，至${chineseDate(last)}止` : ''}`,
    since: facts.effectiveDate,
    until: last,
  })
}

/**
 * An imported entry without events registered by the authority: reports the source; the source speaks only for the
 * time of import, and earlier dates of repeal or amendment cannot be inferred from it.
 */
function statedAnswer(facts: StatusFacts, date: PlainDate): StatusAnswer {
  const says = facts.sourceStatus
  const status = says === null ? undefined : stated.get(says)
  if (says === null || status === undefined) {
    return answer(facts, date, 'unknown', {
      explanation: says === null ? '来源没有载明效力状态' : `来源载明“${says}”，不能据以确定效力`,
      source: says === null ? 'not_stated' : 'stated_by_source',
    })
  }
  if (status !== 'in_force' && date < facts.recordedOn) {
    return answer(facts, date, 'unknown', {
      explanation: `来源自述“${says}”但没有载明日期，${chineseDate(date)}的效力不能确定`,
      source: 'stated_by_source',
    })
  }
  return answer(facts, date, status, {
    label: `${says}（来源自述）`,
    explanation: `来源自述“${says}”${facts.effectiveDate && status === 'in_force' ? `，自${chineseDate(facts.effectiveDate)}起施行` : ''}`,
    source: 'stated_by_source',
    since: status === 'in_force' ? facts.effectiveDate : null,
  })
}

const importedNote = '本条目由外部来源导入，不是本系统制发；效力状态系来源自述，未经本机关核实，以制定机关公布的为准。'
const importedSilentNote = '本条目由外部来源导入，不是本系统制发；来源没有载明效力状态，未经本机关核实。'
const importedEventNote = '本条目由外部来源导入，不是本系统制发；效力状态按本机关登记的效力事件计算。'
const importedDateNote = '本条目由外部来源导入，不是本系统制发；日期系来源自述，未经本机关核实。'

function answer(
  facts: StatusFacts,
  on: PlainDate,
  status: PublicStatus,
  parts: {
    explanation: string
    label?: string
    source?: StatusSource
    since?: PlainDate | null
    until?: PlainDate | null
  },
): StatusAnswer {
  const imported = facts.origin === 'imported'
  const source = parts.source ?? (imported && status === 'pending' ? 'stated_by_source' : 'computed')
  const note = !imported
    ? null
    : source === 'computed'
      ? importedEventNote
      : status === 'pending' || (parts.since !== undefined && status === 'expired' && parts.label === undefined)
        ? importedDateNote
        : source === 'not_stated'
          ? importedSilentNote
          : importedNote
  return {
    on,
    status,
    label: parts.label ?? publicStatusLabels[status],
    source,
    sourceLabel: statusSourceLabels[source],
    explanation: parts.explanation,
    note,
    since: parts.since ?? null,
    until: parts.until ?? null,
    validity: validityTable[status],
    suspendedProvisions: [],
  }
}

const nextOf = (facts: StatusFacts, kind: ForceEventKind, after: PlainDate): PlainDate | null =>
  facts.forceEvents
    .filter((event) => event.kind === kind && event.on > after)
    .map((event) => event.on)
    .sort()[0] ?? null
const dayBefore = (date: PlainDate | null): PlainDate | null => (date === null ? null : addDays(date, -1))
const earlier = (...dates: Array<PlainDate | null>): PlainDate | null =>
  dates.filter((date) => date !== null).sort()[0] ?? null

export interface TimelineEntry {
  on: PlainDate
  kind: string
  label: string
  detail: string | null
  /** The document that did it. */
  byDocument: string | null
  /** The authority or meeting whose decision did it. */
  decision: RegisterDecision | null
}
const eventLabels: Record<ForceEventKind, string> = {
  amended: '被修改',
  repealed: '被废止',
  annulled: '被撤销（自始无效）',
  lapsed: '宣布失效',
  suspended: '停止执行',
  resumed: '恢复执行',
  restored: '变动收回，自始不发生效力',
  reinstated: '变动重新生效',
}

/** All points since publication, in order of date. */
export function timelineOf(facts: StatusFacts & { adoptionDate: PlainDate | null }): TimelineEntry[] {
  const entries: TimelineEntry[] = []
  const add = (on: PlainDate | null, kind: string, label: string) => {
    if (on) entries.push({ on, kind, label, detail: null, byDocument: null, decision: null })
  }
  add(facts.adoptionDate, 'adopted', '成文')
  add(facts.publishedOn, 'published', '公布')
  add(facts.effectiveDate, 'effective', '施行')
  for (const [i, event] of facts.forceEvents.entries()) {
    const { on, kind, reason, byDocument, decision = null, undoes, provisions = [] } = event
    const clauses = provisions.length > 0 ? `（${provisions.join('、')}）` : ''
    const name = `${eventLabels[kind as ForceEventKind] ?? kind}${clauses}`
    const target = undoes === undefined ? undefined : facts.forceEvents[undoes - 1]
    const label = target
      ? `${kind === 'restored' ? '收回' : '重新生效'}：${chineseDate(target.on)}${eventLabels[target.kind as ForceEventKind] ?? target.kind}`
      : standsAt(facts.forceEvents, i + 1)
        ? name
        : `${name}（其后收回，自始不发生效力）`
    entries.push({ on, kind, label, detail: reason, byDocument, decision })
  }
  const ending = firstEnding({ ...facts, forceEvents: standingForce(facts.forceEvents) })
  if (facts.validUntil && ending?.reason === '有效期届满')
    add(addDays(facts.validUntil, 1), 'expired', '有效期届满，失效')
  return entries.sort((a, b) => compareDates(a.on, b.on))
}

/**
 * Whether a document stands (in force, amended, suspended, not yet in effect) at the end of a day, for many days of many
 * documents: what {@link statusOn} says of it, without the sentences. Null: its status is unknown.
 */
export function standsOn(facts: StatusFacts): (date: PlainDate) => boolean | null {
  const changes = facts.forceEvents.length === 0 ? [] : standingForce(facts.forceEvents).filter((x) => !isByClause(x))
  if (changes.some(({ kind }) => kind === 'annulled')) return () => false
  const first = (...kinds: string[]): PlainDate | null =>
    changes
      .filter(({ kind }) => kinds.includes(kind))
      .reduce<PlainDate | null>((least, { on }) => (least === null || on < least ? on : least), null)
  const ended = first('repealed', 'lapsed')
  const { validUntil } = facts
  const start = facts.effectiveDate ?? (facts.origin === 'imported' ? facts.publishedOn : null)
  const begins = start !== null && (facts.publishedOn === null || facts.publishedOn < start) ? start : facts.publishedOn
  const amended = first('amended')
  const halts = changes.filter(({ kind }) => kind === 'suspended' || kind === 'resumed')
  return (date) => {
    if ((ended !== null && ended <= date) || (validUntil && validUntil < date)) return false
    if (begins !== null && date < begins) return true
    if (amended !== null && amended <= date) return true
    if (halts.length > 0 && isSuspended(halts, date)) return true
    if (facts.origin !== 'imported') return facts.effectiveDate ? true : null
    const status = facts.sourceStatus === null ? undefined : stated.get(facts.sourceStatus)
    if (status === undefined || (status !== 'in_force' && date < facts.recordedOn)) return null
    return status !== 'expired' && status !== 'repealed' && status !== 'annulled'
  }
}
const isSuspended = (halts: readonly RegisterForceEvent[], date: PlainDate): boolean =>
  halts
    .filter(({ on }) => on <= date)
    .sort((a, b) => compareDates(a.on, b.on))
    .at(-1)?.kind === 'suspended'
