// Signs the public log, after and apart from the acts that write it, and asks witnesses for their line. What was signed
// last is kept outside the database as well: a database that does not continue it (an old backup) is not signed.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { makeFolder, sql, type Tx, withTransaction } from '@dianzhang/database'
import {
  appendEntry,
  checkpointAt,
  fillTiles,
  latestCheckpoint,
  logExpired,
  logNames,
  logSize,
  nodeReader,
  type StoredCheckpoint,
  saveCheckpoint,
  saveCosignature,
} from '@dianzhang/register'
import {
  bytesToHex,
  checkpointText,
  checkSignatures,
  consistencyProof,
  formatAddCheckpoint,
  formatNote,
  formatProofFile,
  formatVerifierKey,
  fromBase64,
  inclusionProof,
  parseCheckpoint,
  parsePolicy,
  rootAt,
  sha256,
  signatureLine,
  toBase64,
  utf8ToBytes,
  type WitnessPolicy,
} from '@dianzhang/tlog'
import type { Office } from '@dianzhang/workflow'
import { type LogSigner, signersIn, trusted } from './keys.ts'

/** What is kept outside the database about one log. */
interface KeptState {
  origin: string
  size: number
  /** Base 64. */
  root: string
  /** Verifier keys no longer in use, and up to which size their signatures count. */
  retired: Array<{ vkey: string; until: number }>
  /** Where the log was declared broken: the name before, and what was lost. */
  breaks: Array<{ origin: string; size: number; root: string; at: string; reason: string }>
}
export interface LogHead {
  code: string
  name: string
  origin: string
  /** Entries that are signed. */
  size: number
  /** Base 64. */
  root: string
  /** The signed checkpoint; null as long as nothing was signed. */
  checkpoint: string | null
  signedAt: string | null
  witnesses: string[]
  /** How many witnesses are asked for. */
  quorum: number
  /** Why nothing is signed at present; null when all is well. */
  held: string | null
}
export interface KeeperParts {
  office: Office
  /** Where keys and state are kept; the folder of the anchors. */
  folder: string
  /** Host of the public address; null: none is set. */
  host: string | null
  /** The Ed25519 key where it is kept elsewhere. */
  keyFile?: string | null
}

/** Witnesses are asked apart from everything; who does not answer by then is asked next time. */
const witnessMs = 5_000

export class LogKeeper {
  readonly #office: Office
  readonly #folder: string
  readonly #base: string
  readonly #keyFile: string | null
  readonly #signers = new Map<string, LogSigner[]>()
  readonly #held = new Map<string, string>()
  readonly #running = new Map<string, Promise<void>>()
  #asking: Promise<void> = Promise.resolve()

  constructor({ office, folder, host, keyFile = null }: KeeperParts) {
    this.#office = office
    this.#folder = folder
    this.#keyFile = keyFile
    // A demonstration says so in its very name: nothing that it signs can pass for a real log.
    this.#base = office.mode === 'serve' ? `${host ?? 'localhost'}/tlog` : `${host ?? 'dianzhang.invalid'}/demo/tlog`
    makeFolder(folder, 0o700)
  }

  /** All logs; the first is the one under `/tlog/` itself. */
  names() {
    return logNames(this.#office.readDb)
  }
  #file(code: string): string {
    return join(this.#folder, `tlog-${code}.json`)
  }
  /** What was kept about one log; a new one under today's name when there is none. */
  #state(code: string): KeptState {
    const path = this.#file(code)
    if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as KeptState
    return { origin: `${this.#base}/${code}`, size: 0, root: '', retired: [], breaks: [] }
  }
  #keep(code: string, state: KeptState): void {
    const draft = `${this.#file(code)}.${process.pid}`
    writeFileSync(draft, JSON.stringify(state))
    const file = openSync(draft, 'r+')
    fsyncSync(file)
    closeSync(file)
    renameSync(draft, this.#file(code))
  }
  #signersOf(origin: string): LogSigner[] {
    const known = this.#signers.get(origin) ?? signersIn(this.#folder, origin, this.#keyFile)
    this.#signers.set(origin, known)
    return known
  }
  /** The witnesses that are asked (file `tlog-policy` beside the keys). */
  policy(): WitnessPolicy {
    const path = join(this.#folder, 'tlog-policy')
    return existsSync(path) ? parsePolicy(readFileSync(path, 'utf8')) : { witnesses: [], quorum: null }
  }
  /** The verifier keys in use, Ed25519 first, and those retired. */
  keys(code: string): { origin: string; current: string[]; retired: KeptState['retired'] } {
    const { origin, retired } = this.#state(code)
    return { origin, current: this.#signersOf(origin).map(({ key }) => formatVerifierKey(key)), retired }
  }

  /**
   * Signs what was committed since the last checkpoint. Calls at the same time are one; nothing waits for a witness.
   * Where the database does not continue what was signed, nothing is signed and {@link head} says why.
   */
  catchUp(code: string): Promise<void> {
    const running = this.#running.get(code)
    if (running) return running
    const work = this.#sign(code).finally(() => this.#running.delete(code))
    this.#running.set(code, work)
    return work
  }
  async #sign(code: string): Promise<void> {
    const { office } = this
    const signed = await withTransaction(office.db, async (tx) => {
      // One server at a time: two would keep two states.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`dianzhang tlog signing ${code}`}, 0))`)
      const now = office.clock.now()
      await logExpired(tx, code, dateInShanghai(now.toISOString()), now)
      const size = await logSize(tx, code)
      if (size === 0) return false
      await fillTiles(tx, code, size)
      const read = nodeReader(tx, code, size)
      const state = this.#state(code)
      const fault = await this.#discontinuity(code, tx, state, size)
      if (fault !== null) {
        this.#held.set(code, fault)
        return false
      }
      this.#held.delete(code)
      const last = await latestCheckpoint(tx, code, state.origin)
      if (last?.size === size) return false
      const root = await rootAt(read, size)
      const tree = { origin: state.origin, size, root }
      const time = Math.floor(Date.now() / 1000)
      const note = formatNote({
        text: checkpointText(tree),
        signatures: this.#signersOf(state.origin).map((signer) => signer.sign(tree, time)),
      })
      // Kept before it is shown to anybody: what leaves this machine is never forgotten.
      this.#keep(code, { ...state, size, root: toBase64(root) })
      await saveCheckpoint(tx, code, { origin: state.origin, size, root: toBase64(root), note, at: now })
      return true
    })
    if (signed) this.#asking = this.#asking.then(() => this.askWitnesses(code)).catch(() => {})
  }
  get office(): Office {
    return this.#office
  }
  async #discontinuity(code: string, tx: Tx, state: KeptState, size: number): Promise<string | null> {
    if (state.size === 0) return null
    if (size < state.size)
      return `数据库比已经签出的日志旧：已签到 ${state.size} 条，库中只有 ${size} 条。公开日志停签，须从镜像补齐，或者声明中断后另起。`
    const root = await rootAt(nodeReader(tx, code, state.size), state.size)
    if (toBase64(root) !== state.root)
      return `数据库里的日志与已经签出的不同：前 ${state.size} 条的摘要对不上。公开日志停签，须查明原因；确需继续的，声明中断后另起。`
    return null
  }

  /** Signs all logs; an error in one does not keep the others. */
  async catchUpAll(): Promise<void> {
    for (const { code } of await this.names())
      await this.catchUp(code).catch((error: unknown) => this.#office.log.error({ err: error }, '公开日志没有签成'))
  }
  /** The latest signed state, brought up to date where that is possible. Null: no such log. */
  async head(code?: string): Promise<LogHead | null> {
    const names = await this.names()
    const log = code === undefined ? names[0] : names.find((each) => each.code === code)
    if (!log) return null
    await this.catchUp(log.code).catch((error: unknown) => {
      this.#office.log.error({ err: error }, '公开日志没有签成')
    })
    const { origin } = this.#state(log.code)
    const last = await latestCheckpoint(this.#office.db, log.code, origin)
    return {
      ...log,
      origin,
      size: last?.size ?? 0,
      root: last?.root ?? '',
      checkpoint: last?.note ?? null,
      signedAt: last?.at.toISOString() ?? null,
      witnesses: (last?.witnesses ?? []).filter((name) => name !== origin),
      quorum: this.policy().quorum?.need ?? 0,
      held: this.#held.get(log.code) ?? null,
    }
  }
  /** Logs that are not signed at present, with the reason. */
  held(): Array<{ code: string; reason: string }> {
    return [...this.#held].map(([code, reason]) => ({ code, reason }))
  }
  /** A proof file for one entry, with the entry itself as extra data; null where it is not signed yet. */
  async proof(code: string, index: number, entry: string): Promise<string | null> {
    const head = await this.head(code)
    if (!head?.checkpoint || index >= head.size) return null
    const proof = await inclusionProof(nodeReader(this.#office.db, code, head.size), index, head.size)
    return formatProofFile({ extra: utf8ToBytes(entry), index, proof, checkpoint: head.checkpoint })
  }

  /** Asks every witness for its line under the latest checkpoint; each on its own, none is waited for longer than five seconds. */
  async askWitnesses(code: string): Promise<void> {
    const { witnesses } = this.policy()
    const { origin } = this.#state(code)
    const last = await latestCheckpoint(this.#office.db, code, origin)
    if (!last) return
    await Promise.all(
      witnesses
        .filter(({ key }) => !last.witnesses.includes(key.name))
        .map((witness) =>
          this.#ask(code, last, witness).catch((error: unknown) =>
            this.#office.log.warn({ err: error, witness: witness.name }, '见证人没有答复'),
          ),
        ),
    )
  }
  /** Waits until witnesses that are being asked have answered or have not. */
  settled(): Promise<void> {
    return this.#asking
  }
  async #ask(code: string, last: StoredCheckpoint, witness: WitnessPolicy['witnesses'][number]): Promise<void> {
    const [own = ''] = [last.note]
    const read = nodeReader(this.#office.db, code, last.size)
    const send = async (old: number) =>
      fetch(new URL('add-checkpoint', witness.url.endsWith('/') ? witness.url : `${witness.url}/`), {
        method: 'POST',
        body: formatAddCheckpoint(old, old === 0 ? [] : await consistencyProof(read, old, last.size), own),
        signal: AbortSignal.timeout(witnessMs),
      })
    let response = await send(0)
    if (response.status === 409) {
      const size = Number((await response.text()).trim())
      if (!Number.isSafeInteger(size) || size > last.size || size < 1) throw new Error('见证人见过更大的日志')
      response = await send(size)
    }
    if (response.status !== 200) throw new Error(`见证人答复 ${response.status}`)
    const signed = parseCheckpoint(`${own}${await response.text()}`)
    for (const line of signed.note.signatures)
      for (const answer of checkSignatures({ ...signed, note: { ...signed.note, signatures: [line] } }, [
        trusted(witness.key),
      ]))
        if (answer.ok)
          await saveCosignature(this.#office.db, code, {
            origin: last.origin,
            size: last.size,
            witness: witness.key.name,
            line: signatureLine(line),
            at: this.#office.clock.now(),
          })
  }

  /**
   * Puts a new Ed25519 key into use: an entry names it, the old key signs the tree with that entry, the new one everything
   * after. Refuses (conflict) while the log is held. `makeCurrent` replaces the key file.
   */
  async rotate(code: string, vkey: string, makeCurrent: () => void): Promise<{ index: number; until: number }> {
    await this.catchUp(code)
    const held = this.#held.get(code)
    if (held) throw new AppError('conflict', held)
    const at = this.#office.clock.now()
    const index = await appendEntry(this.#office.db, code, {
      type: 'key_change',
      record: bytesToHex(sha256(utf8ToBytes(vkey))),
      key: vkey,
      at,
    })
    const before = this.keys(code).current[0] ?? ''
    await this.catchUp(code)
    const state = this.#state(code)
    makeCurrent()
    this.#signers.clear()
    this.#keep(code, { ...state, retired: [...state.retired, { vkey: before, until: state.size }] })
    // The tree with the change in it is signed by the new key as well: one more entry is not needed for that.
    const root = fromBase64(state.root)
    const tree = { origin: state.origin, size: state.size, root }
    const both = this.#signersOf(state.origin)[0]?.sign(tree, Math.floor(Date.now() / 1000))
    if (both)
      await saveCosignature(this.#office.db, code, {
        origin: state.origin,
        size: state.size,
        witness: state.origin,
        line: signatureLine(both),
        at,
      })
    return { index, until: state.size }
  }
  /**
   * Declares that the log does not continue what was signed: from here on it goes by a new name, whose first words are an
   * entry with the digest of what was lost. Refuses (conflict) where nothing is wrong, (invalid) without a reason.
   */
  async declareBreak(code: string, reason: string): Promise<{ origin: string; index: number }> {
    await this.catchUp(code)
    if (!this.#held.has(code)) throw new AppError('conflict', '公开日志是连续的，没有中断可以声明')
    if (reason.trim() === '') throw new AppError('invalid', '须写明中断的原因')
    const state = this.#state(code)
    const at = this.#office.clock.now()
    const lost = { origin: state.origin, size: state.size, root: state.root }
    const index = await appendEntry(this.#office.db, code, {
      type: 'break',
      record: bytesToHex(sha256(utf8ToBytes(`dianzhang/tlog/break/1\n${lost.origin}\n${lost.size}\n${lost.root}\n`))),
      key: null,
      at,
    })
    const origin = `${this.#base}/${code}/${state.breaks.length + 2}`
    this.#keep(code, {
      origin,
      size: 0,
      root: '',
      retired: [],
      breaks: [...state.breaks, { ...lost, at: at.toISOString(), reason: reason.trim() }],
    })
    this.#held.delete(code)
    await this.catchUp(code)
    return { origin, index }
  }
  /** Breaks declared so far, oldest first. */
  breaks(code: string): KeptState['breaks'] {
    return this.#state(code).breaks
  }
  /** What was signed last, as kept outside the database. */
  kept(code: string): { origin: string; size: number; root: string } {
    const { origin, size, root } = this.#state(code)
    return { origin, size, root }
  }
  /** The checkpoint an older proof rests on. */
  checkpointOver(code: string, index: number): Promise<StoredCheckpoint | null> {
    return checkpointAt(this.#office.db, code, this.#state(code).origin, index)
  }
}
