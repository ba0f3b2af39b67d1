// The edges of a text: roles, places, articles; quoted amendments give none; 该条例 is bound or says that it is not.
import { describe, expect, it } from 'vitest'
import { articleKey, articlesOf, citationEdges } from './edges.ts'

const edges = (body: string, title?: string) =>
  citationEdges(body, title === undefined ? {} : { title }).map(({ role, name, docNo, targets, bound, address }) => ({
    role,
    act: name ?? docNo,
    ...(targets.length ? { targets } : {}),
    ...(bound ? {} : { bound }),
    address,
  }))
const document = (...articles: string[]): string =>
  ['海原县物业管理办法', ...articles.map((text, i) => `第${'一二三四五六七八九十'[i]}条　${text}`)].join('\n')

describe('roles', () => {
  it('第一条 states the basis, later articles cite, the last one repeals', () => {
    expect(
      edges(
        document(
          '为规范物业管理活动，根据《中华人民共和国民法典》《物业管理条例》等法律、法规，结合本县实际，制定本办法。',
          '违反本办法规定的，依照《物业管理条例》第五十六条的规定处罚。',
          '本办法自2026年9月1日起施行，《海原县物业服务收费规定》同时废止。',
        ),
      ),
    ).toEqual([
      { role: 'basis', act: '中华人民共和国民法典', address: '第一条' },
      { role: 'basis', act: '物业管理条例', address: '第一条' },
      { role: 'cites', act: '物业管理条例', targets: ['第五十六条'], address: '第二条' },
      { role: 'repeals', act: '海原县物业服务收费规定', address: '第三条' },
    ])
  })
  it('the former document of the same name is replaced; what it carries out is 配套', () => {
    expect(
      edges(
        document(
          '为贯彻落实《优化营商环境条例》，根据《中华人民共和国价格法》第十八条，制定本办法。',
          '本办法自公布之日起施行。《海原县物业管理办法（试行）》同时废止。',
        ),
      ).map(({ role, act }) => [role, act]),
    ).toEqual([
      ['implements', '优化营商环境条例'],
      ['basis', '中华人民共和国价格法'],
      ['replaces', '海原县物业管理办法（试行）'],
    ])
  })
  it('a decision that amends: the act is amended, the words it inserts are no edge', () => {
    const body = [
      '海原县人民政府关于修改《海原县物业管理办法》的决定',
      '一、将第三条修改为：“第三条 依照《中华人民共和国价格法》第十二条执行。”',
      '二、第五条中的“《物业管理条例》”修改为“《宁夏回族自治区物业管理条例》”。',
    ].join('\n')
    const found = edges(body)
    expect(found.every(({ role }) => role === 'amends')).toBe(true)
    expect(new Set(found.map(({ act }) => act))).toEqual(new Set(['海原县物业管理办法']))
  })
  it('a circular names its basis in the opening', () => {
    expect(
      edges(
        '关于做好秸秆综合利用工作的通知\n各乡镇人民政府：\n根据《中华人民共和国大气污染防治法》和《国务院办公厅关于加快推进农作物秸秆综合利用的意见》（国办发〔2008〕105号）精神，现就有关事项通知如下。\n一、总体要求\n严格执行《秸秆禁烧规定》。',
      ).map(({ role, act }) => [role, act]),
    ).toEqual([
      ['basis', '中华人民共和国大气污染防治法'],
      ['basis', '国务院办公厅关于加快推进农作物秸秆综合利用的意见'],
      ['cites', '秸秆禁烧规定'],
    ])
  })
})

it('the circular that issues an act does not cite it', () => {
  expect(
    edges(
      '关于印发《海原县物业管理办法》的通知\n各乡镇：\n现将《海原县物业管理办法》印发给你们。\n附件\n海原县物业管理办法\n第一条 根据《物业管理条例》制定本办法。\n第二条 略。',
    ).map(({ role, act }) => [role, act]),
  ).toEqual([['basis', '物业管理条例']])
})

describe('本办法, 该条例, 同法', () => {
  it('本办法 is the text itself', () => {
    expect(edges(document('本办法第三条所称经营者，依照本办法第五条办理。'))).toEqual([])
  })
  it.each([
    ['依照《物业管理条例》办理。违反该条例的，按照该条例第三条处理。', '物业管理条例', undefined],
    ['依照《中华人民共和国价格法》第一条办理，按照同法第三条处理。', '中华人民共和国价格法', undefined],
    ['依照《救助办法》办理，该法另有规定的除外。', null, false],
    ['违反该条例的，不予办理。', null, false],
  ])('%s', (sentence, act, bound) => {
    const last = citationEdges(document(sentence)).at(-1)
    expect(last).toMatchObject({ name: act, bound: bound ?? true })
  })
  it('不同规定, 应该规定 are other words', () => {
    expect(edges(document('不同规定之间不一致的，应该规定过渡期，相同办法从其一。'))).toEqual([])
  })
})

describe('articles', () => {
  it.each([
    ['12', '第十二条'],
    ['第12条', '第十二条'],
    ['十二', '第十二条'],
    ['第十二条第二款', '第十二条'],
    ['第一百二十条之一', '第一百二十条之一'],
    ['第　三　条', '第三条'],
    ['附则', null],
    ['', null],
  ])('%s → %s', (written, key) => expect(articleKey(written)).toBe(key))
  it('a range is spelt out', () => {
    expect(articlesOf(['第五条至第八条', '第十二条第一款'])).toEqual([
      '第五条',
      '第六条',
      '第七条',
      '第八条',
      '第十二条',
    ])
  })
})

it('the same text gives the same edges, and each lies where it says', () => {
  const body = document('根据《物业管理条例》第三条、第五条至第七条制定本办法。')
  const [first] = citationEdges(body)
  expect(citationEdges(body)).toEqual(citationEdges(body))
  expect(body.slice(first?.start, first?.end)).toBe('《物业管理条例》第三条、第五条至第七条')
})
