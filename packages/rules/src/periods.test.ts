import { addDays, type PlainDate } from '@dianzhang/calendar'
import { packs } from '@dianzhang/packs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exampleFacts } from './example-facts.ts'
import type { Facts } from './facts.ts'
import { classified, onDay, withDossier } from './patch.ts'
import {
  type Clock,
  clocks,
  closingDay,
  consultationMinimum,
  createdOn,
  effectiveEarliest,
  evaluationDue,
  filingDue,
  interagencyDue,
  publicationDue,
  reviewWindow,
  shortenedFloor,
  validityEnd,
} from './periods.ts'
import { underReview, withReview } from './review-examples.ts'

const dates = fc.integer({ min: 0, max: 365 * 11 }).map((n): PlainDate => addDays('2015-01-05', n))
const flags = fc.record({ enterpriseRelated: fc.boolean(), majorDecision: fc.boolean() })
const find = (list: Clock[], key: string): Clock => {
  const found = list.find((c) => c.key === key)
  if (!found) throw new Error(`没有期限 ${key}：${list.map((c) => c.key).join('、')}`)
  return found
}

describe('缩短以后的底线', () => {
  it('本地条文写了的从其规定，长短都是；没有写的才用外地通行的', () => {
    const f = onDay(exampleFacts(), '2026-11-02')
    const under = (days: number | null): Facts => ({
      ...f,
      pack: {
        ...f.pack,
        consultation: {
          ...f.pack.consultation,
          shortenedMinimum: { ...f.pack.consultation.shortenedMinimum, value: days, unit: 'calendar_day' },
        },
      },
    })
    expect(shortenedFloor(under(3), '2026-11-02')?.due).toBe('2026-11-05')
    expect(shortenedFloor(under(10), '2026-11-02')?.due).toBe('2026-11-12')
    expect(shortenedFloor(under(null), '2026-11-02')?.due).toBe('2026-11-09')
  })
})

describe('公开征求意见最低期限', () => {
  it('总是各项最低期限中最晚的一日，且该日是工作日', () => {
    fc.assert(
      fc.property(dates, flags, fc.constantFrom(...packs), (opensOn, flag, pack) => {
        const f: Facts = { ...classified(exampleFacts(), flag), pack }
        const minimum = consultationMinimum(f, opensOn)
        expect(minimum.all.length).toBe(1 + Number(flag.enterpriseRelated) + Number(flag.majorDecision))
        for (const each of minimum.all) expect(each.answer.due <= minimum.due).toBe(true)
        expect(
          minimum.all.some((each) => each.answer.due === minimum.due && each.param === minimum.decisive.param),
        ).toBe(true)
        expect(f.calendar.isWorkday(minimum.due).workday).toBe(true)
        expect(minimum.due > opensOn).toBe(true)
      }),
    )
  })

  it('标志越多期限不越短；公告越晚截止不越早', () => {
    fc.assert(
      fc.property(dates, flags, (opensOn, flag) => {
        const some = consultationMinimum(classified(exampleFacts(), flag), opensOn)
        const all = consultationMinimum(
          classified(exampleFacts(), { enterpriseRelated: true, majorDecision: true }),
          opensOn,
        )
        expect(all.due >= some.due).toBe(true)
        expect(consultationMinimum(classified(exampleFacts(), flag), addDays(opensOn, 1)).due >= some.due).toBe(true)
      }),
    )
  })

  it('过程中计入的日数等于参数的数值', () => {
    fc.assert(
      fc.property(dates, (opensOn) => {
        const f = classified(exampleFacts(), { enterpriseRelated: true, majorDecision: false })
        for (const { param, answer } of consultationMinimum(f, opensOn).all) {
          expect(answer.trace.filter((t) => t.counted)).toHaveLength(param.value)
        }
      }),
    )
  })
})

describe('截止时刻所指的日期', () => {
  it.each([
    ['2025-10-27', '2025-10-27'],
    ['2025-10-28T00:00:00+08:00', '2025-10-27'],
    ['2025-10-27T16:00:00Z', '2025-10-27'],
    ['2025-10-27T16:00:00.001Z', '2025-10-28'],
    ['2025-10-27T18:00:00+08:00', '2025-10-27'],
  ])('%s 属于 %s', (at, date) => expect(closingDay(at)).toBe(date))

  it.each([['2025-10-27T18:00:00'], ['2025-02-30'], ['明天'], [20251027], [null], [undefined]])('%s 不可识别', (at) =>
    expect(closingDay(at)).toBeNull(),
  )
})

describe('合法性审核期限', () => {
  it('最短不晚于最长；补充材料多停一日，期限不提前', () => {
    fc.assert(
      fc.property(
        dates,
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 0, max: 20 }),
        fc.boolean(),
        (acceptedOn, after, length, majorDecision) => {
          const base = withReview(underReview(classified(exampleFacts(), { majorDecision })), { acceptedOn })
          const from = addDays(acceptedOn, after)
          const paused = withReview(base, { pauses: [{ from, to: addDays(from, length), reason: '补充材料' }] })
          const [plain, late] = [reviewWindow(base), reviewWindow(paused)]
          if (!plain?.minimum || !plain.maximum || !late?.minimum || !late.maximum) throw new Error('没有期限')
          expect(plain.minimum.due <= plain.maximum.due).toBe(true)
          expect(late.minimum.due >= plain.minimum.due).toBe(true)
          expect(late.maximum.due >= plain.maximum.due).toBe(true)
          expect(base.calendar.workdaysBetween(acceptedOn, plain.maximum.due)).toBe(base.pack.review.maximum.value)
        },
      ),
    )
  })

  it('受理之日不计入，跨劳动节：4月28日受理，7个工作日到5月11日（其间5月9日调休上班）', () => {
    const window = reviewWindow(exampleFacts())
    expect(window?.minimum?.due).toBe('2026-05-11')
    expect(window?.minimum?.trace.some((t) => t.reason.includes('劳动节'))).toBe(true)
    expect(window?.maximum?.due).toBe('2026-05-21')
  })

  it('尚未受理没有期限；紧急情形放宽时限', () => {
    expect(reviewWindow(withReview(exampleFacts(), { acceptedAt: null, acceptedOn: null }))).toBeNull()
    const emergency = { ground: '防汛抢险', approver: '县政府主要负责人' }
    expect(reviewWindow(classified(exampleFacts(), { emergency }))).toEqual({
      minimum: null,
      maximum: null,
      liftedByEmergency: true,
    })
  })

  it('尚未补齐材料的，暂按今天恢复计算，并标明暂定', () => {
    const f = onDay(
      withReview(underReview(exampleFacts()), { pauses: [{ from: '2026-04-30', to: null, reason: '补充材料' }] }),
      '2026-05-20',
    )
    const window = reviewWindow(f)
    expect(window?.minimum?.provisional).toBe(true)
    expect((window?.minimum?.due ?? '') > '2026-05-20').toBe(true)
  })
})

describe('施行日与有效期', () => {
  it('公布当日不计入，“30日后”是第31日，遇节假日不顺延', () => {
    fc.assert(
      fc.property(dates, (publishedOn) => {
        const f = exampleFacts()
        expect(effectiveEarliest(f, publishedOn).due).toBe(
          addDays(publishedOn, f.pack.effective.minimumDelay.value + 1),
        )
      }),
    )
  })

  it.each([
    ['2026-01-01', { years: 5 }, '2030-12-31'],
    ['2022-01-01', { years: 5 }, '2026-12-31'],
    ['2024-02-29', { years: 5 }, '2029-02-28'],
    ['2026-07-01', { until: '2027-06-30' }, '2027-06-30'],
  ])('%s 施行、%o：有效期至 %s', (from, validity, until) => expect(validityEnd(from, validity).due).toBe(until))

  it('有效期加一日恰为新的一轮：末日次日再计 N 年，末日不早于前一轮 N 年', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 1, max: 10 }), (from, years) => {
        const { due } = validityEnd(from, { years })
        expect(due > from).toBe(true)
        expect(validityEnd(addDays(due, 1), { years }).due > due).toBe(true)
      }),
    )
  })
})

describe('公布、备案、评估期限', () => {
  it('公布期限自成文日期起算；未全部签署的没有期限', () => {
    const f = exampleFacts()
    expect(createdOn(f.dossier)).toBe('2026-05-22')
    expect(publicationDue(f)?.due).toBe('2026-06-22')
    expect(createdOn(withDossier(f, { numbers: null }).dossier)).toBe('2026-05-22')
    expect(publicationDue(withDossier(f, { numbers: null, issuers: ['hy-gov', 'hy-town-lijun'] }))).toBeNull()
  })

  it('备案期限按轨道；部门文件不向人大常委会报送', () => {
    const f = exampleFacts()
    expect(filingDue(f, 'government')?.due).toBe('2026-06-25')
    expect(filingDue(f, 'npc')?.due).toBe('2026-06-25')
    expect(filingDue(withDossier(f, { tier: 'department' }), 'npc')).toBeNull()
    expect(filingDue(withDossier(f, { publication: null }), 'npc')).toBeNull()
  })

  it('有效期届满前六个月启动评估', () => expect(evaluationDue(exampleFacts())?.due).toBe('2030-12-30'))

  it('部门答复期限依规则包', () => expect(interagencyDue(exampleFacts(), '2026-03-11').due).toBe('2026-03-20'))
})

describe('期限表', () => {
  it('合规案卷：征求意见、审核、公布均已了结，施行与届满待到期发出命令', () => {
    const list = clocks(exampleFacts())
    expect(list.map((c) => c.key)).toEqual([
      'interagency:hy-finance:1',
      'interagency:hy-market:1',
      'consultation:round-1',
      'feedback:round-1',
      'review-minimum:1',
      'review-maximum:1',
      'publication',
      'effective',
      'validity',
      'evaluation',
      'filing:government',
      'filing-check:government',
      'filing:npc',
      'filing-check:npc',
    ])
    expect(find(list, 'publication')).toMatchObject({
      status: 'met',
      metOn: '2026-05-26',
      dueOn: '2026-06-22',
      dueAt: '2026-06-23T00:00:00+08:00',
    })
    expect(find(list, 'effective')).toMatchObject({
      status: 'open',
      dueOn: '2026-07-01',
      dueAt: '2026-07-01T00:00:00+08:00',
      sends: 'TakeEffect',
    })
    expect(find(list, 'validity')).toMatchObject({ status: 'open', dueOn: '2031-06-30', sends: 'DeclareLapsed' })
    expect(find(list, 'consultation:round-1')).toMatchObject({
      status: 'met',
      metOn: '2026-04-13',
      dueOn: '2026-04-13',
    })
    expect(find(list, 'filing:npc')).toMatchObject({ status: 'met', metOn: '2026-06-02' })
    expect(find(list, 'filing-check:npc').status).toBe('open')
  })

  it('键互不相同，每项都有依据；开始不晚于到期', () => {
    for (const c of clocks(exampleFacts())) {
      expect(c.basis.length).toBeGreaterThan(0)
      expect(c.startsOn <= c.dueOn).toBe(true)
      expect(c.label).toMatch(/\p{Script=Han}{2,}/u)
    }
    const keys = clocks(exampleFacts()).map((c) => c.key)
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('征求意见的到期日是公告的承诺，过程列出依法最低期限', () => {
    const f = withDossier(exampleFacts(), (d) => ({
      consultations: d.consultations.map((r) => ({
        ...r,
        closedAt: null,
        closesOn: '2026-04-30',
        closesAt: '2026-05-01T00:00:00+08:00',
      })),
    }))
    const found = find(clocks(f), 'consultation:round-1')
    expect(found).toMatchObject({
      status: 'open',
      dueOn: '2026-04-30',
      dueAt: '2026-05-01T00:00:00+08:00',
      sends: 'CloseConsultation',
    })
    expect(found.trace.at(-1)?.date).toBe('2026-04-13')
  })

  it('补充材料期间审核期限停表，重新送审的旧期限作废', () => {
    const paused = withReview(underReview(exampleFacts()), {
      pauses: [{ from: '2026-05-06', to: null, reason: '补充材料' }],
    })
    expect(find(clocks(paused), 'review-maximum:1').status).toBe('paused')
    const again = withDossier(underReview(exampleFacts()), (d) => ({ reviewHistory: d.review ? [d.review] : [] }))
    expect(find(clocks(again), 'review-maximum:1').status).toBe('cancelled')
    expect(find(clocks(again), 'review-maximum:2').status).toBe('open')
  })

  it('记录开始施行以后施行期限了结；废止以后届满期限作废；宣布失效以后了结', () => {
    const taken = withDossier(exampleFacts(), (d) => ({
      publication: d.publication && { ...d.publication, tookEffectAt: '2026-07-01T00:00:05+08:00' },
    }))
    expect(find(clocks(taken), 'effective')).toMatchObject({ status: 'met', metOn: '2026-07-01' })
    const event = {
      on: '2026-06-20',
      reason: '任务完成',
      byDocument: null,
      decision: null,
      at: '2026-06-20T10:00:00+08:00',
    }
    const repealed = clocks(withDossier(exampleFacts(), { forceEvents: [{ kind: 'repealed', ...event }] }))
    expect(find(repealed, 'effective').status).toBe('cancelled')
    expect(find(repealed, 'validity').status).toBe('cancelled')
    const lapsed = clocks(withDossier(taken, { forceEvents: [{ kind: 'lapsed', ...event }] }))
    expect(find(lapsed, 'validity').status).toBe('met')
  })

  it('备案补正、登记、纠正依次起算各自的期限', () => {
    const at = (status: 'supplementing' | 'registered' | 'correction', extra: Record<string, string>) =>
      withDossier(exampleFacts(), (d) => {
        const filing = d.filings.government
        return filing
          ? {
              filings: {
                ...d.filings,
                government: {
                  ...filing,
                  status,
                  ...extra,
                  history: [...filing.history, { status, on: '2026-06-03', note: null }],
                },
              },
            }
          : {}
      })
    const supplementing = clocks(at('supplementing', { supplementRequestedOn: '2026-06-03' }))
    expect(find(supplementing, 'filing-supplement:government')).toMatchObject({ status: 'open', dueOn: '2026-06-15' })
    expect(find(supplementing, 'filing-check:government').status).toBe('met')
    const registered = clocks(at('registered', { registeredOn: '2026-06-03' }))
    expect(find(registered, 'filing-check:government')).toMatchObject({ status: 'met', metOn: '2026-06-03' })
    expect(find(registered, 'filing-review:government').status).toBe('open')
    const correction = clocks(at('correction', { registeredOn: '2026-06-03', correctionRequestedOn: '2026-06-03' }))
    expect(find(correction, 'filing-review:government').status).toBe('met')
    expect(find(correction, 'correction:government').status).toBe('open')
  })
})
