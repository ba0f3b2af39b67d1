import { describe, expect, it } from 'vitest'
import { lint } from './lint/index.ts'
import { parseText } from './parse.ts'
import type { Element } from './tree.ts'

const decision = (table: string): string =>
  `海原县人民政府关于废止部分文件的决定\n\n海政规发〔2026〕3号\n\n一、废止下列文件：\n${table}\n二、本决定自2026年12月1日起施行。\n\n海原县人民政府\n2026年11月1日\n`
const tablesOf = (elements: Element[]): string[][][] =>
  elements.flatMap((one) => [...(one.rows === undefined ? [] : [one.rows]), ...tablesOf(one.children)])
const read = (table: string) => {
  const text = parseText(decision(table))
  return {
    tables: tablesOf([...text.preamble, ...text.body]),
    said: text.faults.some(({ code }) => code === 'vertical-table'),
    headings: text.counts.level1,
    date: text.date,
  }
}
const head = ['序号', '文件名称', '发文字号', '清理结果']
const rows = [
  ['1', '海原县农村危房改造实施办法', '海政发〔2015〕3号', '废止'],
  ['2', '海原县招商引资优惠政策', '海政发〔2016〕12号', '废止'],
  ['3', '海原县城市管理办法', '海政办发〔2017〕8号', '失效'],
]
const lines = (table: string[][], between = '\n'): string => table.flat().join(between)

describe('a table that was copied a cell a line', () => {
  it.each<[string, string, string[][]]>([
    ['plain', lines([head, ...rows]), [head, ...rows]],
    ['with an empty line behind each', lines([head, ...rows], '\n\n'), [head, ...rows]],
    ['indented', lines([head, ...rows], '\n　　'), [head, ...rows]],
    ['with Windows line ends', lines([head, ...rows], '\r\n'), [head, ...rows]],
    ['of one row', lines([head, rows[0] ?? []]), [head, rows[0] ?? []]],
    [
      'numbered in Chinese',
      lines([head, ...rows.map(([, ...rest], at) => ['一二三'[at] ?? '', ...rest])]),
      [head, ...rows.map(([, ...rest], at) => ['一二三'[at] ?? '', ...rest])],
    ],
    [
      'with empty cells that kept their line',
      lines([head, ['1', '甲办法', '', '废止'], ['2', '乙办法', '海政发〔2016〕4号', '']]),
      [head, ['1', '甲办法', '', '废止'], ['2', '乙办法', '海政发〔2016〕4号', '']],
    ],
    [
      'without a column of numbers',
      lines([head, ...rows].map((row) => row.slice(1))),
      [head, ...rows].map((row) => row.slice(1)),
    ],
    [
      'number first, then name',
      lines([
        ['发文字号', '文件名称'],
        ['海政发〔2015〕3号', '甲办法'],
        ['海政发〔2016〕4号', '乙办法'],
      ]),
      [
        ['发文字号', '文件名称'],
        ['海政发〔2015〕3号', '甲办法'],
        ['海政发〔2016〕4号', '乙办法'],
      ],
    ],
    [
      'of things that are no documents',
      lines([
        ['序号', '事项', '收费标准'],
        ['1', '停车', '每小时2元'],
        ['2', '摊位', '每日5元'],
      ]),
      [
        ['序号', '事项', '收费标准'],
        ['1', '停车', '每小时2元'],
        ['2', '摊位', '每日5元'],
      ],
    ],
  ])('%s is read as a table', (_, written, expected) => {
    expect(read(written)).toEqual({ tables: [expected], said: false, headings: 2, date: '2026-11-01' })
  })

  it.each<[string, string[]]>([
    ['a cell missing in the middle', [...head, ...rows.flat().filter((_, at) => at !== 7)]],
    ['a cell missing in the first row', [...head, ...rows.flat().filter((_, at) => at !== 3)]],
    [
      'a cell in two lines',
      [...head, ...rows.flat().flatMap((one, at) => (at === 5 ? ['海原县招商', '引资优惠政策'] : [one]))],
    ],
    ['a line between the rows', [...head, ...(rows[0] ?? []), '（续表）', ...rows.slice(1).flat()]],
  ])('%s: no row is shifted, and it is said', (_, cells) => {
    expect(read(cells.join('\n'))).toMatchObject({ tables: [], said: true })
    expect(lint(decision(cells.join('\n'))).filter(({ id }) => id === 'S18')).toHaveLength(1)
  })

  it('alone has nothing that could be in order', () => {
    expect(lint(lines([head, ...rows])).map(({ id }) => id)).toContain('S18')
    expect(lint('序号,文件名称,文号\n1,甲办法,海政发〔2015〕3号\n').map(({ id }) => id)).toContain('S18')
  })

  it('is not seen where a text only speaks of columns', () => {
    expect(read('表中的下列栏目应当填写：\n序号\n文件名称\n备注').tables).toEqual([])
  })

  it('twice the table, not more than twice the steps', () => {
    const long = (count: number): string =>
      lines([
        head,
        ...Array.from({ length: count }, (_, at) => [`${at + 1}`, '甲办法', `海政发〔2015〕${at + 1}号`, '废止']),
      ])
    const [text] = tablesOf(parseText(decision(long(2000))).body)
    expect(text).toHaveLength(2001)
  })
})
