// 金样：生成的文字与存档逐字比对；确属有意的改动以 UPDATE_GOLDEN=1 重写，并像代码一样审阅。
import { readFileSync, writeFileSync } from 'node:fs'
import { expect } from 'vitest'

/** 与 test/golden/ 下的存档比对；`UPDATE_GOLDEN=1` 时改写存档。 */
export function expectGolden(name: string, text: string): void {
  const file = new URL(name, import.meta.url)
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(file, text)
  let stored = ''
  try {
    stored = readFileSync(file, 'utf8')
  } catch {
    throw new Error(`没有存档 test/golden/${name}；确认内容后以 UPDATE_GOLDEN=1 生成`)
  }
  expect(text, `与 test/golden/${name} 不同；确属有意的改动请以 UPDATE_GOLDEN=1 重写并审阅差异`).toBe(stored)
}
