// 总览说仍然成立的，关口也放行；总览说失去效力的，关口也点名：同一份实质变化，同一个结论。
import { catalogue, changedInSubstance, classified, exampleFacts, type Facts, withNewText } from '@dianzhang/rules'
import { describe, expect, it } from 'vitest'
import { standing } from './index.ts'

const everything = { expertise: true, majorDecision: true, competition: true, enterpriseRelated: true }
const at = '2026-05-12T10:00:00+08:00'
/** 其后保存的一版：与各版只有文字上的不同，或者与第 2 版有实质变化。 */
const wording = (f: Facts): Facts => withNewText(f, 'a'.repeat(64), at)
const substance = (f: Facts): Facts => changedInSubstance(wording(f), 2, { changes: ['数字：500元→5000元'] })
const consulted = (f: Facts): Facts => changedInSubstance(wording(f), 1, { changes: ['数字：500元→5000元'] })
const assessments = ['expert-review', 'risk-assessment', 'fair-competition']
const stands = (f: Facts, approvals: readonly string[]): Record<string, boolean> =>
  Object.fromEntries(
    standing(f.dossier, f).flatMap((s) => (approvals.includes(s.approval) ? [[s.approval, s.stands]] : [])),
  )
const facts = classified(exampleFacts(), everything)

describe('总览与关口同一个结论', () => {
  it.each([
    ['没有改动', facts],
    ['只改了文字', wording(facts)],
    ['论证、评估、审查以后改了数字', substance(facts)],
  ] as const)('论证、评估、审查：%s', (_name, f) => {
    const found = stands(f, assessments)
    expect(Object.keys(found).toSorted()).toEqual(assessments.toSorted())
    const { holds } = catalogue['assessment.current'].judge(f)
    expect(Object.values(found).every(Boolean)).toBe(holds)
  })
  it.each([
    ['没有改动', facts, true],
    ['只改了文字', wording(facts), true],
    ['征求意见以后改了数字', consulted(facts), false],
  ] as const)('征求意见：%s', (_name, f, expected) => {
    expect(stands(f, ['consultation'])).toEqual({ consultation: expected })
    expect(catalogue['consultation.same-substance'].judge(f).holds).toBe(expected)
  })
  it('修改确认里没有新增负担的，征求意见、审核、决定差的是审核机构确认；新增负担的须再次征求；别处由起草单位随提请说明', () => {
    const said = (f: Facts, stage?: string): Record<string, string> =>
      Object.fromEntries(
        standing(f.dossier, f, stage).flatMap((s) =>
          /consultation|legality-opinion|decision/.test(s.approval)
            ? [[s.approval, s.stands ? '成立' : (s.lacks ?? '须重新取得')]]
            : [],
        ),
      )
    const revising = 'legality_review.revising'
    const lighter = consulted(facts)
    expect(said(lighter, revising)).toEqual({
      consultation: 'confirmation',
      'legality-opinion': 'confirmation',
      decision: 'confirmation',
    })
    const confirm = { ...lighter, command: { type: 'ConfirmRevision', payload: {}, actor: 'p-reviewer' } } as never
    expect(catalogue['consultation.same-substance'].judge(confirm).holds).toBe(true)
    expect(said(lighter, 'drafting')).toEqual({
      consultation: 'statement',
      'legality-opinion': '须重新取得',
      decision: '须重新取得',
    })
    const heavier = changedInSubstance(wording(facts), 1, {
      changes: ['新增罚款'],
      burdens: ['新增处罚的规定1处'],
    })
    for (const stage of [revising, 'drafting']) expect(said(heavier, stage).consultation).toBe('须重新取得')
  })
  it('说明变在何处', () => {
    const f = substance(facts)
    expect(standing(f.dossier, f).find((s) => s.approval === 'expert-review')?.why).toContain('数字：500元→5000元')
  })
  it('审核意见、审议、签署约束逐字的文本，不因没有实质变化而成立', () => {
    const f = wording(facts)
    const found = standing(f.dossier, f).filter((s) => /legality|decision|signature/.test(s.approval))
    expect(found.length).toBeGreaterThan(2)
    for (const one of found) expect(one, one.approval).toMatchObject({ stands: false })
  })
})
