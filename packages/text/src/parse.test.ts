import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findByAddress } from './address.ts'
import { everyElement } from './arbitraries.fixture.ts'
import { outline } from './outline.ts'
import { parseText } from './parse.ts'
import { printText } from './print.ts'
import { statementOf } from './statement.ts'
import type { Element, StructuredText } from './tree.ts'

const text = (...lines: string[]): string => lines.join('\n')
const numbers = (list: Element[]): Array<string | null> => list.map((one) => one.number)
const codes = (source: string): string[] => parseText(source).faults.map((fault) => fault.code)

describe('章节条款项目', () => {
  const t = parseText(
    text(
      '海源市公共档案管理办法',
      '（2026年3月2日海源市人民政府公布）',
      '第一章　总　则',
      '第一条　为了管理公共档案，制定本办法。',
      '第二条　本办法所称公共档案，包括下列材料：',
      '（一）登记簿；',
      '1.纸质登记簿；',
      '2. 电子登记簿；',
      '（二）名册。',
      '前款第二项由档案馆确定。',
      '第二章附则',
      '第三条',
      '本办法自2026年5月1日起施行。',
    ),
  )

  it('are read with their numbers as written', () => {
    expect(t.title).toBe('海源市公共档案管理办法')
    expect(t.preamble.map((one) => one.text)).toEqual(['（2026年3月2日海源市人民政府公布）'])
    expect(t.body.map((one) => [one.level, one.number, one.heading])).toEqual([
      ['chapter', '第一章', '总　则'],
      ['chapter', '第二章', '附则'],
    ])
    expect(t.counts).toMatchObject({ chapters: 2, articles: 3, firstArticle: '第一条', lastArticle: '第三条' })
    expect(t.faults).toEqual([])
  })

  it('are addressed: 款 where an article has several, 项 and 目 by their number', () => {
    expect(findByAddress(t, '第二条第一款第（一）项第2目')?.text).toBe('电子登记簿；')
    expect(findByAddress(t, '第2条第2款')?.text).toBe('前款第二项由档案馆确定。')
    expect(findByAddress(t, '第二条第二项')?.text).toBe('名册。')
    expect(findByAddress(t, '第三条第一款')?.text).toBe('本办法自2026年5月1日起施行。')
    expect(findByAddress(t, '第九条')).toBeNull()
    expect(findByAddress(t, '')).toBeNull()
  })

  it('reads the article whether its words stand on its line or on the next', () => {
    expect(t.body[1]?.children[0]?.children.map((one) => one.text)).toEqual(['本办法自2026年5月1日起施行。'])
  })
})

describe('a number at the beginning of a line', () => {
  it('第一百二十条之一 follows 第一百二十条', () => {
    const source = text(
      '第一百二十条　甲。',
      '第一百二十条之一　乙。',
      '第一百二十条之二　丙。',
      '第一百二十一条　丁。',
    )
    const t = parseText(source)
    expect(t.body.map((one) => one.ordinal)).toEqual([[120], [120, 1], [120, 2], [121]])
    expect(t.faults.map((fault) => fault.code)).toEqual(['first-not-one'])
    expect(findByAddress(t, '第一百二十条之一')?.children[0]?.text).toBe('乙。')
  })

  it('第三条规定的… is a sentence, with or without articles written without a space', () => {
    expect(parseText(text('第一条　甲。', '第二条　乙。', '第一条规定的期限，可以延长。')).counts.articles).toBe(2)
    expect(
      parseText(text('第一条为了管理，制定本办法。', '第二条本市适用。', '第一条、第二条规定的，从其规定。')).counts
        .articles,
    ).toBe(2)
  })

  it('full-width and Arabic figures and inner spaces are read, and kept as written', () => {
    const t = parseText(text('第 1 条 甲。', '第２条　乙。'))
    expect(t.body.map((one) => [one.number, one.ordinal])).toEqual([
      ['第 1 条', [1]],
      ['第２条', [2]],
    ])
  })

  it('half-width brackets, 1、 1． 1) and ① are items', () => {
    const t = parseText(text('第一条　下列：', '(一)甲；', '1、子；', '1．丑；', '(1)寅；', '①卯；', '（二）乙。'))
    const items = t.body[0]?.children[0]?.children ?? []
    expect(numbers(items)).toEqual(['(一)', '（二）'])
    expect(numbers(items[0]?.children ?? [])).toEqual(['1、', '1．'])
    expect(items[0]?.children[1]?.children[0]?.children[0]?.number).toBe('①')
  })

  it('1.5万元, （2020） and 二、三级 are no numbers', () => {
    const t = parseText(
      text('一、标准', '1.5万元以下的免收。', '（2020）年度不再执行。', '二、三级单位减半。', '二、附则'),
    )
    expect(numbers(t.body)).toEqual(['一、', '二、'])
    expect(t.body[0]?.children.map((one) => one.text)).toHaveLength(3)
  })

  it('an item on the article’s own line is an item', () => {
    const t = parseText(text('第一条　（一）甲；', '（二）乙。'))
    expect(numbers(t.body[0]?.children[0]?.children ?? [])).toEqual(['（一）', '（二）'])
  })

  it('（目的） and 【目的】 behind the number are the heading of the article', () => {
    const t = parseText(text('第一条（立法目的）为了管理，制定本办法。', '第二条【范围】', '本市适用。'))
    expect(t.body.map((one) => [one.heading, one.children[0]?.text])).toEqual([
      ['（立法目的）', '为了管理，制定本办法。'],
      ['【范围】', '本市适用。'],
    ])
  })
})

describe('目录', () => {
  const chapters = ['第一章　总则', '第二章　登记', '第三章　附则']
  const act = ['第一章　总则', '第一条　甲。', '第二章　登记', '第二条　乙。', '第三章　附则', '第三条　丙。']

  it('is no text, with page numbers and without', () => {
    for (const entries of [chapters, chapters.map((one, at) => `${one}……………${at + 1}`)]) {
      const source = text('海源市登记办法', '目　录', ...entries, ...act)
      const found = outline(parseText(source))
      expect(found).toMatchObject({ hasToc: true, chapters: 3, articles: 3, title: '海源市登记办法', faults: [] })
      const { toc } = parseText(source)
      expect(source.slice(toc?.start, toc?.end)).toBe(['目　录', ...entries].join('\n'))
    }
  })

  it('without that word is found when its headings come again', () => {
    expect(outline(parseText(text(...chapters, ...act)))).toMatchObject({ hasToc: true, chapters: 3, articles: 3 })
  })

  it('does not swallow the only chapter of a text', () => {
    expect(outline(parseText(text('目录', '第一章　总则', '第一条　甲。')))).toMatchObject({ chapters: 1, articles: 1 })
    expect(outline(parseText(text('第一章　总则', '第一节　一般规定', '第一条　甲。')))).toMatchObject({
      hasToc: false,
      chapters: 1,
    })
  })
})

describe('what an amendment inserts', () => {
  it('is quoted text and never structure', () => {
    const t = parseText(
      text(
        '海源市人民政府关于修改《海源市登记办法》的决定',
        '一、第三条修改为：“第三条　登记机关应当在十五日内办理。',
        '第四条　逾期不办的，说明理由。',
        '“第五条　另行规定。”',
        '二、增加一条，作为第六条：',
        '“第六条　费用由财政负担。”',
        '三、本决定自公布之日起施行。',
      ),
    )
    expect(t.counts).toMatchObject({ articles: 0, level1: 3 })
    expect(t.faults).toEqual([])
  })

  it('a quotation mark that is never closed swallows nothing', () => {
    expect(parseText(text('第一条　所称内容为：“甲', '第二条　乙。', '第三条　丙。')).counts.articles).toBe(3)
  })
})

describe('公文', () => {
  const t = parseText(
    text(
      '海源市人民政府关于印发',
      '海源市公共档案管理办法的通知',
      '海政规发〔2026〕3号',
      '各县（市、区）人民政府，市政府各部门：',
      '现将有关事项通知如下。',
      '一、总体要求',
      '（一）指导思想。坚持公开。',
      '1.分级负责。',
      '（1）市级负责总册。',
      '二、工作安排',
      '附件：1.海源市公共档案管理办法',
      '2.档案清单',
      '海源市人民政府',
      '2026年3月2日',
      '（此件公开发布）',
      '附件1',
      '海源市公共档案管理办法',
      '第一条　甲。',
      '第二条　乙。',
      '附件2',
      '档案清单',
      '序号\t名称',
      '1\t登记簿',
      '抄送：市委各部门。',
    ),
  )

  it('has its parts', () => {
    expect(t).toMatchObject({
      title: '海源市人民政府关于印发海源市公共档案管理办法的通知',
      documentNumber: '海政规发〔2026〕3号',
      addressees: '各县（市、区）人民政府，市政府各部门',
      attachmentsNote: ['海源市公共档案管理办法', '档案清单'],
      signature: ['海源市人民政府'],
      date: '2026-03-02',
      dateText: '2026年3月2日',
      note: '此件公开发布',
      imprint: ['抄送：市委各部门。'],
      faults: [],
    })
    expect(t.preamble.map((one) => one.text)).toEqual(['现将有关事项通知如下。'])
    expect(t.attachments.map((one) => [one.label, one.title])).toEqual([
      ['附件1', '海源市公共档案管理办法'],
      ['附件2', '档案清单'],
    ])
  })

  it('counts the levels of the circular and the articles of the act it issues', () => {
    expect(t.counts).toMatchObject({
      level1: 2,
      level2: 1,
      level3: 1,
      level4: 1,
      articles: 2,
      lastArticle: '第二条',
      tables: 1,
    })
    expect(findByAddress(t, '一、（一）1.（1）')?.text).toBe('市级负责总册。')
    expect(findByAddress(t, '附件1·第二条第一款')?.text).toBe('乙。')
  })

  it('a short first sentence is the heading of its level', () => {
    expect(findByAddress(t, '一、（一）')).toMatchObject({ heading: '指导思想', text: '坚持公开。' })
  })

  it('tells 附件说明 from 附件', () => {
    const one = parseText(
      text(
        '关于档案的通知',
        '请遵照执行。',
        '附件：档案清单',
        '海源市档案局',
        '二〇二六年三月二日',
        '附件',
        '档案清单',
        '一、登记簿',
      ),
    )
    expect(one).toMatchObject({
      attachmentsNote: ['档案清单'],
      date: '2026-03-02',
      signature: ['海源市档案局'],
      faults: [],
    })
    expect(one.attachments).toHaveLength(1)
    expect(parseText(text('第一条　甲。', '附件1：收费标准', '一、每件十元。')).attachments[0]).toMatchObject({
      label: '附件1',
      title: '收费标准',
    })
  })

  it('an order before the act is the preamble of the act', () => {
    const order = parseText(
      text(
        '海源市人民政府令',
        '第12号',
        '《海源市登记办法》已经审议通过，现予公布。',
        '市长　某某某',
        '2026年3月2日',
        '海源市登记办法',
        '第一章　总则',
        '第一条　甲。',
      ),
    )
    expect(order).toMatchObject({
      title: '海源市登记办法',
      documentNumber: '第12号',
      counts: { articles: 1, chapters: 1 },
    })
    expect(order.preamble.map((one) => one.text)).toContain('海源市人民政府令')
  })
})

describe('tables', () => {
  it('in Markdown or parted by tabs are kept with their cells, and are not 款', () => {
    const t = parseText(
      text(
        '第一条　标准如下：',
        '| 类别 | 金额 |',
        '|---|---|',
        '| 甲 | 50\\|60 |',
        '前款标准每年公布。',
        '第二条　见下：',
        '类别\t金额',
        '乙\t70',
      ),
    )
    const [first, second] = t.body
    expect(first?.children.map((one) => one.level)).toEqual(['paragraph', 'table', 'paragraph'])
    expect(first?.children[1]?.rows).toEqual([
      ['类别', '金额'],
      ['甲', '50|60'],
    ])
    expect(second?.children[1]?.rows).toEqual([
      ['类别', '金额'],
      ['乙', '70'],
    ])
    expect(findByAddress(t, '第一条第二款')?.text).toBe('前款标准每年公布。')
  })
})

describe('faults of numbering are reported and nothing is repaired', () => {
  it('gap, repeat, disorder, missing number, wrong beginning', () => {
    expect(codes(text('第一条　甲。', '第三条　乙。'))).toEqual(['gap'])
    expect(codes(text('第一条　甲。', '第二条　乙。', '第二条　丙。'))).toEqual(['repeat'])
    expect(codes(text('第一条　甲。', '第二条　乙。', '第五条　丙。', '第四条　丁。'))).toEqual(['gap', 'disorder'])
    expect(codes(text('第二条　甲。'))).toEqual(['first-not-one'])
    expect(codes(text('第一条　甲。', '第　条　乙。'))).toEqual(['missing-number'])
    expect(codes(text('第一条　下列：', '（一）甲；', '（三）乙。'))).toEqual(['gap'])
    expect(
      codes(
        text(
          '附件说明在此，内容从略。',
          '附件：1.甲',
          '2.乙',
          '海源市人民政府',
          '2026年3月2日',
          '附件',
          '甲',
          '一、子',
        ),
      ),
    ).toEqual(['attachment-mismatch'])
    const t = parseText(text('第一条　甲。', '第三条　乙。'))
    expect(t.faults[0]).toMatchObject({ line: 2, message: expect.stringContaining('缺第二条') })
    expect(t.body.map((one) => one.number)).toEqual(['第一条', '第三条'])
  })

  it('lists that go on across headings, chapters that begin anew below 编 and lists that begin on the line above are no faults', () => {
    expect(codes(text('一、甲方向', '（一）甲事项', '（二）乙事项', '二、乙方向', '（三）丙事项'))).toEqual([])
    expect(codes(text('第一编　甲', '第一章　子', '第一条　甲。', '第二编　乙', '第一章　丑', '第二条　乙。'))).toEqual(
      [],
    )
    expect(codes(text('第一条　下列：（一）甲；', '（二）乙。'))).toEqual([])
  })
})

describe('golden outlines', () => {
  const folder = new URL('./golden/', import.meta.url)
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.txt'))) {
    it(`of ${name} stay as they were read by a person`, () => {
      const source = readFileSync(new URL(name, folder), 'utf8')
      const t = parseText(source)
      const seen = `${JSON.stringify({ ...outline(t), elements: everyElement(t).length }, null, 1)}\n`
      const golden = new URL(name.replace('.txt', '.outline.golden'), folder)
      if (process.env.UPDATE_GOLDEN === '1') writeFileSync(golden, seen)
      expect(seen).toBe(readFileSync(golden, 'utf8'))
    })
  }
})

describe('an announcement before the act it promulgates', () => {
  const announcement = [
    '河湾县人民政府',
    '公　　告',
    '《河湾县停车管理办法》已经2026年5月6日县人民政府第3次常务会议通过，现予公布，自2026年7月1日起施行。',
  ]
  const act = [
    '河湾县人民政府',
    '河政规发〔2026〕3号',
    '河湾县停车管理',
    '办法',
    '第一条　为了规范停车，制定本办法。',
    '第二条　本办法自2026年7月1日起施行。',
  ]
  it('is its preamble; title and 文号 are those of the act', () => {
    const t = parseText([...announcement, '河湾县人民政府', '2026年5月20日', ...act].join('\n'))
    expect(t).toMatchObject({ title: '河湾县停车管理办法', documentNumber: '河政规发〔2026〕3号', date: '2026-05-20' })
    expect(t.counts.articles).toBe(2)
    expect(t.attachments).toEqual([])
    expect(t.preamble.map((one) => one.text)).toContain(announcement[2])
  })
  it('may close with its date alone', () => {
    const t = parseText([...announcement, '2026年5月20日', ...act].join('\n'))
    expect(t).toMatchObject({ title: '河湾县停车管理办法', date: '2026-05-20' })
  })
  it('may stand below the title of the act, which does not come again', () => {
    const t = parseText(
      ['河湾县停车管理办法', ...announcement, '河湾县人民政府', '2026年5月20日', ...act.slice(4)].join('\n'),
    )
    expect(t.title).toBe('河湾县停车管理办法')
  })
  it('of an act without articles is told by the title it names', () => {
    const t = parseText(
      [
        ...announcement,
        '河湾县人民政府',
        '2026年5月20日',
        '河湾县停车管理办法',
        '停车应当遵守秩序。',
        '逆向停车的，由公安机关处理。',
      ].join('\n'),
    )
    expect(t.title).toBe('河湾县停车管理办法')
    expect(t.body.map((one) => one.text)).toEqual(['停车应当遵守秩序。', '逆向停车的，由公安机关处理。'])
  })
})

describe('版头', () => {
  it.each([
    [['河湾县人民政府文件', '河政发〔2026〕3号', '关于印发试验办法的通知'], '河政发〔2026〕3号'],
    [['河湾县水务局文件', '河水发〔2026〕3号', '关于印发试验办法的通知'], '河水发〔2026〕3号'],
    [['河湾县人民政府办公室文件', '关于印发试验办法的通知'], null],
    [['河湾县人民政府令', '第3号', '河湾县试验办法'], '第3号'],
    [['河湾县公安局公告', '2026年第3号', '关于试验道路通行的公告'], '2026年第3号'],
  ])('%s: the mark is red head, not text, and printing keeps it', (head, number) => {
    const read = parseText([...head, '各乡镇人民政府：', '现印发给你们。'].join('\n'))
    expect(read).toMatchObject({ letterhead: [head[0]], title: head.at(-1), documentNumber: number })
    expect([...read.preamble, ...read.body].map(({ text }) => text)).toEqual(['现印发给你们。'])
    expect(printText(read).split('\n').slice(0, head.length)).toEqual(head)
    expect(parseText(printText(read)).letterhead).toEqual(read.letterhead)
  })
  it('an order whose number stands above the sentence that promulgates keeps its title', () => {
    const read = parseText('河湾县人民政府令\n第3号\n《河湾县试验办法》已经通过，现予公布。\n')
    expect(read).toMatchObject({ title: '河湾县人民政府令', documentNumber: '第3号' })
    expect(read.letterhead).toBeUndefined()
  })
})

describe('the head of a text', () => {
  const rest = '第一条　为了规范管理，制定本规定。\n第二条　本规定自2026年1月1日起施行。'
  it('a number below a note of adoption in two lines is the number', () => {
    for (const note of [
      '（1997年9月24日最高人民检察院第八届检察委员会\n第七十四次会议通过）',
      '（2026年3月2日县人民政府\n第12次常务会议审议通过）',
      '(2025年12月1日市人民政府\n第3次常务会议讨论通过)',
    ]) {
      const source = `河湾县停车管理规定\n${note}\n河政规发〔2026〕4号\n${rest}`
      const read = parseText(source)
      expect([source, read.title, read.documentNumber]).toEqual([source, '河湾县停车管理规定', '河政规发〔2026〕4号'])
      expect(read.counts.articles).toBe(2)
      expect(printText(read)).toContain(note.split('\n')[1])
    }
  })
  it('an order below the title it promulgates gives the number', () => {
    for (const [order, number] of [
      ['中华人民共和国主席令\n第三十七号', '中华人民共和国主席令第三十七号'],
      ['河湾县人民政府令\n第12号', '河湾县人民政府令第12号'],
    ]) {
      const source = `河湾县停车管理规定\n（2026年3月2日通过）\n${order}\n${rest}`
      const read = parseText(source)
      expect([source, read.documentNumber, read.counts.articles]).toEqual([source, number, 2])
      expect(printText(read).match(/第(?:三十七|12)号/gu)).toHaveLength(1)
    }
  })
})

describe('heads and attachments as offices write them', () => {
  const circular = (title: string, inner: string[]): StructuredText =>
    parseText(
      [title, '各乡镇人民政府：', '现印发给你们，请认真贯彻执行。', '河湾县人民政府', '2026年8月1日', ...inner].join(
        '\n',
      ),
    )
  it.each([
    '县经济开发区管委会，各乡镇人民政府',
    '县经信局、经发局，各有关单位',
    '各师市，第八师石河子市',
    '各乡镇人民政府，县第一中学',
  ])('主送 %s', (addressees) => {
    expect(parseText(`关于规范停车的通知\n${addressees}：\n请遵照执行。`).addressees).toBe(addressees)
  })
  it.each(['经研究，决定', '县政府经研究', '业经县政府同意', '第一批名单'])('%s： is no 主送', (line) => {
    expect(parseText(`关于规范停车的通知\n${line}：\n一、照办。`).addressees).toBeNull()
  })
  it('a title set wide, or with wide gaps between organs', () => {
    expect(parseText('河湾县人民政府关于规范停车\n有 关 问 题 的 通 知\n各乡镇：\n照办。').title).toBe(
      '河湾县人民政府关于规范停车有关问题的通知',
    )
    expect(parseText('河湾县财政局    河湾县教育局\n关于规范收费的通知\n各乡镇：\n照办。').title).toBe(
      '河湾县财政局　河湾县教育局关于规范收费的通知',
    )
  })
  it('the act that is issued has the title the circular gives it, quotation marks in front or not', () => {
    for (const name of ['“无废城市”建设工作方案', '“十四五”停车规划', '停车管理办法', '河湾县停车设施建设和管理'])
      expect(
        circular(`河湾县人民政府关于印发《${name}》的通知`, [name, '一、总则', '照办。']).attachments,
      ).toMatchObject([{ label: '', title: name }])
  })
  it('a form in an attachment may name attachments of its own', () => {
    const read = circular('关于做好建议工作的通知', [
      '附件1',
      '规范',
      '一、要素',
      '附件2',
      '文书样式',
      '某某法院关于某事的建议书',
      '附件：（按顺序列明）',
      '（院印）',
      '附件3',
      '封面样式',
    ])
    expect(read.attachments.map(({ label }) => label)).toEqual(['附件1', '附件2', '附件3'])
    expect(read.attachments[1]?.body.map(({ text }) => text)).toContain('附件：（按顺序列明）')
  })
  it('附件说明 ends the title of an attachment, and may itself go on in a second line', () => {
    const read = parseText(
      [
        '关于做好建议工作的通知',
        '请照办。',
        '附件：1.全县停车设施建设和管理情况',
        '汇总表',
        '2.文书样式',
        '河湾县人民政府',
        '2026年8月1日',
        '附件1',
        '全县停车设施建设和管理情况汇总表',
        '甲',
        '附件2',
        '文书样式',
        '某某法院关于某事的建议书',
      ].join('\n'),
    )
    expect(read.attachmentsNote).toEqual(['全县停车设施建设和管理情况汇总表', '文书样式'])
    expect(read.attachments.map(({ title }) => title)).toEqual(['全县停车设施建设和管理情况汇总表', '文书样式'])
    expect(read.faults).toEqual([])
  })
  it('what an order promulgates keeps its number, its addressees and the order of its lines', () => {
    const read = parseText(
      [
        '河湾县人民法院',
        '公　告',
        '《河湾县人民法院关于停车案件的批复》已于2026年7月1日由审判委员会通过，现予公布，自2026年8月1日起施行。',
        '河湾县人民法院',
        '2026年7月20日',
        '河湾县人民法院',
        '河法发〔2026〕2号',
        '河湾县人民法院关于停车案件的批复',
        '（2026年7月1日河湾县人民法院审判委员会',
        '第三次会议通过）',
        '东乡人民法庭：',
        '你庭请示收悉。经研究，批复如下：',
        '应当受理。',
        '此复。',
      ].join('\n'),
    )
    expect(read).toMatchObject({ documentNumber: '河法发〔2026〕2号', addressees: '东乡人民法庭' })
    expect(read.preamble.slice(-2).map(({ text }) => text)).toEqual([
      '（2026年7月1日河湾县人民法院审判委员会',
      '第三次会议通过）',
    ])
    expect(read.body[0]?.text).toBe('你庭请示收悉。经研究，批复如下：')
    expect(statementOf(printText(read)).effective).toMatchObject([{ kind: 'date', date: '2026-08-01' }])
  })
  it('版记 of three lines', () => {
    const read = parseText(
      '关于规范停车的通知\n请照办。\n河湾县人民政府\n2026年8月1日\n抄送：县委各部门。\n河湾县人民政府办公室\n2026年8月2日印发\n共印50份',
    )
    expect(read.imprint).toEqual(['抄送：县委各部门。', '河湾县人民政府办公室', '2026年8月2日印发', '共印50份'])
  })
  it.each(['&sp;', '&nbsp;', '  &nbsp;&nbsp;', '&#12288;'])('codes for spaces are no words: %s', (code) => {
    const read = parseText(`关于规范停车的通知${code}\n请照办。\n河湾县人民政府 ${code}\n2026年8月1日`)
    expect(read).toMatchObject({ title: '关于规范停车的通知', signature: ['河湾县人民政府'], date: '2026-08-01' })
  })
})
