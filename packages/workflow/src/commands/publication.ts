// Publication: body, attachments, interpretation, numbers and document identifiers enter the public register in one
// transaction, all or nothing.
import { validityLastDay } from '@dianzhang/calendar'
import type { Track } from '@dianzhang/contract'
import { and, desc, eq, inArray, schema } from '@dianzhang/database'
import { sha256Hex } from '@dianzhang/ledger'
import { agencyCode, buildFileIdentifier, formatIndexNumber } from '@dianzhang/numbering'
import {
  attachInterpretation,
  edgeRows,
  entrySource,
  publishEntry,
  publishedEntry,
  readEdges,
  writeEdges,
} from '@dianzhang/register'
import { filingTimes, headText, validityStart } from '@dianzhang/rules'
import { textWork } from '@dianzhang/text-work'
import { manifestOf } from '../archive/manifest.ts'
import { archiveRow } from '../archive/number.ts'
import type { StoredAttachment } from '../attachment-bytes.ts'
import { invalid } from '../failures.ts'
import { reviewFor } from '../filing-review/facts.ts'
import { derivedId, type Send } from '../outbox.ts'
import { requireNumbering } from '../restoration.ts'
import { completionsOf } from '../yearly-list/completed-by.ts'
import { type CommandContext, type Handler, unitId, type WriteContext } from './handler.ts'
import { nextSeqs } from './numbering.ts'
import { provideArtefact } from './texts.ts'

async function latestArtefact(c: CommandContext, kind: string): Promise<string | null> {
  const { artefacts: t } = schema
  const [row] = await c.tx
    .select({ body: t.body })
    .from(t)
    .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.documentId, c.matterId), eq(t.kind, kind)))
    .orderBy(desc(t.n))
    .limit(1)
  return row?.body ?? null
}
/**
 * Attachments chosen for publication are stored separately, without metadata such as author and organisation; the
 * originals stay with the text.
 */
async function cleanedFiles(c: WriteContext, chosen: StoredAttachment[]): Promise<StoredAttachment[]> {
  if (chosen.length === 0) return []
  const { blobs: b } = schema
  const rows = await c.tx
    .select({ sha256: b.sha256, bytes: b.bytes })
    .from(b)
    .where(
      and(
        eq(b.jurisdictionId, c.jurisdiction),
        inArray(
          b.sha256,
          chosen.map((x) => x.sha256),
        ),
      ),
    )
  return Promise.all(
    chosen.map(async ({ name, mediaType, sha256 }) => {
      const raw = rows.find((row) => row.sha256 === sha256)?.bytes ?? new Uint8Array()
      const cleaned = await textWork('clean', raw.length, { bytes: raw })
      if ('problem' in cleaned) throw new Error(`附件“${name}”${cleaned.problem}`)
      const { bytes } = cleaned
      const meta = { name, mediaType, sha256: sha256Hex(bytes), size: bytes.length }
      await c.tx
        .insert(b)
        .values({ jurisdictionId: c.jurisdiction, sha256: meta.sha256, size: meta.size, bytes })
        .onConflictDoNothing()
      return meta
    }),
  )
}
export const publish: Handler<'Publish'> = {
  resolve: async (c, p) => {
    await requireNumbering(c.tx, c.jurisdiction)
    for (const [i, one] of (p.files ?? []).entries())
      if (!c.facts.external.files?.some((x) => x.name === one || x.sha256 === one))
        throw invalid([`files.${i}`, `现文本没有附件“${one}”；请填附件的名称或者内容摘要`])
    if ('years' in p.validity)
      return {
        validityYears: p.validity.years,
        validUntil: validityLastDay(validityStart(c.facts, p.effectiveDate, c.on), p.validity.years),
      }
    if ('none' in p.validity) return { validityYears: null, validUntil: null }
    if (p.validity.until < p.effectiveDate) throw invalid(['validity.until', '有效期届满日不得早于施行日期'])
    return { validityYears: null, validUntil: p.validity.until }
  },
  allocate: async (c, p) => {
    const lead = c.dossier.issuers[0] ?? ''
    const organisation = c.facts.pack.numbering.indexNumber.value.organisationCode[lead]
    const year = Number(c.on.slice(0, 4))
    let indexNumber: string | null = null
    if (organisation) {
      const series = `索引:${organisation}`
      const [seq = 0] = await nextSeqs(c.tx, c.jurisdiction, [{ series, year, kind: 'index' }])
      indexNumber = formatIndexNumber({ organisationCode: organisation, year, seq })
      await c.tx.insert(schema.numbers).values({
        jurisdictionId: c.jurisdiction,
        series,
        year,
        seq,
        kind: 'index',
        text: indexNumber,
        status: 'issued',
        documentId: c.matterId,
        at: c.now,
        by: c.as.person ?? 'system',
      })
    }
    const { units: u, registerEntries: e } = schema
    const [unit] = await c.tx
      .select({ area: u.areaCode, body: u.bodyCode })
      .from(u)
      .where(and(eq(u.jurisdictionId, c.jurisdiction), eq(u.id, lead)))
    const agency = unit?.area && unit.body ? agencyCode({ areaCode: unit.area, bodyCode: unit.body }) : null
    const components = {
      categoryCode: '1700',
      agencyCode: agency?.ok ? agency.value : null,
      publicationDate: c.on,
      documentNumber: c.dossier.numbers?.document ?? null,
      ...(p.internalSequence ? { internalSequence: Number(p.internalSequence) } : {}),
      sourceType: 'AUTHORITY_ISSUED' as const,
    }
    const first = buildFileIdentifier(components)
    const taken = first.ok
      ? await c.tx
          .select({ id: e.id })
          .from(e)
          .where(
            and(eq(e.jurisdictionId, c.jurisdiction), eq(e.wjbs, first.value), eq(e.wjbsSource, 'AUTHORITY_ISSUED')),
          )
          .limit(1)
      : []
    const built = buildFileIdentifier(components, { isTaken: () => taken.length > 0 })
    return {
      indexNumber,
      wjbs: built.ok ? { value: built.value, missing: [] } : { value: null, missing: built.missing },
    }
  },
  write: async (c, p, r) => {
    const d = c.next
    const head = headText(d)
    const { texts: t } = schema
    const [[text], interpretation] = await Promise.all([
      c.tx
        .select({ body: t.body, attachments: t.attachments })
        .from(t)
        .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.documentId, c.matterId), eq(t.n, head?.n ?? 0))),
      latestArtefact(c, 'interpretation'),
    ])
    const attachments = text?.attachments ?? []
    const publicFiles = await cleanedFiles(
      c,
      attachments.filter((x) => p.files?.some((one) => one === x.name || one === x.sha256)),
    )
    const given = typeof p.interpretation === 'string' ? { body: p.interpretation, url: undefined } : p.interpretation
    const [edges = []] = await readEdges([{ body: text?.body ?? '', title: d.title }])
    const entry = await publishEntry(
      c.tx,
      publishedEntry(
        {
          dossier: d,
          units: c.units,
          region: c.facts.pack.name,
          on: c.on,
          body: text?.body ?? '',
          attachments,
          publicFiles,
          indexNumber: r.indexNumber,
          wjbs: r.wjbs,
        },
        {
          ...p,
          validUntil: r.validUntil,
          interpretation: { body: given?.body ?? interpretation ?? undefined, url: given?.url },
        },
      ),
      c.now,
    )
    await writeEdges(c.tx, edgeRows(entrySource(c.jurisdiction, entry, c.matterId, head?.n ?? null), edges, d.bases))
    return { publication: d.publication, numbers: d.numbers }
  },
  // What it was planned for is thereby done.
  sends: (c, p) =>
    completionsOf(c.tx, {
      jurisdiction: c.jurisdiction,
      title: c.next.title,
      planItem: c.next.planItem,
      majorDecision: c.next.classification?.majorDecision ?? false,
      entry: p.disclosure === 'active' ? c.matterId : null,
      on: c.on,
    }),
  ledger: (p, r) => ({
    effectiveDate: p.effectiveDate,
    validUntil: r.validUntil,
    ...(p.validityReason ? { validityReason: p.validityReason } : {}),
    disclosure: p.disclosure,
    channels: p.channels,
    indexNumber: r.indexNumber,
    wjbs: r.wjbs,
    immediateReason: p.immediateReason ?? null,
    ...(p.adaptation ? { adaptation: p.adaptation } : {}),
    ...(p.files?.length ? { files: p.files } : {}),
  }),
}
/** Interpretations supplied after publication enter the register as well. */
export const provideArtefactAnywhere: Handler<'ProvideArtefact'> = {
  ...provideArtefact,
  write: async (c, p, r) => {
    const answer = await provideArtefact.write?.(c, p, r)
    if (p.kind === 'interpretation' && p.body && c.dossier.publication)
      await attachInterpretation(c.tx, c.jurisdiction, c.matterId, { text: p.body })
    return answer ?? undefined
  },
}

export const fileDocument: Handler<'FileDocument'> = {
  resolve: async (c, p) => {
    await requireNumbering(c.tx, c.jurisdiction)
    const recipient = p.recipient
      ? unitId(c.units, p.recipient, 'recipient')
      : (c.facts.external.recipients[p.track] ?? undefined)
    const known = await reviewFor(c.tx, c.jurisdiction, c.matterId, p.track)
    return {
      ...(recipient ? { recipient } : {}),
      // The filing at the receiving organ: the one already there (returned, or asked for), else a new one.
      review: known ?? derivedId(c.matterId, 'filing-review', p.track),
      ...(known === null ? { opensReview: true as const } : {}),
    }
  },
  sends: (c, p, r) => {
    const receive = {
      type: 'ReceiveFiling',
      materials: p.materials,
      sentOn: c.on,
      textHash: c.next.publication?.textHash ?? '',
      ...(p.note ? { note: p.note } : {}),
    }
    // What the system files was sent from there: it is not sent back.
    if (r.review === undefined || c.actor.kind === 'system') return []
    const received: Send = { matter: r.review, command: receive }
    if (!r.opensReview) return [received]
    const open = {
      type: 'OpenFiling',
      document: c.matterId,
      track: p.track,
      recipient: r.recipient,
      sentBy: c.as.person,
    }
    return [{ opens: 'filing-review', matter: r.review, command: open }, received]
  },
  ledger: (p, r) => ({
    track: p.track,
    recipient: r.recipient ?? null,
    materials: p.materials,
    note: p.note ?? null,
    review: r.review ?? null,
  }),
}
/** What the sender answers goes to the filing at the receiving organ; filings registered without one stay as they are. */
export const supplementFiling: Handler<'SupplementFiling'> = {
  sends: (c, p) => toReview(c, p.track, { type: 'Resubmit', materials: p.materials, note: p.note }),
}
export const answerCorrection: Handler<'AnswerCorrection'> = {
  sends: (c, p) => toReview(c, p.track, { type: 'AnswerOpinion', action: p.action, answer: p.answer }),
}
const toReview = (c: WriteContext, track: Track, command: Send['command']): Send[] => {
  const review = c.dossier.filings[track]?.review
  return review && c.actor.kind !== 'system' ? [{ matter: review, command }] : []
}
/** Returned, or supplement required: the answer says by which day to file again or supplement. */
export const filingTerms: Handler<'ReturnFiling' | 'RequestFilingSupplement'> = {
  write: (c, p) => {
    const times = filingTimes({ ...c.facts, dossier: c.next }, p.track)
    return { resubmitBy: times?.resubmitBy ?? null, supplementBy: times?.supplementBy ?? null }
  },
}
export const archiveFile: Handler<'ArchiveFile'> = {
  resolve: (c) => manifestOf(c.tx, c.jurisdiction, c.matterId),
  write: async (c, p, r) => {
    const row = archiveRow(c.facts, { retention: p.retention ?? null, archiveNo: p.archiveNo ?? null })
    const { archivedFiles: t } = schema
    await c.tx.insert(t).values({
      jurisdictionId: c.jurisdiction,
      documentId: c.matterId,
      ...row,
      archivedAt: c.now,
      archivedBy: c.as.person,
      files: r.files,
      manifestHash: r.manifestHash,
    })
    const { archiveNo, retention, keptUntil } = row
    return { archive: { ...c.next.archive, archiveNo, retention, keptUntil } }
  },
  ledger: (p, r) => ({
    files: r.files,
    manifestHash: r.manifestHash,
    retention: p.retention ?? null,
    archiveNo: p.archiveNo ?? null,
  }),
}
