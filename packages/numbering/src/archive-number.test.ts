import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  archiveNumberKey,
  archiveNumberSerial,
  archiveNumberSeries,
  formatArchiveNumber,
  retentionYears,
} from './index.ts'

const template = '{fonds}-WS·{yyyy}-{retention}-{seq:04d}'
const values = { fonds: 'Z001', year: 2026, retention: 'D30' }

describe('档号', () => {
  it.each([
    [template, values, 1, 'Z001-WS·2026-D30-0001'],
    [template, { ...values, retention: 'Y' }, 12345, 'Z001-WS·2026-Y-12345'],
    // No fonds registered: the part is left out, with the hyphen after it.
    [template, { ...values, fonds: '' }, 7, 'WS·2026-D30-0007'],
    ['{fonds}-{yyyy}-{retention}-BGS-{seq:03d}', values, 7, 'Z001-2026-D30-BGS-007'],
    ['{yyyy}/{seq}', values, 7, '2026/7'],
    ['{fonds}-WS·{yyyy}', values, 7, 'Z001-WS·2026-7'],
  ])('按“%s”拟写', (form, given, seq, text) => expect(formatArchiveNumber(form, given, seq)).toBe(text))

  it.each([
    'Z001-WS·2026-D30-0001',
    'z001-ws·2026-d30-0001',
    'Ｚ００１－ＷＳ・２０２６－Ｄ３０－０００１',
    'Z001—WS•2026—D30—0001',
    ' Z001 - WS‧2026 - D30 - 0001 ',
    'Z001–WS∙2026–D30–0001',
    'Z001−WS⋅2026−D30−0001',
    'Z001-WS･2026-D30-0001',
    'Z001\u200b-WS·2026-D30-0001',
    'Z001-WS·2026-D30-0001\u3000',
  ])('“%s”是同一个号', (text) => expect(archiveNumberKey(text)).toBe('Z001-WS·2026-D30-0001'))

  it('任一件号都从号里读得回来；别的年度、期限、全宗的不算在内', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), (seq) => {
        const key = archiveNumberKey(formatArchiveNumber(template, values, seq))
        expect(archiveNumberSerial(archiveNumberSeries(template, values), key)).toBe(seq)
        for (const other of [
          { ...values, year: 2025 },
          { ...values, retention: 'D10' },
          { ...values, fonds: 'Z0010' },
        ])
          expect(archiveNumberSerial(archiveNumberSeries(template, other), key)).toBeNull()
      }),
    )
  })
  it.each([
    ['30年', 30],
    ['定期10年', 10],
    ['１０ 年', 10],
    ['永久', null],
    ['长期', null],
    ['', null],
  ])('“%s”的年数', (text, years) => expect(retentionYears(text)).toBe(years))
})
