import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type StatusFacts, standsOn, statusOn, timelineOf } from './status-on.ts'

const made = (overrides: Partial<StatusFacts> = {}): StatusFacts => ({
  origin: 'made',
  publishedOn: '2026-01-10',
  effectiveDate: '2026-03-01',
  validUntil: '2031-02-28',
  forceEvents: [],
  sourceStatus: null,
  recordedOn: '2026-01-10',
  ...overrides,
})
const imported = (sourceStatus: string | null, overrides: Partial<StatusFacts> = {}) =>
  made({ origin: 'imported', sourceStatus, validUntil: null, recordedOn: '2026-06-01', ...overrides })
const event = (kind: string, on: string) => ({ kind, on, reason: '县政府决定', byDocument: null })
const on = (facts: StatusFacts, ...dates: string[]) => dates.map((date) => statusOn(facts, date).status)

describe('某日的效力状态', () => {
  it('施行之前尚未施行，施行之日起现行有效，有效期最后一日仍然有效，次日失效', () => {
    expect(on(made(), '2026-01-01', '2026-02-28', '2026-03-01', '2031-02-28', '2031-03-01')).toEqual([
      'pending',
      'pending',
      'in_force',
      'in_force',
      'expired',
    ])
  })

  it('现行有效的说明写明起止日期', () => {
    expect(statusOn(made(), '2026-05-01').explanation).toBe('现行有效，自2026年3月1日起施行，至2031年2月28日止')
    expect(statusOn(made({ validUntil: null }), '2026-05-01').explanation).toBe('现行有效，自2026年3月1日起施行')
    expect(statusOn(made({ forceEvents: [event('repealed', '2027-01-01')] }), '2026-05-01')).toMatchObject({
      until: '2026-12-31',
      explanation: '现行有效，自2026年3月1日起施行，至2026年12月31日止',
    })
  })

  it('废止不溯及既往：废止之日起废止，此前仍然有效', () => {
    const facts = made({ forceEvents: [event('repealed', '2027-01-01')] })
    expect(on(facts, '2026-12-31', '2027-01-01')).toEqual(['in_force', 'repealed'])
  })

  it('撤销自始无效：不论所问何日都是已撤销', () => {
    const facts = made({ forceEvents: [event('annulled', '2027-01-01')] })
    expect(on(facts, '2026-02-01', '2026-05-01', '2027-01-01')).toEqual(['annulled', 'annulled', 'annulled'])
    expect(statusOn(facts, '2026-05-01').validity).toEqual({ code: '04', text: '已废止', note: '被撤销，自始无效' })
  })

  it('废止、宣布失效、有效期届满取最早的一个', () => {
    expect(on(made({ forceEvents: [event('repealed', '2032-01-01')] }), '2032-06-01')).toEqual(['expired'])
    expect(
      on(made({ forceEvents: [event('lapsed', '2028-01-01'), event('repealed', '2029-01-01')] }), '2030-01-01'),
    ).toEqual(['expired'])
    expect(on(made({ forceEvents: [event('repealed', '2031-03-01')] }), '2031-03-01')).toEqual(['repealed'])
  })

  it('停止执行期间不是现行有效，恢复之日起恢复；国标代码另加说明', () => {
    const facts = made({ forceEvents: [event('suspended', '2026-06-01'), event('resumed', '2026-09-01')] })
    expect(on(facts, '2026-05-31', '2026-06-01', '2026-08-31', '2026-09-01')).toEqual([
      'in_force',
      'suspended',
      'suspended',
      'in_force',
    ])
    const answer = statusOn(facts, '2026-07-01')
    expect(answer.until).toBe('2026-08-31')
    expect(answer.validity).toMatchObject({ code: '01', note: '已决定停止执行，不得按现行有效理解' })
  })

  it('被修改的旧文本自修改之日起为已修改', () => {
    const facts = made({ forceEvents: [event('amended', '2027-01-01')] })
    expect(on(facts, '2026-12-31', '2027-01-01')).toEqual(['in_force', 'amended'])
    expect(statusOn(facts, '2027-01-01').validity.code).toBe('03')
  })

  it('导入条目只转述来源，并写明未经本机关核实', () => {
    const answer = statusOn(imported('有效'), '2026-07-01')
    expect(answer).toMatchObject({ status: 'in_force', source: 'stated_by_source', label: '有效（来源自述）' })
    expect(answer.note).toContain('未经本机关核实')
  })

  it('来源称已废止或失效的绝不显示为现行有效；没有日期，导入以前的效力不能确定', () => {
    expect(on(imported('已废止或失效'), '2026-07-01', '2026-05-01', '2026-02-01')).toEqual([
      'repealed',
      'unknown',
      'pending',
    ])
    expect(statusOn(imported('已废止或失效'), '2026-07-01').label).toBe('已废止或失效（来源自述）')
    expect(on(imported('已修改'), '2026-07-01', '2026-05-01')).toEqual(['amended', 'unknown'])
  })

  it('来源没有载明或者写法不识的，效力未核实', () => {
    expect(statusOn(imported(null), '2026-07-01')).toMatchObject({ status: 'unknown', source: 'not_stated' })
    expect(statusOn(imported('部分有效'), '2026-07-01')).toMatchObject({
      status: 'unknown',
      source: 'stated_by_source',
    })
    expect(statusOn(imported(null), '2026-07-01').validity).toEqual({ code: null, text: null, note: '时效性未核实' })
  })

  it('本机关登记的效力事件优先于来源自述', () => {
    const facts = imported('有效', { forceEvents: [event('repealed', '2026-08-01')] })
    expect(statusOn(facts, '2026-08-01')).toMatchObject({ status: 'repealed', source: 'computed' })
    expect(statusOn(facts, '2026-07-31')).toMatchObject({ status: 'in_force', source: 'stated_by_source' })
  })

  it('时间线按日期先后列出成文、公布、施行与各项变动', () => {
    const facts = { ...made({ forceEvents: [event('suspended', '2026-06-01')] }), adoptionDate: '2026-01-05' }
    expect(timelineOf(facts).map((entry) => [entry.on, entry.label])).toEqual([
      ['2026-01-05', '成文'],
      ['2026-01-10', '公布'],
      ['2026-03-01', '施行'],
      ['2026-06-01', '停止执行'],
      ['2031-03-01', '有效期届满，失效'],
    ])
  })

  it('不要说明的算法与逐字说明的算法对任意的日期、变动、来源都一致', () => {
    const day = fc
      .integer({ min: 0, max: 1500 })
      .map((n) => new Date(Date.UTC(2025, 0, 1 + n)).toISOString().slice(0, 10))
    const change = fc.record({
      kind: fc.constantFrom('repealed', 'lapsed', 'amended', 'annulled', 'suspended', 'resumed', 'restored'),
      on: day,
      undoes: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
      provisions: fc.option(fc.constant(['第三条']), { nil: undefined }),
    })
    const facts = fc.record({
      origin: fc.constantFrom('made', 'imported'),
      publishedOn: fc.option(day),
      effectiveDate: fc.option(day),
      validUntil: fc.option(day),
      forceEvents: fc
        .array(change, { maxLength: 4 })
        .map((list) => list.map((x) => ({ ...x, reason: '清理', byDocument: null }))),
      sourceStatus: fc.option(fc.constantFrom('有效', '已废止', '失效', '已修改', '停止执行', '撤销', '不知所云')),
      recordedOn: day,
    })
    fc.assert(
      fc.property(facts, fc.array(day, { minLength: 1, maxLength: 6 }), (found, days) => {
        const stands = standsOn(found as StatusFacts)
        for (const date of days) {
          const { status } = statusOn(found as StatusFacts, date)
          expect(stands(date)).toBe(status === 'unknown' ? null : !['expired', 'repealed', 'annulled'].includes(status))
        }
      }),
      { numRuns: 3000 },
    )
  })
})
