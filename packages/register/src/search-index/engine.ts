// Answering searches from the search index: what is frequent (columns, directories) is in memory, the sets of a search
// come from a few blocks. Every search reads one snapshot of the database; the memory is brought up to that snapshot first.
import type { PlainDate } from '@dianzhang/calendar'
import { type Db, type SQL, sql, type Tx, withTransaction } from '@dianzhang/database'
import { type Condition, Grams, holdsFor, keysOf, Ordinals, readBlock, setFor } from '@dianzhang/gram-index'
import type { RegisterFilters } from '../register-filters.ts'
import { anyCheck, rankCheck, ranks, type SearchWord } from '../search.ts'
import { publicStatuses } from '../status-on.ts'
import {
  Columns,
  chunkSize,
  dayOf,
  filterOf,
  inOrder,
  Names,
  neglectOf,
  type Origin,
  originRow,
  type Packed,
  type Place,
  packed,
  stepsOf,
} from './columns.ts'
import { areDecisive, conditionOf, gramsOfEntry, indexForm, titleUnits } from './grams-of-entry.ts'
import { candidateTable, indexedRows, type Key, numberArray, searchableOf, textRows } from './rows.ts'

/** Where a page begins: after this entry of this phase (see {@link Found.phase}). */
export interface From {
  phase: number
  published: PlainDate | null
  id: string
  jurisdiction: string
}
export interface IndexAsk {
  words: SearchWord[]
  filters: RegisterFilters
  on: PlainDate
  from: From | null
  /** All hits in one order, the latest published first, wherever the words stand. */
  byDate?: boolean
  /** How many entries; 0 for the number alone. */
  limit: number
  /** Counts are wanted (not on later pages). */
  counted: boolean
  facets: boolean
  neglect: number | null
}
/** Which titles have enough of these pairs of characters. */
export interface TitleAsk {
  jurisdiction: string
  /** Each pair, and how much it counts. */
  pairs: ReadonlyArray<readonly [pair: string, weight: number]>
  /** So much together at least. */
  least: number
  limit: number
}
export interface Found extends Key {
  /** Level of the hit × 2, and 1 more where nobody knows when it was published. */
  phase: number
}
export interface IndexCounts {
  status: Array<[string, number]>
  issuer: Array<[string, number]>
  category: Array<[string, number]>
  year: Array<[string, number]>
  unmodified: number
}
export interface IndexAnswer {
  count: number
  exact: boolean
  found: Found[]
  facets: IndexCounts | null
}

/** Longer words have to be looked for in the texts; up to so many candidates all are looked at, and the total is exact. */
const countBudget = 500
const cacheBytes = 48 * 1024 * 1024
/** The first texts looked at for a page, and the most at once. */
const firstLook = 40
const mostLooked = 600
/** From so many texts on, half of them are looked at over a connection beside that of the search. */
const worthSharing = 120

interface Part {
  part: number
  entries: number
  firstKeys: Float64Array
  columns: Columns
  chunks: Map<number, number>
  undated: number
}
/** An entry not yet in a part: its own grams, ascending, and one row of columns. */
interface Loose {
  seq: number
  fresh: boolean
  columns: Columns | null
  grams: Float64Array
}
interface Basis {
  version: number
  revision: number
  generation: number
}
interface State extends Basis {
  parts: Part[]
  loose: Map<string, Loose>
  names: Names
}
/** The snapshot is older than what is in memory: to be asked again in a newer one. */
class Outdated extends Error {}

export class IndexEngine {
  readonly #db: Db
  /** Where half of the texts of a search are looked at, while nobody else does so. */
  readonly #beside: Db | null
  #sharing = false
  #state: State | null = null
  #turn: Promise<unknown> = Promise.resolve()
  readonly #blocks = new Map<string, Uint8Array>()
  #cached = 0

  constructor(db: Db, beside: Db | null = null) {
    this.#db = db
    this.#beside = beside
  }

  /** Null while no index is complete: then the old way has to be taken. */
  async ask(asked: IndexAsk): Promise<IndexAnswer | null> {
    return await this.#within((tx, state) =>
      answerFrom(
        tx,
        state,
        asked,
        (need) => this.#sets(tx, need),
        (seen) => this.#levels(tx, seen, asked.words),
      ),
    )
  }
  /** Keys of at most `limit` entries whose title, number or authority may have the word; null as above. */
  async references(word: SearchWord, limit: number): Promise<Key[] | null> {
    return await this.#within(async (tx, state) => {
      const condition = conditionOf([word], ['title', 'reference'])
      const keys: Key[] = []
      for (const source of await sourcesOf(state, [condition], (need) => this.#sets(tx, need)))
        source.sets[0]?.walk((at) => {
          keys.push(keyOf(source.columns, at))
          return keys.length < limit
        })
      return keys.slice(0, limit)
    })
  }
  /**
   * Entries whose titles may have the pairs asked for, disclosed or not, those that have most of them first; what cannot
   * have enough is left out. A pair counts where its characters stand in the title, be it apart. Null as above.
   */
  async titles(asked: TitleAsk): Promise<Key[] | null> {
    return await this.#within((tx, state) => titlesFrom(state, asked, (need) => this.#sets(tx, need)))
  }
  /** How many entries the index knows; brings the memory up to now. Null as above. */
  async size(): Promise<number | null> {
    return await this.#within(async (_tx, state) => {
      const loose = [...state.loose.values()].filter(({ fresh }) => fresh).length
      return state.parts.reduce((sum, part) => sum + part.entries, loose)
    })
  }
  /** For checking: the entries of every part with their columns, and the set of a gram. */
  async inspect<T>(
    look: (
      parts: ReadonlyArray<{ part: number; columns: Columns; set: (key: number) => Promise<Ordinals> }>,
    ) => Promise<T>,
  ): Promise<T | null> {
    return await this.#within(async (tx, state) => {
      const parts = state.parts.map((part) => ({
        part: part.part,
        columns: part.columns,
        set: async (key: number) =>
          (await this.#sets(tx, [{ part, keys: [key] }]))[0]?.get(key) ?? Ordinals.none(part.entries),
      }))
      return await look(parts)
    })
  }

  async #within<T>(work: (tx: Tx, state: State) => Promise<T>): Promise<T | null> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await withTransaction(
          this.#db,
          async (tx) => {
            const basis = await basisOf(tx)
            if (basis === null) return null
            return await work(tx, await this.#current(tx, basis))
          },
          { isolation: 'repeatable read' },
        )
      } catch (error) {
        if (!(error instanceof Outdated) || attempt >= 5) throw error
      }
    }
  }
  async #current(tx: Tx, basis: Basis): Promise<State> {
    if (this.#state && same(this.#state, basis)) return this.#state
    // One after another: what one brought up to date the next finds so.
    const mine = this.#turn.then(async () => {
      const known = this.#state
      if (known && same(known, basis)) return known
      if (known && (known.revision > basis.revision || known.version > basis.version)) throw new Outdated()
      const state = await refreshed(tx, known, basis)
      this.#state = state
      return state
    })
    this.#turn = mine.catch(() => {})
    return await mine
  }

  /**
   * The level of each candidate, {@link noLevel} for none. A text never changes, so it may be looked at in any snapshot that
   * has it; what another connection does not know or cannot say is looked at in that of the search.
   */
  async #levels(tx: Tx, seen: readonly Candidate[], words: readonly SearchWord[]): Promise<Uint8Array> {
    const levels = new Uint8Array(seen.length).fill(notThere)
    const look = async (on: Tx | Db, which: readonly number[]): Promise<void> => {
      for (let i = 0; i < which.length; i += 500) {
        const some = which.slice(i, i + 500)
        const answer = await levelsOf(
          on,
          some.map((n) => seen[n] as Candidate),
          words,
        )
        for (const [j, n] of some.entries()) levels[n] = answer[j] as number
      }
    }
    const every = Array.from(seen, (_, n) => n)
    const beside = this.#sharing || seen.length < worthSharing ? null : this.#beside
    if (beside === null) await look(tx, every)
    else {
      this.#sharing = true
      const half = seen.length >>> 1
      const other = look(beside, every.slice(half)).catch(() => {})
      try {
        await look(tx, every.slice(0, half))
      } finally {
        await other
        this.#sharing = false
      }
      await look(
        tx,
        every.filter((n) => levels[n] === notThere),
      )
    }
    return levels
  }

  /** The sets of grams, part by part; one question for all the blocks not in memory. */
  async #sets(
    tx: Tx,
    needs: ReadonlyArray<{ part: Part; keys: readonly number[] }>,
  ): Promise<Array<Map<number, Ordinals>>> {
    const wanted: Array<{ need: number; key: number; name: string }> = []
    const missing = new Map<string, { part: number; n: number }>()
    for (const [need, { part, keys }] of needs.entries())
      for (const key of keys) {
        const n = blockOf(part.firstKeys, key)
        if (n < 0) continue
        const name = `${part.part} ${n}`
        wanted.push({ need, key, name })
        if (!this.#blocks.has(name)) missing.set(name, { part: part.part, n })
      }
    const fetched = new Map<string, Uint8Array>()
    if (missing.size > 0) {
      const list = [...missing.values()]
      const rows = await tx.execute<{ part: string; n: number; b: Buffer }>(sql`
        select b.part::text, b.n, b.b from unnest(${numberArray(list.map(({ part }) => part))}::bigint[], ${numberArray(list.map(({ n }) => n))}::int[]) as k (part, n)
        join search_blocks b on b.part = k.part and b.n = k.n`)
      for (const { part, n, b } of rows) {
        const name = `${part} ${n}`
        fetched.set(name, b)
        this.#keep(name, b)
      }
    }
    const sets = needs.map(() => new Map<number, Ordinals>())
    for (const { need, key, name } of wanted) {
      const bytes = fetched.get(name) ?? this.#blocks.get(name)
      const limit = needs[need]?.part.entries ?? 0
      if (bytes === undefined) throw new Outdated()
      readBlock(bytes, limit, (one, _size, set) => {
        if (one === key) sets[need]?.set(key, set())
        return one < key
      })
    }
    return sets
  }
  #keep(name: string, bytes: Uint8Array): void {
    this.#blocks.set(name, bytes)
    this.#cached += bytes.length
    for (const [oldest, old] of this.#blocks) {
      if (this.#cached <= cacheBytes) break
      this.#blocks.delete(oldest)
      this.#cached -= old.length
    }
  }
}

const same = (a: Basis, b: Basis): boolean =>
  a.version === b.version && a.revision === b.revision && a.generation === b.generation
async function basisOf(tx: Tx): Promise<Basis | null> {
  const [row] = await tx.execute<{ version: string; revision: string; generation: string; form: number }>(sql`
    select coalesce((select sum(n) from public_writes where scope = 'register'), 0)::text as version, revision::text, generation::text, form
    from search_index`)
  if (!row || row.form !== indexForm) return null
  return { version: Number(row.version), revision: Number(row.revision), generation: Number(row.generation) }
}

function blockOf(firstKeys: Float64Array, key: number): number {
  let low = 0
  let high = firstKeys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((firstKeys[middle] as number) <= key) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Whether an entry has the gram; its own are ascending. */
function hasGram(grams: Float64Array, key: number): boolean {
  const n = blockOf(grams, key)
  return n >= 0 && grams[n] === key
}

async function refreshed(tx: Tx, known: State | null, basis: Basis): Promise<State> {
  const names = known?.names ?? new Names()
  const kept = known?.generation === basis.generation ? known : null
  const parts = kept && kept.revision === basis.revision ? kept.parts : await partsOf(tx, kept, basis, names)
  const state: State = { ...basis, parts, names, loose: new Map() }
  const pending = await tx.execute<{ jurisdiction: string; id: string; seq: string; fresh: boolean }>(
    sql`select jurisdiction_id as jurisdiction, id, seq::text, fresh from search_pending`,
  )
  const changed: Key[] = []
  const fresh: Array<Key & { seq: number }> = []
  for (const row of pending) {
    const key = `${row.jurisdiction} ${row.id}`
    const seq = Number(row.seq)
    const old = kept?.loose.get(key)
    if (old && old.seq === seq && old.fresh === row.fresh) state.loose.set(key, old)
    else if (row.fresh) fresh.push({ jurisdiction: row.jurisdiction, id: row.id, seq })
    else {
      changed.push(row)
      state.loose.set(key, { seq, fresh: false, columns: null, grams: new Float64Array() })
    }
  }
  for (let i = 0; i < fresh.length; i += 500) {
    const keys = fresh.slice(i, i + 500)
    const seqs = new Map(keys.map(({ jurisdiction, id, seq }) => [`${jurisdiction} ${id}`, seq]))
    for (const row of await textRows(tx, keys)) {
      const key = `${row.jurisdiction_id} ${row.id}`
      const grams = gramsOfEntry(searchableOf(row), new Grams()).distinct()
      const columns = new Columns(1, names)
      columns.set(0, packed(row))
      state.loose.set(key, { seq: seqs.get(key) ?? 0, fresh: true, columns, grams })
    }
  }
  if (changed.length > 0) {
    const rows = new Map((await indexedRows(tx, changed)).map((row) => [row.id, row]))
    // An id is looked for where it stands; few entries change between two merges.
    for (const { columns } of parts)
      for (const [id, row] of rows)
        for (const at of columns.withId(id))
          if (columns.place(at).jurisdiction === row.jurisdiction_id) columns.set(at, packed(row))
  }
  return state
}
async function partsOf(tx: Tx, kept: State | null, basis: Basis, names: Names): Promise<Part[]> {
  const rows = await tx.execute<{ part: string; entries: number }>(
    sql`select part::text, entries from search_parts where generation = ${basis.generation} order by part`,
  )
  const chunks = await tx.execute<{ part: string; chunk: number; v: number }>(sql`
    select c.part::text, c.chunk, c.v from search_columns c join search_parts p on p.part = c.part
    where p.generation = ${basis.generation} and c.chunk >= 0 order by c.part, c.chunk`)
  const parts: Part[] = []
  for (const { part: text, entries } of rows) {
    const part = Number(text)
    const old = kept?.parts.find((one) => one.part === part)
    const own = chunks.filter((row) => row.part === text)
    const made = old ?? (await openPart(tx, part, entries, names))
    if (old === undefined && kept !== null && (await mergedInMemory(tx, made, kept.parts)))
      // Changed again since the merge: read like any other.
      for (const { chunk, v } of own) if (v === 1) made.chunks.set(chunk, v)
    for (const { chunk, v } of own) {
      if (made.chunks.get(chunk) === v) continue
      const [row] = await tx.execute<{ body: string }>(
        sql`select body from search_columns where part = ${part} and chunk = ${chunk}`,
      )
      for (const [i, entry] of (JSON.parse(row?.body ?? '[]') as Packed[]).entries())
        made.columns.set(chunk * chunkSize + i, entry)
      made.chunks.set(chunk, v)
    }
    made.undated = made.columns.undated()
    parts.push(made)
  }
  return parts
}
/**
 * Fills the columns of a part from those it was merged of; false where one of these is not in memory, or was changed since
 * it was read: reading them anew would keep a search waiting.
 */
async function mergedInMemory(tx: Tx, made: Part, known: readonly Part[]): Promise<boolean> {
  const [row] = await tx.execute<{ body: string }>(
    sql`select body from search_columns where part = ${made.part} and chunk = ${originRow}`,
  )
  const sources: Columns[] = []
  for (const [part, versions] of JSON.parse(row?.body ?? '[]') as Origin) {
    const source = known.find((one) => one.part === part)
    if (source === undefined || versions.some((v, chunk) => source.chunks.get(chunk) !== v)) return false
    sources.push(source.columns)
  }
  if (sources.reduce((sum, { size }) => sum + size, 0) !== made.entries) return false
  let to = 0
  const steps = sources.map((columns) => stepsOf(columns, columns.size, (at) => columns.place(at)))
  for (const { list, at } of inOrder(steps)) made.columns.take(to++, list, at)
  return true
}
async function openPart(tx: Tx, part: number, entries: number, names: Names): Promise<Part> {
  const [row] = await tx.execute<{ keys: Buffer }>(
    sql`select first_keys as keys from search_parts where part = ${part}`,
  )
  const bytes = Uint8Array.from(row?.keys ?? [])
  return {
    part,
    entries,
    firstKeys: new Float64Array(bytes.buffer, 0, bytes.length >>> 3),
    columns: new Columns(entries, names),
    chunks: new Map(),
    undated: entries,
  }
}

/** An entry whose text may have the words; `head`: also in its title or a reference. */
type Candidate = Key & { head: boolean }

/** Something with entries in the order of results: a part, or the one entry not yet in a part. */
interface Source {
  columns: Columns
  undated: number
  /** For each condition asked, who meets it. */
  sets: Ordinals[]
}
type Sets = (needs: ReadonlyArray<{ part: Part; keys: readonly number[] }>) => Promise<Array<Map<number, Ordinals>>>

async function sourcesOf(state: State, conditions: readonly Condition[], fetch: Sets): Promise<Source[]> {
  const keys = [...new Set(conditions.flatMap(keysOf))]
  const sets = keys.length === 0 ? [] : await fetch(state.parts.map((part) => ({ part, keys })))
  const sources: Source[] = state.parts.map((part, i) => {
    const none = Ordinals.none(part.entries)
    const { hidden } = part.columns
    const everything = Ordinals.all(part.entries)
    const all = hidden.size === 0 ? everything : everything.filter((at) => !hidden.has(at))
    const set = (key: number): Ordinals => sets[i]?.get(key) ?? none
    return { columns: part.columns, undated: part.undated, sets: conditions.map((one) => setFor(one, all, set)) }
  })
  const one = Ordinals.all(1)
  const nothing = Ordinals.none(1)
  for (const { fresh, columns, grams } of state.loose.values()) {
    if (!fresh || columns === null || columns.hidden.has(0)) continue
    const met = conditions.map((condition) => (holdsFor(condition, (key) => hasGram(grams, key)) ? one : nothing))
    if (met.some(({ size }) => size > 0)) sources.push({ columns, undated: columns.undated(), sets: met })
  }
  return sources
}

async function titlesFrom(state: State, { jurisdiction, pairs, least, limit }: TitleAsk, fetch: Sets): Promise<Key[]> {
  const asked = pairs.map(([pair, weight]) => ({ units: titleUnits(pair), weight }))
  const keys = [...new Set(asked.flatMap(({ units }) => units))]
  const place = state.names.known(jurisdiction)
  const found: Array<{ key: Key; score: number }> = []
  const sets = keys.length === 0 ? [] : await fetch(state.parts.map((part) => ({ part, keys })))
  for (const [i, { columns, entries }] of state.parts.entries()) {
    const scores = new Uint16Array(entries)
    const everything = Ordinals.all(entries)
    for (const { units, weight } of asked) {
      const having = units.map((key) => sets[i]?.get(key) ?? Ordinals.none(entries)).sort((a, b) => a.size - b.size)
      having
        .reduce((both, one) => both.and(one), having.shift() ?? everything)
        .walk((at) => {
          scores[at] = (scores[at] as number) + weight
          return true
        })
    }
    for (let at = 0; at < entries; at += 1)
      if ((scores[at] as number) >= least && columns.jurisdiction[at] === place)
        found.push({ key: keyOf(columns, at), score: scores[at] as number })
  }
  for (const { fresh, columns, grams } of state.loose.values()) {
    if (!fresh || columns?.jurisdiction[0] !== place) continue
    const score = asked.reduce(
      (sum, { units, weight }) => sum + (units.every((key) => hasGram(grams, key)) ? weight : 0),
      0,
    )
    if (score >= least) found.push({ key: keyOf(columns, 0), score })
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ key }) => key)
}

const keyOf = (columns: Columns, at: number): Key => {
  const { jurisdiction, id } = columns.place(at)
  return { jurisdiction, id }
}
const sizeOf = (sources: readonly Source[], which: number): number =>
  sources.reduce((sum, { sets }) => sum + (sets[which]?.size ?? 0), 0)

async function answerFrom(
  tx: Tx,
  state: State,
  asked: IndexAsk,
  fetch: Sets,
  levels: (seen: readonly Candidate[]) => Promise<Uint8Array>,
): Promise<IndexAnswer> {
  const { words, filters, on } = asked
  const conditions =
    words.length === 0
      ? [[] as Condition]
      : [conditionOf(words, ['any']), conditionOf(words, ['title']), conditionOf(words, ['title', 'reference'])]
  const sources = await sourcesOf(state, conditions, fetch)
  for (const source of sources) {
    const keep = filterOf(source.columns, filters, on)
    if (keep === null) continue
    const [any] = source.sets
    const all = (any as Ordinals).filter(keep)
    source.sets = [all, ...source.sets.slice(1).map((set) => set.and(all))]
  }
  // From here on: set 0 all hits, 1 in the title, 2 in the title or a reference.
  const exact = areDecisive(words)
  const candidates = sizeOf(sources, 0)
  const settled = exact || (asked.counted && candidates <= countBudget)
  if (!exact && settled) await lookAtAll(sources, levels)
  const found = asked.limit === 0 ? [] : settled ? pageOf(sources, asked) : await pageByLooking(tx, sources, asked)
  return {
    count: sizeOf(sources, 0),
    exact: settled,
    found,
    facets: asked.facets ? countsOf(sources, asked) : null,
  }
}

/** The hits of one phase. */
function hitsOf({ sets }: Source, level: number, byDate = false): Ordinals {
  const [any, title, head] = sets
  if (byDate) return any as Ordinals
  if (title === undefined || head === undefined)
    return level === 0 ? (any as Ordinals) : Ordinals.none((any as Ordinals).limit)
  if (level === 0) return title
  return level === 1 ? head.without(title) : (any as Ordinals).without(head)
}

type Walk = { source: Source; at: number; place: Place }
/** The hits of a phase in the order of results, after `from`. */
function hitsInOrder(
  sources: readonly Source[],
  hits: (source: Source) => Ordinals,
  phase: number,
  from: From | null,
): Generator<Walk> {
  const dated = phase % 2 === 0
  const after: Place | null =
    from !== null && from.phase === phase
      ? { published: dayOf(from.published), id: from.id, jurisdiction: from.jurisdiction }
      : null
  const steps = sources.flatMap((source) => {
    const set = hits(source)
    if (set.size === 0) return []
    const end = dated ? source.undated : source.columns.size
    let next = Math.max(dated ? 0 : source.undated, after === null ? 0 : source.columns.after(after))
    return () => {
      let found = -1
      set.walk((at) => {
        found = at
        return false
      }, next)
      if (found < 0 || found >= end) return null
      next = found + 1
      return { source, at: found, place: source.columns.place(found) }
    }
  })
  return inOrder<Walk>(steps)
}
const lastPhase = ({ words, byDate }: Pick<IndexAsk, 'words' | 'byDate'>): number =>
  words.length === 0 || byDate ? 1 : ranks.length * 2 - 1

function pageOf(sources: readonly Source[], { words, from, byDate, limit }: IndexAsk): Found[] {
  const found: Found[] = []
  for (
    let phase = from?.phase ?? 0;
    phase <= lastPhase({ words, byDate: byDate === true }) && found.length < limit;
    phase += 1
  )
    for (const { source, at } of hitsInOrder(sources, (one) => hitsOf(one, phase >> 1, byDate), phase, from)) {
      found.push({ ...keyOf(source.columns, at), phase })
      if (found.length === limit) break
    }
  return found
}

/** Longer words: the texts of the candidates are looked at in the order of results until the page is full. */
async function pageByLooking(
  tx: Tx,
  sources: readonly Source[],
  { words, from, byDate, limit }: IndexAsk,
): Promise<Found[]> {
  const found: Found[] = []
  for (
    let phase = from?.phase ?? 0;
    phase <= lastPhase({ words, byDate: byDate === true }) && found.length < limit;
    phase += 1
  ) {
    const level = phase >> 1
    const rank = ranks[level] ?? 'text'
    // What only may have the words in its title may have them elsewhere.
    const walk = hitsInOrder(
      sources,
      ({ sets }) => sets[byDate ? 0 : level === 0 ? 1 : level === 1 ? 2 : 0] as Ordinals,
      phase,
      from,
    )
    let batch = firstLook
    for (let done = false; !done && found.length < limit; batch = Math.min(batch * 3, mostLooked)) {
      const seen: Candidate[] = []
      for (; seen.length < batch; ) {
        const { value, done: ended } = walk.next()
        if (ended) {
          done = true
          break
        }
        seen.push(candidateOf(value.source, value.at))
      }
      if (seen.length === 0) break
      const any = anyCheck(words, 'e')
      const check = byDate
        ? any
        : rank === 'text'
          ? headOr(rankCheck(words, rank, 'e'), any)
          : rankCheck(words, rank, 'e')
      const rows = await tx.execute<Key & Record<string, unknown>>(sql`
        select k.jurisdiction, k.id from ${candidateTable(seen)} join register_entries e on e.jurisdiction_id = k.jurisdiction and e.id = k.id
        where ${check} order by k.at`)
      for (const { jurisdiction, id } of rows) if (found.length < limit) found.push({ jurisdiction, id, phase })
    }
  }
  return found
}

/**
 * What cannot have the words in its title or a reference, as the grams say, is not looked through there: for what can the
 * one, for the others the other.
 */
const headOr = (head: SQL, other: SQL): SQL => sql`case when k.head then ${head} else ${other} end`

const candidateOf = ({ columns, sets }: Source, at: number): Candidate => ({
  ...keyOf(columns, at),
  head: sets[2]?.has(at) !== false,
})

/** No level: it has not all words. */
const noLevel = 9
/** No such entry where it was looked for. */
const notThere = 8
/** The level of each of these entries by its text, in one row: a row for each takes longer to read than the texts. */
async function levelsOf(on: Tx | Db, seen: readonly Candidate[], words: readonly SearchWord[]): Promise<number[]> {
  const [title, reference] = [rankCheck(words, 'title', 'e'), rankCheck(words, 'reference', 'e')]
  const [row] = await on.execute<{ levels: string | null }>(sql`
    select string_agg(case when e.id is null then ${sql.raw(`'${notThere}'`)}
      when k.head and ${title} then '0' when k.head and ${reference} then '1'
      when ${anyCheck(words, 'e')} then '2' else ${sql.raw(`'${noLevel}'`)} end, '' order by k.at) as levels
    from ${candidateTable(seen)} left join register_entries e on e.jurisdiction_id = k.jurisdiction and e.id = k.id`)
  return Array.from(row?.levels ?? '', Number)
}

/** Few candidates: all are looked at, and the sets become exact. */
async function lookAtAll(
  sources: readonly Source[],
  levelsOfAll: (seen: readonly Candidate[]) => Promise<Uint8Array>,
): Promise<void> {
  const seen: Candidate[] = []
  for (const source of sources)
    source.sets[0]?.walk((at) => {
      seen.push(candidateOf(source, at))
      return true
    })
  const levels = await levelsOfAll(seen)
  let begin = 0
  for (const source of sources) {
    const all = source.sets[0] as Ordinals
    // The ordinals of a set come in the order in which they were looked at.
    const upTo = (most: number): Ordinals => {
      let n = begin
      return all.filter(() => (levels[n++] as number) <= most)
    }
    source.sets = [upTo(2), upTo(0), upTo(1)]
    begin += all.size
  }
}

function countsOf(sources: readonly Source[], { on, neglect }: IndexAsk): IndexCounts {
  const day = dayOf(on)
  const asked = neglect === null ? null : neglectOf(on, neglect)
  const status = new Uint32Array(publicStatuses.length)
  const names = sources[0]?.columns.names
  const issuer = new Uint32Array(names?.names.length ?? 0)
  const category = new Uint32Array(names?.names.length ?? 0)
  const year = new Uint32Array(10_000)
  let unmodified = 0
  for (const { columns, sets } of sources)
    sets[0]?.walk((at) => {
      const code = columns.status(at, day, on)
      status[code] = (status[code] as number) + 1
      const kind = columns.category[at] as number
      if (kind >= 0) category[kind] = (category[kind] as number) + 1
      const of = Math.floor((columns.published[at] as number) / 10_000)
      if (of > 0) year[of] = (year[of] as number) + 1
      columns.eachIssuer(at, (name) => {
        issuer[name] = (issuer[name] as number) + 1
      })
      if (asked !== null && columns.unmodified(at, asked)) unmodified += 1
      return true
    })
  const listed = (counts: Uint32Array, nameOf: (i: number) => string): Array<[string, number]> => {
    const list: Array<[string, number]> = []
    for (let i = 0; i < counts.length; i += 1)
      if ((counts[i] as number) > 0) list.push([nameOf(i), counts[i] as number])
    return list
  }
  const named = (i: number): string => names?.names[i] ?? ''
  return {
    status: listed(status, (i) => publicStatuses[i] ?? 'unknown'),
    issuer: listed(issuer, named),
    category: listed(category, named),
    year: listed(year, String),
    unmodified,
  }
}
