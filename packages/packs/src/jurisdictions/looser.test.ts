import { describe, expect, it } from 'vitest'
import { findPack } from './index.ts'
import { loosenings } from './looser.ts'
import { allParameters, parameterPaths, parameters } from './parameters.ts'

const base = findPack('640522@2026-01-01.3')
if (!base) throw new Error('缺少规则包')
const source = { document: '自治区行政规范性文件制定和备案办法', article: '第二十条' }
const present = (path: string) => allParameters(base).find((each) => each.path === path)?.param.value
const of = (path: string, value: unknown, unit?: 'working_day' | 'calendar_day') =>
  loosenings(base, [{ path, value, source, ...(unit ? { unit } : {}) }]).map(({ message }) => message)

describe('哪些值放宽', () => {
  it.each([
    ['consultation.generalMinimum', 3, /改为3个工作日/],
    ['review.maximum', 60, /改为60/],
    ['consultation.hearEnterprises', false, /由“是”改为“否”/],
    ['interagency.silenceIsConsent', true, /由“否”改为“是”/],
    ['consultation.shorteningRequires', ['approver'], /少了reason_in_notice/],
    ['validity.exemptKinds', ['规划'], /多了规划/],
    ['yearly.reportBy', '06-30', /06-30/],
    ['publication.from', 'adopted', /说不清/],
    ['filing.government.government.deadline', 60, /改为60/],
  ])('%s', (path, value, says) => {
    expect(present(path)).toBeDefined()
    expect(of(path, value)).toEqual([expect.stringMatching(says)])
  })
  it.each([
    ['consultation.generalMinimum', 30],
    ['review.maximum', 2],
    ['cleanup.annual', true],
    ['consultation.shorteningRequires', ['reason_in_notice', 'approver', 'hearing']],
    ['yearly.reportBy', '02-01'],
    ['numbering.registryRegion', 'NXHY'],
    ['deliberation.quorum', 'over_half'],
    ['reminding.urgeMost', 9],
  ])('从严的、只是写法的不算：%s', (path, value) => {
    expect(of(path, value)).toEqual([])
  })
  it('换成较短的单位也是放宽；值与单位都不变的不是', () => {
    const days = present('consultation.generalMinimum') as number
    expect(of('consultation.generalMinimum', days, 'calendar_day')).toHaveLength(1)
    expect(of('consultation.generalMinimum', days)).toEqual([])
  })
  it('任何一项只确认原值，都不算放宽；没有的参数不论', () => {
    for (const { path, param } of allParameters(base)) expect([path, of(path, param.value)]).toEqual([path, []])
    expect(of('no.such', 1)).toEqual([])
  })
  it('比长短的都认得', () => {
    for (const path of parameterPaths) {
      const value = present(path)
      if (parameters[path].merge === 'replace' || typeof value !== 'number' || value < 1) continue
      expect([path, of(path, parameters[path].merge === 'longer' ? value - 1 : value + 1)]).toEqual([
        path,
        [expect.any(String)],
      ])
    }
  })
})
