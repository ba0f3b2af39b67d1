import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sharedData } from '../../../../test/support/shared-data.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { printNumber } from './auto-numbering.ts'
import { documentXml, docxOf, docxParts, joined, numbered, paragraph, part, run, zipOf } from './docx.fixture.ts'
import { type ImportedDocx, importDocx, numbersOf, refuseUnlessConfirmed } from './index.ts'

const level = (index: number, format: string, text: string, more = ''): string =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`
const lists = part(
  'numbering',
  `<w:abstractNum w:abstractNumId="0">${level(0, 'chineseCountingThousand', '第%1章')}${level(1, 'chineseCounting', '第%2条', '<w:lvlRestart w:val="0"/>')}${level(2, 'chineseCounting', '（%3）', '<w:suff w:val="nothing"/>')}</w:abstractNum><w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1.', '<w:suff w:val="nothing"/>')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>`,
)

const refusal = async (bytes: Uint8Array, limits = {}): Promise<UnreadableFile> => {
  const error = await importDocx(bytes, { limits }).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!(error instanceof UnreadableFile)) throw new Error(`没有拒绝：${String(error)}`)
  expect(error.message).toMatch(/[\u4e00-\u9fff]/)
  return error
}

describe('自动编号', () => {
  test('第%1章, articles that run on through the chapters, items that begin anew', async () => {
    const { text, loss, structure } = await importDocx(
      await docxOf(
        [
          paragraph('河湾县灌溉用水办法'),
          numbered('总则', 1),
          numbered('为了节约用水，制定本办法。', 1, 1),
          numbered('下列情形适用本办法：', 1, 1),
          numbered('春灌；', 1, 2),
          numbered('冬灌。', 1, 2),
          numbered('管理', 1),
          numbered('县水务局负责管理。', 1, 1),
        ].join(''),
        { 'numbering.xml': lists },
      ),
    )
    expect(text.split('\n').slice(1, 8)).toEqual([
      '第一章　总则',
      '第一条　为了节约用水，制定本办法。',
      '第二条　下列情形适用本办法：',
      '（一）春灌；',
      '（二）冬灌。',
      '第二章　管理',
      '第三条　县水务局负责管理。',
    ])
    expect(structure.counts).toMatchObject({ chapters: 2, articles: 3, lastArticle: '第三条' })
    expect(loss.filter(({ kind }) => kind === 'automatic-number')).toHaveLength(7)
    expect(loss[0]).toMatchObject({ paragraph: 2, content: '第一章', losesWords: false })
  })

  test('a list that starts at five, and numbers that a style brings', async () => {
    const styles = part(
      'styles',
      '<w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:styleId="Item"><w:basedOn w:val="Base"/></w:style>',
    )
    const body = `${numbered('五', 3)}${numbered('六', 3)}${paragraph('样式', '<w:pStyle w:val="Item"/>')}`
    const { text, facts } = await importDocx(await docxOf(body, { 'numbering.xml': lists, 'styles.xml': styles }))
    expect(text).toBe('5.五\n6.六\n7.样式\n')
    expect(facts.autoNumberedParagraphs).toBe(3)
  })

  test.each([
    [21, 'chineseCounting', '二十一'],
    [10, 'chineseCountingThousand', '十'],
    [1010, 'chineseCountingThousand', '一千零一十'],
    [105, 'chineseCountingThousand', '一百零五'],
    [20, 'ideographDigital', '二〇'],
    [12, 'chineseLegalSimplified', '壹拾贰'],
    [3, 'ideographTraditional', '丙'],
    [7, 'decimalEnclosedCircle', '⑦'],
    [12, 'decimalFullWidth', '１２'],
    [27, 'lowerLetter', 'aa'],
    [1994, 'upperRoman', 'MCMXCIV'],
    [4, 'unheardOf', null],
  ])('%i as %s is %s', (value, format, words) => expect(printNumber(value, format)).toBe(words))
})

describe('损失报告', () => {
  const change = (kind: string, inner: string): string =>
    `<w:${kind} w:id="1" w:author="起草经办人" w:date="2026-05-06T09:00:00Z">${inner}</w:${kind}>`
  const tracked = paragraph(
    `${run('每年')}${change('ins', run('三月'))}${change('del', '<w:r><w:delText>四月</w:delText></w:r>')}${run('开展检查。')}`,
  )

  test('tracked changes are listed and not accepted', async () => {
    const imported = await importDocx(await docxOf(`${paragraph('第一段')}${tracked}`))
    expect(imported.text).toBe('第一段\n每年四月开展检查。\n')
    expect(imported.loss).toMatchObject([
      { kind: 'insertion', effect: 'dropped', losesWords: true, paragraph: 2, content: '三月', author: '起草经办人' },
      { kind: 'deletion', effect: 'changed', losesWords: false, content: '四月' },
    ])
    expect(imported.loss[0]?.quote).toContain('每年')
    expect(() => refuseUnlessConfirmed(imported, false)).toThrow(/三月/)
    expect(() => refuseUnlessConfirmed(imported, true)).not.toThrow()
  })

  test.each([
    ['accept', '每年三月开展检查。\n'],
    ['reject', '每年四月开展检查。\n'],
  ] as const)('what was decided (%s) loses nothing and is still listed', async (revisions, text) => {
    const imported = await importDocx(await docxOf(tracked), { revisions })
    expect(imported.text).toBe(text)
    expect(imported.wouldLoseWords).toBe(false)
    expect(imported.loss.map(({ kind, content }) => [kind, content])).toEqual([
      ['insertion', '三月'],
      ['deletion', '四月'],
    ])
    for (const { message } of imported.loss) expect(message).toMatch(revisions === 'accept' ? /已接受/ : /已拒绝/)
    expect(imported.revisions).toBe(2)
  })
  test('paragraphs with changes are given as Word shows them', async () => {
    const moved = paragraph(`${change('moveFrom', run('甲'))}${run('乙')}${change('moveTo', run('丙'))}`)
    const { redline } = await importDocx(await docxOf(`${paragraph('无修订')}${tracked}${moved}`))
    const parts = redline.map(({ paragraph: at, parts: list }) => [at, list.map(({ kind, text }) => `${kind} ${text}`)])
    expect(parts).toEqual([
      [2, ['same 每年', 'inserted 三月', 'deleted 四月', 'same 开展检查。']],
      [3, ['moved-from 甲', 'same 乙', 'moved-to 丙']],
    ])
    expect(redline[0]?.parts[1]).toMatchObject({ author: '起草经办人' })
  })
  test.each([
    ['undecided', '甲。\n乙。\n', /移走.*留在原处/],
    ['reject', '甲。\n乙。\n', /移走.*留在原处/],
    ['accept', '乙。\n甲。\n', /移走.*已移到新的位置/],
  ] as const)('moved words (%s) stand once, and where they stand is said', async (revisions, text, said) => {
    const body = `${paragraph(change('moveFrom', run('甲。')))}${paragraph('乙。')}${paragraph(change('moveTo', run('甲。')))}`
    const imported = await importDocx(await docxOf(body), { revisions })
    expect(imported.text).toBe(text)
    expect(imported.wouldLoseWords).toBe(false)
    expect(imported.loss[0]?.message).toMatch(said)
  })

  describe('tracked changes one by one', () => {
    const by = (kind: string, words: string, author: string, date = '2026-08-01T09:00:00Z'): string =>
      `<w:${kind} w:id="1" w:author="${author}" w:date="${date}">${words}</w:${kind}>`
    const gone = (words: string): string => `<w:r><w:delText>${words}</w:delText></w:r>`
    const mark = (kind: string, author: string, words: string): string =>
      `<w:p><w:pPr><w:rPr><w:${kind} w:author="${author}" w:date="2026-08-01T09:00:00Z"/></w:rPr></w:pPr>${words}</w:p>`
    const body = [
      paragraph(
        `${run('每年')}${by('ins', run('三'), '甲')}${by('ins', run('月'), '甲')}${by('del', gone('四月'), '甲')}${run('检查')}${by('ins', run('两次'), '乙')}${run('。')}`,
      ),
      mark('ins', '乙', by('ins', run('增加的一段。'), '乙')),
      paragraph(
        `<w:moveFromRangeStart w:id="9" w:name="move1"/>${by('moveFrom', run('移动的话。'), '丙')}<w:moveFromRangeEnd w:id="9"/>${run('原句。')}`,
      ),
      paragraph(
        `${run('末句。')}<w:moveToRangeStart w:id="8" w:name="move1"/>${by('moveTo', run('移动的话。'), '丙')}<w:moveToRangeEnd w:id="8"/>`,
      ),
    ].join('')
    const lines = (text: string): string[] => text.trim().split('\n')
    test('each is listed once with kind, words, author and date', async () => {
      const { changes, revisions } = await importDocx(await docxOf(body))
      expect(changes.map((one) => [one.number, one.kind, one.text, one.author, one.decision])).toEqual([
        [1, 'insertion', '三月', '甲', 'undecided'],
        [2, 'deletion', '四月', '甲', 'undecided'],
        [3, 'insertion', '两次', '乙', 'undecided'],
        [4, 'insertion', '增加的一段。', '乙', 'undecided'],
        [5, 'move', '移动的话。', '丙', 'undecided'],
      ])
      expect(changes[0]?.date).toBe('2026-08-01T09:00:00Z')
      expect(revisions).toBe(5)
    })
    test.each<[{ accept?: number[]; reject?: number[] }, 'accept' | 'reject' | 'undecided', string[], string[]]>([
      [{ accept: [1, 2] }, 'reject', ['每年三月检查。', '移动的话。原句。', '末句。'], []],
      [{ accept: [1] }, 'reject', ['每年三月四月检查。', '移动的话。原句。', '末句。'], []],
      [
        { accept: [2] },
        'undecided',
        ['每年检查。', '移动的话。原句。', '末句。'],
        ['三', '月', '两次', '增加的一段。'],
      ],
      [{ accept: [4] }, 'reject', ['每年四月检查。', '增加的一段。', '移动的话。原句。', '末句。'], []],
      [{ accept: [5] }, 'reject', ['每年四月检查。', '原句。', '末句。移动的话。'], []],
      [{ reject: [5] }, 'accept', ['每年三月检查两次。', '增加的一段。', '移动的话。原句。', '末句。'], []],
      [{ reject: [4], accept: [3] }, 'undecided', ['每年四月检查两次。', '移动的话。原句。', '末句。'], ['三', '月']],
    ])('%j, the others %s', async (decisions, revisions, text, lost) => {
      const imported = await importDocx(await docxOf(body), { revisions, decisions })
      expect(lines(imported.text)).toEqual(text)
      expect(imported.loss.filter(({ losesWords }) => losesWords).map(({ content }) => content)).toEqual(lost)
      expect(imported.wouldLoseWords).toBe(lost.length > 0)
      for (const { number, decision } of imported.changes)
        expect(decision).toBe(
          decisions.accept?.includes(number) ? 'accept' : decisions.reject?.includes(number) ? 'reject' : revisions,
        )
    })
    test('whatever is decided, the words are those of the decisions', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.record({
              kind: fc.constantFrom('ins', 'del'),
              author: fc.constantFrom('甲', '乙'),
              parted: fc.boolean(),
              fate: fc.constantFrom('accept', 'reject'),
            }),
            { minLength: 1, maxLength: 8 },
          ),
          async (list) => {
            let words = ''
            let expected = ''
            let last = ''
            const accept: number[] = []
            const reject: number[] = []
            let number = 0
            let fate = 'accept'
            for (const [at, one] of list.entries()) {
              if (one.parted) words += run('，')
              if (one.parted) expected += '，'
              const key = `${one.kind}${one.author}`
              if (one.parted || key !== last) {
                number++
                fate = one.fate
                ;(fate === 'accept' ? accept : reject).push(number)
              }
              last = key
              const said = `词${at}`
              words += by(one.kind, one.kind === 'ins' ? run(said) : gone(said), one.author)
              if ((one.kind === 'ins') === (fate === 'accept')) expected += said
            }
            const imported = await importDocx(await docxOf(paragraph(`${run('始')}${words}${run('终')}`)), {
              decisions: { accept, reject },
            })
            expect(imported.revisions).toBe(number)
            expect(imported.text).toBe(`始${expected}终\n`)
            expect(imported.wouldLoseWords).toBe(false)
          },
        ),
        { numRuns: 40 },
      )
    })
    test.each([
      ['3', [3]],
      ['1,3-5', [1, 3, 4, 5]],
      ['5,1,1-2', [1, 2, 5]],
      [undefined, []],
    ])('the list %s', (list, numbers) => {
      expect(numbersOf(list)).toEqual(numbers)
    })
  })

  test('content controls and fields that still show their prompt are loss, not text; filled ones are text', async () => {
    const control = (words: string, prompt: boolean, style = 'a3'): string =>
      `<w:sdt><w:sdtPr>${prompt ? '<w:showingPlcHdr/>' : ''}</w:sdtPr><w:sdtContent>${run(words, prompt ? `<w:rStyle w:val="${style}"/>` : '')}</w:sdtContent></w:sdt>`
    const field = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>MACROBUTTON NoMacro [点此填写机关]</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`
    const styles = part('styles', '<w:style w:styleId="a7"><w:name w:val="Placeholder Text"/></w:style>')
    const body = [
      paragraph(`${run('主管部门为')}${control('单击或点击此处输入文字。', true)}${run('。')}`),
      paragraph(`${run('施行日期为')}${control('选择一项。', true)}${control('2026年7月1日', false)}`),
      paragraph(`${run('由')}${field}${run('解释')}${run('请填写联系人', '<w:rStyle w:val="a7"/>')}`),
      `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${paragraph('单击此处添加段落。')}</w:sdtContent></w:sdt>`,
    ].join('')
    const { text, loss } = await importDocx(await docxOf(body, { 'styles.xml': styles }))
    expect(text).toBe('主管部门为。\n施行日期为2026年7月1日\n由解释\n')
    expect(loss.map(({ kind, content, losesWords }) => [kind, content, losesWords])).toEqual([
      ['placeholder', '单击或点击此处输入文字。', true],
      ['placeholder', '选择一项。', true],
      ['placeholder', '[点此填写机关]', true],
      ['placeholder', '请填写联系人', true],
      ['placeholder', '单击此处添加段落。', true],
    ])
  })

  test('rows and cells that were inserted or deleted as a whole follow the choice and are listed; formatting is counted', async () => {
    const cell = (words: string, more = '', mark = ''): string =>
      `<w:tc><w:tcPr>${more}</w:tcPr>${paragraph(run(words), mark === '' ? '' : `<w:rPr>${mark}</w:rPr>`)}</w:tc>`
    const row = (words: string, more = '', mark = ''): string =>
      `<w:tr><w:trPr>${more}</w:trPr>${cell(words, '', mark)}</w:tr>`
    const by = 'w:author="起草经办人"'
    const body = [
      '<w:tbl>',
      row('表头'),
      row('删行', `<w:del ${by}/>`, `<w:del ${by}/>`),
      row('增行', `<w:ins ${by}/>`, `<w:ins ${by}/>`),
      `<w:tr>${cell('留格')}${cell('增格', `<w:cellIns ${by}/>`)}${cell('删格', `<w:cellDel ${by}/>`)}</w:tr></w:tbl>`,
      paragraph(
        run('格式', `<w:b/><w:rPrChange ${by}><w:rPr><w:rStyle w:val="DianzhangLetterhead"/></w:rPr></w:rPrChange>`),
        `<w:pPrChange ${by}><w:pPr/></w:pPrChange>`,
      ),
    ].join('')
    const before = await importDocx(await docxOf(body))
    expect(before.text).toBe('| 表头 |  |\n| --- | --- |\n| 删行 |  |\n| 留格 | 删格 |\n\n格式\n')
    expect(before.loss.map(({ kind, effect, losesWords, content }) => [kind, effect, losesWords, content])).toEqual([
      ['deletion', 'changed', false, '删行'],
      ['insertion', 'dropped', true, '增行'],
      ['insertion', 'dropped', true, '增格'],
      ['deletion', 'changed', false, '删格'],
      ['format-change', 'changed', false, '2'],
    ])
    expect(before.loss[1]).toMatchObject({ author: '起草经办人', paragraph: 3 })
    const after = await importDocx(await docxOf(body), { revisions: 'accept' })
    expect(after.text).toBe('| 表头 |  |\n| --- | --- |\n| 增行 |  |\n| 留格 | 增格 |\n\n格式\n')
    expect(after.wouldLoseWords).toBe(false)
    expect(after.loss.filter(({ effect }) => effect === 'dropped').map(({ content }) => content)).toEqual([
      '删行',
      '删格',
    ])
  })

  test('of very many changes the first five hundred are listed and the others counted', async () => {
    const { loss } = await importDocx(
      await docxOf(`<w:p>${change('ins', run('增')).repeat(700)}${change('del', run('删')).repeat(50)}</w:p>`),
    )
    expect(loss).toHaveLength(502)
    expect(loss.slice(500)).toMatchObject([
      { kind: 'insertion', losesWords: true, count: 200, paragraph: 0 },
      { kind: 'deletion', losesWords: false, count: 50 },
    ])
    expect(() => refuseUnlessConfirmed({ loss, wouldLoseWords: true } as ImportedDocx, false)).toThrow('700处')
  })

  test('an inserted paragraph mark does not split the paragraph', async () => {
    const first = paragraph(run('前半句，'), `<w:rPr>${change('ins', '')}</w:rPr>`)
    const { text } = await importDocx(await docxOf(first + paragraph('后半句。')))
    expect(text).toBe('前半句，后半句。\n')
  })

  test('comments are listed with the words they are about', async () => {
    const comments = part(
      'comments',
      `<w:comment w:id="0" w:author="审核人">${paragraph('依据是哪一条？')}</w:comment>`,
    )
    const body = paragraph(
      `<w:commentRangeStart w:id="0"/>${run('收取保证金')}<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`,
    )
    const { loss, text, wouldLoseWords } = await importDocx(await docxOf(body, { 'comments.xml': comments }))
    expect(text).toBe('收取保证金\n')
    expect(loss).toMatchObject([{ kind: 'comment', content: '依据是哪一条？', author: '审核人', paragraph: 1 }])
    expect(loss[0]?.message).toContain('收取保证金')
    expect(wouldLoseWords).toBe(false)
  })

  test('footnotes, hidden words and fields without a result lose words; page headers too', async () => {
    const notes = part('footnotes', `<w:footnote w:id="2">${paragraph('注释的话')}</w:footnote>`)
    const header = part('hdr', paragraph('内部资料'))
    const body = [
      paragraph(`${run('正文')}<w:r><w:footnoteReference w:id="2"/></w:r>`),
      paragraph(`${run('看得见')}${run('看不见', '<w:vanish/>')}`),
      paragraph(
        `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \\o\\ac(○,一)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>${run('款')}`,
      ),
    ].join('')
    const { loss, text } = await importDocx(await docxOf(body, { 'footnotes.xml': notes, 'header1.xml': header }))
    expect(text).toBe('正文\n看得见\n款\n')
    expect(loss.filter(({ losesWords }) => losesWords).map(({ kind, content }) => [kind, content])).toEqual([
      ['footnote', '注释的话'],
      ['hidden-text', '看不见'],
      ['field', 'EQ \\o\\ac(○,一)'],
      ['header', '内部资料'],
    ])
  })

  test('a text box is read once, before its paragraph, though Word stores it twice', async () => {
    const box = `<w:txbxContent>${paragraph('河湾县人民政府文件')}</w:txbxContent>`
    const body = paragraph(
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>${box}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>${box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>${run('河政规发〔2026〕1号')}`,
    )
    const { text, facts, loss } = await importDocx(await docxOf(body))
    expect(text).toBe('河湾县人民政府文件\n河政规发〔2026〕1号\n')
    expect(facts).toMatchObject({ textBoxes: 2, visibleTextBoxes: 1, nonEmptyParagraphs: 3 })
    expect(loss).toMatchObject([{ kind: 'text-box', content: '河湾县人民政府文件', losesWords: false }])
  })

  test('an old drawing is read when the new one says nothing', async () => {
    const body = paragraph(
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>${paragraph('只在旧图里')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
    )
    expect((await importDocx(await docxOf(body))).text).toBe('只在旧图里\n')
  })

  test('tables keep rows and columns; merged cells and several paragraphs in a cell are reported', async () => {
    const cell = (inner: string, properties = ''): string => `<w:tc><w:tcPr>${properties}</w:tcPr>${inner}</w:tc>`
    const body = `${paragraph('表前')}<w:tbl><w:tr>${cell(paragraph('事项'))}${cell(paragraph('标|准'))}</w:tr><w:tr>${cell(`${paragraph('一')}${paragraph('二')}`, '<w:gridSpan w:val="2"/>')}</w:tr></w:tbl>${paragraph('表后')}`
    const { text, structure, loss, facts } = await importDocx(await docxOf(body))
    expect(text).toBe('表前\n\n| 事项 | 标\\|准 |\n| --- | --- |\n| 一 二 |  |\n\n表后\n')
    expect(facts.tables).toBe(1)
    expect([...structure.preamble, ...structure.body].find((element) => element.level === 'table')?.rows).toEqual([
      ['事项', '标|准'],
      ['一 二', ''],
    ])
    expect(loss.map(({ kind }) => kind)).toEqual(['merged-cell', 'cell-paragraphs'])
  })

  test('pictures, links, struck words, symbols, breaks and tabs', async () => {
    const body = [
      paragraph('<w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r>'),
      paragraph(`<w:hyperlink w:anchor="某处">${run('链接文字')}</w:hyperlink>${run('划掉', '<w:strike/>')}`),
      paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="某字体" w:char="E123"/></w:r>'),
      paragraph('<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:softHyphen/></w:r>'),
    ].join('')
    const { text, loss } = await importDocx(await docxOf(body, { 'media/image1.png': 'x' }))
    expect(text).toBe('链接文字划掉\n☑〓\n甲　乙\n丙\n')
    expect(loss.map(({ kind, paragraph: no }) => [kind, no])).toEqual([
      ['image', 1],
      ['link', 2],
      ['struck-text', 2],
      ['symbol', 3],
      ['symbol', 3],
      ['soft-hyphen', 4],
      ['tab', 0],
      ['line-break', 0],
    ])
    expect(loss[0]?.content).toBe('media/image1.png')
  })
})

describe('恶意或者错误的文件得到一句清楚的话', () => {
  const words = paragraph('正文')
  test('a file over the limit is refused before it is read', async () => {
    expect(await refusal(new Uint8Array(100 * 1024 * 1024))).toMatchObject({ code: 'too-large' })
  })
  test('a part that inflates to more than its size allows', async () => {
    const bomb = await zipOf({
      ...docxParts(words),
      'word/document.xml': { content: new Uint8Array(20 * 1024 * 1024) },
    })
    expect(bomb.length).toBeLessThan(60_000)
    expect(await refusal(bomb)).toMatchObject({ code: 'expands-too-much' })
  })
  test('a part that declares less than it holds', async () => {
    const content = documentXml(words + ' '.repeat(30 * 1024 * 1024))
    const bomb = await zipOf({ ...docxParts(words), 'word/document.xml': { content, declaredSize: 100 } })
    expect(await refusal(bomb)).toMatchObject({ code: 'expands-too-much' })
  })
  test('nesting without end', async () => {
    const deep = `${'<w:sdt>'.repeat(5000)}${'</w:sdt>'.repeat(5000)}`
    expect(await refusal(await docxOf(deep))).toMatchObject({ code: 'expands-too-much' })
  })
  test('a thousand overlapping comments and a table wider than any page stay cheap', async () => {
    const starts = Array.from({ length: 5000 }, (_, id) => `<w:commentRangeStart w:id="${id}"/>`).join('')
    const overlapping = paragraph(starts + run('字').repeat(5000))
    expect((await importDocx(await docxOf(overlapping))).text).toBe(`${'字'.repeat(5000)}\n`)
    const wide = '<w:tc><w:tcPr><w:gridSpan w:val="64"/></w:tcPr><w:p/></w:tc>'.repeat(2000)
    const narrow = '<w:tr><w:tc><w:p/></w:tc></w:tr>'.repeat(500)
    const { text } = await importDocx(await docxOf(`<w:tbl>${narrow}<w:tr>${wide}</w:tr></w:tbl>`))
    expect(text.length).toBeLessThan(500 * 64 * 4)
  })
  test('prefixes other than the usual ones', async () => {
    const body = documentXml(paragraph('换了前缀')).replaceAll('w:', 'x:').replaceAll('xmlns:w=', 'xmlns:x=')
    const { text } = await importDocx(await zipOf({ ...docxParts(words), 'word/document.xml': body }))
    expect(text).toBe('换了前缀\n')
  })
  test('external entities', async () => {
    const content = `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>${documentXml(paragraph('&x;')).replace(/^<\?xml.*?\?>/, '')}`
    expect(await refusal(await zipOf({ ...docxParts(words), 'word/document.xml': content }))).toMatchObject({
      code: 'unsafe-xml',
    })
    expect(await refusal(await docxOf(paragraph('&x;')))).toMatchObject({ code: 'corrupt' })
  })
  test('password, old .doc, PDF, RTF, a picture, nothing', async () => {
    const ole = new Uint8Array(4096)
    ole.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    expect(await refusal(ole)).toMatchObject({ code: 'legacy-word' })
    const locked = ole.slice()
    locked.set(
      [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0]),
      1024,
    )
    expect(await refusal(locked)).toMatchObject({ code: 'encrypted' })
    for (const [begin, code] of [
      ['%PDF-1.7', 'pdf'],
      ['{\\rtf1', 'rtf'],
      ['GIF89a', 'image'],
      ['', 'empty'],
      ['办法', 'not-docx'],
    ] as const)
      expect(await refusal(new TextEncoder().encode(begin))).toMatchObject({ code })
    const flagged = await zipOf({ ...docxParts(words), 'word/document.xml': { content: documentXml(words), flags: 1 } })
    expect(await refusal(flagged)).toMatchObject({ code: 'encrypted' })
  })
  test('another kind of archive', async () => {
    expect(await refusal(await zipOf({ 'a.txt': 'x' }))).toMatchObject({ code: 'not-docx' })
  })
  test('a damaged archive', async () => {
    const good = await docxOf(words)
    expect(await refusal(good.slice(0, good.length - 40))).toMatchObject({ code: 'corrupt' })
    expect(await refusal(joined([good.slice(0, 4), good.slice(200)]))).toMatchObject({ code: 'corrupt' })
    const wrongSum = await zipOf({ ...docxParts(words), 'word/document.xml': { content: documentXml(words), crc: 7 } })
    expect(await refusal(wrongSum)).toMatchObject({ code: 'corrupt' })
    expect(await refusal(await docxOf('<w:p><w:r>'))).toMatchObject({ code: 'corrupt' })
  })
  test('any damage to any byte ends in a result or a refusal, never in another error', async () => {
    const good = await docxOf(`${numbered('总则', 1)}${words}`, { 'numbering.xml': lists })
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(255), fc.nat(200), async (at, value, cut) => {
        const bad = good.slice(0, good.length - (cut < 100 ? 0 : cut))
        if (at < bad.length) bad[at] = value
        const outcome = await importDocx(bad).then(
          () => 'read',
          (error: unknown) => (error instanceof UnreadableFile ? 'refused' : `失败：${String(error)}`),
        )
        expect(['read', 'refused']).toContain(outcome)
      }),
      { numRuns: 300 },
    )
  })
})

describe('a file that was not laid out', () => {
  const sentence = '停车场经营者应当公示收费标准、服务项目和监督电话，并保持场内消防通道畅通。'.repeat(8)
  test('an act in one paragraph is parted at its articles, and the report says so', async () => {
    const flat = `河湾县停车管理办法 第一章 总则 第一条 ${sentence}第二条 依照本办法第一条的规定，${sentence}第二章 附则 第三条 本办法自2026年7月1日起施行。`
    const { structure, loss, wouldLoseWords, text } = await importDocx(await docxOf(paragraph(flat)))
    expect(structure.title).toBe('河湾县停车管理办法')
    expect(structure.counts).toMatchObject({ chapters: 2, articles: 3, lastArticle: '第三条' })
    expect(text.replace(/\s/gu, '')).toBe(flat.replace(/\s/gu, ''))
    expect(loss).toMatchObject([{ kind: 'line-break', losesWords: false, content: '3' }])
    expect(wouldLoseWords).toBe(false)
  })
  test('a circular in one paragraph is left alone, and the report says what it needs', async () => {
    const flat = `河湾县人民政府关于停车管理的通知各乡镇人民政府：一、总体要求${sentence}二、主要任务${sentence}三、其他${sentence}`
    const { loss, text } = await importDocx(await docxOf(paragraph(flat)))
    expect(text).toBe(`${flat}\n`)
    expect(loss).toMatchObject([{ kind: 'line-break', message: expect.stringContaining('请先在文件里分段') }])
  })
  test('版记 laid out as a table is 版记, other tables are tables', async () => {
    const row = (...cells: string[]): string =>
      `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`
    const closing = [
      paragraph('河湾县停车管理办法'),
      paragraph('第一条 甲。'),
      paragraph('河湾县人民政府'),
      paragraph('2026年5月20日'),
    ]
    const of = async (...rows: string[]) =>
      importDocx(await docxOf(`${closing.join('')}<w:tbl>${rows.join('')}</w:tbl>`))
    const { structure, loss } = await of(
      row('抄送：县委办公室。', ''),
      row('河湾县人民政府办公室', '2026年5月22日印发'),
    )
    expect(structure.imprint).toEqual(['抄送：县委办公室。', '河湾县人民政府办公室　2026年5月22日印发'])
    expect(loss.map(({ message }) => message)).toContain('版记的表格已变成一行一行的文字')
    expect((await of(row('单位', '日期'), row('水务局', '5月22日印发'))).text).toContain('| 单位 | 日期 |')
  })
  test('red letterhead without a number is no part of the title', async () => {
    const read = async (...lines: string[]) =>
      (await importDocx(await docxOf(lines.map((line) => paragraph(line)).join('')))).structure
    const act = ['第一条 为了规范停车，制定本办法。', '第二条 本办法自公布之日起施行。']
    expect(await read('河湾县人民政府文件', '河湾县停车管理办法', ...act)).toMatchObject({
      title: '河湾县停车管理办法',
    })
    expect(await read('河湾县人民政府', '河湾县停车管理办法', ...act)).toMatchObject({ title: '河湾县停车管理办法' })
    expect(
      await read('河湾县人民政府', '河湾县公安局文件', '关于规范停车的通知', '各乡镇人民政府：', '请执行。'),
    ).toMatchObject({ title: '关于规范停车的通知' })
    expect(await read('河湾县人民政府', '关于规范停车的通知', '各乡镇人民政府：', '请执行。')).toMatchObject({
      title: '河湾县人民政府关于规范停车的通知',
    })
  })
})

interface ManifestEntry {
  file: string
  title: string
  [fact: string]: unknown
}

describe('真实的文件', () => {
  const shared = sharedData('docx')
  test('each of the shared files gives the facts of its manifest', async () => {
    if (shared === null) return
    const entries = JSON.parse(readFileSync(`${shared}/manifest.json`, 'utf8')) as ManifestEntry[]
    expect(entries.length).toBeGreaterThan(0)
    for (const entry of entries) {
      const { facts, structure } = await importDocx(readFileSync(`${shared}/${entry.file}`))
      // Organs are parted by spaces in the files and by 、 in the manifest; of 14 it names the act that a 通知 prints.
      const plain = (title: string): string => title.replace(/[\s、]/gu, '')
      expect(plain(structure.title ?? ''), entry.file).toContain(plain(entry.title))
      if (!entry.file.startsWith('14')) expect(plain(structure.title ?? ''), entry.file).toBe(plain(entry.title))
      const compared = Object.keys(facts).filter((fact) => fact in entry)
      expect(compared.length).toBeGreaterThan(10)
      for (const fact of compared)
        expect([entry.file, fact, facts[fact as keyof typeof facts]]).toEqual([entry.file, fact, entry[fact]])
    }
  })
})
