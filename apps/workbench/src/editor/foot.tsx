// The line below the text.
import type { Editor } from '@tiptap/core'
import { addressName } from './model/references.ts'
import { directoryIn } from './plugins/numbering.ts'
import type { Read } from './use-reading.ts'

/** Where the cursor is, and how many characters the whole text has. */
export function Foot({
  editor,
  index,
  revision,
  level,
  read,
}: {
  editor: Editor
  index: number
  revision: number
  level: string
  read: Read | null
}) {
  const { addresses, blocks } = directoryIn(editor.state)
  const block = blocks[index]
  const address = addresses[index] ?? null
  void revision
  const characters = read ? read.printed.text.replace(/\s/gu, '').length : null
  return (
    <p className="edit-foot">
      <span>
        {block && address ? `${addressName(address, block)}　` : ''}
        {level}
      </span>
      <span>
        {characters === null ? '' : `全文 ${characters} 字`}
        {read && read.reading.unfilled > 0 ? `，待填 ${read.reading.unfilled} 处` : ''}
      </span>
    </p>
  )
}
