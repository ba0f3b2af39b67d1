// From text to the editor's model and back: a text without numbering faults is read and printed unchanged to the
// letter; numbers follow from position, and references change with them.
import { readFileSync } from 'node:fs'
import { cite, parseText, printText } from '@dianzhang/text'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { structuredText } from '../../../../../packages/text/src/arbitraries.fixture.ts'
import { addressable } from './binding.ts'
import { type Block, numbersOf, printBlocks } from './blocks.ts'
import { demoTexts } from './demo-texts.fixture.ts'
import { emptyBlock, readText } from './read.ts'
import { addressesOf, renderReference } from './references.ts'
import { isRelative, standingNow } from './relative.ts'

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
  it('前款、前条、前两款、本条第二款认到段落；读作别处时文字不动，标明原指何处，重开时仍在', () => {
    const relative = [
      '某县某条例',
      '第一条　登记应当公开。',
      '公开前款事项，适用前条规定。',
      '第二条　申请人应当申报。',
      '按照前款规定申报的，适用前条第二款；有下列情形的除外：',
      '（一）停业的；',
      '（二）有前项情形，经批准的。',
      '违反前两款和本条例第一条规定的，依照本条第二款第（一）项处理。',
      '',
    ].join('\n')
    const read = readText(relative)
    const found = read.blocks.flatMap((block, at) =>
      block.content.flatMap((each) => (each.kind === 'reference' ? [{ ...each, at }] : [])),
    )
    // The first article has none before it.
    expect(found.map((each) => each.text)).toEqual([
      '前款',
      '前款',
      '前条第二款',
      '前项',
      '前两款',
      '第一条',
      '本条第二款第（一）项',
    ])
    const placedIn = (blocks: Block[]) => {
      const numbered = blocks.map(addressable)
      return { blocks: numbered, addresses: addressesOf(numbered, numbersOf(blocks)) }
    }
    const now = (blocks: Block[]) => {
      const byId = new Map(blocks.map((block, at) => [block.id, at]))
      return found.map((each) => {
        const holder = blocks.findIndex((block) => block.id === read.blocks[each.at]?.id)
        if (!isRelative(each.form)) return each.text
        const { text, broken, was } = standingNow(each, holder, placedIn(blocks), byId)
        return broken ? `${text}断` : was === null ? text : `${text}（原指${was}）`
      })
    }
    expect(now(read.blocks)).toEqual(found.map((each) => each.text))
    // A paragraph put in between: 前款 there means another, 前两款 too; what counts from the article is renumbered.
    const more = emptyBlock('paragraph', { content: [{ kind: 'text', text: '申报不收费。' }] })
    expect(now([...read.blocks.slice(0, 4), more, ...read.blocks.slice(4)])).toEqual([
      '前款',
      '前款（原指第二条第一款）',
      '前条第二款',
      '前项',
      '前两款（原指第二条第一款至第二条第三款）',
      '第一条',
      '本条第三款第（一）项',
    ])
    // The article before is gone, and so is what 前项 meant.
    const less = read.blocks.filter((_, at) => at !== 1 && at !== 2 && at !== 5)
    expect(now(less).slice(1, 4)).toEqual(['前款', '前条第二款断', '前项断'])
    const doubt = relative.replace('按照前款', '按照〔前款（原指第一条第二款），待核〕')
    const again = readText(doubt)
    expect(printBlocks(again).text).toBe(doubt)
    const kept = again.blocks
      .flatMap((block) => block.content)
      .find((each) => each.kind === 'reference' && each.was !== null)
    expect(kept).toMatchObject({ text: '前款', was: '第一条第二款', target: again.blocks[2]?.id })
  })
  it('单位只写一次的各处（第二、三条，第（一）、（二）项，本条第一、二款）也是活的，条款移动后仍是原来的写法', () => {
    const enumerated = [
      '某县某办法',
      '第一条　为了规范办理，制定本办法。',
      '第二条　有下列情形的，应当登记：',
      '（一）新设的；',
      '（二）变更的。',
      '登记不收费，适用本条第一、二款。',
      '第三条　违反第一、二条和第二条第一款第（一）、（二）项，第一至四条的，责令改正。',
      '第四条　第一章、第二章除外。',
      '',
    ].join('\n')
    const { blocks, ...rest } = readText(enumerated)
    expect(printBlocks(readText(enumerated)).text).toBe(enumerated)
    const found = blocks.flatMap((block) => block.content.filter((each) => each.kind === 'reference'))
    expect(found.map((each) => each.text)).toEqual([
      '本条第一',
      '二款',
      '第一',
      '二条',
      '第二条第一款第（一）',
      '（二）项',
      '第一',
      '四条',
    ])
    // An article put in front and an item put in between: every place goes on to say where it leads now.
    const article = emptyBlock('article', { style: '第{c}条', gap: '　', content: [{ kind: 'text', text: '新的。' }] })
    const item = emptyBlock('item', { depth: 1, style: '（{c}）', content: [{ kind: 'text', text: '注销的；' }] })
    const next = [...blocks.slice(0, 1), article, ...blocks.slice(1, 4), item, ...blocks.slice(4)]
    const numbers = numbersOf(next)
    const addresses = addressesOf(next.map(addressable), numbers)
    const said = (each: (typeof found)[number]): string => {
      const address = addresses[next.findIndex((block) => block.id === each.target)]
      return address ? renderReference(each.form, address) : ''
    }
    expect(found.filter((each) => !isRelative(each.form)).map(said)).toEqual([
      '二款',
      '第二',
      '三条',
      '第三条第一款第（一）',
      '（三）项',
      '第二',
      '五条',
    ])
    // What the abbreviated form cannot say is written out.
    expect(
      renderReference('第{条c}{缺条}', {
        unit: 'article',
        ordinal: [3, 1],
        paragraph: null,
        item: null,
        subitem: null,
        part: 0,
      }),
    ).toBe('第三条之一')
    expect(printBlocks({ ...rest, blocks }).text).toBe(enumerated)
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
