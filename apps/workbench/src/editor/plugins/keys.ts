// Keys. While pinyin is being typed they all stay with the input method.
import { Extension } from '@tiptap/core'
import { closeHistory } from '@tiptap/pm/history'
import type { Command } from '@tiptap/pm/state'
import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { backspace, demote, insertAfter, inTable, move, moveCell, promote, split } from '../commands.ts'
import { readCaret } from './quiet.ts'

export interface KeyOptions {
  onReference: () => void
  onSave: () => void
}
/** Explanation of the keys, shown on the page. */
export const keyHelp: ReadonlyArray<[string, string]> = [
  ['回车', '同级的下一段'],
  ['Tab / Shift+Tab', '降一级 / 升一级（款 → 项 → 目）'],
  ['段首退格', '升一级，或者并入上一段'],
  ['Ctrl+回车', '新的一条'],
  ['Ctrl+Shift+回车', '新的一章'],
  ['Alt+↑ / Alt+↓', '连同下属各段上移 / 下移'],
  ['Ctrl+K', '插入对本文件条款的引用'],
  ['Ctrl+S', '立即保存工作稿'],
  ['Ctrl+Z / Ctrl+Y', '撤销 / 重做'],
  ['Esc 再按 Tab', '离开正文'],
]

export const Keys = Extension.create<KeyOptions>({
  name: 'keys',
  priority: 1000,
  addOptions: () => ({ onReference: () => undefined, onSave: () => undefined }),
  addProseMirrorPlugins() {
    const { options } = this
    // After Escape the next Tab leaves the text (WCAG 2.1.2).
    let leaving = false
    // Each a step of its own: undone by itself, not with the words typed before.
    const run = (view: EditorView, command: Command): boolean => {
      readCaret(view)
      return command(view.state, (tr) => view.dispatch(closeHistory(tr)), view)
    }
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            blur: () => {
              leaving = false
              return false
            },
          },
          handleKeyDown: (view, event) => {
            if (event.isComposing || view.composing || event.keyCode === 229) return false
            const mod = event.ctrlKey || event.metaKey
            const was = leaving
            if (event.key !== 'Shift') leaving = event.key === 'Escape'
            const editable = view.editable
            switch (event.key) {
              case 'Enter':
                if (!editable) return false
                if (mod) return run(view, insertAfter(event.shiftKey ? 'chapter' : 'article'))
                if (inTable(view.state)) return run(view, moveCell(1))
                return run(view, split)
              case 'Backspace':
                return editable && !mod && !event.altKey ? run(view, backspace) : false
              case 'Tab': {
                if (was || mod || event.altKey || !editable) return false
                if (inTable(view.state)) run(view, moveCell(event.shiftKey ? -1 : 1))
                else run(view, event.shiftKey ? promote : demote)
                // Tab never puts a tab into the text, and never leaves it unasked.
                return true
              }
              case 'ArrowUp':
              case 'ArrowDown':
                return event.altKey && !mod && editable ? run(view, move(event.key === 'ArrowUp' ? -1 : 1)) : false
              case 'k':
              case 'K':
                if (!mod || !editable) return false
                options.onReference()
                return true
              case 's':
              case 'S':
                if (!mod) return false
                options.onSave()
                return true
              default:
                return false
            }
          },
        },
      }),
    ]
  },
})
