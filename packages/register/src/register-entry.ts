// Rows of the register and the shapes of the public API. Every code comes with a label in Chinese; no personal data at
// all.
import type { PlainDate } from '@dianzhang/calendar'
import { disclosureLabels, type Tier, tierLabels } from '@dianzhang/contract'
import type { schema } from '@dianzhang/database'
import { withDocumentNumber } from '@dianzhang/text'
import { rareFormsKey } from './search.ts'
import {
  type PublicStatus,
  type RegisterForceEvent,
  type StatusAnswer,
  type StatusFacts,
  statusOn,
  type TimelineEntry,
  timelineOf,
  type ValidityCode,
} from './status-on.ts'

/** The columns a list needs; dates are `YYYY-MM-DD` text. */
export interface SummaryRow {
  jurisdiction_id: string
  id: string
  origin: string
  source_id: string | null
  source_name: string | null
  title: string
  document_number: string | null
  registry_number: string | null
  issuers: string[]
  lead_issuer: string | null
  tier: string | null
  category: string | null
  genre: string | null
  subject: string | null
  region: string | null
  adoption_date: string | null
  published_on: string | null
  effective_date: string | null
  valid_until: string | null
  force_events: RegisterForceEvent[]
  source_status: string | null
  recorded_on: string
  summary: string | null
}
export interface DetailRow extends SummaryRow {
  jurisdiction_name: string
  document_id: string | null
  document_number_raw: string | null
  index_number: string | null
  wjbs: string | null
  wjbs_source: string | null
  wjbs_missing: string[] | null
  disclosure: string
  body: string
  text_hash: string
  attachments: Array<{ name: string; mediaType: string; sha256: string; size: number }>
  interpretation: string | null
  interpretation_url: string | null
  keywords: string[] | null
  interpreter_unit: string | null
  metadata: Record<string, unknown>
}

const originLabels = { made: '本系统制发', imported: '外部导入' } as const
const importedOrigin = '由外部来源导入登记，不是本系统制发；内容以制定机关公布的文本为准。'

/** One item of a list. */
export interface RegisterSummary {
  id: string
  jurisdiction: string
  title: string
  documentNumber: string | null
  registryNumber: string | null
  issuers: string[]
  leadIssuer: string | null
  tier: string | null
  tierLabel: string | null
  category: string | null
  genre: string | null
  subject: string | null
  region: string | null
  adoptionDate: PlainDate | null
  publishedOn: PlainDate | null
  effectiveDate: PlainDate | null
  /** Last day of validity (inclusive). */
  validUntil: PlainDate | null
  status: StatusAnswer['status']
  statusLabel: string
  statusSource: StatusAnswer['source']
  statusSourceLabel: string
  statusExplanation: string
  statusNote: string | null
  validity: ValidityCode
  origin: string
  originLabel: string
  originNote: string | null
  /** The id of an imported entry at its source. */
  sourceId: string | null
  sourceName: string | null
  summary: string | null
  /** Where the search words occur; null without search words. */
  matched: 'title' | 'reference' | 'text' | null
  /** The words before and after the hit in the body. */
  excerpt: string | null
}

export const statusFacts = (row: SummaryRow): StatusFacts & { adoptionDate: PlainDate | null } => ({
  origin: row.origin,
  publishedOn: row.published_on,
  effectiveDate: row.effective_date,
  validUntil: row.valid_until,
  forceEvents: row.force_events,
  sourceStatus: row.source_status,
  recordedOn: row.recorded_on,
  adoptionDate: row.adoption_date,
})

/** The status on a day of an entry as the query builder reads it; what its source states counts as of that day. */
export const statusOfRow = (
  row: Pick<
    typeof schema.registerEntries.$inferSelect,
    'origin' | 'publishedOn' | 'effectiveDate' | 'validUntil' | 'forceEvents' | 'sourceStatus'
  >,
  on: PlainDate,
): PublicStatus => statusOn({ ...row, recordedOn: on }, on).status

const tierLabel = (tier: string | null): string | null =>
  tier !== null && tier in tierLabels ? tierLabels[tier as Tier] : null

/** The summary of a row on the day `on`. */
export function summaryOf(row: SummaryRow, on: PlainDate): RegisterSummary {
  const status = statusOn(statusFacts(row), on)
  const imported = row.origin === 'imported'
  return {
    id: row.id,
    jurisdiction: row.jurisdiction_id,
    title: row.title,
    documentNumber: row.document_number,
    registryNumber: row.registry_number,
    issuers: row.issuers,
    leadIssuer: row.lead_issuer,
    tier: row.tier,
    tierLabel: tierLabel(row.tier),
    category: row.category,
    genre: row.genre,
    subject: row.subject,
    region: row.region,
    adoptionDate: row.adoption_date,
    publishedOn: row.published_on,
    effectiveDate: row.effective_date,
    validUntil: row.valid_until,
    status: status.status,
    statusLabel: status.label,
    statusSource: status.source,
    statusSourceLabel: status.sourceLabel,
    statusExplanation: status.explanation,
    statusNote: status.note,
    validity: status.validity,
    origin: row.origin,
    originLabel: imported ? originLabels.imported : originLabels.made,
    originNote: imported ? importedOrigin : null,
    sourceId: row.source_id,
    sourceName: row.source_name,
    summary: row.summary,
    matched: null,
    excerpt: null,
  }
}

/** Relation to another document; when that one is registered, with its id, title and document number. */
export interface RegisterRelation {
  kind: string
  /** Such as “修改” or “被废止”. */
  label: string
  on: PlainDate
  reason: string
  document: { id: string | null; title: string | null; documentNumber: string | null; reference: string | null }
}

/** File identifier (structure of GB/T 47229.2—2026). */
export interface FileIdentifierView {
  value: string | null
  source: string | null
  sourceLabel: string
  /** Parts that cannot be determined. */
  missing: string[]
}

/** All public information of an entry. */
export interface RegisterDetail extends RegisterSummary {
  /** Name of the jurisdiction whose register it is in. */
  jurisdictionName: string
  documentNumberRaw: string | null
  indexNumber: string | null
  wjbs: FileIdentifierView
  disclosure: string
  disclosureLabel: string
  statusOn: StatusAnswer
  timeline: TimelineEntry[]
  relations: RegisterRelation[]
  body: string
  /**
   * The line of the signed text left blank for the document number, where `body` already has the number filled in;
   * null when nothing was left blank.
   */
  blankNumber: string | null
  /** Content digest of body and attachments: of the signed text, the number not filled in. */
  textHash: string
  attachments: Array<{ name: string; mediaType: string; sha256: string; size: number }>
  interpretation: { text: string | null; url: string | null } | null
  interpreterUnit: string | null
  keywords: string[]
  /** Other public metadata, such as source, history, consultation and filing. */
  metadata: Record<string, unknown>
}

const identifierLabels: Record<string, string> = {
  AUTHORITY_ISSUED: '制定机关公布时赋予',
  IMPORTED_NOT_ISSUED: '导入时按公开信息推导，不是制定机关赋予',
}

/** All public information of a row on the day `on`. */
export function detailOf(row: DetailRow, on: PlainDate, relations: RegisterRelation[]): RegisterDetail {
  const facts = statusFacts(row)
  // The first serves repeated imports, the second the search.
  const { sourceFingerprint: _fingerprint, [rareFormsKey]: _rare, ...metadata } = row.metadata
  // The document number is blank in the signed text and filled in once numbered; no other character changes, so
  // neither text nor digest needs to be kept twice.
  const numbered =
    row.origin === 'made' && row.document_number ? withDocumentNumber(row.body, row.document_number) : null
  return {
    ...summaryOf(row, on),
    jurisdictionName: row.jurisdiction_name,
    documentNumberRaw: row.document_number_raw,
    indexNumber: row.index_number,
    wjbs: {
      value: row.wjbs,
      source: row.wjbs_source,
      sourceLabel:
        row.wjbs === null ? '没有文件标识：组成部分不能确定' : (identifierLabels[row.wjbs_source ?? ''] ?? '来源不明'),
      missing: row.wjbs_missing ?? [],
    },
    disclosure: row.disclosure,
    disclosureLabel: disclosureLabels[row.disclosure as keyof typeof disclosureLabels] ?? row.disclosure,
    statusOn: statusOn(facts, on),
    timeline: timelineOf(facts),
    relations,
    body: numbered?.text ?? row.body,
    blankNumber: numbered?.blank ?? null,
    textHash: row.text_hash,
    attachments: row.attachments,
    interpretation:
      row.interpretation === null && row.interpretation_url === null
        ? null
        : { text: row.interpretation, url: row.interpretation_url },
    interpreterUnit: row.interpreter_unit,
    keywords: row.keywords ?? [],
    metadata,
  }
}
