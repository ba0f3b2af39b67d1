// Backup and restore: the PostgreSQL of npm has no pg_dump, hence COPY table by table in one snapshot, as one checked
// compressed file.
//
// File: zstd (version 2) or gzip (version 1, still read) of frames [type: 1 byte][length: 4 bytes][payload]; which of the
// two, its first bytes tell. H header (JSON), T table begins (JSON), D its rows (COPY text), M manifest (JSON, last): a file
// without M is cut off and is refused before the database is touched.
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { constants, createGunzip, createZstdCompress, createZstdDecompress } from 'node:zlib'
import postgres from 'postgres'
import { appliedMigrations, type MigrateOptions, migrate } from './migrate.ts'

export interface BackupTable {
  schema: string
  name: string
  columns: string[]
  rows: number
  /** Of the table's rows in COPY text form. */
  sha256: string
}

export interface BackupSequence {
  schema: string
  name: string
  lastValue: string
  isCalled: boolean
}

export interface BackupManifest {
  format: 'dianzhang-backup'
  /** 1: the file is gzip; 2: zstd. What is inside is the same. */
  version: 1 | 2
  /** ISO instant of the snapshot. */
  createdAt: string
  serverVersion: string
  /** Hashes of the migrations the database had, oldest first. */
  migrations: string[]
  tables: BackupTable[]
  sequences: BackupSequence[]
}

export interface BackupProgress {
  /** `schema.table` that is finished. */
  table: string
  rows: number
  done: number
  total: number
}

export interface BackupOptions {
  onProgress?: (progress: BackupProgress) => void
  /** Schemas to leave out, e.g. `pgboss`; default none (system schemas and drizzle's own are never included). */
  skipSchemas?: readonly string[]
}

export interface RestoreOptions extends BackupOptions {
  /** Schemas whose rows in the target are replaced instead of refused; default `pgboss`, which fills itself on start. */
  replaceSchemas?: readonly string[]
  /** Default: the program's own migrations. */
  migrations?: Pick<MigrateOptions, 'folder'>
}

/** The file is not a whole backup, or the target cannot take it; nothing was changed. */
export class BackupError extends Error {
  override readonly name = 'BackupError'
}

/** Rows are written and compressed this many bytes or more at a time: the driver gives them one by one. */
const portion = 256 * 1024

type Header = Omit<BackupManifest, 'tables' | 'sequences'>
type TableHead = Pick<BackupTable, 'schema' | 'name' | 'columns'>

/**
 * Writes all rows of the database into `file` (mode 0600; replaced only when the new one is complete). Everything is
 * read in one REPEATABLE READ transaction, so work may go on meanwhile.
 */
export async function backup(
  source: string | { url: string },
  file: string,
  options: BackupOptions = {},
): Promise<BackupManifest> {
  const sql = client(typeof source === 'string' ? source : source.url)
  const partial = `${file}.partial`
  const result: { manifest?: BackupManifest } = {}
  try {
    await pipeline(
      snapshot(sql, options, (manifest) => {
        result.manifest = manifest
      }),
      // With a checksum of its own, so that damage is noticed where it is.
      createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 }, chunkSize: portion }),
      createWriteStream(partial, { mode: 0o600 }),
    )
    const written = await open(partial, 'r+')
    await written.sync()
    await written.close()
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  } finally {
    await sql.end({ timeout: 5 })
  }
  if (!result.manifest) throw new BackupError('备份没有完成。')
  return result.manifest
}

/** Reads a backup from end to end and checks every table's hash and row count; throws {@link BackupError}. */
export async function verifyBackup(file: string): Promise<BackupManifest> {
  const seen: BackupTable[] = []
  let hash = createHash('sha256')
  let manifest: BackupManifest | undefined
  const finish = (): void => {
    const table = seen.at(-1)
    if (table) table.sha256 = hash.digest('hex')
    hash = createHash('sha256')
  }
  for await (const { type, payload } of frames(file)) {
    if (manifest) throw new BackupError(`${file} 在清单之后还有内容，不是完整的备份。`)
    if (type === 'T') {
      finish()
      seen.push({ ...parse<TableHead>(payload), rows: 0, sha256: '' })
    } else if (type === 'D') {
      hash.update(payload)
      const table = seen.at(-1)
      if (table) table.rows += lines(payload)
    } else if (type === 'M') {
      finish()
      manifest = parse<BackupManifest>(payload)
    }
  }
  if (!manifest) throw new BackupError(`${file} 不完整：没有清单。`)
  if (manifest.format !== 'dianzhang-backup' || ![1, 2].includes(manifest.version)) {
    throw new BackupError(`${file} 不是本程序可以读取的备份格式。`)
  }
  if (seen.length !== manifest.tables.length) throw new BackupError(`${file} 的表数与清单不符。`)
  for (const [i, expected] of manifest.tables.entries()) {
    const found = seen[i]
    if (found?.sha256 !== expected.sha256 || found.rows !== expected.rows) {
      throw new BackupError(`${file} 中 ${expected.schema}.${expected.name} 的内容与清单的校验值不符。`)
    }
  }
  return manifest
}

/**
 * Loads a backup into an empty database: one without tables, or one migrated to the backup's version without rows.
 * Everything happens in one transaction: triggers are off, foreign keys are removed and, by being added again, checked;
 * row counts are compared with the manifest. A backup of an older program is migrated forward afterwards.
 * Needs only ownership of the tables, not a superuser. Throws {@link BackupError} and changes no rows otherwise.
 */
export async function restore(file: string, url: string, options: RestoreOptions = {}): Promise<BackupManifest> {
  const manifest = await verifyBackup(file)
  await bringToVersion(manifest, url, options)
  const sql = client(url)
  try {
    const connection = await sql.reserve()
    try {
      await connection`begin`
      await load(connection, manifest, file, options)
      await connection`commit`
    } catch (error) {
      await connection`rollback`.catch(() => {})
      throw error
    } finally {
      connection.release()
    }
    if (manifest.migrations.length > 0) await migrate(url, options.migrations)
    await sql`analyze`
  } finally {
    await sql.end({ timeout: 5 })
  }
  return manifest
}

const client = (url: string): postgres.Sql =>
  postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'dianzhang-backup' } })

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

const qualified = (table: { schema: string; name: string }): string => `${quote(table.schema)}.${quote(table.name)}`

async function* snapshot(
  sql: postgres.Sql,
  options: BackupOptions,
  done: (manifest: BackupManifest) => void,
): AsyncGenerator<Buffer> {
  const connection = await sql.reserve()
  try {
    await connection`begin isolation level repeatable read read only`
    const [server] = await connection<{ version: string; now: string }[]>`
      select current_setting('server_version') as version,
             to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as now`
    const header: Header = {
      format: 'dianzhang-backup',
      version: 2,
      createdAt: server?.now ?? '',
      serverVersion: server?.version ?? '',
      migrations: await appliedMigrations(connection),
    }
    yield frame('H', header)
    const heads = await tablesOf(connection, options.skipSchemas)
    const tables: BackupTable[] = []
    for (const head of heads) {
      yield frame('T', head)
      const hash = createHash('sha256')
      let rows = 0
      const copy = `copy ${qualified(head)} (${head.columns.map(quote).join(', ')}) to stdout`
      const stream = await connection.unsafe(copy).readable()
      for await (const chunk of portions(stream as AsyncIterable<Buffer>)) {
        hash.update(chunk)
        rows += lines(chunk)
        yield frame('D', chunk)
      }
      // @NOTE The driver pauses its socket when the stream is full and resumes it on the next read. When the last rows
      // fill the stream there is no next read, and the connection would stay paused for ever.
      stream._read(0)
      tables.push({ ...head, rows, sha256: hash.digest('hex') })
      options.onProgress?.({ table: `${head.schema}.${head.name}`, rows, done: tables.length, total: heads.length })
    }
    const manifest: BackupManifest = {
      ...header,
      tables,
      sequences: await sequencesOf(connection, options.skipSchemas),
    }
    yield frame('M', manifest)
    await connection`commit`
    done(manifest)
  } finally {
    connection.release()
  }
}

async function load(
  connection: postgres.ReservedSql,
  manifest: BackupManifest,
  file: string,
  options: RestoreOptions,
): Promise<void> {
  const replaced = options.replaceSchemas ?? ['pgboss']
  // A fresh database says already that its search index is complete; the backup says what is so there.
  const derived = new Set(['public.search_index'])
  const skipped = options.skipSchemas ?? []
  const wanted = manifest.tables.filter((table) => !skipped.includes(table.schema))
  const present = await tablesOf(connection, skipped)
  const presentNames = new Set(present.map(qualified))
  const missing = wanted.filter((table) => table.rows > 0 && !presentNames.has(qualified(table)))
  if (missing.length > 0) {
    throw new BackupError(
      `目标数据库没有这些表：${missing.map((table) => `${table.schema}.${table.name}`).join('、')}。` +
        '请先让目标数据库建好这些表（例如启动一次任务队列），或用 skipSchemas 略过。',
    )
  }
  const restoreKeys = await dropForeignKeys(connection, present)
  const restoreIndexes = await dropIndexes(connection, present)
  const restoreTriggers = await disableTriggers(connection, present)
  for (const table of present) {
    if (replaced.includes(table.schema) || derived.has(`${table.schema}.${table.name}`)) {
      await connection.unsafe(`delete from ${qualified(table)}`)
      continue
    }
    const [row] = await connection.unsafe<{ filled: boolean }[]>(
      `select exists (select from ${qualified(table)}) as filled`,
    )
    if (row?.filled) {
      throw new BackupError(`目标数据库不是空的（${table.schema}.${table.name} 已有数据）：只能恢复到空数据库。`)
    }
  }

  let sink: CopyIn | undefined
  let finished = 0
  const finish = async (): Promise<void> => {
    if (!sink) return
    await sink.end()
    finished += 1
    const { table } = sink
    options.onProgress?.({
      table: `${table.schema}.${table.name}`,
      rows: table.rows,
      done: finished,
      total: wanted.length,
    })
    sink = undefined
  }
  let at = -1
  for await (const { type, payload } of frames(file)) {
    if (type === 'T' || type === 'M') await finish()
    if (type === 'T') {
      at += 1
      const table = manifest.tables[at]
      if (table && presentNames.has(qualified(table)) && !skipped.includes(table.schema)) {
        sink = await copyInto(connection, table)
      }
    } else if (type === 'D') await sink?.write(payload)
  }

  for (const sequence of manifest.sequences) {
    if (skipped.includes(sequence.schema)) continue
    await connection`
      select setval(format('%I.%I', ${sequence.schema}::text, ${sequence.name}::text)::regclass,
                    ${sequence.lastValue}::text::bigint, ${sequence.isCalled}::boolean)
       where to_regclass(format('%I.%I', ${sequence.schema}::text, ${sequence.name}::text)) is not null`
  }
  await restoreIndexes()
  await restoreKeys()
  await restoreTriggers()
  for (const table of wanted) {
    if (!presentNames.has(qualified(table))) continue
    const [row] = await connection.unsafe<{ count: string }[]>(
      `select count(*)::text as count from ${qualified(table)}`,
    )
    if (row?.count !== String(table.rows)) {
      throw new BackupError(`${table.schema}.${table.name} 恢复后有 ${row?.count} 行，备份中为 ${table.rows} 行。`)
    }
  }
}

async function bringToVersion(manifest: BackupManifest, url: string, options: RestoreOptions): Promise<void> {
  const sql = client(url)
  let current: string[]
  try {
    current = await appliedMigrations(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
  const { migrations } = manifest
  if (current.length === 0 && migrations.length > 0) {
    current = (await migrate(url, { ...options.migrations, upTo: migrations.length })).hashes
  }
  if (current.length !== migrations.length || current.some((hash, i) => hash !== migrations[i])) {
    throw new BackupError(
      `备份有 ${migrations.length} 个迁移，目标数据库为 ${current.length} 个或内容不同。请恢复到一个没有任何表的空数据库；` +
        '备份比程序新时，请使用更新的程序版本。',
    )
  }
}

const tablesOf = async (sql: postgres.Sql, skip: readonly string[] = []): Promise<TableHead[]> => [
  ...(await sql<TableHead[]>`
    select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and c.relpersistence <> 't'
       and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'drizzle')
       and not n.nspname = any (${[...skip]}::text[])
       and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')
     group by n.nspname, c.relname
     order by n.nspname, c.relname`),
]

async function sequencesOf(sql: postgres.Sql, skip: readonly string[] = []): Promise<BackupSequence[]> {
  const names = await sql<{ schema: string; name: string }[]>`
    select n.nspname as schema, c.relname as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname not like 'pg\\_%' and n.nspname not in ('information_schema', 'drizzle')
       and not n.nspname = any (${[...skip]}::text[])
     order by 1, 2`
  const sequences: BackupSequence[] = []
  for (const { schema, name } of names) {
    const [row] = await sql.unsafe<{ lastValue: string; isCalled: boolean }[]>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${qualified({ schema, name })}`,
    )
    if (row) sequences.push({ schema, name, lastValue: row.lastValue, isCalled: row.isCalled })
  }
  return sequences
}

/** Returns what puts them back; adding a foreign key checks every row against it. */
async function dropForeignKeys(sql: postgres.Sql, tables: readonly TableHead[]): Promise<() => Promise<void>> {
  const schemas = [...new Set(tables.map((table) => table.schema))]
  const keys = await sql<{ relation: string; name: string; definition: string }[]>`
    select c.conrelid::regclass::text as relation, quote_ident(c.conname) as name, pg_get_constraintdef(c.oid) as definition
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace
     where c.contype = 'f' and c.conparentid = 0 and n.nspname = any (${schemas}::text[])
     order by 1, 2`
  for (const key of keys) await sql.unsafe(`alter table ${key.relation} drop constraint ${key.name}`)
  return async () => {
    for (const key of keys) {
      try {
        await sql.unsafe(`alter table ${key.relation} add constraint ${key.name} ${key.definition}`)
      } catch (error) {
        throw new BackupError(`备份中的数据违反 ${key.relation} 的约束 ${key.name}，未恢复。`, { cause: error })
      }
    }
  }
}

/**
 * Returns what builds them again, sorted once: kept up row by row, a table of many indexes takes several times as long. Those
 * of keys and of partitions stay.
 */
async function dropIndexes(sql: postgres.Sql, tables: readonly TableHead[]): Promise<() => Promise<void>> {
  const schemas = [...new Set(tables.map((table) => table.schema))]
  const indexes = await sql<{ relation: string; name: string; definition: string }[]>`
    select i.indrelid::regclass::text as relation, i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and not c.relispartition and n.nspname = any (${schemas}::text[]) and i.indisvalid and not i.indisclustered and not i.indisreplident
       and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
     order by 1, 2`
  for (const index of indexes) await sql.unsafe(`drop index ${index.name}`)
  return async () => {
    for (const index of indexes) {
      try {
        await sql.unsafe(index.definition)
      } catch (error) {
        throw new BackupError(`备份中的数据违反 ${index.relation} 的索引 ${index.name}，未恢复。`, { cause: error })
      }
    }
  }
}

async function disableTriggers(sql: postgres.Sql, tables: readonly TableHead[]): Promise<() => Promise<void>> {
  const schemas = [...new Set(tables.map((table) => table.schema))]
  const triggers = await sql<{ relation: string; name: string; state: 'O' | 'A' | 'R' }[]>`
    select t.tgrelid::regclass::text as relation, quote_ident(t.tgname) as name, t.tgenabled as state
      from pg_trigger t
      join pg_class c on c.oid = t.tgrelid
      join pg_namespace n on n.oid = c.relnamespace
     where not t.tgisinternal and t.tgenabled <> 'D' and c.relkind = 'r' and n.nspname = any (${schemas}::text[])
     order by 1, 2`
  for (const trigger of triggers) await sql.unsafe(`alter table ${trigger.relation} disable trigger ${trigger.name}`)
  const words = { O: 'enable', A: 'enable always', R: 'enable replica' }
  return async () => {
    for (const { relation, name, state } of triggers) {
      await sql.unsafe(`alter table ${relation} ${words[state]} trigger ${name}`)
    }
  }
}

interface CopyIn {
  table: BackupTable
  write(chunk: Buffer): Promise<void>
  end(): Promise<void>
}

async function copyInto(sql: postgres.Sql, table: BackupTable): Promise<CopyIn> {
  const columns = table.columns.map(quote).join(', ')
  const query = sql.unsafe(`copy ${qualified(table)} (${columns}) from stdin`)
  const stream = await query.writable()
  // @NOTE The driver loses an error that arrives after the last row (a violated constraint): the stream then neither
  // finishes nor fails. The query still gets it, although its promise is settled; so it is caught there.
  const failure = new Promise<never>((_, failed) => {
    const refuse = (error: Error): void =>
      failed(new BackupError(`${table.schema}.${table.name} 无法写入：${error.message}`, { cause: error }))
    Object.assign(query, { reject: refuse })
    stream.once('error', refuse)
  })
  failure.catch(() => {})
  return {
    table,
    write: (chunk) =>
      Promise.race([
        failure,
        new Promise<void>((done) => {
          if (stream.write(chunk)) done()
          else stream.once('drain', done)
        }),
      ]),
    end: () =>
      Promise.race([
        failure,
        new Promise<void>((done) => {
          stream.end(done)
        }),
      ]),
  }
}

function frame(type: 'H' | 'T' | 'D' | 'M', content: Buffer | object): Buffer {
  const payload = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content))
  const head = Buffer.alloc(5)
  head.write(type, 0, 'latin1')
  head.writeUInt32BE(payload.length, 1)
  return Buffer.concat([head, payload])
}

/** The same bytes in larger pieces. */
async function* portions(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const piece of pieces) {
    waiting.push(piece)
    size += piece.length
    if (size < portion) continue
    yield Buffer.concat(waiting, size)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting, size)
}

/** What opens the file, by its first bytes; neither of the two is left to gzip, which refuses it. */
async function unpacker(file: string): Promise<ReturnType<typeof createGunzip>> {
  const handle = await open(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    const options = { chunkSize: 64 * 1024 }
    return buffer.readUInt32LE() === 0xfd2fb528 ? createZstdDecompress(options) : createGunzip(options)
  } finally {
    await handle.close()
  }
}

/** The frames of a file in order; the rows of a table come in pieces as they are unpacked, everything else whole. */
async function* frames(file: string): AsyncGenerator<{ type: string; payload: Buffer }> {
  const unpacked = await unpacker(file)
  const input = createReadStream(file)
  input.once('error', (error) => unpacked.destroy(error))
  input.pipe(unpacked)
  /** Of the frame that is being read: how much is missing, and what is there already of one that is given whole. */
  let type = ''
  let missing = 0
  let whole: Buffer[] = []
  let head = Buffer.alloc(0)
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        if (missing === 0) {
          const opens = type === ''
          const more = chunk.subarray(at, at + 5 - head.length)
          head = Buffer.concat([head, more])
          at += more.length
          const [sign = 0] = head
          type = String.fromCharCode(sign)
          if (!'HTDM'.includes(type) || (opens && type !== 'H')) throw new BackupError(`${file} 不是典章的备份文件。`)
          if (head.length < 5) {
            if (opens) type = ''
            break
          }
          missing = head.readUInt32BE(1)
          head = Buffer.alloc(0)
          if (missing === 0) yield { type, payload: head }
          continue
        }
        const piece = chunk.subarray(at, at + missing)
        at += piece.length
        missing -= piece.length
        if (type === 'D') {
          yield { type, payload: piece }
          continue
        }
        whole.push(piece)
        if (missing > 0) continue
        yield { type, payload: Buffer.concat(whole) }
        whole = []
      }
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_') || code?.startsWith('ZSTD_'))
      throw new BackupError(`${file} 不完整或已损坏。`, { cause: error })
    throw error
  } finally {
    input.destroy()
  }
  if (missing > 0 || head.length > 0) throw new BackupError(`${file} 不完整。`)
}

const parse = <T>(payload: Buffer): T => JSON.parse(payload.toString('utf8')) as T

/** COPY text writes one line per row; a line break inside a value is escaped. */
function lines(chunk: Buffer): number {
  let count = 0
  for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) count += 1
  return count
}
