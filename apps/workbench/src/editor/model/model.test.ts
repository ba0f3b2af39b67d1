// 文本与编辑模型互换：编号没有毛病的，读入再印出一字不差；编号由位置得出，引用随之而变。
import { readFileSync } from 'node:fs'
import { cite, parseText, printText } from '@dianzhang/text'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { structuredText } from '../../../../../packages/text/src/arbitraries.fixture.ts'
import { type Block, numbersOf, printBlocks } from './blocks.ts'
import { demoTexts } from './demo-texts.fixture.ts'
import { emptyBlock, readText } from './read.ts'

const file = (name: string): string =>
  readFileSync(new URL(`../../../../../packages/text/src/golden/${name}.txt`, import.meta.url), 'utf8')
const measure = file('measure')
const circular = file('circular')
const levels = (blocks: Block[]): string[] => blocks.map((block) => block.level)
const words = (block: Block | undefined): string => (block?.content ?? []).map((each) => each.text).join('')

describe('读入再印出', () => {
  it('由生成的结构印成的文本，一字不差，编号全部自动', () => {
    fc.assert(
      fc.property(structuredText, (tree) => {
        const source = printText(tree)
        const read = readText(source)
        expect(printBlocks(read).text).toBe(source)
        expect(read.kept).toBe(false)
        expect(read.blocks.filter((block) => block.written !== null)).toEqual([])
        expect(new Set(read.blocks.map((block) => block.id)).size).toBe(read.blocks.length)
      }),
      { numRuns: 200 },
    )
  })
  it('任意的字句与换行，一字不差', () => {
    const scraps = [
      '第一条',
      '第三章',
      '　',
      ' ',
      '（一）',
      '1.',
      '\n',
      '\r\n',
      '\t',
      '附件',
      '附件：',
      '某办法',
      '：',
      '|甲|乙|',
      '2026年3月2日',
      '第二条第一款',
      '本办法第一条',
      '〔原第九条，待改〕',
      '一、',
      '①',
      '。',
    ]
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...scraps), { maxLength: 40 }), (list) => {
        const source = list.join('')
        expect(printBlocks(readText(source)).text).toBe(source)
      }),
      { numRuns: 400 },
    )
  })
  it('演示县的各份文本与两份范例，一字不差，编号全部自动', async () => {
    const demo = await demoTexts()
    expect(demo.length).toBeGreaterThan(10)
    for (const source of [...demo, measure]) {
      const read = readText(source)
      expect(printBlocks(read).text).toBe(source)
      expect(read.blocks.filter((block) => block.written !== null).map(words)).toEqual([])
    }
    // （三） goes on counting across 二、 and 三、 in this one.
    expect(printBlocks(readText(circular)).text).toBe(circular)
    expect(readText(circular).blocks.find((block) => block.run === 'continue')?.level).toBe('heading2')
  })
  it('认出每一段的层级', () => {
    const { blocks } = readText(measure)
    expect(levels(blocks).filter((level) => level === 'toc')).toHaveLength(6)
    expect(levels(blocks).filter((level) => level === 'article')).toHaveLength(6)
    expect(blocks.filter((block) => block.level === 'item').map((block) => block.depth)).toEqual([1, 1, 2, 2, 1])
    expect(levels(blocks).slice(-4)).toEqual(['attachment', 'attachmentTitle', 'heading1', 'heading1'])
    expect(levels(readText(circular).blocks).slice(0, 5)).toEqual(['title', 'docno', 'addressees', 'text', 'heading1'])
    expect(levels(readText(circular).blocks)).toEqual(
      expect.arrayContaining([
        'stated',
        'signature',
        'date',
        'note',
        'attachment',
        'attachmentTitle',
        'table',
        'imprint',
      ]),
    )
  })
})

describe('编号', () => {
  it('插入一条，其后各条与引用它们的文字都改；第…条之…照旧', () => {
    const { blocks, ...rest } = readText(measure)
    const at = blocks.findIndex((block) => words(block).startsWith('建设公共停车场'))
    const more = emptyBlock('article', { style: '第{c}条', gap: '　', content: [{ kind: 'text', text: '新的一条。' }] })
    const next = [...blocks.slice(0, at), more, ...blocks.slice(at)]
    const printed = numbersOf(next).flatMap((number, i) => (next[i]?.level === 'article' ? [number?.text] : []))
    expect(printed).toEqual(['第一条', '第二条', '第三条', '第四条', '第五条', '第五条之一', '第六条'])
    expect(printBlocks({ ...rest, blocks: next }).text).toContain('第四条　建设公共停车场')
  })
  it('有毛病的编号照原样保留，并说明在哪里', () => {
    const source = '某县某办法\n第一条　为了规范办理，制定本办法。\n第三条　应当办理登记。\n第三条　应当公开。\n'
    const read = readText(source)
    expect(read.kept).toBe(true)
    expect(printBlocks(read).text).toBe(source)
    expect(read.structure.faults.map((fault) => fault.code)).toEqual(['gap', 'repeat'])
    const mended = read.blocks.map((block) => ({ ...block, written: null }))
    expect(parseText(printBlocks({ ...read, blocks: mended }).text).faults).toEqual([])
  })
})

describe('引用本文件的条款', () => {
  const source = [
    '某县某办法',
    '第一条　为了规范办理，制定本办法。',
    '第二条　有下列情形之一的，应当登记：',
    '（一）新设的；',
    '（二）变更的。',
    '前项登记不收费。',
    '第三条　违反本办法第二条第一款第（一）项、第二款规定的，责令改正。',
    '第四条　第一条至第三条自公布之日起施行，第九条另行规定，《某条例》第二条除外。',
    '',
  ].join('\n')
  it('认到段落；不存在的、引用他法的仍是文字', () => {
    const { blocks } = readText(source)
    const found = blocks.flatMap((block) => block.content.filter((each) => each.kind === 'reference'))
    expect(found.map((each) => each.text)).toEqual(['第二条第一款第（一）项', '第二款', '第一条', '第三条'])
    const target = (id: string): string => words(blocks.find((block) => block.id === id))
    expect(found.map((each) => target(each.target).slice(0, 5))).toEqual([
      '新设的；',
      '前项登记不',
      '为了规范办',
      '违反'.concat('本办法'),
    ])
    expect(printBlocks(readText(source)).text).toBe(source)
  })
  it('断了的引用带着记号，重开时仍是断的', () => {
    const broken = source.replace('第九条另行规定', '〔原第九条，待改〕另行规定')
    const read = readText(broken)
    const found = read.blocks.flatMap((block) => block.content).filter((each) => each.kind === 'reference')
    expect(found.filter((each) => each.broken).map((each) => each.text)).toEqual(['第九条'])
    expect(printBlocks(read).text).toBe(broken)
  })
  it('认出的每一处都是 cite() 所见的', () => {
    fc.assert(
      fc.property(structuredText, (tree) => {
        const printed = printText(tree)
        const seen = cite(printed).internal.length
        const bound = readText(printed).blocks.flatMap((block) =>
          block.content.filter((each) => each.kind === 'reference'),
        )
        expect(bound.length).toBeLessThanOrEqual(seen)
      }),
      { numRuns: 50 },
    )
  })
})
