// How a saved text is normalised: line breaks, space at the ends of lines and of the text; time grows linearly with
// the characters.
import { expect, test } from 'vitest'
import { normaliseBody } from './texts.ts'

test('换行统一，行末与文末的空白去除，行首与行中的保留', () => {
  expect(normaliseBody('　第一条　甲 \r\n乙\t\r丙　\u3000\n\n ')).toBe('　第一条　甲\n乙\n丙')
})

test.each([
  ['空格', ' '],
  ['全角空格', '\u3000'],
  ['制表符', '\t'],
  ['回车', '\r'],
  ['换行', '\n'],
  ['空白与字相间', ' 甲'],
])('两百万个%s之后还有一个字，也只要一瞬', (_, piece) => {
  const before = process.cpuUsage()
  expect(normaliseBody(`${piece.repeat(2_000_000 / piece.length)}甲`).endsWith('甲')).toBe(true)
  // Squared, it would be hours.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000)
})
