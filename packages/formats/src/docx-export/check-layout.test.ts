import { parseText, templateGenres, templateOf } from '@dianzhang/text'
import { describe, expect, test } from 'vitest'
import { circularDocument, documents, measuresDocument } from '../documents.fixture.ts'
import {
  documentXml,
  docxOf,
  docxParts,
  joined,
  type Part,
  paragraph,
  part,
  run,
  zipOf,
} from '../docx-import/docx.fixture.ts'
import { defaultLimits } from '../docx-import/index.ts'
import { openZip } from '../docx-import/zip.ts'
import { checkLayout } from './check-layout.ts'
import { exportDocx } from './export-docx.ts'
import { gbt9704, gbt47229, layoutProfiles } from './profiles.ts'

describe.each(Object.entries(documents))('%s', (_, document) => {
  test.each(layoutProfiles.map((profile) => [profile.id, profile] as const))(
    'what is exported as %s has no fault in its own profile',
    async (_id, profile) => expect(await checkLayout(await exportDocx(document, profile), profile)).toEqual([]),
  )
})

test.each(layoutProfiles.map((profile) => [profile.id, profile] as const))(
  'every template for drafting, exported as %s, keeps the layout',
  async (_id, profile) => {
    for (const genre of templateGenres) {
      const title = `关于印发《河湾县渠道管护办法》的${genre}`
      const { text } = templateOf(genre, { title, issuer: '河湾县人民政府' })
      const filled = text.replace(/〔待填：成文日期〕/gu, '2026年3月2日').replace(/〔待填[^〕]*〕/gu, '有关内容')
      const document = { ...circularDocument, structure: parseText(filled), copies: [], printDate: null }
      expect(await checkLayout(await exportDocx(document, profile), profile), genre).toEqual([])
    }
  },
)

/** The parts of a file as text. */
async function documentOf(file: Uint8Array): Promise<{ core: string; document: string }> {
  const archive = openZip(file, defaultLimits)
  const read = async (name: string) => {
    const pieces: Uint8Array[] = []
    await archive.read(name, (piece) => pieces.push(piece))
    return new TextDecoder().decode(joined(pieces))
  }
  return { core: await read('docProps/core.xml'), document: await read('word/document.xml') }
}

test('a file in the other profile lacks the red mark', async () => {
  const found = await checkLayout(await exportDocx(measuresDocument, gbt47229), gbt9704)
  expect(found.map(({ message }) => message)).toEqual(['没有找到红色的发文机关标志'])
})

test('a document without a number has no fault, and its missing red line is still found', async () => {
  const structure = parseText(
    '河湾县人民政府文件\n关于做好清雪工作的通知\n各乡镇人民政府：\n请认真执行。\n河湾县人民政府办公室\n2026年3月5日\n',
  )
  const file = await exportDocx({ ...circularDocument, structure, documentNumber: null, copies: [], printDate: null })
  expect(await checkLayout(file)).toEqual([])
  const pieces: Uint8Array[] = []
  const archive = openZip(file, defaultLimits)
  const parts: Record<string, Part> = {}
  for (const name of archive.names) {
    pieces.length = 0
    await archive.read(name, (piece) => pieces.push(piece))
    parts[name] = { content: joined(pieces) }
  }
  const xml = new TextDecoder().decode(parts['word/document.xml']?.content as Uint8Array)
  // The mark is drawn in red once and does not come again as text.
  expect(xml.match(/河湾县人民政府办公室文件|河湾县人民政府文件/g)).toHaveLength(1)
  parts['word/document.xml'] = { content: xml.replace(/<w:pBdr>.*?<\/w:pBdr>/, '') }
  const found = (await checkLayout(await zipOf(parts))).map(({ message }) => message)
  expect(found).toContain('版头下面没有找到红色分隔线（发文字号之下，与版心等宽）')
})

test('a text without 署名 or 成文日期 does not look as if it had been issued: no 版头, and the file says why', async () => {
  const words = '关于做好清雪工作的通知\n各乡镇人民政府：\n请认真执行。\n'
  for (const [ending, why] of [
    ['', '正文没有署名、成文日期，不加版头'],
    ['2026年3月5日\n', '正文没有署名，不加版头'],
  ] as const) {
    const file = await exportDocx({
      ...circularDocument,
      structure: parseText(words + ending),
      copies: [],
      printDate: null,
    })
    const { core, document } = await documentOf(file)
    expect(core).toContain(`<dc:description>${why}</dc:description>`)
    expect(document).not.toContain('FF0000')
    expect(await checkLayout(file)).toEqual([])
  }
  const issued = await documentOf(await exportDocx(circularDocument))
  expect(issued.core).not.toContain('dc:description')
  expect(issued.document).toContain('FF0000')
})

test('every fault names its clause and its place', async () => {
  const body = [
    paragraph(run('河湾县人民政府文件', '<w:color w:val="FF0000"/>'), '<w:jc w:val="center"/>'),
    paragraph('河政规发[2026]03号'),
    paragraph(run('关于加强渠道管护的通知', '<w:rFonts w:eastAsia="宋体"/><w:sz w:val="36"/>')),
    paragraph('各乡镇人民政府：'),
    paragraph(
      run('现将有关事项通知如下。', '<w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/>'),
      '<w:ind w:firstLineChars="200"/>',
    ),
    paragraph(run('请认真执行。', '<w:rFonts w:eastAsia="宋体"/><w:sz w:val="28"/>')),
    paragraph('附件：管护责任表。'),
    paragraph('河湾县人民政府'),
    paragraph('2026年03月05日'),
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:bottom="1984" w:left="1587" w:right="1474"/></w:sectPr>',
  ].join('')
  const found = await checkLayout(await docxOf(body))
  const about = (word: string): string[] =>
    found.filter(({ message }) => message.includes(word)).map(({ clause }) => clause)
  expect(about('天头')).toEqual(['GB/T 9704—2012 5.1、5.2.1'])
  expect(about('下边距')).toEqual([])
  expect(about('每面应排22行')).toEqual(['GB/T 9704—2012 5.2.3'])
  expect(about('没有页码')).toEqual(['GB/T 9704—2012 7.5'])
  expect(about('标题应当用小标宋体')).toEqual(['GB/T 9704—2012 7.3.1'])
  expect(about('标题应当居中')).toEqual(['GB/T 9704—2012 7.3.1'])
  expect(about('河政规发〔2026〕3号')).toEqual(['GB/T 9704—2012 7.2.5'])
  expect(about('不编虚位')).toEqual(['GB/T 9704—2012 7.3.5'])
  expect(about('后面不加标点')).toEqual(['GB/T 9704—2012 7.3.4'])
  expect(found.filter(({ quote }) => quote === '现将有关事项通知如下。')).toEqual([])
  expect(found.filter(({ quote }) => quote === '请认真执行。').map(({ message }) => message)).toEqual([
    '正文应当用仿宋，文件里是宋体',
    '正文应当用3号字，文件里是4号',
    '正文应当首行空2字，文件里空0.0字',
  ])
  expect(found.find(({ quote }) => quote === '请认真执行。')?.paragraph).toBe(6)
})

test('GB/T 47229.1 5.3: title, 题注, contents, headings, numbers of articles and items, captions, each with its clause', async () => {
  const look = (content: string, font: string, size: number, more = ''): string =>
    paragraph(run(content, `<w:rFonts w:eastAsia="${font}"/><w:sz w:val="${size * 2}"/>`), more)
  const indent = '<w:ind w:firstLineChars="200"/>'
  const middle = '<w:jc w:val="center"/>'
  const blank = paragraph('')
  const asked = async (body: string[]): Promise<string[]> =>
    (await checkLayout(await docxOf(body.join('')), gbt47229))
      .filter(({ paragraph: at }) => at > 0)
      .map(({ clause, message }) => `${clause.replace('GB/T 47229.1—2026 ', '')} ${message}`)
  const text = (faulty: boolean): string[] => [
    blank,
    blank,
    look(
      '河湾县渠道管护办法',
      '方正小标宋简体',
      22,
      `${middle}<w:spacing w:line="${faulty ? 400 : 567}" w:lineRule="exact"/>`,
    ),
    look('（2026年5月20日河湾县人民政府公布　自2026年7月1日起施行）', faulty ? '仿宋' : '楷体', 16, indent),
    look('目录', '楷体', 16, middle),
    look('第一章　总则', faulty ? '宋体' : '楷体', 16, `<w:ind w:firstLineChars="${faulty ? 0 : 200}"/>`),
    look('第一节　范围', '楷体', 16, '<w:ind w:firstLineChars="400"/>'),
    look('第二章　附则', '楷体', 16, indent),
    ...(faulty ? [] : [blank]),
    look('第一章　总则', '黑体', 16, middle),
    look('第一节　范围', faulty ? '黑体' : '宋体', 16, middle),
    `<w:p><w:pPr>${indent}</w:pPr>${run('第一条', '<w:rFonts w:eastAsia="黑体"/><w:sz w:val="32"/>')}${run(`${faulty ? ' ' : '　'}渠道管护包括：`, '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>')}</w:p>`,
    look(`${faulty ? '(1)' : '（一）'}清淤；`, '仿宋', 16, indent),
    look('表1　管护责任', faulty ? '仿宋' : '黑体', 16, middle),
    '<w:tbl><w:tr><w:tc><w:p><w:r><w:t>渠道</w:t></w:r></w:p></w:tc></w:tr></w:tbl>',
    ...(faulty ? [] : [blank]),
    look('第二章　附则', '黑体', 16, middle),
    ...(faulty ? [] : [blank]),
    `<w:p><w:pPr>${indent}</w:pPr>${run('第二条', '<w:rFonts w:eastAsia="黑体"/><w:sz w:val="32"/>')}${run('　本办法自2026年7月1日起施行。', '<w:rFonts w:eastAsia="仿宋"/><w:sz w:val="32"/>')}</w:p>`,
    look('河湾县人民政府', '仿宋', 16, faulty ? middle : '<w:jc w:val="right"/>'),
    look('2026年5月20日', '仿宋', 16, '<w:jc w:val="right"/>'),
  ]
  expect((await asked(text(false))).filter((one) => !one.startsWith('5.3') && !one.includes('正文应当'))).toEqual([])
  const found = await asked(text(true))
  for (const expected of [
    '5.2.2 标题各行相距应当为1厘米，文件里是0.71厘米',
    '5.2.3 题注应当用楷体，文件里是仿宋',
    '5.2.5 目录应当用楷体，文件里是宋体',
    '5.2.5 目录中的编、章应当左空2字，文件里空0.0字',
    '5.2.6 a 章的标题上面应当空1行，文件里空0行',
    '5.2.6 a 章的标题下面应当空1行，文件里空0行',
    '5.2.6 b 节应当用宋体，文件里是黑体',
    '5.2.6 c 条的序号之后应当空一个全角字，再写内容',
    '5.2.6 e 项的序号应当写作（一）',
    '7 表题应当用黑体，文件里是仿宋',
    '5.3（参照 GB/T 9704—2012 7.3.5） 署名应当居右',
  ])
    expect(found).toContain(expected)
  // Every clause the profile can name is one of this standard.
  for (const { clause } of Object.values(gbt47229.lines)) expect(clause).toMatch(/^GB\/T 47229\.1—2026 /)
})

test('first page, blank lines, new pages, red line and page numbers', async () => {
  const red = (content: string): string =>
    paragraph(run(content, '<w:color w:val="FF0000"/>'), '<w:jc w:val="center"/>')
  const size = (w: number, h: number, top: number): string =>
    `<w:sectPr><w:footerReference w:type="default" r:id="rId1"/><w:footerReference w:type="even" r:id="rId2"/><w:pgSz w:w="${w}" w:h="${h}"/><w:pgMar w:top="${top}" w:bottom="1984" w:left="1587" w:right="1474"/></w:sectPr>`
  const footer = (align: string, words: string, points: number): string =>
    part(
      'ftr',
      paragraph(
        `${run(words, `<w:rFonts w:eastAsia="宋体"/><w:sz w:val="${points * 2}"/>`)}<w:fldSimple w:instr=" PAGE "/>`,
        `<w:jc w:val="${align}"/>`,
      ),
    )
  const file = async (body: string, footers: [string, string]): Promise<string[]> => {
    const parts = docxParts(body, {
      'footer1.xml': footers[0],
      'footer2.xml': footers[1],
      'settings.xml': part('settings', '<w:evenAndOddHeaders/>'),
    })
    const found = await checkLayout(await zipOf({ ...parts, 'word/document.xml': documentXml(body) }))
    return found
      .filter(({ message }) => /空\d+行|另面|首页|冒号|分隔线|页码|第\d节/.test(message))
      .map(({ clause, message, quote }) => `${clause.replace('GB/T 9704—2012 ', '')} ${message} ${quote}`.trim())
  }
  const text = (more: { rule?: string; line?: string; colon?: string; break?: string; page?: string }): string =>
    [
      red('河湾县人民政府文件'),
      paragraph('河政规发〔2026〕3号', `<w:jc w:val="center"/>${more.rule ?? ''}`),
      more.line ?? '',
      paragraph(
        '关于加强渠道管护的通知',
        `<w:jc w:val="center"/><w:spacing w:before="${more.line === undefined ? 1158 : 0}"/>`,
      ),
      paragraph(''),
      paragraph(`各乡镇人民政府${more.colon ?? '：'}`),
      paragraph(`${more.break ?? ''}${run('现将有关事项通知如下。')}`),
      paragraph('附件：管护责任表', `<w:spacing w:beforeLines="${more.line === undefined ? 100 : 0}"/>`),
      paragraph('河湾县人民政府'),
      paragraph('2026年3月5日'),
      paragraph('附件', more.page ?? ''),
      more.line === undefined ? paragraph('') : '',
      paragraph('管护责任表', '<w:jc w:val="center"/>'),
      paragraph('一、分段负责。'),
    ].join('')
  const rule = '<w:pBdr><w:bottom w:val="single" w:color="FF0000"/></w:pBdr>'
  const good = await file(`${text({ rule, page: '<w:pageBreakBefore/>' })}${size(11906, 16838, 2098)}`, [
    footer('right', '— 1 —', 14),
    footer('left', '— 2 —', 14),
  ])
  expect(good).toEqual([])
  const bad = text({ line: paragraph(''), colon: ':', break: '<w:r><w:br w:type="page"/></w:r>' })
  const landscape = paragraph('', size(16838, 11906, 1440))
  const found = await file(`${bad}${paragraph('', size(11906, 16838, 2098))}${landscape}${size(11906, 16838, 1440)}`, [
    footer('center', '1', 10.5),
    footer('right', '— 2 —', 14),
  ])
  expect(found).toEqual([
    '5.1、5.2.1 第3节的上边距（天头）应为37毫米，文件里是25.4毫米',
    '7.2.4、7.2.5、7.2.7 版头下面没有找到红色分隔线（发文字号之下，与版心等宽）',
    '7.5 页码的数字左右应当各放一条一字线',
    '7.5 页码应当用4号字，文件里是10.5磅',
    '7.5 单页的页码应当居右空一字',
    '7.5 双页的页码应当居左空一字',
    '7.3.1 标题上面应当空2行，文件里空1行 关于加强渠道管护的通知',
    '7.3.3 首页必须显示正文，而正文之前分了页 现将有关事项通知如下。',
    '7.3.4 附件说明上面应当空1行，文件里空0行 附件：管护责任表',
    '7.3.7 附件应当另面编排 附件',
    '7.3.7 附件标题上面应当空1行，文件里空0行 管护责任表',
    '7.3.2 最后一个主送机关名称后应当标全角冒号',
  ])
})
