// A number typed at the start of a paragraph (“第五条　…”, “（一）…”) is recognised as its number: when the cursor leaves the
// paragraph, when reading through after a pause, and when saving; the document is not changed while pinyin is being
// typed.
import { markOf } from '@dianzhang/text'
import { Extension } from '@tiptap/core'
import { closeHistory } from '@tiptap/pm/history'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { recognise } from '../commands.ts'
import { printDoc } from '../document.ts'
import type { Printed } from '../model/blocks.ts'
import { readCaret } from './quiet.ts'

/**
 * Paragraphs whose typed number has not been recognised yet: id → number typed. Those that stood literally in the
 * text when it was read are not among them.
 */
type Waiting = ReadonlyMap<string, string>
const typed = new PluginKey<Waiting>('typed-numbers')
const none: Waiting = new Map()
/** The whole replaced by another text: nothing in it was typed. */
export const replaced = (tr: Transaction): Transaction => tr.setMeta(typed, none)

const numberOf = (line: Node | null | undefined): string | null => {
  const first = line?.type.name === 'line' ? line.firstChild : null
  return first?.isText ? (markOf(first.text ?? '')?.number ?? null) : null
}
const lineAt = (doc: Node, position: number): Node | null => {
  const $at = doc.resolve(position)
  return $at.depth === 1 ? $at.parent : null
}
const lineCalled = (doc: Node, id: string): Node | null => {
  for (let at = 0; at < doc.childCount; at++) if (doc.child(at).attrs.id === id) return doc.child(at)
  return null
}

/**
 * Recognises the paragraphs in `which`; null when there is nothing to recognise. Recognised or not, they are not
 * looked at again.
 */
function settle(state: EditorState, which: (line: Node, before: number) => boolean): Transaction | null {
  const waiting = typed.getState(state) ?? none
  if (waiting.size === 0) return null
  const seen = new Set<string>()
  const { tr } = state
  let before = 0
  for (let index = 0; index < state.doc.childCount; index++) {
    const line = tr.doc.child(index)
    const id = String(line.attrs.id)
    const number = waiting.get(id)
    if (number !== undefined && which(line, before)) {
      seen.add(id)
      // Already taken at Enter, or written over since.
      if (numberOf(line) === number) recognise(tr, index, before)
    }
    before += tr.doc.child(index).nodeSize
  }
  // An element that is gone is not waited for.
  const left = [...waiting].filter(([id]) => !seen.has(id) && lineCalled(state.doc, id) !== null)
  if (left.length === waiting.size) return null
  tr.setMeta(typed, new Map(left))
  return tr.docChanged ? closeHistory(tr) : tr
}

export const TypedNumbers = Extension.create({
  name: 'typed-numbers',
  addProseMirrorPlugins: () => {
    let current: EditorView | null = null
    return [
      new Plugin<Waiting>({
        key: typed,
        view: (view) => {
          current = view
          return {}
        },
        state: {
          init: () => none,
          apply(tr, value) {
            const told = tr.getMeta(typed) as Waiting | undefined
            if (told) return told
            if (!tr.docChanged || tr.getMeta('history$') || tr.getMeta('paste') || !tr.selection.empty) return value
            const line = lineAt(tr.doc, tr.selection.from)
            const number = numberOf(line)
            if (line === null || number === null) return value
            const id = String(line.attrs.id)
            // What stood there before is as it was read.
            if (value.get(id) === number || numberOf(lineCalled(tr.before, id)) === number) return value
            return new Map([...value, [id, number]])
          },
        },
        appendTransaction(_transactions, _before, state) {
          if (current?.composing || !typed.getState(state)?.size) return null
          const here = lineAt(state.doc, state.selection.from)
          return settle(state, (line) => line !== here)
        },
      }),
    ]
  },
})

/**
 * On a pause, recognises the paragraph with the cursor, if there are words after the number and the cursor is past
 * it. Returns whether anything changed.
 */
export function settleHere(view: EditorView): boolean {
  if (!typed.getState(view.state)?.size) return false
  readCaret(view)
  const { state } = view
  const tr = settle(state, (line, before) => {
    const mark = markOf(line.firstChild?.text ?? '')
    return mark !== null && line.content.size > mark.rest && state.selection.from > before + 1 + mark.rest
  })
  if (tr) view.dispatch(tr)
  return tr?.docChanged ?? false
}
/** Recognises all of them before saving. */
export function settleAll(view: EditorView): void {
  const tr = view.composing ? null : settle(view.state, () => true)
  if (tr) view.dispatch(tr)
}
/**
 * The words to save: typed numbers are all recognised, and numbers and references follow; the document itself is not
 * changed.
 */
export function printSettled(state: EditorState): Printed {
  const tr = settle(state, () => true)
  return printDoc(tr ? state.applyTransaction(tr).state.doc : state.doc)
}
