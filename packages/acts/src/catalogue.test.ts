import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { actKey, actOn, actsAsOf, listedAct, searchActs, versionsOf } from './index.ts'

const today = '2026-11-28'

describe('上位法目录', () => {
  it.each([
    ['中华人民共和国民法典', '2020-05-28'],
    ['民法典', '2020-05-28'],
    ['《民法典》', '2020-05-28'],
    ['〈中华人民共和国价格法〉', '1997-12-29'],
    ['物业管理条例', '2018-03-19'],
    ['中华人民共和国立法法', '2023-03-13'],
    ['行政许可法', '2019-04-23'],
  ])('%s 查得到，今日有效', (title, publishedOn) => {
    expect(actOn(title, today)).toMatchObject({ status: 'in_force', version: { publishedOn } })
  })
  it.each(['中华人民共和国合同法', '中华人民共和国婚姻法', '信访条例'])('%s 已废止', (title) => {
    expect(actOn(title, today)?.status).toBe('repealed')
  })
  it('目录截止以前的日子，不说已废止：废止之日没有记载', () => {
    expect(actOn('中华人民共和国合同法', '2015-01-01')?.status).toBe('unknown')
  })
  it('称废止而没有以国家目录核对过的，只作提示', () => {
    expect(actOn('中华人民共和国烟叶税法', today)?.status).toBe('unknown')
  })
  it('公布而没有施行的：旧版仍为有效，并指出下一版', () => {
    const trademark = actOn('中华人民共和国商标法', today)
    expect(trademark).toMatchObject({ status: 'in_force', next: { effectiveOn: '2027-01-01' } })
    expect(actOn('中华人民共和国商标法', '2027-01-01')).toMatchObject({
      status: 'in_force',
      version: { effectiveOn: '2027-01-01' },
    })
  })
  it('按所问之日给出当日的一版', () => {
    expect(actOn('行政法规制定程序条例', '2026-06-30')?.version.publishedOn).not.toBe('2026-05-15')
    expect(actOn('行政法规制定程序条例', '2026-07-01')?.version.publishedOn).toBe('2026-05-15')
  })
  it('不在目录中的答 null，不是失效', () => {
    expect(actOn('海原县供水管理办法', today)).toBeNull()
    expect(versionsOf('海原县供水管理办法')).toEqual([])
  })
  it('检索：名称相同的在前，几个词都要有，文号也可以查', () => {
    expect(searchActs('价格法', 3).items[0]?.title).toBe('中华人民共和国价格法')
    expect(searchActs('物业 条例', 5).items[0]?.title).toBe('物业管理条例')
    expect(searchActs('国务院令第379号', 5).total).toBeGreaterThan(0)
    expect(searchActs('没有这样的法', 5)).toEqual({ items: [], total: 0 })
  })
  it('每一项的标识各不相同，据以取回同一项；日期都是日期，公布不晚于截止之日', () => {
    const { items, total } = searchActs('', 5000)
    expect(items).toHaveLength(total)
    expect(total).toBeGreaterThan(2300)
    expect(new Set(items.map((act) => act.id)).size).toBe(total)
    for (const act of items) {
      expect(listedAct(act.id), act.id).toBe(act)
      expect(act.level, act.title).toBeTruthy()
      for (const on of [act.publishedOn, act.effectiveOn])
        if (on !== null) expect(new Date(`${on}T00:00:00Z`).toISOString().slice(0, 10), act.title).toBe(on)
      expect((act.publishedOn ?? '') <= actsAsOf, act.title).toBe(true)
    }
  })
  it('名称怎么写都是同一部：书名号、空格、国名、修正年份', () => {
    const titles = searchActs('', 5000).items.map((act) => act.title)
    fc.assert(
      fc.property(
        fc.constantFrom(...titles),
        fc.constantFrom(
          (t: string) => `《${t}》`,
          (t: string) => t.replace('中华人民共和国', ''),
          (t: string) => ` ${t} `,
          (t: string) => `${t}（2018年修正）`,
        ),
        (title, written) => versionsOf(written(title)).length > 0 && actKey(written(title)) === actKey(title),
      ),
    )
  })
})
