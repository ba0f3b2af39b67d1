// The whole register as files, made anew once a day: what a file says is the state at one size of the public log, written
// in the manifest beside it.
import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable, type Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { dateInShanghai } from '@dianzhang/calendar'
import { replaceFile, sql, type Tx, withTransaction } from '@dianzhang/database'
import { csvLine } from '@dianzhang/formats'
import { changedRecords, getEntry, logSize } from '@dianzhang/register'
import type { Office } from '@dianzhang/workflow'
import type { LogHead, LogKeeper } from './keeper.ts'
import { zipped } from './zip-writer.ts'

export interface BulkFile {
  name: string
  title: string
  mediaType: string
  bytes: number
  sha256: string
  records: number
}
export interface BulkManifest {
  /** The day (Beijing time) it was made for. */
  day: string
  madeAt: string
  jurisdiction: string
  /** Size and root of the log at that moment. */
  log: { origin: string; size: number; root: string }
  files: BulkFile[]
}
const csvText = (value: unknown): string | null =>
  value === null || value === undefined ? null : Array.isArray(value) ? value.join('、') : String(value)
const csvColumns = {
  标识: 'id',
  标题: 'title',
  发文字号: 'documentNumber',
  统一登记号: 'registryNumber',
  制定机关: 'issuers',
  公布日期: 'publishedOn',
  施行日期: 'effectiveDate',
  有效期至: 'validUntil',
  效力: 'statusLabel',
  内容摘要: 'textHash',
} as const

export class Bulk {
  readonly #office: Office
  readonly #keeper: LogKeeper
  readonly #folder: string
  readonly #making = new Map<string, Promise<BulkManifest | null>>()

  constructor(parts: { office: Office; keeper: LogKeeper; folder: string }) {
    this.#office = parts.office
    this.#keeper = parts.keeper
    this.#folder = parts.folder
  }
  /** The manifest of one jurisdiction; that of the site itself (the first log) has no code in its name. */
  #path(code?: string): string {
    return join(this.#folder, code === undefined ? 'manifest.json' : `manifest-${code}.json`)
  }
  #read(code?: string): BulkManifest | null {
    // Files made from the register are made again where one cannot be read.
    try {
      const manifest = JSON.parse(readFileSync(this.#path(code), 'utf8')) as BulkManifest
      const whole = manifest.files.every(({ name, bytes }) => statSync(join(this.#folder, name)).size === bytes)
      return whole ? manifest : null
    } catch {
      return null
    }
  }
  /** The registers that have files: the site's own without a code first, then those of other jurisdictions by code. */
  async codes(): Promise<Array<string | undefined>> {
    const names = await this.#keeper.names()
    return names.map(({ code }, i) => (i === 0 ? undefined : code))
  }
  /** The latest manifest, by default the site's own; made now when there is none. Null: there is no such register. */
  async latest(code?: string): Promise<BulkManifest | null> {
    const [own, ...others] = await this.#keeper.names()
    if (code !== undefined && code === own?.code) return this.latest()
    // A name from outside is looked up before it becomes a part of a path.
    if (code !== undefined && !others.some((each) => each.code === code)) return null
    return this.#read(code) ?? this.make(code)
  }
  /** Makes the files where today's are not there yet. */
  async nightly(): Promise<void> {
    const today = dateInShanghai(this.#office.clock.now().toISOString())
    for (const code of await this.codes()) if (this.#read(code)?.day !== today) await this.make(code)
  }
  make(code?: string): Promise<BulkManifest | null> {
    const name = code ?? ''
    const making = this.#making.get(name) ?? this.#make(code).finally(() => this.#making.delete(name))
    this.#making.set(name, making)
    return making
  }
  async #make(wanted?: string): Promise<BulkManifest | null> {
    const office = this.#office
    const now = office.clock.now()
    mkdirSync(this.#folder, { recursive: true })
    // One look at the database for the whole of it, at which exactly what is signed is in the log.
    for (let attempt = 0; ; attempt += 1) {
      const head = await this.#keeper.head(wanted)
      if (!head) return null
      const made = await withTransaction(
        office.readDb,
        async (tx) => {
          // Another process with this folder may be at it: its files are as good.
          await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`dianzhang bulk ${head.code}`}, 0))`)
          const there = this.#read(wanted)
          if (there?.log.size === head.size && there.day === dateInShanghai(now.toISOString())) return there
          return (await logSize(tx, head.code)) === head.size || attempt > 20
            ? this.#write(tx, head, now, this.#path(wanted))
            : null
        },
        { isolation: 'repeatable read' },
      )
      if (made) return made
    }
  }
  async #write(tx: Tx, head: LogHead, now: Date, path: string): Promise<BulkManifest> {
    const { code, size } = head
    const db = tx as unknown as Office['readDb']
    const stem = `${code}-${head.size}`
    const names = {
      jsonl: `documents-${stem}.jsonl.gz`,
      csv: `documents-${stem}.csv`,
      texts: `documents-${stem}-texts.zip`,
    }
    let records = 0
    async function* lines() {
      for (let after = -1; ; ) {
        const rows = await changedRecords(db, { jurisdiction: code, after, limit: 200 })
        for (const row of rows) {
          after = row.index
          if (row.index >= size || row.withdrawn) continue
          const entry = await getEntry(db, row.id, { now, jurisdiction: code })
          if (!entry) continue
          records += 1
          yield `${JSON.stringify({ logIndex: row.index, ...entry })}\n`
        }
        if (rows.length < 200) return
      }
    }
    // Each is written beside and takes its name when it is whole: who comes meanwhile never gets a part.
    const written = async (name: string, parts: AsyncIterable<string | Buffer>, ...through: Array<Transform>) => {
      const path = join(this.#folder, name)
      await pipeline([Readable.from(parts), ...through, createWriteStream(`${path}.new`, { flush: true })])
      renameSync(`${path}.new`, path)
    }
    await written(names.jsonl, lines(), createGzip())
    // The rest is made from what was just written, never more than a document of it in memory.
    const jsonl = join(this.#folder, names.jsonl)
    const documents = () => createInterface({ input: createReadStream(jsonl).pipe(createGunzip()) })
    async function* rows() {
      yield `\uFEFF${csvLine(Object.keys(csvColumns))}`
      for await (const line of documents()) {
        const entry = JSON.parse(line) as Record<string, unknown>
        yield csvLine(Object.values(csvColumns).map((key) => csvText(entry[key])))
      }
    }
    await written(names.csv, rows())
    // The words alone, a file a document: names that no file system takes become a digest.
    async function* texts() {
      const files: object[] = []
      for await (const line of documents()) {
        const { id, title, documentNumber, body, textHash } = JSON.parse(line) as Record<string, string | null>
        const key = /^[\w.-]{1,80}$/.test(id ?? '') ? id : createHash('sha256').update(`${id}`).digest('hex')
        files.push({ name: `${key}.txt`, id, textHash })
        yield { name: `${key}.txt`, bytes: Buffer.from(`${title}\n${documentNumber ?? ''}\n\n${body}\n`) }
      }
      const manifest = { log: { origin: head.origin, size, root: head.root }, files }
      yield { name: 'manifest.json', bytes: Buffer.from(JSON.stringify(manifest)) }
    }
    await written(names.texts, zipped(texts()))
    const file = async (name: string, title: string, mediaType: string): Promise<BulkFile> => {
      const sum = createHash('sha256')
      let bytes = 0
      for await (const chunk of createReadStream(join(this.#folder, name))) {
        sum.update(chunk as Buffer)
        bytes += (chunk as Buffer).length
      }
      return { name, title, mediaType, bytes, sha256: sum.digest('hex'), records }
    }
    const manifest: BulkManifest = {
      day: dateInShanghai(now.toISOString()),
      madeAt: now.toISOString(),
      jurisdiction: code,
      log: { origin: head.origin, size: head.size, root: head.root },
      files: [
        await file(names.jsonl, '全部文件：一行一件，含正文、日期、效力与变动', 'application/gzip'),
        await file(names.csv, '全部文件目录', 'text/csv'),
        await file(names.texts, '全部正文：一件一个文本文件，附清单', 'application/zip'),
      ],
    }
    replaceFile(path, JSON.stringify(manifest))
    for (const old of readdirSync(this.#folder))
      if (old.startsWith(`documents-${code}-`) && !manifest.files.some((each) => each.name === old))
        rmSync(join(this.#folder, old), { force: true })
    return manifest
  }
  /** A file of a latest manifest; null: none holds that name. */
  async open(name: string): Promise<{ file: BulkFile; stream: () => ReadableStream } | null> {
    // Only what has been made: asking for one file makes nothing of any other register.
    const manifests = (await this.codes()).map((code) => this.#read(code))
    const file = manifests.flatMap((each) => each?.files ?? []).find((each) => each.name === name)
    const path = join(this.#folder, name)
    if (!file || !existsSync(path)) return null
    return { file, stream: () => Readable.toWeb(createReadStream(path)) as ReadableStream }
  }
}
