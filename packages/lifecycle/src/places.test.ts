// 每个法域一件文件从立项走到公布：以当地现行的规则包，沿日历由机器逐步判断。
import { createCalendar } from '@dianzhang/calendar'
import { noClassification } from '@dianzhang/contract'
import { latestPack } from '@dianzhang/packs'
import { exampleFacts } from '@dianzhang/rules'
import { describe, expect, it } from 'vitest'
import { newDossier } from './evolve.ts'
import { plan } from './plan.ts'
import { initial } from './process.ts'

const places = ['640522', '510811', '150525', '340000', '370600', '440100', '430000']

describe.each(places)('%s', (code) => {
  const found = latestPack(code, '2026-11-02')
  if (!found) throw new Error(`没有 ${code} 的规则包`)
  // 机关代字由各地自己登记。
  const documentPrefixes = { ...found.numbering.documentPrefixes, value: { 'hy-gov': '示政规发' } }
  const pack = { ...found, numbering: { ...found.numbering, documentPrefixes } }
  const facts = exampleFacts()
  const calendar = createCalendar({ jurisdiction: code, notices: [], overlay: [] })
  const life = (classification: object) => {
    const dossier = newDossier({
      id: 'doc-place',
      jurisdiction: code,
      packVersion: pack.version,
      title: '公共租赁住房管理办法',
      tier: 'government',
      issuers: ['hy-gov'],
      draftingUnit: 'hy-housing',
      // 安徽须先列入发文计划；烟台须写明是否属于应当听证的情形。
      classification: { ...noClassification, affectsRights: true, hearingRequired: false, ...classification },
      planItem: '2026年度发文计划第1项',
      necessity: '原办法已经失效，需要重新规定申请与退出。',
      at: '2026-11-02T09:00:00+08:00',
      by: 'p-drafter',
    })
    return plan(initial(dossier), {
      meta: {
        at: '2026-11-02T09:00:00+08:00',
        on: '2026-11-02',
        actor: { person: 'p-drafter', unit: 'hy-housing', roles: ['drafter'] },
        resolved: {},
      },
      pack,
      calendar,
      external: { ...facts.external, bases: [], comments: { total: 0, undisposed: 0 } },
    })
  }
  it('一般文件走到施行，征求意见等满当地的期限', () => {
    const found = life({})
    expect(found.stuck).toBeNull()
    expect(found.publishOn).not.toBeNull()
    const waited = found.steps.find((s) => s.stage === 'consultation')?.waits[0]?.until
    const { value, unit } = pack.consultation.generalMinimum
    const due = calendar.explain({
      start: '2026-11-02',
      amount: value,
      unit: unit ?? 'calendar_day',
      mode: 'minimum',
    }).due
    expect(waited).toBe(calendar.explain({ start: due, amount: 1, unit: 'calendar_day', mode: 'minimum' }).rawDue)
  })
  it('涉企的重大行政决策也走得到施行', () => {
    const found = life({ enterpriseRelated: true, majorDecision: true, expertise: true })
    expect(found.stuck).toBeNull()
    expect(found.effectiveOn).not.toBeNull()
  })
})
