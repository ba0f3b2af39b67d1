// The algorithms of the text page: which characters a mark falls on, how changes are laid out in rows, changes outside
// the provisions.
import { adoptIds, compareStructures, parseText } from '@dianzhang/text'
import { describe, expect, it } from 'vitest'
import { arranged } from './arranged.ts'
import { frameChanges } from './frame.ts'
import { MarkMaker, segmentsOf } from './marks.ts'
import type { ChangeWithWhy } from './shapes.ts'
import { changeName, changeWords } from './words.ts'

const first = `某县养殖办法

第一条　养殖场应当报告，报告应当及时。
第二条　本办法由县农业农村局负责解释。
第三条　养殖场交纳保证金五十元。
第四条　本办法自2027年1月1日起施行。
`
const second = `某县养殖管理办法

第一条　养殖场应当报告，报告应当及时。
第二条　发生泄漏的立即采取措施，并告知周边村民。
第三条　本办法由县农业农村局负责解释。
第四条　本办法自2027年3月1日起施行。
`
const changesOf = (a: string, b: string): ChangeWithWhy[] => {
  const before = parseText(a)
  return compareStructures(before, adoptIds(before, parseText(b))).changes.map((change) => ({ ...change, why: [] }))
}

describe('记号', () => {
  it('同样的话出现两次，按原文的字位落在第二处', () => {
    const structure = parseText(first)
    const maker = new MarkMaker(structure, first)
    const start = first.lastIndexOf('应当及时')
    const held = maker.atOffset(start, start + 2, { ref: 'f0', look: 'warn', title: '' })
    const [mark] = maker.finish().get(held ?? '') ?? []
    expect(mark).toMatchObject({ start: 10, end: 12 })
    expect('养殖场应当报告，报告应当及时。'.slice(mark?.start, mark?.end)).toBe('应当')
  })
  it('按引文落在条之下的款里；引文不在了只回答元素', () => {
    const maker = new MarkMaker(parseText(first), first)
    expect(maker.atQuote('第三条', '保证金', { ref: 'a0', look: 'anchor', title: '' })).not.toBeNull()
    expect(maker.atQuote('第三条', '押金', { ref: 'a1', look: 'anchor', title: '' })).not.toBeNull()
    expect(maker.atQuote('第九条', '保证金', { ref: 'a2', look: 'anchor', title: '' })).toBeNull()
    expect([...maker.finish().values()].flat().map((mark) => mark.ref)).toEqual(['a0'])
  })
  it('交叠的记号切成小段，合起来还是原文', () => {
    const mark = (start: number, end: number, ref: string) => ({ start, end, ref, look: 'warn' as const, title: '' })
    const segments = segmentsOf('一二三四五六', [mark(1, 4, 'a'), mark(3, 5, 'b')])
    expect(segments.map((each) => each.text).join('')).toBe('一二三四五六')
    expect(segments.map((each) => each.marks.map((one) => one.ref).join())).toEqual(['', 'a', 'a,b', 'b', ''])
  })
})

describe('比较', () => {
  it('移了位置的、另写的、改了日期的各有说法，行的次序与新文本一致', () => {
    const rows = arranged(changesOf(first, second))
    expect(
      rows.map(({ change, rewritten }) => [changeName(change), changeWords(change), rewritten !== undefined]),
    ).toEqual([
      ['未变', '', false],
      ['新增', '第二条', false],
      ['改号', '第二条 → 第三条，文字未变', false],
      ['删去', '第三条', false],
      ['改动', '第四条', false],
    ])
  })
  it('同一条整条重写：删去的在前，并作一行', () => {
    const rows = arranged(
      changesOf(first, first.replace('养殖场交纳保证金五十元。', '发生泄漏的立即采取措施，并告知周边村民。')),
    )
    const pair = rows.find((row) => row.rewritten)
    expect([pair?.change.kind, pair?.rewritten?.kind, pair?.change.before[0]?.address]).toEqual([
      'deleted',
      'added',
      '第三条',
    ])
    expect(rows).toHaveLength(4)
  })
  it('标题的变动在条款之外列出', () => {
    expect(frameChanges(parseText(first), parseText(second)).map((each) => [each.label, each.after])).toEqual([
      ['标题', '某县养殖管理办法'],
    ])
  })
})
