import { describe, expect, it } from 'vitest'
import { findPack } from './index.ts'
import { type PackRevision, revisePack } from './revise.ts'

const base = findPack('640522@2026-01-01.1')
const national = findPack('CN@2018-12-04.1')
if (!base || !national) throw new Error('缺少规则包')
const source = { document: '自治区行政规范性文件制定和备案办法', article: '第二十条' }
const revise = (...changes: PackRevision['changes']) =>
  revisePack(base, national, {
    version: '640522@2026-12-01.1',
    effectiveFrom: '2026-12-01',
    confirmedBy: '系统管理员',
    confirmedOn: '2026-11-20',
    changes,
  })

describe('修订规则包', () => {
  it('改后的值有出处、确认人与日期，旧版一字未动', () => {
    const before = JSON.stringify(base)
    const revised = revise({ path: 'consultation.generalMinimum', value: 10, source })
    expect(revised).toMatchObject({
      ok: true,
      pack: {
        version: '640522@2026-12-01.1',
        consultation: {
          generalMinimum: { value: 10, confidence: 'verified', confirmedBy: '系统管理员', confirmedOn: '2026-11-20' },
        },
      },
    })
    expect(revised.ok && revised.pack.consultation.generalMinimum.source[0]).toEqual(source)
    expect(JSON.stringify(base)).toBe(before)
  })
  it('比国家规定宽松的值被拒绝，并说明国家规定', () => {
    const looser = revise(
      { path: 'consultation.generalMinimum', value: 3, source },
      { path: 'review.maximum', value: 30, source },
    )
    expect(looser).toMatchObject({ ok: false })
    expect(looser.ok ? [] : looser.faults.map((f) => f.path)).toEqual(['consultation.generalMinimum', 'review.maximum'])
  })
  it('没有的参数、类型不符、负数都被拒绝', () => {
    const wrong = revise(
      { path: 'no.such', value: 1, source },
      { path: 'review.minimum', value: '五', source },
      { path: 'review.minimum', value: -1, source },
    )
    expect(wrong.ok ? [] : wrong.faults).toHaveLength(3)
  })
  it('值变了，旧条文的原话不留在新值旁边；说明写明修订前是多少', () => {
    const revised = revise({
      path: 'consultation.generalMinimum',
      value: 30,
      unit: 'calendar_day',
      source,
      quote: '不少于三十日',
    })
    expect(revised).toMatchObject({
      ok: true,
      pack: {
        consultation: {
          generalMinimum: { value: 30, unit: 'calendar_day', quote: '不少于三十日', note: '修订前为7个工作日' },
        },
      },
    })
    const silent = revise({ path: 'review.majorDecisionMinimum', value: 9, source })
    expect(silent.ok && silent.pack.review.majorDecisionMinimum.quote).toBeUndefined()
  })
  it('只是确认原值的，原话留下；不是期限的没有计算单位', () => {
    const newest = findPack('640522@2026-01-01.3')
    if (!newest) throw new Error('缺少规则包')
    const now = newest.consultation.generalMinimum
    const confirmed = revisePack(newest, national, {
      version: '640522@2026-12-01.1',
      effectiveFrom: '2026-12-01',
      confirmedBy: '系统管理员',
      confirmedOn: '2026-11-20',
      changes: [{ path: 'consultation.generalMinimum', value: now.value, source }],
    })
    expect(confirmed.ok && confirmed.pack.consultation.generalMinimum).toMatchObject({
      quote: now.quote,
      value: now.value,
    })
    expect(revise({ path: 'cleanup.annual', value: true, unit: 'year', source })).toMatchObject({ ok: false })
  })
  it('备案各轨道的参数同样可以修订', () => {
    const path = 'filing.government.government.deadline'
    const revised = revise({ path, value: 10, source })
    expect(
      revised.ok &&
        revised.pack.filing.find((f) => f.track === 'government' && f.tiers.includes('government'))?.deadline.value,
    ).toBe(10)
  })
})
