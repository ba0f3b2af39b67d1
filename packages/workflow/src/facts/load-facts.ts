// 规则所需、案卷之外的事实：单位与制定主体清单、意见数、所引依据的效力、受理备案的单位。
import { actsAsOf, type KnownFact, knownOn } from '@dianzhang/acts'
import { dateInShanghai } from '@dianzhang/calendar'
import type { Track } from '@dianzhang/contract'
import { and, asc, type DbOrTx, desc, eq, inArray, isNotNull, or, schema, sql } from '@dianzhang/database'
import { parseNumber } from '@dianzhang/numbering'
import type { Pack } from '@dianzhang/packs'
import { registeredActs, type StatusFacts, statusOn, titleKey, titleKeySql, useOf } from '@dianzhang/register'
import {
  type ActFact,
  type BasisStatus,
  type Dossier,
  type ExternalFacts,
  type FileFact,
  type Predecessor,
  standingForce,
  type UnitFact,
} from '@dianzhang/rules'
import { textWork } from '@dianzhang/text-work'
import { loadMissingClauses } from './load-clauses.ts'
import { loadNamed } from './load-named.ts'
import { loadBurdens, loadSubstance } from './load-substance.ts'

type UnitRow = typeof schema.units.$inferSelect
type BodyRow = typeof schema.bodies.$inferSelect
const byId = (rows: UnitRow[], bodies: BodyRow[]): Record<string, UnitFact> =>
  Object.fromEntries(
    rows.map((u) => [
      u.id,
      {
        id: u.id,
        name: u.name,
        kind: u.kind as UnitFact['kind'],
        parent: u.parentId,
        eligible: u.eligible,
        eligibleSince: u.eligibleSince,
        eligibleUntil: u.eligibleUntil,
        bodies: bodies
          .filter((b) => b.unitId === u.id)
          .map((b) => ({
            id: b.id,
            name: b.name,
            kind: b.kind as 'meeting' | 'review',
            unit: b.unitId,
            form: b.form,
            seat: b.seatId,
          })),
      },
    ]),
  )
/** 法域全部单位（连同各自现行的会议与审核机构），以代码为键。 */
export async function loadUnits(db: DbOrTx, jurisdiction: string): Promise<Record<string, UnitFact>> {
  const { units, bodies } = schema
  const [rows, organs] = await Promise.all([
    db.select().from(units).where(eq(units.jurisdictionId, jurisdiction)),
    db
      .select()
      .from(bodies)
      .where(and(eq(bodies.jurisdictionId, jurisdiction), eq(bodies.active, true)))
      .orderBy(bodies.sort, bodies.id),
  ])
  return byId(rows, organs)
}
/** 收到的意见总数与尚未处理的件数。 */
async function loadComments(db: DbOrTx, d: Dossier): Promise<ExternalFacts['comments']> {
  if (d.consultations.length === 0) return { total: 0, undisposed: 0 }
  const { comments, commentDispositions } = schema
  const [row] = await db
    .select({
      total: sql<number>`count(*)::int`,
      undisposed: sql<number>`count(*) filter (where not exists (select 1 from ${commentDispositions} x where x.jurisdiction_id = ${comments.jurisdictionId} and x.comment_id = ${comments.id}))::int`,
    })
    .from(comments)
    .where(and(eq(comments.jurisdictionId, d.jurisdiction), eq(comments.documentId, d.id)))
  return row ?? { total: 0, undisposed: 0 }
}

const properNumber = (text: string): string => parseNumber(text).normalized ?? text
/** 国务院令、主席令常省去“中华人民共和国”：比对时一律写全。 */
const fullNumber = (text: string): string => properNumber(text).replace(/^(?=国务院令|主席令)/, '中华人民共和国')

/** 一件文件作为依据的效力：日期到了而没有公布于众的，不是现行有效。 */
function basisStatus(row: StatusFacts & { disclosure: string }, today: string): BasisStatus['status'] {
  const { status } = statusOn(row, today)
  return row.disclosure !== 'active' && (status === 'in_force' || status === 'amended') ? 'withheld' : status
}
/** 所引依据在今日的效力；登记库中没有的为 unknown。 */
async function loadBases(db: DbOrTx, d: Dossier, today: string): Promise<BasisStatus[]> {
  if (d.bases.length === 0) return []
  const { registerEntries } = schema
  const titles = [...new Set(d.bases.map((b) => b.title.replace(/^《|》$/g, '')))]
  const numbers = [
    ...new Set(d.bases.flatMap((b) => (b.docNo ? [b.docNo, properNumber(b.docNo), fullNumber(b.docNo)] : []))),
  ]
  const rows = await db
    .select({
      title: registerEntries.title,
      documentNumber: registerEntries.documentNumber,
      effectiveDate: registerEntries.effectiveDate,
      publishedOn: registerEntries.publishedOn,
      validUntil: registerEntries.validUntil,
      forceEvents: registerEntries.forceEvents,
      origin: registerEntries.origin,
      sourceStatus: registerEntries.sourceStatus,
      disclosure: registerEntries.disclosure,
      recordedOn: sql<string>`to_char(${registerEntries.createdAt} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
    })
    .from(registerEntries)
    .where(
      or(
        inArray(registerEntries.title, titles),
        numbers.length ? inArray(registerEntries.documentNumber, numbers) : undefined,
      ),
    )
    .limit(200)
  const registered = await registeredActs(db, d.jurisdiction)
  return d.bases.map((b) => {
    const title = b.title.replace(/^《|》$/g, '')
    // 写了文号的以文号为准（写法不规范的按规范写法比对）；登记库中没有文号的仍看名称。
    const found = rows.filter((r) =>
      b.docNo && r.documentNumber ? fullNumber(r.documentNumber) === fullNumber(b.docNo) : r.title === title,
    )
    const statuses = found.map((r) => ({ row: r, status: basisStatus(r, today) }))
    // 同名多件（历次版本）时，有一件现行有效即为有效。
    const best = statuses.find((s) => s.status === 'in_force') ?? statuses[0]
    // 本地登记库没有的，查手工登记的上位法，再查上位法目录；目录里也没有的仍是未知，不是失效。
    if (!best)
      return {
        title,
        ...(b.docNo ? { docNo: b.docNo } : {}),
        ...actStatus(registered, title, b.docNo, today),
      }
    const since = standingForce(best.row.forceEvents).at(-1)?.on
    return { title, ...(b.docNo ? { docNo: b.docNo } : {}), status: best.status, ...(since ? { since } : {}) }
  })
}

/** 上位法的效力：登记的与目录的合起来看，注明据何处、截至何日。写了文号的，登记的文号不同的不算。 */
function actStatus(
  acts: readonly KnownFact[],
  title: string,
  docNo: string | undefined,
  today: string,
): Pick<BasisStatus, 'status' | 'since' | 'listed'> {
  const numbered = docNo
    ? acts.filter((act) => act.documentNumber !== null && fullNumber(act.documentNumber) === fullNumber(docNo))
    : []
  // 文号相同的，名称写得不同也是它。
  const found = numbered[0]
    ? knownOn(numbered, numbered[0].title, today)
    : knownOn(docNo ? acts.filter((act) => act.documentNumber === null) : acts, title, today)
  if (found === null) return { status: 'unknown' }
  return {
    status: found.status,
    ...(found.since !== null ? { since: found.since } : {}),
    listed: found.fact ? { asOf: dateInShanghai(found.fact.knownFrom), source: found.fact.source } : { asOf: actsAsOf },
  }
}

/** 分类、偏离申请中所指的批准人（写的是标识，或者姓名），以标识为键；`actor` 是正在批准的人。没有指明的不查。 */
async function loadPeople(
  db: DbOrTx,
  d: Dossier,
  payload: Record<string, unknown>,
  actor: string | null,
): Promise<NonNullable<ExternalFacts['people']>> {
  const change = payload.classification as Partial<Dossier['classification']> | undefined
  const named = [change, d.classification].flatMap((c) => [c?.confidential, c?.nonPublic, c?.emergency])
  const ids = [
    ...new Set([
      ...named.flatMap((x) => (typeof x === 'object' && x?.approver ? [x.approver] : [])),
      ...d.deviations.filter((r) => !r.confirmed).map((r) => r.approver),
      ...(typeof payload.approver === 'string' ? [payload.approver] : []),
      // 分歧上报的对象。
      ...(typeof payload.to === 'string' ? [payload.to] : []),
      ...(actor ? [actor] : []),
    ]),
  ]
  if (ids.length === 0) return {}
  const { people, personRoles } = schema
  const rows = await db
    .select({
      id: people.id,
      name: people.name,
      unit: people.unitId,
      active: people.active,
      role: personRoles.role,
      at: personRoles.unitId,
    })
    .from(people)
    .leftJoin(
      personRoles,
      and(eq(personRoles.jurisdictionId, people.jurisdictionId), eq(personRoles.personId, people.id)),
    )
    .where(and(eq(people.jurisdictionId, d.jurisdiction), or(inArray(people.id, ids), inArray(people.name, ids))))
  const found: NonNullable<ExternalFacts['people']> = {}
  for (const { id, name, unit, active, role, at } of rows) {
    const person = found[id] ?? { id, name, unit, active, posts: [] }
    if (role !== null && at !== null) person.posts.push({ role, unit: at })
    found[id] = person
  }
  return found
}

/** 各轨道受理备案的单位：按规则包写明的名称与种类在单位表中查找。 */
export function recipientsOf(
  pack: Pack,
  units: Record<string, UnitFact>,
  { tier, issuers }: Pick<Dossier, 'tier' | 'issuers'>,
): Partial<Record<Track, string>> {
  const out: Partial<Record<Track, string>> = {}
  for (const f of pack.filing.filter((x) => x.tiers.includes(tier))) {
    const all = Object.values(units)
    // “本苏木乡镇人民代表大会”：制定机关自己的人大，不是县级的。
    const unit = f.recipient.name.startsWith('本苏木乡镇')
      ? all.find((u) => u.kind === f.recipient.kind && u.parent === issuers[0])
      : (all.find((u) => u.name === f.recipient.name) ?? all.find((u) => u.kind === f.recipient.kind))
    if (unit) out[f.track] = unit.id
  }
  return out
}

/** 内容 → 不能公开的缘由；内容由摘要决定，近来看过的不再看。 */
const problems = new Map<string, string | null>()
async function problemOf(bytes: Uint8Array): Promise<string | null> {
  const cleaned = await textWork('clean', bytes.length, { bytes })
  return 'problem' in cleaned ? cleaned.problem : null
}
/** 现文本的附件；编号以后、公布以前才用得着。 */
async function loadFiles(db: DbOrTx, d: Dossier): Promise<FileFact[]> {
  const head = d.texts.at(-1)
  if (!d.numbers || d.publication || !head) return []
  const { texts: t, blobs: b } = schema
  const [row] = await db
    .select({ attachments: t.attachments })
    .from(t)
    .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, d.id), eq(t.n, head.n)))
  const list = row?.attachments ?? []
  if (list.length === 0) return []
  const unseen = list.filter(({ sha256 }) => !problems.has(sha256)).map(({ sha256 }) => sha256)
  const bytes = unseen.length
    ? await db
        .select({ sha256: b.sha256, bytes: b.bytes })
        .from(b)
        .where(and(eq(b.jurisdictionId, d.jurisdiction), inArray(b.sha256, unseen)))
    : []
  const found = new Map(list.map(({ sha256 }) => [sha256, problems.get(sha256) ?? null]))
  for (const one of bytes) {
    const problem = await problemOf(one.bytes)
    if (problems.size >= 500) problems.clear()
    problems.set(one.sha256, problem)
    found.set(one.sha256, problem)
  }
  return list.map((x) => ({
    name: x.name,
    sha256: x.sha256,
    use: useOf(x) ?? null,
    problem: found.get(x.sha256) ?? null,
  }))
}

/** 规则要问的、不是每条命令都用得到的事实。 */
export interface Asked {
  /** 所引依据的效力（查登记库）。 */
  bases: boolean
  /** 文本之间的实质变化（读正文）。 */
  substance: boolean
  /** 标为不影响权利义务的，正文中的处罚、收费、许可（读正文）。 */
  burdens?: boolean
  /** 本件所延续的同名文件（查登记库）。 */
  predecessors?: boolean
}
/** 一次读齐；规则不问的不读。 */
export async function loadExternal(
  db: DbOrTx,
  d: Dossier,
  pack: Pack,
  today: string,
  units: Record<string, UnitFact>,
  asked: Asked,
  payload: Record<string, unknown> = {},
  approving: string | null = null,
): Promise<ExternalFacts> {
  const [comments, bases, substance, burdens, files, act, makers, people, predecessors, named, missingClauses] =
    await Promise.all([
      loadComments(db, d),
      asked.bases ? loadBases(db, d, today) : [],
      asked.substance ? loadSubstance(db, d, pack) : [],
      asked.burdens ? loadBurdens(db, d, pack) : undefined,
      loadFiles(db, d),
      typeof payload.byDocument === 'string' ? loadAct(db, d.jurisdiction, payload.byDocument) : null,
      loadMakers(db, d),
      loadPeople(db, d, payload, approving),
      asked.predecessors ? loadPredecessors(db, d, today) : undefined,
      loadNamed(db, d, units, payload),
      loadMissingClauses(db, d, payload),
    ])
  return {
    ...named,
    ...(missingClauses.length > 0 ? { missingClauses } : {}),
    units,
    comments,
    bases,
    files,
    people,
    recipients: recipientsOf(pack, units, d),
    act,
    substance,
    ...(burdens ? { burdens } : {}),
    ...(makers ? { makers } : {}),
    ...(predecessors ? { predecessors } : {}),
  }
}
/** 名称的几种写法：本名、加上与去掉“试行”“暂行”的。 */
const spellings = (title: string): string[] => {
  const bare = title.replace(/[（(](?:试行|暂行)[）)]|试行|暂行/gu, '')
  return [...new Set([title, bare, `${bare}（试行）`, `${bare}（暂行）`])].map(titleKey)
}
/** 登记库中与本件同名、由同一机关在先公布的文件（不含本件），以最近的为先。 */
async function loadPredecessors(db: DbOrTx, d: Dossier, today: string): Promise<Predecessor[]> {
  const { registerEntries: e, units: u } = schema
  const key = titleKeySql('"register_entries"."title"')
  const rows = await db
    .select({
      id: e.id,
      title: e.title,
      documentNumber: e.documentNumber,
      publishedOn: e.publishedOn,
      effectiveDate: e.effectiveDate,
      validUntil: e.validUntil,
      forceEvents: e.forceEvents,
      origin: e.origin,
      sourceStatus: e.sourceStatus,
      recordedOn: sql<string>`to_char(${e.createdAt} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
    })
    .from(e)
    .where(
      and(
        eq(e.jurisdictionId, d.jurisdiction),
        eq(e.disclosure, 'active'),
        inArray(key, spellings(d.title)),
        sql`${e.documentId} is distinct from ${d.id}`,
        sql`${e.issuers} && array(select ${u.name} from ${u} where ${u.jurisdictionId} = ${d.jurisdiction} and ${inArray(u.id, d.issuers)})`,
      ),
    )
    .orderBy(desc(e.publishedOn))
    .limit(10)
  const { evaluations: v } = schema
  const evaluated =
    rows.length === 0
      ? []
      : await db
          .select({ entry: v.entryId, on: v.publishedOn })
          .from(v)
          .where(
            and(
              eq(v.jurisdictionId, d.jurisdiction),
              inArray(
                v.entryId,
                rows.map(({ id }) => id),
              ),
              isNotNull(v.publishedOn),
            ),
          )
          .orderBy(asc(v.publishedOn))
  return rows.map((row) => ({
    ...(evaluated.some(({ entry }) => entry === row.id)
      ? { evaluatedOn: evaluated.flatMap(({ entry, on }) => (entry === row.id && on !== null ? [on] : [])) }
      : {}),
    id: row.id,
    title: row.title,
    documentNumber: row.documentNumber,
    effectiveDate: row.effectiveDate,
    validUntil: row.validUntil,
    provisional: /试行|暂行/.test(row.title),
    status: statusOn(row as StatusFacts, today).status as Predecessor['status'],
  }))
}
/** 先前的效力变动所据的文件由谁制定；没有由文件作出的变动的不查。 */
async function loadMakers(db: DbOrTx, d: Dossier): Promise<ExternalFacts['makers']> {
  const ids = [...new Set(d.forceEvents.flatMap((event) => event.byDocument ?? []))]
  if (ids.length === 0) return undefined
  const { registerEntries: e } = schema
  const rows = await db
    .select({ id: e.id, document: e.documentId, issuers: e.issuers })
    .from(e)
    .where(and(eq(e.jurisdictionId, d.jurisdiction), or(inArray(e.id, ids), inArray(e.documentId, ids))))
  return Object.fromEntries(
    rows.flatMap(({ id, document, issuers }) => [
      [id, issuers],
      ...(document === null ? [] : [[document, issuers] as [string, string[]]]),
    ]),
  )
}
/**
 * 作出变动的文件。锁住它的登记（共享），直至本事务结束：与撤销它的命令同时到达时，后到的一定看得见先到的。
 */
async function loadAct(db: DbOrTx, jurisdiction: string, id: string): Promise<ActFact | null> {
  const { registerEntries: e } = schema
  const [row] = await db
    .select({
      id: e.id,
      title: e.title,
      issuers: e.issuers,
      documentNumber: e.documentNumber,
      publishedOn: e.publishedOn,
      effectiveDate: e.effectiveDate,
      validUntil: e.validUntil,
      events: e.forceEvents,
      disclosure: e.disclosure,
    })
    .from(e)
    .where(and(eq(e.jurisdictionId, jurisdiction), eq(e.id, id)))
    .for('share')
  return row ?? null
}
