// Reads through once typing pauses, draws the hints on the words, and recognises a newly typed “第十条” as a live
// reference.
import type { LintOptions, StructuredText } from '@dianzhang/text'
import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { useEffect, useRef, useState } from 'react'
import { Positions, printDoc } from './document.ts'
import { partsOfReference, resolvePiece } from './model/binding.ts'
import type { Printed } from './model/blocks.ts'
import { findings as findingsKey, type TextMark } from './plugins/findings.ts'
import { directoryIn } from './plugins/numbering.ts'
import { whenQuiet } from './plugins/quiet.ts'
import { settleHere } from './plugins/typed-numbers.ts'
import type { Reading, ReadingAnswer, ReadingRequest } from './reading.ts'

/** One reading, with the document it has read. */
export interface Read {
  reading: Reading
  doc: Node
  printed: Printed
  positions: Positions
}
/** How long typing pauses before reading through. */
const pause = 500

class Reader {
  #worker: Worker | null = null
  #next = 1
  readonly #waiting = new Map<number, { text: string; options: LintOptions; done: (reading: Reading) => void }>()
  readonly #base: StructuredText | null
  #told = false
  constructor(base: StructuredText | null) {
    this.#base = base
    try {
      const worker = new Worker(new URL('./reading.worker.ts', import.meta.url), { type: 'module' })
      worker.addEventListener('message', ({ data }: MessageEvent<ReadingAnswer>) => {
        const asked = this.#waiting.get(data.id)
        this.#waiting.delete(data.id)
        asked?.done(data.reading)
      })
      worker.addEventListener('error', () => this.#withoutWorker())
      this.#worker = worker
    } catch {
      // Without workers it is read here, in a quiet moment.
    }
  }
  read(text: string, options: LintOptions): Promise<Reading> {
    const worker = this.#worker
    if (!worker) return this.#here(text, options)
    const id = this.#next++
    const request: ReadingRequest = { id, text, options, ...(this.#told ? {} : { base: this.#base }) }
    this.#told = true
    return new Promise((done) => {
      this.#waiting.set(id, { text, options, done })
      worker.postMessage(request)
    })
  }
  close(): void {
    this.#worker?.terminate()
    this.#waiting.clear()
  }
  async #here(text: string, options: LintOptions): Promise<Reading> {
    const { readThrough } = await import('./reading.ts')
    return readThrough(text, options, this.#base)
  }
  #withoutWorker(): void {
    this.#worker = null
    for (const { text, options, done } of this.#waiting.values()) void this.#here(text, options).then(done)
    this.#waiting.clear()
  }
}

/**
 * Turns references in the words into live ones; one with the cursor inside waits. Joined to the previous step, so
 * that undo takes both back.
 */
function bindTyped(editor: Editor, read: Read, last: Transaction | null): void {
  const { state, view } = editor
  if (state.doc !== read.doc || !editor.isEditable) return
  const directory = directoryIn(state)
  const { reference } = state.schema.nodes
  if (!reference) return
  const { from, to } = state.selection
  const cuts: Array<{ from: number; to: number; attrs: Record<string, unknown> }> = []
  for (const piece of read.reading.internal.flatMap(partsOfReference)) {
    const start = read.positions.positionAt(piece.start)
    const end = read.positions.positionAt(piece.start + piece.text.length)
    // What is a reference already takes one place, and so do the parts of it.
    if (end - start !== piece.text.length || (from <= end && to >= start)) continue
    if (state.doc.textBetween(start, end, '\n', '\ufffc') !== piece.text) continue
    const at = read.positions.blockAt(piece.start)
    const part = directory.addresses[at]?.part ?? 0
    const value = resolvePiece(piece, at, directory, part)
    if (value) cuts.push({ from: start, to: end, attrs: { ...value } })
  }
  if (cuts.length === 0) return
  const { tr } = state
  for (const cut of cuts.reverse()) tr.replaceWith(cut.from, cut.to, reference.create(cut.attrs))
  if (last) tr.setMeta('appendedTransaction', last)
  view.dispatch(tr)
}

export interface ReadingState {
  read: Read | null
  /** Waiting for typing to pause, or reading. */
  pending: boolean
}

/**
 * The result of reading. `extra` gives further marks to draw (the status of citations). `base` is the structure of
 * the previous version.
 */
export function useReading(
  editor: Editor | null,
  options: LintOptions,
  base: StructuredText | null,
  marksOf: (read: Read) => TextMark[],
): ReadingState {
  const [state, setState] = useState<ReadingState>({ read: null, pending: true })
  const latest = useRef({ options, marksOf })
  latest.current = { options, marksOf }
  const again = useRef<() => void>(() => undefined)
  const key = JSON.stringify(options)

  useEffect(() => {
    if (!editor) return
    const reader = new Reader(base)
    let timer: ReturnType<typeof setTimeout> | undefined
    let closed = false
    let last: Transaction | null = null
    let put = (): void => undefined
    const run = async (): Promise<void> => {
      if (closed || editor.isDestroyed) return
      if (editor.view.composing) return later()
      // What changes the text is read once it is quiet again.
      if (editor.isEditable && settleHere(editor.view)) return
      const { doc } = editor.state
      const printed = printDoc(doc)
      const reading = await reader.read(printed.text, latest.current.options)
      if (closed || editor.isDestroyed || editor.state.doc !== doc) return
      const read: Read = { reading, doc, printed, positions: new Positions(doc, printed) }
      setState({ read, pending: false })
      put()
      put = whenQuiet(editor.view, () => bindTyped(editor, read, last))
    }
    const later = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void run(), pause)
    }
    const changed = ({ transaction }: { transaction: Transaction }): void => {
      if (!transaction.docChanged) return
      last = transaction
      setState((old) => (old.pending ? old : { ...old, pending: true }))
      later()
    }
    again.current = () => void run()
    editor.on('transaction', changed)
    void run()
    return () => {
      closed = true
      clearTimeout(timer)
      put()
      editor.off('transaction', changed)
      reader.close()
    }
  }, [editor, base])

  // biome-ignore lint/correctness/useExhaustiveDependencies: options are compared by their words
  useEffect(() => {
    again.current()
  }, [key])

  const { read } = state
  useEffect(() => {
    if (!editor || editor.isDestroyed || !read || editor.state.doc !== read.doc) return
    return whenQuiet(editor.view, () => {
      const { state: now, view } = editor
      if (now.doc === read.doc)
        view.dispatch(now.tr.setMeta(findingsKey, { marks: marksOf(read) }).setMeta('addToHistory', false))
    })
  }, [editor, read, marksOf])
  return state
}
