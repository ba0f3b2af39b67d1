// Clauses that hand a making down: who, what, must or may, down to a county or perhaps; what is none.
import { describe, expect, it } from 'vitest'
import { mandateClauses } from './mandates.ts'

const read = (...articles: string[]) =>
  mandateClauses(['某条例', ...articles.map((text, i) => `第${'一二三四五六七八九十'[i]}条　${text}`)].join('\n')).map(
    ({ address, who, what, duty, level }) => ({ address, who, what, duty, level }),
  )

describe('clauses that leave a document to a county', () => {
  it.each<[string, string, string, 'must' | 'may', 'county' | 'below']>([
    ['具体办法由县级人民政府制定。', '县级人民政府', '具体办法', 'must', 'county'],
    ['具体办法，由县（市、区）人民政府另行制定。', '县（市、区）人民政府', '具体办法', 'must', 'county'],
    [
      '医疗救助标准，由县级以上人民政府按照经济社会发展水平确定、公布。',
      '县级以上人民政府',
      '医疗救助标准',
      'must',
      'county',
    ],
    ['具体收费标准由市、县人民政府依法确定。', '市、县人民政府', '具体收费标准', 'must', 'county'],
    ['具体办法由县级以上地方人民政府规定。', '县级以上地方人民政府', '具体办法', 'must', 'county'],
    ['县级人民政府可以根据实际情况制定实施细则。', '县级人民政府', '实施细则', 'may', 'county'],
    ['县级人民政府应当结合本地实际制定管理办法，并向社会公布。', '县级人民政府', '管理办法', 'must', 'county'],
    ['具体办法由当地人民政府制定。', '当地人民政府', '具体办法', 'must', 'below'],
  ])('%s', (text, who, what, duty, level) => {
    expect(read('为了管理，制定本条例。', text)).toEqual([{ address: '第二条', who, what, duty, level }])
  })
  it.each([
    '具体办法由国务院制定。',
    '具体标准由省、自治区、直辖市人民政府制定。',
    '违反本条例规定的，由县级以上人民政府主管部门按照国家有关规定处罚。',
    '县级以上人民政府应当制定应急预案。',
    '县级以上人民政府不得制定限制竞争的办法。',
    '县级以上人民政府在制定规划时，应当听取意见。',
    '由县级人民政府责令限期改正。',
  ])('none: %s', (text) => {
    expect(read('为了管理，制定本条例。', text)).toEqual([])
  })
  it('what a decision quotes to insert into another act is not its own', () => {
    expect(
      mandateClauses(
        '某市人民代表大会常务委员会关于修改《某条例》的决定\n一、将第十条修改为：“第十条　具体办法由县级人民政府制定。”',
      ),
    ).toEqual([])
  })
  it('says the paragraph, and the whole sentence', () => {
    const [found] = mandateClauses(
      '某条例\n第一条　为了管理，制定本条例。\n第二条　应当缴费。\n缴费的具体标准，由县级人民政府制定并公布。',
    )
    expect([found?.article, found?.address, found?.quote]).toEqual([
      '第二条',
      '第二条第二款',
      '缴费的具体标准，由县级人民政府制定并公布',
    ])
  })
})
