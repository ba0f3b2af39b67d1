import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findByAddress } from './address.ts'
import { cite } from './cite.ts'
import { chineseNumeral } from './lines.ts'
import { parseText } from './parse.ts'

const names = (source: string): string[] => cite(source).named.map((one) => one.name)

describe('names in 《》', () => {
  it('come with the articles behind them, 款 and 项 completed', () => {
    const source = '依照《海源市档案条例》第四十九条第一款、第二款和第五十条第（三）项、第（四）项的规定办理。'
    const [one] = cite(source).named
    expect(one?.articles).toEqual(['第四十九条第一款', '第四十九条第二款', '第五十条第（三）项', '第五十条第（四）项'])
    expect(one?.references.map((reference) => source.slice(reference.start, reference.end))).toEqual([
      '第四十九条第一款',
      '第二款',
      '第五十条第（三）项',
      '第（四）项',
    ])
    expect(source.slice(one?.start, one?.end)).toBe('《海源市档案条例》')
  })
  it('a range stays one reference', () => {
    expect(cite('违反《海源市档案条例》第五条至第八条、第一百二十条之一的').named[0]?.articles).toEqual([
      '第五条至第八条',
      '第一百二十条之一',
    ])
  })
  it('款 and 项 whose unit is written once do not break the chain', () => {
    const found = cite(
      '依照《海源市档案条例》第二条至第五条、第七条第（一）至（三）项和第八条第一款至第三款，第九条第（一）项至第（三）项、第十条第一项、第三项，第十一条第一、二款和三项制度办理。',
    )
    expect(found.named.map((one) => one.articles)).toEqual([
      ['第二条至第五条', '第七条第（一）项至第七条第（三）项', '第八条第一款至第八条第三款'],
    ])
    expect(found.internal.map((one) => one.target)).toEqual([
      '第九条第（一）项至第九条第（三）项',
      '第十条第一项',
      '第十条第三项',
      '第十一条第一款',
      '第十一条第二款',
    ])
  })
  it('条 and 章 whose unit or 第 is written once are read one by one, with their places', () => {
    const read = (source: string): string[] =>
      cite(source).internal.map((one) => {
        expect(source.slice(one.start, one.end)).toBe(one.text)
        return `${one.text}=${one.target}`
      })
    expect(read('违反本办法第三、四条和第六、十二条第一、三款规定的')).toEqual([
      '本办法第三=第三条',
      '四条=第四条',
      '第六=第六条',
      '十二条第一=第十二条第一款',
      '三款=第十二条第三款',
    ])
    expect(read('第三至五条、第八—十条，第七条至九条除外')).toEqual([
      '第三至五条=第三条至第五条',
      '第八—十条=第八条至第十条',
      '第七条至九条=第七条至第九条',
    ])
    expect(read('第一、二、三章和第5、6条')).toEqual([
      '第一=第一章',
      '二=第二章',
      '三章=第三章',
      '第5=第5条',
      '6条=第6条',
    ])
    expect(read('有第七条第（一）（三）项、第九条（二）、（四）项情形的')).toEqual([
      '第七条第（一）=第七条第（一）项',
      '（三）项=第七条第（三）项',
      '第九条（二）=第九条第（二）项',
      '（四）项=第九条第（四）项',
    ])
    expect(read('第五条　按照本条第（一）项、第（二）项和第十、十一条之一办理').slice(0, 2)).toEqual([
      '本条第（一）项=第五条第（一）项',
      '第（二）项=第五条第（二）项',
    ])
    expect(read('依照第五十一条、五十二条规定处理')).toEqual(['第五十一条=第五十一条', '五十二条=第五十二条'])
    // Counts of things, conditions and dates are no references.
    expect(read('按照第三条、五条措施，符合第一、二条件，第一、二季度')).toEqual(['第三条=第三条'])
    expect(cite('依照《海源市档案条例》第三、四条办理。').named[0]?.articles).toEqual(['第三条', '第四条'])
  })
  it('an enumeration leads to the same articles however it is abbreviated', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 199 }), { minLength: 2, maxLength: 7 })
    fc.assert(
      fc.property(numbers, fc.constantFrom('、', '和', '及', '与', '或者'), (list, sign) => {
        const written = [...list].sort((a, b) => a - b).map(chineseNumeral)
        const targets = (words: string): string[] => cite(`依照${words}规定办理。`).internal.map((one) => one.target)
        const whole = targets(written.map((one) => `第${one}条`).join(sign))
        expect(whole).toEqual(written.map((one) => `第${one}条`))
        expect(targets(`第${written.join(sign)}条`)).toEqual(whole)
        expect(targets(`第${written.map((one) => `${one}条`).join(sign)}`)).toEqual(whole)
        expect(targets(`${written.map((one) => `第${one}`).join(sign)}条`)).toEqual(whole)
      }),
      { numRuns: 60 },
    )
  })
  it('an abbreviation given to a name without 《》 stands for it', () => {
    const source =
      '中华人民共和国海商法（以下简称海商法）第二条，海商法第三条、《海商法》第四条；中华人民共和国港口法（以下简称《港口法》）。'
    const found = cite(source)
    expect(found.named.map((one) => [one.name, one.alias, one.articles])).toEqual([
      ['中华人民共和国海商法', '海商法', ['第二条']],
      ['中华人民共和国海商法', '海商法', ['第三条']],
      ['中华人民共和国海商法', '海商法', ['第四条']],
      ['中华人民共和国港口法', '港口法', []],
    ])
    expect(found.internal).toEqual([])
    expect(source.slice(found.named[0]?.start, found.named[0]?.end)).toBe('中华人民共和国海商法')
  })
  it('文号 and abbreviation in the brackets belong to the name; the abbreviation stands for it afterwards', () => {
    const found = cite(
      '根据《海源市公共档案管理办法》（海政规发[2026]3号，以下简称《办法》），依照《办法》第三条、办法第四条办理。',
    )
    expect(found.named.map((one) => [one.name, one.alias, one.docNo, one.articles])).toEqual([
      ['海源市公共档案管理办法', '办法', '海政规发〔2026〕3号', []],
      ['海源市公共档案管理办法', '办法', null, ['第三条']],
      ['海源市公共档案管理办法', '办法', null, ['第四条']],
    ])
    expect(found.docNos).toMatchObject([{ text: '海政规发[2026]3号', normalized: '海政规发〔2026〕3号' }])
  })
  it('names inside names are not names of their own', () => {
    expect(names('《关于适用〈海源市档案条例〉第三条的意见》《关于印发《海源市登记办法》的通知》')).toEqual([
      '关于适用〈海源市档案条例〉第三条的意见',
      '关于印发《海源市登记办法》的通知',
    ])
  })
  it('licences, forms and newspapers are not normative', () => {
    const found = cite(
      '应当取得《食品经营许可证》，填写《登记申请表》和《备案通知书》，在《海源日报》公告；依照《海源市许可证管理办法（试行）》办理。',
    )
    expect(found.notNormative.map((one) => [one.name, one.reason])).toEqual([
      ['食品经营许可证', '证照'],
      ['登记申请表', '文书、表格'],
      ['备案通知书', '文书、表格'],
      ['海源日报', '报刊'],
    ])
    expect(found.named.map((one) => one.name)).toEqual(['海源市许可证管理办法（试行）'])
  })
  it('a known law without 《》 is found by the article behind it', () => {
    expect(
      cite('人民法院依照民事诉讼法第十条和中华人民共和国海商法第二条审理。').named.map((one) => [
        one.name,
        one.articles,
      ]),
    ).toEqual([
      ['民事诉讼法', ['第十条']],
      ['中华人民共和国海商法', ['第二条']],
    ])
  })
})

describe('文号', () => {
  it.each([
    ['按照国办发〔2018〕115号要求', '国办发〔2018〕115号'],
    ['按国办发〔2018〕37号', '国办发〔2018〕37号'],
    ['应当依国办发〔2018〕37号办理', '国办发〔2018〕37号'],
    ['依照依政发〔2018〕7号', '依政发〔2018〕7号'],
    ['结合卫政发〔2018〕37号', '卫政发〔2018〕37号'],
    ['国务院令第 700 号公布', '国务院令第700号'],
    ['住房和城乡建设部令第13号', '住房和城乡建设部令第13号'],
    ['国家税务总局公告2020年第3号', '国家税务总局公告2020年第3号'],
    ['你院鲁高法函〔1998〕57号请示收悉', '鲁高法函〔1998〕57号'],
  ])('in %s is %s', (source, expected) => {
    expect(cite(source).docNos.map((one) => one.normalized)).toEqual([expected])
  })
})

describe('references to the text itself', () => {
  it('本办法第十条, 本条第二款 and a bare 第三条; the number of the article itself is none', () => {
    const source = '第五条　违反本办法第十条、第十一条第一款的，依照第三条处理。\n有本条第二款情形的除外。'
    const found = cite(source)
    expect(found.internal.map((one) => one.target)).toEqual(['第十条', '第十一条第一款', '第三条', '第五条第二款'])
    expect(found.internal.map((one) => one.text)).toEqual(['本办法第十条', '第十一条第一款', '第三条', '本条第二款'])
    expect(found.named).toEqual([])
  })
  it('a line that begins with a reference is one', () => {
    expect(cite('第一条　甲。\n第三条规定的期限，可以延长。').internal.map((one) => one.target)).toEqual(['第三条'])
  })
  describe('前款, 前条, 前项', () => {
    const source = [
      '第一章　总则',
      '第一条　甲。',
      '第二条　乙，依照前条办理。',
      '丙，适用前款；丁。',
      '有下列情形之一的，适用前两款和第一条：',
      '（一）戊；',
      '（二）前项以外的己，不适用前款；',
      '（三）庚，前两项除外。',
      '上款第（二）项、第（三）项所列的，按照本条前三款办理；前款（一）至（三）项，从其规定。',
      '第二章　附则',
      '第三条　违反前条第三款、第四款，或者前两条的，处理。',
      '目前条件不具备的，以上项目、此前款项、网上条目、前条例、上条新闻和第二条前两款不在此列；前款亦同。',
      '附件：1. 规程',
      '附件1',
      '规程',
      '第一条　辛，前条除外。',
      '第二条　壬，依照前条。',
    ].join('\n')
    const found = (text: string): Array<[string, string]> =>
      cite(text).internal.map((one) => [text.slice(one.start, one.end), one.target])
    it('lead where their place says, over chapters, in items, in an attachment of its own', () => {
      expect(found(source)).toEqual([
        ['前条', '第一条'],
        ['前款', '第二条第一款'],
        ['前两款', '第二条第一款至第二条第二款'],
        ['第一条', '第一条'],
        ['前项', '第二条第三款第（一）项'],
        ['前款', '第二条第二款'],
        ['前两项', '第二条第三款第（一）项至第二条第三款第（二）项'],
        ['上款第（二）项', '第二条第三款第（二）项'],
        ['第（三）项', '第二条第三款第（三）项'],
        ['前三款', '第二条第一款至第二条第三款'],
        ['前款（一）至（三）项', '第二条第三款第（一）项至第二条第三款第（三）项'],
        ['前条第三款', '第二条第三款'],
        ['第四款', '第二条第四款'],
        ['前两条', '第一条至第二条'],
        ['第二条', '第二条'],
        ['前款', '第三条第一款'],
        ['前条', '附件1·第一条'],
      ])
    })
    it('every target is an element of the text, and the caller’s structure gives the same', () => {
      const structure = parseText(source)
      const { internal } = cite(source, structure)
      expect(internal).toEqual(cite(source).internal)
      for (const { target, text } of internal)
        for (const one of target.split('至')) expect(findByAddress(structure, one), `${text} ${target}`).not.toBeNull()
    })
    it('in an article of n paragraphs, each 前款 leads to the one before it', () => {
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }), (sizes) => {
          const text = sizes
            .map((size, at) =>
              Array.from(
                { length: size },
                (_, k) => `${k === 0 ? `第${chineseNumeral(at + 1)}条　` : ''}按照前款办理。`,
              ).join('\n'),
            )
            .join('\n')
          expect(cite(text).internal.map(({ target }) => target)).toEqual(
            sizes.flatMap((size, at) =>
              Array.from({ length: size - 1 }, (_, k) => `第${chineseNumeral(at + 1)}条第${chineseNumeral(k + 1)}款`),
            ),
          )
        }),
      )
    })
  })
  it('what an amendment inserts or replaces is no reference; what it amends is one of the amended act', () => {
    const found = cite(
      '对《海源市登记办法》作如下修改：\n一、将第三条修改为：“第三条　依照本办法第九条和《旧办法》第二条办理。\n第四条　依照第八条。”\n二、将第六条中的“本办法第七条”修改为“本办法第五条”。',
    )
    expect(found.internal).toEqual([])
    expect(found.named.map((one) => [one.name, one.articles])).toEqual([
      ['海源市登记办法', []],
      ['海源市登记办法', ['第三条']],
      ['海源市登记办法', ['第六条']],
    ])
  })
})

describe('names in 〈〉', () => {
  it.each(['〈海原县停车场管理办法〉', '＜海原县停车场管理办法＞', '<海原县停车场管理办法>'])(
    '%s outside 《》 names an act, at its place',
    (written) => {
      const text = `第一条　根据${written}第三条，制定本办法。`
      expect(cite(text).named).toMatchObject([
        { name: '海原县停车场管理办法', articles: ['第三条'], start: text.indexOf(written) },
      ])
    },
  )
  it('inside 《》 is part of that name; other words in 〈〉 are none', () => {
    expect(cite('你院《关于适用〈民法典〉的批复》（甲法〔2024〕3号）收悉。').named).toMatchObject([
      { name: '关于适用〈民法典〉的批复' },
    ])
    expect(cite('面积<200平方米且>100平方米的，参照办理。').named).toEqual([])
  })
})
