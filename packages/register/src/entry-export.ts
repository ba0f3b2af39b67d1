// 公布的文件以各种格式导出：登记库的条目变成 packages/formats 的一份文件；不知道的一律为空，从不推测。
import { createHash } from 'node:crypto'
import { AppError } from '@dianzhang/contract'
import { exportFormats, findFormat, type PublishedDocument, type ValidityStatus } from '@dianzhang/formats'
import { parseFileIdentifier } from '@dianzhang/numbering'
import { textWork, writingWork } from '@dianzhang/text-work'
import type { RegisterDetail } from './register-entry.ts'
import type { PublicStatus } from './status-on.ts'

/** 能够导出的各种格式：标识、名称、媒体类型。 */
export const entryFormats: ReadonlyArray<{ id: string; name: string; mediaType: string }> = exportFormats.map(
  ({ id, name, mediaType }) => ({ id, name, mediaType }),
)

export interface EntryExport {
  /** 文件名，含扩展名。 */
  name: string
  mediaType: string
  /** 内容的摘要，可作弱 ETag：条目、效力与格式都没有变，则内容没有变。 */
  tag: string
  write(): Promise<Uint8Array>
}

/**
 * 条目以 `formatId` 格式导出，效力按 `entry.statusOn` 之日；`url` 是门户上的地址。没有这种格式时返回 null。
 * 没有任何日期的文件不能成为 Akoma Ntoso（AppError invalid）。
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
    write: () => once(tag, () => written(entry, format.id, facts)),
  }
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

/** 写好的文件以摘要为键留着：同一份文件的下载再多，只写一次；同时来的几个也只写一次。 */
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
/** 导出的写法有变时加一，使旧的摘要作废。 */
const exportEdition = 3

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
/** 行政规范性文件（GB/T 47229.2 分类代码）。 */
const normativeCategoryCode = '1700'
