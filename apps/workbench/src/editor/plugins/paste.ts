// Paste: what was copied from here is taken as it is; anything else (Word, web pages, plain text) becomes plain words,
// in which the parser recognises the structure. Styles and scripts do not get in.

import { cite } from '@dianzhang/text'
import { Extension } from '@tiptap/core'
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { Plugin, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { toast } from '../../parts/toasts.tsx'
import { emptyDocument, here } from '../commands.ts'
import { blocksOf, docOf, nodeOf, printDoc } from '../document.ts'
import { bindReferences } from '../model/binding.ts'
import { type Block, type Inline, numbersOf, printBlocks } from '../model/blocks.ts'
import { usualGap } from '../model/levels.ts'
import { newId, readText } from '../model/read.ts'
import { type Left, plainOf } from '../paste-html.ts'
import { directoryIn } from './numbering.ts'

/** Copied from this editor. */
const isOwn = (data: DataTransfer): boolean =>
  /data-pm-slice[\s\S]*data-(?:level|target)=/u.test(data.getData('text/html'))
/** Images and files are not words; there is nothing to paste. */
const textFrom = (data: DataTransfer): string => {
  const html = data.getData('text/html')
  const read = html === '' ? null : plainOf(html)
  if (!read || read.text === '') return data.getData('text/plain')
  const said = leftWords(read.left)
  if (said !== '') toast(said)
  return read.text
}
/** Revisions, annotations and footnotes not carried over by the paste: said clearly, not accepted silently. */
function leftWords({ deleted, inserted, comments, notes }: Left): string {
  const said = [
    deleted + inserted > 0 ? `修订尚未定稿：插入的 ${inserted} 处已取，删去的 ${deleted} 处没有取，请核对` : '',
    comments > 0 ? `批注 ${comments} 条没有取` : '',
    notes > 0 ? `脚注、尾注 ${notes} 条没有取` : '',
  ].filter(Boolean)
  return said.length === 0 ? '' : `粘贴的内容里，${said.join('；')}。`
}

/** The pasted words are parsed together with what is before and after, then the pasted paragraphs are taken out. */
function blocksForPaste(before: string, pasted: string, after: string): Block[] {
  const source = `${before}\n${pasted}\n${after}`
  const from = before.length + 1
  const to = from + pasted.length
  const text = readText(source)
  const numbers = numbersOf(text.blocks)
  const { spans } = printBlocks(text, numbers)
  return text.blocks.flatMap((block, at) => {
    const span = spans[at]
    if (span === undefined || span.start < from || span.end > to || span.end <= span.start) return []
    return {
      ...block,
      id: newId(),
      // For the moment as pasted, so that what is cited within it is found.
      written: numbers[at]?.text ?? null,
      run: null,
      lead: block.lead.includes('\n') ? block.lead.replace(/^[\s\S]*\n/u, '\n') : `\n${block.lead}`,
      content: block.content.map(
        (each): Inline =>
          each.kind === 'reference' && !each.broken && each.was === null ? { kind: 'text', text: each.text } : each,
      ),
    }
  })
}

/** Where the pasted words refer to an article that is pasted too, the reference is bound to the pasted article. */
function boundWithin(blocks: Block[]): Block[] {
  const text = { head: '', blocks, tail: '' }
  // Then numbers come from the place; how they are written is kept.
  return bindReferences(text, cite(printBlocks(text).text).internal).map((block) => ({
    ...block,
    written: block.style === null ? block.written : null,
  }))
}

/** Gaps and indentation follow this text, not where it came from. */
function settled(doc: Node, blocks: Block[]): Block[] {
  const ways = new Map<string, { gap: string; indent: string }>()
  doc.forEach((node) => {
    const key = `${node.attrs.level}${node.attrs.depth}`
    if (node.type.name === 'line' && node.attrs.style !== null && !ways.has(key))
      ways.set(key, { gap: String(node.attrs.gap), indent: /[^\n\r]*$/u.exec(String(node.attrs.lead))?.[0] ?? '' })
  })
  return blocks.map((block) => {
    if (block.style === null) return block
    const way = ways.get(`${block.level}${block.depth}`)
    return {
      ...block,
      gap: /[\n\r]/u.test(block.gap) ? block.gap : (way?.gap ?? usualGap(block.level)),
      ...(way && block.lead.includes('\n') ? { lead: `\n${way.indent}` } : {}),
    }
  })
}

function pasteText(view: EditorView, raw: string): boolean {
  const { state } = view
  const text = raw
    .replace(/\r\n?/gu, '\n')
    .replace(/(?!\n|\t)\p{Cc}/gu, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim()
  if (text === '') return true
  const at = here(state)
  if (!at) return false
  if (emptyDocument(state.doc)) {
    const read = readText(`${text}\n`)
    const doc = docOf(state.schema, { ...read, blocks: settled(state.doc, read.blocks) })
    const tr = state.tr.replaceWith(0, state.doc.content.size, doc.content).setMeta('paste', true)
    view.dispatch(tr.setSelection(TextSelection.atEnd(tr.doc)).scrollIntoView())
    return true
  }
  const $from = state.selection.$from
  // One line goes into the line; so does everything that goes into a cell.
  if (!text.includes('\n') || at.node.type.name === 'grid') {
    const line = text.replace(/\s*\n\s*/gu, ' ')
    const starts = at.node.type.name === 'line' && at.node.content.size === 0
    if (!starts) {
      view.dispatch(state.tr.insertText(line).setMeta('paste', true).scrollIntoView())
      return true
    }
  }
  const printed = printDoc(state.doc)
  const span = printed.spans[at.index]
  const cut = span?.end ?? printed.text.length
  const chosen = settled(
    state.doc,
    boundWithin(blocksForPaste(printed.text.slice(0, cut), text, printed.text.slice(cut))),
  )
  if (chosen.length === 0) return true
  const tr = state.tr
  if (!state.selection.empty) tr.deleteSelection()
  const nodes: Node[] = chosen.map((block) => nodeOf(state.schema, block))
  const $at = tr.doc.resolve(tr.mapping.map($from.pos))
  const empty = $at.depth === 1 && $at.parent.content.size === 0
  let insertAt: number
  if (empty) {
    const before = $at.before(1)
    tr.delete(before, before + $at.parent.nodeSize)
    insertAt = before
  } else if ($at.depth === 1 && $at.parentOffset < $at.parent.content.size && $at.parentOffset > 0) {
    tr.split($at.pos, 1, [{ type: $at.parent.type, attrs: { ...$at.parent.attrs, id: newId(), written: null } }])
    insertAt = $at.pos + 1
  } else insertAt = $at.parentOffset === 0 ? $at.before(1) : $at.after(1)
  tr.insert(insertAt, Fragment.fromArray(nodes))
  const size = nodes.reduce((sum, node) => sum + node.nodeSize, 0)
  tr.setSelection(TextSelection.near(tr.doc.resolve(insertAt + size), -1))
  view.dispatch(tr.setMeta('paste', true).scrollIntoView())
  return true
}

/** When a selection is taken away as plain words, the numbers go along. */
function textOf(view: EditorView, slice: Slice): string {
  const { state } = view
  const directory = directoryIn(state)
  const lines: string[] = []
  slice.content.forEach((node, _offset, index) => {
    const at = directory.byId.get(String(node.attrs.id))
    const number = at === undefined ? '' : (directory.numbers[at]?.text ?? '')
    const whole = !(index === 0 && slice.openStart > 0 && state.selection.$from.parentOffset > 0)
    if (node.type.name === 'grid') {
      const copy = blocksOf(state.schema.topNodeType.create(null, node))
      lines.push(printBlocks({ ...copy, head: '', tail: '' }).text)
      return
    }
    lines.push(
      `${whole && number !== '' ? `${number}${String(node.attrs.gap)}` : ''}${node.textBetween(0, node.content.size, '', (leaf) => String(leaf.attrs.text ?? ''))}`,
    )
  })
  return lines.join('\n')
}

export const Paste = Extension.create({
  name: 'plain-paste',
  priority: 1000,
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        clipboardTextSerializer: (slice, view) => textOf(view, slice),
        // Before the editor looks at it: foreign markup is never parsed as nodes.
        handleDOMEvents: {
          paste: (view, event) => {
            const data = event.clipboardData
            if (!data || !view.editable || isOwn(data)) return false
            event.preventDefault()
            pasteText(view, textFrom(data))
            return true
          },
          drop: (view, event) => {
            const data = event.dataTransfer
            if (!data || !view.editable || view.dragging || isOwn(data)) return false
            event.preventDefault()
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
            if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))))
            pasteText(view, textFrom(data))
            return true
          },
        },
        transformPasted: (slice, view) => {
          // What was copied gets ids of its own; what was cut keeps them, so that references find it again.
          const { byId } = directoryIn(view.state)
          const seen = new Set<string>()
          const map = (fragment: Fragment): Fragment => {
            const list: Node[] = []
            fragment.forEach((node) => {
              const id = String(node.attrs.id ?? '')
              if (
                (node.type.name === 'line' || node.type.name === 'grid') &&
                (byId.has(id) || seen.has(id) || id === '')
              )
                list.push(node.type.create({ ...node.attrs, id: newId() }, node.content))
              else list.push(node)
              seen.add(id)
            })
            return Fragment.fromArray(list)
          }
          return new Slice(map(slice.content), slice.openStart, slice.openEnd)
        },
      },
    }),
  ],
})
