// What the public attaches to a comment: told by its content, not by its name; anything that could run, hide or burst is
// refused with one sentence; its words are read out for search and grouping.
import { constants, inflateSync } from 'node:zlib'
import { readAnyFile, UnreadableFile } from '@dianzhang/formats'
import { extractText, getDocumentProxy } from 'unpdf'
import { type Part, readZip } from './zip.ts'

/** The kinds that are taken, with the media type they are kept under. */
const attachmentKinds = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  ofd: 'application/ofd',
  jpg: 'image/jpeg',
  png: 'image/png',
} as const
type AttachmentKind = keyof typeof attachmentKinds
export const attachmentKindsSaid = 'PDF、Word（.docx）、OFD、JPG、PNG'
/** How files of a kind may be named; pictures are often named as each other, and open all the same. */
const suffixes: Record<AttachmentKind, RegExp> = {
  pdf: /^pdf$/i,
  docx: /^docx$/i,
  ofd: /^ofd$/i,
  jpg: /^(?:jpe?g|jpe|jfif|png)$/i,
  png: /^(?:png|jpe?g|jpe|jfif)$/i,
}
/**
 * The name under which a file of this kind is kept: one without a suffix gets its own. Null where the suffix is of something
 * else: whoever opens it from the folder would open it as that.
 */
export function nameForKind(name: string, kind: AttachmentKind): string | null {
  // What Windows drops from the end of a name is no part of its suffix.
  const suffix = /\.((?=[0-9_]*[A-Za-z])[A-Za-z0-9_]{1,12})[.\s]*$/.exec(name)?.[1]
  if (suffix === undefined) return `${name.slice(0, 190).toWellFormed()}.${kind}`
  return suffixes[kind].test(suffix) && name.endsWith(suffix) ? name : null
}

/** `text` null: there are no words to be read, or `note` says why they could not be. */
export type ReadAttachment =
  | { kind: AttachmentKind; mediaType: string; text: string | null; note: string | null }
  | { problem: string }

/** The most an archive may hold when unpacked, in bytes; likewise what a PDF keeps its objects in. */
const mostUnpacked = 60 * 1024 * 1024
/** The most of its words that is kept, in characters. */
const mostWords = 200_000
/** The most points a picture may have: as many as the largest cameras take, and none that only bursts when it is opened. */
const mostPoints = 250_000_000
const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
const begins = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte)
const trimmed = (text: string): string | null => text.trim().slice(0, mostWords).toWellFormed() || null

/** Readers look for these in so many bytes at the beginning (PDF, pages) and at the end (archives). */
const [looksAhead, looksBack] = [1024, 66_000]
const markup = /<(?:!doctype\s+html|html|head|body|script|svg|iframe|\?php)\b/i
/** Whether it would be opened as another kind too: by a reader of PDF, of archives or of pages. */
const alsoElse = (bytes: Uint8Array, own: 'pdf' | 'picture' | 'archive'): boolean => {
  const first = latin(bytes.subarray(0, looksAhead))
  return (
    (own !== 'pdf' && first.includes('%PDF-')) ||
    (own !== 'archive' && (markup.test(first) || latin(bytes.subarray(-looksBack)).includes('PK\u0005\u0006')))
  )
}

/** Reads one attachment. Every fault is an answer, not an error. */
export async function readAttachment(bytes: Uint8Array): Promise<ReadAttachment> {
  if (bytes.length === 0) return { problem: '是空文件（0 字节）' }
  // A file that is two kinds at once is read as one thing here and as another by whoever opens it.
  if (begins(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return alsoElse(bytes, 'pdf') ? twofold : readPdf(bytes)
  if (begins(bytes, 0xff, 0xd8, 0xff)) return alsoElse(bytes, 'picture') ? twofold : readJpeg(bytes)
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))
    return alsoElse(bytes, 'picture') ? twofold : readPng(bytes)
  if (begins(bytes, 0x50, 0x4b, 3, 4)) return alsoElse(bytes, 'archive') ? twofold : readArchive(bytes)
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { problem: '是旧版的 Office 文件，请另存为 .docx 或者 PDF' }
  return { problem: `不是可以接收的文件；只接收 ${attachmentKindsSaid}，文件名的后缀改了也不行` }
}
const twofold: ReadAttachment = { problem: '文件里夹带了别的文件，或者没有传完，请重新导出再传' }
const image = (kind: 'jpg' | 'png', points: number): ReadAttachment =>
  points > mostPoints
    ? { problem: '图片的尺寸过大，打不开，请缩小以后再传' }
    : { kind, mediaType: attachmentKinds[kind], text: null, note: '图片，没有可读的文字' }

/** Walks the segments of a JPEG that begins at `from`: where it ends, how many points it has; null: it is broken off. */
function walkJpeg(bytes: Uint8Array, from: number): { end: number; points: number } | null {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let points = 0
  for (let at = from + 2; at + 1 < data.length; ) {
    if (data[at] !== 0xff) {
      // Within a scan: on to the next marker.
      at = data.indexOf(0xff, at)
      if (at < 0) return null
      continue
    }
    const marker = data[at + 1] ?? 0
    if (marker === 0xd9) return { end: at + 2, points }
    // Fillers, stuffed bytes and restarts have no length.
    if (marker === 0xff) at += 1
    else if (marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) at += 2
    else {
      if (at + 9 > data.length) return null
      if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
        points = Math.max(points, data.readUInt16BE(at + 5) * data.readUInt16BE(at + 7))
      at += 2 + Math.max(2, data.readUInt16BE(at + 2))
    }
  }
  return null
}
/** Telephones put further pictures (depth, brightness) and notes of their own behind the picture; nothing else may stand there. */
function readJpeg(bytes: Uint8Array): ReadAttachment {
  let [end, points] = [0, 0]
  do {
    const walked = walkJpeg(bytes, end)
    if (walked === null) return twofold
    end = walked.end
    points = Math.max(points, walked.points)
    while (end < bytes.length && (bytes[end] === 0 || bytes[end] === 0xff) && bytes[end + 1] !== 0xd8) end += 1
  } while (begins(bytes.subarray(end), 0xff, 0xd8, 0xff))
  const rest = latin(bytes.subarray(end))
  if (rest.slice(0, 4096).includes('ftyp') || rest.includes('MotionPhoto_Data'))
    return { problem: '是动态照片（夹带了视频），请另存为普通照片，或者截图再传' }
  const ofTelephone = rest.endsWith('SEFT') && !markup.test(rest) && !/%PDF-|^MZ/.test(rest)
  return rest.trim() === '' || ofTelephone ? image('jpg', points) : twofold
}
function readPng(bytes: Uint8Array): ReadAttachment {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let points = 0
  for (let at = 8; at + 12 <= data.length; ) {
    const [length, type] = [data.readUInt32BE(at), data.toString('latin1', at + 4, at + 8)]
    if (type === 'IHDR' && length >= 8) points = data.readUInt32BE(at + 8) * data.readUInt32BE(at + 12)
    at += 12 + length
    if (type !== 'IEND') continue
    return data.subarray(at).every((byte) => byte === 0) && at <= data.length ? image('png', points) : twofold
  }
  return twofold
}

const active = /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![\w])/
/** The same where pictures and fonts stand as well: names too long to come about there by chance. */
const activeAnywhere = /\/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![\w])/
/** Names may be written with escapes (#4a for J). */
const namesPlain = (text: string): string =>
  text.replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
const notAsItIs: ReadAttachment = {
  problem: 'PDF 里有展不开的部分，看不出有没有脚本、夹带的文件，请用“打印为 PDF”另存一份',
}

/**
 * What a PDF says apart from pictures, fonts and pages: the objects that stand openly, and those packed into object streams.
 * Null where such a stream cannot be unpacked, or not within bounds.
 */
function objectsOf(raw: string): string | null {
  const said: string[] = []
  let [from, left] = [0, mostUnpacked]
  for (const match of raw.matchAll(/>>\s*stream\r?\n/g)) {
    const begin = match.index + match[0].length
    if (begin < from) continue
    const end = raw.indexOf('endstream', begin)
    if (end < 0) break
    const open = raw.slice(from, match.index + 2)
    said.push(open)
    from = end
    const own = [...open.matchAll(/\d\s+obj(?![\w])/g)].at(-1)
    const dictionary = namesPlain(open.slice(own?.index ?? 0))
    const packed =
      /\/ObjStm(?![\w])/.test(dictionary) || (/\/First(?![\w])/.test(dictionary) && /\/N\s+\d/.test(dictionary))
    if (!packed) continue
    const named = /\/Filter(?![\w])\s*(\[[^\]]*\]|\/\w+)?/.exec(dictionary)
    const filter = named === null ? '' : (named[1] ?? '?').replace(/[[\]\s]/g, '')
    const content = Buffer.from(raw.slice(begin, end), 'latin1')
    if (filter === '') said.push(content.toString('latin1'))
    else {
      if (filter !== '/FlateDecode' || /\/DecodeParms(?!\s*<<\s*\/Predictor\s+1\s*>>)/.test(dictionary)) return null
      try {
        const unpacked = inflateSync(content, { maxOutputLength: left, finishFlush: constants.Z_SYNC_FLUSH })
        left -= unpacked.length
        said.push(unpacked.toString('latin1'))
      } catch {
        return null
      }
    }
  }
  said.push(raw.slice(from))
  return said.join('\n')
}

async function readPdf(bytes: Uint8Array): Promise<ReadAttachment> {
  const raw = latin(bytes)
  const last = raw.lastIndexOf('%%EOF')
  if (
    last >= 0 &&
    raw
      .slice(last + 5)
      .replaceAll('\u0000', '')
      .replaceAll('\u001a', '')
      .trim() !== ''
  )
    return twofold
  const objects = objectsOf(raw)
  if (objects === null) return notAsItIs
  const plain = namesPlain(objects)
  if (active.test(plain) || activeAnywhere.test(namesPlain(raw))) return withScripts
  if (/\/Encrypt(?![\w])/.test(plain)) return { problem: 'PDF 加了密码，请去掉密码再传' }
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
    // What this reader itself finds to run or to take out, however it was written.
    if ((await pdf.getJSActions()) !== null || (await pdf.getAttachments()) !== null) return withScripts
    const { text } = await extractText(pdf, { mergePages: true })
    return {
      kind: 'pdf',
      mediaType: attachmentKinds.pdf,
      text: trimmed(text),
      note: text.trim() === '' ? '扫描件，没有可读的文字' : null,
    }
  } catch {
    return { problem: 'PDF 已经损坏，打不开，请重新导出再传' }
  }
}
const withScripts: ReadAttachment = {
  problem: 'PDF 里含有脚本、可以启动的程序或者夹带的文件，请用“打印为 PDF”另存一份',
}

/** Whether an archive is nothing but its parts: nothing before, between or behind them that its list does not name. */
function nothingBetween(bytes: Uint8Array): boolean {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + 22 + data.readUInt16LE(end + 20) !== data.length) return false
  const places: Array<{ from: number; to: number }> = []
  const list = data.readUInt32LE(end + 16)
  let at = list
  for (let n = data.readUInt16LE(end + 10); n > 0; n--) {
    const [packed, nameLength, local] = [
      data.readUInt32LE(at + 20),
      data.readUInt16LE(at + 28),
      data.readUInt32LE(at + 42),
    ]
    if (data.readUInt32LE(local) !== 0x04034b50) return false
    const own = data.readUInt16LE(local + 26)
    // A part under one name in the list and another in its place is a different part to another reader.
    if (!data.subarray(at + 46, at + 46 + nameLength).equals(data.subarray(local + 30, local + 30 + own))) return false
    places.push({ from: local, to: local + 30 + own + data.readUInt16LE(local + 28) + packed })
    at += 46 + nameLength + data.readUInt16LE(at + 30) + data.readUInt16LE(at + 32)
  }
  if (at > end) return false
  places.sort((a, b) => a.from - b.from)
  // Behind a part its length may be said once more (16 bytes, 24 for large ones).
  let reached = 0
  for (const { from, to } of [...places, { from: list, to: end }]) {
    if (from < reached || from - reached > 24) return false
    reached = to
  }
  return true
}
/** Programs: by how they begin, or by the names under which they are started. */
const program = ({ name, bytes }: Part): boolean =>
  /^(?:MZ|\u007fELF|#!|\u00ca\u00fe\u00ba\u00be)/.test(latin(bytes.subarray(0, 4))) ||
  /\.(?:exe|dll|com|scr|pif|msi|bat|cmd|ps1|vbs?|vbe|jse?|wsf|hta|lnk|jar|apk|sh)$/i.test(name)
/** On another machine: the templates that Word remembers mostly stand on the writer's own disk. */
const afar = /^(?:https?|ftps?|mhtml|mk):|^\\\\|^\/\/|^file:(?:\/{0,3}\\\\|\/\/[^/\\]|\/{4})/i
/**
 * What is fetched when the file is opened. Office systems write pictures of the web into files (marks to be scanned): those
 * run nothing. One in a shared folder makes the opener's machine sign in there.
 */
const fetched = (relations: string): boolean =>
  [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].some(([whole]) => {
    if (!/TargetMode\s*=\s*["']External["']/i.test(whole) || /relationships\/hyperlink["']/i.test(whole)) return false
    const target = /\sTarget\s*=\s*["']([^"']*)["']/i.exec(whole)?.[1] ?? ''
    if (/relationships\/image["']/i.test(whole) && /^https?:\/\//i.test(target)) return false
    return !/relationships\/(?:attachedTemplate|image)["']/i.test(whole) || afar.test(target)
  })
/** XML as text, in the encoding its first bytes tell. */
const wordsOf = (xml: Buffer): string =>
  new TextDecoder(begins(xml, 0xff, 0xfe) ? 'utf-16le' : begins(xml, 0xfe, 0xff) ? 'utf-16be' : 'utf-8').decode(xml)
/** A field that starts another program (DDE), its words often cut up over several runs. */
const startsProgram = (xml: string): boolean =>
  [[...xml.matchAll(/<w:instrText(?:\s[^>]*)?>([^<]*)</g)].map(([, words]) => words).join('')]
    .concat([...xml.matchAll(/\sw:instr="([^"]*)"/g)].map(([, words = '']) => words))
    .some((words) => /(?:^|[\s"])DDE(?:AUTO)?\s/i.test(words))
const withMacros: ReadAttachment = {
  problem: 'Word 文件里含有宏或者嵌入的对象，请另存为不带宏的 .docx 或者 PDF',
}

async function readArchive(bytes: Uint8Array): Promise<ReadAttachment> {
  let parts: Part[]
  try {
    parts = readZip(bytes, mostUnpacked)
    if (!nothingBetween(bytes)) return twofold
  } catch {
    return { problem: '文件已经损坏，或者展开以后过大' }
  }
  const names = parts.map(({ name }) => name)
  const ofd = names.includes('OFD.xml')
  if (!ofd && !names.includes('word/document.xml'))
    return { problem: `压缩包、表格等不能接收；只接收 ${attachmentKindsSaid}` }
  if (parts.some(program) || (ofd && names.includes('word/document.xml')))
    return { problem: '文件里夹带了程序或者别的文件，请重新导出再传' }
  if (ofd) return readOfd(parts)
  const said = parts
    .filter(({ name }) => name === '[Content_Types].xml' || /\.rels$/i.test(name))
    .map(({ bytes: xml }) => wordsOf(xml))
  if (
    names.some((name) => /vbaProject|\.bin$|^word\/(?:embeddings|activeX)\//i.test(name)) ||
    said.some((xml) =>
      /macroEnabled|vbaProject|oleObject|activeX|relationships\/(?:aFChunk|control|package)["']/i.test(xml),
    )
  )
    return withMacros
  if (said.some(fetched))
    return { problem: 'Word 文件打开时要从别处取模板、图片等内容，请把它们放进文件里，或者另存为 PDF 再传' }
  if (parts.some(({ name, bytes: xml }) => /^word\/.+\.xml$/i.test(name) && startsProgram(wordsOf(xml))))
    return withMacros
  try {
    const { text } = await readAnyFile(bytes)
    return { kind: 'docx', mediaType: attachmentKinds.docx, text: trimmed(text), note: null }
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: error.message }
    throw error
  }
}

/** Words of an OFD: what stands in the text objects of its pages. */
function readOfd(parts: readonly Part[]): ReadAttachment {
  const words = parts
    .filter(({ name }) => /\/Content\.xml$/i.test(name))
    .flatMap(({ bytes }) =>
      [...bytes.toString('utf8').matchAll(/<(?:\w+:)?TextCode\b[^>]*>([^<]*)</g)].map((match) =>
        (match[1] ?? '')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replaceAll('&amp;', '&'),
      ),
    )
  return {
    kind: 'ofd',
    mediaType: attachmentKinds.ofd,
    text: trimmed(words.join('\n')),
    note: words.length === 0 ? '没有可读的文字' : null,
  }
}
