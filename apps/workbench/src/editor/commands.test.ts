// A number typed at the start of a paragraph becomes the paragraph's own.
import { getSchema } from '@tiptap/core'
import { EditorState } from '@tiptap/pm/state'
import { describe, expect, it } from 'vitest'
import { recognise } from './commands.ts'
import { docOf, levelOf, printDoc } from './document.ts'
import type { Block } from './model/blocks.ts'
import { emptyBlock } from './model/read.ts'
import { nodes } from './schema.ts'

const schema = getSchema(nodes)
const written = (level: Block['level'], text: string) => {
  const block = emptyBlock(level, { content: [{ kind: 'text', text }] as Block['content'] })
  const state = EditorState.create({ doc: docOf(schema, { head: '', blocks: [block], tail: '' }) })
  const { tr } = state
  const found = recognise(tr, 0, 0)
  return { found, level: levelOf(tr.doc.child(0)), text: printDoc(tr.doc).text.trim() }
}

describe('a number typed at the start', () => {
  it('stands where the title stood when all was written over: it is no title, and what follows counts on from it', () => {
    expect(written('title', '一、必要性。')).toMatchObject({ found: true, level: 'heading1', text: '一、必要性。' })
    expect(written('title', '第一条　为了规范管理。')).toMatchObject({ found: true, level: 'article' })
  })
  it('a title that begins with figures or brackets stays one', () => {
    for (const title of ['2026年度补助资金管理办法', '（试行）办法', '第一中学招生办法', '关于管理的通知'])
      expect(written('title', title)).toMatchObject({ found: false, level: 'title', text: title })
  })
})
