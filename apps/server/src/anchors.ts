// 库外的锚：每日封存的摘要以 Ed25519 签名，追加在数据库之外的文件里并公开；另记下最近一次见到的链头与各系列的最后用号。
// 数据库可以连同封存整个重写，重写之后与先前公布过的锚对不上；数据库被换成旧的，与最近见到的链头对不上。签名的密钥从不进入数据库。
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '@dianzhang/database'
import { canonicalJson, GENESIS } from '@dianzhang/ledger'
import type { Office } from '@dianzhang/workflow'
import { latestHeads, type OfficeHeads, type SealToAnchor, sealsAfter } from '@dianzhang/workflow'

/**
 * 一个锚。签名的内容：`"dianzhang/anchor/1\n" + 规范JSON(去掉 signature 的其余各项)`；`prev` 为前一行 `signature` 的 SHA-256，首行为 64 个零。
 */
export interface Anchor extends SealToAnchor {
  /** 写下的时刻（真实时间，ISO）。 */
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

  /** 打开 `folder` 里的锚；没有密钥的生成一把（只有本账号可读）。`keyFile` 为另外保管的密钥（PEM，Ed25519）。 */
  constructor(folder: string, keyFile: string | null = null) {
    this.folder = folder
    makeFolder(folder, 0o700)
    const path = keyFile ?? join(folder, 'anchor-key.pem')
    if (!keyFile && !existsSync(path)) {
      const { privateKey } = generateKeyPairSync('ed25519')
      try {
        writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
    this.#private = createPrivateKey(readFileSync(path))
    const open = createPublicKey(this.#private)
    this.publicKey = open.export({ type: 'spki', format: 'pem' }).toString()
    this.fingerprint = sha256(open.export({ type: 'spki', format: 'der' }))
    writeFileSync(join(folder, 'anchor-public.pem'), this.publicKey)
  }

  get #file(): string {
    return join(this.folder, 'anchors.jsonl')
  }
  get #headsFile(): string {
    return join(this.folder, 'heads.json')
  }

  /** 全部的锚，先后为序。 */
  list(): Anchor[] {
    if (!existsSync(this.#file)) return []
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as Anchor)
  }

  /** 为还没有锚的封存各追加一行，落盘以后才返回；返回新增的行数。 */
  async anchorSeals(office: Office): Promise<number> {
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
      appendFileSync(this.#file, lines.join(''), { mode: 0o644 })
      const written = openSync(this.#file, 'r+')
      fsyncSync(written)
      closeSync(written)
    }
    return lines.length
  }

  /** 最近一次见到的各数据库的链头与用号。 */
  seen(): Record<string, OfficeHeads> {
    try {
      return JSON.parse(readFileSync(this.#headsFile, 'utf8')) as Record<string, OfficeHeads>
    } catch {
      return {}
    }
  }

  /** 记下数据库此刻的链头与用号：换了旧的数据库，下一次启动就看得出。 */
  async remember(office: Office): Promise<void> {
    const heads = await latestHeads(office)
    const draft = `${this.#headsFile}.${process.pid}`
    writeFileSync(draft, JSON.stringify({ ...this.seen(), [heads.database]: heads }))
    renameSync(draft, this.#headsFile)
  }
}
