// Files of packages, by their digest, in pieces; and putting together what goes with a filing.
import { createHash } from 'node:crypto'
import { and, asc, type DbOrTx, eq, gt, inArray, schema } from '@dianzhang/database'
import type { ManifestFile } from '@dianzhang/exchange'
import { limits, pathOf } from '@dianzhang/exchange'
import { exportEntry, getEntry } from '@dianzhang/register'
import type { Office } from '../office.ts'
import { docxType, paperDocx, spokenDate } from '../paper.ts'

const { exchangeFiles: f, blobs: b } = schema
const piece = 256 * 1024

export async function hasFile(db: DbOrTx, jurisdiction: string, sha256: string): Promise<boolean> {
  const [row] = await db
    .select({ n: f.n })
    .from(f)
    .where(and(eq(f.jurisdictionId, jurisdiction), eq(f.sha256, sha256)))
    .limit(1)
  return row !== undefined
}
/** Keeps a file piece by piece; the caller has compared its digest. An empty file is one empty piece. */
export async function keepFile(
  db: DbOrTx,
  jurisdiction: string,
  sha256: string,
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  let held: Uint8Array[] = []
  let size = 0
  let n = 0
  const put = async () => {
    const bytes = Buffer.concat(held)
    held = []
    size = 0
    await db.insert(f).values({ jurisdictionId: jurisdiction, sha256, n: n++, bytes }).onConflictDoNothing()
  }
  for await (const bytes of source)
    for (let at = 0; at < bytes.length; at += piece) {
      const part = bytes.subarray(at, at + piece)
      if (size + part.length > piece) await put()
      held.push(part)
      size += part.length
    }
  if (size > 0 || n === 0) await put()
}
/** The pieces of a file, one at a time. Ends early, with an error, where one is missing. */
export async function* readFile(db: DbOrTx, jurisdiction: string, sha256: string): AsyncGenerator<Uint8Array> {
  for (let n = -1; ; ) {
    const rows = await db
      .select({ n: f.n, bytes: f.bytes })
      .from(f)
      .where(and(eq(f.jurisdictionId, jurisdiction), eq(f.sha256, sha256), gt(f.n, n)))
      .orderBy(asc(f.n))
      .limit(8)
    if (rows.length === 0) return
    for (const row of rows) {
      n += 1
      if (row.n !== n) throw new Error('往来文件缺少一段')
      yield row.bytes
    }
  }
}

interface Part {
  item: string
  name: string
  mediaType: string
  bytes: Uint8Array
}
async function kept(office: Office, jurisdiction: string, parts: readonly Part[]): Promise<ManifestFile[]> {
  const files: ManifestFile[] = []
  let total = 0
  for (const [i, { bytes, ...part }] of parts.entries()) {
    total += bytes.length
    if (total > limits.bytes) throw new Error(`随附的材料合计超过 ${limits.bytes / 1024 / 1024} MB`)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    if (!(await hasFile(office.db, jurisdiction, sha256))) await keepFile(office.db, jurisdiction, sha256, [bytes])
    files.push({ ...part, path: pathOf(i + 1, part.name), sha256, size: bytes.length })
  }
  return files
}
const inline = (name: string): string => name.slice(0, 200)

/** The files with these digests that are kept here, by digest. */
async function bytesByDigest(
  office: Office,
  jurisdiction: string,
  named: ReadonlyArray<{ sha256: string }>,
): Promise<Map<string, Uint8Array>> {
  if (named.length === 0) return new Map()
  const digests = named.map(({ sha256 }) => sha256)
  const rows = await office.db
    .select()
    .from(b)
    .where(and(eq(b.jurisdictionId, jurisdiction), inArray(b.sha256, digests)))
  return new Map(rows.map(({ sha256, bytes }) => [sha256, bytes]))
}
/** Files named by the filing itself: what a clerk attached as a supplement. */
export async function suppliedFiles(
  office: Office,
  jurisdiction: string,
  named: ReadonlyArray<{ item: string; name: string; sha256: string }>,
): Promise<ManifestFile[]> {
  const bytesOf = await bytesByDigest(office, jurisdiction, named)
  return kept(
    office,
    jurisdiction,
    named.flatMap(({ item, name, sha256 }) => {
      const bytes = bytesOf.get(sha256)
      return bytes ? [{ item, name: inline(name), mediaType: 'application/octet-stream', bytes }] : []
    }),
  )
}
/**
 * What a filing consists of: the published text as Word and as Akoma Ntoso, the published attachments, the report. Made from
 * the record; the same record gives the same bytes.
 */
export async function filingFiles(
  office: Office,
  jurisdiction: string,
  about: { entry: string; id: string; recipient: string; issuers: string[]; sentOn: string },
): Promise<ManifestFile[]> {
  const url = `${office.outward?.origin ?? ''}/register/${encodeURIComponent(about.entry)}`
  const entry = await getEntry(office.readDb, about.entry, { now: office.clock.now(), jurisdiction })
  if (!entry) throw new Error(`登记库里没有 ${about.entry}`)
  const parts: Part[] = []
  for (const format of ['docx', 'akn']) {
    const made = exportEntry(entry, format, url)
    if (made)
      parts.push({
        item: '正式文本',
        name: inline(made.name),
        mediaType: made.mediaType,
        bytes: await made.write(),
      })
  }
  const heading = `关于报送《${entry.title}》备案的报告`
  parts.push({
    item: '备案报告',
    name: inline(`${heading}.docx`),
    mediaType: docxType,
    bytes: await paperDocx(
      [
        heading,
        `${about.recipient}：`,
        `现将《${entry.title}》${entry.documentNumber ? `（${entry.documentNumber}）` : ''}报请备案。`,
        ...(entry.publishedOn ? [`该文件于${spokenDate(entry.publishedOn)}公布。`] : []),
        about.issuers.join('、'),
        spokenDate(about.sentOn),
      ],
      { id: about.id, origin: 'imported', issuers: about.issuers, printDate: about.sentOn },
    ),
  })
  const attached = (entry.attachments ?? []) as Array<{ name: string; mediaType: string; sha256: string }>
  const bytesOf = await bytesByDigest(office, jurisdiction, attached)
  for (const { name, mediaType, sha256 } of attached) {
    const bytes = bytesOf.get(sha256)
    if (bytes) parts.push({ item: '附件', name: inline(name), mediaType: mediaType.slice(0, 120), bytes })
  }
  return kept(office, jurisdiction, parts)
}
