import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyCharacter } from '../../../test/support/any-character.ts'
import { addressOf, findByAddress } from './address.ts'
import { adoptIds } from './adopt.ts'
import { locateAnchor } from './anchors.ts'
import { everyElement, structuredText } from './arbitraries.fixture.ts'
import { type Change, compareStructures } from './compare.ts'
import { applyDiff, boundedDiff, inlineDiff, unitsOf } from './inline-diff.ts'
import { chineseNumeral } from './lines.ts'
import { sameWords } from './markless.ts'
import { parseText } from './parse.ts'
import { printText } from './print.ts'
import { quotedSpans } from './spans.ts'
import type { Element, StructuredText } from './tree.ts'

const read = (...lines: string[]): StructuredText => parseText(lines.join('\n'))
const numbersOf = (change: Change | undefined): string =>
  `${change?.before.map((one) => one.number).join('+')}→${change?.after.map((one) => one.number).join('+')}`
const changed = (a: string, b: string): string =>
  inlineDiff(a, b)
    .filter((part) => part.kind !== 'same')
    .map((part) => `${part.kind === 'removed' ? '-' : '+'}${part.text}`)
    .join('')

describe('the difference within a sentence', () => {
  it.each([
    ['申请人应当在三十日内提出', '申请人应当在十五日内提出', '-三十日+十五日'],
    ['处50元以下罚款', '处500元以下罚款', '-50元+500元'],
    ['自2026年3月1日起施行', '自2027年1月1日起施行', '-2026年3月1日+2027年1月1日'],
    ['不得超过百分之二十', '不得超过百分之三十', '-百分之二十+百分之三十'],
    ['不得超过12.5%的', '不得超过15%的', '-12.5%+15%'],
    ['处一万元以上三万元以下', '处二万元以上三万元以下', '-一万元+二万元'],
    ['依照本办法第十二条规定', '依照本办法第二十一条规定', '-第十二条+第二十一条'],
    ['三十个工作日内答复', '十个工作日内答复', '-三十个工作日+十个工作日'],
    ['由市档案局负责', '由市档案馆负责', null],
  ])('%s → %s is one change', (a, b, expected) => {
    if (expected === null) {
      expect(inlineDiff(a, b).filter((part) => part.kind === 'removed')).toHaveLength(1)
      expect(inlineDiff(a, b).filter((part) => part.kind === 'added')).toHaveLength(1)
    } else expect(changed(a, b)).toBe(expected)
  })

  it('once the work of a comparison is used up, only the part between equal beginnings and ends is looked at', () => {
    const diff = boundedDiff()
    const other = (from: number): string =>
      Array.from({ length: 160_000 }, (_, at) => String.fromCharCode(from + (at % 90))).join('')
    for (let times = 0; times < 3; times++) diff(other(0x4e00), other(0x5e00))
    const kept = '县水务局负责灌溉用水的管理工作，应当公开用水计划，'
    expect(diff(`${kept}在三十日内答复。`, `${kept}在三十五日内答复。`)).toEqual([
      { kind: 'same', text: `${kept}在` },
      { kind: 'removed', text: '三十日' },
      { kind: 'added', text: '三十五日' },
      { kind: 'same', text: '内答复。' },
    ])
    expect(diff('甲乙丙丁', '戊己庚辛')).toHaveLength(2)
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter }),
        fc.string(),
        fc.string(),
        fc.string({ unit: anyCharacter }),
        (a, b, c, d) => {
          const [one, another] = [`${kept}${a}${b}${d}${kept}`, `${kept}${a}${c}${d}${kept}`]
          expect(applyDiff(one, diff(one, another))).toBe(another)
        },
      ),
    )
  })
  it('two amounts next to each other are two changes', () => {
    expect(inlineDiff('五十元、三十日', '六十元、四十日').filter((part) => part.kind === 'removed')).toHaveLength(2)
  })

  const text = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 60 }),
    fc
      .array(fc.constantFrom('应当', '三十日', '十五日', '第一条', '2026年', '，', '\n', '处', '50元'), {
        maxLength: 40,
      })
      .map((list) => list.join('')),
  )
  it('applied to the old text gives the new one, whatever the texts', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const diff = inlineDiff(a, b)
        expect(applyDiff(a, diff)).toBe(b)
        expect(diff.every((part) => part.text !== '')).toBe(true)
        expect(unitsOf(a).join('')).toBe(a)
      }),
      { numRuns: 800 },
    )
  })
  it('is refused by another text', () => {
    expect(() => applyDiff('别的', inlineDiff('三十日', '十五日'))).toThrow(RangeError)
  })
})

const before = read(
  '第一章　总则',
  '第一条　为了规范公共停车场的建设和管理，制定本办法。',
  '第二条　市住房城乡建设部门负责公共停车场的监督管理工作。',
  '第三条　建设公共停车场应当符合停车设施专项规划，并配建照明和消防设施；经营者应当公示收费标准，并且每年三月向主管部门报送经营情况。',
  '第四条　经营者应当自开业之日起三十日内备案。',
  '第五条　禁止在消防通道停放机动车。',
  '第六条　鼓励机关单位在节假日向社会开放停车泊位。',
  '第七条　鼓励学校、医院错时向社会提供停车服务。',
  '第八条　本办法自公布之日起施行。',
)
const after = read(
  '第一章　总则',
  '第一条　为了规范公共停车场的建设和管理，制定本办法。',
  '第二条　禁止在消防通道停放机动车。',
  '第三条　市住房城乡建设部门负责公共停车场的监督管理工作。',
  '第四条　建设公共停车场应当符合停车设施专项规划，并配建照明和消防设施。',
  '第五条　经营者应当公示收费标准，并且每年三月向主管部门报送经营情况。',
  '第六条　经营者应当自开业之日起十五日内备案。',
  '第七条　鼓励机关单位在节假日向社会开放停车泊位，鼓励学校、医院错时向社会提供停车服务。',
  '第八条　违反规定占用无障碍泊位的，由公安机关依法处理。',
)

describe('punctuation and width', () => {
  const act = [
    '第一条　为规范管理，根据《中华人民共和国城乡规划法》，制定本办法。',
    '第二条　停车场应当公示收费标准（含夜间收费）和“监督电话”，不得少于3个工作日；违反的，处1.5万元罚款。',
    '第三条　甲：乙；丙。',
    '第四条　下列情形除外：',
    '（一）救护车、消防车；',
    '（二）8:30—17:30以外的时段。',
    '第五条　本办法自2026年12月1日起施行，有效期五年。',
  ]
  const half = (text: string): string =>
    text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
  const wide = (text: string): string =>
    text.replace(/[a-z0-9(),;:]/gi, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
  const ways: Record<string, (text: string) => string> = {
    'half width': half,
    'full width': wide,
    'full stops as dots': (text) => text.replaceAll('。', '.'),
    'straight quotes': (text) => text.replace(/[“”]/g, '"'),
    'corner quotes': (text) => text.replaceAll('“', '「').replaceAll('”', '」'),
    'no marks for titles of books': (text) => text.replace(/[《》]/g, ''),
    'commas as dots between words': (text) => text.replaceAll('，', '、'),
    'semicolons as full stops': (text) => text.replaceAll('；', '。'),
    'other dashes': (text) => text.replaceAll('—', '-'),
    'figures of the articles': (text) =>
      text.replace(/^第([一二三四五])条/, (_, n) => `第${'一二三四五'.indexOf(n) + 1}条`),
  }
  const base = read(...act)
  it.each(Object.keys(ways))('%s: no article is changed, those concerned are a class of their own', (name) => {
    const way = ways[name] as (text: string) => string
    const { counts, changes } = compareStructures(base, read(...act.map(way)))
    const concerned = [act.slice(0, 1), act.slice(1, 2), act.slice(2, 3), act.slice(3, 6), act.slice(6)].filter(
      (lines) => lines.some((line) => way(line) !== line),
    ).length
    expect(concerned).toBeGreaterThan(0)
    expect(counts).toMatchObject({ changed: 0, added: 0, deleted: 0, moved: 0, marks: concerned })
    for (const change of changes) if (change.kind === 'marks') expect(change.similarity).toBe(1)
  })
  it.each(Object.keys(ways))('%s: a real change among them is one', (name) => {
    const way = ways[name] as (text: string) => string
    const edited = act.map((line) => way(line.replace('3个工作日', '5个工作日')))
    expect(compareStructures(base, read(...edited)).counts).toMatchObject({ changed: 1, added: 0, deleted: 0 })
  })
  it.each([
    ['处1.5万元罚款', '处15万元罚款'],
    ['3—5日内', '35日内'],
    ['第一、二款', '第一二款'],
    ['8:30', '830'],
    ['10%', '10'],
    ['-5℃', '5℃'],
    ['1/2', '12'],
    ['应当', '不应当'],
    ['GDP', 'gdp'],
    ['1,2项', '12项'],
  ])('%s and %s are not the same words', (a, b) => expect(sameWords(a, b)).toBe(false))
  it.each([
    ['1,000元', '1000元'],
    ['（2026）3号', '〔２０２６〕3号'],
    ['3—5日', '3-5日'],
    ['第一、二款', '第一，二款'],
    ['ＧＤＰ', 'GDP'],
    ['１０％', '10%'],
    ['他说：“可以。”', '他说:"可以".'],
  ])('%s and %s are', (a, b) => expect(sameWords(a, b)).toBe(true))
  it('an article that also got another number is moved, and its marks are shown', () => {
    const [one = '', two = '', three = ''] = act
    const moved = compareStructures(
      read(one, two, three),
      read(one, '第二条　新增一条。', two.replace('第二条', '第三条'), half(three.replace('第三条', '第四条'))),
    )
    expect(moved.counts).toMatchObject({ unchanged: 1, moved: 2, added: 1, marks: 0, changed: 0 })
    expect(moved.changes.at(-1)?.diff?.some(({ kind }) => kind !== 'same')).toBe(true)
  })
})

describe('two versions', () => {
  const comparison = compareStructures(before, after)
  const of = (kind: Change['kind']): string[] => comparison.changes.filter((one) => one.kind === kind).map(numbersOf)

  it('are told apart into unchanged, changed, moved, split, merged, added and deleted', () => {
    expect(of('unchanged')).toEqual(['第一章→第一章', '第一条→第一条'])
    expect(of('moved')).toEqual(['第五条→第二条', '第二条→第三条'])
    expect(of('split')).toEqual(['第三条→第四条+第五条'])
    expect(of('merged')).toEqual(['第六条+第七条→第七条'])
    expect(of('changed')).toEqual(['第四条→第六条'])
    expect(of('added')).toEqual(['→第八条'])
    expect(of('deleted')).toEqual(['第八条→'])
    expect(Object.values(comparison.counts).reduce((sum, one) => sum + one)).toBe(comparison.changes.length)
  })
  it('a renumbered article is moved; only one that changed its order is reordered', () => {
    const moved = comparison.changes.filter((one) => one.kind === 'moved')
    expect(moved.map((one) => one.reordered)).toEqual([true, false])
  })
  it('the changed article shows one change in its sentence', () => {
    const change = comparison.changes.find((one) => one.kind === 'changed')
    expect(change?.moved).toBe(true)
    expect(change?.diff?.filter((part) => part.kind !== 'same').map((part) => part.text)).toEqual(['三十日', '十五日'])
  })
  it('a text is unchanged against itself, and nothing gets lost or doubled against any other', () => {
    fc.assert(
      fc.property(structuredText, structuredText, (one, other) => {
        const a = parseText(printText(one))
        const b = parseText(printText(other))
        const same = compareStructures(a, a)
        expect(same.changes.every((change) => change.kind === 'unchanged')).toBe(true)
        const { changes } = compareStructures(a, b)
        const olds = changes.flatMap((change) => change.before.map((state) => state.id))
        const news = changes.flatMap((change) => change.after.map((state) => state.id))
        expect(new Set(olds).size).toBe(olds.length)
        expect(new Set(news).size).toBe(news.length)
        for (const change of changes)
          if (change.diff !== null)
            expect(applyDiff(change.before.map((state) => state.text).join('\n'), change.diff)).toBe(
              change.after.map((state) => state.text).join('\n'),
            )
        const whole = compareStructures(a, b).changes.length
        expect(whole).toBe(changes.length)
      }),
      { numRuns: 60 },
    )
  })
})

describe('an article written anew', () => {
  const old = read(
    '第一条　为了规范集贸市场管理，制定本办法。',
    '第二条　县市场监督管理部门主管集贸市场管理工作。',
    '第三条　市场开办者应当在市场入口处公示摊位平面图、经营者名单和投诉电话，并保持场内消防通道畅通。',
    '第四条　经营者应当亮证经营，明码标价，不得短斤少两。',
    '第五条【收费】摊位费按照经营面积逐月计收。',
    '第六条　违反本办法规定的，由县市场监督管理部门责令改正。',
    '第七条　本办法自公布之日起施行。',
  )
  const fresh = read(
    '第一条　为了规范集贸市场管理，制定本办法。',
    '第二条　县市场监督管理部门主管集贸市场管理工作。',
    '第三条　市场开办者对入场登记、食品快速检测、环境卫生和停车秩序负有统一管理的责任，具体要求由县人民政府另行公布。',
    '第四条　经营者应当亮证经营，明码标价，不得短斤少两。',
    '第五条【收费】由双方在合同中约定，禁止收取合同以外的任何款项。',
    '第六条　违反本办法规定的，由县市场监督管理部门责令改正。',
    '第七条　集贸市场的命名、更名适用地名管理的规定。',
  )
  const { changes, counts } = compareStructures(old, fresh)
  it('is a change in its place when its subject or its place speaks for it; place alone does not', () => {
    expect(changes.filter((one) => one.rewritten).map(numbersOf)).toEqual(['第三条→第三条', '第五条→第五条'])
    expect(changes.find((one) => one.rewritten)?.diff?.map((part) => part.kind)).toEqual(['removed', 'added'])
    expect(counts).toMatchObject({ changed: 2, added: 1, deleted: 1 })
    expect(changes.filter((one) => one.kind === 'added' || one.kind === 'deleted').map(numbersOf)).toEqual([
      '→第七条',
      '第七条→',
    ])
  })
  it('is not one that kept its words and gained many', () => {
    const longer = read(
      '第一条　市场开办者应当公示摊位平面图。',
      '第二条　市场开办者应当公示摊位平面图，并且对入场登记、快速检测、环境卫生、停车秩序、垃圾清运、用电安全、计量器具检定和投诉处理负责。',
    )
    const short = read('第一条　市场开办者应当公示摊位平面图。')
    const kept = compareStructures(short, { ...longer, body: longer.body.slice(1) }).changes
    expect(kept).toMatchObject([{ kind: 'changed', rewritten: false }])
    expect(kept[0]?.diff?.some((part) => part.kind === 'same')).toBe(true)
  })
  it('keeps its id, and no anchor on it is exact', () => {
    const adopted = adoptIds(old, fresh)
    expect(findByAddress(adopted, '第三条')?.id).toBe(findByAddress(old, '第三条')?.id)
    // 市场开办者 and 公示 stand in the old one, the first of them in the new one too.
    for (const quote of ['市场开办者', '消防通道畅通']) {
      const anchor = { element: findByAddress(old, '第三条第一款')?.id ?? '', quote, version: 1 }
      for (const version of [fresh, adopted])
        expect(locateAnchor(anchor, old, version)).toMatchObject({ state: 'changed', address: '第三条第一款' })
    }
  })
})

describe('ids', () => {
  it('survive renumbering, rewording and insertion; new elements get new ones', () => {
    const adopted = adoptIds(before, after)
    const id = (t: StructuredText, address: string): string | undefined => findByAddress(t, address)?.id
    expect(id(adopted, '第六条')).toBe(id(before, '第四条'))
    expect(id(adopted, '第二条')).toBe(id(before, '第五条'))
    expect(id(adopted, '第六条第一款')).toBe(id(before, '第四条第一款'))
    expect(everyElement(before).map((one) => one.id)).not.toContain(id(adopted, '第八条'))
    expect(compareStructures(before, adopted).counts).toMatchObject({ unchanged: 2, moved: 2 })
  })
  it('of an unchanged text are taken over completely', () => {
    fc.assert(
      fc.property(structuredText, (tree) => {
        const t = parseText(printText(tree))
        expect(everyElement(adoptIds(t, parseText(printText(t)))).map((one) => one.id)).toEqual(
          everyElement(t).map((one) => one.id),
        )
      }),
      { numRuns: 60 },
    )
  })
})

describe('ids over several versions', () => {
  interface Article {
    paragraphs: Array<{ words: string; items: string[] }>
  }
  let made = 0
  /** Every sentence is another; words are shared, as in an act. */
  const sentence = fc
    .tuple(
      fc.constantFrom('停车场经营者', '县主管部门', '申请人', '乡镇人民政府'),
      fc.constantFrom('应当按月报送', '负责统一登记', '不得擅自变更', '可以书面提出'),
      fc.constantFrom('经营台账', '收费标准', '巡查记录', '应急方案'),
    )
    .map((parts) => `${parts.join('')}第${chineseNumeral(++made)}号`)
  const article: fc.Arbitrary<Article> = fc.record({
    paragraphs: fc.array(
      fc.record({
        words: sentence.map((one) => `${one}。`),
        items: fc.array(
          sentence.map((one) => `${one}；`),
          { maxLength: 2 },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  const edit = fc.record({
    kind: fc.constantFrom('insert', 'delete', 'move', 'split', 'merge', 'reword'),
    at: fc.nat(40),
    to: fc.nat(40),
    fresh: article,
  })
  const edited = (
    list: Article[],
    { kind, at, to, fresh }: { kind: string; at: number; to: number; fresh: Article },
  ) => {
    const next = [...list]
    const index = at % list.length
    const one = list[index] as Article
    const other = list[index + 1]
    const [first, ...rest] = one.paragraphs
    if (kind === 'insert') next.splice(index, 0, fresh)
    else if (kind === 'delete' && list.length > 1) next.splice(index, 1)
    else if (kind === 'move') next.splice(to % list.length, 0, ...next.splice(index, 1))
    else if (kind === 'split' && first !== undefined && rest.length > 0)
      next.splice(index, 1, { paragraphs: [first] }, { paragraphs: rest })
    else if (kind === 'merge' && other !== undefined)
      next.splice(index, 2, { paragraphs: [...one.paragraphs, ...other.paragraphs] })
    else if (first !== undefined)
      next[index] = { paragraphs: [{ ...first, words: first.words.replace(/应当|负责/u, '必须') }, ...rest] }
    return next
  }
  const textOf = (list: Article[]): StructuredText =>
    read(
      '海源县某办法',
      ...list.flatMap(({ paragraphs }, at) =>
        paragraphs.flatMap(({ words, items }, k) => [
          `${k === 0 ? `第${chineseNumeral(at + 1)}条　` : ''}${words}`,
          ...items.map((item, m) => `（${chineseNumeral(m + 1)}）${item}`),
        ]),
      ),
    )
  const wordsOf = (element: Element): string =>
    `${element.level}|${element.text}|${element.children.map(wordsOf).join('|')}`

  it('what kept its words keeps its id wherever it went; no id is given twice; every address leads back', () => {
    fc.assert(
      fc.property(
        fc.array(article, { minLength: 2, maxLength: 6 }),
        fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        (start, versions) => {
          let list = start
          let text = textOf(list)
          for (const edits of versions) {
            list = edits.reduce(edited, list)
            const next = adoptIds(text, textOf(list))
            const old = new Map(everyElement(text).map((one) => [wordsOf(one), one.id]))
            const all = everyElement(next)
            expect(new Set(all.map((one) => one.id)).size).toBe(all.length)
            for (const one of all) {
              expect(findByAddress(next, addressOf(next, one.id))).toBe(one)
              const kept = old.get(wordsOf(one))
              if (kept !== undefined) expect(one.id).toBe(kept)
            }
            text = next
          }
        },
      ),
      { numRuns: 60 },
    )
  })
  it('an id made from words is not that of an element that once had these words', () => {
    const one = read('第一条　停车场经营者应当公示收费标准。', '第二条　县主管部门负责监督检查工作。')
    const reworded = adoptIds(
      one,
      read('第一条　停车场经营者应当公示收费标准和时段。', '第二条　县主管部门负责监督检查工作。'),
    )
    const both = adoptIds(
      reworded,
      read(
        '第一条　停车场经营者应当公示收费标准。',
        '第二条　停车场经营者应当公示收费标准和时段。',
        '第三条　县主管部门负责监督检查工作。',
      ),
    )
    const id = (t: StructuredText, address: string) => findByAddress(t, address)?.id
    expect(id(both, '第二条')).toBe(id(one, '第一条'))
    expect(id(both, '第二条第一款')).toBe(id(one, '第一条第一款'))
    expect(id(both, '第三条')).toBe(id(one, '第二条'))
    expect(id(both, '第一条')).not.toBe(id(one, '第一条'))
  })
})

describe('an anchor', () => {
  const anchorAt = (address: string, quote: string) => ({
    element: findByAddress(before, address)?.id ?? '',
    quote,
    version: 1,
  })
  it.each([
    ['exact', '第一条第一款', '公共停车场的建设和管理', '第一条第一款'],
    ['moved', '第二条第一款', '监督管理工作', '第三条第一款'],
    ['changed', '第四条第一款', '三十日', '第六条第一款'],
    ['orphan', '第八条第一款', '公布之日起施行', null],
  ])('is %s at %s', (state, address, quote, now) => {
    const located = locateAnchor(anchorAt(address, quote), before, after)
    expect(located).toMatchObject({ state, address: now })
    expect(located.element === null ? null : addressOf(after, located.element)).toBe(now)
  })
  it('whose words went to another article is moved there, openly', () => {
    expect(locateAnchor(anchorAt('第三条第一款', '每年三月向主管部门报送经营情况'), before, after)).toMatchObject({
      state: 'moved',
      address: '第五条第一款',
    })
  })
  it('with equal quotes is told apart by the words around it', () => {
    const one = read('第一条　甲机关应当公开，乙机关应当公开。')
    const other = read('第一条　甲机关应当公开，乙机关应当公开。')
    const anchor = {
      element: findByAddress(one, '第一条第一款')?.id ?? '',
      quote: '应当公开',
      prefix: '丙机关',
      suffix: '！',
      version: 1,
    }
    expect(locateAnchor({ ...anchor, prefix: '乙机关' }, one, other).state).toBe('exact')
    expect(locateAnchor(anchor, one, other).state).toBe('changed')
  })
  it('over several paragraphs is found again behind new numbers, and changed when one of them is', () => {
    const one = read(
      '第一条　公共停车场应当开放。\n开放的时间应当公布。\n第二条　下列车辆免费：\n（一）救护车；\n（二）消防车。\n第三条　另行规定。',
    )
    const two = read(
      '第一条　为了便利群众，制定本办法。\n第二条　公共停车场应当开放。\n开放的时间应当公布。\n第三条　下列车辆免费：\n（一）救护车；\n（二）消防车。\n第四条　另行规定。',
    )
    const from = findByAddress(one, '第一条第二款')?.id ?? ''
    const anchor = { element: from, quote: '应当公布。\n第二条　下列车辆免费：\n（一）救护车', version: 1 }
    expect(locateAnchor(anchor, one, one)).toMatchObject({ state: 'exact', address: '第一条第二款' })
    expect(locateAnchor(anchor, one, two)).toMatchObject({ state: 'moved', address: '第二条第二款' })
    expect(
      quotedSpans(two, anchor.quote).map((parts) => parts.map((each) => each.element.text.slice(each.start, each.end))),
    ).toEqual([['应当公布。', '下列车辆免费：', '救护车']])
    const other = read(
      '第一条　公共停车场应当开放。\n开放的时间应当公布。\n第二条　下列车辆一律免费：\n（一）救护车；\n（二）消防车。\n第三条　另行规定。',
    )
    expect(locateAnchor(anchor, one, other)).toMatchObject({ state: 'changed', address: '第一条第二款' })
  })
  it('of an unknown element is an orphan', () => {
    expect(locateAnchor({ element: 'none', quote: '甲', version: 1 }, before, after)).toEqual({
      state: 'orphan',
      element: null,
      address: null,
    })
  })
})

describe('a very long text', () => {
  const article = (at: number, words: string): string =>
    `第${chineseNumeral(at)}条　${words}${'县人民政府有关部门应当按照职责分工做好相关工作，并接受监督。'.repeat(28)}${words}。`
  const numbers = Array.from({ length: 760 }, (_, at) => at + 1)
  const old = parseText(numbers.map((at) => article(at, `事项${at}由主管部门办理`)).join('\n'))
  it('is compared by article: by words wherever they stand, by number in their place, and says so', () => {
    const fresh = parseText(
      [
        ...numbers
          .filter((at) => at !== 5)
          .map((at) => article(at, at === 9 ? '事项9改由县人民政府办理' : `事项${at}由主管部门办理`)),
        article(761, '事项5由主管部门办理'),
      ].join('\n'),
    )
    const comparison = compareStructures(old, fresh)
    expect(comparison.coarse).toBe(true)
    expect(comparison.counts).toMatchObject({ unchanged: 758, changed: 1, moved: 1, added: 0, deleted: 0 })
    expect(comparison.changes.filter((one) => one.kind === 'moved').map(numbersOf)).toEqual(['第五条→第七百六十一条'])
    expect(compareStructures(old, { ...old, body: old.body.slice(0, 300) }).coarse).toBe(false)
  })
  it('keeps the ids of its articles, and anchors find them', () => {
    const fresh = parseText(numbers.map((at) => article(at + 1, `事项${at}由主管部门办理`)).join('\n'))
    const anchor = { element: findByAddress(old, '第七条第一款')?.id ?? '', quote: '事项7由主管部门办理', version: 1 }
    expect(locateAnchor(anchor, old, fresh)).toMatchObject({ state: 'moved', address: '第八条第一款' })
  })
})
