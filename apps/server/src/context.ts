// The application context: built once at start, passed everywhere.

import type { Standby } from '@dianzhang/database'
import type { Office } from '@dianzhang/workflow'
import type { z } from 'zod'
import type { AnchorBook } from './anchors.ts'
import type { Auth } from './auth.ts'
import type { DemoClock } from './clock.ts'
import type { SiteOwner } from './env.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Limiter, Rate } from './http/limits.ts'
import type { LedgerCheck } from './ledger-check.ts'
import type { Bulk } from './log/bulk.ts'
import type { LogKeeper } from './log/keeper.ts'
import type { Metrics } from './metrics.ts'

export interface AppContext {
  office: Office
  auth: Auth
  metrics: Metrics
  /** The standby that public reading uses; null or absent where there is none. */
  standby?: Standby | null
  /** Anchors outside the database; may be absent on the command line and in tests. */
  anchors?: AnchorBook
  /** Files of the whole register; absent on the command line. */
  bulk?: Bulk
  /** Signs the public log; absent on the command line. */
  log?: LogKeeper
  /** Filing with other installations; absent on the command line. */
  exchange?: Exchange
  /** Exists only in demo (test) mode; without it there is no interface for moving the clock. */
  demoClock: DemoClock | null
  trustedProxies: readonly string[]
  publicUrl: string | null
  /** The whole check of what is kept; absent on the command line and in tests without one. */
  ledgerCheck?: LedgerCheck
  /** When this installation last wrote a backup; absent where there is no data folder. */
  lastBackup?: () => string | null
  /** Whose site this is; null or absent: not configured. */
  site?: SiteOwner | null
  /** The password required for reading metrics; when null, production mode answers only the local machine. */
  metricsToken: string | null
  /** The site is served over https. */
  https: boolean
  /** Compares every answer with its schema; only tests have one. */
  witness?: (route: string, schema: z.ZodType, answer: unknown) => void
  limits: { publicWrites: Limiter; receipts: Limiter; exports: Limiter }
}

/** Rate limits for public writes: strict in production, generous for demo and tests. */
export const publicWriteRates: Record<Office['mode'], Rate> = {
  serve: { burst: 20, secondsPerToken: 15 },
  // Everybody of a demonstration comes from one address: five thousand suggestions in a minute are to be tried there.
  demo: { burst: 6_000, secondsPerToken: 0.05 },
  test: { burst: 100_000, secondsPerToken: 0.01 },
}

/**
 * Rate limit for public downloads in the various formats: the effort of writing one Word file would answer dozens of
 * pages.
 */
export const publicExportRates: Record<Office['mode'], Rate> = {
  serve: { burst: 30, secondsPerToken: 2 },
  demo: { burst: 2_000, secondsPerToken: 0.05 },
  test: { burst: 100_000, secondsPerToken: 0.01 },
}
