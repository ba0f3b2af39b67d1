// A zip of many small files, written one after another to a stream: never more than one of them in memory. Names are UTF-8.
// Beyond what the plain format can say (65,535 files, 4 GB in all) it is a zip64; a single file stays below 4 GB.
import { crc32, deflateRawSync } from 'node:zlib'

const fields = (parts: ReadonlyArray<readonly [bytes: 2 | 4 | 8, value: number]>): Buffer => {
  const out = Buffer.alloc(parts.reduce((sum, [bytes]) => sum + bytes, 0))
  let at = 0
  for (const [bytes, value] of parts)
    if (bytes === 2) at = out.writeUInt16LE(value, at)
    else if (bytes === 4) at = out.writeUInt32LE(value, at)
    else at = out.writeBigUInt64LE(BigInt(value), at)
  return out
}
/** The largest number that two or four bytes hold; it stands where the number itself is in the zip64 fields. */
const most = { short: 0xffff, long: 0xffffffff } as const
/** The first day the format knows, 1980-01-01: the same files give the same bytes. */
const day = [2, 33] as const
const flags = [2, 0x800] as const
/** Version of the format that reads zip64. */
const zip64 = [2, 45] as const

/** The whole archive of `files`, piece by piece; `from` is the offset of its first byte where something stands before it. */
export async function* zipped(files: AsyncIterable<{ name: string; bytes: Buffer }>, from = 0): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = from
  for await (const { name, bytes } of files) {
    const path = Buffer.from(name)
    // The packer's own buffer of 16 KB for each of a hundred thousand small files costs more than packing them.
    const packed = deflateRawSync(bytes, { chunkSize: Math.min(16_384, bytes.length + 64) })
    const far = offset >= most.long
    // Where the file begins, in eight bytes where four do not hold it.
    const extra = far
      ? fields([
          [2, 1],
          [2, 8],
          [8, offset],
        ])
      : Buffer.alloc(0)
    const sizes = [day, [4, crc32(bytes)], [4, packed.length], [4, bytes.length], [2, path.length]] as const
    const described = [flags, [2, 8], [2, 0], ...sizes] as const
    const head = Buffer.concat([fields([[4, 0x04034b50], [2, 20], ...described, [2, 0]]), path])
    directory.push(
      Buffer.concat([
        fields([[4, 0x02014b50], far ? zip64 : [2, 20], far ? zip64 : [2, 20], ...described]),
        fields([
          [2, extra.length],
          [2, 0],
          [2, 0],
          [2, 0],
          [4, 0],
          [4, far ? most.long : offset],
        ]),
        path,
        extra,
      ]),
    )
    offset += head.length + packed.length
    yield head
    yield packed
  }
  const n = directory.length
  const start = offset
  let size = 0
  for (const line of directory) {
    size += line.length
    yield line
  }
  if (n >= most.short || start >= most.long || size >= most.long) {
    yield fields([[4, 0x06064b50], [8, 44], zip64, zip64, [4, 0], [4, 0], [8, n], [8, n], [8, size], [8, start]])
    yield fields([
      [4, 0x07064b50],
      [4, 0],
      [8, start + size],
      [4, 1],
    ])
  }
  const [count, length, begins] = [Math.min(n, most.short), Math.min(size, most.long), Math.min(start, most.long)]
  yield fields([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, length],
    [4, begins],
    [2, 0],
  ])
}
