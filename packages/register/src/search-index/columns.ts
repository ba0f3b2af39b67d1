// What filters, facets and the order of results ask of an entry, small enough to hold a million in memory. The status of
// force on a day is that of status-on.ts; tests compare the two.
import { addMonths, type PlainDate } from '@dianzhang/calendar'
import type { RegisterFilters } from '../register-filters.ts'
import { type PublicStatus, publicStatuses, type RegisterForceEvent, statedStatuses, statusOn } from '../status-on.ts'

/** Entries to a row of `search_columns`. */
export const chunkSize = 2_048

/**
 * In place of the number of such a row: of which parts a part was merged, and how often each row of theirs had been
 * changed. Who has them in memory need not read the columns of the new one.
 */
export const originRow = -1
export type Origin = Array<[part: number, versions: number[]]>

/** A calendar day as the number yyyymmdd; 0 for none. */
type Day = number
export const dayOf = (date: string | null): Day => (date === null ? 0 : Number(date.replaceAll('-', '')))

/** The row a search index is made of. */
export interface IndexedRow extends Record<string, unknown> {
  jurisdiction_id: string
  id: string
  origin: string
  category: string | null
  issuers: string[]
  published_on: string | null
  effective_date: string | null
  valid_until: string | null
  recorded_on: string
  source_status: string | null
  disclosure: string
  force_events: RegisterForceEvent[]
}
/** One entry as it stands in a row of `search_columns`. */
export type Packed = [
  jurisdiction: string,
  id: string,
  published: Day,
  effective: Day,
  until: Day,
  recorded: Day,
  /** 0 made here, 1 imported. */
  imported: 0 | 1,
  says: string | null,
  category: string | null,
  issuers: string[],
  /** 1 when the public may see it. */
  open: 0 | 1,
  events: RegisterForceEvent[] | 0,
]
export const packed = (row: IndexedRow): Packed => [
  row.jurisdiction_id,
  row.id,
  dayOf(row.published_on),
  dayOf(row.effective_date),
  dayOf(row.valid_until),
  dayOf(row.recorded_on),
  row.origin === 'imported' ? 1 : 0,
  row.source_status,
  row.category,
  row.issuers,
  row.disclosure === 'active' ? 1 : 0,
  row.force_events.length > 0 ? row.force_events : 0,
]

/** A place in the order of results: latest published first, those without a day at the end. */
export interface Place {
  published: Day
  id: string
  jurisdiction: string
}
export function before(a: Place, b: Place): number {
  if (a.published !== b.published) return a.published === 0 ? 1 : b.published === 0 ? -1 : b.published - a.published
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  return a.jurisdiction < b.jurisdiction ? -1 : a.jurisdiction > b.jurisdiction ? 1 : 0
}
export const placeOf = (entry: Packed): Place => ({ published: entry[2], id: entry[1], jurisdiction: entry[0] })
/** What each of `steps` gives until null, each in the order of results, as one in that order. */
export function* inOrder<T extends { place: Place }>(steps: ReadonlyArray<() => T | null>): Generator<T> {
  const heads = steps.flatMap((step) => {
    const head = step()
    return head === null ? [] : [{ head, step }]
  })
  for (;;) {
    let [least] = heads
    if (least === undefined) return
    for (const one of heads) if (before(one.head.place, least.head.place) < 0) least = one
    yield least.head
    const next = least.step()
    if (next === null) heads.splice(heads.indexOf(least), 1)
    else least.head = next
  }
}
/** The entries of a list one after the other, for {@link inOrder}. */
export function stepsOf<L>(
  list: L,
  size: number,
  placeAt: (at: number) => Place,
): () => { list: L; at: number; place: Place } | null {
  let next = 0
  return () => {
    const at = next++
    return at < size ? { list, at, place: placeAt(at) } : null
  }
}

/** Names as small numbers, the same for all parts. */
export class Names {
  readonly #ids = new Map<string, number>()
  readonly names: string[] = []
  id(name: string): number {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    const id = this.names.length
    this.names.push(name)
    this.#ids.set(name, id)
    return id
  }
  known(name: string): number {
    return this.#ids.get(name) ?? -1
  }
}

const codes = Object.fromEntries(publicStatuses.map((status, i) => [status, i])) as Record<PublicStatus, number>
/** For what a source says, the status; as a number. */
const statedCode = (says: string | null): number =>
  codes[(says === null ? undefined : statedStatuses[says]) ?? 'unknown']

/** The columns of so many entries, in the order of results. */
export class Columns {
  readonly size: number
  readonly names: Names
  /**
   * The bytes of the ids one after the other, and where each begins: as strings a million of them would be looked through
   * by every collection of garbage, while a search waits.
   */
  #ids: Buffer
  readonly #idAt: Uint32Array
  readonly jurisdiction: Int32Array
  readonly published: Int32Array
  readonly effective: Int32Array
  readonly until: Int32Array
  readonly recorded: Int32Array
  /** −1: made here; otherwise what the source says. */
  readonly says: Int8Array
  readonly category: Int32Array
  readonly open: Uint8Array
  /** Where the authorities of each begin in `issuer`. */
  readonly #issuerAt: Uint32Array
  #issuer: Int32Array
  #issuers = 0
  #filled = 0
  /** The few with events of force; what their source says stands there too. */
  readonly events = new Map<number, { says: string | null; events: RegisterForceEvent[] }>()
  /** Not for the public. */
  readonly hidden = new Set<number>()

  constructor(size: number, names: Names) {
    this.size = size
    this.names = names
    this.#ids = Buffer.alloc(size * 24)
    this.#idAt = new Uint32Array(size + 1)
    this.jurisdiction = new Int32Array(size)
    this.published = new Int32Array(size)
    this.effective = new Int32Array(size)
    this.until = new Int32Array(size)
    this.recorded = new Int32Array(size)
    this.says = new Int8Array(size)
    this.category = new Int32Array(size)
    this.open = new Uint8Array(size)
    this.#issuerAt = new Uint32Array(size + 1)
    this.#issuer = new Int32Array(size * 2 + 8)
  }
  /** Ordinals come in ascending order, the first time; a later `set` of the same ordinal must have the same id and authorities. */
  set(at: number, entry: Packed): void {
    const [jurisdiction, id, published, effective, until, recorded, imported, says, category, issuers, open, events] =
      entry
    this.jurisdiction[at] = this.names.id(jurisdiction)
    this.published[at] = published
    this.effective[at] = effective
    this.until[at] = until
    this.recorded[at] = recorded
    this.says[at] = imported === 1 ? statedCode(says) : -1
    this.category[at] = category === null ? -1 : this.names.id(category)
    this.open[at] = open
    if (open === 1) this.hidden.delete(at)
    else this.hidden.add(at)
    if (events === 0) this.events.delete(at)
    else this.events.set(at, { says, events })
    if (at < this.#filled) return
    this.#filled = at + 1
    this.#keepId(at, id)
    this.#roomFor(issuers.length)
    for (const name of issuers) this.#issuer[this.#issuers++] = this.names.id(name)
    this.#issuerAt[at + 1] = this.#issuers
  }
  #keepId(at: number, id: string): void {
    const from = this.#idAt[at] as number
    const to = from + Buffer.byteLength(id)
    if (to > this.#ids.length) {
      const larger = Buffer.alloc(this.#ids.length * 2 + to)
      this.#ids.copy(larger, 0, 0, from)
      this.#ids = larger
    }
    this.#ids.write(id, from)
    this.#idAt[at + 1] = to
  }
  /** Sets the next ordinal to what `at` of `other` is, which has the same names. */
  take(to: number, other: Columns, at: number): void {
    this.jurisdiction[to] = other.jurisdiction[at] as number
    this.published[to] = other.published[at] as number
    this.effective[to] = other.effective[at] as number
    this.until[to] = other.until[at] as number
    this.recorded[to] = other.recorded[at] as number
    this.says[to] = other.says[at] as number
    this.category[to] = other.category[at] as number
    this.open[to] = other.open[at] as number
    if (other.hidden.has(at)) this.hidden.add(to)
    const events = other.events.get(at)
    if (events !== undefined) this.events.set(to, events)
    this.#filled = to + 1
    this.#keepId(to, other.#ids.toString('utf8', other.#idAt[at], other.#idAt[at + 1]))
    const [from, end] = [other.#issuerAt[at] as number, other.#issuerAt[at + 1] as number]
    this.#roomFor(end - from)
    for (let i = from; i < end; i += 1) this.#issuer[this.#issuers++] = other.#issuer[i] as number
    this.#issuerAt[to + 1] = this.#issuers
  }
  #roomFor(issuers: number): void {
    if (this.#issuers + issuers <= this.#issuer.length) return
    const larger = new Int32Array(this.#issuer.length * 2 + issuers)
    larger.set(this.#issuer)
    this.#issuer = larger
  }
  /** The ordinals of entries with this id: one in each jurisdiction at most. */
  withId(id: string): number[] {
    const bytes = Buffer.from(id)
    const found: number[] = []
    for (let from = this.#ids.indexOf(bytes); from >= 0; from = this.#ids.indexOf(bytes, from + 1)) {
      const at = beginsAt(this.#idAt, this.#filled, from)
      if (at >= 0 && this.#idAt[at + 1] === from + bytes.length) found.push(at)
    }
    return found
  }
  place(at: number): Place {
    return {
      published: this.published[at] as number,
      id: this.#ids.toString('utf8', this.#idAt[at], this.#idAt[at + 1]),
      jurisdiction: this.names.names[this.jurisdiction[at] as number] as string,
    }
  }
  /** The first ordinal that comes after `place`. */
  after(place: Place): number {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (before(this.place(middle), place) <= 0) low = middle + 1
      else high = middle
    }
    return low
  }
  /** From here on nobody knows when they were published. */
  undated(): number {
    let low = 0
    let high = this.size
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.published[middle] !== 0) low = middle + 1
      else high = middle
    }
    return low
  }
  eachIssuer(at: number, each: (name: number) => void): void {
    for (let i = this.#issuerAt[at] as number; i < (this.#issuerAt[at + 1] as number); i += 1)
      each(this.#issuer[i] as number)
  }
  hasIssuer(at: number, name: number): boolean {
    for (let i = this.#issuerAt[at] as number; i < (this.#issuerAt[at + 1] as number); i += 1)
      if (this.#issuer[i] === name) return true
    return false
  }

  /** The status on a day, as its place in `publicStatuses`. */
  status(at: number, day: Day, on: PlainDate): number {
    const events = this.events.get(at)
    if (events !== undefined) return codes[this.#byEvents(at, events, on)]
    const until = this.until[at] as number
    if (until !== 0 && until < day) return codes.expired
    const says = this.says[at] as number
    const published = this.published[at] as number
    const start = (this.effective[at] as number) || (says >= 0 ? published : 0)
    if ((start !== 0 && day < start) || (published !== 0 && day < published)) return codes.pending
    if (says < 0) return this.effective[at] === 0 ? codes.unknown : codes.in_force
    return says === codes.in_force || day >= (this.recorded[at] as number) ? says : codes.unknown
  }
  #byEvents(
    at: number,
    { says, events }: { says: string | null; events: RegisterForceEvent[] },
    on: PlainDate,
  ): PublicStatus {
    return statusOn(
      {
        origin: (this.says[at] as number) < 0 ? 'made' : 'imported',
        publishedOn: dateOf(this.published[at] as number),
        effectiveDate: dateOf(this.effective[at] as number),
        validUntil: dateOf(this.until[at] as number),
        forceEvents: events,
        sourceStatus: says,
        recordedOn: dateOf(this.recorded[at] as number) ?? on,
      },
      on,
    ).status
  }
  /** In force on the day, and neither published, effective nor amended in the years before. */
  unmodified(at: number, asked: Neglect): boolean {
    const latest = Math.max(this.published[at] as number, this.effective[at] as number)
    if (latest === 0 || latest >= asked.since) return false
    const status = this.status(at, asked.day, asked.on)
    if (status !== codes.in_force && status !== codes.amended) return false
    const events = this.events.get(at)?.events ?? []
    return !events.some((e) => e.kind === 'amended' && dayOf(e.on) >= asked.since && dayOf(e.on) <= asked.day)
  }
}
/** Which of the first `size` of ascending `starts` is `wanted`; −1 for none. */
function beginsAt(starts: Uint32Array, size: number, wanted: number): number {
  let low = 0
  let high = size
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low < size && starts[low] === wanted ? low : -1
}
const two = (n: number): string => String(n).padStart(2, '0')
export const dateOf = (day: Day): PlainDate | null =>
  day === 0
    ? null
    : `${String(Math.floor(day / 10_000)).padStart(4, '0')}-${two(Math.floor(day / 100) % 100)}-${two(day % 100)}`

interface Neglect {
  day: Day
  on: PlainDate
  since: Day
}
export const neglectOf = (on: PlainDate, years: number): Neglect => ({
  day: dayOf(on),
  on,
  since: dayOf(addMonths(on, -12 * years)),
})

/** The conditions other than words, for entries of some columns; null when everything the public may see meets them. */
export function filterOf(columns: Columns, filters: RegisterFilters, on: PlainDate): ((at: number) => boolean) | null {
  const tests: Array<(at: number) => boolean> = []
  const { names } = columns
  if (filters.jurisdiction !== undefined) {
    const wanted = names.known(filters.jurisdiction)
    tests.push((at) => columns.jurisdiction[at] === wanted)
  }
  if (filters.category !== undefined) {
    const wanted = names.known(filters.category)
    tests.push((at) => columns.category[at] === wanted)
  }
  if (filters.year !== undefined) {
    const [from, to] = [filters.year * 10_000, (filters.year + 1) * 10_000]
    tests.push((at) => (columns.published[at] as number) > from && (columns.published[at] as number) < to)
  }
  if (filters.issuer !== undefined) {
    const wanted = names.known(filters.issuer)
    tests.push((at) => columns.hasIssuer(at, wanted))
  }
  if (filters.status !== undefined) {
    const wanted = codes[filters.status]
    const day = dayOf(on)
    tests.push((at) => columns.status(at, day, on) === wanted)
  }
  if (filters.unmodified !== undefined) {
    const asked = neglectOf(on, filters.unmodified)
    tests.push((at) => columns.unmodified(at, asked))
  }
  if (tests.length === 0) return null
  const [only] = tests
  return tests.length === 1 && only ? only : (at) => tests.every((test) => test(at))
}
