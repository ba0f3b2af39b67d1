// A very long body is divided into parts, one page each: it breaks between parts, chapters, sections or articles, and
// no character is left out or printed twice.
import type { Attachment, Element } from '@dianzhang/text'
import type { Reading } from './reading.ts'

/** A contiguous block of the body; not divided further. */
export type Block =
  | { kind: 'front' }
  /** `alone`: only the heading of this level; the levels below it form blocks of their own. */
  | { kind: 'element'; element: Element; depth: number; alone: boolean }
  | { kind: 'closing' }
  /** The name of an attachment; with `alone`, its content forms blocks of its own. */
  | { kind: 'attachment'; attachment: Attachment; at: number; alone: boolean }
  | { kind: 'imprint' }

export interface Part {
  /** Counts from 1. */
  n: number
  blocks: Block[]
}

const divisions = new Set<Element['level']>(['part', 'subpart', 'chapter', 'section', 'heading1', 'heading2'])

/**
 * Cuts a text into parts of at most `most` bytes each, as measured by `size`; a division too large for one part is cut
 * between its own divisions or articles. A single block beyond `most` stands alone.
 */
export function partsOf({ structure }: Reading, most: number, size: (block: Block) => number): Part[] {
  const blocks: Array<{ block: Block; size: number }> = []
  const add = (block: Block): number => {
    const bytes = size(block)
    blocks.push({ block, size: bytes })
    return bytes
  }
  const addElement = (element: Element, depth: number): void => {
    const whole: Block = { kind: 'element', element, depth, alone: false }
    const bytes = size(whole)
    if (bytes <= most / 3 || element.children.length === 0 || !divisions.has(element.level)) {
      blocks.push({ block: whole, size: bytes })
      return
    }
    add({ kind: 'element', element, depth, alone: true })
    const named = !element.level.startsWith('heading') || (element.heading !== null && element.text === '')
    for (const child of element.children) addElement(child, named ? depth + 1 : depth)
  }
  add({ kind: 'front' })
  for (const element of structure.body) addElement(element, 0)
  add({ kind: 'closing' })
  structure.attachments.forEach((attachment, at) => {
    const whole: Block = { kind: 'attachment', attachment, at, alone: false }
    const bytes = size(whole)
    if (bytes <= most / 3) {
      blocks.push({ block: whole, size: bytes })
      return
    }
    add({ kind: 'attachment', attachment, at, alone: true })
    for (const element of attachment.body) addElement(element, 0)
  })
  add({ kind: 'imprint' })

  const parts: Part[] = []
  let filled = 0
  for (const { block, size: bytes } of blocks) {
    const last = parts.at(-1)
    if (last && filled + bytes <= most) {
      last.blocks.push(block)
      filled += bytes
      continue
    }
    // A heading does not stay behind at the foot of a part.
    const headings: Block[] = []
    while (last && last.blocks.length > 1 && isHeading(last.blocks.at(-1))) headings.unshift(last.blocks.pop() as Block)
    parts.push({ n: parts.length + 1, blocks: [...headings, block] })
    filled = bytes
  }
  return parts
}
const isHeading = (block: Block | undefined): boolean => block !== undefined && 'alone' in block && block.alone

/** The elements in a part, in order; one that is only a heading comes without the levels below it. */
export function elementsIn(part: Part): Element[] {
  const all: Element[] = []
  const visit = (element: Element): void => {
    all.push(element)
    element.children.forEach(visit)
  }
  for (const block of part.blocks) {
    if (block.kind === 'element') block.alone ? all.push(block.element) : visit(block.element)
    if (block.kind === 'attachment' && !block.alone) block.attachment.body.forEach(visit)
  }
  return all
}

/**
 * A date typed as year-month-day whatever the browser's language: the browser's own control would show a foreign order of
 * day and month to a visitor whose browser is not Chinese.
 */
export const datedField = {
  type: 'text',
  inputmode: 'numeric',
  placeholder: '2026-01-31',
  pattern: '[0-9]{4}-[0-9]{2}-[0-9]{2}',
  title: '年-月-日，如 2026-01-31',
  maxlength: 10,
  autocomplete: 'off',
} as const
