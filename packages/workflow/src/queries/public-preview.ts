// A document as the public will see it after publication: made from the current text, the numbers given or to come and
// the proposed publication, by the same rules that write the register at publication; writes nothing.
import { dateInShanghai, validityLastDay } from '@dianzhang/calendar'
import type { PreviewedConsultation, PreviewedFeedback, PreviewedPublication } from '@dianzhang/contract'
import { and, desc, eq, schema } from '@dianzhang/database'
import { factsFor } from '@dianzhang/lifecycle'
import {
  type ConsultationDetail,
  type ConsultationFeedback,
  consultationDetailOf,
  type DetailRow,
  detailOf,
  feedbackToCome,
  none,
  publishedEntry,
  type RegisterDetail,
} from '@dianzhang/register'
import { type Dossier, headText } from '@dianzhang/rules'
import { announcedTerm, announcementOf } from '../comments/announcement.ts'
import { feedbackSummary } from '../comments/feedback-term.ts'
import { notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { getDecisionSheet } from './decision-sheet.ts'
import { circumstance, withText } from './documents.ts'
import { openText } from './texts.ts'

/**
 * Preview: day of taking effect and validity not given are taken from the body; if there is still no such day, it is
 * today. 404 not visible, or no text yet; 403 for those who are only system administrators.
 */
export async function previewPublication(
  office: Office,
  actor: Actor,
  id: string,
  given: PreviewedPublication,
): Promise<RegisterDetail> {
  const opened = await withText(office.db, await openText(office, actor, id))
  const now = await circumstance(office, actor, opened)
  const d = opened.dossier
  const head = headText(d)
  if (!head) throw notFound('文本')
  const [t, a, j] = [schema.texts, schema.artefacts, schema.jurisdictions]
  const [sheet, [text], [interpretation], [place]] = await Promise.all([
    getDecisionSheet(office, actor, id),
    office.db
      .select({ body: t.body, attachments: t.attachments })
      .from(t)
      .where(and(eq(t.jurisdictionId, d.jurisdiction), eq(t.documentId, id), eq(t.n, head.n))),
    office.db
      .select({ body: a.body })
      .from(a)
      .where(and(eq(a.jurisdictionId, d.jurisdiction), eq(a.documentId, id), eq(a.kind, 'interpretation')))
      .orderBy(desc(a.n))
      .limit(1),
    office.db.select({ name: j.name }).from(j).where(eq(j.id, d.jurisdiction)),
  ])
  const on = dateInShanghai(office.clock.now().toISOString())
  const effectiveDate = given.effectiveDate ?? sheet.publication.effectiveDate ?? on
  const attachments = text?.attachments ?? []
  const chosen = attachments.filter((x) => given.files?.some((one) => one === x.name || one === x.sha256))
  const f = factsFor(d, { ...now, type: 'Publish', payload: {} })
  const entry = publishedEntry(
    {
      dossier: withNumbers(d, sheet.number, on),
      units: opened.units,
      region: f.pack.name,
      on,
      body: text?.body ?? '',
      attachments,
      publicFiles: chosen,
      indexNumber: null,
      wjbs: { value: null, missing: ['公布时形成'] },
    },
    {
      effectiveDate,
      validUntil: lastDay(given, sheet.publication.validity, effectiveDate),
      disclosure: 'active',
      channels: given.channels ?? [],
      immediateReason: given.immediateReason,
      summary: given.summary,
      keywords: given.keywords,
      interpretation: { body: interpretation?.body ?? undefined },
    },
  )
  const row: DetailRow = {
    jurisdiction_id: d.jurisdiction,
    jurisdiction_name: place?.name ?? d.jurisdiction,
    id,
    origin: 'made',
    source_id: null,
    source_name: null,
    document_id: id,
    title: entry.title,
    document_number: entry.documentNumber || null,
    document_number_raw: null,
    registry_number: entry.registryNumber,
    index_number: null,
    wjbs: null,
    wjbs_source: null,
    wjbs_missing: entry.wjbs.missing,
    issuers: entry.issuers,
    lead_issuer: entry.issuers[0] ?? null,
    tier: entry.tier,
    category: '行政规范性文件',
    genre: entry.genre ?? null,
    subject: null,
    region: entry.region ?? null,
    adoption_date: entry.adoptionDate,
    published_on: entry.publishedOn,
    effective_date: entry.effectiveDate,
    valid_until: entry.validUntil,
    disclosure: entry.disclosure,
    force_events: [],
    source_status: null,
    recorded_on: on,
    body: entry.body,
    text_hash: entry.textHash,
    attachments: entry.publicFiles,
    interpretation: entry.interpretation ?? null,
    interpretation_url: null,
    summary: entry.summary ?? null,
    keywords: entry.keywords ?? null,
    interpreter_unit: entry.interpreterUnit ?? null,
    metadata: entry.metadata ?? {},
  }
  return detailOf(row, on, [])
}

/**
 * The feedback on the last round as it would be published now; what earlier rounds lack is published with it. 404 not visible,
 * or nobody was consulted; 403 for those who are only system administrators.
 */
export async function previewFeedback(
  office: Office,
  actor: Actor,
  id: string,
  given: PreviewedFeedback,
): Promise<{ consultation: ConsultationDetail; feedback: ConsultationFeedback }> {
  const { dossier } = await withText(office.db, await openText(office, actor, id))
  const round = dossier.consultations.at(-1)
  const found = round
    ? await feedbackToCome(office.db, round.id, office.clock.now(), ({ total }) => ({
        summary: feedbackSummary(given.summary, total),
      }))
    : null
  if (!found) throw notFound('征求意见')
  return found
}

/**
 * The next round of consultation as it would be announced now, with what is proposed. 404 not visible, or no text yet; 403 for
 * those who are only system administrators.
 */
export async function previewConsultation(
  office: Office,
  actor: Actor,
  id: string,
  given: PreviewedConsultation,
): Promise<ConsultationDetail> {
  const opened = await withText(office.db, await openText(office, actor, id))
  if (!headText(opened.dossier)) throw notFound('文本')
  const meta = await circumstance(office, actor, opened)
  const f = factsFor(opened.dossier, { ...meta, type: 'OpenPublicConsultation', payload: {} })
  const now = office.clock.now()
  const on = dateInShanghai(now.toISOString())
  const proposed = {
    closesAt: given.closesAt,
    channels: given.channels ?? [],
    groups: given.groups ?? [],
    contact: given.contact,
    shortened: given.shortened === undefined ? undefined : { reason: given.shortened },
  }
  const announced = await announcementOf(office.db, f, opened.units, on, proposed, announcedTerm(f, on, proposed))
  // It has no id before it is opened.
  return consultationDetailOf({ ...announced, id: '', openedAt: now }, none(), false, now)
}

/** Not numbered yet: uses the numbers to come. */
function withNumbers(d: Dossier, number: { document: string; registry: string } | null, on: string): Dossier {
  if (d.numbers || number === null) return d
  const adopted = [...d.signatures.map((s) => s.on), d.decision?.date ?? ''].sort().at(-1) || on
  return {
    ...d,
    numbers: { ...number, year: Number(on.slice(0, 4)), seq: 0, assignedAt: `${on}T00:00:00Z`, adoptionDate: adopted },
  }
}
function lastDay(
  given: PreviewedPublication,
  said: { years: number } | { until: string } | { none: true } | null,
  effectiveDate: string,
): string | null {
  if (given.until) return given.until
  if (given.none === 'true') return null
  if (given.years !== undefined) return validityLastDay(effectiveDate, given.years)
  if (said === null || 'none' in said) return null
  return 'until' in said ? said.until : validityLastDay(effectiveDate, said.years)
}
