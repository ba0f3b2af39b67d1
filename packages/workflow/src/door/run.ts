// The one write transaction, for a matter of any kind. Its order is fixed: lock → earlier answer of this command → version →
// permission → facts → judgement → settle → fold → ledger → snapshot → clocks → jobs.
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type Verdict } from '@dianzhang/contract'
import { type Last, type Tx, withTransaction } from '@dianzhang/database'
import { blocks, type MatterEvent, type Snapshot } from '@dianzhang/kernel'
import { requireClock } from '../clock-check.ts'
import { notFound } from '../failures.ts'
import { inLine } from '../file-line.ts'
import { type CommandAnswer, type LedgerBody, withoutTrace } from '../ledger-record.ts'
import type { Actor, Office } from '../office.ts'
import { addressed, insertSends, notSent, recorded, viaOf } from '../outbox.ts'
import { projectDeadlines } from '../projections/deadlines.ts'
import { ledgered, type Turn, toldBy, turnForm, turnsOf } from '../projections/turns.ts'
import { findAnswered, insertEvent, lockMatter, settleMatter } from '../statements.ts'
import { unitsFrom, unitsKnown } from '../units-from.ts'
import type { CommandContext, Desk, Handler, MatterShape } from './desk.ts'
import { answerHash, chain, clean, eventsOf, ledgerActor, requestHash, rowOf, rowsAfter } from './ledger-body.ts'
import { readable } from './reading.ts'
import { recall, remember } from './recent.ts'
import { recordRefusal } from './refusals.ts'
import { type Answered, answeredMeanwhile, type Outcome, replay } from './replay.ts'

export interface CommandMeta {
  requestId?: string | undefined
}
/** Delivers what an accepted command sent to other matters. */
export type PassOn = (office: Office, jurisdiction: string, ids: string[]) => Promise<unknown>
/** A command as it arrives: its name, its id, the version that was seen; the rest is its payload. */
export interface Arrived<S extends MatterShape> {
  type: S['command']
  commandId: string
  expectedVersion: number
}
type Payload = Record<string, unknown>

/**
 * Carries out one command on one matter and hands on what it sends (`passOn`).
 * Returns the new version, the stage, the ledger's events and the command's own results; the same `commandId` again gets the same answer.
 * Refuses (AppError): 404 no such matter or not to be seen; 503 too many wait for it, or for too long; 412 another version;
 * 403 not allowed (with the reason); 409 the rules do not allow it (with every verdict) or the id was used; 422 wrong content.
 */
export async function runThrough<S extends MatterShape>(
  desk: Desk<S>,
  office: Office,
  actor: Actor,
  matterId: string,
  command: Arrived<S>,
  meta: CommandMeta,
  passOn: PassOn,
): Promise<CommandAnswer> {
  let outcome: Outcome
  try {
    outcome = await inLine(`${actor.jurisdiction}/${matterId}`, () =>
      withTransaction(office.commandDb, (tx, last) => execute(desk, office, tx, last, actor, matterId, command, meta), {
        retryOn: answeredMeanwhile,
      }),
    )
  } catch (error) {
    office.meters.command(
      command.type,
      error instanceof AppError ? (error.code === 'invalid' ? 'invalid' : 'refused') : 'failed',
    )
    throw error
  }
  if (outcome.kind === 'refused') {
    const { code, detail, extra } = outcome
    office.meters.command(
      command.type,
      code === 'stale_version' ? 'stale' : code === 'forbidden' ? 'forbidden' : 'refused',
    )
    for (const v of (extra.verdicts as Verdict[] | undefined) ?? []) if (blocks(v)) office.meters.refusal(v.rule)
    throw new AppError(code, detail, extra)
  }
  office.meters.command(command.type, outcome.kind)
  if (outcome.kind === 'accepted') await passOnFrom(office, actor.jurisdiction, outcome.answer, passOn)
  return outcome.answer
}

/** Delivered at once where possible; what cannot be delivered is left to the sweep and does not touch this answer. */
export async function passOnFrom(
  office: Office,
  jurisdiction: string,
  answer: CommandAnswer,
  passOn: PassOn,
): Promise<void> {
  const ids = ((answer.sends ?? []) as Array<{ id: string }>).map((sent) => sent.id)
  if (ids.length === 0) return
  await passOn(office, jurisdiction, ids).catch((error: unknown) => office.log.error({ err: error }, notSent))
}

async function execute<S extends MatterShape>(
  desk: Desk<S>,
  office: Office,
  tx: Tx,
  last: Last,
  actor: Actor,
  matterId: string,
  command: Arrived<S>,
  meta: CommandMeta,
): Promise<Outcome> {
  const { engine } = desk
  const { process } = engine
  const jurisdiction = actor.jurisdiction
  const known = unitsKnown(office.commandDb, jurisdiction)
  const locked = lockMatter(tx, {
    jurisdiction,
    matter: matterId,
    commandId: command.commandId,
    unitsKnown: known?.version ?? null,
  })
  const ahead = Object.hasOwn(desk.handlers, command.type)
    ? (desk.handlers[command.type] as Handler<S, Payload>).ahead?.(tx, jurisdiction, matterId)
    : undefined
  // Where the lock is not had, this fails with it.
  ahead?.catch(() => undefined)
  const [row] = await locked
  // A matter that may not be seen and one that does not exist get the same answer: permission, version and stage would tell of it.
  // The public comes in by one command only, from where it was invited.
  if (row?.process !== process.kind || (actor.kind === 'person' && !readable(desk.overseers, actor, row)))
    throw notFound(`这份${process.noun}`)
  const units = unitsFrom(office.commandDb, jurisdiction, known, row)
  const hash = requestHash(command)
  if (row.answered !== null) return replay(JSON.parse(row.answered) as Answered, matterId, hash, actor)

  const { type, commandId, expectedVersion, ...payload } = command as Arrived<S> & Payload
  const handler = desk.handlers[type] as Handler<S, Payload>
  const staff = actor.kind === 'person'
  if (staff && expectedVersion !== row.version) {
    // Perhaps another submission of this very command moved it, and its answer was written while we waited for the lock.
    const [late] = await findAnswered(tx, { jurisdiction, commandId })
    if (late) return replay(late, matterId, hash, actor)
    return {
      kind: 'refused',
      code: 'stale_version',
      detail: `${process.noun}已是第${row.version}版，您所见为第${expectedVersion}版；请查看变化后再办理`,
      extra: { currentVersion: row.version, stage: row.stage },
    }
  }

  requireClock(office, row)
  await office.rules.current(row.rulesRevision, tx)
  const now = office.clock.now()
  const at = now.toISOString()
  const on = dateInShanghai(at)
  const recalled = recall<Snapshot<S>>(matterId, row.ledgerHead) ?? engine.restore(JSON.parse(row.snapshot))
  const dossier = (await desk.complete?.(tx, recalled.context.dossier)) ?? recalled.context.dossier
  const snapshot = dossier === recalled.context.dossier ? recalled : engine.withDossier(recalled, dossier)

  const permission = desk.may(actor, type, dossier, units, payload)
  const refusal = { jurisdiction, matterId, command, stage: row.stage, now, packVersion: row.packVersion, hash }
  if (!permission.allowed)
    return recordRefusal(office, tx, {
      ...refusal,
      kind: 'forbidden',
      actor: ledgerActor(actor, null, null),
      detail: permission.reason,
      verdicts: [],
      extra: { stage: row.stage },
    })
  const { as } = permission
  const pack = office.rules.pack(jurisdiction, row.packVersion)
  const circumstance = await desk.facts({ office, tx, jurisdiction, dossier, type, payload, as, pack, on, units })
  const event: MatterEvent<S> = { ...circumstance, type, payload, meta: { at, on, actor: as, resolved: {} } }
  const facts = process.facts(dossier, event)
  const context: CommandContext<S> = {
    office,
    tx,
    actor,
    as,
    jurisdiction,
    matterId,
    commandId,
    dossier,
    facts,
    units,
    now,
    at,
    on,
    ahead,
  }
  const who = ledgerActor(actor, as, permission.delegatedFrom)
  const refuse = async (verdicts: Verdict[], outOfStage: boolean): Promise<Outcome> =>
    recordRefusal(office, tx, {
      ...refusal,
      kind: 'refused',
      actor: who,
      detail: verdicts
        .filter(blocks)
        .map((v) => v.reason)
        .join('；'),
      verdicts: withoutTrace(verdicts),
      extra: {
        verdicts,
        stage: row.stage,
        currentVersion: row.version,
        ...(outOfStage ? { outOfStage: true } : {}),
      },
    })
  // What the stage does not allow is said first, lest a small fault of the payload hides that it is not yet the time.
  if (!engine.inStage(snapshot, event)) return refuse(engine.decide(snapshot, event).verdicts, true)
  event.meta.resolved = (await handler.resolve?.(context, payload)) ?? {}
  const decision = engine.decide(snapshot, event)
  if (decision.kind === 'refused') return refuse(decision.verdicts, decision.outOfStage)
  if (payload.deviations !== undefined) {
    const kept = desk.deviations?.(payload, decision.verdicts, dossier)
    if (kept) payload.deviations = kept
    else delete payload.deviations
  }
  if (handler.allocate)
    event.meta.resolved = {
      ...event.meta.resolved,
      ...(await handler.allocate(context, payload, event.meta.resolved)),
    }

  const { snapshot: next, records } = engine.step(snapshot, event)
  const after = next.context.dossier
  const stage = engine.stageOf(next.value)
  const verdicts = withoutTrace(decision.verdicts)
  const { resolved } = event.meta
  const writing = { ...context, next: after }
  const sends = addressed(commandId, (await handler.sends?.(writing, payload, resolved)) ?? [])
  const recordedPayload = clean({
    ...(handler.ledger ? handler.ledger(payload, resolved) : payload),
    ...(sends.length ? { sends: sends.map(recorded) } : {}),
  })
  const stored = JSON.stringify(engine.store(next))
  const version = handler.keepsVersion ? row.version : row.version + 1
  const tells = !handler.keepsVersion || handler.tells === true
  const deadlines = projectDeadlines(process, office, tx, {
    jurisdiction,
    id: matterId,
    before: dossier,
    after,
    event: { ...event, pack: office.rules.pack(jurisdiction, after.packVersion) },
    everything: handler.recomputes ?? false,
    current: row.nextDueOn,
  })
  const {
    done: [extra],
    rows,
  } = await rowsAfter(tx, jurisdiction, () =>
    Promise.all([
      handler.write?.(writing, payload, resolved),
      deadlines.written,
      sends.length
        ? viaOf(tx, jurisdiction, commandId).then((via) =>
            insertSends(tx, { jurisdiction, matter: matterId, via: [...via, matterId], at: now }, sends),
          )
        : null,
      desk.project?.(tx, { jurisdiction, matterId, before: snapshot, after: next }) ?? null,
    ]),
  )
  const columns = { version, ...desk.concerns(after), nextDueOn: deadlines.nextDueOn }
  const asked = { office, tx, jurisdiction, dossier: after, type, payload, as, pack: event.pack, on, units }
  const present = { ...event, ...((await desk.afterwards?.(asked, circumstance)) ?? circumstance) }
  const turns = turnsOf(desk, {
    jurisdiction,
    snapshot: next,
    now: { ...present, pack: office.rules.pack(jurisdiction, after.packVersion) },
    units,
    before: row.turns === null ? [] : (JSON.parse(row.turns) as Turn[]),
    at,
    by: as.person,
    nextDueOn: deadlines.nextDueOn,
  })
  const answered: Omit<CommandAnswer, 'events'> = {
    id: matterId,
    version,
    stage,
    stageLabel: process.labels.stage(stage),
    ...desk.answer?.(next.value),
    warnings: verdicts.filter((v) => !v.holds),
    ...(extra ? clean(extra) : {}),
    ...(sends.length ? { sends: sends.map(recorded) } : {}),
  }
  const bound = rowOf(desk.ledgerForm, columns, { title: row.title, unit: row.unit, openedBy: row.openedBy })
  const written = {
    row: bound,
    rows,
    answer: answerHash(answered),
    turns: ledgered(turns),
    told: toldBy(turns, at, as.person, tells),
  }
  const links = chain(
    row,
    records,
    stored,
    written,
    (name, seq): LedgerBody => ({
      document: matterId,
      ...(desk.ledgerForm === 2 ? { process: process.kind } : {}),
      seq,
      type: name,
      command: { id: commandId, type, request: hash },
      at,
      actor: who,
      // An event taken by itself has no payload; its verdicts are those of the dossier that it found.
      payload: name === records[0] ? recordedPayload : {},
      verdicts:
        name === records[0]
          ? verdicts
          : withoutTrace(engine.judge(engine.automaticRules[name] ?? [], process.facts(after, event))),
      packVersion: after.packVersion,
      stage,
      ...desk.ledger?.(after),
    }),
  )
  const head = links.at(-1)
  if (!head) throw new Error(`命令 ${type} 没有产生台账事件`)
  await Promise.all(
    links.slice(0, -1).map((e) =>
      insertEvent(tx, {
        jurisdiction,
        matter: matterId,
        seq: e.body.seq,
        type: e.body.type,
        commandId,
        at: now,
        body: e.body,
        prevHash: e.prevHash,
        hash: e.hash,
      }),
    ),
  )
  const answer = { ...answered, events: eventsOf(links, desk.recordLabels) } as CommandAnswer
  last(
    settleMatter(tx, {
      jurisdiction,
      matter: matterId,
      commandId,
      at,
      seq: head.body.seq,
      event: head.body.type,
      body: JSON.stringify(head.body),
      prevHash: head.prevHash,
      hash: head.hash,
      ...columns,
      stage,
      snapshot: stored,
      packVersion: after.packVersion,
      command: type,
      person: as.person,
      answer: JSON.stringify(answer),
      requestHash: hash,
      turns: JSON.stringify(turns),
      turnForm,
      businessOf: desk.businessOf?.(after) ?? null,
      moved: tells,
    }),
  )
  remember(matterId, head.hash, next)
  office.log.info({ matter: matterId, command: type, version, stage, requestId: meta.requestId }, '命令已办理')
  return { kind: 'accepted', answer }
}
