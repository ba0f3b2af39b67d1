// Signs the public log, after and apart from the acts that write it, and asks witnesses for their line. What was signed
// last is kept outside the database as well: a database that does not continue it (an old backup) is not signed.
import { existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { addDays, dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { makeFolder, replaceFile, sql, type Tx, withTransaction, writeOnce } from '@dianzhang/database'
import { keyNoticeText } from '@dianzhang/exchange'
import {
  appendEntry,
  checkpointAt,
  entryOfRecord,
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
  MalformedError,
  type NoteSignature,
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
import { keyFile, keyKinds, type LogSigner, signerOf, signersIn, trusted } from './keys.ts'

/** What is kept outside the database about one log. */
interface KeptState {
  origin: string
  size: number
  /** Base 64. */
  root: string
  /**
   * Verifier keys no longer in use, and up to which size their signatures count; `note`: the checkpoint of that size with
   * the line of the key before and of the key after. `notice`: what tells other installations of the key after, signed by both;
   * `lastDay`: up to which day (Shanghai) packages are signed by the key before as well.
   */
  retired: Array<{ vkey: string; until: number; note?: string; notice?: string; lastDay?: string }>
  /** Where the log was declared broken: the name before, what was lost, and the notice signed under both names. */
  breaks: Array<{ origin: string; size: number; root: string; at: string; reason: string; notice?: string }>
  /** The Ed25519 key that must sign, once one was replaced. */
  key?: string
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
  /** Why nobody is asked, where the rules of witnessing cannot be read. */
  policyFault: string | null
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
  /** Whether the log says in its name that it is a demonstration; by default where the office is one. */
  demo?: boolean
}

/** Witnesses are asked apart from everything; who does not answer by then is asked next time. */
const witnessMs = 5_000

export class LogKeeper {
  readonly #office: Office
  readonly #folder: string
  readonly #base: string
  readonly #keyFile: string | null
  readonly #former = new Map<string, LogSigner>()
  readonly #signers = new Map<string, { stamp: string; list: LogSigner[] }>()
  /** Logs whose signed size is all there is, with the day that was seen; asked again without a transaction. */
  readonly #settledAt = new Map<string, { size: number; day: string }>()
  readonly #held = new Map<string, string>()
  /** A witness that saw a longer log than there is: the state kept outside was lost with the database. */
  readonly #witnessed = new Map<string, { by: string; size: number }>()
  readonly #behind = new Set<string>()
  readonly #running = new Map<string, Promise<void>>()
  #asking: Promise<void> = Promise.resolve()

  constructor({ office, folder, host, keyFile = null, demo = office.mode !== 'serve' }: KeeperParts) {
    this.#office = office
    this.#folder = folder
    this.#keyFile = keyFile
    // A demonstration says so in its very name: nothing that it signs can pass for a real log.
    this.#base = demo ? `${host ?? 'dianzhang.invalid'}/demo/tlog` : `${host ?? 'localhost'}/tlog`
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
    replaceFile(this.#file(code), JSON.stringify(state))
  }
  /** Where the Ed25519 key lies, and the next one while keys are being changed. */
  #keyPath(): string {
    return this.#keyFile ?? keyFile(this.#folder, 'ed25519')
  }
  #nextPath(): string {
    return `${this.#keyPath()}.next`
  }
  /** Read again when a key file was replaced, by whichever process. */
  #signersOf(origin: string): LogSigner[] {
    const stamp = [this.#keyPath(), ...keyKinds.slice(1).map((kind) => keyFile(this.#folder, kind))]
      .map((path) => (existsSync(path) ? `${statSync(path).mtimeMs}/${statSync(path).ino}` : ''))
      .join(' ')
    const known = this.#signers.get(origin)
    if (known?.stamp === stamp) return known.list
    const list = signersIn(this.#folder, origin, this.#keyFile)
    // Where the key file was only made now, its stamp is read next time.
    this.#signers.set(origin, { stamp, list })
    return list
  }
  /**
   * The witnesses that are asked (file `tlog-policy` beside the keys). A file that cannot be read asks nobody and says why
   * in `fault`; signing goes on.
   */
  policy(): WitnessPolicy & { fault: string | null } {
    const path = join(this.#folder, 'tlog-policy')
    const none = { witnesses: [], quorum: null }
    if (!existsSync(path)) return { ...none, fault: null }
    try {
      return { ...parsePolicy(readFileSync(path, 'utf8')), fault: null }
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
      return { ...none, fault: error.message }
    }
  }
  /** The verifier keys in use, Ed25519 first, and those retired. */
  keys(code: string): { origin: string; current: string[]; retired: KeptState['retired'] } {
    const { origin, retired } = this.#state(code)
    return { origin, current: this.#signersOf(origin).map(({ key }) => formatVerifierKey(key)), retired }
  }
  /**
   * Signature lines under any other text (packages between installations): of the present Ed25519 key, then of those before
   * whose last day has not passed, so that whoever does not know the new one yet can check it too.
   */
  signText(code: string, text: string): NoteSignature[] {
    const state = this.#state(code)
    const [signer] = this.#signersOf(state.origin)
    if (!signer) throw new Error('没有签名的密钥')
    return [signer, ...this.#handingOver(state).flatMap(({ vkey }) => this.#before(state.origin, vkey))].map((each) =>
      each.signText(text),
    )
  }
  #handingOver(state: KeptState): Array<{ vkey: string; lastDay: string; notice: string }> {
    const today = dateInShanghai(this.#office.clock.now().toISOString())
    return state.retired.flatMap(({ vkey, lastDay, notice }) =>
      lastDay !== undefined && notice !== undefined && lastDay >= today ? [{ vkey, lastDay, notice }] : [],
    )
  }
  /** The signer of a key that was replaced, from the file put aside then; none where somebody took it away. */
  #before(origin: string, vkey: string): LogSigner[] {
    const known = this.#former.get(vkey)
    if (known) return [known]
    const [folder, name] = [dirname(this.#keyPath()), `${basename(this.#keyPath())}.until-`]
    for (const file of readdirSync(folder).filter((each) => each.startsWith(name))) {
      const signer = signerOf(readFileSync(join(folder, file)), origin)
      if (formatVerifierKey(signer.key) !== vkey) continue
      this.#former.set(vkey, signer)
      return [signer]
    }
    return []
  }
  /** What other installations are to be told of our keys, oldest first: each names the key after, signed by the key before and by it. */
  keyNotices(code: string): Array<{ vkey: string; lastDay: string; notice: string }> {
    return this.#handingOver(this.#state(code))
  }
  /** The checkpoints at which keys were changed, oldest first, each signed by the key before and the key after. */
  rotations(code: string): string[] {
    return this.#state(code).retired.flatMap(({ note }) => (note === undefined ? [] : [note]))
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
  /** One process at a time signs a log or changes what is kept of it: two would keep two states. */
  #alone<T>(codes: string | readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return withTransaction(this.#office.db, async (tx) => {
      for (const code of [codes].flat().sort())
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`dianzhang tlog signing ${code}`}, 0))`)
      return work(tx)
    })
  }
  async #sign(code: string): Promise<void> {
    const signed = await this.#alone(code, (tx) => this.#signIn(tx, code))
    if (signed === null) return
    this.#settledAt.set(code, signed)
    this.#asking = this.#asking.then(() => this.askWitnesses(code)).catch(() => {})
  }
  /**
   * Whether the key file is the one that must sign; finishes a change that was interrupted before the files were changed, once
   * every log was handed over: the others would be signed by a key that nothing in them names.
   */
  #keyIsCurrent({ origin, key }: KeptState): boolean {
    const [signer] = this.#signersOf(origin)
    if (key === undefined || (signer && formatVerifierKey(signer.key) === key)) return true
    const next = this.#nextPath()
    if (!existsSync(next)) return false
    const coming = readFileSync(next)
    const handedOver = readdirSync(this.#folder)
      .filter((name) => /^tlog-.+\.json$/.test(name))
      .map((name) => JSON.parse(readFileSync(join(this.#folder, name), 'utf8')) as KeptState)
      .every((one) => one.key === formatVerifierKey(signerOf(coming, one.origin).key))
    if (!handedOver) return false
    this.#changeFiles()
    return true
  }
  #changeFiles(): void {
    renameSync(this.#keyPath(), `${this.#keyPath()}.until-${Date.now()}`)
    renameSync(this.#nextPath(), this.#keyPath())
    this.#signers.clear()
  }
  /** Signs under the lock; null: there was nothing to sign, or it may not be. */
  async #signIn(tx: Tx, code: string): Promise<{ size: number; day: string } | null> {
    const now = this.#office.clock.now()
    const day = dateInShanghai(now.toISOString())
    let size = await logSize(tx, code)
    const state = this.#state(code)
    const fault = await this.#discontinuity(code, tx, state, size)
    this.#settledAt.delete(code)
    if (fault !== null && size < Math.max(state.size, this.#witnessed.get(code)?.size ?? 0)) this.#behind.add(code)
    else this.#behind.delete(code)
    if (fault !== null) {
      this.#held.set(code, fault)
      return null
    }
    // Only on a log that continues: an old backup must not grow by itself before it is caught up.
    await logExpired(tx, code, day, now)
    size = await logSize(tx, code)
    if (size === 0) {
      this.#held.delete(code)
      return null
    }
    await fillTiles(tx, code, size)
    if (!this.#keyIsCurrent(state)) {
      this.#held.set(
        code,
        '签名的密钥已经更换，而密钥文件不是新的那一个。公开日志停签：请放回新的密钥文件；更换没有完成的，再运行一次 dianzhang log rotate。',
      )
      return null
    }
    this.#held.delete(code)
    const last = await latestCheckpoint(tx, code, state.origin)
    if (last?.size === size) {
      this.#settledAt.set(code, { size, day })
      return null
    }
    const root = await rootAt(nodeReader(tx, code, size), size)
    const tree = { origin: state.origin, size, root }
    const time = Math.floor(Date.now() / 1000)
    const note = formatNote({
      text: checkpointText(tree),
      signatures: this.#signersOf(state.origin).map((each) => each.sign(tree, time)),
    })
    // Kept before it is shown to anybody: what leaves this machine is never forgotten.
    this.#keep(code, { ...state, size, root: toBase64(root) })
    await saveCheckpoint(tx, code, { origin: state.origin, size, root: toBase64(root), note, at: now })
    return { size, day }
  }
  get office(): Office {
    return this.#office
  }
  async #discontinuity(code: string, tx: Tx, state: KeptState, size: number): Promise<string | null> {
    const witnessed = this.#witnessed.get(code)
    if (witnessed && witnessed.size > size)
      return `见证人 ${witnessed.by} 见过 ${witnessed.size} 条，库中只有 ${size} 条：数据库比已经签出的日志旧。公开日志停签，须从镜像补齐，或者声明中断后另起。`
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
    const { fault } = this.policy()
    if (fault !== null) this.#office.log.error({ fault }, '见证规则读不出来，暂不请人见证')
    for (const { code } of await this.names()) {
      await this.catchUp(code).catch((error: unknown) => this.#office.log.error({ err: error }, '公开日志没有签成'))
      // Who did not answer before is asked again; nothing here waits for the answer.
      this.#asking = this.#asking.then(() => this.askWitnesses(code)).catch(() => {})
    }
  }
  /** Brings the log up to date where something was added since it was last looked at; else only asks how long it is. */
  async #refresh(code: string): Promise<void> {
    const settled = this.#settledAt.get(code)
    const unchanged =
      settled !== undefined &&
      !this.#held.has(code) &&
      settled.day === dateInShanghai(this.#office.clock.now().toISOString()) &&
      (await logSize(this.#office.db, code)) === settled.size &&
      this.#state(code).size === settled.size
    if (!unchanged) await this.catchUp(code)
  }
  /** How many entries are signed, as far as this process knows; without asking the database where `least` is among them. */
  async signedSize(code: string, least: number): Promise<number> {
    const settled = this.#settledAt.get(code)
    if (settled && settled.size >= least && !this.#held.has(code)) return settled.size
    return (await this.head(code))?.size ?? 0
  }
  /** The latest signed state, brought up to date where that is possible. Null: no such log. */
  async head(code?: string): Promise<LogHead | null> {
    const names = await this.names()
    const log = code === undefined ? names[0] : names.find((each) => each.code === code)
    if (!log) return null
    await this.#refresh(log.code).catch((error: unknown) => {
      this.#office.log.error({ err: error }, '公开日志没有签成')
    })
    const { origin } = this.#state(log.code)
    const policy = this.policy()
    const last = await latestCheckpoint(this.#office.db, log.code, origin)
    return {
      ...log,
      origin,
      size: last?.size ?? 0,
      root: last?.root ?? '',
      checkpoint: last?.note ?? null,
      signedAt: last?.at.toISOString() ?? null,
      witnesses: (last?.witnesses ?? []).filter((name) => name !== origin),
      quorum: policy.quorum?.need ?? 0,
      policyFault: policy.fault,
      held: this.#held.get(log.code) ?? null,
    }
  }
  /** Logs that are not signed at present, with the reason. */
  held(): Array<{ code: string; reason: string }> {
    return [...this.#held].map(([code, reason]) => ({ code, reason }))
  }
  /** Whether a log is held because the database is older than what was signed: it can still be caught up from a mirror. */
  behind(): boolean {
    return this.#behind.size > 0
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
      if (!Number.isSafeInteger(size) || size < 1) throw new Error('见证人的答复读不出来')
      if (size > last.size) {
        // Unless it grew meanwhile, the database is older than what was witnessed.
        if (size > (await logSize(this.#office.db, code))) this.#witnessed.set(code, { by: witness.key.name, size })
        throw new Error('见证人见过更大的日志')
      }
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
   * Puts a new Ed25519 key (PEM) into use, for every log that this folder signs, as they share the key: in each an entry names it,
   * the old key signs the tree with that entry, the new one that tree and everything after. A change that was interrupted is
   * finished by the next call, with the key of that time. Other installations are told of it by each name, and the old key goes on
   * signing packages for them, for `overlap` more days (0: not at all, as where the old key got into other hands). What is answered
   * is of the log asked for; `others` names the rest. Refuses (conflict) while one of the logs is held.
   */
  async rotate(
    code: string,
    pem: string,
    overlap = 30,
  ): Promise<{ vkey: string; index: number; until: number; others: Array<{ code: string; vkey: string }> }> {
    const codes = [code, ...(await this.names()).map((each) => each.code).filter((each) => each !== code)]
    for (const each of codes) await this.catchUp(each)
    for (const each of codes) {
      const held = this.#held.get(each)
      if (held && this.#state(each).key !== this.#comingKey(each)) throw new AppError('conflict', held)
    }
    const next = this.#nextPath()
    const unfinished = existsSync(next)
    if (!unfinished) writeOnce(next, pem)
    const at = this.#office.clock.now()
    const indexes = new Map<string, number>()
    for (const each of codes) {
      const vkey = this.#comingKey(each) ?? ''
      const record = bytesToHex(sha256(utf8ToBytes(vkey)))
      const named = unfinished ? await entryOfRecord(this.#office.db, each, 'key_change', record) : null
      indexes.set(
        each,
        named ?? (await appendEntry(this.#office.db, each, { type: 'key_change', record, key: vkey, at })),
      )
    }
    const lastDay = addDays(dateInShanghai(at.toISOString()), overlap)
    await this.#alone(codes, async (tx) => {
      const lines: Array<{ code: string; origin: string; size: number; line: string }> = []
      for (const each of codes) lines.push(await this.#handOver(tx, each, overlap > 0 ? lastDay : null))
      this.#changeFiles()
      // The tree with the change in it is signed by the new key as well: one more entry is not needed for that.
      for (const { code: of, origin, size, line } of lines)
        await saveCosignature(tx, of, { origin, size, witness: origin, line, at })
    })
    const told = (each: string) => this.keys(each).current[0] ?? ''
    return {
      vkey: told(code),
      index: indexes.get(code) ?? 0,
      until: this.#state(code).retired.at(-1)?.until ?? 0,
      others: codes.slice(1).map((each) => ({ code: each, vkey: told(each) })),
    }
  }
  /** The next key under the name of this log, while keys are being changed. */
  #comingKey(code: string): string | null {
    const next = this.#nextPath()
    return existsSync(next) ? formatVerifierKey(signerOf(readFileSync(next), this.#state(code).origin).key) : null
  }
  /** Under the lock: both keys sign the tree, and from here on only the new one may sign this log. */
  async #handOver(tx: Tx, code: string, lastDay: string | null) {
    const { origin } = this.#state(code)
    const coming = signerOf(readFileSync(this.#nextPath()), origin)
    const vkey = formatVerifierKey(coming.key)
    const done = this.#state(code).key === vkey
    if (!done) await this.#signIn(tx, code)
    const state = this.#state(code)
    const tree = { origin, size: state.size, root: fromBase64(state.root) }
    const time = Math.floor(Date.now() / 1000)
    const line = signatureLine(coming.sign(tree, time))
    if (done) return { code, origin, size: state.size, line }
    const [before] = this.#signersOf(origin)
    if (!before) throw new Error('没有签名的密钥')
    const note = formatNote({
      text: checkpointText(tree),
      signatures: [before.sign(tree, time), coming.sign(tree, time)],
    })
    const told = (day: string) => {
      const text = keyNoticeText({ name: origin, key: vkey, lastDay: day })
      return {
        notice: formatNote({ text, signatures: [coming.signText(text), before.signText(text)] }),
        lastDay: day,
      }
    }
    // Should the files not be changed any more, signing stops.
    this.#keep(code, {
      ...state,
      retired: [
        ...state.retired,
        { vkey: formatVerifierKey(before.key), until: state.size, note, ...(lastDay === null ? {} : told(lastDay)) },
      ],
      key: vkey,
    })
    return { code, origin, size: state.size, line }
  }
  /**
   * Declares that the log does not continue what was signed: from here on it goes by a new name, whose first words are an
   * entry with the digest of what was lost; a notice with the reason is signed under the old name and the new one.
   * Refuses (conflict) where nothing is wrong, (invalid) without a reason.
   */
  async declareBreak(code: string, reason: string): Promise<{ origin: string; index: number; notice: string }> {
    await this.catchUp(code)
    if (!this.#held.has(code)) throw new AppError('conflict', '公开日志是连续的，没有中断可以声明')
    const said = reason.replace(/\s+/g, ' ').trim()
    if (said === '') throw new AppError('invalid', '须写明中断的原因')
    const at = this.#office.clock.now()
    const before = this.#state(code)
    const origin = `${before.breaks[0]?.origin ?? before.origin}/${before.breaks.length + 2}`
    const lost = { origin: before.origin, size: before.size, root: before.root }
    const text = `dianzhang/tlog/break/2\n${lost.origin}\n${lost.size}\n${lost.root}\n${origin}\n${at.toISOString()}\n${said}\n`
    const index = await appendEntry(this.#office.db, code, {
      type: 'break',
      record: bytesToHex(sha256(utf8ToBytes(text))),
      key: null,
      at,
    })
    // An Ed25519 line signs the text of its note, whatever the note says.
    const notice = formatNote({
      text,
      signatures: [lost.origin, origin].flatMap((name) =>
        this.#signersOf(name)
          .slice(0, 1)
          .map((signer) => signer.signText(text)),
      ),
    })
    await this.#alone(code, async () => {
      const { key: _, ...state } = this.#state(code)
      this.#keep(code, {
        ...state,
        origin,
        size: 0,
        root: '',
        retired: [],
        breaks: [...state.breaks, { ...lost, at: at.toISOString(), reason: said, notice }],
      })
      this.#held.delete(code)
      this.#witnessed.delete(code)
      this.#behind.delete(code)
    })
    await this.catchUp(code)
    return { origin, index, notice }
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
