// Migrations: take the advisory lock, let drizzle run them, then check that what was applied equals the list; refuse
// to start if not.
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator'
import postgres from 'postgres'

/** Folder of the generated SQL and its journal. */
export const migrationsFolder: string = fileURLToPath(new URL('../../../drizzle', import.meta.url))

/** Any constant: everything that migrates this database takes the same advisory lock. */
const lockKey = 4_720_261_121

export interface MigrateOptions {
  /** Default: {@link migrationsFolder}. */
  folder?: string
  /** Apply only the first n migrations of the journal (restore of an older backup). */
  upTo?: number
}

export interface MigrateResult {
  /** Migrations in the database afterwards. */
  total: number
  /** Migrations this call applied. */
  applied: number
  /** Hashes (sha256 of each SQL file), oldest first. */
  hashes: string[]
}

/** The database's migrations and the files do not agree; starting would work on an unknown schema. */
export class MigrationMismatchError extends Error {
  override readonly name = 'MigrationMismatchError'
}

/**
 * Brings the database at `url` to the newest migration. Two processes may call it at once: the second waits.
 * Refuses (throws {@link MigrationMismatchError}) when the applied migrations afterwards are not exactly the journal:
 * a newer database, an edited file, or an entry drizzle skipped because its timestamp is older than the last applied one.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<MigrateResult> {
  const whole = options.folder ?? migrationsFolder
  if (!existsSync(join(whole, 'meta', '_journal.json'))) {
    throw new MigrationMismatchError(
      `没有找到迁移清单：${join(whole, 'meta', '_journal.json')}。请先运行 npm run db:generate。`,
    )
  }
  const folder = options.upTo === undefined ? whole : await truncatedCopy(whole, options.upTo)
  // One connection: the session-level lock and the migrations share it.
  const client = postgres(url, { max: 1, onnotice: () => {}, connection: { application_name: 'dianzhang-migrate' } })
  try {
    const expected = readMigrationFiles({ migrationsFolder: folder })
    await client`select pg_advisory_lock(${lockKey})`
    const before = await appliedMigrations(client)
    if (before.length > expected.length) throw mismatch(before, expected)
    if (!same(before, expected)) await runMigrations(drizzle({ client }), { migrationsFolder: folder })
    const after = await appliedMigrations(client)
    if (!same(after, expected)) throw mismatch(after, expected)
    return { total: after.length, applied: after.length - before.length, hashes: after }
  } finally {
    await client.end({ timeout: 5 })
    if (folder !== whole) await rm(folder, { recursive: true, force: true })
  }
}

/** Hashes of the migrations a database has, oldest first; empty for a database that was never migrated. */
export async function appliedMigrations(sql: postgres.Sql): Promise<string[]> {
  const [table] = await sql<
    { found: boolean }[]
  >`select to_regclass('drizzle.__drizzle_migrations') is not null as found`
  if (!table?.found) return []
  const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations order by id`
  return rows.map((row) => row.hash)
}

/**
 * Throws {@link MigrationMismatchError} unless the database has exactly the migrations of this program: whoever reads all of it by
 * the form it should have would report differences of form as changed data. Reads only.
 */
export async function requireOwnMigrations(sql: postgres.Sql, folder: string = migrationsFolder): Promise<void> {
  const expected = readMigrationFiles({ migrationsFolder: folder })
  const applied = await appliedMigrations(sql)
  if (same(applied, expected)) return
  if (applied.length < expected.length && applied.every((hash, i) => hash === expected[i]?.hash))
    throw new MigrationMismatchError(
      `数据库已执行 ${applied.length} 个迁移，本程序有 ${expected.length} 个：数据库比程序旧。请先更新（npm run db:migrate），或者用与数据库同版的程序。`,
    )
  throw mismatch(applied, expected)
}

const same = (applied: readonly string[], expected: readonly MigrationMeta[]): boolean =>
  applied.length === expected.length && expected.every((migration, i) => migration.hash === applied[i])

function mismatch(applied: readonly string[], expected: readonly MigrationMeta[]): MigrationMismatchError {
  if (applied.length > expected.length) {
    return new MigrationMismatchError(
      `数据库已执行 ${applied.length} 个迁移，本程序只有 ${expected.length} 个：数据库比程序新，请使用更新的程序版本。`,
    )
  }
  const at = expected.findIndex((migration, i) => migration.hash !== applied[i])
  return new MigrationMismatchError(
    `数据库的迁移与程序不一致：从第 ${at + 1} 个起不同（数据库 ${applied.length} 个，清单 ${expected.length} 个）。` +
      '可能是迁移文件被改动，或清单中某项的时间早于已执行的迁移而被跳过。',
  )
}

async function truncatedCopy(folder: string, upTo: number): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'dianzhang-migrations-'))
  await cp(folder, copy, { recursive: true })
  const path = join(copy, 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(path, 'utf8')) as { entries: unknown[] }
  journal.entries = journal.entries.slice(0, upTo)
  await writeFile(path, JSON.stringify(journal))
  return copy
}
