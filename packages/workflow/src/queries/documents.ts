// 工作人员的查询：列表、案卷、可办事项、历史、期限、计划。可见范围与写入口同一套规定。
import { addDays, dateInShanghai, daysBetween } from '@dianzhang/calendar'
import { AppError, type CommandType, commandLabels, stageLabels, type Track, type Verdict } from '@dianzhang/contract'
import {
  and,
  arrayOverlaps,
  asc,
  type DbOrTx,
  desc,
  eq,
  gt,
  ilike,
  inArray,
  lt,
  lte,
  not,
  or,
  type SQL,
  schema,
  sql,
} from '@dianzhang/database'
import {
  type Action,
  commandLaw,
  type DomainEvent,
  decide,
  domainEventLabels,
  engine,
  explain,
  factsFor,
  type IssuersChanged,
  issuersChanged,
  type LifecycleEvent,
  type Plan,
  type Progress,
  plan,
  regionsOf,
  restore,
  type Snapshot,
  stageOf,
  standing,
  step,
  withDossier,
} from '@dianzhang/lifecycle'
import {
  type Clock,
  clocks,
  comparePackVersions,
  consultationMinimum,
  type Dossier,
  deviationLines,
  type Facts,
  filingTimes,
  type Pack,
  packVersion,
  previewPackChange,
  type UnitFact,
} from '@dianzhang/rules'
import { issuersGiven } from '../commands/issuers.ts'
import { loadExternal, loadUnits } from '../facts/load-facts.ts'
import { notFound } from '../failures.ts'
import { type LedgerBody, withoutTrace } from '../ledger-record.ts'
import type { Actor, Office } from '../office.ts'
import { decodeCursor, encodeCursor } from '../people/paging.ts'
import { may, mayRead, mayReadText, oversees } from '../policies/may.ts'
import { withStatement } from '../text/statement.ts'

export interface DocumentsQuery {
  stage?: string | undefined
  unit?: string | undefined
  mine?: boolean | undefined
  /** 只看本人办理过的。 */
  done?: boolean | undefined
  /** 只看有期限逾期的。 */
  overdue?: boolean | undefined
  q?: string | undefined
  cursor?: string | undefined
  limit?: number | undefined
}
export interface Page<T> {
  items: T[]
  nextCursor: string | null
}
export interface DocumentSummary {
  id: string
  title: string
  stage: string
  stageLabel: string
  version: number
  tier: string
  draftingUnit: { id: string; name: string }
  leadIssuer: { id: string; name: string }
  nextDueOn: string | null
  /** 距最近期限的工作日数；已逾期或者没有期限时为 null。 */
  remaining: number | null
  overdue: boolean
  createdAt: string
  updatedAt: string
}
const person = (actor: Actor) => {
  if (actor.kind !== 'person') throw new AppError('unauthenticated', '请先登录')
  return actor
}
const named = (units: Record<string, UnitFact>, id: string) => ({ id, name: units[id]?.name ?? id })

/** 此人可见的案卷：SQL 里的同一规定。 */
function visible(actor: Actor): SQL | undefined {
  if (oversees(actor) || actor.kind === 'system') return undefined
  const who = person(actor)
  const units = [...new Set([who.unit, ...who.posts.map((p) => p.unit)])]
  const d = schema.documents
  const roles = [...new Set(who.posts.map((p) => p.role))]
  return or(
    inArray(d.draftingUnit, units),
    arrayOverlaps(d.involvedUnits, units),
    roles.length > 0 ? arrayOverlaps(d.concernedRoles, roles) : undefined,
  )
}
const stage = (...names: string[]) => inArray(sql`split_part(${schema.documents.stage}, '.', 1)`, names)

/** 报送以后、办结以前的期限，不论轮到哪一方：其间案卷都在备案登记人的待办里。 */
const openFiling: Array<Clock['kind']> = [
  'filing_formal_check',
  'filing_review',
  'filing_supplement',
  'filing_resubmit',
  'correction',
]
/** 公布以后，期限在这许多天之内的才列为待办；更远的（有效期、届满前评估）在案卷里看得到。 */
const ahead = 90

/** “我的”：轮到我办的与我起草的。已经终止的没有事可办，已经公布而近期没有期限的也没有，都不在其中。 */
function mine(actor: Actor, today: string): SQL | undefined {
  const who = person(actor)
  const { documents: d, deadlines: t } = schema
  const pressing = or(not(stage('effective')), lte(d.nextDueOn, addDays(today, ahead)))
  const filing = sql`exists (select 1 from ${t} where ${t.jurisdictionId} = ${d.jurisdictionId} and ${t.documentId} = ${d.id}
    and ${t.status} = 'open' and ${inArray(t.kind, openFiling)})`
  const concerned = or(
    and(eq(d.proposedBy, who.person), pressing),
    // 轮到谁办，由各阶段自己说；起草一方、受文的单位只看自己的，其余看全法域的。
    ...who.posts.map((p) => {
      const turn = engine.turnOf(p.role)
      if (turn.length === 0) return undefined
      if (p.role === 'drafter' || p.role === 'unit_head')
        return and(eq(d.draftingUnit, p.unit), stage(...turn), pressing)
      if (p.role === 'registrar') return and(stage(...turn), arrayOverlaps(d.involvedUnits, [p.unit]), filing)
      if (p.role === 'leader' || p.role === 'department_contact')
        return and(stage(...turn), arrayOverlaps(d.involvedUnits, [p.unit]))
      return and(stage(...turn), p.role === 'secretariat' ? pressing : undefined)
    }),
  )
  return and(not(stage('closed')), concerned)
}

/** “已办”：本人办成过命令的。 */
function handled(actor: Actor): SQL {
  const who = person(actor)
  const { commandLog: l, documents: d } = schema
  return sql`exists (select 1 from ${l} where ${l.jurisdictionId} = ${d.jurisdictionId} and ${l.documentId} = ${d.id} and ${l.person} = ${who.person} and ${l.status} = 200)`
}
/** 列表：按更新时间倒序，键集翻页。`limit` 1–100，缺省 20。 */
export async function listDocuments(
  office: Office,
  actor: Actor,
  query: DocumentsQuery,
): Promise<Page<DocumentSummary>> {
  const d = schema.documents
  const limit = query.limit ?? 20
  const today = dateInShanghai(office.clock.now().toISOString())
  const after = query.cursor ? decodeCursor(query.cursor, ['instant', 'text']) : null
  const at = after ? new Date(after[0] ?? '') : null
  const [units, rows] = await Promise.all([
    loadUnits(office.db, actor.jurisdiction),
    office.db
      .select({
        id: d.id,
        title: d.title,
        stage: d.stage,
        version: d.version,
        tier: d.tier,
        draftingUnit: d.draftingUnit,
        leadIssuer: d.leadIssuer,
        nextDueOn: d.nextDueOn,
        createdAt: d.createdAt,
        updatedAt: d.updatedAt,
      })
      .from(d)
      .where(
        and(
          eq(d.jurisdictionId, actor.jurisdiction),
          visible(actor),
          query.stage
            ? or(eq(d.stage, query.stage), sql`${d.stage} like ${`${query.stage.replace(/[%_\\]/g, '\\$&')}.%`}`)
            : undefined,
          query.unit ? eq(d.draftingUnit, query.unit) : undefined,
          query.mine ? mine(actor, today) : undefined,
          query.done ? handled(actor) : undefined,
          query.overdue ? lt(d.nextDueOn, today) : undefined,
          query.q ? ilike(d.title, `%${query.q.replace(/[%_\\]/g, '\\$&')}%`) : undefined,
          after && at ? or(lt(d.updatedAt, at), and(eq(d.updatedAt, at), gt(d.id, after[1] ?? ''))) : undefined,
        ),
      )
      .orderBy(desc(d.updatedAt), asc(d.id))
      .limit(limit + 1),
  ])
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const calendar = office.rules.calendar(actor.jurisdiction)
  return {
    items: page.map((r) => ({
      ...r,
      remaining: r.nextDueOn !== null && r.nextDueOn >= today ? calendar.workdaysBetween(today, r.nextDueOn) : null,
      overdue: r.nextDueOn !== null && r.nextDueOn < today,
      stageLabel: stageLabels[r.stage as keyof typeof stageLabels] ?? r.stage,
      draftingUnit: named(units, r.draftingUnit),
      leadIssuer: named(units, r.leadIssuer),
      createdAt: r.createdAt.toISOString(),
      updatedAt: r.updatedAt.toISOString(),
    })),
    nextCursor: rows.length > limit && last ? encodeCursor([last.updatedAt.toISOString(), last.id]) : null,
  }
}

/** 各阶段的可见案卷数与其中逾期的数目，按阶段先后；`mine` 只计待本人办理的。逾期以 `today`（北京时间今日）为准。 */
export async function countByStage(
  office: Office,
  actor: Actor,
  query: { mine?: boolean | undefined },
): Promise<Array<{ stage: string; stageLabel: string; count: number; overdue: number }>> {
  const d = schema.documents
  const today = dateInShanghai(office.clock.now().toISOString())
  const rows = await office.db
    .select({
      stage: d.stage,
      count: sql<number>`count(*)::int`,
      overdue: sql<number>`(count(*) filter (where ${d.nextDueOn} < ${today}))::int`,
    })
    .from(d)
    .where(and(eq(d.jurisdictionId, actor.jurisdiction), visible(actor), query.mine ? mine(actor, today) : undefined))
    .groupBy(d.stage)
  const order = Object.keys(stageLabels)
  return rows
    .map((r) => ({ ...r, stageLabel: stageLabels[r.stage as keyof typeof stageLabels] ?? r.stage }))
    .sort((a, b) => order.indexOf(a.stage) - order.indexOf(b.stage))
}

export interface OpenedDocument {
  row: typeof schema.documents.$inferSelect
  snapshot: Snapshot
  dossier: Dossier
  units: Record<string, UnitFact>
}
/** 取一份可见的案卷；不存在与不可见同样答复 404。 */
export async function openDocument(db: DbOrTx, actor: Actor, id: string): Promise<OpenedDocument> {
  const d = schema.documents
  const [[row], units] = await Promise.all([
    db
      .select()
      .from(d)
      .where(and(eq(d.jurisdictionId, actor.jurisdiction), eq(d.id, id))),
    loadUnits(db, actor.jurisdiction),
  ])
  if (!row) throw notFound('这份案卷')
  const snapshot = restore(row.snapshot)
  if (!mayRead(actor, row)) throw notFound('这份案卷')
  return { row, snapshot, dossier: snapshot.context.dossier, units }
}
/** 核对此人看得到这件案卷；不存在与不可见同样答复 404。只读一行。 */
export async function requireVisible(office: Office, actor: Actor, id: string): Promise<void> {
  const d = schema.documents
  const [row] = await office.db
    .select({ draftingUnit: d.draftingUnit, involvedUnits: d.involvedUnits, concernedRoles: d.concernedRoles })
    .from(d)
    .where(and(eq(d.jurisdictionId, actor.jurisdiction), eq(d.id, id)))
  if (!row || !mayRead(actor, row)) throw notFound('这份案卷')
}
/** 同一案卷，现文本带上自述：旧案卷没有存的在此补读，供规则比对。 */
export async function withText(db: DbOrTx, opened: OpenedDocument): Promise<OpenedDocument> {
  const dossier = await withStatement(db, opened.dossier)
  return dossier === opened.dossier ? opened : { ...opened, dossier, snapshot: withDossier(opened.snapshot, dossier) }
}
export async function circumstance(
  office: Office,
  actor: Actor,
  opened: OpenedDocument,
  pack?: Pack,
): Promise<Omit<LifecycleEvent, 'type' | 'payload'>> {
  const at = office.clock.now().toISOString()
  const on = dateInShanghai(at)
  const applied = pack ?? office.rules.pack(actor.jurisdiction, opened.row.packVersion)
  const external = await loadExternal(office.db, opened.dossier, applied, on, opened.units, {
    bases: true,
    substance: true,
    predecessors: true,
  })
  const as = {
    person: actor.kind === 'person' ? actor.person : null,
    unit: actor.kind === 'person' ? actor.unit : null,
    roles: actor.kind === 'person' ? actor.posts.map((p) => p.role) : [actor.kind],
  }
  return {
    meta: { at, on, actor: as, resolved: {} },
    pack: applied,
    calendar: office.rules.calendar(actor.jurisdiction),
    external,
  }
}
/** 人员标识 → 显示名称（角色名，不含个人信息以外的内容）。 */
export async function peopleNames(
  office: Office,
  jurisdiction: string,
  ids: Array<string | null>,
): Promise<Record<string, string>> {
  const wanted = [...new Set(ids.filter((x) => x !== null))]
  if (wanted.length === 0) return {}
  const p = schema.people
  const rows = await office.db
    .select({ id: p.id, name: p.name })
    .from(p)
    .where(and(eq(p.jurisdictionId, jurisdiction), inArray(p.id, wanted)))
  return Object.fromEntries(rows.map((r) => [r.id, r.name]))
}

type Quoting = { quote?: string | undefined }
const unquoted = <T extends Quoting>({ quote: _, ...rest }: T): Omit<T, 'quote'> => rest
/** 审核意见摘引的原话、文本的自述也是未公布的文字：不能看文本的人看得到意见，看不到摘引。 */
function withoutQuotes(d: Dossier): Dossier {
  const review = (r: NonNullable<Dossier['review']>) => ({
    ...r,
    opinion: r.opinion && { ...r.opinion, points: r.opinion.points.map(unquoted) },
  })
  return {
    ...d,
    review: d.review && review(d.review),
    reviewHistory: d.reviewHistory.map(review),
    texts: d.texts.map(({ says: _, ...text }) => text),
  }
}

/** 各轨道的报送，连同退回后应于何日重新报送、迟了几日。 */
const withTimes = (d: Dossier, facts: Facts): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(d.filings).map(([track, filing]) => {
      const { filedOn: standsFrom, ...times } = filingTimes(facts, track as Track) ?? { filedOn: null }
      return [track, { ...filing, standsFrom, ...times }]
    }),
  )

/** 案卷：程序事实、当前文本的摘要、期限、自动前行还差什么。不含正文。 */
export async function getDocument(office: Office, actor: Actor, id: string): Promise<Record<string, unknown>> {
  const opened = await openDocument(office.db, actor, id)
  const { row, snapshot, dossier, units } = opened
  const now = await circumstance(office, actor, opened)
  const { progress } = explain(snapshot, now)
  const facts = factsFor(dossier, { ...now, type: 'RecomputeDeadlines', payload: {} })
  const deadlines = clocks(facts)
  const people = await peopleNames(office, actor.jurisdiction, [
    dossier.proposedBy,
    ...dossier.editors,
    ...dossier.signatures.map((s) => s.person),
    dossier.review?.opinion?.by ?? null,
    dossier.review?.submittedBy ?? null,
    ...dossier.deviations.flatMap((r) => [r.askedBy, r.approver]),
    dossier.classification.emergency?.approver ?? null,
  ])
  const mentioned = [
    dossier.draftingUnit,
    ...row.involvedUnits,
    dossier.review?.opinion?.unit ?? '',
    ...dossier.fairCompetition.map((f) => f.unit),
  ]
  return {
    ...(mayReadText(actor) ? dossier : withoutQuotes(dossier)),
    id: row.id,
    version: row.version,
    stage: row.stage,
    stageLabel: stageLabels[row.stage as keyof typeof stageLabels] ?? row.stage,
    regions: regionsOf(snapshot.value),
    filings: withTimes(dossier, facts),
    issuers: dossier.issuers.map((i) => named(units, i)),
    draftingUnit: named(units, dossier.draftingUnit),
    text: (mayReadText(actor) ? dossier : withoutQuotes(dossier)).texts.at(-1) ?? null,
    comments: now.external.comments,
    basisStatus: now.external.bases,
    deviations: deviationLines(dossier),
    standing: standing(dossier, facts),
    progress: progress.map((p) => ({ ...p, verdicts: withoutTrace(p.verdicts) })),
    deadlines: deadlines.map(({ trace: _, ...c }) => c),
    ledger: { seq: row.ledgerSeq, head: row.ledgerHead },
    units: Object.fromEntries([...new Set(mentioned)].filter((u) => units[u]).map((u) => [u, units[u]?.name])),
    people,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

export interface ActionForPerson {
  command: string
  label: string
  allowed: boolean
  by: string[]
  verdicts: Verdict[]
  basis: Action['basis']
  cases: Array<{ when: Record<string, unknown> | null; to: string | null; open: boolean }>
}
/** 当前阶段的每一条命令：此人能否办理，不能的话差什么、依据何在、最早何日、谁能办。 */
export async function getActions(office: Office, actor: Actor, id: string): Promise<ActionForPerson[]> {
  const opened = await withText(office.db, await openDocument(office.db, actor, id))
  const now = await circumstance(office, actor, opened)
  const permissionOf = (command: CommandType) => may(actor, command, opened.dossier, opened.units)
  // 以实际办理的任职判断（起草与审核分离等规则与人有关）。
  const actorFor = (command: CommandType) => {
    const permission = permissionOf(command)
    return permission.allowed ? permission.as : now.meta.actor
  }
  return explain(opened.snapshot, now, actorFor).actions.map((action) => {
    const permission = permissionOf(action.command)
    const verdicts = [...action.verdicts]
    if (!permission.allowed)
      verdicts.unshift({
        rule: 'role.permitted',
        title: '由规定的角色办理',
        holds: false,
        severity: 'block',
        reason: permission.reason,
        basis: commandLaw[action.command].basis,
        by: [...commandLaw[action.command].by],
      })
    return {
      command: action.command,
      label: commandLabels[action.command],
      allowed: permission.allowed && action.open,
      by: [...action.by],
      verdicts,
      basis: action.basis,
      cases: action.cases.map((c) => ({ when: c.when as Record<string, unknown> | null, to: c.to, open: c.open })),
    }
  })
}

/** 台账：谁、何时、依何规则办了何事。按序号升序，键集翻页。 */
export async function getHistory(
  office: Office,
  actor: Actor,
  id: string,
  query: { cursor?: string | undefined; limit?: number | undefined },
): Promise<Page<Record<string, unknown>>> {
  await openDocument(office.db, actor, id)
  const e = schema.ledgerEvents
  const limit = query.limit ?? 100
  const from = query.cursor ? Number(decodeCursor(query.cursor, ['number'])[0]) : 0
  const rows = await office.db
    .select()
    .from(e)
    .where(and(eq(e.jurisdictionId, actor.jurisdiction), eq(e.documentId, id), gt(e.seq, from)))
    .orderBy(asc(e.seq))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const bodies = page.map((r) => r.body as unknown as LedgerBody)
  const [people, units] = await Promise.all([
    peopleNames(
      office,
      actor.jurisdiction,
      bodies.map((b) => b.actor.person),
    ),
    loadUnits(office.db, actor.jurisdiction),
  ])
  return {
    items: page.map((r, i) => {
      const b = bodies[i] as LedgerBody
      const { points } = b.payload
      return {
        ...b,
        ...(Array.isArray(points) && !mayReadText(actor)
          ? {
              payload: {
                ...b.payload,
                points: (points as Quoting[]).map((x) => (typeof x === 'object' ? unquoted(x) : x)),
              },
            }
          : {}),
        seq: r.seq,
        label: domainEventLabels[r.type as DomainEvent] ?? r.type,
        commandLabel: commandLabels[b.command.type as keyof typeof commandLabels] ?? b.command.type,
        actor: {
          ...b.actor,
          name: b.actor.person ? (people[b.actor.person] ?? null) : b.actor.kind === 'system' ? '系统' : '社会公众',
          unitName: b.actor.unit ? (units[b.actor.unit]?.name ?? null) : null,
        },
        prevHash: r.prevHash,
        hash: r.hash,
      }
    }),
    nextCursor: rows.length > limit ? encodeCursor([String(page.at(-1)?.seq ?? 0)]) : null,
  }
}
/** 被拒绝的办理，新的在前，键集翻页。`limit` 缺省 100。 */
export async function getRefusals(
  office: Office,
  actor: Actor,
  id: string,
  query: { cursor?: string | undefined; limit?: number | undefined } = {},
): Promise<Page<Record<string, unknown>>> {
  await openDocument(office.db, actor, id)
  const r = schema.refusals
  const limit = query.limit ?? 100
  const after = query.cursor ? decodeCursor(query.cursor, ['instant', 'text']) : null
  const at = after ? new Date(after[0] ?? '') : null
  const rows = await office.db
    .select()
    .from(r)
    .where(
      and(
        eq(r.jurisdictionId, actor.jurisdiction),
        eq(r.documentId, id),
        after && at ? or(lt(r.at, at), and(eq(r.at, at), gt(r.id, after[1] ?? ''))) : undefined,
      ),
    )
    .orderBy(desc(r.at), asc(r.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map((x) => ({
      id: x.id,
      commandType: x.commandType,
      commandLabel: commandLabels[x.commandType as keyof typeof commandLabels] ?? x.commandType,
      kind: x.kind,
      stage: x.stage,
      at: x.at.toISOString(),
      actor: x.actor,
      detail: x.detail,
      verdicts: x.verdicts,
      packVersion: x.packVersion,
    })),
    nextCursor: rows.length > limit && last ? encodeCursor([last.at.toISOString(), last.id]) : null,
  }
}
/** 每个时钟：起算、届满、停止区间、是否暂定、逐日过程、依据。 */
export async function getDeadlines(
  office: Office,
  actor: Actor,
  id: string,
): Promise<
  Array<Clock & { start: string; due: string; overdue: boolean; daysLate: number; remaining: number | null }>
> {
  const opened = await openDocument(office.db, actor, id)
  const now = await circumstance(office, actor, opened)
  const today = now.meta.on
  return clocks(factsFor(opened.dossier, { ...now, type: 'RecomputeDeadlines', payload: {} })).map((c) => ({
    ...c,
    start: c.startsOn,
    due: c.dueOn,
    overdue: c.status === 'open' && c.dueOn < today,
    // 迟了几日：未了的以今日计，已了的以办结之日计。
    daysLate:
      c.status === 'cancelled' || c.status === 'paused' ? 0 : Math.max(0, daysBetween(c.dueOn, c.metOn ?? today)),
    remaining: c.status === 'open' && c.dueOn >= today ? now.calendar.workdaysBetween(today, c.dueOn) : null,
  }))
}
/** 自今日起，其余各阶段依法最早的日期。 */
export async function getPlan(office: Office, actor: Actor, id: string): Promise<Plan> {
  const opened = await openDocument(office.db, actor, id)
  return plan(opened.snapshot, await circumstance(office, actor, opened))
}
export interface IssuersPreview extends IssuersChanged {
  before: Array<{ id: string; name: string }>
  after: Array<{ id: string; name: string }>
  /** 变更以后所处的阶段；不能变更的为空，缘由见 `verdicts`。 */
  to: string | null
  verdicts: Verdict[]
}
/** 变更制定机关的预览：能否变更、去往哪里，哪些须重新办理、哪些照旧。404 不可见；422 单位有误。 */
export async function previewIssuers(
  office: Office,
  actor: Actor,
  id: string,
  given: readonly string[],
): Promise<IssuersPreview> {
  const opened = await openDocument(office.db, actor, id)
  const { dossier, units, snapshot } = opened
  const issuers = issuersGiven(units, dossier, given)
  const now = await circumstance(office, actor, opened)
  const event = {
    ...now,
    type: 'ChangeIssuers' as const,
    payload: { issuers, reason: '' },
    meta: { ...now.meta, resolved: { units: issuers } },
  }
  const decision = decide(snapshot, event)
  return {
    ...issuersChanged(dossier, issuers, (unit) => units[unit]?.name ?? unit, factsFor(dossier, event)),
    before: dossier.issuers.map((i) => named(units, i)),
    after: issuers.map((i) => named(units, i)),
    to: decision.kind === 'granted' ? stageOf(step(snapshot, event).snapshot.value) : null,
    verdicts: withoutTrace(decision.verdicts),
  }
}
/** 一件在办案卷改用现行一版会变动的期限。 */
export interface AffectedDocument {
  id: string
  title: string
  stage: string
  stageLabel: string
  from: string
  to: string
  /** 不同的参数项数；逐项见改用的预览。 */
  parameters: number
  deadlines: Array<{ key: string; label: string; before: string | null; after: string | null }>
}
/**
 * 依旧版规则包办理、改用现行一版以后期限会变动的案卷（征求意见的最低截止日、审核、公布、备案各期限），供人逐件预览后改用；
 * 系统不自行改动。看不到的案卷不列。
 */
export async function affectedByNewerPack(office: Office, actor: Actor): Promise<AffectedDocument[]> {
  const { jurisdiction } = actor
  const on = dateInShanghai(office.clock.now().toISOString())
  const to = office.rules.latest(jurisdiction, on)
  const d = schema.documents
  const [rows, units] = await Promise.all([
    office.db
      .select()
      .from(d)
      .where(
        and(
          eq(d.jurisdictionId, jurisdiction),
          sql`${d.packVersion} <> ${to.version}`,
          sql`${d.stage} not like 'closed%'`,
        ),
      )
      .orderBy(desc(d.updatedAt))
      .limit(1000),
    loadUnits(office.db, jurisdiction),
  ])
  const target = packVersion(to.version)
  const affected: AffectedDocument[] = []
  for (const row of rows) {
    const current = packVersion(row.packVersion)
    if (!mayRead(actor, row) || !current || !target || comparePackVersions(current, target) >= 0) continue
    const snapshot = restore(row.snapshot)
    const { dossier } = snapshot.context
    const from = office.rules.pack(jurisdiction, row.packVersion)
    const factsOn = async (pack: Pack): Promise<Facts> => {
      const now = await circumstance(office, actor, { row, snapshot, dossier, units }, pack)
      return factsFor(dossier, { ...now, type: 'RecomputeDeadlines', payload: {} })
    }
    const [before, after] = await Promise.all([factsOn(from), factsOn(to)])
    const deadlines = changedDeadlines(before, after)
    if (deadlines.length === 0) continue
    affected.push({
      id: row.id,
      title: dossier.title,
      stage: row.stage,
      stageLabel: stageLabels[row.stage as keyof typeof stageLabels] ?? row.stage,
      from: from.version,
      to: to.version,
      parameters: previewPackChange(from, to).length,
      deadlines,
    })
  }
  return affected
}
/** 尚未了结、两版之下日期不同的期限；正在征求意见的，另列依法最早的截止日（公告的截止日是承诺，不自行移动）。 */
function changedDeadlines(before: Facts, after: Facts): AffectedDocument['deadlines'] {
  const open = (f: Facts) => clocks(f).filter((c) => c.status === 'open' || c.status === 'paused')
  const old = new Map(open(before).map((c) => [c.key, c]))
  const now = new Map(open(after).map((c) => [c.key, c]))
  const changed = [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)]
    return was?.dueOn === is?.dueOn
      ? []
      : [{ key, label: (is ?? was)?.label ?? key, before: was?.dueOn ?? null, after: is?.dueOn ?? null }]
  })
  const rounds = before.dossier.consultations
    .filter((r) => r.closedAt === null && !r.shortened)
    .flatMap((r) => {
      const [was, is] = [consultationMinimum(before, r.opensOn).due, consultationMinimum(after, r.opensOn).due]
      const short = r.closesOn < is ? `（公告截止${r.closesOn}，须延长）` : ''
      return was === is
        ? []
        : [
            {
              key: `consultation-minimum:${r.id}`,
              label: `公开征求意见依法最早的截止日${short}`,
              before: was,
              after: is,
            },
          ]
    })
  return [...changed, ...rounds]
}
/** 改用另一版规则包会有何不同：参数、期限、可办事项。 */
export async function previewPack(
  office: Office,
  actor: Actor,
  id: string,
  version: string,
): Promise<Record<string, unknown>> {
  const opened = await openDocument(office.db, actor, id)
  const known = office.rules.versions(actor.jurisdiction)
  const to = known.find((p) => p.version === version)
  if (!to) throw notFound(`规则包${version}`)
  const from = office.rules.pack(actor.jurisdiction, opened.row.packVersion)
  const [before, after] = await Promise.all([
    circumstance(office, actor, opened, from),
    circumstance(office, actor, opened, to),
  ])
  const clocksOf = (now: typeof before) =>
    clocks(factsFor(opened.dossier, { ...now, type: 'RecomputeDeadlines', payload: {} }))
  const old = new Map(clocksOf(before).map((c) => [c.key, c]))
  const oldActions = new Map<string, Action>(explain(opened.snapshot, before).actions.map((a) => [a.command, a]))
  return {
    from: from.version,
    to: to.version,
    parameters: previewPackChange(from, to),
    deadlines: clocksOf(after)
      .filter((c) => old.get(c.key)?.dueOn !== c.dueOn)
      .map((c) => ({ key: c.key, label: c.label, before: old.get(c.key)?.dueOn ?? null, after: c.dueOn })),
    actions: explain(opened.snapshot, after)
      .actions.filter((a) => oldActions.get(a.command)?.open !== a.open)
      .map((a) => ({
        command: a.command,
        label: a.label,
        before: oldActions.get(a.command)?.open ?? false,
        after: a.open,
        verdicts: withoutTrace(a.verdicts.filter((v) => !v.holds)),
      })),
  }
}
export type { Plan, Progress }
export { mayReadText, stageOf }
