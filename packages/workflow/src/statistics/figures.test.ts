// The figures: those of “乐清” and “衢江”, three numbers that always add up, rates over any history, a returned filing is none.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EntryFact, type Facts, type FilingFact, figuresOf, rateOf, threeNumbers, wordsOf } from './figures.ts'
import { compositeOf, type MakingFact, meanOf, scorecardOf } from './scorecard.ts'

const year = { from: '2020-01-01', to: '2020-12-31', asOf: '2021-01-31' }
const filing = (n: number, change: Partial<FilingFact> = {}): FilingFact => ({
  entry: `e-${n}`,
  title: `第${n}件`,
  issuer: '某局',
  track: 'government',
  publishedOn: '2020-03-02',
  dueOn: '2020-04-01',
  steps: [
    { kind: 'sent', on: '2020-03-10' },
    { kind: 'registered', on: '2020-03-12', due: '2020-03-17' },
    { kind: 'closed', on: '2020-04-10', due: '2020-05-12' },
  ],
  outcome: 'no_problem',
  ...change,
})
const figure = (facts: Facts, id: string) => {
  const found = figuresOf(facts).find((x) => x.id === id)
  if (!found) throw new Error(id)
  return found
}
const rate = (facts: Facts, id: string) => {
  const { numerator = [], denominator = [] } = figure(facts, id)
  return [numerator.length, denominator.length, rateOf(numerator.length, denominator.length)]
}

describe('备案的率', () => {
  it('乐清：审结三十八件，自行改正两件，纠错率百分之五点二六', () => {
    const filings = Array.from({ length: 38 }, (_, n) => filing(n, n < 2 ? { outcome: 'corrected' } : {}))
    expect(rate({ ...year, entries: [], filings }, 'correction-rate.government')).toEqual([2, 38, 5.26])
    expect(rate({ ...year, entries: [], filings }, 'filing-rate.government')).toEqual([38, 38, 100])
    expect(rate({ ...year, entries: [], filings }, 'correction-rate.npc')).toEqual([0, 0, null])
  })
  it('第三日退回、第二十日才重新报送的：已经报送，但不及时、不规范', () => {
    const late = filing(1, {
      dueOn: '2020-03-17',
      steps: [
        { kind: 'sent', on: '2020-03-04' },
        { kind: 'returned', on: '2020-03-05' },
        { kind: 'sent', on: '2020-03-22' },
        { kind: 'registered', on: '2020-03-23' },
      ],
    })
    const facts = { ...year, entries: [], filings: [late] }
    expect(rate(facts, 'filing-rate.government')).toEqual([1, 1, 100])
    expect(rate(facts, 'filing-in-time.government')).toEqual([0, 1, 0])
    expect(rate(facts, 'filing-regular.government')).toEqual([0, 1, 0])
  })
  it('材料不全而退回、在限期内重新报送的自首次报送之日算；限期已过、缘由不算的自重新报送之日算', () => {
    const again = (n: number, due: string | null, sentAgain: string) =>
      filing(n, {
        dueOn: '2020-03-17',
        steps: [
          { kind: 'sent', on: '2020-03-16' },
          { kind: 'returned', on: '2020-03-18', due },
          { kind: 'sent', on: sentAgain },
        ],
      })
    const counted = (list: FilingFact[]) =>
      rate({ ...year, entries: [], filings: list }, 'filing-in-time.government')?.slice(0, 2)
    expect(counted([again(1, '2020-04-02', '2020-04-02')])).toEqual([1, 1])
    expect(counted([again(1, '2020-04-02', '2020-04-03')])).toEqual([0, 1])
    expect(counted([again(1, null, '2020-03-20')])).toEqual([0, 1])
    // Returned once more, it starts anew; sent late the first time, it stays late.
    const twice = again(1, '2020-04-02', '2020-04-02')
    const thrice: FilingFact = {
      ...twice,
      steps: [...twice.steps, { kind: 'returned', on: '2020-04-05', due: null }, { kind: 'sent', on: '2020-04-06' }],
    }
    expect(counted([thrice])).toEqual([0, 1])
    expect(counted([{ ...twice, dueOn: '2020-03-15' }])).toEqual([0, 1])
  })
  it('没有报送而期限已过的算在分母里，没有届满的另计；不足五件的只说件数', () => {
    const filings = [filing(1, { steps: [] }), filing(2, { steps: [], dueOn: '2021-02-15' }), filing(3)]
    const facts = { ...year, entries: [], filings }
    expect(rate(facts, 'filing-rate.government')).toEqual([1, 2, 50])
    expect(figure(facts, 'filing-not-due.government').count).toHaveLength(1)
    expect(wordsOf(figure(facts, 'filing-rate.government'))).toBe('2件中1件')
  })
})

describe('三个数', () => {
  const entry = (n: number, publishedOn: string, spans: Array<[string, string | null]>): EntryFact => ({
    id: `e-${n}`,
    title: `第${n}件`,
    number: null,
    issuer: '某局',
    publishedOn,
    tier: null,
    recordedOn: publishedOn,
    changes: [],
    standsOn: (day) => spans.some(([from, to]) => day >= from && (to === null || day <= to)),
  })
  it('乐清：四百一十一件；衢江：一百三十八件，各项加总', () => {
    expect(206 + 7 + 22 + 126 + 50).toBe(411)
    const kept = Array.from({ length: 213 }, (_, n) => entry(n, '2015-01-01', [['2015-01-01', null]]))
    const gone = Array.from({ length: 198 }, (_, n) => entry(300 + n, '2015-01-01', [['2015-01-01', '2020-06-30']]))
    const found = threeNumbers({ ...year, entries: [...kept, ...gone], filings: [] })
    expect([found.opening.length, found.ended.length, found.closing.length]).toEqual([411, 198, 213])
    const qujiang = threeNumbers({
      ...year,
      entries: [
        ...Array.from({ length: 96 }, (_, n) => entry(n, '2012-01-01', [['2012-01-01', null]])),
        ...Array.from({ length: 42 }, (_, n) => entry(200 + n, '2012-01-01', [['2012-01-01', '2020-11-15']])),
      ],
      filings: [],
    })
    expect([qujiang.opening.length, qujiang.ended.length, qujiang.closing.length]).toEqual([138, 42, 96])
  })
  it('期末一日届满的，那一日终了仍算有效', () => {
    const found = threeNumbers({
      ...year,
      entries: [entry(1, '2015-01-01', [['2015-01-01', '2020-12-31']])],
      filings: [],
    })
    expect([found.closing.length, found.ended.length]).toEqual([1, 0])
  })
  it('任意的历史：期初 + 制发 + 恢复 − 终止 = 期末；率在零与一百之间', () => {
    const day = fc
      .integer({ min: 0, max: 1500 })
      .map((n) => new Date(Date.UTC(2018, 0, 1 + n)).toISOString().slice(0, 10))
    const history = fc.record({
      publishedOn: day,
      ends: fc.option(day),
      again: fc.option(day),
      due: day,
      sent: fc.option(day),
    })
    fc.assert(
      fc.property(fc.array(history, { maxLength: 40 }), day, (list, asOf) => {
        const entries = list.map(({ publishedOn, ends, again }, n) =>
          entry(n, publishedOn, [
            [publishedOn, ends],
            ...(again && ends && again > ends ? ([[again, null]] as Array<[string, null]>) : []),
          ]),
        )
        const filings = list.map(({ publishedOn, due, sent }, n) =>
          filing(n, {
            publishedOn,
            dueOn: due,
            steps: sent && sent <= asOf ? [{ kind: 'sent', on: sent }] : [],
            outcome: null,
          }),
        )
        const facts = { ...year, asOf, entries, filings }
        const three = threeNumbers(facts)
        expect(three.opening.length + three.issued.length + three.revived.length - three.ended.length).toBe(
          three.closing.length,
        )
        for (const { numerator = [], denominator = [] } of figuresOf(facts)) {
          const inside = new Set(denominator.map(({ id }) => id))
          expect(numerator.every(({ id }) => inside.has(id))).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('制定质量自评', () => {
  const making = (n: number, steps: Record<string, string>, change: Partial<MakingFact> = {}): MakingFact => ({
    entry: `e-${n}`,
    title: `第${n}件`,
    issuer: '某局',
    publishedOn: '2020-05-01',
    effectiveDate: '2020-06-01',
    steps,
    enterpriseRelated: false,
    reviewInTime: null,
    consultedLongEnough: null,
    ...change,
  })
  const base = { ...year, entries: [], filings: [] }
  it('四类各为其指标的平均，相加为总分；没有分母的指标不计', () => {
    const all = {
      ConsultationOpened: '2020-03-01',
      IndicatorsStated: '2020-03-01',
      FairCompetitionReviewRecorded: '2020-03-01',
      RiskAssessmentRecorded: '2020-03-01',
      OpinionsRequested: '2020-03-01',
      OpinionIssued: '2020-04-01',
      FeedbackPublished: '2020-04-01',
    }
    const found = scorecardOf({ ...base, makings: [making(1, all), making(2, { OpinionIssued: '2020-04-02' })] })
    expect(found.map(meanOf)).toEqual([0.5, 0.5, 1, 1])
    expect(compositeOf(found)).toBe(3)
    expect(compositeOf(scorecardOf({ ...base, makings: [] }))).toBeNull()
  })
  it('截至一日以后的记录、公布，不改变那一日的分数', () => {
    const before = { ...base, asOf: '2020-05-31', makings: [making(1, { OpinionIssued: '2020-04-01' })] }
    const later = {
      ...before,
      makings: [
        making(1, { OpinionIssued: '2020-04-01', FeedbackPublished: '2020-06-15' }),
        making(2, {}, { publishedOn: '2020-06-20' }),
      ],
    }
    expect(scorecardOf(later)).toEqual(scorecardOf(before))
  })
})
