import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cite } from './cite.ts'
import { parseText } from './parse.ts'
import { printText } from './print.ts'

const pick = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const copy = pick('000001', '份号：000012', '№ 000123', 'No.000003')
const secrecy = pick('机密★1年', '秘密★6个月', '密级：秘密', '绝密★启用前', '内部资料', '密级：')
const urgency = pick('特急', '特 急', '加急', '【特急】', '紧急程度：平急', '特急·明电', '急件')
const signers = pick('签发人：张三', '签 发 人：张三　李四', '签发人:王  五')

/** The head of a paper: copy number, secrecy and urgency in a line each or all in one, issuer, number, signer. */
const head = fc
  .record({
    copy: fc.option(copy, { nil: null }),
    secrecy: fc.option(secrecy, { nil: null }),
    urgency: fc.option(urgency, { nil: null }),
    oneLine: fc.boolean(),
    red: pick(['河湾县人民政府文件'], ['河湾县人民政府'], ['河湾县财政局', '河湾县民政局', '文件'], []),
    signer: fc.option(signers, { nil: null }),
    beside: fc.boolean(),
  })
  .filter(({ red, signer }) => red.length > 0 || signer === null)

describe('版头各行不进标题', () => {
  test('份号、密级、紧急程度、签发人，怎样排都读得出标题、文号与主送', () => {
    fc.assert(
      fc.property(head, ({ copy, secrecy, urgency, oneLine, red, signer, beside }) => {
        const marks = [copy, secrecy, urgency].filter((one) => one !== null)
        const number = '河政发〔2026〕3号'
        const lines = [
          ...(oneLine && marks.length > 0 && marks.every((one) => !one.includes(' ')) ? [marks.join('　　')] : marks),
          ...red,
          ...(red.length === 0
            ? []
            : signer === null
              ? [number]
              : beside
                ? [`${number}　　　　${signer}`]
                : [signer, number]),
          '河湾县人民政府关于加强停车管理的通知',
          '各乡镇人民政府：',
          '现就有关事项通知如下，请遵照执行。',
          '一、划定泊位。',
        ]
        const read = parseText(lines.join('\n'))
        expect(read.title).toBe('河湾县人民政府关于加强停车管理的通知')
        expect(read.documentNumber).toBe(red.length === 0 ? null : number)
        expect(read.addressees).toBe('各乡镇人民政府')
        // No line is lost: head, preamble and what was skipped are together what was written.
        const kept = [
          ...(read.letterhead ?? []),
          ...read.preamble.map(({ text }) => text),
          ...(read.skipped ?? []).map(({ text }) => text),
        ].join('\n')
        for (const mark of marks) expect(kept).toContain(mark)
        expect(parseText(printText(read)).title).toBe(read.title)
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    '会议通过）',
    '第12次常务会议通过，自2026年4月1日起施行）',
    '为了加强停车管理，保障',
    '根据有关法律和本县',
  ])('%s 不是标题', (line) => expect(parseText(`${line}\n第一条　停车应当有序。`).title).toBeNull())
})

describe('公布在先、文件在后', () => {
  const organ = pick('河湾县人民政府公告', '河湾县人民政府\n公    告', '河湾县人民政府令\n第12号')
  const said = pick(
    '《NAME》已于2026年3月1日经县人民政府第12次常务会议通过。现予公布，自2026年4月1日起施行。',
    '《NAME》已经2026年3月1日县人民政府常务会议审议通过，现予公布。',
    '《NAME》业经县人民政府同意，现予发布。',
    '现公布《NAME》，自2026年4月1日起施行。',
    '现将《NAME》予以公布，自2026年4月1日起施行。',
  )
  const body = pick('第一条　停车。\n第二条　有序。', '一、停车。\n二、有序。', '停车应当有序。\n特此批复。')
  const name = pick(
    ['河湾县停车管理办法', '河湾县停车管理办法'],
    ['河湾县人民政府关于停车收费问题的批复', '河湾县人民政府\n关于停车收费问题的批复'],
    [
      '河湾县人民政府关于停车场、加油站、充电站收费问题的批复',
      '河湾县人民政府\n关于停车场、\n加油站、充电站收费问题的批复',
    ],
  )
  test('标题是所公布的文件，文号是它自己的', () => {
    fc.assert(
      fc.property(organ, said, name, body, fc.boolean(), (organ, said, [name, lines], body, signed) => {
        const text = [
          organ,
          said.replace('NAME', name ?? ''),
          ...(signed ? ['河湾县人民政府'] : []),
          '2026年3月5日',
          lines,
          '河政规发〔2026〕2号',
          body,
        ].join('\n')
        const read = parseText(text)
        expect(read.title).toBe(name)
        expect(read.documentNumber).toBe('河政规发〔2026〕2号')
      }),
      { numRuns: 150 },
    )
  })
})

test.each([
  ['1996年9月23日      〔1996〕行他字第23号', '〔1996〕行他字第23号'],
  ['1989年9月7日　〔89〕高检会（研）字第12号', '〔89〕高检会（研）字第12号'],
  ['1993年2月15日  [1992]民他字第10号', '[1992]民他字第10号'],
])('%s：日期与旧式文号，不是标题', (line, number) => {
  const read = parseText(`${line}\n内蒙古自治区高级人民法院：\n你院请示收悉。\n此复。`)
  expect([read.title, read.documentNumber, read.addressees]).toEqual([null, number, '内蒙古自治区高级人民法院'])
})

describe('书名号写成别的样子', () => {
  const opens = [...'《〈＜<﹤«‹≪⟪⟨']
  const closes = [...'》〉＞>﹥»›≫⟫⟩']
  const articles = pick(['第三条', ['第三条']], ['第三条、第五条', ['第三条', '第五条']], ['', []])
  test('一个或者两个连写，开合不一样，其后的条都归它，不归本文件', () => {
    fc.assert(
      fc.property(
        pick(...opens),
        pick('', ...opens),
        pick(...closes),
        pick('', ...closes),
        articles,
        (open, openToo, close, closeToo, [said, expected]) => {
          fc.pre((openToo === '') === (closeToo === ''))
          const text = `根据${open}${openToo}河湾县停车管理办法${close}${closeToo}${said}的规定，制定本办法。`
          const read = cite(text)
          expect(read.named.map(({ name, articles }) => [name, articles])).toEqual([['河湾县停车管理办法', expected]])
          expect(read.internal).toEqual([])
          const [first] = read.named
          expect(text.slice(first?.start, first?.end)).toBe(`${open}${openToo}河湾县停车管理办法${close}${closeToo}`)
        },
      ),
      { numRuns: 300 },
    )
  })
  test.each(['“”', '""', '「」', '『』', '［］', '[]', '【】'])(
    '引号、方括号 %s 里的名称，其后的条也归它',
    ([open, close]) => {
      const read = cite(`依照${open}河湾县停车管理办法${close}第三条办理。`)
      expect(read.named.map(({ name, articles }) => [name, articles])).toEqual([['河湾县停车管理办法', ['第三条']]])
    },
  )
  test.each([
    '罚款＜500元的，按照第三条办理。',
    '“本办法”第三条所称泊位。',
    '《山东省实施<中华人民共和国水法>办法》第三条',
  ])('%s 不因此多出一个名称', (text) => expect(cite(text).named.length).toBe(text.startsWith('《') ? 1 : 0))
})
