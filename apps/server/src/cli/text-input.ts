// 命令行读入的文本：纯文本、每行一个 JSON（body 字段）、docx、标准输入。
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'

/** 一份文本：来自哪个文件（JSON 行加行号或者 id），正文是什么。 */
export interface TextInput {
  name: string
  source: string
  /** docx 导入时丢失或者改变的内容，每项一句。 */
  losses: string[]
}

/** 读入全部文件；`-` 或者没有文件时读标准输入。读不懂的文件抛出一句话的错误。 */
export async function readTexts(files: readonly string[]): Promise<TextInput[]> {
  if (files.length === 0 || (files.length === 1 && files[0] === '-')) return textsOf('标准输入', await standardInput())
  const texts: TextInput[] = []
  for (const file of files) {
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      throw new Error(error.code === 'ENOENT' ? `没有这个文件：${file}` : `读不了 ${file}：${error.message}`)
    })
    const zipped = bytes[0] === 0x50 && bytes[1] === 0x4b
    texts.push(...(zipped || extname(file) === '.docx' ? [await docx(file, bytes)] : textsOf(basename(file), bytes)))
  }
  return texts
}

async function standardInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

async function docx(file: string, bytes: Uint8Array): Promise<TextInput> {
  const { importDocx } = await import('@dianzhang/formats')
  const imported = await importDocx(bytes)
  return {
    name: basename(file),
    source: imported.text,
    losses: imported.loss.map((one) => `${one.paragraph > 0 ? `第 ${one.paragraph} 段` : '全文'}：${one.message}`),
  }
}

/** UTF-8，其次 GB 18030；整份是 JSON 行的，一行一份。 */
function textsOf(name: string, bytes: Uint8Array): TextInput[] {
  const text = decoded(bytes)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length > 0 && lines.every((line) => line.trimStart().startsWith('{'))) {
    const records = lines.map((line) => {
      try {
        return JSON.parse(line) as unknown
      } catch {
        return null
      }
    })
    if (records.every((record) => typeof bodyOf(record) === 'string'))
      return records.map((record, at) => ({
        name: `${name}:${idOf(record) ?? at + 1}`,
        source: bodyOf(record) ?? '',
        losses: [],
      }))
  }
  return [{ name, source: text, losses: [] }]
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

const field = (record: unknown, name: string): string | null => {
  const value = typeof record === 'object' && record !== null ? (record as Record<string, unknown>)[name] : undefined
  return typeof value === 'string' ? value : null
}
const bodyOf = (record: unknown): string | null => field(record, 'body') ?? field(record, 'text')
const idOf = (record: unknown): string | null => field(record, 'id')
