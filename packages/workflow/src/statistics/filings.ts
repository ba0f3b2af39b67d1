// What became of the duty to file: of the documents that a period concerns, from the ledgers; filings that another installation
// sent here from the file kept of them.
import { dateInShanghai } from '@dianzhang/calendar'
import type { Track } from '@dianzhang/contract'
import { and, type DbOrTx, eq, inArray, isNull, lte, schema, sql } from '@dianzhang/database'
import { type FilingDossier, filingReviews } from '@dianzhang/processes'
import { type Asked, among, type MadeHere } from './asked.ts'
import type { FilingFact, FilingStep } from './figures.ts'

const { ledgerEvents: l, deadlines: c, filingReviews: r, matters: m, registerEntries: e, filingEvents } = schema

/** A filing with the matters whose ledgers tell of it. */
export interface KnownFiling extends FilingFact {
  jurisdiction: string
  /** The document's own matter; of another installation's document, the matter there. */
  document: string
  number: string | null
  review: { matter: string; recipient: string } | null
  /** Sent here by another installation: the file of it. */
  foreign: FilingDossier | null
}
/** Events of a document's ledger → steps of its filing. */
export const ofDocument: Record<string, FilingStep> = {
  FilingSent: 'sent',
  FilingSupplementRequested: 'deferred',
  FilingSupplemented: 'supplied',
  FilingReturned: 'returned',
  FilingRegistered: 'registered',
  CorrectionRequested: 'opinion',
  FilingClosed: 'closed',
}
const ofReview: Record<string, FilingStep> = { CorrectionReported: 'corrected', ExplanationAsked: 'asked' }

/** Documents whose filing the period concerns: published in it, or something happened in it. */
async function concerned({ office, places, made, period, end }: Asked): Promise<string[]> {
  const until = period.to < period.asOf ? period.to : period.asOf
  const from = new Date(`${period.from}T00:00:00+08:00`)
  const last = new Date(`${until}T23:59:59.999+08:00`)
  const moved = await office.readDb
    .selectDistinct({ id: sql<string>`coalesce(${r.documentId}, ${l.matterId})` })
    .from(l)
    .leftJoin(r, and(eq(r.jurisdictionId, l.jurisdictionId), eq(r.matterId, l.matterId)))
    .where(
      and(
        inArray(l.jurisdictionId, places),
        sql`${l.at} >= ${from.toISOString()}::timestamptz`,
        lte(l.at, last < end ? last : end),
        sql`${l.type} in ${filingEvents}`,
      ),
    )
  const ids = new Set(moved.map(({ id }) => id).filter((id) => made.has(id)))
  for (const { document, publishedOn } of made.values())
    if (publishedOn >= period.from && publishedOn <= until) ids.add(document)
  return [...ids]
}
/** Filings of the documents that the period concerns, as known at `asOf`; of no other issuer's where one is asked for. */
export async function loadFilings(asked: Asked): Promise<KnownFiling[]> {
  const own = asked.made.size === 0 ? [] : await filingsOf(asked, await concerned(asked))
  return asked.alone ? [...own, ...(await sentHere(asked))] : own
}
/** What the ledgers of these matters tell of filings up to the instant `end`, matter by matter in order. */
export const filingLedger = (db: DbOrTx, places: string[], matters: string[], end: Date) =>
  db
    .select({
      matter: l.matterId,
      type: l.type,
      at: l.at,
      track: sql<Track | null>`${l.body} -> 'payload' ->> 'track'`,
      number: sql<string | null>`${l.body} -> 'payload' ->> 'number'`,
    })
    .from(l)
    .where(
      and(
        inArray(l.jurisdictionId, places),
        among(l.matterId, matters),
        sql`${l.type} in ${filingEvents}`,
        lte(l.at, end),
      ),
    )
    .orderBy(l.matterId, l.seq)
async function filingsOf({ office, places, made, period, end }: Asked, ids: string[]): Promise<KnownFiling[]> {
  if (ids.length === 0) return []
  const db = office.readDb
  const reviews = await db
    .select({
      matter: r.matterId,
      document: r.documentId,
      track: r.track,
      recipient: r.recipient,
      closedOn: r.closedOn,
      outcome: r.outcome,
    })
    .from(r)
    .where(and(inArray(r.jurisdictionId, places), among(r.documentId, ids)))
  const matters = [...ids, ...reviews.map((x) => x.matter)]
  const [events, dues] = await Promise.all([
    filingLedger(db, places, matters, end),
    db
      .select({ matter: c.matterId, key: c.key, kind: c.kind, dueOn: c.dueOn, status: c.status })
      .from(c)
      .where(
        and(
          inArray(c.jurisdictionId, places),
          among(c.matterId, ids),
          inArray(c.kind, ['filing', 'filing_formal_check', 'filing_review', 'filing_supplement']),
        ),
      ),
  ])
  const filings = new Map<string, KnownFiling>()
  const due = new Map(dues.map((x) => [`${x.matter} ${x.kind} ${x.key.split(':')[1]}`, x.dueOn]))
  for (const x of dues) {
    const document = x.kind === 'filing' && x.status !== 'cancelled' ? made.get(x.matter) : undefined
    const track = x.key.split(':')[1] as Track | undefined
    if (document && track) filings.set(`${x.matter} ${track}`, opened(document, track, x.dueOn))
  }
  const ofMatter = new Map(reviews.map((x) => [x.matter, x]))
  for (const x of reviews) {
    const found = filings.get(`${x.document} ${x.track}`)
    if (!found) continue
    found.review = { matter: x.matter, recipient: x.recipient }
    if (x.closedOn !== null && x.closedOn <= period.asOf) found.outcome = x.outcome
  }
  const kindDue: Partial<Record<FilingStep, string>> = { registered: 'filing_formal_check', closed: 'filing_review' }
  // One filing is told by two ledgers: their steps stand in the order of time, whatever the ids of the matters.
  const inTime = events.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const asked = inTime.filter((x) => x.type === 'FilingSupplementRequested')
  const terms = await supplementTerms(
    db,
    places,
    asked.flatMap((x) => filings.get(`${x.matter} ${x.track}`)?.review?.matter ?? []),
  )
  for (const { matter, type, at, track } of inTime) {
    const review = ofMatter.get(matter)
    const key = review ? `${review.document} ${review.track}` : `${matter} ${track}`
    const kind = review ? ofReview[type] : ofDocument[type]
    const found = filings.get(key)
    if (!kind || !found) continue
    const dueKind = kindDue[kind]
    const own = (clock: string) => due.get(`${found.document} ${clock} ${found.track}`) ?? null
    const n = found.steps.filter((x) => x.kind === 'deferred').length
    found.steps.push({
      kind,
      on: dateInShanghai(at.toISOString()),
      ...(dueKind ? { due: own(dueKind) } : {}),
      // Filings of old have no file at the receiver: the clock of the sender's file tells the last term.
      ...(kind === 'deferred'
        ? { due: found.review ? (terms.get(found.review.matter)?.[n] ?? null) : own('filing_supplement') }
        : {}),
    })
  }
  return [...filings.values()]
}
/** By when each supplement asked for was due, in the order of asking: filing → days. */
async function supplementTerms(db: DbOrTx, places: string[], reviews: string[]): Promise<Map<string, string[]>> {
  if (reviews.length === 0) return new Map()
  const rows = await db
    .select({
      matter: m.id,
      deferrals: sql<FilingDossier['deferrals'] | null>`${m.snapshot} #> '{context,dossier,deferrals}'`,
    })
    .from(m)
    .where(and(inArray(m.jurisdictionId, places), among(m.id, [...new Set(reviews)])))
  return new Map(rows.map((x) => [x.matter, (x.deferrals ?? []).map(({ until }) => until)]))
}
const opened = (x: MadeHere, track: Track, dueOn: string | null): KnownFiling => ({
  entry: x.id,
  jurisdiction: x.jurisdiction,
  document: x.document,
  title: x.title,
  number: x.number,
  issuer: x.issuer,
  track,
  publishedOn: x.publishedOn,
  dueOn,
  steps: [],
  outcome: null,
  review: null,
  foreign: null,
})
/** What other installations filed here: the register that knows these documents is theirs. */
async function sentHere({ office, places, period }: Asked): Promise<KnownFiling[]> {
  const db = office.readDb
  const rows = await db
    .select({ matter: r.matterId, jurisdiction: r.jurisdictionId, snapshot: m.snapshot })
    .from(r)
    .innerJoin(m, and(eq(m.jurisdictionId, r.jurisdictionId), eq(m.id, r.matterId)))
    .leftJoin(e, and(eq(e.jurisdictionId, r.jurisdictionId), eq(e.id, r.entryId)))
    .where(
      and(
        inArray(r.jurisdictionId, places),
        isNull(e.id),
        lte(r.openedOn, period.asOf),
        sql`${m.snapshot} #>> '{context,dossier,exchange,side}' = 'receiver'`,
      ),
    )
  if (rows.length === 0) return []
  const dues = await duesOf(
    db,
    places,
    rows.map((x) => x.matter),
  )
  return rows.map(({ matter, jurisdiction, snapshot }): KnownFiling => {
    const d = filingReviews.restore(snapshot as never).context.dossier
    const of = (key: string): string | null => dues.get(`${matter} ${key}`) ?? null
    const sent = stepsSent(d).filter((x) => x.on <= period.asOf)
    const check = of('form-check')
    const review = of('review')
    return {
      entry: d.document.entry,
      jurisdiction,
      document: d.document.matter,
      title: d.document.title,
      number: d.document.number,
      // Names, as the sender told them.
      issuer: d.document.issuers[0] ?? '',
      track: d.track,
      publishedOn: d.document.publishedOn,
      dueOn: of('filing'),
      steps: sent.map((x) => ({
        ...x,
        ...(x.kind === 'registered' ? { due: check } : x.kind === 'closed' ? { due: review } : {}),
      })),
      outcome: d.closed && d.closed.on <= period.asOf ? d.closed.outcome : null,
      review: { matter, recipient: d.unit },
      foreign: d,
      address: d.exchange?.address ?? null,
    }
  })
}
/** The steps of a filing as its file tells them, in the order of time. */
export function stepsSent(d: FilingDossier): Array<{ kind: FilingStep; on: string; number?: string; due?: string }> {
  const step = (kind: FilingStep, on: string | null | undefined) => (on ? [{ kind, on }] : [])
  const submitted = d.submissions.map(({ kind, on }) => ({
    kind: (kind === 'supplement' ? 'supplied' : 'sent') as FilingStep,
    on,
  }))
  return [
    ...submitted,
    ...d.returns.flatMap((x) => step('returned', x.on)),
    ...d.deferrals.map((x) => ({ kind: 'deferred' as const, on: x.on, due: x.until })),
    ...(d.registered ? [{ kind: 'registered' as const, on: d.registered.on, number: d.registered.number }] : []),
    ...d.inquiries.flatMap((x) => step('asked', x.on)),
    ...step('opinion', d.opinion?.on),
    ...step('corrected', d.correction?.on),
    ...step('closed', d.closed?.on),
  ].sort((a, b) => byDay(a, b) || order.indexOf(a.kind) - order.indexOf(b.kind))
}
const byDay = (a: { on: string }, b: { on: string }): number => (a.on < b.on ? -1 : Number(a.on > b.on))
/** Of one day. */
const order: FilingStep[] = [
  'sent',
  'deferred',
  'supplied',
  'returned',
  'registered',
  'asked',
  'opinion',
  'corrected',
  'annulled',
  'closed',
]
async function duesOf(db: DbOrTx, places: string[], matters: string[]): Promise<Map<string, string>> {
  const rows = await db
    .select({ matter: c.matterId, key: c.key, dueOn: c.dueOn })
    .from(c)
    .where(
      and(
        inArray(c.jurisdictionId, places),
        among(c.matterId, matters),
        inArray(c.key, ['filing', 'form-check', 'review']),
      ),
    )
  return new Map(rows.map((x) => [`${x.matter} ${x.key}`, x.dueOn]))
}
