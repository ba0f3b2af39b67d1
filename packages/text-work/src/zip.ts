// Archives read in place, without trusting what they say of themselves.
import { inflateRawSync } from 'node:zlib'

/** A file in an archive. */
export interface Part {
  name: string
  bytes: Buffer
}
/** The most all parts together may take, in bytes, where nothing else is said. */
const mostInflated = 200 * 1024 * 1024

/** The parts of an archive, unpacked. Throws where it is broken, names a part twice, or would take more than `most` bytes. */
export function readZip(bytes: Uint8Array, most: number = mostInflated): Part[] {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = data.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0) throw new Error('没有目录')
  const count = data.readUInt16LE(end + 10)
  let at = data.readUInt32LE(end + 16)
  let total = 0
  const parts: Part[] = []
  const names = new Set<string>()
  for (let n = 0; n < count; n++) {
    if (data.readUInt32LE(at) !== 0x02014b50) throw new Error('目录损坏')
    const [method, packed, size] = [data.readUInt16LE(at + 10), data.readUInt32LE(at + 20), data.readUInt32LE(at + 24)]
    const [nameLength, extra, comment] = [
      data.readUInt16LE(at + 28),
      data.readUInt16LE(at + 30),
      data.readUInt16LE(at + 32),
    ]
    const local = data.readUInt32LE(at + 42)
    const name = data.toString('utf8', at + 46, at + 46 + nameLength)
    at += 46 + nameLength + extra + comment
    if (name.endsWith('/')) continue
    const start = local + 30 + data.readUInt16LE(local + 26) + data.readUInt16LE(local + 28)
    const raw = data.subarray(start, start + packed)
    total += size
    if (total > most) throw new Error('过大')
    const content = method === 0 ? Buffer.from(raw) : inflateRawSync(raw, { maxOutputLength: Math.max(1, size) })
    if (names.has(name)) throw new Error('重名部件')
    names.add(name)
    parts.push({ name, bytes: content })
  }
  return parts
}
