// 合并的次序：先核实程度，再参数的方向；并对全部规则包逐项核对。
import type { Basis } from '@dianzhang/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pack, Param } from '../pack.ts'
import { param } from '../param.ts'
import { isUnverified } from '../words.ts'
import { nationals } from './CN/index.ts'
import { roughDays } from './derive.ts'
import { packs } from './index.ts'
import { mergeParam } from './merge.ts'
import { allParameters, type FilingField, filingParameters, type ParameterPath, parameters } from './parameters.ts'

const confidences = ['verified', 'partly_verified', 'memory', 'inference', 'local_example'] as const
const value = (document: string) =>
  fc
    .record({
      value: fc.option(fc.integer({ min: 1, max: 90 }), { nil: null }),
      unit: fc.constantFrom('working_day', 'calendar_day', 'month', 'year'),
      confidence: fc.constantFrom(...confidences),
      derogates: fc.option(fc.constant('另有规定'), { nil: undefined }),
    })
    .map(({ value, unit, confidence, derogates }): Param<number | null> => {
      const source: Basis = { document, article: '第一条', confidence }
      return param<number | null>(value, value === null ? null : unit, source, {
        ...(derogates === undefined ? {} : { derogates }),
      })
    })
const how = fc.constantFrom('longer', 'shorter', 'replace')
const is = (a: Param<unknown>, b: Param<unknown>): boolean => a.value === b.value && a.unit === b.unit

describe('国家与地方并列', () => {
  it('已核实的地方规定总是胜过未核实的国家缺省值，无论方向、数值与单位', () => {
    fc.assert(
      fc.property(value('国家'), value('地方'), how, (wide, local, way) => {
        fc.pre(isUnverified(wide) && !isUnverified(local))
        const merged = mergeParam(wide, local, way)
        expect(is(merged, local)).toBe(true)
        expect(isUnverified(merged)).toBe(false)
      }),
    )
  })
  it('未核实的地方值不压过已核实的国家规定（地方写明另有规定、或者由地方替代的除外）', () => {
    fc.assert(
      fc.property(value('国家'), value('地方'), fc.constantFrom('longer', 'shorter'), (wide, local, way) => {
        fc.pre(!isUnverified(wide) && isUnverified(local) && local.derogates === undefined)
        expect(is(mergeParam(wide, local, way), wide)).toBe(true)
      }),
    )
  })
  it('程度相当的依方向取较严的一方，没有此项的一方让位；写明另有规定的以地方为准', () => {
    fc.assert(
      fc.property(value('国家'), value('地方'), fc.constantFrom('longer', 'shorter'), (wide, local, way) => {
        fc.pre(isUnverified(wide) === isUnverified(local))
        const merged = mergeParam(wide, local, way)
        if (local.derogates !== undefined || wide.value === null) expect(is(merged, local)).toBe(true)
        else if (local.value === null) expect(is(merged, wide)).toBe(true)
        else {
          const [a, b] = [roughDays(wide), roughDays(local)]
          expect(roughDays(merged)).toBe(way === 'longer' ? Math.max(a, b) : Math.min(a, b))
        }
      }),
    )
  })
  it('结果总是两方之一；本地的出处都在，国家的除外地做法以外也在；数值不同的写明理由', () => {
    fc.assert(
      fc.property(value('国家'), value('地方'), how, (wide, local, way) => {
        const merged = mergeParam(wide, local, way)
        expect(is(merged, wide) || is(merged, local)).toBe(true)
        const documents = merged.source.map((b) => b.document)
        expect(documents).toContain('地方')
        if (wide.confidence !== 'local_example') expect(documents).toContain('国家')
        if (way !== 'replace' && !is(wide, local) && wide.value !== null) expect(merged.note).toMatch(/规定/)
      }),
    )
  })
})

const mergeOf = (path: string) =>
  path.startsWith('filing.')
    ? filingParameters[path.split('.').at(-1) as FilingField].merge
    : parameters[path as ParameterPath].merge
const nationalOf = (pack: Pack): Map<string, Param<unknown>> => {
  const national = nationals.findLast((n) => n.effectiveFrom <= pack.effectiveFrom)
  return new Map(allParameters(national as Pack).map((each) => [each.path, each.param]))
}
const current = packs.filter((p) => p.parent === 'CN' && p.generation !== undefined)

describe.each(current.map((p) => [p.version, p] as const))('%s 与当日的国家基准', (_version, pack) => {
  const wide = nationalOf(pack)
  it('比国家宽松的，或者国家只有未核实的缺省值，或者写明另有规定', () => {
    const looser = allParameters(pack).filter(({ path, param: own }) => {
      const theirs = wide.get(path)
      if (!theirs || typeof theirs.value !== 'number' || isUnverified(theirs) || own.derogates !== undefined)
        return false
      const way = mergeOf(path)
      if (way === 'replace') return false
      if (own.value === null) return true
      return way === 'longer' ? roughDays(own) < roughDays(theirs) : roughDays(own) > roughDays(theirs)
    })
    expect(looser.map(({ path }) => path)).toEqual([])
  })
  it('标为已核实的值有一条同样核实的出处；本地已核实的没有被缺省值盖过', () => {
    for (const { path, param: own } of allParameters(pack)) {
      if (isUnverified(own)) {
        const local = own.source.filter(
          (b) => b.confidence === 'verified' && !wide.get(path)?.source.some((w) => w.document === b.document),
        )
        // 未核实的值可以列出读过而没有日数的条文，但要说明。
        if (local.length > 0) expect(own.note, path).toMatch(/未定|没有/)
      } else
        expect(
          own.source.some((b) => b.confidence === own.confidence || b.confidence === 'verified'),
          path,
        ).toBe(true)
    }
  })
})
