// Turns of matters that moved last before turns were stored, or were derived in an older form: derived anew at the start.
import { dateInShanghai } from '@dianzhang/calendar'
import type { CommandType } from '@dianzhang/contract'
import { and, asc, eq, gt, inArray, lt, or, schema, sql, withTransaction } from '@dianzhang/database'
import { holdOf } from '@dianzhang/register'
import { deskOf } from '../desks.ts'
import { documentDesk } from '../document-desk.ts'
import { loadUnits } from '../facts/load-facts.ts'
import type { LedgerBody } from '../ledger-record.ts'
import { runAt } from '../matters.ts'
import type { Actor, Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { turnForm, turnsOf } from '../projections/turns.ts'
import { completed, openAny, presentOf } from '../queries/matters.ts'
import { rederiveTurns } from '../statements.ts'

const { matters: m, ledgerEvents: e, turns: t } = schema

/** Derives the turns of one matter anew; since when, and through whom, is when it last moved. */
async function derive(office: Office, jurisdiction: string, id: string): Promise<void> {
  const system: Actor = { kind: 'system', jurisdiction }
  await withTransaction(office.db, async (tx) => {
    const [row] = await tx
      .select({ seq: m.ledgerSeq, form: m.turnForm, updatedAt: m.updatedAt })
      .from(m)
      .where(and(eq(m.jurisdictionId, jurisdiction), eq(m.id, id)))
      .for('update')
    // A command came first: it wrote them.
    if (!row || row.form >= turnForm) return
    const { desk, opened: found } = await openAny(tx, system, id)
    const opened = await completed(desk, tx, found)
    const now = await presentOf(desk, { ...office, db: tx as never }, system, opened)
    const [last] = await tx
      .select({ body: e.body })
      .from(e)
      .where(and(eq(e.jurisdictionId, jurisdiction), eq(e.matterId, id), eq(e.seq, row.seq)))
    const body = last?.body as unknown as LedgerBody | undefined
    const turns = turnsOf(desk, {
      jurisdiction,
      snapshot: opened.snapshot,
      now,
      units: await loadUnits(tx, jurisdiction),
      before: [],
      at: row.updatedAt.toISOString(),
      by: body?.actor.person ?? null,
      nextDueOn: opened.row.nextDueOn,
    })
    await rederiveTurns(tx, {
      jurisdiction,
      matter: id,
      turns: JSON.stringify(turns),
      turnForm,
      businessOf: desk.businessOf?.(opened.dossier) ?? null,
    })
  })
}

/**
 * Brings the turns of all matters to the present form, in batches, and returns how many were derived. One that cannot be
 * read is left out, logged and tried again at the next start.
 */
export async function bringTurnsUpToDate(office: Office, stopped: () => boolean = () => false): Promise<number> {
  let done = 0
  let from = { jurisdiction: '', id: '' }
  for (;;) {
    const rows = await office.db
      .select({ jurisdiction: m.jurisdictionId, id: m.id, process: m.process })
      .from(m)
      .where(
        and(
          lt(m.turnForm, turnForm),
          or(gt(m.jurisdictionId, from.jurisdiction), and(eq(m.jurisdictionId, from.jurisdiction), gt(m.id, from.id))),
        ),
      )
      .orderBy(asc(m.jurisdictionId), asc(m.id))
      .limit(200)
    if (rows.length === 0) {
      if (done > 0)
        office.log.info({ done, on: dateInShanghai(office.clock.now().toISOString()) }, '已推算各案卷轮到谁')
      return done
    }
    for (const row of rows) {
      if (stopped()) return done
      from = { jurisdiction: row.jurisdiction, id: row.id }
      if (!deskOf(row.process)) continue
      try {
        await derive(office, row.jurisdiction, row.id)
        done += 1
      } catch (error) {
        office.log.error({ err: error, matter: row.id }, '没有推算出这件案卷轮到谁，下次启动时再算')
      }
    }
  }
}

/** What files awaited of either side of a filing before it was awaited on the filing alone. */
const onceAwaited: readonly CommandType[] = ['AcknowledgeFiling', 'CloseFiling', 'SupplementFiling', 'AnswerCorrection']
/** Sent again after a return; while a track was never filed, filing it is awaited on the file as ever. */
const sentAgain: CommandType = 'FileDocument'
/**
 * Files of old data that still await what the filing review beside them awaits: their deadlines are reckoned once more,
 * which derives whose turn it is by the present rules and says so in the ledger. Returns how many were asked; one
 * that was handed over before is answered as then.
 */
export async function handOverFilings(office: Office, stopped: () => boolean = () => false): Promise<number> {
  const filings = sql`(${m.snapshot} #>> '{context,dossier,filings}')::jsonb`
  const rows = await office.db
    .selectDistinct({ jurisdiction: t.jurisdictionId, id: t.matterId })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .where(
      and(
        eq(t.process, documentDesk.engine.process.kind),
        or(
          and(inArray(t.command, [...onceAwaited]), sql`${filings} @? '$.* ? (@.review.type() == "string")'`),
          and(
            eq(t.command, sentAgain),
            sql`${filings} @? '$.* ? (@.review.type() == "string" && @.status == "returned")'`,
          ),
        ),
      ),
    )
  return await askAgain(office, rows, 'filing-review', stopped)
}
/**
 * Files of old data with comments held for a person that await nobody for them: likewise. Returns how many were asked.
 */
export async function awaitHeldComments(office: Office, stopped: () => boolean = () => false): Promise<number> {
  const { comments: c } = schema
  const settles: CommandType = 'SettleHeldComments'
  const rows = await office.db
    .selectDistinct({ jurisdiction: m.jurisdictionId, id: m.id })
    .from(c)
    .innerJoin(m, and(eq(m.jurisdictionId, c.jurisdictionId), eq(m.id, c.documentId)))
    .where(
      and(
        // Held ones are few among comments, and most have a row of their own here.
        sql`(${c.jurisdictionId}, ${c.id}) in (select jurisdiction_id, comment_id from comment_holds)`,
        sql`${holdOf('"comments"')} = 'held'`,
        sql`${m.stage} not like 'closed.%'`,
        sql`not exists (select from ${t} where ${t.jurisdictionId} = ${m.jurisdictionId} and ${t.matterId} = ${m.id} and ${t.command} = ${settles})`,
      ),
    )
  return await askAgain(office, rows, 'held-comments', stopped)
}
/** Reckons the deadlines of these files once more, each once for this `reason`: with that, whose turn it is. */
async function askAgain(
  office: Office,
  rows: ReadonlyArray<{ jurisdiction: string; id: string }>,
  reason: string,
  stopped: () => boolean,
): Promise<number> {
  let done = 0
  for (const { jurisdiction, id } of rows) {
    if (stopped()) break
    const commandId = derivedId(id, 'turns', reason)
    try {
      await runAt(documentDesk, office, { kind: 'system', jurisdiction }, id, {
        type: 'RecomputeDeadlines',
        commandId,
        expectedVersion: 0,
      })
      done += 1
    } catch (error) {
      office.log.error({ err: error, matter: id }, '这件案卷轮到谁没有重新推算，下次启动时再办')
    }
  }
  return done
}
