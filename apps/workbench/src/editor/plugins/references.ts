// References and ids: when the paragraph referred to is renumbered, the words of the reference follow; when it is
// deleted, the reference is marked broken; “前款” and the like that no longer read as what they meant are marked unsure,
// with the words untouched. The document is not changed while pinyin is being typed.
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { newId } from '../model/read.ts'
import { renderReference } from '../model/references.ts'
import { isRelative, standingNow } from '../model/relative.ts'
import { directoryIn, sameStructure } from './numbering.ts'
import { whenQuiet } from './quiet.ts'

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
  const check = (node: Node, position: number, line: number): void => {
    if (node.type.name !== 'reference') return
    const { form } = node.attrs
    if (isRelative(form)) {
      const { target, text, was } = node.attrs
      const now = standingNow({ target, form, text, was }, line, directory, directory.byId)
      for (const name of ['text', 'broken', 'was'] as const)
        if (node.attrs[name] !== now[name]) tr.setNodeAttribute(position, name, now[name])
      return
    }
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
  doc.forEach((line, offset, index) => {
    if (line.type.name !== 'line') return
    line.forEach((child, inner) => {
      check(child, offset + 1 + inner, index)
    })
  })
  return tr.docChanged ? tr : null
}

export const References = Extension.create({
  name: 'references',
  addProseMirrorPlugins: () => {
    let current: EditorView | null = null
    /** Put aside while pinyin is being typed, looked at when it is finished. */
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
              // The editor itself hears of it after this.
              setTimeout(() => {
                if (pending && !view.isDestroyed)
                  whenQuiet(view, () => view.dispatch(view.state.tr.setMeta(mending, true)))
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

/** Broken and unsure references: where they are and what is written. */
export function doubtfulReferences(doc: Node): Array<{ position: number; text: string; broken: boolean }> {
  const found: Array<{ position: number; text: string; broken: boolean }> = []
  doc.descendants((node, position) => {
    if (node.type.name === 'reference' && (node.attrs.broken || node.attrs.was !== null))
      found.push({ position, text: String(node.attrs.text), broken: node.attrs.broken === true })
    return node.type.name === 'line' || node.type.name === 'doc'
  })
  return found
}
