import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CanonicalJsonError, canonicalJson } from './canonical-json.ts'

describe('规范 JSON', () => {
  it('与 RFC 8785 第 3.2.2、3.2.3 节的示例逐字相同', () => {
    const input = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    }
    expect(canonicalJson(input)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
    expect(canonicalJson(keys)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}')
  })

  it('负零写作 0，汉字不转义，键的书写次序无关', () => {
    expect(canonicalJson({ 乙: -0, 甲: '第一条　总则' })).toBe('{"乙":0,"甲":"第一条　总则"}')
    expect(canonicalJson({ b: { d: 1, c: 2 }, a: [] })).toBe(canonicalJson({ a: [], b: { c: 2, d: 1 } }))
  })

  it.each([
    ['undefined', undefined],
    ['对象中的 undefined', { a: undefined }],
    ['数组中的 undefined', [1, undefined]],
    ['数组空位', new Array(2)],
    ['NaN', { a: Number.NaN }],
    ['无穷大', [Number.POSITIVE_INFINITY]],
    ['函数', { a: () => 1 }],
    ['toJSON 方法', { toJSON: () => 1 }],
    ['Date', new Date(0)],
    ['Map', new Map()],
    ['bigint', 1n],
    ['symbol', Symbol('x')],
    ['符号键', { [Symbol('x')]: 1 }],
    ['孤立代理项', '\ud83d'],
    ['键中的孤立代理项', { '\ude00': 1 }],
  ])('拒绝%s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(CanonicalJsonError)
  })

  it('拒绝循环引用，但同一对象可以出现两次', () => {
    const loop: { self?: unknown } = {}
    loop.self = loop
    expect(() => canonicalJson(loop)).toThrow('循环引用')
    const shared = { a: 1 }
    expect(canonicalJson([shared, shared])).toBe('[{"a":1},{"a":1}]')
  })

  it('解析回来再写出，字节不变；键的插入次序无关', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.integer()), (record) => {
        const reversed = Object.fromEntries(Object.entries(record).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(record))
      }),
    )
  })
})
