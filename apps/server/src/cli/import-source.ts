// What an imported file is: one JSON per line (possibly gzipped), or a catalogue table; anything else is refused in
// one sentence. Judged by content, not by file name.
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
 * One JSON per line or a catalogue table, judged by content, not by file name: compressed input is unpacked first;
 * text that begins with a brace is the former, the rest is read as a table.
 * An empty file, a file of another kind, or a table with an unknown header throws an error of one sentence that says
 * how to convert it.
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
/** This many bytes are enough to recognise the kind of file. */
const lookedAt = 64 * 1024

async function* whole(first: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

/**
 * Recognised by gzip's two magic bytes: standard input may be compressed too. Truncated or damaged data are reported
 * when reading gets there.
 */
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
