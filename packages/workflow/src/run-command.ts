// 唯一的写事务。次序固定：锁案卷 → 同一命令的旧答复 → 版本 → 权限 → 事实 → 判断 → 落定 → 折叠 → 台账 → 快照 → 期限 → 作业。
import { createHash, randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import {
  AppError,
  type Command,
  type CommandType,
  type Deviation,
  type ProblemCode,
  problemCodes,
  stageLabels,
  type Verdict,
} from '@dianzhang/contract'
import {
  and,
  type DatabaseProblem,
  eq,
  gt,
  type Last,
  schema,
  sql,
  type Tx,
  withTransaction,
} from '@dianzhang/database'
import { canonicalJson, eventHash, GENESIS, stateHash } from '@dianzhang/ledger'
import {
  allArrows,
  automaticRules,
  type DomainEvent,
  decide,
  domainEventLabels,
  factsFor,
  type LifecycleEvent,
  type Resolved,
  regionsOf,
  restore,
  type Snapshot,
  stageOf,
  step,
  store,
  withDossier,
} from '@dianzhang/lifecycle'
import { type ActorFact, catalogue, confirmedEmergency, judge, type RuleId } from '@dianzhang/rules'
import { requireClock } from './clock-check.ts'
import type { CommandContext, Handler } from './commands/handler.ts'
import { handlers } from './commands/index.ts'
import { loadExternal, unitsFrom } from './facts/load-facts.ts'
import { notFound } from './failures.ts'
import { inLine } from './file-line.ts'
import { type CommandAnswer, type LedgerActor, type LedgerBody, withoutTrace } from './ledger-record.ts'
import type { Actor, Office } from './office.ts'
import { addressed, deliverSends, insertSends, viaOf } from './outbox.ts'
import { may, mayRead } from './policies/may.ts'
import { projectDeadlines } from './projections/deadlines.ts'
import { concernedRoles, involvedUnits } from './projections/involved-units.ts'
import { boundRows, findAnswered, insertAnswer, insertEvent, lockDocument, settleDocument } from './statements.ts'
import { withStatement } from './text/statement.ts'

export interface CommandMeta {
  requestId?: string | undefined
}
/** 事务的结果；拒绝也是要保存的结果，因此不抛错，待事务提交后再抛。 */
type Outcome =
  | { kind: 'accepted' | 'replayed'; answer: CommandAnswer }
  | { kind: 'refused'; code: ProblemCode; detail: string; extra: Record<string, unknown> }

/**
 * 刚折叠出的快照，以台账链头为键：链头相同即内容相同，可以省去读回与检验。
 * 事务回滚后链头不会出现在库里，因此留下的条目无害。
 */
const recent = new Map<string, { head: string; snapshot: Snapshot }>()
const mostRecent = 200
function remember(id: string, head: string, snapshot: Snapshot): void {
  recent.delete(id)
  recent.set(id, { head, snapshot })
  if (recent.size > mostRecent) recent.delete(recent.keys().next().value ?? '')
}
function recall(id: string, head: string): Snapshot | null {
  const found = recent.get(id)
  return found?.head === head ? found.snapshot : null
}

/** 箭头上有这些规则之一的命令。 */
const asking = (...rules: RuleId[]): ReadonlySet<CommandType> =>
  new Set(allArrows.flatMap((a) => (a.command && a.arrow.rules?.some((r) => rules.includes(r)) ? [a.command] : [])))
const asksBases = asking('draft.basis-in-force')
const asksPredecessors = asking('validity.renewal')
const asksSubstance = asking('consultation.same-substance', 'assessment.current')

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const requestHash = (command: object): string => sha256(JSON.stringify(command))
const clean = (value: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>

/**
 * 办理一条命令。
 * 返回：新版本、阶段、写入的台账事件及命令自己的结果；同一 `commandId` 再次提交返回同一答复。
 * 拒绝（AppError）：404 无此案卷或者看不到；503 这件案卷前等候的太多、等得太久；412 版本已变；403 无权（附理由）；409 规则不允许（附全部结论）或标识重复使用；422 内容有误。
 */
export async function runCommand(
  office: Office,
  actor: Actor,
  documentId: string,
  command: Command,
  meta: CommandMeta = {},
): Promise<CommandAnswer> {
  let outcome: Outcome
  try {
    outcome = await inLine(`${actor.jurisdiction}/${documentId}`, () =>
      withTransaction(office.commandDb, (tx, last) => execute(office, tx, last, actor, documentId, command, meta), {
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
  if (outcome.kind !== 'refused') {
    office.meters.command(command.type, outcome.kind)
    await passOn(office, actor.jurisdiction, outcome)
    return outcome.answer
  }
  office.meters.command(
    command.type,
    outcome.code === 'stale_version' ? 'stale' : outcome.code === 'forbidden' ? 'forbidden' : 'refused',
  )
  for (const v of (outcome.extra.verdicts as Verdict[] | undefined) ?? [])
    if (!v.holds && v.severity === 'block' && !v.deviation) office.meters.refusal(v.rule)
  throw new AppError(outcome.code, outcome.detail, outcome.extra)
}

/** 本命令要别的案卷随之办理的，办成之后立即送达；一时送不到的留给巡查，不影响本命令的答复。 */
async function passOn(office: Office, jurisdiction: string, outcome: Outcome): Promise<void> {
  if (outcome.kind !== 'accepted') return
  const ids = ((outcome.answer.sends ?? []) as Array<{ id: string }>).map((sent) => sent.id)
  if (ids.length === 0) return
  await deliverSends(office, runCommand, { jurisdiction, ids }).catch((error: unknown) =>
    office.log.error({ err: error }, '发往另一件案卷的命令一时没有送到，留待巡查'),
  )
}

/** 同一命令的两次提交同时到达：后到的重来一次，便读到先到的答复。 */
export const answeredMeanwhile = (problem: DatabaseProblem): boolean =>
  problem.code === '23505' && problem.table === 'command_log'

async function execute(
  office: Office,
  tx: Tx,
  last: Last,
  actor: Actor,
  documentId: string,
  command: Command,
  meta: CommandMeta,
): Promise<Outcome> {
  const jurisdiction = actor.jurisdiction
  const [row] = await lockDocument(tx, [jurisdiction, documentId, command.commandId])
  // 看不到的案卷与没有的案卷是同一答复：权限、版本、阶段的答复都会说出它的情况。公众只能提出意见，由征求意见一处进来。
  if (!row || (actor.kind === 'person' && !mayRead(actor, row))) throw notFound('这份案卷')
  const units = unitsFrom(row.units)
  const hash = requestHash(command)
  if (row.answered !== null) return replay(JSON.parse(row.answered) as Answered, documentId, hash, actor)

  const handler = handlers[command.type] as Handler<CommandType>
  const staff = actor.kind === 'person'
  if (staff && command.expectedVersion !== row.version) {
    // 版本变了，也许正是同一命令的另一次提交所为，而它的答复是在等锁期间写入的。
    const [late] = await findAnswered(tx, { jurisdiction, commandId: command.commandId })
    if (late) return replay(late, documentId, hash, actor)
    return {
      kind: 'refused',
      code: 'stale_version',
      detail: `案卷已是第${row.version}版，您所见为第${command.expectedVersion}版；请查看变化后再办理`,
      extra: { currentVersion: row.version, stage: row.stage },
    }
  }

  requireClock(office, row)
  await office.rules.current(row.rulesRevision, tx)
  const now = office.clock.now()
  const at = now.toISOString()
  const on = dateInShanghai(at)
  const recalled = recall(documentId, row.ledgerHead) ?? restore(JSON.parse(row.snapshot))
  const dossier = await withStatement(tx, recalled.context.dossier)
  const snapshot = dossier === recalled.context.dossier ? recalled : withDossier(recalled, dossier)
  const { type, commandId: _id, expectedVersion: _version, ...payload } = command as Command & Record<string, unknown>

  const permission = may(actor, type, dossier, units, payload)
  const refusal = { jurisdiction, documentId, command, stage: row.stage, now, packVersion: row.packVersion, hash }
  if (!permission.allowed)
    return recordRefusal(office, tx, {
      ...refusal,
      kind: 'forbidden',
      actor: ledgerActor(actor, null, null),
      detail: permission.reason,
      verdicts: [],
      extra: { stage: row.stage },
    })
  const pack = office.rules.pack(jurisdiction, row.packVersion)
  const calendar = office.rules.calendar(jurisdiction)
  const asked = {
    bases: asksBases.has(type),
    substance: asksSubstance.has(type),
    predecessors: asksPredecessors.has(type),
  }
  const approving = type === 'ApproveDeviation' ? permission.as.person : null
  const external = await loadExternal(tx, dossier, pack, on, units, asked, payload, approving)
  const event: LifecycleEvent = {
    type,
    payload,
    meta: { at, on, actor: permission.as, resolved: {} },
    pack,
    calendar,
    external,
  }
  const context: CommandContext = {
    office,
    tx,
    actor,
    as: permission.as,
    jurisdiction,
    documentId,
    commandId: command.commandId,
    dossier,
    facts: factsFor(dossier, event),
    units,
    now,
    at,
    on,
  }
  const who = ledgerActor(actor, permission.as, permission.delegatedFrom)
  const refuse = async (verdicts: Verdict[], outOfStage: boolean): Promise<Outcome> => {
    const failing = verdicts.filter((v) => !v.holds && v.severity === 'block' && !v.deviation)
    const detail = failing.map((v) => v.reason).join('；')
    const extra = {
      verdicts,
      stage: row.stage,
      currentVersion: row.version,
      ...(outOfStage ? { outOfStage: true } : {}),
    }
    return recordRefusal(office, tx, {
      ...refusal,
      kind: 'refused',
      actor: who,
      detail,
      verdicts: withoutTrace(verdicts),
      extra,
    })
  }
  // 阶段不允许的先行说明，免得载荷里的小错掩盖“现在还不到办这件事的时候”。
  const early = decide(snapshot, event)
  if (early.kind === 'refused' && early.outOfStage) return refuse(early.verdicts, true)
  event.meta.resolved = (await handler.resolve?.(context, payload as never)) ?? {}
  const decision = decide(snapshot, event)
  if (decision.kind === 'refused') return refuse(decision.verdicts, decision.outOfStage)
  // 记录在案的只有本命令所判断、出处允许、而且不偏离就不能放行的（紧急情形放宽了时限的，理由照样记录）；
  // 其余的写了也不算，不入案卷与登记库。
  if (payload.deviations !== undefined) {
    const kept = (payload.deviations as Deviation[]).filter((x) => {
      const verdict = decision.verdicts.find((v) => v.rule === x.rule)
      if (verdict?.deviation) return true
      return confirmedEmergency(dossier) && verdict && catalogue[verdict.rule as RuleId]?.deviation !== undefined
    })
    if (kept.length > 0) payload.deviations = kept
    else delete payload.deviations
  }
  if (handler.allocate)
    event.meta.resolved = {
      ...event.meta.resolved,
      ...(await handler.allocate(context, payload as never, event.meta.resolved)),
    }

  const { snapshot: next, records } = step(snapshot, event)
  const after = next.context.dossier
  const stage = stageOf(next.value)
  const verdicts = withoutTrace(decision.verdicts)
  const resolved: Resolved = event.meta.resolved
  const sends = addressed(
    command.commandId,
    (await handler.sends?.({ ...context, next: after }, payload as never, resolved)) ?? [],
  )
  const ledgered = clean({
    ...(handler.ledger ? handler.ledger(payload as never, resolved) : payload),
    ...(sends.length ? { sends } : {}),
  })
  const stored = JSON.stringify(store(next))
  const version = handler.keepsVersion ? row.version : row.version + 1
  const regions = regionsOf(next.value)
  const deadlines = projectDeadlines(office, tx, {
    before: dossier,
    after,
    event: { ...event, pack: office.rules.pack(jurisdiction, after.packVersion) },
    everything: type === 'RecomputeDeadlines' || type === 'MoveToPack',
    current: row.nextDueOn,
  })
  const [extra] = await Promise.all([
    handler.write?.({ ...context, next: after }, payload as never, resolved),
    deadlines.written,
    sends.length
      ? viaOf(tx, jurisdiction, command.commandId).then((via) =>
          insertSends(tx, { jurisdiction, document: documentId, via: [...via, documentId], at: now }, sends),
        )
      : null,
  ])
  const columns = {
    version,
    involvedUnits: involvedUnits(after),
    concernedRoles: concernedRoles(after),
    nextDueOn: deadlines.nextDueOn,
  }
  const answered: Omit<CommandAnswer, 'events'> = {
    id: documentId,
    version,
    stage,
    stageLabel: stageLabels[stage],
    ...(regions ? { regions } : {}),
    warnings: verdicts.filter((v) => !v.holds),
    ...(extra ? clean(extra) : {}),
    ...(sends.length ? { sends } : {}),
  }
  const written = { row: columns, rows: await rowsOf(tx), answer: answerHash(answered) }
  const events = chain(
    row,
    records,
    stored,
    written,
    (name, seq): LedgerBody => ({
      document: documentId,
      seq,
      type: name,
      command: { id: command.commandId, type, request: hash },
      at,
      actor: who,
      // 自动前行的事件没有载荷，其结论按前行时的案卷另记。
      payload: name === records[0] ? ledgered : {},
      verdicts:
        name === records[0] ? verdicts : withoutTrace(judge(automaticRules[name] ?? [], factsFor(after, event))),
      packVersion: after.packVersion,
      stage,
      textHash: after.texts.at(-1)?.hash ?? null,
    }),
  )
  const head = events.at(-1)
  if (!head) throw new Error(`命令 ${type} 没有产生台账事件`)
  await Promise.all(
    events.slice(0, -1).map((e) =>
      insertEvent(tx, {
        jurisdiction,
        document: documentId,
        seq: e.body.seq,
        type: e.body.type,
        commandId: command.commandId,
        at: now,
        body: e.body,
        prevHash: e.prevHash,
        hash: e.hash,
      }),
    ),
  )
  const answer = { ...answered, events: eventsOf(events) } as CommandAnswer
  last(
    settleDocument(tx, [
      jurisdiction,
      documentId,
      head.body.seq,
      head.body.type,
      command.commandId,
      at,
      JSON.stringify(head.body),
      head.prevHash,
      head.hash,
      version,
      stage,
      stored,
      after.packVersion,
      columns.involvedUnits,
      columns.concernedRoles,
      columns.nextDueOn,
      type,
      permission.as.person,
      JSON.stringify(answer),
      hash,
    ]),
  )
  remember(documentId, head.hash, next)
  office.log.info({ document: documentId, command: type, version, stage, requestId: meta.requestId }, '命令已办理')
  return { kind: 'accepted', answer }
}

export type Answered = Pick<
  typeof schema.commandLog.$inferSelect,
  'documentId' | 'person' | 'status' | 'answer' | 'requestHash'
>
function replay(seen: Answered, documentId: string, hash: string, actor: Actor): Outcome {
  const person = actor.kind === 'person' ? actor.person : null
  if (seen.documentId !== documentId || seen.requestHash !== hash || (seen.person ?? null) !== person)
    return {
      kind: 'refused',
      code: 'conflict',
      detail: '这个命令标识（commandId）已用于另一次办理，请换用新的标识',
      extra: {},
    }
  if (seen.status === 200) return { kind: 'replayed', answer: seen.answer as unknown as CommandAnswer }
  const stored = seen.answer as { code: ProblemCode; detail: string; extra: Record<string, unknown> }
  return { kind: 'refused', code: stored.code, detail: stored.detail, extra: stored.extra }
}
export function ledgerActor(actor: Actor, as: ActorFact | null, delegatedFrom: string | null): LedgerActor {
  const person = actor.kind === 'person' ? actor.person : null
  const unit = as?.unit ?? (actor.kind === 'person' ? actor.unit : null)
  const roles = as?.roles ?? (actor.kind === 'person' ? actor.posts.map((p) => p.role) : [actor.kind])
  return { kind: actor.kind, person, unit, roles, ...(delegatedFrom ? { delegatedFrom } : {}) }
}
/** 本事务写入的、属于案卷的各行的摘要。须在写完以后、台账写入以前。 */
export async function rowsOf(tx: Tx): Promise<NonNullable<LedgerBody['rows']>> {
  const [found] = await boundRows(tx, [])
  const rows = JSON.parse(`[${found?.rows ?? ''}]`) as NonNullable<LedgerBody['rows']>
  // 同一行写了两次的，以后一次为准。
  return [...new Map(rows.map((row) => [`${row[0]} ${row[1]}`, row])).values()]
}
/** 答复（事件以外）的摘要：`sha256( "dianzhang/answer/1\n" + 规范JSON )`。 */
export const answerHash = (answered: object): string =>
  sha256(`dianzhang/answer/1\n${canonicalJson(clean(answered as Record<string, unknown>))}`)
export const eventsOf = (events: Array<{ body: LedgerBody; hash: string }>): CommandAnswer['events'] =>
  events.map((e) => ({ seq: e.body.seq, type: e.body.type, label: domainEventLabels[e.body.type], hash: e.hash }))
/** 由上一链头起，逐条算出摘要；最后一条载有 `stored`（其后状态快照的 JSON 原文）的摘要与 `written`。 */
export function chain(
  from: { ledgerSeq: number; ledgerHead: string },
  records: DomainEvent[],
  stored: string,
  written: Required<Pick<LedgerBody, 'row' | 'rows' | 'answer'>>,
  body: (name: DomainEvent, seq: number) => LedgerBody,
): Array<{ body: LedgerBody; prevHash: string; hash: string }> {
  let prev = from.ledgerHead || GENESIS
  return records.map((name, i) => {
    const b = body(name, from.ledgerSeq + i + 1)
    if (i === records.length - 1) Object.assign(b, { state: stateHash(stored, sha256), ...written })
    const hash = eventHash(prev, b, sha256)
    const link = { body: b, prevHash: prev, hash }
    prev = hash
    return link
  })
}
/** 一人在一件案卷上一小时之内最多留下多少条拒绝记录；再多的不再办理、也不再记，答复 429。测试里一件案卷要被拒绝几百次。 */
const mostRefusals: Record<Office['mode'], number> = { serve: 60, demo: 60, test: 100_000 }
const refusalWindow = 3600_000

interface Refusal {
  jurisdiction: string
  documentId: string
  command: Command
  kind: 'refused' | 'forbidden'
  stage: string
  now: Date
  actor: LedgerActor
  detail: string
  verdicts: Verdict[]
  extra: Record<string, unknown>
  packVersion: string
  hash: string
}
/** 记下一次拒绝，并记下对这一命令标识的答复：同一标识再次提交得到同一答复，不再多记一条。 */
async function recordRefusal(office: Office, tx: Tx, r: Refusal): Promise<Outcome> {
  const { refusals: t } = schema
  const [recent] = await tx
    .select({ n: sql<number>`count(*)::int`, first: sql<string | null>`min(${t.at})::text` })
    .from(t)
    .where(
      and(
        eq(t.jurisdictionId, r.jurisdiction),
        eq(t.documentId, r.documentId),
        gt(t.at, new Date(r.now.getTime() - refusalWindow)),
        sql`${t.actor} ->> 'person' is not distinct from ${r.actor.person}`,
      ),
    )
  const reached = (recent?.n ?? 0) >= mostRefusals[office.mode]
  // 系统自己的到期动作不限：它们每项只办一次。
  if (reached && r.actor.kind !== 'system') {
    const again = new Date(recent?.first ?? r.now).getTime() + refusalWindow - r.now.getTime()
    return {
      kind: 'refused',
      code: 'rate_limited',
      detail: `一小时内在这件案卷上已有${recent?.n}次办理未获准许，这一次没有受理，也没有记录。${r.detail}`,
      extra: { retryAfter: Math.max(1, Math.ceil(again / 1000)) },
    }
  }
  await Promise.all([
    tx.insert(t).values({
      jurisdictionId: r.jurisdiction,
      id: randomUUID(),
      documentId: r.documentId,
      commandId: r.command.commandId,
      commandType: r.command.type,
      kind: r.kind,
      stage: r.stage,
      at: r.now,
      actor: r.actor as unknown as Record<string, unknown>,
      detail: r.detail,
      verdicts: r.verdicts,
      packVersion: r.packVersion,
      requestHash: r.hash,
    }),
    insertAnswer(tx, {
      jurisdiction: r.jurisdiction,
      commandId: r.command.commandId,
      document: r.documentId,
      type: r.command.type,
      person: r.actor.person,
      status: problemCodes[r.kind][0],
      answer: {
        code: r.kind,
        detail: r.detail,
        extra: clean({ ...r.extra, ...(r.kind === 'refused' ? { verdicts: r.verdicts } : {}) }),
      },
      requestHash: r.hash,
      at: r.now,
    }),
  ])
  return { kind: 'refused', code: r.kind, detail: r.detail, extra: r.extra }
}

export type { Snapshot }
