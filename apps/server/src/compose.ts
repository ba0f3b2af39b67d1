// Assembly: database connections, clock, metrics, office and sign-in are put together into one application context.
// Shared by the server and the command line.

import { type Connection, connect } from '@dianzhang/database'
import { demoSite } from '@dianzhang/demo'
import { indexInThread, searchInThread } from '@dianzhang/register'
import { createOffice, type Log } from '@dianzhang/workflow'
import { createAuth, generousLimits, productionLimits } from './auth.ts'
import { lastBackupOf } from './backup-note.ts'
import { DemoClock, systemClock } from './clock.ts'
import { type AppContext, publicExportRates, publicWriteRates } from './context.ts'
import type { Env } from './env.ts'
import { createLimiter, type Limiter, type Rate } from './http/limits.ts'
import { createLedgerCheck } from './ledger-check.ts'
import { createMetrics } from './metrics.ts'
import { neighbours } from './neighbours.ts'
import { outwardOf } from './outward.ts'

export interface ComposeParts {
  env: Env
  /** A migrated database. */
  url: string
  log: Log
  secret: string
}
export interface Composed {
  ctx: AppContext
  /** Closes the pools; the database itself belongs to whoever started it. */
  close(): Promise<void>
}

/** Builds everything that a server, or a command that works on documents, needs. Listens nowhere, starts no worker. */
export async function compose({ env, url, log, secret }: ComposeParts): Promise<Composed> {
  const { office, demoClock, metrics, standby, close } = await openOffice({ env, url, log, secret })
  const https = env.publicUrl === null ? env.mode === 'serve' : env.publicUrl.startsWith('https:')
  const limits = env.mode === 'serve' ? productionLimits : generousLimits
  const auth = createAuth({
    db: office.sessionDb,
    log,
    secret,
    publicUrl: env.publicUrl,
    secureCookies: https,
    oidc: env.oidc,
    limits,
    idleMinutes: env.idleMinutes,
    now: () => office.clock.now(),
  })
  const rate = publicWriteRates[office.mode]
  const ledgerCheck = createLedgerCheck(url, () => office.clock.now())
  return {
    ctx: {
      office,
      auth,
      metrics,
      standby,
      demoClock,
      trustedProxies: env.trustedProxies,
      publicUrl: env.publicUrl,
      // A demonstration shows a masthead too, with values that say they are not real.
      site: env.site ?? (env.mode === 'demo' ? demoSite : null),
      lastBackup: () => lastBackupOf(env.dataDir),
      ledgerCheck,
      metricsToken: env.metricsToken,
      https,
      limits: {
        publicWrites: sharedLimiter('publicWrites', rate),
        receipts: sharedLimiter('receipts', rate),
        exports: sharedLimiter('exports', publicExportRates[office.mode]),
      },
    },
    close: async () => {
      ledgerCheck.close()
      await close()
    },
  }
}

/** Counts with the other processes behind the port, under a name of its own. */
const sharedLimiter = (name: string, rate: Rate): Limiter =>
  createLimiter(rate, undefined, {
    say: (key) => neighbours.say(`limit ${name}`, key),
    hear: (listener) => neighbours.hear(`limit ${name}`, (key) => listener(String(key))),
  })

/**
 * A lock is held for milliseconds; who waits five seconds waits for something that has gone wrong. A transaction may sit
 * idle while a long text is read in between.
 */
const timeouts = { lockTimeoutMs: 5_000, statementTimeoutMs: 30_000, idleInTransactionMs: 60_000, waitMs: 8_000 }

/** The office alone, for commands without HTTP. */
export async function openOffice({ env, url, log, secret }: Omit<ComposeParts, 'secret'> & { secret?: string }) {
  const connections: Connection[] = []
  const open = (...args: Parameters<typeof connect>): Connection => {
    const connection = connect(...args)
    connections.push(connection)
    return connection
  }
  const close = async (): Promise<void> => {
    await Promise.all(connections.map((connection) => connection.close()))
  }
  try {
    // Each has its own connections: however many public searches there are, however many commands wait for locks, they
    // take none from reading, sign-in and readiness checks. A command holds a connection for a few milliseconds only;
    // eight are enough for what one process can do, and more would only contend. No statement can wait for a lock or
    // run without end, no transaction can idle without end.
    const { db } = open(url, { max: 8, ...timeouts })
    const { db: commandDb } = open(url, { max: 8, ...timeouts, applicationName: 'dianzhang-commands' })
    const { db: sessionDb } = open(url, {
      max: 3,
      ...timeouts,
      lockTimeoutMs: 2_000,
      statementTimeoutMs: 5_000,
      applicationName: 'dianzhang-sessions',
    })
    // A standby that is away costs the public nothing but speed: a few connections of the primary stand in for it.
    const readUrl = env.databaseReadUrl ?? url
    const reading = {
      ...timeouts,
      readOnly: true,
      ...(env.databaseReadUrl === null ? {} : { primary: { url, max: 3 }, waitMs: 2_000 }),
    }
    const { db: readDb, standby } = open(readUrl, { max: 8, ...reading, applicationName: 'dianzhang-read' })
    const endSearching =
      env.mode === 'serve'
        ? searchInThread(readDb, readUrl, { max: 4, ...reading, applicationName: 'dianzhang-search' })
        : async () => {}
    // No limits: merging the parts of a million entries takes its time, and nobody waits for it.
    const endIndexing =
      env.mode === 'serve'
        ? indexInThread(db, url, { max: 2, waitMs: 8_000, applicationName: 'dianzhang-index' })
        : async () => {}
    const demoClock = env.mode === 'demo' ? await DemoClock.open(db, env.demoNow) : null
    const clock = demoClock ?? systemClock
    const metrics = createMetrics({ db, clock })
    const outward = secret === undefined ? null : outwardOf(env, secret)
    const office = await createOffice({
      db,
      readDb,
      commandDb,
      sessionDb,
      clock,
      log,
      meters: metrics.meters,
      mode: env.mode,
      outward,
    })
    const closeOffice = async (): Promise<void> => {
      await office.close()
      outward?.close()
      await endSearching()
      await endIndexing()
      await close()
    }
    return { office, demoClock, metrics, standby, close: closeOffice }
  } catch (error) {
    await close()
    throw error
  }
}
