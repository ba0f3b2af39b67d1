import { describe, expect, it } from 'vitest'
import { toldByClause } from './bases.ts'

const closer = [
  { title: '中华人民共和国价格法', articles: ['第十八条'], clause: '第二条' },
  { title: '中华人民共和国价格法', articles: ['第三十九条'], clause: '第三条' },
  { title: '物业管理条例', articles: [], clause: '第一条' },
]
describe('a row of the table of bases', () => {
  it.each([
    [
      'gives way when its articles are told clause by clause',
      '中华人民共和国价格法',
      ['第十八条', '第三十九条'],
      null,
      true,
    ],
    ['gives way when it names the act only', '物业管理条例', [], null, true],
    [
      'stays when one of its articles is told nowhere else',
      '中华人民共和国价格法',
      ['第十八条', '第四条'],
      null,
      false,
    ],
    ['stays when no clause names its act', '中华人民共和国农业法', ['第一条'], null, false],
    ['stays when it says for which clause', '中华人民共和国价格法', ['第十八条'], '第一条', false],
  ] as const)('%s', (_, title, articles, clause, gives) => {
    const row = { title, articles: [...articles], clause }
    expect(toldByClause(row, [row, ...closer])).toBe(gives)
  })
})
