// Time to write a file grows linearly with the text: for a text that repeats the same short piece throughout, twice
// the length costs no more than three times the processor time (quadratic growth would cost four times).
import { parseText } from '@dianzhang/text'
import { describe, expect, test } from 'vitest'
import { measuresDocument } from './documents.fixture.ts'
import { exportFormats, isWritten } from './registry.ts'

const pieces = [
  '第一条　甲\n',
  '第一条之一　甲\n',
  '（一）甲\n',
  '一、甲\n',
  '1.甲\n',
  '第一章\n',
  '附件1\n',
  '| 甲 | 乙 |\n',
  ' ',
  '　',
  '《',
  '“',
  '&<>',
  '甲',
  '\n',
]
/** Processor time of one run (milliseconds): not affected by other busy processes. */
async function cpu(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

describe('写出文件', () => {
  test.each(
    exportFormats
      .filter(isWritten)
      .filter(({ id }) => !['json', 'csv', 'xml'].includes(id))
      .map((format) => [format.id, format] as const),
  )('%s 的时间随文字线性增长', async (id, format) => {
    // A Word file takes ten times as long as the others; a quarter of the text shows the same.
    const length = id === 'docx' ? 800 : 6_000
    for (const piece of pieces) {
      const written = async (times: number): Promise<number> => {
        const structure = parseText(`某县某办法\n第一条　${piece.repeat(Math.ceil((length * times) / piece.length))}。`)
        return cpu(() => format.write({ ...measuresDocument, structure }))
      }
      await written(1)
      const once = await written(1)
      const fourTimes = await written(4)
      // Below the clock's own grain and a collection of garbage there is nothing to compare.
      expect(
        fourTimes,
        `${id} ${JSON.stringify(piece)}：${once.toFixed(0)} → ${fourTimes.toFixed(0)} 毫秒`,
      ).toBeLessThan(Math.max(9 * once, 250))
    }
  })
})
