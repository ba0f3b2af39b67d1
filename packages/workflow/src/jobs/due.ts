// 到期：期限是数据行。无论由作业触发、由巡查发现，还是停机之后补办，都经同一入口，且只办一次。
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type Command } from '@dianzhang/contract'
import { and, asc, eq, isNotNull, lte, schema, sql } from '@dianzhang/database'
import { normativeDocument } from '@dianzhang/lifecycle'
import { expireReservations } from '../numbering-desk.ts'
import type { Office } from '../office.ts'
import { deliverSends, derivedId } from '../outbox.ts'
import { runCommand } from '../run-command.ts'
import { sealLedger } from './seal.ts'

/** 由期限推得的命令标识：同一期限、同一到期时刻恒为同一标识，重复触发只办一次。 */
export function deadlineCommandId(document: string, key: string, dueAt: Date): string {
  return derivedId(document, key, dueAt.toISOString())
}
export interface DueResult {
  done: number
  failed: number
}
/** 一项到期的期限经同一入口办理；已办理的（标识已见）不重复。 */
async function fire(office: Office, row: typeof schema.deadlines.$inferSelect): Promise<boolean> {
  const commandId = deadlineCommandId(row.documentId, row.key, row.dueAt)
  const t = schema.deadlines
  let done = true
  try {
    await runCommand(office, { kind: 'system', jurisdiction: row.jurisdictionId }, row.documentId, {
      ...normativeDocument.clocks.due(row.sends ?? '', dateInShanghai(row.dueAt.toISOString())),
      commandId,
      expectedVersion: 0,
    } as Command)
  } catch (error) {
    // 没有得到答复（如数据库中断）的不算处理过，留待下次巡查。
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error
    // 情况已变（如文件先已废止）：不再需要到期动作，记明已经处理过。
    office.log.warn({ document: row.documentId, deadline: row.key, reason: error.message }, '到期动作不再适用')
    done = false
  }
  await office.db
    .update(t)
    .set({ sentCommandId: commandId })
    .where(
      and(
        eq(t.jurisdictionId, row.jurisdictionId),
        eq(t.documentId, row.documentId),
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
  const t = schema.deadlines
  const result: DueResult = { done: 0, failed: 0 }
  const broken = new Map<string, unknown>()
  const keyOf = (row: typeof t.$inferSelect) => deadlineCommandId(row.documentId, row.key, row.dueAt)
  for (let round = 0; round < 50; round++) {
    const sent = await deliverSends(office, runCommand)
    result.done += sent.done
    result.failed += sent.failed
    const due = await office.db
      .select()
      .from(t)
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
        office.log.error({ document: row.documentId, deadline: row.key, err: error }, '到期动作出错，下次再办')
        broken.set(keyOf(row), error)
      }
    }
  }
  await expireReservations(office)
  await sealLedger(office)
  for (const error of broken.values()) throw error
  return result
}

/** 放假通知变动后，重算全部未了期限（不只是暂定的：改动也可能落在已公布的年份）；新旧日期都在台账里。 */
export async function recomputeDeadlines(office: Office, jurisdiction: string, noticeId: string): Promise<number> {
  const t = schema.deadlines
  const rows = await office.db
    .selectDistinct({ jurisdictionId: t.jurisdictionId, documentId: t.documentId })
    .from(t)
    .where(and(eq(t.status, 'open'), jurisdiction === 'CN' ? undefined : eq(t.jurisdictionId, jurisdiction)))
  for (const row of rows)
    await runCommand(office, { kind: 'system', jurisdiction: row.jurisdictionId }, row.documentId, {
      type: 'RecomputeDeadlines',
      commandId: deadlineCommandId(row.documentId, `notice:${noticeId}`, new Date(0)),
      expectedVersion: 0,
    })
  return rows.length
}
