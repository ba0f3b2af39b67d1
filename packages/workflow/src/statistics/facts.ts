// The facts behind the figures, read from the register and the ledgers. Everything is dated: a past day is answered by leaving
// out what came later. Nothing of a document that is not public.
import { dateInShanghai } from '@dianzhang/calendar'
import { decisionCatalogue, draftingPlan } from '@dianzhang/contract'
import { and, correlated, type Db, eq, inArray, isNotNull, lte, schema, sql } from '@dianzhang/database'
import { decisionCatalogues, draftingPlans, type ListDossier } from '@dianzhang/processes'
import { type CommentCounts, countComments, standsOn, unlessChanged } from '@dianzhang/register'
import { feedbackDue, standingForce } from '@dianzhang/rules'
import type { Office } from '../office.ts'
import { type Asked, among, type FiguresQuery, knownBy, type MadeHere, type Period } from './asked.ts'
import type { EntryFact } from './figures.ts'
import { loadFilings } from './filings.ts'
import type { ActFact, IndicatorFacts } from './indicators.ts'
import type { MakingFact } from './scorecard.ts'

const { registerEntries: e, ledgerEvents: l, deadlines: c, matters: m, units: u, makingEvents } = schema

const { publicConsultations: p } = schema
/**
 * All facts of a period as known at the end of `asOf`: every public entry; of what was made here only what the period
 * concerns – documents published in it, filings of these and filings on which something happened in it.
 */
export async function loadFacts(office: Office, query: FiguresQuery, period: Period): Promise<IndicatorFacts> {
  const db = office.readDb
  const end = new Date(`${period.asOf}T23:59:59.999+08:00`)
  const here = query.jurisdiction
  const [kinds, rows, acts] = await Promise.all([
    db
      .select({ jurisdiction: u.jurisdictionId, name: u.name, kind: u.kind })
      .from(u)
      .where(here === undefined ? undefined : eq(u.jurisdictionId, here)),
    askedRows(db, query, period),
    loadActs(office, query, period),
  ])
  const levels = new Map(kinds.map(({ name, kind }) => [name, levelOf[kind] ?? null]))
  const known = knownBy(end)
  const entries = rows.map((row): EntryFact => {
    // What was recorded after the day asked about is not known yet.
    const events = row.force_events === null ? none : row.force_events.filter(known)
    const standing = events.length === 0 ? none : standingForce(events as never[])
    return {
      id: row.id,
      title: row.title,
      number: row.number,
      issuer: row.issuer ?? '',
      tier: row.tier ?? levels.get(row.issuer ?? '') ?? null,
      publishedOn: row.published_on,
      recordedOn: row.recorded_on,
      standsOn: standsOn({
        origin: row.origin,
        publishedOn: row.published_on,
        effectiveDate: row.effective_date,
        validUntil: row.valid_until,
        forceEvents: events as never[],
        sourceStatus: row.source_status,
        recordedOn: period.asOf,
      }),
      changes: standing.length === 0 ? none : standing.map(({ kind, on }) => ({ kind, on })),
    }
  })
  const made = new Map<string, MadeHere>()
  for (const row of rows)
    if (row.document !== null)
      made.set(row.document, {
        jurisdiction: row.jurisdiction,
        document: row.document,
        id: row.id,
        title: row.title,
        number: row.number,
        issuer: row.issuer ?? '',
        publishedOn: row.published_on,
        effectiveDate: row.effective_date,
      })
  const places = here === undefined ? [...new Set(kinds.map((x) => x.jurisdiction))] : [here]
  const asked = { office, places, made, period, end, alone: query.issuer === undefined && query.unit === undefined }
  const [makings, filings] = await Promise.all([loadMakings(asked), loadFilings(asked)])
  return { ...period, entries, filings, makings, acts }
}
type ForceEvents = Array<{ kind: string; on: string }>
interface EntryRow {
  id: string
  jurisdiction: string
  document: string | null
  title: string
  number: string | null
  issuer: string | null
  tier: string | null
  origin: string
  published_on: string
  effective_date: string | null
  valid_until: string | null
  /** Null: none. */
  force_events: ForceEvents | null
  source_status: string | null
  recorded_on: string
}
const repeated = ['jurisdiction', 'issuer', 'tier', 'origin', 'source_status'] as const
const dates = ['published_on', 'effective_date', 'valid_until', 'recorded_on'] as const
/**
 * Every public entry of one place, or of all, with the columns that the figures look at. Remembered until the register
 * changes: the same rows answer every period, every past day and every list. What repeats is kept once.
 */
const entryRows = (db: Db, here: string | undefined): Promise<readonly EntryRow[]> =>
  unlessChanged(
    db,
    `figures ${here ?? ''}`,
    async () => {
      const rows = await db.execute<EntryRow & Record<string, unknown>>(sql`
        select ${e.id} as id, ${e.jurisdictionId} as jurisdiction, ${e.documentId} as document, ${e.title} as title,
          ${e.documentNumber} as number, ${e.leadIssuer} as issuer, ${e.tier} as tier, ${e.origin} as origin,
          ${e.publishedOn}::text as published_on, ${e.effectiveDate}::text as effective_date,
          ${e.validUntil}::text as valid_until, nullif(${e.forceEvents}, '[]'::jsonb) as force_events,
          ${e.sourceStatus} as source_status, (${e.createdAt} at time zone 'Asia/Shanghai')::date::text as recorded_on
        from ${e} where ${and(
          eq(e.disclosure, 'active'),
          inArray(e.category, ['行政规范性文件', '地方规范性文件', '部门规范性文件']),
          isNotNull(e.publishedOn),
          here === undefined ? undefined : eq(e.jurisdictionId, here),
        )}`)
      const words = new Map<string, string>()
      const once = (row: EntryRow, key: (typeof repeated)[number] | (typeof dates)[number]): void => {
        const word = row[key]
        if (word === null) return
        const known = words.get(word)
        if (known === undefined) words.set(word, word)
        else (row as unknown as Record<string, string>)[key] = known
      }
      for (const row of rows) {
        for (const key of repeated) once(row, key)
        for (const key of dates) once(row, key)
      }
      return rows as readonly EntryRow[]
    },
    'register',
  )
/** Documents on which this unit has the pen, by `jurisdiction id`. */
async function draftedBy(db: Db, unit: string): Promise<{ named: Set<string>; drafted: Set<string> }> {
  const [names, drafts] = await Promise.all([
    db.select({ place: u.jurisdictionId, name: u.name }).from(u).where(eq(u.id, unit)),
    db
      .select({ place: m.jurisdictionId, id: m.id })
      .from(m)
      .where(and(eq(m.unit, unit), eq(m.process, 'normative-document'))),
  ])
  return {
    named: new Set(names.map((x) => `${x.place} ${x.name}`)),
    drafted: new Set(drafts.map((x) => `${x.place} ${x.id}`)),
  }
}
/** Of the entries those published by the day asked about, of the issuer or the unit asked for. */
async function askedRows(db: Db, query: FiguresQuery, period: Period): Promise<EntryRow[]> {
  const [rows, own] = await Promise.all([
    entryRows(db, query.jurisdiction),
    query.unit === undefined ? null : draftedBy(db, query.unit),
  ])
  return rows.filter(
    (row) =>
      row.published_on <= period.asOf &&
      (query.issuer === undefined || row.issuer === query.issuer) &&
      (own === null ||
        own.named.has(`${row.jurisdiction} ${row.issuer}`) ||
        own.drafted.has(`${row.jurisdiction} ${row.document}`)),
  )
}

/** How the documents published in the period were made. */
async function loadMakings({ office, places, made, period, end }: Asked): Promise<MakingFact[]> {
  const db = office.readDb
  const until = period.to < period.asOf ? period.to : period.asOf
  const documents = [...made.values()].filter((x) => x.publishedOn >= period.from && x.publishedOn <= until)
  if (documents.length === 0) return []
  const ids = documents.map((x) => x.document)
  const [steps, terms, files, consulted] = await Promise.all([
    db
      .select({ matter: l.matterId, type: l.type, at: sql<string>`min(${l.at})` })
      .from(l)
      .where(
        and(
          inArray(l.jurisdictionId, places),
          among(l.matterId, ids),
          sql`${l.type} in ${makingEvents}`,
          lte(l.at, end),
        ),
      )
      .groupBy(l.matterId, l.type),
    db
      .select({ matter: c.matterId, dueOn: c.dueOn, metOn: c.metOn })
      .from(c)
      .where(and(inArray(c.jurisdictionId, places), among(c.matterId, ids), eq(c.kind, 'review_maximum'))),
    db
      .select({
        matter: m.id,
        // By one path: every arrow would read the whole snapshot again.
        enterprise: sql<boolean>`coalesce((${m.snapshot} #>> '{context,dossier,classification,enterpriseRelated}')::boolean, false)`,
        packVersion: m.packVersion,
      })
      .from(m)
      .where(and(inArray(m.jurisdictionId, places), among(m.id, ids))),
    db
      .select({ matter: p.documentId, openedAt: p.openedAt, closesOn: p.closesOn })
      .from(p)
      .where(and(inArray(p.jurisdictionId, places), among(p.documentId, ids), lte(p.openedAt, end)))
      .orderBy(p.documentId, p.n),
  ])
  const reviewed = new Map<string, boolean>()
  for (const x of terms)
    if (x.metOn !== null && x.metOn <= period.asOf)
      reviewed.set(x.matter, (reviewed.get(x.matter) ?? true) && x.metOn <= x.dueOn)
  const file = new Map(files.map((x) => [x.matter, x]))
  /** The last day of the least time for the public, as the document's rules say it; documents share most of the days. */
  const least = new Map<string, string>()
  const leastUntil = (jurisdiction: string, version: string, openedOn: string): string => {
    const key = `${jurisdiction} ${version} ${openedOn}`
    const found = least.get(key)
    if (found !== undefined) return found
    const { value, unit } = office.rules.pack(jurisdiction, version).consultation.generalMinimum
    const calendar = office.rules.calendar(jurisdiction)
    const { due } = calendar.explain({ start: openedOn, amount: value, unit: unit ?? 'calendar_day', mode: 'minimum' })
    least.set(key, due)
    return due
  }
  const longEnough = new Map<string, boolean>()
  for (const { matter, openedAt, closesOn } of consulted) {
    const document = made.get(matter)
    const version = file.get(matter)?.packVersion
    if (!document || version === undefined || closesOn > period.asOf) continue
    const by = leastUntil(document.jurisdiction, version, dateInShanghai(openedAt.toISOString()))
    longEnough.set(matter, (longEnough.get(matter) ?? false) || closesOn >= by)
  }
  const stepsOf = Map.groupBy(steps, ({ matter }) => matter)
  return documents.map(
    ({ document, id, title, issuer, publishedOn, effectiveDate }): MakingFact => ({
      entry: id,
      title,
      issuer,
      publishedOn,
      effectiveDate,
      steps: Object.fromEntries(
        (stepsOf.get(document) ?? []).map(({ type, at }) => [type, dateInShanghai(new Date(at).toISOString())]),
      ),
      enterpriseRelated: file.get(document)?.enterprise ?? false,
      reviewInTime: reviewed.get(document) ?? null,
      consultedLongEnough: longEnough.get(document) ?? null,
    }),
  )
}

/** The level of a document by the kind of who issued it, where the entry does not say. */
const levelOf: Partial<Record<string, string>> = {
  government: 'government',
  office: 'government',
  department: 'department',
  township: 'township',
}
const none: never[] = []
const listEngines: Readonly<Record<string, typeof draftingPlans>> = {
  [draftingPlan.kind]: draftingPlans,
  [decisionCatalogue.kind]: decisionCatalogues,
}
/** What the other procedures made public up to the end of the day asked about. Asked for one issuer or unit there are none. */
async function loadActs(office: Office, query: FiguresQuery, period: Period): Promise<ActFact[]> {
  if (query.issuer !== undefined || query.unit !== undefined) return []
  const db = office.readDb
  const { evaluations: ev, cleanups: cl, suggestions: sg, suggestionTexts: st, sessions: se } = schema
  const here = query.jurisdiction
  const day = (at: Date | string) => dateInShanghai(new Date(at).toISOString())
  const end = new Date(`${period.asOf}T23:59:59.999+08:00`)
  const [consultations, evaluated, cleaned, lists, suggested, met] = await Promise.all([
    db
      .select({
        round: {
          id: p.id,
          jurisdictionId: p.jurisdictionId,
          closesOn: p.closesOn,
          feedbackAt: p.feedbackAt,
          again: sql<boolean>`exists (select from public_consultations y where y.jurisdiction_id = ${p.jurisdictionId} and y.document_id = ${p.documentId} and y.n > ${p.n})`,
        },
        title: p.title,
        pack: m.packVersion,
        stage: m.stage,
      })
      .from(p)
      .innerJoin(m, and(eq(m.jurisdictionId, p.jurisdictionId), eq(m.id, p.documentId)))
      .where(
        and(
          isNotNull(p.closedAt),
          lte(p.closedAt, end),
          sql`(${p.closesOn} >= ${period.from} or ${p.feedbackAt} >= ${`${period.from}T00:00:00+08:00`}::timestamptz)`,
          here === undefined ? undefined : eq(p.jurisdictionId, here),
        ),
      )
      .orderBy(p.closesOn, p.id),
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
        answeredAt: correlated(
          sql<string | null>`(select min(${st.at}) from ${st} where ${and(
            eq(st.jurisdictionId, sg.jurisdictionId),
            eq(st.matterId, sg.matterId),
            eq(st.kind, 'answer'),
          )})`,
        ),
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
  const opened = lists.flatMap((row) => {
    const engine = listEngines[row.process]
    return engine ? [{ row, dossier: engine.restore(row.snapshot).context.dossier }] : []
  })
  const archived = await archivedEntries(
    db,
    opened.flatMap(({ dossier }) => completedBy(dossier)),
    end,
  )
  const answered = consultations.filter(({ round }) => round.feedbackAt !== null).map(({ round }) => round.id)
  const counted =
    answered.length === 0
      ? new Map<string, CommentCounts>()
      : await countComments(db, sql`c.consultation_id in ${answered}`)
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
  // Thousands of rounds close on a few hundred days: the calendar is asked once for each day and version of the rules.
  const reckoned = new Map<string, ReturnType<typeof feedbackDue>>()
  const dueOf = (jurisdiction: string, pack: string, closesOn: string) => {
    const key = `${jurisdiction} ${pack} ${closesOn}`
    const known = reckoned.get(key)
    if (known !== undefined) return known
    const rules = { pack: office.rules.pack(jurisdiction, pack), calendar: office.rules.calendar(jurisdiction) }
    const due = feedbackDue({ ...rules, today: period.asOf }, closesOn)
    reckoned.set(key, due)
    return due
  }
  return [
    ...consultations.flatMap(({ round, title, pack, stage }) => {
      const doneOn = round.feedbackAt === null ? null : day(round.feedbackAt)
      const due = dueOf(round.jurisdictionId, pack, round.closesOn)
      const { total, distinct } = counted.get(round.id) ?? { total: 0, distinct: 0 }
      const each = (kind: 'comment' | 'comment-content', n: number) =>
        doneOn === null || doneOn > period.asOf
          ? []
          : Array.from({ length: n }, (_, i) =>
              act(kind, `${kind}-${round.id}-${i + 1}`, `${title}：第${i + 1}件`, doneOn),
            )
      return [
        // Another round, or an end of the file, takes the duty with it.
        ...(round.again || stage.startsWith('closed')
          ? []
          : [act('feedback', `feedback-${round.id}`, title, round.closesOn, doneOn, due?.due ?? null)]),
        ...each('comment', total),
        ...each('comment-content', distinct),
      ]
    }),
    ...evaluated.map((x) => act('evaluation', x.id, x.title, x.on ?? '')),
    ...cleaned.map((x) => act(x.kind === 'periodic' ? 'periodic-cleanup' : 'cleanup', x.id, x.title, x.on ?? '')),
    // Who suggested what is nobody's business here: a line with its day.
    ...suggested.map((x, i) =>
      act('suggestion', `suggestion-${i + 1}`, '审查建议', day(x.receivedAt), x.answeredAt ? day(x.answeredAt) : null),
    ),
    ...met.map((x) => act('session', x.id, x.title, x.on)),
    ...opened.flatMap(({ row, dossier }) => {
      const { catalogueBy } = office.rules.pack(dossier.jurisdiction, dossier.packVersion).yearly
      return actsOfList(row, dossier, period.asOf, { catalogueBy: catalogueBy.value, archived })
    }),
  ]
}
const completedBy = (d: ListDossier): string[] => d.items.flatMap((x) => x.completed?.document ?? [])
/** Of these entries those whose file was archived by then, with the day. */
async function archivedEntries(db: Db, entries: string[], end: Date): Promise<Map<string, string>> {
  if (entries.length === 0) return new Map()
  const rows = await db
    .select({ id: e.id, at: sql<string>`min(${l.at})` })
    .from(e)
    .innerJoin(l, and(eq(l.jurisdictionId, e.jurisdictionId), eq(l.matterId, e.documentId)))
    .where(and(among(e.id, entries), eq(l.type, 'FileArchived'), lte(l.at, end)))
    .groupBy(e.id)
  return new Map(rows.map((row) => [row.id, dateInShanghai(new Date(row.at).toISOString())]))
}
/** A list with its items and the proposals it drew: those published; proposals also while it is being drawn up. */
function actsOfList(
  row: { id: string; process: string; title: string },
  d: ListDossier,
  asOf: string,
  {
    catalogueBy,
    archived,
  }: {
    /** By which day (month and day) the year's catalogue is published; null: none is set. */
    catalogueBy: string | null
    archived: ReadonlyMap<string, string>
  },
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
        // What was dropped or carried over comes to no file.
        ...(catalogue && (x.completed || settledOn === null)
          ? { archivedOn: archived.get(x.completed?.document ?? '') ?? null }
          : {}),
      }
    })
  return [...own, ...items, ...proposals]
}
