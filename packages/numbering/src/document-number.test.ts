import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '../../../test/support/any-character.ts'
import { sharedData } from '../../../test/support/shared-data.ts'
import {
  formatAnnouncementNumber,
  formatDocumentNumber,
  formatOrderNumber,
  NumberingError,
  parseNumber,
  readChineseNumeral,
} from './index.ts'

const year = fc.integer({ min: 1900, max: 2099 })
const seq = fc.integer({ min: 1, max: 99_999 })
const ideographs = (maxLength: number) =>
  fc
    .array(fc.integer({ min: 0x4e00, max: 0x9fff }), { minLength: 1, maxLength })
    .map((codes) => String.fromCharCode(...codes))
const plausible = fc
  .array(
    fc.constantFrom(
      ...'海政规发令公告通第年号〔〕[]（）()【】2026012０１十二百 　-、'.split(''),
      '\u200b',
      '令第',
      '公告',
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.join(''))

const good: Array<[string, string, string, number | null, number]> = [
  ['海政规发〔2026〕12号', 'document', '海政规发', 2026, 12],
  ['海政办发〔2023〕8号', 'document', '海政办发', 2023, 8],
  ['国办发〔2018〕115号', 'document', '国办发', 2018, 115],
  ['穗埔府规〔2021〕18号', 'document', '穗埔府规', 2021, 18],
  ['国发〔1999〕99999号', 'document', '国发', 1999, 99999],
  ['四川省人民政府令第351号', 'order', '四川省人民政府令', null, 351],
  ['国家发展和改革委员会令2024年第19号', 'order', '国家发展和改革委员会令', 2024, 19],
  ['国家税务总局公告2026年第19号', 'announcement', '国家税务总局公告', 2026, 19],
  ['海原县人民政府通告第3号', 'announcement', '海原县人民政府通告', null, 3],
  ['中国证券监督管理委员会公告〔2023〕43号', 'announcement', '中国证券监督管理委员会公告', 2023, 43],
]

const tolerated: Array<[string, string, string[]]> = [
  ['哈政发法字[2009]1号', '哈政发法字〔2009〕1号', ['wrong_brackets']],
  ['海政发［2009］1号', '海政发〔2009〕1号', ['wrong_brackets']],
  ['海政发【2009】1号', '海政发〔2009〕1号', ['wrong_brackets']],
  ['海政发(2009)1号', '海政发〔2009〕1号', ['wrong_brackets']],
  ['海政发（2009）1号', '海政发〔2009〕1号', ['wrong_brackets']],
  ['海政发〔2009)1号', '海政发〔2009〕1号', ['wrong_brackets']],
  ['海政发〔２０２６〕１２号', '海政发〔2026〕12号', ['full_width_digits']],
  [' 海政发 〔2026〕\u300012 号', '海政发〔2026〕12号', ['spaces']],
  ['海政发〔2026〕012号', '海政发〔2026〕12号', ['leading_zeros']],
  ['海政发〔2026〕12', '海政发〔2026〕12号', ['missing_hao']],
  ['海政发〔2026〕第12号', '海政发〔2026〕12号', ['superfluous_di']],
  ['海政发〔2026年〕12号', '海政发〔2026〕12号', ['year_suffix']],
  ['海政发〔二〇二六〕十二号', '海政发〔2026〕12号', ['chinese_numerals']],
  ['（海政发〔2026〕12号）', '海政发〔2026〕12号', ['wrapped_in_brackets']],
  ['文号：海政发〔2026〕12号', '海政发〔2026〕12号', ['labelled']],
  ['发文字号: 海政发[2026]12号', '海政发〔2026〕12号', ['labelled', 'spaces', 'wrong_brackets']],
  ['文　号：国务院令第783号', '国务院令第783号', ['labelled']],
  ['海政发〔2012〕49号）', '海政发〔2012〕49号', ['trailing_characters']],
  ['海政发〔2012〕49号。', '海政发〔2012〕49号', ['trailing_characters']],
  ['沧州市人民政府令第〔2025〕第2号', '沧州市人民政府令〔2025〕2号', ['superfluous_di']],
  ['国务院令（第783号）', '国务院令第783号', ['wrapped_in_brackets']],
  ['四川省人民政府令351号', '四川省人民政府令第351号', ['missing_di']],
  ['四川省人民政府第351号令', '四川省人民政府令第351号', ['order_word_last']],
  [
    '海政发[2026] 第０12',
    '海政发〔2026〕12号',
    ['spaces', 'full_width_digits', 'wrong_brackets', 'superfluous_di', 'missing_hao', 'leading_zeros'],
  ],
]

const bad: Array<[string, string]> = [
  ['', 'empty'],
  ['   ', 'empty'],
  ['无文号', 'unrecognised'],
  ['海政发〔26〕12号', 'year_not_four_digits'],
  ['海政发〔2126〕12号', 'year_out_of_range'],
  ['海政发〔2026〕0号', 'sequence_zero'],
  ['海政发〔2026〕100000号', 'sequence_too_large'],
  ['海政发〔2026〕号', 'sequence_missing'],
  ['海政发〔2026〕12-1号', 'sequence_malformed'],
  ['海政发〔2026〕十百号', 'sequence_malformed'],
  ['〔2026〕12号', 'prefix_missing'],
  ['令第3号', 'prefix_missing'],
  ['号一〔1900〕1号', 'several_numbers'],
  ['號一〔1900〕1号', 'several_numbers'],
  ['第12号', 'prefix_missing'],
  ['HZ〔2026〕12号', 'prefix_characters'],
  ['海政发2026年12号', 'year_missing'],
  ['海政发12号', 'year_missing'],
  ['海政发〔2026〕1号、海财发〔2026〕2号', 'several_numbers'],
  ['海政发〔2026〕1号、2号', 'several_numbers'],
  ['海原县人民政府办公室督查发〔2026〕1号', 'prefix_too_long'],
  [`${'海'.repeat(101)}〔2026〕1号`, 'too_long'],
]

describe('发文字号、令号、公告号', () => {
  it.each(good)('“%s”是规范写法', (text, kind, prefix, wantYear, wantSeq) => {
    expect(parseNumber(text)).toEqual({
      valid: true,
      kind,
      prefix,
      year: wantYear,
      seq: wantSeq,
      normalized: text,
      faults: [],
    })
  })

  it('令号使用汉字数字也是规范写法，归一为阿拉伯数字', () => {
    expect(parseNumber('中华人民共和国主席令第十二号')).toMatchObject({
      valid: true,
      seq: 12,
      normalized: '中华人民共和国主席令第12号',
    })
    expect(parseNumber('四川省人民政府令第三百五十一号')).toMatchObject({
      valid: true,
      seq: 351,
      normalized: '四川省人民政府令第351号',
    })
  })

  it.each(tolerated)('导入时容忍“%s”，归一为“%s”并指出毛病', (text, normalized, codes) => {
    const parsed = parseNumber(text)
    expect(parsed).toMatchObject({ valid: false, tolerated: true, normalized })
    expect(parsed.faults.map((fault) => fault.code)).toEqual(codes)
    expect(parseNumber(normalized).valid).toBe(true)
  })

  it.each(bad)('拒绝“%s”：%s', (text, code) => {
    const parsed = parseNumber(text)
    expect(parsed).toMatchObject({ valid: false, normalized: null, prefix: null, year: null, seq: null })
    expect(parsed.tolerated).toBeUndefined()
    expect(parsed.faults.map((fault) => fault.code)).toContain(code)
    expect(parsed.faults.every((fault) => fault.message.length > 0)).toBe(true)
  })

  it('凡符合规则 5.2 正则的发文字号都算规范，除非末尾带“第”或者含“号”（“號”）', () => {
    const pattern = /^[\u4e00-\u9fff]{1,12}〔(?:19|20)\d{2}〕[1-9]\d{0,4}号$/
    fc.assert(
      fc.property(ideographs(12), year, seq, (prefix, y, s) => {
        fc.pre(!prefix.endsWith('第') && !/[号號]/.test(prefix) && !/^(?:令|公告|通告)$/.test(prefix))
        const text = `${prefix}〔${y}〕${s}号`
        expect(pattern.test(text)).toBe(true)
        expect(parseNumber(text)).toMatchObject({ valid: true, prefix, year: y, seq: s, normalized: text })
      }),
    )
  })

  it.each([
    ['海政规发﹙2020﹚3号', '海政规发〔2020〕3号'],
    ['海政规发⟨2020⟩3号', '海政规发〔2020〕3号'],
    ['海政规发〖2020〗3号', '海政规发〔2020〕3号'],
    ['財稅〔2016〕36號', '财税〔2016〕36号'],
    ['國務院令第700號', '国务院令第700号'],
    ['財政部 稅務總局公告2023年第12號', '财政部、税务总局公告2023年第12号'],
  ])('形近的括号、繁体的写法都读得出：%s', (written, normalized) => {
    expect(parseNumber(written)).toMatchObject({ valid: false, tolerated: true, normalized })
  })

  it('编出的发文字号读回来是同样的三部分', () => {
    fc.assert(
      fc.property(
        ideographs(14),
        fc.integer({ min: 1800, max: 2200 }),
        fc.integer({ min: -5, max: 120_000 }),
        (prefix, y, s) => {
          let text: string
          try {
            text = formatDocumentNumber({ prefix, year: y, seq: s })
          } catch (error) {
            expect(error).toBeInstanceOf(NumberingError)
            return
          }
          expect(parseNumber(text)).toMatchObject({ valid: true, prefix, year: y, seq: s, normalized: text })
        },
      ),
    )
  })

  it('编出的令号、公告号读回来是同样的三部分', () => {
    fc.assert(
      fc.property(fc.constantFrom('四川省人民政府', '海原县', '司法部'), fc.option(year), seq, (issuer, y, s) => {
        const order = { prefix: `${issuer}令`, year: y, seq: s }
        expect(parseNumber(formatOrderNumber(order))).toMatchObject({ valid: true, kind: 'order', ...order })
        const notice = { prefix: `${issuer}公告`, year: y, seq: s }
        expect(parseNumber(formatAnnouncementNumber(notice))).toMatchObject({
          valid: true,
          kind: 'announcement',
          ...notice,
        })
      }),
    )
  })

  it('归一是幂等的，归一的结果本身规范', () => {
    let read = 0
    fc.assert(
      fc.property(fc.oneof(plausible, fc.constantFrom(...tolerated.map(([text]) => text))), (text) => {
        const { normalized } = parseNumber(text)
        if (normalized === null) return
        read += 1
        expect(parseNumber(normalized)).toMatchObject({ valid: true, normalized, faults: [] })
      }),
      { numRuns: 3000 },
    )
    expect(read).toBeGreaterThan(100)
  })

  it('任何字符串都有回答，不抛错，拒绝必有理由', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: anyCharacter, maxLength: 200 }), plausible), (text) => {
        const parsed = parseNumber(text)
        expect(parsed.valid).toBe(parsed.faults.length === 0)
        expect(parsed.normalized === null).toBe(!parsed.valid && parsed.tolerated !== true)
      }),
      { numRuns: 2000 },
    )
    expect(parseNumber(undefined as unknown as string)).toMatchObject({ valid: false, kind: 'unknown' })
  })

  it('拒绝编出不规范的字号', () => {
    const refuse = (run: () => string, code: string) => expect(run).toThrow(expect.objectContaining({ code }))
    refuse(() => formatDocumentNumber({ prefix: '', year: 2026, seq: 1 }), 'invalid_prefix')
    refuse(() => formatDocumentNumber({ prefix: '海政发第', year: 2026, seq: 1 }), 'invalid_prefix')
    refuse(() => formatDocumentNumber({ prefix: '海政发', year: 26, seq: 1 }), 'invalid_year')
    refuse(() => formatDocumentNumber({ prefix: '海政发', year: 2026, seq: 0 }), 'invalid_sequence')
    refuse(() => formatDocumentNumber({ prefix: '海政发', year: 2026, seq: 1.5 }), 'invalid_sequence')
    refuse(() => formatOrderNumber({ prefix: '海政发', seq: 1 }), 'invalid_prefix')
    refuse(() => formatAnnouncementNumber({ prefix: '海政发', seq: 1 }), 'invalid_prefix')
  })
})

describe('汉字数字', () => {
  it.each([
    ['十', 10],
    ['十二', 12],
    ['二十', 20],
    ['一百零八', 108],
    ['三百五十一', 351],
    ['一千二百三十四', 1234],
    ['一万零一', 10001],
    ['二〇二六', 2026],
    ['一二', 12],
    ['两百', 200],
  ])('“%s”是 %i', (text, value) => {
    expect(readChineseNumeral(text)).toBe(value)
  })

  it.each(['', '百', '十十', '二三十', '十百', '万', '一万一万', '甲'])('“%s”不是数', (text) => {
    expect(readChineseNumeral(text)).toBeNull()
  })
})

describe('真实文号', () => {
  it('衢江区2021年清理目录中的文号都能读出或者说明理由', () => {
    const file = sharedData('cleanup-list-qujiang-2021.csv')
    if (file === null) return
    // Whole cells that begin like a number and hold nothing else, stray brackets included.
    const cell = /,([\u4e00-\u9fff]{1,12}[〔［[【(（]\d{4}[^,\n]{1,8}),/gu
    const numbers = Array.from(readFileSync(file, 'utf8').matchAll(cell), (match) => match[1] ?? '')
    expect(numbers.length).toBe(138)
    const refused = numbers.filter((text) => parseNumber(text).normalized === null)
    expect(refused).toEqual([])
  })

  it('联合发布的令以顿号并列机关，机关代字不能', () => {
    const joint = parseNumber('甲县人民政府、乙县人民政府令第7号')
    expect(joint).toMatchObject({ valid: true, kind: 'order', seq: 7, prefix: '甲县人民政府、乙县人民政府令' })
    expect(parseNumber('甲政发、乙政发〔2026〕7号').valid).toBe(false)
    expect(parseNumber('、甲县人民政府令第7号').valid).toBe(false)
  })
})
