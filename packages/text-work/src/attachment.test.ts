// Attachments of comments: told by their content; empty, false, twofold, with macros, bursting are refused; the rest is read.
import { randomBytes } from 'node:crypto'
import { deflateRawSync, deflateSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { nameForKind, readAttachment } from './attachment.ts'

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

const docx = (more: Record<string, string> = {}) =>
  zipped({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml':
      '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>建议提高标准，DDE 协议、&lt;script&gt; 是正文里的字。</w:t></w:r></w:p></w:body></w:document>',
    ...more,
  })
const related = (type: string, target: string) => ({
  'word/_rels/settings.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="x" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
})
const field = (...runs: string[]) => ({
  'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>${runs.map((x) => `<w:r><w:instrText xml:space="preserve">${x}</w:instrText></w:r>`).join('')}</w:p></w:body></w:document>`,
})
/** A JPEG: beginning, size, a scan, end. */
const jpg = (inside: Uint8Array = new Uint8Array(), size = [16, 16]) =>
  joined(
    Uint8Array.from([0xff, 0xd8, 0xff, 0xfe, 0, inside.length + 2]),
    inside,
    Uint8Array.from([0xff, 0xc0, 0, 11, 8, ...size.flatMap((n) => [n >> 8, n & 255]), 1, 1, 0x11, 0]),
    Uint8Array.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0x12, 0xff, 0, 0x34, 0xff, 0xd9]),
  )
const pngOf = (width: number) => {
  const file = Buffer.from(png)
  file.writeUInt32BE(width, 16)
  file.writeUInt32BE(width, 20)
  return Uint8Array.from(file)
}
/** A PDF whose objects are packed into a stream, as Word and WPS export it; object 6 is `hidden`. */
function packedPdf(
  hidden: string,
  filter = '/Filter/FlateDecode',
  packed = (b: Buffer): Buffer => deflateSync(b),
): Uint8Array {
  const objects: Array<[number, string]> = [
    [1, '<</Type/Catalog/Pages 2 0 R/OpenAction 6 0 R>>'],
    [2, '<</Type/Pages/Kids[3 0 R]/Count 1>>'],
    [3, '<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>'],
    [6, hidden],
  ]
  let [head, content] = ['', '']
  for (const [n, text] of objects) {
    head += `${n} ${content.length} `
    content += `${text} `
  }
  const stream = packed(Buffer.from(head + content))
  const start = Buffer.from('%PDF-1.5\n')
  const first = Buffer.concat([
    start,
    Buffer.from(`4 0 obj<</Type/ObjStm/N 4/First ${head.length}${filter}/Length ${stream.length}>>stream\n`),
    stream,
    Buffer.from('\nendstream endobj\n'),
  ])
  const table = Buffer.alloc(28)
  const rows = [
    [0, 0, 255],
    [2, 4, 0],
    [2, 4, 1],
    [2, 4, 2],
    [1, start.length, 0],
    [1, first.length, 0],
    [2, 4, 3],
  ]
  for (const [i, [type = 0, at = 0, index = 0]] of rows.entries()) {
    table.writeUInt8(type, i * 4)
    table.writeUInt16BE(at % 65536, i * 4 + 1)
    table.writeUInt8(index, i * 4 + 3)
  }
  return Uint8Array.from(
    Buffer.concat([
      first,
      Buffer.from(`5 0 obj<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length ${table.length}>>stream\n`),
      table,
      Buffer.from(`\nendstream endobj\nstartxref\n${first.length}\n%%EOF`),
    ]),
  )
}
/** A scan: the data of the picture holds /JS and /XFA by chance. */
const scanned = () => {
  const data = Buffer.concat([randomBytes(20_000), Buffer.from('/JS(/XFA '), randomBytes(20_000)]).toString('latin1')
  return Uint8Array.from(
    Buffer.from(
      Buffer.from(pdf())
        .toString('latin1')
        .replace(
          'trailer',
          () =>
            `6 0 obj<</Type/XObject/Subtype/Image/Length ${data.length}>>stream\n${data}\nendstream endobj\ntrailer`,
        ),
      'latin1',
    ),
  )
}

describe('收的', () => {
  it.each([
    ['对象压缩在对象流里的 PDF', packedPdf('<</S/GoTo/D[3 0 R/Fit]>>'), 'pdf'],
    ['没有压缩的对象流', packedPdf('<</S/GoTo/D[3 0 R/Fit]>>', '', (b) => b), 'pdf'],
    ['扫描件的数据里碰巧有 /JS', scanned(), 'pdf'],
    ['末尾有空行的 PDF', joined(pdf(), bytes('\r\n\r\n\u0000')), 'pdf'],
    ['照片', jpg(), 'jpg'],
    ['照片，后面跟着景深等另外的图', joined(jpg(), new Uint8Array(7), jpg()), 'jpg'],
    ['照片，后面有手机自己的记录', joined(jpg(), bytes('Image_UTC_Data1769999999SEFH....SEFT')), 'jpg'],
    ['模板在写的人自己的盘上', docx(related('attachedTemplate', 'file:///C:\\Users\\a\\Normal.dotm')), 'docx'],
    ['有网址可以点', docx(related('hyperlink', 'https://example.com/a')), 'docx'],
    ['引用了网上的图片', docx(related('image', 'http://oa.example.gov.cn:80/qr?id=1')), 'docx'],
    ['正文里说到宏与脚本', docx(), 'docx'],
    ['有页码等域', docx(field(' PAGE ')), 'docx'],
  ] as Array<[string, Uint8Array, string]>)('%s', async (_name, file, kind) =>
    expect(await readAttachment(file)).toMatchObject({ kind }),
  )
  it('名称的后缀与内容一致；没有后缀的补上，是别的后缀的不收', () => {
    for (const [name, kind, kept] of [
      ['意见.pdf', 'pdf', '意见.pdf'],
      ['意见.PDF', 'pdf', '意见.PDF'],
      ['照片.png', 'jpg', '照片.png'],
      ['照片.JPEG', 'jpg', '照片.JPEG'],
      ['意见', 'docx', '意见.docx'],
      ['2026.11.28', 'pdf', '2026.11.28.pdf'],
      ['意见.第2稿', 'ofd', '意见.第2稿.ofd'],
      ['意见.exe', 'pdf', null],
      ['意见.pdf.html', 'pdf', null],
      ['意见.pdf.', 'pdf', null],
      ['意见.docm', 'docx', null],
      ['意见.pdf', 'png', null],
    ] as const)
      expect(nameForKind(name, kind), name).toBe(kept)
  })
  it('PDF，读出文字', async () =>
    expect(await readAttachment(pdf())).toMatchObject({ kind: 'pdf', text: expect.stringContaining('opinion') }))
  it('Word，读出文字', async () => {
    const file = docx()
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
    ['对象流里的脚本', packedPdf('<</S/JavaScript/JS(app.alert(1))>>'), '脚本'],
    ['对象流里启动程序', packedPdf('<</S/Launch/F(cmd.exe)>>'), '脚本'],
    ['没有压缩的对象流里的脚本', packedPdf('<</S/J#61vaScript/JS(1)>>', '', (b) => b), '脚本'],
    [
      '对象流用了看不透的写法',
      packedPdf('<</S/Launch>>', '/Filter/ASCIIHexDecode', (b) => Buffer.from(`${b.toString('hex')}>`)),
      '展不开',
    ],
    ['对象流的写法另外指出', packedPdf('<</S/Launch>>', '/Filter 9 0 R'), '展不开'],
    ['对象流会膨胀', packedPdf(`<</A(${' '.repeat(70 * 1024 * 1024)})>>`), '展不开'],
    ['脚本藏在假的数据里', pdf('/X<<>>stream\n/OpenAction<</S/JavaScript/JS(1)>>\nendstream'), '脚本'],
    ['PDF 后面接着网页', joined(pdf(), bytes('\n<script>alert(1)</script>')), '夹带'],
    ['PDF 后面接着程序', joined(pdf(), bytes('MZ\u0090')), '夹带'],
    ['PDF 开头写成网页', bytes(`%PDF-1.4\n%<html><script>\n${Buffer.from(pdf()).toString('latin1').slice(9)}`), '夹带'],
    ['图片里藏着 PDF', jpg(bytes('%PDF-1.4')), '夹带'],
    ['图片里藏着网页', jpg(bytes('<script>alert(1)</script>')), '夹带'],
    ['照片后面接着短短的网页', joined(jpg(), bytes('<script>alert(1)</script>')), '夹带'],
    ['照片后面接着冒充尾记的网页', joined(jpg(), bytes('<script>alert(1)</script>SEFT')), '夹带'],
    ['图片后面接着短短的网页', joined(png, bytes('<b>')), '夹带'],
    ['没有传完的照片', jpg().slice(0, -2), '没有传完'],
    ['没有传完的图片', png.slice(0, -8), '没有传完'],
    ['动态照片', joined(jpg(), bytes('\u0000\u0000\u0000\u0018ftypmp42')), '动态照片'],
    ['尺寸会撑破的图片', pngOf(60_000), '尺寸过大'],
    ['尺寸会撑破的照片', jpg(undefined, [65_000, 65_000]), '尺寸过大'],
    ['Word 后面接着网页', joined(docx(), bytes('<script>alert(1)</script>')), '夹带'],
    ['两个压缩包接在一起', joined(zipped({ 'a.txt': 'x' }), docx()), '损坏'],
    ['Word 里夹带程序', docx({ 'word/media/a.png': 'MZ\u0090' }), '夹带了程序'],
    ['Word 里夹带快捷方式', docx({ 'word/media/a.lnk': 'x' }), '夹带了程序'],
    ['又是 Word 又是 OFD', docx({ 'OFD.xml': '<ofd/>' }), '夹带'],
    ['宏换了名字', docx({ 'word/_rels/document.xml.rels': 'relationships/vbaProject"', 'word/a.dat': 'x' }), '宏'],
    ['控件', docx({ 'word/activeX/activeX1.xml': '<ocx/>' }), '宏'],
    ['启动程序的域，分成几段写', docx(field('DD', 'EAUTO c:\\windows\\system32\\cmd.exe')), '宏'],
    ['打开时取别处的模板', docx(related('attachedTemplate', 'https://example.com/a.dotm')), '别处'],
    ['打开时取内网的模板', docx(related('attachedTemplate', 'file://server/a.dotm')), '别处'],
    ['打开时取共享文件夹的模板', docx(related('attachedTemplate', '\\\\server\\a.dotm')), '别处'],
    ['打开时取共享文件夹的图片', docx(related('image', '\\\\server\\a.png')), '别处'],
    ['打开时取别处的网页', docx(related('frame', 'https://example.com/a')), '别处'],
    ['表格改名为 Word', zipped({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<x/>' }), '不能接收'],
    ['半份 PDF', bytes('%PDF-1.4\n'), '损坏'],
  ] as Array<[string, Uint8Array, string]>)('%s', async (_name, file, says) =>
    expect(await readAttachment(file)).toMatchObject({ problem: expect.stringContaining(says) }),
  )
})
