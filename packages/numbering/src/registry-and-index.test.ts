import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '../../../test/support/any-character.ts'
import {
  formatIndexNumber,
  formatRegistryNumber,
  NumberingError,
  parseRegistryNumber,
  portalProfiles,
  registryTemplateFields,
  validateIndexNumber,
} from './index.ts'

const year = fc.integer({ min: 2000, max: 2099 })
const seq = fc.integer({ min: 1, max: 99_999 })
const code = fc.string({ unit: fc.constantFrom(...'ABZ019海管规'.split('')), minLength: 2, maxLength: 2 })

describe('统一登记号', () => {
  it.each([
    ['{region}{unit}-{yyyy}-{seq}', { region: 'HF', unit: 'GS', year: 2022, seq: 7 }, 'HFGS-2022-7'],
    ['{region:2}{unit:2}{yyyy}{seq:04d}', { region: 'HP', unit: '01', year: 2021, seq: 19 }, 'HP0120210019'],
    ['{region}PR-{yyyy}-{unit:2}{seq:03d}', { region: 'HN', unit: '01', year: 2023, seq: 1 }, 'HNPR-2023-01001'],
    ['杨管规〔{yyyy}〕{seq:03d}', { year: 2012, seq: 1 }, '杨管规〔2012〕001'],
    ['{unit}{yy}-{seq:04d}', { unit: '海', year: 2026, seq: 12 }, '海26-0012'],
  ])('按模板“%s”编号并读回', (template, values, text) => {
    expect(formatRegistryNumber(template, values)).toBe(text)
    const known = 'region' in values && 'unit' in values ? { region: values.region, unit: values.unit } : {}
    expect(parseRegistryNumber(template, text, known)).toEqual({ ok: true, values, normalized: text, tolerated: false })
  })

  it('两个相邻而没有宽度的字段分不开时回答有歧义，不猜', () => {
    expect(parseRegistryNumber('{region}{unit}-{yyyy}-{seq}', 'HFGS-2022-7')).toMatchObject({
      ok: false,
      code: 'ambiguous',
    })
  })

  it('容忍另一种横线并归一', () => {
    expect(parseRegistryNumber('{unit}-{yyyy}-{seq}', 'HFGS—2017—9')).toEqual({
      ok: true,
      values: { unit: 'HFGS', year: 2017, seq: 9 },
      normalized: 'HFGS-2017-9',
      tolerated: true,
    })
  })

  it.each([
    '{region}-{year}-{seq}',
    '{seq:4d}',
    '{seq}{foo}',
    '{seq}}',
    '{region',
    'HP-{yyyy}',
    '{seq}-{seq}',
    '{yy}{yyyy}{seq}',
    '',
  ])('拒绝模板“%s”', (template) => {
    expect(() => registryTemplateFields(template)).toThrow(NumberingError)
  })

  it('拒绝缺少或者不合要求的值', () => {
    const refuse = (values: Parameters<typeof formatRegistryNumber>[1], wanted: string) =>
      expect(() => formatRegistryNumber('{unit:2}-{yyyy}-{seq:04d}', values)).toThrow(
        expect.objectContaining({ code: wanted }),
      )
    refuse({ year: 2026, seq: 1 }, 'missing_value')
    refuse({ unit: 'AB', seq: 1 }, 'missing_value')
    refuse({ unit: 'ABC', year: 2026, seq: 1 }, 'invalid_value')
    refuse({ unit: 'A-', year: 2026, seq: 1 }, 'invalid_value')
    refuse({ unit: 'AB', year: 26, seq: 1 }, 'invalid_year')
    refuse({ unit: 'AB', year: 2026, seq: 0 }, 'invalid_sequence')
  })

  it('编出的登记号读回来是同样的值', () => {
    const templates = [
      '{region:2}{unit:2}{yyyy}{seq:04d}',
      '{region}-{unit}-{yy}-{seq:03d}',
      '{region}〔{yyyy}〕{unit:2}{seq}号',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...templates), code, code, year, seq, (template, region, unit, y, s) => {
        const values = { region, unit, year: y, seq: s }
        const text = formatRegistryNumber(template, values)
        expect(parseRegistryNumber(template, text)).toEqual({ ok: true, values, normalized: text, tolerated: false })
      }),
    )
  })

  it('任何字符串读来都不抛错', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        expect(parseRegistryNumber('{region}{unit}-{yyyy}-{seq:04d}', text).ok).toBeTypeOf('boolean')
      }),
    )
  })
})

describe('索引号', () => {
  it('国家规定的写法是20位', () => {
    const text = formatIndexNumber({ organisationCode: '64052200-1', year: 2023, seq: 173 })
    expect(text).toBe('640522001/2023-00173')
    expect(text).toHaveLength(20)
    expect(validateIndexNumber(text, portalProfiles.national).valid).toBe(true)
  })

  it.each(Object.values(portalProfiles))('$id 的例子符合它自己的写法', (profile) => {
    expect(validateIndexNumber(profile.example, profile)).toEqual({ valid: true, faults: [] })
  })

  it.each([
    ['640522001/2023-0173', 'profile_mismatch'],
    ['640522001/23-00173', 'profile_mismatch'],
    ['/202404-01329', 'profile_mismatch'],
    ['640522001/2023-00173\n', 'spaces'],
    ['', 'empty'],
    ['1'.repeat(65), 'too_long'],
  ])('国家写法拒绝“%s”', (text, wanted) => {
    expect(validateIndexNumber(text, portalProfiles.national).faults.map((fault) => fault.code)).toEqual([wanted])
  })

  it('拒绝编出不合要求的索引号', () => {
    expect(() => formatIndexNumber({ organisationCode: '6405220', year: 2023, seq: 1 })).toThrow(NumberingError)
    expect(() => formatIndexNumber({ organisationCode: '640522001', year: 23, seq: 1 })).toThrow(NumberingError)
    expect(() => formatIndexNumber({ organisationCode: '640522001', year: 2023, seq: 100_000 })).toThrow(NumberingError)
  })
})
