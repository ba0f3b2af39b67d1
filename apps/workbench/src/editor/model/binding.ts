// Places in the text that refer to this document's own provisions are recognised as live references.
import type { Reference } from '@dianzhang/text'
import {
  type Block,
  type BlockText,
  type Inline,
  inlineText,
  numbersOf,
  printBlocks,
  type ReferenceValue,
} from './blocks.ts'
import { type AddressedBlock, addressesOf, lastUnitOf, resolveReference } from './references.ts'
import { isRelative, type Placed, relativeForm, resolveRelative } from './relative.ts'

export const addressable = (block: Block): AddressedBlock => ({
  ...block,
  words: block.level === 'table' || block.content.length > 0,
})

const brokenPattern = /〔原([^〔〕]{1,40})，待改〕/gu
const unsurePattern = /〔([前上本][^〔〕]{1,30})（原指([^〔〕]{1,40})），待核〕/gu

/** One piece of a reference that can be recognised. */
export interface Piece {
  text: string
  target: string
  start: number
}
/**
 * The pieces of a reference that can be recognised: “第五条至第八条” has two. “前款” and “本条第二款” are recognised together with
 * their head.
 */
export function partsOfReference(reference: Reference): Piece[] {
  // 本办法第十条: the words before the number are not part of it; 四条 of 第三、四条 has none.
  const from = isRelative(reference.text)
    ? 0
    : reference.text.search(/^[零〇一二两三四五六七八九十百千0-9０-９]|第|（|\(/u)
  if (from < 0) return []
  const text = reference.text.slice(from)
  const cut = /\s?[至到－—–～~-]\s?/u.exec(text)
  if (cut === null) return [{ text, target: reference.target, start: reference.start + from }]
  const second = cut.index + cut[0].length
  const [first = '', last = ''] = reference.target.split(/[至到]/u)
  return [
    { text: text.slice(0, cut.index), target: first, start: reference.start + from },
    { text: text.slice(second), target: last, start: reference.start + from + second },
  ]
}
/** The paragraph meant by a piece written in paragraph `at`; null when there is none or it is uncertain. */
export function resolvePiece(piece: Piece, at: number, placed: Placed, part: number): ReferenceValue | null {
  const found = isRelative(piece.text)
    ? resolveRelative(piece.text, at, placed, lastUnitOf(piece.target))
    : resolveReference(piece.text, piece.target, placed.blocks, placed.addresses, part)
  return found && { ...found, broken: false, was: null }
}

/**
 * Replaces the places in the text that refer to this document's own provisions with live references. `found` is the
 * result of `cite()` on the whole printed text. What cannot be recognised for certain remains text.
 */
export function bindReferences(text: BlockText, found: readonly Reference[]): Block[] {
  const numbers = numbersOf(text.blocks)
  const { spans } = printBlocks(text, numbers)
  const addressed = text.blocks.map(addressable)
  const addresses = addressesOf(addressed, numbers)
  let at = 0
  const pieces = found.flatMap(partsOfReference)
  let part = 0
  return text.blocks.map((block, index) => {
    if (
      block.level === 'attachment' ||
      (block.level === 'attachmentTitle' && text.blocks[index - 1]?.level !== 'attachment')
    )
      part++
    const span = spans[index]
    if (!span || block.level === 'table' || block.level === 'toc') return block
    while (at < pieces.length && (pieces[at]?.start ?? 0) < span.words) at++
    const here: Array<{ start: number; end: number; value: ReferenceValue }> = []
    while (at < pieces.length && (pieces[at]?.start ?? 0) < span.end) {
      const piece = pieces[at++] as Piece
      const value = resolvePiece(piece, index, { blocks: addressed, addresses }, part)
      if (value !== null) {
        const start = piece.start - span.words
        here.push({
          start,
          end: start + piece.text.length,
          value,
        })
      }
    }
    let changed = false
    let offset = 0
    const content: Inline[] = []
    for (const inline of block.content) {
      const { text: words } = inline
      if (inline.kind !== 'text') {
        content.push(inline)
        offset += inlineText(inline).length
        continue
      }
      const cuts = here
        .filter((each) => each.start >= offset && each.end <= offset + words.length)
        .map((each) => ({
          from: each.start - offset,
          to: each.end - offset,
          value: each.value,
        }))
      for (const match of words.matchAll(brokenPattern))
        cuts.push({
          from: match.index,
          to: match.index + match[0].length,
          value: { target: '', form: '', text: match[1] ?? '', broken: true, was: null },
        })
      for (const { 0: whole, 1: text = '', 2: was = '', index: from } of words.matchAll(unsurePattern)) {
        const target = resolveReference(was, was, addressed, addresses, part)?.target ?? ''
        const value = { target, form: relativeForm(text), text, broken: false, was }
        cuts.push({ from, to: from + whole.length, value })
      }
      cuts.sort((a, b) => a.from - b.from)
      let done = 0
      for (const cut of cuts) {
        // The words of a broken reference are not one themselves.
        if (cut.from < done) continue
        if (cut.from > done) content.push({ kind: 'text', text: words.slice(done, cut.from) })
        content.push({ kind: 'reference', ...cut.value })
        changed = true
        done = cut.to
      }
      if (done < words.length) content.push({ kind: 'text', text: words.slice(done) })
      offset += words.length
    }
    return changed ? { ...block, content } : block
  })
}
