// What a file is goes by its content, not its name. For one that cannot be read as text, one sentence says what it is
// and what to do.

/** Kinds of files that are no text. `docx` and `zip` are told apart by `zipKind`. */
export type FileKind =
  | 'empty'
  | 'zip'
  | 'ole'
  | 'pdf'
  | 'rtf'
  | 'mht'
  | 'mail'
  | 'image'
  | 'archive'
  | 'media'
  | 'program'
  | 'database'
  | 'reader'
  | 'word-xml'
  | 'xml'
  | 'json'
  | 'table'
  | 'data'

const begins = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean =>
  signature.every((byte, index) => bytes[at + index] === byte)
const ascii = (text: string): number[] => [...text].map((character) => character.charCodeAt(0))

const signatures: ReadonlyArray<{ kind: FileKind; name: string; bytes: readonly number[]; at?: number }> = [
  { kind: 'zip', name: '', bytes: [0x50, 0x4b, 3, 4] },
  { kind: 'zip', name: '', bytes: [0x50, 0x4b, 5, 6] },
  { kind: 'zip', name: '', bytes: [0x50, 0x4b, 7, 8] },
  { kind: 'ole', name: '', bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { kind: 'rtf', name: '', bytes: ascii('{\\rtf') },
  { kind: 'image', name: 'PNG', bytes: [0x89, 0x50, 0x4e, 0x47] },
  { kind: 'image', name: 'JPEG', bytes: [0xff, 0xd8, 0xff] },
  { kind: 'image', name: 'GIF', bytes: ascii('GIF8') },
  { kind: 'image', name: 'TIFF', bytes: [0x49, 0x49, 0x2a, 0] },
  { kind: 'image', name: 'TIFF', bytes: [0x4d, 0x4d, 0, 0x2a] },
  { kind: 'image', name: 'WebP', bytes: ascii('WEBP'), at: 8 },
  { kind: 'image', name: 'HEIC', bytes: ascii('ftyphei'), at: 4 },
  { kind: 'image', name: 'HEIC', bytes: ascii('ftypmif'), at: 4 },
  { kind: 'image', name: 'AVIF', bytes: ascii('ftypavif'), at: 4 },
  { kind: 'image', name: 'PSD', bytes: ascii('8BPS') },
  { kind: 'image', name: 'DWG', bytes: ascii('AC10') },
  { kind: 'image', name: 'JPEG 2000', bytes: [0, 0, 0, 0x0c, 0x6a, 0x50] },
  { kind: 'image', name: 'DjVu', bytes: ascii('AT&TFORM') },
  { kind: 'archive', name: 'gzip', bytes: [0x1f, 0x8b] },
  { kind: 'archive', name: 'RAR', bytes: ascii('Rar!') },
  { kind: 'archive', name: '7z', bytes: [0x37, 0x7a, 0xbc, 0xaf] },
  { kind: 'archive', name: 'bzip2', bytes: ascii('BZh') },
  { kind: 'archive', name: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
  { kind: 'archive', name: 'tar', bytes: ascii('ustar'), at: 257 },
  { kind: 'archive', name: 'CAB', bytes: ascii('MSCF') },
  { kind: 'media', name: 'MP3', bytes: ascii('ID3') },
  { kind: 'media', name: 'MP4', bytes: ascii('ftyp'), at: 4 },
  { kind: 'media', name: 'RIFF', bytes: ascii('RIFF') },
  { kind: 'media', name: 'OGG', bytes: ascii('OggS') },
  { kind: 'media', name: 'FLV', bytes: ascii('FLV') },
  { kind: 'program', name: 'EXE', bytes: [0x4d, 0x5a, 0x90, 0] },
  { kind: 'program', name: 'ELF', bytes: [0x7f, 0x45, 0x4c, 0x46] },
  { kind: 'program', name: 'Java', bytes: [0xca, 0xfe, 0xba, 0xbe] },
  { kind: 'database', name: 'SQLite', bytes: ascii('SQLite format 3') },
  { kind: 'database', name: 'Access', bytes: ascii('\u0000\u0001\u0000\u0000Standard') },
  { kind: 'reader', name: 'CAJ', bytes: ascii('CAJ') },
  { kind: 'reader', name: 'KDH', bytes: ascii('KDH') },
  { kind: 'reader', name: 'NH', bytes: [0x48, 0x4e, 0, 0] },
  { kind: 'reader', name: 'PostScript', bytes: ascii('%!PS') },
  { kind: 'reader', name: 'CEB', bytes: ascii('Founder') },
]

/** What the first bytes of a file say; null for what may be text. In: the file, or its beginning (at least 4 KB of it). */
export function fileKind(bytes: Uint8Array): { kind: FileKind; name: string } | null {
  if (bytes.length === 0) return { kind: 'empty', name: '' }
  const found = signatures.find(({ bytes: signature, at }) => begins(bytes, signature, at))
  if (found) return { kind: found.kind, name: found.name }
  if (begins(bytes, ascii('BM')) && bytes.length > 26 && bytes[6] === 0 && bytes[7] === 0)
    return { kind: 'image', name: 'BMP' }
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 2048))
  if (/%(?:PDF|FDF)-/u.test(head.slice(0, 1024))) return { kind: 'pdf', name: '' }
  const start = head.replace(/^[\s\u00ef\u00bb\u00bf]+/u, '')
  if (/^\{\\(?:rtf|\*\\)/u.test(start)) return { kind: 'rtf', name: '' }
  if (
    /^(?:MIME-Version:|From:.*<Saved by|Content-Type:\s*multipart\/related)/iu.test(start) ||
    /^Subject:[^\n]*\r?\n(?:[\w-]+:[^\n]*\r?\n){0,12}MIME-Version:/iu.test(start)
  )
    return { kind: 'mht', name: '' }
  if (isMail(start)) return { kind: 'mail', name: '' }
  if (/^<\?xml/iu.test(start) && !/<html|<!doctype html/iu.test(start))
    return /w:wordDocument|progid="Word|pkg:package|Word\.Document/iu.test(start)
      ? { kind: 'word-xml', name: '' }
      : { kind: 'xml', name: '' }
  return null
}

const mailHeader =
  /^(?:From|To|Cc|Subject|Date|Sent|Message-ID|Received|Return-Path|Delivered-To|Reply-To|MIME-Version)$/iu
/** A mail as it is stored: lines of a head, in whatever order, of which at least two are those of every mail; or an mbox. */
function isMail(start: string): boolean {
  const names: string[] = []
  for (const line of start.split(/\r?\n/u, 40)) {
    if (/^From \S+@\S+ /u.test(line) || /^[ \t]/u.test(line)) continue
    const name = /^([A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t]|$)/u.exec(line)?.[1]
    if (name === undefined) break
    names.push(name)
  }
  return names.length > 1 && names.filter((name) => mailHeader.test(name)).length > 1
}

const htmlNames = new Set(
  'a abbr address article aside b base big blockquote body br button caption center code col colgroup dd del details div dl dt em fieldset figcaption figure font footer form frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins label legend li link main map mark meta nav noscript o:p object ol p pre q ruby s samp script section small span strike strong style sub summary sup table tbody td tfoot th thead time title tr tt u ul var video'.split(
    ' ',
  ),
)
/**
 * What text is that was not written as text: JSON, XML without its declaration, a table of values, calendars, a mail copied out of
 * its program. Null for what may be a text or a web page.
 */
export function dataKind(text: string): { kind: FileKind; name: string } | null {
  const start = text.slice(0, 4000).trimStart()
  if (/^(?:\{\s*"[^"\n]{1,80}"\s*:|\[\s*(?:\{\s*"|\[|"))/u.test(start)) return { kind: 'json', name: '' }
  const root = /^(?:<!--[\s\S]{0,2000}?-->\s*)?<([A-Za-z_][\w.:-]{0,40})(?:[\s>/])/u.exec(start)?.[1]?.toLowerCase()
  if (root === 'svg') return { kind: 'image', name: 'SVG' }
  if (root !== undefined && !htmlNames.has(root) && /<\/[A-Za-z_]/u.test(text)) return { kind: 'xml', name: '' }
  if (/^(?:BEGIN:V(?:CALENDAR|CARD)|\[InternetShortcut\]|d\d+:announce|begin [0-7]{3} \S)/u.test(start))
    return { kind: 'data', name: '' }
  if (/^(?:%[^\n]*\n\s*)*\\documentclass/u.test(start)) return { kind: 'data', name: 'LaTeX' }
  if (
    /^(?:发件人|寄件人)[：:][^\n]*\n/u.test(start) &&
    (start.match(/^(?:发送时间|发送日期|日期|时间|收件人|抄送|主题|附件)[：:]/gmu)?.length ?? 0) > 1
  )
    return { kind: 'mail', name: '' }
  if (isTable(start)) return { kind: 'table', name: '' }
  return null
}

const columnWords =
  /^["“]?(?:序号|编号|文号|发文字号|文件名称|文件标题|名称|标题|题名|制定机关|主管单位|清理结果|效力状态)["”]?$/u
/** Names of columns parted by commas, and below them as many values in every line. */
function isTable(start: string): boolean {
  const [head = '', ...rows] = start.split(/\r?\n/u, 6).filter((line) => line.trim() !== '')
  const names = head.split(',')
  if (names.length < 3 || names.filter((name) => columnWords.test(name.trim())).length < 2) return false
  return rows.length > 0 && rows.slice(0, 3).every((row) => row.split(',').length >= names.length)
}

/** What the file was wanted for: a text to read, or a list (清理目录、台账). */
export type Wanted = 'text' | 'list'

const saveAs: Record<Wanted, string> = {
  text: '请用 Word 或 WPS 打开，另存为 .docx 后再导入。',
  list: '请把其中的表格复制到 Excel 或 WPS 表格，另存为 .xlsx 或者 CSV 后再导入。',
}

/** One sentence about a file that is no text: what it is, and what to do. */
export function refusalOf({ kind, name }: { kind: FileKind; name: string }, wanted: Wanted = 'text'): string {
  const list = wanted === 'list'
  switch (kind) {
    case 'empty':
      return '文件是空的，没有读到文字。请检查是否选错了文件。'
    case 'pdf':
      return list
        ? '这是 PDF 文件，里面的表格不能可靠地读出。请取得 Excel 表格，或者把表格另存为 CSV、.xlsx 后再导入。'
        : '这是 PDF 文件，里面的文字不能可靠地读出。请向起草单位索取 Word 原稿，或者用 Word、WPS 打开后另存为 .docx 再导入。'
    case 'rtf':
      return `这是 RTF 文件，不是${list ? '目录表格' : '纯文本'}。${saveAs[wanted]}`
    case 'mht':
      return `这是单个文件网页（MHT），扩展名常为 ${list ? '.xls' : '.doc'}，不是${list ? '目录表格' : '纯文本'}。${saveAs[wanted]}`
    case 'mail':
      return '这是一封电子邮件，不是文件正文。请打开邮件，把附件保存出来再导入。'
    case 'image':
      return `这是图片（${name}），里面的字不能读出。请取得${list ? '原来的表格' : ' Word 原稿'}，或者把文字录入后再导入。`
    case 'archive':
      return `这是压缩文件（${name}）。请先解压，再选择里面的 ${list ? '.xlsx 或者 CSV 文件' : '.docx 或者文本文件'}。`
    case 'media':
      return '这是音频或者视频文件，没有可以读的文字。请检查是否选错了文件。'
    case 'program':
      return '这是程序文件，不是文本。请检查是否选错了文件。'
    case 'database':
      return `这是数据库文件，不是文本。请从原系统导出为 ${list ? '.xlsx 或者 CSV' : '.docx 或者文本'}再导入。`
    case 'reader':
      return `这是专用阅读器的文件（${name}），不能直接读出。请用原阅读器打开，复制文字或者另存为 ${list ? '.xlsx' : '.docx'} 后再导入。`
    case 'word-xml':
      return `这是 Word 的 XML 文件，不是 ${list ? '.xlsx' : '.docx'}。${saveAs[wanted]}`
    case 'xml':
      return `这是 XML 数据，不是${list ? '目录表格' : '文件正文'}。请导出为 ${list ? '.xlsx 或者 CSV' : '.docx 或者纯文本'}再导入。`
    case 'json':
      return `这是 JSON 数据（网页接口或者系统导出的），不是${list ? '目录表格' : '文件正文'}。请打开网页复制正文，或者取得${list ? ' .xlsx、CSV' : ' Word 原稿'}再导入；成批录入请由系统维护人员用登记库的导入。`
    case 'table':
      return '这是表格（CSV），不是文件正文。清理目录、台账等表格请用登记库的导入；正文请选择 .docx 或者纯文本。'
    case 'data':
      return `这是${name === '' ? '数据文件（日历、名片、快捷方式等）' : ` ${name} 源文件`}，不是${list ? '目录表格' : '文件正文'}。请取得${list ? ' .xlsx、CSV' : ' Word 原稿'}，或者检查是否选错了文件。`
    case 'ole':
      return `这是旧格式的 Office 文件（.doc、.wps 等），不能直接读出。${saveAs[wanted]}`
    case 'zip':
      return `这是压缩包，里面没有${list ? '工作表' : ' Word 文档'}。请先解压，再选择里面的 ${list ? '.xlsx 或者 CSV' : '.docx'}。`
  }
}

/** Old Office files by the names of their streams, which stand in them as UTF-16. */
export function oleKind(bytes: Uint8Array, wanted: Wanted = 'text'): { encrypted: boolean; message: string } {
  const holds = (words: string): boolean => containsUtf16(bytes, words)
  if (holds('EncryptedPackage'))
    return { encrypted: true, message: '文件设有密码。请在 Word 或 WPS 中取消密码后再导入。' }
  if (holds('WordDocument')) return { encrypted: false, message: `这是旧格式的 .doc（或 .wps）文件。${saveAs[wanted]}` }
  if (holds('Workbook') || holds('Book'))
    return {
      encrypted: false,
      message: `这是旧格式的 Excel 表格（.xls）${wanted === 'list' ? '' : '，不是文件正文'}。请用 Excel 或 WPS 打开，另存为 .xlsx 或者 CSV。`,
    }
  if (holds('PowerPoint Document'))
    return { encrypted: false, message: '这是演示文稿（.ppt），不是文件正文。请把文字整理成 .docx 后再导入。' }
  if (holds('__substg1.0')) return { encrypted: false, message: '这是一封电子邮件（.msg）。请把附件保存出来再导入。' }
  return { encrypted: false, message: refusalOf({ kind: 'ole', name: '' }, wanted) }
}

function containsUtf16(bytes: Uint8Array, words: string): boolean {
  const first = words.charCodeAt(0)
  const end = Math.min(bytes.length, 4 * 1024 * 1024) - words.length * 2
  for (let at = bytes.indexOf(first); at >= 0 && at <= end; at = bytes.indexOf(first, at + 1)) {
    let same = true
    for (let index = 0; same && index < words.length; index++)
      same = bytes[at + index * 2] === words.charCodeAt(index) && bytes[at + index * 2 + 1] === 0
    if (same) return true
  }
  return false
}

/** What an archive without a Word document is, by the names of its parts. */
export function zipKind(names: readonly string[], wanted: Wanted = 'text'): string {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name))
  if (wanted === 'list') {
    if (has(/^word\//u)) return `这是 Word 文档（.docx），不是目录表格。${saveAs.list}`
    if (has(/^content\.xml$/u))
      return '这是 OpenDocument 文件（.ods、.odt 等），不是 .xlsx。请用 LibreOffice、Excel 或 WPS 打开，另存为 .xlsx 后再导入。'
    if (has(/\.(?:xlsx?|csv)$/iu)) return '这是压缩包，里面有表格文件。请先解压，再选择其中的 .xlsx 或者 CSV。'
    if (!has(/^xl\//u)) return '压缩包里没有工作表。请选择 Excel 或 WPS 表格保存的 .xlsx，或者另存为 CSV。'
  }
  if (has(/^xl\//u)) return '这是 Excel 表格（.xlsx），不是 Word 文档。请选择 .docx；清理目录等表格请用登记库的导入。'
  if (has(/^ppt\//u)) return '这是演示文稿（.pptx），不是 Word 文档。请把文字整理成 .docx 后再导入。'
  if (has(/^OFD\.xml$/iu))
    return '这是 OFD 版式文件，里面的文字不能可靠地读出。请取得 Word 原稿，或者用版式软件打开后复制文字、另存为 .docx。'
  if (has(/^META-INF\/container\.xml$/u) || has(/\.opf$/u))
    return '这是电子书（EPUB），不是 Word 文档。请把文字另存为 .docx 后再导入。'
  if (has(/^content\.xml$/u))
    return '这是 OpenDocument 文件（.odt、.ods 等），不是 .docx。请用 LibreOffice、Word 或 WPS 打开，另存为 .docx 后再导入。'
  if (has(/\.docx$/iu)) return '这是压缩包，里面有 Word 文件。请先解压，再选择其中的 .docx。'
  if (has(/^AndroidManifest\.xml$|^META-INF\/MANIFEST\.MF$/u)) return '这是程序包，不是文本。请检查是否选错了文件。'
  return '压缩包里没有 Word 文档。请先解压，再选择 Word 或 WPS 保存的 .docx。'
}
