// Any matter, by its kind: opening, carrying out a command, delivering what one matter sends to another.
import { AppError } from '@dianzhang/contract'
import { and, eq, schema } from '@dianzhang/database'
import { deskOf } from './desks.ts'
import type { Desk, MatterShape } from './door/desk.ts'
import { openThrough } from './door/open.ts'
import { type CommandMeta, runThrough } from './door/run.ts'
import { notFound } from './failures.ts'
import type { CommandAnswer } from './ledger-record.ts'
import type { Actor, Office } from './office.ts'
import { type Deliver, deliverSends } from './outbox.ts'

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

const deliver: Deliver = async (office, jurisdiction, { id: commandId, matter, opens, command }) => {
  const system: Actor = { kind: 'system', jurisdiction }
  const run = (payload: { type: string }) =>
    runOnMatter(office, system, matter, { ...payload, commandId, expectedVersion: 0 })
  if (opens === null) return await run(command)
  try {
    return await openMatter(office, system, opens, { ...command, commandId }, {}, matter)
  } catch (error) {
    const joins = deskOf(opens)?.opening?.whenOpen
    if (
      !joins ||
      !(error instanceof AppError) ||
      error.code !== 'conflict' ||
      !(await present(office, jurisdiction, matter))
    )
      throw error
    return await run(joins(command as never))
  }
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
export const deliverAll = (office: Office, only?: { jurisdiction: string; ids: readonly string[] }) =>
  deliverSends(office, deliver, only)
const passOn = (office: Office, jurisdiction: string, ids: string[]) => deliverAll(office, { jurisdiction, ids })

/** Opens a matter of the kind; returns and refuses as `openThrough`, and 422 for an unknown kind. */
export const openMatter = (
  office: Office,
  actor: Actor,
  kind: string,
  command: { type: string; commandId: string },
  meta: CommandMeta = {},
  id?: string,
): Promise<CommandAnswer> => openThrough(known(kind), office, actor, command, meta, passOn, id)

/** Carries out a command on a matter of whatever kind; returns and refuses as `runThrough`. */
export async function runOnMatter(
  office: Office,
  actor: Actor,
  id: string,
  command: MatterCommand,
  meta: CommandMeta = {},
): Promise<CommandAnswer> {
  const kind = await kindOf(office, actor.jurisdiction, id)
  return runThrough(known(kind), office, actor, id, command, meta, passOn)
}
/** The same where the desk is known: one query less. */
export const runAt = <S extends MatterShape>(
  desk: Desk<S>,
  office: Office,
  actor: Actor,
  id: string,
  command: MatterCommand & { type: S['command'] },
  meta: CommandMeta = {},
): Promise<CommandAnswer> => runThrough(desk, office, actor, id, command, meta, passOn)
