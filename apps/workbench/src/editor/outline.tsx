// The outline on the left: a click goes to the body, and the entry with the cursor is lit.
import type { Node } from '@tiptap/pm/model'
import { memo, useEffect, useRef } from 'react'
import { type Directory, levelOf, wordsOf } from './document.ts'
import type { BlockLevel } from './model/levels.ts'

export interface Entry {
  /** Which paragraph, by index. */
  index: number
  id: string
  level: BlockLevel
  number: string
  words: string
  indent: number
}
const indents: Partial<Record<BlockLevel, number>> = {
  title: 0,
  part: 0,
  subpart: 0,
  chapter: 0,
  section: 1,
  heading1: 0,
  heading2: 1,
  heading3: 2,
  article: 1,
  attachment: 0,
  attachmentTitle: 0,
}
export function entriesOf(doc: Node, { numbers }: Directory): Entry[] {
  const list: Entry[] = []
  doc.forEach((node, _offset, index) => {
    const level = levelOf(node)
    const indent = indents[level]
    if (indent === undefined) return
    const words = wordsOf(node).slice(0, 26)
    if (words === '' && !numbers[index]) return
    list.push({ index, id: String(node.attrs.id), level, number: numbers[index]?.text ?? '', words, indent })
  })
  return list
}
/** Where the cursor is: the nearest entry not after it. */
export function currentEntry(entries: readonly Entry[], index: number): string | null {
  let found: string | null = null
  for (const entry of entries) {
    if (entry.index > index) break
    found = entry.id
  }
  return found
}

export const Outline = memo(function Outline({
  entries,
  current,
  onGo,
}: {
  entries: readonly Entry[]
  current: string | null
  onGo: (id: string) => void
}) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    if (current === null) return
    list.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <nav className="edit-outline" aria-label="大纲">
      <h2>大纲</h2>
      <ol ref={list}>
        {entries.map(({ id, level, number, words, indent }) => (
          <Item
            key={id}
            id={id}
            level={level}
            number={number}
            words={words}
            indent={indent}
            on={id === current}
            onGo={onGo}
          />
        ))}
      </ol>
    </nav>
  )
})

const Item = memo(function Item({
  id,
  level,
  number,
  words,
  indent,
  on,
  onGo,
}: Omit<Entry, 'index'> & { on: boolean; onGo: (id: string) => void }) {
  return (
    <li>
      <button
        type="button"
        className={`outline-item outline-${level} outline-in${indent}`}
        aria-current={on}
        onClick={() => onGo(id)}
      >
        {number ? <b>{number}</b> : null}
        {words}
      </button>
    </li>
  )
})
