import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  addYears,
  assertPlainDate,
  CalendarError,
  compareDates,
  dateInShanghai,
  daysBetween,
  describeDay,
  endOfDayInstant,
  isPlainDate,
  startOfDayInstant,
  validityLastDay,
  weekday,
} from './index.ts'

const day = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9990-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('日期', () => {
  it.each([
    '2026-02-29',
    '2026-02-30',
    '2100-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-04-31',
    '0000-01-01',
    '2026-1-1',
    '26-01-01',
    '2026/01/01',
    '20260101',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '２０２６-01-01',
    '',
    'today',
    null,
    undefined,
    20260101,
    new Date('2026-01-01T00:00:00Z'),
  ])('拒绝“%s”', (value) => {
    expect(isPlainDate(value)).toBe(false)
    expect(() => assertPlainDate(value)).toThrow(
      expect.objectContaining({ name: 'CalendarError', code: 'invalid_date' }),
    )
  })

  it.each(['2024-02-29', '2000-02-29', '2026-12-31', '0001-01-01', '9999-12-31'])('接受“%s”', (value) => {
    expect(isPlainDate(value)).toBe(true)
  })

  it('与 UTC 日期运算一致，从公元1年到9990年', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -3000, max: 3000 }), (date, n) => {
        const wanted = new Date(Date.parse(`${date}T00:00:00Z`) + n * 86_400_000).toISOString()
        fc.pre(/^\d{4}-/.test(wanted) && !wanted.startsWith('0000'))
        const later = addDays(date, n)
        expect(later).toBe(wanted.slice(0, 10))
        expect(daysBetween(date, later)).toBe(n)
        expect(compareDates(date, later)).toBe(Math.sign(-n) + 0)
        expect(weekday(later)).toBe(new Date(wanted).getUTCDay() || 7)
      }),
      { numRuns: 2000 },
    )
  })

  it('超出公元1年至9999年或者天数不是整数时拒绝', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(CalendarError)
    expect(() => addDays('0001-01-01', -1)).toThrow(CalendarError)
    expect(() => addMonths('9999-12-31', 1)).toThrow(CalendarError)
    expect(() => addDays('2026-01-01', 1.5)).toThrow(CalendarError)
    expect(() => addDays('2026-01-01', Number.NaN)).toThrow(CalendarError)
  })

  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2025-01-31', 1, '2025-02-28'],
    ['2024-02-29', 1, '2024-03-29'],
    ['2026-08-31', 1, '2026-09-30'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-05-20', 0, '2026-05-20'],
  ])('民法典202：%s 起 %i 个月至 %s', (start, months, wanted) => {
    expect(addMonths(start, months)).toBe(wanted)
  })

  it('民法典202：2月29日起一年至次年2月28日，四年至2月29日', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
  })

  it.each([
    ['2026-01-01', 5, '2030-12-31'],
    ['2026-09-15', 2, '2028-09-14'],
    ['2024-02-29', 5, '2029-02-28'],
    ['2024-02-29', 4, '2028-02-28'],
    ['2025-03-01', 3, '2028-02-29'],
    ['2025-03-01', 2, '2027-02-28'],
  ])('自 %s 施行、有效期%i年，最后一日是 %s', (start, years, wanted) => {
    expect(validityLastDay(start, years)).toBe(wanted)
  })

  it('有效期须为正整数年', () => {
    expect(() => validityLastDay('2026-01-01', 0)).toThrow(CalendarError)
    expect(() => validityLastDay('2026-01-01', 2.5)).toThrow(CalendarError)
  })

  it('写出年月日和星期', () => {
    expect(describeDay('2025-10-27')).toBe('2025年10月27日（星期一）')
    expect(describeDay('2026-09-20')).toBe('2026年9月20日（星期日）')
  })
})

describe('时刻', () => {
  it.each([
    ['2026-01-01T00:00:00+08:00', '2026-01-01'],
    ['2025-12-31T15:59:59.999Z', '2025-12-31'],
    ['2025-12-31T16:00:00Z', '2026-01-01'],
    ['2025-12-31T11:00:00-05:00', '2026-01-01'],
    ['2026-01-01T05:29:00+05:30', '2026-01-01'],
    ['2026-02-28 16:00:00.123+00', '2026-03-01'],
    ['2026-06-30T23:59:60Z', '2026-07-01'],
  ])('%s 在北京时间是 %s', (instant, wanted) => {
    expect(dateInShanghai(instant)).toBe(wanted)
  })

  it.each([
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-02-30T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01T10:60:00Z',
    '',
    '昨天',
  ])('拒绝“%s”', (instant) => {
    expect(() => dateInShanghai(instant)).toThrow(expect.objectContaining({ code: 'invalid_instant' }))
  })

  it('1992年以前有过夏令时，不予换算', () => {
    expect(() => dateInShanghai('1991-07-01T00:00:00Z')).toThrow(expect.objectContaining({ code: 'out_of_range' }))
  })

  it('与系统的 Asia/Shanghai 时区数据一致', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
    const instant = fc.date({
      min: new Date('1992-01-02T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(instant, (date) => {
        expect(dateInShanghai(date.toISOString())).toBe(shanghai.format(date))
      }),
    )
  })

  it('一日从北京时间0时到24时', () => {
    expect(startOfDayInstant('2026-12-31')).toBe('2026-12-31T00:00:00+08:00')
    expect(endOfDayInstant('2026-12-31')).toBe('2027-01-01T00:00:00+08:00')
    expect(dateInShanghai(startOfDayInstant('2026-12-31'))).toBe('2026-12-31')
    expect(() => startOfDayInstant('2026-02-30')).toThrow(CalendarError)
  })
})
