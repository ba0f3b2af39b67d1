// Letters of a filing as docx, and the files that were supplied with it.
import { and, eq, schema } from '@dianzhang/database'
import { hasFile, readFile } from '../exchange/files.ts'
import type { ExportedFile, StreamedFile } from '../exported-file.ts'
import { notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { docxType, paperDocx, spokenDate } from '../paper.ts'
import { openOf } from '../queries/matters.ts'
import { filingReviewDesk } from './desk.ts'
import { filedName, lettersOf } from './letters.ts'

/** One letter as docx. 404: the matter may not be read, or there is no such letter. */
export async function printFilingLetter(
  office: Office,
  actor: Actor,
  id: string,
  letter: string,
): Promise<ExportedFile> {
  const { dossier: d, units } = await openOf(filingReviewDesk, office.db, actor, id)
  const found = lettersOf(d).find((x) => x.id === letter)
  if (!found) throw notFound('这份文书')
  const name = (unit: string) => units[unit]?.name ?? unit
  const heading = `关于${filedName(d)}的${found.label}`
  const issuer = name(d.unit)
  return {
    name: `${heading}.docx`,
    mediaType: docxType,
    bytes: await paperDocx(
      [
        heading,
        `${found.to ?? d.document.issuers.map(name).join('、')}：`,
        ...found.body,
        issuer,
        spokenDate(found.on),
      ],
      { id, origin: 'made', issuers: [issuer], documentNumber: found.number, printDate: found.on },
    ),
  }
}

/** A file supplied with the filing. 404: the matter may not be read, or there is no such file. */
export async function filingFile(
  office: Office,
  actor: Actor,
  id: string,
  sha256: string,
  name?: string,
): Promise<ExportedFile | StreamedFile> {
  const { dossier: d } = await openOf(filingReviewDesk, office.db, actor, id)
  const meta = d.submissions
    .flatMap((x) => x.supplied)
    .find((x) => x.sha256 === sha256 && (name === undefined || x.file === name))
  const { blobs: b } = schema
  if (meta && d.exchange?.side === 'receiver') {
    if (!(await hasFile(office.db, d.jurisdiction, sha256))) throw notFound('这个附件')
    return {
      name: meta.file ?? '材料',
      mediaType: 'application/octet-stream',
      pieces: readFile(office.db, d.jurisdiction, sha256),
    }
  }
  const [blob] = meta
    ? await office.db
        .select({ bytes: b.bytes })
        .from(b)
        .where(and(eq(b.jurisdictionId, d.jurisdiction), eq(b.sha256, sha256)))
    : []
  if (!meta || !blob) throw notFound('这个附件')
  return { name: meta.file ?? '材料', mediaType: 'application/octet-stream', bytes: blob.bytes }
}
