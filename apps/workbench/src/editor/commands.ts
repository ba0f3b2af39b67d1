// What keys and buttons do: split, promote and demote, merge, change level, move, insert. Each is one step that can be
// undone.

import { markOf } from '@dianzhang/text'
import { Fragment, type Node } from '@tiptap/pm/model'
import { type Command, type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { levelOf, nodeOf } from './document.ts'
import { styleOf } from './model/blocks.ts'
import {
  type BlockLevel,
  demoted,
  isCircular,
  isHeading,
  type Place,
  promoted,
  rankOf,
  usualGap,
  usualStyle,
} from './model/levels.ts'
import { emptyBlock, newId } from './model/read.ts'
import { type Address, fullForm, renderReference } from './model/references.ts'
import { idsOf, leftOutIn, meaningOf, readRelativeAt } from './model/relative.ts'
import { directoryIn } from './plugins/numbering.ts'

/** The paragraph with the cursor; for a selection over several paragraphs, the one where it starts. */
export interface Here {
  node: Node
  /** Which paragraph, by index. */
  index: number
  /** The position before the node. */
  before: number
}
export function here(state: EditorState, position = state.selection.from): Here | null {
  const at = state.doc.resolve(Math.min(position, state.doc.content.size))
  if (at.depth === 0) {
    const node = at.nodeAfter
    return node ? { node, index: at.index(0), before: at.pos } : null
  }
  return { node: at.node(1), index: at.index(0), before: at.before(1) }
}
const isLine = (node: Node | null | undefined): node is Node => node?.type.name === 'line'
const placeOf = (node: Node): Place => ({ level: levelOf(node), depth: Number(node.attrs.depth ?? 1) })

/**
 * The nearest heading level above (“一、”, “（一）”…) and whether there are articles already. What comes before an
 * attachment does not count.
 */
function above(doc: Node, index: number): { near: BlockLevel | null; articles: boolean } {
  let near: BlockLevel | null = null
  for (let at = index - 1; at >= 0; at--) {
    const level = levelOf(doc.child(at))
    if (level === 'attachment') break
    if (level === 'article') return { near, articles: true }
    if (near === null && (isCircular(level) || isHeading(level))) near = level
  }
  return { near: near !== null && isHeading(near) ? null : near, articles: false }
}

/**
 * How this level is written in this text: like the nearest one of the same level above, or in the usual way when
 * there is none. Indentation goes with it.
 */
function manners(doc: Node, index: number, { level, depth }: Place): Record<string, unknown> {
  let style = usualStyle(level, depth)
  let gap = usualGap(level)
  let lead: string | null = null
  for (let step = 1; step <= doc.childCount; step++) {
    for (const at of [index - step, index + step]) {
      const node = at >= 0 && at < doc.childCount ? doc.child(at) : null
      if (!isLine(node)) continue
      if (node.attrs.level === level && node.attrs.depth === depth && (style === null || node.attrs.style !== null)) {
        if (style !== null) {
          style = String(node.attrs.style)
          gap = /[\n\r]/u.test(String(node.attrs.gap)) ? gap : String(node.attrs.gap)
        }
        lead ??= String(node.attrs.lead)
      }
    }
    if (lead !== null) break
  }
  const indent = /[^\n\r]*$/u.exec(lead ?? '')?.[0] ?? ''
  return { level, depth, style, gap, lead: `\n${indent}`, branch: 0, run: null, written: null }
}

const setPlace = (tr: Transaction, doc: Node, index: number, before: number, place: Place): Transaction => {
  const node = doc.child(index)
  return tr.setNodeMarkup(before, null, {
    ...node.attrs,
    ...manners(doc, index, place),
    lead: node.attrs.lead,
  })
}

/** The paragraphs the selection touches. */
function selected(state: EditorState): Here[] {
  const list: Here[] = []
  const { from, to } = state.selection
  state.doc.forEach((node, offset, index) => {
    if (offset + node.nodeSize > from && offset < Math.max(to, from + 1)) list.push({ node, index, before: offset })
  })
  return list
}

/** Changes to a given level. */
export const setLevel =
  (level: BlockLevel, depth = 1): Command =>
  (state, dispatch) => {
    const list = selected(state).filter(
      ({ node }) => isLine(node) && (node.attrs.level !== level || node.attrs.depth !== depth),
    )
    if (list.length === 0) return false
    if (dispatch) {
      const { tr } = state
      for (const { index, before } of list) setPlace(tr, state.doc, index, before, { level, depth })
      dispatch(tr.scrollIntoView())
    }
    return true
  }

const shift =
  (by: 1 | -1): Command =>
  (state, dispatch) => {
    const { tr } = state
    for (const { node, index, before } of selected(state)) {
      if (!isLine(node)) continue
      const { near, articles } = above(state.doc, index)
      const place = by === 1 ? demoted(placeOf(node), near) : promoted(placeOf(node), near, articles)
      if (place) setPlace(tr, state.doc, index, before, place)
    }
    if (!tr.docChanged) return false
    dispatch?.(tr.scrollIntoView())
    return true
  }
/** One level down, one level up. */
export const demote = shift(1)
export const promote = shift(-1)

/**
 * A paragraph that begins with a number (“第三条”, “（一）”, “1.”) is taken as that level and its number becomes automatic.
 * Returns the attributes recognised and the number of characters to remove.
 */
function recognised(doc: Node, index: number): { attrs: Record<string, unknown>; remove: number } | null {
  const node = doc.child(index)
  if (!isLine(node)) return null
  const level = levelOf(node)
  const numbered = level === 'article' || isHeading(level) || isCircular(level)
  const running = level === 'text' || level === 'paragraph' || level === 'item'
  if (!running && level !== 'title' && !numbered) return null
  if (numbered && (node.attrs.style === null || node.attrs.written !== null)) return null
  const first = node.firstChild
  if (!first?.isText) return null
  const text = first.text ?? ''
  const mark = markOf(text)
  if (mark === null || mark.ordinal === null) return null
  // Where all was selected and written over, the title's place is left; no title begins with “一、” or “第一条”.
  if (level === 'title' && mark.kind !== 'unit' && mark.list !== 0) return null
  const { articles } = above(doc, index)
  let place: Place
  if (mark.kind === 'unit') {
    // “第三条规定的…” is a sentence.
    if (!mark.apart) return null
    const units: Record<string, BlockLevel> = {
      编: 'part',
      分编: 'subpart',
      章: 'chapter',
      节: 'section',
      条: 'article',
    }
    place = { level: units[mark.unit] ?? 'article', depth: 1 }
  } else if (articles || level === 'article') {
    const depth = mark.list === 1 || mark.list === 0 ? 1 : mark.list === 2 ? 2 : 3
    // 1. right under a paragraph is an item of its own.
    const before = index > 0 ? doc.child(index - 1) : null
    const deep = before && levelOf(before) === 'item' ? Number(before.attrs.depth) + 1 : 1
    place = { level: 'item', depth: Math.min(depth, deep) }
  } else {
    const headings: BlockLevel[] = ['heading1', 'heading2', 'heading3', 'heading4', 'item']
    place = { level: headings[mark.list] ?? 'heading1', depth: 1 }
  }
  return {
    attrs: {
      ...node.attrs,
      ...manners(doc, index, place),
      style: styleOf(mark.number, mark.ordinal) ?? usualStyle(place.level, place.depth),
      branch: mark.ordinal.length - 1,
      lead: node.attrs.lead,
    },
    remove: mark.rest,
  }
}
/**
 * Recognises the number at the start of a paragraph and removes those characters. Returns whether one was recognised.
 */
export function recognise(tr: Transaction, index: number, before: number): boolean {
  const found = recognised(tr.doc, index)
  if (found === null) return false
  tr.setNodeMarkup(before, null, found.attrs)
  if (found.remove > 0) tr.delete(before + 1, before + 1 + found.remove)
  return true
}

/**
 * Enter: the next paragraph at the same level. After a heading comes an article or running text; another Enter in an
 * empty item, “一、” or “（一）” moves up one level.
 */
export const split: Command = (state, dispatch) => {
  const { tr } = state
  if (!state.selection.empty) tr.deleteSelection()
  const $from = tr.selection.$from
  const node = $from.parent
  if ($from.depth !== 1 || !isLine(node)) return false
  const index = $from.index(0)
  const before = $from.before(1)
  const { level } = placeOf(node)
  // An empty element and Enter once more: one level up, as one expects.
  if (node.content.size === 0 && (level === 'item' || (isCircular(level) && level !== 'heading1'))) {
    const { near, articles } = above(tr.doc, index)
    const up = promoted(placeOf(node), near, articles)
    if (up) {
      dispatch?.(setPlace(tr, tr.doc, index, before, up).scrollIntoView())
      return true
    }
  }
  let position = $from.pos
  let { attrs } = node
  const written = tr.docChanged ? null : recognised(state.doc, index)
  if (written && $from.parentOffset >= written.remove) {
    tr.setNodeMarkup(before, null, written.attrs).delete(before + 1, before + 1 + written.remove)
    position -= written.remove
    attrs = written.attrs
  }
  const $at = tr.doc.resolve(position)
  const next = {
    ...following(tr.doc, index, attrs, $at.parentOffset < $at.parent.content.size),
    id: newId(),
  }
  if ($at.parentOffset === 0 && $at.parent.content.size > 0) {
    // The new, empty element stands before; the words keep their identity.
    tr.insert(before, node.type.create({ ...attrs, id: newId() }))
    if (attrs.run !== null) tr.setNodeMarkup(before + 2, null, { ...attrs, run: null })
  } else tr.split(position, 1, [{ type: node.type, attrs: next }])
  dispatch?.(tr.scrollIntoView())
  return true
}
function following(doc: Node, index: number, attrs: Record<string, unknown>, same: boolean): Record<string, unknown> {
  const level = attrs.level as BlockLevel
  const base = {
    ...attrs,
    branch: attrs.branch,
    run: null,
    written: null,
    lead: `\n${/[^\n\r]*$/u.exec(String(attrs.lead))?.[0] ?? ''}`,
  }
  if (same) return base
  let place: Place | null = null
  if (isHeading(level)) place = { level: 'article', depth: 1 }
  else if (level === 'title' || level === 'docno' || level === 'addressees') place = { level: 'text', depth: 1 }
  else if (level === 'attachment') place = { level: 'attachmentTitle', depth: 1 }
  else if (level === 'attachmentTitle') place = { level: 'text', depth: 1 }
  return place ? { ...base, ...manners(doc, index, place) } : base
}

/**
 * Backspace at the start of a paragraph: first up one level; at the top, merges into the paragraph before; an empty
 * paragraph is deleted at once.
 */
export const backspace: Command = (state, dispatch) => {
  const { selection } = state
  if (!(selection instanceof TextSelection) || !selection.$cursor) return false
  const { $cursor } = selection
  if ($cursor.depth !== 1 || $cursor.parentOffset > 0 || !isLine($cursor.parent)) return false
  const index = $cursor.index(0)
  const node = $cursor.parent
  const { level, depth } = placeOf(node)
  const previous = index > 0 ? state.doc.child(index - 1) : null
  // An empty element goes at once; only words are promoted or run on.
  if (node.content.size === 0 && previous !== null) return remove(state, index, dispatch)
  const change = (place: Place): boolean => {
    dispatch?.(setPlace(state.tr, state.doc, index, $cursor.before(1), place).scrollIntoView())
    return true
  }
  if (level === 'item') {
    const { articles } = above(state.doc, index)
    return change(
      depth > 1
        ? { level, depth: depth - 1 }
        : articles
          ? { level: 'paragraph', depth: 1 }
          : { level: 'text', depth: 1 },
    )
  }
  if (isCircular(level)) return change({ level: 'text', depth: 1 })
  if (isHeading(level)) {
    const { articles } = above(state.doc, index)
    return change({ level: articles ? 'paragraph' : 'text', depth: 1 })
  }
  if (previous === null)
    return node.content.size === 0 && state.doc.childCount > 1 ? remove(state, index, dispatch) : true
  // An article becomes another paragraph of the one above; a table is not run into.
  if (level === 'article' && above(state.doc, index).articles) return change({ level: 'paragraph', depth: 1 })
  if (!isLine(previous)) return true
  if (dispatch) {
    const before = $cursor.before(1)
    dispatch(state.tr.join(before).scrollIntoView())
  }
  return true
}
function remove(state: EditorState, index: number, dispatch: ((tr: Transaction) => void) | undefined): boolean {
  let before = 0
  for (let at = 0; at < index; at++) before += state.doc.child(at).nodeSize
  const tr = state.tr.delete(before, before + state.doc.child(index).nodeSize)
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.max(0, before - 1)), -1)).scrollIntoView())
  return true
}

/** Inserts a paragraph after this one. */
export const insertAfter =
  (level: BlockLevel, depth = 1): Command =>
  (state, dispatch) => {
    const at = here(state)
    const { line } = state.schema.nodes
    if (!at || !line) return false
    if (dispatch) {
      const after = at.before + at.node.nodeSize
      const node = line.create({ ...manners(state.doc, at.index, { level, depth }), id: newId() })
      const tr = state.tr.insert(after, node)
      dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView())
    }
    return true
  }

export const insertTable: Command = (state, dispatch) => {
  const at = here(state)
  if (!at) return false
  if (dispatch) {
    const after = at.before + at.node.nodeSize
    const node = nodeOf(
      state.schema,
      emptyBlock('table', {
        rows: [
          ['', '', ''],
          ['', '', ''],
        ],
        raw: null,
      }),
    )
    const tr = state.tr.insert(after, node)
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(after + 1))).scrollIntoView())
  }
  return true
}

/** The cell with the cursor: which row, which column. */
function cellOf(state: EditorState): { grid: Node; before: number; row: number; column: number } | null {
  const { $from } = state.selection
  if ($from.depth < 3 || $from.node(1).type.name !== 'grid') return null
  return { grid: $from.node(1), before: $from.before(1), row: $from.index(1), column: $from.index(2) }
}
export const inTable = (state: EditorState): boolean => cellOf(state) !== null

/** Next cell, previous cell; after the last one a row is added. */
export const moveCell =
  (by: 1 | -1): Command =>
  (state, dispatch) => {
    const at = cellOf(state)
    if (!at) return false
    const cells: number[] = []
    at.grid.descendants((node, position) => {
      if (node.type.name === 'cell') cells.push(at.before + 1 + position)
      return node.type.name === 'row'
    })
    const now = cells.findIndex(
      (position) =>
        state.selection.from > position &&
        state.selection.from <= position + 1 + (state.doc.nodeAt(position)?.content.size ?? 0),
    )
    const next = cells[now + by]
    if (next !== undefined) {
      dispatch?.(state.tr.setSelection(TextSelection.near(state.doc.resolve(next + 1))).scrollIntoView())
      return true
    }
    return by === 1 ? editTable('row-after')(state, dispatch) : true
  }
/** Adds and deletes rows and columns. */
export const editTable =
  (what: 'row-after' | 'row-delete' | 'column-after' | 'column-delete' | 'delete'): Command =>
  (state, dispatch) => {
    const at = cellOf(state)
    const { row, cell } = state.schema.nodes
    if (!at || !row || !cell) return false
    const { grid, before } = at
    if (!dispatch) return true
    const { tr } = state
    const rows: Node[] = []
    grid.forEach((each) => {
      rows.push(each)
    })
    const cellsOf = (node: Node): Node[] => Array.from({ length: node.childCount }, (_, i) => node.child(i))
    const widest = Math.max(...rows.map((each) => each.childCount))
    let next: Node[] = rows
    if (what === 'row-after')
      next = rows.flatMap((each, i) =>
        i === at.row
          ? [
              each,
              row.create(
                null,
                Array.from({ length: widest }, () => cell.create()),
              ),
            ]
          : [each],
      )
    else if (what === 'row-delete') next = rows.filter((_, i) => i !== at.row)
    else if (what === 'column-after')
      next = rows.map((each) =>
        row.create(
          null,
          cellsOf(each).flatMap((one, i) => (i === at.column ? [one, cell.create()] : [one])),
        ),
      )
    else if (what === 'column-delete')
      next = rows.map((each) =>
        row.create(
          null,
          cellsOf(each).filter((_, i) => i !== at.column),
        ),
      )
    if (what === 'delete' || next.length === 0 || next.some((each) => each.childCount === 0)) {
      tr.delete(before, before + grid.nodeSize)
      dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(Math.max(0, before - 1)), -1)).scrollIntoView())
      return true
    }
    tr.replaceWith(before + 1, before + grid.nodeSize - 1, Fragment.fromArray(next))
    let position = before + 1
    const target = what === 'row-after' ? at.row + 1 : Math.min(at.row, next.length - 1)
    for (let i = 0; i < target; i++) position += next[i]?.nodeSize ?? 0
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(position + 2))).scrollIntoView())
    return true
  }

/** A paragraph with those below it: where they end (exclusive). */
function subtreeEnd(doc: Node, index: number): number {
  const rank = rankOf(levelOf(doc.child(index)), Number(doc.child(index).attrs.depth ?? 1))
  let end = index + 1
  if (rank === 0) return end
  while (end < doc.childCount) {
    const level = levelOf(doc.child(end))
    const below = rankOf(level, Number(doc.child(end).attrs.depth ?? 1))
    if (below === 0 ? level !== 'text' && level !== 'table' : below <= rank) break
    end++
  }
  return end
}
/**
 * Moves up or down with the paragraphs below: swaps with the neighbour at the same level; numbers and references
 * follow.
 */
export const move =
  (by: 1 | -1): Command =>
  (state, dispatch) => {
    const at = here(state)
    if (!at) return false
    const { doc } = state
    const end = subtreeEnd(doc, at.index)
    let other: [number, number]
    if (by === 1) {
      if (end >= doc.childCount) return true
      other = [end, subtreeEnd(doc, end)]
    } else {
      if (at.index === 0) return true
      const rank = rankOf(levelOf(at.node), Number(at.node.attrs.depth ?? 1))
      let from = at.index - 1
      while (
        from > 0 &&
        subtreeEnd(doc, from - 1) >= at.index &&
        rankOf(levelOf(doc.child(from)), Number(doc.child(from).attrs.depth ?? 1)) !== rank
      )
        from--
      other = [from, at.index]
    }
    if (dispatch) {
      const [from, middle, to] = by === 1 ? [at.index, end, other[1]] : [other[0], at.index, end]
      const nodes = Array.from({ length: to - from }, (_, i) => doc.child(from + i))
      const swapped = [...nodes.slice(middle - from), ...nodes.slice(0, middle - from)]
      let start = 0
      for (let i = 0; i < from; i++) start += doc.child(i).nodeSize
      const size = nodes.reduce((sum, node) => sum + node.nodeSize, 0)
      const { tr } = state
      const offset = state.selection.from - at.before
      tr.replaceWith(start, start + size, Fragment.fromArray(swapped))
      const moved = by === 1 ? start + nodes.slice(middle - from).reduce((sum, node) => sum + node.nodeSize, 0) : start
      tr.setSelection(TextSelection.near(tr.doc.resolve(moved + offset)))
      dispatch(tr.scrollIntoView())
    }
    return true
  }

/** Makes all numbers automatic: one step, can be undone. */
export const renumber: Command = (state, dispatch) => {
  const { tr } = state
  state.doc.forEach((node, offset) => {
    if (isLine(node) && (node.attrs.written !== null || node.attrs.run !== null || node.attrs.style === null))
      if (node.attrs.written !== null || node.attrs.run !== null)
        tr.setNodeMarkup(offset, null, {
          ...node.attrs,
          style: node.attrs.style ?? usualStyle(levelOf(node), Number(node.attrs.depth)),
          written: null,
          run: null,
        })
  })
  if (!tr.docChanged) return false
  dispatch?.(tr)
  return true
}
export const hasWritten = (doc: Node): boolean => {
  for (let at = 0; at < doc.childCount; at++) if (doc.child(at).attrs.written) return true
  return false
}

/** Turns this article into “之一” of the article before it, or back. */
export const toggleBranch: Command = (state, dispatch) => {
  const at = here(state)
  if (!at || levelOf(at.node) !== 'article') return false
  dispatch?.(
    state.tr.setNodeMarkup(at.before, null, { ...at.node.attrs, branch: at.node.attrs.branch ? 0 : 1, written: null }),
  )
  return true
}

/** Inserts at the cursor a reference to a paragraph. */
export const insertReference =
  (target: string): Command =>
  (state, dispatch) => {
    const directory = directoryIn(state)
    const at = directory.byId.get(target)
    const address: Address | null | undefined = at === undefined ? null : directory.addresses[at]
    const { reference } = state.schema.nodes
    if (!address || !reference || !isLine(state.selection.$from.parent)) return false
    const form = fullForm(address)
    dispatch?.(
      state.tr
        .replaceSelectionWith(
          reference.create({ target, form, text: renderReference(form, address), broken: false }),
          false,
        )
        .scrollIntoView(),
    )
    return true
  }

/** “前款” and the like at `position` refer to the paragraphs they now read as. */
export const confirmReference =
  (position: number): Command =>
  (state, dispatch) => {
    const node = state.doc.nodeAt(position)
    const directory = directoryIn(state)
    const now =
      node &&
      readRelativeAt(
        String(node.attrs.text),
        state.doc.resolve(position).index(0),
        directory,
        leftOutIn(String(node.attrs.form)),
      )
    if (!now) return false
    dispatch?.(
      state.tr.setNodeMarkup(position, null, {
        ...node.attrs,
        target: idsOf(now, directory),
        broken: false,
        was: null,
      }),
    )
    return true
  }
/** “前款” and the like at `position` are changed to spell out the place they originally referred to. */
export const spellOutReference =
  (position: number): Command =>
  (state, dispatch) => {
    const node = state.doc.nodeAt(position)
    if (!node) return false
    const { target, form, text } = node.attrs
    const directory = directoryIn(state)
    const line = state.doc.resolve(position).index(0)
    const { spelled } = meaningOf({ target, form, text }, line, directory, directory.byId)
    if (!spelled) return false
    dispatch?.(state.tr.setNodeMarkup(position, null, { ...spelled, broken: false, was: null }))
    return true
  }

/** Puts the cursor at a place and brings it into view. */
export const goTo =
  (position: number, to = position): Command =>
  (state, dispatch) => {
    const size = state.doc.content.size
    const $from = state.doc.resolve(Math.min(position, size))
    const selection =
      to > position ? TextSelection.between($from, state.doc.resolve(Math.min(to, size))) : TextSelection.near($from)
    dispatch?.(state.tr.setSelection(selection).scrollIntoView())
    return true
  }
export const emptyDocument = (doc: Node): boolean => {
  for (let at = 0; at < doc.childCount; at++) if (doc.child(at).content.size > 0) return false
  return true
}
