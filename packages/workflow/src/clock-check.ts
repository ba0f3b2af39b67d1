// Whether the clocks are right: the ledger's instants must not go backwards, and the clocks of server and database
// must roughly agree. With a wrong clock nothing is written: a wrong instant would be sealed that day and could not be
// put right.
import { AppError } from '@dianzhang/contract'
import type { DbOrTx } from '@dianzhang/database'
import { sql } from '@dianzhang/database'
import type { Office } from './office.ts'

/** How far two clocks may be apart (milliseconds). */
const mostSkew = 30_000
/** The clocks of several processes on one database always differ a little. */
const tolerance = 3_000

export interface ClockFacts {
  /** The database's now (ISO). */
  dbNow: string
  /** Instant of the last entry in this jurisdiction's ledger (ISO); null without a ledger. */
  newest: string | null
}

const beijing = (at: Date): string =>
  `${new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ')}（北京时间）`

/**
 * What is wrong with the clock, in one sentence; null when nothing is. Clocks of tests that do not follow real time
 * (no `wall`) are not judged.
 */
export function clockFault(office: Pick<Office, 'clock'>, facts: ClockFacts): string | null {
  const wall = office.clock.wall?.()
  if (!wall) return null
  const skew = wall.getTime() - Date.parse(facts.dbNow)
  if (Math.abs(skew) > mostSkew)
    return `服务器的时钟与数据库的时钟相差 ${Math.round(Math.abs(skew) / 1000)} 秒（服务器 ${beijing(wall)}，数据库 ${beijing(new Date(facts.dbNow))}），不知道哪一个对`
  const now = office.clock.now()
  if (facts.newest !== null && now.getTime() < Date.parse(facts.newest) - tolerance)
    return `系统的时钟是 ${beijing(now)}，早于台账最后一条记录的 ${beijing(new Date(facts.newest))}`
  return null
}

/** Refuses when the clock is wrong (503): nothing was written. */
export function requireClock(office: Pick<Office, 'clock'>, facts: ClockFacts): void {
  const fault = clockFault(office, facts)
  if (fault !== null)
    throw new AppError('unavailable', `${fault}。为免记下错误的时刻，暂停办理；请系统管理员校正时钟。`, {
      retryAfter: 60,
    })
}

/** Reads the two instants the judgement needs, across all jurisdictions. */
export async function clockFacts(db: DbOrTx): Promise<ClockFacts> {
  const [row] =
    (await db.execute(sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dbNow",
    to_char(max(j.newest) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as newest
    from (select (select max(e.at) from ledger_events e where e.jurisdiction_id = x.id) as newest from jurisdictions x) j`)) as unknown as ClockFacts[]
  return { dbNow: row?.dbNow ?? '', newest: row?.newest ?? null }
}
