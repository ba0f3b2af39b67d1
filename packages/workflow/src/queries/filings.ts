// The desk of filings: documents in force that this person files, or receives for filing; and what was published and not filed.
import { dateInShanghai, daysBetween } from '@dianzhang/calendar'
import { type answers, filingReview, type Track, tracks } from '@dianzhang/contract'
import {
  and,
  arrayOverlaps,
  asc,
  decodeCursor,
  eq,
  inArray,
  isNotNull,
  isNull,
  or,
  type Page,
  type Paging,
  pageBehind,
  pageFrom,
  rowsBefore,
  type SQL,
  type SQLWrapper,
  schema,
  sql,
} from '@dianzhang/database'
import { receiversOwn } from '@dianzhang/processes'
import type { Clock, FilingRecord } from '@dianzhang/rules'
import type { Office, Person } from '../office.ts'

const { deadlines, documents, filingReviews, matters, registerEntries, units } = schema
/** Deadlines of the organ that receives, and of the one that files: on the document's own file where nothing was received yet. */
const receiving: Array<Clock['kind']> = ['filing_formal_check', 'filing_review']
const sending: Array<Clock['kind']> = ['filing', 'filing_resubmit', 'filing_supplement', 'correction']

interface Due {
  on: string
  label: string
  overdue: boolean
  track: Track
  /** Of the organ that receives. */
  receives: boolean
}
interface Review {
  track: Track
  matter: string
  stage: string
}
type Row = answers.Given<typeof answers.FilingRow>
type TrackRow = Row['tracks'][number]
const plain = ({ on, label, overdue }: Due) => ({ on, label, overdue })
const nearestOf = (each: readonly TrackRow[]) =>
  each
    .flatMap((x) => x.own ?? [])
    .toSorted((a, b) => a.on.localeCompare(b.on))
    .at(0) ?? null
const stageLabel = (stage: string): string | null =>
  (filingReview.stages as Record<string, string | undefined>)[stage] ?? null

/** What is one's own comes first, by its deadline; each track with its own. Keyset pages, `limit` 50 unless told. */
export async function listFilings(office: Office, actor: Person, query: Paging): Promise<Page<Row>> {
  const limit = query.limit ?? 50
  const posts = (...roles: string[]) => actor.posts.filter(({ role }) => roles.includes(role)).map(({ unit }) => unit)
  const asReceiver = posts('registrar', 'filing_reviewer')
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['text', 'text'])
  const found = await Promise.all([
    ofDocuments(office, actor, { limit, after, asReceiver, clerks: posts('secretariat') }),
    withoutFile(office, actor, { limit, after, asReceiver, clerks: posts('secretariat') }),
  ])
  const rows = found
    .flat()
    .toSorted((a, b) => (a.nearest === b.nearest ? (a.row.id < b.row.id ? -1 : 1) : a.nearest < b.nearest ? -1 : 1))
  const page = pageFrom(rows, limit, ({ nearest, row }) => [nearest, row.id])
  return { ...page, items: page.items.map(({ row }) => row) }
}
interface Asked {
  limit: number
  after: string[] | undefined
  asReceiver: string[]
  clerks: string[]
}
type Found = { nearest: string; row: Row }
const later = (nearest: SQL, id: SQLWrapper, after: string[] | undefined): SQL | undefined =>
  after ? sql`(${nearest}, ${id}) > (${after[0] ?? ''}, ${after[1] ?? ''})` : undefined

/** The government office files for every issuer of the county (as `may` says for FileDocument). */
async function inGovernmentOffice(office: Office, actor: Person, clerks: string[]): Promise<boolean> {
  if (clerks.length === 0) return false
  const [found] = await office.db
    .select({ id: units.id })
    .from(units)
    .where(and(eq(units.jurisdictionId, actor.jurisdiction), inArray(units.id, clerks), eq(units.kind, 'office')))
    .limit(1)
  return found !== undefined
}
async function ofDocuments(
  office: Office,
  actor: Person,
  { limit, after, asReceiver, clerks }: Asked,
): Promise<Found[]> {
  const mine = [...new Set([...asReceiver, ...clerks])]
  const governmentOffice = await inGovernmentOffice(office, actor, clerks)
  const registers = asReceiver.length > 0
  const now = office.clock.now().toISOString()
  const kinds = (list: readonly string[]) => sql`${sql.param([...list])}::text[]`
  // Once it was received, the file at the receiving organ tells the days, as the list of what is to be done does.
  const reviews = sql`${filingReviews} x where x.jurisdiction_id = ${matters.jurisdictionId} and x.document_id = ${matters.id} and x.decided_on is null`
  const track = sql`coalesce(r.track, split_part(t.key, ':', 2))`
  const receives = sql`t.kind = any(${kinds([...receiving, ...receiversOwn])})`
  const open = sql`${deadlines} t
    left join ${filingReviews} r on r.jurisdiction_id = t.jurisdiction_id and r.matter_id = t.matter_id
    where t.jurisdiction_id = ${matters.jurisdictionId} and t.status = 'open'
      and t.matter_id = any(array(select ${matters.id} union all select x.matter_id from ${reviews}))
      and (r.matter_id is not null or t.kind = any(${kinds([...receiving, ...sending])})
        and not exists (select from ${reviews} and x.track = split_part(t.key, ':', 2)))`
  const recipient = sql`coalesce(r.recipient, ${matters.snapshot} #>> array['context','dossier','filings',${track},'recipient'])`
  const ofOwn = registers ? sql`${receives} and ${recipient} = any(${kinds(asReceiver)})` : sql`not ${receives}`
  const nearest = sql<string>`coalesce((select min(t.due_on)::text from ${open} and ${ofOwn}), '9999-12-31')`
  const rows = await office.db
    .select({
      id: matters.id,
      title: matters.title,
      tier: documents.tier,
      leadIssuer: documents.leadIssuer,
      version: matters.version,
      filing: documents.filing,
      filings: sql<Partial<Record<Track, FilingRecord>> | null>`${matters.snapshot} #> '{context,dossier,filings}'`,
      dues: sql<Due[] | null>`(
        select json_agg(json_build_object('on', t.due_on, 'label', t.label, 'track', ${track}, 'receives', ${receives},
          'overdue', t.due_at < ${now}::timestamptz) order by t.due_at, t.key) from ${open})`,
      reviews: sql<Review[] | null>`(
        select json_agg(json_build_object('track', y.track, 'matter', y.matter_id, 'stage', ym.stage))
        from ${filingReviews} y join ${matters} ym on ym.jurisdiction_id = y.jurisdiction_id and ym.id = y.matter_id
        where y.jurisdiction_id = ${matters.jurisdictionId} and y.document_id = ${matters.id} and y.decided_on is null)`,
      nearest,
      updatedAt: matters.updatedAt,
    })
    .from(matters)
    .innerJoin(documents, and(eq(documents.jurisdictionId, matters.jurisdictionId), eq(documents.id, matters.id)))
    .where(
      and(
        eq(matters.jurisdictionId, actor.jurisdiction),
        eq(matters.stage, 'effective'),
        governmentOffice
          ? undefined
          : or(
              arrayOverlaps(matters.involvedUnits, mine),
              sql`${documents.leadIssuer} = any(${sql.param(mine)}::text[])`,
            ),
        later(nearest, matters.id, after),
      ),
    )
    .orderBy(asc(nearest), asc(matters.id))
    .limit(limit + 1)
  return rows.map(({ filings, dues, reviews: opened, nearest: near, updatedAt, ...row }) => {
    const each = tracks.flatMap((name): TrackRow[] => {
      const filing = filings?.[name]
      if (!filing) return []
      const due = (dues ?? []).filter((one) => one.track === name)
      const isOwn = (one: Due): boolean =>
        registers ? one.receives && asReceiver.includes(filing.recipient ?? '') : !one.receives
      const ours = due.find(isOwn)
      const theirs = due.find((one) => !isOwn(one))
      const review = opened?.find((one) => one.track === name)
      return [
        {
          track: name,
          status: filing.status,
          stage: review ? stageLabel(review.stage) : null,
          recipient: filing.recipient,
          review: review?.matter ?? filing.review ?? null,
          own: ours ? plain(ours) : null,
          other: theirs ? plain(theirs) : null,
        },
      ]
    })
    return {
      nearest: near,
      row: {
        ...row,
        tracks: each,
        due: nearestOf(each),
        from: null,
        decision: false,
        updatedAt: updatedAt.toISOString(),
      },
    }
  })
}
/** How far a filing of another installation is, in the words of the sender's own file. */
const statusOf: Record<string, FilingRecord['status']> = {
  required: 'due',
  received: 'filed',
  form_check: 'filed',
  deferred: 'supplementing',
  returned: 'returned',
  opinion: 'correction',
  correcting: 'correction',
  motion: 'correction',
  closed: 'closed',
}
/**
 * What has only the file of its filing: what another installation sent here, and decisions that amend or repeal, for the organ
 * that receives them and for the one that made them. A decision is one row with its tracks, as a document is: that of the track
 * that is due first.
 */
async function withoutFile(
  office: Office,
  actor: Person,
  { limit, after, asReceiver, clerks }: Asked,
): Promise<Found[]> {
  const mine = [...new Set([...asReceiver, ...clerks])]
  if (mine.length === 0) return []
  const governmentOffice = await inGovernmentOffice(office, actor, clerks)
  const now = office.clock.now().toISOString()
  const receivers = sql`${sql.param(asReceiver)}::text[]`
  const receives = sql`t.kind = any(${sql.param([...receiversOwn])}::text[])`
  const number = sql.raw(`'{context,dossier,decision,number}'`)
  /** The nearest day of this side, and who may see it: of the filing in a row, and of another on the same decision. */
  const of = (r: SQL, matter: SQL) => ({
    own: sql`(${r}.recipient = any(${receivers}))`,
    open: sql`${deadlines} t where t.jurisdiction_id = ${matter}.jurisdiction_id and t.matter_id = ${matter}.id and t.status = 'open'`,
    nearest: sql<string>`coalesce((select min(t.due_on)::text from ${deadlines} t where t.jurisdiction_id = ${matter}.jurisdiction_id
      and t.matter_id = ${matter}.id and t.status = 'open' and ${receives} = (${r}.recipient = any(${receivers}))), '9999-12-31')`,
    decided: sql`(${r}.decided_on is not null and (${r}.recipient = any(${receivers})
      or ${governmentOffice ? sql`true` : sql`${matter}.involved_units && ${sql.param(mine)}::text[]`}))`,
  })
  const { own, open, nearest, decided } = of(sql`${filingReviews}`, sql`${matters}`)
  const other = of(sql`y`, sql`ym`)
  const isFirst = sql`(${filingReviews.decidedOn} is null or not exists (
    select from ${filingReviews} y join ${matters} ym on ym.jurisdiction_id = y.jurisdiction_id and ym.id = y.matter_id
    where y.jurisdiction_id = ${filingReviews.jurisdictionId} and y.document_id = ${filingReviews.documentId}
      and y.decided_on = ${filingReviews.decidedOn} and y.matter_id <> ${filingReviews.matterId}
      and ym.snapshot #>> ${number} is not distinct from ${matters.snapshot} #>> ${number}
      and ${other.decided} and (${other.nearest}, ym.id) < (${nearest}, ${matters.id})))`
  const read = (condition: SQL | undefined) =>
    office.db
      .select({
        id: matters.id,
        stage: matters.stage,
        version: matters.version,
        track: filingReviews.track,
        recipient: filingReviews.recipient,
        decision: sql<
          string | null
        >`case when ${filingReviews.decidedOn} is not null then concat_ws(' ', ${filingReviews.documentId}, ${filingReviews.decidedOn}, ${matters.snapshot} #>> ${number}) end`,
        about: filingReviews.documentId,
        document: sql<{
          title: string
          tier: string
          issuers: string[]
        }>`${matters.snapshot} #> '{context,dossier,document}'`,
        from: sql<string | null>`case when ${matters.snapshot} #>> '{context,dossier,exchange,side}' = 'receiver'
          then ${matters.snapshot} #>> '{context,dossier,exchange,label}' end`,
        own: own.mapWith(Boolean),
        dues: sql<Due[] | null>`(
          select json_agg(json_build_object('on', t.due_on, 'label', t.label, 'track', ${filingReviews.track},
            'receives', ${receives}, 'overdue', t.due_at < ${now}::timestamptz) order by t.due_at, t.key) from ${open})`,
        nearest,
        updatedAt: matters.updatedAt,
      })
      .from(filingReviews)
      .innerJoin(
        matters,
        and(eq(matters.jurisdictionId, filingReviews.jurisdictionId), eq(matters.id, filingReviews.matterId)),
      )
      .where(
        and(
          eq(filingReviews.jurisdictionId, actor.jurisdiction),
          or(and(own, sql`${matters.snapshot} #>> '{context,dossier,exchange,side}' = 'receiver'`), decided),
          condition,
        ),
      )
      .orderBy(asc(nearest), asc(matters.id))
  const rows = await read(and(isFirst, later(nearest, matters.id, after))).limit(limit + 1)
  const decisions = rows.flatMap((row) => (row.decision === null ? [] : [row.about ?? '']))
  const tracksOf = Map.groupBy(
    decisions.length === 0
      ? []
      : await read(and(isNotNull(filingReviews.decidedOn), inArray(filingReviews.documentId, decisions))),
    (row) => row.decision,
  )
  const trackRow = (row: (typeof rows)[number]): TrackRow => {
    const [ours, theirs] = [row.own, !row.own].map((side) => (row.dues ?? []).find((due) => due.receives === side))
    return {
      track: row.track === 'npc' ? 'npc' : 'government',
      status: statusOf[row.stage] ?? 'registered',
      stage: stageLabel(row.stage),
      recipient: row.recipient,
      review: row.id,
      own: ours ? plain(ours) : null,
      other: theirs ? plain(theirs) : null,
    }
  }
  return rows.map((row) => {
    const each = (row.decision === null ? [row] : (tracksOf.get(row.decision) ?? [row])).map(trackRow)
    return {
      nearest: row.nearest,
      row: {
        id: row.id,
        version: row.version,
        title: row.document.title,
        tier: row.document.tier,
        leadIssuer: row.document.issuers[0] ?? '',
        filing: null,
        tracks: each,
        due: nearestOf(each),
        from: row.from,
        decision: row.from === null,
        updatedAt: row.updatedAt.toISOString(),
      },
    }
  })
}

/**
 * What is in force and was not filed with these units, and decisions that amend or repeal and were not, with the day it is due: ids
 * and dates, each branch by its index; no snapshot is opened. The conditions are those of the indexes, word for word.
 */
function notFiledWith(jurisdiction: string, mine: readonly string[]): SQL {
  const units = sql`${sql.param([...mine])}::text[]`
  const dueOf = (matter: SQLWrapper, key: string) =>
    sql`(select t.due_on from ${deadlines} t where t.jurisdiction_id = ${jurisdiction} and t.matter_id = ${matter} and t.key = ${sql.raw(`'${key}'`)})`
  const documentsOn = (track: Track, status: 'due' | 'returned') => {
    const snapshot = sql.raw('m.snapshot')
    const state = schema.filingOf(snapshot, track, 'status')
    return sql`select m.id as document, ${sql.raw(`'${track}'`)} as track, null::text as review, e.published_on,
        ${dueOf(sql.raw('m.id'), `filing:${track}`)} as due_on, ${sql.raw(String(status === 'returned'))} as returned
      from ${matters} m join ${registerEntries} e on e.jurisdiction_id = m.jurisdiction_id and e.document_id = m.id
      where m.jurisdiction_id = ${jurisdiction} and m.stage = 'effective' and ${state} in ('due', 'returned')
        and ${state} = ${sql.raw(`'${status}'`)} and ${schema.filingOf(snapshot, track, 'recipient')} = any(${units})
        and e.published_on is not null`
  }
  return sql.join(
    [
      ...tracks.flatMap((track) => [documentsOn(track, 'due'), documentsOn(track, 'returned')]),
      sql`select r.document_id, r.track, r.matter_id, r.decided_on, ${dueOf(sql.raw('r.matter_id'), 'filing')}, m.stage = 'returned'
        from ${filingReviews} r join ${matters} m on m.jurisdiction_id = r.jurisdiction_id and m.id = r.matter_id
        where r.jurisdiction_id = ${jurisdiction} and r.decided_on is not null and r.filed_on is null
          and r.closed_on is null and r.recipient = any(${units})`,
    ],
    sql` union all `,
  )
}
interface NotFiled {
  [column: string]: unknown
  document: string
  track: string
  review: string | null
  published_on: string
  due_on: string | null
  returned: boolean
}
/**
 * Documents published and not filed with the units at which this person registers: the register compared with the filings.
 * Those longest overdue first, page by page; `late`: only those that are late or came back. `total` counts all that were asked for.
 */
export async function listUnfiled(
  office: Office,
  actor: Person,
  query: Paging & { late?: boolean | undefined } = {},
): Promise<answers.Given<typeof answers.Unfiled>> {
  const limit = query.limit ?? 50
  const before = rowsBefore(query.cursor)
  const mine = actor.posts.filter((p) => p.role === 'registrar' || p.role === 'filing_reviewer').map((p) => p.unit)
  if (mine.length === 0) return { items: [], nextCursor: null, total: 0 }
  const today = dateInShanghai(office.clock.now().toISOString())
  const asked = sql`(${notFiledWith(actor.jurisdiction, mine)}) x
    ${query.late ? sql`where x.due_on < ${today}::date or x.returned` : sql``}`
  const [[counted], rows] = await Promise.all([
    office.db.execute<{ total: number }>(sql`select count(*)::int as total from ${asked}`),
    office.db.execute<NotFiled>(sql`
      select x.document, x.track, x.review, x.published_on::text, x.due_on::text, x.returned from ${asked}
      order by coalesce(greatest(${today}::date - x.due_on, 0), 0) desc, x.due_on nulls first, x.document, x.track, x.review
      limit ${limit + 1} offset ${before}`),
  ])
  const page = pageBehind(rows, before, limit)
  const told = await unfiledTold(office, actor.jurisdiction, page.items)
  return {
    items: page.items.flatMap((row) => {
      const known = told(row)
      if (!known) return []
      return [
        {
          ...known,
          track: row.track === 'npc' ? ('npc' as const) : ('government' as const),
          publishedOn: row.published_on,
          dueOn: row.due_on,
          daysLate: row.due_on !== null && row.due_on < today ? daysBetween(row.due_on, today) : 0,
          returned: row.returned,
        },
      ]
    }),
    nextCursor: page.nextCursor,
    total: counted?.total ?? 0,
  }
}
/** What these rows are called, whose they are, and the filing that was opened for each; of the rows of one page only. */
async function unfiledTold(office: Office, jurisdiction: string, rows: readonly NotFiled[]) {
  const ids = rows.flatMap((row) => (row.review === null ? [row.document] : []))
  const reviews = rows.flatMap((row) => (row.review === null ? [] : [row.review]))
  const [files, opened, decisions] = await Promise.all([
    ids.length === 0
      ? []
      : office.db
          .select({
            id: matters.id,
            title: matters.title,
            number: registerEntries.documentNumber,
            issuer: documents.leadIssuer,
          })
          .from(matters)
          .innerJoin(documents, and(eq(documents.jurisdictionId, matters.jurisdictionId), eq(documents.id, matters.id)))
          .innerJoin(
            registerEntries,
            and(eq(registerEntries.jurisdictionId, matters.jurisdictionId), eq(registerEntries.documentId, matters.id)),
          )
          .where(and(eq(matters.jurisdictionId, jurisdiction), inArray(matters.id, ids))),
    ids.length === 0
      ? []
      : office.db
          .select({ document: filingReviews.documentId, track: filingReviews.track, matter: filingReviews.matterId })
          .from(filingReviews)
          .where(
            and(
              eq(filingReviews.jurisdictionId, jurisdiction),
              inArray(filingReviews.documentId, ids),
              isNull(filingReviews.decidedOn),
            ),
          ),
    reviews.length === 0
      ? []
      : office.db
          .select({
            id: matters.id,
            about: sql<{
              matter: string
              title: string
              number: string | null
              issuers: string[]
            }>`${matters.snapshot} #> '{context,dossier,document}'`,
          })
          .from(matters)
          .where(and(eq(matters.jurisdictionId, jurisdiction), inArray(matters.id, reviews))),
  ])
  const fileOf = new Map(files.map((file) => [file.id, file]))
  const reviewOf = new Map(opened.map((row) => [`${row.document} ${row.track}`, row.matter]))
  const aboutOf = new Map(decisions.map((row) => [row.id, row.about]))
  return (row: NotFiled) => {
    const about = row.review === null ? undefined : aboutOf.get(row.review)
    const file = fileOf.get(row.document)
    if (row.review !== null)
      return (
        about && {
          document: about.matter,
          title: about.title,
          number: about.number,
          issuer: about.issuers[0] ?? '',
          review: row.review,
        }
      )
    return (
      file && {
        document: file.id,
        title: file.title,
        number: file.number,
        issuer: file.issuer,
        review: reviewOf.get(`${row.document} ${row.track}`) ?? null,
      }
    )
  }
}
