// The other installations: who they are, with which keys they sign, who of us files there or receives from there. Entered by
// an administrator; an address within the own network is his to enter.
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type OfficePayload, tracks } from '@dianzhang/contract'
import { and, asc, type DbOrTx, eq, schema, sql } from '@dianzhang/database'
import { keysOn, readKeyNotice, replaceKeys, signedBy } from '@dianzhang/exchange'
import type { OfficeShape } from '@dianzhang/processes'
import { MalformedError, parseNote, parseVerifierKey, signatureTypes } from '@dianzhang/tlog'
import type { Handler } from '../door/desk.ts'
import { invalid } from '../failures.ts'

const { exchangePeers: p } = schema
export type Peer = typeof p.$inferSelect

/** All of every jurisdiction that messages go to and come from. */
export const activePeers = (db: DbOrTx): Promise<Peer[]> =>
  db.select().from(p).where(eq(p.active, true)).orderBy(asc(p.jurisdictionId), asc(p.name))
export async function peerNamed(db: DbOrTx, jurisdiction: string, name: string): Promise<Peer | null> {
  const [row] = await db
    .select()
    .from(p)
    .where(and(eq(p.jurisdictionId, jurisdiction), eq(p.name, name)))
  return row ?? null
}
/** The installation where this organ receives on this track; null: it receives here. */
export async function receivingPeer(
  db: DbOrTx,
  jurisdiction: string,
  unit: string,
  track: string,
): Promise<Peer | null> {
  const rows = await db
    .select()
    .from(p)
    .where(and(eq(p.jurisdictionId, jurisdiction), eq(p.filesTo, unit), eq(p.active, true)))
  return rows.find((row) => row.tracks.includes(track)) ?? null
}

/** The key as it is entered; refuses (422) what is none, is not of this name, or is of a kind that signs no packages. */
function checkedKey(text: string, name: string, path: string): string {
  try {
    const key = parseVerifierKey(text)
    if (key.name !== name) throw invalid([path, `这把公钥的名称是“${key.name}”，与对方的名称不同`])
    if (key.type !== signatureTypes.ed25519) throw invalid([path, '往来的包只认 Ed25519 公钥'])
    return text.trim()
  } catch (error) {
    if (error instanceof MalformedError) throw invalid([path, error.message])
    throw error
  }
}
/** Refuses (422) a notice that is none of this name, or whose new key is not among those given or did not sign it. */
function checkNotice(source: string, name: string, keys: readonly string[]): void {
  try {
    const note = parseNote(source)
    const notice = readKeyNotice(note.text)
    if (notice?.name === name && keys.includes(notice.key) && signedBy(note, [notice.key])) return
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
  }
  throw invalid(['notice', '不是这一方告知这把新公钥的签名'])
}
function checkedAddress(text: string): string {
  if (text === '') return ''
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw invalid(['address', '应为 https:// 开头的网址，不带账号与参数'])
  return url.href.replace(/\/+$/, '')
}

/**
 * Enters one installation, or corrects what was entered under its name. A key that is left out counts up to `overlapUntil`, or no
 * longer where none is given, and is kept as one of before: what it signs is then refused as signed by an old key.
 */
export const saveExchangePeer: Handler<OfficeShape, OfficePayload<'SaveExchangePeer'>> = {
  resolve: (c, given) => {
    given.keys.forEach((key, i) => {
      checkedKey(key, given.name, `keys.${i}`)
    })
    checkedAddress(given.address ?? '')
    if (given.notice !== undefined) checkNotice(given.notice, given.name, given.keys)
    for (const field of ['filesTo', 'receivesAt'] as const) {
      const unit = given[field]
      if (unit !== undefined && !c.units[unit]) throw invalid([field, '没有这个单位'])
    }
    if (given.filesTo === undefined && given.receivesAt === undefined)
      throw invalid(['filesTo', '写明我方报给它的受理机关，或者我方受理其报送的机关，至少一项'])
    return {}
  },
  write: async (c, given) => {
    const before = await peerNamed(c.tx, c.jurisdiction, given.name)
    const day = dateInShanghai(c.now.toISOString())
    if (given.overlapUntil !== undefined && given.overlapUntil < day)
      throw invalid(['overlapUntil', '这一日已经过去；立即不收的不填'])
    const ring = replaceKeys(
      before ?? { keys: [], retired: [], terms: {} },
      given.keys.map((key) => key.trim()),
      {
        day,
        at: c.now.toISOString(),
        lastDay: given.overlapUntil ?? null,
        ...(given.notice === undefined ? {} : { notice: given.notice }),
      },
    )
    const values = {
      label: given.label,
      address: checkedAddress(given.address ?? ''),
      ...ring,
      tracks: given.tracks ?? [...tracks],
      filesTo: given.filesTo ?? null,
      receivesAt: given.receivesAt ?? null,
      active: given.active ?? true,
      savedAt: c.now,
    }
    if (before === null) await c.tx.insert(p).values({ ...values, jurisdictionId: c.jurisdiction, name: given.name })
    else
      await c.tx
        .update(p)
        .set(values)
        .where(and(eq(p.jurisdictionId, c.jurisdiction), eq(p.name, given.name)))
    return { result: { name: given.name } }
  },
}
/** The keys of one side that count now, and those of before. */
export const keysNow = (peer: Peer, now: Date): { holding: string[]; ended: string[] } =>
  keysOn(peer, dateInShanghai(now.toISOString()))
/** Keeps what the other side signed when we announced a key of ours. */
export const noteTold = (db: DbOrTx, peer: Peer, key: string, told: Peer['told'][string]): Promise<unknown> =>
  db
    .update(p)
    .set({ told: sql`${p.told} || ${JSON.stringify({ [key]: told })}::jsonb` })
    .where(and(eq(p.jurisdictionId, peer.jurisdictionId), eq(p.name, peer.name)))
/** Of one jurisdiction by name; 404 where it was never entered. */
export async function requirePeer(db: DbOrTx, jurisdiction: string, name: string): Promise<Peer> {
  const peer = await peerNamed(db, jurisdiction, name)
  if (!peer) throw new AppError('not_found', '没有登记这一方')
  return peer
}
