// Reads text into blocks, one per paragraph. The structure is the parser's; lines the parser does not account for
// become paragraphs as they are, so that any text that is read is printed again to the letter.
import { cite, type Element, type Fault, parseText, type StructuredText } from '@dianzhang/text'
import { bindReferences } from './binding.ts'
import { type Block, type BlockText, Counters, type Inline, printBlocks, styleOf } from './blocks.ts'
import type { BlockLevel } from './levels.ts'

interface SourceLine {
  start: number
  end: number
}
interface Piece {
  start: number
  end: number
  level: BlockLevel
  depth: number
  element: Element
}
const space = '[ \\t\\u3000\\u00a0\\ufeff\\u2000-\\u200b\\u202f\\u205f]'
const edges = new RegExp(`^${space}+|${space}+$`, 'gu')
const afterUnit = new RegExp(`^${space}*(?:[：:]${space}*)?`, 'u')
const afterList = new RegExp(`^${space}*`, 'u')

/** The lines that have words, without the white space at both ends. */
function linesOf(source: string): SourceLine[] {
  const lines: SourceLine[] = []
  const ends = /\r\n|[\n\v\f\r\u0085\u2028\u2029]|$/gu
  let from = 0
  for (const found of source.matchAll(ends)) {
    const text = source.slice(from, found.index)
    const trimmed = text.replace(edges, '')
    if (trimmed !== '') {
      const start = from + text.indexOf(trimmed)
      lines.push({ start, end: start + trimmed.length })
    }
    from = found.index + found[0].length
    if (found[0] === '') break
  }
  return lines
}

function piecesOf(t: StructuredText, source: string): Piece[] {
  const pieces: Piece[] = []
  const visit = (list: Element[], parent: Element | null, depth: number): void => {
    for (const [order, element] of list.entries()) {
      const { level } = element
      const add = (as: BlockLevel, at = 1): void => {
        pieces.push({ start: element.start, end: element.end, level: as, depth: at, element })
      }
      if (level === 'item' || level === 'subitem') add('item', depth + 1)
      else if (level === 'paragraph') {
        // The first paragraph stands in the line of its article.
        const inLine = parent?.level === 'article' && order === 0 && element.line === parent.line
        if (!inLine && element.text !== '') add('paragraph')
      } else if (level !== 'text' || source.slice(element.start, element.end).includes(element.text)) add(level)
      visit(element.children, element, level === 'item' || level === 'subitem' ? depth + 1 : 0)
    }
  }
  for (const list of [t.preamble, t.body, ...t.attachments.map((one) => one.body)]) visit(list, null, 0)
  return pieces.sort((a, b) => a.start - b.start)
}

/**
 * The parts that the parser recognises without giving their position: title, document number, addressees, list of
 * attachments, signature, date, note, attachments, imprint.
 */
class Parts {
  readonly #t: StructuredText
  #title: string | null
  #attachment = -1
  #attachmentTitle: string | null = null
  #stated = 0
  #open: BlockLevel | null = null
  constructor(t: StructuredText) {
    this.#t = t
    this.#title = t.title
  }
  /** What this line is; when `joins` is true it continues the line before (a title set over several lines). */
  take(line: string, inToc: boolean): { level: BlockLevel; joins: boolean } {
    const t = this.#t
    const is = (level: BlockLevel, joins = false) => {
      this.#open = level
      return { level, joins }
    }
    if (inToc) return is('toc')
    // The letterhead is neither the beginning of the title nor a signature.
    if (this.#title === t.title && t.letterhead?.includes(line)) return is('text')
    if (this.#title !== null && this.#title !== '' && this.#title.startsWith(line)) {
      const joins = this.#open === 'title' && this.#title !== t.title
      this.#title = this.#title.slice(line.length)
      return is('title', joins)
    }
    if (this.#attachmentTitle?.startsWith(line)) {
      const joins = this.#open === 'attachmentTitle'
      this.#attachmentTitle = this.#attachmentTitle.slice(line.length)
      return is('attachmentTitle', joins)
    }
    if (line === t.documentNumber) return is('docno')
    if (t.addressees !== null && line.replace(/\s*[：:]$/u, '') === t.addressees) return is('addressees')
    if (this.#attachment < 0) {
      const stated = t.attachmentsNote[this.#stated]
      if (stated !== undefined && line.replace(/\s/gu, '').includes(stated.replace(/\s/gu, ''))) {
        while (line.includes(t.attachmentsNote[this.#stated] ?? '\n')) this.#stated++
        return is('stated')
      }
      if (stated !== undefined && /^附\s*件\s*[：:]$/u.test(line)) return is('stated')
      if (t.dateText !== null && line.endsWith(t.dateText)) return is('date')
      if (t.signature.includes(line)) return is('signature')
    }
    if (t.note !== null && line.slice(1, -1) === t.note) return is('note')
    if (t.imprint.includes(line)) return is('imprint')
    const next = t.attachments[this.#attachment + 1]
    if (next) {
      const plain = line.replace(/\s/gu, '')
      const labelled = next.label !== '' && plain.startsWith(next.label.replace(/\s/gu, ''))
      if (labelled || (next.label === '' && next.title?.startsWith(line))) {
        this.#attachment++
        const title = next.title ?? ''
        if (!labelled) {
          this.#attachmentTitle = title.slice(line.length)
          return is('attachmentTitle')
        }
        // 附件1：目录 carries its title in the same line.
        this.#attachmentTitle = line.endsWith(title) ? null : title
        return is('attachment')
      }
    }
    return is('text')
  }
}

/** The kinds of numbering faults; any one of them keeps all numbers as they are. */
const numberingFaults = new Set<Fault['code']>(['gap', 'repeat', 'disorder', 'first-not-one', 'unreadable-number'])

export interface ReadText extends BlockText {
  structure: StructuredText
  /** Numbering is at fault and kept as it is. */
  kept: boolean
}

/**
 * Reads a text. `structure` is its structure (preferably with ids inherited from earlier versions); parsed here when
 * absent.
 * Without numbering faults, numbers become automatic; with faults they are kept as they are until automatic numbering
 * is chosen.
 */
export function readText(source: string, structure: StructuredText = parseText(source)): ReadText {
  const read = assemble(source, structure)
  const kept = structure.faults.some((fault) => numberingFaults.has(fault.code))
  if (kept) for (const block of read.blocks) keepNumber(block)
  else number(read.blocks)
  let text: BlockText = read
  if (printBlocks(text).text !== source) text = plainly(source)
  text.blocks = bindReferences(text, cite(source).internal)
  // Bound references print what was written; should one not, the text is kept without them.
  if (printBlocks(text).text !== source) text = plainly(source)
  return { ...text, structure, kept }
}

const written = new WeakMap<Block, string>()
const keepNumber = (block: Block): void => {
  const number = written.get(block)
  if (number !== undefined) block.written = number
}

/**
 * Numbers by position; where this differs from what is written (a new list, a continued one), records where counting
 * starts.
 */
function number(blocks: Block[]): void {
  const counters = new Counters()
  for (const [at, block] of blocks.entries()) {
    counters.enter(blocks, at)
    const wanted = written.get(block)
    const ordinal = ordinals.get(block)
    const fits = (): boolean => counters.propose(block)?.text === wanted
    if (wanted !== undefined && block.written === null && !fits()) {
      const first = ordinal?.length === 1 ? ordinal[0] : undefined
      for (const run of first === 1 ? (['anew'] as const) : (['continue', first ?? null] as const)) {
        block.run = run
        if (fits()) break
      }
      if (!fits()) {
        block.run = null
        block.written = wanted
      }
    }
    counters.commit(block, counters.propose(block))
  }
}
const ordinals = new WeakMap<Block, number[] | null>()

let fresh = 0
/** Ids for new paragraphs; never equal to those the parser gives. */
export const newId = (): string => `n${(++fresh).toString(36)}${Math.floor(Math.random() * 1e9).toString(36)}`

export const emptyBlock = (level: BlockLevel, more: Partial<Block> = {}): Block => ({
  id: newId(),
  level,
  depth: 1,
  style: null,
  branch: 0,
  run: null,
  written: null,
  lead: '\n',
  gap: '',
  content: [],
  ...more,
})

function assemble(source: string, t: StructuredText): BlockText {
  const lines = linesOf(source)
  const pieces = piecesOf(t, source)
  const parts = new Parts(t)
  const blocks: Block[] = []
  const head = lines[0]
    ? (/^[\s\S]*[\n\v\f\r\u0085\u2028\u2029]/u.exec(source.slice(0, lines[0].start))?.[0] ?? '')
    : source
  let done = head.length
  let at = 0
  const words = (from: number, to: number): Inline[] =>
    to > from ? [{ kind: 'text', text: source.slice(from, to) }] : []
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] as SourceLine
    if (line.start < done && done > head.length) continue
    const here: Piece[] = []
    while (at < pieces.length && (pieces[at]?.start ?? 0) < line.end) {
      const piece = pieces[at++] as Piece
      if (piece.start >= line.start) here.push(piece)
    }
    const [table] = here
    if (table?.level === 'table') {
      const end = Math.max(line.end, table.end)
      blocks.push(
        emptyBlock('table', {
          id: table.element.id,
          lead: source.slice(done, line.start),
          rows: table.element.rows ?? [],
          raw: source.slice(line.start, end),
        }),
      )
      done = end
      continue
    }
    if (here.length === 0 || here[0]?.start !== line.start) {
      const text = source.slice(line.start, here[0]?.start ?? line.end).replace(edges, '')
      const inToc = t.toc !== null && line.start >= t.toc.start && line.start < t.toc.end
      const { level, joins } = parts.take(text, inToc)
      const last = blocks.at(-1)
      const end = line.start + text.length
      if (joins && last && last.level === level) {
        last.content.push({ kind: 'break', text: source.slice(done, line.start) }, ...words(line.start, end))
      } else blocks.push(emptyBlock(level, { lead: source.slice(done, line.start), content: words(line.start, end) }))
      done = end
    }
    for (const [order, piece] of here.entries()) {
      const { element } = piece
      const limit = here[order + 1]?.start ?? line.end
      let end = piece.start + source.slice(piece.start, limit).replace(edges, '').length
      const block = emptyBlock(piece.level, {
        id: element.id,
        depth: piece.depth,
        lead: source.slice(done, piece.start),
      })
      let from = piece.start
      const printed = element.number
      if (printed !== null && source.startsWith(printed, from)) {
        from += printed.length
        const rest = source.slice(from, end)
        const gap =
          (element.level === 'article' || /[编章节]$/u.test(printed) ? afterUnit : afterList).exec(rest)?.[0] ?? ''
        block.gap = gap
        from += gap.length
        block.style = styleOf(printed, element.ordinal)
        block.branch = Math.max(0, (element.ordinal?.length ?? 1) - 1)
        ordinals.set(block, element.ordinal)
        written.set(block, printed)
        // Until the numbers are looked at.
        if (block.style === null) block.written = printed
      }
      block.content = words(from, end)
      // A heading may stand, or go on, in the line below.
      const below = lines[index + 1]
      const unit =
        element.level === 'part' ||
        element.level === 'subpart' ||
        element.level === 'chapter' ||
        element.level === 'section'
      if (
        unit &&
        order === here.length - 1 &&
        below &&
        element.end === below.end &&
        (pieces[at]?.start ?? below.end) >= below.end
      ) {
        const between = source.slice(end, below.start)
        if (from === end) block.gap = `${source.slice(piece.start + (printed?.length ?? 0), end)}${between}`
        else block.content.push({ kind: 'break', text: between })
        block.content.push(...words(below.start, below.end))
        end = below.end
        index++
      }
      blocks.push(block)
      done = end
    }
  }
  return { head, blocks, tail: source.slice(done) }
}

/** Even without structure not a character is lost: one paragraph per line. */
function plainly(source: string): BlockText {
  const lines = linesOf(source)
  const first = lines[0]
  const head = first ? (/^[\s\S]*[\n\v\f\r\u0085\u2028\u2029]/u.exec(source.slice(0, first.start))?.[0] ?? '') : source
  let done = head.length
  const blocks = lines.map((line) => {
    const block = emptyBlock('text', {
      lead: source.slice(done, line.start),
      content: [{ kind: 'text', text: source.slice(line.start, line.end) }],
    })
    done = line.end
    return block
  })
  return { head, blocks, tail: source.slice(done) }
}
