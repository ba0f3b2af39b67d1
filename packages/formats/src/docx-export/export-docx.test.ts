import { parseText, printText, type StructuredText } from '@dianzhang/text'
import { describe, expect, test } from 'vitest'
import { documents, measuresDocument, requestDocument } from '../documents.fixture.ts'
import { joined } from '../docx-import/docx.fixture.ts'
import { defaultLimits, importDocx } from '../docx-import/index.ts'
import { openZip } from '../docx-import/zip.ts'
import { layoutLines, wordsOfLine } from '../layout-lines.ts'
import type { PublishedDocument } from '../published-document.ts'
import { checkLayout } from './check-layout.ts'
import { exportDocx } from './export-docx.ts'
import { layoutProfiles } from './profiles.ts'

/** The tree without the places in the source, which differ by nature. */
const tree = (text: StructuredText): unknown =>
  JSON.parse(
    JSON.stringify(
      { ...text, faults: text.faults.map(({ code, message }) => ({ code, message })) },
      (key, value: unknown) => (['id', 'start', 'end', 'line', 'toc', 'element'].includes(key) ? undefined : value),
    ),
  )

/** What the text is expected to be after export: number and 版记 of the register are printed with it. */
function printed({ structure, documentNumber, copies, printedBy, printDate }: PublishedDocument): StructuredText {
  const [year, month, day] = (printDate ?? '').split('-').map(Number)
  const imprint =
    structure.imprint.length > 0 || printedBy === null
      ? structure.imprint
      : [`抄送：${copies.join('，')}。`, `${printedBy}　${year}年${month}月${day}日印发`]
  return { ...structure, documentNumber: structure.documentNumber ?? documentNumber, imprint }
}

describe.each(Object.entries(documents))('%s', (_, document) => {
  test('the lines laid out are the lines printed', () => {
    const words = layoutLines(document.structure).map(wordsOfLine)
    expect(`${words.join('\n')}\n`).toBe(printText(document.structure))
  })
  test.each(layoutProfiles.map((profile) => [profile.id, profile] as const))(
    'import(export(x)) keeps the tree: %s',
    async (_id, profile) => {
      const imported = await importDocx(await exportDocx(document, profile))
      expect(tree(imported.structure)).toEqual(tree(printed(document)))
      expect(imported.wouldLoseWords).toBe(false)
    },
  )
})

const part = async (bytes: Uint8Array, name = 'word/document.xml'): Promise<string> => {
  const decoder = new TextDecoder()
  let words = ''
  await openZip(bytes, defaultLimits).read(name, (piece) => {
    words += decoder.decode(piece, { stream: true })
  })
  return words
}
/** The paragraphs of a file that hold these words. */
const paragraphsWith = (xml: string, words: string): string[] =>
  [...xml.matchAll(/<w:p>.*?<\/w:p>/gsu)].map(([one]) => one).filter((one) => one.includes(words))

describe('what a printed page shows', () => {
  test('28 characters a line and 22 lines a page do not lean on what a program makes of the grid', async () => {
    const styles = await part(await exportDocx(measuresDocument), 'word/styles.xml')
    expect(styles).toContain('<w:docDefaults><w:rPrDefault><w:rPr>')
    // 156 mm for 28 characters of 16 points: 0.21 points less each.
    expect(styles).toMatch(/<w:snapToGrid w:val="0"\/><w:spacing w:val="-5"\/>/u)
    expect(styles).toContain('<w:pPrDefault><w:pPr><w:snapToGrid w:val="0"/></w:pPr></w:pPrDefault>')
    expect(styles).toContain('w:eastAsia="zh-CN"')
  })
  test('the red line and the rules of the 版记 are as wide as the 版心, the 版记 stands at its foot', async () => {
    const request = await part(await exportDocx(requestDocument))
    const [number = ''] = paragraphsWith(request, '河政〔2026〕7号')
    expect(number).toContain('w:color="FF0000"')
    expect(number).not.toContain('<w:ind')
    const circular = await part(await exportDocx(documents.circular))
    const frames = [...circular.matchAll(/<w:p><w:pPr><w:framePr ([^>]*)\/>(.*?)<\/w:p>/gsu)]
    expect(frames).toHaveLength(5)
    for (const [, frame] of frames)
      expect(frame).toContain('w:vAnchor="margin" w:hRule="auto" w:xAlign="left" w:yAlign="bottom"')
    const rules = frames.filter(([, , rest]) => rest?.includes('w:fill="000000"')).map(([, , rest]) => rest ?? '')
    expect(rules.map((rule) => /w:line="(\d+)"/u.exec(rule)?.[1])).toEqual(['20', '14', '20'])
    for (const rule of rules) expect(rule).not.toContain('<w:ind')
  })
  test('署名 is centred above the date, the names of 附件说明 stand below each other', async () => {
    const xml = await part(await exportDocx(measuresDocument))
    const of = (words: string): string => paragraphsWith(xml, words).at(-1) ?? ''
    // 7 characters above 6.5 that stand 4 from the right.
    expect(of('>河湾县人民政府<')).toContain('<w:ind w:right="1200"/>')
    expect(of('2026年5月20日')).toContain('<w:ind w:right="1280"/>')
    const [first = '', second = ''] = ['附件：1. ', '2. 水价目录'].map(
      (words) => /<w:ind [^>]*>/u.exec(of(words))?.[0] ?? '',
    )
    const lengths = [first, second].map((ind) => [...ind.matchAll(/="(\d+)"/gu)].map(([, value]) => Number(value)))
    expect(lengths[0]?.[0]).toBe(lengths[1]?.[0])
    expect((lengths[1]?.[0] ?? 0) - (lengths[1]?.[1] ?? 0)).toBe((2 + 3) * 320)
  })
  test('the marks of a joint document stand on one line each and are not text', async () => {
    const joint = { ...requestDocument, issuers: ['河湾县人民政府', '河湾县自然资源和规划管理局', '河湾县水务局'] }
    const bytes = await exportDocx(joint)
    const [mark = ''] = paragraphsWith(await part(bytes), '河湾县自然资源和规划管理局')
    const size = Number(/<w:sz w:val="(\d+)"/u.exec(mark)?.[1]) / 2
    expect(size * ('河湾县自然资源和规划管理局'.length + 2)).toBeLessThan((156 / 25.4) * 72)
    const imported = await importDocx(bytes)
    expect(tree(imported.structure)).toEqual(tree(printed(joint)))
    expect(imported.loss.map(({ kind }) => kind)).not.toContain('tab')
    expect(await checkLayout(bytes)).toEqual([])
  })
  test('columns are as wide as their words need, together as wide as the 版心', async () => {
    const words = '封顶20元，新能源汽车前两小时免费，之后减半收取，节假日不收取'
    const structure = parseText(`第一条　甲。\n\n| 区域 | 备注 |\n| --- | --- |\n| 一类区域 | ${words} |\n`)
    const xml = await part(await exportDocx({ ...measuresDocument, structure }))
    const [narrow = 0, wide = 0] = [...xml.matchAll(/<w:gridCol w:w="(\d+)"/gu)].map(([, value]) => Number(value))
    expect(narrow).toBeGreaterThanOrEqual(4 * 280)
    expect(wide).toBeGreaterThan(3 * narrow)
    expect(narrow + wide).toBe(8844)
  })
})

test('the same document gives the same XML, and no clock of its own', async () => {
  const [first, second] = [await exportDocx(measuresDocument), await exportDocx(measuresDocument)]
  expect(await part(first, 'word/document.xml')).toBe(await part(second, 'word/document.xml'))
  const core = await part(first, 'docProps/core.xml')
  expect(core.match(/\d{4}-\d{2}-\d{2}/g)).toEqual(['2026-05-22', '2026-05-22'])
})

test('签发人 is printed on 上行文 only', async () => {
  const heads = async (document: PublishedDocument): Promise<string[]> =>
    (await importDocx(await exportDocx(document))).loss
      .filter(({ kind }) => kind === 'letterhead')
      .map(({ content }) => content)
  expect(await heads(requestDocument)).toEqual(['河湾县人民政府文件', '签发人：', '县长（签发人）'])
  expect(await heads({ ...measuresDocument, signer: '县长（签发人）' })).toEqual(['河湾县人民政府文件'])
})

test('an imported text has no 版头, and its number stands under the title; the file says that it is no original', async () => {
  const file = await exportDocx({ ...measuresDocument, origin: 'imported' })
  const imported = await importDocx(file)
  expect(imported.loss.filter(({ kind }) => kind === 'letterhead')).toEqual([])
  expect(imported.text).toMatch(/^河湾县灌溉用水管理办法\n+河政规发〔2026〕3号\n/)
  const pieces: Uint8Array[] = []
  await openZip(file, defaultLimits).read('docProps/core.xml', (piece) => pieces.push(piece))
  expect(new TextDecoder().decode(joined(pieces))).toContain('不是原件，不加版头')
})

test('a text without anything around it is exported too', async () => {
  const bare = { ...requestDocument, issuers: [], documentNumber: null, structure: parseText('只有一句话。') }
  const { text } = await importDocx(await exportDocx(bare))
  expect(text).toBe('只有一句话。\n')
})
