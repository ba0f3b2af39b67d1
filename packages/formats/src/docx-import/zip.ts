// Reads zip: the directory first, then the content, decompressed as a stream that stops at once when over the limit.
// General libraries hold a whole part in memory before a limit can be set, so they are not used.
import { fileKind, oleKind, refusalOf, type Wanted } from '../recognise/file-kind.ts'
import { UnreadableFile } from '../unreadable-file.ts'

/** What a file may cost. Sizes in bytes. */
export interface DocxLimits {
  /** Size of the file itself; looked at before anything else. */
  fileBytes: number
  /** Inflated size of one part. */
  partBytes: number
  /** Inflated size of all parts that are read. */
  totalBytes: number
  /** Inflated : compressed, of parts larger than 1 MB. */
  ratio: number
  /** Entries in the archive. */
  entries: number
  /** Depth of nested elements. */
  depth: number
}

export const defaultLimits: DocxLimits = {
  fileBytes: 30 * 1024 * 1024,
  partBytes: 12 * 1024 * 1024,
  totalBytes: 20 * 1024 * 1024,
  ratio: 100,
  entries: 4000,
  depth: 400,
}

interface Entry {
  name: string
  method: number
  flags: number
  crc: number
  compressed: number
  size: number
  offset: number
}

/** An archive whose parts are inflated one by one, on demand. */
export interface Archive {
  names: string[]
  has(name: string): boolean
  /** Hands the inflated bytes of one part to `take`, piece by piece. */
  read(name: string, take: (piece: Uint8Array) => void): Promise<void>
}

const corrupt = (what: string): UnreadableFile =>
  new UnreadableFile('corrupt', `文件已损坏：${what}。请在 Word 或 WPS 中重新保存后再导入。`)

/** Opens the archive: checks size, signature and directory; inflates nothing yet. */
export function openZip(bytes: Uint8Array, limits: DocxLimits, wanted: Wanted = 'text'): Archive {
  if (bytes.length > limits.fileBytes) {
    throw new UnreadableFile(
      'too-large',
      `文件有${megabytes(bytes.length)}，超过上限${megabytes(limits.fileBytes)}。请去掉图片等大附件后再导入。`,
    )
  }
  refuseOtherKinds(bytes, wanted)
  const entries = directoryOf(bytes, limits)
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  if (byName.size !== entries.length) throw corrupt('压缩包里有重名的部件')
  let total = 0
  return {
    names: entries.map((entry) => entry.name),
    has: (name) => byName.has(name),
    async read(name, take) {
      const entry = byName.get(name)
      if (entry === undefined) throw corrupt(`缺少部件 ${name}`)
      const count = (length: number): void => {
        total += length
        if (total > limits.totalBytes) throw expands(name)
      }
      await inflate(bytes, entry, limits, (piece) => {
        count(piece.length)
        take(piece)
      })
    },
  }
}

const megabytes = (bytes: number): string => `${Math.max(1, Math.round(bytes / 1024 / 1024))}MB`
const expands = (name: string): UnreadableFile =>
  new UnreadableFile('expands-too-much', `部件 ${name} 解压后超过上限或者压缩比异常，已停止读取。`)

function refuseOtherKinds(bytes: Uint8Array, wanted: Wanted): void {
  const found = fileKind(bytes)
  if (found?.kind === 'zip') return
  if (found?.kind === 'ole') {
    // Both old .doc files and password-protected .docx files are OLE containers; the latter name their streams.
    const { encrypted, message } = oleKind(bytes, wanted)
    throw new UnreadableFile(encrypted ? 'encrypted' : 'legacy-word', message)
  }
  throw new UnreadableFile(
    found?.kind ?? 'not-docx',
    found !== null
      ? refusalOf(found, wanted)
      : wanted === 'list'
        ? '这不是 .xlsx 表格。请选择 Excel 或 WPS 保存的 .xlsx，或者另存为 CSV。'
        : '这不是 .docx 文件。请选择 Word 或 WPS 保存的 .docx。',
  )
}

function directoryOf(bytes: Uint8Array, limits: DocxLimits): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - 22
  const farthest = Math.max(0, bytes.length - 22 - 0xffff)
  while (end >= farthest && view.getUint32(end, true) !== 0x06054b50) end--
  if (end < farthest || end < 0) throw corrupt('压缩包不完整（没有目录）')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count > limits.entries)
    throw new UnreadableFile('expands-too-much', `压缩包里有${count}个部件，超过上限${limits.entries}个。`)
  const entries: Entry[] = []
  const decoder = new TextDecoder()
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) throw corrupt('压缩包目录不完整')
    const nameLength = view.getUint16(at + 28, true)
    const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > bytes.length) throw corrupt('压缩包目录不完整')
    entries.push({
      name: decoder
        .decode(bytes.subarray(at + 46, at + 46 + nameLength))
        .replaceAll('\\', '/')
        .replace(/^\/+/, ''),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      compressed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    })
    at = next
  }
  return entries
}

async function inflate(
  bytes: Uint8Array,
  entry: Entry,
  limits: DocxLimits,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  if ((entry.flags & 1) !== 0) throw new UnreadableFile('encrypted', '压缩包设有密码，无法读取。')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const { offset } = entry
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== 0x04034b50)
    throw corrupt(`部件 ${entry.name} 找不到`)
  const from = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const to = from + entry.compressed
  if (to > bytes.length) throw corrupt(`部件 ${entry.name} 不完整`)
  // What the directory declares is checked first; what really comes out is counted below, because it may lie.
  if (entry.size > limits.partBytes) throw expands(entry.name)
  const cap = Math.min(limits.partBytes, Math.max(1024 * 1024, entry.compressed * limits.ratio))
  let crc = 0xffffffff
  let length = 0
  const accept = (piece: Uint8Array): void => {
    length += piece.length
    if (length > cap) throw expands(entry.name)
    crc = crc32(piece, crc)
    take(piece)
  }
  if (entry.method === 0) accept(bytes.subarray(from, to))
  else if (entry.method === 8) await inflateRaw(bytes.subarray(from, to), entry.name, accept)
  else throw corrupt(`部件 ${entry.name} 的压缩方式不认识`)
  if ((crc ^ 0xffffffff) >>> 0 !== entry.crc || length !== entry.size) throw corrupt(`部件 ${entry.name} 校验不符`)
}

async function inflateRaw(bytes: Uint8Array, name: string, accept: (piece: Uint8Array) => void): Promise<void> {
  const stream = new DecompressionStream('deflate-raw')
  const writer = stream.writable.getWriter()
  const reader = stream.readable.getReader()
  // A copy with its own buffer: the web stream type asks for one, and the caller's bytes stay untouched.
  const pieceBytes = 16 * 1024
  const feed = async (): Promise<void> => {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      await writer.ready
      await writer.write(bytes.slice(at, at + pieceBytes))
    }
    await writer.close()
  }
  // The reader reports every failure of the stream, so the writer's copy of it is not needed.
  const fed = feed().catch(() => undefined)
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw corrupt(`部件 ${name} 无法解压`)
      })
      if (done) break
      accept(value)
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined)
    throw error
  }
  await fed
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

/** Running CRC-32 of zip; begin with 0xffffffff and invert at the end. */
export function crc32(bytes: Uint8Array, start: number): number {
  let crc = start
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0)
  return crc
}
