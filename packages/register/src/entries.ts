// The write side of the register: the projection called by the write transaction at publication, and the adding of
// events of force and interpretations.
import { and, eq, isNull, schema, sql, type Tx } from '@dianzhang/database'
import { entryHasRareForms, rareFormsKey } from './search.ts'
import type { ForceEventKind, RegisterDecision } from './status-on.ts'

const { registerEntries } = schema

/**
 * What publishing a document needs; all of it public, without personal data. Dates are calendar days in Beijing time.
 */
export interface PublishedEntry {
  jurisdiction: string
  /** Id in the register, by default the same as the id of the file. */
  id?: string
  documentId: string
  title: string
  documentNumber: string
  registryNumber: string | null
  indexNumber: string | null
  /**
   * Formed by the issuer at publication; when it cannot be determined, null with the missing parts listed, never
   * guessed.
   */
  wjbs: { value: string | null; missing: string[] }
  /** Public names of the issuers, the lead authority first. */
  issuers: string[]
  tier: string
  category?: string
  genre?: string | null
  subject?: string | null
  region?: string | null
  adoptionDate: string | null
  publishedOn: string
  effectiveDate: string
  /** Last day of validity (inclusive). */
  validUntil: string | null
  disclosure: 'active' | 'on_request' | 'closed'
  body: string
  textHash: string
  /** All attachments of the signed text (its digest is computed from them); not public. */
  attachments: Array<{ name: string; mediaType: string; sha256: string; size: number }>
  /** The public attachments. */
  publicFiles: Array<{ name: string; mediaType: string; sha256: string; size: number }>
  interpretation?: string | null
  interpretationUrl?: string | null
  summary?: string | null
  keywords?: string[] | null
  interpreterUnit?: string | null
  /** Other public metadata (consultation, review, filing and so on), passed unchanged into the public API. */
  metadata?: Record<string, unknown>
}

/**
 * The projection of publication: writes one row within the publishing transaction. A file can be
 * published only once; a second call is refused by the unique constraint. `now` is the instant of the action. Returns
 * the id in the register.
 */
export async function publishEntry(tx: Tx, entry: PublishedEntry, now: Date): Promise<string> {
  const id = entry.id ?? entry.documentId
  await tx.insert(registerEntries).values({
    jurisdictionId: entry.jurisdiction,
    id,
    origin: 'made',
    documentId: entry.documentId,
    title: entry.title,
    documentNumber: entry.documentNumber,
    registryNumber: entry.registryNumber,
    indexNumber: entry.indexNumber,
    wjbs: entry.wjbs.value,
    wjbsSource: entry.wjbs.value === null ? null : 'AUTHORITY_ISSUED',
    wjbsMissing: entry.wjbs.missing,
    issuers: entry.issuers,
    leadIssuer: entry.issuers[0] ?? null,
    tier: entry.tier,
    category: entry.category ?? '行政规范性文件',
    genre: entry.genre ?? null,
    subject: entry.subject ?? null,
    region: entry.region ?? null,
    adoptionDate: entry.adoptionDate,
    publishedOn: entry.publishedOn,
    effectiveDate: entry.effectiveDate,
    validUntil: entry.validUntil,
    disclosure: entry.disclosure,
    forceEvents: [],
    body: entry.body,
    textHash: entry.textHash,
    attachments: entry.attachments,
    publicFiles: entry.publicFiles,
    interpretation: entry.interpretation ?? null,
    interpretationUrl: entry.interpretationUrl ?? null,
    summary: entry.summary ?? null,
    keywords: entry.keywords ?? null,
    interpreterUnit: entry.interpreterUnit ?? null,
    metadata: { ...entry.metadata, ...(entryHasRareForms(entry) ? { [rareFormsKey]: true } : {}) },
    createdAt: now,
  })
  return id
}

/**
 * Adds an event of force (amendment, repeal, annulment, declared lapse, suspension, resumption, withdrawal, revival);
 * `on` is the calendar day it takes effect. `of`: the document made here, or the entry where nothing else stands behind it.
 * Append-only, guarded by a database trigger as well. Returns false and changes nothing when it is not published.
 */
export async function appendForceEvent(
  tx: Tx,
  jurisdiction: string,
  of: string | { entry: string },
  event: {
    kind: ForceEventKind
    on: string
    reason: string
    byDocument: string | null
    decision?: RegisterDecision | null
    undoes?: number | undefined
    follows?: boolean | undefined
    provisions?: string[] | undefined
  },
): Promise<boolean> {
  const { kind, on, reason, byDocument, decision = null, undoes, follows, provisions } = event
  const appended = JSON.stringify([
    { kind, on, reason, byDocument, ...(decision === null ? {} : { decision }), undoes, follows, provisions },
  ])
  const rows = await tx
    .update(registerEntries)
    .set({ forceEvents: sql`${registerEntries.forceEvents} || ${appended}::jsonb` })
    .where(
      and(
        eq(registerEntries.jurisdictionId, jurisdiction),
        typeof of === 'string' ? eq(registerEntries.documentId, of) : eq(registerEntries.id, of.entry),
      ),
    )
    .returning({ id: registerEntries.id })
  return rows.length === 1
}

/**
 * Publishes an interpretation afterwards: it can only go from empty to present and never be rewritten. Returns false
 * when there already is one or the document is not yet published.
 */
export async function attachInterpretation(
  tx: Tx,
  jurisdiction: string,
  documentId: string,
  interpretation: { text: string; url?: string | null },
): Promise<boolean> {
  const rows = await tx
    .update(registerEntries)
    .set({ interpretation: interpretation.text, interpretationUrl: interpretation.url ?? null })
    .where(
      and(
        eq(registerEntries.jurisdictionId, jurisdiction),
        eq(registerEntries.documentId, documentId),
        isNull(registerEntries.interpretation),
      ),
    )
    .returning({ id: registerEntries.id })
  return rows.length === 1
}
