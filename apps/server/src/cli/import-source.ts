// 导入的文件是什么：每行一个 JSON（可以 gzip 压缩），还是目录表格；别的文件用一句话拒绝。看内容，不看文件名。
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { decodeText, encodingNames, fileKind, UnreadableFile } from '@dianzhang/formats'
import {
  headWanted,
  type ListReading,
  linesOf,
  listMaximum,
  listRecords,
  type NumberedLine,
  readList,
} from '@dianzhang/register'

export interface Source {
  lines: AsyncIterable<string | NumberedLine>
  list?: ListReading & { format: string }
}
/**
 * 是每行一个 JSON，还是目录表格，看内容，不看文件名：压缩的先解压；以花括号开头的文本是前者，其余当作表格读。
 * 空的、别的文件、认不出表头的，抛出一句话的错误，说明怎样转换。
 */
export async function sourceOf(source: AsyncIterable<Uint8Array>, packed = false): Promise<Source> {
  const iterator = source[Symbol.asyncIterator]()
  const pieces: Uint8Array[] = []
  let size = 0
  const more = async (upTo: number): Promise<void> => {
    while (size < upTo) {
      const next = await iterator.next()
      if (next.done) return
      pieces.push(next.value)
      size += next.value.length
    }
  }
  await more(lookedAt)
  const first = Buffer.concat(pieces)
  const kind = fileKind(first)
  if (kind?.kind === 'archive' && kind.name === 'gzip' && !packed)
    return sourceOf(await unpacked(first, iterator), true)
  if (kind === null) {
    const { text, encoding } = decodeText(first, 'list')
    if (text.trimStart().startsWith('{')) {
      if (encoding !== 'utf-8')
        throw new UnreadableFile(
          'encoding',
          `每行一个 JSON 的文件须是 UTF-8 编码，这份是 ${encodingNames[encoding]}。请另存为 UTF-8 后再导入。`,
        )
      return { lines: linesOf(whole(first, iterator)) }
    }
  }
  await more(listMaximum + 1)
  const read = await readList(new Uint8Array(Buffer.concat(pieces)))
  const list = listRecords(read.tables)
  if (list === null) throw new UnreadableFile('not-a-list', headWanted)
  async function* records(): AsyncGenerator<NumberedLine> {
    yield* list?.records ?? []
  }
  return { lines: records(), list: { ...list, format: read.format } }
}
/** 看这么多字节就认得出是什么文件。 */
const lookedAt = 64 * 1024

async function* whole(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

/** 以 gzip 的两个标志字节识别：标准输入也可以是压缩的。没有传完、损坏的，读到那里时说明。 */
async function unpacked(first: Uint8Array, rest: AsyncIterator<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const input = Readable.from(whole(first, rest))
  const output = createGunzip()
  // pipe() does not pass a read error on.
  input.on('error', (error) => output.destroy(error))
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      yield* input.pipe(output)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      throw /^Z_|^ERR_BUFFER/.test(code)
        ? new UnreadableFile('corrupt', '压缩的文件没有传完或者已经损坏，解压不下去。请重新取得文件后再导入。')
        : error
    }
  }
  return bytes()
}
