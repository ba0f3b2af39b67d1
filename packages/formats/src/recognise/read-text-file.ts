// 各个入口共用的识别：命令行、导入、上传都从这里知道一个文件是什么、里面写了什么。
import { damageIn, isTraditional } from '@dianzhang/text'
import { type ImportOptions, importDocx } from '../docx-import/import-docx.ts'
import { cappedLoss, type DocxFacts, type LossItem } from '../docx-import/loss.ts'
import { type DecodedText, decodeText, type Encoding, encodingNames } from './decode.ts'
import { fileKind, refusalOf, UnreadableFile } from './file-kind.ts'
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
  const html = looksLikeHtml(decoded)
  const page = html ? htmlText(decoded) : null
  const text = page?.text ?? decoded
  if (page !== null) {
    loss.push(...page.loss)
    if (text.trim() === '')
      throw new UnreadableFile(
        'html',
        '这是网页（HTML），里面没有读到文字。请打开网页，复制正文或者另存为 .docx 再导入。',
      )
  }
  refuseDamaged(text)
  return {
    kind: html ? 'html' : 'text',
    text,
    encoding,
    loss: cappedLoss(loss),
    wouldLoseWords: loss.some(({ losesWords }) => losesWords),
    facts: null,
  }
}

/** A docx, a web page or a text, told by its content. Refuses with an `UnreadableFile` or a `DocxError`, each one sentence. */
export async function readAnyFile(bytes: Uint8Array, options: ImportOptions = {}): Promise<ReadFile> {
  if (!isDocxLike(bytes)) return readTextBytes(bytes)
  const { text, loss, wouldLoseWords, facts } = await importDocx(bytes, options)
  return { kind: 'docx', text, encoding: null, loss, wouldLoseWords, facts }
}

/** So many damaged places, and so many for each thousand characters, are no slip any more. */
const fewestDamages = 20
const damagesPerThousand = 4

/** Refuses a text that was destroyed on its way: half of it would be read and believed. */
export function refuseDamaged(text: string): void {
  const damages = damageIn(text).filter(({ kind }) => kind !== 'traditional' && kind !== 'invisible')
  if (damages.length < fewestDamages || damages.length * 1000 < damagesPerThousand * text.length) return
  const [first] = damages
  const shown = first === undefined ? '' : text.slice(Math.max(0, first.start - 4), first.end + 4).replace(/\s+/gu, ' ')
  const traditional = isTraditional(text) ? '（又是繁体）' : ''
  throw new UnreadableFile(
    'damaged',
    `这份文字在复制或者转换编码时已经损坏${traditional}：有${damages.length}处坏字，如第${first?.line ?? 1}行“${shown}”。请回到原处重新复制，或者取得 Word 原稿再导入。`,
  )
}
