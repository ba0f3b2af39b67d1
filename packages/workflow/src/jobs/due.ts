// 到期：期限是数据行。无论由作业触发、由巡查发现，还是停机之后补办，都经同一入口，且只办一次。
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { and, asc, eq, getTableColumns, isNotNull, lte, schema, sql } from '@dianzhang/database'
import { deskOf } from '../desks.ts'
import { raiseExpiryAlerts } from '../expiry/ladder.ts'
import { deliverAll, runAt } from '../matters.ts'
import { expireReservations } from '../numbering-desk.ts'
import type { Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { sealLedger } from './seal.ts'

/** 由期限推得的命令标识：同一期限、同一到期时刻恒为同一标识，重复触发只办一次。 */
export function deadlineCommandId(document: string, key: string, dueAt: Date): string {
  return derivedId(document, key, dueAt.toISOString())
}
export interface DueResult {
  done: number
  failed: number
}
type DueRow = typeof schema.deadlines.$inferSelect & { process: string }
/** 一项到期的期限经同一入口办理；已办理的（标识已见）不重复。 */
async function fire(office: Office, row: DueRow): Promise<boolean> {
  const commandId = deadlineCommandId(row.matterId, row.key, row.dueAt)
  const t = schema.deadlines
  let done = true
  try {
    const desk = deskOf(row.process)
    if (!desk) throw new Error(`没有“${row.process}”这种事项`)
    await runAt(desk, office, { kind: 'system', jurisdiction: row.jurisdictionId }, row.matterId, {
      ...desk.engine.process.clocks.due(row.sends ?? '', dateInShanghai(row.dueAt.toISOString())),
      commandId,
      expectedVersion: 0,
    })
  } catch (error) {
    // 没有得到答复（如数据库中断）的不算处理过，留待下次巡查。
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error
    // 情况已变（如文件先已废止）：不再需要到期动作，记明已经处理过。
    office.log.warn({ matter: row.matterId, deadline: row.key, reason: error.message }, '到期动作不再适用')
    done = false
  }
  await office.db
    .update(t)
    .set({ sentCommandId: commandId })
    .where(
      and(
        eq(t.jurisdictionId, row.jurisdictionId),
        eq(t.matterId, row.matterId),
        eq(t.key, row.key),
        eq(t.dueAt, row.dueAt),
      ),
    )
  return done
}

/**
 * 办理此刻之前到期的全部期限，直到没有新的到期（一项到期可以引出另一项）。
 * 返回办成与不再适用的件数。任何时候调用都安全，多个进程同时调用也只办一次。
 * 一项出错不耽误其余各项；其余办完以后抛出头一个错，出错的各项下次再办。
 */
export async function runDueJobs(office: Office): Promise<DueResult> {
  const { deadlines: t, matters: m } = schema
  const result: DueResult = { done: 0, failed: 0 }
  const broken = new Map<string, unknown>()
  const keyOf = (row: DueRow) => deadlineCommandId(row.matterId, row.key, row.dueAt)
  for (let round = 0; round < 50; round++) {
    const sent = await deliverAll(office)
    result.done += sent.done
    result.failed += sent.failed
    const due = await office.db
      .select({ ...getTableColumns(t), process: m.process })
      .from(t)
      .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
      .where(
        and(
          eq(t.status, 'open'),
          isNotNull(t.sends),
          lte(t.dueAt, office.clock.now()),
          sql`(${t.sentCommandId} is null)`,
        ),
      )
      .orderBy(asc(t.dueAt), asc(t.key))
      .limit(500 + broken.size)
    const untried = due.filter((row) => !broken.has(keyOf(row)))
    if (untried.length === 0 && sent.done + sent.failed === 0) break
    for (const row of untried) {
      try {
        if (await fire(office, row)) result.done++
        else result.failed++
      } catch (error) {
        office.log.error({ matter: row.matterId, deadline: row.key, err: error }, '到期动作出错，下次再办')
        broken.set(keyOf(row), error)
      }
    }
  }
  await expireReservations(office)
  await raiseExpiryAlerts(office)
  await sealLedger(office)
  for (const error of broken.values()) throw error
  return result
}

/** 放假通知变动后，重算全部未了期限（不只是暂定的：改动也可能落在已公布的年份）；新旧日期都在台账里。 */
export async function recomputeDeadlines(office: Office, jurisdiction: string, noticeId: string): Promise<number> {
  const { deadlines: t, matters: m } = schema
  const rows = await office.db
    .selectDistinct({ jurisdictionId: t.jurisdictionId, matterId: t.matterId, process: m.process })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .where(and(eq(t.status, 'open'), jurisdiction === 'CN' ? undefined : eq(t.jurisdictionId, jurisdiction)))
  let recomputed = 0
  for (const row of rows) {
    const desk = deskOf(row.process)
    const type = desk?.engine.process.clocks.recompute
    if (!desk || type === undefined) continue
    await runAt(desk, office, { kind: 'system', jurisdiction: row.jurisdictionId }, row.matterId, {
      type,
      commandId: deadlineCommandId(row.matterId, `notice:${noticeId}`, new Date(0)),
      expectedVersion: 0,
    })
    recomputed++
  }
  return recomputed
}
