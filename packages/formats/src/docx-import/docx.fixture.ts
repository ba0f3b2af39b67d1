// For tests: makes a .docx on the spot, good or broken.
import { crc32 } from './zip.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** What a part looks like in the archive; `size` and `flags` may lie. */
export interface Part {
  content: string | Uint8Array
  declaredSize?: number
  flags?: number
  crc?: number
}

/** A zip archive of the parts, each deflated. */
export async function zipOf(parts: Record<string, Part | string>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [name, given] of Object.entries(parts)) {
    const part = typeof given === 'string' ? { content: given } : given
    const raw = typeof part.content === 'string' ? encode(part.content) : part.content
    const data = await deflated(raw)
    const path = encode(name)
    const crc = part.crc ?? (crc32(raw, 0xffffffff) ^ 0xffffffff) >>> 0
    const header = (signature: number, central: boolean): Uint8Array => {
      const bytes = new Uint8Array(central ? 46 : 30)
      const view = new DataView(bytes.buffer)
      view.setUint32(0, signature, true)
      const at = central ? 8 : 6
      view.setUint16(at, part.flags ?? 0, true)
      view.setUint16(at + 2, 8, true)
      view.setUint32(at + 8, crc, true)
      view.setUint32(at + 12, data.length, true)
      view.setUint32(at + 16, part.declaredSize ?? raw.length, true)
      view.setUint16(at + 20, path.length, true)
      if (central) view.setUint32(42, offset, true)
      return bytes
    }
    directory.push(header(0x02014b50, true), path)
    pieces.push(header(0x04034b50, false), path, data)
    offset += 30 + path.length + data.length
  }
  const directorySize = directory.reduce((sum, piece) => sum + piece.length, 0)
  const end = new Uint8Array(22)
  const view = new DataView(end.buffer)
  view.setUint32(0, 0x06054b50, true)
  view.setUint16(8, directory.length / 2, true)
  view.setUint16(10, directory.length / 2, true)
  view.setUint32(12, directorySize, true)
  view.setUint32(16, offset, true)
  return joined([...pieces, ...directory, end])
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'

export const documentXml = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><w:document ${namespaces}><w:body>${body}</w:body></w:document>`

const relationship = (id: string, type: string, target: string): string =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
const relationshipsXml = (inner: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`

/** The parts of a docx around the body given; further parts (numbering, comments …) are linked by their name. */
export function docxParts(body: string, extra: Record<string, string> = {}): Record<string, Part | string> {
  const linked = Object.keys(extra).map((name, index) => {
    const type = /([a-z]+)\d*\.(?:xml|png)$/i.exec(name)?.[1] ?? ''
    return relationship(`rId${index + 1}`, name.startsWith('media/') ? 'image' : type, name)
  })
  return {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relationshipsXml(relationship('rId1', 'officeDocument', 'word/document.xml')),
    'word/document.xml': documentXml(body),
    'word/_rels/document.xml.rels': relationshipsXml(linked.join('')),
    ...Object.fromEntries(Object.entries(extra).map(([name, content]) => [`word/${name}`, content])),
  }
}

export const docxOf = (body: string, extra: Record<string, string> = {}): Promise<Uint8Array> =>
  zipOf(docxParts(body, extra))

export const run = (text: string, properties = ''): string =>
  `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`
export const paragraph = (content: string, properties = ''): string =>
  `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content.startsWith('<') ? content : run(content)}</w:p>`
export const numbered = (text: string, numId: number, level = 0): string =>
  paragraph(text, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`)

/** A part in the w namespace with its root element. */
export const part = (root: string, inner: string): string => `<w:${root} ${namespaces}>${inner}</w:${root}>`
