// A witness (C2SP tlog-witness): one small server with a key and a folder. What it last saw of each log is on disk before
// its line leaves the machine; requests are decided one after the other, so an older tree never follows a newer one.
import { createPrivateKey, sign } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { makeFolder, replaceFile, writeOnce } from '@dianzhang/database'
import {
  cosignedText,
  formatVerifierKey,
  fromBase64,
  judgeCheckpoint,
  signatureLine,
  signatureTypes,
  type Trusted,
  timestamped,
  toBase64,
  type VerifierKey,
  verifierKey,
} from '@dianzhang/tlog'
import { newKey, signerOf, trustedText } from './keys.ts'

export interface WitnessParts {
  folder: string
  /** Name of the witness: a name like an address without its scheme. */
  name: string
  /** Verifier keys of the logs it watches; the name of a key is the log's origin. A retired one ends in `:` and its last size. */
  logs: readonly string[]
}
interface Seen {
  [origin: string]: { size: number; root: string }
}
const biggest = 200_000

export class Witness {
  readonly #folder: string
  readonly #secret: ReturnType<typeof createPrivateKey>
  readonly #logs: Map<string, Array<Trusted & { until: number | undefined }>>
  readonly key: VerifierKey
  #queue: Promise<unknown> = Promise.resolve()

  constructor({ folder, name, logs }: WitnessParts) {
    this.#folder = folder
    makeFolder(folder, 0o700)
    const path = join(folder, 'witness-key.pem')
    if (!existsSync(path)) writeOnce(path, newKey('ed25519'))
    const pem = readFileSync(path)
    this.#secret = createPrivateKey(pem)
    this.key = verifierKey(name, signatureTypes.ed25519Cosignature, signerOf(pem, name).key.key)
    this.#logs = new Map()
    for (const log of logs) {
      const [vkey = '', until] = log.split(/:(?=\d+$)/)
      const key = trustedText(vkey)
      const { name } = key.key
      const entry = { ...key, until: until === undefined ? undefined : Number(until) }
      this.#logs.set(name, [...(this.#logs.get(name) ?? []), entry])
    }
  }
  get vkey(): string {
    return formatVerifierKey(this.key)
  }
  #file(): string {
    return join(this.#folder, 'witnessed.json')
  }
  #seen(): Seen {
    return existsSync(this.#file()) ? (JSON.parse(readFileSync(this.#file(), 'utf8')) as Seen) : {}
  }
  #keep(seen: Seen): void {
    replaceFile(this.#file(), JSON.stringify(seen))
  }
  /** Decides on one request; after the one before it is settled. */
  add(body: Uint8Array): Promise<{ status: number; type: string; body: string }> {
    const next = this.#queue.then(() => this.#add(body))
    this.#queue = next.catch(() => {})
    return next
  }
  async #add(body: Uint8Array): Promise<{ status: number; type: string; body: string }> {
    const seen = this.#seen()
    const answer = judgeCheckpoint(
      body,
      (origin) => this.#logs.get(origin) ?? null,
      (origin) => {
        const last = seen[origin]
        return last ? { size: last.size, root: fromBase64(last.root) } : null
      },
    )
    if (answer.status === 409) return { status: 409, type: 'text/x.tlog.size', body: `${answer.size}\n` }
    if (answer.status !== 200)
      return { status: answer.status, type: 'text/plain; charset=utf-8', body: `${answer.says}\n` }
    const { checkpoint } = answer.request ?? {}
    if (!checkpoint) throw new Error('没有检查点')
    this.#keep({ ...seen, [checkpoint.origin]: { size: checkpoint.size, root: toBase64(checkpoint.root) } })
    const time = Math.floor(Date.now() / 1000)
    const signature = timestamped(time, sign(null, cosignedText(checkpoint.note.text, time), this.#secret))
    const line = signatureLine({ name: this.key.name, keyId: this.key.keyId, signature })
    return { status: 200, type: 'text/plain; charset=utf-8', body: line }
  }
  /** An HTTP server for it; the caller listens and closes. */
  server(): Server {
    return createServer((request, response) => {
      const say = (status: number, type: string, body: string) => {
        response.writeHead(status, { 'content-type': type })
        response.end(body)
      }
      const path = new URL(request.url ?? '/', 'http://x').pathname
      if (request.method === 'GET' && path === '/') return say(200, 'text/plain; charset=utf-8', `${this.vkey}\n`)
      if (!path.endsWith('/add-checkpoint')) return say(404, 'text/plain; charset=utf-8', '没有这个地址。\n')
      if (request.method !== 'POST') return say(405, 'text/plain; charset=utf-8', '须用 POST。\n')
      const parts: Buffer[] = []
      let length = 0
      request.on('data', (part: Buffer) => {
        length += part.length
        if (length <= biggest) parts.push(part)
      })
      request.on('end', () => {
        if (length > biggest) return say(413, 'text/plain; charset=utf-8', '请求太大。\n')
        this.add(new Uint8Array(Buffer.concat(parts))).then(
          (answer) => say(answer.status, answer.type, answer.body),
          () => say(500, 'text/plain; charset=utf-8', '没有记下，因此没有签名。\n'),
        )
      })
    })
  }
}
