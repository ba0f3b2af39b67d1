// The facts behind the figures, read from the register and the ledgers. Everything is dated: a past day is answered by leaving
// out what came later. Nothing of a document that is not public.
import { dateInShanghai } from '@dianzhang/calendar'
import { decisionCatalogue, draftingPlan, type Track } from '@dianzhang/contract'
import { and, eq, inArray, isNotNull, lte, or, schema, sql } from '@dianzhang/database'
import { decisionCatalogues, draftingPlans, type ListDossier } from '@dianzhang/processes'
import { statusFacts, statusOn } from '@dianzhang/register'
import { standingForce } from '@dianzhang/rules'
import type { Office } from '../office.ts'
import type { EntryFact, FilingFact, FilingStep } from './figures.ts'
import type { ActFact, IndicatorFacts } from './indicators.ts'
import type { MakingFact } from './scorecard.ts'

const { registerEntries: e, ledgerEvents: l, deadlines: c, filingReviews: r, matters: m, units: u } = schema

export interface FiguresQuery {
  from?: string | undefined
  to?: string | undefined
  as_of?: string | undefined
  issuer?: string | undefined
  jurisdiction?: string | undefined
  /** Only documents that this unit issued or drafted. */
  unit?: string | undefined
}
export type Period = { from: string; to: string; asOf: string }

const { publicConsultations: p } = schema
/** Events of a document's ledger → steps of its filing. */
const ofDocument: Record<string, FilingStep> = {
  FilingSent: 'sent',
  FilingSupplementRequested: 'deferred',
  FilingSupplemented: 'supplied',
  FilingReturned: 'returned',
  FilingRegistered: 'registered',
  CorrectionRequested: 'opinion',
  FilingClosed: 'closed',
}
const ofReview: Record<string, FilingStep> = { CorrectionReported: 'corrected', ExplanationAsked: 'asked' }

/** The steps of making that the scorecard asks for. */
const making = [
  'ConsultationOpened',
  'IndicatorsStated',
  'FairCompetitionReviewRecorded',
  'ExpertReviewRecorded',
  'RiskAssessmentRecorded',
  'ThirdPartyEvaluationRecorded',
  'HearingRecorded',
  'OpinionsRequested',
  'OpinionIssued',
  'AdviserOpinionRecorded',
  'NumbersAssigned',
  'DocumentPublished',
  'FeedbackPublished',
]
/** Whether an event was on record at `end`; those of an import carry no instant. */
const recordedBy =
  (end: Date) =>
  (x: object): boolean =>
    !('at' in x) || Date.parse(String(x.at)) <= end.getTime()
/** All facts of a period as known at the end of `asOf`. */
export async function loadFacts(office: Office, query: FiguresQuery, period: Period): Promise<IndicatorFacts> {
  const db = office.readDb
  const end = new Date(`${period.asOf}T23:59:59.999+08:00`)
  const here = query.jurisdiction
  const [kinds, rows] = await Promise.all([
    db
      .select({ name: u.name, kind: u.kind })
      .from(u)
      .where(here === undefined ? undefined : eq(u.jurisdictionId, here)),
    db
      .select({
        id: e.id,
        jurisdiction: e.jurisdictionId,
        document: e.documentId,
        title: e.title,
        number: e.documentNumber,
        issuer: e.leadIssuer,
        tier: e.tier,
        origin: e.origin,
        published_on: e.publishedOn,
        effective_date: e.effectiveDate,
        valid_until: e.validUntil,
        force_events: e.forceEvents,
        source_status: e.sourceStatus,
        adoption_date: e.adoptionDate,
        created_at: e.createdAt,
      })
      .from(e)
      .where(
        and(
          eq(e.disclosure, 'active'),
          inArray(e.category, ['行政规范性文件', '地方规范性文件', '部门规范性文件']),
          lte(e.publishedOn, period.asOf),
          here === undefined ? undefined : eq(e.jurisdictionId, here),
          query.issuer === undefined ? undefined : eq(e.leadIssuer, query.issuer),
          query.unit === undefined
            ? undefined
            : or(
                sql`${e.leadIssuer} in (select ${u.name} from ${u} where ${u.id} = ${query.unit} and ${u.jurisdictionId} = ${e.jurisdictionId})`,
                sql`exists (select 1 from ${m} where ${m.jurisdictionId} = ${e.jurisdictionId} and ${m.id} = ${e.documentId} and ${m.unit} = ${query.unit})`,
              ),
        ),
      ),
  ])
  const levels = new Map(kinds.map(({ name, kind }) => [name, levelOf[kind] ?? null]))
  const entries = rows.map((row): EntryFact => {
    // What was recorded after the day asked about is not known yet.
    const events = row.force_events.filter(recordedBy(end))
    const facts = statusFacts({ ...row, recorded_on: period.asOf, force_events: events } as never)
    const remembered = new Map<string, boolean | null>()
    return {
      id: row.id,
      title: row.title,
      number: row.number,
      issuer: row.issuer ?? '',
      tier: row.tier ?? levels.get(row.issuer ?? '') ?? null,
      publishedOn: row.published_on ?? '',
      recordedOn: dateInShanghai(row.created_at.toISOString()),
      standsOn: (day) => {
        const known = remembered.get(day)
        if (known !== undefined) return known
        const { status } = statusOn(facts, day)
        const stands = status === 'unknown' ? null : !['expired', 'repealed', 'annulled'].includes(status)
        remembered.set(day, stands)
        return stands
      },
      changes: events.length === 0 ? none : standingForce(events as never[]).map(({ kind, on }) => ({ kind, on })),
    }
  })
  const documents = new Map(rows.flatMap((row) => (row.document ? [[row.document, row] as const] : [])))
  const acts = await loadActs(office, query, period)
  if (documents.size === 0) return { ...period, entries, filings: [], makings: [], acts }
  const within = here === undefined ? undefined : eq(l.jurisdictionId, here)
  const [events, dues, reviews, steps, classified, consulted] = await Promise.all([
    db
      .select({
        matter: l.matterId,
        type: l.type,
        at: l.at,
        track: sql<Track | null>`${l.body} -> 'payload' ->> 'track'`,
      })
      .from(l)
      .where(and(within, inArray(l.type, Object.keys({ ...ofDocument, ...ofReview })), lte(l.at, end)))
      .orderBy(l.matterId, l.seq),
    db
      .select({ matter: c.matterId, key: c.key, kind: c.kind, dueOn: c.dueOn, status: c.status, metOn: c.metOn })
      .from(c)
      .where(
        and(
          here === undefined ? undefined : eq(c.jurisdictionId, here),
          inArray(c.kind, ['filing', 'filing_formal_check', 'filing_review', 'review_maximum']),
        ),
      ),
    db
      .select({ matter: r.matterId, document: r.documentId, track: r.track, closedOn: r.closedOn, outcome: r.outcome })
      .from(r)
      .where(here === undefined ? undefined : eq(r.jurisdictionId, here)),
    db
      .select({ matter: l.matterId, type: l.type, at: sql<string>`min(${l.at})` })
      .from(l)
      .where(and(within, inArray(l.type, making), lte(l.at, end)))
      .groupBy(l.matterId, l.type),
    db
      .select({
        matter: m.id,
        enterprise: sql<boolean>`coalesce((${m.snapshot} -> 'context' -> 'dossier' -> 'classification' ->> 'enterpriseRelated')::boolean, false)`,
        packVersion: m.packVersion,
      })
      .from(m)
      .where(and(here === undefined ? undefined : eq(m.jurisdictionId, here), eq(m.process, 'normative-document'))),
    db
      .select({ matter: p.documentId, openedAt: p.openedAt, closesOn: p.closesOn })
      .from(p)
      .where(and(here === undefined ? undefined : eq(p.jurisdictionId, here), lte(p.openedAt, end)))
      .orderBy(p.documentId, p.n),
  ])
  const reviewed = new Map<string, boolean>()
  for (const x of dues)
    if (x.kind === 'review_maximum' && x.metOn !== null && x.metOn <= period.asOf)
      reviewed.set(x.matter, (reviewed.get(x.matter) ?? true) && x.metOn <= x.dueOn)
  const file = new Map(classified.map((x) => [x.matter, x]))
  /** The last day of the least time for the public, as the document's rules say it. */
  const leastUntil = (jurisdiction: string, version: string, openedOn: string): string => {
    const { value, unit } = office.rules.pack(jurisdiction, version).consultation.generalMinimum
    const calendar = office.rules.calendar(jurisdiction)
    return calendar.explain({ start: openedOn, amount: value, unit: unit ?? 'calendar_day', mode: 'minimum' }).due
  }
  const longEnough = new Map<string, boolean>()
  for (const { matter, openedAt, closesOn } of consulted) {
    const row = documents.get(matter)
    const version = file.get(matter)?.packVersion
    if (!row || version === undefined || closesOn > period.asOf) continue
    const least = leastUntil(row.jurisdiction, version, dateInShanghai(openedAt.toISOString()))
    longEnough.set(matter, (longEnough.get(matter) ?? false) || closesOn >= least)
  }
  const stepsOf = Map.groupBy(steps, ({ matter }) => matter)
  const makings = [...documents].map(
    ([matter, row]): MakingFact => ({
      entry: row.id,
      title: row.title,
      issuer: row.issuer ?? '',
      publishedOn: row.published_on ?? '',
      effectiveDate: row.effective_date,
      steps: Object.fromEntries(
        (stepsOf.get(matter) ?? []).map(({ type, at }) => [type, dateInShanghai(new Date(at).toISOString())]),
      ),
      enterpriseRelated: file.get(matter)?.enterprise ?? false,
      reviewInTime: reviewed.get(matter) ?? null,
      consultedLongEnough: longEnough.get(matter) ?? null,
    }),
  )
  const filings = new Map<string, FilingFact>()
  const due = new Map(dues.map((x) => [`${x.matter} ${x.kind} ${x.key.split(':')[1]}`, x.dueOn]))
  for (const x of dues) {
    const row = x.kind === 'filing' && x.status !== 'cancelled' ? documents.get(x.matter) : undefined
    const track = x.key.split(':')[1] as Track | undefined
    if (!row || !track) continue
    filings.set(`${x.matter} ${track}`, {
      entry: row.id,
      title: row.title,
      issuer: row.issuer ?? '',
      track,
      publishedOn: row.published_on ?? '',
      dueOn: x.dueOn,
      steps: [],
      outcome: null,
    })
  }
  const ofMatter = new Map(reviews.map((x) => [x.matter, x]))
  const kindDue: Partial<Record<FilingStep, string>> = { registered: 'filing_formal_check', closed: 'filing_review' }
  for (const { matter, type, at, track } of events) {
    const review = ofMatter.get(matter)
    const key = review ? `${review.document} ${review.track}` : `${matter} ${track}`
    const kind = review ? ofReview[type] : ofDocument[type]
    const found = filings.get(key)
    if (!kind || !found) continue
    const dueKind = kindDue[kind]
    found.steps.push({
      kind,
      on: dateInShanghai(at.toISOString()),
      ...(dueKind ? { due: due.get(`${key.split(' ')[0]} ${dueKind} ${key.split(' ')[1]}`) ?? null } : {}),
    })
  }
  for (const x of reviews) {
    const found = filings.get(`${x.document} ${x.track}`)
    if (found && x.closedOn !== null && x.closedOn <= period.asOf) found.outcome = x.outcome
  }
  for (const found of filings.values()) found.steps.sort((a, b) => a.on.localeCompare(b.on))
  return { ...period, entries, filings: [...filings.values()], makings, acts }
}

/** The level of a document by the kind of who issued it, where the entry does not say. */
const levelOf: Partial<Record<string, string>> = {
  government: 'government',
  office: 'government',
  department: 'department',
  township: 'township',
}
const none: EntryFact['changes'] = []
const listEngines = { [draftingPlan.kind]: draftingPlans, [decisionCatalogue.kind]: decisionCatalogues }
/** What the other procedures made public up to the end of the day asked about. Asked for one issuer or unit there are none. */
async function loadActs(office: Office, query: FiguresQuery, period: Period): Promise<ActFact[]> {
  if (query.issuer !== undefined || query.unit !== undefined) return []
  const db = office.readDb
  const { evaluations: ev, cleanups: cl, suggestions: sg, suggestionTexts: st, sessions: se } = schema
  const here = query.jurisdiction
  const day = (at: Date | string) => dateInShanghai(new Date(at).toISOString())
  const end = new Date(`${period.asOf}T23:59:59.999+08:00`)
  const [evaluated, cleaned, lists, suggested, met] = await Promise.all([
    db
      .select({ id: ev.matterId, title: m.title, on: ev.publishedOn })
      .from(ev)
      .innerJoin(m, and(eq(m.jurisdictionId, ev.jurisdictionId), eq(m.id, ev.matterId)))
      .innerJoin(e, and(eq(e.jurisdictionId, ev.jurisdictionId), eq(e.id, ev.entryId), eq(e.disclosure, 'active')))
      .where(
        and(
          isNotNull(ev.publishedOn),
          lte(ev.publishedOn, period.asOf),
          here === undefined ? undefined : eq(ev.jurisdictionId, here),
        ),
      )
      .orderBy(ev.publishedOn, ev.matterId),
    db
      .select({ id: cl.matterId, title: m.title, kind: cl.kind, on: cl.publishedOn })
      .from(cl)
      .innerJoin(m, and(eq(m.jurisdictionId, cl.jurisdictionId), eq(m.id, cl.matterId)))
      .where(
        and(
          isNotNull(cl.publishedOn),
          lte(cl.publishedOn, period.asOf),
          here === undefined ? undefined : eq(cl.jurisdictionId, here),
        ),
      )
      .orderBy(cl.publishedOn, cl.matterId),
    db
      .select({ id: m.id, process: m.process, title: m.title, snapshot: m.snapshot })
      .from(m)
      .where(
        and(inArray(m.process, Object.keys(listEngines)), here === undefined ? undefined : eq(m.jurisdictionId, here)),
      )
      .orderBy(m.id),
    db
      .select({
        receivedAt: sg.receivedAt,
        answeredAt: sql<
          string | null
        >`(select min(${st.at}) from ${st} where ${st.jurisdictionId} = ${sg.jurisdictionId} and ${st.matterId} = ${sg.matterId} and ${st.kind} = 'answer')`,
      })
      .from(sg)
      .where(and(lte(sg.receivedAt, end), here === undefined ? undefined : eq(sg.jurisdictionId, here)))
      .orderBy(sg.receivedAt),
    db
      .select({ id: se.id, title: m.title, on: se.date })
      .from(se)
      .innerJoin(m, and(eq(m.jurisdictionId, se.jurisdictionId), eq(m.id, se.id)))
      .where(
        and(
          lte(se.date, period.asOf),
          inArray(m.stage, ['held', 'minuted']),
          here === undefined ? undefined : eq(se.jurisdictionId, here),
        ),
      )
      .orderBy(se.date, se.id),
  ])
  const act = (
    kind: ActFact['kind'],
    id: string,
    title: string,
    on: string,
    doneOn: string | null = null,
    dueOn: string | null = null,
  ): ActFact => ({
    kind,
    item: { id, title, issuer: '', on },
    on,
    doneOn,
    dueOn,
  })
  return [
    ...evaluated.map((x) => act('evaluation', x.id, x.title, x.on ?? '')),
    ...cleaned.map((x) => act(x.kind === 'periodic' ? 'periodic-cleanup' : 'cleanup', x.id, x.title, x.on ?? '')),
    // Who suggested what is nobody's business here: a line with its day.
    ...suggested.map((x, i) =>
      act('suggestion', `suggestion-${i + 1}`, '审查建议', day(x.receivedAt), x.answeredAt ? day(x.answeredAt) : null),
    ),
    ...met.map((x) => act('session', x.id, x.title, x.on)),
    ...lists.flatMap((row) => {
      const engine = listEngines[row.process]
      if (!engine) return []
      const { dossier } = engine.restore(row.snapshot).context
      const { catalogueBy } = office.rules.pack(dossier.jurisdiction, dossier.packVersion).yearly
      return actsOfList(row, dossier, period.asOf, catalogueBy.value)
    }),
  ]
}
/** A list with its items and the proposals it drew: those published; proposals also while it is being drawn up. */
function actsOfList(
  row: { id: string; process: string; title: string },
  d: ListDossier,
  asOf: string,
  /** By which day (month and day) the year's catalogue is published; null: none is set. */
  catalogueBy: string | null,
): ActFact[] {
  const catalogue = row.process === decisionCatalogue.kind
  const proposals = d.proposals
    .filter(({ on }) => on <= asOf)
    .map(
      (x): ActFact => ({
        kind: 'proposal',
        item: { id: `${row.id}-proposal-${x.n}`, title: `建议第${x.n}条（${row.title}）`, issuer: '', on: x.on },
        on: x.on,
        doneOn: x.answer?.on ?? null,
        dueOn: null,
      }),
    )
  const { publishedOn } = d
  if (publishedOn === null || publishedOn > asOf) return proposals
  const own: ActFact[] = catalogue
    ? [
        {
          kind: 'catalogue',
          item: { id: row.id, title: row.title, issuer: '', on: publishedOn },
          on: publishedOn,
          doneOn: null,
          dueOn: catalogueBy === null ? null : `${d.year}-${catalogueBy}`,
        },
      ]
    : []
  const items = d.items
    .filter((x) => x.argued?.outcome !== 'exclude' && (x.dropped === null || x.dropped.on >= publishedOn))
    .filter((x) => x.added === null || x.added.on <= asOf)
    .map((x): ActFact => {
      const on = x.added?.on ?? publishedOn
      const settledOn = x.completed?.on ?? (catalogue ? (x.carried?.on ?? x.dropped?.on ?? null) : null)
      return {
        kind: catalogue ? 'decision-item' : 'plan-item',
        item: { id: `${row.id}-${x.n}`, title: x.title, issuer: '', on },
        on,
        doneOn: settledOn,
        dueOn: x.due,
      }
    })
  return [...own, ...items, ...proposals]
}
