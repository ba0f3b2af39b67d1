// Numbers: they follow from position and are drawn at the start of the paragraph, not words. Edits that leave the
// structure unchanged (typing) do not recompute them.
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { type Directory, directoryOf } from '../document.ts'

interface State {
  directory: Directory
  decorations: DecorationSet
  /** Goes up by one with each change of structure. */
  revision: number
}
export const numbering = new PluginKey<State>('numbering')

/**
 * No paragraph's attributes have changed, nor whether it has words. When a node's words change, its attributes are
 * still the same object.
 */
export function sameStructure(before: Node, after: Node): boolean {
  if (before === after) return true
  if (before.childCount !== after.childCount) return false
  for (let at = 0; at < after.childCount; at++) {
    const a = before.child(at)
    const b = after.child(at)
    if (a === b) continue
    if (a.type !== b.type || a.attrs !== b.attrs || (a.content.size === 0) !== (b.content.size === 0)) return false
  }
  return true
}

/**
 * Decorations of whole paragraphs reach into none of them. A set looks through all of its decorations for every paragraph,
 * when it is made and when it is asked: in a text of several thousand paragraphs that is a fifth of a second for each
 * change. So it is made of a document that shows it no paragraphs, and answers at once that it holds nothing for any.
 */
const withoutParagraphs = (doc: Node): Node => Object.create(doc, { forEach: { value: () => undefined } }) as Node
const ofParagraphs = (set: DecorationSet): DecorationSet =>
  set === DecorationSet.empty ? set : Object.assign(set, { forChild: (): DecorationSet => DecorationSet.empty })

function decorationsOf(doc: Node, directory: Directory): DecorationSet {
  const list: Decoration[] = []
  let at = 0
  doc.forEach((node, offset) => {
    const number = directory.numbers[at++]
    const empty = node.type.name === 'line' && node.content.size === 0
    if (number || empty)
      list.push(
        Decoration.node(offset, offset + node.nodeSize, {
          ...(number ? { 'data-number': number.text } : {}),
          ...(empty ? { 'data-empty': '' } : {}),
        }),
      )
  })
  return ofParagraphs(DecorationSet.create(withoutParagraphs(doc), list))
}

export const Numbering = Extension.create({
  name: 'numbering',
  addProseMirrorPlugins: () => [
    new Plugin<State>({
      key: numbering,
      state: {
        init: (_config, { doc }) => {
          const directory = directoryOf(doc)
          return { directory, decorations: decorationsOf(doc, directory), revision: 0 }
        },
        apply(tr, value) {
          if (!tr.docChanged) return value
          if (sameStructure(tr.before, tr.doc))
            return { ...value, decorations: ofParagraphs(value.decorations.map(tr.mapping, tr.doc)) }
          const directory = directoryOf(tr.doc)
          return { directory, decorations: decorationsOf(tr.doc, directory), revision: value.revision + 1 }
        },
      },
      props: { decorations: (state) => numbering.getState(state)?.decorations },
    }),
  ],
})

export const directoryIn = (state: EditorState): Directory => {
  const found = numbering.getState(state)
  if (!found) throw new Error('编辑器没有编号')
  return found.directory
}
