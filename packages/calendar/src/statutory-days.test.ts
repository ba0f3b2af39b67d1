import chineseDays from 'chinese-days'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, baselineYears, createCalendar, lastFestivalYear, ningxiaOverlay, statutoryDays } from './index.ts'

const { getLunarDate, getSolarTermDate } = chineseDays

const calendar = createCalendar({ jurisdiction: '全国', notices: [], overlay: [] })
const unannounced = fc.integer({ min: baselineYears.to + 1, max: lastFestivalYear })

describe('法定节日不待通知', () => {
  it('每年的法定节日，在国务院办公厅历年通知里无一例外都是放假', () => {
    for (let year: number = baselineYears.from; year <= baselineYears.to; year += 1)
      for (const day of statutoryDays(year))
        expect({ ...day, off: !calendar.isWorkday(day.date).workday }).toEqual({ ...day, off: true })
  })

  it('年表的农历节日与清明，和另一份独立的农历年表逐年一致', () => {
    const moon = (date: string) => {
      const { lunarMon, lunarDay, isLeap } = getLunarDate(date)
      return `${isLeap ? '闰' : ''}${lunarMon}月${lunarDay}日`
    }
    for (let year = 2025; year <= lastFestivalYear; year += 1) {
      const on = (name: string) =>
        statutoryDays(year)
          .filter((d) => d.name.split('、').includes(name))
          .map((d) => d.date)
      const [eve = '', first = ''] = on('春节')
      expect([year, moon(first), ...on('端午节').map(moon), ...on('中秋节').map(moon)]).toEqual([
        year,
        '1月1日',
        '5月5日',
        '8月15日',
      ])
      expect(moon(eve)).toMatch(/^12月(29|30)日$/)
      // That other source has its solar-term formula only up to 2099.
      if (year < 2100) expect(on('清明节')).toEqual([getSolarTermDate(year, 4, 'pure_brightness')])
    }
  })

  it('放假办法历次修改：1999年、2007年10日、11日，2013年11日，2024年起13日', () => {
    const count = (year: number) => statutoryDays(year).reduce((n, { name }) => n + name.split('、').length, 0)
    expect([2005, 2010, 2016, 2024, 2025, 2027, 2099].map(count)).toEqual([10, 11, 11, 11, 13, 13, 13])
    const dates = (year: number, name: string) =>
      statutoryDays(year)
        .filter((d) => d.name.includes(name))
        .map((d) => d.date)
    // “除夕” was a holiday from 2008 to 2013, not from 2014, and again from 2025.
    expect(dates(2013, '春节')).toEqual(['2013-02-09', '2013-02-10', '2013-02-11'])
    expect(dates(2014, '春节')).toEqual(['2014-01-31', '2014-02-01', '2014-02-02'])
    expect(dates(2025, '春节')).toEqual(['2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'])
    expect(dates(2024, '劳动节')).toEqual(['2024-05-01'])
    expect(dates(2027, '劳动节')).toEqual(['2027-05-01', '2027-05-02'])
  })

  it.each([
    ['2027-01-01', '元旦放假（法定节日）'],
    ['2027-02-05', '春节放假（法定节日）'],
    ['2027-02-06', '春节放假（法定节日）'],
    ['2027-02-08', '春节放假（法定节日）'],
    ['2027-04-05', '清明节放假（法定节日）'],
    ['2027-05-02', '劳动节放假（法定节日）'],
    ['2027-06-09', '端午节放假（法定节日）'],
    ['2027-09-15', '中秋节放假（法定节日）'],
    ['2027-10-01', '国庆节放假（法定节日）'],
    ['2028-10-03', '国庆节、中秋节放假（法定节日）'],
    ['2033-01-30', '春节放假（法定节日）'],
    ['2033-09-08', '中秋节放假（法定节日）'],
    ['2034-02-18', '春节放假（法定节日）'],
  ])('%s：%s，不是暂定', (date, reason) => {
    expect(calendar.isWorkday(date)).toMatchObject({ workday: false, kind: 'holiday', reason, provisional: false })
    expect(calendar.isWorkday(date).assumption).toBeUndefined()
    expect(calendar.isWorkday(date).source).toContain('全国年节及纪念日放假办法')
  })

  it.each(['2027-01-04', '2027-02-09', '2027-05-03', '2027-10-04', '2027-12-31'])(
    '%s不是法定节日：暂按工作日，注明调休待通知',
    (date) => {
      const answer = calendar.isWorkday(date)
      expect(answer).toMatchObject({ workday: true, provisional: true })
      expect(answer.assumption).toContain('2027年放假安排尚未公布')
      expect(answer.assumption).toContain('调休')
    },
  )

  it('任何没有通知的年份：法定节日都不计入工作日，其余的周一至周五都是暂定的工作日', () => {
    fc.assert(
      fc.property(unannounced, fc.nat({ max: 364 }), (year, n) => {
        const date = addDays(`${year}-01-01`, n)
        const statutory = statutoryDays(year).find((d) => d.date === date)
        const answer = calendar.isWorkday(date)
        if (statutory) expect(answer).toMatchObject({ workday: false, provisional: false })
        else expect(answer.provisional).toBe(true)
      }),
    )
  })

  it('任何跨过法定节日的工作日期间，都比只数周一至周五的长，且从不止于法定节日', () => {
    fc.assert(
      fc.property(unannounced, fc.nat({ max: 330 }), fc.integer({ min: 1, max: 30 }), (year, n, amount) => {
        const start = addDays(`${year}-01-01`, n)
        const { due, trace } = calendar.explain({ start, amount, unit: 'working_day', mode: 'minimum' })
        expect(statutoryDays(Number(due.slice(0, 4))).some((d) => d.date === due)).toBe(false)
        for (const day of trace.filter((t) => t.counted))
          expect(statutoryDays(Number(day.date.slice(0, 4))).map((d) => d.date)).not.toContain(day.date)
      }),
    )
  })

  it('30日的末日是法定节日的顺延到节后', () => {
    expect(calendar.explain({ start: '2027-09-01', amount: 30, unit: 'calendar_day', mode: 'deadline' })).toMatchObject(
      { rawDue: '2027-10-01', due: '2027-10-04', rolled: true, provisional: true },
    )
  })

  it('通知公布以后以通知为准：补假、调休逐日覆盖，法定节日仍是放假', () => {
    const source = '测试用2027年放假通知'
    const announced = createCalendar({
      ...calendar.data,
      notices: [
        {
          year: 2027,
          source,
          days: [
            { date: '2027-10-05', kind: 'off', name: '国庆节', source },
            { date: '2027-10-09', kind: 'work', name: '国庆节', source },
          ],
        },
      ],
    })
    expect(announced.isWorkday('2027-10-05')).toMatchObject({ workday: false, provisional: false })
    expect(announced.isWorkday('2027-10-09')).toMatchObject({ kind: 'makeup_workday' })
    // An incompletely entered notice does not turn a statutory holiday into a working day.
    expect(announced.isWorkday('2027-10-01')).toMatchObject({ workday: false, reason: '国庆节放假（法定节日）' })
  })

  it('宁夏的开斋节、古尔邦节随每年的本地通知，没有录入的只作说明', () => {
    const ningxia = createCalendar({
      jurisdiction: '宁夏',
      notices: [],
      overlay: ningxiaOverlay,
      overlayExpectedFrom: 2019,
      overlayNames: ['开斋节', '古尔邦节'],
    })
    const answer = ningxia.explain({ start: '2027-03-01', amount: 7, unit: 'working_day', mode: 'deadline' })
    expect(answer.assumption).toContain('2027年本地节日（开斋节、古尔邦节）未录入')
    expect(answer.overlayMissingYears).toEqual([2027])
  })

  it('年表止于2100年：此后只扣公历节日，并且说明', () => {
    expect(lastFestivalYear).toBe(2100)
    expect(statutoryDays(2101).map((d) => d.date)).toEqual([
      '2101-01-01',
      '2101-05-01',
      '2101-05-02',
      '2101-10-01',
      '2101-10-02',
      '2101-10-03',
    ])
    expect(calendar.isWorkday('2101-02-03').assumption).toContain('2101年的农历节日与清明未列入年表')
  })
})
