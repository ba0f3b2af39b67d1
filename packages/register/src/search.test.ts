import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasRareForms, normalise, patternOf, searchLexemes, searchText, searchVector, searchWords } from './search.ts'

const wordsOf = (q: string): string[] => searchWords(q).map(({ forms }) => forms.map(({ text }) => text).join('|'))

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

  it('引号与反斜线不进入词元，字面量不需转义', () => {
    expect(searchVector(entry("a'\\"))).toBe("'a'")
    expect(searchVector(entry('＇＼'))).toBe('')
    expect(searchVector(entry('甲'))).toBe("'甲'")
  })

  it('全角与半角、大小写、兼容汉字相同', () => {
    expect(normalise('ＧＤＰ（２０２６）')).toBe('gdp(2026)')
    expect(normalise('\uf9be')).toBe(normalise('料'))
    expect(wordsOf('ＧＤＰ　gdp')).toEqual(['gdp'])
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

  it('标点不是词的一部分：括号、引号、书名号不隔开，点号隔开，数字之间的记号留着', () => {
    expect(searchText('关于印发《河湾县停车场管理办法（试行）》的通知')).toBe('关于印发河湾县停车场管理办法试行的通知')
    expect(searchText('居民、燃气。“三公”—经费')).toBe('居民 燃气 三公经费')
    expect(searchText('1.5倍，8：30至17:30')).toBe('1\u00015倍 8\u000130至17\u000130')
    expect(searchLexemes(entry('甲《乙》、丙'))).toEqual(['丙', '乙', '甲', '甲乙'].sort())
    expect(searchVector(entry("a'"))).toBe("'a'")
  })

  it('文字里本来就有 U+0001 的：两处都当作隔开，不当作数字之间的点', () => {
    const text = '收费1\u00015元'
    expect(searchText(text)).toBe('收费1 5元')
    for (const q of ['1.5', '1\u00015', '15', '收费', '5元'])
      for (const { forms } of searchWords(q))
        for (const { text: word } of forms)
          expect([q, word, new RegExp(patternOf(word), 'u').test(text)]).toEqual([
            q,
            word,
            searchText(text).includes(word),
          ])
    expect(searchWords('\u0001')).toEqual([])
  })

  const raw = fc.string({ unit: fc.constantFrom(..."甲乙丙丁12aB—-《》（)【、，.：%“'＂～\n\u0001"), maxLength: 24 })
  it('原文核对的写法与归一后含有该词相当', () => {
    fc.assert(
      fc.property(raw, raw, raw, raw, (before, within, after, another) => {
        const text = before + within + after
        for (const word of searchText(another).split(' ').concat(searchText(within).split(' '))) {
          if (word === '') continue
          expect([text, word, new RegExp(patternOf(word), 'u').test(text)]).toEqual([
            text,
            word,
            searchText(text).includes(word),
          ])
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('检索词', () => {
  // However a document number is written, it finds the same as its standard form.
  const number = '海政规发〔2026〕3号'
  const brackets = ['〔〕', '[]', '［］', '()', '（）', '【】', '<>', '〈〉', '﹝﹞', '{}']
  const spellings = fc
    .record({
      pair: fc.constantFrom(...brackets),
      year: fc.constantFrom('2026', '２０２６', '二〇二六', '2026年'),
      first: fc.constantFrom('', '第'),
      seq: fc.constantFrom('3', '03', '003', '３', '三'),
      last: fc.constantFrom('号', ''),
      around: fc.constantFrom('', '“”', '《》', '（）', ' ', '。'),
      space: fc.constantFrom('', ' ', '　'),
    })
    .map(({ pair, year, first, seq, last, around, space }) => {
      const written = `海政规发${space}${pair[0]}${year}${pair[1]}${space}${first}${seq}${last}`
      if (around.length === 2) return `${around[0]}${written}${around[1]}`
      return around === '。' && last === '' ? written : written + around
    })
  it.each(['HYGF-2026-0005', 'hygf—2026—5', 'ＨＹＧＦ－２０２６－０５', '“HYGF-2026-005”', 'HYGF2026-5'])(
    '统一登记号 %s：横线的写法与虚位的多少不论',
    (q) => {
      const [word, ...others] = searchWords(q)
      expect(others).toEqual([])
      expect(word?.forms.map(({ text }) => text)).toContain(searchText('HYGF-2026-0005'))
      expect(word?.forms.map(({ text }) => text)).not.toContain(searchText('HYGF-2026-0050'))
    },
  )
  it('任何括号、第、前导零、全角、汉字数字、缺号、外加的标点，都是同一个文号', () => {
    fc.assert(
      fc.property(spellings, (q) => {
        expect([q, ...wordsOf(q)]).toEqual([q, ...wordsOf(number)])
      }),
      { numRuns: 500 },
    )
  })
  it.each([
    ['海政规发2026年3号', ['海政规发20263号']],
    ['文号：海政规发〔2026〕3号', ['海政规发20263号']],
    ['发文字号:海政规发[2026]003号', ['海政规发20263号']],
    ['海政规发2026年第3号', ['海政规发20263号']],
    ['海政规发2026第003号', ['海政规发20263号']],
    ['海政规发2026-3', ['海政规发20263号']],
    ['海政规发2026', ['海政规发2026']],
    ['海政规发2026年', ['海政规发2026']],
    ['海政规发〔2026〕', ['海政规发2026']],
    ['〔2026〕3号', ['20263号']],
    ['2026年3号', ['20263号']],
    ['351号令', ['令第351号']],
    ['四川省人民政府令351号', ['四川省人民政府令第351号']],
    ['国办发[2018]128号', ['国办发2018128号']],
    ['财政部 税务总局公告2023年第12号', ['财政部', '税务总局公告2023年第12号']],
    ['燃气 海政规发[2026]3号', ['燃气', '海政规发20263号']],
    ['海政规发[2026]3号停车场', ['海政规发20263号', '停车场']],
    ['停车 公告 3', ['停车', '公告', '3']],
    ['居民、燃气', ['居民', '燃气']],
    ['居民，燃气；安全', ['居民', '燃气', '安全']],
    ['《停车场管理办法》', ['停车场管理办法']],
    ['停车场管理办法（试行）', ['停车场管理办法试行']],
    ['“三公”经费', ['三公经费']],
    ['燃气。', ['燃气']],
    ['燃气？！…', ['燃气']],
    ['1.5倍', ['1\u00015倍']],
    ['燃氣、高標準農田', ['燃氣|燃气', '高標準農田|高标准农田']],
    ['、。《》', []],
  ])('%s', (q, words) => expect(wordsOf(q)).toEqual(words))
})
