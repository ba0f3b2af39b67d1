import { parseText } from '@dianzhang/text'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { anyCharacter } from '../../../test/support/any-character.ts'
import { exportAkomaNtoso } from './akoma-ntoso/index.ts'
import { structureFaults } from './akoma-ntoso/structure.fixture.ts'
import { circularDocument, documents, measuresDocument, measuresText } from './documents.fixture.ts'
import { gbt9704 } from './docx-export/index.ts'
import { defaultLimits } from './docx-import/index.ts'
import { openZip } from './docx-import/zip.ts'
import { metadataCsv, metadataElements, metadataJson, metadataOf, metadataXml } from './gbt-47229/index.ts'
import { exportHtml, printCss } from './html/index.ts'
import { exportJsonLd } from './json-ld/index.ts'
import { exportText } from './plain-text/index.ts'
import { exportFormats, findFormat, isWritten } from './registry.ts'

const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)

async function readable(id: string, bytes: Uint8Array): Promise<string> {
  if (id !== 'docx') return text(bytes)
  const pieces: string[] = []
  const decoder = new TextDecoder()
  await openZip(bytes, defaultLimits).read('word/document.xml', (piece) =>
    pieces.push(decoder.decode(piece, { stream: true })),
  )
  return pieces.join('').replaceAll('<w:p>', '\n<w:p>')
}

const written = exportFormats.filter(isWritten)
describe.each(written.map((format) => [format.id, format] as const))('%s', (id, format) => {
  test.each(Object.entries(documents))('%s is written as it was reviewed', async (name, document) => {
    await expect(await readable(id, await format.write(document))).toMatchFileSnapshot(`golden/${name}.${id}.golden`)
  })
  test('is found by its id', () => expect(findFormat(id)).toBe(format))
})

test('characters XML does not allow are left out of every XML and HTML, and nothing else is', async () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that must not be there
  const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/
  const dirty = (text: string): string =>
    text.replaceAll('灌溉', '灌\u0000\u000b\u001f\uffff溉').replace('渠', '渠\ud800')
  const document: typeof measuresDocument = {
    ...JSON.parse(JSON.stringify(measuresDocument), (_key, value: unknown) =>
      typeof value === 'string' ? dirty(value) : value,
    ),
    structure: parseText(dirty(measuresText)),
  }
  for (const format of written.filter(({ id }) => ['docx', 'html', 'akn', 'xml'].includes(id))) {
    const words = await readable(format.id, await format.write(document))
    expect(words, format.id).not.toMatch(forbidden)
    expect(words, format.id).toContain('灌溉用水')
    if (format.id === 'html') continue
    const parser = new SaxesParser()
    parser.on('error', (error) => {
      throw error
    })
    parser.write(words).close()
  }
})

test('plain text is the text that was read', () => {
  const lines = (source: string): string[] => source.split('\n').filter((line) => line !== '')
  expect(lines(exportText(measuresDocument))).toEqual(lines(measuresText))
})

describe('HTML', () => {
  test('words are escaped and elements carry their ids', () => {
    const html = exportHtml(measuresDocument)
    expect(html).toContain('水价 &amp; 用水量')
    expect(html).toContain('&lt;0.5立方米')
    const article = measuresDocument.structure.body[0]?.children[0]
    expect(html).toContain(`id="${article?.id}"`)
    expect(html).not.toMatch(/<script|javascript:/)
  })
  test('the print style has the geometry of the standard', () => {
    expect(printCss(gbt9704)).toContain('@page { size: 210mm 297mm; margin: 37mm 26mm 35mm 28mm }')
    expect(printCss(gbt9704)).toContain('line-height: 10.227mm')
  })
})

describe('Akoma Ntoso', () => {
  test.each(Object.entries(documents))('%s has the structure of version 3.0', (_, document) => {
    expect(structureFaults(exportAkomaNtoso(document))).toEqual([])
  })
  test('articles keep number, place and stable id', () => {
    const xml = exportAkomaNtoso(measuresDocument)
    expect(xml).toMatch(/<point eId="chp_1__art_2__para_1__point_2" wId="[^"]+"><num>（二）<\/num>/)
    expect(xml).toContain('<FRBRnumber value="河政规发〔2026〕3号"/>')
  })
  test('any text at all gives well-formed XML of that structure', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '第一条 甲',
        '第二条 乙',
        '第一章 总则',
        '（一）项；',
        '第一条之一 丙',
        '一、要求',
        '附件1',
        '| 甲 | 乙 |',
        '<a>&"',
        '2026年3月5日',
      ),
      fc.string({ unit: anyCharacter }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const document = { ...measuresDocument, structure: parseText(pieces.join('\n')) }
        expect(structureFaults(exportAkomaNtoso(document))).toEqual([])
      }),
    )
  })
  test('what departs from the schema or from the naming of parts and addresses is seen', () => {
    const xml = exportAkomaNtoso(measuresDocument)
    for (const [right, wrong, fault] of [
      ['<FRBRcountry value="cn"/>', '<FRBRcountry value="cn-640599"/>', 'FRBRWork/FRBRcountry'],
      ['/!main.xml"', '.xml/!main"', 'FRBRManifestation/FRBRthis'],
      ['zho@2026-05-22"', 'chi@2026-05-22"', 'FRBRExpression/FRBRuri'],
      ['eId="chp_1__art_1"', 'eId="chp_1__article_1"', 'article 的 eId'],
      ['eId="chp_1__art_2"', 'eId="art_2"', 'article 的 eId art_2'],
      ['</meta>\n<preface>', '<publication/></meta>\n<preface>', 'publication 不能在 references 之后'],
      [' showAs="政府网站"', '', 'publication 缺 showAs'],
      ['<FRBRlanguage language="zho"/>', '', 'FRBRExpression 缺 FRBRlanguage'],
    ] as const) {
      expect(xml).toContain(right)
      const found = structureFaults(xml.replace(right, wrong))
      expect(found.join('\n')).toContain(fault)
    }
    const rows = parseText('第一条 甲。\n\n| 乙 |\n| --- |\n')
    for (const element of rows.body[0]?.children ?? []) if (element.rows) element.rows = [[]]
    expect(structureFaults(exportAkomaNtoso({ ...measuresDocument, structure: rows }))).toEqual([])
  })
  test('a draft carries the day it was saved on, and says that it is one; without any date it is refused', () => {
    const undated = {
      ...measuresDocument,
      adoptionDate: null,
      publicationDate: null,
      structure: parseText('第一条 甲。'),
    }
    expect(() => exportAkomaNtoso(undated)).toThrow('FRBRdate')
    const draft = exportAkomaNtoso({ ...undated, savedOn: '2026-04-02' })
    expect(structureFaults(draft)).toEqual([])
    expect(draft.match(/date="2026-04-02" name="草稿保存日期"/g)).toHaveLength(3)
    expect(draft).toContain('<FRBRprescriptive value="false"/><FRBRauthoritative value="false"/>')
    expect(exportAkomaNtoso({ ...measuresDocument, savedOn: '2026-04-02' })).not.toContain('2026-04-02')
  })
})

describe('JSON-LD', () => {
  test('says the force of the day and the time it covers', () => {
    expect(exportJsonLd(measuresDocument)).toMatchObject({
      '@type': 'Legislation',
      legislationIdentifier: '河政规发〔2026〕3号',
      legislationLegalForce: 'https://schema.org/NotInForce',
      temporalCoverage: '2026-07-01/2031-06-30',
    })
    expect(exportJsonLd({ ...measuresDocument, status: 'in_force' })).toMatchObject({
      legislationLegalForce: 'https://schema.org/InForce',
    })
    expect(exportJsonLd(circularDocument)).toMatchObject({ temporalCoverage: '2026-11-01/2028-03-01' })
  })
  test('says what kind of document it is in the words of the register, or nothing', () => {
    expect(exportJsonLd(measuresDocument).legislationType).toBe('行政规范性文件')
    expect(exportJsonLd({ ...measuresDocument, category: '法律' }).legislationType).toBe('法律')
    expect(exportAkomaNtoso({ ...measuresDocument, category: '法律' })).toContain('<FRBRsubtype value="法律"/>')
  })
  test('what is not known is left out', () => {
    expect(Object.keys(exportJsonLd({ ...measuresDocument, status: null }))).not.toContain('legislationLegalForce')
    expect(metadataOf({ ...measuresDocument, status: null }).missing).toEqual(['SXX'])
    const found = Object.keys(exportJsonLd(documents.request))
    expect(found).not.toContain('url')
    expect(found).not.toContain('temporalCoverage')
    expect(found).not.toContain('legislationType')
    expect(exportAkomaNtoso(documents.request)).not.toContain('FRBRsubtype')
  })
})

describe('按 GB/T 47229.2 结构', () => {
  const all = Object.values(documents)
  test('there are 21 elements, five of them and the title required', () => {
    expect(metadataElements).toHaveLength(21)
    expect(metadataElements.filter(({ required }) => required)).toHaveLength(6)
  })
  test('JSON, CSV and XML carry the same values', () => {
    const wanted = all.map((document) => metadataOf(document).values)
    const json = (JSON.parse(metadataJson(all)) as { records: Array<Record<string, unknown>> }).records
    const csv = readCsv(metadataCsv(all))
    const xml = readRecords(metadataXml(all))
    wanted.forEach((values, index) => {
      for (const { name } of metadataElements) {
        expect(json[index]?.[name]).toBe(values[name])
        expect(csv[index]?.[name]).toBe(values[name] ?? '')
        expect(xml[index]?.[name] ?? null).toBe(values[name])
      }
    })
  })
  test('a 失效日期 that lies ahead is not exported, one that came is', () => {
    expect(metadataOf(measuresDocument).values).toMatchObject({ SXX: '02', SXRQ: '20260701', SHXRQ: null })
    expect(metadataOf(circularDocument).values).toMatchObject({ SXX: '04', SHXRQ: '20280301' })
  })
  test('停止执行 and 被撤销 never stand there without their note', () => {
    expect(metadataOf({ ...measuresDocument, status: 'suspended' })).toMatchObject({ note: '停止执行' })
    expect(metadataOf({ ...measuresDocument, status: 'annulled' })).toMatchObject({
      note: '被撤销',
      values: { SXX: '04' },
    })
  })
  test('codes that were not assigned stay empty and are named', () => {
    expect(metadataOf(circularDocument).missing).toEqual(['WJBS', 'FLFGDZWJFLDM', 'ZDJGDM'])
    expect(metadataOf(measuresDocument).missing).toEqual([])
  })
  test('the CSV opens in a spreadsheet: BOM, and no cell that runs as a formula', () => {
    const csv = metadataCsv([{ ...measuresDocument, structure: { ...measuresDocument.structure, title: '=1+1' } }])
    expect(csv.charCodeAt(0)).toBe(0xfeff)
    expect(csv).toContain(",'=1+1,")
  })
})

function readCsv(csv: string): Array<Record<string, string>> {
  const rows = [...csv.replace('\ufeff', '').matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g)].reduce<string[][]>(
    (done, [, cell = '', end]) => {
      done.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
      if (end === '\r\n') done.push([])
      return done
    },
    [[]],
  )
  const [names = [], ...records] = rows.filter((row) => row.length > 0)
  return records.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index] ?? ''])))
}

function readRecords(xml: string): Array<Record<string, string>> {
  const records: Array<Record<string, string>> = []
  let name = ''
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => {
    if (tag.name === 'record') records.push({})
    else name = tag.name
  })
  parser.on('closetag', () => {
    name = ''
  })
  parser.on('text', (words) => {
    const record = records.at(-1)
    if (record !== undefined && name !== '' && name !== 'records') record[name] = (record[name] ?? '') + words
  })
  parser.write(xml).close()
  return records
}
