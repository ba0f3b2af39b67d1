// 命令行读入的文本：纯文本、每行一个 JSON（body 字段）、docx、标准输入。是不是 docx 看内容，不看文件名。
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { dateInShanghai } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import type { LossItem } from '@dianzhang/formats'

/** 一份文本：来自哪个文件（JSON 行加行号或者 id），正文是什么。 */
export interface TextInput {
  name: string
  source: string
  /** docx 导入时丢失或者改变的内容，每项一句。 */
  losses: string[]
  /** 同上，逐项；很多时后面的按种类合计。 */
  loss: LossItem[]
  /** 文件最后修改的日子（YYYY-MM-DD，北京时间）；标准输入没有。 */
  savedOn: string | null
}

/** 读到的字节，还没有解释。 */
export interface RawInput {
  /** 文件名，或者“标准输入”。 */
  name: string
  bytes: Uint8Array
  /** 当作 docx 读：压缩包或者旧式复合文件的开头，或者名字以 .docx 结尾。 */
  docx: boolean
  savedOn: string | null
}

/** 开头这么多字节认得出压缩包与旧式复合文件；其余读完再认。 */
const signatureBytes = 8
/** 纯文本、JSON 行一次读入的上限；docx 的上限由导入决定，也在读入之前看。 */
const textMaximum = 256 * 1024 * 1024

/** 读入全部文件；`-` 或者没有文件时读标准输入。读不懂的文件抛出一句话的错误。 */
export async function readTexts(files: readonly string[]): Promise<TextInput[]> {
  const texts: TextInput[] = []
  for (const file of files.length === 0 ? ['-'] : files) texts.push(...(await textsIn(await readRaw(file))))
  return texts
}

/** 一个文件里的各份文本。 */
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

/** docx 里没有照原样读入的，按种类写到标准错误，每种一行。 */
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

/** 读一个文件，`-` 为标准输入。过大的在读入之前就拒绝。 */
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

/** 编码看内容（UTF-8、UTF-16、GB 18030、Big5）；整份是 JSON 行的，一行一份；网页去掉标记。不是文本的抛出一句话。 */
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
