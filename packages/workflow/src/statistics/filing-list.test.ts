// The yearly list: rates computed anew from its columns are those of the statistics over any history; where two ledgers differ it
// says in what.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FilingFact, type FilingStep, figuresOf } from './figures.ts'
import { differencesBetween, type FilingLine, type LedgerStep, ratesOfList, saysOf } from './filing-list.ts'

const day = (n: number): string => new Date(Date.UTC(2024, 6, 1 + n)).toISOString().slice(0, 10)
const year = { from: '2025-01-01', to: '2025-12-31' }

/** What becomes of a filing: sent, deferred, supplied, returned, sent again, registered, opinion, closed; days never go back. */
const course = fc
  .record({
    start: fc.integer({ min: 0, max: 500 }),
    due: fc.integer({ min: 0, max: 60 }),
    sent: fc.boolean(),
    before: fc.array(fc.constantFrom('deferred', 'returned'), { maxLength: 3 }),
    again: fc.boolean(),
    registered: fc.boolean(),
    opinion: fc.boolean(),
    closed: fc.boolean(),
    outcome: fc.constantFrom('no_problem', 'corrected', 'annulled', 'reminder'),
    gaps: fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 12, maxLength: 12 }),
    term: fc.integer({ min: 0, max: 60 }),
    supplied: fc.boolean(),
    track: fc.constantFrom('government' as const, 'npc' as const),
  })
  .map((x) => {
    const kinds: FilingStep[] = []
    if (x.sent) kinds.push('sent')
    for (const kind of x.sent ? x.before : []) {
      kinds.push(kind as FilingStep)
      if (kind === 'deferred' && x.supplied) kinds.push('supplied')
      else if (kind === 'deferred') break
      else if (x.again) kinds.push('sent')
      else break
    }
    if (x.sent && x.registered && !['returned', 'deferred'].includes(kinds.at(-1) ?? '')) {
      kinds.push('registered')
      if (x.opinion) kinds.push('opinion', 'corrected')
      if (x.closed) kinds.push('closed')
    }
    let at = x.start
    const steps = kinds.map((kind, i) => {
      at += x.gaps[i] ?? 0
      return { kind, on: day(at), ...(kind === 'deferred' ? { due: day(at + x.term) } : {}) }
    })
    return { ...x, steps }
  })
const factsOf = (list: ReadonlyArray<typeof course extends fc.Arbitrary<infer T> ? T : never>, asOf: string) =>
  list.map((x, n): FilingFact => {
    const steps = x.steps.filter(({ on }) => on <= asOf)
    return {
      entry: `e-${n}`,
      title: `第${n}件`,
      issuer: '某局',
      track: x.track,
      publishedOn: day(x.start),
      dueOn: day(x.start + x.due),
      steps,
      outcome: steps.some(({ kind }) => kind === 'closed') ? x.outcome : null,
    }
  })
const lineOf = (f: FilingFact, asOf: string, receiver: readonly LedgerStep[] | null = f.steps): FilingLine => ({
  ...f,
  number: null,
  sender: saysOf(f.steps, asOf),
  receiver: receiver === null ? null : saysOf(receiver, asOf),
  handedOver: true,
})

describe('年度备案目录', () => {
  it('任意的历史：由目录重算的五项率，与统计的分子、分母都相同；与本期无关的件不影响任何一项统计', () => {
    fc.assert(
      fc.property(fc.array(course, { maxLength: 30 }), fc.integer({ min: 150, max: 900 }), (list, known) => {
        const asOf = day(known)
        const filings = factsOf(list, asOf)
        const period = { ...year, asOf }
        const until = asOf < year.to ? asOf : year.to
        const figures = new Map(figuresOf({ ...period, entries: [], filings }).map((x) => [x.id, x]))
        for (const rate of ratesOfList(
          filings.map((f) => lineOf(f, asOf)),
          period,
        ))
          expect(rate, rate.id).toMatchObject({
            numerator: figures.get(rate.id)?.numerator?.length,
            denominator: figures.get(rate.id)?.denominator?.length,
          })
        const within = (on: string) => on >= year.from && on <= until
        const concerned = filings.filter((f) => within(f.publishedOn) || f.steps.some(({ on }) => within(on)))
        expect(figuresOf({ ...period, entries: [], filings: concerned })).toEqual([...figures.values()])
      }),
      { numRuns: 300 },
    )
  })
  it('任意的历史：逾期才补正的自补正之日算，逾期没有补正、退回没有重报的不及时；在期限以内补正的仍自报送之日算', () => {
    fc.assert(
      fc.property(fc.array(course, { maxLength: 30 }), fc.integer({ min: 150, max: 900 }), (list, known) => {
        const asOf = day(known)
        const filings = factsOf(list, asOf)
        const told = figuresOf({ ...year, asOf, entries: [], filings })
        for (const f of filings) {
          const rate = told.find(({ id }) => id === `filing-in-time.${f.track}`)
          if (!rate?.denominator?.some(({ id }) => id === f.entry)) continue
          // Reckoned another way: since the last sending, the latest of that day and the days of late supplements.
          const at = f.steps.findLastIndex(({ kind }) => kind === 'sent')
          const since = f.steps.slice(at)
          const asked = since.filter(({ kind }) => kind === 'deferred')
          const given = since.filter(({ kind }) => kind === 'supplied')
          const late = given.filter(({ on }, i) => on > (asked[i]?.due ?? ''))
          const owing = asked.length > given.length && asOf > (asked.at(-1)?.due ?? '')
          const stands = at >= 0 && !since.some(({ kind }) => kind === 'returned') && !owing
          const from = late.at(-1)?.on ?? f.steps[at]?.on ?? ''
          expect(
            rate.numerator?.some(({ id }) => id === f.entry),
            JSON.stringify(f),
          ).toBe(stands && from <= (f.dueOn ?? ''))
        }
      }),
      { numRuns: 300 },
    )
  })
  it('两本台账相同的没有差别；少一条、日期不同、登记号不同、只有一方记有的，各说得出', () => {
    const steps: LedgerStep[] = [
      { kind: 'sent', on: '2025-03-10' },
      { kind: 'deferred', on: '2025-03-12' },
      { kind: 'supplied', on: '2025-03-14' },
      { kind: 'registered', on: '2025-03-17', number: '海备〔2025〕1号' },
      { kind: 'closed', on: '2025-04-01' },
    ]
    const line = (receiver: readonly LedgerStep[] | null, sender: readonly LedgerStep[] = steps): FilingLine => ({
      entry: 'e-1',
      title: '某办法',
      number: null,
      issuer: '某局',
      track: 'government',
      publishedOn: '2025-03-01',
      dueOn: '2025-03-16',
      outcome: 'no_problem',
      sender: saysOf(sender, '2025-12-31'),
      receiver: receiver === null ? null : saysOf(receiver, '2025-12-31'),
      handedOver: true,
    })
    const said = (...args: Parameters<typeof line>) => differencesBetween(line(...args)).join('；')
    expect(said(steps)).toBe('')
    expect(said(null)).toBe('报送一方记为已经报送，受理一方没有这一件')
    expect(said([])).toBe('报送一方记为已经报送，受理一方没有收到的记录')
    expect(said(steps, [])).toBe('受理一方记为已经收到，报送一方没有报送的记录')
    expect(said(steps.filter(({ kind }) => kind !== 'deferred'))).toBe(
      '要求补正：报送一方记为2025-03-12，受理一方记为没有',
    )
    expect(said(steps.map((x) => (x.kind === 'registered' ? { ...x, number: '海备〔2025〕2号' } : x)))).toBe(
      '登记号：报送一方记为海备〔2025〕1号，受理一方记为海备〔2025〕2号',
    )
    expect(said(steps.map((x) => (x.kind === 'registered' ? { ...x, on: '2025-03-18' } : x)))).toContain(
      '登记：报送一方记为2025-03-17，受理一方记为2025-03-18',
    )
    expect(said(steps.slice(0, -1))).toBe('审结：报送一方记为2025-04-01，受理一方记为没有')
  })
  it('退回以后没有重新报送的不算报送；重新报送的依后一次', () => {
    const returned: LedgerStep[] = [
      { kind: 'sent', on: '2025-03-04' },
      { kind: 'returned', on: '2025-03-05' },
    ]
    expect(saysOf(returned, '2025-12-31')).toMatchObject({ filedOn: null, countsFrom: null })
    expect(
      saysOf([...returned, { kind: 'sent', on: '2025-03-22' }, { kind: 'registered', on: '2025-03-23' }], '2025-12-31'),
    ).toMatchObject({ filedOn: '2025-03-22', atFirst: false, sent: ['2025-03-04', '2025-03-22'] })
  })
})
