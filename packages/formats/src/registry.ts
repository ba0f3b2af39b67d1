// All export formats: adding one means adding a folder and a line here.
import { exportAkomaNtoso } from './akoma-ntoso/index.ts'
import { exportDocx } from './docx-export/index.ts'
import { metadataCsv, metadataJson, metadataXml } from './gbt-47229/index.ts'
import { exportHtml } from './html/index.ts'
import { exportJsonLd } from './json-ld/index.ts'
import { type Typeset, typesetOf } from './pdf-typeset/index.ts'
import { exportText } from './plain-text/index.ts'
import type { PublishedDocument } from './published-document.ts'

/** One way to write a document. */
interface Written {
  id: 'docx' | 'html' | 'txt' | 'akn' | 'jsonld' | 'json' | 'csv' | 'xml'
  name: string
  extension: string
  mediaType: string
  write(document: PublishedDocument): Promise<Uint8Array>
}
/** A format that a typesetter sets: here only what it is to set, as the typesetter runs on the server alone. */
interface Set extends Omit<Written, 'id' | 'write'> {
  id: 'pdf'
  typeset(document: PublishedDocument): Typeset
}
export type ExportFormat = Written | Set
/** Written here, without a typesetter. */
export const isWritten = (format: ExportFormat): format is Written => 'write' in format

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)
const textFormat = (
  id: Written['id'],
  name: string,
  extension: string,
  mediaType: string,
  write: (document: PublishedDocument) => string,
): Written => ({ id, name, extension, mediaType, write: async (document) => encoded(write(document)) })

export const exportFormats: readonly ExportFormat[] = [
  {
    id: 'docx',
    name: 'Word（GB/T 9704—2012 版式）',
    extension: 'docx',
    mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: (document) => exportDocx(document),
  },
  {
    id: 'pdf',
    name: 'PDF（GB/T 9704—2012 版式）',
    extension: 'pdf',
    mediaType: 'application/pdf',
    typeset: (document) => typesetOf(document),
  },
  textFormat('html', '网页', 'html', 'text/html; charset=utf-8', (document) => exportHtml(document)),
  textFormat('txt', '纯文本', 'txt', 'text/plain; charset=utf-8', exportText),
  textFormat('akn', 'Akoma Ntoso 3.0', 'akn.xml', 'application/akn+xml', exportAkomaNtoso),
  textFormat(
    'jsonld',
    'schema.org Legislation（JSON-LD）',
    'jsonld',
    'application/ld+json',
    (document) => `${JSON.stringify(exportJsonLd(document), null, 2)}\n`,
  ),
  textFormat('json', '元数据 JSON（按 GB/T 47229.2 结构）', 'json', 'application/json', (document) =>
    metadataJson([document]),
  ),
  textFormat('csv', '元数据 CSV（按 GB/T 47229.2 结构）', 'csv', 'text/csv; charset=utf-8', (document) =>
    metadataCsv([document]),
  ),
  textFormat('xml', '元数据 XML（按 GB/T 47229.2 结构）', 'xml', 'application/xml', (document) =>
    metadataXml([document]),
  ),
]

/** The format with this id, or undefined. */
export const findFormat = (id: string): ExportFormat | undefined => exportFormats.find((format) => format.id === id)
