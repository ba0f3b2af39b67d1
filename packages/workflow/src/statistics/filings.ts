// What became of the duty to file: of the documents that a period concerns, from the ledgers; filings that another installation
// sent here from the file kept of them.
import { dateInShanghai } from '@dianzhang/calendar'
import type { Track } from '@dianzhang/contract'
import { and, type DbOrTx, eq, gte, inArray, isNotNull, isNull, lte, or, schema, sql } from '@dianzhang/database'
import { type FilingDossier, filingReviews } from '@dianzhang/processes'
import type { Office } from '../office.ts'
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
  /** There is no file of a document here (another installation's, or a decision): the file of the filing tells of both sides. */
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
  const own =
    asked.made.size === 0 ? [] : [...(await filingsOf(asked, await concerned(asked))), ...(await ofDecisions(asked))]
  return asked.alone ? [...own, ...(await sentHere(asked))] : own
}
/**
 * What the ledgers of these matters tell of filings by events of `types`, up to the instant `end`, matter by matter in order. Of the
 * payload only what is asked for: an entry is long, and for every part it is opened anew.
 */
export const filingLedger = <C extends Partial<typeof ofPayload>>(
  db: DbOrTx,
  asked: { places: string[]; matters: string[]; types: readonly string[]; end: Date },
  columns: C,
) =>
  db
    .select({ matter: l.matterId, type: l.type, at: l.at, ...columns })
    .from(l)
    .where(
      and(
        inArray(l.jurisdictionId, asked.places),
        among(l.matterId, asked.matters),
        // Word for word as the index has it; then those that are looked at.
        sql`${l.type} in ${filingEvents}`,
        among(l.type, asked.types),
        lte(l.at, asked.end),
      ),
    )
    .orderBy(l.matterId, l.seq)
/** What the payload of a filing's event holds; the number stands in that of the registration alone. */
export const ofPayload = {
  track: sql<Track | null>`${l.body} #>> '{payload,track}'`,
  number: sql<string | null>`case when ${l.type} = 'FilingRegistered' then ${l.body} #>> '{payload,number}' end`,
}
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
    .where(and(inArray(r.jurisdictionId, places), among(r.documentId, ids), isNull(r.decidedOn)))
  const [ofDocuments, ofReviews, dues] = await Promise.all([
    filingLedger(db, { places, matters: ids, types: Object.keys(ofDocument), end }, { track: ofPayload.track }),
    filingLedger(db, { places, matters: reviews.map((x) => x.matter), types: Object.keys(ofReview), end }, {}),
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
  const inTime = [...ofDocuments, ...ofReviews.map((x) => ({ ...x, track: null }))].sort(
    (a, b) => a.at.getTime() - b.at.getTime(),
  )
  const asked = inTime.filter((x) => x.type === 'FilingSupplementRequested' || x.type === 'FilingReturned')
  const terms = await termsOf(
    office,
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
    const n = found.steps.filter((x) => x.kind === kind).length
    const known = found.review && terms.get(found.review.matter)
    found.steps.push({
      kind,
      on: dateInShanghai(at.toISOString()),
      ...(dueKind ? { due: own(dueKind) } : {}),
      // Filings of old have no file at the receiver: the clock of the sender's file tells the last term.
      ...(kind === 'deferred' ? { due: found.review ? (known?.deferred[n] ?? null) : own('filing_supplement') } : {}),
      ...(kind === 'returned' ? { due: known?.returned[n] ?? null } : {}),
    })
  }
  return [...filings.values()]
}
interface Terms {
  /** By when each supplement asked for was due, in the order of asking. */
  deferred: string[]
  /** By when what was returned was to be sent again so as not to be late; null: it counts from the new sending. */
  returned: Array<string | null>
}
type Returned = Pick<FilingDossier, 'track' | 'returns'> & { document: Pick<FilingDossier['document'], 'tier'> }
/** Which returns allow sending again in time, by the rules of the filing, and by when. */
function returnTerms(office: Office, jurisdiction: string, packVersion: string, d: Returned): Array<string | null> {
  if (d.returns.length === 0) return []
  const pack = office.rules.pack(jurisdiction, packVersion)
  const resubmit = pack.filing.find((x) => x.track === d.track && x.tiers.includes(d.document.tier))?.resubmit
  const amount = resubmit?.value
  const grounds = pack.filingReview.returnedResubmitCounts.value
  return d.returns.map(({ on, ground }) =>
    resubmit && amount != null && grounds.includes(ground)
      ? office.rules
          .calendar(jurisdiction)
          .explain({ start: on, amount, unit: resubmit.unit ?? 'calendar_day', mode: 'deadline' }).due
      : null,
  )
}
/** The terms that the files at the receivers tell: filing → terms. */
async function termsOf(office: Office, places: string[], reviews: string[]): Promise<Map<string, Terms>> {
  if (reviews.length === 0) return new Map()
  const part = <T>(name: string) => sql<T>`${m.snapshot} #> ${sql.raw(`'{context,dossier,${name}}'`)}`
  const rows = await office.readDb
    .select({
      matter: m.id,
      jurisdiction: m.jurisdictionId,
      packVersion: m.packVersion,
      deferrals: part<FilingDossier['deferrals'] | null>('deferrals'),
      returns: part<FilingDossier['returns'] | null>('returns'),
      document: part<FilingDossier['document']>('document'),
      track: part<Track>('track'),
    })
    .from(m)
    .where(and(inArray(m.jurisdictionId, places), among(m.id, [...new Set(reviews)])))
  return new Map(
    rows.map(({ matter, jurisdiction, packVersion, deferrals, returns, ...d }) => [
      matter,
      {
        deferred: (deferrals ?? []).map(({ until }) => until),
        returned: returnTerms(office, jurisdiction, packVersion, { ...d, returns: returns ?? [] }),
      },
    ]),
  )
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
interface FileRow {
  matter: string
  jurisdiction: string
  snapshot: unknown
}
/** Filings of which the file at the receiver tells both sides, as known at `asOf`; `issuer`: by name. */
async function ofFiles(
  { office, places, period }: Asked,
  rows: readonly FileRow[],
  issuer: (d: FilingDossier) => string,
): Promise<KnownFiling[]> {
  if (rows.length === 0) return []
  const dues = await duesOf(
    office.readDb,
    places,
    rows.map((x) => x.matter),
  )
  return rows.map(({ matter, jurisdiction, snapshot }): KnownFiling => {
    const d = filingReviews.restore(snapshot as never).context.dossier
    const of = (key: string): string | null => dues.get(`${matter} ${key}`) ?? null
    const steps = stepsSent(d, returnTerms(office, jurisdiction, d.packVersion, d))
    const [check, review] = [of('form-check'), of('review')]
    return {
      entry: d.document.entry,
      jurisdiction,
      document: d.decision ? matter : d.document.matter,
      title: d.document.title,
      number: d.document.number,
      issuer: issuer(d),
      track: d.track,
      publishedOn: d.document.publishedOn,
      dueOn: of('filing'),
      steps: steps
        .filter((x) => x.on <= period.asOf)
        .map((x) => ({
          ...x,
          ...(x.kind === 'registered' ? { due: check } : x.kind === 'closed' ? { due: review } : {}),
        })),
      outcome: d.closed && d.closed.on <= period.asOf ? d.closed.outcome : null,
      review: { matter, recipient: d.unit },
      foreign: d,
      ...(d.exchange?.side === 'receiver' ? { address: d.exchange.address } : {}),
    }
  })
}
/** Decisions that amend or repeal, without a document, which the period concerns: made in it, or something happened in it. */
async function ofDecisions(asked: Asked): Promise<KnownFiling[]> {
  const { office, places, made, period, end } = asked
  const until = period.to < period.asOf ? period.to : period.asOf
  const moved = sql`exists (select from ${l} where ${l.jurisdictionId} = ${r.jurisdictionId} and ${l.matterId} = ${r.matterId}
    and ${l.type} in ${filingEvents} and ${l.at} >= ${`${period.from}T00:00:00+08:00`}::timestamptz and ${l.at} <= ${end.toISOString()}::timestamptz)`
  const rows = await office.readDb
    .select({ matter: r.matterId, jurisdiction: r.jurisdictionId, snapshot: m.snapshot, document: r.documentId })
    .from(r)
    .innerJoin(m, and(eq(m.jurisdictionId, r.jurisdictionId), eq(m.id, r.matterId)))
    .where(
      and(
        inArray(r.jurisdictionId, places),
        isNotNull(r.decidedOn),
        lte(r.openedOn, period.asOf),
        or(and(gte(r.decidedOn, period.from), lte(r.decidedOn, until)), moved),
      ),
    )
  return ofFiles(
    asked,
    // What another installation decided is among what was sent here.
    rows.filter(({ document }) => made.has(document)),
    (d) => made.get(d.document.matter)?.issuer ?? '',
  )
}
/** What other installations filed here: the register that knows these documents is theirs. */
async function sentHere(asked: Asked): Promise<KnownFiling[]> {
  const { office, places, period } = asked
  const rows = await office.readDb
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
  // Names, as the sender told them.
  return ofFiles(asked, rows, (d) => d.document.issuers[0] ?? '')
}
/** The steps of a filing as its file tells them, in the order of time; `again`: by when each return was to be answered. */
function stepsSent(
  d: FilingDossier,
  again: ReadonlyArray<string | null>,
): Array<{ kind: FilingStep; on: string; number?: string; due?: string | null }> {
  const step = (kind: FilingStep, on: string | null | undefined) => (on ? [{ kind, on }] : [])
  const submitted = d.submissions.map(({ kind, on }) => ({
    kind: (kind === 'supplement' ? 'supplied' : 'sent') as FilingStep,
    on,
  }))
  return [
    ...submitted,
    ...d.returns.map((x, i) => ({ kind: 'returned' as const, on: x.on, due: again[i] ?? null })),
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
