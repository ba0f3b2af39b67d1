// Files that must not be there in part (keys): whole or absent; what could not be written leaves nothing.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeOnce } from './locks.ts'

const folder = mkdtempSync(join(tmpdir(), 'dianzhang-once-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('头一个写成，只有本账号可读；后来的不覆盖', () => {
  const path = join(folder, 'key.pem')
  expect(writeOnce(path, '甲')).toBe(true)
  expect(writeOnce(path, '乙')).toBe(false)
  expect(readFileSync(path, 'utf8')).toBe('甲')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['key.pem'])
})

test('写不成的说出缘由，不留半截', () => {
  expect(() => writeOnce(join(folder, '没有这个文件夹', 'key.pem'), '甲')).toThrow(/ENOENT/)
  // A folder has the name: the draft goes as well.
  expect(writeOnce(folder, '甲')).toBe(false)
  expect(readdirSync(folder)).toEqual(['key.pem'])
})
