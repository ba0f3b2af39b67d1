// The database the command line uses: DATABASE_URL, or the embedded database of the running server, or an embedded
// database it starts itself.
import { findRunningEmbedded, startEmbedded } from '@dianzhang/database'
import { pino } from 'pino'
import { type Env, readEnv } from '../env.ts'
import { safeError } from '../safe-error.ts'

export interface Access {
  url: string
  /** The owner of the tables: for upgrade and restore; `url` when no other is set. */
  ownerUrl: string
  env: Env
  /** `url`: external; `running`: in use by the server; `started`: started by this command. */
  source: 'url' | 'running' | 'started'
  close(): Promise<void>
}

/** Finds or starts the database of this installation; `close` stops only what this call started. */
async function openDatabase(owner: string): Promise<Access> {
  const env = readEnv('demo', process.env)
  if (env.databaseUrl !== null)
    return {
      url: env.databaseUrl,
      ownerUrl: env.databaseOwnerUrl ?? env.databaseUrl,
      env,
      source: 'url',
      close: async () => {},
    }
  const running = findRunningEmbedded(env.dataDir)
  if (running) return { url: running.url, ownerUrl: running.url, env, source: 'running', close: async () => {} }
  const database = await startEmbedded({ dir: env.dataDir, owner, log: (line) => process.stderr.write(`${line}\n`) })
  return { url: database.url, ownerUrl: database.url, env, source: 'started', close: () => database.stop() }
}

/** URL of a database that is there without starting one: DATABASE_URL or the running server's. */
export const runningDatabase = (env: Env): string | undefined =>
  env.databaseUrl ?? findRunningEmbedded(env.dataDir)?.url

/**
 * Runs `work` with an open database and closes it afterwards. Ctrl-C and SIGTERM abort the signal that `work` gets; work
 * that does not listen (`listens` false) is ended at once, after the database was closed.
 */
export async function withDatabase<T>(
  owner: string,
  work: (access: Access, signal: AbortSignal) => Promise<T>,
  options: { listens?: boolean } = {},
): Promise<T> {
  const access = await openDatabase(owner)
  const abort = new AbortController()
  const onSignal = (signal: NodeJS.Signals): void => {
    abort.abort()
    if (!options.listens) void access.close().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  process.once('SIGINT', onSignal)
  process.once('SIGTERM', onSignal)
  try {
    return await work(access, abort.signal)
  } finally {
    process.removeListener('SIGINT', onSignal)
    process.removeListener('SIGTERM', onSignal)
    await access.close()
  }
}

/** Logs of a command go to standard error, so that standard output holds nothing but the result. */
export const commandLog = () =>
  pino({ level: process.env.LOG_LEVEL ?? 'warn', base: null, serializers: { err: safeError } }, pino.destination(2))
