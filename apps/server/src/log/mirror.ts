// An outside look at a log: reads checkpoint, bundles and tiles from an address or a folder, recomputes everything, and
// keeps a copy that can itself be served. Needs nothing of the database, trusts nothing but the key it was given.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  bundleOf,
  checkCheckpoint,
  concatBytes,
  entriesOf,
  Frontier,
  fromUtf8,
  type LogEntry,
  leafHash,
  MalformedError,
  parseCheckpoint,
  parseEntry,
  rootOfTile,
  type SignedCheckpoint,
  sameBytes,
  type Trusted,
  tilePath,
  tileWidth,
  widthAt,
} from '@dianzhang/tlog'

/** Where the files of a log come from; null: there is no such file. */
export type LogSource = (path: string) => Promise<Uint8Array | null>

/** An address such as `https://gf.example.gov.cn/tlog/`. Throws when it cannot be reached. */
function httpSource(prefix: string): LogSource {
  const base = prefix.endsWith('/') ? prefix : `${prefix}/`
  return async (path) => {
    const response = await fetch(new URL(path, base), { signal: AbortSignal.timeout(30_000) })
    if (response.status === 404) return null
    if (!response.ok) throw new Error(`${base}${path} 答复 ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
/** A folder laid out like the addresses. */
const folderSource =
  (folder: string): LogSource =>
  async (path) => {
    const file = join(folder, path)
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : null
  }
export const sourceOf = (where: string): LogSource => (/^https?:/.test(where) ? httpSource(where) : folderSource(where))

export type LogFaultCode =
  | 'no_checkpoint'
  | 'bad_checkpoint'
  | 'shorter'
  | 'missing_entries'
  | 'altered_entry'
  | 'not_in_form'
  | 'wrong_prev'
  | 'wrong_root'
  | 'forked'
  | 'wrong_tile'
export interface LogFault {
  code: LogFaultCode
  says: string
}
export interface LogAudit {
  ok: boolean
  faults: LogFault[]
  checkpoint: SignedCheckpoint | null
  witnesses: string[]
}
export interface AuditOptions {
  origin: string
  keys: ReadonlyArray<Trusted & { until?: number | undefined }>
  witnesses?: readonly Trusted[]
  /** What was seen before: its checkpoint, and the leaf at an index. */
  before?: { checkpoint: SignedCheckpoint; leafAt: (index: number) => Uint8Array | null } | undefined
  /** Compares the served hash tiles as well. */
  tiles?: boolean
  onEntry?: (entry: LogEntry, index: number, bytes: Uint8Array) => void
}

/** Reads a whole log and says everything that is wrong with it. Throws only when the source cannot be reached. */
export async function auditLog(source: LogSource, options: AuditOptions): Promise<LogAudit> {
  const faults: LogFault[] = []
  const fault = (code: LogFaultCode, says: string) => faults.push({ code, says })
  const done = (checkpoint: SignedCheckpoint | null, witnesses: string[] = []): LogAudit => ({
    ok: faults.length === 0,
    faults,
    checkpoint,
    witnesses,
  })
  const raw = await source('checkpoint')
  if (raw === null) {
    fault('no_checkpoint', '没有检查点：日志还没有签过，或者地址不对。')
    return done(null)
  }
  let checkpoint: SignedCheckpoint
  try {
    checkpoint = parseCheckpoint(fromUtf8(raw))
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    fault('bad_checkpoint', `检查点读不出来：${error.message}。`)
    return done(null)
  }
  const judged = checkCheckpoint(checkpoint, options)
  if (!judged.ok) fault('bad_checkpoint', judged.says)
  const { before } = options
  const { size } = checkpoint
  if (before && size < before.checkpoint.size)
    fault('shorter', `日志变短了：先前见过 ${before.checkpoint.size} 条，现在只有 ${size} 条，尾部被截去。`)
  const edge = new Frontier()
  const last = new Map<string, number>()
  let altered = false
  for (let n = 0; n * tileWidth < size; n += 1) {
    const width = widthAt('entries', n, size)
    const path = tilePath({ level: 'entries', n, width })
    const bundle = await source(path)
    let entries: Uint8Array[] = []
    try {
      entries = bundle === null ? [] : entriesOf(bundle)
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error
    }
    if (entries.length !== width) {
      fault('missing_entries', `${path} 应有 ${width} 条，得到 ${entries.length} 条。`)
      return done(checkpoint)
    }
    for (const [i, bytes] of entries.entries()) {
      const index = n * tileWidth + i
      const leaf = leafHash(bytes)
      edge.add(leaf)
      const seen = before && index < before.checkpoint.size ? before.leafAt(index) : null
      if (seen && !sameBytes(seen, leaf) && !altered) {
        altered = true
        fault('altered_entry', `第 ${index} 条与先前见过的不同：日志被改写。`)
      }
      if (before && index + 1 === before.checkpoint.size && !sameBytes(edge.root(), before.checkpoint.root))
        fault('forked', `前 ${before.checkpoint.size} 条的根与先前签过的不同：日志分叉。`)
      try {
        const entry = parseEntry(bytes)
        if (entry.subject !== null) {
          const previous = last.get(entry.subject) ?? null
          if (entry.prev !== previous)
            fault('wrong_prev', `第 ${index} 条说上一条是 ${entry.prev ?? '没有'}，其实是 ${previous ?? '没有'}。`)
          last.set(entry.subject, index)
        }
        options.onEntry?.(entry, index, bytes)
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error
        fault('not_in_form', `第 ${index} 条${error.message}。`)
      }
    }
  }
  if (!sameBytes(edge.root(), checkpoint.root))
    fault('wrong_root', '由全部条目算出的根与检查点不符：条目被改动，或者顺序、数目不对。')
  if (options.tiles) await checkTiles(source, size, fault)
  return done(checkpoint, judged.ok ? judged.witnesses : [])
}

async function checkTiles(
  source: LogSource,
  size: number,
  fault: (code: LogFaultCode, says: string) => void,
): Promise<void> {
  const roots = new Map<number, Uint8Array[]>()
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / tileWidth)) {
    const above: Uint8Array[] = []
    for (let n = 0; n * tileWidth < count; n += 1) {
      const width = widthAt(level, n, size)
      const path = tilePath({ level, n, width })
      const expected =
        level === 0
          ? concatBytes(
              ...entriesOf((await source(tilePath({ level: 'entries', n, width }))) ?? new Uint8Array()).map(leafHash),
            )
          : concatBytes(...(roots.get(level - 1) ?? []).slice(n * tileWidth, n * tileWidth + width))
      const served = await source(path)
      if (served === null || !sameBytes(served, expected)) fault('wrong_tile', `分块 ${path} 与条目不符。`)
      if (width === tileWidth) above.push(rootOfTile(expected))
    }
    roots.set(level, above)
  }
}

function write(folder: string, path: string, bytes: Uint8Array | string): void {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, bytes)
  renameSync(`${file}.new`, file)
}
export interface Mirrored extends LogAudit {
  /** Entries that are new in the copy. */
  added: number
}
/**
 * Brings the copy in `folder` up to date. Nothing is written unless the log is sound and continues what the copy holds;
 * the checkpoint is written last, so a copy that was interrupted is brought up to date by the next run.
 */
export async function mirrorLog(source: LogSource, folder: string, options: AuditOptions): Promise<Mirrored> {
  const own = folderSource(folder)
  const kept = await own('checkpoint')
  const before = kept === null ? null : parseCheckpoint(fromUtf8(kept))
  const leaves: Uint8Array[] = []
  for (let n = 0; before && n * tileWidth < before.size; n += 1) {
    const bundle = await own(tilePath({ level: 'entries', n, width: widthAt('entries', n, before.size) }))
    if (bundle) leaves.push(...entriesOf(bundle).map(leafHash))
  }
  const all: Uint8Array[] = []
  const audit = await auditLog(source, {
    ...options,
    before: before ? { checkpoint: before, leafAt: (index) => leaves[index] ?? null } : undefined,
    onEntry: (entry, index, bytes) => {
      all.push(bytes)
      options.onEntry?.(entry, index, bytes)
    },
  })
  if (!audit.ok || audit.checkpoint === null) return { ...audit, added: 0 }
  const { size } = audit.checkpoint
  let hashes = all.map(leafHash)
  for (let n = 0; n * tileWidth < size; n += 1) {
    const width = widthAt('entries', n, size)
    if (n < Math.floor((before?.size ?? 0) / tileWidth)) continue
    write(folder, tilePath({ level: 'entries', n, width }), bundleOf(all.slice(n * tileWidth, n * tileWidth + width)))
  }
  for (let level = 0; hashes.length > 0; level += 1) {
    const above: Uint8Array[] = []
    for (let n = 0; n * tileWidth < hashes.length; n += 1) {
      const part = hashes.slice(n * tileWidth, (n + 1) * tileWidth)
      write(folder, tilePath({ level, n, width: part.length }), concatBytes(...part))
      if (part.length === tileWidth) above.push(rootOfTile(concatBytes(...part)))
    }
    hashes = above
  }
  write(folder, 'checkpoint', (await source('checkpoint')) ?? '')
  return { ...audit, added: size - (before?.size ?? 0) }
}
/** All entries of a copy, once it is sound. */
export async function entriesOfCopy(
  source: LogSource,
  options: AuditOptions,
): Promise<{ audit: LogAudit; entries: Array<{ entry: LogEntry; text: string }> }> {
  const entries: Array<{ entry: LogEntry; text: string }> = []
  const audit = await auditLog(source, {
    ...options,
    onEntry: (entry, _index, bytes) => entries.push({ entry, text: fromUtf8(bytes) }),
  })
  return { audit, entries }
}
