// Numbering and the public register.

import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { sql } from '../query.ts'
import { jurisdictions } from './identity.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

export const numberSeries = pgTable(
  'number_series',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    series: text('series').notNull(),
    year: integer('year').notNull(),
    kind: text('kind').notNull(),
    lastSeq: integer('last_seq').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.series, t.year] }),
    index('number_series_latest').on(t.jurisdictionId, t.year.desc().nullsFirst(), t.series),
    check('number_series_kind', sql`${t.kind} in ('document','registry','index')`),
  ],
)
export const numbers = pgTable(
  'numbers',
  {
    jurisdictionId: text('jurisdiction_id').notNull(),
    series: text('series').notNull(),
    year: integer('year').notNull(),
    seq: integer('seq').notNull(),
    kind: text('kind').notNull(),
    text: text('text').notNull(),
    status: text('status').notNull(),
    documentId: text('document_id'),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    reservedFor: text('reserved_for'),
    expiresOn: date('expires_on'),
    voidReason: text('void_reason'),
    voidApprover: text('void_approver'),
    voidedAt: instant('voided_at'),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.series, t.year, t.seq] }),
    index('numbers_reserved_in').on(t.jurisdictionId, t.series, t.year).where(sql`${t.status} = 'reserved'`),
    uniqueIndex('numbers_text_key').on(t.jurisdictionId, t.kind, t.text),
    uniqueIndex('numbers_one_per_document')
      .on(t.jurisdictionId, t.kind, t.documentId)
      .where(sql`${t.status} = 'issued' and ${t.documentId} is not null`),
    check('numbers_status', sql`${t.status} in ('issued','reserved','void')`),
    check('numbers_reserved', sql`${t.status} <> 'reserved' or ${t.expiresOn} is not null`),
    check(
      'numbers_void',
      sql`${t.status} <> 'void' or (${t.voidReason} is not null and ${t.voidApprover} is not null and ${t.voidedAt} is not null)`,
    ),
    check('numbers_seq', sql`${t.seq} >= 1`),
  ],
)

/**
 * The public register: entries published by this system and entries imported. Body, title and document number cannot
 * be changed once written.
 */
export const registerEntries = pgTable(
  'register_entries',
  {
    jurisdictionId: text('jurisdiction_id')
      .notNull()
      .references(() => jurisdictions.id),
    id: text('id').notNull(),
    origin: text('origin').notNull(),
    /** The id of an imported entry at its source. */
    sourceId: text('source_id'),
    sourceName: text('source_name'),
    documentId: text('document_id'),
    title: text('title').notNull(),
    documentNumber: text('document_number'),
    documentNumberRaw: text('document_number_raw'),
    registryNumber: text('registry_number'),
    indexNumber: text('index_number'),
    wjbs: text('wjbs'),
    wjbsSource: text('wjbs_source'),
    wjbsMissing: text('wjbs_missing').array(),
    issuers: text('issuers').array().notNull(),
    leadIssuer: text('lead_issuer'),
    tier: text('tier'),
    category: text('category'),
    genre: text('genre'),
    subject: text('subject'),
    region: text('region'),
    adoptionDate: date('adoption_date'),
    publishedOn: date('published_on'),
    effectiveDate: date('effective_date'),
    validUntil: date('valid_until'),
    disclosure: text('disclosure').notNull(),
    /**
     * Events of force (amendment, repeal, annulment, suspension and so on); the status is computed from dates and
     * events.
     */
    forceEvents: jsonb('force_events')
      .$type<
        Array<{
          kind: string
          on: string
          reason: string
          byDocument: string | null
          decision?: { body: string; number?: string | undefined; date: string } | null
          undoes?: number | undefined
          follows?: boolean | undefined
          provisions?: string[] | undefined
        }>
      >()
      .notNull(),
    /** The status the source claimed at import; not used as a fact. */
    sourceStatus: text('source_status'),
    body: text('body').notNull(),
    textHash: text('text_hash').notNull(),
    attachments: jsonb('attachments')
      .$type<Array<{ name: string; mediaType: string; sha256: string; size: number }>>()
      .notNull(),
    /**
     * Public attachments: chosen one by one at publication, with metadata removed. Null for earlier publications,
     * whose attachments are all public.
     */
    publicFiles:
      jsonb('public_files').$type<Array<{ name: string; mediaType: string; sha256: string; size: number }>>(),
    interpretation: text('interpretation'),
    interpretationUrl: text('interpretation_url'),
    summary: text('summary'),
    keywords: text('keywords').array(),
    interpreterUnit: text('interpreter_unit'),
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.jurisdictionId, t.id] }),
    uniqueIndex('register_entries_source_key')
      .on(t.jurisdictionId, t.sourceName, t.sourceId)
      .where(sql`${t.sourceId} is not null`),
    uniqueIndex('register_entries_document_key')
      .on(t.jurisdictionId, t.documentId)
      .where(sql`${t.documentId} is not null`),
    uniqueIndex('register_entries_wjbs_key')
      .on(t.jurisdictionId, t.wjbs)
      .where(sql`${t.wjbs} is not null and ${t.wjbsSource} = 'AUTHORITY_ISSUED'`),
    index('register_entries_published').on(t.publishedOn.desc().nullsLast(), t.id),
    // The ladder of validity looks only at what is due; what is newly registered is looked at apart.
    index('register_entries_valid_until').on(t.jurisdictionId, t.validUntil).where(sql`${t.validUntil} is not null`),
    index('register_entries_created').on(t.jurisdictionId, t.createdAt),
    index('register_entries_title').on(t.jurisdictionId, t.title),
    index('register_entries_number').on(t.documentNumber),
    index('register_entries_subject').on(t.jurisdictionId, t.subject).where(sql`${t.subject} is not null`),
    // Which documents a given document changed: only a few entries have events of force.
    // Imported entries whose text states a validity, by the day it states; the conditions stand in expiry/alerts.ts word for word.
    index('register_entries_asked')
      .on(t.jurisdictionId, sql`(${t.metadata} ->> 'validUntilAsked')`, t.id)
      .where(
        sql`${t.origin} = 'imported' and ${t.validUntil} is null and (${t.metadata} ->> 'validUntilAsked') is not null`,
      ),
    index('register_entries_changed').on(t.jurisdictionId).where(sql`${t.forceEvents} <> '[]'::jsonb`),
    check('register_entries_origin', sql`${t.origin} in ('made','imported')`),
  ],
)
