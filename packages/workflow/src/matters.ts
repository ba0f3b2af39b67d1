// Any matter, by its kind: opening, carrying out a command, delivering what one matter sends to another.
import { AppError } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { deskOf } from './desks.ts'
import type { Desk, Handler, MatterShape } from './door/desk.ts'
import { openThrough } from './door/open.ts'
import { type CommandMeta, type PassOn, runThrough } from './door/run.ts'
import { dispatch, exchangeKind } from './exchange/post.ts'
import { notFound } from './failures.ts'
import type { CommandAnswer } from './ledger-record.ts'
import type { Actor, Office } from './office.ts'
import { type Delivery, deliverSends, derivedId } from './outbox.ts'

/** A checked command (`processContracts`): `type`, `commandId`, `expectedVersion` and its own fields. */
export interface MatterCommand {
  type: string
  commandId: string
  expectedVersion: number
}

const known = (kind: string): Desk<MatterShape> => {
  const desk = deskOf(kind)
  if (!desk)
    throw new AppError('invalid', `没有“${kind.slice(0, 60)}”这种事项`, {
      issues: [{ path: 'process', message: '没有这种事项' }],
    })
  return desk
}
/** The kind of a matter of this jurisdiction; 404 where there is none. */
export async function kindOf(office: Office, jurisdiction: string, id: string): Promise<string> {
  const { matters: m } = schema
  const [row] = await office.db
    .select({ process: m.process })
    .from(m)
    .where(and(eq(m.jurisdictionId, jurisdiction), eq(m.id, id)))
  if (!row) throw notFound('这份事项')
  return row.process
}

const delivery: Delivery = {
  one: async (office, jurisdiction, sent, later) => {
    const { id: commandId, matter, opens, command } = sent
    if (opens === exchangeKind) return await dispatch(office, jurisdiction, sent)
    const system: Actor = { kind: 'system', jurisdiction }
    const after: PassOn = async (_office, _jurisdiction, ids) => later(ids)
    const run = (payload: { type: string }) =>
      runOnMatter(office, system, matter, { ...payload, commandId, expectedVersion: 0 }, {}, after)
    if (opens === null) return await run(command)
    try {
      return await openThrough(known(opens), office, system, { ...command, commandId }, {}, after, matter)
    } catch (error) {
      const joins = deskOf(opens)?.opening?.whenOpen?.(command as never) ?? null
      if (
        joins === null ||
        !(error instanceof AppError) ||
        error.code !== 'conflict' ||
        !(await present(office, jurisdiction, matter))
      )
        throw error
      return await run(joins)
    }
  },
  many: (opens, commands) => deskOf(opens)?.opening?.whenManyOpen?.(commands as never) ?? null,
}
const present = async (office: Office, jurisdiction: string, id: string): Promise<boolean> => {
  const { matters: m } = schema
  const [row] = await office.db
    .select({ id: m.id })
    .from(m)
    .where(and(eq(m.jurisdictionId, jurisdiction), eq(m.id, id)))
  return row !== undefined
}
/** Delivers what has not been delivered yet (`only`: these); see `deliverSends`. */
export const deliverAll = (office: Office, only?: Parameters<typeof deliverSends>[2]) =>
  deliverSends(office, delivery, only)
/** So long somebody waits for what his command asks of other matters. */
const patienceSeconds = 10
const passOn = (office: Office, jurisdiction: string, ids: string[]) =>
  deliverAll(office, { jurisdiction, ids, patienceSeconds })

/** Opens a matter of the kind; returns and refuses as `openThrough`, and 422 for an unknown kind. */
export const openMatter = (
  office: Office,
  actor: Actor,
  kind: string,
  command: { type: string; commandId: string },
  meta: CommandMeta = {},
  id?: string,
): Promise<CommandAnswer> => openThrough(known(kind), office, actor, command, meta, passOn, id)

/** Carries out a command on a matter of whatever kind; returns and refuses as `runThrough`. `handOn`: what takes what it sends. */
export async function runOnMatter(
  office: Office,
  actor: Actor,
  id: string,
  command: MatterCommand,
  meta: CommandMeta = {},
  handOn: PassOn = passOn,
): Promise<CommandAnswer> {
  const kind = await kindOf(office, actor.jurisdiction, id)
  return runAt(known(kind), office, actor, id, command, meta, handOn)
}
/** The same where the desk is known: one query less. */
export const runAt = async <S extends MatterShape>(
  desk: Desk<S>,
  office: Office,
  actor: Actor,
  id: string,
  command: MatterCommand & { type: S['command'] },
  meta: CommandMeta = {},
  handOn: PassOn = passOn,
): Promise<CommandAnswer> => {
  const answer = await runThrough(desk, office, actor, id, command, meta, handOn)
  const renews = (desk.handlers[command.type] as Handler<S, unknown>).renewsClocks?.(command)
  if (!renews) return answer
  const recomputed = await renewClocks(office, renews)
  return { ...answer, result: { ...(answer.result as object | undefined), recomputed } }
}

/**
 * Computes all open clocks anew after a change of holiday notices (not only provisional ones: a change may fall in a year
 * already published); old and new days are both in each matter's ledger. Returns how many matters were gone through; the
 * same `because` again changes nothing twice.
 */
export async function renewClocks(
  office: Office,
  { jurisdiction, because }: { jurisdiction: string; because: string },
): Promise<number> {
  await office.rules.refresh()
  const { deadlines: t, matters: m } = schema
  const rows = await office.db
    .selectDistinct({ jurisdictionId: t.jurisdictionId, matterId: t.matterId, process: m.process })
    .from(t)
    .innerJoin(m, and(eq(m.jurisdictionId, t.jurisdictionId), eq(m.id, t.matterId)))
    .where(and(eq(t.status, 'open'), jurisdiction === 'CN' ? undefined : eq(t.jurisdictionId, jurisdiction)))
  let gone = 0
  for (const row of rows) {
    const desk = deskOf(row.process)
    const type = desk?.engine.process.clocks.recompute
    if (!desk || type === undefined) continue
    const command = { type, commandId: derivedId(row.matterId, because, new Date(0).toISOString()), expectedVersion: 0 }
    try {
      await runAt(desk, office, { kind: 'system', jurisdiction: row.jurisdictionId }, row.matterId, command)
      gone++
    } catch (error) {
      // One that has ended meanwhile does not hold up the others.
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error
      office.log.warn({ matter: row.matterId, reason: error.message }, '这一件的期限没有重新计算')
    }
  }
  return gone
}
