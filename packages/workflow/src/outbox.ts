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

/** How what is sent comes to where it is to be done. */
export interface Delivery {
  /** Acts on one message; with `opens` it opens a new matter. `later`: takes what this sends on, by its ids. */
  one: (office: Office, jurisdiction: string, sent: Sent, later: (ids: readonly string[]) => void) => Promise<unknown>
  /**
   * Several openings of one matter that is open already: the one command that takes into it what all of them bring. Null: each is
   * delivered by itself.
   */
  many: (opens: string, commands: ReadonlyArray<Sent['command']>) => Sent['command'] | null
}
type Row = typeof t.$inferSelect
/** Openings of the same matter side by side, whatever lies between them: the first of each stands where it stood. */
function together(rows: readonly Row[], many: Delivery['many']): Row[][] {
  const groups = new Map<string, Row[]>()
  const inOrder: Row[][] = []
  for (const row of rows) {
    const key = row.process === null ? null : `${row.jurisdictionId} ${row.process} ${row.toMatter}`
    const group = key === null ? undefined : groups.get(key)
    if (group !== undefined && many(row.process ?? '', [row.command]) !== null) group.push(row)
    else {
      const alone = [row]
      inOrder.push(alone)
      if (key !== null) groups.set(key, alone)
    }
  }
  return inOrder
}

/**
 * These, and what the sender of one of them sent to the same receiver before and was not delivered: that an item was struck must not
 * be told before that it was put on.
 */
const withEarlier = (jurisdiction: string, ids: readonly string[]) => sql`${t.id} in (
  select earlier.id from sends later join sends earlier on earlier.jurisdiction_id = later.jurisdiction_id
    and earlier.from_matter = later.from_matter and earlier.to_matter = later.to_matter and earlier.settled_at is null
    and (earlier.id = later.id or earlier.at < later.at)
  where later.jurisdiction_id = ${jurisdiction} and ${inArray(sql`later.id`, [...ids])})`
/**
 * Delivers commands not delivered yet (with `only`, just those, and what was sent before by the same to the same), the earliest written first; returns the counts of
 * those done and those no longer applicable to the other side. What these send on is delivered after them, so that
 * what hundreds of them bring to one matter comes to it at once ({@link Delivery.many}). Where there is no answer (the
 * database went away, say) it still counts as not sent: throws, and is left for the next sweep. After `patienceSeconds`
 * what is not begun is left to it as well: whoever decided over hundreds of documents has an answer, and sees what is
 * still to come.
 */
export async function deliverSends(
  office: Office,
  delivery: Delivery,
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
        only?.ids ? withEarlier(only.jurisdiction, only.ids) : undefined,
      ),
    )
    // Of what was written together, what opens a matter comes before what is sent to it.
    .orderBy(asc(t.at), asc(sql`${t.process} is null`), asc(t.id))
    .limit(most)
  const further = new Map<string, string[]>()
  try {
    for (const [first, ...rest] of together(rows, delivery.many)) {
      if (performance.now() > until) break
      if (first === undefined) continue
      const later = (ids: readonly string[]): void => {
        further.set(first.jurisdictionId, [...(further.get(first.jurisdictionId) ?? []), ...ids])
      }
      for (const part of rest.length === 0 ? [[first]] : [[first], rest]) await deliverPart(part, later)
    }
  } finally {
    for (const [jurisdiction, ids] of further)
      for (let at = 0; at < ids.length && performance.now() <= until; at += most)
        await deliverSends(office, delivery, {
          jurisdiction,
          ids: ids.slice(at, at + most),
          ...(Number.isFinite(until) ? { patienceSeconds: (until - performance.now()) / 1000 } : {}),
        }).catch((error: unknown) => office.log.error({ err: error }, notSent))
  }
  return result

  async function deliverPart(part: readonly Row[], later: (ids: readonly string[]) => void): Promise<void> {
    const [row] = part
    if (row === undefined) return
    const ids = part.map(({ id }) => id)
    const settle = (outcome: 'accepted' | 'refused', detail: string | null) =>
      office.db
        .update(t)
        .set({ settledAt: office.clock.now(), outcome, detail })
        .where(and(eq(t.jurisdictionId, row.jurisdictionId), inArray(t.id, ids), isNull(t.settledAt)))
    const joined =
      part.length === 1
        ? null
        : delivery.many(
            row.process ?? '',
            part.map(({ command }) => command),
          )
    const sent: Sent =
      joined === null
        ? { id: row.id, matter: row.toMatter, opens: row.process, command: row.command }
        : // Whose messages they were stands in the ledger of the one that takes them.
          {
            id: derivedId('joined', ...ids),
            matter: row.toMatter,
            opens: null,
            command: { ...joined, messages: ids },
          }
    try {
      await delivery.one(office, row.jurisdictionId, sent, later)
      await settle('accepted', null)
      result.done += part.length
    } catch (error) {
      // That the other file's line is full for the moment is not an answer.
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error
      // The other side is about to be opened and the message that opens it has not arrived: left for afterwards.
      if (error.message === noMatter.message && sent.opens === null && (await beingOpened(office, row))) return
      // The other side's circumstances have changed and it is no longer needed: the reason is recorded and it is not
      // sent again.
      office.log.warn({ from: row.fromMatter, to: row.toMatter, reason: error.message }, '发往另一件案卷的命令不再适用')
      await settle('refused', error.message)
      result.failed += part.length
    }
  }
}
/** At most so many in one go. */
const most = 500
/** What cannot be delivered at once is left to the sweep and does not touch the answer. */
export const notSent = '发往另一件案卷的命令一时没有送到，留待巡查'
