// The tools at the top: level, insert, undo, state of saving.

import { Link } from '@tanstack/react-router'
import type { Editor } from '@tiptap/core'
import type { Command } from '@tiptap/pm/state'
import Button from 'antd/es/button'
import { type ReactNode, useEffect, useState } from 'react'
import type { Doc } from '../types.ts'
import { momentOf } from '../words.ts'
import { demote, editTable, insertAfter, insertTable, move, promote, setLevel, toggleBranch } from './commands.ts'
import { type BlockLevel, levelName } from './model/levels.ts'
import type { SaveState } from './use-working-copy.ts'

export interface At {
  level: BlockLevel
  depth: number
  branch: number
  table: boolean
  canUndo: boolean
  canRedo: boolean
}
const choices: Array<{ group: string; levels: Array<[BlockLevel, number]> }> = [
  {
    group: '条款',
    levels: [
      ['part', 1],
      ['chapter', 1],
      ['section', 1],
      ['article', 1],
      ['paragraph', 1],
      ['item', 1],
      ['item', 2],
      ['item', 3],
    ],
  },
  {
    group: '层次',
    levels: [
      ['heading1', 1],
      ['heading2', 1],
      ['heading3', 1],
      ['heading4', 1],
      ['text', 1],
    ],
  },
  {
    group: '首尾',
    levels: [
      ['title', 1],
      ['docno', 1],
      ['addressees', 1],
      ['stated', 1],
      ['signature', 1],
      ['date', 1],
      ['note', 1],
      ['attachment', 1],
      ['attachmentTitle', 1],
      ['imprint', 1],
    ],
  },
]
const value = (level: BlockLevel, depth: number): string => `${level}:${depth}`

export function Toolbar({
  doc,
  at,
  editable,
  state,
  run,
  editor,
  onReference,
  onSave,
  onFlush,
  onKeys,
  onDiscard,
}: {
  doc: Doc
  at: At
  editable: boolean
  state: SaveState
  run: (command: Command) => void
  editor: Editor
  onReference: () => void
  onSave: () => void
  onFlush: () => void
  onKeys: () => void
  onDiscard: (() => void) | null
}) {
  const [sure, setSure] = useState(false)
  useEffect(() => {
    if (!sure) return
    const timer = setTimeout(() => setSure(false), 6000)
    return () => clearTimeout(timer)
  }, [sure])
  return (
    <div className={editable ? 'edit-bar no-print' : 'edit-bar edit-reading no-print'}>
      <Tools at={at} editable={editable} run={run} editor={editor} onReference={onReference}>
        <button type="button" className="tool" onClick={onKeys}>
          按键
        </button>
        <button type="button" className="tool" onClick={() => window.print()}>
          打印
        </button>
      </Tools>
      <div className="edit-saving">
        <Saved state={state} onFlush={onFlush} />
        {onDiscard && editable ? (
          sure ? (
            <Button size="small" danger onClick={onDiscard}>
              确定放弃，不可恢复
            </Button>
          ) : (
            <Button size="small" onClick={() => setSure(true)}>
              放弃工作稿
            </Button>
          )
        ) : null}
        <Link to="/documents/$id" params={{ id: doc.id }} search={{ tab: 'texts' }}>
          回到案卷
        </Link>
        {editable ? (
          <Button type="primary" onClick={onSave}>
            保存为新版
          </Button>
        ) : null}
      </div>
    </div>
  )
}
/** Levels, moving, inserting, tables, undo: the same wherever a structured text is written. */
export function Tools({
  at,
  editable,
  run,
  editor,
  onReference,
  children,
}: {
  at: At
  editable: boolean
  run: (command: Command) => void
  editor: Editor
  onReference: () => void
  /** Further tools at the end. */
  children?: ReactNode
}) {
  const known = choices.some(({ levels }) => levels.some(([level, depth]) => level === at.level && depth === at.depth))
  const tool = (label: string, onClick: () => void, disabled = false, title?: string) => (
    <button type="button" className="tool" onClick={onClick} disabled={disabled || !editable} title={title}>
      {label}
    </button>
  )
  return (
    <div className="edit-tools" role="toolbar" aria-label="编辑工具">
      <label className="edit-level">
        <span>本段是</span>
        <select
          className="native"
          disabled={!editable || at.table}
          value={known ? value(at.level, at.depth) : ''}
          onChange={(event) => {
            const [level, depth] = event.target.value.split(':')
            run(setLevel(level as BlockLevel, Number(depth)))
          }}
        >
          {known ? null : <option value="">{levelName(at.level, at.depth)}</option>}
          {choices.map(({ group, levels }) => (
            <optgroup key={group} label={group}>
              {levels.map(([level, depth]) => (
                <option key={value(level, depth)} value={value(level, depth)}>
                  {levelName(level, depth)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <span className="tool-group">
        {tool('升一级', () => run(promote), at.table, 'Shift+Tab')}
        {tool('降一级', () => run(demote), at.table, 'Tab')}
        {tool('上移', () => run(move(-1)), at.table, 'Alt+↑')}
        {tool('下移', () => run(move(1)), at.table, 'Alt+↓')}
      </span>
      <span className="tool-group">
        {tool('新条', () => run(insertAfter('article')), at.table, 'Ctrl+回车')}
        {tool('新章', () => run(insertAfter('chapter')), at.table, 'Ctrl+Shift+回车')}
        {tool('引用', onReference, at.table, 'Ctrl+K')}
        {at.level === 'article'
          ? tool(at.branch > 0 ? '取消之一' : '改作之一', () => run(toggleBranch), false, '编为前一条的“之一”')
          : null}
        {at.table ? null : tool('表格', () => run(insertTable))}
      </span>
      {at.table ? (
        <span className="tool-group">
          {tool('加行', () => run(editTable('row-after')))}
          {tool('删行', () => run(editTable('row-delete')))}
          {tool('加列', () => run(editTable('column-after')))}
          {tool('删列', () => run(editTable('column-delete')))}
          {tool('删表', () => run(editTable('delete')))}
        </span>
      ) : null}
      <span className="tool-group">
        {tool('撤销', () => editor.chain().focus().undo().run(), !at.canUndo, 'Ctrl+Z')}
        {tool('重做', () => editor.chain().focus().redo().run(), !at.canRedo, 'Ctrl+Y')}
      </span>
      {children ? <span className="tool-group">{children}</span> : null}
    </div>
  )
}
function Saved({ state, onFlush }: { state: SaveState; onFlush: () => void }) {
  const words =
    state.kind === 'saved'
      ? `已自动保存 ${momentOf(state.at).slice(11)}`
      : state.kind === 'saving'
        ? '正在保存……'
        : state.kind === 'dirty'
          ? '有改动，即将保存'
          : state.kind === 'offline'
            ? '未连上服务器，改动暂存本机，连上即存'
            : state.kind === 'failed'
              ? '没有保存'
              : state.kind === 'conflict'
                ? '他人已修改，等您决定'
                : '没有改动'
  return (
    <span className={`saved saved-${state.kind}`} role="status" data-testid="saved">
      {words}
      {state.kind === 'offline' ? (
        <button type="button" className="link" onClick={onFlush}>
          现在就试
        </button>
      ) : null}
    </span>
  )
}
