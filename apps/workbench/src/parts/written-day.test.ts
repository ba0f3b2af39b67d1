import { describe, expect, it } from 'vitest'
import { isWholeDay, writtenDay } from './written-day.ts'

describe('a day written by hand', () => {
  it.each([
    ['2026-12-15', '2026-12-15'],
    ['2026-2-3', '2026-02-03'],
    ['2026年12月5日', '2026-12-05'],
    ['２０２６年１２月５日', '2026-12-05'],
    [' 2026.12.5 ', '2026-12-05'],
    ['2026/12/25', '2026-12-25'],
    ['20261220', '2026-12-20'],
    ['2028-02-29', '2028-02-29'],
  ])('%s is %s', (text, day) => expect(writtenDay(text)).toBe(day))
  it.each(['2027-2-30', '2027-02-29', '2026-13-01', '2026-00-10', '2026-12-015', '明年', '99999-01-01', '12-15', ''])(
    '%s is no day',
    (text) => expect(writtenDay(text)).toBeNull(),
  )
  it('what may go on is not taken for whole', () => {
    expect(['2026-12-1', '2026年12月1', '2026-1', '2026-12-'].filter(isWholeDay)).toEqual([])
    expect(['2026-12-15', '2026年12月1日', '20261215', '2026-12-05'].filter((text) => !isWholeDay(text))).toEqual([])
  })
})
