// 引用与标识：所引段落改了编号，引用的文字跟着改；所引段落删去，引用标为断的。打拼音时不动文档。
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { newId } from '../model/read.ts'
import { renderReference } from '../model/references.ts'
import { directoryIn, sameStructure } from './numbering.ts'

const mending = new PluginKey('mending')

function mend(state: EditorState): Transaction | null {
  const { tr, doc } = state
  const directory = directoryIn(state)
  const seen = new Set<string>()
  doc.forEach((node, offset) => {
    const id = String(node.attrs.id)
    if (id === '' || seen.has(id)) tr.setNodeAttribute(offset, 'id', newId())
    else seen.add(id)
  })
  const check = (node: Node, position: number): void => {
    if (node.type.name !== 'reference') return
    const at = directory.byId.get(String(node.attrs.target))
    const address = at === undefined ? null : directory.addresses[at]
    if (!address) {
      if (!node.attrs.broken) tr.setNodeAttribute(position, 'broken', true)
      return
    }
    const text = renderReference(String(node.attrs.form), address)
    if (node.attrs.broken) tr.setNodeAttribute(position, 'broken', false)
    if (node.attrs.text !== text) tr.setNodeAttribute(position, 'text', text)
  }
  doc.forEach((line, offset) => {
    if (line.type.name !== 'line') return
    line.forEach((child, inner) => {
      check(child, offset + 1 + inner)
    })
  })
  return tr.docChanged ? tr : null
}

export const References = Extension.create({
  name: 'references',
  addProseMirrorPlugins: () => {
    let current: EditorView | null = null
    /** 打拼音时放下的，打完再看。 */
    let pending = false
    return [
      new Plugin({
        key: mending,
        view: (view) => {
          current = view
          return {}
        },
        props: {
          handleDOMEvents: {
            compositionend: (view) => {
              // After the editor has read the last of the composed words.
              setTimeout(() => {
                if (pending && !view.isDestroyed && !view.composing) view.dispatch(view.state.tr.setMeta(mending, true))
              }, 60)
              return false
            },
          },
        },
        appendTransaction(transactions, before, after) {
          const asked = transactions.some((tr) => tr.getMeta(mending) === true)
          const changed = transactions.some((tr) => tr.docChanged)
          if (!asked && !changed) return null
          // A reference that came back by undo or paste may carry an old number.
          const foreign = transactions.some((tr) => tr.getMeta('history$') || tr.getMeta('paste'))
          if (!asked && !foreign && sameStructure(before.doc, after.doc)) return null
          if (current?.composing) {
            pending = true
            return null
          }
          pending = false
          return mend(after)
        },
      }),
    ]
  },
})

/** 断了的引用：在哪里，原来是什么。 */
export function brokenReferences(doc: Node): Array<{ position: number; text: string }> {
  const found: Array<{ position: number; text: string }> = []
  doc.descendants((node, position) => {
    if (node.type.name === 'reference' && node.attrs.broken) found.push({ position, text: String(node.attrs.text) })
    return node.type.name === 'line' || node.type.name === 'doc'
  })
  return found
}
