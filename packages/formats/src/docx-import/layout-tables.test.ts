// Layout tables: the same document, in ordinary paragraphs or set into tables in all sorts of ways, must read the
// same; a real table stays a table.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { docxOf, paragraph } from './docx.fixture.ts'
import { importDocx } from './index.ts'

const cell = (...lines: string[]): string =>
  `<w:tc><w:tcPr/>${lines.map((line) => (line.startsWith('<') ? line : paragraph(line))).join('') || '<w:p/>'}</w:tc>`
const row = (...cells: Array<string | string[]>): string =>
  `<w:tr>${cells.map((one) => (typeof one === 'string' ? cell(one) : cell(...one))).join('')}</w:tr>`
const table = (...rows: string[]): string => `<w:tbl>${rows.join('')}</w:tbl>`
const spanning = (text: string, columns: number): string =>
  `<w:tr><w:tc><w:tcPr><w:gridSpan w:val="${columns}"/></w:tcPr>${paragraph(text)}</w:tc></w:tr>`
const continued = '<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>'
const read = async (...parts: string[]) => importDocx(await docxOf(parts.join('')))

const title = '河湾县停车场管理办法'
const articles = [
  ['第一条　为了规范停车场管理，制定本办法。'],
  ['第二条　停车场应当：', '（一）明码标价；', '（二）公示电话。'],
  ['第三条　县住房和城乡建设局负责监督。', '公安机关予以配合。'],
  ['第四条　本办法自2026年7月1日起施行，有效期五年。'],
]
const signature = ['河湾县人民政府', '2026年5月20日']
const numberOf = (article: readonly string[]): string => (article[0] ?? '').split('　')[0] ?? ''
const wordsOf = (article: readonly string[]): string[] => [(article[0] ?? '').split('　')[1] ?? '', ...article.slice(1)]

const control = (inner: string): string => `<w:sdt><w:sdtPr/><w:sdtContent>${inner}</w:sdtContent></w:sdt>`
const textBox = (inner: string): string =>
  `<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>${inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`

/** The ways in which offices lay a text out in tables. */
const layouts: Record<string, (list: string[][]) => string> = {
  'the whole text in one cell': (list) => table(row(list.flat())),
  'one article a row': (list) => table(...list.map((one) => row(one))),
  'one paragraph a row': (list) => table(...list.flat().map((one) => row(one))),
  'number and text in two columns': (list) => table(...list.map((one) => row(numberOf(one), wordsOf(one)))),
  'number and text under names of columns': (list) =>
    table(row('条号', '内容'), ...list.map((one) => row(numberOf(one), wordsOf(one)))),
  'figures, numbers and text in three columns': (list) =>
    table(row('序号', '条号', '内容'), ...list.map((one, at) => row(String(at + 1), numberOf(one), wordsOf(one)))),
  'all numbers in one cell beside all words': (list) =>
    list.every((one) => one.length === 1)
      ? table(
          row(
            list.map(numberOf),
            list.map((one) => wordsOf(one)[0] ?? ''),
          ),
        )
      : table(...list.map((one) => row(numberOf(one), wordsOf(one)))),
  'numbers set wide in a column of their own': (list) =>
    table(...list.map((one) => row([...numberOf(one)].join(' '), wordsOf(one)))),
  'rows and cells in content controls': (list) =>
    `<w:tbl>${list.map((one) => control(`<w:tr>${control(cell(numberOf(one)))}${control(cell(...wordsOf(one)))}</w:tr>`)).join('')}</w:tbl>`,
  'a text box of a table': (list) => textBox(table(...list.map((one) => row(one)))),
  'articles between empty cells': (list) => table(...list.map((one) => row('', one, ''))),
  'rows merged over three columns': (list) => table(...list.flat().map((one) => spanning(one, 3))),
  'two columns of a page': (list) => table(row(list.slice(0, 2).flat(), list.slice(2).flat())),
  'two columns of a page, a row each': (list) =>
    table(...list.slice(0, 2).map((one, at) => row(one, list[at + 2] ?? []))),
  'a table within a cell of a table': (list) => table(row([table(...list.map((one) => row(one))), '<w:p/>'])),
  'a table a pair of articles': (list) => list.map((one) => table(row(one))).join(paragraph('')),
  'a form with names of fields': (list) => table(row('名称', title), row('正文', list.flat())),
}

describe('正文排在表格里', () => {
  const plain = articles.flat().join('\n')
  test.each(Object.keys(layouts))('%s', async (name) => {
    const form = name.startsWith('a form')
    const { text, structure, loss } = await read(form ? '' : paragraph(title), layouts[name]?.(articles) ?? '')
    expect(text.trimEnd()).toBe(`${title}\n${plain}`)
    expect(structure).toMatchObject({ title, counts: { articles: 4, lastArticle: '第四条' } })
    expect(loss.map(({ kind }) => kind)).toContain('layout-table')
    if (/names/.test(name)) expect(loss.find(({ effect }) => effect === 'dropped')?.content).toMatch(/条号|名称/)
  })

  test('chapters in merged cells beside their articles stand before them', async () => {
    const { text, structure } = await read(
      paragraph(title),
      table(
        row('第一章　总则', articles[0] ?? []),
        `<w:tr>${continued}${cell(...(articles[1] ?? []))}</w:tr>`,
        row('第二章　附则', articles[2] ?? []),
        `<w:tr>${continued}${cell(...(articles[3] ?? []))}</w:tr>`,
      ),
    )
    expect(structure.counts).toMatchObject({ chapters: 2, articles: 4 })
    expect(text.split('\n')[1]).toBe('第一章　总则')
  })

  test('where all articles stand in a table that cannot be unfolded, a person is asked', async () => {
    const rows = articles.map((one, at) => row(numberOf(one), ['目的', '要求', '监督', '施行'][at] ?? '', wordsOf(one)))
    const { structure, loss, wouldLoseWords } = await read(paragraph(title), table(...rows))
    expect(structure.counts).toMatchObject({ articles: 0, tables: 1 })
    expect(wouldLoseWords).toBe(true)
    expect(loss.filter(({ losesWords }) => losesWords).map(({ message }) => message)).toEqual([
      expect.stringMatching(/条文排在表格里.*请/),
    ])
    const comparison = table(row('现行条文', '修改后'), row('第一条　甲。', '第一条　乙。'))
    expect((await read(paragraph('修改对照表'), comparison)).wouldLoseWords).toBe(false)
  })
  test('a title over rows of a table below the 版头', async () => {
    const head = [paragraph('河湾县人民政府文件'), paragraph('河政规发〔2026〕3号')]
    const { structure } = await read(
      ...head,
      table(row('河湾县停车场'), row('管理办法')),
      ...articles.flat().map((line) => paragraph(line)),
    )
    expect(structure).toMatchObject({ title, documentNumber: '河政规发〔2026〕3号', counts: { articles: 4 } })
  })

  test('a circular in one cell, and one whose 一、 stand in a column of their own', async () => {
    const parts = ['一、明确职责。各单位应当落实责任。', '二、加强检查。县公安局每月检查一次。']
    for (const body of [table(row(parts)), table(...parts.map((one) => row(one.slice(0, 2), one.slice(2))))]) {
      const { text } = await read(paragraph('河湾县人民政府关于停车管理的通知'), paragraph('各乡镇人民政府：'), body)
      expect(text.trimEnd().split('\n').slice(2)).toEqual(parts)
    }
  })

  test('any text in any of these layouts keeps all its words and articles', async () => {
    const clause = fc.stringMatching(/^[甲乙丙丁戊己庚辛壬癸]{4,30}$/).map((words) => `${words}。`)
    const acts = fc.array(fc.array(clause, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 9 })
    const numerals = [...'一二三四五六七八九']
    await fc.assert(
      fc.asyncProperty(acts, fc.constantFrom(...Object.keys(layouts)), async (list, name) => {
        const act = list.map((lines, at) => [`第${numerals[at]}条　${lines[0]}`, ...lines.slice(1)])
        if (/two columns of a page/.test(name) && act.length !== 4) return
        const { text, structure } = await read(paragraph(title), layouts[name]?.(act) ?? '')
        expect(structure.counts.articles).toBe(act.length)
        for (const line of act.flat()) expect(text).toContain(line)
      }),
      { numRuns: 60 },
    )
  })
})

describe('版头、题名、落款排在表格里', () => {
  const body = articles
    .flat()
    .map((line) => paragraph(line))
    .join('')
  test.each([
    ['one above the other', table(row('河湾县人民政府文件'), row('河政规发〔2026〕3号'))],
    ['文件 in a cell of its own', table(row('河湾县人民政府', '文 件'), row('河政规发〔2026〕3号', ''))],
    ['with 签发人', table(spanning('河湾县人民政府文件', 2), row('河政规发〔2026〕3号', '签发人：王明'))],
    [
      '份号 and 紧急程度 above',
      table(row('000001'), row('特急'), row('河湾县人民政府文件'), row('河政规发〔2026〕3号')),
    ],
    ['with the title', table(row('河湾县人民政府文件'), row('河政规发〔2026〕3号'), row(title))],
    ['in one cell', table(row(['河湾县人民政府文件', '河政规发〔2026〕3号', title]))],
  ])('版头 %s', async (name, head) => {
    const { structure, text } = await read(head, /title|one cell/.test(name) ? '' : paragraph(title), body)
    expect(structure).toMatchObject({ title, documentNumber: '河政规发〔2026〕3号' })
    expect(structure.counts).toMatchObject({ articles: 4, tables: 0 })
    expect(text).not.toMatch(/王明|特急|\|/)
  })
  // The title stands above as paragraphs; number and date, or number and 签发人, in columns below it.
  test.each<[string, string[], string]>([
    ['date and number', [row('2026年5月20日', '', '河政规发〔2026〕3号')], '2026年5月20日　河政规发〔2026〕3号'],
    ['number and date', [row('河政规发〔2026〕3号', '2026年5月20日')], '2026年5月20日　河政规发〔2026〕3号'],
    ['number above date', [row('河政规发〔2026〕3号'), row('2026年5月20日')], '2026年5月20日　河政规发〔2026〕3号'],
    ['number and 签发人', [row('河政规发〔2026〕3号', '签发人：王明')], '河政规发〔2026〕3号'],
    ['number and 签发人 in cells', [row('河政规发〔2026〕3号', '签发人', '王明')], '河政规发〔2026〕3号'],
    ['number set wide', [row('河 政 规 发〔2026〕3 号', '')], '河政规发〔2026〕3号'],
    ['an old number', [row('1981年1月27日', '〔81〕河法字第3号')], '1981年1月27日　〔81〕河法字第3号'],
    [
      'two numbers',
      [row('2026年5月20日', ['河政规发〔2026〕3号', '河检发〔2026〕7号'])],
      '2026年5月20日　河政规发〔2026〕3号',
    ],
    [
      'two numbers in a row',
      [row('2026年5月20日', '河政规发〔2026〕3号', '河检发〔2026〕7号')],
      '2026年5月20日　河政规发〔2026〕3号',
    ],
  ])('below the title: %s', async (_, rows, line) => {
    const { structure, text } = await read(paragraph(title), table(...rows), paragraph('各乡镇人民政府：'), body)
    expect(structure.documentNumber).toMatch(/^(?:河政规发〔2026〕3号|〔81〕河法字第3号)$/u)
    expect(structure).toMatchObject({ title, addressees: '各乡镇人民政府' })
    expect(structure.counts).toMatchObject({ articles: 4, tables: 0 })
    expect(text.split('\n')).toContain(line)
    expect(text).not.toMatch(/王明|\|/)
    if (line.includes('日　')) expect(structure.date).toBe(line.startsWith('1981') ? '1981-01-27' : '2026-05-20')
  })
  test('a list of documents below a title stays a table', async () => {
    const { structure } = await read(
      paragraph('继续有效的文件目录'),
      table(row('序号', '名称', '文号'), row('1', '河湾县停车场管理办法', '河政规发〔2026〕3号')),
    )
    expect(structure.counts.tables).toBe(1)
    expect(structure.documentNumber).toBeNull()
  })
  test('版头 of two organs beside one 文件', async () => {
    const head = table(
      `<w:tr>${cell('河湾县人民政府')}<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>${paragraph('文件')}</w:tc></w:tr>`,
      `<w:tr>${cell('河湾县监察委员会')}${continued}</w:tr>`,
      row('河政规发〔2026〕3号', ''),
    )
    const { structure } = await read(head, paragraph(title), body)
    expect(structure).toMatchObject({ title, documentNumber: '河政规发〔2026〕3号' })
  })
  test.each([
    ['right of an empty cell', table(row('', signature))],
    ['one above the other', table(...signature.map((line) => row(line)))],
    ['with a seal beside the name', table(row('河湾县人民政府（盖章）'), row('2026年5月20日'))],
    ['with a seal', table(row('', '（盖章）'), row('', signature[0] ?? ''), row('', signature[1] ?? ''))],
  ])('落款 %s', async (_, closing) => {
    const { structure, text } = await read(paragraph(title), body, closing)
    expect(structure).toMatchObject({ signature: ['河湾县人民政府'], date: '2026-05-20' })
    expect(text).not.toContain('|')
  })
  test('落款 of two organs with the same day', async () => {
    const closing = table(row(['河湾县公安局', '2026年5月20日'], ['河湾县水务局', '2026年5月20日']))
    const { structure } = await read(paragraph(title), body, closing)
    expect(structure).toMatchObject({ signature: ['河湾县公安局', '河湾县水务局'], date: '2026-05-20' })
  })
})

describe('真正的表', () => {
  const head = [paragraph(title), ...(articles[0] ?? []).map((line) => paragraph(line))]
  test.each([
    ['a fee schedule', [row('类别', '标准'), row('小型车', '每小时3元'), row('大型车', '每小时6元')], 0],
    ['numbered rows', [row('序号', '单位'), row('1', '县公安局'), row('2', '县水务局')], 0],
    ['a list of names', [row('县公安局'), row('县水务局'), row('县教育局')], 0],
    ['two wordings side by side', [row('现行条文', '修改后'), row('第一条　甲。', '第一条　乙。')], 2],
    ['two wordings without a head', [row('第一条　甲。', '第一条　乙。'), row('第二条　丙。', '第二条　丁。')], 4],
    ['articles with reasons', [row('条文', '起草说明'), row('第一条　甲。', '依据《道路交通安全法》。')], 1],
    ['discretion', [row('违法行为', '依据', '处罚'), row('乱停车', '第三十条　违反规定停车的，处罚款。', '一百元')], 1],
    ['an article quoted from elsewhere', [row('第十八条　行政机关应当公开。')], 1],
    ['dates of meetings', [row('日期', '地点'), row('2026年5月20日', '县会议中心')], 0],
  ])('%s stays a table, and what looks like an article is named', async (_, rows, suspects) => {
    const { structure, loss, text } = await read(...head, table(...rows))
    expect(text).toContain('| --- |')
    expect(structure.counts).toMatchObject({ articles: 1, tables: 1 })
    const said = loss.filter(({ message }) => message.includes('疑似条文'))
    expect(said.map(({ content }) => content)).toEqual(suspects === 0 ? [] : [String(suspects)])
  })
  test('a schedule between the rows of a text stays one', async () => {
    const fees = [row('类别', '标准'), row('小型车', '每小时3元'), row('大型车', '每小时6元')]
    const inside = await read(paragraph(title), table(row(articles[0] ?? []), ...fees, row(articles[1] ?? [])))
    const within = await read(
      paragraph(title),
      table(row([...(articles[0] ?? []), table(...fees), ...(articles[1] ?? [])])),
    )
    for (const { structure, text } of [inside, within]) {
      expect(structure.counts).toMatchObject({ articles: 2, tables: 1 })
      expect(text).toContain('| 小型车 | 每小时3元 |')
    }
  })
})

describe('图片和空文件', () => {
  const picture = (width = 914400, height = 914400): string =>
    `<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="${width}" cy="${height}"/><a:graphic><a:blip r:embed="rId1"/></a:graphic></wp:inline></w:drawing></w:r></w:p>`
  const drawn = `<w:p><w:r><w:pict><v:shape style="width:415pt;height:587.5pt"><v:imagedata r:id="rId1"/></v:shape></w:pict></w:r></w:p>`
  const body = articles
    .flat()
    .map((line) => paragraph(line))
    .join('')
  const media = { 'media/image1.png': 'x' }
  const said = async (content: string) => {
    const { loss, wouldLoseWords } = await importDocx(await docxOf(content, media))
    return { words: loss.filter(({ losesWords }) => losesWords).map(({ message }) => message), wouldLoseWords }
  }
  test('a title that is a picture must be supplied', async () => {
    expect((await said(`${picture()}${body}`)).words).toEqual([expect.stringMatching(/没有读到题名.*补录题名/)])
    expect((await said(`${picture()}${paragraph(title)}${body}`)).words).toEqual([])
    expect((await said(`${paragraph(title)}${picture()}${body}`)).words).toEqual([])
  })
  test('scanned pages and empty files have no words, and a page among text may have some', async () => {
    for (const page of [picture(5270500, 7453630), drawn]) {
      expect((await said(page)).words).toContainEqual(expect.stringMatching(/没有读到文字.*1张图片.*扫描/))
      expect((await said(`${paragraph(title)}${body}${page}`)).words).toEqual([expect.stringContaining('整页的图片')])
    }
    expect((await said('<w:sectPr/>')).words).toEqual([expect.stringMatching(/没有读到文字.*空/)])
    expect((await said(paragraph('　'))).wouldLoseWords).toBe(true)
  })
  test('a title in a text box, and one drawn as an ornament, are titles', async () => {
    const box = `<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>${paragraph(title)}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>${paragraph(title)}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>`
    const old = `<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>${paragraph(title)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>`
    const ornament = `<w:p><w:r><w:pict><v:shape><v:textpath string="${title}"/></v:shape></w:pict></w:r></w:p>`
    for (const head of [box, old, ornament]) {
      const { structure } = await importDocx(await docxOf(`${head}${body}`))
      expect(structure).toMatchObject({ title, counts: { articles: 4 } })
    }
    const shape = `<w:p><w:r><w:drawing><a:t>图中的文字</a:t></w:drawing></w:r></w:p>`
    expect((await said(`${paragraph(title)}${body}${shape}`)).words).toEqual([expect.stringContaining('图形里的文字')])
  })
})
