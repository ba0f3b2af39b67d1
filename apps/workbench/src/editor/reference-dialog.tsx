// Inserting a reference: searches this document's provisions by article number or words; Enter inserts.

import type { Node } from '@tiptap/pm/model'
import type { Command } from '@tiptap/pm/state'
import type { Editor } from '@tiptap/react'
import Input, { type InputRef } from 'antd/es/input'
import Modal from 'antd/es/modal'
import { useEffect, useId, useRef, useState } from 'react'
import { insertReference } from './commands.ts'
import { type Directory, wordsOf } from './document.ts'
import { addressName } from './model/references.ts'
import { directoryIn } from './plugins/numbering.ts'

interface Choice {
  id: string
  name: string
  words: string
}
function choicesOf(doc: Node, { blocks, addresses }: Directory): Choice[] {
  return blocks.flatMap((block, at) => {
    const address = addresses[at]
    return address
      ? [{ id: block.id, name: addressName(address, block), words: wordsOf(doc.child(at)).slice(0, 60) }]
      : []
  })
}
const digits = '零一二三四五六七八九'
const plain = (text: string): string => text.replace(/\s/gu, '')
/** 12 finds “第十二条” too. */
function matches(choice: Choice, query: string): boolean {
  const wanted = plain(query)
  if (wanted === '') return true
  if (/^\d{1,3}$/u.test(wanted)) {
    const n = Number(wanted)
    const tens = Math.floor(n / 10)
    const chinese =
      n < 10
        ? digits[n]
        : n < 100
          ? `${tens === 1 ? '' : digits[tens]}十${n % 10 === 0 ? '' : digits[n % 10]}`
          : `${digits[Math.floor(n / 100)]}百${n % 100 === 0 ? '' : n % 100 < 10 ? `零${digits[n % 10]}` : `${digits[Math.floor((n % 100) / 10)]}十${n % 10 === 0 ? '' : digits[n % 10]}`}`
    if (choice.name.startsWith(`第${chinese}条`)) return true
  }
  return plain(choice.name).includes(wanted) || plain(choice.words).includes(wanted)
}
const most = 60

/** Puts a reference where the cursor stands; the cursor is in the text again afterwards, whatever was chosen. */
export function ReferenceDialog({
  editor,
  run,
  onClose,
}: {
  editor: Editor
  run: (command: Command) => void
  onClose: () => void
}) {
  const [choices] = useState(() => choicesOf(editor.state.doc, directoryIn(editor.state)))
  const close = () => {
    onClose()
    editor.view.focus()
  }
  const pick = (target: string) => {
    onClose()
    run(insertReference(target))
  }
  const [query, setQuery] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const field = useRef<InputRef>(null)
  const list = useRef<HTMLDivElement>(null)
  const found = choices.filter((choice) => matches(choice, query))
  const shown = found.slice(0, most)
  const chosen = shown[Math.min(at, shown.length - 1)]
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows the chosen one
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen?.id])
  return (
    <Modal
      open
      title="引用本文件的条款"
      footer={null}
      onCancel={close}
      width={560}
      destroyOnHidden
      afterOpenChange={(open) => {
        if (open) field.current?.focus()
      }}
    >
      <div className="stack">
        <Input
          ref={field}
          role="combobox"
          aria-label="检索条款"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={chosen ? `${id}-${chosen.id}` : undefined}
          placeholder="条号（12、第十二条）或者文字"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setAt(0)
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault()
              const step = event.key === 'ArrowDown' ? 1 : -1
              setAt((old) => Math.max(0, Math.min(shown.length - 1, old + step)))
            } else if (event.key === 'Enter' && chosen) {
              event.preventDefault()
              pick(chosen.id)
            }
          }}
        />
        <div id={id} ref={list} role="listbox" aria-label="条款" className="reference-list" tabIndex={-1}>
          {shown.map((choice) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field above
            <div
              key={choice.id}
              id={`${id}-${choice.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={choice.id === chosen?.id}
              className="reference-option"
              onClick={() => pick(choice.id)}
            >
              <b>{choice.name}</b>
              <span>{choice.words}</span>
            </div>
          ))}
        </div>
        <p className="quiet" role="status">
          {found.length === 0
            ? '没有这样的条款。'
            : found.length > most
              ? `共 ${found.length} 处，只列前 ${most} 处，请再写几个字。`
              : '↑↓ 选择，回车插入。引用的编号随所引条款自动改变。'}
        </p>
      </div>
    </Modal>
  )
}
