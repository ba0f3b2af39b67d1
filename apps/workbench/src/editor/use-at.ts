// Where the cursor is, as far as tools and foot need it; anew with every step.
import type { Editor } from '@tiptap/core'
import { redoDepth, undoDepth } from '@tiptap/pm/history'
import { useEditorState } from '@tiptap/react'
import { hasWritten, here } from './commands.ts'
import { levelOf } from './document.ts'
import { numbering } from './plugins/numbering.ts'

export const useAt = (editor: Editor) =>
  useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const found = here(now.state)
      return {
        index: found?.index ?? 0,
        level: found ? levelOf(found.node) : ('text' as const),
        depth: Number(found?.node.attrs.depth ?? 1),
        branch: Number(found?.node.attrs.branch ?? 0),
        table: now.state.selection.$from.depth >= 3,
        canUndo: undoDepth(now.state) > 0,
        canRedo: redoDepth(now.state) > 0,
        revision: numbering.getState(now.state)?.revision ?? 0,
        kept: hasWritten(now.state.doc),
      }
    },
  })
