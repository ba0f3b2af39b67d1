// The public log as the database keeps it: entries, tiles, checkpoints. Entries are written by triggers alone; what is
// written here can be computed from them at any time.
import { and, asc, type DbOrTx, desc, eq, gt, gte, lt, schema, sql } from '@dianzhang/database'
import {
  type NodeReader,
  nodesFromTiles,
  rootOfTile,
  type Tile,
  tileWidth,
  utf8ToBytes,
  widthAt,
} from '@dianzhang/tlog'

const { tlogCheckpoints, tlogCosignatures, tlogEntries, tlogTiles } = schema

/** A jurisdiction that has a log, with its name. */
export interface LogName {
  code: string
  name: string
}
/** All logs; first the one of the office itself: the place that has units. */
export async function logNames(db: DbOrTx): Promise<LogName[]> {
  const rows = await db.execute<{ code: string; name: string }>(sql`
    select j.id as code, j.name from jurisdictions j
    where exists (select 1 from tlog_entries t where t.jurisdiction_id = j.id and t.idx = 0)
      or exists (select 1 from units u where u.jurisdiction_id = j.id)
    order by not exists (select 1 from units u where u.jurisdiction_id = j.id), j.id`)
  return [...rows]
}
/** Number of entries committed. */
export async function logSize(db: DbOrTx, jurisdiction: string): Promise<number> {
  const [row] = await db
    .select({ idx: tlogEntries.idx })
    .from(tlogEntries)
    .where(eq(tlogEntries.jurisdictionId, jurisdiction))
    .orderBy(desc(tlogEntries.idx))
    .limit(1)
  return (row?.idx ?? -1) + 1
}
export interface StoredEntry {
  index: number
  entry: string
  leaf: Uint8Array
}
/** Entries from `from` on, at most `limit`, none at or above `size`. */
export function entriesFrom(
  db: DbOrTx,
  jurisdiction: string,
  from: number,
  limit: number,
  size: number,
): Promise<StoredEntry[]> {
  return db
    .select({ index: tlogEntries.idx, entry: tlogEntries.entry, leaf: tlogEntries.leaf })
    .from(tlogEntries)
    .where(and(eq(tlogEntries.jurisdictionId, jurisdiction), gte(tlogEntries.idx, from), lt(tlogEntries.idx, size)))
    .orderBy(asc(tlogEntries.idx))
    .limit(limit)
}
/** Everything about one subject, oldest first; known until `until` (an instant) where it is given. */
export async function entriesOfSubject(
  db: DbOrTx,
  jurisdiction: string,
  subject: string,
  until?: Date,
): Promise<StoredEntry[]> {
  return db
    .select({ index: tlogEntries.idx, entry: tlogEntries.entry, leaf: tlogEntries.leaf })
    .from(tlogEntries)
    .where(
      and(
        eq(tlogEntries.jurisdictionId, jurisdiction),
        eq(tlogEntries.subject, subject),
        until ? sql`${tlogEntries.at} <= ${until.toISOString()}::timestamptz` : undefined,
      ),
    )
    .orderBy(asc(tlogEntries.idx))
}

/** The bytes of a tile or bundle; null when the log of `size` entries has no such tile. */
export async function readTile(db: DbOrTx, jurisdiction: string, tile: Tile, size: number): Promise<Uint8Array | null> {
  const { level, n, width } = tile
  if (width > widthAt(level, n, size)) return null
  const first = n * tileWidth
  if (level === 'entries') {
    const rows = await entriesFrom(db, jurisdiction, first, width, first + width)
    return Buffer.concat(
      rows.flatMap(({ entry }) => {
        const bytes = utf8ToBytes(entry)
        return [Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes]
      }),
    )
  }
  const hashes = await (level === 0
    ? entriesFrom(db, jurisdiction, first, width, first + width).then((rows) => rows.map((row) => row.leaf))
    : db
        .select({ root: tlogTiles.root })
        .from(tlogTiles)
        .where(
          and(
            eq(tlogTiles.jurisdictionId, jurisdiction),
            eq(tlogTiles.level, level - 1),
            gte(tlogTiles.n, first),
            lt(tlogTiles.n, first + width),
          ),
        )
        .orderBy(asc(tlogTiles.n))
        .then((rows) => rows.map((row) => row.root)))
  return hashes.length === width ? Buffer.concat(hashes) : null
}
/** Hashes of subtrees of the log of `size` entries; its full tiles must have been written ({@link fillTiles}). */
export const nodeReader = (db: DbOrTx, jurisdiction: string, size: number): NodeReader =>
  nodesFromTiles(async (tile) => {
    const bytes = await readTile(db, jurisdiction, tile, size)
    if (bytes === null) throw new Error(`日志 ${jurisdiction} 的分块还没有写下`)
    return bytes
  }, size)

/** Writes the full tiles of a log of `size` entries that are not there yet; each level from where it stopped. */
export async function fillTiles(db: DbOrTx, jurisdiction: string, size: number): Promise<void> {
  for (let level = 0, full = Math.floor(size / tileWidth); full > 0; level += 1, full = Math.floor(full / tileWidth)) {
    const [last] = await db
      .select({ n: tlogTiles.n })
      .from(tlogTiles)
      .where(and(eq(tlogTiles.jurisdictionId, jurisdiction), eq(tlogTiles.level, level)))
      .orderBy(desc(tlogTiles.n))
      .limit(1)
    for (let n = (last?.n ?? -1) + 1; n < full; n += 1) {
      const hashes = await readTile(db, jurisdiction, { level, n, width: tileWidth }, size)
      if (hashes === null) throw new Error(`日志 ${jurisdiction} 的条目不全`)
      await db
        .insert(tlogTiles)
        .values({ jurisdictionId: jurisdiction, level, n, hashes, root: rootOfTile(hashes) })
        .onConflictDoNothing()
    }
  }
}

export interface StoredCheckpoint {
  origin: string
  size: number
  /** Base 64. */
  root: string
  /** With the lines of witnesses. */
  note: string
  at: Date
  witnesses: string[]
}
async function withWitnesses(
  db: DbOrTx,
  jurisdiction: string,
  row: typeof tlogCheckpoints.$inferSelect | undefined,
): Promise<StoredCheckpoint | null> {
  if (!row) return null
  const lines = await db
    .select({ witness: tlogCosignatures.witness, line: tlogCosignatures.line })
    .from(tlogCosignatures)
    .where(
      and(
        eq(tlogCosignatures.jurisdictionId, jurisdiction),
        eq(tlogCosignatures.origin, row.origin),
        eq(tlogCosignatures.size, row.size),
      ),
    )
    .orderBy(asc(tlogCosignatures.witness))
  const { origin, size, root, note, at } = row
  return {
    origin,
    size,
    root,
    note: note + lines.map((x) => x.line).join(''),
    at,
    witnesses: lines.map((x) => x.witness),
  }
}
/** The latest checkpoint signed under `origin`; null: none yet. */
export async function latestCheckpoint(
  db: DbOrTx,
  jurisdiction: string,
  origin: string,
): Promise<StoredCheckpoint | null> {
  const [row] = await db
    .select()
    .from(tlogCheckpoints)
    .where(and(eq(tlogCheckpoints.jurisdictionId, jurisdiction), eq(tlogCheckpoints.origin, origin)))
    .orderBy(desc(tlogCheckpoints.size))
    .limit(1)
  return withWitnesses(db, jurisdiction, row)
}
/** The first checkpoint signed under `origin` over more than `size` entries: what a proof made long ago rests on. */
export async function checkpointAt(
  db: DbOrTx,
  jurisdiction: string,
  origin: string,
  size: number,
): Promise<StoredCheckpoint | null> {
  const [row] = await db
    .select()
    .from(tlogCheckpoints)
    .where(
      and(
        eq(tlogCheckpoints.jurisdictionId, jurisdiction),
        eq(tlogCheckpoints.origin, origin),
        gt(tlogCheckpoints.size, size),
      ),
    )
    .orderBy(asc(tlogCheckpoints.size))
    .limit(1)
  return withWitnesses(db, jurisdiction, row)
}
export async function saveCheckpoint(
  db: DbOrTx,
  jurisdiction: string,
  checkpoint: Omit<StoredCheckpoint, 'witnesses'>,
): Promise<void> {
  await db
    .insert(tlogCheckpoints)
    .values({ jurisdictionId: jurisdiction, ...checkpoint })
    .onConflictDoNothing()
}
export async function saveCosignature(
  db: DbOrTx,
  jurisdiction: string,
  line: { origin: string; size: number; witness: string; line: string; at: Date },
): Promise<void> {
  await db
    .insert(tlogCosignatures)
    .values({ jurisdictionId: jurisdiction, ...line })
    .onConflictDoNothing()
}
/** Appends an entry that no row stands for: a new key, a declared break. Returns its index. */
export async function appendEntry(
  db: DbOrTx,
  jurisdiction: string,
  entry: { type: 'key_change' | 'break'; record: string | null; key: string | null; at: Date },
): Promise<number> {
  const rows = await db.execute<{ idx: string }>(
    sql`select dz_tlog_append(${jurisdiction}, ${entry.type}, null, ${entry.record}, null, ${entry.key}, ${entry.at.toISOString()}::timestamptz)::text as idx`,
  )
  return Number(rows[0]?.idx)
}
/** Index of the last entry of a type with this record; null: there is none. */
export async function entryOfRecord(
  db: DbOrTx,
  jurisdiction: string,
  type: 'key_change' | 'break',
  record: string,
): Promise<number | null> {
  const rows = await db.execute<{ idx: string }>(sql`
    select idx::text from tlog_entries where jurisdiction_id = ${jurisdiction} and type = ${type} and entry::jsonb ->> 'record' = ${record}
    order by idx desc limit 1`)
  return rows[0] ? Number(rows[0].idx) : null
}
/**
 * Enters the documents whose last day of validity has passed since they were registered and that no entry says so of:
 * the register reads otherwise from that day on. Returns how many.
 */
export async function logExpired(db: DbOrTx, jurisdiction: string, today: string, at: Date): Promise<number> {
  const rows = await db.execute(sql`
    select dz_tlog_append(e.jurisdiction_id, 'expire', e.id, null, dz_tlog_document(e), null, ${at.toISOString()}::timestamptz)
    from (select * from register_entries e where e.jurisdiction_id = ${jurisdiction} and e.disclosure = 'active'
      and e.valid_until < ${today}::date and e.valid_until >= (e.created_at at time zone 'Asia/Shanghai')::date
      and not exists (select 1 from tlog_entries t where t.jurisdiction_id = e.jurisdiction_id and t.subject = e.id and t.type = 'expire')
      order by e.valid_until, e.id for share of e) e`)
  return rows.length
}
/** Takes entries over from a mirror, in order from the first that is missing here; returns how many. */
export async function takeOver(
  db: DbOrTx,
  jurisdiction: string,
  from: number,
  entries: ReadonlyArray<{ entry: string; type: string; subject: string | null; at: string }>,
): Promise<number> {
  for (const [i, { entry, type, subject, at }] of entries.entries())
    await db.insert(tlogEntries).values({
      jurisdictionId: jurisdiction,
      idx: from + i,
      type,
      subject,
      at: new Date(at),
      entry,
      leaf: new Uint8Array(0),
      recovered: true,
    })
  return entries.length
}
