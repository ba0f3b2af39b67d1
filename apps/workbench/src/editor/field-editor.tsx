// The structured editor as a field of a form: a drafting note, an interpretation, a review opinion are written as the text itself is,
// from a template, from Word, or blank. What is written is the form's value; nothing is saved by itself here.
import { unfilledOf } from '@dianzhang/text'
import { closeHistory } from '@tiptap/pm/history'
import type { Command } from '@tiptap/pm/state'
import { EditorContent } from '@tiptap/react'
import Button from 'antd/es/button'
import { useCallback, useEffect, useRef, useState } from 'react'
import { sentence } from '../api.ts'
import { LossReport } from '../document/text/import-docx.tsx'
import type { DocxImport } from '../document/text/shapes.ts'
import { docxType, readDocx } from '../document/text/upload.ts'
import { docOf } from './document.ts'
import { KeyHelp } from './notices.tsx'
import { printSettled, replaced, settleAll } from './plugins/typed-numbers.ts'
import { ReferenceCard } from './reference-card.tsx'
import { ReferenceDialog } from './reference-dialog.tsx'
import { Tools } from './toolbar.tsx'
import { useAt } from './use-at.ts'
import { reads, useOwnEditor } from './use-own-editor.ts'
import './editor.css'
import { Trouble } from '../parts/trouble.tsx'

/** Above this many characters what is typed is handed to the form after a pause, and whenever the field is left. */
const long = 20_000
const pause = 400

export default function FieldEditor({
  id,
  label,
  value,
  onChange,
  bad,
  document: file,
  template,
  templateName,
}: {
  id: string
  label: string
  value: string
  onChange: (next: string) => void
  bad: boolean
  /** The file by whose rights a Word file is read in; absent: no Word. */
  document: string | undefined
  /** Offered while nothing is written. */
  template: string | undefined
  templateName: string
}) {
  const [dialog, setDialog] = useState<'reference' | 'keys' | null>(null)
  const actions = useRef<Record<'reference' | 'save', () => void>>({
    reference: () => setDialog('reference'),
    save: () => undefined,
  })
  const editor = useOwnEditor(value, null, true, actions, label, id)
  const at = useAt(editor)
  const run = useCallback(
    (command: Command): void => {
      command(editor.state, (tr) => editor.view.dispatch(closeHistory(tr)), editor.view)
      editor.view.focus()
    },
    [editor],
  )
  /** What the form was told last: another value comes from outside (a template, what was kept of an earlier time). */
  const told = useRef(value)
  const outside = useRef(false)
  const dirty = useRef(false)
  const tell = useRef(onChange)
  tell.current = onChange
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const hand = (): void => {
      clearTimeout(timer)
      // Only being there changes nothing.
      if (!dirty.current) return
      dirty.current = false
      const next = printSettled(editor.state).text.trimEnd()
      if (next === told.current) return
      told.current = next
      tell.current(next)
    }
    const changed = ({ transaction }: { transaction: { docChanged: boolean } }): void => {
      if (!transaction.docChanged || outside.current) return
      dirty.current = true
      clearTimeout(timer)
      if (editor.view.composing || editor.state.doc.content.size > long) timer = setTimeout(hand, pause)
      else hand()
    }
    const left = (): void => {
      settleAll(editor.view)
      hand()
    }
    editor.on('transaction', changed)
    editor.on('blur', left)
    return () => {
      clearTimeout(timer)
      editor.off('transaction', changed)
      editor.off('blur', left)
    }
  }, [editor])
  useEffect(() => {
    if (value === told.current) return
    told.current = value
    outside.current = true
    const next = docOf(editor.schema, reads(value, null))
    editor.view.dispatch(replaced(editor.state.tr.replaceWith(0, editor.state.doc.content.size, next.content)))
    outside.current = false
  }, [editor, value])
  const left = unfilledOf(value).length
  return (
    <div className={bad ? 'field-editor field-editor-bad' : 'field-editor'}>
      <div className="edit-bar no-print">
        <Tools at={at} editable run={run} editor={editor} onReference={() => setDialog('reference')}>
          <button type="button" className="tool" onClick={() => setDialog(dialog === 'keys' ? null : 'keys')}>
            按键
          </button>
        </Tools>
        <span className="edit-saving">
          {template && value.trim() === '' ? (
            <Button size="small" onClick={() => onChange(template)}>
              用{templateName}的范本
            </Button>
          ) : null}
          {file ? <FromWord document={file} replaces={value.trim() !== ''} onText={onChange} /> : null}
        </span>
      </div>
      <p id="edit-keys-hint" className="sr-only">
        回车为同级的下一段，Tab 降一级，Shift 加 Tab 升一级。按 Esc 再按 Tab 离开正文。
      </p>
      {dialog === 'keys' ? <KeyHelp /> : null}
      <div className="edit-sheet">
        <EditorContent editor={editor} />
        <ReferenceCard editor={editor} editable run={run} />
      </div>
      <p className="editor-foot">
        共 {value.replace(/\s/g, '').length} 字{left > 0 ? <b className="bad">　还有 {left} 处待填</b> : null}
      </p>
      {dialog === 'reference' ? <ReferenceDialog editor={editor} run={run} onClose={() => setDialog(null)} /> : null}
    </div>
  )
}

/** Reads a Word file into the field; where words of it would be lost, the losses are seen first. */
function FromWord({
  document: file,
  replaces,
  onText,
}: {
  document: string
  replaces: boolean
  onText: (text: string) => void
}) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [waiting, setWaiting] = useState<DocxImport | null>(null)
  const input = useRef<HTMLInputElement>(null)
  // Reading takes a while, and somebody may write meanwhile.
  const written = useRef(replaces)
  written.current = replaces
  const read = async (chosen: File) => {
    setBusy(true)
    setProblem(null)
    setWaiting(null)
    try {
      const { imported, refused } = await readDocx(file, chosen, {
        progress: () => undefined,
        signal: new AbortController().signal,
      })
      if (imported.text.trim() === '') setProblem(`《${chosen.name}》里没有可以读入的文字。`)
      else if (refused || written.current) setWaiting(imported)
      else onText(imported.text)
    } catch (error) {
      setProblem(sentence(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button size="small" loading={busy} onClick={() => input.current?.click()}>
        由 Word 读入
      </Button>
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        accept={`.docx,${docxType}`}
        aria-label="读入 Word 文件"
        onChange={(event) => {
          const chosen = event.target.files?.item(0)
          event.target.value = ''
          if (chosen) void read(chosen)
        }}
      />
      <Trouble says={problem} />
      {waiting ? (
        <div className="note note-warn field-word" role="alert">
          {waiting.loss.length > 0 ? <LossReport loss={waiting.loss} /> : null}
          <p className="row">
            <span>{replaces ? '读入以后代替现在所写的（可以撤销）。' : '读入文件里读得出的文字，其余由您补上。'}</span>
            <Button
              size="small"
              onClick={() => {
                onText(waiting.text)
                setWaiting(null)
              }}
            >
              读入
            </Button>
            <Button size="small" onClick={() => setWaiting(null)}>
              不读入
            </Button>
          </p>
        </div>
      ) : null}
    </>
  )
}
