// The record of what two installations said to each other, as rows. Places are given out under the lock of the stream, so that
// there is no gap; the same message again changes nothing.

import { and, asc, type DbOrTx, eq, gte, inArray, schema, sql, type Tx, withTransaction } from '@dianzhang/database'
import type { Reason, Step } from '@dianzhang/exchange'
import { furthest, judgeArrival, leafOf, type Manifest } from '@dianzhang/exchange'
import { utf8ToBytes } from '@dianzhang/tlog'
import type { Office } from '../office.ts'
import { derivedId } from '../outbox.ts'

const { exchangeMessages: m, exchangeStreams: s } = schema
export type Message = typeof m.$inferSelect
export type Direction = 'out' | 'in'
export interface Between {
  jurisdiction: string
  peer: string
}
export const ofStream = ({ jurisdiction, peer }: Between, direction: Direction) =>
  and(eq(m.jurisdictionId, jurisdiction), eq(m.peer, peer), eq(m.direction, direction))
export const streamRow = ({ jurisdiction, peer }: Between, direction: Direction) =>
  and(eq(s.jurisdictionId, jurisdiction), eq(s.peer, peer), eq(s.direction, direction))

/** Locks one direction; returns its next place. */
export async function lockStream(tx: Tx, between: Between, direction: Direction): Promise<number> {
  await tx
    .insert(s)
    .values({ jurisdictionId: between.jurisdiction, peer: between.peer, direction })
    .onConflictDoNothing()
  const [row] = await tx.select({ next: s.next }).from(s).where(streamRow(between, direction)).for('update')
  return row?.next ?? 0
}

/** What is to be said: signed later, in its place. */
export interface Saying {
  id: string
  kind: 'command' | 'receipt'
  about: string
  matter: string | null
  step: Step | null
  draft: Record<string, unknown>
}
/** Puts one message at the end of what we say to `peer`; once for each id. */
export async function say(tx: Tx, between: Between, at: Date, saying: Saying): Promise<void> {
  const next = await lockStream(tx, between, 'out')
  const [there] = await tx
    .select({ seq: m.seq })
    .from(m)
    .where(and(ofStream(between, 'out'), eq(m.id, saying.id)))
  if (there) return
  await tx.insert(m).values({
    jurisdictionId: between.jurisdiction,
    peer: between.peer,
    direction: 'out',
    seq: next,
    id: saying.id,
    kind: saying.kind,
    about: saying.about,
    matterId: saying.matter,
    step: saying.step,
    draft: JSON.stringify(saying.draft),
    at,
    state: 'draft',
  })
  await tx
    .update(s)
    .set({ next: next + 1 })
    .where(streamRow(between, 'out'))
}
/** At most so many refusals of one package are kept: whoever sends it broken for ever does not fill the record. */
const mostRefusals = 20
/** States one step of a package that the other side sent. */
export async function sayStep(
  tx: Tx,
  between: Between,
  at: Date,
  of: { id: string; digest: string; matter: string | null },
  step: Step,
  reasons: readonly Reason[] = [],
): Promise<void> {
  if (step === 'rejected') {
    const before = await tx
      .select({ seq: m.seq })
      .from(m)
      .where(and(ofStream(between, 'out'), eq(m.kind, 'receipt'), eq(m.about, of.id), eq(m.step, step)))
      .limit(mostRefusals)
    if (before.length >= mostRefusals) return
  }
  const which = step === 'rejected' ? [of.digest, ...reasons.map(({ code, file }) => `${code} ${file ?? ''}`)] : []
  await say(tx, between, at, {
    id: derivedId('exchange receipt', between.peer, of.id, step, ...which),
    kind: 'receipt',
    about: of.id,
    matter: of.matter,
    step,
    draft: { digest: of.digest, reasons },
  })
}

export interface Signed {
  manifest: Manifest
  /** The manifest as it was written. */
  text: string
  note: string
  digest: string
}
export type Taken = 'new' | 'again' | 'completed' | 'same_id' | 'same_place'
/**
 * Takes a message whose signature was checked. `complete`: all its files are here. A receipt is settled at once, a command
 * waits for its turn.
 */
export async function take(tx: Tx, between: Between, at: Date, signed: Signed, complete: boolean): Promise<Taken> {
  const { manifest, text, note, digest } = signed
  const next = await lockStream(tx, between, 'in')
  const there = await tx
    .select({ seq: m.seq, id: m.id, digest: m.digest, state: m.state })
    .from(m)
    .where(and(ofStream(between, 'in'), sql`(${m.id} = ${manifest.id} or ${m.seq} = ${manifest.seq})`))
  const known = (row: (typeof there)[number] | undefined) => row && { id: row.id, digest: row.digest ?? '' }
  const arrival = judgeArrival(
    { id: manifest.id, digest },
    known(there.find((row) => row.id === manifest.id)),
    known(there.find((row) => row.seq === manifest.seq)),
  )
  if (arrival === 'again') {
    if (!complete || there[0]?.state !== 'incomplete') return 'again'
    await tx
      .update(m)
      .set({ state: 'held', why: null })
      .where(and(ofStream(between, 'in'), eq(m.id, manifest.id)))
    return 'completed'
  }
  if (arrival !== 'new') return arrival
  const receipt = manifest.kind === 'receipt'
  await tx.insert(m).values({
    jurisdictionId: between.jurisdiction,
    peer: between.peer,
    direction: 'in',
    seq: manifest.seq,
    id: manifest.id,
    kind: manifest.kind,
    about: manifest.about,
    matterId: null,
    step: receipt ? manifest.step : null,
    draft: null,
    manifest: text,
    note,
    digest,
    leaf: leafOf(utf8ToBytes(text)),
    at,
    state: receipt ? 'settled' : complete ? 'held' : 'incomplete',
    settledAt: receipt ? at : null,
  })
  if (manifest.seq === next) await advance(tx, between, next)
  if (receipt) await noteStep(tx, between, manifest)
  return 'new'
}
/**
 * Takes back into our record what we said and the other side holds, but we lost: a database restored from a backup is behind what
 * left it. The caller has checked our signature. False: the place is taken by something else, or is not the next one.
 */
export async function takeBack(tx: Tx, between: Between, at: Date, signed: Signed): Promise<boolean> {
  const { manifest, text, note, digest } = signed
  const next = await lockStream(tx, between, 'out')
  const said = {
    manifest: text,
    note,
    digest,
    leaf: leafOf(utf8ToBytes(text)),
    // The other side holds it; how much further it got, its receipts tell.
    state: 'accepted',
    settledAt: at,
  }
  const own = and(ofStream(between, 'out'), eq(m.id, manifest.id))
  const [there] = await tx.select({ seq: m.seq, state: m.state }).from(m).where(own)
  if (there) {
    // It was written and not yet signed when the backup was made.
    if (there.seq !== manifest.seq || there.state !== 'draft') return false
    await tx.update(m).set(said).where(own)
    return true
  }
  if (manifest.seq !== next) return false
  const { matters } = schema
  const filings = [manifest.about, derivedId('exchange filing', between.peer, manifest.about)]
  const [filing] =
    manifest.kind === 'command'
      ? await tx
          .select({ id: matters.id })
          .from(matters)
          .where(and(eq(matters.jurisdictionId, between.jurisdiction), inArray(matters.id, filings)))
          .limit(1)
      : []
  await tx.insert(m).values({
    jurisdictionId: between.jurisdiction,
    peer: between.peer,
    direction: 'out',
    seq: manifest.seq,
    id: manifest.id,
    kind: manifest.kind,
    about: manifest.about,
    matterId: filing?.id ?? null,
    step: manifest.kind === 'receipt' ? manifest.step : null,
    draft: null,
    at: new Date(manifest.at),
    ...said,
  })
  await tx
    .update(s)
    .set({ next: next + 1 })
    .where(streamRow(between, 'out'))
  return true
}
/** The first place at which something is missing. */
async function advance(tx: Tx, between: Between, from: number): Promise<void> {
  const [row] = await tx.execute<{ next: string }>(sql`
    select coalesce(min(x.seq + 1), ${from}) as next from exchange_messages x
    where x.jurisdiction_id = ${between.jurisdiction} and x.peer = ${between.peer} and x.direction = 'in' and x.seq >= ${from}
      and not exists (select from exchange_messages y where y.jurisdiction_id = x.jurisdiction_id and y.peer = x.peer
        and y.direction = 'in' and y.seq = x.seq + 1)`)
  await tx
    .update(s)
    .set({ next: Number(row?.next ?? from) })
    .where(streamRow(between, 'in'))
}
/** A step that the other side stated about a package of ours. */
async function noteStep(tx: Tx, between: Between, receipt: Extract<Manifest, { kind: 'receipt' }>): Promise<void> {
  const [own] = await tx
    .select({ state: m.state, digest: m.digest, matter: m.matterId })
    .from(m)
    .where(and(ofStream(between, 'out'), eq(m.id, receipt.about)))
    .for('update')
  if (!own || own.digest !== receipt.digest) return
  const before = (['rejected', 'accepted', 'delivered', 'not_delivered', 'opened'] as const).find(
    (x) => x === own.state,
  )
  const state = furthest([...(before ? [before] : []), receipt.step])
  const said = receipt.reasons.map(({ says }) => says).join('；')
  await tx
    .update(m)
    .set({
      state: state ?? own.state,
      ...(state === receipt.step ? { why: said === '' ? null : said, settledAt: new Date(receipt.at) } : {}),
    })
    .where(and(ofStream(between, 'out'), eq(m.id, receipt.about)))
}
/** Which matter here a message that came in is about. */
export const noteMatter = (tx: Tx, between: Between, id: string, matter: string) =>
  tx
    .update(m)
    .set({ matterId: matter })
    .where(and(ofStream(between, 'in'), eq(m.id, id)))

/** Commands that came in and are not settled, in order, with the place up to which nothing is missing. */
export async function openCommands(db: DbOrTx, between: Between): Promise<{ next: number; open: Message[] }> {
  const [[stream], open] = await Promise.all([
    db.select({ next: s.next }).from(s).where(streamRow(between, 'in')),
    db
      .select()
      .from(m)
      .where(and(ofStream(between, 'in'), inArray(m.state, ['incomplete', 'held'])))
      .orderBy(asc(m.seq))
      .limit(500),
  ])
  return { next: stream?.next ?? 0, open }
}
/** Our messages from a place on; `limit` at most. */
export const messagesFrom = (db: DbOrTx, between: Between, direction: Direction, from: number, limit: number) =>
  db
    .select()
    .from(m)
    .where(and(ofStream(between, direction), gte(m.seq, from)))
    .orderBy(asc(m.seq))
    .limit(limit)

/**
 * Whoever receives a filing opened it: states so for every package about it that was done and not yet opened. Reads only where
 * there is nothing to state.
 */
export async function noteOpened(office: Office, between: Between, matter: string): Promise<void> {
  const unopened = await office.db
    .select({ id: m.id, digest: m.digest })
    .from(m)
    .where(
      and(
        ofStream(between, 'in'),
        eq(m.matterId, matter),
        eq(m.kind, 'command'),
        sql`not exists (select from exchange_messages o where o.jurisdiction_id = ${between.jurisdiction} and o.peer = ${between.peer}
          and o.direction = 'out' and o.kind = 'receipt' and o.about = ${m.id} and o.step = 'opened')`,
      ),
    )
    .limit(50)
  if (unopened.length === 0) return
  const at = office.clock.now()
  await withTransaction(office.db, async (tx) => {
    for (const { id, digest } of unopened)
      await sayStep(tx, between, at, { id, digest: digest ?? '', matter }, 'opened')
  })
}
