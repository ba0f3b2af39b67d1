// Falling due: deadlines are rows of data. Whether triggered by a job, found by the sweep or caught up after downtime,
// all go through the same entrance and are done only once.
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { and, asc, eq, getTableColumns, isNotNull, lte, schema, sql } from '@dianzhang/database'
import { openDueReports } from '../annual-report/open-due.ts'
import { deskOf } from '../desks.ts'
import { raiseExpiryAlerts } from '../expiry/ladder.ts'
import { openLateChecks } from '../impact-check/late-checks.ts'
import { deliverAll, runAt } from '../matters.ts'
import { expireReservations } from '../numbering-desk.ts'
import type { Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { forgetCommenters } from './forget.ts'
import { sealLedger } from './seal.ts'

/**
 * Command id derived from the deadline: the same deadline and due instant always give the same id, so repeated
 * triggers act once.
 */
export function deadlineCommandId(document: string, key: string, dueAt: Date): string {
  return derivedId(document, key, dueAt.toISOString())
}
export interface DueResult {
  done: number
  failed: number
}
type DueRow = typeof schema.deadlines.$inferSelect & { process: string }
/** Acts on a due deadline through the same entrance; what was done already (id seen before) is not repeated. */
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
    // No answer (the database went away, say) does not count as handled; it is left for the next sweep.
    if (!(error instanceof AppError) || error.code === 'unavailable') throw error
    // Circumstances have changed (the document was repealed first, say): the action is no longer needed and is marked
    // as handled.
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
 * Acts on every deadline due by now, until none is newly due (one may bring on another). Returns the counts of those
 * done and those no longer applicable. Safe to call at any time; several processes calling at once still act only
 * once. An error in one does not hold up the others; after the rest are done the first error is thrown, and those
 * that failed are tried again next time.
 */
export async function runDueJobs(office: Office): Promise<DueResult> {
  const { result, broken } = await fireDue(office)
  await expireReservations(office)
  await raiseExpiryAlerts(office)
  await openLateChecks(office)
  await openDueReports(office)
  await forgetCommenters(office)
  await sealLedger(office)
  for (const error of broken.values()) throw error
  return result
}
/**
 * The same for the deadlines of one jurisdiction alone, when somebody there asks for it: an error counts as failed and
 * is in the log.
 */
export async function retryDue(office: Office, jurisdiction: string): Promise<DueResult> {
  const { result, broken } = await fireDue(office, jurisdiction)
  return { ...result, failed: result.failed + broken.size }
}
async function fireDue(office: Office, jurisdiction?: string) {
  const { deadlines: t, matters: m } = schema
  const result: DueResult = { done: 0, failed: 0 }
  const broken = new Map<string, unknown>()
  const keyOf = (row: DueRow) => deadlineCommandId(row.matterId, row.key, row.dueAt)
  for (let round = 0; round < 50; round++) {
    const sent = await deliverAll(office, jurisdiction === undefined ? undefined : { jurisdiction })
    result.done += sent.done
    result.failed += sent.failed
    const due = await office.db
      .select({ ...getTableColumns(t), process: m.process })
      .from(t)
      .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
      .where(
        and(
          jurisdiction === undefined ? undefined : eq(t.jurisdictionId, jurisdiction),
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
  return { result, broken }
}
