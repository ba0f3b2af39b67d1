// An outside look at a log: reads checkpoint, bundles and tiles from an address or a folder, recomputes everything, and
// keeps a copy that can itself be served. Needs nothing of the database, trusts nothing but the key it was given.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '@dianzhang/contract'
import {
  checkCheckpoint,
  checkSignatures,
  entriesOf,
  Frontier,
  fromUtf8,
  type LogEntry,
  leafHash,
  MalformedError,
  parseCheckpoint,
  parseEntry,
  parseTilePath,
  type SignedCheckpoint,
  sameBytes,
  TileBuilder,
  type Trusted,
  tilePath,
  tileWidth,
  widthAt,
} from '@dianzhang/tlog'
import { trustedText } from './keys.ts'

/** Where the files of a log come from; null: there is no such file. */
export type LogSource = (path: string) => Promise<Uint8Array | null>

/** An address such as `https://gf.example.gov.cn/tlog/`. Throws when it cannot be reached. */
function httpSource(prefix: string): LogSource {
  const base = prefix.endsWith('/') ? prefix : `${prefix}/`
  return async (path) => {
    const address = new URL(path, base)
    const away = (why: string) =>
      new AppError('unavailable', `读不到 ${address.href}：${why}。这不表示日志有问题，请稍后再试。`)
    const response = await fetch(address, { signal: AbortSignal.timeout(30_000) }).catch((error: unknown) => {
      throw away(error instanceof Error && error.name === 'TimeoutError' ? '等了三十秒没有答复' : '连不上')
    })
    if (response.status === 404) return null
    if (!response.ok) throw away(`答复 ${response.status}`)
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
  | 'retired_key'
  | 'few_witnesses'
  | 'shorter'
  | 'missing_entries'
  | 'altered_entry'
  | 'not_in_form'
  | 'wrong_prev'
  | 'wrong_root'
  | 'forked'
  | 'wrong_tile'
  | 'damaged_copy'
export interface LogFault {
  code: LogFaultCode
  says: string
}
export interface LogAudit {
  ok: boolean
  faults: LogFault[]
  checkpoint: SignedCheckpoint | null
  witnesses: string[]
  /** The keys as they stand after the changes of key that the log proves. */
  keys: AuditOptions['keys']
}
export interface AuditOptions {
  origin: string
  keys: ReadonlyArray<Trusted & { until?: number | undefined }>
  witnesses?: readonly Trusted[]
  /** How many witnesses there must be. */
  quorum?: number
  /** What was seen before: its checkpoint, and the leaf at an index. */
  before?: { checkpoint: SignedCheckpoint; leafAt: (index: number) => Uint8Array | null } | undefined
  /** Compares the served hash tiles as well. */
  tiles?: boolean
  onEntry?: (entry: LogEntry, index: number, bytes: Uint8Array) => void
  /** Every bundle as it was served, in order. */
  onBundle?: (path: string, bytes: Uint8Array) => void
  /** Takes the tiles computed from the entries. */
  builder?: TileBuilder
}

/** Checkpoints at which keys were changed, as the source gives them (`rotations`, JSON); unreadable ones are left out. */
async function rotationsOf(source: LogSource): Promise<Map<number, SignedCheckpoint>> {
  const raw = await source('rotations')
  try {
    const notes: unknown = raw === null ? [] : JSON.parse(fromUtf8(raw))
    if (!Array.isArray(notes)) return new Map()
    return new Map(notes.map((note) => parseCheckpoint(String(note))).map((each) => [each.size, each]))
  } catch (error) {
    if (error instanceof MalformedError || error instanceof SyntaxError) return new Map()
    throw error
  }
}

/** Reads a whole log and says everything that is wrong with it. Throws only when the source cannot be reached. */
export async function auditLog(source: LogSource, options: AuditOptions): Promise<LogAudit> {
  const faults: LogFault[] = []
  const fault = (code: LogFaultCode, says: string) => faults.push({ code, says })
  let keys = [...options.keys]
  const done = (checkpoint: SignedCheckpoint | null, witnesses: string[] = []): LogAudit => ({
    ok: faults.length === 0,
    faults,
    checkpoint,
    witnesses,
    keys,
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
  const { before } = options
  const { size } = checkpoint
  const rotations =
    checkpoint.origin === options.origin ? await rotationsOf(source) : new Map<number, SignedCheckpoint>()
  /** The key that the log itself says is in use. */
  let named: { key: Trusted; index: number } | null = null
  /** At a change of key: signed by a trusted key and by the one that the entries name, over these very entries. */
  const follow = (change: SignedCheckpoint, root: Uint8Array) => {
    const next = named?.key
    if (!next || !sameBytes(change.root, root) || !checkCheckpoint(change, { origin: options.origin, keys }).ok) return
    if (!checkSignatures(change, [next]).some((line) => line.ok)) return
    const sameKey = (one: Trusted) => one.key.keyId === next.key.keyId && one.key.name === next.key.name
    keys = [
      ...(keys.some(sameKey) ? [] : [next]),
      ...keys.map((one) =>
        sameKey(one) || one.until !== undefined || one.key.type !== next.key.type
          ? one
          : { ...one, until: change.size },
      ),
    ]
  }
  if (before && size < before.checkpoint.size)
    fault('shorter', `日志变短了：先前见过 ${before.checkpoint.size} 条，现在只有 ${size} 条，尾部被截去。`)
  const edge = new Frontier()
  const builder = options.builder ?? (options.tiles ? new TileBuilder() : undefined)
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
    options.onBundle?.(path, bundle as Uint8Array)
    for (const [i, bytes] of entries.entries()) {
      const index = n * tileWidth + i
      const leaf = leafHash(bytes)
      edge.add(leaf)
      builder?.add(leaf)
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
        if (entry.type === 'key_change' && entry.key?.startsWith(`${options.origin}+`))
          named = { key: trustedText(entry.key), index }
        options.onEntry?.(entry, index, bytes)
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error
        fault('not_in_form', `第 ${index} 条${error.message}。`)
      }
      const change = rotations.get(index + 1)
      if (change) follow(change, edge.root())
    }
  }
  const judged = checkCheckpoint(checkpoint, { ...options, keys })
  if (!judged.ok) fault(judged.verdict === 'retired_key' ? 'retired_key' : 'bad_checkpoint', judged.says)
  const changed = named as { key: Trusted; index: number } | null
  // Who trusts the old key alone, and was given no proof of the change, reads of it in the entries.
  const within = keys.some((one) => one.until !== undefined && one.until >= size)
  if (judged.ok && changed && size > changed.index + 1 && !within)
    if (!checkSignatures(checkpoint, [changed.key]).some((line) => line.ok))
      fault('retired_key', `日志第 ${changed.index} 条已经更换公钥，这个检查点却仍由旧的公钥签：不得再认。`)
  const { quorum = 0 } = options
  if (judged.ok && judged.witnesses.length < quorum)
    fault('few_witnesses', `只有 ${judged.witnesses.length} 个见证人签名，要求 ${quorum} 个。`)
  if (!sameBytes(edge.root(), checkpoint.root))
    fault('wrong_root', '由全部条目算出的根与检查点不符：条目被改动，或者顺序、数目不对。')
  if (options.tiles && builder) await checkTiles(source, builder, fault)
  return done(checkpoint, judged.ok ? judged.witnesses : [])
}

async function checkTiles(
  source: LogSource,
  builder: TileBuilder,
  fault: (code: LogFaultCode, says: string) => void,
): Promise<void> {
  for (const { tile, bytes } of builder.tiles()) {
    const path = tilePath(tile)
    const served = await source(path)
    if (served === null || !sameBytes(served, bytes)) fault('wrong_tile', `分块 ${path} 与条目不符。`)
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
 * Brings the copy in `folder` up to date: bundles that the copy holds in full are not fetched again, since the root over
 * all of them shows that the log still continues them. Nothing of the copy is touched unless the log is sound; the
 * checkpoint is written last, so a copy that was interrupted is brought up to date by the next run.
 */
export async function mirrorLog(source: LogSource, folder: string, options: AuditOptions): Promise<Mirrored> {
  const own = folderSource(folder)
  const kept = await own('checkpoint')
  const before = kept === null ? null : parseCheckpoint(fromUtf8(kept))
  const held = Math.floor((before?.size ?? 0) / tileWidth)
  const leafAt = async (): Promise<(index: number) => Uint8Array | null> => {
    const leaves: Uint8Array[] = []
    for (let n = 0; before && n * tileWidth < before.size; n += 1) {
      const bundle = await own(tilePath({ level: 'entries', n, width: widthAt('entries', n, before.size) }))
      if (bundle) leaves.push(...entriesOf(bundle).map(leafHash))
    }
    return (index) => leaves[index] ?? null
  }
  const incoming = join(folder, '.incoming')
  rmSync(incoming, { recursive: true, force: true })
  // What is judged and what is kept must be the same bytes, however often the log is signed meanwhile.
  const fixed = new Map<string, Uint8Array | null>()
  const once: LogSource = async (path) => {
    if (path !== 'checkpoint' && path !== 'rotations') return source(path)
    if (!fixed.has(path)) fixed.set(path, await source(path))
    return fixed.get(path) ?? null
  }
  const sparing: LogSource = async (path) => {
    const wanted = parseTilePath(path)
    const here = wanted && wanted.width === tileWidth && wanted.level === 'entries' && wanted.n < held
    return (here ? await own(path) : null) ?? once(path)
  }
  const builder = new TileBuilder()
  const bundles: string[] = []
  let audit = await auditLog(sparing, {
    ...options,
    tiles: false,
    builder,
    before: before ? { checkpoint: before, leafAt: () => null } : undefined,
    onBundle: (path, bytes) => {
      if (existsSync(join(folder, path))) return
      bundles.push(path)
      write(incoming, path, bytes)
    },
  })
  // Something is wrong: the whole of it is read, so as to say what.
  if (!audit.ok && before)
    audit = await auditLog(once, { ...options, before: { checkpoint: before, leafAt: await leafAt() } })
  if (audit.faults.length > 0 && audit.faults.every(({ code }) => code === 'altered_entry'))
    audit.faults = audit.faults.map(({ says }) => ({
      code: 'damaged_copy',
      says: `副本自己损坏了（${says.replace(/：.*/, '')}），日志的根与先前签过的相同：请删去副本，重新取一份。`,
    }))
  if (audit.ok && options.tiles) {
    const faults: LogFault[] = []
    await checkTiles(
      async (path) => {
        const wanted = parseTilePath(path)
        const known = wanted?.width === tileWidth && wanted.level === 0 && wanted.n < held
        return (known ? await own(path) : null) ?? source(path)
      },
      builder,
      (code, says) => faults.push({ code, says }),
    )
    audit = { ...audit, ok: faults.length === 0, faults }
  }
  if (!audit.ok || audit.checkpoint === null) {
    rmSync(incoming, { recursive: true, force: true })
    return { ...audit, added: 0 }
  }
  for (const path of bundles) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    renameSync(join(incoming, path), join(folder, path))
  }
  rmSync(incoming, { recursive: true, force: true })
  for (const { tile, bytes } of builder.tiles())
    if (!existsSync(join(folder, tilePath(tile)))) write(folder, tilePath(tile), bytes)
  for (const path of ['rotations', 'checkpoint']) {
    const bytes = fixed.get(path)
    if (bytes) write(folder, path, bytes)
  }
  return { ...audit, added: audit.checkpoint.size - (before?.size ?? 0) }
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
