// A zip of many small files, written one after another to a stream: never more than one of them in memory. Names are UTF-8;
// entries and offsets beyond what the plain format can say (65,535 files, 4 GB) are refused.
import { crc32, deflateRawSync } from 'node:zlib'

const fields = (parts: ReadonlyArray<readonly [bytes: 2 | 4, value: number]>): Buffer => {
  const out = Buffer.alloc(parts.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of parts) at = bytes === 2 ? out.writeUInt16LE(value, at) : out.writeUInt32LE(value, at)
  return out
}
/** The first day the format knows, 1980-01-01: the same files give the same bytes. */
const day = [2, 33] as const
const flags = [2, 0x800] as const
/** The whole archive of `files`, piece by piece. */
export async function* zipped(files: AsyncIterable<{ name: string; bytes: Buffer }>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = 0
  for await (const { name, bytes } of files) {
    const path = Buffer.from(name)
    const packed = deflateRawSync(bytes)
    const described = [
      [2, 20],
      flags,
      [2, 8],
      [2, 0],
      day,
      [4, crc32(bytes)],
      [4, packed.length],
      [4, bytes.length],
      [2, path.length],
      [2, 0],
    ] as const
    const head = Buffer.concat([fields([[4, 0x04034b50], ...described]), path])
    directory.push(
      Buffer.concat([
        fields([[4, 0x02014b50], [2, 20], ...described, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]),
        path,
      ]),
    )
    offset += head.length + packed.length
    if (directory.length > 0xffff || offset > 0xffffffff) throw new RangeError('文件太多，写不成一个 zip')
    yield head
    yield packed
  }
  const index = Buffer.concat(directory)
  const n = directory.length
  yield index
  yield fields([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, n],
    [2, n],
    [4, index.length],
    [4, offset],
    [2, 0],
  ])
}
