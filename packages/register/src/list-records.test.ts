// List tables: local column names, encodings, delimiters, rows before the head, section titles; however the same list
// is written, it reads as the same records.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docxParts, zipOf } from '../../formats/src/docx-import/docx.fixture.ts'
import { dayOf, type ListReading, listRecords } from './list-records.ts'
import { readList } from './read-list.ts'
import { knownStatusWord, statedStatuses, statusWordWithin } from './status-on.ts'

type Listed = { title: string; docNo?: string; status?: string; validUntil?: string; [name: string]: unknown }
const recordsOf = (reading: ListReading | null): Listed[] =>
  (reading?.records ?? []).map(({ text }) => JSON.parse(text) as Listed)
const readBytes = async (bytes: Uint8Array) => listRecords((await readList(bytes)).tables)
const readText = (text: string) => readBytes(new TextEncoder().encode(text))
const said = async (bytes: Uint8Array | string): Promise<string> =>
  readList(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes).then(
    () => '',
    (error: Error) => error.message,
  )

const rows = [
  ['河湾县停车场管理办法', '河政规发〔2019〕3号', '县住建局', '继续有效'],
  ['河湾县“三公”经费，管理办法', '河政规发〔2020〕7号', '县财政局', '宣布失效'],
  ['河湾县用水办法', '河政发〔2012〕49号', '县水务局', '予以废止'],
]
/** The smallest .xlsx: inline text, with merged cells if wanted. */
async function xlsxOf(sheets: Array<{ name: string; rows: Array<Array<string | number | null>>; merges?: string[] }>) {
  const column = (at: number) => String.fromCharCode(65 + at)
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const cell = (value: string | number | null, at: number, row: number): string =>
    value === null
      ? ''
      : typeof value === 'number'
        ? `<c r="${column(at)}${row}" s="1"><v>${value}</v></c>`
        : `<c r="${column(at)}${row}" t="inlineStr"><is><t>${escaped(value)}</t></is></c>`
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${sheets.map(({ name }, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Type="x/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
  }
  for (const [i, sheet] of sheets.entries())
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<worksheet><sheetData>${sheet.rows.map((row, r) => `<row r="${r + 1}">${row.map((value, at) => cell(value, at, r + 1)).join('')}</row>`).join('')}</sheetData><mergeCells>${(sheet.merges ?? []).map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells></worksheet>`
  return await zipOf(parts)
}

const names = {
  title: ['文件名称', '名称', '标题', '规范性文件名称', '文件标题', '文件 名称', 'title'],
  docNo: ['文号', '发文字号', '文件编号', '字号', 'docNo'],
  unit: ['主管单位', '起草单位', '责任部门', '牵头单位', '实施部门', 'leadUnit'],
  status: ['清理结果', '清理意见', '效力状态', '处理意见', '清理结论', '状态', 'suggestion'],
}

it('two columns ticked decide nothing, and say so; one ticked decides', async () => {
  const reading = await readText(
    '序号,文件名称,文号,继续有效,废止\n1,河湾县甲办法,河政发〔2019〕1号,√,\n2,河湾县乙办法,河政发〔2019〕2号,√,√\n',
  )
  expect(recordsOf(reading).map(({ status }) => status)).toEqual(['继续有效', undefined])
  expect(reading?.remarks).toMatchObject([
    { line: 3, kind: 'results_differ', detail: expect.stringContaining('“废止”') },
  ])
})
it.each([
  ['一、不予保留的文件（3件）', null],
  ['二、尚未生效的文件', null],
  ['三、部分有效的文件', null],
  ['四、延长有效期的文件', null],
  ['五、未失效的文件', null],
  ['六、保留的文件（8件）', '保留'],
  ['七、部分废止的文件', '部分废止'],
])('标题写的是反面或者别的事的，不当作那个状态：%s', (title, word) => {
  expect(statusWordWithin(title)).toBe(word)
})

describe('一格一行复制下来的目录', () => {
  const head = ['序号', '文件名称', '发文字号', '主管单位', '清理结果']
  const numbered = rows.map((row, at) => [`${at + 1}`, ...row])
  it.each([
    ['逐行', '\n'],
    ['隔一行', '\n\n'],
    ['Windows 换行', '\r\n'],
  ])('%s读成与表格一样的记录', async (_, between) => {
    const plain = await readText([head, ...numbered].map((row) => row.join('\t')).join('\n'))
    const read = await readText(`河湾县清理目录\n${[head, ...numbered].flat().join(between)}`)
    const known = ({ title, docNo, status, leadUnit }: Listed) => ({ title, docNo, status, leadUnit })
    expect(recordsOf(read)).toHaveLength(3)
    expect(recordsOf(read).map(known)).toEqual(recordsOf(plain).map(known))
  })

  it('各行格数不齐的，说明第几行起，不导入', async () => {
    const cells = [head, ...numbered].flat().filter((_, at) => at !== 7)
    expect(await said(cells.join('\n'))).toMatch(/^第 1 行起：.*格数不齐/u)
  })
})

describe('目录', () => {
  const quoted = (cell: string, sign: string) => (cell.includes(sign) ? `"${cell}"` : cell)
  it('任何列名、次序、分隔符、表头以前的行，读成同样的记录', async () => {
    const pick = (list: string[]) => fc.constantFrom(...list)
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          head: fc.tuple(pick(names.title), pick(names.docNo), pick(names.unit), pick(names.status)),
          order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
          sign: fc.constantFrom(',', ';', '\t', '|'),
          before: fc.subarray(['河湾县行政规范性文件清理目录', '（2021年12月）', '填报单位：县政府办']),
          numbered: fc.boolean(),
          bom: fc.boolean(),
          crlf: fc.boolean(),
        }),
        async ({ head, order, sign, before, numbered, bom, crlf }) => {
          const row = (cells: readonly string[], at: number) =>
            [...(numbered ? [at === 0 ? '序号' : String(at)] : []), ...order.map((i) => cells[i] ?? '')]
              .map((cell) => quoted(cell, sign))
              .join(sign)
          const text = [...before, row(head, 0), ...rows.map((cells, at) => row(cells, at + 1))].join(
            crlf ? '\r\n' : '\n',
          )
          const reading = await readText(`${bom ? '\ufeff' : ''}${text}`)
          expect(recordsOf(reading).map(({ title, docNo, status }) => [title, docNo, status])).toEqual(
            rows.map(([title, docNo, , status]) => [title, docNo, status]),
          )
          expect(reading?.records[0]?.line).toBe(before.length + 2)
          expect(reading?.skipped).toHaveLength(before.length)
        },
      ),
      { numRuns: 80 },
    )
  })

  it('GB18030、UTF-16 的 CSV 照读；不是文本的、别的文件，各有一句怎么办', async () => {
    const text = '文件名称,文号\n办法,河政规发〔2019〕3号\n'
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer),
    ])
    // “文件名称,文号” / “办法,甲〔2019〕3号”
    const gb = new Uint8Array([
      0xce, 0xc4, 0xbc, 0xfe, 0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xce, 0xc4, 0xba, 0xc5, 0x0a, 0xb0, 0xec, 0xb7, 0xa8, 0x2c,
      0xbc, 0xd7, 0xa1, 0xb2, 0x32, 0x30, 0x31, 0x39, 0xa1, 0xb3, 0x33, 0xba, 0xc5, 0x0a,
    ])
    expect(recordsOf(await readBytes(utf16))).toMatchObject([{ title: '办法', docNo: '河政规发〔2019〕3号' }])
    expect(recordsOf(await readBytes(gb))).toMatchObject([{ title: '办法', docNo: '甲〔2019〕3号' }])
    expect((await readList(gb)).format).toContain('GB 18030')
    expect(await said('%PDF-1.7')).toMatch(/PDF.*另存为 CSV/)
    expect(
      await said(
        new Uint8Array(
          [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...'Workbook'].flatMap((x) =>
            typeof x === 'number' ? [x] : [x.charCodeAt(0), 0],
          ),
        ),
      ),
    ).toMatch(/\.xls.*另存为/)
    expect(await said('[{"id":1}]')).toMatch(/JSON Lines/)
    expect(await said('<html></html>')).toMatch(/网页.*CSV/)
    expect(await said(new Uint8Array([0, 1, 2, 255, 254, 0]))).toMatch(/读不出文字.*\.xlsx 或者 CSV/)
    expect(await said(await zipOf(docxParts('<w:p/>')))).toMatch(/Word 文档.*CSV/)
    expect(await readText('河湾县停车场管理办法\n第一条　甲。\n')).toBeNull()
  })

  it('引号里的换行、多出和缺少的格、空行不妨碍', async () => {
    const reading = await readText(
      '序号,文件名称,文号,清理结果\n1,"关于停车的\n通知",河政规发〔2019〕3号,保留\n\n2,用水办法,,废止,多出\n,,,\n',
    )
    expect(recordsOf(reading)).toMatchObject([
      { title: '关于停车的通知', status: '保留' },
      { title: '用水办法', status: '废止' },
    ])
    expect(recordsOf(reading)[1]).not.toHaveProperty('docNo')
  })

  it('没有结果一栏的，取分类标题、大标题、工作表名；合计与附注不是文件', async () => {
    const reading = await readText(
      '序号,文件名称,文号,主管单位\n一、继续有效的文件（1件）,,,\n1,甲办法,河政规发〔2019〕1号,县住建局\n二、宣布失效的文件（1件）,,,\n2,乙办法,河政规发〔2019〕2号,县财政局\n序号,文件名称,文号,主管单位\n三、其他,,,\n3,丙办法,河政规发〔2019〕3号,县水务局\n合计,3件,,\n注：由县司法局汇总,,,\n',
    )
    expect(recordsOf(reading).map(({ title, status }) => [title, status])).toEqual([
      ['甲办法', '继续有效'],
      ['乙办法', '宣布失效'],
      ['丙办法', undefined],
    ])
    expect(reading?.skipped.map(({ reason }) => reason)).toEqual([
      '分类标题',
      '分类标题',
      '重复的表头',
      '分类标题',
      '合计、附注',
      '合计、附注',
    ])
    expect(reading?.remarks).toMatchObject([{ line: 8, kind: 'no_status' }])
    const caption = await readText('河湾县决定废止的行政规范性文件目录\n文件名称,文号\n甲办法,河政规发〔2019〕1号\n')
    expect(recordsOf(caption)[0]?.status).toBe('决定废止')
    const ticked = await readText(
      '文件名称,文号,继续有效,废止,失效\n甲办法,甲〔2019〕1号,√,,\n乙办法,甲〔2019〕2号,,,√\n',
    )
    expect(recordsOf(ticked).map(({ status }) => status)).toEqual(['继续有效', '失效'])
  })

  it('工作表：合并的格补齐，日期序号成日期，隐去的表头行不误认，各表各有表头', async () => {
    const bytes = await xlsxOf([
      {
        name: '目录',
        rows: [
          ['附件1', null, null, null, null],
          ['类别', '文件名称', '文号', '公布日期', '有效期至'],
          ['继续有效', '甲办法', '河政规发〔2019〕1号', 43831, '2027年12月31日'],
          [null, '乙办法', '河政规发〔2019〕2号', '2020.1.5', 46387],
          ['宣布失效', '丙&丁办法', '河政规发〔2019〕3号', '20200105', '长期有效'],
        ],
        merges: ['A3:A4'],
      },
      {
        name: '废止',
        rows: [
          ['名称', '字号'],
          ['戊办法', '河政规发〔2010〕9号'],
        ],
      },
      { name: '说明', rows: [['本目录由县司法局编制']] },
    ])
    const reading = await readBytes(bytes)
    expect(recordsOf(reading)).toMatchObject([
      { title: '甲办法', status: '继续有效', publishedAt: '2020-01-01', validUntil: '2027-12-31' },
      { title: '乙办法', status: '继续有效', publishedAt: '2020-01-05', validUntil: '2026-12-31' },
      { title: '丙&丁办法', status: '宣布失效', publishedAt: '2020-01-05' },
      { title: '戊办法', status: '废止' },
    ])
    expect(reading?.records.map(({ line }) => line)).toEqual([3, 4, 5, 2])
    expect(reading?.skipped.map(({ reason }) => reason)).toEqual(['表头以前', '这张表没有认出表头，整张没有读'])
  })

  it('行数有上限；解压过大即停', async () => {
    expect(await said(`文件名称,文号\n${'甲,乙\n'.repeat(100_001)}`)).toMatch(/超过 100000 行/)
    const row = '<row><c t="inlineStr"><is><t>甲</t></is></c></row>'
    const bomb = { 'xl/workbook.xml': '<workbook/>', 'xl/sharedStrings.xml': { content: new Uint8Array(61 << 20) } }
    expect(await said(await zipOf(bomb))).toMatch(/超过上限|压缩比/)
    const many = await xlsxOf([{ name: '甲', rows: [['文件名称', '文号']] }])
    expect(row.length * many.length).toBeGreaterThan(0)
  })

  it('有效期只写几年的作为疑问；失效日期是不再有效的第一日；读不出的日期说出来', async () => {
    const reading = await readText(
      '文件名称,文号,施行日期,有效期,失效日期\n甲,甲〔2019〕1号,2020-01-01,5年,\n乙,甲〔2019〕2号,2020年1月,,2025年1月1日\n丙,甲〔2019〕3号,,2020.1.1-2024.12.31,\n',
    )
    expect(recordsOf(reading).map(({ validUntil }) => validUntil)).toEqual([undefined, '2024-12-31', '2024-12-31'])
    expect(
      reading?.remarks.filter(({ kind }) => kind !== 'no_status').map(({ line, detail }) => `${line} ${detail}`),
    ).toEqual([
      '2 有效期“5年”，自2020-01-01起算至2024-12-31；没有登记，请核对',
      '3 施行日期“2020年1月”读不出日期，没有登记',
    ])
  })

  it.each([
    ['2020年1月5日', '2020-01-05'],
    ['2020-1-5', '2020-01-05'],
    ['2020/01/05', '2020-01-05'],
    ['2020.1.5', '2020-01-05'],
    ['20200105', '2020-01-05'],
    ['２０２０年１月５日', '2020-01-05'],
    ['二〇二〇年一月五日', '2020-01-05'],
    ['43835', '2020-01-05'],
    ['2020年2月30日', null],
    ['2020年1月', null],
    ['2020', null],
    ['不详', null],
  ])('%s 是 %s', (text, day) => expect(dayOf(text)).toBe(day))
})

describe('状态的写法', () => {
  it.each([
    ['继续有效', 'in_force'],
    ['现行有效', 'in_force'],
    ['保留', 'in_force'],
    ['暂时保留', 'in_force'],
    ['继续执行', 'in_force'],
    ['需要修改', 'in_force'],
    ['拟修改', 'in_force'],
    ['修改后继续有效', 'in_force'],
    ['拟废止', 'in_force'],
    ['已被修改', 'amended'],
    ['已修订', 'amended'],
    ['部分失效', 'amended'],
    ['予以废止', 'repealed'],
    ['作废', 'repealed'],
    ['应予废止', 'repealed'],
    ['已废止、失效', 'repealed'],
    ['宣布失效', 'expired'],
    ['自然失效', 'expired'],
    ['有效期届满', 'expired'],
    ['停止执行', 'suspended'],
    ['撤销', 'annulled'],
    [' 继续 有效。', 'in_force'],
    ['废止（2021年清理）', 'repealed'],
    ['【宣布失效】', 'expired'],
    ['有效（已修改）', 'amended'],
    ['现行有效（部分失效）', 'amended'],
    ['已修改（继续有效）', 'amended'],
    ['有效（已废止）', null],
    ['有效（2028年到期）', 'in_force'],
    ['失效（2020年废止）', 'expired'],
    ['清理后保留', 'in_force'],
    ['被修订', 'amended'],
    ['失去效力', 'expired'],
    ['待研究', null],
    ['无', null],
  ])('%s → %s', (says, status) => {
    const word = knownStatusWord(says)
    expect(word === null ? null : statedStatuses[word]).toBe(status)
  })
  it.each([
    ['二、宣布失效的文件（8件）', '宣布失效'],
    ['修改后继续有效的文件目录', '修改后继续有效'],
    ['继续有效和废止的文件', null],
    ['其他', null],
  ])('标题“%s”里的是 %s', (title, word) => expect(statusWordWithin(title)).toBe(word))
  it('one column for name and number: the number at the end is the number, other brackets stay in the name', async () => {
    const read = await readText(
      '序号,文件名称及文号,清理意见\n1,关于印发《甲〔试行〕办法》的通知（海政发〔2010〕1号）,保留\n2,乙办法（试行）,废止\n3,丙（海政办发[2012]3 号）,失效\n',
    )
    expect(recordsOf(read)).toMatchObject([
      { title: '关于印发《甲〔试行〕办法》的通知', docNo: '海政发〔2010〕1号', status: '保留' },
      { title: '乙办法（试行）', status: '废止' },
      { title: '丙', docNo: '海政办发[2012]3 号', status: '失效' },
    ])
    expect(recordsOf(read)[1]?.docNo).toBeUndefined()
  })
  it('the sheet is told with a row where there are several; the heading a row stands under goes with it', async () => {
    const table = (name: string, date: string) => ({
      name,
      rows: [
        ['文件名称', '发布日期'],
        ['甲办法', date],
      ].map((cells, i) => ({ number: i + 1, cells })),
    })
    const both = listRecords([table('继续有效', '2010年2月30日'), table('废止', '2010年2月3日')])
    expect(both?.records.map(({ sheet, section }) => [sheet, section])).toEqual([
      ['继续有效', '继续有效'],
      ['废止', '废止'],
    ])
    expect(both?.remarks.filter(({ kind }) => kind === 'date_unreadable').map(({ sheet }) => sheet)).toEqual([
      '继续有效',
    ])
    expect(listRecords([table('废止', '2010-02-03')])?.records[0]?.sheet).toBeUndefined()
  })
})
