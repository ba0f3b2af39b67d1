// Plain archives are opened by a program of others (JSZip); more than 65,534 files, and offsets beyond 4 GB, are zip64.
import JSZip from 'jszip'
import { expect, test } from 'vitest'
import { zipped } from './zip-writer.ts'

async function* files(n: number) {
  for (let i = 0; i < n; i += 1) yield { name: `${i}.txt`, bytes: Buffer.from(`第${i}件`) }
}
const archive = async (n: number, from = 0): Promise<Buffer> => {
  const parts: Buffer[] = []
  for await (const part of zipped(files(n), from)) parts.push(part)
  return Buffer.concat(parts)
}

test.each([0, 3])('%i 个文件，由别人写的程序解开，一个不少', async (n) => {
  const bytes = await archive(n)
  const read = await JSZip.loadAsync(bytes, { checkCRC32: true })
  expect(Object.keys(read.files)).toHaveLength(n)
  for (let i = 0; i < n; i += 1) expect(await read.file(`${i}.txt`)?.async('string')).toBe(`第${i}件`)
  expect(bytes.includes(Buffer.from('PK\x06\x06'))).toBe(false)
})

test('多于 65,534 个文件：总数写在 zip64 的栏里', async () => {
  const n = 65_537
  const bytes = await archive(n)
  const end = bytes.lastIndexOf(Buffer.from('PK\x06\x06'))
  expect(bytes.readBigUInt64LE(end + 32)).toBe(BigInt(n))
  const directory = Number(bytes.readBigUInt64LE(end + 48))
  expect(bytes.subarray(directory, directory + 4).toString('latin1')).toBe('PK\x01\x02')
  expect(directory + Number(bytes.readBigUInt64LE(end + 40))).toBe(end)
  const plain = bytes.subarray(-22)
  expect([plain.readUInt32LE(0), plain.readUInt16LE(10)]).toEqual([0x06054b50, 0xffff])
})

test('第一个字节就在 4 GB 以外：每个文件的位置写作八个字节', async () => {
  const from = 5 * 2 ** 30
  const bytes = await archive(2, from)
  const at = bytes.indexOf(Buffer.from('PK\x01\x02'))
  expect(bytes.readUInt32LE(at + 42)).toBe(0xffffffff)
  const name = bytes.readUInt16LE(at + 28)
  expect(bytes.readUInt16LE(at + 30)).toBe(12)
  expect(bytes.readBigUInt64LE(at + 46 + name + 4)).toBe(BigInt(from))
  const end = bytes.indexOf(Buffer.from('PK\x06\x06'))
  expect(bytes.readBigUInt64LE(end + 48)).toBe(BigInt(from + at))
  const locator = bytes.indexOf(Buffer.from('PK\x06\x07'))
  expect(bytes.readBigUInt64LE(locator + 8)).toBe(BigInt(from + end))
})
