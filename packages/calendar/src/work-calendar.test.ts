import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  baselineYears,
  type CalendarData,
  CalendarError,
  changedDays,
  createCalendar,
  daysBetween,
  type Notice,
  ningxiaOverlay,
  type Pause,
  type PeriodRequest,
  type Unit,
} from './index.ts'

const national: CalendarData = { jurisdiction: '全国', notices: [], overlay: [] }
const calendar = createCalendar(national)
const ningxia = createCalendar({
  jurisdiction: '宁夏/中卫/海原县',
  notices: [],
  overlay: ningxiaOverlay,
  overlayExpectedFrom: 2019,
  overlayNames: ['开斋节', '古尔邦节'],
})
const notice2027: Notice = {
  year: 2027,
  source: '测试用2027年放假通知',
  days: [
    { date: '2027-01-01', kind: 'off', name: '元旦', source: '测试用2027年放假通知' },
    { date: '2027-01-02', kind: 'work', name: '元旦', source: '测试用2027年放假通知' },
  ],
}

const period = (start: string, amount: number, unit: Unit, more: Partial<PeriodRequest> = {}): PeriodRequest => ({
  start,
  amount,
  unit,
  mode: 'deadline',
  ...more,
})

const day = fc.integer({ min: 0, max: daysBetween('2004-01-01', '2030-12-31') }).map((n) => addDays('2004-01-01', n))
const anyUnit = fc.constantFrom<Unit>('working_day', 'calendar_day', 'month', 'year')
const amount = fc.integer({ min: 1, max: 40 })
const pauses = (start: string) =>
  fc.array(
    fc.tuple(fc.integer({ min: -5, max: 60 }), fc.integer({ min: 0, max: 20 })).map(([offset, length]): Pause => {
      const from = addDays(start, offset)
      return { from, to: addDays(from, length), reason: '补正材料' }
    }),
    { maxLength: 3 },
  )
const request = fc.tuple(day, amount, anyUnit, fc.constantFrom('deadline', 'minimum')).chain(([start, n, unit, mode]) =>
  pauses(start).map(
    (list): PeriodRequest => ({
      start,
      amount: unit === 'year' ? Math.min(n, 3) : n,
      unit,
      mode: mode === 'minimum' ? 'minimum' : 'deadline',
      pauses: list,
    }),
  ),
)

describe('工作日', () => {
  it.each([
    ['2025-09-28', true, 'makeup_workday', '调休上班（国庆节，周日）'],
    ['2025-10-01', false, 'holiday', '国庆节放假'],
    ['2025-10-08', false, 'holiday', '国庆节放假'],
    ['2025-10-11', true, 'makeup_workday', '调休上班（国庆节，周六）'],
    ['2025-10-12', false, 'weekend', '周日'],
    ['2026-09-18', true, 'workday', '工作日'],
    ['2026-09-20', true, 'makeup_workday', '调休上班（国庆节，周日）'],
    ['2026-10-10', true, 'makeup_workday', '调休上班（国庆节，周六）'],
    ['2020-01-31', false, 'holiday', '春节放假'],
    ['2020-02-03', true, 'workday', '工作日'],
  ])('%s：%s（%s）', (date, workday, kind, reason) => {
    expect(calendar.isWorkday(date)).toMatchObject({ date, workday, kind, reason, provisional: false })
  })

  it('节假日带通知名称，跨年的元旦假期属于次年的通知', () => {
    expect(calendar.isWorkday('2026-10-01').source).toBe('国务院办公厅关于2026年部分节假日安排的通知')
    expect(calendar.isWorkday('2022-12-31')).toMatchObject({
      workday: false,
      source: '国务院办公厅关于2023年部分节假日安排的通知',
    })
  })

  it('宁夏的开斋节、古尔邦节只在宁夏放假', () => {
    for (const { date, name } of ningxiaOverlay) {
      expect(ningxia.isWorkday(date)).toMatchObject({
        workday: false,
        kind: 'local_holiday',
        reason: `${name}（宁夏）`,
      })
      expect(calendar.isWorkday(date).workday).toBe(true)
    }
    expect(ningxiaOverlay).toHaveLength(12)
  })

  it('本地节日未录入的年份只作说明，不算暂定', () => {
    expect(ningxia.isWorkday('2021-03-01').assumption).toBeUndefined()
    expect(ningxia.isWorkday('2026-03-02')).toMatchObject({
      provisional: false,
      assumption: '2026年本地节日（开斋节、古尔邦节）未录入，暂未扣除',
    })
    const answer = ningxia.explain(period('2026-03-02', 7, 'working_day'))
    expect(answer).toMatchObject({ provisional: false, overlayMissingYears: [2026] })
    expect(answer.assumption).toContain('本地节日')
    const entered = createCalendar({ ...ningxia.data, overlayEnteredYears: [2026] })
    expect(entered.explain(period('2026-03-02', 7, 'working_day')).assumption).toBeUndefined()
    expect([ningxia.missingLocal(2026), entered.missingLocal(2026), calendar.missingLocal(2026)]).toEqual([
      ['开斋节', '古尔邦节'],
      [],
      [],
    ])
  })

  it('下一个工作日不含当日，当日或者其后的工作日含当日', () => {
    expect(calendar.nextWorkday('2025-09-30')).toBe('2025-10-09')
    expect(calendar.nextWorkday('2025-10-10')).toBe('2025-10-11')
    expect(calendar.workdayOnOrAfter('2025-10-10')).toBe('2025-10-10')
    expect(calendar.workdayOnOrAfter('2025-10-01')).toBe('2025-10-09')
  })

  it('两日之间的工作日数不含前一日、含后一日，与逐日计数一致', () => {
    expect(calendar.workdaysBetween('2025-09-25', '2025-10-11')).toBe(7)
    fc.assert(
      fc.property(day, amount, (start, n) => {
        const { due } = calendar.explain(period(start, n, 'working_day'))
        expect(calendar.workdaysBetween(start, due)).toBe(n)
        expect(calendar.workdaysBetween(due, start)).toBe(-n)
      }),
    )
  })
})

describe('期限', () => {
  it('场景3：30日从2025-09-25起，第30日是周六，顺延到2025-10-27周一，26日的意见仍然有效', () => {
    const answer = calendar.explain(period('2025-09-25', 30, 'calendar_day', { mode: 'minimum' }))
    expect(answer).toMatchObject({
      rawDue: '2025-10-25',
      due: '2025-10-27',
      rolled: true,
      provisional: false,
      endsAt: '2025-10-28T00:00:00+08:00',
    })
    expect(answer.trace.slice(-3).map(({ date, kind, reason, index }) => ({ date, kind, reason, index }))).toEqual([
      { date: '2025-10-25', kind: 'counted', reason: '周六', index: 30 },
      { date: '2025-10-26', kind: 'rolled', reason: '顺延：周日', index: undefined },
      { date: '2025-10-27', kind: 'rolled', reason: '顺延至首个工作日', index: undefined },
    ])
    expect(answer.trace[0]).toEqual({ date: '2025-09-25', counted: false, kind: 'start', reason: '起算日不计入' })
  })

  it('场景5：2027年放假安排没有公布时是暂定的，载入通知后重新计算', () => {
    const ask = period('2026-12-25', 7, 'working_day')
    expect(calendar.explain(ask)).toMatchObject({
      due: '2027-01-06',
      provisional: true,
      assumption:
        '2027年放假安排尚未公布：法定节日依《全国年节及纪念日放假办法》已扣除，调休、补假待通知公布，其余暂按周一至周五为工作日计算',
      unannouncedYears: [2027],
    })
    expect(calendar.provisionalFrom).toBe('2027-01-01')
    const loaded = createCalendar({ ...national, notices: [notice2027] })
    expect(loaded.provisionalFrom).toBe('2028-01-01')
    const answer = loaded.explain(ask)
    expect(answer).toMatchObject({ due: '2027-01-05', provisional: false })
    expect(answer.assumption).toBeUndefined()
    expect(answer.trace.find(({ date }) => date === '2027-01-01')).toMatchObject({
      kind: 'skipped',
      reason: '元旦放假',
    })
    expect(answer.trace.find(({ date }) => date === '2027-01-02')).toMatchObject({ kind: 'counted', index: 5 })
    expect(loaded.explain(period('2026-12-25', 5, 'working_day')).due).toBe('2027-01-02')
  })

  it('止于已公布年份的期限不是暂定的，跨进未公布年份的自然日期限是暂定的', () => {
    expect(calendar.explain(period('2026-12-22', 7, 'working_day'))).toMatchObject({
      due: '2026-12-31',
      provisional: false,
    })
    expect(calendar.explain(period('2026-12-01', 30, 'calendar_day'))).toMatchObject({
      due: '2026-12-31',
      provisional: false,
    })
    expect(calendar.explain(period('2026-12-10', 30, 'calendar_day'))).toMatchObject({
      rawDue: '2027-01-09',
      provisional: true,
    })
  })

  it('只修改个别日子的通知不使全年成为已公布', () => {
    const amended = createCalendar({ ...national, notices: [{ ...notice2027, amends: true }] })
    expect(amended.isAnnounced(2027)).toBe(false)
    expect(amended.isWorkday('2027-01-01')).toMatchObject({ workday: false, provisional: false })
    expect(amended.isWorkday('2027-01-04')).toMatchObject({ workday: true, provisional: true })
  })

  it('后来的通知逐日改变已经公布的安排，本地安排又在通知之上', () => {
    const extension: Notice = {
      year: 2026,
      source: '测试用延长假期通知',
      amends: true,
      days: [{ date: '2026-02-24', kind: 'off', name: '春节', source: '测试用延长假期通知' }],
    }
    const recall: Notice = {
      year: 2026,
      source: '测试用恢复上班通知',
      amends: true,
      days: [{ date: '2026-02-24', kind: 'work', name: '春节', source: '测试用恢复上班通知' }],
    }
    const extended = createCalendar({ ...national, notices: [extension] })
    expect(extended.isWorkday('2026-02-24')).toMatchObject({ workday: false, source: '测试用延长假期通知' })
    expect(extended.nextWorkday('2026-02-14')).toBe('2026-02-25')
    const recalled = createCalendar({ ...national, notices: [extension, recall] })
    expect(recalled.isWorkday('2026-02-24')).toMatchObject({ workday: true, reason: '正常上班' })
    const local = createCalendar({
      ...recalled.data,
      overlay: [{ date: '2026-02-24', kind: 'off', name: '本地节日', source: '测试用本地通知' }],
    })
    expect(local.isWorkday('2026-02-24')).toMatchObject({ workday: false, reason: '本地节日（全国）' })
    expect(changedDays(calendar, extended, '2026-01-01', '2026-12-31')).toEqual(['2026-02-24'])
  })

  it('按月、按年计算的期限止于对应日，没有对应日的止于月末，遇周末顺延', () => {
    expect(calendar.explain(period('2024-12-31', 2, 'month'))).toMatchObject({
      rawDue: '2025-02-28',
      due: '2025-02-28',
    })
    expect(calendar.explain(period('2024-02-29', 1, 'year'))).toMatchObject({ rawDue: '2025-02-28', rolled: false })
    expect(calendar.explain(period('2025-08-31', 1, 'month'))).toMatchObject({
      rawDue: '2025-09-30',
      due: '2025-09-30',
    })
    expect(calendar.explain(period('2025-09-01', 1, 'month'))).toMatchObject({
      rawDue: '2025-10-01',
      due: '2025-10-09',
    })
  })

  it('最后一日是调休上班的周日，不顺延', () => {
    expect(calendar.explain(period('2025-09-18', 10, 'calendar_day'))).toMatchObject({
      due: '2025-09-28',
      rolled: false,
    })
  })

  it('宁夏的7个工作日跳过开斋节', () => {
    const answer = ningxia.explain(period('2020-05-22', 3, 'working_day'))
    expect(answer.due).toBe('2020-05-29')
    expect(answer.trace.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'start 起算日不计入',
      'skipped 周六',
      'skipped 周日',
      'skipped 开斋节（宁夏）',
      'skipped 开斋节（宁夏）',
      'counted 工作日',
      'counted 工作日',
      'counted 工作日',
    ])
    expect(calendar.explain(period('2020-05-22', 3, 'working_day')).due).toBe('2020-05-27')
  })

  it('中止的首日和恢复日都不计入，次日接着算', () => {
    const answer = calendar.explain(
      period('2026-03-02', 5, 'working_day', {
        pauses: [{ from: '2026-03-04', to: '2026-03-10', reason: '补正材料' }],
      }),
    )
    expect(answer.due).toBe('2026-03-16')
    expect(answer.trace.filter(({ kind }) => kind === 'paused').map(({ date }) => date)).toEqual([
      '2026-03-04',
      '2026-03-05',
      '2026-03-06',
      '2026-03-07',
      '2026-03-08',
      '2026-03-09',
      '2026-03-10',
    ])
    expect(answer.trace.find(({ kind }) => kind === 'paused')?.reason).toBe('中止：补正材料')
  })

  it('没有恢复的中止给出暂定答复', () => {
    const ask = period('2026-03-02', 5, 'working_day', {
      pauses: [{ from: '2026-03-04', to: null, reason: '补正材料' }],
    })
    expect(calendar.explain(ask)).toMatchObject({ due: '2026-03-10', provisional: true, suspended: true })
    expect(calendar.explain({ ...ask, asOf: '2026-03-10' })).toMatchObject({
      due: '2026-03-16',
      suspended: true,
      assumption: '期限中止尚未恢复，暂按2026-03-10恢复计算',
    })
  })

  it('零日的期限止于起算日', () => {
    expect(calendar.explain(period('2026-03-07', 0, 'working_day'))).toMatchObject({ due: '2026-03-07', rolled: false })
    expect(calendar.explain(period('2026-03-07', 0, 'calendar_day'))).toMatchObject({
      due: '2026-03-07',
      rolled: false,
    })
  })

  it.each([
    [period('2026-02-30', 7, 'working_day'), 'invalid_date'],
    [period('2026-3-1', 7, 'working_day'), 'invalid_date'],
    [period('2003-12-31', 7, 'working_day'), 'out_of_range'],
    [period('2026-03-02', -1, 'working_day'), 'invalid_amount'],
    [period('2026-03-02', 1.5, 'calendar_day'), 'invalid_amount'],
    [period('2026-03-02', Number.NaN, 'calendar_day'), 'invalid_amount'],
    [period('2026-03-02', 1_000_000, 'calendar_day'), 'too_long'],
    [period('2026-03-02', 101, 'year'), 'too_long'],
    [period('2026-03-02', 1, 'week' as Unit), 'invalid_unit'],
    [
      period('2026-03-02', 1, 'month', { pauses: [{ from: '2026-03-10', to: '2026-03-09', reason: '' }] }),
      'invalid_pause',
    ],
    [period('2026-03-02', 1, 'month', { pauses: [{ from: '2026-02-30', to: null, reason: '' }] }), 'invalid_date'],
  ])('拒绝 %j：%s', (ask, code) => {
    expect(() => calendar.explain(ask)).toThrow(expect.objectContaining({ name: 'CalendarError', code }))
  })

  it('拒绝无效的节假日数据', () => {
    const entry = { date: '2026-02-30', kind: 'off' as const, name: '某节', source: '某通知' }
    expect(() => createCalendar({ ...national, overlay: [entry] })).toThrow(CalendarError)
    expect(() => createCalendar({ ...national, notices: [{ year: 2026, source: '', days: [entry] }] })).toThrow(
      CalendarError,
    )
    expect(() => calendar.isWorkday('2026-02-30')).toThrow(CalendarError)
    expect(() => calendar.isWorkday(`${baselineYears.from - 1}-12-31`)).toThrow(CalendarError)
  })
})

describe('期限的性质', () => {
  it('逐日记录连续，从起算日到到期日；按日计算的，计入的天数等于期限', () => {
    fc.assert(
      fc.property(request, (ask) => {
        const { trace, due, rawDue, rolled } = calendar.explain(ask)
        expect(trace[0]).toMatchObject({ date: ask.start, kind: 'start', counted: false })
        expect(trace.at(-1)?.date).toBe(due)
        expect(trace.findIndex((item, index) => item.date !== addDays(ask.start, index))).toBe(-1)
        const counted = trace.filter((item) => item.counted)
        expect(counted.map((item) => item.index)).toEqual(counted.map((_, index) => index + 1))
        if (ask.unit === 'working_day' || ask.unit === 'calendar_day') expect(counted).toHaveLength(ask.amount)
        expect(due >= rawDue).toBe(true)
        expect(rolled).toBe(due !== rawDue)
      }),
      { numRuns: 400 },
    )
  })

  it('到期日总是工作日，工作日期限从不顺延', () => {
    fc.assert(
      fc.property(request, (ask) => {
        const { due, rolled } = calendar.explain(ask)
        expect(calendar.isWorkday(due).workday).toBe(true)
        if (ask.unit === 'working_day') expect(rolled).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it('最短期限从不缩短：没有中止时，自然日期限的到期日不早于起算日加天数，月年期限不早于对应日', () => {
    fc.assert(
      fc.property(day, amount, fc.constantFrom<Unit>('calendar_day', 'month', 'year'), (start, n, unit) => {
        const { due, rawDue } = calendar.explain(period(start, n, unit, { mode: 'minimum' }))
        const wanted = unit === 'calendar_day' ? addDays(start, n) : addMonths(start, unit === 'month' ? n : n * 12)
        expect(rawDue).toBe(wanted)
        expect(due >= wanted).toBe(true)
      }),
    )
  })

  it('期限越长、起算越晚，到期不会更早', () => {
    fc.assert(
      fc.property(day, amount, amount, anyUnit, fc.integer({ min: 0, max: 20 }), (start, a, b, unit, shift) => {
        const [short, long] = a <= b ? [a, b] : [b, a]
        const due = (from: string, n: number): string => calendar.explain(period(from, n, unit)).due
        expect(due(start, long) >= due(start, short)).toBe(true)
        expect(due(addDays(start, shift), short) >= due(start, short)).toBe(true)
      }),
    )
  })

  it('期限之内中止n个工作日，恰好推迟n个工作日', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 2, max: 20 }),
        fc.nat({ max: 18 }),
        fc.integer({ min: 1, max: 15 }),
        (start, n, at, lost) => {
          const plain = calendar.explain(period(start, n, 'working_day'))
          const counted = plain.trace.filter((item) => item.counted)
          const from = counted[at % n]?.date ?? plain.due
          const to = calendar.explain(period(addDays(from, -1), lost, 'working_day')).due
          const paused = calendar.explain(period(start, n, 'working_day', { pauses: [{ from, to, reason: '补正' }] }))
          expect(calendar.workdaysBetween(plain.due, paused.due)).toBe(lost)
        },
      ),
    )
  })

  it('按自然日计算的，中止几日原到期日就推迟几日', () => {
    fc.assert(
      fc.property(day, amount, fc.nat({ max: 30 }), fc.nat({ max: 20 }), (start, n, at, length) => {
        const from = addDays(start, 1 + (at % n))
        const pause = { from, to: addDays(from, length), reason: '补正' }
        const { rawDue } = calendar.explain(period(start, n, 'calendar_day', { pauses: [pause] }))
        expect(daysBetween(start, rawDue)).toBe(n + length + 1)
      }),
    )
  })

  it('答复只由请求决定，不是暂定的答复不因载入更晚年份的通知而改变', () => {
    const loaded = createCalendar({ ...national, notices: [notice2027] })
    fc.assert(
      fc.property(request, (ask) => {
        const answer = calendar.explain(ask)
        expect(calendar.explain(ask)).toEqual(answer)
        if (!answer.provisional) expect(loaded.explain(ask)).toEqual({ ...answer, trace: loaded.explain(ask).trace })
      }),
    )
  })
})
