import { parseText, printText, type StructuredText } from '@dianzhang/text'
import { describe, expect, test } from 'vitest'
import { documents, measuresDocument, requestDocument } from '../documents.fixture.ts'
import { defaultLimits, importDocx } from '../docx-import/index.ts'
import { openZip } from '../docx-import/zip.ts'
import { layoutLines, wordsOfLine } from '../layout-lines.ts'
import type { PublishedDocument } from '../published-document.ts'
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

test('the same document gives the same XML, and no clock of its own', async () => {
  const part = async (bytes: Uint8Array, name: string): Promise<string> => {
    const decoder = new TextDecoder()
    let words = ''
    await openZip(bytes, defaultLimits).read(name, (piece) => {
      words += decoder.decode(piece, { stream: true })
    })
    return words
  }
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

test('an imported text has no 版头, and its number stands under the title', async () => {
  const imported = await importDocx(await exportDocx({ ...measuresDocument, origin: 'imported' }))
  expect(imported.loss.filter(({ kind }) => kind === 'letterhead')).toEqual([])
  expect(imported.text).toMatch(/^河湾县灌溉用水管理办法\n+河政规发〔2026〕3号\n/)
})

test('a text without anything around it is exported too', async () => {
  const bare = { ...requestDocument, issuers: [], documentNumber: null, structure: parseText('只有一句话。') }
  const { text } = await importDocx(await exportDocx(bare))
  expect(text).toBe('只有一句话。\n')
})
