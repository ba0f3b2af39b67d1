// The editor of one screen: made once with the text it opens with, destroyed when the screen is left.
import { adoptIds, parseText, type StructuredText } from '@dianzhang/text'
import { Editor } from '@tiptap/core'
import { UndoRedo } from '@tiptap/extensions'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { docOf } from './document.ts'
import { readText } from './model/read.ts'
import { Findings } from './plugins/findings.ts'
import { Keys } from './plugins/keys.ts'
import { Numbering } from './plugins/numbering.ts'
import { Paste } from './plugins/paste.ts'
import { References } from './plugins/references.ts'
import { TypedNumbers } from './plugins/typed-numbers.ts'
import { nodes } from './schema.ts'

/** A text as the editor reads it; elements keep the identity they had in the earlier version. */
export const reads = (body: string, base: StructuredText | null) => {
  const parsed = parseText(body)
  return readText(body, base ? adoptIds(base, parsed) : parsed)
}

export function useOwnEditor(
  body: string,
  base: StructuredText | null,
  editable: boolean,
  actions: RefObject<Record<'reference' | 'save', () => void>>,
  /** What the text is called, to those who do not see it. */
  label = '正文',
  id?: string,
): Editor {
  const [editor] = useState(
    () =>
      new Editor({
        extensions: [
          ...nodes,
          Numbering,
          TypedNumbers,
          References,
          Findings,
          Paste,
          Keys.configure({
            onReference: () => actions.current.reference(),
            onSave: () => actions.current.save(),
          }),
          UndoRedo.configure({ depth: 300, newGroupDelay: 600 }),
        ],
        injectCSS: false,
        editable,
        enableInputRules: false,
        enablePasteRules: false,
        editorProps: {
          attributes: {
            role: 'textbox',
            'aria-multiline': 'true',
            'aria-label': label,
            ...(id ? { id } : {}),
            'aria-describedby': 'edit-keys-hint',
            spellcheck: 'false',
            autocorrect: 'off',
            autocapitalize: 'off',
            translate: 'no',
            class: 'edit-text',
          },
        },
        onBeforeCreate: ({ editor: made }) => {
          made.options.content = docOf(made.schema, reads(body, base)).toJSON()
        },
      }),
  )
  const mounted = useRef(false)
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
      // A development build mounts twice; only the last leaving is one.
      setTimeout(() => {
        if (!mounted.current) editor.destroy()
      }, 0)
    }
  }, [editor])
  return editor
}
