// The hints on the right: each next to the paragraph it asks about; change, explain the reason, withdraw the
// explanation. Citations have a tab of their own.
import type { Finding, Severity } from '@dianzhang/text'
import Button from 'antd/es/button'
import Input from 'antd/es/input'
import { memo, useId, useLayoutEffect, useRef, useState } from 'react'
import { severityNames } from '../document/text/words.ts'
import { Submit } from '../parts/submit.tsx'
import { type Cited, standingOf } from './citations.ts'

export interface Note {
  key: string
  finding: Finding
  /** Which paragraph; null for the whole text. */
  index: number | null
  /** The reason already given; `mine` was written this time and can be withdrawn. */
  waiver: { reason: string; mine: boolean; who: string } | null
  /** Still needs the reviewer's confirmation. */
  open: boolean
}
export interface MarginProps {
  notes: readonly Note[]
  cited: readonly Cited[]
  active: string | null
  pending: boolean
  editable: boolean
  /** How far down in the body a paragraph is. */
  topOf: (index: number) => number
  /** The layout of the body has changed. */
  layout: number
  onActive: (key: string | null) => void
  onGo: (note: Note) => void
  onWaive: (note: Note, reason: string) => void
  onUnwaive: (note: Note) => void
  onCited: (cited: Cited) => void
}
type Side = 'notes' | 'cited'

export const Margin = memo(function Margin(props: MarginProps) {
  const [side, setSide] = useState<Side>('notes')
  const open = props.notes.filter((note) => note.open && note.waiver === null)
  const doubtful = props.cited.filter((each) => standingOf(each) !== undefined)
  const tab = (which: Side, label: string, count: number) => (
    <button type="button" aria-pressed={side === which} onClick={() => setSide(which)}>
      {label} <b>{count}</b>
    </button>
  )
  return (
    <aside className="edit-margin" aria-label="检查提示与引用">
      <div className="edit-margin-tabs">
        {tab('notes', '检查提示', open.length)}
        {tab('cited', doubtful.length > 0 ? `引用（${doubtful.length} 处须留意）` : '引用', props.cited.length)}
      </div>
      <p className="sr-only" role="status">
        {props.pending ? '' : `检查完毕，${open.length} 处提示`}
      </p>
      {side === 'notes' ? <Notes {...props} /> : <CitedList {...props} />}
    </aside>
  )
})

function Notes({ notes, active, topOf, layout, pending, editable, onActive, onGo, onWaive, onUnwaive }: MarginProps) {
  const list = useRef<HTMLOListElement>(null)
  // Each beside its element; what does not fit there moves down.
  // biome-ignore lint/correctness/useExhaustiveDependencies: placed anew when the text is laid out anew
  useLayoutEffect(() => {
    const own = list.current
    if (!own) return
    let free = belowTabs
    const children = [...own.children] as HTMLElement[]
    const heights = children.map((child) => child.offsetHeight)
    for (const [at, child] of children.entries()) {
      const note = notes[at]
      const wanted = note?.index === null || note === undefined ? 0 : topOf(note.index)
      const top = Math.max(wanted, free)
      child.style.top = `${top}px`
      free = top + (heights[at] ?? 0) + 8
    }
    own.style.height = `${free}px`
  }, [notes, active, layout, topOf])
  if (notes.length === 0) return <p className="empty">{pending ? '正在检查……' : '没有发现要问的。'}</p>
  return (
    <ol className="edit-notes" ref={list}>
      {notes.map((note) => (
        <NoteCard
          key={note.key}
          note={note}
          on={note.key === active}
          editable={editable}
          onActive={onActive}
          onGo={onGo}
          onWaive={onWaive}
          onUnwaive={onUnwaive}
        />
      ))}
    </ol>
  )
}
/** The height of the two tab buttons; hints are laid out from below them. */
const belowTabs = 42
const marksOf: Record<Severity, string> = { block: '!', warn: '?', review: '·' }

const NoteCard = memo(function NoteCard({
  note,
  on,
  editable,
  onActive,
  onGo,
  onWaive,
  onUnwaive,
}: {
  note: Note
  on: boolean
} & Pick<MarginProps, 'editable' | 'onActive' | 'onGo' | 'onWaive' | 'onUnwaive'>) {
  const [writing, setWriting] = useState(false)
  const [reason, setReason] = useState('')
  const id = useId()
  const { finding, waiver } = note
  const card = useRef<HTMLLIElement>(null)
  const done = waiver !== null
  return (
    <li
      ref={card}
      className={`edit-note edit-note-${done ? 'done' : finding.severity}${on ? ' on' : ''}`}
      data-finding={finding.id}
    >
      <button
        type="button"
        className="edit-note-head"
        aria-expanded={on}
        onClick={() => onActive(on ? null : note.key)}
      >
        <span className="edit-note-sign" aria-hidden="true">
          {done ? '✓' : marksOf[finding.severity]}
        </span>
        <span>
          <b>{finding.category}</b>
          <small>
            {finding.address ?? '全文'} · {done ? '已说明不改' : severityNames[finding.severity]}
          </small>
        </span>
      </button>
      {on ? (
        <div className="edit-note-body">
          {finding.quote ? <blockquote>{finding.quote}</blockquote> : null}
          <p>{finding.message}</p>
          <p className="quiet">
            依据：{finding.basis}　编号 {finding.id}
          </p>
          {waiver ? (
            <p className="reason">
              {waiver.who}：{waiver.reason}
              {note.open ? '（须审核人确认）' : ''}
            </p>
          ) : null}
          {writing ? (
            <form
              className="stack"
              onSubmit={(event) => {
                event.preventDefault()
                if (reason.trim() === '') return
                onWaive(note, reason.trim())
                setWriting(false)
              }}
            >
              <label htmlFor={id}>不改的理由（随送审材料送交审核人）</label>
              <Input.TextArea
                id={id}
                autoFocus
                rows={3}
                maxLength={2000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
              <div className="row">
                <Submit size="small" type="primary" lacks={[reason.trim() === '' && '不改的理由']}>
                  记下理由
                </Submit>
                <Button size="small" onClick={() => setWriting(false)}>
                  取消
                </Button>
              </div>
            </form>
          ) : (
            <div className="row">
              {note.index !== null ? (
                <Button size="small" type="primary" ghost onClick={() => onGo(note)}>
                  {editable ? '去修改' : '看原文'}
                </Button>
              ) : null}
              {editable && !done ? (
                <Button
                  size="small"
                  onClick={() => {
                    setReason('')
                    setWriting(true)
                  }}
                >
                  不改并说明理由
                </Button>
              ) : null}
              {editable && waiver?.mine ? (
                <Button size="small" onClick={() => onUnwaive(note)}>
                  撤销说明
                </Button>
              ) : null}
            </div>
          )}
        </div>
      ) : null}
    </li>
  )
})

function CitedList({ cited, onCited }: MarginProps) {
  if (cited.length === 0) return <p className="empty">没有引用其他文件。</p>
  return (
    <ol className="edit-cited">
      {cited.map((each) => (
        <li key={each.key} className={standingOf(each)}>
          <button type="button" className="link" onClick={() => onCited(each)}>
            {each.place.name === null ? each.place.docNo : `《${each.place.name}》`}
          </button>
          <small>
            {each.place.address ?? ''}　<CitedStatus cited={each} />
          </small>
        </li>
      ))}
    </ol>
  )
}
/** The status, and the document in the register. */
export function CitedStatus({ cited: { found, place } }: { cited: Cited }) {
  if (place.aside) return <span className="quiet">不是依据</span>
  if (!found) return <span className="quiet">正在查</span>
  return (
    <>
      <span className={`status status-${found.status}`}>
        {found.entry ? found.statusLabel : '文件库、上位法目录都没有收录'}
      </span>
      {found.entry ? (
        <>
          {' '}
          <a href={found.entry.href} target="_blank" rel="noreferrer">
            查看{found.entry.documentNumber ? `（${found.entry.documentNumber}）` : ''}
          </a>
        </>
      ) : null}
    </>
  )
}
