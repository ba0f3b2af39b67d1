// Public attachments hold no author, unit or revision marks; those with tracked changes, comments or hidden content
// are given a reason.
import { readdirSync, readFileSync } from 'node:fs'
import { importDocx } from '@dianzhang/formats'
import { describe, expect, it } from 'vitest'
import { sharedData } from '../../../test/support/shared-data.ts'
import { docxParts, paragraph, run, zipOf } from '../../formats/src/docx-import/docx.fixture.ts'
import { cleanForPublic } from './clean-file.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const author = '马某某'
const company = '海原县某局'
const package_ = (body: string, extra: Record<string, string> = {}) =>
  zipOf({
    ...docxParts(body),
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/docProps/core.xml" ContentType="x"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="m" Target="docProps/core.xml"/></Relationships>',
    'docProps/core.xml': `<c><dc:creator>${author}</dc:creator><cp:lastModifiedBy>${author}</cp:lastModifiedBy></c>`,
    'docProps/app.xml': `<p><Company>${company}</Company></p>`,
    'docProps/thumbnail.jpeg': 'picture',
    'customXml/item1.xml': `<x>${company}</x>`,
    'word/settings.xml': '<w:settings><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>',
    ...extra,
  })
const read = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')
const cleaned = (bytes: Uint8Array): Uint8Array => {
  const result = cleanForPublic(bytes)
  if ('problem' in result) throw new Error(result.problem)
  return result.bytes
}
const problem = (bytes: Uint8Array): string => {
  const result = cleanForPublic(bytes)
  return 'problem' in result ? result.problem : ''
}

describe('去掉元数据', () => {
  it('docx：作者、单位、缩略图、自定义部件、修订标识都不在，正文还在，照样打得开；同样的内容得到同样的字节', async () => {
    const source = await package_(
      paragraph(run('补助标准表')).replace('<w:p>', '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">'),
    )
    const bytes = cleaned(source)
    // Unpack before looking: in compressed bytes the words cannot be seen anyway.
    const words = JSON.stringify(cleaned(bytes) && [...(await unpacked(bytes)).entries()])
    for (const secret of [author, company, 'rsid', '00AB12CD', 'docProps', 'customXml', 'thumbnail'])
      expect(words).not.toContain(secret)
    expect((await importDocx(bytes)).text).toContain('补助标准表')
    expect(Buffer.compare(Buffer.from(cleaned(source)), Buffer.from(bytes))).toBe(0)
  })
  it('PDF：作者与工具抹去，长度不变', () => {
    const pdf = utf8(
      '%PDF-1.4\n1 0 obj\n<< /Author (Ma \\(office\\)) /Producer <FEFF0041> /Title (Table) >>\nendobj\n<?xpacket begin="" id="x"?><x>Ma</x><?xpacket end="w"?>\ntrailer << /Info 1 0 R >>\n',
    )
    const out = read(cleaned(pdf))
    expect(out).not.toMatch(/Ma|FEFF0041/u)
    expect(out).toContain('/Title (Table)')
    expect(out.length).toBe(pdf.length)
  })
  it('图片：拍摄信息与说明去掉', () => {
    const jpeg = Uint8Array.from([
      0xff, 0xd8, 0xff, 0xe1, 0, 6, 0x45, 0x78, 0x69, 0x66, 0xff, 0xdb, 0, 4, 1, 2, 0xff, 0xda, 0, 2, 9,
    ])
    expect([...cleaned(jpeg)]).toEqual([0xff, 0xd8, 0xff, 0xdb, 0, 4, 1, 2, 0xff, 0xda, 0, 2, 9])
  })
  it('文本原样', () => {
    expect(read(cleaned(utf8('日光温室 5000 元/亩')))).toBe(read(utf8('日光温室 5000 元/亩')))
  })
})

describe('清不净的说明缘由', () => {
  it.each<[string, string, Record<string, string>, RegExp]>([
    ['插入的修订', `<w:p><w:ins w:author="${author}">${run('新增')}</w:ins></w:p>`, {}, /修订/],
    ['删除的修订', `<w:p><w:del w:author="${author}"><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>`, {}, /修订/],
    ['格式的修订', `<w:p><w:pPr><w:pPrChange w:author="${author}"/></w:pPr></w:p>`, {}, /修订/],
    [
      '批注',
      paragraph('正文'),
      { 'word/comments.xml': `<w:comments><w:comment w:author="${author}"/></w:comments>` },
      /批注/,
    ],
    ['隐藏文字', paragraph(run('看不见', '<w:vanish/>')), {}, /隐藏文字/],
    ['宏', paragraph('正文'), { 'word/vbaProject.bin': 'x' }, /宏/],
    ['页眉里的修订', paragraph('正文'), { 'word/header1.xml': '<w:hdr><w:moveTo w:id="1"/></w:hdr>' }, /修订/],
    [
      '隐藏的工作表',
      paragraph('x'),
      { 'xl/workbook.xml': '<workbook><sheet name="底账" state="hidden"/></workbook>' },
      /隐藏的工作表/,
    ],
    ['电子表格的批注', paragraph('x'), { 'xl/comments1.xml': '<comments/>' }, /批注/],
  ])('%s', async (_name, body, extra, expected) => {
    expect(problem(await package_(body, extra))).toMatch(expected)
  })
  it('旧版 Word、压缩包、加密的 PDF、RTF、认不出的、损坏的', async () => {
    expect(problem(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))).toContain('旧版')
    expect(problem(await zipOf({ '底稿.txt': '内容' }))).toContain('压缩包')
    expect(problem(utf8('%PDF-1.6\ntrailer << /Encrypt 5 0 R >>'))).toContain('加密')
    expect(problem(utf8('{\\rtf1{\\info{\\author Ma}}}'))).toContain('RTF')
    expect(problem(Uint8Array.from([0, 1, 2, 3]))).toContain('认不出')
    expect(problem(Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9]))).toContain('损坏')
  })
})

it('真实的 docx：清理以后读出的文字不变', async () => {
  const folder = sharedData('docx')
  if (folder === null) return
  for (const name of readdirSync(folder).filter((one) => /^(?:06|15|16).*\.docx$/u.test(one))) {
    const bytes = readFileSync(`${folder}/${name}`)
    const result = cleanForPublic(bytes)
    if ('problem' in result) continue
    expect((await importDocx(result.bytes)).text).toBe((await importDocx(bytes)).text)
  }
})

async function unpacked(bytes: Uint8Array): Promise<Map<string, string>> {
  const { inflateRawSync } = await import('node:zlib')
  const data = Buffer.from(bytes)
  const parts = new Map<string, string>()
  for (let at = 0; data.readUInt32LE(at) === 0x04034b50; ) {
    const [size, name] = [data.readUInt32LE(at + 18), data.readUInt16LE(at + 26)]
    parts.set(
      data.toString('utf8', at + 30, at + 30 + name),
      inflateRawSync(data.subarray(at + 30 + name, at + 30 + name + size)).toString('utf8'),
    )
    at += 30 + name + size
  }
  return parts
}
