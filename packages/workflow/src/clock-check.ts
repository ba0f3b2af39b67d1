// 钟对不对：台账的时刻不能倒退，服务器与数据库的钟须大致相同。钟不对时不写，因为写错的时刻会被每日封存，改不回来。
import { AppError } from '@dianzhang/contract'
import type { DbOrTx } from '@dianzhang/database'
import { sql } from '@dianzhang/database'
import type { Office } from './office.ts'

/** 两只钟最多相差多少（毫秒）。 */
const mostSkew = 30_000
/** 同一数据库上几个进程的钟难免相差一点。 */
const tolerance = 3_000

export interface ClockFacts {
  /** 数据库此刻（ISO）。 */
  dbNow: string
  /** 本法域台账最后一条的时刻（ISO）；没有台账时为 null。 */
  newest: string | null
}

const beijing = (at: Date): string =>
  `${new Date(at.getTime() + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ')}（北京时间）`

/** 钟有什么不对，一句话；没有不对时为 null。测试用的、不随真实时间走的钟（没有 `wall`）不作判断。 */
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

/** 钟不对则拒绝（503）：没有写入。 */
export function requireClock(office: Pick<Office, 'clock'>, facts: ClockFacts): void {
  const fault = clockFault(office, facts)
  if (fault !== null)
    throw new AppError('unavailable', `${fault}。为免记下错误的时刻，暂停办理；请系统管理员校正时钟。`, {
      retryAfter: 60,
    })
}

/** 读取判断所需的两个时刻，不分法域。 */
export async function clockFacts(db: DbOrTx): Promise<ClockFacts> {
  const [row] =
    (await db.execute(sql`select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "dbNow",
    to_char(max(j.newest) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as newest
    from (select (select max(e.at) from ledger_events e where e.jurisdiction_id = x.id) as newest from jurisdictions x) j`)) as unknown as ClockFacts[]
  return { dbNow: row?.dbNow ?? '', newest: row?.newest ?? null }
}
