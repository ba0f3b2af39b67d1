import { readdirSync, readFileSync } from 'node:fs'
import { isPlainDate } from '@dianzhang/calendar'
import { tiers } from '@dianzhang/contract'
import { formatRegistryNumber, portalProfiles, registryTemplateFields } from '@dianzhang/numbering'
import { describe, expect, it } from 'vitest'
import type { Pack, Param } from '../pack.ts'
import { isUnverified } from '../words.ts'
import { merge, param, roughDays } from './derive.ts'
import { describeParam, findPack, latestPack, packs, parameterLabels, previewPackChange } from './index.ts'
import { inspectPack } from './inspect.ts'
import { allParameters, filingFields, filingParameters, parameterAt, parameterPaths, parameters } from './parameters.ts'
import { verificationOf } from './verification.ts'

const confidences = new Set(['verified', 'partly_verified', 'memory', 'inference', 'local_example'])
const national = findPack('CN@2018-12-04.1')
/** 最初的两版：合并的方式、参数与后来不同。 */
const isFirst = (p: Pack): boolean => p.generation === undefined
const locals = packs.filter((p) => p.parent === 'CN' && isFirst(p))

describe('规则包', () => {
  it('每个文件夹都有规则包与出处说明', () => {
    const folders = readdirSync(new URL('.', import.meta.url), { withFileTypes: true }).filter((e) => e.isDirectory())
    expect(folders.map((e) => e.name).sort()).toEqual([...new Set(packs.map((p) => p.jurisdiction))].sort())
  })

  it('版本号各不相同，可以按版本取得', () => {
    expect(new Set(packs.map((p) => p.version)).size).toBe(packs.length)
    for (const pack of packs) expect(findPack(pack.version)).toBe(pack)
    expect(findPack('640522@1999-01-01.1')).toBeNull()
  })

  it('包含国家基准、海原县（两版）、昭化区、奈曼旗、湖南省，各有更正条号以后的一版', () => {
    const first = [
      '150525@2023-12-01',
      '430000@2025-04-08',
      '510811@2022-03-01',
      '640522@2023-03-09',
      '640522@2026-01-01',
      'CN@2018-12-04',
    ]
    expect(
      packs
        .filter(isFirst)
        .map((p) => p.version)
        .sort(),
    ).toEqual(first.flatMap((each) => [`${each}.1`, `${each}.2`]))
  })

  it('更正只及于条号：参数与数值同原来的一版', () => {
    for (const corrected of packs.filter((p) => isFirst(p) && p.version.endsWith('.2'))) {
      const original = findPack(corrected.version.replace(/2$/, '1'))
      if (!original) throw new Error(`${corrected.version} 没有原来的一版`)
      const values = (pack: Pack) => allParameters(pack).map(({ path, param: { value, unit } }) => [path, value, unit])
      expect(values(corrected)).toEqual(values(original))
      expect(original.hearing.materialsBefore.source.map((b) => b.article)).toContain('第十七条')
      expect(corrected.hearing.materialsBefore.source.map((b) => b.article)).toContain('第十六条')
    }
  })

  it.each([
    ['640522', 20],
    ['510811', 25],
    ['150525', 13],
  ])('%s：制定、公布与备案待核实的不多于 %i 项', (code, most) => {
    const latest = latestPack(code, '2026-11-28')
    if (!latest) throw new Error(`没有${code}`)
    const [making] = verificationOf(latest)
    expect(making?.unverified.length).toBeLessThanOrEqual(most)
  })

  describe.each(packs.map((pack) => [pack.version, pack] as const))('%s', (version, pack) => {
    it('每个值都写成人读的话，没有代码', () => {
      for (const { path, param: own } of allParameters(pack))
        if (!path.startsWith('numbering.') || path === 'numbering.yearOf')
          expect(describeParam(own), path).not.toMatch(/\[object|undefined|[a-z]{3,}/)
    })

    it('版本号由法域、施行日与序号组成，施行日真实', () => {
      expect(isPlainDate(pack.effectiveFrom)).toBe(true)
      expect(version).toMatch(new RegExp(`^${pack.jurisdiction}@${pack.effectiveFrom}\\.[1-9]\\d*$`))
      if (pack.areaCode !== null) expect(pack.areaCode).toMatch(/^\d{6}$/)
    })

    it('每个参数都有中文名称、出处与核实程度；未经核实的一律加注', () => {
      for (const { path, label, param: p } of allParameters(pack)) {
        expect(label, path).toMatch(/\p{Script=Han}{2,}/u)
        expect(parameterLabels[path]).toBe(label)
        expect(p.source.length, path).toBeGreaterThan(0)
        for (const basis of p.source) {
          expect(basis.document.length, path).toBeGreaterThan(3)
          expect(basis.article.length, path).toBeGreaterThan(0)
          expect(confidences.has(basis.confidence ?? ''), path).toBe(true)
        }
        expect(confidences.has(p.confidence), path).toBe(true)
        expect([p.confirmedBy, p.confirmedOn], path).toEqual([null, null])
        // 标为已核实的值，至少有一条已核实的出处支持。
        if (p.confidence === 'verified')
          expect(
            p.source.some((b) => b.confidence === 'verified'),
            path,
          ).toBe(true)
        expect(isUnverified(p), path).toBe(['memory', 'inference', 'local_example'].includes(p.confidence))
        expect(describeParam(p).endsWith('（参数待核实）'), path).toBe(isUnverified(p))
      }
    })

    it('出处在本文件夹或者国家基准的 sources.md 中逐一列出', () => {
      const folder = (code: string) => readFileSync(new URL(`${code}/sources.md`, import.meta.url), 'utf8')
      const listed = folder(pack.jurisdiction) + folder('CN')
      for (const { path, param: p } of allParameters(pack)) {
        for (const basis of p.source) expect(listed, `${path}：${basis.document}`).toContain(basis.document)
      }
    })

    it('数值是非负整数，期限带单位', () => {
      for (const { path, param: p } of allParameters(pack)) {
        if (typeof p.value !== 'number') continue
        expect(Number.isInteger(p.value), path).toBe(true)
        expect(p.value, path).toBeGreaterThanOrEqual(0)
        if (
          ![
            'evaluation.yearlyQuota',
            'expert.minimumExperts',
            'expert.minimumExpertsComplex',
            'correction.maximumCharacters',
            'reminding.urgeMost',
          ].includes(path) &&
          !path.endsWith('.copies')
        )
          expect(p.unit, path).toBeDefined()
      }
    })

    it('检查没有指出问题', () => {
      if (!national) throw new Error('没有国家基准')
      expect(inspectPack(pack, national).faults).toEqual([])
    })

    it('核实情况依程序分开数，一项参数只数一次', () => {
      const counted = verificationOf(pack)
      expect(counted.reduce((sum, each) => sum + each.parameters, 0)).toBe(allParameters(pack).length)
      const open = counted.flatMap((each) => [...each.unverified, ...each.conventions])
      expect(open.toSorted()).toEqual(
        allParameters(pack)
          .filter((p) => isUnverified(p.param))
          .map((p) => p.path)
          .toSorted(),
      )
    })

    it('每个层级都有审议的会议；备案轨道齐备且同一层级同一轨道只有一项', () => {
      for (const tier of tiers) {
        expect(pack.deliberation.bodies.value[tier].length).toBeGreaterThan(0)
        expect(pack.filing.filter((f) => f.track === 'government' && f.tiers.includes(tier))).toHaveLength(1)
        // 内蒙古：苏木乡镇的文件报本苏木乡镇人大，自修订后的条例施行之日起。
        const township = pack.jurisdiction === '150525' && pack.effectiveFrom >= '2024-07-01' ? 1 : 0
        expect(pack.filing.filter((f) => f.track === 'npc' && f.tiers.includes(tier))).toHaveLength(
          { government: 1, department: 0, township }[tier],
        )
      }
    })

    it('登记号模板与索引号写法可用，最短期限不超过最长期限', () => {
      const template = pack.numbering.registryTemplate.value
      expect(registryTemplateFields(template)).toContain('seq')
      expect(
        formatRegistryNumber(template, { region: pack.numbering.registryRegion.value, year: 2026, seq: 7 }),
      ).toMatch(/2026.*7$/)
      expect(Object.keys(portalProfiles)).toContain(pack.numbering.indexNumber.value.profile)
      expect(pack.review.minimum.value).toBeLessThanOrEqual(pack.review.maximum.value)
      expect(pack.review.majorDecisionMinimum.value).toBeLessThanOrEqual(pack.review.maximum.value)
      expect(isPlainDate(pack.fairCompetition.inForceFrom.value)).toBe(true)
    })
  })

  it.each(locals.map((p) => [p.version, p] as const))(
    '%s 不宽于国家基准：最低期限不更短，最高期限不更长',
    (_version, pack) => {
      if (!national) throw new Error('没有国家基准')
      for (const path of parameterPaths) {
        const [wide, own] = [parameterAt(national, path), parameterAt(pack, path)]
        const how = parameters[path].merge
        if (Number.isNaN(roughDays(wide))) continue
        if (how === 'longer') expect(roughDays(own), path).toBeGreaterThanOrEqual(roughDays(wide))
        if (how === 'shorter') expect(roughDays(own), path).toBeLessThanOrEqual(roughDays(wide))
      }
      for (const own of pack.filing) {
        const wide = national.filing.find((f) => f.track === own.track && own.tiers.every((t) => f.tiers.includes(t)))
        for (const field of filingFields) {
          if (filingParameters[field].merge !== 'shorter' || wide?.[field].value == null) continue
          expect(roughDays(own[field]), `${own.track}.${field}`).toBeLessThanOrEqual(roughDays(wide?.[field] as Param))
        }
      }
    },
  )

  it('国家与地方并列时，两方出处都保留', () => {
    const documents = (findPack('640522@2023-03-09.1') as Pack).consultation.enterpriseMinimum.source
      .map((b) => b.document)
      .join()
    expect(documents).toContain('海原县')
    expect(documents).toContain('优化营商环境条例')
  })

  it('湖南省公布满30日以后施行，较国家基准更晚，理由注明从严', () => {
    const hunan = findPack('430000@2025-04-08.1') as Pack
    expect(hunan.effective.minimumDelay.value).toBe(31)
    expect(hunan.effective.minimumDelay.note).toContain('从严适用31日')
  })
})

describe('合并', () => {
  const a = param(7, 'working_day', { document: '国家规定', article: '第一条', confidence: 'verified' })
  const b = param(5, 'working_day', { document: '地方规定', article: '第二条', confidence: 'memory' })

  it('最低期限取较长者，最高期限取较短者，替代时保留两方出处', () => {
    expect(merge(a, b, 'longer')).toMatchObject({ value: 7, confidence: 'verified' })
    expect(merge(a, b, 'shorter')).toMatchObject({ value: 5, confidence: 'memory' })
    expect(merge(a, b, 'replace')).toMatchObject({ value: 5 })
    for (const how of ['longer', 'shorter', 'replace'] as const) expect(merge(a, b, how).source).toHaveLength(2)
    expect(merge(a, b, 'longer').note).toBe('上级规定7个工作日，本地规定5个工作日，从严适用7个工作日')
  })

  it('数值相同时以已核实的一方为准', () => {
    expect(merge(a, { ...b, value: 7 }, 'longer').confidence).toBe('verified')
  })

  it('单位不同时按大致日数比较：30日长于7个工作日', () => {
    const days = param(30, 'calendar_day', { document: '地方规定', article: '第二条', confidence: 'verified' })
    expect(merge(a, days, 'longer').unit).toBe('calendar_day')
    expect(merge(a, days, 'shorter').unit).toBe('working_day')
  })
})

describe('选用与更替', () => {
  it('按日期选用当时的版本，尚无规则包时为空', () => {
    expect(latestPack('640522', '2023-03-08')).toBeNull()
    expect(latestPack('640522', '2023-03-09')?.version).toBe('640522@2023-03-09.3')
    expect(latestPack('640522', '2023-08-31')?.version).toBe('640522@2023-03-09.3')
    expect(latestPack('640522', '2023-09-01')?.version).toBe('640522@2023-09-01.1')
    expect(latestPack('640522', '2025-12-31')?.version).toBe('640522@2025-05-20.1')
    expect(latestPack('640522', '2026-01-01')?.version).toBe('640522@2026-01-01.3')
    expect(latestPack('999999', '2026-01-01')).toBeNull()
  })

  it('预览只列不同之处，前后值带单位与核实程度', () => {
    const [from, to] = [findPack('640522@2023-03-09.1'), findPack('640522@2026-01-01.1')]
    if (!from || !to) throw new Error('没有海原县规则包')
    expect(previewPackChange(from, to)).toEqual([
      {
        path: 'interagency.replyDays',
        label: '部门答复意见期限',
        before: '10个工作日（参数待核实）',
        after: '7个工作日（参数待核实）',
      },
      {
        path: 'cleanup.onSuperiorChangeMonths',
        label: '上位法变动后清理期限',
        before: '3个月（参数待核实）',
        after: '2个月（参数待核实）',
      },
    ])
    expect(previewPackChange(from, from)).toEqual([])
  })

  it('跨法域预览列出备案受理单位与本地节假日的不同', () => {
    const [from, to] = [findPack('640522@2023-03-09.1'), findPack('510811@2022-03-01.1')]
    if (!from || !to) throw new Error('没有规则包')
    const changes = previewPackChange(from, to)
    expect(changes).toContainEqual({
      path: 'filing.npc.government.recipient',
      label: '备案受理单位',
      before: '海原县人民代表大会常务委员会',
      after: '昭化区人民代表大会常务委员会',
    })
    expect(changes.find((c) => c.path === 'calendar.overlay')?.after).toBe('无')
    for (const change of changes) expect(change.label).toMatch(/\p{Script=Han}{2,}/u)
  })
})
