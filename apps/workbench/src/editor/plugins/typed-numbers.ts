// 段首打出的编号（第五条　…、（一）…）认作编号：光标离开这一段、停下来通读、存文本时都认；打拼音时不动文档。
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

/** 刚打出编号、还没有认的各段：标识 → 打出的编号。读入的文本里照字面写着的，不在其中。 */
type Waiting = ReadonlyMap<string, string>
const typed = new PluginKey<Waiting>('typed-numbers')
const none: Waiting = new Map()
/** 整篇换成别的文本：没有一处是打出来的。 */
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

/** 认出 `which` 各段；没有可认的为 null。不论认出与否，都不再看它们。 */
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

/** 停下来时，认出光标所在的一段：编号之后已经有字、光标也在其后的。返回有没有改动。 */
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
/** 存文本之前全部认出。 */
export function settleAll(view: EditorView): void {
  const tr = view.composing ? null : settle(view.state, () => true)
  if (tr) view.dispatch(tr)
}
/** 要存的文字：打出的编号都已认出，编号与引用随之而变；文档不动。 */
export function printSettled(state: EditorState): Printed {
  const tr = settle(state, () => true)
  return printDoc(tr ? state.applyTransaction(tr).state.doc : state.doc)
}
