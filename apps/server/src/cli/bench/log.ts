// The public log: what an entry costs the publication that writes it, beside the same publication with the trigger off; and
// how long an outside reader takes for the whole of a long log, read from a copy as `log verify` reads it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { connect, migrate, withTransaction } from '@dianzhang/database'
import { contentHash } from '@dianzhang/ledger'
import { publishEntry } from '@dianzhang/register'
import {
  bundleOf,
  checkpointText,
  Fold,
  Frontier,
  formatNote,
  leafHash,
  TileBuilder,
  tilePath,
  tileWidth,
  utf8ToBytes,
} from '@dianzhang/tlog'
import { newKey, signerOf, trusted } from '../../log/keys.ts'
import { auditLog, sourceOf } from '../../log/mirror.ts'
import { summarise } from './measure.ts'

export interface LogBench {
  /** Milliseconds of a publication (one transaction), with the entry of the log and without. */
  publication: { count: number; withLog: { p50: number; p99: number }; without: { p50: number; p99: number } }
  /** Milliseconds that the entry adds at the median, and the most it may. */
  append: number
  appendLimit: number
  verify: {
    entries: number
    megabytes: number
    /** Of the clock, and of the processor. */
    seconds: number
    cpuSeconds: number
    limitSeconds: number
    documents: number
    memoryMb: number
  }
}
const jurisdiction = '640522'
const hex = (n: number): string => n.toString(16).padStart(64, '0')

async function append(url: string): Promise<Pick<LogBench, 'publication' | 'append' | 'appendLimit'>> {
  await migrate(url)
  const { db, sql, close } = connect(url, { max: 1 })
  try {
    await sql`insert into jurisdictions (id, name) values (${jurisdiction}, '海原县') on conflict do nothing`
    let n = 0
    const publish = async (): Promise<number> => {
      n += 1
      const body = `第一条 为了第${n}件事，制定本办法。`
      const begun = performance.now()
      await withTransaction(db, (tx) =>
        publishEntry(
          tx,
          {
            jurisdiction,
            id: `doc-${n}`,
            documentId: `doc-${n}`,
            title: `海原县第${n}件办法`,
            documentNumber: `海政规发〔2026〕${n}号`,
            registryNumber: null,
            indexNumber: null,
            wjbs: { value: null, missing: [] },
            issuers: ['海原县人民政府'],
            tier: 'government',
            adoptionDate: '2026-01-05',
            publishedOn: '2026-01-10',
            effectiveDate: '2026-02-15',
            validUntil: null,
            disclosure: 'active' as const,
            body,
            textHash: contentHash({ body, attachments: [] }),
            attachments: [],
            publicFiles: [],
          },
          new Date(),
        ),
      )
      return performance.now() - begun
    }
    for (let i = 0; i < 50; i += 1) await publish()
    // In turns, so that whatever else the machine does falls on both.
    const [withLog, without]: [number[], number[]] = [[], []]
    for (let turn = 0; turn < 40; turn += 1) {
      const logged = turn % 2 === 0
      await sql.unsafe(
        `alter table register_entries ${logged ? 'enable' : 'disable'} trigger register_entries_made_logged`,
      )
      await publish()
      for (let i = 0; i < 20; i += 1) (logged ? withLog : without).push(await publish())
    }
    const [a, b] = [summarise(withLog, 1), summarise(without, 1)]
    return {
      publication: {
        count: a.count + b.count,
        withLog: { p50: a.p50, p99: a.p99 },
        without: { p50: b.p50, p99: b.p99 },
      },
      append: Math.round((a.p50 - b.p50) * 100) / 100,
      appendLimit: 10,
    }
  } finally {
    await close()
  }
}

/** Entry `i` of a made-up log: each of `subjects` documents is published once and then changed again and again. */
function madeUp(i: number, subjects: number): string {
  const round = Math.floor(i / subjects)
  const force = Array.from(
    { length: round },
    (_, k) =>
      `{"by":null,"clauses":["第${k + 1}条"],"follows":false,"kind":"amended","on":"2026-03-0${1 + (k % 9)}","undoes":null}`,
  )
  const document = `{"content":"${hex(i)}","effective":"2026-02-15","files":"${hex(i + 1)}","force":[${force.join(',')}],"interpretation":null,"meta":"${hex(i % subjects)}","number":"海政规发〔2026〕${i % subjects}号","origin":"made","published":"2026-01-10","recorded":"2026-01-10","stated":null,"until":null}`
  return `{"at":"2026-01-10T01:00:00.000Z","document":${document},"log":"${jurisdiction}","prev":${round === 0 ? 'null' : i - subjects},"record":null,"subject":"doc-${i % subjects}","type":"${round === 0 ? 'publish' : 'amend'}","v":1}`
}
/** Writes a copy of `entries` made-up entries, then reads it as an outsider. */
async function verify(entries: number, say: (line: string) => void): Promise<LogBench['verify']> {
  const folder = mkdtempSync(join(tmpdir(), 'dianzhang-bench-log-'))
  try {
    const put = (path: string, bytes: Uint8Array | string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), bytes)
    }
    const origin = `gf.example.gov.cn/tlog/${jurisdiction}`
    const signer = signerOf(Buffer.from(newKey('ed25519')), origin)
    const subjects = Math.max(1, Math.ceil(entries / 4))
    const [edge, builder] = [new Frontier(), new TileBuilder()]
    let total = 0
    for (let n = 0; n * tileWidth < entries; n += 1) {
      const width = Math.min(tileWidth, entries - n * tileWidth)
      const lines = Array.from({ length: width }, (_, i) => utf8ToBytes(madeUp(n * tileWidth + i, subjects)))
      for (const line of lines) {
        const leaf = leafHash(line)
        edge.add(leaf)
        builder.add(leaf)
      }
      const bundle = bundleOf(lines)
      total += bundle.length
      put(tilePath({ level: 'entries', n, width }), bundle)
    }
    for (const { tile, bytes } of builder.tiles()) put(tilePath(tile), bytes)
    const tree = { origin, size: entries, root: edge.root() }
    put('checkpoint', formatNote({ text: checkpointText(tree), signatures: [signer.sign(tree, 0)] }))
    say(`  ${entries} 条、${Math.round(total / 1e6)} MB 已写下，开始核对……`)
    const folded = new Fold()
    const [begun, cpu] = [performance.now(), process.cpuUsage()]
    const audit = await auditLog(sourceOf(folder), {
      origin,
      keys: [trusted(signer.key)],
      tiles: true,
      onEntry: (entry) => folded.add(entry),
    })
    const used = process.cpuUsage(cpu)
    if (!audit.ok) throw new Error(`自造的日志核对不过：${audit.faults[0]?.says}`)
    return {
      entries,
      megabytes: Math.round(total / 1e6),
      seconds: Math.round((performance.now() - begun) / 100) / 10,
      cpuSeconds: Math.round((used.user + used.system) / 1e5) / 10,
      limitSeconds: 60,
      documents: folded.documents.size,
      memoryMb: Math.round(process.memoryUsage.rss() / 1e6),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** `entries`: how long the made-up log is. */
export async function benchLog(url: string, entries: number, say: (line: string) => void): Promise<LogBench> {
  const cost = await append(url)
  say(
    `  公布一件 p50 ${cost.publication.withLog.p50} ms，不写日志 ${cost.publication.without.p50} ms：一条日志 ${cost.append} ms（上限 ${cost.appendLimit}）`,
  )
  const read = await verify(entries, say)
  say(`  核对 ${read.entries} 条：${read.seconds} 秒（处理器 ${read.cpuSeconds} 秒，上限 ${read.limitSeconds}）`)
  return { ...cost, verify: read }
}
