// docx import: reads text and structure, and states what was dropped and changed.
import { parseText, radicalsRead, readNumeral, type StructuredText } from '@dianzhang/text'
import { zipKind } from '../recognise/file-kind.ts'
import { UnreadableFile } from '../unreadable-file.ts'
import { AutoNumbering, numberingReader } from './auto-numbering.ts'
import type { Block } from './block.ts'
import { cappedLoss, countLoss, type DocxFacts, type LossItem, radicalsSaid, shortened } from './loss.ts'
import { documentReader, type RedlineParagraph } from './read-document.ts'
import type { RevisionDecisions, Revisions, TrackedChange } from './revisions.ts'
import { marginTextReader, relationsReader, sideTextReader, stylesReader } from './side-parts.ts'
import { readXml, type XmlHandler } from './xml.ts'
import { type Archive, type DocxLimits, defaultLimits, openZip } from './zip.ts'

export interface ImportOptions {
  limits?: Partial<DocxLimits>
  /**
   * Tracked changes, all of them: `accept`, `reject`, or (unless told otherwise) `undecided`: the text before them, and what
   * they insert counts as lost. What a person has decided loses nothing; it is reported all the same.
   */
  revisions?: Revisions
  /** Single tracked changes, by the numbers of `changes`; the others follow `revisions`. */
  decisions?: RevisionDecisions
}

/** A docx as text. Nothing is stored: what is done with a text that would lose words is the caller's decision. */
export interface ImportedDocx {
  /** One paragraph a line; tables as Markdown tables between blank lines. */
  text: string
  structure: StructuredText
  /** In order of the paragraphs; what concerns the whole file comes last, with paragraph 0. Of very many the rest is summed up by kind. */
  loss: LossItem[]
  /** True when `loss` holds items that lose words: not to be taken over before a person has confirmed them. */
  wouldLoseWords: boolean
  facts: DocxFacts
  /** How many tracked changes the file holds, what each is, and the paragraphs in which they are, as Word would show them. */
  revisions: number
  changes: TrackedChange[]
  redline: RedlineParagraph[]
}

/**
 * Reads a .docx (Word or WPS). Refuses, with a `UnreadableFile` in Chinese: files over the size limit (before reading them),
 * other kinds of files, encrypted and damaged files, archives that expand too much, XML with a DOCTYPE.
 */
export async function importDocx(bytes: Uint8Array, options: ImportOptions = {}): Promise<ImportedDocx> {
  const limits = { ...defaultLimits, ...options.limits }
  const archive = openZip(bytes, limits)
  const read = async (name: string, handler: XmlHandler): Promise<boolean> => {
    if (!archive.has(name)) return false
    await readXml(archive, name, limits, handler)
    return true
  }
  const main = await mainPartOf(archive, read)
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relations = relationsReader()
  await read(`${folder}_rels/${main.slice(folder.length)}.rels`, relations.handler)
  const partsOf = (type: string): string[] =>
    (relations.byType.get(type) ?? []).map((target) => resolve(folder, target)).filter((name) => archive.has(name))

  const styles = stylesReader()
  for (const part of partsOf('styles')) await read(part, styles.handler)
  const numbering = numberingReader()
  for (const part of partsOf('numbering')) await read(part, numbering.handler)
  const comments = sideTextReader('w:comment')
  for (const part of partsOf('comments')) await read(part, comments.handler)
  const footnotes = sideTextReader('w:footnote')
  for (const part of partsOf('footnotes')) await read(part, footnotes.handler)
  const endnotes = sideTextReader('w:endnote')
  for (const part of partsOf('endnotes')) await read(part, endnotes.handler)

  const reader = documentReader({
    numbering: new AutoNumbering(numbering.definitions, styles.numIdOfStyle),
    styles: styles.styles,
    comments: comments.texts,
    footnotes: new Map([...footnotes.texts].map(([id, note]) => [id, note.text])),
    endnotes: new Map([...endnotes.texts].map(([id, note]) => [id, note.text])),
    relations: relations.byId,
    revisions: options.revisions ?? 'undecided',
    decisions: options.decisions,
  })
  await readXml(archive, main, limits, reader.handler)
  const { blocks: found, loss, counts, redline, changes, picturesBefore } = reader.finish()
  loss.push(...partedOrJoined(changes))
  const { blocks, item } = parted(found)
  if (item !== null) loss.push(item)
  const { text, count } = radicalsRead(printBlocks(blocks))
  if (count > 0) loss.push(radicalsSaid(count))
  for (const [type, kind, said] of [
    ['header', 'header', '页眉'],
    ['footer', 'footer', '页脚'],
  ] as const) {
    for (const part of partsOf(type)) {
      const margin = marginTextReader()
      await read(part, margin.handler)
      const words = margin.words()
      // Dashes around a page number are not words.
      if (words.replace(/[\s\d\-–—－―─·.第页共]/g, '') === '') continue
      loss.push({
        kind,
        effect: 'dropped',
        losesWords: !text.includes(words),
        paragraph: 0,
        quote: '',
        content: shortened(words, 200),
        message: `${said}里的文字没有导入`,
      })
    }
  }
  const structure = parseText(text)
  loss.push(...missing(text, structure, loss, picturesBefore))
  const media = archive.names.filter((name) => name.startsWith(`${folder}media/`))
  const { parts, chapters, sections, firstArticle, lastArticle } = structure.counts
  const inserted = structure.counts.insertedArticles
  return {
    text,
    structure,
    loss: cappedLoss(
      loss.sort((a, b) => (a.paragraph || Number.MAX_SAFE_INTEGER) - (b.paragraph || Number.MAX_SAFE_INTEGER)),
    ),
    wouldLoseWords: loss.some((item) => item.losesWords),
    revisions: changes.length,
    changes,
    redline,
    facts: {
      ...counts,
      images: media.length,
      pictures: media.filter((name) => !name.endsWith('/')).length,
      hasToc: structure.toc !== null,
      parts,
      chapters,
      sections,
      articles: structure.counts.articles,
      insertedArticles: inserted,
      firstArticle,
      lastArticle,
    },
  }
}

const partingSaid = {
  undecided: '还没有决定是否接受，仍按修订以前的分段导入；请先决定接受还是拒绝修订',
  accept: '已接受，照修订以后的分段导入',
  reject: '已拒绝，仍按修订以前的分段导入',
} as const
/** Tracked changes without words part or join paragraphs: no word is lost, and still what is one 款 depends on them. */
const partedOrJoined = (changes: readonly TrackedChange[]): LossItem[] =>
  changes
    .filter(
      ({ text, what, kind }) => text.trim() === '' && (what === 'paragraph' || what === 'text') && kind !== 'move',
    )
    .map(({ kind, paragraph, author, date, decision }) => ({
      kind,
      effect: 'changed',
      losesWords: false,
      paragraph,
      quote: '',
      content: '',
      message: `分段、换行的修订（${kind === 'insertion' ? '插入' : '删除'}）${partingSaid[decision]}`,
      ...(author === undefined ? {} : { author }),
      ...(date === undefined ? {} : { date }),
    }))

/** What a reader would look for and not find: any words at all, or a title where only a picture stands. */
function missing(
  text: string,
  { title, counts, faults }: StructuredText,
  loss: readonly LossItem[],
  picturesBefore: number,
): LossItem[] {
  const item = (kind: LossItem['kind'], message: string): LossItem => ({
    kind,
    effect: 'dropped',
    losesWords: true,
    paragraph: 0,
    quote: '',
    content: '',
    message,
  })
  if (text.trim() === '') {
    const pictures = loss.filter(({ kind }) => kind === 'image').length
    const said =
      pictures > 0
        ? `没有读到文字：文件里只有${pictures}张图片，像是扫描件；请导入文字稿，或者识别成文字以后再导入`
        : '没有读到文字：文件是空的，或者文字不在正文里；请打开文件核对'
    return [item('no-text', said)]
  }
  const unread = faults.find(({ code, message }) => code === 'unread-number' && message.includes('表格里'))
  const found: LossItem[] = []
  // All that the text lays down stands in a table: nothing of it would be an article.
  if (counts.articles === 0 && unread !== undefined)
    found.push({
      ...item(
        'layout-table',
        '正文没有读出一条：条文排在表格里，只能按表格导入；请在文件里改成段落，或者确认就按表格导入',
      ),
      effect: 'changed',
      quote: shortened(text.split('\n')[unread.line - 1] ?? ''),
    })
  if (title === null && picturesBefore > 0)
    found.push(item('no-title', '没有读到题名：正文之前只有图片，题名可能在图片里，请补录题名'))
  return found
}

/** A paragraph as long as this, and most of the text, was not meant as one. */
const longestParagraph = 400
const fewestArticles = 3
const articleInside = /(?<=[。：；）》】\s\u3000]|^)第([零〇一二两三四五六七八九十百千]{1,8})条(?=[\s\u3000])/gu
const headingInside =
  /[\s\u3000]?第[零〇一二两三四五六七八九十百千]{1,6}[编章节][\s\u3000]+[^\s\u3000。；，：]{1,20}[\s\u3000]*$/u

/**
 * A text that stands in one paragraph is parted where that is certain: before articles that run 第一条, 第二条, … with a space
 * behind the number, and before the headings of chapters right above them. Nothing else is told apart; that is said.
 */
function parted(blocks: readonly Block[]): { blocks: Block[]; item: LossItem | null } {
  const words = blocks.reduce((sum, block) => sum + (block.kind === 'paragraph' ? block.text.length : 0), 0)
  const at = blocks.findIndex(
    (block) => block.kind === 'paragraph' && block.text.length > longestParagraph && block.text.length > 0.8 * words,
  )
  const flat = blocks[at]
  if (flat?.kind !== 'paragraph') return { blocks: [...blocks], item: null }
  const cuts: number[] = []
  let expected = 1
  for (const found of flat.text.matchAll(articleInside)) {
    if (readNumeral(found[1] ?? '') !== expected) continue
    expected++
    const heading = headingInside.exec(flat.text.slice(cuts.at(-1) ?? 0, found.index))
    if (heading !== null) cuts.push((cuts.at(-1) ?? 0) + heading.index)
    cuts.push(found.index)
  }
  const item = (message: string): LossItem => ({
    kind: 'line-break',
    effect: 'changed',
    losesWords: false,
    paragraph: 0,
    quote: shortened(flat.text),
    content: String(expected - 1),
    message,
  })
  if (expected - 1 < fewestArticles)
    return {
      blocks: [...blocks],
      item: item('全文几乎都在一个段落里，分不出标题、层次、署名和附件；请先在文件里分段，再导入'),
    }
  const lines = [0, ...cuts].map((from, index, all) => flat.text.slice(from, all[index + 1]).trim())
  const paragraphs = lines.filter((line) => line !== '').map((line): Block => ({ kind: 'paragraph', text: line }))
  return {
    blocks: [...blocks.slice(0, at), ...paragraphs, ...blocks.slice(at + 1)],
    item: item(`全文在一个段落里，已在${expected - 1}条的条号处分段；款、项、署名没有分开，请核对`),
  }
}

/** Refuses an import that would lose words until a person has confirmed the report. */
export function refuseUnlessConfirmed(
  imported: Pick<ImportedDocx, 'loss' | 'wouldLoseWords'>,
  confirmed: boolean,
): void {
  if (!imported.wouldLoseWords || confirmed) return
  const lost = imported.loss.filter((item) => item.losesWords)
  const first = lost
    .slice(0, 3)
    .map(
      (item) => `${item.paragraph > 0 ? `第${item.paragraph}段` : '全文'}：${item.message}“${shortened(item.content)}”`,
    )
  throw new UnreadableFile(
    'would-lose-words',
    `导入会丢失${countLoss(lost)}处文字，确认后才能继续。${first.join('；')}${lost.length > 3 ? '；……' : ''}`,
  )
}

async function mainPartOf(
  archive: Archive,
  read: (name: string, handler: XmlHandler) => Promise<boolean>,
): Promise<string> {
  const notWord = (): UnreadableFile => new UnreadableFile('not-docx', zipKind(archive.names))
  if (archive.has('EncryptedPackage')) throw new UnreadableFile('encrypted', '文件设有密码。请取消密码后再导入。')
  if (!archive.has('[Content_Types].xml') && !archive.has('_rels/.rels')) throw notWord()
  const relations = relationsReader()
  await read('_rels/.rels', relations.handler)
  const target = relations.byType.get('officeDocument')?.[0]
  const main = target === undefined ? 'word/document.xml' : resolve('', target)
  if (!archive.has(main)) throw notWord()
  if (!/(?:^|\/)document\d*\.xml$/.test(main) && !main.startsWith('word/')) {
    throw notWord()
  }
  return main
}

/** A relationship target against the folder of its part. */
function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const path: string[] = []
  for (const step of `${folder}${target}`.split('/')) {
    if (step === '..') path.pop()
    else if (step !== '.' && step !== '') path.push(step)
  }
  return path.join('/')
}

/** Blocks as plain text: one paragraph a line, empty ones left out, tables as Markdown between blank lines. */
export function printBlocks(blocks: readonly Block[]): string {
  const lines: string[] = []
  for (const block of blocks) {
    if (block.kind === 'paragraph') {
      if (block.text.trim() !== '') lines.push(block.text)
      continue
    }
    if (block.rows.length === 0) continue
    if (lines.length > 0) lines.push('')
    const row = (cells: readonly string[]): string =>
      `| ${cells.map((cell) => cell.replace(/[\\|]/g, (sign) => `\\${sign}`)).join(' | ')} |`
    const [head = [], ...rest] = block.rows
    lines.push(row(head), row(head.map(() => '---')), ...rest.map(row), '')
  }
  return `${lines.join('\n').replace(/\n+$/, '')}\n`
}
