import { describe, expect, it } from 'vitest'
import { classificationHints } from './title-hints.ts'

const fields = (title: string, text?: string) => classificationHints(title, text).map((hint) => hint.field)

describe('hints of a title', () => {
  it.each([
    ['海原县物业管理暂行办法', ['provisional', 'affectsRights', 'enterpriseRelated']],
    ['海原县政务公开工作规则（试行）', ['provisional']],
    ['海原县设施农业补助资金管理办法', ['affectsRights']],
    ['海原县政府采购监督细则', ['competition']],
    ['关于调整值班安排的通知', []],
    ['', []],
  ])('%s', (title, expected) => {
    expect(fields(title)).toEqual(expected)
  })
  it('says which word it is about', () => {
    expect(classificationHints('某县停车收费管理办法').find((hint) => hint.field === 'affectsRights')?.says).toContain(
      '“收费”',
    )
  })
})
describe('hints of a text', () => {
  const text = [
    '海原县公共停车场使用规则',
    '第一条　根据《中小企业促进法》《优化营商环境条例》，制定本规则。',
    '第二条　停车场由镇人民政府统筹，',
    '鼓励社会力量参与。',
    '第三条　停车场经营者应当明码标价，不得超过标准收取费用。',
    '第四条　未取得相应资质的，不得承接停车场建设。',
  ].join('\n')
  it('come with the passage and the article in which it stands', () => {
    const hints = classificationHints('海原县公共停车场使用规则', text)
    expect(hints.map(({ field }) => field)).toEqual(['affectsRights', 'enterpriseRelated', 'competition'])
    expect(hints.map(({ passage }) => passage)).toEqual([
      '第三条　停车场经营者应当明码标价，不得超过标准收取费用。',
      '第三条　停车场经营者应当明码标价，不得超过标准收取费用。',
      '第四条　未取得相应资质的，不得承接停车场建设。',
    ])
  })
  it('a paragraph without a number of its own belongs to the article before it', () => {
    const [hint] = classificationHints('某县规则', '某县规则\n第二条　总的要求。\n由收费单位缴纳。')
    expect(hint?.passage).toBe('第二条　由收费单位缴纳。')
  })
  it('names of acts and the title suggest nothing; what the title says is not said again', () => {
    expect(fields('某县值班规则', '某县值班规则\n第一条　根据《企业破产法》《政府采购法》制定。')).toEqual([])
    expect(classificationHints('某县收费办法', '某县收费办法\n第一条　收费。')[0]?.passage).toBeNull()
  })
  it('a long passage is shortened around the word', () => {
    const [hint] = classificationHints('某县规则', `某县规则\n第一条　${'甲'.repeat(80)}罚款${'乙'.repeat(80)}`)
    expect(hint?.passage).toMatch(/^……甲+罚款乙+……$/)
    expect(hint?.passage?.length).toBeLessThan(80)
  })
})
