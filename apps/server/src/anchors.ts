// Anchors outside the database: the digest of each daily seal is signed with Ed25519, appended to a file outside the
// database and made public; the chain head last seen and the last number used in each series are recorded too.
// A database can be rewritten whole, seals included, but then no longer matches the anchors published before; a
// database replaced by an old one does not match the chain head last seen. The signing key never enters the database.
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeFolder, replaceFile, sql, withTransaction, writeOnce } from '@dianzhang/database'
import { canonicalJson, GENESIS } from '@dianzhang/ledger'
import type { Office } from '@dianzhang/workflow'
import { latestHeads, type OfficeHeads, type SealToAnchor, sealsAfter } from '@dianzhang/workflow'

/**
 * One anchor. What is signed: `"dianzhang/anchor/1\n" + canonicalJson(everything except signature)`; `prev` is the
 * SHA-256 of the previous line's `signature`, and 64 zeros on the first line.
 */
export interface Anchor extends SealToAnchor {
  /** The instant of writing (real time, ISO). */
  at: string
  prev: string
  /** 公钥（SPKI DER）的 SHA-256。 */
  key: string
  signature: string
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

export class AnchorBook {
  readonly folder: string
  readonly #private: KeyObject
  readonly publicKey: string
  readonly fingerprint: string

  /**
   * Opens the anchors in `folder`; generates a key if there is none (readable by this account only). `keyFile` is a
   * key kept elsewhere (PEM, Ed25519).
   */
  constructor(folder: string, keyFile: string | null = null) {
    this.folder = folder
    makeFolder(folder, 0o700)
    const path = keyFile ?? join(folder, 'anchor-key.pem')
    if (!keyFile && !existsSync(path)) {
      const { privateKey } = generateKeyPairSync('ed25519')
      writeOnce(path, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    }
    this.#private = createPrivateKey(readFileSync(path))
    const open = createPublicKey(this.#private)
    this.publicKey = open.export({ type: 'spki', format: 'pem' }).toString()
    this.fingerprint = sha256(open.export({ type: 'spki', format: 'der' }))
    // Written again only where it is not so already: what is only to be read need not be writable.
    const told = join(folder, 'anchor-public.pem')
    if (!existsSync(told) || readFileSync(told, 'utf8') !== this.publicKey) {
      replaceFile(told, this.publicKey)
    }
  }

  get #file(): string {
    return join(this.folder, 'anchors.jsonl')
  }
  get #headsFile(): string {
    return join(this.folder, 'heads.json')
  }

  /** All anchors, in order. */
  list(): Anchor[] {
    if (!existsSync(this.#file)) return []
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Anchor)
  }

  /**
   * Appends one line for each seal that has no anchor yet, and returns only once they are on disk; returns the number
   * of lines added. Two processes with one folder do it in turn: no seal has two lines, every line continues the last.
   */
  anchorSeals(office: Office): Promise<number> {
    return withTransaction(office.db, async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('dianzhang anchors', 0))`)
      return this.#append(office)
    })
  }
  async #append(office: Office): Promise<number> {
    const known = this.list()
    const last = new Map<string, string>()
    for (const each of known) last.set(`${each.database} ${each.jurisdiction}`, each.day)
    const seals = await sealsAfter(office, (database, jurisdiction) => last.get(`${database} ${jurisdiction}`) ?? null)
    let prev = known.at(-1)?.signature
    const lines: string[] = []
    for (const seal of seals) {
      const content = {
        ...seal,
        at: new Date().toISOString(),
        prev: prev === undefined ? GENESIS : sha256(prev),
        key: this.fingerprint,
      }
      const signature = sign(
        null,
        Buffer.from(`dianzhang/anchor/1\n${canonicalJson(content)}`),
        this.#private,
      ).toString('base64')
      lines.push(`${JSON.stringify({ ...content, signature })}\n`)
      prev = signature
    }
    if (lines.length > 0) {
      const file = openSync(this.#file, 'a', 0o644)
      const { size } = fstatSync(file)
      try {
        appendFileSync(file, lines.join(''))
        fsyncSync(file)
      } catch (error) {
        // A full disk takes half a line; nothing could be read or appended after it.
        ftruncateSync(file, size)
        throw error
      } finally {
        closeSync(file)
      }
    }
    return lines.length
  }

  /** The chain heads and last numbers of each database as last seen. */
  seen(): Record<string, OfficeHeads> {
    try {
      return JSON.parse(readFileSync(this.#headsFile, 'utf8')) as Record<string, OfficeHeads>
    } catch {
      return {}
    }
  }

  /**
   * Records the database's chain heads and last numbers of this moment: if an old database is put in its place, the
   * next start notices.
   */
  async remember(office: Office): Promise<void> {
    const heads = await latestHeads(office)
    replaceFile(this.#headsFile, JSON.stringify({ ...this.seen(), [heads.database]: heads }))
  }
}
