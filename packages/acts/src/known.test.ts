import { describe, expect, it } from 'vitest'
import {
  actKey,
  comingEvents,
  eventsOf,
  everyEvent,
  forceOf,
  type KnownFact,
  keysNamed,
  knownOn,
  latestFacts,
} from './index.ts'

const fact = (change: Partial<KnownFact> = {}): KnownFact => ({
  id: 'f1',
  title: '某区行政规范性文件管理办法',
  documentNumber: '某政令第1号',
  issuers: ['某区人民政府'],
  publishedOn: '2019-01-01',
  effectiveDate: '2019-03-01',
  status: 'in_force',
  statusSince: null,
  source: '公报',
  knownFrom: '2026-01-01T00:00:00.000Z',
  level: null,
  aliases: [],
  articles: [],
  commencement: [],
  replacedBy: null,
  corrects: null,
  ...change,
})
const ended = fact({ id: 'f2', status: 'repealed', statusSince: '2026-06-01', knownFrom: '2026-05-01T00:00:00.000Z' })

describe('登记的上位法', () => {
  it('后来的事实更正先前的；当时所知仍答得出', () => {
    const both = [fact(), ended]
    expect(knownOn(latestFacts(both), fact().title, '2026-07-01')).toMatchObject({
      status: 'repealed',
      since: '2026-06-01',
    })
    expect(knownOn(latestFacts(both), fact().title, '2026-05-31')).toMatchObject({ status: 'in_force' })
    expect(knownOn(latestFacts(both, '2026-04-01T00:00:00.000Z'), fact().title, '2026-07-01')).toMatchObject({
      status: 'in_force',
    })
  })
  it('写明更正哪一项的，名称写错的也更正得了', () => {
    const wrong = fact({ id: 'w', title: '某区行政规范性文件管里办法', documentNumber: null })
    const right = fact({ id: 'r', corrects: 'w', knownFrom: '2026-02-01T00:00:00.000Z' })
    expect(latestFacts([wrong, right]).map(({ id }) => id)).toEqual(['r'])
  })
  it('新版还没有施行的，旧版仍为有效；施行以后以新版为准', () => {
    const next = fact({
      id: 'n',
      documentNumber: '某政令第9号',
      publishedOn: '2026-09-01',
      effectiveDate: '2027-01-01',
      knownFrom: '2026-09-02T00:00:00.000Z',
    })
    const known = latestFacts([fact(), next])
    expect(knownOn(known, fact().title, '2026-12-31')).toMatchObject({ status: 'in_force', fact: { id: 'f1' } })
    expect(knownOn(known, fact().title, '2027-01-01')).toMatchObject({ status: 'in_force', fact: { id: 'n' } })
  })
  it('目录里有新版的，登记旧版的废止不使它失效；登记的新近废止使它失效', () => {
    const old = fact({
      title: '物业管理条例',
      documentNumber: null,
      publishedOn: '2003-06-08',
      effectiveDate: '2003-09-01',
    })
    expect(
      knownOn([{ ...old, status: 'repealed', statusSince: '2007-10-01' }], '物业管理条例', '2026-11-28'),
    ).toMatchObject({ status: 'in_force' })
    expect(
      knownOn([{ ...old, status: 'repealed', statusSince: '2026-10-01' }], '物业管理条例', '2026-11-28'),
    ).toMatchObject({ status: 'repealed' })
  })
  it('各条分别施行：逐条作答', () => {
    const split = fact({ commencement: [{ articles: ['第三十条'], effectiveDate: '2027-01-01' }] })
    expect(knownOn([split], split.title, '2026-11-28', '第三条')).toMatchObject({ status: 'in_force' })
    expect(knownOn([split], split.title, '2026-11-28', '第三十条')).toMatchObject({ status: 'pending' })
  })
  it('别称、简称查得到；两处都没有的不作答', () => {
    expect(knownOn([fact({ aliases: ['规范性文件办法'] })], '规范性文件办法', '2026-11-28')).not.toBeNull()
    expect(knownOn([], '没有的条例', '2026-11-28')).toBeNull()
    expect(actKey('《地方组织法》')).toBe(actKey('中华人民共和国地方各级人民代表大会和地方各级人民政府组织法'))
  })
})

describe('变动', () => {
  const keys = (one: KnownFact, before: KnownFact[] = []) =>
    eventsOf(one, before).map(({ kind, on }) => `${kind} ${on}`)
  it('废止、失效、修改各是一次；再次登记同样的不是另一次', () => {
    expect(keys(ended, [fact()])).toEqual(['ended 2026-06-01'])
    expect(keys({ ...ended, id: 'f3' }, [ended])).toEqual([])
    expect(keys(fact({ status: 'amended', statusSince: '2026-03-01' }), [fact()])).toEqual(['changed 2026-03-01'])
  })
  it('头一次听说的不是变动，补登旧版的也不是；新版是', () => {
    expect(keys(fact())).toEqual([])
    const next = fact({ documentNumber: '某政令第9号', publishedOn: '2026-09-01', effectiveDate: '2027-01-01' })
    expect(keys(next, [fact()])).toEqual(['changed 2027-01-01'])
    expect(keys(fact({ documentNumber: '旧', publishedOn: '2001-01-01' }), [next])).toEqual([])
    expect(keys(fact({ title: '物业管理条例', publishedOn: '2026-10-01', effectiveDate: '2027-02-01' }))).toEqual([
      'changed 2027-02-01',
    ])
  })
  it('旧版登记为已修改、新版登记为施行，同一日的是同一次', () => {
    const amended = eventsOf(fact({ status: 'amended', statusSince: '2027-01-01' }), [fact()])
    const next = eventsOf(
      fact({ documentNumber: '某政令第9号', publishedOn: '2026-09-01', effectiveDate: '2027-01-01' }),
      [fact()],
    )
    expect(amended[0]?.key).toBe(next[0]?.key)
  })
})
describe('只废止若干条', () => {
  const part = fact({ id: 'p', status: 'repealed', statusSince: '2026-06-01', articles: ['第五条'] })
  it('整部仍在，是修改；被废止的那一条不在了，别的条照旧', () => {
    expect(forceOf(part, '2026-07-01')).toBe('amended')
    expect(forceOf(part, '2026-07-01', '第五条')).toBe('repealed')
    expect(forceOf(part, '2026-07-01', '第六条')).toBe('in_force')
    expect(forceOf(part, '2026-05-31')).toBe('in_force')
    expect(knownOn([part], part.title, '2026-07-01')).toMatchObject({ status: 'amended', since: '2026-06-01' })
  })
  it('带来的是对那几条的修改，不是整部的废止', () => {
    expect(eventsOf(part, [fact()])).toMatchObject([{ kind: 'changed', on: '2026-06-01', articles: ['第五条'] }])
    expect(eventsOf(ended, [fact()])).toMatchObject([{ kind: 'ended', articles: [] }])
  })
})
describe('一切变动', () => {
  it('逐项事实带来的变动都在，各有何时得知；更正了的不算', () => {
    const amended = fact({
      id: 'a',
      status: 'amended',
      statusSince: '2026-04-01',
      knownFrom: '2026-03-01T00:00:00.000Z',
    })
    expect(everyEvent([ended, fact(), amended]).map((x) => [x.kind, x.on, x.knownFrom.slice(0, 10)])).toEqual([
      ['changed', '2026-04-01', '2026-03-01'],
      ['ended', '2026-06-01', '2026-05-01'],
    ])
    const taken = fact({ id: 'c', corrects: 'a', knownFrom: '2026-03-02T00:00:00.000Z' })
    expect(everyEvent([fact(), amended, taken])).toEqual([])
  })
  it('目录中已经公布、将要施行的版本，施行以前就是变动；施行以后、公布以前不是', () => {
    const mark = (on: string) => comingEvents(on).filter((x) => x.actKey === '商标法')
    expect(mark('2026-11-28')).toMatchObject([{ kind: 'changed', on: '2027-01-01', articles: [] }])
    expect(mark('2027-01-01')).toEqual([])
    expect(mark('2026-06-25')).toEqual([])
  })
  it('登记时写明的别称也是它的名称', () => {
    const named = fact({ aliases: ['某区规范性文件办法'] })
    expect(keysNamed([named], named.title)).toEqual([actKey(named.title), '某区规范性文件办法'])
    expect(keysNamed([named], '某区规范性文件办法')).toContain(actKey(named.title))
    expect(keysNamed([], '民法典')).toEqual(['民法典'])
  })
})
