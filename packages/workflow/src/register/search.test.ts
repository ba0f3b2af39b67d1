import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasRareForms, normalise, searchLexemes, searchVector, searchWords } from './search.ts'

const entry = (body: string, title = '', issuers: string[] = []) => ({ title, issuers, body })

describe('检索词元', () => {
  it('每个字、每两个相邻的字各为一个词元；空白两边不相连；标题与机关另有前缀', () => {
    expect(searchLexemes(entry('甲乙　丙', '丁', ['戊']))).toEqual(
      ['A丁', 'B戊', '丁', '丙', '乙', '戊', '甲', '甲乙'].sort((a, b) =>
        Buffer.compare(Buffer.from(a), Buffer.from(b)),
      ),
    )
  })

  it('词元按 UTF-8 字节升序且不重复，包括扩展区汉字', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'甲乙丙a1A＇\\ 　𠀀𠀁。㈠') }), fc.string(), (body, title) => {
        const lexemes = searchLexemes(entry(body, title)).map((lexeme) => Buffer.from(lexeme))
        for (let i = 1; i < lexemes.length; i += 1) {
          expect(Buffer.compare(lexemes[i - 1] ?? Buffer.of(), lexemes[i] ?? Buffer.of())).toBe(-1)
        }
      }),
    )
  })

  it('引号与反斜线在字面量中转义', () => {
    expect(searchVector(entry("a'"))).toBe(`'''' 'a' 'a'''`)
    expect(searchVector(entry('\\'))).toBe("'\\\\'")
    expect(searchVector(entry('甲'))).toBe("'甲'")
  })

  it('全角与半角、大小写、兼容汉字相同', () => {
    expect(normalise('ＧＤＰ（２０２６）')).toBe('gdp(2026)')
    expect(normalise('\uf9be')).toBe(normalise('料'))
    expect(searchWords('ＧＤＰ　gdp').map((word) => word.text)).toEqual(['gdp'])
  })

  it('原文含有某词，归一以后必然含有', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (a, b, c) => {
          expect(normalise(a + b + c)).toContain(normalise(b))
        },
      ),
    )
  })

  it('全角标点、空白与大写字母是常见写法，全角数字与兼容汉字是少见写法', () => {
    expect(hasRareForms('第一条　总则（GDP），“引”；《法》〔2026〕12号。')).toBe(false)
    expect(hasRareForms('２０２６年')).toBe(true)
    expect(hasRareForms('\uf9be')).toBe(true)
  })
})
