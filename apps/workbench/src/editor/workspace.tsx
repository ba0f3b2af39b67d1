// The editing screen: tools, outline, body, hints in the margin; the working draft is saved automatically.
import {
  adoptIds,
  applyWaivers,
  citationFindings,
  type LintOptions,
  parseText,
  type StructuredText,
  type Waiver,
} from '@dianzhang/text'
import { useNavigate } from '@tanstack/react-router'
import { Editor } from '@tiptap/core'
import { UndoRedo } from '@tiptap/extensions'
import { closeHistory, redoDepth, undoDepth } from '@tiptap/pm/history'
import type { Command } from '@tiptap/pm/state'
import { EditorContent, useEditorState } from '@tiptap/react'
import Button from 'antd/es/button'
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { get, remove, sentence } from '../api.ts'
import type { StoredWaiver } from '../document/text/shapes.ts'
import type { WaiverValue } from '../forms/findings-panel.tsx'
import { toast } from '../parts/toasts.tsx'
import type { Doc, WholeText } from '../types.ts'
import { momentOf } from '../words.ts'
import { type Cited, standingOf, useCitations } from './citations.ts'
import { CitedCard } from './cited-card.tsx'
import { goTo, hasWritten, here, insertReference, renumber } from './commands.ts'
import { Conflict } from './conflict.tsx'
import { docOf, levelOf } from './document.ts'
import { Margin, type Note } from './margin.tsx'
import { levelName } from './model/levels.ts'
import { readText } from './model/read.ts'
import { addressName } from './model/references.ts'
import { currentEntry, entriesOf, Outline } from './outline.tsx'
import { Findings, findings as findingsKey, type TextMark } from './plugins/findings.ts'
import { Keys, keyHelp } from './plugins/keys.ts'
import { directoryIn, Numbering, numbering } from './plugins/numbering.ts'
import { Paste } from './plugins/paste.ts'
import { doubtfulReferences, References } from './plugins/references.ts'
import { printSettled, replaced, settleAll, TypedNumbers } from './plugins/typed-numbers.ts'
import { ReferenceCard } from './reference-card.tsx'
import { choicesOf, ReferenceDialog } from './reference-dialog.tsx'
import { SaveVersion, type SeenDoc, seenOf } from './save-version.tsx'
import { nodes } from './schema.ts'
import { Toolbar } from './toolbar.tsx'
import { type Read, useReading } from './use-reading.ts'
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

const reads = (body: string, base: StructuredText | null) => {
  const parsed = parseText(body)
  return readText(body, base ? adoptIds(base, parsed) : parsed)
}
const sameFinding = (waiver: WaiverValue, id: string, quote: string, element: string | undefined): boolean =>
  waiver.id === id && waiver.quote === quote && (waiver.element === undefined || waiver.element === element)

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
            'aria-label': '正文',
            'aria-describedby': 'edit-keys-hint',
            spellcheck: 'false',
            autocorrect: 'off',
            autocapitalize: 'off',
            translate: 'no',
            class: 'edit-text',
          },
        },
        onBeforeCreate: ({ editor: made }) => {
          made.options.content = docOf(made.schema, reads(start.body, base)).toJSON()
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
  // A copy made from an older version meets the newer one when it is saved.
  const [seen, setSeen] = useState<SeenDoc>(() => ({ ...seenOf(doc), n: start.basedOn ?? undefined }))

  const latest = useRef({ waivers })
  latest.current = { waivers }
  const draftOf = useCallback(
    (): Draft => ({
      body: printSettled(editor.state).text,
      waivers: latest.current.waivers.filter((waiver) => waiver.reason.trim() !== ''),
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
  const marksOf = useCallback(
    (read: Read): TextMark[] => {
      const at = (offset: number): number => read.positions.positionAt(offset)
      const { text } = read.printed
      return [
        ...citedMarks
          .filter((each) => each.place.end <= text.length)
          .map(
            (each): TextMark => ({
              key: each.key,
              kind: 'citation',
              from: at(each.place.start),
              to: at(each.place.end),
              standing: standingOf(each),
            }),
          ),
        ...[...read.reading.findings, ...citationFindings(text, citedMarks)]
          .filter((finding) => finding.end > finding.start)
          .map(
            (finding): TextMark => ({
              key: keyOf(finding),
              kind: finding.id === 'S13' ? 'unfilled' : finding.severity,
              from: at(finding.start),
              to: at(finding.end),
            }),
          ),
      ].filter((mark) => mark.to > mark.from)
    },
    [citedMarks],
  )
  const { read, pending } = useReading(editor, options, base, marksOf)
  const cited = useCitations(read)
  useEffect(() => {
    setCitedMarks((old) => (sameCited(old, cited) ? old : cited))
  }, [cited])

  const at = useEditorState({
    editor,
    selector: ({ editor: now }) => {
      const found = here(now.state)
      return {
        index: found?.index ?? 0,
        level: found ? levelOf(found.node) : 'text',
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew when the structure changed or the text was read through
  const entries = useMemo(() => entriesOf(editor.state.doc, directoryIn(editor.state)), [editor, at.revision, read])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const doubtful = useMemo(() => doubtfulReferences(editor.state.doc), [editor, at.revision, read])
  const current = currentEntry(entries, at.index)

  const notes = useMemo((): Note[] => {
    if (!read) return []
    const all = [...read.reading.findings, ...citationFindings(read.printed.text, cited)].sort(
      (a, b) => a.start - b.start || a.id.localeCompare(b.id),
    )
    const given: Waiver[] = [
      ...waivers.map((waiver) => ({ ...waiver, by: 'drafter' as const })),
      ...[...earlier].reverse(),
    ]
    const { waived } = applyWaivers(all, given)
    const held = new Map(waived.map(({ finding, waiver }) => [finding, waiver]))
    return all.map((finding) => {
      const mine = waivers.find((waiver) => sameFinding(waiver, finding.id, finding.quote, finding.element))
      const before = earlier.find((waiver) => sameFinding(waiver, finding.id, finding.quote, finding.element))
      const whole = finding.end === finding.start && finding.start === 0
      return {
        key: keyOf(finding),
        finding,
        index: whole ? null : read.positions.blockAt(finding.start),
        waiver: mine
          ? { reason: mine.reason, mine: true, who: '本次说明' }
          : before
            ? {
                reason: before.reason,
                mine: false,
                who: `${before.by === 'reviewer' ? '审核人' : '起草人'}（${momentOf(before.at)}）`,
              }
            : null,
        open: !held.has(finding),
      }
    })
  }, [read, cited, waivers, earlier])

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

  const sheet = useRef<HTMLDivElement>(null)
  const [layout, setLayout] = useState(0)
  useLayoutEffect(() => {
    const own = sheet.current
    if (!own) return
    let frame = 0
    const watcher = new ResizeObserver(() => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(() => setLayout((n) => n + 1))
    })
    watcher.observe(own)
    return () => {
      watcher.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
  const topOf = useCallback(
    (index: number): number => {
      const { doc: now } = editor.state
      let position = 0
      for (let i = 0; i < Math.min(index, now.childCount - 1); i++) position += now.child(i).nodeSize
      const dom = editor.view.nodeDOM(position)
      const own = sheet.current
      return dom instanceof HTMLElement && own ? dom.getBoundingClientRect().top - own.getBoundingClientRect().top : 0
    },
    [editor],
  )
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
    const { id, quote, element } = note.finding
    setWaivers((old) => [
      ...old.filter((waiver) => !sameFinding(waiver, id, quote, element)),
      { id, quote, ...(element === undefined ? {} : { element }), reason },
    ])
    handlers.current.touch()
  }, [])
  const unwaive = useCallback((note: Note): void => {
    const { id, quote, element } = note.finding
    setWaivers((old) => old.filter((waiver) => !sameFinding(waiver, id, quote, element)))
    handlers.current.touch()
  }, [])

  const replaceAll = (body: string): void => {
    const next = docOf(editor.schema, reads(body, base))
    editor.view.dispatch(replaced(editor.state.tr.replaceWith(0, editor.state.doc.content.size, next.content)))
  }
  const discard = async (): Promise<void> => {
    const release = copy.hold()
    try {
      await remove(workingCopyPath(doc.id))
      copy.adopt(0, doc.text?.n ?? null)
      await navigate({ to: '/documents/$id', params: { id: doc.id }, search: { tab: 'texts' } })
    } catch (error) {
      toast(sentence(error), 'warn')
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
      {dialog === 'keys' ? (
        <dl className="edit-keys">
          {keyHelp.map(([key, what]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {copy.state.kind === 'failed' ? (
        <div className="note note-error" role="alert">
          <p>没有保存：{copy.state.message}</p>
          <Button size="small" onClick={() => void copy.flush()}>
            再试一次
          </Button>
        </div>
      ) : null}
      {doc.text && seen.n !== undefined && doc.text.n > seen.n ? (
        <div className="note note-warn" role="status" data-testid="newer">
          <p>
            <b>
              您是在第{seen.n}版上修改的，现在已有第{doc.text.n}版。
            </b>
            保存为新版之前，请先
            <a
              href={`/staff/documents/${doc.id}?tab=texts&from=${seen.n}&to=${doc.text.n}`}
              target="_blank"
              rel="noreferrer"
            >
              比较两版
            </a>
            ，把对方的改动并进来。
          </p>
        </div>
      ) : null}
      {at.kept ? (
        <div className="note note-warn edit-faults" role="status" data-testid="faults">
          <p>
            <b>编号按原样保留。</b>
            {read && read.reading.faults.length > 0
              ? `原文编号有 ${read.reading.faults.length} 处问题：`
              : '原文的编号照写法保留。'}
          </p>
          {read && read.reading.faults.length > 0 ? (
            <ul className="plain">
              {read.reading.faults.slice(0, 6).map((fault) => (
                <li key={`${fault.code}${fault.line}`}>{fault.message}</li>
              ))}
              {read.reading.faults.length > 6 ? <li>……</li> : null}
            </ul>
          ) : null}
          <Button size="small" disabled={!editable} onClick={() => run(renumber)}>
            自动编号
          </Button>
        </div>
      ) : null}
      <Doubtful
        kind="broken"
        list={doubtful.filter((each) => each.broken)}
        words={(n) => `${n} 处引用的条款已经删去：`}
        onGo={(position) => run(goTo(position, position + 1))}
      />
      <Doubtful
        kind="unsure"
        list={doubtful.filter((each) => !each.broken)}
        words={(n) => `${n} 处“前款”之类的所指已变，请核对：`}
        onGo={(position) => run(goTo(position, position + 1))}
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
      {dialog === 'reference' ? (
        <ReferenceDialog
          choices={choicesOf(editor.state.doc, directoryIn(editor.state))}
          onClose={() => {
            setDialog(null)
            editor.view.focus()
          }}
          onPick={(id) => {
            setDialog(null)
            run(insertReference(id))
          }}
        />
      ) : null}
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
            void navigate({ to: '/documents/$id', params: { id: doc.id }, search: { tab: 'texts' } })
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
        />
      ) : null}
    </div>
  )
}
const keyOf = (finding: { id: string; start: number; quote: string; element?: string }): string =>
  `${finding.id}-${finding.start}`
const sameCited = (a: readonly Cited[], b: readonly Cited[]): boolean =>
  a.length === b.length &&
  a.every((each, i) => {
    const other = b[i]
    return (
      other !== undefined &&
      each.place.start === other.place.start &&
      each.place.end === other.place.end &&
      each.found?.status === other.found?.status
    )
  })
/** Where a mark is now, after edits. */
function rangeOf(editor: Editor, key: string): { from: number; to: number } | null {
  const found = findingsKey
    .getState(editor.state)
    ?.find(undefined, undefined, (spec: { key?: string }) => spec.key === key)[0]
  return found ? { from: found.from, to: found.to } : null
}

/** Broken and unsure references, each of which can be gone to. */
function Doubtful({
  kind,
  list,
  words,
  onGo,
}: {
  kind: 'broken' | 'unsure'
  list: ReadonlyArray<{ position: number; text: string }>
  words: (n: number) => string
  onGo: (position: number) => void
}) {
  if (list.length === 0) return null
  return (
    <div className="note note-warn" role="status" data-testid={kind}>
      <p>
        <b>{words(list.length)}</b>
        {list.slice(0, 8).map((each) => (
          <button key={each.position} type="button" className="link" onClick={() => onGo(each.position)}>
            {each.text}
          </button>
        ))}
      </p>
    </div>
  )
}

/** Stops automatic saving while the save window is open, so that no working draft is stored after the new version. */
function SaveGate({ hold, ...rest }: { hold: () => () => void } & Parameters<typeof SaveVersion>[0]) {
  const held = useRef(hold)
  useEffect(() => held.current(), [])
  return <SaveVersion {...rest} />
}

/** The other side saved a working draft, or has already saved it as a new version. */
function ConflictGate({
  doc,
  theirs,
  mine,
  onMine,
  onTheirs,
}: {
  doc: Doc
  theirs: WorkingCopy | null
  mine: string
  onMine: (theirs: WorkingCopy | null, n: number | null) => void
  onTheirs: (theirs: WorkingCopy | null, body: string, n: number | null) => void
}) {
  const [latest, setLatest] = useState<{ n: number; body: string } | null>(null)
  useEffect(() => {
    if (theirs) return
    let closed = false
    const read = async () => {
      const now = await get<Doc>(`/api/documents/${doc.id}`)
      const n = now.text?.n ?? 0
      const version = n > 0 ? await get<WholeText>(`/api/documents/${doc.id}/versions/${n}`) : { body: '' }
      if (!closed) setLatest({ n, body: version.body })
    }
    read().catch((error: unknown) => toast(sentence(error), 'warn'))
    return () => {
      closed = true
    }
  }, [theirs, doc.id])
  if (!theirs && !latest) return null
  const body = theirs?.body ?? latest?.body ?? ''
  const n = latest?.n ?? null
  return (
    <Conflict
      mine={mine}
      theirs={{
        body,
        what: theirs
          ? `${theirs.byName}在您打开之后另存了工作稿`
          : `工作稿已经保存为正式文本或者已被清除，现有${n ? `第${n}版` : '文本为空'}`,
        at: theirs?.at ?? null,
      }}
      onMine={() => onMine(theirs, n)}
      onTheirs={() => onTheirs(theirs, body, n)}
    />
  )
}

/** Where the cursor is, and how many characters the whole text has. */
function Foot({
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
