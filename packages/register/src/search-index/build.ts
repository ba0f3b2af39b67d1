// Writing the search index: what is pending becomes a part, small parts are merged, a new generation is built beside the
// one that answers. Every step is one transaction: whatever is interrupted was either done or not begun.
//
// Two locks: who adds entries or puts parts in the place of others holds `inPlace`, for a moment; who merges holds `merging`
// as long as it takes, and `inPlace` only at its end. The latter is always taken last. Parts are never changed but in their
// columns, and what changed there meanwhile the merge takes over when it has the lock.

import { type Db, databaseProblem, sql, type Tx, withTransaction } from '@dianzhang/database'
import { Grams, PartBuilder, PartReader, writeParts } from '@dianzhang/gram-index'
import {
  before,
  chunkSize,
  inOrder,
  type Origin,
  originRow,
  type Packed,
  type Place,
  packed,
  placeOf,
  stepsOf,
} from './columns.ts'
import { gramsOfEntry, indexForm } from './grams-of-entry.ts'
import {
  indexedRows,
  type Key,
  keyTable,
  nextTextRows,
  numberArray,
  searchableOf,
  type TextRow,
  textRows,
} from './rows.ts'

/** Entries of one part when it is first written: grams and texts of so many are in memory at once. */
export const partSize = 5_000
/** So many parts of about one size become one: few parts make searching quick, few merges make writing quick. */
const tier = { steady: 6, filling: 16 } as const
export type Pace = keyof typeof tier
/** Parts of so many entries and more wait, at every pace, until there are as many as when the index is filled. */
const largePart = 20_000
/**
 * A merge writes anew what it merges, and only afterwards is the place of the old free. So no merge takes more entries
 * than this, or, in a larger register, than a quarter of all.
 */
const mostMerged = 100_000

/** One at a time; readers never wait. */
const inPlace = (tx: Tx) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('search-index'))`)
const merging = (tx: Tx) => tx.execute(sql`select pg_advisory_xact_lock(hashtext('search-merge'))`)
/** Whether nobody else merges: then nobody can until the transaction ends. */
const mayMerge = async (tx: Tx): Promise<boolean> =>
  (await tx.execute<{ free: boolean }>(sql`select pg_try_advisory_xact_lock(hashtext('search-merge')) as free`))[0]
    ?.free === true

export interface ActiveIndex extends Record<string, unknown> {
  generation: number
  revision: number
  form: number
}
/** The index that answers; null while none is complete. */
export async function activeIndex(tx: Tx | Db): Promise<ActiveIndex | null> {
  const [row] = await tx.execute<{ generation: string; revision: string; form: number }>(
    sql`select generation::text, revision::text, form from search_index`,
  )
  return row && row.form === indexForm
    ? { generation: Number(row.generation), revision: Number(row.revision), form: row.form }
    : null
}
const changed = (tx: Tx) => tx.execute(sql`update search_index set revision = revision + 1`)

async function writePart(
  tx: Tx,
  generation: number,
  entries: Packed[],
  blocks: (part: number) => Promise<Float64Array>,
): Promise<number> {
  const [row] = await tx.execute<{ part: string }>(sql`
    insert into search_parts (generation, entries, first_keys) values (${generation}, ${entries.length}, '') returning part::text`)
  const part = Number(row?.part)
  const firstKeys = await blocks(part)
  await tx.execute(
    sql`update search_parts set first_keys = ${Buffer.from(firstKeys.buffer, firstKeys.byteOffset, firstKeys.byteLength)} where part = ${part}`,
  )
  for (let from = 0; from < entries.length; from += chunkSize)
    await tx.execute(sql`insert into search_columns (part, chunk, v, body)
      values (${part}, ${from / chunkSize}, 1, ${chunkBody(entries, from / chunkSize)})`)
  return part
}
const chunkBody = (entries: readonly Packed[], chunk: number): string =>
  JSON.stringify(entries.slice(chunk * chunkSize, (chunk + 1) * chunkSize))
/** Collects blocks and writes them some at a time. */
function blockRows(tx: Tx, part: number) {
  let waiting: Array<{ n: number; bytes: Uint8Array }> = []
  let size = 0
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return
    const rows = waiting.map(({ n, bytes }) => sql`(${part}, ${n}, ${Buffer.from(bytes)})`)
    waiting = []
    size = 0
    await tx.execute(sql`insert into search_blocks (part, n, b) values ${sql.join(rows, sql`, `)}`)
  }
  return {
    take: async (n: number, bytes: Uint8Array): Promise<void> => {
      waiting.push({ n, bytes })
      size += bytes.length
      if (waiting.length >= 128 || size > 2_000_000) await flush()
    },
    flush,
  }
}

/** Entries as a part of a generation. */
async function addPart(tx: Tx, generation: number, rows: TextRow[]): Promise<void> {
  const entries = rows.map((row) => ({ row, packed: packed(row) }))
  entries.sort((a, b) => before(placeOf(a.packed), placeOf(b.packed)))
  const builder = new PartBuilder(entries.length)
  const grams = new Grams()
  for (let at = entries.length - 1; at >= 0; at -= 1) {
    const entry = entries[at]
    if (entry) builder.add(at, gramsOfEntry(searchableOf(entry.row), grams))
  }
  await writePart(
    tx,
    generation,
    entries.map((entry) => entry.packed),
    async (part) => {
      const blocks = blockRows(tx, part)
      const { firstKeys } = await builder.finish(blocks.take)
      await blocks.flush()
      return firstKeys
    },
  )
}

/** The columns of a part, entry by entry in the order of results, and how often each of their rows was changed. */
async function packedOf(tx: Tx, part: number): Promise<{ entries: Packed[]; versions: number[] }> {
  const rows = await tx.execute<{ v: number; body: string }>(
    sql`select v, body from search_columns where part = ${part} and chunk >= 0 order by chunk`,
  )
  return {
    entries: rows.flatMap(({ body }) => JSON.parse(body) as Packed[]),
    versions: rows.map(({ v }) => v),
  }
}
async function* blocksOf(tx: Tx, part: number): AsyncGenerator<Uint8Array> {
  const many = 200
  for (let n = 0; ; n += many) {
    const rows = await tx.execute<{ b: Buffer }>(
      sql`select b from search_blocks where part = ${part} and n >= ${n} and n < ${n + many} order by n`,
    )
    for (const { b } of rows) yield b
    if (rows.length < many) return
  }
}

/**
 * Writes parts anew as one, while others add, then takes over what changed in their columns meanwhile and puts it in their
 * place. The caller is the only one who merges in this generation.
 */
async function mergeParts(tx: Tx, generation: number, parts: readonly number[]): Promise<void> {
  const lists: Packed[][] = []
  const versions: number[][] = []
  for (const part of parts) {
    const read = await packedOf(tx, part)
    lists.push(read.entries)
    versions.push(read.versions)
  }
  const maps = lists.map((list) => new Uint32Array(list.length))
  const merged: Packed[] = []
  const steps = lists.map((list, i) => stepsOf(i, list.length, (at) => placeOf(list[at] as Packed)))
  for (const { list, at } of inOrder(steps)) {
    ;(maps[list] as Uint32Array)[at] = merged.length
    merged.push((lists[list] as Packed[])[at] as Packed)
  }
  const made = await writePart(tx, generation, merged, async (part) => {
    const blocks = blockRows(tx, part)
    const readers = parts.map(
      (old, i) => new PartReader(blocksOf(tx, old), maps[i]?.length ?? 0, maps[i] as Uint32Array),
    )
    const { firstKeys } = await writeParts(readers, merged.length, blocks.take)
    await blocks.flush()
    return firstKeys
  })
  // Nobody but who merges looks at the blocks of a part to change them.
  await tx.execute(sql`delete from search_blocks where part = any(${numberArray(parts)}::bigint[])`)
  await inPlace(tx)
  const touched = new Set<number>()
  const origin: Origin = []
  for (const [i, part] of parts.entries()) {
    const rows = await tx.execute<{ chunk: number; v: number }>(
      sql`select chunk, v from search_columns where part = ${part} and chunk >= 0 order by chunk`,
    )
    origin.push([part, rows.map(({ v }) => v)])
    for (const { chunk, v } of rows) {
      if (v === versions[i]?.[chunk]) continue
      const [row] = await tx.execute<{ body: string }>(
        sql`select body from search_columns where part = ${part} and chunk = ${chunk}`,
      )
      for (const [j, entry] of (JSON.parse(row?.body ?? '[]') as Packed[]).entries()) {
        const to = maps[i]?.[chunk * chunkSize + j] as number
        merged[to] = entry
        touched.add(Math.floor(to / chunkSize))
      }
    }
  }
  for (const chunk of touched)
    await tx.execute(
      sql`update search_columns set body = ${chunkBody(merged, chunk)} where part = ${made} and chunk = ${chunk}`,
    )
  await tx.execute(
    sql`insert into search_columns (part, chunk, v, body) values (${made}, ${originRow}, 1, ${JSON.stringify(origin)})`,
  )
  await dropParts(tx, parts)
}
async function dropParts(tx: Tx, parts: readonly number[]): Promise<void> {
  const list = numberArray(parts)
  for (const table of ['search_blocks', 'search_columns', 'search_parts'])
    await tx.execute(sql`delete from ${sql.identifier(table)} where part = any(${list}::bigint[])`)
}

/** A part as merging sees it. */
export interface PartSize {
  part: number
  entries: number
}
/**
 * Which parts to merge next: the smallest of one size when there are enough of that size; none where it is well as it is.
 * The number of parts grows with the logarithm of the register, and an entry is written as often.
 */
export function due(given: readonly PartSize[], pace: Pace): number[] {
  const parts = given.toSorted((a, b) => a.entries - b.entries || a.part - b.part)
  const most = Math.max(mostMerged, parts.reduce((sum, { entries }) => sum + entries, 0) / 4)
  const sizes = Map.groupBy(parts, ({ entries }) =>
    Math.floor(Math.log(Math.max(entries, 500)) / Math.log(tier.steady)),
  )
  for (const list of sizes.values()) {
    const many = (list[0]?.entries ?? 0) < largePart ? tier[pace] : tier.filling
    if (list.length < many) continue
    const taken: number[] = []
    let sum = 0
    for (const { part, entries } of list) {
      sum += entries
      if (sum > most) break
      taken.push(part)
    }
    if (taken.length > 1) return taken
  }
  return []
}
const dueIn = async (tx: Tx | Db, generation: number, pace: Pace): Promise<number[]> => {
  const rows = await tx.execute<{ part: string; entries: number }>(
    sql`select part::text, entries from search_parts where generation = ${generation}`,
  )
  return due(
    rows.map(({ part, entries }) => ({ part: Number(part), entries })),
    pace,
  )
}

async function bulk<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  return await withTransaction(db, async (tx) => {
    // Derived: what a power cut takes back is made again.
    await tx.execute(sql`select set_config('synchronous_commit', 'off', true), set_config('statement_timeout', '0', true),
      set_config('idle_in_transaction_session_timeout', '0', true), set_config('lock_timeout', '0', true)`)
    return await work(tx)
  })
}
/** The same while nobody else adds entries or puts parts in the place of others. */
const alone = <T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> =>
  bulk(db, async (tx) => {
    await inPlace(tx)
    return await work(tx)
  })

/** `least` entries or more are not yet in a part. */
export async function isWaiting(db: Db, least: number): Promise<boolean> {
  const enough = Math.max(least, 1)
  const [waiting] = await db.execute<{ n: number }>(
    sql`select count(*)::int as n from (select 1 from search_pending limit ${enough}) as first`,
  )
  return (waiting?.n ?? 0) >= enough
}

/**
 * Brings at most {@link partSize} pending entries into the index, when there are `least` or more; answers how many. 0
 * also while no index is complete. Entries whose dates or events changed get their columns written anew.
 */
export async function indexPending(db: Db, least = 1): Promise<number> {
  if (!(await isWaiting(db, least))) return 0
  return await alone(db, async (tx) => {
    const active = await activeIndex(tx)
    const [busy] = await tx.execute(sql`select from search_index where rebuilding_until > now()`)
    if (active === null || busy !== undefined) return 0
    const pending = await tx.execute<{ jurisdiction: string; id: string; seq: string; fresh: boolean }>(
      sql`select jurisdiction_id as jurisdiction, id, seq::text, fresh from search_pending order by seq limit ${partSize}`,
    )
    if (pending.length === 0) return 0
    const fresh = pending.filter((row) => row.fresh)
    if (fresh.length > 0) await addPart(tx, active.generation, await textRows(tx, fresh))
    await writeColumns(
      tx,
      active.generation,
      pending.filter((row) => !row.fresh),
    )
    const seqs = numberArray(pending.map(({ seq }) => Number(seq)))
    await tx.execute(sql`delete from search_pending where seq = any(${seqs}::bigint[])`)
    // Changed again meanwhile: it is in a part now, and only its columns are looked at anew.
    if (fresh.length > 0)
      await tx.execute(sql`update search_pending p set fresh = false from ${keyTable(fresh)}
        where p.jurisdiction_id = k.jurisdiction and p.id = k.id`)
    await changed(tx)
    return pending.length
  })
}
/** So much of a row of columns tells its first entry. */
const headLength = 400
const firstEntry = /^\[\[("(?:[^"\\]|\\.)*"),("(?:[^"\\]|\\.)*"),(\d+),/
function firstPlace(head: string): Place | null {
  const [, jurisdiction, id, published] = firstEntry.exec(head) ?? []
  return jurisdiction === undefined || id === undefined
    ? null
    : { jurisdiction: JSON.parse(jurisdiction) as string, id: JSON.parse(id) as string, published: Number(published) }
}
/**
 * Entries that changed get their columns written anew. Where an entry stands in the order of results does not change with it
 * (the day of its publication never does), so of each part one row may have it, told by how the rows begin; only that is read.
 * Should it stand elsewhere, all the others are looked through.
 */
async function writeColumns(tx: Tx, generation: number, keys: readonly Key[]): Promise<void> {
  if (keys.length === 0) return
  const rows = new Map((await indexedRows(tx, keys)).map((row) => [`${row.jurisdiction_id} ${row.id}`, packed(row)]))
  const heads = await tx.execute<{ part: string; chunk: number; head: string }>(sql`
    select c.part::text, c.chunk, left(c.body, ${headLength}) as head from search_columns c join search_parts p on p.part = c.part
    where p.generation = ${generation} and c.chunk >= 0 order by c.part, c.chunk`)
  const all = heads.map(({ part, chunk, head }) => ({ part: Number(part), chunk, first: firstPlace(head) }))
  const likely = new Map<(typeof all)[number], Packed[]>()
  for (const chunks of Map.groupBy(all, ({ part }) => part).values())
    for (const row of rows.values()) {
      const at = lastNotAfter(chunks, placeOf(row))
      const chunk = chunks[at]
      if (chunk !== undefined) likely.set(chunk, [...(likely.get(chunk) ?? []), row])
    }
  const write = async ({ part, chunk }: (typeof all)[number], wanted: readonly Packed[]): Promise<void> => {
    const where = sql`where part = ${part} and chunk = ${chunk}`
    // Of few it is seen in the text whether it is there at all.
    const ids = `{${wanted.map(([, id]) => JSON.stringify(JSON.stringify(id))).join(',')}}`
    const there =
      wanted.length > 20 ? sql`` : sql`and exists (select from unnest(${ids}::text[]) k where position(k in body) > 0)`
    const [row] = await tx.execute<{ body: string }>(sql`select body from search_columns ${where} ${there}`)
    let touched = false
    const entries = (JSON.parse(row?.body ?? '[]') as Packed[]).map((entry) => {
      const key = `${entry[0]} ${entry[1]}`
      const fresh = rows.get(key)
      if (fresh === undefined) return entry
      touched = true
      rows.delete(key)
      return fresh
    })
    if (touched) await tx.execute(sql`update search_columns set body = ${JSON.stringify(entries)}, v = v + 1 ${where}`)
  }
  for (const [chunk, wanted] of likely) await write(chunk, wanted)
  for (const chunk of all) {
    if (rows.size === 0) break
    if (!likely.has(chunk)) await write(chunk, [...rows.values()])
  }
}
/** The last of the rows of one part that does not begin after a place; an unreadable beginning counts as not after. */
function lastNotAfter(chunks: ReadonlyArray<{ first: Place | null }>, place: Place): number {
  let low = 0
  let high = chunks.length
  while (low < high) {
    const middle = (low + high) >>> 1
    const first = chunks[middle]?.first ?? null
    if (first === null || before(first, place) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Whether there are parts to merge. */
export async function isMergeDue(db: Db, pace: Pace): Promise<boolean> {
  const active = await activeIndex(db)
  return active !== null && (await dueIn(db, active.generation, pace)).length > 1
}

/**
 * Merges parts of one size while there are enough of them; `pace` tells whether the index is being filled. Whoever adds
 * entries does not wait for it. Answers how many were merged; none also while somebody else merges.
 */
export async function mergeSearchParts(db: Db, pace: Pace = 'steady'): Promise<number> {
  let merged = 0
  for (;;) {
    const step = await bulk(db, async (tx) => {
      if (!(await mayMerge(tx))) return 0
      const active = await activeIndex(tx)
      const parts = active === null ? [] : await dueIn(tx, active.generation, pace)
      if (active === null || parts.length < 2) return 0
      await mergeParts(tx, active.generation, parts)
      await changed(tx)
      return parts.length
    })
    if (step === 0) return merged
    merged += step
    await freePlaces(db)
  }
}
/**
 * The place of what was merged becomes free for what is written next. Who may not do so only gets a warning from the
 * database, which then does it by itself, later; the same where it takes longer than the connection allows.
 */
async function freePlaces(db: Db): Promise<void> {
  try {
    await db.execute(sql`vacuum (truncate false) search_blocks, search_columns, search_parts, search_pending`)
  } catch (error) {
    if (databaseProblem(error) === undefined) throw error
  }
}

/** How long others leave alone what is pending after a rebuilding last said that it goes on (ms). */
const holdMs = 300_000

export interface RebuildProgress {
  entries: number
}
/**
 * Builds the index anew from the entries, beside the one that answers, and puts it in its place at the end. Stops
 * without doing so when `signal` says so, or another process was faster. Answers the number of entries, or null.
 */
export async function rebuildSearchIndex(
  db: Db,
  options: { signal?: AbortSignal | undefined; onProgress?: (progress: RebuildProgress) => void } = {},
): Promise<number | null> {
  // Its own number, however many begin at once: the sequence never gives the same twice.
  const [started] = await db.execute<{ active: string; next: string }>(sql`
    select coalesce((select generation from search_index), 0)::text as active,
      (nextval('search_pending_seq') + greatest(coalesce((select generation from search_index), 0), coalesce((select max(generation) from search_parts), 0)))::text as next`)
  const generation = Number(started?.next)
  const included = new Set<string>()
  let after: Key | null = null
  const give = async (own = true): Promise<null> => {
    await bulk(db, async (tx) => {
      await merging(tx)
      await inPlace(tx)
      if (own) await tx.execute(sql`update search_index set rebuilding_until = null`)
      await dropGenerations(tx, sql`generation = ${generation}`)
    })
    return null
  }
  // Before anything is read: what is pending from now on stays so. Was there a moment without this, something may be missing.
  let announcedAt: number | null = null
  const announced = async (): Promise<boolean> => {
    const before = announcedAt
    const at = Date.now()
    if (before !== null && at - before > holdMs) return false
    const held = await alone(db, async (tx) => {
      const rows = await tx.execute(sql`
        update search_index set rebuilding_until = clock_timestamp() + make_interval(secs => ${holdMs / 1000})
        where ${before === null ? sql`true` : sql`rebuilding_until > clock_timestamp()`} returning id`)
      return rows.length > 0 || (await tx.execute(sql`select from search_index`)).length === 0
    })
    announcedAt = at
    return held
  }
  for (;;) {
    if (options.signal?.aborted) return await give()
    if (!(await announced())) return await give(false)
    const from: Key | null = after
    let merged = false
    const rows: TextRow[] = await bulk(db, async (tx) => {
      const found = await nextTextRows(tx, from, partSize)
      if (found.length > 0) await addPart(tx, generation, found)
      const parts = await dueIn(tx, generation, 'filling')
      merged = parts.length > 1
      if (merged) await mergeParts(tx, generation, parts)
      return found
    })
    if (merged) await freePlaces(db)
    for (const row of rows) included.add(`${row.jurisdiction_id} ${row.id}`)
    const last = rows.at(-1)
    if (last) after = { jurisdiction: last.jurisdiction_id, id: last.id }
    options.onProgress?.({ entries: included.size })
    if (rows.length < partSize) break
  }
  const put = await bulk(db, async (tx) => {
    await merging(tx)
    await inPlace(tx)
    const [now] = await tx.execute<{ generation: string; held: boolean }>(
      sql`select generation::text, coalesce(rebuilding_until > clock_timestamp(), false) as held from search_index`,
    )
    if ((now?.generation ?? '0') !== started?.active || now?.held === false) return false
    const pending = await tx.execute<{ jurisdiction: string; id: string }>(
      sql`select jurisdiction_id as jurisdiction, id from search_pending where fresh for update`,
    )
    const known = pending.filter(({ jurisdiction, id }) => included.has(`${jurisdiction} ${id}`))
    if (known.length > 0)
      await tx.execute(sql`update search_pending p set fresh = false from ${keyTable(known)}
        where p.jurisdiction_id = k.jurisdiction and p.id = k.id`)
    await tx.execute(sql`insert into search_index (id, generation, revision, form) values (1, ${generation}, (extract(epoch from clock_timestamp()) * 1000)::bigint, ${indexForm})
      on conflict (id) do update set generation = excluded.generation, revision = search_index.revision + 1, form = excluded.form, rebuilding_until = null`)
    await dropGenerations(tx, sql`generation <> ${generation}`)
    return true
  })
  if (!put) return await give()
  await freePlaces(db)
  return included.size
}
/** Builds the index when there is none that answers; otherwise does nothing. */
export async function keepSearchIndex(db: Db, options: { signal?: AbortSignal | undefined } = {}): Promise<void> {
  if ((await activeIndex(db)) === null) await rebuildSearchIndex(db, options)
}
async function dropGenerations(tx: Tx, which: ReturnType<typeof sql>): Promise<void> {
  const rows = await tx.execute<{ part: string }>(sql`select part::text from search_parts where ${which}`)
  if (rows.length > 0)
    await dropParts(
      tx,
      rows.map(({ part }) => Number(part)),
    )
}
