import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf, findByAddress } from './address.ts'
import { adoptIds } from './adopt.ts'
import { locateAnchor } from './anchors.ts'
import { everyElement, structuredText } from './arbitraries.fixture.ts'
import { type Change, compareStructures } from './compare.ts'
import { applyDiff, inlineDiff, unitsOf } from './inline-diff.ts'
import { parseText } from './parse.ts'
import { printText } from './print.ts'
import type { StructuredText } from './tree.ts'

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

  it('two amounts next to each other are two changes', () => {
    expect(inlineDiff('五十元、三十日', '六十元、四十日').filter((part) => part.kind === 'removed')).toHaveLength(2)
  })

  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
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
  it('of an unknown element is an orphan', () => {
    expect(locateAnchor({ element: 'none', quote: '甲', version: 1 }, before, after)).toEqual({
      state: 'orphan',
      element: null,
      address: null,
    })
  })
})
