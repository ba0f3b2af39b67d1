// Facts the rules need from outside the file: units and the list of issuers, counts of comments, force of the bases
// cited, units that accept filings.

import { actsAsOf, type KnownFact, knownOn } from '@dianzhang/acts'
import { dateInShanghai } from '@dianzhang/calendar'
import type { Track } from '@dianzhang/contract'
import {
  and,
  asc,
  correlated,
  type Db,
  type DbOrTx,
  desc,
  eq,
  inArray,
  isNotNull,
  or,
  schema,
  sql,
} from '@dianzhang/database'
import { parseNumber } from '@dianzhang/numbering'
import type { Pack } from '@dianzhang/packs'
import {
  holdOf,
  isCounted,
  registeredActs,
  type StatusFacts,
  statusColumns,
  statusOn,
  titleKey,
  titleKeySql,
  useOf,
} from '@dianzhang/register'
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
import { loadArchiving } from './load-archiving.ts'
import { loadMissingClauses } from './load-clauses.ts'
import { loadNamed } from './load-named.ts'
import { loadPlanning } from './load-planning.ts'
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
/** All units of the jurisdiction (each with its current meetings and review body), keyed by code. */
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
/** Total of comments received, and how many are still to be dealt with. */
async function loadComments(db: DbOrTx, d: Dossier): Promise<ExternalFacts['comments']> {
  if (d.consultations.length === 0) return { total: 0, undisposed: 0 }
  const { comments, commentDispositions } = schema
  const state = holdOf('"comments"')
  const counted = isCounted('"comments"')
  // Rounds whose feedback is out: theirs are the comments that may be published, and those of a round that still runs wait for it.
  const answered = sql`p.jurisdiction_id = ${d.jurisdiction} and p.document_id = ${d.id} and p.feedback_at is not null`
  const published = sql`exists (select from public_consultations p where ${answered} and not exists (select from comment_publications y where y.jurisdiction_id = p.jurisdiction_id and y.consultation_id = p.id))`
  const [row] = await db
    .select({
      total: sql<number>`count(*) filter (where ${counted})::int`,
      held: sql<number>`count(*) filter (where ${state} = 'held')::int`,
      uncleared: correlated(
        sql<number>`count(*) filter (where ${counted} and not exists (select from comment_redactions y where y.jurisdiction_id = ${comments.jurisdictionId} and y.comment_id = ${comments.id}) and ${comments.consultationId} in (select p.id from public_consultations p where ${answered}))::int`,
      ),
      unpublished: sql<number>`(case when ${published} then 1 else 0 end)::int`,
      undisposed: correlated(
        sql<number>`count(*) filter (where ${counted} and not exists (select 1 from ${commentDispositions} x where x.jurisdiction_id = ${comments.jurisdictionId} and x.comment_id = ${comments.id}))::int`,
      ),
    })
    .from(comments)
    .where(and(eq(comments.jurisdictionId, d.jurisdiction), eq(comments.documentId, d.id)))
  return row ?? { total: 0, undisposed: 0 }
}
/** Facts that whose turn it is rests on, read after the command's own rows were written: what is not asked for stays. */
export async function loadTurnFacts(
  db: DbOrTx,
  d: Dossier,
  pack: Pack,
  asked: { counted: boolean; compared: boolean },
  before: ExternalFacts,
): Promise<ExternalFacts> {
  return {
    ...before,
    ...(asked.counted ? { comments: await loadComments(db, d) } : {}),
    ...(asked.compared ? { substance: await loadSubstance(db, d, pack) } : {}),
  }
}

const properNumber = (text: string): string => parseNumber(text).normalized ?? text
/** Orders of the State Council and the President often leave out “中华人民共和国”: always written in full for comparison. */
const fullNumber = (text: string): string => properNumber(text).replace(/^(?=国务院令|主席令)/, '中华人民共和国')

/** The force of a document as a basis: when the day has come but it was not made public, it is not in force. */
function basisStatus(row: StatusFacts & { disclosure: string }, today: string): BasisStatus['status'] {
  const { status } = statusOn(row, today)
  return row.disclosure !== 'active' && (status === 'in_force' || status === 'amended') ? 'withheld' : status
}
/** A basis that is cited by its number alone (“国办发[2018]128号” in the place of its name) is looked up by that number. */
const byNumber = <B extends { title: string; docNo?: string | undefined }>(basis: B): B =>
  basis.docNo || parseNumber(basis.title).normalized === null ? basis : { ...basis, docNo: basis.title }

/** The force today of the bases cited; unknown when the register does not have them. */
async function loadBases(db: DbOrTx, d: Dossier, today: string): Promise<BasisStatus[]> {
  if (d.bases.length === 0) return []
  const bases = d.bases.map(byNumber)
  const { registerEntries } = schema
  const titles = [...new Set(bases.map((b) => b.title.replace(/^《|》$/g, '')))]
  const numbers = [
    ...new Set(bases.flatMap((b) => (b.docNo ? [b.docNo, properNumber(b.docNo), fullNumber(b.docNo)] : []))),
  ]
  const rows = await db
    .select({
      title: registerEntries.title,
      documentNumber: registerEntries.documentNumber,
      disclosure: registerEntries.disclosure,
      ...statusColumns,
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
  return bases.map((b) => {
    const title = b.title.replace(/^《|》$/g, '')
    // Where a document number is given it decides (an irregular spelling is compared in its regular form); entries
    // without a number are still matched by name.
    const found = rows.filter((r) =>
      b.docNo && r.documentNumber ? fullNumber(r.documentNumber) === fullNumber(b.docNo) : r.title === title,
    )
    const statuses = found.map((r) => ({ row: r, status: basisStatus(r, today) }))
    // Of several with the same name (successive versions), one in force makes it in force.
    const best = statuses.find((s) => s.status === 'in_force') ?? statuses[0]
    // What the local register lacks is looked up in the superior acts entered by hand, then in the catalogue of
    // superior acts; if that lacks it too it is still unknown, not lapsed.
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

/**
 * The force of a superior act: registered facts and catalogue taken together, with the source and the day it holds
 * until. Where a document number is given, entries with another number do not count.
 */
function actStatus(
  acts: readonly KnownFact[],
  title: string,
  docNo: string | undefined,
  today: string,
): Pick<BasisStatus, 'status' | 'since' | 'listed'> {
  const numbered = docNo
    ? acts.filter((act) => act.documentNumber !== null && fullNumber(act.documentNumber) === fullNumber(docNo))
    : []
  // With the same document number it is the same act, even if the name is written differently.
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

/**
 * Approvers named in a classification or an application to deviate (by id or name), keyed by id; `actor` is the
 * person approving now. Looks nobody up when none is named.
 */
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
      // Those to whom a dispute is escalated.
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

/** Units that accept filings on each track: looked up among the units by the name and kind the pack states. */
export function recipientsOf(
  pack: Pack,
  units: Record<string, UnitFact>,
  { tier, issuers }: Pick<Dossier, 'tier' | 'issuers'>,
): Partial<Record<Track, string>> {
  const out: Partial<Record<Track, string>> = {}
  for (const f of pack.filing.filter((x) => x.tiers.includes(tier))) {
    const all = Object.values(units)
    // “本苏木乡镇人民代表大会”: the issuer's own people's congress, not the county's.
    const unit = f.recipient.name.startsWith('本苏木乡镇')
      ? all.find((u) => u.kind === f.recipient.kind && u.parent === issuers[0])
      : (all.find((u) => u.name === f.recipient.name) ?? all.find((u) => u.kind === f.recipient.kind))
    if (unit) out[f.track] = unit.id
  }
  return out
}

/**
 * Content → why it cannot be public; the digest decides the content, and what was looked at lately is not looked at
 * again.
 */
const problems = new Map<string, string | null>()
async function problemOf(bytes: Uint8Array): Promise<string | null> {
  const cleaned = await textWork('clean', bytes.length, { bytes })
  return 'problem' in cleaned ? cleaned.problem : null
}
/** Attachments of the current text; needed only after numbering and before publication. */
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

/** Facts that rules ask for and not every command needs. */
export interface Asked {
  /** Force of the bases cited (looks into the register). */
  bases: boolean
  /** Substantive changes between texts (reads the bodies). */
  substance: boolean
  /**
   * For documents marked as not affecting rights and duties: penalties, charges and permits in the body (reads the
   * body).
   */
  burdens?: boolean
  /** Documents of the same name that this one continues (looks into the register). */
  predecessors?: boolean
  /** What the plan and the catalogue of the year say; the connection on which the register is searched for titles alike. */
  planning?: Db | null
  /** What filing away rests on; `claims`: within the command itself. */
  archiving?: 'asks' | 'claims' | null
}
/** Reads everything at once; what no rule asks for is not read. */
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
  const [
    comments,
    bases,
    substance,
    burdens,
    files,
    act,
    makers,
    people,
    predecessors,
    named,
    missingClauses,
    planning,
    archiving,
  ] = await Promise.all([
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
    asked.planning ? loadPlanning(db, asked.planning, d, today) : undefined,
    asked.archiving ? loadArchiving(db, d, payload, asked.archiving === 'claims') : undefined,
  ])
  return {
    ...named,
    ...archiving,
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
    ...(planning ? { planning } : {}),
  }
}
/** Spellings of a name: as it is, and with and without “试行” or “暂行”. */
const spellings = (title: string): string[] => {
  const bare = title.replace(/[（(](?:试行|暂行)[）)]|试行|暂行/gu, '')
  return [...new Set([title, bare, `${bare}（试行）`, `${bare}（暂行）`])].map(titleKey)
}
/**
 * Documents in the register with this one's name that the same organ published earlier (without this one), latest
 * first.
 */
async function loadPredecessors(db: DbOrTx, d: Dossier, today: string): Promise<Predecessor[]> {
  const { registerEntries: e, units: u } = schema
  const key = titleKeySql('"register_entries"."title"')
  const rows = await db
    .select({
      id: e.id,
      title: e.title,
      documentNumber: e.documentNumber,
      ...statusColumns,
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
/**
 * Who made the documents on which earlier changes of force rest; nothing is looked up when no change was made by a
 * document.
 */
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
 * The document that makes the change. Its register entry is locked (shared) until this transaction ends: if a command
 * annulling it arrives at the same time, the later of the two is sure to see the earlier.
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
