// Text read by the command line: plain text, one JSON per line (field body), docx, standard input. Whether it is docx
// is judged by content, not by file name.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import type { LossItem } from '@dianzhang/formats'

/** One text: which file it comes from (for JSON lines with the line number or id), and its body. */
export interface TextInput {
  name: string
  source: string
  /** Content lost or changed when importing docx, one sentence each. */
  losses: string[]
  /** The same, item by item; when there are many, the later ones are summed by kind. */
  loss: LossItem[]
  /** The day the file was last modified (YYYY-MM-DD, Beijing time); standard input has none. */
  savedOn: string | null
}

/** The bytes read, not yet interpreted. */
export interface RawInput {
  /** The file name, or “标准输入”. */
  name: string
  bytes: Uint8Array
  /** Read as docx: begins like a zip archive or an old compound file, or its name ends in .docx. */
  docx: boolean
  savedOn: string | null
}

/**
 * This many leading bytes are enough to recognise zip archives and old compound files; others are recognised after
 * being read whole.
 */
const signatureBytes = 8
/**
 * Limit for plain text and JSON lines read at once; the limit for docx is set by the import, and is also checked
 * before reading.
 */
const textMaximum = 256 * 1024 * 1024

/**
 * Reads all files; `-` or no file reads standard input. A file that cannot be understood throws an error of one
 * sentence.
 */
export async function readTexts(files: readonly string[]): Promise<TextInput[]> {
  const texts: TextInput[] = []
  for (const file of files.length === 0 ? ['-'] : files) texts.push(...(await textsIn(await readRaw(file))))
  return texts
}

/** The texts in one file. */
export async function textsIn(raw: RawInput): Promise<TextInput[]> {
  const { importDocx } = await import('@dianzhang/formats')
  const { name, savedOn } = raw
  try {
    if (!raw.docx) return (await textsOf(name, raw.bytes)).map((text) => ({ ...text, savedOn }))
    const { text, loss } = await importDocx(raw.bytes)
    return [{ name, source: text, losses: lossesSaid(loss), loss, savedOn }]
  } catch (error) {
    throw error instanceof Error && error.name === 'UnreadableFile'
      ? new Error(`${name}：${error.message}`, { cause: error })
      : error
  }
}

const lossesSaid = (loss: readonly LossItem[]): string[] =>
  loss.map((one) => `${one.paragraph > 0 ? `第 ${one.paragraph} 段` : '全文'}：${one.message}`)

/** What was not read as it stands in docx goes to standard error by kind, one line per kind. */
export async function sayLosses(inputs: readonly TextInput[]): Promise<void> {
  if (inputs.every(({ loss }) => loss.length === 0)) return
  const { countLoss, lossKindNames } = await import('@dianzhang/formats')
  for (const { name, loss } of inputs) {
    const kinds = Map.groupBy(loss, ({ kind, losesWords }) => `${lossKindNames[kind]}${losesWords ? '，丢失文字' : ''}`)
    for (const [said, items] of kinds) process.stderr.write(`${name}：导入：${said} ${countLoss(items)} 处\n`)
  }
}

async function refuseLarger(size: number, docx: boolean, name: string): Promise<void> {
  const { UnreadableFile, defaultLimits } = await import('@dianzhang/formats')
  const most = docx ? defaultLimits.fileBytes : textMaximum
  if (size <= most) return
  const said = `${name} 超过上限 ${most / 1024 / 1024} MB，没有读入。`
  throw new UnreadableFile('too-large', docx ? `${said}请去掉图片等大附件后再导入。` : `${said}请拆成几份。`)
}

/** Reads one file, `-` is standard input. One that is too large is refused before it is read. */
export async function readRaw(file: string): Promise<RawInput> {
  if (file === '-') return await standardInput()
  const name = basename(file)
  const wrong = (error: NodeJS.ErrnoException): never => {
    if (error.code === 'ENOENT') throw new AppError('not_found', `没有这个文件：${file}`)
    if (error.code === 'EISDIR') throw new AppError('invalid', `${file} 是文件夹，不是文件。请写出文件夹里的文件。`)
    if (error.code === 'EACCES' || error.code === 'EPERM') throw new AppError('forbidden', `没有权限读 ${file}`)
    throw new Error(`读不了 ${file}：${error.message}`, { cause: error })
  }
  const handle = await open(file).catch(wrong)
  try {
    const { size, mtime } = await handle.stat()
    const { isDocxLike } = await import('@dianzhang/formats')
    const first = new Uint8Array(signatureBytes)
    await handle.read(first, 0, first.length, 0).catch(wrong)
    const docx = isDocxLike(first)
    await refuseLarger(size, docx, name)
    return { name, bytes: await handle.readFile().catch(wrong), docx, savedOn: dateInShanghai(mtime.toISOString()) }
  } finally {
    await handle.close()
  }
}

async function standardInput(): Promise<RawInput> {
  const { isDocxLike } = await import('@dianzhang/formats')
  const name = '标准输入'
  const chunks: Uint8Array[] = []
  let size = 0
  let docx = false
  for await (const chunk of process.stdin) {
    const bytes = chunk as Uint8Array
    chunks.push(bytes)
    size += bytes.length
    if (size - bytes.length < signatureBytes) docx = isDocxLike(Buffer.concat(chunks))
    await refuseLarger(size, docx, name)
  }
  return { name, bytes: Buffer.concat(chunks), docx, savedOn: null }
}

/**
 * The encoding is judged by content (UTF-8, UTF-16, GB 18030, Big5); input that is all JSON lines gives one text per
 * line; web pages lose their markup. What is not text throws one sentence.
 */
async function textsOf(name: string, bytes: Uint8Array): Promise<Array<Omit<TextInput, 'savedOn'>>> {
  const { decodeText, fileKind, readDecodedText, refusalOf, UnreadableFile, wordsOf } = await import(
    '@dianzhang/formats'
  )
  const kind = fileKind(bytes)
  if (kind !== null) throw new UnreadableFile(kind.kind, refusalOf(kind))
  const decoded = decodeText(bytes)
  const lines = decoded.text.trimStart().startsWith('{')
    ? decoded.text.split('\n').filter((line) => line.trim() !== '')
    : []
  if (lines.length > 0 && lines.every((line) => line.trimStart().startsWith('{'))) {
    const records = lines.map((line) => {
      try {
        return JSON.parse(line) as unknown
      } catch {
        return null
      }
    })
    if (records.every((record) => typeof bodyOf(record) === 'string'))
      return records.map((record, at) => {
        const own = idOf(record) ?? at + 1
        try {
          const { text, loss } = wordsOf(bodyOf(record) ?? '')
          return { name: `${name}:${own}`, source: text, losses: lossesSaid(loss), loss }
        } catch (error) {
          if (error instanceof UnreadableFile)
            throw new UnreadableFile(error.code, `第 ${at + 1} 行（${own}）：${error.message}`)
          throw error
        }
      })
  }
  const { text, loss } = readDecodedText(decoded)
  return [{ name, source: text, losses: lossesSaid(loss), loss }]
}

const field = (record: unknown, name: string): string | null => {
  const value = typeof record === 'object' && record !== null ? (record as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : null
}
const bodyOf = (record: unknown): string | null => field(record, 'body') ?? field(record, 'text')
const idOf = (record: unknown): string | null => field(record, 'id')
