// What the editor holds: one node per paragraph, with its level and how it is numbered as attributes; references, line
// breaks within a paragraph and tables are nodes of their own. No font styles at all.
import { Node } from '@tiptap/core'
import type { BlockLevel } from './model/levels.ts'

const tags: Partial<Record<BlockLevel, string>> = {
  title: 'h2',
  attachmentTitle: 'h2',
  part: 'h3',
  subpart: 'h3',
  chapter: 'h3',
  section: 'h4',
}
const attribute = (element: HTMLElement, name: string): string | null => element.getAttribute(`data-${name}`)

export const Doc = Node.create({
  name: 'doc',
  topNode: true,
  content: '(line | grid)+',
  addAttributes: () => ({ head: { default: '', rendered: false }, tail: { default: '\n', rendered: false } }),
})
export const Text = Node.create({ name: 'text', group: 'inline' })

/** One paragraph. */
export const Line = Node.create({
  name: 'line',
  content: '(text | reference | linebreak)*',
  marks: '',
  defining: true,
  addAttributes: () => ({
    id: { default: '', parseHTML: (e: HTMLElement) => attribute(e, 'id') ?? '' },
    level: { default: 'text', parseHTML: (e: HTMLElement) => attribute(e, 'level') ?? 'text' },
    depth: { default: 1, parseHTML: (e: HTMLElement) => Number(attribute(e, 'depth') ?? 1) },
    style: { default: null, parseHTML: (e: HTMLElement) => attribute(e, 'style') },
    branch: { default: 0, parseHTML: (e: HTMLElement) => Number(attribute(e, 'branch') ?? 0) },
    run: { default: null },
    written: { default: null },
    lead: { default: '\n' },
    gap: { default: '', parseHTML: (e: HTMLElement) => attribute(e, 'gap') ?? '' },
  }),
  // Only our own clipboard is read as nodes; everything else comes in as plain text and is parsed.
  parseHTML: () => [
    { tag: 'p[data-level]' },
    { tag: 'h2[data-level]' },
    { tag: 'h3[data-level]' },
    { tag: 'h4[data-level]' },
  ],
  renderHTML: ({ node }) => [
    tags[node.attrs.level as BlockLevel] ?? 'p',
    {
      'data-id': node.attrs.id,
      'data-level': node.attrs.level,
      'data-depth': String(node.attrs.depth),
      ...(node.attrs.style === null ? {} : { 'data-style': node.attrs.style }),
      ...(node.attrs.branch ? { 'data-branch': String(node.attrs.branch) } : {}),
      ...(node.attrs.gap ? { 'data-gap': node.attrs.gap } : {}),
    },
    0,
  ],
})

/**
 * A reference to this document's own provisions: when the paragraph referred to is renumbered, the words follow; “前款”
 * and the like whose meaning has changed are marked unsure.
 */
export const Reference = Node.create({
  name: 'reference',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes: () => ({
    target: { default: '', parseHTML: (e: HTMLElement) => attribute(e, 'target') ?? '' },
    form: { default: '', parseHTML: (e: HTMLElement) => attribute(e, 'form') ?? '' },
    text: { default: '', parseHTML: (e: HTMLElement) => attribute(e, 'text') ?? '' },
    broken: { default: false },
    was: { default: null, parseHTML: (e: HTMLElement) => attribute(e, 'was') },
  }),
  parseHTML: () => [{ tag: 'span[data-target]' }],
  renderHTML: ({ node }) => [
    'span',
    {
      class: `reference${node.attrs.broken ? ' reference-broken' : node.attrs.was === null ? '' : ' reference-unsure'}`,
      'data-target': node.attrs.target,
      'data-form': node.attrs.form,
      'data-text': node.attrs.text,
      ...(node.attrs.was === null ? {} : { 'data-was': node.attrs.was }),
    },
    node.attrs.text,
  ],
  renderText: ({ node }) => String(node.attrs.text),
})

const LineBreak = Node.create({
  name: 'linebreak',
  inline: true,
  atom: true,
  selectable: false,
  addAttributes: () => ({ text: { default: '\n' } }),
  renderHTML: () => ['br', { class: 'line-break' }],
  renderText: () => '\n',
})

const Grid = Node.create({
  name: 'grid',
  content: 'row+',
  isolating: true,
  addAttributes: () => ({
    id: { default: '', parseHTML: (e: HTMLElement) => attribute(e, 'id') ?? '' },
    level: { default: 'table', rendered: false },
    lead: { default: '\n', rendered: false },
    raw: { default: null, rendered: false },
    /** The original cells; printed in the original way while the content is untouched. */
    rows: { default: null, rendered: false },
  }),
  parseHTML: () => [{ tag: 'table[data-id]' }],
  renderHTML: ({ node }) => ['table', { 'data-id': node.attrs.id, class: 'edit-table' }, ['tbody', 0]],
})
export const Row = Node.create({
  name: 'row',
  content: 'cell+',
  parseHTML: () => [{ tag: 'tr' }],
  renderHTML: () => ['tr', 0],
})
export const Cell = Node.create({
  name: 'cell',
  content: 'text*',
  marks: '',
  isolating: true,
  parseHTML: () => [{ tag: 'td' }, { tag: 'th' }],
  renderHTML: () => ['td', 0],
})

export const nodes = [Doc, Text, Line, Reference, LineBreak, Grid, Row, Cell]
