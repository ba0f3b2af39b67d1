// Converts between the editor's document and the text in blocks, one per paragraph, and maps positions between the
// two.
import { Fragment, type Node, type Schema } from '@tiptap/pm/model'
import {
  type Block,
  type BlockNumber,
  type BlockText,
  type Inline,
  inlineText,
  numbersOf,
  type Printed,
  printBlocks,
} from './model/blocks.ts'
import type { BlockLevel } from './model/levels.ts'
import { type Address, type AddressedBlock, addressesOf } from './model/references.ts'

export function nodeOf(schema: Schema, block: Block): Node {
  const { line, grid, row, cell, reference, linebreak } = schema.nodes
  if (!line || !grid || !row || !cell || !reference || !linebreak) throw new Error('编辑器的结构不全')
  if (block.level === 'table') {
    const rows = block.rows && block.rows.length > 0 ? block.rows : [['']]
    return grid.create(
      { id: block.id, lead: block.lead, raw: block.raw ?? null, rows: block.raw ? JSON.stringify(rows) : null },
      rows.map((cells) =>
        row.create(
          null,
          (cells.length > 0 ? cells : ['']).map((text) => cell.create(null, text === '' ? null : schema.text(text))),
        ),
      ),
    )
  }
  const { id, level, depth, style, branch, run, written, lead, gap } = block
  return line.create(
    { id, level, depth, style, branch, run, written, lead, gap },
    Fragment.fromArray(
      block.content
        .filter((inline) => inline.text !== '')
        .map((inline) =>
          inline.kind === 'text'
            ? schema.text(inline.text)
            : inline.kind === 'break'
              ? linebreak.create({ text: inline.text })
              : reference.create({
                  target: inline.target,
                  form: inline.form,
                  text: inline.text,
                  broken: inline.broken,
                  was: inline.was,
                }),
        ),
    ),
  )
}

export const docOf = (schema: Schema, { head, blocks, tail }: BlockText): Node =>
  schema.topNodeType.create(
    { head, tail },
    blocks.length > 0
      ? blocks.map((block) => nodeOf(schema, block))
      : [schema.nodes.line?.create({ id: 'n0', level: 'title', lead: '' })].flatMap((node) => node ?? []),
  )

const inlineOf = (node: Node): Inline =>
  node.isText
    ? { kind: 'text', text: node.text ?? '' }
    : node.type.name === 'linebreak'
      ? { kind: 'break', text: String(node.attrs.text) }
      : {
          kind: 'reference',
          target: String(node.attrs.target),
          form: String(node.attrs.form),
          text: String(node.attrs.text),
          broken: node.attrs.broken === true,
          was: (node.attrs.was as string | null) ?? null,
        }
const inlinesOf = (node: Node): Inline[] => {
  const list: Inline[] = []
  node.forEach((child) => {
    list.push(inlineOf(child))
  })
  return list
}

/** The words of a paragraph, references included. */
export const wordsOf = (line: Node): string =>
  line.textBetween(0, line.content.size, '', (leaf) => String(leaf.attrs.text ?? ''))

export function blockOf(node: Node): Block {
  if (node.type.name === 'grid') {
    const rows: string[][] = []
    node.forEach((row) => {
      const cells: string[] = []
      row.forEach((cell) => {
        cells.push(cell.textContent.replace(/\s*[\n\r]\s*/gu, ' '))
      })
      rows.push(cells)
    })
    const same = node.attrs.raw !== null && node.attrs.rows === JSON.stringify(rows)
    return {
      id: String(node.attrs.id),
      level: 'table',
      depth: 1,
      style: null,
      branch: 0,
      run: null,
      written: null,
      lead: String(node.attrs.lead),
      gap: '',
      content: [],
      rows,
      raw: same ? String(node.attrs.raw) : null,
    }
  }
  return { ...(node.attrs as Omit<Block, 'content'>), content: inlinesOf(node) }
}
/** Nodes do not change, so paragraphs not edited are read only once. */
const read = new WeakMap<Node, Block>()
export function blocksOf(doc: Node): BlockText {
  const blocks: Block[] = []
  doc.forEach((node) => {
    let block = read.get(node)
    if (!block) {
      block = blockOf(node)
      read.set(node, block)
    }
    blocks.push(block)
  })
  return { head: String(doc.attrs.head), blocks, tail: String(doc.attrs.tail) }
}

/** What numbering needs, without the words; used on every edit, so it makes no new objects. */
function numberedOf(doc: Node): AddressedBlock[] {
  const list: AddressedBlock[] = []
  doc.forEach((node) => {
    list.push(
      node.type.name === 'grid'
        ? {
            id: String(node.attrs.id),
            level: 'table',
            depth: 1,
            style: null,
            branch: 0,
            run: null,
            written: null,
            words: true,
          }
        : { ...(node.attrs as Omit<AddressedBlock, 'words'>), words: node.content.size > 0 },
    )
  })
  return list
}

/** Numbers and positions, which follow the structure of the document. */
export interface Directory {
  blocks: AddressedBlock[]
  numbers: Array<BlockNumber | null>
  addresses: Array<Address | null>
  /** Paragraph id → index of the paragraph. */
  byId: Map<string, number>
}
export function directoryOf(doc: Node): Directory {
  const blocks = numberedOf(doc)
  const numbers = numbersOf(blocks)
  return {
    blocks,
    numbers,
    addresses: addressesOf(blocks, numbers),
    byId: new Map(blocks.map((block, at) => [block.id, at])),
  }
}

/** Prints it as text. */
export const printDoc = (doc: Node): Printed => printBlocks(blocksOf(doc))

/**
 * A position in the printed text → a position in the document. Positions given must come from a print of the same
 * document.
 */
export class Positions {
  readonly #doc: Node
  readonly #printed: Printed
  readonly #starts: number[] = []
  constructor(doc: Node, printed: Printed) {
    this.#doc = doc
    this.#printed = printed
    doc.forEach((_node, offset) => {
      this.#starts.push(offset)
    })
  }
  /** Which paragraph this place is in; when in none, the one before. */
  blockAt(offset: number): number {
    const { spans } = this.#printed
    let low = 0
    let high = spans.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return Math.max(0, low - 1)
  }
  positionAt(offset: number): number {
    const at = this.blockAt(offset)
    const span = this.#printed.spans[at]
    const node = this.#doc.maybeChild(at)
    const start = (this.#starts[at] ?? 0) + 1
    if (!span || !node || node.type.name === 'grid') return start
    let left = offset - span.words
    if (left <= 0) return start
    let position = start
    node.forEach((child) => {
      if (left < 0) return
      const length = child.isText ? child.nodeSize : inlineText(inlineOf(child)).length
      if (child.isText) position += Math.min(left, length)
      else if (left >= length) position += 1
      left -= length
      if (left <= 0) left = -1
    })
    return position
  }
  startOf(at: number): number {
    return this.#starts[at] ?? 0
  }
  get count(): number {
    return this.#starts.length
  }
}
export const levelOf = (node: Node): BlockLevel =>
  (node.type.name === 'grid' ? 'table' : node.attrs.level) as BlockLevel
