// The editing screen: tools, outline, body, hints in the margin; the working draft is saved automatically.
import type { LintOptions, StructuredText } from '@dianzhang/text'
import { useNavigate } from '@tanstack/react-router'
import type { Editor } from '@tiptap/core'
import { closeHistory } from '@tiptap/pm/history'
import type { Command } from '@tiptap/pm/state'
import { EditorContent } from '@tiptap/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ProblemError, remove, sentence } from '../api.ts'
import type { StoredWaiver } from '../document/text/shapes.ts'
import type { WaiverValue } from '../forms/findings-panel.tsx'
import { toast } from '../parts/toasts.tsx'
import type { Doc } from '../types.ts'
import { type Cited, useCitations } from './citations.ts'
import { CitedCard } from './cited-card.tsx'
import { goTo } from './commands.ts'
import { docOf } from './document.ts'
import { Foot } from './foot.tsx'
import { ConflictGate, SaveGate } from './gates.tsx'
import { Margin, type Note } from './margin.tsx'
import { levelName } from './model/levels.ts'
import { marksOf, notesOf, sameCited, stated, withoutReason, withReason } from './notes.ts'
import { KeyHelp, Notices } from './notices.tsx'
import { currentEntry, entriesOf, Outline } from './outline.tsx'
import { findings as findingsKey, type TextMark } from './plugins/findings.ts'
import { directoryIn } from './plugins/numbering.ts'
import { doubtfulReferences } from './plugins/references.ts'
import { printSettled, replaced, settleAll } from './plugins/typed-numbers.ts'
import { ReferenceCard } from './reference-card.tsx'
import { ReferenceDialog } from './reference-dialog.tsx'
import { type SeenDoc, seenOf } from './save-version.tsx'
import { Toolbar } from './toolbar.tsx'
import { useAt } from './use-at.ts'
import { reads, useOwnEditor } from './use-own-editor.ts'
import { type Read, useReading } from './use-reading.ts'
import { useSheet } from './use-sheet.ts'
import { type Draft, useWorkingCopy, type WorkingCopy, workingCopyPath } from './use-working-copy.ts'

export interface Start {
  body: string
  revision: number
  basedOn: number | null
  at: string | null
  waivers: WaiverValue[]
  /** Differs from what is stored right from opening (a template, a copy on this machine), so must be saved. */
  unsaved: boolean
}

export function Workspace({
  doc,
  start,
  base,
  earlier,
  options,
  editable,
}: {
  doc: Doc
  start: Start
  /** The structure of the previous version. */
  base: StructuredText | null
  /** The reasons recorded in earlier versions. */
  earlier: readonly StoredWaiver[]
  options: LintOptions
  editable: boolean
}) {
  const navigate = useNavigate()
  const [waivers, setWaivers] = useState(start.waivers)
  /** The hint that was clicked open. */
  const [active, setActive] = useState<string | null>(null)
  const [dialog, setDialog] = useState<'reference' | 'save' | 'keys' | null>(null)
  const actions = useRef<Record<'reference' | 'save', () => void>>({
    reference: () => setDialog('reference'),
    save: () => {},
  })
  const editor = useOwnEditor(start.body, base, editable, actions)
  // A copy made from an older version meets the newer one when it is saved.
  const [seen, setSeen] = useState<SeenDoc>(() => ({ ...seenOf(doc), n: start.basedOn ?? undefined }))

  const latest = useRef({ waivers })
  latest.current = { waivers }
  const draftOf = useCallback(
    (): Draft => ({
      body: printSettled(editor.state).text,
      waivers: stated(latest.current.waivers),
    }),
    [editor],
  )
  const copy = useWorkingCopy(doc.id, start, draftOf, () => !editor.isDestroyed && editor.view.composing)
  actions.current.save = () => {
    settleAll(editor.view)
    void copy.flush()
  }
  const { touch } = copy
  useEffect(() => {
    const changed = ({ transaction }: { transaction: { docChanged: boolean } }): void => {
      if (transaction.docChanged) touch()
    }
    editor.on('transaction', changed)
    if (start.unsaved) touch()
    return () => {
      editor.off('transaction', changed)
    }
  }, [editor, touch, start.unsaved])

  const run = useCallback(
    (command: Command, focus = true): void => {
      // A step of its own: undone by itself, not with the words typed before.
      command(editor.state, (tr) => editor.view.dispatch(closeHistory(tr)), editor.view)
      if (focus) editor.view.focus()
    },
    [editor],
  )

  const [citedMarks, setCitedMarks] = useState<readonly Cited[]>([])
  const marks = useCallback((now: Read): TextMark[] => marksOf(now, citedMarks), [citedMarks])
  const { read, pending } = useReading(editor, options, base, marks)
  const cited = useCitations(read)
  useEffect(() => {
    setCitedMarks((old) => (sameCited(old, cited) ? old : cited))
  }, [cited])

  const at = useAt(editor)
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew when the structure changed or the text was read through
  const entries = useMemo(() => entriesOf(editor.state.doc, directoryIn(editor.state)), [editor, at.revision, read])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const doubtful = useMemo(() => doubtfulReferences(editor.state.doc), [editor, at.revision, read])
  const current = currentEntry(entries, at.index)

  const notes = useMemo(() => notesOf(read, cited, waivers, earlier), [read, cited, waivers, earlier])

  // A click on marked words opens their note.
  useEffect(() => {
    const { dom } = editor.view
    const click = (event: MouseEvent): void => {
      const mark = (event.target as Element | null)?.closest?.('[data-mark]')?.getAttribute('data-mark')
      if (mark) setActive(mark)
    }
    dom.addEventListener('click', click)
    return () => dom.removeEventListener('click', click)
  }, [editor])

  const { sheet, layout, topOf } = useSheet(editor)
  const handlers = useRef({ read, touch, run })
  handlers.current = { read, touch, run }
  const goToFinding = useCallback(
    (note: Note): void => {
      const { read: now } = handlers.current
      if (!now) return
      const { start: from, end: to } = note.finding
      const found =
        editor.state.doc === now.doc
          ? { from: now.positions.positionAt(from), to: now.positions.positionAt(to) }
          : rangeOf(editor, note.key)
      if (found) handlers.current.run(goTo(found.from, found.to))
    },
    [editor],
  )
  const goToCited = useCallback(
    (each: Cited): void => {
      const { read: now } = handlers.current
      if (!now || editor.state.doc !== now.doc) return
      handlers.current.run(goTo(now.positions.positionAt(each.place.start), now.positions.positionAt(each.place.end)))
    },
    [editor],
  )
  const goToEntry = useCallback(
    (id: string): void => {
      const index = directoryIn(editor.state).byId.get(id)
      if (index === undefined) return
      let position = 0
      for (let i = 0; i < index; i++) position += editor.state.doc.child(i).nodeSize
      handlers.current.run(goTo(position + 1))
    },
    [editor],
  )
  const waive = useCallback((note: Note, reason: string): void => {
    setWaivers((old) => withReason(old, note.finding, reason))
    handlers.current.touch()
  }, [])
  const unwaive = useCallback((note: Note): void => {
    setWaivers((old) => withoutReason(old, note.finding))
    handlers.current.touch()
  }, [])

  const replaceAll = (body: string): void => {
    const next = docOf(editor.schema, reads(body, base))
    editor.view.dispatch(replaced(editor.state.tr.replaceWith(0, editor.state.doc.content.size, next.content)))
  }
  const discard = async (): Promise<void> => {
    const release = copy.hold()
    try {
      // What is on its way would arrive after it; and only what was seen is given up.
      const revision = await copy.settled()
      if (revision > 0) await remove(workingCopyPath(doc.id), { headers: { 'if-match': `"${revision}"` } })
      copy.adopt(0, doc.text?.n ?? null)
      await navigate({ to: '/documents/$id', params: { id: doc.id }, search: { tab: 'texts' } })
    } catch (error) {
      if (error instanceof ProblemError && error.problem.code === 'stale_working_copy')
        copy.conflict((error.problem.current ?? null) as WorkingCopy | null)
      else toast(sentence(error), 'warn')
    } finally {
      release()
    }
  }
  const openNotes = notes.filter((note) => note.waiver === null).length

  return (
    <div className="edit">
      <Toolbar
        doc={doc}
        at={at}
        editable={editable}
        state={copy.state}
        run={run}
        editor={editor}
        onReference={() => setDialog('reference')}
        onSave={() => {
          settleAll(editor.view)
          setDialog('save')
        }}
        onFlush={() => void copy.flush()}
        onKeys={() => setDialog(dialog === 'keys' ? null : 'keys')}
        onDiscard={start.revision > 0 || copy.state.kind === 'saved' ? () => void discard() : null}
      />
      <p id="edit-keys-hint" className="sr-only">
        回车为同级的下一段，Tab 降一级，Shift 加 Tab 升一级。按 Esc 再按 Tab 离开正文。
      </p>
      {dialog === 'keys' ? <KeyHelp /> : null}
      <Notices
        doc={doc}
        seen={seen.n}
        failed={copy.state.kind === 'failed' ? copy.state.message : null}
        onRetry={() => void copy.flush()}
        faults={at.kept ? (read?.reading.faults ?? []) : null}
        editable={editable}
        doubtful={doubtful}
        run={run}
      />
      <div className="edit-grid">
        <Outline entries={entries} current={current} onGo={goToEntry} />
        <div className="edit-sheet" ref={sheet}>
          <EditorContent editor={editor} />
          <CitedCard editor={editor} cited={cited} />
          <ReferenceCard editor={editor} editable={editable} run={run} />
        </div>
        <Margin
          notes={notes}
          cited={cited}
          active={active}
          pending={pending}
          editable={editable}
          topOf={topOf}
          layout={layout}
          onActive={setActive}
          onGo={goToFinding}
          onWaive={waive}
          onUnwaive={unwaive}
          onCited={goToCited}
        />
      </div>
      <Foot editor={editor} index={at.index} revision={at.revision} level={levelName(at.level, at.depth)} read={read} />
      {dialog === 'reference' ? <ReferenceDialog editor={editor} run={run} onClose={() => setDialog(null)} /> : null}
      {dialog === 'save' ? (
        <SaveGate
          hold={copy.hold}
          doc={doc}
          seen={seen}
          onSeen={setSeen}
          draftOf={draftOf}
          copyRevision={copy.settled}
          open={openNotes}
          broken={doubtful.length}
          onSaved={() => {
            copy.adopt(0, null)
            // With a first version the materials come next, and they are on the file's first page.
            void navigate({
              to: '/documents/$id',
              params: { id: doc.id },
              search: start.basedOn === null ? {} : { tab: 'texts' },
            })
          }}
          onConflict={(theirs) => {
            setDialog(null)
            copy.conflict(theirs)
          }}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {copy.state.kind === 'conflict' ? (
        <ConflictGate
          doc={doc}
          theirs={copy.state.theirs}
          mine={draftOf().body}
          onMine={(theirs, n) => void copy.overwrite(theirs, n)}
          onTheirs={(theirs, body, n) => {
            replaceAll(body)
            setWaivers(theirs?.waivers ?? [])
            copy.adopt(theirs?.revision ?? 0, theirs?.basedOn ?? n)
          }}
          onMerged={(theirs, body, n) => {
            // Written over what was seen of theirs: a later change of theirs is told again.
            copy.adopt(theirs?.revision ?? 0, theirs?.basedOn ?? n)
            replaceAll(body)
            copy.touch()
          }}
        />
      ) : null}
    </div>
  )
}
/** Where a mark is now, after edits. */
function rangeOf(editor: Editor, key: string): { from: number; to: number } | null {
  const found = findingsKey
    .getState(editor.state)
    ?.find(undefined, undefined, (spec: { key?: string }) => spec.key === key)[0]
  return found ? { from: found.from, to: found.to } : null
}
