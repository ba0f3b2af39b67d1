// The desk of filings: documents in force that this person files, or receives for filing; and what was published and not filed.
import { dateInShanghai, daysBetween } from '@dianzhang/calendar'
import { type answers, type Track, tracks } from '@dianzhang/contract'
import {
  and,
  arrayOverlaps,
  asc,
  decodeCursor,
  eq,
  gt,
  inArray,
  or,
  type Page,
  type Paging,
  pageFrom,
  schema,
  sql,
} from '@dianzhang/database'
import type { Clock, FilingRecord } from '@dianzhang/rules'
import type { Office, Person } from '../office.ts'

const { deadlines, documents, matters, registerEntries, units } = schema
/** Deadlines of the organ that receives, and of the one that files. */
const receiving: Array<Clock['kind']> = ['filing_formal_check', 'filing_review']
const sending: Array<Clock['kind']> = ['filing', 'filing_resubmit', 'filing_supplement', 'correction']

interface Due {
  on: string
  label: string
  overdue: boolean
  key: string
  kind: string
}
type Row = answers.Given<typeof answers.FilingRow>

/** What is one's own comes first, by its deadline; each track with its own. Keyset pages, `limit` 50 unless told. */
export async function listFilings(office: Office, actor: Person, query: Paging): Promise<Page<Row>> {
  const limit = query.limit ?? 50
  const asReceiver = actor.posts
    .filter((post) => post.role === 'registrar' || post.role === 'filing_reviewer')
    .map((post) => post.unit)
  const clerks = actor.posts.filter((post) => post.role === 'secretariat').map((post) => post.unit)
  const mine = [...new Set([...asReceiver, ...clerks])]
  // The government office files for every issuer of the county (as `may` says for FileDocument).
  const [governmentOffice] =
    clerks.length === 0
      ? []
      : await office.db
          .select({ id: units.id })
          .from(units)
          .where(and(eq(units.jurisdictionId, actor.jurisdiction), inArray(units.id, clerks), eq(units.kind, 'office')))
          .limit(1)
  const registers = asReceiver.length > 0
  const own = registers ? receiving : sending
  const now = office.clock.now().toISOString()
  // A deadline is of the track that its key ends with; the receiver's are its own only where it receives.
  const received = sql`${matters.snapshot} #>> array['context','dossier','filings',split_part(t.key, ':', 2),'recipient']`
  const ofOwn = registers
    ? sql`t.kind = any(${sql.param(own)}::text[]) and ${received} = any(${sql.param(asReceiver)}::text[])`
    : sql`t.kind = any(${sql.param(own)}::text[])`
  const nearest = sql<string>`coalesce((select min(t.due_on)::text from ${deadlines} t
    where t.jurisdiction_id = ${matters.jurisdictionId} and t.matter_id = ${matters.id} and t.status = 'open' and ${ofOwn}), '9999-12-31')`
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, ['text', 'text'])
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
        select json_agg(json_build_object('on', t.due_on, 'label', t.label, 'key', t.key, 'kind', t.kind,
          'overdue', t.due_at < ${now}::timestamptz) order by t.due_at, t.key)
        from ${deadlines} t where t.jurisdiction_id = ${matters.jurisdictionId} and t.matter_id = ${matters.id}
          and t.status = 'open' and t.kind = any(${sql.param([...receiving, ...sending])}::text[]))`,
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
        after
          ? or(gt(nearest, after[0] ?? ''), and(eq(nearest, after[0] ?? ''), gt(matters.id, after[1] ?? '')))
          : undefined,
      ),
    )
    .orderBy(asc(nearest), asc(matters.id))
    .limit(limit + 1)
  const plain = ({ on, label, overdue }: Due) => ({ on, label, overdue })
  const page = pageFrom(rows, limit, (row) => [row.nearest, row.id])
  return {
    ...page,
    items: page.items.map(({ filings, dues, nearest: _, updatedAt, ...row }) => {
      const each = tracks.flatMap((track) => {
        const filing = filings?.[track]
        if (!filing) return []
        const open = (dues ?? []).filter((due) => due.key.endsWith(`:${track}`))
        const receives = !registers || asReceiver.includes(filing.recipient ?? '')
        const isOwn = (due: Due) => receives && (own as string[]).includes(due.kind)
        const ours = open.find(isOwn)
        const theirs = open.find((due) => !isOwn(due))
        return [
          {
            track,
            status: filing.status,
            recipient: filing.recipient,
            review: filing.review ?? null,
            own: ours ? plain(ours) : null,
            other: theirs ? plain(theirs) : null,
          },
        ]
      })
      const due = each
        .flatMap((x) => x.own ?? [])
        .toSorted((a, b) => a.on.localeCompare(b.on))
        .at(0)
      return { ...row, tracks: each, due: due ?? null, updatedAt: updatedAt.toISOString() }
    }),
  }
}

/**
 * Documents published and not filed with the units at which this person registers: the register compared with the filings.
 * Those longest overdue first; at most 500.
 */
export async function listUnfiled(office: Office, actor: Person): Promise<answers.Given<typeof answers.Unfiled>> {
  const mine = actor.posts.filter((p) => p.role === 'registrar' || p.role === 'filing_reviewer').map((p) => p.unit)
  if (mine.length === 0) return { items: [] }
  const rows = await office.db
    .select({
      document: matters.id,
      title: matters.title,
      number: registerEntries.documentNumber,
      issuer: documents.leadIssuer,
      publishedOn: registerEntries.publishedOn,
      filings: sql<Partial<Record<Track, FilingRecord>>>`${matters.snapshot} #> '{context,dossier,filings}'`,
      dues: sql<Array<{ track: Track; on: string }> | null>`(
        select json_agg(json_build_object('track', split_part(t.key, ':', 2), 'on', t.due_on)) from ${deadlines} t
        where t.jurisdiction_id = ${matters.jurisdictionId} and t.matter_id = ${matters.id} and t.kind = 'filing')`,
      reviews: sql<Array<{ track: Track; matter: string }> | null>`(
        select json_agg(json_build_object('track', r.track, 'matter', r.matter_id)) from ${schema.filingReviews} r
        where r.jurisdiction_id = ${matters.jurisdictionId} and r.document_id = ${matters.id})`,
    })
    .from(matters)
    .innerJoin(documents, and(eq(documents.jurisdictionId, matters.jurisdictionId), eq(documents.id, matters.id)))
    .innerJoin(
      registerEntries,
      and(eq(registerEntries.jurisdictionId, matters.jurisdictionId), eq(registerEntries.documentId, matters.id)),
    )
    .where(
      and(
        eq(matters.jurisdictionId, actor.jurisdiction),
        eq(matters.stage, 'effective'),
        arrayOverlaps(matters.involvedUnits, mine),
      ),
    )
    .limit(5000)
  const today = dateInShanghai(office.clock.now().toISOString())
  const items = rows
    .flatMap(({ filings, dues, reviews, publishedOn, ...row }) =>
      tracks.flatMap((track) => {
        const filing = filings[track]
        if (!filing || !mine.includes(filing.recipient ?? '') || publishedOn === null) return []
        if (filing.status !== 'due' && filing.status !== 'returned') return []
        const dueOn = dues?.find((due) => due.track === track)?.on ?? null
        return [
          {
            ...row,
            track,
            publishedOn,
            dueOn,
            daysLate: dueOn !== null && dueOn < today ? daysBetween(dueOn, today) : 0,
            returned: filing.status === 'returned',
            review: reviews?.find((x) => x.track === track)?.matter ?? null,
          },
        ]
      }),
    )
    .toSorted((a, b) => b.daysLate - a.daysLate || (a.dueOn ?? '').localeCompare(b.dueOn ?? ''))
    .slice(0, 500)
  return { items }
}
