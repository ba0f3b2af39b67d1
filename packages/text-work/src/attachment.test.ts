// Attachments of comments: told by their content; empty, false, twofold, with macros, bursting are refused; the rest is read.
import { deflateRawSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readAttachment } from './attachment.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const zipped = (parts: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, bytes(text)])))
const pdf = (more = '') =>
  bytes(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R${more}>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n4 0 obj<</Length 38>>stream\nBT /F1 12 Tf 10 100 Td (opinion) Tj ET\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF`,
  )
const png = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
const joined = (...all: Uint8Array[]) => Uint8Array.from(all.flatMap((x) => [...x]))
/** An archive that says it is small and is not. */
function bomb(): Uint8Array {
  const big = deflateRawSync(Buffer.alloc(80 * 1024 * 1024))
  const name = Buffer.from('word/document.xml')
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(big.length, 18)
  local.writeUInt32LE(1000, 22)
  local.writeUInt16LE(name.length, 26)
  const entry = Buffer.alloc(46)
  entry.writeUInt32LE(0x02014b50, 0)
  entry.writeUInt16LE(8, 10)
  entry.writeUInt32LE(big.length, 20)
  entry.writeUInt32LE(1000, 24)
  entry.writeUInt16LE(name.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(46 + name.length, 12)
  end.writeUInt32LE(30 + name.length + big.length, 16)
  return Uint8Array.from(Buffer.concat([local, name, big, entry, name, end]))
}

describe('收的', () => {
  it('PDF，读出文字', async () =>
    expect(await readAttachment(pdf())).toMatchObject({ kind: 'pdf', text: expect.stringContaining('opinion') }))
  it('Word，读出文字', async () => {
    const file = zipped({
      '[Content_Types].xml':
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
      '_rels/.rels':
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
      'word/document.xml':
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>建议提高标准。</w:t></w:r></w:p></w:body></w:document>',
    })
    expect(await readAttachment(file)).toMatchObject({ kind: 'docx', text: expect.stringContaining('建议提高标准') })
  })
  it('OFD，读出文字', async () =>
    expect(
      await readAttachment(
        zipped({
          'OFD.xml': '<ofd/>',
          'Doc_0/Pages/Page_0/Content.xml': '<ofd:TextCode X="1">建议公开名单</ofd:TextCode>',
        }),
      ),
    ).toMatchObject({ kind: 'ofd', text: '建议公开名单' }))
  it('图片', async () => expect(await readAttachment(png)).toMatchObject({ kind: 'png', text: null }))
})
describe('不收的', () => {
  it.each([
    ['空文件', new Uint8Array(), '0 字节'],
    ['改了后缀的网页', bytes('<html><script>alert(1)</script></html>'), '只接收'],
    ['可以执行的程序', bytes('MZ\u0090\u0000'), '只接收'],
    ['PDF 后面接着压缩包', joined(pdf(), zipped({ 'a.txt': 'x' })), '夹带'],
    ['图片后面接着网页', joined(png, bytes('<script>alert(1)</script>'.padEnd(200, ' '))), '夹带'],
    ['PDF 里的脚本', pdf('/OpenAction<</S/JavaScript/JS(app.alert(1))>>'), '脚本'],
    ['名字转写了的脚本', pdf('/OpenAction<</S/J#61vaScript>>'), '脚本'],
    ['PDF 里夹带的文件', pdf('/Names<</EmbeddedFiles 9 0 R>>'), '夹带的文件'],
    ['加了密码的 PDF', pdf('/Encrypt 9 0 R'), '密码'],
    ['普通的压缩包', zipped({ 'a.exe': 'MZ' }), '不能接收'],
    ['带宏的 Word', zipped({ 'word/document.xml': '<w/>', 'word/vbaProject.bin': 'x' }), '宏'],
    [
      '启用宏的 Word',
      zipped({
        '[Content_Types].xml': 'application/vnd.ms-word.document.macroEnabled.main+xml',
        'word/document.xml': '<w/>',
      }),
      '宏',
    ],
    ['旧版 Office', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), '旧版'],
    ['会膨胀的压缩包', bomb(), '过大'],
    ['半份 PDF', bytes('%PDF-1.4\n'), '损坏'],
  ] as Array<[string, Uint8Array, string]>)('%s', async (_name, file, says) =>
    expect(await readAttachment(file)).toMatchObject({ problem: expect.stringContaining(says) }),
  )
})
