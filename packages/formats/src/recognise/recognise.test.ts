// What a file is, is told by its content: read rightly, or refused in one sentence that says what it is and what to do.

import { parseText } from '@dianzhang/text'
import fc from 'fast-check'
import JSZip from 'jszip'
import { describe, expect, it } from 'vitest'
import { htmlText, looksLikeHtml, readAnyFile, readTextBytes } from './index.ts'

const measure = `海原县城镇公共停车场管理办法
第一章　总则
第一条　为规范城镇公共停车场管理，制定本办法。
第二条　本县城镇公共停车场的管理，适用本办法。
第二章　附则
第三条　停车场经营者应当明码标价。
第四条　本办法自2026年12月1日起施行，有效期五年。
`
const read = (bytes: Uint8Array) => {
  const { text } = readTextBytes(bytes)
  const { title, counts } = parseText(text)
  return { title, chapters: counts.chapters, articles: counts.articles }
}
const right = { title: '海原县城镇公共停车场管理办法', chapters: 2, articles: 4 }
const utf16 = (text: string, little: boolean, mark: boolean): Uint8Array => {
  const units = (mark ? `\ufeff${text}` : text).split('').map((one) => one.charCodeAt(0))
  return Uint8Array.from(units.flatMap((unit) => (little ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])))
}
/** The bytes of a text in a two-byte encoding, by trying what the platform decodes. */
const encoded = (text: string, encoding: string, first: [number, number]): Uint8Array => {
  const decoder = new TextDecoder(encoding)
  const table = new Map<string, [number, number]>()
  for (let a = first[0]; a <= first[1]; a++)
    for (let b = 0x40; b <= 0xfe; b++) {
      const one = decoder.decode(Uint8Array.of(a, b))
      if (one.length === 1 && !table.has(one)) table.set(one, [a, b])
    }
  return Uint8Array.from(
    [...text].flatMap((one) => (one.charCodeAt(0) < 128 ? [one.charCodeAt(0)] : (table.get(one) ?? [63]))),
  )
}
const traditional = `海原縣城鎮公共停車場管理辦法
第一條　為規範城鎮公共停車場管理，制定本辦法。
第二條　本辦法自公布之日起施行。
`

describe('a text in any encoding', () => {
  it.each([
    ['UTF-8', new TextEncoder().encode(measure)],
    ['UTF-8 with its mark', new TextEncoder().encode(`\ufeff${measure}`)],
    ['UTF-16 LE with its mark', utf16(measure, true, true)],
    ['UTF-16 BE with its mark', utf16(measure, false, true)],
    ['UTF-16 LE', utf16(measure, true, false)],
    ['UTF-16 BE', utf16(measure, false, false)],
    ['GB 18030', encoded(measure, 'gb18030', [0x81, 0xfe])],
    ['UTF-8 cut off in a character', new TextEncoder().encode(measure).slice(0, -3)],
  ])('%s is read', (_, bytes) => expect(read(bytes)).toEqual(right))
  it('Big5 is read as what it is, and said', () => {
    const found = readTextBytes(encoded(traditional, 'big5', [0xa1, 0xf9]))
    expect(found).toMatchObject({
      encoding: 'big5',
      loss: [{ kind: 'encoding', message: expect.stringContaining('Big5') }],
    })
    expect(parseText(found.text)).toMatchObject({ title: '海原縣城鎮公共停車場管理辦法', counts: { articles: 2 } })
  })
  it('bytes that are no characters are counted, and lose words', () => {
    const bytes = new TextEncoder().encode(measure)
    bytes[40] = 0xff
    expect(readTextBytes(bytes)).toMatchObject({ encoding: 'utf-8', wouldLoseWords: true })
  })
})

describe('what is no text', () => {
  const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
  const ole = (...streams: string[]): Uint8Array =>
    Uint8Array.from([
      0xd0,
      0xcf,
      0x11,
      0xe0,
      0xa1,
      0xb1,
      0x1a,
      0xe1,
      ...new Array(512).fill(0),
      ...streams.flatMap((one) => [...utf16(one, true, false)]),
    ])
  const cases: Array<[string, Uint8Array, RegExp]> = [
    ['nothing', new Uint8Array(), /空/],
    ['spaces', ascii(' \n\t\n'), /没有读到文字/],
    ['PDF', ascii('%PDF-1.7\n1 0 obj'), /PDF/],
    ['PDF behind junk', ascii('\n\n%PDF-1.4\n'), /PDF/],
    ['RTF', ascii('{\\rtf1\\ansi 停车}'), /RTF/],
    ['MHT', ascii('MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x'), /MHT/],
    ['mail', ascii('Received: by x\nFrom: a@b\nSubject: x\nDate: y\n\n'), /电子邮件/],
    ['PNG', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /图片.*PNG/],
    ['JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), /图片.*JPEG/],
    ['TIFF', Uint8Array.of(0x49, 0x49, 0x2a, 0, 8, 0), /图片/],
    ['RAR', ascii('Rar!\u001a\u0007'), /压缩文件.*RAR/],
    ['7z', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), /压缩文件/],
    ['CAJ', ascii('CAJ\u0000'), /专用阅读器/],
    ['doc', ole('WordDocument'), /\.doc.*另存为 \.docx/],
    ['xls', ole('Workbook'), /Excel/],
    ['a protected docx', ole('EncryptedPackage'), /密码/],
    [
      'Word XML',
      ascii('<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>'),
      /Word 的 XML/,
    ],
    ['XML', ascii('<?xml version="1.0"?><data/>'), /XML/],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x6d, 0x67, 0, 0), /UTF-32/],
    ['an empty page', ascii('<html><body><script>x</script></body></html>'), /网页.*没有读到文字/],
  ]
  it.each(cases)('%s is refused in a sentence', async (_, bytes, words) => {
    const refused = await readAnyFile(bytes).catch((error: unknown) => error as Error)
    expect(refused).toBeInstanceOf(Error)
    expect((refused as Error).message).toMatch(words)
    expect((refused as Error).message).toMatch(/请/)
  })
  it('archives are told apart by their parts', async () => {
    for (const [part, words] of [
      ['xl/workbook.xml', /Excel/],
      ['ppt/presentation.xml', /演示文稿/],
      ['OFD.xml', /OFD/],
      ['content.xml', /OpenDocument/],
      ['文件.docx', /解压/],
      ['a.txt', /压缩包/],
    ] as const) {
      const bytes = await new JSZip().file(part, 'x').generateAsync({ type: 'uint8array' })
      await expect(readAnyFile(bytes)).rejects.toThrow(words)
    }
  })
  it.each([
    ['as they are', []],
    ['after the mark of UTF-16', [0xff, 0xfe]],
    ['after the other mark of UTF-16', [0xfe, 0xff]],
    ['after the mark of UTF-8', [0xef, 0xbb, 0xbf]],
  ])('random bytes are never read, %s', (_, mark) => {
    const after = (bytes: Uint8Array): Uint8Array => Uint8Array.from([...mark, ...bytes])
    const bytes = fc.uint8Array({ minLength: 200, maxLength: 2000 })
    // Every byte as likely as another: of mostly 0, 1 and 32 a text of spaces and letters can be made.
    fc.assert(
      fc.property(fc.noBias(bytes), (random) => {
        expect(() => readTextBytes(after(random))).toThrow(/[。]$/)
      }),
      { numRuns: 100 },
    )
    fc.assert(
      fc.property(bytes, (random) => {
        try {
          const { text } = readTextBytes(after(random))
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
          expect(text.replace(/[^\u0000-\u0008\u000e-\u001f]/gu, '').length).toBeLessThanOrEqual(0.01 * text.length + 1)
        } catch (error) {
          expect((error as Error).message).toMatch(/[。]$/)
        }
      }),
      { numRuns: 50 },
    )
  })
  it.each(['ᠮᠣᠩᠭᠣᠯ ᠦᠰᠦᠭ', 'བོད་ཡིག', 'ئۇيغۇرچە', '𠮷𡘙𢌞', '甪里堰', '한국어'])(
    'a text in %s with its mark is read',
    (text) => {
      expect(readTextBytes(utf16(`海原县 ${text.repeat(30)}`, true, true)).text).toContain(text)
    },
  )
  it('a text destroyed on its way is refused; one with a few slips is not', () => {
    const destroyed = measure
      .replace(/管理/g, '管(guǎn)理')
      .replace(/[停场]/g, '\ufffd')
      .repeat(4)
    expect(() => readTextBytes(new TextEncoder().encode(destroyed))).toThrow(/已经损坏.*处坏字.*第.*行/)
    expect(() => readTextBytes(new TextEncoder().encode(measure.replace('停', '\ufffd')))).not.toThrow()
  })
})

describe('a web page', () => {
  const paragraphs = measure.trim().split('\n')
  const wraps: ReadonlyArray<(words: string) => string> = [
    (words) => `<p>${words}</p>`,
    (words) => `<p class="MsoNormal"><span>&nbsp;&nbsp;${words}</span><o:p></o:p></p>\n`,
    (words) => `<div>&emsp;&emsp;<b>${words}</b></div>`,
    (words) => `${words}<br/>`,
    (words) => `<P><FONT face=仿宋>${words}</FONT></P>\r\n`,
    (words) => `<tr><td>${words}</td></tr>`,
    (words) => `<p>${[...words].join('')}`,
  ]
  it('is read as its words, however they are wrapped', () => {
    fc.assert(
      fc.property(fc.constantFrom(...wraps), fc.boolean(), (wrap, whole) => {
        const inner = paragraphs.map(wrap).join('')
        const body = inner.startsWith('<tr') ? `<table>${inner}</table>` : inner
        const page = whole
          ? `<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body>${body}<script>var a="<p>"</script></body></html>`
          : body
        expect(looksLikeHtml(page)).toBe(true)
        expect(read(new TextEncoder().encode(page))).toEqual(right)
      }),
    )
  })
  it('tables of data stay tables; pictures and what is not shown are said', () => {
    const { text, loss } = htmlText(
      '<p>附件</p><table><tr><th>序号</th><th>名称</th></tr><tr><td>1</td><td>甲|乙</td></tr></table><img src="a.png"><p style="display: none">隐藏</p>',
    )
    expect(text).toContain('| 序号 | 名称 |\n| --- | --- |\n| 1 | 甲\\|乙 |')
    expect(text).not.toContain('隐藏')
    expect(loss.map(({ kind }) => kind)).toEqual(['image', 'hidden-text', 'markup'])
  })
  it('a text with a bold number in it is no page', () => {
    expect(looksLikeHtml(measure)).toBe(false)
    expect(looksLikeHtml(measure.replace('第一条', '<b>第一条</b>'))).toBe(false)
    expect(looksLikeHtml('当 a<b 且 c>d 时。')).toBe(false)
  })
})

describe('what looks like a text and is none', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
  it.each<[string, Uint8Array, RegExp]>([
    ['data in Base64', bytes('JVBERi0xLjQKMSAwIG9iago8PD4+'.repeat(9)), /没有一个汉字.*请/],
    ['a script', bytes('for (let i = 0; i < 10; i++) console.log(i) // nothing\n'.repeat(3)), /没有一个汉字.*请/],
    ['UTF-8 read as Latin and written again', bytes(String.fromCharCode(...bytes(measure))), /已经损坏.*请/],
    ['UTF-8 read as GBK', bytes(new TextDecoder('gb18030').decode(bytes(measure.repeat(3)))), /已经损坏.*请/],
    [
      'the answer of a portal in JSON',
      bytes(JSON.stringify({ code: 0, data: { title: '停车办法', content: `<p>${measure}</p>` } })),
      /JSON.*请/,
    ],
    ['an array of JSON', bytes(JSON.stringify([{ title: '停车办法' }], null, 2)), /JSON.*请/],
    [
      'XML without its declaration',
      bytes('<article><p>停车办法</p><p>第一条　应当停车。</p></article>'.replaceAll('article', 'wenjian')),
      /XML.*请/,
    ],
    ['a drawing', bytes('<svg xmlns="http://www.w3.org/2000/svg"><text>停车办法</text></svg>'), /图片（SVG）.*请/],
    ['a table of values', bytes('序号,名称,文号\n1,停车办法,海政发〔2026〕1号\n'), /表格（CSV）.*请/],
    ['a calendar', bytes('BEGIN:VCALENDAR\nSUMMARY:停车会议\nEND:VCALENDAR'), /数据文件.*请/],
    ['LaTeX', bytes('\\documentclass{article}\n停车办法'), /LaTeX.*请/],
    ['a form in PDF', bytes('%FDF-1.2\n1 0 obj'), /PDF.*请/],
    [
      'a mail copied out of its program',
      bytes(`发件人：王明\n发送时间：2026年5月1日\n收件人：李丽\n主题：停车办法\n\n${measure}`),
      /电子邮件.*请/,
    ],
    [
      'a page to log in',
      bytes('<html><body><form>用户名<input>密码<input type="password"></form></body></html>'),
      /没有读到文字.*请/,
    ],
    [
      'a page that says not found',
      bytes('<html><body><h1>404 Not Found</h1><hr>nginx</body></html>'),
      /没有读到文字.*请/,
    ],
    ['marks nested beyond measure', bytes('<div>'.repeat(60_000)), /一层套一层.*请/],
  ])('%s is refused in a sentence', (_, given, words) => {
    const before = process.cpuUsage()
    expect(() => readTextBytes(given)).toThrow(words)
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(3000)
  })
  it('radicals copied from a PDF are read as the characters they look like, and said', () => {
    const read = readTextBytes(bytes(measure.replaceAll('车', '⻋').replaceAll('一', '⼀')))
    expect(parseText(read.text)).toMatchObject({ title: '海原县城镇公共停车场管理办法', counts: { articles: 4 } })
    expect(read.loss).toMatchObject([{ kind: 'encoding', losesWords: false, message: expect.stringContaining('部首') }])
  })
  it('a mail is told by its head, whatever order that has', () => {
    const lines = [
      'From: a@b.cn',
      'To: c@d.cn',
      'Subject: =?utf-8?B?5rW3?=',
      'Date: Mon, 2 Nov 2026 10:00:00 +0800',
      'X-Mailer: Foxmail 7',
      'DKIM-Signature: v=1;\r\n\ta=rsa-sha256',
    ]
    fc.assert(
      fc.property(
        fc.shuffledSubarray(lines, { minLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', 'From a@b.cn Mon Nov 2 2026\n'),
        (head, end, before) => {
          const mail = `${before}${[...head, '', measure].join(end)}`
          expect(() => readTextBytes(bytes(mail))).toThrow(/电子邮件|单个文件网页/)
        },
      ),
    )
  })
  it('any JSON is refused, and any text that only begins with a bracket is read', () => {
    const value = fc.jsonValue({ maxDepth: 2 })
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('title', 'code', 'data', '正文'), value, { minKeys: 1 }),
        fc.nat(4),
        (data, indent) => {
          expect(() => readTextBytes(bytes(JSON.stringify({ ...data, note: measure }, null, indent)))).toThrow(/JSON/)
        },
      ),
      { numRuns: 60 },
    )
    for (const first of ['[附件]', '{草案}', '［征求意见稿］', '<征求意见稿>', '[2026]3号', '“停车”'])
      expect(read(bytes(`${first}\n${measure}`)).articles).toBe(4)
  })
  it('a page whose marks were escaped is that page', () => {
    const escaped = `<html><body>${measure
      .split('\n')
      .map((line) => `<p>${line}</p>`)
      .join('')}</body></html>`
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
    expect(read(bytes(escaped))).toEqual(right)
  })
  it('UTF-8 and GB 18030 in one file are never taken for one of them alone', () => {
    const lines = measure.trim().split('\n')
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: lines.length, maxLength: lines.length }), (national) => {
        const mixed = lines.map((line, at) =>
          national[at] ? encoded(`${line}\n`, 'gb18030', [0xb0, 0xf7]) : bytes(`${line}\n`),
        )
        if (new Set(national).size === 1) return
        const all = Uint8Array.from(mixed.flatMap((one) => [...one]))
        let said: string
        try {
          const { loss, wouldLoseWords } = readTextBytes(all)
          said = wouldLoseWords
            ? (loss.find((one) => one.losesWords)?.message ?? '')
            : 'read as if nothing had happened'
        } catch (error) {
          said = (error as Error).message
        }
        expect(said).toMatch(/请/)
      }),
      { numRuns: 12, examples: [[lines.map((_, at) => at !== 4)], [lines.map((_, at) => at === 2)]] },
    )
  })
})
