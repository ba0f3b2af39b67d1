// Export of a published document in the various formats: the register entry becomes a document of packages/formats;
// what is not known is null and never guessed.
import { createHash } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import {
  embodiedFormats,
  exportFormats,
  findFormat,
  type PublishedDocument,
  type ValidityStatus,
} from '@dianzhang/formats'
import { parseFileIdentifier } from '@dianzhang/numbering'
import { textWork, writingWork } from '@dianzhang/text-work'
import type { RegisterDetail } from './register-entry.ts'
import type { PublicStatus } from './status-on.ts'

/** The formats available for export: id, name, media type. */
export const entryFormats: ReadonlyArray<{ id: string; name: string; mediaType: string }> = exportFormats.map(
  ({ id, name, mediaType }) => ({ id, name, mediaType }),
)

export interface EntryExport {
  /** File name with extension. */
  name: string
  mediaType: string
  /**
   * Digest of the content, fit for a weak ETag: as long as entry, force and format are unchanged, so is the content.
   */
  tag: string
  write(): Promise<Uint8Array>
}

/**
 * The entry exported in the format `formatId`, with its force on the day `entry.statusOn`; `url` is its address on
 * the portal. Returns null when there is no such format. A document without any date cannot become Akoma Ntoso
 * (AppError invalid).
 */
export function exportEntry(entry: RegisterDetail, formatId: string, url: string): EntryExport | null {
  const format = findFormat(formatId)
  if (!format) return null
  const facts = factsOf(entry, url)
  const { textHash } = entry
  const tag = createHash('sha256')
    .update(JSON.stringify([exportEdition, format.id, facts, textHash]))
    .digest('hex')
    .slice(0, 32)
  return {
    name: `${entry.title}.${format.extension}`,
    mediaType: format.mediaType,
    tag,
    write: () =>
      once(tag, async () => {
        const files = format.id === 'jsonld' ? await filesOf(entry, url) : null
        return written(entry, format.id, { ...facts, files })
      }),
  }
}
/** The digests of the files as they are downloaded; a format in which this document cannot be written has none. */
async function filesOf(entry: RegisterDetail, url: string): Promise<NonNullable<PublishedDocument['files']>> {
  const sha256: Record<string, string> = {}
  await Promise.all(
    embodiedFormats.map(async (id) => {
      const bytes = await exportEntry(entry, id, url)
        ?.write()
        .catch(() => null)
      if (bytes) sha256[id] = createHash('sha256').update(bytes).digest('hex')
    }),
  )
  return { on: entry.statusOn.on, sha256 }
}

async function written(
  { body, textHash, title }: RegisterDetail,
  format: string,
  facts: Omit<PublishedDocument, 'structure'>,
): Promise<Uint8Array> {
  if (format === 'akn' && facts.adoptionDate === null && facts.publicationDate === null) {
    const { alone } = await textWork('read', body.length, { body, previous: null }, 'public')
    if (alone.date === null) {
      const message = '来源没有载明成文日期和公布日期，Akoma Ntoso 必须写明日期，不能导出'
      throw new AppError('invalid', message, { issues: [{ path: 'format', message }] })
    }
  }
  const text = { key: textHash, body, before: null }
  return writingWork('export', body.length, { text, format, title, document: facts }, 'public')
}

/**
 * Files once written are kept by digest: however many downloads of the same file, it is written only once; so also
 * for several that come at the same time.
 */
const mostBytes = 48 * 1024 * 1024
const keptFiles = new Map<string, Promise<Uint8Array>>()
let keptBytes = 0
function once(tag: string, write: () => Promise<Uint8Array>): Promise<Uint8Array> {
  const known = keptFiles.get(tag)
  if (known) {
    keptFiles.delete(tag)
    keptFiles.set(tag, known)
    return known
  }
  const writing = write()
  keptFiles.set(tag, writing)
  writing.then(
    async (bytes) => {
      keptBytes += bytes.length
      for (const [oldest, file] of keptFiles) {
        if (keptBytes <= mostBytes) break
        if (oldest === tag) continue
        keptFiles.delete(oldest)
        keptBytes -= (await file.catch(() => new Uint8Array())).length
      }
    },
    () => keptFiles.delete(tag),
  )
  return writing
}
/** Raise by one when the way of writing exports changes, to invalidate old digests. */
const exportEdition = 5

const statuses: Record<PublicStatus, ValidityStatus | null> = {
  in_force: 'in_force',
  pending: 'pending_effect',
  amended: 'amended',
  suspended: 'suspended',
  expired: 'expired',
  repealed: 'repealed',
  annulled: 'annulled',
  unknown: null,
}

function factsOf(entry: RegisterDetail, url: string): Omit<PublishedDocument, 'structure'> {
  const { statusOn: status } = entry
  const made = entry.origin !== 'imported'
  const ended = status.status === 'repealed' || status.status === 'expired' || status.status === 'annulled'
  const issued = entry.wjbs.value !== null && entry.wjbs.source === 'AUTHORITY_ISSUED' ? entry.wjbs.value : null
  const identifier = issued === null ? null : parseFileIdentifier(issued)
  const titles = (kind: string) =>
    entry.relations.flatMap((one) => (one.kind === kind && one.document.title !== null ? [one.document.title] : []))
  return {
    id: entry.id,
    textHash: entry.textHash,
    category: entry.category,
    origin: made ? 'made' : 'imported',
    issuers: entry.issuers,
    documentNumber: entry.documentNumber,
    registryNumber: entry.registryNumber,
    indexNumber: entry.indexNumber,
    direction: 'down',
    signer: null,
    adoptionDate: entry.adoptionDate,
    publicationDate: entry.publishedOn,
    effectiveDate: entry.effectiveDate,
    validUntil: entry.validUntil,
    endedOn: ended ? status.since : null,
    status: statuses[status.status],
    url,
    // An imported law is in this register, which says nothing about where it applies.
    jurisdiction:
      made && /^\d{6}$/.test(entry.jurisdiction) ? { code: entry.jurisdiction, name: entry.jurisdictionName } : null,
    copies: [],
    printedBy: null,
    printDate: null,
    summary: entry.summary,
    amends: titles('amended'),
    repeals: titles('repealed'),
    gbt47229: made
      ? {
          fileIdentifier: issued,
          issuerCode: identifier?.ok ? identifier.components.agencyCode : null,
          categoryCode: identifier?.ok ? identifier.components.categoryCode : normativeCategoryCode,
        }
      : null,
  }
}
/** Administrative normative document (category code of GB/T 47229.2). */
const normativeCategoryCode = '1700'
