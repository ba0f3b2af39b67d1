import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hunksOf, merged } from './hunks.ts'

const differing = (hunks: ReturnType<typeof hunksOf>) => hunks.filter((hunk) => hunk.kind === 'differs')
const all = (hunks: ReturnType<typeof hunksOf>, choice: 'mine' | 'theirs') => differing(hunks).map(() => choice)
const text = fc
  .array(fc.constantFrom('第一条　甲。', '第二条　乙。', '（一）丙；', '', '丁'), { maxLength: 12 })
  .map((lines) => lines.join('\n'))

describe('choosing between two writings', () => {
  it('either side is got back whole by choosing it everywhere', () => {
    fc.assert(
      fc.property(text, text, (theirs, mine) => {
        const hunks = hunksOf(theirs, mine)
        expect(merged(hunks, all(hunks, 'mine'))).toBe(mine)
        expect(merged(hunks, all(hunks, 'theirs'))).toBe(theirs)
      }),
    )
  })
  it('keeps what both agree on and takes each place as chosen', () => {
    const hunks = hunksOf('甲\n乙对方\n丙\n丁', '甲\n乙我的\n丙\n丁\n戊')
    expect(differing(hunks)).toHaveLength(2)
    expect(merged(hunks, ['theirs', 'mine'])).toBe('甲\n乙对方\n丙\n丁\n戊')
    expect(merged(hunks, ['mine', 'theirs'])).toBe('甲\n乙我的\n丙\n丁')
    // Two lines side by side, each changed by itself, are two choices.
    const two = hunksOf('甲\n乙一\n乙二\n丁', '甲\n丙一\n丙二\n丁')
    expect(merged(two, ['theirs', 'mine'])).toBe('甲\n乙一\n丙二\n丁')
  })
  it('the same text leaves nothing to choose; texts with little in common are one choice', () => {
    expect(differing(hunksOf('甲\n乙', '甲\r\n乙'))).toEqual([])
    const long = (word: string, n: number) => Array.from({ length: n }, (_, i) => `${word}${i}`).join('\n')
    expect(differing(hunksOf(long('甲', 5_000), long('乙', 5_001)))).toHaveLength(1)
  })
})
