// The other indicators: a year counted by hand, and over any history nothing is counted that is not in its own whole.
import { latestPack } from '@dianzhang/packs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntryFact, FilingFact } from './figures.ts'
import { wordsOf } from './figures.ts'
import { type ActFact, type IndicatorFacts, indicatorsOf } from './indicators.ts'
import type { MakingFact } from './scorecard.ts'

const year = { from: '2025-01-01', to: '2025-12-31', asOf: '2026-01-10' }
const entry = (n: number, publishedOn: string, changes: EntryFact['changes'] = [], gone: string | null = null) => ({
  id: `e-${n}`,
  title: `第${n}件`,
  number: null,
  issuer: '某局',
  publishedOn,
  tier: null,
  recordedOn: publishedOn,
  changes,
  standsOn: (day: string) => day >= publishedOn && (gone === null || day < gone),
})
const making = (n: number, steps: Record<string, string>, change: Partial<MakingFact> = {}): MakingFact => ({
  entry: `e-${n}`,
  title: `第${n}件`,
  issuer: '某局',
  publishedOn: '2025-05-01',
  effectiveDate: '2025-06-01',
  steps,
  enterpriseRelated: false,
  reviewInTime: null,
  consultedLongEnough: null,
  ...change,
})
const act = (
  kind: ActFact['kind'],
  on: string,
  doneOn: string | null = null,
  dueOn: string | null = null,
): ActFact => ({
  kind,
  item: { id: `${kind}-${on}`, title: kind, issuer: '', on },
  on,
  doneOn,
  dueOn,
})
const filing = (n: number, change: Partial<FilingFact>): FilingFact => ({
  entry: `e-${n}`,
  title: `第${n}件`,
  issuer: '某局',
  track: 'government',
  publishedOn: '2025-05-01',
  dueOn: '2025-05-16',
  steps: [],
  outcome: null,
  ...change,
})
const told = (facts: IndicatorFacts): Record<string, string> =>
  Object.fromEntries(indicatorsOf(facts).map((x) => [x.id, wordsOf(x)]))

describe('其余各项指标', () => {
  it('一年，逐件数过：六件公布，五件经审核，一件逾期报送，一件被撤销', () => {
    const whole = { NumbersAssigned: '2025-04-28', DocumentPublished: '2025-05-01' }
    const facts: IndicatorFacts = {
      ...year,
      entries: [
        ...[1, 2, 3].map((n) => entry(n, '2025-05-01')),
        entry(4, '2025-05-01', [{ kind: 'annulled', on: '2025-11-03' }], '2025-11-03'),
        entry(5, '2024-05-01', [{ kind: 'amended', on: '2025-07-01' }]),
        entry(6, '2024-06-01', [{ kind: 'repealed', on: '2025-08-01' }], '2025-08-01'),
        entry(7, '2024-07-01', [{ kind: 'repealed', on: '2024-12-31' }], '2024-12-31'),
      ],
      filings: [
        filing(1, { steps: [{ kind: 'sent', on: '2025-05-16' }] }),
        filing(2, { steps: [{ kind: 'sent', on: '2025-05-17' }] }),
        filing(3, {
          steps: [
            { kind: 'sent', on: '2025-05-10' },
            { kind: 'closed', on: '2025-07-01' },
          ],
          outcome: 'corrected',
        }),
        filing(4, { dueOn: '2026-01-10' }),
      ],
      makings: [
        making(1, { ...whole, OpinionIssued: '2025-04-20' }, { reviewInTime: true, enterpriseRelated: true }),
        making(
          2,
          { ...whole, OpinionIssued: '2025-04-20', ExpertReviewRecorded: '2025-04-01' },
          { reviewInTime: false },
        ),
        making(
          3,
          { ...whole, OpinionIssued: '2025-04-20', ConsultationOpened: '2025-02-01', FeedbackPublished: '2025-04-01' },
          { consultedLongEnough: true },
        ),
        making(
          4,
          { ...whole, OpinionIssued: '2025-04-20', ConsultationOpened: '2025-02-01' },
          { consultedLongEnough: false },
        ),
        making(5, { ...whole, OpinionIssued: '2025-04-20' }, { enterpriseRelated: true }),
        making(6, { DocumentPublished: '2025-05-01' }),
        making(7, { ...whole }, { publishedOn: '2024-12-31' }),
      ],
      acts: [
        act('evaluation', '2025-10-01'),
        act('cleanup', '2025-03-01'),
        act('periodic-cleanup', '2025-11-01'),
        act('periodic-cleanup', '2024-11-01'),
        act('catalogue', '2025-03-31', null, '2025-03-31'),
        { ...act('decision-item', '2025-03-31', '2025-12-01'), archivedOn: '2025-12-20' },
        { ...act('decision-item', '2025-04-01', '2026-01-11'), archivedOn: '2026-01-12' },
        act('decision-item', '2025-04-01', '2025-12-01'),
        act('suggestion', '2025-06-01', '2025-07-01'),
        act('proposal', '2025-02-01'),
      ],
    }
    expect(told(facts)).toMatchObject({
      'issued-before': '3件',
      amended: '1件',
      repealed: '1件',
      annulled: '1件',
      unlawful: '2件',
      reviewed: '5件',
      unreviewed: '1件',
      'three-unified': '83.33%',
      'review-in-period': '2件中1件',
      consulted: '2件',
      'consulted-long-enough': '2件中1件',
      'feedback-published': '2件中1件',
      'fair-competition': '2件中0件',
      'expert-assisted': '20%',
      'filed.government': '3件',
      'filed.npc': '0件',
      'late-filing.government': '1件',
      evaluations: '1件',
      cleanups: '2件',
      'periodic-cleanups': '1件',
      'catalogue-in-time': '1件中1件',
      'catalogue-settled': '3件中2件',
      'catalogue-archived': '2件中1件',
      'suggestions-answered': '1件中1件',
      proposals: '1件',
    })
  })
  it('须由人填报的取自规则包，各地各版都写明由谁填报、依据什么，标识不重', () => {
    for (const place of ['640522', '510811', '150525']) {
      const { yearly } = latestPack(place, '2026-11-28') ?? {}
      const list = yearly?.manualFigures.value ?? []
      expect(list.length, place).toBeGreaterThan(5)
      for (const one of list)
        expect([one.who, one.basis].join(), one.id).toMatch(/\p{Script=Han}{2,},\p{Script=Han}{2,}/u)
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
      expect(yearly?.manualFigures.source.length).toBeGreaterThan(0)
    }
  })
  it('任意的历史：分子在分母之内，没有一件数两次，截至更早的一日不会数出更多的审核', () => {
    const day = fc
      .integer({ min: 0, max: 729 })
      .map((n) => new Date(Date.UTC(2024, 6, 1 + n)).toISOString().slice(0, 10))
    const steps = fc.dictionary(
      fc.constantFrom(
        'OpinionIssued',
        'ConsultationOpened',
        'FeedbackPublished',
        'NumbersAssigned',
        'DocumentPublished',
      ),
      day,
    )
    const makings = fc.array(fc.tuple(day, steps, fc.boolean(), fc.option(fc.boolean())), { maxLength: 40 })
    const sent = fc.array(fc.tuple(day, fc.constantFrom('sent', 'returned', 'closed'), day), { maxLength: 30 })
    fc.assert(
      fc.property(makings, sent, day, (made, filed, asOf) => {
        const facts = (until: string): IndicatorFacts => ({
          ...year,
          asOf: until,
          entries: [],
          makings: made.map(([publishedOn, x, enterpriseRelated, reviewInTime], n) =>
            making(n, x, { publishedOn, enterpriseRelated, reviewInTime }),
          ),
          filings: filed.map(([publishedOn, kind, on], n) =>
            filing(n, { publishedOn, dueOn: publishedOn, steps: [{ kind, on } as FilingFact['steps'][number]] }),
          ),
          acts: [],
        })
        for (const x of indicatorsOf(facts(asOf))) {
          const under = new Set(x.denominator?.map(({ id }) => id))
          for (const { id } of x.numerator ?? []) expect(under.has(id), x.id).toBe(true)
          for (const list of [x.count, x.numerator, x.denominator])
            expect(new Set(list?.map(({ id }) => id)).size).toBe(list?.length ?? 0)
        }
        const reviewed = (until: string) =>
          indicatorsOf(facts(until)).find(({ id }) => id === 'reviewed')?.count?.length ?? 0
        expect(reviewed(asOf)).toBeLessThanOrEqual(reviewed('2026-12-31'))
      }),
      { numRuns: 200 },
    )
  })
})
