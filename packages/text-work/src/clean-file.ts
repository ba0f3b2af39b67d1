// Public attachments carry no author, unit or revision marks: Office files lose properties and custom parts, images
// lose camera data and captions, PDFs have author and tool erased. Files with tracked changes, comments, hidden
// content or macros are not cleaned, only given a reason: whether to delete those is for the person in charge.
import { deflateRawSync } from 'node:zlib'
import { type Part, readZip } from './zip.ts'

/** The result of cleaning: bytes fit for the public, or the reason why not (one sentence). */
export type CleanedFile = { bytes: Uint8Array } | { problem: string }

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const begins = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte)

/**
 * An attachment → bytes without metadata; one that is not recognised or cannot be cleaned fully is given a reason.
 * Goes by content only, not by file name.
 */
export function cleanForPublic(bytes: Uint8Array): CleanedFile {
  try {
    if (begins(bytes, 0x50, 0x4b, 3, 4)) return cleanOffice(bytes)
    if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0))
      return { problem: '是旧版的 Word、Excel 格式，其中的作者信息清不净，请另存为 docx、xlsx 或者 PDF' }
    if (begins(bytes, 0x25, 0x50, 0x44, 0x46)) return cleanPdf(bytes)
    if (begins(bytes, 0xff, 0xd8, 0xff)) return { bytes: cleanJpeg(bytes) }
    if (begins(bytes, 0x89, 0x50, 0x4e, 0x47)) return { bytes: cleanPng(bytes) }
    if (begins(bytes, 0x47, 0x49, 0x46, 0x38) || begins(bytes, 0x42, 0x4d)) return { bytes }
    if (latin(bytes.subarray(0, 5)) === '{\\rtf')
      return { problem: '是 RTF 格式，其中可能带有作者与修订，请另存为 docx 或者 PDF' }
    if (!bytes.includes(0) && Buffer.from(bytes).toString('utf8').isWellFormed() && !hasBadUtf8(bytes)) return { bytes }
    return { problem: '认不出是什么格式，请用文本、PDF、docx、xlsx 或者图片' }
  } catch {
    return { problem: '文件已经损坏，读不出来，请重新上传' }
  }
}
function hasBadUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return false
  } catch {
    return true
  }
}

const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})
function crcOf(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) c = (crcTable[(c ^ byte) & 255] ?? 0) ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}
/**
 * Times are always written as 1980-01-01: the same content gives the same bytes, and the instant of saving is not
 * revealed.
 */
function writeZip(parts: readonly Part[]): Uint8Array {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes } of parts) {
    const path = Buffer.from(name, 'utf8')
    const packed = deflateRawSync(bytes)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(0x0800, 6)
    head.writeUInt16LE(8, 8)
    head.writeUInt16LE(0x21, 12)
    head.writeUInt32LE(crcOf(bytes), 14)
    head.writeUInt32LE(packed.length, 18)
    head.writeUInt32LE(bytes.length, 22)
    head.writeUInt16LE(path.length, 26)
    const entry = Buffer.alloc(46)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(20, 4)
    head.copy(entry, 6, 4, 30)
    entry.writeUInt32LE(offset, 42)
    bodies.push(head, path, packed)
    directory.push(entry, path)
    offset += head.length + path.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, list, end])
}

const office =
  /^(?:docProps\/|customXml\/|word\/people\.xml$|word\/comments|xl\/persons\/|xl\/printerSettings\/|[^/]*thumbnail)/u
const changed =
  /<w:(?:ins|del|moveFrom|moveTo|moveFromRangeStart|moveToRangeStart|rPrChange|pPrChange|sectPrChange|tblPrChange|trPrChange|tcPrChange|tblGridChange|numberingChange|cellIns|cellDel|cellMerge)[\s>/]/u
const hidden = /<w:(?:vanish|webHidden)(?:\s*\/>|\s+w:val="(?:1|true|on)"\s*\/>)/u

function cleanOffice(bytes: Uint8Array): CleanedFile {
  const parts = readZip(bytes)
  if (!parts.some(({ name }) => name === '[Content_Types].xml'))
    return {
      problem: parts.some(({ name }) => name === 'mimetype')
        ? '是 OpenDocument 格式，其中的作者信息清不净，请另存为 docx、xlsx 或者 PDF'
        : '是压缩包，里面的文件看不到，请分别上传',
    }
  const text = (name: RegExp): string[] =>
    parts.filter((part) => name.test(part.name)).map((part) => part.bytes.toString('utf8'))
  if (parts.some(({ name }) => /vbaProject|activeX|\/embeddings\/|oleObject|externalLinks\//iu.test(name)))
    return { problem: '含有宏、嵌入的对象或者对其他文件的链接，请去掉以后重新上传' }
  if (
    text(/^word\/.*\.xml$/u).some((xml) => changed.test(xml)) ||
    parts.some(({ name }) => /^xl\/revisions\//u.test(name))
  )
    return { problem: '含有没有接受或者拒绝的修订，请处理以后重新上传' }
  if (
    text(/^word\/comments[^/]*\.xml$/u).some((xml) => /<w:comment[\s>]/u.test(xml)) ||
    parts.some(({ name }) => /^xl\/(?:comments|threadedComments)|^ppt\/comments/u.test(name))
  )
    return { problem: '含有批注，请删除以后重新上传' }
  if (text(/^word\/.*\.xml$/u).some((xml) => hidden.test(xml)))
    return { problem: '含有隐藏文字，请删除或者显示以后重新上传' }
  if (text(/^xl\/workbook\.xml$/u).some((xml) => /<sheet\s[^>]*state="(?:hidden|veryHidden)"/u.test(xml)))
    return { problem: '含有隐藏的工作表，请删除或者显示以后重新上传' }
  if (parts.some(({ name }) => /^ppt\/notesSlides\//u.test(name))) return { problem: '含有备注页，请删除以后重新上传' }
  const kept = parts
    .filter(({ name }) => !office.test(name))
    .map(({ name, bytes: content }) => ({
      name,
      bytes: /\.(?:xml|rels)$/u.test(name) ? scrubbed(name, content) : content,
    }))
  return { bytes: writeZip(kept) }
}
/**
 * Removes the piece that says where the file was last saved; goes through piece by piece once, in time linear in the
 * length.
 */
function withoutSavedPath(xml: string): string {
  const end = '</mc:AlternateContent>'
  return xml
    .split(end)
    .map((piece, at, all) => {
      const from = piece.indexOf('<mc:AlternateContent')
      if (at === all.length - 1) return piece
      return from >= 0 && piece.includes('absPath', from) ? piece.slice(0, from) : piece + end
    })
    .join('')
}
/** Removes registrations of and relations to removed parts, revision marks, and the path of the last save. */
function scrubbed(name: string, content: Buffer): Buffer {
  let xml = content.toString('utf8')
  if (name === '[Content_Types].xml')
    xml = xml.replace(/<Override\s[^>]*PartName="\/([^"]+)"[^>]*\/>/gu, (whole, part: string) =>
      office.test(part) ? '' : whole,
    )
  else if (name.endsWith('.rels'))
    xml = xml.replace(/<Relationship\s[^>]*Target="([^"]+)"[^>]*\/>/gu, (whole, target: string) =>
      /(?:^|\/)(?:docProps|customXml|persons|printerSettings)\/|people\.xml|comments[^/]*\.xml|thumbnail|attachedTemplate/iu.test(
        target,
      ) || /relationships\/attachedTemplate/u.test(whole)
        ? ''
        : whole,
    )
  else
    xml = withoutSavedPath(xml)
      .replace(/\sw:rsid[A-Za-z]*="[^"]*"/gu, '')
      .replace(/\sw14:(?:paraId|textId)="[^"]*"/gu, '')
      .replace(/<w:rsids>[\s\S]*?<\/w:rsids>/gu, '')
      .replace(/<w:attachedTemplate\s[^>]*\/>/gu, '')
      .replace(/<w15:docId\s[^>]*\/>/gu, '')
      .replace(/<fileSharing\s[^>]*\/>/gu, '')
      .replace(/(<pageSetup\s[^>]*?)\sr:id="[^"]*"/gu, '$1')
  return Buffer.from(xml, 'utf8')
}

/** Erases without changing the length, so the offset table of the PDF stays valid. */
function cleanPdf(bytes: Uint8Array): CleanedFile {
  let raw = latin(bytes)
  if (/\/Encrypt\s+\d+\s+\d+\s+R/u.test(raw)) return { problem: '是加密的 PDF，其中的作者信息清不净，请重新输出' }
  if (/\/(?:EmbeddedFile|Filespec)\b/u.test(raw)) return { problem: '含有嵌入的文件，请重新输出 PDF' }
  const info = /\/Info\s+(\d+)\s+(\d+)\s+R/u.exec(raw)
  if (info && !new RegExp(`(?:^|[\\r\\n\\s])${info[1]}\\s+${info[2]}\\s+obj`, 'u').test(raw))
    return { problem: '作者信息压缩在 PDF 内部，清不净，请用“打印为 PDF”重新输出' }
  const blank = (words: string): string => ' '.repeat(words.length)
  raw = raw
    .replace(
      /(\/(?:Author|Creator|Producer|Company|Manager|LastModifiedBy|Keywords|SourceModified)\s*)(\((?:\\[\s\S]|[^\\()])*\)|<[0-9A-Fa-f\s]*>)/gu,
      (_whole, key: string, value: string) => `${key}${value[0]}${blank(value.slice(1, -1))}${value.at(-1)}`,
    )
    .replace(
      /(<\?xpacket begin[^>]*\?>)([\s\S]*?)(<\?xpacket end)/gu,
      (_whole, head: string, body: string, tail: string) => head + blank(body) + tail,
    )
  return { bytes: Buffer.from(raw, 'latin1') }
}
function cleanJpeg(bytes: Uint8Array): Uint8Array {
  const data = Buffer.from(bytes)
  const kept: Buffer[] = [data.subarray(0, 2)]
  let at = 2
  while (at + 4 <= data.length && data[at] === 0xff) {
    const marker = data[at + 1] ?? 0
    if (marker === 0xda) break
    const length = data.readUInt16BE(at + 2)
    // APP1–APP13, APP15 (camera data, editing software) and COM (captions) go; APP0 and APP14 matter for display and
    // stay.
    const private_ = (marker >= 0xe1 && marker <= 0xef && marker !== 0xee && marker !== 0xe2) || marker === 0xfe
    if (!private_) kept.push(data.subarray(at, at + 2 + length))
    at += 2 + length
  }
  kept.push(data.subarray(at))
  return Buffer.concat(kept)
}
function cleanPng(bytes: Uint8Array): Uint8Array {
  const data = Buffer.from(bytes)
  const kept: Buffer[] = [data.subarray(0, 8)]
  for (let at = 8; at + 12 <= data.length; ) {
    const length = data.readUInt32BE(at)
    const type = data.toString('latin1', at + 4, at + 8)
    if (!/^(?:tEXt|zTXt|iTXt|eXIf|tIME)$/u.test(type)) kept.push(data.subarray(at, at + 12 + length))
    at += 12 + length
  }
  return Buffer.concat(kept)
}
