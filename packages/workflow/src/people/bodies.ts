// 会议与机构：各机关的会议、政府的合法性审核机构。依规则包随单位建立，管理员可以增加、停用与恢复；不删除，旧案卷还要指向它们。
import { randomUUID } from 'node:crypto'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError, type BodyChange, type BodyInput } from '@dianzhang/contract'
import { and, asc, type DbOrTx, eq, schema, withTransaction } from '@dianzhang/database'
import { type Pack, standardBodies } from '@dianzhang/rules'
import { loadUnits } from '../facts/load-facts.ts'
import { invalid, notFound } from '../failures.ts'
import type { Office } from '../office.ts'
import type { Person } from './actor.ts'
import { recordOfficeAct, requireAdmin } from './office-acts.ts'

const { bodies, units } = schema

export interface BodyRow {
  id: string
  name: string
  kind: 'meeting' | 'review'
  unit: string
  unitName: string
  /** 会议的种类；审核机构为空。 */
  form: string | null
  /** 审核机构设在哪个单位；会议为空。 */
  seat: string | null
  active: boolean
}

/**
 * 使各单位都有规则包所列的会议与审核机构：缺的补上，随单位改名的改名；停用的不恢复，管理员增加的不动。
 * 可以反复运行；旧数据库在程序启动时由此补齐。
 */
export async function ensureBodies(db: DbOrTx, jurisdiction: string, pack: Pack): Promise<void> {
  const known = await loadUnits(db, jurisdiction)
  const present = new Map(
    (await db.select().from(bodies).where(eq(bodies.jurisdictionId, jurisdiction))).map((b) => [b.id, b]),
  )
  const wanted = Object.values(known).flatMap((u) => standardBodies(pack, u, known))
  const missing = wanted.filter((b) => !present.has(b.id))
  if (missing.length > 0)
    await db
      .insert(bodies)
      .values(
        missing.map((b) => ({
          jurisdictionId: jurisdiction,
          id: b.id,
          name: b.name,
          kind: b.kind,
          unitId: b.unit,
          form: b.form,
          seatId: b.seat,
          sort: wanted.indexOf(b),
        })),
      )
      .onConflictDoNothing()
  for (const b of wanted) {
    const old = present.get(b.id)
    if (old && (old.name !== b.name || old.seatId !== b.seat))
      await db
        .update(bodies)
        .set({ name: b.name, seatId: b.seat })
        .where(and(eq(bodies.jurisdictionId, jurisdiction), eq(bodies.id, b.id)))
  }
}
/** {@link ensureBodies}，用该法域现行的规则包；没有规则包的法域不做什么。 */
export async function ensureCurrentBodies(office: Office, db: DbOrTx, jurisdiction: string): Promise<void> {
  if (office.rules.versions(jurisdiction).length === 0) return
  const today = dateInShanghai(office.clock.now().toISOString())
  await ensureBodies(db, jurisdiction, office.rules.latest(jurisdiction, today))
}

/** 本法域的会议与机构，依单位次序；停用的也在其中（`active` 为假）。 */
export async function listBodies(
  office: Office,
  actor: Person,
  query: { unit?: string | undefined; kind?: BodyRow['kind'] | undefined } = {},
): Promise<BodyRow[]> {
  const rows = await office.db
    .select({
      id: bodies.id,
      name: bodies.name,
      kind: bodies.kind,
      unit: bodies.unitId,
      unitName: units.name,
      form: bodies.form,
      seat: bodies.seatId,
      active: bodies.active,
    })
    .from(bodies)
    .innerJoin(units, and(eq(units.jurisdictionId, bodies.jurisdictionId), eq(units.id, bodies.unitId)))
    .where(
      and(
        eq(bodies.jurisdictionId, actor.jurisdiction),
        query.unit === undefined ? undefined : eq(bodies.unitId, query.unit),
        query.kind === undefined ? undefined : eq(bodies.kind, query.kind),
      ),
    )
    .orderBy(asc(units.sort), asc(units.id), asc(bodies.sort), asc(bodies.id))
  return rows as BodyRow[]
}

/**
 * 登记一个会议或者审核机构。拒绝：非管理员（403）；所属机关、所在单位不存在，会议没有写明种类（422）；名称已有（409）。
 */
export async function addBody(office: Office, actor: Person, input: BodyInput): Promise<{ id: string }> {
  requireAdmin(actor)
  return withTransaction(office.db, async (tx) => {
    const known = await loadUnits(tx, actor.jurisdiction)
    const wrong: Array<[string, string]> = []
    if (!known[input.unit]) wrong.push(['unit', '没有这个单位'])
    if (input.seat && !known[input.seat]) wrong.push(['seat', '没有这个单位'])
    if (wrong.length > 0) throw invalid(...wrong)
    const id = randomUUID()
    const values = {
      name: input.name,
      kind: input.kind,
      unitId: input.unit,
      form: input.kind === 'meeting' ? (input.form ?? null) : null,
      seatId: input.kind === 'review' ? (input.seat ?? null) : null,
    }
    const made = await tx
      .insert(bodies)
      .values({ jurisdictionId: actor.jurisdiction, id, sort: 1000, ...values })
      .onConflictDoNothing()
      .returning({ id: bodies.id })
    if (made.length === 0)
      throw new AppError('conflict', `已有名为“${input.name}”的会议或者机构。`, {
        issues: [{ path: 'name', message: '名称已有' }],
      })
    await recordOfficeAct(tx, office, actor, 'body_added', id, values, input.reason)
    return { id }
  })
}

/** 依规则包随单位建立的，名称、种类、所在单位随规则包与单位，不单独更正。 */
const isStandard = (id: string): boolean => id.includes(':')

/**
 * 停用、恢复、更正一个会议或者审核机构；已有的决定与意见不受影响。
 * 拒绝：非管理员（403），没有这一项（404），所见的已由他人变更（412），随规则包建立的要改名称种类、单位不存在（422），名称已有（409）。
 */
export async function changeBody(
  office: Office,
  actor: Person,
  id: string,
  input: BodyChange,
): Promise<{ id: string; active: boolean; name: string }> {
  requireAdmin(actor)
  return withTransaction(office.db, async (tx) => {
    const own = and(eq(bodies.jurisdictionId, actor.jurisdiction), eq(bodies.id, id))
    const [before] = await tx.select().from(bodies).where(own).for('update')
    if (!before) throw notFound('这个会议或者机构')
    const seen = (b: { name: string; form?: string | null; seat?: string | null; active: boolean }): string =>
      JSON.stringify([b.name, b.form || '', b.seat || '', b.active])
    if (input.seen && seen(input.seen) !== seen({ ...before, seat: before.seatId }))
      throw new AppError('stale_version', `“${before.name}”已由他人变更，没有覆盖；请看过现在的内容再办。`)
    const meeting = before.kind === 'meeting'
    const next = {
      name: input.name ?? before.name,
      form: meeting ? (input.form ?? before.form) : null,
      seatId: meeting ? null : (input.seat ?? before.seatId),
      active: input.active ?? before.active,
    }
    const named = next.name !== before.name || next.form !== before.form || next.seatId !== before.seatId
    if (named && isStandard(id))
      throw invalid(['name', '随规则包与单位建立的，名称、种类、所在单位随之而定；可以停用，另行登记一个'])
    if (
      next.seatId !== null &&
      next.seatId !== before.seatId &&
      !(await loadUnits(tx, actor.jurisdiction))[next.seatId]
    )
      throw invalid(['seat', '没有这个单位'])
    if (next.name !== before.name) {
      const [taken] = await tx
        .select({ id: bodies.id })
        .from(bodies)
        .where(and(eq(bodies.jurisdictionId, actor.jurisdiction), eq(bodies.name, next.name)))
      if (taken)
        throw new AppError('conflict', `已有名为“${next.name}”的会议或者机构。`, {
          issues: [{ path: 'name', message: '名称已有' }],
        })
    }
    await tx.update(bodies).set(next).where(own)
    await recordOfficeAct(tx, office, actor, 'body_changed', id, next, input.reason)
    return { id, active: next.active, name: next.name }
  })
}
