import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  changeStatus,
  explainGaps,
  NumberingError,
  type NumberStatus,
  nextInSeries,
  numberingYear,
  type SeriesEntry,
  type SeriesState,
} from './index.ts'

const entry = (seq: number, status: NumberStatus, year = 2026): SeriesEntry => ({
  series: '海政规发',
  year,
  seq,
  status,
})
const issued: NumberStatus = { kind: 'issued', documentId: 'd1' }
const voided: NumberStatus = { kind: 'void', reason: '印发前撤回签发稿', approver: '办公室主任' }

describe('编号序列', () => {
  it('每年从1开始的序列，换年重新起号，回到旧年接着旧年', () => {
    let state: SeriesState = { resetYearly: true, years: {} }
    const taken: Array<[number, number]> = []
    for (const year of [2025, 2025, 2026, 2025, 2026]) {
      const next = nextInSeries(state, year)
      state = next.state
      taken.push([next.year, next.seq])
    }
    expect(taken).toEqual([
      [2025, 1],
      [2025, 2],
      [2026, 1],
      [2025, 3],
      [2026, 2],
    ])
  })

  it('令号跨年连续', () => {
    expect(nextInSeries({ resetYearly: false, years: { 2020: 350, 2021: 351 } }, 2026)).toMatchObject({ seq: 352 })
  })

  it('连续取号得到没有缺口、没有重复的 1…n', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.integer({ min: 2024, max: 2027 }), { maxLength: 60 }),
        (resetYearly, years) => {
          let state: SeriesState = { resetYearly, years: {} }
          const entries = years.map((year) => {
            const next = nextInSeries(state, year)
            state = next.state
            return entry(next.seq, issued, year)
          })
          const accounts = explainGaps(entries, { continuing: resetYearly ? [] : ['海政规发'] })
          expect(accounts.every((account) => account.isComplete)).toBe(true)
          expect(accounts.reduce((sum, account) => sum + account.rows.length, 0)).toBe(years.length)
        },
      ),
    )
  })

  it('不改动传入的状态，拒绝无效的年份、末号和已满的序列', () => {
    const state = Object.freeze({ resetYearly: true, years: Object.freeze({ 2026: 5 }) })
    expect(nextInSeries(state, 2026).seq).toBe(6)
    expect(state.years[2026]).toBe(5)
    expect(() => nextInSeries(state, 26)).toThrow(NumberingError)
    expect(() => nextInSeries({ resetYearly: true, years: { 2026: -1 } }, 2026)).toThrow(NumberingError)
    expect(() => nextInSeries({ resetYearly: true, years: { 2026: 99_999 } }, 2026)).toThrow(NumberingError)
  })
})

describe('跨年登记', () => {
  it('12月31日成文、1月登记的文件，按配置取年份并提示', () => {
    const dates = { adoptionDate: '2025-12-31', registrationDate: '2026-01-04' }
    expect(numberingYear(dates, 'registration_year')).toMatchObject({
      year: 2026,
      warning: expect.stringContaining('成文日期不变'),
    })
    expect(numberingYear(dates, 'adoption_year').year).toBe(2025)
    expect(numberingYear({ ...dates, registrationDate: '2025-12-31' }, 'registration_year').warning).toBeNull()
    expect(() => numberingYear({ ...dates, adoptionDate: '昨天' }, 'adoption_year')).toThrow(NumberingError)
  })
})

describe('缺号说明', () => {
  it('场景11：作废的13号留在目录里，有理由和批准人，序列完整', () => {
    const entries = Array.from({ length: 14 }, (_, index) => entry(index + 1, index === 12 ? voided : issued))
    const [account] = explainGaps(entries)
    expect(account).toMatchObject({ max: 14, unexplained: [], isComplete: true })
    expect(account?.rows[12]).toEqual({
      year: 2026,
      seq: 13,
      status: 'void',
      note: '作废：印发前撤回签发稿（批准人：办公室主任）',
    })
  })

  it('没有说明的缺号、重号、没有理由的作废、过期的预留都被指出', () => {
    const entries = [
      entry(1, issued),
      entry(3, issued),
      entry(4, issued),
      entry(4, issued),
      entry(5, { kind: 'void', reason: ' ', approver: '' }),
      entry(6, { kind: 'reserved', expiresOn: '2026-03-01' }),
      entry(7, { kind: 'reserved', expiresOn: '2026-03-02' }),
    ]
    const [account] = explainGaps(entries, { today: '2026-03-02' })
    expect(account?.unexplained).toEqual([2])
    expect(account?.rows.map((row) => [row.seq, row.fault])).toEqual([
      [1, undefined],
      [2, 'unexplained_gap'],
      [3, undefined],
      [4, 'duplicate'],
      [4, 'duplicate'],
      [5, 'void_without_reason'],
      [6, 'reservation_expired'],
      [7, undefined],
    ])
    expect(account?.isComplete).toBe(false)
  })

  it('每个号从1到最大号都有一行，去掉哪些号就指出哪些号', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 80 }), { minLength: 1 }), (seqs) => {
        const [account] = explainGaps(seqs.map((seq) => entry(seq, issued)))
        const max = Math.max(...seqs)
        expect(account?.rows.map((row) => row.seq)).toEqual(Array.from({ length: max }, (_, index) => index + 1))
        expect(account?.unexplained.length).toBe(max - seqs.length)
        expect(account?.unexplained.some((seq) => seqs.includes(seq))).toBe(false)
      }),
    )
  })

  it('序列与年份分开说明', () => {
    const accounts = explainGaps([
      entry(1, issued, 2026),
      entry(1, issued, 2025),
      { ...entry(1, issued), series: '海政办规发' },
    ])
    expect(accounts.map((account) => [account.series, account.year])).toEqual([
      ['海政办规发', 2026],
      ['海政规发', 2025],
      ['海政规发', 2026],
    ])
  })
})

describe('一个号的经历', () => {
  it('预留的号可以使用，过期作废，作废的号不再使用', () => {
    const reserved: NumberStatus = { kind: 'reserved', expiresOn: '2026-03-01', documentId: 'd1' }
    expect(changeStatus(reserved, { kind: 'issue', documentId: 'd1' })).toEqual({ kind: 'issued', documentId: 'd1' })
    expect(() => changeStatus(reserved, { kind: 'issue', documentId: 'd2' })).toThrow('另一份文件')
    expect(changeStatus(reserved, { kind: 'expire', today: '2026-03-01' })).toEqual(reserved)
    const expired = changeStatus(reserved, { kind: 'expire', today: '2026-03-02' })
    expect(expired).toMatchObject({ kind: 'void', approver: '系统' })
    expect(() => changeStatus(expired, { kind: 'issue', documentId: 'd1' })).toThrow(NumberingError)
  })

  it('场景11：公布之前可以作废，公布之后只能撤销或者废止', () => {
    const action = { kind: 'void', reason: '撤回', approver: '办公室主任', voidedAt: '2026-03-02' } as const
    expect(changeStatus(issued, action)).toMatchObject({ kind: 'void', reason: '撤回' })
    const published = changeStatus(issued, { kind: 'publish' })
    expect(() => changeStatus(published, action)).toThrow('撤销或者废止')
    expect(() => changeStatus(issued, { ...action, reason: ' ' })).toThrow('理由和批准人')
    expect(() => changeStatus(voided, { kind: 'publish' })).toThrow(NumberingError)
  })
})
