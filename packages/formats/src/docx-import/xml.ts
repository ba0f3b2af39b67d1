// Reads one XML part as a stream: builds no tree, knows no DOCTYPE and no external entities, and limits the depth of
// nesting.
import { SaxesParser } from 'saxes'
import { UnreadableFile } from '../unreadable-file.ts'
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
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main': '',
  'http://purl.oclc.org/ooxml/spreadsheetml/main': '',
  'http://www.w3.org/XML/1998/namespace': 'xml',
}

/** Reads one part of the archive through `handler`. Refuses DOCTYPE, unknown entities, broken XML and endless nesting. */
export async function readXml(archive: Archive, name: string, limits: DocxLimits, handler: XmlHandler): Promise<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let depth = 0
  // Prefixes of this part that differ from the usual ones. Looked up once per declaration, because names are many.
  const renamed = new Map<string, string>()
  const declare = (attributes: Attributes): void => {
    for (const [key, uri] of Object.entries(attributes)) {
      if (!key.startsWith('xmlns')) continue
      const prefix = key.slice(6)
      const usual = prefixes[uri]
      if (usual === undefined || usual === prefix) renamed.delete(prefix)
      else renamed.set(prefix, usual)
    }
  }
  const usualName = (written: string, isAttribute: boolean): string => {
    const colon = written.indexOf(':')
    // Attributes without a prefix belong to no namespace.
    if (colon < 0 && isAttribute) return written
    const prefix = renamed.get(colon < 0 ? '' : written.slice(0, colon))
    if (prefix === undefined) return written
    const local = written.slice(colon + 1)
    return prefix === '' ? local : `${prefix}:${local}`
  }
  const usualAttributes = (attributes: Attributes): Attributes =>
    Object.fromEntries(Object.entries(attributes).map(([key, value]) => [usualName(key, true), value]))
  const declares = (attributes: Attributes): boolean => {
    for (const key in attributes) if (key.startsWith('xmlns')) return true
    return false
  }
  const broken = (): UnreadableFile => new UnreadableFile('corrupt', `部件 ${name} 不是合格的 XML，文件已损坏。`)
  parser.on('doctype', () => {
    throw new UnreadableFile('unsafe-xml', `部件 ${name} 含有 DOCTYPE（外部实体），为安全起见不予导入。`)
  })
  parser.on('error', () => {
    throw broken()
  })
  parser.on('opentag', (tag) => {
    depth++
    if (depth > limits.depth)
      throw new UnreadableFile('expands-too-much', `部件 ${name} 的嵌套超过${limits.depth}层，不予导入。`)
    if (declares(tag.attributes)) declare(tag.attributes)
    if (renamed.size === 0) handler.open(tag.name, tag.attributes)
    else handler.open(usualName(tag.name, false), usualAttributes(tag.attributes))
  })
  parser.on('closetag', (tag) => {
    depth--
    handler.close(renamed.size === 0 ? tag.name : usualName(tag.name, false))
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
