// Recognition shared by every entrance: command line, import and upload all learn here what a file is and what is
// written in it.
import { type DamageKind, damageIn, isTraditional, parseText, radicalsRead, type StructuredText } from '@dianzhang/text'
import { type ImportedDocx, type ImportOptions, importDocx } from '../docx-import/import-docx.ts'
import { cappedLoss, type DocxFacts, type LossItem, radicalsSaid } from '../docx-import/loss.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { type DecodedText, decodeText, type Encoding, encodingNames } from './decode.ts'
import { dataKind, type FileKind, fileKind, refusalOf } from './file-kind.ts'
import { htmlText, looksLikeHtml } from './html-text.ts'

/** What a file says: its words, what of it is not in them, and what it was. */
export interface ReadFile {
  kind: 'docx' | 'html' | 'text'
  text: string
  /** Of a text or a web page. */
  encoding: Encoding | null
  loss: LossItem[]
  wouldLoseWords: boolean
  /** Of a docx. */
  facts: DocxFacts | null
}

/** Whether a file is to be read as a docx: its bytes are those of an archive or of an old Office file. */
export const isDocxLike = (bytes: Uint8Array): boolean => {
  const kind = fileKind(bytes)?.kind
  return kind === 'zip' || kind === 'ole'
}

/** Bytes of a text or a web page as plain text. Refuses (`UnreadableFile`) everything else in one Chinese sentence. */
export function readTextBytes(bytes: Uint8Array): ReadFile {
  const kind = fileKind(bytes)
  if (kind !== null) throw new UnreadableFile(kind.kind, refusalOf(kind))
  return readDecodedText(decodeText(bytes))
}

/** As `readTextBytes`, of bytes that were decoded already. */
export function readDecodedText({ text: decoded, encoding, broken }: DecodedText): ReadFile {
  const loss: LossItem[] = []
  const note = (message: string, more: Partial<LossItem> = {}): void => {
    loss.push({
      kind: 'encoding',
      effect: 'changed',
      losesWords: false,
      paragraph: 0,
      quote: '',
      content: '',
      message,
      ...more,
    })
  }
  if (encoding !== 'utf-8') note(`文本的编码是 ${encodingNames[encoding]}，已转换`)
  if (broken > 0)
    note(`有${broken}处字节不是 ${encodingNames[encoding]} 的字，读作“\ufffd”，请对照原件补正`, {
      effect: 'dropped',
      losesWords: true,
      content: String(broken),
    })
  if (decoded.trim() === '') throw new UnreadableFile('empty', '文件里没有读到文字。请检查是否选错了文件。')
  const words = wordsOf(decoded)
  refuseForeign(words.text, encoding)
  loss.push(...words.loss)
  const { text } = words
  return {
    kind: words.html ? 'html' : 'text',
    text,
    encoding,
    loss: cappedLoss(loss),
    wouldLoseWords: loss.some(({ losesWords }) => losesWords),
    facts: null,
  }
}

/**
 * The words of a text that came as one: a web page without its marks, radicals from a PDF as the characters they look like,
 * both said. Refuses (`UnreadableFile`) what is another kind of file, a page without words, and a text destroyed on its way.
 */
export function wordsOf(written: string): { text: string; html: boolean; loss: LossItem[] } {
  const given = unescaped(written)
  refuseKinds(given)
  const html = looksLikeHtml(given)
  const page = html ? htmlText(given) : null
  const loss = [...(page?.loss ?? [])]
  const { text, count } = radicalsRead(page?.text ?? given)
  const hollow = loginPage.test(given) && !/第[一二三四五六七八九十]{1,3}条|^[一二三]、/mu.test(text)
  if (page !== null && (hollow || !/\p{Script=Han}/u.test(text)))
    throw new UnreadableFile(
      'html',
      '这是网页（HTML），里面没有读到文字（登录页、出错页，或者正文要等网页打开才出现）。请打开网页，复制正文或者另存为 .docx 再导入。',
    )
  refuseDamaged(text)
  if (count > 0) loss.push(radicalsSaid(count))
  return { text, html, loss }
}

/** What begins like another kind of file although it came as text: RTF, PDF, a mail, XML. */
const otherKinds: ReadonlySet<FileKind> = new Set(['pdf', 'rtf', 'mht', 'mail', 'word-xml', 'xml'])
function refuseKinds(text: string): void {
  const head = new Uint8Array(Math.min(text.length, 2048))
  for (let i = 0; i < head.length; i += 1) head[i] = Math.min(text.charCodeAt(i), 0xff)
  const kind = fileKind(head)
  if (kind !== null && otherKinds.has(kind.kind)) throw new UnreadableFile(kind.kind, refusalOf(kind))
  const data = dataKind(text)
  if (data !== null) throw new UnreadableFile(data.kind, refusalOf(data))
}

const escapedPage = /^\s*&lt;(?:!doctype|html|head|body|p|div|table|meta|section)\b/iu
/** A page whose marks were escaped once too often (&lt;p&gt;) is that page. */
const unescaped = (text: string): string =>
  escapedPage.test(text.slice(0, 400))
    ? text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
    : text
const loginPage = /<input[^<>]{0,200}type\s*=\s*["']?password/iu

/**
 * Refuses (`UnreadableFile`) a text that is to be kept as it stands and is none: another kind of file, a web page, words
 * destroyed on their way. A few slips are let pass: they are asked about where the text is checked.
 */
export function refuseAsText(text: string): void {
  refuseKinds(text)
  if (looksLikeHtml(text))
    throw new UnreadableFile('html', '这是网页（HTML）的源代码，不是文字。请打开网页，只复制文字再粘贴，或者导入文件。')
  refuseDamaged(text)
}

/** A docx, a web page or a text, told by its content. Refuses with an `UnreadableFile`, in one sentence. */
export async function readAnyFile(bytes: Uint8Array, options: ImportOptions = {}): Promise<ReadFile> {
  if (!isDocxLike(bytes)) return readTextBytes(bytes)
  const { text, loss, wouldLoseWords, facts } = await importDocx(bytes, options)
  return { kind: 'docx', text, encoding: null, loss, wouldLoseWords, facts }
}

/** As `readAnyFile`, with the structure, and what only a docx can have: none of it in a text. */
export async function importAnyFile(bytes: Uint8Array, options: ImportOptions = {}): Promise<ImportedDocx> {
  if (isDocxLike(bytes)) return importDocx(bytes, options)
  const { text, loss, wouldLoseWords } = readTextBytes(bytes)
  const structure = parseText(text)
  return {
    text,
    structure,
    loss,
    wouldLoseWords,
    revisions: 0,
    changes: [],
    redline: [],
    facts: factsOf(text, structure),
  }
}

function factsOf(text: string, { counts, toc }: StructuredText): DocxFacts {
  const lines = text.split('\n')
  const { parts, chapters, sections, articles, insertedArticles, firstArticle, lastArticle, tables } = counts
  return {
    nonEmptyParagraphs: lines.filter((line) => line.trim() !== '').length,
    paragraphs: lines.length,
    tables,
    textBoxes: 0,
    visibleTextBoxes: 0,
    images: 0,
    pictures: 0,
    autoNumberedParagraphs: 0,
    hasToc: toc !== null,
    parts,
    chapters,
    sections,
    articles,
    insertedArticles,
    firstArticle,
    lastArticle,
  }
}

const fewestLetters = 40
/** Without a single Chinese character it is no document of an office: data, a program, another language in another encoding. */
function refuseForeign(text: string, encoding: Encoding): void {
  let han = 0
  let letters = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x3400 && code <= 0x9fff) han++
    else if (code > 32) letters++
  }
  if (han + letters < fewestLetters) return
  if (han === 0)
    throw new UnreadableFile(
      'not-text',
      '文件里没有一个汉字，不像是文件正文（可能是数据、程序或者编码后的内容）。请选择 Word 保存的 .docx 或者纯文本，检查是否选错了文件。',
    )
  if ((encoding === 'gb18030' || encoding === 'big5') && han * 8 < letters)
    throw new UnreadableFile(
      'encoding',
      '认不出这个文本的编码：几乎没有汉字，像是别的文字或者别的编码。请用记事本打开，另存为 UTF-8 编码的文本，再导入。',
    )
}

/** So many damaged places, and so many for each thousand characters, are no slip any more. */
const fewestDamages = 20
const damagesPerThousand = 4
/** Or this part of the text. */
const mostDamaged = 0.3

/** What does not make words unreadable. */
const slight: ReadonlySet<DamageKind> = new Set(['traditional', 'invisible', 'radical', 'escaped'])

/** Refuses a text that was destroyed on its way: half of it would be read and believed. */
export function refuseDamaged(text: string): void {
  const damages = damageIn(text).filter(({ kind }) => !slight.has(kind))
  const extent = damages.reduce((sum, { start, end }) => sum + end - start, 0)
  const many = damages.length >= fewestDamages && damages.length * 1000 >= damagesPerThousand * text.length
  if (!many && (extent < fewestDamages || extent < mostDamaged * text.length)) return
  const [first] = damages
  const shown = first === undefined ? '' : text.slice(Math.max(0, first.start - 4), first.end + 4).replace(/\s+/gu, ' ')
  const traditional = isTraditional(text) ? '（又是繁体）' : ''
  throw new UnreadableFile(
    'damaged',
    `这份文字在复制或者转换编码时已经损坏${traditional}：有${damages.length}处坏字，如第${first?.line ?? 1}行“${shown}”。请回到原处重新复制，或者取得 Word 原稿再导入。`,
  )
}
