// The door's other leaf: a matter comes into being by an ordinary command. Earlier answer of this command → permission →
// first dossier → judgement → the row → what belongs to it → ledger → jobs, in one transaction.
import { randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type Verdict } from '@dianzhang/contract'
import { type Last, type Tx, withTransaction } from '@dianzhang/database'
import { blocks, type MatterEvent } from '@dianzhang/kernel'
import { GENESIS } from '@dianzhang/ledger'
import { requireClock } from '../clock-check.ts'
import { type CommandAnswer, type LedgerBody, withoutTrace } from '../ledger-record.ts'
import type { Actor, Office } from '../office.ts'
import { addressed, insertSends, recorded, viaOf } from '../outbox.ts'
import { projectDeadlines } from '../projections/deadlines.ts'
import { ledgered, toldBy, turnForm, turnsOf } from '../projections/turns.ts'
import { beforeOpening, insertMatter, settleMatter } from '../statements.ts'
import { unitsFrom, unitsKnown } from '../units-from.ts'
import type { Desk, DeskOpening, MatterShape, OpeningContext } from './desk.ts'
import { answerHash, chain, clean, eventsOf, ledgerActor, requestHash, rowOf, rowsAfter } from './ledger-body.ts'
import { remember } from './recent.ts'
import { type Answered, answeredMeanwhile, usedBefore } from './replay.ts'
import { type CommandMeta, type PassOn, passOnFrom } from './run.ts'

/** An opening command as it arrives: its name and id; the rest is its payload. */
export interface Opened<S extends MatterShape> {
  type: S['opening']
  commandId: string
}
type Payload = Record<string, unknown>

/**
 * Opens one matter and hands on what that sends. `id`: its id, where the sender has settled it (`openedId`).
 * Returns the id, the version (1), the stage, the ledger's events and the warnings; the same `commandId` again gets the same answer.
 * Refuses (AppError), and nothing is kept: 403 not allowed; 409 the rules do not allow it (with every verdict), the id of the
 * command was used otherwise, or there is such a matter already; 422 wrong content.
 */
export async function openThrough<S extends MatterShape>(
  desk: Desk<S>,
  office: Office,
  actor: Actor,
  command: Opened<S>,
  meta: CommandMeta,
  passOn: PassOn,
  id?: string,
): Promise<CommandAnswer> {
  let result: { answer: CommandAnswer; replayed: boolean }
  try {
    result = await withTransaction(
      office.commandDb,
      (tx, last) => open(desk, office, tx, last, actor, command, meta, id),
      {
        retryOn: answeredMeanwhile,
      },
    )
  } catch (error) {
    if (error instanceof AppError) {
      const outcome = { invalid: 'invalid', forbidden: 'forbidden' } as const
      office.meters.command(command.type, outcome[error.code as keyof typeof outcome] ?? 'refused')
      for (const v of (error.extra?.verdicts as Verdict[] | undefined) ?? [])
        if (blocks(v)) office.meters.refusal(v.rule)
    } else office.meters.command(command.type, 'failed')
    throw error
  }
  office.meters.command(command.type, result.replayed ? 'replayed' : 'accepted')
  if (!result.replayed) await passOnFrom(office, actor.jurisdiction, result.answer, passOn)
  return result.answer
}

async function open<S extends MatterShape>(
  desk: Desk<S>,
  office: Office,
  tx: Tx,
  last: Last,
  actor: Actor,
  command: Opened<S>,
  meta: CommandMeta,
  settled: string | undefined,
): Promise<{ answer: CommandAnswer; replayed: boolean }> {
  const { engine } = desk
  const { process } = engine
  const opening = desk.opening as DeskOpening<S, Payload>
  const { jurisdiction } = actor
  const { type, commandId, ...payload } = command as Opened<S> & Payload
  const matterId = settled ?? opening.id ?? randomUUID()
  const hash = requestHash(command)
  const known = unitsKnown(office.commandDb, jurisdiction)
  const [before] = await beforeOpening(tx, {
    jurisdiction,
    matter: matterId,
    commandId,
    unitsKnown: known?.version ?? null,
  })
  if (!before) throw new Error('数据库没有答复')
  const person = actor.kind === 'person' ? actor.person : null
  if (before.answered !== null) {
    const seen = JSON.parse(before.answered) as Answered
    if (seen.requestHash !== hash || (seen.person ?? null) !== person) throw new AppError('conflict', usedBefore)
    return { answer: seen.answer as unknown as CommandAnswer, replayed: true }
  }
  if (before.present) throw new AppError('conflict', `这份${process.noun}已经开启`)
  const units = unitsFrom(office.commandDb, jurisdiction, known, before)
  const permission = opening.may(actor, payload, units)
  if (!permission.allowed) throw new AppError('forbidden', permission.reason)
  requireClock(office, before)
  await office.rules.current(before.rulesRevision, tx)
  const now = office.clock.now()
  const at = now.toISOString()
  const on = dateInShanghai(at)
  const { as } = permission
  const pack = office.rules.latest(jurisdiction, on)
  const calendar = office.rules.calendar(jurisdiction)
  const context: OpeningContext = {
    office,
    tx,
    actor,
    as,
    jurisdiction,
    matterId,
    commandId,
    units,
    pack,
    calendar,
    now,
    at,
    on,
  }
  const dossier = await opening.dossier(context, payload)
  const circumstance = await desk.facts({ office, tx, jurisdiction, dossier, type, payload, as, pack, on, units })
  const event = {
    ...circumstance,
    type: type as string,
    payload,
    meta: { at, on, actor: as, resolved: {} },
  } as MatterEvent<S>
  const { rules = [], tells = [] } = process.opening
  const facts = process.facts(dossier, event)
  const verdicts = [...engine.judge(tells, facts), ...engine.judge(rules, facts)]
  const refusing = verdicts.filter((v) => blocks(v) && (rules as readonly string[]).includes(v.rule))
  if (refusing.length > 0)
    throw new AppError('refused', refusing.map((v) => v.reason).join('；'), { verdicts: refusing })
  const warnings = withoutTrace(verdicts).filter((v) => !v.holds)
  const snapshot = engine.initial(dossier)
  const stage = engine.stageOf(snapshot.value)
  const stored = JSON.stringify(engine.store(snapshot))
  const { title, unit } = opening.summary(dossier)
  const { involvedUnits, concernedRoles } = desk.concerns(dossier)
  const openedBy = as.person ?? opening.openedBy?.(payload) ?? null
  const inserted = insertMatter(tx, {
    jurisdiction,
    matter: matterId,
    process: process.kind,
    stage,
    snapshot: stored,
    title,
    unit,
    packVersion: dossier.packVersion,
    openedBy,
    involvedUnits,
    concernedRoles,
    at,
    genesis: GENESIS,
  })
  const deadlines = projectDeadlines(process, office, tx, {
    jurisdiction,
    id: matterId,
    before: null,
    after: dossier,
    event,
    everything: true,
    current: null,
  })
  const writing = { ...context, dossier }
  const sends = addressed(commandId, (await opening.sends?.(writing, payload)) ?? [])
  const {
    done: [, extra],
    rows,
  } = await rowsAfter(tx, jurisdiction, () =>
    Promise.all([
      inserted,
      opening.write?.(writing, payload),
      deadlines.written,
      desk.project?.(tx, { jurisdiction, matterId, before: null, after: snapshot }),
      sends.length
        ? viaOf(tx, jurisdiction, commandId).then((via) =>
            insertSends(tx, { jurisdiction, matter: matterId, via: [...via, matterId], at: now }, sends),
          )
        : null,
    ]),
  )
  const asked = { office, tx, jurisdiction, dossier, type, payload, as, pack, on, units }
  const present = { ...event, ...((await desk.afterwards?.(asked, circumstance)) ?? circumstance) }
  const turns = turnsOf(desk, {
    jurisdiction,
    snapshot,
    now: present,
    units,
    before: [],
    at,
    by: as.person,
    nextDueOn: deadlines.nextDueOn,
  })
  const columns = { version: 1, involvedUnits, concernedRoles, nextDueOn: deadlines.nextDueOn }
  const answered = {
    id: matterId,
    version: 1,
    stage,
    stageLabel: process.labels.stage(stage),
    packVersion: dossier.packVersion,
    warnings,
    ...(extra ? clean(extra) : {}),
    ...(sends.length ? { sends: sends.map(recorded) } : {}),
  }
  const bound = rowOf(desk.ledgerForm, columns, { title, unit, openedBy })
  const written = {
    row: bound,
    rows,
    answer: answerHash(answered),
    turns: ledgered(turns),
    told: toldBy(turns, at, as.person, true),
  }
  const [link] = chain(
    { ledgerSeq: 0, ledgerHead: GENESIS },
    [process.opening.record],
    stored,
    written,
    (name, seq): LedgerBody => ({
      document: matterId,
      ...(desk.ledgerForm === 2 ? { process: process.kind } : {}),
      seq,
      type: name,
      command: { id: commandId, type, request: hash },
      at,
      actor: ledgerActor(actor, as, permission.delegatedFrom),
      payload: clean({
        ...(opening.ledger?.(payload, dossier) ?? payload),
        ...(sends.length ? { sends: sends.map(recorded) } : {}),
      }),
      verdicts: warnings,
      packVersion: dossier.packVersion,
      stage,
      ...desk.ledger?.(dossier),
    }),
  )
  if (!link) throw new Error(`命令 ${type} 没有产生台账事件`)
  const answer: CommandAnswer = { ...answered, events: eventsOf([link], desk.recordLabels) }
  last(
    settleMatter(tx, {
      jurisdiction,
      matter: matterId,
      commandId,
      at,
      seq: 1,
      event: link.body.type,
      body: JSON.stringify(link.body),
      prevHash: link.prevHash,
      hash: link.hash,
      ...columns,
      stage,
      snapshot: stored,
      packVersion: dossier.packVersion,
      command: type,
      person: as.person,
      answer: JSON.stringify(answer),
      requestHash: hash,
      turns: JSON.stringify(turns),
      turnForm,
      businessOf: desk.businessOf?.(dossier) ?? null,
      moved: true,
    }),
  )
  remember(matterId, link.hash, snapshot)
  office.log.info({ matter: matterId, command: type, requestId: meta.requestId }, `已开启${process.noun}`)
  return { answer, replayed: false }
}
