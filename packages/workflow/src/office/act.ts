// The office's acts for callers that know no matter: the routes of numbers, packs, holidays, people and units. They go
// through the door like any command; a rule that refuses is answered as these addresses always answered it.
import { randomUUID } from 'node:crypto'
import {
  AppError,
  type FieldIssue,
  type OfficeCommand,
  type ProblemCode,
  roles,
  type Verdict,
} from '@dianzhang/contract'
import { eq, schema, withTransaction } from '@dianzhang/database'
import { blocks } from '@dianzhang/kernel'
import type { OfficeRuleId } from '@dianzhang/processes'
import { notFound } from '../failures.ts'
import { openMatter, runAt } from '../matters.ts'
import type { Actor, Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { officeDesk, officeId } from './desk.ts'
import { secrets } from './secrets.ts'

/** What these addresses answered before the condition became a rule: the problem, and the field where it is one of a form. */
const former: Partial<Record<OfficeRuleId, [code: ProblemCode, path?: string]>> = {
  'number.prefix-known': ['invalid', 'issuer'],
  'number.reservation-ahead': ['invalid', 'expiresOn'],
  'number.reservation-open': ['not_found'],
  'number.approver-in-office': ['invalid', 'approver'],
  'number.not-suspended': ['conflict'],
  'number.confirmation-due': ['conflict'],
  'number.confirmation-complete': ['invalid', 'series'],
  'pack.from-today': ['invalid', 'effectiveFrom'],
  'pack.not-laxer': ['invalid', 'changes'],
  'holiday.one-place': ['forbidden'],
  'holiday.once': ['conflict'],
  'delegation.own-post': ['forbidden'],
  'delegation.not-administration': ['invalid', 'role'],
  'delegation.to-another': ['invalid', 'toPerson'],
  'delegation.ahead': ['invalid', 'startsOn'],
  'delegation.within-term': ['invalid', 'endsOn'],
  'delegation.taker-in-office': ['invalid', 'toPerson'],
  'delegation.signing-within-organ': ['invalid', 'toPerson'],
  'delegation.no-administrator': ['invalid', 'toPerson'],
  'delegation.no-overlap': ['conflict'],
  'delegation.by-giver': ['forbidden'],
  'unit.id-free': ['conflict', 'id'],
  'unit.as-seen': ['stale_version'],
  'unit.name-unique': ['invalid', 'name'],
  'unit.no-circle': ['invalid', 'parent'],
  'person.username-free': ['conflict', 'username'],
  'person.another': ['forbidden'],
  'person.posts-as-seen': ['stale_version'],
  'person.no-delegation-held': ['conflict'],
  'person.has-password': ['conflict'],
  'body.as-seen': ['stale_version'],
  'body.name-free': ['conflict', 'name'],
  'body.standard-fixed': ['invalid', 'name'],
}
/** Refused by rules → the problem of old: the weightiest of what blocks, with every field that is at fault. */
function asBefore(error: AppError): AppError {
  const verdicts = ((error.extra?.verdicts ?? []) as Verdict[]).filter(blocks)
  const found = verdicts.flatMap((verdict) => {
    const [code, path] = former[verdict.rule as OfficeRuleId] ?? []
    return code ? [{ code, path, verdict }] : []
  })
  const first = ['forbidden', 'not_found', 'stale_version', 'invalid', 'conflict'].flatMap((code) =>
    found.filter((one) => one.code === code),
  )[0]
  if (!first) return error
  const same = found.filter((one) => one.code === first.code)
  const issues = same.flatMap(({ path, verdict }): FieldIssue[] =>
    verdict.trace ? (verdict.trace as FieldIssue[]) : path ? [{ path, message: verdict.reason }] : [],
  )
  return new AppError(first.code, same.map((one) => one.verdict.reason).join('；'), issues.length ? { issues } : {})
}
const noOffice = notFound(`这份${officeDesk.engine.process.noun}`)
// Everybody may do some act (a post is delegated by whoever holds it), though not everybody may read the office's ledger.
const door = { ...officeDesk, overseers: roles }

/**
 * One act of the office. `commandId`: the same again gets the same answer, and nothing is done twice.
 * Returns what the act has brought about; refuses as these addresses always did (403, 404, 409, 412, 422), and the refusal is kept.
 */
export async function actInOffice<T = unknown>(
  office: Office,
  actor: Actor,
  type: OfficeCommand,
  payload: Record<string, unknown>,
  commandId: string = randomUUID(),
): Promise<T> {
  // The office's version never moves: its acts do not depend on one another's.
  const command = { ...payload, type, commandId, expectedVersion: 1 }
  const run = () => runAt(door, office, actor, officeId, command)
  try {
    const answer = await run().catch(async (error: unknown) => {
      // Not opened yet, or opened by another between our look and now; whatever else is missing is the act's own matter.
      if (!(error instanceof AppError) || error.message !== noOffice.message) throw error
      await openOffice(office, actor.jurisdiction)
      return run()
    })
    return answer.result as T
  } catch (error) {
    throw error instanceof AppError && error.code === 'refused' ? asBefore(error) : error
  }
}
async function opened(office: Office, jurisdiction: string): Promise<boolean> {
  const { matters: m } = schema
  const rows = await office.db.select({ jurisdiction: m.jurisdictionId }).from(m).where(eq(m.id, officeId))
  return rows.some((row) => row.jurisdiction === jurisdiction)
}
/** Opens the ledger of the office's acts, once. */
async function openOffice(office: Office, jurisdiction: string): Promise<void> {
  const command = { type: 'OpenOffice', commandId: derivedId('open the office', jurisdiction) }
  await openMatter(office, { kind: 'system', jurisdiction }, 'office', command).catch((error: unknown) => {
    // Another server was quicker.
    if (!(error instanceof AppError) || error.code !== 'conflict') throw error
  })
}
/** Every jurisdiction that has units and a pack has its office; called when the program starts and after units are entered. */
export async function openOffices(office: Office): Promise<void> {
  const { units } = schema
  const places = await office.db.selectDistinct({ id: units.jurisdictionId }).from(units)
  for (const { id } of places)
    if (office.rules.versions(id).length > 0 && !(await opened(office, id))) await openOffice(office, id)
}

/**
 * A command that gives somebody a password: its digest reaches the handler beside the command, so that it stands neither
 * in the payload nor in the ledger. Where the command is a repetition, the digest is set now, so that the answer is true.
 */
export async function withPassword<T extends { person: string }>(
  passwordHash: string,
  act: (commandId: string) => Promise<T>,
  office: Office,
  commandId: string = randomUUID(),
): Promise<T> {
  secrets.set(commandId, passwordHash)
  try {
    const done = await act(commandId)
    if (secrets.has(commandId)) await withTransaction(office.db, (tx) => secrets.replace(tx, done.person, passwordHash))
    return done
  } finally {
    secrets.delete(commandId)
  }
}
