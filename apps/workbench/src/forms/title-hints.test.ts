import { describe, expect, it } from 'vitest'
import { titleHints } from './title-hints.ts'

const fields = (title: string) => titleHints(title).map((hint) => hint.field)

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
    expect(titleHints('某县停车收费管理办法').find((hint) => hint.field === 'affectsRights')?.says).toContain('“收费”')
  })
})
