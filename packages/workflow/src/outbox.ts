// Outbox: when a command on one file needs another file to act as well, the two are not locked together; a command
// addressed to the other is written in this transaction. Its id follows from (sending command, position), so whether
// delivered at once, caught up by the sweep or sent by several processes at the same time, it is done only once.
import { createHash } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import { and, asc, type DbOrTx, eq, inArray, isNotNull, isNull, schema, sql, type Tx } from '@dianzhang/database'
import { notFound } from './failures.ts'
import type { Office } from './office.ts'

/** A command for another matter; the outbox adds id and version. */
export type Send =
  | { matter: string; command: { type: string } & Record<string, unknown> }
  /**
   * One that opens a new matter: the sender may give its id, otherwise it follows from sending command and position
   * (`openedId`), so the sender knows it beforehand.
   */
  | { opens: string; matter?: string; command: { type: string } & Record<string, unknown> }
export interface Sent {
  id: string
  matter: string
  /** With a value: the kind that is opened. */
  opens: string | null
  command: { type: string } & Record<string, unknown>
}

/** Command id computed from several parts: the same parts always give the same id. */
export function derivedId(...parts: string[]): string {
  const h = createHash('sha256').update(parts.join('\n')).digest('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}
/** Id of the matter opened by item `n` (from 0) of the command `source`. */
const openedId = (source: string, n: number): string => derivedId(source, 'opens', String(n))
/** Gives ids to the commands to be sent; `source` is the command that sends them. */
export const addressed = (source: string, sends: readonly Send[]): Sent[] =>
  sends.map((send, n) => ({
    id: derivedId(source, 'send', String(n)),
    matter: 'opens' in send ? (send.matter ?? openedId(source, n)) : send.matter,
    opens: 'opens' in send ? send.opens : null,
    command: send.command,
  }))
/** As written in ledger and answer: the other side is `document`; where one is opened its kind is stated as well. */
export const recorded = ({ id, matter, opens, command }: Sent): Record<string, unknown> => ({
  id,
  document: matter,
  ...(opens ? { process: opens } : {}),
  command,
})

const { sends: t } = schema

/**
 * Writes in the sender's transaction. `via`: the matters passed through so far, the sender last; nothing is sent back
 * to one already passed, so it always comes to an end.
 */
export async function insertSends(
  tx: Tx,
  from: { jurisdiction: string; matter: string; via: readonly string[]; at: Date },
  list: readonly Sent[],
): Promise<void> {
  // In portions: a statement takes only so many values.
  for (let at = 0; at < list.length; at += 1000)
    await tx.insert(t).values(
      list.slice(at, at + 1000).map(({ id, matter, opens, command }) => ({
        jurisdictionId: from.jurisdiction,
        id,
        fromMatter: from.matter,
        toMatter: matter,
        process: opens,
        command,
        via: [...from.via],
        at: from.at,
        settledAt: null,
        outcome: null,
        detail: null,
      })),
    )
}
/** The files a command passed through if it came by the outbox; empty if it did not. */
export async function viaOf(db: DbOrTx, jurisdiction: string, commandId: string): Promise<string[]> {
  const [row] = await db
    .select({ via: t.via })
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.id, commandId)))
  return row?.via ?? []
}

/**
 * The receiving matter does not exist yet (see `kindOf`); the other side failing to find something else while acting
 * is not meant.
 */
const noMatter = notFound('这份事项')
/** The message that opens this matter is not delivered yet, or was delivered a moment ago. */
async function beingOpened(office: Office, { jurisdictionId, toMatter }: typeof t.$inferSelect): Promise<boolean> {
  const [opening] = await office.db
    .select({ id: t.id })
    .from(t)
    .where(
      and(eq(t.jurisdictionId, jurisdictionId), eq(t.toMatter, toMatter), isNotNull(t.process), isNull(t.settledAt)),
    )
    .limit(1)
  if (opening) return true
  const { matters: m } = schema
  const [opened] = await office.db
    .select({ id: m.id })
    .from(m)
    .where(and(eq(m.jurisdictionId, jurisdictionId), eq(m.id, toMatter)))
  return opened !== undefined
}

/** Acts on one delivered message; with `opens` it opens a new matter. */
export type Deliver = (office: Office, jurisdiction: string, sent: Sent) => Promise<unknown>

/**
 * Delivers commands not delivered yet (with `only`, just those), the earliest written first; returns the counts of
 * those done and those no longer applicable to the other side. Where there is no answer (the database went away, say)
 * it still counts as not sent: throws, and is left for the next sweep. After `patienceSeconds` what is not begun is left to it as
 * well: whoever decided over hundreds of documents has an answer, and sees what is still to come.
 */
export async function deliverSends(
  office: Office,
  deliver: Deliver,
  only?: { jurisdiction: string; ids?: readonly string[]; patienceSeconds?: number },
): Promise<{ done: number; failed: number }> {
  const result = { done: 0, failed: 0 }
  const until = performance.now() + (only?.patienceSeconds ?? Number.POSITIVE_INFINITY) * 1000
  const rows = await office.db
    .select()
    .from(t)
    .where(
      and(
        isNull(t.settledAt),
        only ? eq(t.jurisdictionId, only.jurisdiction) : undefined,
        only?.ids ? inArray(t.id, [...only.ids]) : undefined,
      ),
    )
    // Of what was written together, what opens a matter comes before what is sent to it.
    .orderBy(asc(t.at), asc(sql`${t.process} is null`), asc(t.id))
    .limit(500)
  for (const row of rows) {
    if (performance.now() > until) break
    const settle = (outcome: 'accepted' | 'refused', detail: string | null) =>
      office.db
        .update(t)
        .set({ settledAt: office.clock.now(), outcome, detail })
        .where(and(eq(t.jurisdictionId, row.jurisdictionId), eq(t.id, row.id), isNull(t.settledAt)))
    try {
      await deliver(office, row.jurisdictionId, {
        id: row.id,
        matter: row.toMatter,
        opens: row.process,
        command: row.command,
      })
      await settle('accepted', null)
      result.done++
    } catch (error) {
      // That the other file's line is full for the moment is not an answer.
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error
      // The other side is about to be opened and the message that opens it has not arrived: left for afterwards.
      if (error.message === noMatter.message && row.process === null && (await beingOpened(office, row))) continue
      // The other side's circumstances have changed and it is no longer needed: the reason is recorded and it is not
      // sent again.
      office.log.warn({ from: row.fromMatter, to: row.toMatter, reason: error.message }, '发往另一件案卷的命令不再适用')
      await settle('refused', error.message)
      result.failed++
    }
  }
  return result
}
