// Queries on files: list, file, previews of moving to another pack and of changing issuers. Visibility follows the
// same rules as the write entrance; what is common with other matters is in matters.ts.

import { dateInShanghai } from '@dianzhang/calendar'
import type { answers } from '@dianzhang/contract'
import { stageLabels, type Tier, type Track, type Verdict } from '@dianzhang/contract'
import { and, type DbOrTx, desc, eq, type Page, schema, sql } from '@dianzhang/database'
import {
  type Action,
  type DocumentShape,
  decide,
  explain,
  factsFor,
  type IssuersChanged,
  issuersChanged,
  type LifecycleEvent,
  regionsOf,
  restore,
  stageOf,
  standing,
  step,
} from '@dianzhang/lifecycle'
import { type Pack, previewPackChange } from '@dianzhang/packs'
import {
  clocks,
  comparePackVersions,
  consultationMinimum,
  type Dossier,
  deviationLines,
  type Facts,
  filingParam,
  filingTimes,
  materialLines,
  packVersion,
} from '@dianzhang/rules'
import { archivedAs } from '../archive/of-file.ts'
import { issuersGiven } from '../commands/issuers.ts'
import { documentDesk } from '../document-desk.ts'
import type { OpenedMatter } from '../door/desk.ts'
import { readable } from '../door/reading.ts'
import { loadUnits } from '../facts/load-facts.ts'
import { notFound } from '../failures.ts'
import { filingsOfDocument } from '../filing-review/of-document.ts'
import { openEventsOf } from '../impact-check/queries.ts'
import { withoutTrace } from '../ledger-record.ts'
import type { Actor, Office } from '../office.ts'
import { mayReadText } from '../policies/may.ts'
import {
  completed,
  fileLines,
  type MattersQuery,
  named,
  openOf,
  pageOf,
  peopleNames,
  presentOf,
  sentBy,
} from './matters.ts'
import { linesOf, type RowLines } from './turns.ts'
import { whoseClock } from './whose-clock.ts'

export type DocumentsQuery = Omit<MattersQuery, 'process' | 'except'>
export interface DocumentSummary extends RowLines {
  id: string
  title: string
  stage: string
  stageLabel: string
  version: number
  tier: Tier
  draftingUnit: { id: string; name: string }
  leadIssuer: { id: string; name: string }
  nextDueOn: string | null
  /** Working days to the nearest deadline; null when overdue or without a deadline. */
  remaining: number | null
  overdue: boolean
  createdAt: string
  updatedAt: string
}
/** List: latest update first, keyset pagination. `limit` 1–100, default 20. */
export async function listDocuments(
  office: Office,
  actor: Actor,
  query: DocumentsQuery,
): Promise<Page<DocumentSummary>> {
  const { documents: d, matters: m } = schema
  const limit = query.limit ?? 20
  const today = dateInShanghai(office.clock.now().toISOString())
  const [units, { rows: page, nextCursor }] = await Promise.all([
    loadUnits(office.db, actor.jurisdiction),
    pageOf(office, actor, query, {
      today,
      limit,
      kinds: [documentDesk],
      read: async (where, { key, order }, most) =>
        await office.db
          .select({
            id: m.id,
            title: m.title,
            stage: m.stage,
            version: m.version,
            tier: sql<Tier>`${d.tier}`,
            draftingUnit: m.unit,
            leadIssuer: d.leadIssuer,
            nextDueOn: m.nextDueOn,
            process: m.process,
            ledgerSeq: m.ledgerSeq,
            createdAt: m.createdAt,
            updatedAt: m.updatedAt,
            key,
          })
          .from(m)
          .innerJoin(d, and(eq(d.jurisdictionId, m.jurisdictionId), eq(d.id, m.id)))
          .where(where)
          .orderBy(...order)
          .limit(most),
    }),
  ])
  const calendar = office.rules.calendar(actor.jurisdiction)
  const lines = await linesOf(office, actor, page, units)
  return {
    items: page.map(({ key: _, ledgerSeq: __, process: ___, ...r }) => ({
      ...r,
      ...(lines.get(r.id) as RowLines),
      remaining: r.nextDueOn !== null && r.nextDueOn >= today ? calendar.workdaysBetween(today, r.nextDueOn) : null,
      overdue: r.nextDueOn !== null && r.nextDueOn < today,
      stageLabel: stageLabels[r.stage as keyof typeof stageLabels] ?? r.stage,
      draftingUnit: named(units, r.draftingUnit),
      leadIssuer: named(units, r.leadIssuer),
      createdAt: r.createdAt.toISOString(),
      updatedAt: r.updatedAt.toISOString(),
    })),
    nextCursor,
  }
}

export type OpenedDocument = OpenedMatter<DocumentShape>
/** Fetches a visible file; one that does not exist and one that is not visible both answer 404. */
export const openDocument = (db: DbOrTx, actor: Actor, id: string): Promise<OpenedDocument> =>
  openOf(documentDesk, db, actor, id)
/**
 * The same file with what its current text states: old files that did not store it have it read here, for the rules
 * to compare.
 */
export const withText = (db: DbOrTx, opened: OpenedDocument): Promise<OpenedDocument> =>
  completed(documentDesk, db, opened)
export const circumstance = (
  office: Office,
  actor: Actor,
  opened: OpenedDocument,
  pack?: Pack,
): Promise<Omit<LifecycleEvent, 'type' | 'payload'>> => presentOf(documentDesk, office, actor, opened, pack)

type Quoting = { quote?: string | undefined }
const unquoted = <T extends Quoting>({ quote: _, ...rest }: T): Omit<T, 'quote'> => rest
/**
 * Words an opinion quotes and what the text states of itself are unpublished text too: those who may not see the text
 * see the opinion, not the quotation.
 */
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

/** Filings on each track, with the day by which to file again after a return, and how many days late. */
const withTimes = (
  d: Dossier,
  facts: Facts,
  waiting: Partial<Record<Track, RowLines['waitingFor']>>,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(d.filings).map(([track, filing]) => {
      const { filedOn: standsFrom, ...times } = filingTimes(facts, track as Track) ?? { filedOn: null }
      const asked = filingParam(facts, track as Track)?.materials.value ?? []
      return [track, { ...filing, standsFrom, ...times, asked, waitingFor: waiting[track as Track] ?? null }]
    }),
  )

/**
 * The file: facts of procedure, digest of the current text, deadlines, what is still missing for it to move on by
 * itself. Without the body.
 */
export async function getDocument(
  office: Office,
  actor: Actor,
  id: string,
): Promise<answers.Given<typeof answers.Document> & Record<string, unknown>> {
  const opened = await openDocument(office.db, actor, id)
  const { row, snapshot, dossier, units } = opened
  const now = await circumstance(office, actor, opened)
  const { progress } = explain(snapshot, now)
  const [lines, sent] = await Promise.all([fileLines(office, actor, row, units), sentBy(office, actor, id)])
  const filings = dossier.publication ? await filingsOfDocument(office, actor, id, units) : null
  const facts = factsFor(dossier, { ...now, type: 'RecomputeDeadlines', payload: {} })
  const deadlines = clocks(facts)
  const basisEvents = dossier.publication
    ? []
    : await openEventsOf(
        office.db,
        actor.jurisdiction,
        dossier.bases.map((basis) => basis.title),
        facts.today,
      )
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
    archive: dossier.archive && { ...dossier.archive, ...(await archivedAs(office, actor.jurisdiction, id)) },
    filings: withTimes(dossier, facts, filings?.waiting ?? {}),
    decisionFilings: filings?.decisionFilings ?? [],
    issuers: dossier.issuers.map((i) => named(units, i)),
    draftingUnit: named(units, dossier.draftingUnit),
    text: (mayReadText(actor) ? dossier : withoutQuotes(dossier)).texts.at(-1) ?? null,
    materials: materialLines(facts),
    comments: now.external.comments,
    basisStatus: now.external.bases,
    basisEvents,
    deviations: deviationLines(dossier),
    standing: standing(dossier, facts, row.stage),
    progress: progress.map((p) => ({ ...p, verdicts: withoutTrace(p.verdicts) })),
    deadlines: deadlines.map(({ trace: _, ...c }) => ({
      ...c,
      ...whoseClock(documentDesk, actor, opened, lines.turns, c),
    })),
    turns: lines.turns,
    ahead: lines.ahead,
    sent,
    unread: lines.unread,
    followed: lines.followed,
    later: lines.later,
    last: lines.last,
    ledger: { seq: row.ledgerSeq, head: row.ledgerHead },
    units: Object.fromEntries([...new Set(mentioned)].filter((u) => units[u]).map((u) => [u, units[u]?.name])),
    people,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

export interface IssuersPreview extends IssuersChanged {
  before: Array<{ id: string; name: string }>
  after: Array<{ id: string; name: string }>
  /** The stage after the change; empty when it cannot be changed, for reasons see `verdicts`. */
  to: string | null
  verdicts: Verdict[]
}
/**
 * Preview of changing issuers: whether it can be done, where it leads, what must be done again and what stands. 404
 * not visible; 422 unit wrong.
 */
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
/** Deadlines of a file under way that would change if it moved to the current version. */
export interface AffectedDocument {
  id: string
  title: string
  stage: string
  stageLabel: string
  from: string
  to: string
  /** How many parameters differ; each is in the preview of the move. */
  parameters: number
  deadlines: Array<{ key: string; label: string; before: string | null; after: string | null }>
}
/**
 * Files under an older version of the pack whose deadlines would change on moving to the current one (earliest
 * closing day of consultation; deadlines of review, publication, filing), so that people can preview them one by one
 * and then move them; the system changes nothing by itself. Files this person cannot see are not listed.
 */
export function affectedByNewerPack(office: Office, actor: Actor): Promise<AffectedDocument[]> {
  const on = dateInShanghai(office.clock.now().toISOString())
  return affectedBy(office, actor, office.rules.latest(actor.jurisdiction, on))
}
/** The same for a version that need not be made yet. */
export async function affectedBy(office: Office, actor: Actor, to: Pack): Promise<AffectedDocument[]> {
  const { jurisdiction } = actor
  const { matters: d } = schema
  const [rows, units] = await Promise.all([
    office.db
      .select()
      .from(d)
      .where(
        and(
          eq(d.jurisdictionId, jurisdiction),
          eq(d.process, documentDesk.engine.process.kind),
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
    if (
      !readable(documentDesk.overseers, actor, row) ||
      !current ||
      !target ||
      comparePackVersions(current, target) >= 0
    )
      continue
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
/**
 * Open deadlines whose dates differ between the versions; during a consultation also the earliest closing day by law
 * (the closing day announced is a promise and does not move by itself).
 */
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
/** What would differ on moving to another version of the pack: parameters, deadlines, what can be done. */
export async function previewPack(
  office: Office,
  actor: Actor,
  id: string,
  version: string,
): Promise<answers.Given<typeof answers.PackPreview>> {
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
