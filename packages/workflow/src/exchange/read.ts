// Reading the record: what stands about one filing in clerks' words, the state of each other side, and the tree by which two
// records are compared.

import { AppError, exchangeKeyLabels, exchangeStateLabels, exchangeStepLabels, filingReview } from '@dianzhang/contract'
import { and, asc, count, type DbOrTx, desc, eq, inArray, isNotNull, max, schema, sql } from '@dianzhang/database'
import { emptyNode, type Head, headOf, readManifest, rootOfBlock } from '@dianzhang/exchange'
import { bytesToHex } from '@dianzhang/tlog'
import type { Office } from '../office.ts'
import { keysNow, type Peer } from './peers.ts'
import { type Between, type Direction, ofStream } from './record.ts'

const { exchangeMessages: m, exchangeStreams: s, exchangePeers: p } = schema

/** The hashes of 256 positions from `block · 256` on; where no message is, the hash of none. */
async function leaves(db: DbOrTx, between: Between, direction: Direction, block: number): Promise<Uint8Array[]> {
  const rows = await db
    .select({ seq: m.seq, leaf: m.leaf })
    .from(m)
    .where(
      and(
        ofStream(between, direction),
        isNotNull(m.leaf),
        sql`${m.seq} >= ${block * 256} and ${m.seq} < ${(block + 1) * 256}`,
      ),
    )
    .orderBy(asc(m.seq))
  const list: Uint8Array[] = []
  for (const { seq, leaf } of rows) {
    while (list.length < seq - block * 256) list.push(emptyNode(0))
    if (leaf) list.push(new Uint8Array(leaf))
  }
  return list
}
/** Roots of blocks that were computed: by the digest of their leaves, which the database computes. */
const roots = new Map<string, Uint8Array>()
const mostRoots = 20_000
/** Nodes of level 1: one for each 256 positions, in the range of blocks. Only blocks that changed are read. */
async function blockRoots(
  db: DbOrTx,
  between: Between,
  direction: Direction,
  from: number,
  to: number,
): Promise<Uint8Array[]> {
  const rows = await db.execute<{ block: string; digest: string }>(sql`
    select seq / 256 as block, encode(sha256(string_agg(int8send(seq) || leaf, ''::bytea order by seq)), 'hex') as digest
    from exchange_messages where jurisdiction_id = ${between.jurisdiction} and peer = ${between.peer} and direction = ${direction}
      and leaf is not null and seq >= ${from * 256} and seq < ${to * 256} group by 1 order by 1`)
  const list: Uint8Array[] = []
  for (const row of rows) {
    const block = Number(row.block)
    while (list.length < block - from) list.push(emptyNode(1))
    let root = roots.get(row.digest)
    if (!root) {
      root = rootOfBlock(await leaves(db, between, direction, block), 0)
      if (roots.size >= mostRoots) roots.clear()
      roots.set(row.digest, root)
    }
    list.push(root)
  }
  return list
}
/** Up to 256 nodes of `level` from `index · 256` on. */
async function exchangeTile(
  db: DbOrTx,
  between: Between,
  direction: Direction,
  level: number,
  index: number,
): Promise<Uint8Array[]> {
  if (level === 0) return leaves(db, between, direction, index)
  if (level === 1) return blockRoots(db, between, direction, index * 256, (index + 1) * 256)
  const list: Uint8Array[] = []
  const last = await lastPlace(db, between, direction)
  const span = 256 ** level
  const most = Math.min(256, Math.ceil((last + 1 - index * 256 * span) / span))
  for (let i = 0; i < most; i += 1)
    list.push(rootOfBlock(await exchangeTile(db, between, direction, level - 1, index * 256 + i), level - 1))
  return list
}
/** The last place of one direction; -1 where nothing was said. */
export async function lastPlace(db: DbOrTx, between: Between, direction: Direction): Promise<number> {
  const [row] = await db
    .select({ last: max(m.seq) })
    .from(m)
    .where(and(ofStream(between, direction), isNotNull(m.leaf)))
  return row?.last ?? -1
}
/** Count, last place and root of one direction, as it is in the database now. */
export async function exchangeHead(db: DbOrTx, between: Between, direction: Direction): Promise<Head> {
  const [row] = await db
    .select({ n: count(), last: max(m.seq) })
    .from(m)
    .where(and(ofStream(between, direction), isNotNull(m.leaf)))
  return headOf(row?.n ?? 0, row?.last ?? -1, (level, index) => exchangeTile(db, between, direction, level, index))
}
export const tileHex = async (...asked: Parameters<typeof exchangeTile>): Promise<string[]> =>
  (await exchangeTile(...asked)).map(bytesToHex)

/** The receipts about one package, ours or theirs; null: no such package is known here. */
export async function receiptsOf(
  db: DbOrTx,
  id: string,
): Promise<{
  jurisdiction: string
  peer: string
  digest: string | null
  receipts: Array<typeof m.$inferSelect>
} | null> {
  const [own] = await db
    .select()
    .from(m)
    .where(and(eq(m.id, id), eq(m.kind, 'command')))
    .limit(1)
  if (!own) return null
  const receipts = await db
    .select()
    .from(m)
    .where(
      and(
        eq(m.jurisdictionId, own.jurisdictionId),
        eq(m.peer, own.peer),
        eq(m.about, id),
        eq(m.kind, 'receipt'),
        eq(m.direction, own.direction === 'in' ? 'out' : 'in'),
      ),
    )
    .orderBy(asc(m.seq))
  return { jurisdiction: own.jurisdictionId, peer: own.peer, digest: own.digest, receipts }
}

type Row = typeof m.$inferSelect
/** A command in the words of either side. */
const wordsOf = (type: string): string =>
  type === 'ReceiveFiling'
    ? '报送'
    : ((filingReview.commands as Record<string, { label: string } | undefined>)[type]?.label ?? type)
/** What happened to one message, as a clerk says it. */
function told(row: Row, label: string, failing: string | null) {
  const manifest = row.manifest === null ? null : readManifest(row.manifest)
  const type =
    manifest?.kind === 'command'
      ? manifest.command.type
      : ((JSON.parse(row.draft ?? '{}') as { command?: { type?: string } }).command?.type ?? '')
  const out = row.direction === 'out'
  const state = !out && row.state === 'settled' && row.why !== null ? 'failed' : row.state
  const why = row.why ?? (out && row.state === 'waiting' ? failing : null)
  return {
    id: row.id,
    direction: row.direction as Direction,
    peer: row.peer,
    peerLabel: label,
    seq: row.seq,
    type,
    typeLabel: wordsOf(type),
    at: row.at.toISOString(),
    state,
    stateLabel: exchangeStateLabels[`${out ? 'out' : 'in'}.${state}` as keyof typeof exchangeStateLabels] ?? state,
    why,
    settledAt: row.settledAt?.toISOString() ?? null,
    attempts: row.attempts,
    /** Nothing moves any more unless somebody acts. */
    stuck: out ? ['rejected', 'not_delivered'].includes(row.state) || why !== null : row.why !== null,
    mayResend: out && ['rejected', 'waiting', 'accepted', 'draft'].includes(row.state),
    files: manifest?.files.map(({ item, name, sha256, size }) => ({ item, name, sha256, size })) ?? [],
  }
}
export type ExchangeLine = ReturnType<typeof told>

/** The exchange about one filing, oldest first; receipts are told with the message they are about. */
export async function exchangeOf(
  db: DbOrTx,
  jurisdiction: string,
  peer: string,
  matter: string,
): Promise<ExchangeLine[]> {
  const [rows, [side], [stream]] = await Promise.all([
    db
      .select()
      .from(m)
      .where(and(eq(m.jurisdictionId, jurisdiction), eq(m.matterId, matter), eq(m.kind, 'command')))
      .orderBy(asc(m.at), asc(m.seq)),
    db
      .select({ label: p.label })
      .from(p)
      .where(and(eq(p.jurisdictionId, jurisdiction), eq(p.name, peer))),
    db
      .select({ error: s.error })
      .from(s)
      .where(and(eq(s.jurisdictionId, jurisdiction), eq(s.peer, peer), eq(s.direction, 'out'))),
  ])
  return rows.map((row) => told(row, side?.label ?? peer, stream?.error ?? null))
}
/** Ids of what was sent about one filing. */
export const messagesOfMatter = async (db: DbOrTx, jurisdiction: string, matter: string): Promise<string[]> =>
  (
    await db
      .select({ id: m.id })
      .from(m)
      .where(
        and(eq(m.jurisdictionId, jurisdiction), eq(m.matterId, matter), eq(m.kind, 'command'), eq(m.direction, 'out')),
      )
  ).map(({ id }) => id)
/** Messages that wait for somebody, newest first; at most 200. */
export async function stuckMessages(
  db: DbOrTx,
  jurisdiction: string,
): Promise<Array<ExchangeLine & { matter: string | null; title: string | null }>> {
  const rows = await db
    .select({ row: m, label: p.label, error: s.error, title: schema.matters.title })
    .from(m)
    .leftJoin(p, and(eq(p.jurisdictionId, m.jurisdictionId), eq(p.name, m.peer)))
    .leftJoin(s, and(eq(s.jurisdictionId, m.jurisdictionId), eq(s.peer, m.peer), eq(s.direction, m.direction)))
    .leftJoin(
      schema.matters,
      and(eq(schema.matters.jurisdictionId, m.jurisdictionId), eq(schema.matters.id, m.matterId)),
    )
    .where(
      and(
        eq(m.jurisdictionId, jurisdiction),
        eq(m.kind, 'command'),
        sql`(${inArray(m.state, ['rejected', 'not_delivered', 'incomplete'])} or (${m.direction} = 'in' and ${m.why} is not null)
          or (${m.direction} = 'out' and ${m.state} in ('draft','waiting') and (${m.why} is not null or ${s.error} is not null)))`,
      ),
    )
    .orderBy(desc(m.at))
    .limit(200)
  return rows.map(({ row, label, error, title }) => ({
    ...told(row, label ?? row.peer, error),
    matter: row.matterId,
    title,
  }))
}
/** From when to when each key of the other side counts, and what it signed when it was told of ours. */
function keysTold(peer: Peer, now: Date) {
  const { holding, ended } = keysNow(peer, now)
  return {
    terms: [...holding, ...ended].map((key) => {
      const { from = null, lastDay = null, notice } = peer.terms[key] ?? {}
      const state = ended.includes(key) ? 'ended' : lastDay === null ? 'holding' : 'ending'
      return {
        key,
        state,
        stateLabel: exchangeKeyLabels[state],
        from,
        lastDay,
        announced: notice !== undefined,
      } as const
    }),
    told: Object.entries(peer.told).map(([key, { at, step, why }]) => ({
      key,
      at,
      step,
      stepLabel: exchangeStepLabels[step as keyof typeof exchangeStepLabels] ?? step,
      why,
    })),
  }
}
/** The sides of a jurisdiction with how far both directions go. */
export async function exchangeState(office: Office, jurisdiction: string) {
  const [peers, streams, counts] = await Promise.all([
    office.db.select().from(p).where(eq(p.jurisdictionId, jurisdiction)).orderBy(asc(p.name)),
    office.db.select().from(s).where(eq(s.jurisdictionId, jurisdiction)),
    office.db
      .select({ peer: m.peer, direction: m.direction, state: m.state, n: count() })
      .from(m)
      .where(eq(m.jurisdictionId, jurisdiction))
      .groupBy(m.peer, m.direction, m.state),
  ])
  return peers.map((peer) => {
    const of = (direction: Direction) => {
      const stream = streams.find((x) => x.peer === peer.name && x.direction === direction)
      const own = counts.filter((x) => x.peer === peer.name && x.direction === direction)
      const among = (states: string[]) => own.filter((x) => states.includes(x.state)).reduce((sum, x) => sum + x.n, 0)
      return {
        count: own.reduce((sum, x) => sum + x.n, 0),
        waiting: among(direction === 'out' ? ['draft', 'waiting', 'rejected'] : ['incomplete', 'held']),
        contactAt: stream?.contactAt?.toISOString() ?? null,
        nextAt: stream?.nextAt?.toISOString() ?? null,
        error: stream?.error ?? null,
      }
    }
    return {
      name: peer.name,
      label: peer.label,
      address: peer.address,
      keys: keysNow(peer, office.clock.now()).holding,
      retired: keysNow(peer, office.clock.now()).ended,
      ...keysTold(peer, office.clock.now()),
      tracks: peer.tracks,
      filesTo: peer.filesTo,
      receivesAt: peer.receivesAt,
      active: peer.active,
      out: of('out'),
      in: of('in'),
    }
  })
}
/** Sends one message again, at once: what was refused, or waits for the next attempt. 404: none of ours in that state. */
export async function sendAgain(office: Office, jurisdiction: string, id: string): Promise<string> {
  const mine = and(eq(m.jurisdictionId, jurisdiction), eq(m.direction, 'out'), eq(m.id, id))
  const [row] = await office.db
    .update(m)
    .set({ state: sql`case when ${m.state} = 'draft' then 'draft' else 'waiting' end`, nextAt: null, why: null })
    .where(and(mine, inArray(m.state, ['draft', 'waiting', 'rejected', 'accepted'])))
    .returning({ peer: m.peer })
  if (!row) throw new AppError('not_found', '没有可以再送的这一包')
  await office.db
    .update(s)
    .set({ nextAt: null, fails: 0 })
    .where(and(eq(s.jurisdictionId, jurisdiction), eq(s.peer, row.peer), eq(s.direction, 'out')))
  return row.peer
}
