// Files and their unalterable records: ledger, refusals, texts, materials, comments, deadlines.

import {
  bigint,
  boolean,
  check,
  customType,
  date,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { type SQL, type SQLWrapper, sql } from '../query.ts'
import { jurisdictions } from './identity.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => 'bytea' })

export const rulePacks = pgTable(
  'rule_packs',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    version: text('version').notNull(),
    effectiveFrom: date('effective_from').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    loadedAt: instant('loaded_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.version] })],
)
/**
 * Holiday notices of the General Office of the State Council (jurisdiction_id = CN) and local holidays (code of the
 * jurisdiction). One year may have several notices; a later one overrides an earlier one day by day.
 */
export const holidayNotices = pgTable(
  'holiday_notices',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    id: text('id').notNull(),
    year: integer('year').notNull(),
    source: text('source').notNull(),
    days: jsonb('days').$type<Array<{ date: string; kind: 'off' | 'work'; name: string; source: string }>>().notNull(),
    loadedAt: instant('loaded_at').notNull(),
    loadedBy: text('loaded_by'),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.id] })],
)

/** An item of the filing of a document on one track, from its snapshot. */
export const filingOf = (snapshot: SQLWrapper, track: string, item: 'recipient' | 'status'): SQL<string | null> =>
  sql<string | null>`(${snapshot} #>> ${sql.raw(`'{context,dossier,filings,${track},${item}}'`)})`
/** Few units and roles are concerned: word for word the condition of an index and of the query that uses it. */
export const seenInIndex = sql.raw('(cardinality("involved_units") + cardinality("concerned_roles")) <= 24')
/** Matters: one instance of a process. Making a document is one kind; for the others see packages/processes. */
export const matters = pgTable(
  'matters',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    id: text('id').notNull(),
    /** The kind of matter, such as `normative-document`. */
    process: text('process').notNull(),
    version: integer('version').notNull(),
    stage: text('stage').notNull(),
    /**
     * The versioned snapshot of the state: { machine, version, value, context }. Kept exactly as written (json, not
     * jsonb): the last entry of the ledger holds the digest of that source text, so a changed snapshot no longer
     * matches the ledger.
     */
    snapshot: json('snapshot').$type<Record<string, unknown>>().notNull(),
    title: text('title').notNull(),
    /** The responsible unit; for a document, the drafting unit. */
    unit: text('unit').notNull(),
    packVersion: text('pack_version').notNull(),
    /** Who raised it; null when the public raised it or the system opened it. */
    openedBy: text('opened_by'),
    /** Units involved by consultation, signing, filing and so on; lists and visibility are filtered by it. */
    involvedUnits: text('involved_units').array().notNull(),
    /** Roles that can see this file whichever unit they are in. */
    concernedRoles: text('concerned_roles').array().notNull().default([]),
    ledgerSeq: integer('ledger_seq').notNull(),
    ledgerHead: text('ledger_head').notNull(),
    nextDueOn: date('next_due_on'),
    /** In which form its rows of `turns` were derived; 0: not yet. */
    turnForm: integer('turn_form').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('matters_list').on(t.jurisdictionId, t.process, t.updatedAt.desc().nullsFirst(), t.id),
    index('matters_stage').on(t.jurisdictionId, t.process, t.stage, t.updatedAt.desc().nullsFirst(), t.id, t.nextDueOn),
    index('matters_unit').on(t.jurisdictionId, t.process, t.unit, t.updatedAt.desc().nullsFirst(), t.id),
    index('matters_due').on(t.jurisdictionId, t.process, sql`(coalesce(${t.nextDueOn}, '9999-12-31'::date))`, t.id),
    index('matters_title').on(t.jurisdictionId, t.process, sql`${t.title} collate "C"`, t.id),
    // Who may see it, beside what is counted: of those with few units and roles (an index row has a limit) it stands in the
    // index, the others are looked at themselves.
    index('matters_seen')
      .on(t.jurisdictionId, t.process, t.stage, t.nextDueOn, t.id, t.unit, t.involvedUnits, t.concernedRoles)
      .where(seenInIndex),
    index('matters_seen_wide').on(t.jurisdictionId, t.process).where(sql`not (${seenInIndex})`),
    index('matters_involved').using('gin', t.involvedUnits),
    index('matters_concerned').using('gin', t.concernedRoles),
    // Few files deviate or are urgent, and the register of deviations looks only at them (same condition, word for
    // word, in queries/deviations.ts).
    index('matters_deviating')
      .on(t.jurisdictionId, t.updatedAt.desc().nullsFirst())
      .where(
        sql`(${t.snapshot} #>> '{context,dossier,deviations}') <> '[]' or (${t.snapshot} #>> '{context,dossier,classification,emergency}') like '{%'`,
      ),
    // What is in force and not filed, by the unit that is to receive it (queries/filings.ts). The stage stands first: while a
    // document is made, the snapshot is not opened for it.
    index('matters_unfiled_government')
      .on(
        t.jurisdictionId,
        filingOf(t.snapshot, 'government', 'recipient'),
        filingOf(t.snapshot, 'government', 'status'),
      )
      .where(sql`${t.stage} = 'effective' and ${filingOf(t.snapshot, 'government', 'status')} in ('due', 'returned')`),
    index('matters_unfiled_npc')
      .on(t.jurisdictionId, filingOf(t.snapshot, 'npc', 'recipient'), filingOf(t.snapshot, 'npc', 'status'))
      .where(sql`${t.stage} = 'effective' and ${filingOf(t.snapshot, 'npc', 'status')} in ('due', 'returned')`),
    check('matters_version', sql`${t.version} >= 1`),
  ],
)
/** Columns only documents have; written together with the state of the file. */
export const documents = pgTable(
  'documents',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    tier: text('tier').notNull(),
    leadIssuer: text('lead_issuer').notNull(),
    /** The state of each filing track; null before publication. */
    filing: jsonb('filing').$type<Record<string, unknown> | null>(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    foreignKey({ columns: [t.jurisdictionId, t.id], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)

const listed = (types: readonly string[]) => sql.raw(`('${types.join("','")}')`)
/** Events that tell how a document was made. */
export const makingEvents = listed([
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
])
/** Events of a filing: in the ledger of the document, and in that of the organ that receives it. */
export const filingEvents = listed([
  'FilingSent',
  'FilingSupplementRequested',
  'FilingSupplemented',
  'FilingReturned',
  'FilingRegistered',
  'CorrectionRequested',
  'FilingClosed',
  'CorrectionReported',
  'ExplanationAsked',
  'FilingReceived',
  'FilingResubmitted',
  'FilingDeferred',
  'OpinionIssued',
  'ReviewClosed',
])
/** The ledger, append-only: body is everything that enters the digest, and prev_hash links the entries into a chain. */
export const ledgerEvents = pgTable(
  'ledger_events',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    seq: integer('seq').notNull(),
    type: text('type').notNull(),
    commandId: text('command_id').notNull(),
    at: instant('at').notNull(),
    body: jsonb('body').$type<Record<string, unknown>>().notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId, t.seq] }),
    index('ledger_events_at').on(t.jurisdictionId, t.at),
    // What the figures of a year ask of the ledgers (workflow/src/statistics): how documents were made, what became of filings.
    // The conditions stand there word for word.
    index('ledger_events_making').on(t.jurisdictionId, t.matterId, t.seq).where(sql`${t.type} in ${makingEvents}`),
    index('ledger_events_filing').on(t.jurisdictionId, t.matterId, t.seq).where(sql`${t.type} in ${filingEvents}`),
    index('ledger_events_sampled').on(t.jurisdictionId, t.seq).where(sql`${t.type} = 'FilesSampled'`),
    index('ledger_events_filing_at').on(t.jurisdictionId, t.at).where(sql`${t.type} in ${filingEvents}`),
    foreignKey({ columns: [t.jurisdictionId, t.matterId], foreignColumns: [matters.jurisdictionId, matters.id] }),
    check('ledger_events_seq', sql`${t.seq} >= 1`),
    check('ledger_events_hash', sql`${t.hash} ~ '^[0-9a-f]{64}$'`),
  ],
)
/** Commands already answered: the same id submitted again gets the same answer. */
export const commandLog = pgTable(
  'command_log',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commandId: text('command_id').notNull(),
    matterId: text('matter_id').notNull(),
    commandType: text('command_type').notNull(),
    person: text('person'),
    status: integer('status').notNull(),
    answer: json('answer').$type<Record<string, unknown>>().notNull(),
    /** Digest of what was submitted: one id must not be used for different content. */
    requestHash: text('request_hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commandId] }),
    index('command_log_person').on(t.jurisdictionId, t.person, t.matterId),
  ],
)
/** A refused action is evidence too: append-only. */
export const refusals = pgTable(
  'refusals',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    matterId: text('matter_id').notNull(),
    commandId: text('command_id').notNull(),
    commandType: text('command_type').notNull(),
    kind: text('kind').notNull(),
    stage: text('stage').notNull(),
    at: instant('at').notNull(),
    actor: jsonb('actor').$type<Record<string, unknown>>().notNull(),
    detail: text('detail').notNull(),
    verdicts: jsonb('verdicts').$type<unknown[]>().notNull(),
    packVersion: text('pack_version').notNull(),
    /** Digest of what was submitted, the same as in the command log. */
    requestHash: text('request_hash'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('refusals_matter').on(t.jurisdictionId, t.matterId, t.at),
  ],
)
export const texts = pgTable(
  'texts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    documentId: text('document_id').notNull(),
    n: integer('n').notNull(),
    hash: text('hash').notNull(),
    body: text('body').notNull(),
    attachments: jsonb('attachments')
      .$type<Array<{ name: string; mediaType: string; sha256: string; size: number; use?: 'published' | 'source' }>>()
      .notNull(),
    note: text('note'),
    kind: text('kind').notNull(),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.documentId, t.n] }),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
/**
 * Working copies saved automatically: at most one per file, shared by the handlers of the drafting unit; deleted once
 * saved as a formal text. Not in the ledger.
 */
export const workingCopies = pgTable(
  'working_copies',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    documentId: text('document_id').notNull(),
    /** Larger with every save, and never repeated even after deletion and a fresh start. */
    revision: bigint('revision', { mode: 'number' }).notNull(),
    /** The version of the text it was changed from; null while there is no text. */
    basedOn: integer('based_on'),
    body: text('body').notNull(),
    waivers: jsonb('waivers')
      .$type<Array<{ id: string; quote: string; element?: string | undefined; reason: string }>>()
      .notNull(),
    by: text('by').notNull(),
    /**
     * Those who changed this working copy, in order: once it is saved as a formal text, all of them count as having
     * drafted or changed the text.
     */
    authors: text('authors').array().notNull().default([]),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.documentId] }),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
/** Reasons for leaving a finding of the checks as it is (“此处不改”): append-only. */
export const findingWaivers = pgTable(
  'finding_waivers',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commandId: text('command_id').notNull(),
    /** Which one within the same action. */
    n: integer('n').notNull(),
    documentId: text('document_id').notNull(),
    textVersion: integer('text_version').notNull(),
    /** Number of the finding, such as L03. */
    finding: text('finding').notNull(),
    quote: text('quote').notNull(),
    element: text('element'),
    reason: text('reason').notNull(),
    by: text('by').notNull(),
    person: text('person').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commandId, t.n] }),
    index('finding_waivers_document').on(t.jurisdictionId, t.documentId, t.textVersion),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
    check('finding_waivers_by', sql`${t.by} in ('drafter','reviewer')`),
    check('finding_waivers_reason', sql`${t.reason} <> ''`),
  ],
)
/** What the checks found in the text submitted when review was requested, frozen with the materials: append-only. */
export const reviewFindings = pgTable(
  'review_findings',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    documentId: text('document_id').notNull(),
    /** Which request it is. */
    n: integer('n').notNull(),
    textVersion: integer('text_version').notNull(),
    /** Version of the checker. */
    linter: text('linter').notNull(),
    findings: jsonb('findings').$type<{ open: unknown[]; waived: unknown[]; citations: unknown[] }>().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.documentId, t.n] }),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
export const blobs = pgTable(
  'blobs',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    sha256: text('sha256').notNull(),
    size: integer('size').notNull(),
    bytes: bytea('bytes').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.sha256] })],
)
export const artefacts = pgTable(
  'artefacts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    documentId: text('document_id').notNull(),
    kind: text('kind').notNull(),
    n: integer('n').notNull(),
    title: text('title'),
    body: text('body'),
    attachment: jsonb('attachment').$type<{ name: string; mediaType: string; sha256: string; size: number } | null>(),
    bases: jsonb('bases').$type<Array<{
      title: string
      docNo?: string
      articles?: string[]
      clause?: string
    }> | null>(),
    hash: text('hash').notNull(),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.documentId, t.kind, t.n] }),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)

/** Consultations as the public sees them: the frozen consultation draft and explanatory note. */
export const publicConsultations = pgTable(
  'public_consultations',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    documentId: text('document_id').notNull(),
    n: integer('n').notNull(),
    title: text('title').notNull(),
    draftingUnitName: text('drafting_unit_name').notNull(),
    issuerNames: text('issuer_names').array().notNull(),
    body: text('body').notNull(),
    textHash: text('text_hash').notNull(),
    explanatoryNote: text('explanatory_note').notNull(),
    channels: text('channels').array().notNull(),
    groups: text('groups').array().notNull(),
    contact: text('contact'),
    shortened: jsonb('shortened').$type<{ reason: string; approver: string } | null>(),
    /** Basis and explanation of the period, visible to the public. */
    minimum: jsonb('minimum').$type<Record<string, unknown>>().notNull(),
    openedAt: instant('opened_at').notNull(),
    closesOn: date('closes_on').notNull(),
    closesAt: instant('closes_at').notNull(),
    closedAt: instant('closed_at'),
    extensions: jsonb('extensions')
      .$type<Array<{ from: string; to: string; reason: string | null; at: string }>>()
      .notNull(),
    feedback: jsonb('feedback').$type<Record<string, unknown> | null>(),
    feedbackAt: instant('feedback_at'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    index('public_consultations_open').on(t.closesAt, t.id),
    index('public_consultations_document').on(t.jurisdictionId, t.documentId),
    foreignKey({ columns: [t.jurisdictionId, t.documentId], foreignColumns: [matters.jurisdictionId, matters.id] }),
  ],
)
/**
 * Comments of the public: unalterable once submitted. Name and contact are kept in another table and enter neither
 * the ledger nor the public API.
 */
export const comments = pgTable(
  'comments',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    id: text('id').notNull(),
    documentId: text('document_id').notNull(),
    consultationId: text('consultation_id').notNull(),
    receipt: text('receipt').notNull(),
    /** The place as the member of the public gave it, kept unchanged; the digest is computed from it. */
    anchor: jsonb('anchor').$type<{ element: string; quote?: string | undefined } | null>(),
    /**
     * Element and address in the consultation draft that the given place corresponds to; settled when the comment is
     * made.
     */
    anchorElement: text('anchor_element'),
    anchorAddress: text('anchor_address'),
    body: text('body').notNull(),
    hash: text('hash').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    uniqueIndex('comments_receipt_key').on(t.jurisdictionId, t.receipt),
    index('comments_consultation').on(t.jurisdictionId, t.consultationId, t.at, t.id),
    index('comments_document').on(t.jurisdictionId, t.documentId),
  ],
)
export const commentContacts = pgTable(
  'comment_contacts',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commentId: text('comment_id').notNull(),
    name: text('name'),
    contact: text('contact'),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.commentId] })],
)
export const commentDispositions = pgTable(
  'comment_dispositions',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    commentId: text('comment_id').notNull(),
    n: integer('n').notNull(),
    documentId: text('document_id').notNull(),
    disposition: text('disposition').notNull(),
    reason: text('reason').notNull(),
    textVersion: integer('text_version'),
    createdBy: text('created_by').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.commentId, t.n] }),
    index('comment_dispositions_document').on(t.jurisdictionId, t.documentId),
    check('comment_dispositions_value', sql`${t.disposition} in ('adopted','partly_adopted','not_adopted')`),
  ],
)

/**
 * Deadlines: one row per clock, derived from the file. When due, a job sends the commands listed in sends through the
 * same entrance.
 */
export const deadlines = pgTable(
  'deadlines',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    matterId: text('matter_id').notNull(),
    key: text('key').notNull(),
    kind: text('kind').notNull(),
    label: text('label').notNull(),
    startsOn: date('starts_on').notNull(),
    dueOn: date('due_on').notNull(),
    dueAt: instant('due_at').notNull(),
    status: text('status').notNull(),
    metOn: date('met_on'),
    provisional: boolean('provisional').notNull(),
    sends: text('sends'),
    /** Id of the command already sent; when set, it is not sent again. */
    sentCommandId: text('sent_command_id'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.matterId, t.key] }),
    index('deadlines_due').on(t.dueAt).where(sql`${t.status} = 'open' and ${t.sends} is not null`),
    index('deadlines_open').on(t.jurisdictionId, t.kind, t.dueOn).where(sql`${t.status} = 'open'`),
    index('deadlines_provisional')
      .on(t.jurisdictionId, t.matterId)
      .where(sql`${t.provisional} and ${t.status} = 'open'`),
    foreignKey({ columns: [t.jurisdictionId, t.matterId], foreignColumns: [matters.jurisdictionId, matters.id] }),
    check('deadlines_status', sql`${t.status} in ('open','met','paused','cancelled')`),
  ],
)
/** Daily seals: a digest over the chain heads of all files on that day; they reveal a tail cut off. */
export const ledgerSeals = pgTable(
  'ledger_seals',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    day: date('day').notNull(),
    documents: integer('documents').notNull(),
    events: bigint('events', { mode: 'number' }).notNull(),
    root: text('root').notNull(),
    prevSeal: text('prev_seal').notNull(),
    seal: text('seal').notNull(),
    heads: jsonb('heads').$type<Array<{ document: string; seq: number; hash: string }>>().notNull(),
    /** The chain head of the office ledger at sealing; null when there was no office ledger (earlier seals). */
    office: jsonb('office').$type<{ seq: number; hash: string } | null>(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.day] })],
)
/**
 * The office ledger: whenever data that belong to no file change (units, people, posts, delegations, packs, holiday
 * notices, reserved numbers, imported entries, seals, refusals…), a database trigger records one entry: which table,
 * which rows, and the digest of each row after the change. Append-only, one chain per jurisdiction; what belongs to
 * no jurisdiction is recorded under CN.
 */
export const officeLedger = pgTable(
  'office_ledger',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    at: instant('at').notNull(),
    tableName: text('table_name').notNull(),
    /** insert, update, delete; baseline is for rows that were there when digests began. */
    op: text('op').notNull(),
    /** [key of the row, digest]; the digest of a deleted row is null. */
    rows: jsonb('rows').$type<Array<[key: string, digest: string | null]>>().notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.seq] })],
)
/** Settings of the running system, such as the offset of the demo clock. */
export const settings = pgTable(
  'settings',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    key: text('key').notNull(),
    value: jsonb('value').$type<Record<string, unknown>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.jurisdictionId, t.key] })],
)

/**
 * Outbox: commands sent from one file to another, written in the same transaction as the command that sends them; the
 * outcome is noted after delivery.
 */
export const sends = pgTable(
  'sends',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    /** Id of the command at delivery, computed from the sending command and its position. */
    id: text('id').notNull(),
    fromMatter: text('from_matter').notNull(),
    /**
     * The matter that handles the command; where `process` is set it is newly opened, with an id fixed by the sender.
     */
    toMatter: text('to_matter').notNull(),
    process: text('process'),
    command: jsonb('command').$type<{ type: string } & Record<string, unknown>>().notNull(),
    /** The files passed on the way, the sender last. */
    via: text('via').array().notNull(),
    at: instant('at').notNull(),
    settledAt: instant('settled_at'),
    outcome: text('outcome'),
    detail: text('detail'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    // The page of the sender lists what it sent, however much all others have sent.
    index('sends_from').on(t.jurisdictionId, t.fromMatter),
    index('sends_pending').on(t.at, t.id).where(sql`${t.settledAt} is null`),
    check(
      'sends_outcome',
      sql`(${t.settledAt} is null) = (${t.outcome} is null) and ${t.outcome} in ('accepted','refused')`,
    ),
  ],
)
