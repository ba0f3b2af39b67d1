// Bytes become text: the mark first, then the content. What reads like garbled characters is not read; it is said what
// encoding it is and what to do.
import { UnreadableFile } from '../unreadable-file.ts'
import type { Wanted } from './file-kind.ts'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5'
export const encodingNames: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16（小端）',
  'utf-16be': 'UTF-16（大端）',
  gb18030: 'GB 18030',
  big5: 'Big5（繁体）',
}

export interface DecodedText {
  text: string
  encoding: Encoding
  /** Bytes that are no characters of this encoding, each now U+FFFD. */
  broken: number
}

const begins = (bytes: Uint8Array, ...signature: number[]): boolean => signature.every((byte, at) => bytes[at] === byte)
const asText: Record<Wanted, string> = {
  text: '请用记事本打开，另存为 UTF-8 编码的文本，或者从 Word 原稿另存为 .docx，再导入。',
  list: '请在 Excel 或 WPS 中打开，另存为 .xlsx 或者 UTF-8 编码的 CSV，再导入。',
}
const sampleBytes = 64 * 1024

/** Characters that a Chinese text is made of: the first level of GB 2312 and Big5, ASCII, Chinese signs. */
let common: Uint8Array | undefined
function commonCharacters(): Uint8Array {
  if (common !== undefined) return common
  common = new Uint8Array(0x10000)
  const add = (encoding: string, first: [number, number], second: Array<[number, number]>): void => {
    const bytes: number[] = []
    for (let a = first[0]; a <= first[1]; a++)
      for (const [from, to] of second) for (let b = from; b <= to; b++) bytes.push(a, b)
    for (const character of new TextDecoder(encoding).decode(Uint8Array.from(bytes)))
      if (common !== undefined) common[character.charCodeAt(0)] = 1
  }
  add('gb18030', [0xb0, 0xd7], [[0xa1, 0xfe]])
  add(
    'big5',
    [0xa4, 0xc6],
    [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  )
  for (let code = 0x20; code < 0x7f; code++) common[code] = 1
  for (const code of [9, 10, 13, 0x3000, 0xa0, 0xb7]) common[code] = 1
  for (let code = 0x2010; code <= 0x2027; code++) common[code] = 1
  for (let code = 0x3001; code <= 0x3017; code++) common[code] = 1
  for (let code = 0xff01; code <= 0xff5e; code++) common[code] = 1
  for (let code = 0x2460; code <= 0x2473; code++) common[code] = 1
  common[0xfffd] = 0
  return common
}

/** How much of a text is made of common characters: near 1 for text read rightly, far below for another encoding. */
function plausibility(text: string): number {
  const table = commonCharacters()
  let good = 0
  let all = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0xfeff) continue
    all++
    if (table[code] === 1) good++
  }
  return all === 0 ? 0 : good / all
}

const broken = (text: string): number => text.split('\ufffd').length - 1

/** What must be common for an encoding to be believed. */
const believed = 0.9

/**
 * The text of a file: by its byte order mark; else UTF-8, GB 18030, Big5 or UTF-16, whichever gives a readable Chinese text.
 * Refuses (`UnreadableFile`) UTF-32, what no encoding makes readable, and what is no text at all.
 */
export function decodeText(bytes: Uint8Array, wanted: Wanted = 'text'): DecodedText {
  const as = (encoding: Encoding, from = 0): DecodedText => {
    const text = new TextDecoder(encoding).decode(bytes.subarray(from)).replace(/^\ufeff/u, '')
    return { text, encoding, broken: broken(text) }
  }
  if (begins(bytes, 0xff, 0xfe, 0, 0) || begins(bytes, 0, 0, 0xfe, 0xff))
    throw new UnreadableFile('encoding', `这个文本的编码是 UTF-32，不能直接读。${asText[wanted]}`)
  const marked = begins(bytes, 0xff, 0xfe) ? 'utf-16le' : begins(bytes, 0xfe, 0xff) ? 'utf-16be' : undefined
  if (marked !== undefined) {
    // Any file may begin with these two bytes by accident.
    const read = as(marked, 2)
    if (isNoise(read.text)) throw noText(wanted)
    return read
  }
  // A sample that does not end in the middle of a character says as much as the whole of a large file.
  const sample = bytes.subarray(0, sampleBytes)
  const zero = bytes.includes(0)
  if (!zero) {
    try {
      const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
      if (!hasControls(text)) return { text, encoding: 'utf-8', broken: 0 }
      throw noText(wanted)
    } catch (error) {
      if (error instanceof UnreadableFile) throw error
    }
  }
  const scored = (['gb18030', 'big5', 'utf-16le', 'utf-16be', 'utf-8'] as const)
    .filter((encoding) => encoding.startsWith('utf-16') || !zero)
    .map((encoding) => {
      const text = new TextDecoder(encoding).decode(sample)
      const controls = hasControls(text)
      return { encoding, score: controls ? 0 : plausibility(text) }
    })
  // GB 18030 before Big5 where both are readable: short texts are.
  const best = scored.reduce((one, other) => (other.score > one.score + 0.02 ? other : one))
  if (best.score < believed) {
    const utf8 = scored.find(({ encoding }) => encoding === 'utf-8')
    // UTF-8 with some bytes lost, or cut off in the middle of a character.
    if (
      utf8 !== undefined &&
      utf8.score > 0.8 &&
      broken(new TextDecoder('utf-8').decode(sample)) < 0.02 * sample.length
    )
      return as('utf-8')
    if (zero || best.score < 0.6) throw noText(wanted)
    throw new UnreadableFile(
      'encoding',
      `认不出这个文本的编码（不是 UTF-8、UTF-16、GB 18030 或者 Big5）。${asText[wanted]}`,
    )
  }
  const read = as(best.encoding)
  if (read.encoding === 'gb18030' || read.encoding === 'big5') read.broken += strayUtf8(bytes)
  if (read.broken > 0 && read.encoding !== 'utf-8') {
    const utf8 = as('utf-8')
    if (utf8.broken < read.broken && plausibility(utf8.text.slice(0, sampleBytes)) >= believed) return utf8
  }
  return read
}

/** A line of so many characters, this part of them common, is UTF-8 by accident in no other encoding. */
const [fewestStray, strayBelieved] = [4, 0.7]
/**
 * Characters in lines of UTF-8 within a file of a national encoding: pasted from elsewhere, they decode to other
 * characters without a single broken byte.
 */
function strayUtf8(bytes: Uint8Array): number {
  const strict = new TextDecoder('utf-8', { fatal: true })
  let stray = 0
  for (let from = 0, end: number; from < bytes.length; from = end + 1) {
    end = bytes.indexOf(10, from)
    if (end < 0) end = bytes.length
    const line = bytes.subarray(from, end)
    if (!line.some((byte) => byte >= 0x80)) continue
    try {
      const text = strict.decode(line)
      const written = text.replace(/[^\u0080-\uffff]/gu, '').length
      if (written >= fewestStray && plausibility(text) >= strayBelieved) stray += written
    } catch {
      // Not UTF-8, as it should be.
    }
  }
  return stray
}

const noText = (wanted: Wanted): UnreadableFile =>
  new UnreadableFile(
    'not-text',
    wanted === 'list'
      ? '读不出文字，这不是目录表格。请选择 Excel 或 WPS 保存的 .xlsx 或者 CSV，检查是否选错了文件。'
      : '这不是文本文件，读出来是乱码。请选择 Word 保存的 .docx 或者纯文本（.txt），检查是否选错了文件。',
  )

/**
 * Whether a text cannot be one: full of control characters, or neither Chinese nor another language, since a good part
 * of it stands for no character at all (private, unassigned, halves of pairs).
 */
function isNoise(text: string): boolean {
  const sample = text.slice(0, sampleBytes)
  if (hasControls(text)) return true
  const none = sample.match(/[\p{Cn}\p{Co}\p{Cs}]/gu)?.length ?? 0
  return none > 0.02 * sample.length && plausibility(sample) < 0.5
}

/** Control characters of text files are few: form feeds, an escape here and there. A file full of them is none. */
function hasControls(text: string): boolean {
  let controls = 0
  const end = Math.min(text.length, 1_000_000)
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12 && code !== 11) controls++
  }
  return controls > 0.01 * end && controls > 1
}
