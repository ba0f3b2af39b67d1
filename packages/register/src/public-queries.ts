// Public queries: register entries, consultations and the feedback on them. Reads only register_entries,
// public_consultations and how comments were dealt with; never touches drafts or personal data.
import { dateInShanghai, isPlainDate, type PlainDate } from '@dianzhang/calendar'
import { AppError, dispositionLabels } from '@dianzhang/contract'
import {
  and,
  count,
  type Db,
  decodeCursor,
  desc,
  encodeCursor,
  eq,
  gt,
  isNotNull,
  isNull,
  lte,
  or,
  schema,
  sql,
} from '@dianzhang/database'
import { type CommentCounts, countsOfConsultation, isCounted } from './comment-counts.ts'
import { type DetailRow, detailOf, type RegisterDetail, type RegisterRelation } from './register-entry.ts'

const { commentDispositions, comments, publicConsultations } = schema

const relationLabels: Record<string, readonly [of: string, by: string]> = {
  amended: ['修改', '被修改'],
  repealed: ['废止', '被废止'],
  annulled: ['撤销', '被撤销'],
  lapsed: ['宣布失效', '被宣布失效'],
  suspended: ['停止执行', '被停止执行'],
  resumed: ['恢复执行', '被恢复执行'],
  restored: ['收回变动', '变动被收回'],
  reinstated: ['变动重新生效', '变动重新生效'],
}

/**
 * All public information of an entry, its status computed for `on` (by default today); null when there is none or it
 * is not disclosed on initiative. Refuses dates that do not exist (AppError invalid).
 */
export async function getEntry(
  db: Db,
  id: string,
  options: { on?: PlainDate | undefined; now: Date; jurisdiction?: string | undefined },
): Promise<RegisterDetail | null> {
  if (options.on !== undefined && !isPlainDate(options.on)) {
    throw new AppError('invalid', '日期无效', { issues: [{ path: 'on', message: '应为真实存在的日期 YYYY-MM-DD' }] })
  }
  const on = options.on ?? dateInShanghai(options.now.toISOString())
  const rows = await db.execute<DetailRow & Record<string, unknown>>(sql`
    select e.jurisdiction_id, j.name as jurisdiction_name, e.id, e.origin, e.source_id, e.source_name, e.document_id, e.title, e.document_number,
      e.document_number_raw, e.registry_number, e.index_number, e.wjbs, e.wjbs_source, e.wjbs_missing, e.issuers,
      e.lead_issuer, e.tier, e.category, e.genre, e.subject, e.region, e.adoption_date::text, e.published_on::text,
      e.effective_date::text, e.valid_until::text, e.disclosure, e.force_events, e.source_status, e.body, e.text_hash,
      coalesce(e.public_files, e.attachments) as attachments, e.interpretation, e.interpretation_url, e.summary, e.keywords, e.interpreter_unit, e.metadata,
      to_char(e.created_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as recorded_on
    from jurisdictions j join register_entries e on e.jurisdiction_id = j.id and e.id = ${id}
    where e.disclosure = 'active' and (${options.jurisdiction ?? null}::text is null or j.id = ${options.jurisdiction ?? null})
    order by e.jurisdiction_id limit 1`)
  const row = rows[0]
  return row ? detailOf(row, on, await relationsOf(db, row)) : null
}

async function relationsOf(db: Db, row: DetailRow): Promise<RegisterRelation[]> {
  const actors = [...new Set(row.force_events.flatMap((event) => (event.byDocument ? [event.byDocument] : [])))]
  const self = [row.document_id, row.id].filter((id) => id !== null)
  interface Other extends Record<string, unknown> {
    id: string
    document_id: string | null
    title: string
    document_number: string | null
    force_events: DetailRow['force_events']
  }
  const named =
    actors.length === 0
      ? []
      : await db.execute<Other>(sql`
          select id, document_id, title, document_number, force_events from register_entries
          where jurisdiction_id = ${row.jurisdiction_id} and disclosure = 'active'
            and (id in ${actors} or document_id in ${actors})`)
  const affecting = sql.join(
    [...new Set(self)].map((id) => sql`force_events @> ${JSON.stringify([{ byDocument: id }])}::jsonb`),
    sql` or `,
  )
  const affected = await db.execute<Other>(sql`
    select id, document_id, title, document_number, force_events from register_entries
    where jurisdiction_id = ${row.jurisdiction_id} and disclosure = 'active' and force_events <> '[]'::jsonb and (${affecting})`)
  const by = row.force_events.map((event): RegisterRelation => {
    const other = named.find((item) => event.byDocument === item.id || event.byDocument === item.document_id)
    return {
      kind: `${event.kind}_by`,
      label: relationLabels[event.kind]?.[1] ?? event.kind,
      on: event.on,
      reason: event.reason,
      document: {
        id: other?.id ?? null,
        title: other?.title ?? null,
        documentNumber: other?.document_number ?? null,
        reference: event.byDocument,
      },
    }
  })
  const to = affected.flatMap((item) =>
    item.force_events
      .filter((event) => event.byDocument !== null && self.includes(event.byDocument))
      .map(
        (event): RegisterRelation => ({
          kind: event.kind,
          label: relationLabels[event.kind]?.[0] ?? event.kind,
          on: event.on,
          reason: event.reason,
          document: {
            id: item.id,
            title: item.title,
            documentNumber: item.document_number,
            reference: event.byDocument,
          },
        }),
      ),
  )
  return [...by, ...to].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

/** One public consultation; instants are ISO 8601 (UTC), dates are in Beijing time. */
export interface ConsultationSummary {
  id: string
  jurisdiction: string
  title: string
  /** Which round of consultation. */
  round: number
  draftingUnit: string
  issuers: string[]
  openedAt: string
  /** Last day (inclusive); comments are received until 24:00 that day. */
  closesOn: PlainDate
  closesAt: string
  open: boolean
  statusLabel: string
  channels: string[]
  feedbackPublished: boolean
}
export interface ConsultationDetail extends ConsultationSummary {
  groups: string[]
  contact: string | null
  body: string
  textHash: string
  explanatoryNote: string
  /** Reason and approval for shortening the period, stated in the announcement. */
  shortened: { reason: string; approver: string } | null
  /** Basis and explanation of the period. */
  minimum: Record<string, unknown>
  extensions: Array<{ from: string; to: string; reason: string | null; at: string }>
  /** Number of comments received, without held ones and spam. */
  comments: number
  /** Different contents among them. */
  distinct: number
  late: number
  held: number
  /** By the way they came; adds up to `comments`. */
  cameBy: CommentCounts['channels']
  /** The comments themselves are public. */
  commentsPublished: boolean
  closedAt: string | null
  feedbackAt: string | null
}

type ConsultationRow = typeof publicConsultations.$inferSelect

const isOpen = (row: Pick<ConsultationRow, 'closedAt' | 'closesAt'>, now: Date): boolean =>
  row.closedAt === null && now < row.closesAt

function consultationSummary(row: Omit<ConsultationRow, 'body' | 'explanatoryNote'>, now: Date): ConsultationSummary {
  const open = isOpen(row, now)
  return {
    id: row.id,
    jurisdiction: row.jurisdictionId,
    title: row.title,
    round: row.n,
    draftingUnit: row.draftingUnitName,
    issuers: row.issuerNames,
    openedAt: row.openedAt.toISOString(),
    closesOn: row.closesOn,
    closesAt: row.closesAt.toISOString(),
    open,
    statusLabel: open ? '正在征求意见' : row.feedbackAt ? '已结束，意见采纳情况已公布' : '已结束',
    channels: row.channels,
    feedbackPublished: row.feedbackAt !== null,
  }
}

/** List of consultations, latest closing instant first; `open` true lists only those open, false only those ended. */
export async function listConsultations(
  db: Db,
  query: {
    open?: boolean | undefined
    cursor?: string | undefined
    limit?: number | undefined
    jurisdiction?: string | undefined
    now: Date
  },
): Promise<{ results: ConsultationSummary[]; nextCursor: string | null; total: number }> {
  const limit = query.limit ?? 20
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw new AppError('invalid', '每页条数无效', {
      issues: [{ path: 'limit', message: '每页条数应为 1 至 100 的整数' }],
    })
  }
  const c = publicConsultations
  const conditions = [query.jurisdiction === undefined ? undefined : eq(c.jurisdictionId, query.jurisdiction)]
  if (query.open === true) conditions.push(and(isNull(c.closedAt), gt(c.closesAt, query.now)))
  if (query.open === false) conditions.push(or(isNotNull(c.closedAt), lte(c.closesAt, query.now)))
  const [counted] = await db
    .select({ n: count() })
    .from(c)
    .where(and(...conditions))
  if (query.cursor !== undefined) {
    const [closesAt = '', id = '', jurisdiction = ''] = decodeCursor(query.cursor, ['instant', 'text', 'text'])
    conditions.push(
      sql`(${c.closesAt}, ${c.id}, ${c.jurisdictionId}) < (${closesAt}::timestamptz, ${id}, ${jurisdiction})`,
    )
  }
  const { body: _body, explanatoryNote: _note, ...listed } = consultationColumns
  const rows = await db
    .select(listed)
    .from(c)
    .where(and(...conditions))
    .orderBy(desc(c.closesAt), desc(c.id), desc(c.jurisdictionId))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    results: page.map((row) => consultationSummary(row, query.now)),
    total: counted?.n ?? 0,
    nextCursor:
      rows.length > limit && last ? encodeCursor([last.closesAt.toISOString(), last.id, last.jurisdictionId]) : null,
  }
}

const consultationColumns = {
  jurisdictionId: publicConsultations.jurisdictionId,
  id: publicConsultations.id,
  documentId: publicConsultations.documentId,
  n: publicConsultations.n,
  title: publicConsultations.title,
  draftingUnitName: publicConsultations.draftingUnitName,
  issuerNames: publicConsultations.issuerNames,
  body: publicConsultations.body,
  textHash: publicConsultations.textHash,
  explanatoryNote: publicConsultations.explanatoryNote,
  channels: publicConsultations.channels,
  groups: publicConsultations.groups,
  contact: publicConsultations.contact,
  shortened: publicConsultations.shortened,
  minimum: publicConsultations.minimum,
  openedAt: publicConsultations.openedAt,
  closesOn: publicConsultations.closesOn,
  closesAt: publicConsultations.closesAt,
  closedAt: publicConsultations.closedAt,
  extensions: publicConsultations.extensions,
  feedback: publicConsultations.feedback,
  feedbackAt: publicConsultations.feedbackAt,
}

/** Whether the comments of this round were published. */
async function commentsOpened(db: Db, jurisdiction: string, id: string): Promise<boolean> {
  const { commentPublications: p } = schema
  const [row] = await db
    .select({ at: p.at })
    .from(p)
    .where(and(eq(p.jurisdictionId, jurisdiction), eq(p.consultationId, id)))
  return row !== undefined
}
async function findConsultation(db: Db, id: string): Promise<ConsultationRow | null> {
  const rows = await db.select().from(publicConsultations).where(eq(publicConsultations.id, id)).limit(1)
  return rows[0] ?? null
}

/** All public information of one consultation; null when there is none. */
export async function getConsultation(db: Db, id: string, options: { now: Date }): Promise<ConsultationDetail | null> {
  const row = await findConsultation(db, id)
  if (!row) return null
  const [received, opened] = await Promise.all([
    countsOfConsultation(db, row.jurisdictionId, row.id),
    commentsOpened(db, row.jurisdictionId, row.id),
  ])
  return consultationDetailOf(row, received, opened, options.now)
}
/**
 * The same of a row that may not be stored yet; `received` counts its comments, `commentsPublished`: they themselves are
 * public.
 */
export const consultationDetailOf = (
  row: ConsultationRow,
  received: CommentCounts,
  commentsPublished: boolean,
  now: Date,
): ConsultationDetail => ({
  ...consultationSummary(row, now),
  groups: row.groups,
  contact: row.contact,
  body: row.body,
  textHash: row.textHash,
  explanatoryNote: row.explanatoryNote,
  shortened: row.shortened,
  minimum: row.minimum,
  extensions: row.extensions,
  comments: received.total,
  distinct: received.distinct,
  late: received.late,
  held: received.held,
  cameBy: received.channels,
  commentsPublished,
  closedAt: row.closedAt?.toISOString() ?? null,
  feedbackAt: row.feedbackAt?.toISOString() ?? null,
})

export type Disposition = keyof typeof dispositionLabels
export interface ConsultationFeedback {
  consultation: string
  jurisdiction: string
  title: string
  publishedAt: string
  /** The published statement, as written when it was dealt with. */
  statement: Record<string, unknown> | null
  /** Received; different contents among them; received after the close; by the way they came, adding up to `total`. */
  total: number
  distinct: number
  late: number
  cameBy: CommentCounts['channels']
  counts: Array<{ disposition: Disposition; label: string; count: number }>
  /** How each comment was dealt with and why; the comment's own words may hold personal data and are not public. */
  items: Array<{ element: string | null; disposition: Disposition; label: string; reason: string }>
}

/** The feedback on opinions; null when not yet published or when there is no such consultation. */
export async function getFeedback(db: Db, consultationId: string): Promise<ConsultationFeedback | null> {
  const row = await findConsultation(db, consultationId)
  return row?.feedbackAt ? feedbackOf(db, row, row.feedbackAt, row.feedback) : null
}
/**
 * The feedback as it would be published at `at`, with what `statementOf` makes of the comments counted; null when there is no
 * such consultation. What is published already is given as if it were published anew. Writes nothing.
 */
export async function feedbackToCome(
  db: Db,
  consultationId: string,
  at: Date,
  statementOf: (counts: CommentCounts) => Record<string, unknown>,
): Promise<{ consultation: ConsultationDetail; feedback: ConsultationFeedback } | null> {
  const [row, consultation] = await Promise.all([
    findConsultation(db, consultationId),
    getConsultation(db, consultationId, { now: at }),
  ])
  if (!row || !consultation) return null
  const counts = await countsOfConsultation(db, row.jurisdictionId, row.id)
  return {
    consultation: { ...consultation, feedbackAt: at.toISOString(), feedbackPublished: true },
    feedback: await feedbackOf(db, row, at, statementOf(counts)),
  }
}
async function feedbackOf(
  db: Db,
  row: ConsultationRow,
  at: Date,
  statement: Record<string, unknown> | null,
): Promise<ConsultationFeedback> {
  const d = commentDispositions
  const disposed = await db
    .selectDistinctOn([comments.at, comments.id], {
      anchor: comments.anchor,
      address: comments.anchorAddress,
      disposition: d.disposition,
      reason: d.reason,
    })
    .from(comments)
    .innerJoin(d, and(eq(d.jurisdictionId, comments.jurisdictionId), eq(d.commentId, comments.id)))
    // What was decided after the publication belongs to a later one.
    .where(
      and(
        eq(comments.jurisdictionId, row.jurisdictionId),
        eq(comments.consultationId, row.id),
        lte(d.at, at),
        isCounted('"comments"'),
      ),
    )
    .orderBy(comments.at, comments.id, desc(d.n))
  const received = await countsOfConsultation(db, row.jurisdictionId, row.id)
  const items = disposed.map((item) => {
    const disposition = item.disposition as Disposition
    return {
      element: item.address ?? item.anchor?.element ?? null,
      disposition,
      label: dispositionLabels[disposition],
      reason: item.reason,
    }
  })
  return {
    consultation: row.id,
    jurisdiction: row.jurisdictionId,
    title: row.title,
    publishedAt: at.toISOString(),
    statement,
    total: received.total,
    distinct: received.distinct,
    late: received.late,
    cameBy: received.channels,
    counts: (Object.keys(dispositionLabels) as Disposition[]).map((disposition) => ({
      disposition,
      label: dispositionLabels[disposition],
      count: items.filter((item) => item.disposition === disposition).length,
    })),
    items,
  }
}
