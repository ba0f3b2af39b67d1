// The notes in the margin: one each, reasons given, replaced and taken back; those of earlier versions count as well.
import { lint } from '@dianzhang/text'
import { expect, it } from 'vitest'
import { keyOf, marksOf, notesOf, sameCited, stated, withoutReason, withReason } from './notes.ts'

const body = '海原县试验办法\n第一条 有关部门应当及时办理，可以适当延长。\n第二条 本办法自2026年1月1日起施行。'
const findings = lint(body)
const read = {
  reading: { findings, faults: [], unfilled: 0 },
  printed: { text: body },
  positions: {
    positionAt: (offset: number) => offset + 1,
    blockAt: (offset: number) => body.slice(0, offset).split('\n').length - 1,
  },
} as unknown as NonNullable<Parameters<typeof notesOf>[0]>

it('还没有读过的没有提问；读过的一项一条，各有其处', () => {
  expect(findings.length).toBeGreaterThan(0)
  expect(notesOf(null, [], [], [])).toEqual([])
  const notes = notesOf(read, [], [], [])
  expect(notes).toHaveLength(findings.length)
  expect(new Set(notes.map((note) => note.key)).size).toBe(notes.length)
  expect(notes.every((note) => note.open && note.waiver === null)).toBe(true)
})
it('写明理由的不再问，写两次只留后一次，收回的又问；空白的理由不送出', () => {
  const [first] = findings
  if (!first) throw new Error('没有提问')
  const once = withReason([], first, '有上位法依据')
  const twice = withReason(once, first, '已经征求意见')
  expect(twice).toHaveLength(1)
  const noteOf = (waivers: typeof twice) => notesOf(read, [], waivers, []).find((note) => note.key === keyOf(first))
  expect(noteOf(twice)).toMatchObject({ open: false, waiver: { reason: '已经征求意见', mine: true } })
  expect(noteOf(withoutReason(twice, first))).toMatchObject({ open: true, waiver: null })
  expect(stated(withReason([], first, '  '))).toEqual([])
})
it('先前一版的理由照样认，写明是谁何时写的', () => {
  const [first] = findings
  if (!first) throw new Error('没有提问')
  const earlier = {
    ...withReason([], first, '上一版已说明')[0],
    by: 'reviewer',
    at: '2026-03-02T01:00:00.000Z',
  } as never
  const found = notesOf(read, [], [], [earlier]).find((note) => note.key === keyOf(first))
  expect(found?.waiver).toMatchObject({ reason: '上一版已说明', mine: false })
  expect(found?.waiver?.who).toContain('审核人')
})
it('划线的只有占着文字的；引用的效力没有变的，不重新划', () => {
  for (const mark of marksOf(read, [])) expect(mark.to).toBeGreaterThan(mark.from)
  const cited = { key: 'c1', place: { start: 0, end: 3 }, found: { status: 'in_force' } } as never
  const repealed = { key: 'c1', place: { start: 0, end: 3 }, found: { status: 'repealed' } } as never
  expect(sameCited([cited], [cited])).toBe(true)
  expect(sameCited([cited], [repealed])).toBe(false)
  expect(sameCited([cited], [])).toBe(false)
})
