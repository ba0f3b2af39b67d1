// The post between two installations: signs and sends what is waiting, takes what comes in, asks for what did not come, compares
// both records. Carries messages only; what they do is the workflow's.
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile as readFileText, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { and, asc, eq, inArray, isNull, lte, or, schema, sql, type Tx, withTransaction } from '@dianzhang/database'
import {
  claimsOf,
  compare,
  digestOf,
  type Head,
  judgeKeyNotice,
  keysOn,
  limits,
  mayPass,
  type Reason,
  readKeyNotice,
  readManifest,
  reasonFor,
  requestMinutes,
  requestText,
  type Source,
  signedBy,
  signedText,
} from '@dianzhang/exchange'
import { formatNote, MalformedError, type Note, parseNote, parseVerifierKey } from '@dianzhang/tlog'
import {
  actInOffice,
  activePeers,
  applyPending,
  type Between,
  type Direction,
  type ExchangeSigner,
  exchangeHead,
  hasFile,
  heldPlaces,
  keepFile,
  keysNow,
  lastPlace,
  type Message,
  messagesFrom,
  noteTold,
  type Office,
  ofStream,
  type Peer,
  peerNamed,
  readFile,
  type Signed,
  sayStep,
  signPending,
  statementAbout,
  streamRow,
  take,
  takeBack,
  tileHex,
} from '@dianzhang/workflow'
import type { LogKeeper } from '../log/keeper.ts'
import { type OpenPackage, openPackage, packageStream, Refused } from './package.ts'

const { exchangeMessages: m, exchangeStreams: s } = schema
const [second, minute, hour] = [1000, 60_000, 3600_000]
/** Between two attempts with one side; from the last on, always that. */
const delays: readonly number[] = [2 * second, 10 * second, minute, 5 * minute, 15 * minute, hour, 3 * hour]
const delayAfter = (fails: number): number => delays[Math.min(fails, delays.length) - 1] ?? hour
/** What somebody who has not signed his request may send (bytes): enough to be told why it is not taken. */
export const unsignedBytes = 1024 * 1024
/** The ZIP beside the files in it. */
export const packageBytes = limits.bytes + 2 * limits.manifest + 512 * 1024
const requestMs = 60_000

/** What `peer` signed about the package `id` (null: about what has none), or about one that it could not read; null: nothing. */
function signedWord(
  peer: Peer,
  now: Date,
  id: string | null,
  told: { statement?: unknown; note?: unknown } | null | undefined,
): { step: string; digest: string | null; reasons: Reason[] } | null {
  if (typeof told?.statement !== 'string' || typeof told.note !== 'string') return null
  try {
    const { about, reasons, step, digest } = JSON.parse(told.statement) as Record<string, unknown>
    const note = parseNote(told.note)
    const text = signedText({ from: peer.name, id: typeof about === 'string' ? about : '-' }, digestOf(told.statement))
    if (note.text !== text || !signedBy(note, keysNow(peer, now).holding) || (about !== null && about !== id))
      return null
    const said = (Array.isArray(reasons) ? (reasons as Reason[]) : []).slice(0, 50).map(({ code, says, file }) => ({
      code: String(code).slice(0, 60),
      says: String(says).slice(0, 2000),
      ...(file === undefined ? {} : { file: String(file).slice(0, 300) }),
    }))
    return { step: String(step), digest: typeof digest === 'string' ? digest : null, reasons: said }
  } catch {
    return null
  }
}

export interface Receipt {
  manifest: string
  note: string
}
/** What came of a package: taken, or refused with the reasons in words and what we signed about it. */
export type Outcome =
  | { kind: 'taken'; id: string; digest: string; state: 'accepted' | 'again'; receipts: Receipt[] }
  | {
      kind: 'refused'
      id: string | null
      digest: string | null
      reasons: Reason[]
      receipts: Receipt[]
      statement: { statement: string; note: string } | null
    }
export interface Turn {
  sent: number
  taken: number
  done: number
  failed: number
  errors: Array<{ peer: string; says: string }>
}
export interface ExchangeParts {
  office: Office
  keeper: LogKeeper
  /** Where packages are kept while they come in. */
  folder: string
}
/** What came of a notice of a new key, as we signed it. */
export type KeyOutcome = {
  state: 'accepted' | 'again' | 'rejected'
  key: string | null
  reasons: Reason[]
  statement: { statement: string; note: string }
}
type Verified = { peer: Peer; between: Between; signed: Signed }

export class Exchange {
  readonly #office: Office
  readonly #keeper: LogKeeper
  readonly #folder: string
  #running: Promise<Turn> | null = null
  #stopped = false
  #pulledAt = new Map<string, number>()

  constructor({ office, keeper, folder }: ExchangeParts) {
    this.#office = office
    this.#keeper = keeper
    this.#folder = folder
  }
  get office(): Office {
    return this.#office
  }
  /** Signs with the key of the public log. */
  readonly signer: ExchangeSigner = {
    name: (jurisdiction) => this.#keeper.keys(jurisdiction).origin,
    sign: (jurisdiction, text) => formatNote({ text, signatures: this.#keeper.signText(jurisdiction, text) }),
  }
  /** Our name and keys for one jurisdiction, as they are told to the other side. */
  own(jurisdiction: string): {
    name: string
    keys: string[]
    before: Array<{ key: string; lastDay: string }>
  } {
    const { origin, current } = this.#keeper.keys(jurisdiction)
    return {
      name: origin,
      keys: current.slice(0, 1),
      before: this.#keeper.keyNotices(jurisdiction).map(({ vkey, lastDay }) => ({ key: vkey, lastDay })),
    }
  }
  /** A note of ours with the line of our present key: one signed before a change of keys is still to be checked after it. */
  #current(jurisdiction: string, note: string): string {
    const { text, signatures } = parseNote(note)
    const [line] = this.#keeper.signText(jurisdiction, text)
    return line === undefined || signatures.some(({ keyId }) => keyId === line.keyId)
      ? note
      : formatNote({ text, signatures: [...signatures, line] })
  }
  /** The jurisdiction of ours that goes by this name; null: none. */
  async #ours(name: string): Promise<string | null> {
    for (const { code } of await this.#keeper.names()) if (this.signer.name(code) === name) return code
    return null
  }
  async #anyJurisdiction(): Promise<string> {
    const [first] = await this.#keeper.names()
    if (!first) throw new AppError('not_found', '本系统还没有登记单位，不能与别的系统来往')
    return first.code
  }

  // ── Who asks ────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** The header of a request that only we may make. */
  authorization(jurisdiction: string, to: string, method: string, path: string): string {
    const from = this.signer.name(jurisdiction)
    const text = requestText({ from, to, method, path, at: new Date().toISOString() })
    return `Dianzhang ${Buffer.from(this.signer.sign(jurisdiction, text)).toString('base64')}`
  }
  /** The other side that made this request; null where it is nobody we know, or not what was signed. */
  async caller(
    header: string | undefined,
    method: string,
    path: string,
  ): Promise<{ peer: Peer; jurisdiction: string } | null> {
    const encoded = /^Dianzhang ([A-Za-z0-9+/=]{1,4000})$/.exec(header ?? '')?.[1]
    if (encoded === undefined) return null
    try {
      const note = parseNote(Buffer.from(encoded, 'base64').toString('utf8'))
      const [kind, from = '', to = '', what, at = ''] = note.text.split('\n')
      if (kind !== 'dianzhang/exchange/request/1' || what !== `${method} ${path}`) return null
      // Real time: the clock of a demonstration may have been moved.
      if (!(Math.abs(Date.now() - Date.parse(at)) < requestMinutes * minute)) return null
      const jurisdiction = await this.#ours(to)
      const peer = jurisdiction === null ? null : await peerNamed(this.#office.db, jurisdiction, from)
      return jurisdiction !== null && peer?.active && signedBy(note, keysNow(peer, this.#office.clock.now()).holding)
        ? { peer, jurisdiction }
        : null
    } catch (error) {
      if (error instanceof MalformedError) return null
      throw error
    }
  }

  // ── What comes in ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** Whose message it is, by its signature. Refuses with the reason; nothing is kept before. */
  async #verify(source: string, noteSource: string): Promise<Verified> {
    const claims = claimsOf(source)
    const manifest = readManifest(source)
    if (manifest === null) throw new Refused('bad_manifest')
    const digest = digestOf(source)
    const jurisdiction = await this.#ours(manifest.to)
    // Whether we know the sender is asked where he thinks we are; else anywhere.
    const place = jurisdiction ?? (await this.#anyJurisdiction())
    const peer = await peerNamed(this.#office.db, place, manifest.from)
    if (!peer?.active) throw new Refused('unknown_sender', claims.from ?? '')
    let note: Note
    try {
      note = parseNote(noteSource)
    } catch (error) {
      if (error instanceof MalformedError) throw new Refused('bad_signature')
      throw error
    }
    if (note.text !== signedText(manifest, digest)) throw new Refused('bad_signature')
    const { holding, ended } = keysNow(peer, this.#office.clock.now())
    if (!signedBy(note, holding)) {
      const old = ended.find((key) => signedBy(note, [key]))
      throw old === undefined
        ? new Refused('bad_signature')
        : new Refused('old_key', peer.terms[old]?.lastDay ?? undefined)
    }
    if (jurisdiction === null) throw new Refused('wrong_recipient', manifest.to)
    return {
      peer,
      between: { jurisdiction, peer: peer.name },
      signed: { manifest, text: source, note: noteSource, digest },
    }
  }
  /** Whether this side may say this to us, and so much of it. Null: it may. */
  async #unfit({ peer, signed: { manifest } }: Verified): Promise<Refused | null> {
    const size = manifest.files.reduce((sum, file) => sum + file.size, 0)
    if (size > limits.bytes) return new Refused('too_large')
    if (manifest.kind === 'receipt' || manifest.command.type !== 'ReceiveFiling') return null
    if (!peer.tracks.includes(manifest.track)) return new Refused('not_agreed')
    const { units: u } = schema
    const [unit] = await this.#office.db
      .select({ id: u.id })
      .from(u)
      .where(and(eq(u.jurisdictionId, peer.jurisdictionId), eq(u.name, manifest.recipient)))
    return peer.receivesAt !== null && unit?.id === peer.receivesAt
      ? null
      : new Refused('wrong_recipient', manifest.recipient)
  }
  #refusal(
    jurisdiction: string,
    of: { id: string | null; digest: string | null; from: string | null },
    error: Refused,
    receipts: Receipt[] = [],
  ): Outcome {
    const reasons = [reasonFor(error.code, error.subject)]
    this.#office.log.warn({ from: of.from, message: of.id, reason: error.message }, '往来的一包没有收下')
    return {
      kind: 'refused',
      id: of.id,
      digest: of.digest,
      reasons,
      receipts,
      statement: statementAbout(this.signer, jurisdiction, this.#office.clock.now(), of, reasons),
    }
  }
  /** A message as it stands in the other side's ledger: manifest and signature, without files. */
  async takeMessage(source: string, note: string): Promise<Outcome> {
    try {
      const verified = await this.#verify(source, note)
      const unfit = await this.#unfit(verified)
      if (unfit) return await this.#reject(verified, unfit)
      return await this.#keep(verified, verified.signed.manifest.files.length === 0, null)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const claims = claimsOf(source)
      return this.#refusal(await this.#anyJurisdiction(), { ...claims, digest: digestOf(source) }, error)
    }
  }
  /**
   * Takes the package in the file `path`. The signature is checked before a byte of it is kept, every file before the first
   * of them is.
   */
  async takePackage(path: string): Promise<Outcome> {
    let opened: OpenPackage
    try {
      opened = await openPackage(path)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return this.#refusal(await this.#anyJurisdiction(), { id: null, digest: null, from: null }, error)
    }
    try {
      const verified = await this.#verify(opened.manifest, opened.note)
      const { manifest } = verified.signed
      const unfit = await this.#unfit(verified)
      if (unfit) return await this.#reject(verified, unfit)
      try {
        await opened.check(manifest)
      } catch (error) {
        if (error instanceof Refused) return await this.#reject(verified, error)
        throw error
      }
      return await this.#keep(verified, true, opened)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      const claims = claimsOf(opened.manifest)
      return this.#refusal(await this.#anyJurisdiction(), { ...claims, digest: digestOf(opened.manifest) }, error)
    } finally {
      opened.close()
    }
  }
  /** What the other side said is kept in the record even where its files are not: its place must not be empty. */
  async #reject({ between, signed }: Verified, error: Refused): Promise<Outcome> {
    const at = this.#office.clock.now()
    const { manifest, digest } = signed
    const taken = await withTransaction(this.#office.db, async (tx) => {
      const taken = await take(tx, between, at, signed, false)
      if (taken === 'same_id' || taken === 'same_place') return taken
      if (taken === 'again' && (await this.#isComplete(tx, between, manifest.id))) return 'complete' as const
      await sayStep(tx, between, at, { id: manifest.id, digest, matter: null }, 'rejected', [
        reasonFor(error.code, error.subject),
      ])
      return taken
    })
    const refused = taken === 'same_id' || taken === 'same_place' ? new Refused(taken) : error
    return this.#refusal(
      between.jurisdiction,
      { id: manifest.id, digest, from: manifest.from },
      refused,
      await this.#receipts(between, manifest.id),
    )
  }
  async #isComplete(tx: Tx, between: Between, id: string): Promise<boolean> {
    const [row] = await tx
      .select({ state: m.state })
      .from(m)
      .where(and(ofStream(between, 'in'), eq(m.id, id)))
    return row !== undefined && row.state !== 'incomplete'
  }
  async #keep({ between, signed }: Verified, complete: boolean, files: OpenPackage | null): Promise<Outcome> {
    const { manifest, digest } = signed
    const { jurisdiction } = between
    const at = this.#office.clock.now()
    const taken = await withTransaction(this.#office.db, async (tx) => {
      const taken = await take(tx, between, at, signed, complete)
      if (taken === 'same_id' || taken === 'same_place') {
        await sayStep(tx, between, at, { id: manifest.id, digest, matter: null }, 'rejected', [reasonFor(taken)])
        return taken
      }
      if (complete && taken !== 'again') {
        if (files)
          for (const file of manifest.files)
            if (!(await hasFile(tx, jurisdiction, file.sha256)))
              await keepFile(tx, jurisdiction, file.sha256, (await files.read(file)) as AsyncIterable<Uint8Array>)
        if (manifest.kind === 'command')
          await sayStep(tx, between, at, { id: manifest.id, digest, matter: null }, 'accepted')
      }
      return taken
    })
    const receipts = manifest.kind === 'command' ? await this.#receipts(between, manifest.id) : []
    if (taken === 'same_id' || taken === 'same_place')
      return this.#refusal(jurisdiction, { id: manifest.id, digest, from: manifest.from }, new Refused(taken), receipts)
    return { kind: 'taken', id: manifest.id, digest, state: taken === 'again' ? 'again' : 'accepted', receipts }
  }
  /** What we signed about a package so far. */
  async #receipts(between: Between, id: string): Promise<Receipt[]> {
    await signPending(this.#office, this.signer, between)
    const rows = await this.#office.db
      .select({ manifest: m.manifest, note: m.note })
      .from(m)
      .where(and(ofStream(between, 'out'), eq(m.kind, 'receipt'), eq(m.about, id), sql`${m.manifest} is not null`))
      .orderBy(asc(m.seq))
    return rows.map(({ manifest, note }) => ({ manifest: manifest ?? '', note: note ?? '' }))
  }
  /** Keeps what comes in a file of its own while `work` looks at it; refuses (`too_large`) more than `max` bytes. */
  async spooled<T>(body: Readable, max: number, work: (path: string) => Promise<T>): Promise<T> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const path = join(this.#folder, `in-${randomUUID()}`)
    let size = 0
    const bounded = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length
        done(size > max ? new Refused('too_large') : null, chunk)
      },
    })
    try {
      await pipeline(body, bounded, createWriteStream(path, { mode: 0o600 }))
      return await work(path)
    } finally {
      await rm(path, { force: true })
    }
  }
  /** As a refusal, without having read it whole. */
  async tooLarge(): Promise<Outcome> {
    return this.#refusal(
      await this.#anyJurisdiction(),
      { id: null, digest: null, from: null },
      new Refused('too_large'),
    )
  }

  // ── Keys that are changed ───────────────────────────────────────────────────────────────────────────────────────────

  /**
   * A notice of a new key, addressed to the one of ours named `to`. Taken, the new key counts from now on and the old one up to
   * the day that the notice sets; whatever came of it, we sign it. Null: `to` is none of ours.
   */
  async takeKeyNotice(to: string, source: string): Promise<KeyOutcome | null> {
    const jurisdiction = await this.#ours(to)
    if (jurisdiction === null) return null
    const now = this.#office.clock.now()
    const of = { id: null, digest: digestOf(source), from: null as string | null }
    const say = (state: KeyOutcome['state'], key: string | null, reasons: Reason[] = []): KeyOutcome => ({
      state,
      key,
      reasons,
      statement: statementAbout(
        this.signer,
        jurisdiction,
        now,
        of,
        reasons,
        state === 'rejected' ? 'rejected' : 'accepted',
      ),
    })
    let note: Note
    try {
      note = parseNote(source)
    } catch (error) {
      if (error instanceof MalformedError) return say('rejected', null, [reasonFor('bad_notice')])
      throw error
    }
    const notice = readKeyNotice(note.text)
    if (notice === null) return say('rejected', null, [reasonFor('bad_notice')])
    of.from = notice.name
    const peer = await peerNamed(this.#office.db, jurisdiction, notice.name)
    if (!peer?.active) return say('rejected', notice.key, [reasonFor('unknown_sender', notice.name)])
    const day = dateInShanghai(now.toISOString())
    const judged = judgeKeyNotice(note, notice, peer, day)
    if (judged !== 'new' && judged !== 'again')
      return say('rejected', notice.key, [reasonFor(judged, judged === 'late_key' ? notice.lastDay : undefined)])
    if (judged === 'new') {
      const others = keysOn(peer, day).holding.filter((key) => !signedBy(note, [key]))
      await actInOffice(this.#office, { kind: 'system', jurisdiction }, 'SaveExchangePeer', {
        name: peer.name,
        label: peer.label,
        address: peer.address,
        keys: [notice.key, ...others].slice(0, 5),
        overlapUntil: notice.lastDay,
        notice: source,
        tracks: peer.tracks,
        ...(peer.filesTo === null ? {} : { filesTo: peer.filesTo }),
        ...(peer.receivesAt === null ? {} : { receivesAt: peer.receivesAt }),
        active: true,
        reason: `对方以旧密钥签名告知新的公钥，旧的用到${notice.lastDay}`,
      })
    }
    return say(judged === 'new' ? 'accepted' : 'again', notice.key)
  }
  /** Notices of ours that this side has not signed for, with what it is to be sent. */
  #untold(peer: Peer): Array<{ key: string; notice: string }> {
    return this.#keeper.keyNotices(peer.jurisdictionId).flatMap(({ notice }) => {
      const key = readKeyNotice(parseNote(notice).text)?.key
      return key === undefined || peer.told[key] ? [] : [{ key, notice }]
    })
  }
  /** Keeps what the other side signed about a notice of ours; false where it is not its word about this one. */
  async #noteTold(
    peer: Peer,
    key: string,
    notice: string,
    said: KeyOutcome['statement'] | undefined,
  ): Promise<boolean> {
    const now = this.#office.clock.now()
    const word = signedWord(peer, now, null, said)
    if (word === null || said === undefined || word.digest !== digestOf(notice)) return false
    const why = word.reasons.map(({ says }) => says).join('；')
    await noteTold(this.#office.db, peer, key, {
      at: now.toISOString(),
      step: word.step,
      why: why === '' ? null : why.slice(0, 2000),
      ...said,
    })
    return true
  }
  /** What a side that calls has not signed for yet: where we cannot reach it, it fetches our notices. */
  async keysUntold({ jurisdiction, peer: name }: Between): Promise<Array<{ key: string; notice: string }>> {
    const peer = await peerNamed(this.#office.db, jurisdiction, name)
    return peer ? this.#untold(peer) : []
  }
  /** What the side that calls signed about a notice it fetched; false: about none of ours that waits for its word. */
  async takeKeyAnswer({ jurisdiction, peer: name }: Between, said: KeyOutcome['statement']): Promise<boolean> {
    const peer = await peerNamed(this.#office.db, jurisdiction, name)
    for (const { key, notice } of peer ? this.#untold(peer) : [])
      if (peer && (await this.#noteTold(peer, key, notice, said))) return true
    return false
  }
  /** The other way round: asks the other side for its notices, takes them and says so. Who does not know the question has none. */
  async #fetchKeys(peer: Peer): Promise<void> {
    const response = await this.#ask(peer, 'GET', '/exchange/v1/keys')
    if (!response.ok) return
    const { items } = (await response.json().catch(() => ({}))) as { items?: Array<{ notice?: unknown }> }
    for (const { notice } of (Array.isArray(items) ? items : []).slice(0, 20)) {
      if (typeof notice !== 'string') continue
      const outcome = await this.takeKeyNotice(this.signer.name(peer.jurisdictionId), notice)
      if (outcome === null) continue
      const body = Readable.from([JSON.stringify(outcome.statement)])
      await this.#ask(peer, 'POST', '/exchange/v1/keys/answers', body, 'application/json')
    }
  }
  async #tellKeys(peer: Peer): Promise<void> {
    for (const { key, notice } of this.#untold(peer)) {
      const body = Readable.from([JSON.stringify({ to: peer.name, notice })])
      const response = await this.#ask(peer, 'POST', '/exchange/v1/keys', body, 'application/json')
      const answer = (await response.json().catch(() => ({}))) as { statement?: KeyOutcome['statement'] }
      // Where nobody answers to it, its administrator has to enter the key; it is told again all the same.
      if (!(await this.#noteTold(peer, key, notice, answer.statement))) return
    }
  }

  // ── What goes out ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** The package of one of our messages, or of one that came (`direction`); null: there is none, or not whole. */
  async package(between: Between, direction: Direction, id: string): Promise<Readable | null> {
    const [row] = await this.#office.db
      .select()
      .from(m)
      .where(and(ofStream(between, direction), eq(m.id, id)))
    return row && row.state !== 'incomplete' ? this.#stream(between, row) : null
  }
  #stream({ jurisdiction }: Between, row: Message): Readable | null {
    const manifest = readManifest(row.manifest ?? '')
    if (manifest === null || row.note === null || row.manifest === null) return null
    const note = row.direction === 'out' ? this.#current(jurisdiction, row.note) : row.note
    return packageStream({ manifest: row.manifest, note }, manifest.files, (sha256) =>
      readFile(this.#office.db, jurisdiction, sha256),
    )
  }
  /** Our part of the record towards one side, from a place on. */
  async ledger(between: Between, direction: Direction, from: number, limit: number) {
    const rows = (await messagesFrom(this.#office.db, between, direction, from, limit)).filter(
      (row) => row.manifest !== null,
    )
    return rows.map((row) => ({
      seq: row.seq,
      id: row.id,
      digest: row.digest ?? '',
      files: (readManifest(row.manifest ?? '')?.files.length ?? 0) > 0,
      manifest: row.manifest ?? '',
      note: row.note === null ? '' : direction === 'out' ? this.#current(between.jurisdiction, row.note) : row.note,
    }))
  }
  /** Place of the last message of one direction; -1 where there is none. */
  last(between: Between, direction: Direction): Promise<number> {
    return lastPlace(this.#office.db, between, direction)
  }
  head(between: Between, direction: Direction): Promise<Head> {
    return exchangeHead(this.#office.db, between, direction)
  }
  tile(between: Between, direction: Direction, level: number, index: number): Promise<string[]> {
    return tileHex(this.#office.db, between, direction, level, index)
  }

  async #ask(
    peer: Peer,
    method: 'GET' | 'POST',
    path: string,
    body?: Readable,
    type = 'application/zip',
  ): Promise<Response> {
    return fetch(`${peer.address}${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(body ? 10 * requestMs : requestMs),
      headers: {
        authorization: this.authorization(peer.jurisdictionId, peer.name, method, path),
        ...(body ? { 'content-type': type } : {}),
      },
      ...(body ? { body: Readable.toWeb(body) as ReadableStream, duplex: 'half' } : {}),
    } as RequestInit)
  }
  async #json(peer: Peer, path: string): Promise<Record<string, unknown>> {
    const response = await this.#ask(peer, 'GET', path)
    // Whoever is not known is told nothing more by the other side: what it may be is said here.
    if (response.status === 404)
      throw new Error('对方没有登记我方、已经停用，或者不认我方的公钥：请与对方的管理员核对名称与公钥')
    if (!response.ok) {
      const { detail } = (await response.json().catch(() => ({}))) as { detail?: unknown }
      throw new Error(`对方答复 ${response.status}${typeof detail === 'string' ? `：${detail.slice(0, 200)}` : ''}`)
    }
    return (await response.json()) as Record<string, unknown>
  }
  /** Sends one message; what the other side signed about it is taken at once. */
  async #push(peer: Peer, between: Between, row: Message): Promise<boolean> {
    const body = this.#stream(between, row)
    if (!body) return false
    const response = await this.#ask(peer, 'POST', '/exchange/v1/packages', body)
    const answer = (await response.json().catch(() => ({}))) as {
      receipts?: Receipt[]
      statement?: { statement?: unknown; note?: unknown } | null
      detail?: string
    }
    for (const receipt of (answer.receipts ?? []).slice(0, 50)) await this.takeMessage(receipt.manifest, receipt.note)
    const at = this.#office.clock.now()
    const own = and(ofStream(between, 'out'), eq(m.seq, row.seq), inArray(m.state, ['waiting', 'rejected']))
    if (response.ok) {
      // A receipt of ours is not receipted; a command waits for the signed word, and asks for it again.
      await this.#office.db
        .update(m)
        .set(
          row.kind === 'receipt'
            ? { state: 'accepted', settledAt: at, why: null, nextAt: null }
            : { nextAt: new Date(at.getTime() + 30 * second) },
        )
        .where(own)
      return true
    }
    // Only what the other side signed is its word; anything else came from somewhere on the way.
    const signed = signedWord(peer, at, row.id, answer.statement)
    if (signed === null && response.status !== 413)
      throw new Error(`对方答复 ${response.status}${answer.detail ? `：${answer.detail.slice(0, 200)}` : ''}`)
    const reasons = signed?.reasons ?? []
    const said =
      reasons.map(({ says }) => says).join('；') ||
      '途中的设备不收这么大的一包：请减少随附的材料，或者改用光盘、U 盘报送。'
    const again = reasons.length > 0 && mayPass(reasons)
    const attempts = row.attempts + 1
    await this.#office.db
      .update(m)
      .set({
        state: 'rejected',
        why: said.slice(0, 2000),
        attempts,
        settledAt: at,
        // What was damaged on the way is sent again by itself; anything else waits for somebody.
        nextAt: again ? new Date(at.getTime() + delayAfter(attempts)) : new Date(at.getTime() + 24 * hour),
      })
      .where(own)
    return false
  }
  /** What one side said that is missing here, from where the gap begins; packages are fetched. */
  async #pull(peer: Peer, between: Between): Promise<number> {
    let taken = 0
    for (let round = 0; round < 20; round += 1) {
      const [stream] = await this.#office.db.select({ next: s.next }).from(s).where(streamRow(between, 'in'))
      const after = (stream?.next ?? 0) - 1
      const page = await this.#json(peer, `/exchange/v1/ledger?after=${after}&limit=100`)
      const items = (page.items ?? []) as Array<{ id: string; files: boolean; manifest: string; note: string }>
      if (items.length === 0) break
      for (const item of items) {
        const outcome = await this.takeMessage(item.manifest, item.note)
        if (outcome.kind === 'taken' && outcome.state === 'accepted') taken += 1
      }
      if (items.length < 100) break
    }
    // Those whose files did not come.
    const incomplete = await this.#office.db
      .select({ id: m.id })
      .from(m)
      .where(and(ofStream(between, 'in'), eq(m.state, 'incomplete')))
      .orderBy(asc(m.seq))
      .limit(20)
    for (const { id } of incomplete) {
      const response = await this.#ask(peer, 'GET', `/exchange/v1/packages/${id}`)
      if (!response.ok || !response.body) continue
      const outcome = await this.spooled(Readable.fromWeb(response.body as never), packageBytes, (path) =>
        this.takePackage(path),
      )
      if (outcome.kind === 'taken') taken += 1
    }
    return taken
  }

  /**
   * Asked once in the life of this process, before anything new is said: what the other side holds of ours beyond our own record
   * comes back into it. After a restore the next message would otherwise take a place that is given away, for good. Sends nothing.
   */
  async #remember(peer: Peer, between: Between): Promise<void> {
    const key = `${between.jurisdiction} ${between.peer}`
    if (peer.address === '' || this.#remembered.has(key)) return
    for (let back = 0; ; ) {
      const after = await lastPlace(this.#office.db, between, 'out')
      const { items = [] } = (await this.#json(peer, `/exchange/v1/ledger?after=${after}&limit=100&direction=in`)) as {
        items?: Array<{ manifest: string; note: string; files: boolean }>
      }
      for (const item of items) await this.#takeBack(peer, between, item)
      back += items.length
      if (items.length > 0) continue
      if (back > 0) this.#office.log.warn({ peer: peer.name, messages: back }, '我方说过而记录里没有的，由对方取回')
      break
    }
    this.#remembered.add(key)
  }
  readonly #remembered = new Set<string>()
  async #takeBack(
    peer: Peer,
    between: Between,
    item: { manifest: string; note: string; files: boolean },
  ): Promise<void> {
    const manifest = readManifest(item.manifest)
    const digest = digestOf(item.manifest)
    const { name, keys, before } = this.own(between.jurisdiction)
    const note = parseNote(item.note)
    if (
      manifest?.from !== name ||
      manifest.to !== peer.name ||
      note.text !== signedText(manifest, digest) ||
      !signedBy(note, [...keys, ...before.map((x) => x.key)])
    )
      throw new Error('对方所存的不是我方签过的话')
    if (item.files) {
      const response = await this.#ask(peer, 'GET', `/exchange/v1/packages/${manifest.id}`)
      if (response.ok && response.body)
        await this.spooled(Readable.fromWeb(response.body as never), packageBytes, async (path) => {
          const opened = await openPackage(path)
          try {
            await opened.check(manifest)
            for (const file of manifest.files)
              if (!(await hasFile(this.#office.db, between.jurisdiction, file.sha256)))
                await keepFile(
                  this.#office.db,
                  between.jurisdiction,
                  file.sha256,
                  (await opened.read(file)) as AsyncIterable<Uint8Array>,
                )
          } finally {
            opened.close()
          }
        })
    }
    const signed = { manifest, text: item.manifest, note: item.note, digest }
    const at = this.#office.clock.now()
    if (!(await withTransaction(this.#office.db, (tx) => takeBack(tx, between, at, signed))))
      throw new Error(`第 ${manifest.seq} 条的位置上已经写了别的话：双方的往来记录对不上，请先对账`)
  }

  /**
   * One turn with every side: signs, sends, fetches, does what is due. `all`: without waiting for the time of the next attempt.
   * Turns do not run at once.
   */
  tend(all = false): Promise<Turn> {
    if (this.#running) return all ? this.#running.then(() => this.tend(true)) : this.#running
    this.#running = this.#tend(all).finally(() => {
      this.#running = null
    })
    return this.#running
  }
  async #tend(all: boolean): Promise<Turn> {
    const turn: Turn = { sent: 0, taken: 0, done: 0, failed: 0, errors: [] }
    // After a restore nothing leaves and nothing is done before somebody has looked at what was lost.
    const held = await heldPlaces(this.#office.db)
    for (const peer of await activePeers(this.#office.db)) {
      if (this.#stopped) break
      const between = { jurisdiction: peer.jurisdictionId, peer: peer.name }
      // Where it cannot be reached, nothing is said to it over the network either: see `#talk`.
      await this.#remember(peer, between).catch(() => undefined)
      if (held.has(peer.jurisdictionId)) continue
      await signPending(this.#office, this.signer, between)
      await this.#apply(peer, turn)
      if (peer.address === '') continue
      await this.#talk(peer, between, turn, all)
      // What came of it is said at once.
      if (await signPending(this.#office, this.signer, between)) await this.#talk(peer, between, turn, all)
    }
    return turn
  }
  async #apply(peer: Peer, turn: Turn): Promise<void> {
    try {
      const { done, failed } = await applyPending(this.#office, peer)
      turn.done += done
      turn.failed += failed
    } catch (error) {
      this.#office.log.error({ err: error, peer: peer.name }, '收到的往来一时没有办，稍后再办')
    }
  }
  async #talk(peer: Peer, between: Between, turn: Turn, all: boolean): Promise<void> {
    const now = this.#office.clock.now()
    const [stream] = await this.#office.db.select().from(s).where(streamRow(between, 'out'))
    if (!all && stream?.nextAt && Date.now() < stream.nextAt.getTime()) return
    const due = await this.#office.db
      .select()
      .from(m)
      .where(
        and(
          ofStream(between, 'out'),
          inArray(m.state, ['waiting', 'rejected']),
          all ? undefined : or(isNull(m.nextAt), lte(m.nextAt, now)),
        ),
      )
      .orderBy(asc(m.seq))
      .limit(100)
    const key = `${between.jurisdiction} ${between.peer}`
    const pulls = all || Date.now() - (this.#pulledAt.get(key) ?? 0) > 30 * second
    if (due.length === 0 && !pulls) return
    try {
      await this.#remember(peer, between)
      if (pulls) {
        await this.#fetchKeys(peer)
        await this.#tellKeys(peer)
      }
      for (const row of due) {
        if (this.#stopped) return
        if (await this.#push(peer, between, row)) turn.sent += 1
      }
      if (pulls) {
        this.#pulledAt.set(key, Date.now())
        turn.taken += await this.#pull(peer, between)
      }
      await this.#contact(between, null, 0)
      await this.#apply(peer, turn)
    } catch (error) {
      const says = failureWords(error)
      turn.errors.push({ peer: peer.name, says })
      await this.#contact(between, says, (stream?.fails ?? 0) + 1)
    }
  }
  async #contact(between: Between, error: string | null, fails: number): Promise<void> {
    const values = {
      error,
      fails,
      // Real time, as the other side's is.
      nextAt: fails === 0 ? null : new Date(Date.now() + delayAfter(fails)),
      ...(error === null ? { contactAt: new Date() } : {}),
    }
    await this.#office.db
      .insert(s)
      .values({ jurisdictionId: between.jurisdiction, peer: between.peer, direction: 'out', ...values })
      .onConflictDoUpdate({ target: [s.jurisdictionId, s.peer, s.direction], set: values })
  }
  /** Turns by itself every few seconds until it is stopped. */
  start(everyMs = 3000, waits: () => boolean = () => false): void {
    void this.#clearSpool()
    this.#timer = setInterval(() => {
      if (this.#running || this.#stopped || waits()) return
      this.tend().catch((error: unknown) => this.#office.log.error({ err: error }, '往来没有办完，稍后再办'))
    }, everyMs)
    this.#timer.unref()
  }
  /** What a process that died left behind. */
  async #clearSpool(): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [])) {
      const path = join(this.#folder, name)
      const left = await stat(path).catch(() => null)
      if (name.startsWith('in-') && left && Date.now() - left.mtimeMs > hour) await rm(path, { force: true })
    }
  }
  #timer: NodeJS.Timeout | undefined
  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running?.catch(() => undefined)
  }

  // ── By folder ───────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Writes every message that the other side did not state to have, as files; those there already are left alone. */
  async sendToFolder(
    jurisdiction: string,
    folder: string,
    peerName?: string,
  ): Promise<{ written: number; peers: string[] }> {
    await mkdir(folder, { recursive: true })
    let written = 0
    const peers: string[] = []
    for (const peer of (await activePeers(this.#office.db)).filter(
      (each) => each.jurisdictionId === jurisdiction && (peerName === undefined || each.name === peerName),
    )) {
      peers.push(peer.name)
      const between = { jurisdiction, peer: peer.name }
      await signPending(this.#office, this.signer, between)
      const rows = await this.#office.db
        .select()
        .from(m)
        .where(and(ofStream(between, 'out'), inArray(m.state, ['waiting', 'rejected'])))
        .orderBy(asc(m.seq))
      const there = new Set(await readdir(folder))
      for (const { key, notice } of this.#untold(peer)) {
        const name = noticeName(this.signer.name(jurisdiction), peer.name, key)
        if (there.has(name)) continue
        await writeFile(join(folder, `.${name}.part`), `${JSON.stringify({ to: peer.name, notice })}\n`)
        await rename(join(folder, `.${name}.part`), join(folder, name))
        written += 1
      }
      for (const row of rows) {
        const name = `${folderName(this.signer.name(jurisdiction))}-${String(row.seq).padStart(8, '0')}-${row.id}.zip`
        const stream = this.#stream(between, row)
        if (!stream || there.has(name)) continue
        // Whole or not at all: a medium may be taken out at any time.
        const draft = join(folder, `.${name}.part`)
        await pipeline(stream, createWriteStream(draft))
        const file = await open(draft, 'r+')
        await file.sync()
        await file.close()
        await rename(draft, join(folder, name))
        written += 1
        if (row.kind === 'receipt')
          await this.#office.db
            .update(m)
            .set({ state: 'accepted', settledAt: this.#office.clock.now() })
            .where(and(ofStream(between, 'out'), eq(m.seq, row.seq), eq(m.state, 'waiting')))
      }
    }
    return { written, peers }
  }
  /** Takes every package of the folder that is addressed to us; ours are passed over. Each file is told what came of it. */
  async receiveFromFolder(folder: string): Promise<Array<{ file: string; outcome: Outcome }>> {
    await this.#keysFromFolder(folder)
    const own = new Set(
      await Promise.all((await this.#keeper.names()).map(({ code }) => folderName(this.signer.name(code)))),
    )
    const found: Array<{ file: string; outcome: Outcome }> = []
    const names = (await readdir(folder)).filter((name) => name.endsWith('.zip') && !name.startsWith('.')).sort()
    for (const file of names) {
      if ([...own].some((name) => file.startsWith(`${name}-`))) continue
      const outcome = await this.spooled(createReadStream(join(folder, file)), packageBytes, (path) =>
        this.takePackage(path),
      ).catch((error: unknown) => {
        if (error instanceof Refused) return this.tooLarge()
        throw error
      })
      found.push({ file, outcome })
    }
    const turn: Turn = { sent: 0, taken: 0, done: 0, failed: 0, errors: [] }
    for (const peer of await activePeers(this.#office.db)) {
      await this.#apply(peer, turn)
      await signPending(this.#office, this.signer, { jurisdiction: peer.jurisdictionId, peer: peer.name })
    }
    return found
  }

  /** Notices of new keys first: what is signed by them comes after. What we say of one lies beside it for the way back. */
  async #keysFromFolder(folder: string): Promise<void> {
    const names = await readdir(folder)
    // What somebody else put there, or half of it, is none of ours.
    const read = async (name: string): Promise<Record<string, unknown> | null> => {
      try {
        return JSON.parse(await readFileText(join(folder, name), 'utf8')) as Record<string, unknown> | null
      } catch {
        return null
      }
    }
    for (const peer of await activePeers(this.#office.db))
      for (const { key, notice } of this.#untold(peer)) {
        const answer = `${noticeName(this.signer.name(peer.jurisdictionId), peer.name, key)}${answered}`
        if (names.includes(answer))
          await this.#noteTold(peer, key, notice, (await read(answer)) as KeyOutcome['statement'] | undefined)
      }
    for (const name of names.filter((each) => /^key-.+\.json$/.test(each) && !each.endsWith(answered)).sort()) {
      const { to, notice } = (await read(name)) ?? {}
      const outcome = typeof to === 'string' && typeof notice === 'string' ? await this.takeKeyNotice(to, notice) : null
      if (outcome === null) continue
      await writeFile(join(folder, `.${name}.part`), `${JSON.stringify(outcome.statement)}\n`)
      await rename(join(folder, `.${name}.part`), join(folder, `${name}${answered}`))
    }
  }

  // ── Whether both sides have the same ────────────────────────────────────────────────────────────────────────────────

  /** Our record of both directions. */
  #source(between: Between, direction: Direction): Source {
    return {
      head: () => this.head(between, direction),
      tile: (level, index) => this.tile(between, direction, level, index),
    }
  }
  /**
   * Compares both directions with the other side; `theirs` asks it (over the network, or a folder). Names the messages that only
   * one side has. At the utmost ten requests.
   */
  async reconcile(
    between: Between,
    asks: {
      head(): Promise<{ out: Head; in: Head }>
      tile(direction: Direction, level: number, index: number): Promise<string[]>
      message(direction: Direction, seq: number): Promise<string | null>
    },
  ) {
    let requests = 1
    const heads = await asks.head()
    const directions = []
    for (const direction of ['out', 'in'] as const) {
      const other = direction === 'out' ? 'in' : 'out'
      const own = this.#source(between, direction)
      const found = await compare(
        own,
        {
          head: async () => heads[other],
          tile: async (level, index) => {
            requests += 1
            return asks.tile(other, level, index)
          },
        },
        // One request was for the head; four are for tiles and the name of what differs, in each direction.
        4,
      )
      const messages = []
      for (const { from, to } of found.ranges.slice(0, 20))
        for (let seq = from; seq <= Math.min(to, from + 19); seq += 1) {
          const [mine] = await this.ledger(between, direction, seq, 1)
          const here = mine?.seq === seq ? mine.id : null
          let there: string | null = null
          if (here === null && requests < 10) {
            requests += 1
            there = await asks.message(other, seq)
          }
          const says =
            here === null
              ? `第 ${seq} 条我方没有，对方有${there ? `（${there}）` : ''}`
              : `第 ${seq} 条（${here}）对方没有，或者与我方不同`
          messages.push({ seq, here, there, says })
        }
      directions.push({
        direction,
        equal: found.equal,
        own: found.own,
        theirs: found.theirs,
        ranges: found.ranges,
        cut: found.cut,
        messages,
      })
    }
    return { requests, equal: directions.every(({ equal }) => equal), directions }
  }
  /** The same, asking the other side over the network. */
  reconcileWith(peer: Peer) {
    const between = { jurisdiction: peer.jurisdictionId, peer: peer.name }
    return this.reconcile(between, {
      head: async () => (await this.#json(peer, '/exchange/v1/ledger/head')) as unknown as { out: Head; in: Head },
      tile: async (direction, level, index) =>
        (await this.#json(peer, `/exchange/v1/ledger/tile?direction=${direction}&level=${level}&index=${index}`))
          .hashes as string[],
      message: async (direction, seq) => {
        const page = await this.#json(peer, `/exchange/v1/ledger?after=${seq - 1}&limit=1&direction=${direction}`)
        const [item] = page.items as Array<{ seq: number; id: string }>
        return item?.seq === seq ? item.id : null
      },
    })
  }
}

const answered = '.answer.json'
const noticeName = (from: string, to: string, key: string): string =>
  `key-${folderName(from)}-${folderName(to)}-${parseVerifierKey(key).keyId}.json`
/** A name that is also one of a file. */
export const folderName = (name: string): string => name.replace(/[^\p{L}\p{N}.]+/gu, '_')
const failureWords = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const cause =
    error.cause instanceof Error ? `：${(error.cause as NodeJS.ErrnoException).code ?? error.cause.message}` : ''
  return error.name === 'TimeoutError'
    ? '对方没有在时限内答复'
    : error.message === 'fetch failed'
      ? `连不上对方${cause}`
      : `${error.message}${cause}`
}
