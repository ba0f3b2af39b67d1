// Every door of import: tables and one JSON per line are read; any other file gets, quickly and whatever its size, one
// sentence saying what it is and what to do.
import { gzipSync } from 'node:zlib'
import { outcomesListed } from '@dianzhang/workflow'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docxParts, zipOf } from '../../../../packages/formats/src/docx-import/docx.fixture.ts'
import { sourceOf } from './import-source.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string): Uint8Array =>
  Uint8Array.from([0xff, 0xfe, ...[...text].flatMap((one) => [one.charCodeAt(0) & 255, one.charCodeAt(0) >> 8])])
async function* chunks(bytes: Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const linesIn = async (bytes: Uint8Array, size?: number): Promise<string[]> => {
  const { lines } = await sourceOf(chunks(bytes, size))
  const found: string[] = []
  for await (const line of lines) found.push(typeof line === 'string' ? line : line.text)
  return found
}
const said = (bytes: Uint8Array, size?: number): Promise<string> =>
  linesIn(bytes, size).then(
    (lines) => `读了 ${lines.length} 行`,
    (error: Error) => `${error.name}：${error.message}`,
  )
const record = '{"id":"1","title":"海原县停车场管理办法","body":"第一条　甲。"}\n'

describe('导入的文件', () => {
  it('每行一个 JSON：压缩的、分成任意几段送来的、末行没有换行的，都照读', async () => {
    const all = record.repeat(3)
    for (const bytes of [utf8(all), utf8(`\ufeff${all}`), utf8(all.trimEnd()), gzipSync(utf8(all))])
      for (const size of [1, 7, 1000]) expect(await linesIn(bytes, size)).toHaveLength(3)
  })
  it('表格：CSV 照读，压缩的也照读', async () => {
    const list = utf8('文件名称,文号,清理结果\n停车办法,海政规发〔2019〕3号,继续有效\n')
    expect(await linesIn(list)).toHaveLength(1)
    expect(await linesIn(gzipSync(list))).toHaveLength(1)
    expect(await linesIn(utf16('文件名称,文号,清理结果\n停车办法,海政规发〔2019〕3号,继续有效\n'))).toHaveLength(1)
  })
  it('清理目录：各栏几件照各地自己的说法数得出，看不出是废止还是失效的另数', async () => {
    const { list } = await sourceOf(
      chunks(
        utf8(
          '文件名称,文号,处理意见\n甲,〔2019〕1号,暂时保留\n乙,〔2019〕2号,拟废止\n丙,〔2019〕3号,停止执行\n丁,〔2019〕4号,无需修改\n',
        ),
      ),
    )
    expect(Object.fromEntries(outcomesListed(list ?? { records: [] }))).toEqual({ keep: 2, repeal: 1, null: 1 })
  })
  it.each<[string, Uint8Array, RegExp]>([
    ['空文件', utf8(''), /空的.*请/],
    ['空白', utf8(' \n\n\t'), /空的.*请/],
    ['PDF', utf8('%PDF-1.7\n'), /PDF.*表格.*请|PDF.*请取得/],
    ['压缩的 PDF', gzipSync(utf8('%PDF-1.7\n')), /PDF.*请/],
    ['RTF（也以花括号开头）', utf8('{\\rtf1\\ansi 停车}'), /RTF.*请/],
    ['网页', utf8('<html><body><p>目录</p></body></html>'), /网页.*请/],
    ['扩展名是 .xls 的网页', utf8('<table><tr><td>文件名称</td><td>文号</td></tr></table>'), /网页.*请/],
    ['MHT', utf8('MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x'), /MHT.*请/],
    ['图片', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /图片.*请/],
    ['旧 Excel', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...utf16('Workbook')]), /\.xls.*请/],
    ['XML', utf8('<?xml version="1.0"?><data/>'), /XML.*请/],
    ['JSON 数组', utf8('[{"id":"1"}]'), /JSON 数组.*请/],
    ['UTF-16 的 JSON', utf16(record), /UTF-8.*请/],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x6d, 0x67, 0, 0), /UTF-32.*请/],
    ['乱字节', Uint8Array.from({ length: 900 }, (_, at) => (at * 7919 + 13) & 255), /读不出文字|编码|坏/],
    ['没有表头的文本', utf8('海原县停车场管理办法\n第一条　甲。\n'), /表头.*请/],
    ['没有传完的压缩文件', gzipSync(utf8(record.repeat(500))).subarray(0, 40), /没有传完.*请/],
    ['中途不是 UTF-8 的', Uint8Array.from([...utf8(record.repeat(2000)), 0xff, 0xff]), /UTF-8.*请/],
  ])('%s：一句话说明', async (_, bytes, words) => {
    expect(await said(bytes)).toMatch(new RegExp(`^UnreadableFile：.*(?:${words.source})`, 'su'))
  })
  it('docx、空的压缩包：说明是什么', async () => {
    expect(await said(await zipOf(docxParts('<w:p/>')))).toMatch(/Word 文档.*请/)
    expect(await said(await zipOf({ 'a.txt': 'x' }))).toMatch(/没有工作表.*请/)
  })
  it('任何字节：读出来，或者一句以句号结束的话，不会是别的错误', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async (bytes) => {
        expect(await said(bytes)).toMatch(/^读了 \d+ 行$|^UnreadableFile：[\s\S]*。$/u)
      }),
      { numRuns: 60 },
    )
  })
  it('一行没完没了：时间随长度增长，过长即拒绝', async () => {
    const before = process.cpuUsage()
    expect(await said(utf8(`{"id":"${'x'.repeat(17 * 1024 * 1024)}`))).toMatch(/第 1 行超过 16 MB.*请/)
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(5000)
  })
})
