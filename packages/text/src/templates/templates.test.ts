import { describe, expect, it } from 'vitest'
import { lint } from '../lint/index.ts'
import { parseText } from '../parse.ts'
import { printText } from '../print.ts'
import { genreOfTitle, requiredClauses, templateGenres, templateOf, unfilledOf } from './index.ts'

const facts = (genre: string) => ({
  title: `关于海源县农机共享的${genre}`,
  issuer: '海源县人民政府',
  draftingUnit: '海源县农业农村局',
  maxYears: 5,
})

/** Fills in as a drafter would. */
const filledIn = (text: string, years: string): string =>
  text
    .replace(/《〔待填[^〕]*〕》（〔待填：发文字号〕）/gu, '《海源县农机管理暂行办法》（海政规发〔2020〕3号）')
    .replace(/《〔待填[^〕]*〕》/gu, '《中华人民共和国农业机械化促进法》')
    .replace(/〔待填：年数[^〕]*〕/gu, years)
    .replace(/〔待填：主送机关〕/gu, '各乡镇人民政府')
    .replace(/〔待填：施行[^〕]*〕/gu, '2026年5月1日')
    .replace(/〔待填：成文日期〕/gu, '2026年3月2日')
    .replace(/〔待填[^〕]*〕/gu, '有关内容')

describe.each(templateGenres)('%s的模板', (genre) => {
  const { text } = templateOf(genre, facts(genre))
  it('结构完整，编号没有毛病，读入再印出不变', () => {
    const read = parseText(text)
    expect(read.faults).toEqual([])
    expect(read.title).toBe(`关于海源县农机共享的${genre}`)
    expect(read.counts.articles + read.counts.level1).toBeGreaterThan(3)
    expect(printText(read)).toBe(text)
  })
  it('带齐应有的条款，填完以前逐处提示，填完以后不再提示', () => {
    for (const words of ['根据《', '适用', '负责解释', '起施行', '有效期', '同时废止']) expect(text).toContain(words)
    const ids = lint(text).map((finding) => finding.id)
    expect(ids.filter((id) => ['S01', 'S02', 'S03', 'S04'].includes(id))).toEqual([])
    expect(ids.filter((id) => id === 'S13')).toHaveLength(unfilledOf(text).length)
    expect(unfilledOf(text).length).toBeGreaterThan(6)
    const filled = text.replace(/〔待填[^〕]*〕/gu, '内容')
    expect(lint(filled).filter((finding) => finding.id === 'S13')).toEqual([])
  })
  it.each([
    ['', 5],
    ['试行', 2],
  ])('除了待填的，检查器没有别的要问；像样地填好以后什么也不问 %s', (mark, maxYears) => {
    const provisional = mark !== ''
    const title = `${facts(genre).title}${provisional ? `（${mark}）` : ''}`
    const own = templateOf(genre, { ...facts(genre), title, provisional, maxYears })
    const options = { maxYears: { general: 5, provisional: 2 }, issuers: ['海源县人民政府'] }
    expect(lint(own.text, options).filter((finding) => finding.id !== 'S13')).toEqual([])
    expect(lint(filledIn(own.text, provisional ? '二' : '五'), options)).toEqual([])
  })
})

it('印发通知连同所印发的文件：通知在前，文件另成一部分，各有各的应有条款，不作附件', () => {
  const title = '海源县人民政府关于印发《海源县农机共享管理办法》的通知'
  const { text } = templateOf('通知', { ...facts('通知'), title })
  expect(lint(text).filter((finding) => finding.id !== 'S13')).toEqual([])
  const filled = filledIn(text, '五')
  expect(lint(filled, { maxYears: 5 })).toEqual([])
  const read = parseText(filled)
  expect(read).toMatchObject({
    title,
    signature: ['海源县人民政府'],
    date: '2026-03-02',
    note: '此件公开发布',
    faults: [],
  })
  expect(read.attachments.map(({ label, title: name }) => [label, name])).toEqual([['', '海源县农机共享管理办法']])
  expect(printText(read)).toBe(filled)
})

it('每一项应有的条款都说明依据与核实程度', () => {
  for (const clause of requiredClauses) {
    expect(clause.basis).toMatch(/《|规定|规范/)
    expect(clause.hint).not.toBe('')
  }
})
it('由标题认出文种，括号里的试行不算', () => {
  expect(genreOfTitle('海源县农机共享管理办法（试行）')).toBe('办法')
  expect(genreOfTitle('海源县人民政府关于农机共享的通知')).toBe('通知')
  expect(genreOfTitle('海源县农机共享条例')).toBeNull()
})
it('断了的引用也是一个问题', () => {
  const found = lint('某县某办法\n第一条　依照〔原第九条，待改〕办理。\n').filter((finding) => finding.id === 'S14')
  expect(found.map((finding) => finding.quote)).toEqual(['〔原第九条，待改〕'])
})
