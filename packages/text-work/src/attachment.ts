// What the public attaches to a comment: told by its content, not by its name; anything that could run, hide or burst is
// refused with one sentence; its words are read out for search and grouping.
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

/** `text` null: there are no words to be read, or `note` says why they could not be. */
export type ReadAttachment =
  | { kind: AttachmentKind; mediaType: string; text: string | null; note: string | null }
  | { problem: string }

/** The most an archive may hold when unpacked, in bytes. */
const mostUnpacked = 60 * 1024 * 1024
/** The most of its words that is kept, in characters. */
const mostWords = 200_000
const latin = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
const begins = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte)
const ends = (bytes: Uint8Array, magic: string, within: number): boolean =>
  latin(bytes.subarray(Math.max(0, bytes.length - within))).includes(magic)
const trimmed = (text: string): string | null => text.trim().slice(0, mostWords).toWellFormed() || null

/** Reads one attachment. Every fault is an answer, not an error. */
export async function readAttachment(bytes: Uint8Array): Promise<ReadAttachment> {
  if (bytes.length === 0) return { problem: '是空文件（0 字节）' }
  // A file that is two kinds at once is read as one thing here and as another by whoever opens it.
  const archived = ends(bytes, 'PK\u0005\u0006', 66_000)
  if (begins(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return archived ? twofold : readPdf(bytes)
  if (begins(bytes, 0xff, 0xd8, 0xff)) return archived || !ends(bytes, '\u00ff\u00d9', 64) ? twofold : image('jpg')
  if (begins(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))
    return archived || !ends(bytes, 'IEND\u00ae\u0042\u0060\u0082', 16) ? twofold : image('png')
  if (begins(bytes, 0x50, 0x4b, 3, 4)) return readArchive(bytes)
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return { problem: '是旧版的 Office 文件，请另存为 .docx 或者 PDF' }
  return { problem: `不是可以接收的文件；只接收 ${attachmentKindsSaid}，文件名的后缀改了也不行` }
}
const twofold: ReadAttachment = { problem: '文件里夹带了别的文件，或者没有传完，请重新导出再传' }
const image = (kind: 'jpg' | 'png'): ReadAttachment => ({
  kind,
  mediaType: attachmentKinds[kind],
  text: null,
  note: '图片，没有可读的文字',
})

async function readPdf(bytes: Uint8Array): Promise<ReadAttachment> {
  // Names may be written with escapes (#4a for J).
  const plain = latin(bytes).replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  if (/\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b/.test(plain))
    return { problem: 'PDF 里含有脚本、可以启动的程序或者夹带的文件，请用“打印为 PDF”另存一份' }
  if (/\/Encrypt\b/.test(plain)) return { problem: 'PDF 加了密码，请去掉密码再传' }
  try {
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 })
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

async function readArchive(bytes: Uint8Array): Promise<ReadAttachment> {
  let parts: Part[]
  try {
    parts = readZip(bytes, mostUnpacked)
  } catch {
    return { problem: '文件已经损坏，或者展开以后过大' }
  }
  const names = parts.map(({ name }) => name)
  if (names.includes('OFD.xml')) return readOfd(parts)
  if (!names.includes('word/document.xml')) return { problem: `压缩包、表格等不能接收；只接收 ${attachmentKindsSaid}` }
  const types = parts.find(({ name }) => name === '[Content_Types].xml')?.bytes.toString('utf8') ?? ''
  if (names.some((name) => /vbaProject|\.bin$|^word\/embeddings\//i.test(name)) || /macroEnabled/i.test(types))
    return { problem: 'Word 文件里含有宏或者嵌入的对象，请另存为不带宏的 .docx 或者 PDF' }
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
