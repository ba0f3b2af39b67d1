// 流式读一个 XML 部件：不建树，不认 DOCTYPE 和外部实体，限制嵌套深度。
import { SaxesParser } from 'saxes'
import { DocxError } from './docx-error.ts'
import type { Archive, DocxLimits } from './zip.ts'

export type Attributes = Readonly<Record<string, string>>

/** Called for the elements of a part, in document order. Names carry the prefix of the transitional schema (w:p). */
export interface XmlHandler {
  open(name: string, attributes: Attributes): void
  close(name: string): void
  text(words: string): void
}

// Strict and transitional files, and files with unusual prefixes, all become the usual prefixes.
const prefixes: Record<string, string> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships': 'r',
  'http://purl.oclc.org/ooxml/officeDocument/relationships': 'r',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.openxmlformats.org/drawingml/2006/main': 'a',
  'http://purl.oclc.org/ooxml/drawingml/main': 'a',
  'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing': 'wp',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
  'urn:schemas-microsoft-com:vml': 'v',
  'urn:schemas-microsoft-com:office:office': 'o',
  'http://schemas.microsoft.com/office/word/2010/wordml': 'w14',
  'http://schemas.openxmlformats.org/drawingml/2006/chart': 'c',
  'http://schemas.openxmlformats.org/drawingml/2006/diagram': 'dgm',
  'http://schemas.openxmlformats.org/package/2006/relationships': '',
  'http://schemas.openxmlformats.org/package/2006/content-types': '',
  'http://www.w3.org/XML/1998/namespace': 'xml',
}

const qualified = (prefix: string, local: string, uri: string): string => {
  const known = uri === '' ? prefix : (prefixes[uri] ?? prefix)
  return known === '' ? local : `${known}:${local}`
}

/** Reads one part of the archive through `handler`. Refuses DOCTYPE, unknown entities, broken XML and endless nesting. */
export async function readXml(archive: Archive, name: string, limits: DocxLimits, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser({ xmlns: true, position: false })
  let depth = 0
  const broken = (): DocxError => new DocxError('corrupt', `部件 ${name} 不是合格的 XML，文件已损坏。`)
  parser.on('doctype', () => {
    throw new DocxError('unsafe-xml', `部件 ${name} 含有 DOCTYPE（外部实体），为安全起见不予导入。`)
  })
  parser.on('error', () => {
    throw broken()
  })
  parser.on('opentag', (tag) => {
    depth++
    if (depth > limits.depth)
      throw new DocxError('expands-too-much', `部件 ${name} 的嵌套超过${limits.depth}层，不予导入。`)
    const attributes: Record<string, string> = {}
    for (const attribute of Object.values(tag.attributes)) {
      attributes[qualified(attribute.prefix, attribute.local, attribute.uri)] = attribute.value
    }
    handler.open(qualified(tag.prefix, tag.local, tag.uri), attributes)
  })
  parser.on('closetag', (tag) => {
    depth--
    handler.close(qualified(tag.prefix, tag.local, tag.uri))
  })
  parser.on('text', (words) => handler.text(words))
  parser.on('cdata', (words) => handler.text(words))
  let decoder: InstanceType<typeof TextDecoder> | null = null
  const decoded = (piece: Uint8Array | undefined, last: boolean): string => {
    if (decoder === null) {
      const utf16 =
        piece !== undefined && ((piece[0] === 0xff && piece[1] === 0xfe) || (piece[0] === 0x3c && piece[1] === 0))
      decoder = new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true })
    }
    try {
      return decoder.decode(piece, { stream: !last })
    } catch {
      throw broken()
    }
  }
  await archive.read(name, (piece) => {
    parser.write(decoded(piece, false))
  })
  parser.write(decoded(undefined, true))
  parser.close()
}
