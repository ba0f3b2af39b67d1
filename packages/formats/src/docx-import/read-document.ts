// Reads document.xml in one pass: paragraphs, tables and text boxes become blocks, and everything else is entered in
// the report of losses.
import type { AutoNumbering } from './auto-numbering.ts'
import type { Block } from './block.ts'
import { articleNumber, type Cell, cellWords, suspectArticles, type Unfolded, unfolded } from './layout-tables.ts'
import { letterheadStyle } from './letterhead-style.ts'
import { type LossItem, type LossKind, shortened } from './loss.ts'
import { authorOf, type RevisionDecisions, type Revisions, type TrackedChange, TrackedChanges } from './revisions.ts'
import type { Attributes, XmlHandler } from './xml.ts'

/** What the reader must know beforehand from the other parts of the file. */
export interface ReaderContext {
  numbering: AutoNumbering
  styles: Styles
  comments: Map<string, { text: string; author: string; date: string }>
  footnotes: Map<string, string>
  endnotes: Map<string, string>
  /** Targets of relationships by id. */
  relations: Map<string, string>
  /**
   * What becomes of tracked changes: `undecided` reads the text before them as `reject` does, but what they insert counts as
   * lost until somebody has decided. Whatever is chosen, they are reported.
   */
  revisions: Revisions
  /** What was decided about single ones. */
  decisions?: RevisionDecisions | undefined
}

/** A paragraph with tracked changes, as Word would show it. */
export interface RedlineParagraph {
  /** As in the loss report. */
  paragraph: number
  parts: RedlinePart[]
}
export interface RedlinePart {
  kind: 'same' | 'inserted' | 'deleted' | 'moved-from' | 'moved-to'
  text: string
  /** The change it belongs to, see `TrackedChange`. */
  change?: number
  author?: string
  date?: string
}
/** So many paragraphs and characters are shown with their changes; the loss report counts all of them. */
const mostRedlined = { paragraphs: 1000, characters: 400_000 }

/** Paragraph and character styles as far as they change words. */
export interface Styles {
  numberOf(style: string): { numId: string; level: number } | null
  hidden(style: string): boolean
  /** The style in which Word shows the prompt of a field that nobody has filled in. */
  prompt(style: string): boolean
}

export interface ReadResult {
  blocks: Block[]
  loss: LossItem[]
  redline: RedlineParagraph[]
  /** Tracked changes of words, rows, cells and paragraph marks. */
  changes: TrackedChange[]
  /** Pictures before the first words of the text. */
  picturesBefore: number
  counts: {
    paragraphs: number
    nonEmptyParagraphs: number
    tables: number
    textBoxes: number
    visibleTextBoxes: number
    autoNumberedParagraphs: number
  }
}

interface Flow {
  blocks: Block[]
  kind: 'body' | 'cell' | 'text-box'
  /** Words of a paragraph whose mark is not part of the text: they begin the next paragraph. */
  carried: string
}

interface Paragraph {
  words: string
  /** Everything that stood in the paragraph, whatever became of it. */
  raw: string
  index: number
  style: string
  numId: string | null
  level: number
  hidden: boolean
  /** A tracked change of its mark takes the mark out of the text. */
  markOut: boolean
  /** Loss items that still wait for the quote. */
  waiting: LossItem[]
  parts: RedlinePart[]
}

interface Table {
  rows: Cell[][]
  row: Cell[]
  cellSpan: number
  continued: boolean
  merged: number
  multiple: number
  firstParagraph: number
  /** Number of the first paragraph of the row, and of the cell. */
  rowParagraph: number
  cellParagraph: number
  /** Tracked insertion or deletion of the whole row, and of the whole cell. */
  rowChange: PieceChange | null
  cellChange: PieceChange | null
  /** It holds 版头 that this system wrote: of joint documents the marks stand in a table. */
  letterhead: boolean
}

interface PieceChange {
  number: number
  kind: 'insertion' | 'deletion'
  out: boolean
  attributes: Attributes
}

interface Alternative {
  choiceWords: number
  inFallback: boolean
}

interface Change {
  number: number
  kind: 'insertion' | 'deletion' | 'move'
  out: boolean
  words: string
  attributes: Attributes
  name: string
}

interface Field {
  instruction: string
  result: boolean
  words: string
}

/** Word itself allows 63 columns. */
const mostColumns = 64

const on = (attributes: Attributes): boolean => !['0', 'false', 'off', 'none'].includes(attributes['w:val'] ?? '1')

// Signs of the fonts Wingdings and Symbol that official forms use: boxes to tick, ticks, dots.
const symbols: Record<string, string> = {
  F06C: '●',
  F06E: '■',
  F06F: '□',
  F071: '□',
  F075: '◆',
  F0A7: '▪',
  F0A8: '□',
  F0A3: '□',
  F0D8: '➢',
  F0FC: '✓',
  F0FB: '✗',
  F0FD: '☒',
  F0FE: '☑',
  F052: '☑',
  F053: '☒',
  F0B7: '•',
  F0B0: '°',
  F0B1: '±',
  F0B4: '×',
  F0A3S: '≤',
  F0B3: '≥',
}

// Elements that hold words or pictures and are not read: reported, never passed over in silence.
const dropped: Record<string, [LossKind, string, boolean]> = {
  'w:object': ['object', '嵌入的对象（表格、公式或其他文件）没有导入', true],
  'w:altChunk': ['included-document', '并入的另一份文档没有导入', true],
  'w:subDoc': ['included-document', '主控文档的子文档没有导入', true],
  'c:chart': ['chart', '图表没有导入', true],
  'dgm:relIds': ['chart', 'SmartArt 图形没有导入', true],
}

// Tracked changes that touch no words: formatting, numbering, merged cells, sections.
const formatChanges: ReadonlySet<string> = new Set([
  'w:rPrChange',
  'w:pPrChange',
  'w:tblPrChange',
  'w:tblPrExChange',
  'w:tblGridChange',
  'w:trPrChange',
  'w:tcPrChange',
  'w:sectPrChange',
  'w:numberingChange',
  'w:cellMerge',
])

/** Reads the main part. Give `handler` to `readXml`, then take `finish()`. */
export function documentReader(context: ReaderContext): { handler: XmlHandler; finish(): ReadResult } {
  const loss: LossItem[] = []
  const counts = {
    paragraphs: 0,
    nonEmptyParagraphs: 0,
    tables: 0,
    textBoxes: 0,
    visibleTextBoxes: 0,
    autoNumberedParagraphs: 0,
  }
  const body: Flow = { blocks: [], kind: 'body', carried: '' }
  const flows: Flow[] = [body]
  const paragraphs: Paragraph[] = []
  const tables: Table[] = []
  const alternatives: Alternative[] = []
  const changes: Change[] = []
  const fields: Field[] = []
  const openComments = new Map<string, { words: string; index: number; quote: string }>()
  const path: string[] = []
  const controls: Array<{ prompt: boolean; words: string }> = []
  const redline: RedlineParagraph[] = []
  let redlined = 0
  const tracked = new TrackedChanges(context.revisions, context.decisions)
  let picturesBefore = 0
  /** Size on the page of the picture that is being read, in EMU; 0 when not known. */
  let picture = { width: 0, height: 0 }
  let run: { hidden: boolean; struck: boolean; raised: boolean; letterhead: boolean; prompt: boolean } | null = null
  let collecting: 'text' | 'deleted' | 'instruction' | 'formula' | 'drawing' | null = null
  let buffer = ''
  let formula: string | null = null
  let phonetic: string | null = null
  let paragraphNo = 0
  let tabs = 0
  let breaks = 0
  let formatted = 0

  const paragraph = (): Paragraph | undefined => paragraphs.at(-1)
  const inFallback = (): boolean => alternatives.some((alternative) => alternative.inFallback)
  const parent = (): string => path.at(-2) ?? ''

  const report = (
    kind: LossKind,
    effect: LossItem['effect'],
    losesWords: boolean,
    content: string,
    message: string,
    extra: { author?: string; date?: string } = {},
  ): void => {
    if (inFallback()) return
    const item: LossItem = {
      kind,
      effect,
      losesWords,
      paragraph: paragraph()?.index ?? paragraphNo,
      quote: '',
      content: shortened(content, 200),
      message,
      ...extra,
    }
    loss.push(item)
    paragraph()?.waiting.push(item)
  }

  /** Words of a run take the way their surroundings allow. */
  const addWords = (words: string, deleted: boolean): void => {
    const current = paragraph()
    if (current === undefined || words === '') return
    current.raw += words
    const change = changes.at(-1)
    if (change !== undefined) change.words += words
    if (!inFallback()) {
      if (changes.length === 0) tracked.unchanged()
      for (const { number, name } of changes) tracked.words(number, name, words)
    }
    const field = fields.at(-1)
    if (field?.result) field.words += words
    for (const comment of openComments.values()) if (comment.words.length < 200) comment.words += words
    if (inFallback()) {
      const alternative = alternatives.at(-1)
      // Only when the newer rendition says nothing do the words of the older one count.
      if (alternative !== undefined && (alternative.choiceWords > 0 || flows.at(-1)?.kind !== 'text-box')) return
    }
    for (const alternative of alternatives) if (!alternative.inFallback) alternative.choiceWords += words.trim().length
    if (phonetic !== null) {
      phonetic += words
      return
    }
    const control = controls.findLast(({ prompt }) => prompt)
    if (control !== undefined) {
      control.words += words
      return
    }
    if (run?.prompt && promptWords.test(words)) {
      reportPrompt(words)
      return
    }
    addPart(current, words, deleted)
    if (changes.some((entry) => entry.out) || (deleted && changes.length === 0)) return
    if (run?.letterhead) {
      const table = tables.at(-1)
      if (table !== undefined) table.letterhead = true
      if (words.trim() !== '')
        report('letterhead', 'dropped', false, words, '版头（发文机关标志、签发人）不属于正文，没有导入')
      return
    }
    if (run?.hidden || current.hidden) {
      report('hidden-text', 'dropped', true, words, '隐藏文字没有导入')
      return
    }
    if (run?.struck)
      report('struck-text', 'changed', false, words, '带删除线的文字已作为普通文字导入，请核对是否应当删去')
    if (run?.raised) report('raised-text', 'changed', false, words, '上标或下标已变成普通文字')
    current.words += words
  }

  const reportPrompt = (words: string): void =>
    report('placeholder', 'dropped', true, words, '内容控件还没有填写，显示的是提示语，没有作为正文导入；请补填')

  /** What Word would show of the paragraph. */
  const addPart = (current: Paragraph, text: string, deleted: boolean): void => {
    const change = changes.at(-1)
    const kind =
      change === undefined ? (deleted ? 'deleted' : 'same') : redlineKinds[change.name as keyof typeof redlineKinds]
    const by = change === undefined ? {} : { change: change.number, ...authorOf(change.attributes) }
    const last = current.parts.at(-1)
    if (last?.kind === kind && last.change === change?.number) last.text += text
    else current.parts.push({ kind, text, ...by })
  }

  const openParagraph = (): void => {
    if (!inFallback()) paragraphNo++
    paragraphs.push({
      words: '',
      raw: '',
      index: paragraphNo,
      style: '',
      numId: null,
      level: 0,
      hidden: false,
      markOut: false,
      waiting: [],
      parts: [],
    })
  }

  const closeParagraph = (): void => {
    const done = paragraphs.pop()
    const flow = flows.at(-1)
    if (done === undefined || flow === undefined) return
    counts.paragraphs++
    if (done.raw.trim() !== '') counts.nonEmptyParagraphs++
    if (
      !inFallback() &&
      done.parts.some(({ kind }) => kind !== 'same') &&
      redline.length < mostRedlined.paragraphs &&
      redlined < mostRedlined.characters
    ) {
      redlined += done.raw.length
      redline.push({ paragraph: done.index, parts: done.parts })
    }
    const styled = context.styles.numberOf(done.style)
    const numId = done.numId ?? styled?.numId ?? null
    const level = done.numId === null ? (styled?.level ?? 0) : done.level
    let words = flow.carried + done.words
    flow.carried = ''
    for (const item of done.waiting) item.quote = shortened(words === '' ? done.raw : words)
    if (done.markOut) {
      flow.carried = words
      return
    }
    if (numId !== null && numId !== '0' && !inFallback() && (done.numId !== null || words.trim() !== '')) {
      if (done.raw.trim() !== '') counts.autoNumberedParagraphs++
      // An empty numbered paragraph still counts in Word, so the list must count it too.
      const number = context.numbering.next(numId, level)
      if (number !== null && number.label !== '' && words.trim() !== '') {
        paragraphs.push(done)
        if (number.bullet) report('bullet', 'changed', false, number.label.trim(), '项目符号已变成文字')
        else
          report(
            'automatic-number',
            'changed',
            false,
            number.label.trim(),
            `自动编号“${number.label.trim()}”已变成文字`,
          )
        if (number.unknownFormat !== null) {
          report('number-format', 'changed', false, number.unknownFormat, '编号样式不认识，按阿拉伯数字导入，请核对')
        }
        paragraphs.pop()
        words = number.label + words
        for (const item of done.waiting) item.quote = shortened(words)
      }
    }
    push(flow, { kind: 'paragraph', text: words })
  }

  /** The last paragraph of a cell or box stays one, also when its mark is a tracked change. */
  const flushCarried = (flow: Flow): void => {
    if (flow.carried !== '') flow.blocks.push({ kind: 'paragraph', text: flow.carried })
    flow.carried = ''
  }

  const closeTextBox = (): void => {
    const box = flows.pop()
    const target = flows.at(-1)
    if (box === undefined || target === undefined) return
    const alternative = alternatives.at(-1)
    flushCarried(box)
    const words = box.blocks.map(wordsOf).join('').trim()
    if (inFallback() && alternative !== undefined && alternative.choiceWords > 0) return
    counts.visibleTextBoxes++
    // The box stands before the paragraph it is anchored in, as a letterhead does.
    if (words !== '') for (const block of box.blocks) push(target, block)
    report('text-box', 'changed', false, words, words === '' ? '空文本框没有导入' : '文本框里的文字已移到所在段落之前')
  }

  const closeTable = (): void => {
    const table = tables.pop()
    const flow = flows.at(-1)
    if (table === undefined || flow === undefined) return
    const words = table.rows.map((row) => row.map(cellWords))
    if (table.letterhead && words.every((row) => row.every((cell) => cell === ''))) return
    const place = { paragraph: table.firstParagraph, quote: shortened(words[0]?.join(' ') ?? '') }
    const note = (
      kind: LossKind,
      content: string,
      message: string,
      effect: LossItem['effect'] = 'changed',
      losesWords = false,
    ): void => {
      if (!inFallback()) loss.push({ kind, effect, losesWords, ...place, content, message })
    }
    const imprint = flow.kind === 'body' ? imprintLines(words) : null
    const laidOut = imprint === null ? unfolded(table.rows, { first: !hasWords, head: inHead, lastArticle }) : null
    if (laidOut !== null) {
      unfold(flow, laidOut, note)
      return
    }
    if (table.merged > 0)
      note('merged-cell', String(table.merged), `表格里有${table.merged}处合并单元格，已拆成普通单元格`)
    if (table.multiple > 0)
      note('cell-paragraphs', String(table.multiple), `表格里有${table.multiple}格含多个段落，已合为一段`)
    if (imprint !== null) {
      note('cell-paragraphs', '', '版记的表格已变成一行一行的文字')
      for (const text of imprint) flow.blocks.push({ kind: 'paragraph', text })
      return
    }
    const nested = table.rows.reduce((sum, row) => sum + row.filter(holdsTable).length, 0)
    if (nested > 0) note('nested-table', String(nested), '嵌套的表格已变成单元格里的文字')
    const suspects = suspectArticles(table.rows)
    if (suspects > 0)
      note(
        'layout-table',
        String(suspects),
        `表格里有${suspects}处疑似条文，按表格导入，没有当作条文；如果是正文，请在文件里改成段落后再导入`,
      )
    push(flow, { kind: 'table', rows: squared(words) })
  }

  /** A layout table becomes paragraphs; labels that are left out are named. */
  const unfold = (
    flow: Flow,
    { blocks, what, labels }: Unfolded,
    note: (kind: LossKind, content: string, message: string, effect?: LossItem['effect']) => void,
  ): void => {
    note('layout-table', what, `${what}排在表格里，已展开成段落，请核对先后次序`)
    if (labels.length > 0) {
      const said =
        what === '版头'
          ? '版头的份号、密级、签发人等不属于正文'
          : what === '落款'
            ? '印章的记号不属于正文'
            : '表格里的栏目名称不属于正文'
      note('layout-table', shortened(labels.join('、'), 200), `${said}，没有导入`, 'dropped')
    }
    for (const block of blocks)
      push(flow, block.kind === 'table' ? { kind: 'table', rows: squared(block.rows) } : block)
  }

  const squared = (rows: string[][]): string[][] => {
    const width = Math.min(
      mostColumns,
      rows.reduce((most, row) => Math.max(most, row.length), 0),
    )
    return rows.map((row) => [...row, ...Array(Math.max(0, width - row.length)).fill('')])
  }

  /** Whether the document has words so far, and its last article: what a table that follows is judged by. */
  let hasWords = false
  let lastArticle = 0
  /** Since the beginning, or since 附件, only lines of a head have come. */
  let inHead = true
  const push = (flow: Flow, block: Block): void => {
    flow.blocks.push(block)
    if (flow.kind === 'cell') return
    if (block.kind === 'table') {
      hasWords ||= block.rows.length > 0
      inHead = false
      return
    }
    const text = block.text.trim()
    hasWords ||= text !== ''
    if (/^附(?:\s?[件录表])?\s?[0-9一二三四五六七八九十]{0,3}[：:]?$/u.test(text)) inHead = true
    else if (text.length > 80 || /[。；;：:]$/u.test(text)) inHead = false
    lastArticle = articleNumber(block.text) ?? lastArticle
  }

  /** A row or cell that was inserted or deleted as a whole. What its runs report of themselves is not counted again. */
  const reportPiece = (change: PieceChange, piece: string, words: string, place: number): void => {
    if (inFallback()) return
    const { kind, out, attributes } = change
    const decided = tracked.decision(change.number)
    const content = words.trim()
    loss.push({
      kind,
      effect: out ? 'dropped' : 'changed',
      losesWords: kind === 'insertion' && decided === 'undecided' && content !== '',
      paragraph: place,
      quote: shortened(content),
      content: shortened(content, 200),
      message: fateOf(kind === 'insertion' ? 'w:ins' : 'w:del', `表格${piece}`, decided),
      ...authorOf(attributes),
    })
  }

  const closeRow = (): void => {
    const table = tables.at(-1)
    if (table === undefined) return
    const { rowChange, row } = table
    table.rowChange = null
    if (rowChange !== null) reportPiece(rowChange, '行', row.map(cellWords).join(' '), table.rowParagraph)
    if (row.length > 0 && !rowChange?.out) table.rows.push(row)
  }

  const closeCell = (): void => {
    const cell = flows.pop()
    const table = tables.at(-1)
    if (cell === undefined || table === undefined) return
    flushCarried(cell)
    if (table.cellChange !== null) reportPiece(table.cellChange, '单元格', cellWords(cell.blocks), table.cellParagraph)
    if (table.cellChange?.out) return
    if (cell.blocks.filter((block) => wordsOf(block).trim() !== '').length > 1) table.multiple++
    table.row.push(cell.blocks)
    for (let span = 1; span < table.cellSpan && table.row.length < mostColumns; span++) table.row.push([])
    if (table.cellSpan > 1 || table.continued) table.merged++
  }

  const closeChange = (): void => {
    const change = changes.pop()
    if (change === undefined) return
    const outer = changes.at(-1)
    if (outer !== undefined) outer.words += change.words
    if (change.words.trim() === '') return
    report(
      change.kind,
      change.out ? 'dropped' : 'changed',
      change.kind === 'insertion' && tracked.decision(change.number) === 'undecided',
      change.words,
      fateOf(change.name, '文字', tracked.decision(change.number)),
      authorOf(change.attributes),
    )
  }

  const closeField = (): void => {
    const field = fields.pop()
    if (field === undefined) return
    const outer = fields.at(-1)
    if (outer?.result) outer.words += field.words
    const instruction = field.instruction.trim()
    if (instruction === '') return
    if (/^HYPERLINK\b/i.test(instruction)) {
      report('link', 'changed', false, instruction, `超链接已去掉，文字“${shortened(field.words)}”保留`)
    } else if (/^MACROBUTTON\s+\S+\s+\S/i.test(instruction)) {
      reportPrompt(instruction.replace(/^MACROBUTTON\s+\S+\s+/i, ''))
    } else if (field.words.trim() === '' && !/^(?:PAGE|NUMPAGES|SECTIONPAGES|TC|XE|SET|SEQ|RD)\b/i.test(instruction)) {
      report('field', 'dropped', true, instruction, '域没有显示结果，里面的文字没有导入')
    } else {
      report('field', 'changed', false, instruction, `域已变成它当前显示的文字“${shortened(field.words)}”`)
    }
  }

  const openChange = (name: string, attributes: Attributes): void => {
    const number = numberOf(name, 'text', attributes)
    changes.push({
      number,
      kind: name === 'w:ins' ? 'insertion' : name === 'w:del' ? 'deletion' : 'move',
      out: tracked.isOut(name, number),
      words: '',
      attributes,
      name,
    })
  }

  /** The older rendition of a text box holds its changes once more: they are not counted again. */
  const numberOf = (name: string, what: TrackedChange['what'], attributes: Attributes): number =>
    inFallback()
      ? tracked.list.length
      : tracked.number(name, what, what === 'row' ? paragraphNo + 1 : paragraphNo, attributes)

  const pieceChange = (name: string, what: 'row' | 'cell', attributes: Attributes): PieceChange => {
    const number = numberOf(name, what, attributes)
    return {
      number,
      kind: name === 'w:ins' || name === 'w:cellIns' ? 'insertion' : 'deletion',
      out: tracked.isOut(name, number),
      attributes,
    }
  }

  const isRunChange = (name: string): boolean =>
    ['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo'].includes(name) &&
    !['w:rPr', 'w:trPr', 'w:numPr', 'w:ctrlPr'].includes(parent())

  const handler: XmlHandler = {
    open(name, attributes) {
      path.push(name)
      const current = paragraph()
      switch (name) {
        case 'w:p':
          openParagraph()
          return
        case 'w:tbl':
          counts.tables++
          tables.push({
            rows: [],
            row: [],
            cellSpan: 1,
            continued: false,
            merged: 0,
            multiple: 0,
            firstParagraph: paragraphNo + 1,
            rowParagraph: 0,
            cellParagraph: 0,
            rowChange: null,
            cellChange: null,
            letterhead: false,
          })
          return
        case 'w:tr': {
          const table = tables.at(-1)
          if (table !== undefined) {
            table.row = []
            table.rowChange = null
            table.rowParagraph = paragraphNo + 1
          }
          return
        }
        case 'w:tc': {
          const table = tables.at(-1)
          if (table !== undefined) {
            table.cellSpan = 1
            table.continued = false
            table.cellChange = null
            table.cellParagraph = paragraphNo + 1
          }
          flows.push({ blocks: [], kind: 'cell', carried: '' })
          return
        }
        case 'w:gridSpan': {
          const table = tables.at(-1)
          if (table !== undefined && path.at(-3) === 'w:tc')
            table.cellSpan = Math.min(64, Math.max(1, Number(attributes['w:val'] ?? 1) || 1))
          return
        }
        case 'w:vMerge': {
          const table = tables.at(-1)
          if (table !== undefined && path.at(-3) === 'w:tc' && attributes['w:val'] !== 'restart') table.continued = true
          return
        }
        case 'w:txbxContent':
          counts.textBoxes++
          flows.push({ blocks: [], kind: 'text-box', carried: '' })
          return
        case 'mc:AlternateContent':
          alternatives.push({ choiceWords: 0, inFallback: false })
          return
        case 'mc:Fallback': {
          const alternative = alternatives.at(-1)
          if (alternative !== undefined) alternative.inFallback = true
          return
        }
        case 'v:textpath': {
          const words = attributes.string ?? ''
          if (words.trim() === '' || (alternatives.at(-1)?.choiceWords ?? 0) > 0) return
          flows.at(-1)?.blocks.push({ kind: 'paragraph', text: words })
          report('word-art', 'changed', false, words, '艺术字已变成普通文字')
          return
        }
        case 'w:pStyle':
          // Not the former style inside a tracked change of formatting.
          if (current !== undefined && path.at(-3) === 'w:p') {
            current.style = attributes['w:val'] ?? ''
            current.hidden = context.styles.hidden(current.style)
          }
          return
        case 'w:numId':
          if (current !== undefined && path.at(-4) === 'w:p') current.numId = attributes['w:val'] ?? null
          return
        case 'w:ilvl':
          if (current !== undefined && path.at(-4) === 'w:p')
            current.level = Math.min(8, Number(attributes['w:val'] ?? 0) || 0)
          return
        case 'w:r':
          run = { hidden: false, struck: false, raised: false, letterhead: false, prompt: false }
          return
        case 'w:cellIns':
        case 'w:cellDel': {
          const table = tables.at(-1)
          if (table !== undefined && path.at(-3) === 'w:tc') table.cellChange = pieceChange(name, 'cell', attributes)
          return
        }
        case 'w:rStyle':
          // Not the former style inside a tracked change of formatting.
          if (run === null || path.at(-3) !== 'w:r') return
          run.letterhead = attributes['w:val'] === letterheadStyle
          if (context.styles.hidden(attributes['w:val'] ?? '')) run.hidden = true
          run.prompt = context.styles.prompt(attributes['w:val'] ?? '')
          return
        case 'w:sdt':
          controls.push({ prompt: false, words: '' })
          return
        case 'w:showingPlcHdr': {
          const control = controls.at(-1)
          if (control !== undefined && parent() === 'w:sdtPr') control.prompt = on(attributes)
          return
        }
        case 'a:t':
          collecting = 'drawing'
          buffer = ''
          return
        case 'w:drawing':
        case 'w:pict':
          picture = { width: 0, height: 0 }
          return
        case 'wp:extent':
          picture = { width: Number(attributes.cx ?? 0) || 0, height: Number(attributes.cy ?? 0) || 0 }
          return
        case 'v:shape':
        case 'v:rect':
          picture = drawnSize(attributes.style ?? '')
          return
        case 'w:vanish':
        case 'w:webHidden':
          if (run !== null && path.at(-3) === 'w:r') run.hidden = on(attributes)
          return
        case 'w:strike':
        case 'w:dstrike':
          if (run !== null && path.at(-3) === 'w:r' && on(attributes)) run.struck = true
          return
        case 'w:vertAlign':
          if (run !== null && path.at(-3) === 'w:r')
            run.raised = ['superscript', 'subscript'].includes(attributes['w:val'] ?? '')
          return
        case 'w:t':
          collecting = 'text'
          buffer = ''
          return
        case 'w:delText':
          collecting = 'deleted'
          buffer = ''
          return
        case 'w:instrText':
        case 'w:delInstrText':
          collecting = 'instruction'
          buffer = ''
          return
        case 'm:oMath':
          formula ??= ''
          return
        case 'm:t':
          collecting = 'formula'
          buffer = ''
          return
        case 'w:tab':
        case 'w:ptab':
          if (parent() === 'w:r') {
            // A tab in plain text would read as the border of two table cells.
            addWords('　', false)
            if (!inFallback() && !run?.letterhead) tabs++
          }
          return
        case 'w:br':
          if (parent() !== 'w:r') return
          if (attributes['w:type'] === undefined || attributes['w:type'] === 'textWrapping') addWords('\n', false)
          if (!inFallback()) breaks++
          return
        case 'w:cr':
          if (parent() === 'w:r') addWords('\n', false)
          return
        case 'w:noBreakHyphen':
          addWords('-', false)
          return
        case 'w:softHyphen':
          report('soft-hyphen', 'dropped', false, '', '可选连字符没有导入')
          return
        case 'w:sym': {
          const code = (attributes['w:char'] ?? '').toUpperCase()
          const known = /^symbol$/i.test(attributes['w:font'] ?? '')
            ? (symbols[`${code}S`] ?? symbols[code])
            : symbols[code]
          const direct = Number.parseInt(code, 16)
          const sign =
            known ?? (direct > 0 && !(direct >= 0xe000 && direct <= 0xf8ff) ? String.fromCodePoint(direct) : '〓')
          report(
            'symbol',
            'changed',
            sign === '〓',
            `${attributes['w:font'] ?? ''} ${code}`,
            sign === '〓' ? '符号字体里的符号不认识，已用“〓”占位' : `符号已变成“${sign}”`,
          )
          addWords(sign, false)
          return
        }
        case 'w:fldChar': {
          const type = attributes['w:fldCharType']
          if (type === 'begin') fields.push({ instruction: '', result: false, words: '' })
          else if (type === 'separate') {
            const field = fields.at(-1)
            if (field !== undefined) field.result = true
          } else if (type === 'end') closeField()
          return
        }
        case 'w:fldSimple':
          fields.push({ instruction: attributes['w:instr'] ?? '', result: true, words: '' })
          return
        case 'w:hyperlink': {
          const target = context.relations.get(attributes['r:id'] ?? '') ?? attributes['w:anchor'] ?? ''
          report('link', 'changed', false, target, '超链接已去掉，文字保留')
          return
        }
        case 'w:footnoteReference':
        case 'w:endnoteReference': {
          const foot = name === 'w:footnoteReference'
          const words = (foot ? context.footnotes : context.endnotes).get(attributes['w:id'] ?? '') ?? ''
          report(
            foot ? 'footnote' : 'endnote',
            'dropped',
            words.trim() !== '',
            words,
            `${foot ? '脚注' : '尾注'}没有导入`,
          )
          return
        }
        case 'w:commentRangeStart':
          // Comments that overlap by the thousand are not made by people, and each one costs time for every word.
          if (openComments.size < 100)
            openComments.set(attributes['w:id'] ?? '', {
              words: '',
              index: paragraph()?.index ?? paragraphNo + 1,
              quote: '',
            })
          return
        case 'w:commentReference': {
          const id = attributes['w:id'] ?? ''
          const comment = context.comments.get(id)
          const range = openComments.get(id)
          openComments.delete(id)
          report(
            'comment',
            'dropped',
            false,
            comment?.text ?? '',
            `批注没有导入${range?.words ? `，批注的是“${shortened(range.words)}”` : ''}`,
            {
              ...(comment?.author ? { author: comment.author } : {}),
              ...(comment?.date ? { date: comment.date } : {}),
            },
          )
          return
        }
        case 'a:blip':
        case 'v:imagedata': {
          const id = attributes['r:embed'] ?? attributes['r:id'] ?? attributes['r:link']
          // Lines and frames drawn in VML carry an empty picture element: nothing is lost with them.
          if (id === undefined || id === '') return
          if (!hasWords && !inFallback()) picturesBefore++
          const page = picture.width >= pageOfWords.width && picture.height >= pageOfWords.height
          const said = page
            ? '整页的图片没有导入，像是扫描的文字；请补录其中的文字'
            : '图片没有导入；图里如有文字，请补录'
          report('image', 'dropped', page, context.relations.get(id) ?? id, said)
          return
        }
        case 'w:rt':
          phonetic = ''
          return
        default:
      }
      if (/^w:move(?:From|To)Range(?:Start|End)$/u.test(name)) {
        tracked.range(name, attributes)
        return
      }
      if (isRunChange(name)) {
        openChange(name, attributes)
        return
      }
      if (
        (name === 'w:ins' || name === 'w:del' || name === 'w:moveTo' || name === 'w:moveFrom') &&
        parent() === 'w:rPr'
      ) {
        // The mark of the paragraph itself (its end) was inserted or deleted.
        if (current !== undefined && path.at(-3) === 'w:pPr') {
          if (tracked.isOut(name, numberOf(name, 'paragraph', attributes))) current.markOut = true
        }
        return
      }
      if ((name === 'w:ins' || name === 'w:del') && parent() === 'w:trPr') {
        const table = tables.at(-1)
        if (table !== undefined && path.at(-3) === 'w:tr') table.rowChange = pieceChange(name, 'row', attributes)
        return
      }
      if (formatChanges.has(name) || (name === 'w:ins' && parent() === 'w:numPr')) {
        if (!inFallback()) formatted++
        return
      }
      const rule = Object.hasOwn(dropped, name) ? dropped[name] : undefined
      if (rule !== undefined) report(rule[0], 'dropped', rule[2], attributes.ProgID ?? '', rule[1])
    },

    close(name) {
      if (collecting !== null && collected.has(name)) {
        const words = buffer
        const kind = collecting
        collecting = null
        buffer = ''
        if (kind === 'instruction') {
          const field = fields.at(-1)
          if (field !== undefined && !field.result) field.instruction += words
        } else if (kind === 'drawing') {
          if (words.trim() !== '') report('text-box', 'dropped', true, words, '图形里的文字没有导入，请补录')
        } else if (kind === 'formula') {
          if (formula !== null) formula += words
          addWords(words, false)
        } else {
          if (words.includes('\u00ad')) report('soft-hyphen', 'dropped', false, '', '可选连字符没有导入')
          addWords(words.replaceAll('\u00ad', '').replaceAll('\t', '　'), kind === 'deleted')
        }
      }
      switch (name) {
        case 'w:p':
          closeParagraph()
          break
        case 'w:tbl':
          closeTable()
          break
        case 'w:tr':
          closeRow()
          break
        case 'w:tc':
          closeCell()
          break
        case 'w:txbxContent':
          closeTextBox()
          break
        case 'mc:AlternateContent':
          alternatives.pop()
          break
        case 'mc:Fallback': {
          const alternative = alternatives.at(-1)
          if (alternative !== undefined) alternative.inFallback = false
          break
        }
        case 'w:r':
          run = null
          break
        case 'w:sdt': {
          const control = controls.pop()
          if (control?.prompt && control.words.trim() !== '') reportPrompt(control.words)
          break
        }
        case 'w:fldSimple':
          closeField()
          break
        case 'm:oMath':
          if (formula !== null) report('formula', 'changed', true, formula, '公式的排版丢失，只留下其中的字符，请核对')
          formula = null
          break
        case 'w:rt':
          if (phonetic) report('phonetic', 'dropped', true, phonetic, '拼音注音没有导入')
          phonetic = null
          break
        default:
          if (isRunChange(name)) closeChange()
      }
      path.pop()
    },

    text(words) {
      if (collecting !== null) buffer += words
    },
  }

  return {
    handler,
    finish() {
      const rest = body.carried
      if (rest.trim() !== '') body.blocks.push({ kind: 'paragraph', text: rest })
      const summary = (kind: LossKind, count: number, message: string): void => {
        if (count > 0)
          loss.push({
            kind,
            effect: 'changed',
            losesWords: false,
            paragraph: 0,
            quote: '',
            content: String(count),
            message,
            count,
          })
      }
      summary('format-change', formatted, `${formatted}处格式修订未经接受：只涉及字体、段落或表格的样子，文字不受影响`)
      summary('tab', tabs, `${tabs}个制表符已变成全角空格`)
      summary('line-break', breaks, `${breaks}个手动换行、分页或分栏符：换行保留，分页和分栏去掉`)
      return { blocks: body.blocks, loss, redline, changes: tracked.finish(), picturesBefore, counts }
    },
  }
}

/** The rows of a table that is 版记: 抄送 and the like, and last 印发机关 with 印发日期. Null for any other table. */
function imprintLines(rows: readonly string[][]): string[] | null {
  const lines = rows.map((row) => row.filter((cell) => cell !== '').join('　')).filter((line) => line !== '')
  const last = lines.at(-1)
  if (last === undefined || last.length > 80 || !/日\s*印发$/u.test(last)) return null
  return lines.slice(0, -1).every((line) => /^(?:抄送|分送|主送|抄报|报送)[：:]/u.test(line)) ? lines : null
}

const collected: ReadonlySet<string> = new Set(['w:t', 'w:delText', 'w:instrText', 'w:delInstrText', 'm:t', 'a:t'])
const promptWords = /单击|点击|此处|请[填输选]|输入|选择|占位|click|tap|choose|enter/iu
const redlineKinds = {
  'w:ins': 'inserted',
  'w:del': 'deleted',
  'w:moveFrom': 'moved-from',
  'w:moveTo': 'moved-to',
} as const

/** A picture at least so large in both directions (EMU: 12 by 14 cm) may be a page of words. */
const pageOfWords = { width: 4_320_000, height: 5_040_000 }
const emuOf: Record<string, number> = { pt: 12_700, in: 914_400, cm: 360_000, mm: 36_000, px: 9525 }
/** Size of a VML shape by its style. */
function drawnSize(style: string): { width: number; height: number } {
  const of = (name: string): number => {
    const found = new RegExp(`(?:^|;)\\s*${name}\\s*:\\s*([\\d.]{1,12})(pt|in|cm|mm|px)`, 'i').exec(style)
    return found === null ? 0 : Number(found[1]) * (emuOf[(found[2] ?? '').toLowerCase()] ?? 0)
  }
  return { width: of('width'), height: of('height') }
}

/** What became of one tracked change: “插入”, “删除”, “移走”, “移来”. */
function fateOf(name: string, what: string, revisions: Revisions): string {
  const accepted = revisions === 'accept'
  const open = revisions === 'undecided' ? '还没有决定是否接受' : '已拒绝'
  switch (name) {
    case 'w:ins':
      return accepted
        ? `修订（插入）已接受，${what}已导入`
        : `修订（插入）${open}，${what}没有导入${revisions === 'undecided' ? '；请先决定接受还是拒绝修订' : ''}`
    case 'w:del':
      return accepted ? `修订（删除）已接受，${what}没有导入` : `修订（删除）${open}，${what}按未删除导入`
    case 'w:moveFrom':
      return accepted ? `修订（移走）已接受，${what}已移到新的位置` : `修订（移走）${open}，${what}留在原处`
    default:
      return accepted ? `修订（移来）已接受，${what}已移到这里` : `修订（移来）${open}，${what}留在原处，没有移到这里`
  }
}

const holdsTable = (cell: Cell): boolean => cell.some(({ kind }) => kind === 'table')

const wordsOf = (block: Block): string =>
  block.kind === 'paragraph'
    ? block.text
    : block.rows.map((row) => row.filter((cell) => cell !== '').join(' ')).join(' ')
