// Articles that a text quotes are not its own, however they are quoted; its own are, whatever stands between them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyElement } from './arbitraries.fixture.ts'
import { parseText } from './parse.ts'

const numerals = [...'一二三四五六七八九十']
const quotedArticles = fc
  .uniqueArray(fc.integer({ min: 18, max: 90 }), { minLength: 1, maxLength: 4 })
  .map((numbers) => numbers.sort((a, b) => a - b).map((n) => `第${n}条　行政机关应当依照规定公开第${n}类信息。`))
/** What stands around quoted articles; the lines before and behind belong to the text. */
const quotations: Record<string, (lines: string[]) => string[]> = {
  'curly quotes': (lines) => ['《信息公开条例》规定如下：', `“${lines.join('\n')}”`],
  'a mark before every paragraph': (lines) => [
    '《信息公开条例》规定如下：',
    `${lines.map((one) => `“${one}`).join('\n')}”`,
  ],
  'every article closed': (lines) => ['有关条文如下：', lines.map((one) => `“${one}”`).join('\n')],
  'corner quotes': (lines) => ['《信息公开条例》规定：', `「${lines.join('\n')}」`],
  'double corner quotes': (lines) => ['《信息公开条例》规定：', `『${lines.join('\n')}』`],
  'single quotes': (lines) => ['《信息公开条例》规定：', `‘${lines.join('\n')}’`],
  'old quotes': (lines) => ['《信息公开条例》规定：', `〝${lines.join('\n')}〞`],
  'straight quotes': (lines) => ['《信息公开条例》规定：', `"${lines.join('\n')}"`],
  'quotes within a line': (lines) => [`省厅答复称：“${lines.join('\n')}”请遵照执行。`],
  'a block quotation': (lines) => lines.map((one) => `> ${one}`),
  'no marks, named before': (lines) => ['依照《信息公开条例》的下列规定办理：', ...lines],
  'no marks, one each': (lines) => lines.flatMap((one) => [`根据《信息公开条例》${one.split('　')[0]}规定`, one]),
  'a Markdown table': (lines) => [
    '| 现行条文 | 修改后 |',
    '| --- | --- |',
    ...lines.map((one) => `| ${one} | ${one} |`),
  ],
}
const faultsOf = (text: string): string[] => parseText(text).faults.map(({ message }) => message)
const articlesOf = (text: string): Array<string | null> =>
  everyElement(parseText(text)).flatMap(({ level, number }) => (level === 'article' ? [number] : []))

describe('quoted articles', () => {
  it('of a reply are none of its own, and no fault of its numbering', () => {
    fc.assert(
      fc.property(quotedArticles, fc.constantFrom(...Object.keys(quotations)), (lines, how) => {
        const text = [
          '关于停车收费问题的答复',
          '县公安局：',
          '你局的请示收悉。',
          ...(quotations[how]?.(lines) ?? []),
          '此复。',
        ].join('\n')
        expect([how, articlesOf(text), faultsOf(text)]).toEqual([how, [], []])
        for (const line of lines) expect(text).toContain(line)
      }),
      { numRuns: 200 },
    )
  })
  it('within an act leave its own row of articles whole', () => {
    const own = (count: number) =>
      Array.from({ length: count }, (_, at) => `第${numerals[at]}条　停车场应当遵守第${at + 1}项要求。`)
    fc.assert(
      fc.property(
        quotedArticles,
        fc.constantFrom(...Object.keys(quotations).filter((how) => how !== 'no marks, one each')),
        fc.integer({ min: 3, max: 9 }),
        fc.nat(),
        (lines, how, count, where) => {
          const articles = own(count)
          const at = 1 + (where % (count - 1))
          const text = [
            '海原县停车场管理办法',
            ...articles.slice(0, at),
            ...(quotations[how]?.(lines) ?? []),
            ...articles.slice(at),
          ].join('\n')
          expect([how, articlesOf(text), faultsOf(text)]).toEqual([
            how,
            numerals.slice(0, count).map((n) => `第${n}条`),
            [],
          ])
        },
      ),
      { numRuns: 200 },
    )
  })

  const kinds: ReadonlyArray<(n: string) => string> = [
    (n) => `将第${n}条修改为：`,
    (n) => `第${n}条修改为`,
    (n) => `增加一条，作为第${n}条：`,
    (n) => `第${n}条改为第${n}条，修改为：`,
  ]
  const marks: ReadonlyArray<readonly [string, string]> = [
    ['“', '”'],
    ['「', '」'],
    ['"', '"'],
    ['', ''],
  ]
  it('that an amendment inserts are none of its own, with marks and without', () => {
    const change = fc.record({
      number: fc.integer({ min: 1, max: 40 }).map(String),
      kind: fc.constantFrom(...kinds),
      paragraphs: fc.integer({ min: 1, max: 3 }),
      sameLine: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(change, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...marks),
        fc.boolean(),
        (changes, [open, close], inArticles) => {
          const lines = changes.flatMap(({ number, kind, paragraphs, sameLine }, at) => {
            const lead = `${inArticles ? `第${numerals[at]}条　` : `${numerals[at]}、`}${kind(number)}`
            const words = `${open}第${number}条　${Array.from({ length: paragraphs }, (_, p) => `经营者应当公示第${p}项价格。`).join('\n')}${close}`
            return sameLine && open !== ''
              ? [`${lead}${words}`]
              : [lead.endsWith('：') || !inArticles ? lead : `${lead}：`, words]
          })
          const last = inArticles
            ? `第${numerals[changes.length]}条　本决定自公布之日起施行。`
            : '本决定自公布之日起施行。'
          const text = [
            '海原县人民政府关于修改《海原县停车场管理办法》的决定',
            ...(inArticles ? [] : ['决定作如下修改：']),
            ...lines,
            last,
          ].join('\n')
          const wanted = inArticles ? numerals.slice(0, changes.length + 1).map((n) => `第${n}条`) : []
          expect([text, articlesOf(text), faultsOf(text)]).toEqual([text, wanted, []])
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([
    [
      'a chapter inserted without marks',
      '一、增加一章，作为第四章：\n第四章　法律责任\n第二十条　违反本办法的，处理。\n第二十一条　渎职的，处分。\n二、第五章改为第六章。',
    ],
    [
      'what was and what shall be',
      '一、关于第三条\n原条文：\n第三条　应当明码标价。\n修改后：\n第三条　应当公示价格。\n二、其他',
    ],
    [
      'a comparison line by line',
      '第三条\n原文：应当明码标价。\n修改后：应当公示。\n第九条\n原文：处理。\n修改后：依法处理。',
    ],
    [
      'provisions behind the text',
      '一、应当收费。\n二、应当公示。\n附：相关法条\n《信息公开条例》\n第十八条　应当公开。\n第三十九条　可以收费。',
    ],
  ])('%s', (_, words) => {
    const text = `关于停车场管理的说明\n${words}`
    expect([articlesOf(text), faultsOf(text)]).toEqual([[], []])
  })
  it.each([
    ['a missing first article', '海原县停车场管理规定\n第二条　甲应当。\n第三条　乙应当。', ['第二条', '第三条'], 1],
    [
      'a missing first article below 主送机关',
      '海原县停车管理通知\n各乡镇人民政府：\n第二条　甲应当。\n第三条　乙应当。',
      ['第二条', '第三条'],
      1,
    ],
    [
      'a missing article behind a colon',
      '海原县停车场管理办法\n第一条　职责如下：\n（一）规划：\n第三条　甲应当。\n第四条　乙。',
      ['第一条', '第三条', '第四条'],
      1,
    ],
    [
      'articles below 现规定如下',
      '海原县停车通告\n根据《道路交通安全法》第三十三条规定，现规定如下：\n第一条　甲应当。\n第二条　乙应当。',
      ['第一条', '第二条'],
      0,
    ],
    [
      'a text passed on as a whole',
      '转发如下\n> 海原县停车办法\n> 第一条　甲应当。\n> 第二条　乙应当。\n> 第三条　丙应当。',
      ['第一条', '第二条', '第三条'],
      0,
    ],
  ])('%s stays what it is', (_, text, articles, faults) => {
    expect(articlesOf(text)).toEqual(articles)
    expect(faultsOf(text)).toHaveLength(faults)
  })
})

describe('inverted levels', () => {
  const signs = [
    (n: number) => `${numerals[n]}、`,
    (n: number) => `（${numerals[n]}）`,
    (n: number) => `${n + 1}.`,
    (n: number) => `（${n + 1}）`,
    (n: number) => '①②③④⑤⑥⑦⑧⑨⑩'[n] ?? '',
    (n: number) => `${n + 1}、`,
  ] as const
  it('are no fault, whichever sign stands above whichever, in a circular or in an article', () => {
    const list = fc.record({
      outer: fc.integer({ min: 0, max: 5 }),
      inner: fc.integer({ min: 0, max: 5 }),
      items: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 }),
      inArticle: fc.boolean(),
    })
    fc.assert(
      fc.property(list, ({ outer, inner, items, inArticle }) => {
        // 1. and 1、 are one kind of number to the reader.
        if (outer === inner || (outer !== inner && [2, 5].includes(outer) && [2, 5].includes(inner))) return
        const lines = items.flatMap((count, at) => [
          `${signs[outer]?.(at)}停车管理的要求：`,
          ...Array.from({ length: count }, (_, n) => `${signs[inner]?.(n)}应当落实到位；`),
        ])
        const text = inArticle
          ? ['海原县停车场管理办法', '第一条　有关单位应当做到：', ...lines, '第二条　本办法自公布之日起施行。'].join(
              '\n',
            )
          : ['海原县停车场管理的通知', '现通知如下。', ...lines].join('\n')
        expect([text, faultsOf(text)]).toEqual([text, []])
      }),
      { numRuns: 300 },
    )
  })
})
