// Numbers that Markdown, web pages, lists and scanners decorate or disfigure; what is quoted; levels the other way round.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyElement } from './arbitraries.fixture.ts'
import { plainLine } from './decorations.ts'
import { chineseNumeral } from './lines.ts'
import { outline } from './outline.ts'
import { parseText } from './parse.ts'

const words = [
  '为了规范停车场管理，制定本办法。',
  '本县停车场的管理，适用本办法。',
  '停车场收费标准为每小时3元。',
  '停车场应当公示收费标准。',
  '本办法自2026年12月1日起施行，有效期五年。',
]
const numbers = words.map((_, at) => `第${chineseNumeral(at + 1)}条`)
const document = (write: (number: string, words: string, at: number) => string): string =>
  ['海原县停车场管理办法', ...words.map((one, at) => write(numbers[at] ?? '', one, at))].join('\n')

/** What may stand before and behind a number. */
const decorations: ReadonlyArray<[string, string]> = [
  ['**', '**　'],
  ['**', '** '],
  ['**', '**'],
  ['__', '__ '],
  ['*', '* '],
  ['# ', ' '],
  ['#### ', '　'],
  ['###### **', '** '],
  ['> ', ' '],
  ['> **', '**　'],
  ['<b>', '</b>　'],
  ['<strong>', '</strong> '],
  ['<span style="color:red">', '</span>　'],
  ['<p><b>', '</b>　'],
  ['&nbsp;&nbsp;', '　'],
  ['&emsp;&emsp;<strong>', '</strong>&emsp;'],
  ['【', '】　'],
  ['【', '】'],
  ['[', '] '],
  ['［', '］　'],
  ['（', '）　'],
  ['(', ') '],
  ['〔', '〕'],
  ['〖', '〗　'],
  ['「', '」　'],
  ['《', '》　'],
  ['•', ' '],
  ['• ', '　'],
  ['·', ' '],
  ['- ', ' '],
  ['* ', ' '],
  ['+ ', ' '],
  ['● ', '　'],
  ['◆', '　'],
  ['■ ', ' '],
  ['► ', ' '],
  ['※', '　'],
  ['1. ', ' '],
  ['1. **', '** '],
  ['1、', '　'],
  ['1）', ' '],
  ['（1）', '　'],
  ['①', '　'],
  ['一、', '　'],
  ['- 【', '】'],
  ['\u200b', '　'],
  ['\uf06c', ' '],
]
const lookalikes: Record<string, string[]> = {
  第: ['苐', '笫'],
  一: ['—', '–', '－', 'ー', '─', '壹', '⼀', '-'],
  二: ['ニ', '贰', '⼆', '貳'],
  三: ['叁', '參', '弎'],
  四: ['肆'],
  五: ['伍'],
  条: ['條'],
}

describe('numbers in decoration', () => {
  it('are read, whatever decorates them, some of them or all', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...decorations),
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        fc.constantFrom('', '　　', '  ', '\t'),
        ([open, close], plain, indent) => {
          const text = document(
            (number, one, at) => `${indent}${plain[at] ? `${number}　` : `${open}${number}${close}`}${one}`,
          )
          const read = parseText(text)
          const articles = everyElement(read).filter(({ level }) => level === 'article')
          expect(articles.map(({ number }) => number)).toEqual(numbers)
          expect(articles.map(({ children }) => children[0]?.text)).toEqual(words)
          expect(read).toMatchObject({ title: '海原县停车场管理办法', faults: [] })
        },
      ),
      { numRuns: 400 },
    )
  })
  it('with signs that look alike are read as what they stand for', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat(9)), fc.constantFrom('　', ' ', '：'), (picks, sign) => {
        const draw = picks[Symbol.iterator]()
        const disfigured = (number: string): string =>
          [...number]
            .map((one) => {
              const pick = Number(draw.next().value)
              return pick < 5 ? one : (lookalikes[one]?.[pick % (lookalikes[one]?.length ?? 1)] ?? one)
            })
            .join('')
        const read = parseText(document((number, one) => `${disfigured(number)}${sign}${one}`))
        expect(
          everyElement(read)
            .filter(({ level }) => level === 'article')
            .map(({ number }) => number),
        ).toEqual(numbers)
      }),
      { numRuns: 200 },
    )
  })
  it('what cannot be read is named by its line', () => {
    for (const odd of [
      '第?条　',
      '第＊条　',
      '第〓条　',
      '第壱条　',
      '第甲条　',
      '第二奈　',
      '条二　',
      '条文2　第二条　',
      '|第二条|',
      '“第二条”',
      'Article 2　',
    ]) {
      const { faults } = parseText(document((number, one, at) => (at === 2 ? `${odd}${one}` : `${number}　${one}`)))
      expect(faults.map(({ code, line }) => [code, line])).toContainEqual(['unread-number', 4])
      expect(faults.find(({ code }) => code === 'unread-number')?.message).toMatch(/疑似条号没有识别/)
    }
  })
  it('a Markdown document is read without its signs', () => {
    const read = parseText(`# 海原县停车场管理办法

## **第一章　总则**

**第一条**　为规范管理，制定本办法。

### 第二章 管理

**第二条**　经营者应当：

- （一）明码标价；
* （二）公示电话。

# 第三章 附则 #

**第三条** 本办法自2026年12月1日起施行。
`)
    expect(read.title).toBe('海原县停车场管理办法')
    expect(read.counts).toMatchObject({ chapters: 3, articles: 3 })
    expect(everyElement(read).flatMap(({ heading }) => (heading === null ? [] : [heading]))).toEqual([
      '总则',
      '管理',
      '附则',
    ])
    expect(
      everyElement(read)
        .filter(({ level }) => level === 'item')
        .map(({ number }) => number),
    ).toEqual(['（一）', '（二）'])
  })
  it('words keep their places, and sentences that only mention an article stay sentences', () => {
    const line = { text: '**第一条**　为了规范。', start: 10, end: 22, line: 1, indented: false }
    const { line: plain } = plainLine(line)
    expect(plain.text).toBe('第一条  　为了规范。')
    expect(plain.start).toBe(12)
    for (const sentence of [
      '（第三条规定的除外）',
      '1.第三条规定的情形。',
      '- 第五条第二款所列事项',
      '《第三条》解读',
      '弟三条道路',
    ])
      expect([sentence, parseText(`关于停车的意见\n一、甲。\n${sentence}\n`).counts.articles]).toEqual([sentence, 0])
  })
})

describe('articles of another act', () => {
  const count = (text: string): [number, string[]] => {
    const found = outline(parseText(text))
    return [found.articles, found.faults.map(({ message }) => message)]
  }
  const says = fc.constantFrom(
    '规定：“甲。”',
    '规定，停车场分级管理。',
    '规定了收费。',
    '明确，收费标准为2元。',
    '明确：“乙。”',
    '要求明码标价。',
    '指出，应当公示。',
    '所称停车场，是指场所。',
    '第二款规定：“丙。”',
    '规定“丁”。',
  )
  it('that a letter or an explanation speaks of are sentences', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 2, max: 60 }), says), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (sentences, numbered) => {
          const lines = sentences.map(([number, one]) => `第${chineseNumeral(number)}条${one}`)
          const text = numbered
            ? ['停车收费政策解读', '一、相关规定', ...lines, '二、适用意见', '我局认为，按规定办理。']
            : [
                '海原县司法局关于停车收费法律适用问题的复函',
                '县发展和改革局：',
                '来函收悉。现函复如下：',
                ...lines,
                '特此函复。',
                '海原县司法局',
                '2026年3月2日',
              ]
          expect(count(text.join('\n'))).toEqual([0, []])
        },
      ),
      { numRuns: 200 },
    )
  })
  it('that an amendment words anew are not its own, in any marks and in none', () => {
    const inserted = ['第五条　停车场应当明码标价。', '第六条　停车场应当公示电话。']
    for (const [open, close] of [
      ['“', '”'],
      ['「', '」'],
      ['『', '』'],
      ['', ''],
    ]) {
      const text = [
        '海原县人民政府关于修改《海原县停车场管理办法》的决定',
        '一、将第五条修改为：',
        `${open}${inserted[0]}`,
        `${inserted[1]}${close}`,
        '二、删去第九条。',
        '三、增加一条，作为第十条：',
        `${open}第十条　停车场应当安全。${close}`,
        '本决定自2026年12月1日起施行。',
      ]
      expect([open, ...count(text.join('\n'))]).toEqual([open, 0, []])
      expect(parseText(text.join('\n')).counts.level1).toBe(3)
    }
  })
})

describe('levels the other way round', () => {
  const inner: ReadonlyArray<[(n: number) => string, (n: number) => string]> = [
    [(n) => `${n}、`, (n) => `（${chineseNumeral(n)}）`],
    [(n) => `${n}.`, (n) => `（${chineseNumeral(n)}）`],
    [(n) => `（${n}）`, (n) => `${n}.`],
    [(n) => `（${n}）`, (n) => `（${chineseNumeral(n)}）`],
    [(n) => `（${chineseNumeral(n)}）`, (n) => `${chineseNumeral(n)}、`],
    [(n) => '①②③④'[n - 1] ?? '', (n) => `（${n}）`],
    [(n) => `（${chineseNumeral(n)}）`, (n) => `${n}.`],
    [(n) => `${chineseNumeral(n)}、`, (n) => `（${chineseNumeral(n)}）`],
  ]
  it('are no fault in an article, with or without a line between', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...inner),
        fc.array(fc.integer({ min: 2, max: 4 }), { minLength: 2, maxLength: 3 }),
        fc.boolean(),
        ([outer, below], counts, between) => {
          const items = counts.flatMap((count, at) => [
            `${outer(at + 1)}等级：`,
            ...(between ? ['符合下列情形之一的：'] : []),
            ...Array.from({ length: count }, (_, n) => `${below(n + 1)}死亡人数；`),
          ])
          const read = parseText(
            ['海原县分级办法', '第一条　按照下列标准分级：', ...items, '第二条　本办法自发布之日起施行。'].join('\n'),
          )
          expect(read.faults).toEqual([])
          expect(read.counts.articles).toBe(2)
          if (!between) {
            const outers = everyElement(read).filter(({ level }) => level === 'item')
            expect(outers.map(({ children }) => children.length)).toEqual(counts)
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('further decorations and look-alikes', () => {
  it.each<[string, (number: string, words: string, at: number) => string]>([
    ['「第一条」', (n, w) => `「${n}」${w}`],
    ['▲', (n, w) => `▲${n}　${w}`],
    ['☑', (n, w) => `☑ ${n}　${w}`],
    ['==', (n, w) => `==${n}== ${w}`],
    ['第①条', (_, w, at) => `第${'①②③④⑤'[at]}条　${w}`],
    ['第㈠条', (_, w, at) => `第${'㈠㈡㈢㈣㈤'[at]}条　${w}`],
    ['第（一）条', (_, w, at) => `第（${chineseNumeral(at + 1)}）条　${w}`],
    ['第Ⅰ条', (_, w, at) => `第${'ⅠⅡⅢⅣⅤ'[at]}条　${w}`],
    ['第一絛', (n, w) => `${n.replace('条', '絛')}　${w}`],
  ])('%s is read', (_, write) => expect(parseText(document(write)).counts.articles).toBe(5))
  it.each<[string, (number: string, words: string, at: number) => string]>([
    ['《第一条》', (n, w) => `《${n}》${w}`],
    ['一条', (n, w) => `${n.slice(1)}　${w}`],
    ['§1', (_, w, at) => `§${at + 1} ${w}`],
    ['codes', (n, w) => `${n.replace('第', '&#31532;')} ${w}`],
  ])('%s is named line by line', (_, write) => {
    const { faults } = parseText(document(write))
    expect(faults.filter(({ code }) => code === 'unread-number').map(({ line }) => line)).toEqual([2, 3, 4, 5, 6])
  })
  it('a text laid out as a table is said to be one', () => {
    expect(parseText(document((n, w) => `| ${n} | ${w} |`)).faults).toMatchObject([
      { code: 'unread-number', message: expect.stringContaining('5行以条号开头') },
    ])
  })
})
