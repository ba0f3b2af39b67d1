// Which parts are merged, for any sizes at either pace: few parts, no entry written often, never too many at once.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { due, type Pace, type PartSize, partSize } from './build.ts'

let next = 10_000_000
/** Merges as `due` says until nothing is; answers how many entries each merge wrote. */
function merged(parts: PartSize[], pace: Pace): { parts: PartSize[]; written: number[] } {
  const written: number[] = []
  let now = parts
  for (;;) {
    next += 1
    const taken = due(now, pace)
    if (taken.length === 0) return { parts: now, written }
    expect(taken.length).toBeGreaterThan(1)
    const total = now.reduce((sum, { entries }) => sum + entries, 0)
    const gone = now.filter(({ part }) => taken.includes(part))
    const entries = gone.reduce((sum, one) => sum + one.entries, 0)
    expect(entries).toBeLessThanOrEqual(Math.max(100_000, total / 4))
    written.push(entries)
    now = [...now.filter(({ part }) => !taken.includes(part)), { part: next, entries }]
  }
}

describe('合并哪几部', () => {
  it('任意的几部：合并得完，合并以后的部数不随件数而随其对数增长', () => {
    const size = fc.oneof(
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 400, max: 9_000 }),
      fc.integer({ min: 9_000, max: 900_000 }),
    )
    fc.assert(
      fc.property(fc.array(size, { maxLength: 120 }), fc.constantFrom<Pace>('steady', 'filling'), (sizes, pace) => {
        const given = sizes.map((entries, part) => ({ part, entries }))
        const { parts } = merged(given, pace)
        const total = sizes.reduce((sum, n) => sum + n, 0)
        expect(parts.reduce((sum, { entries }) => sum + entries, 0)).toBe(total)
        // Of each size fewer than sixteen, and as many sizes as the logarithm to the base of six.
        expect(parts.length).toBeLessThanOrEqual(15 * (Math.log(total + 500) / Math.log(6) - 2))
      }),
      { numRuns: 200 },
    )
  })
  it.each([100_000, 1_000_000, 5_000_000])('导入 %i 件：每件连同初写不超过四次，部数不过几十', (entries) => {
    let parts: PartSize[] = []
    let written = 0
    for (let i = 0; i * partSize < entries; i += 1) {
      parts.push({ part: i, entries: partSize })
      const step = merged(parts, 'filling')
      parts = step.parts
      written += partSize + step.written.reduce((sum, n) => sum + n, 0)
    }
    expect(written / entries).toBeLessThan(4)
    expect(parts.length).toBeLessThan(45)
  })
})
