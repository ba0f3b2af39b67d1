// Every chart: no script, no inline style, small, its values in words; nothing but numbers where numbers belong.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bars, type ChartNode, dots, lines, markup, multiples, stacked, timeline } from './index.ts'

const about = { id: 'a', title: '本年制发', unit: '件' }
const months = Array.from({ length: 12 }, (_, i) => `${i + 1}月`)
const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.constant(0)), {
  minLength: 12,
  maxLength: 12,
})
const series = fc.array(fc.record({ label: fc.string({ maxLength: 30 }), values }), { minLength: 1, maxLength: 6 })
const sound = (chart: ChartNode): void => {
  const text = markup(chart)
  expect(text.length).toBeLessThanOrEqual(20_000)
  expect(text).not.toMatch(/<script|style=|NaN|undefined|Infinity|href=/)
  expect(text).toMatch(/^<svg [^>]*role="img"[^>]*aria-labelledby="a-title a-desc"/)
  expect(text).toContain('<title id="a-title">本年制发</title>')
}
describe('charts', () => {
  it('any values: legible markup of at most 20 kB', () => {
    fc.assert(
      fc.property(series, values, (all, some) => {
        const rows = some.map((value, i) => ({ label: months[i] ?? '', value }))
        const shares = rows.map(({ label, value }) => ({ label, numerator: Math.min(value, 7), denominator: 7 }))
        sound(bars(about, rows))
        sound(lines(about, months, all))
        sound(stacked(about, months, all))
        sound(dots(about, shares))
        sound(multiples(about, months, all))
      }),
      { numRuns: 100 },
    )
    sound(timeline(about, [{ on: '2026-01-31', label: '三个数', done: true }]))
    sound(bars(about, []))
    sound(lines(about, [], [{ label: '甲', values: [] }]))
  })
  it('says its values in words, escapes what was written by people', () => {
    const text = markup(bars({ ...about, title: '<b>"&' }, [{ label: '<script>', value: 3 }]))
    expect(text).toContain('&lt;b&gt;&quot;&amp;')
    expect(text).not.toContain('<script>')
    expect(text).toContain('&lt;script&gt;3件')
  })
  it('one of one is told as a count and drawn open, not as a hundred per cent', () => {
    const text = markup(dots(about, [{ label: '及时率', numerator: 1, denominator: 1 }]))
    expect(text).toContain('1件中1件')
    expect(text).not.toContain('100%')
    expect(text).toContain('chart-open')
  })
  it('bars are as long as their values', () => {
    const chart = bars(about, [
      { label: '甲', value: 10 },
      { label: '乙', value: 5 },
    ])
    const wide = [...markup(chart).matchAll(/<rect[^>]* width="([\d.]+)"/g)].map(([, n]) => Number(n))
    expect(wide[0]).toBe(2 * Number(wide[1]))
  })
})
