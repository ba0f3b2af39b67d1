import { describe, expect, it } from 'vitest'
import { exampleFacts } from '../example-facts.ts'
import { blocks, judge } from '../judge.ts'
import { type RuleExample, ruleIds } from '../rule.ts'
import { catalogue, ruleList } from './index.ts'

const article = /第.+[条项]|二（|三（|（.+）|有效期|解读|约定/

function judged(example: RuleExample, id: (typeof ruleIds)[number]) {
  const facts = example.given(exampleFacts())
  return { facts, finding: catalogue[id].judge(facts) }
}

describe('规则目录', () => {
  it('每个代码都有一条规则，次序一致，没有多余', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...ruleIds].sort())
    expect(ruleList.map((r) => r.id)).toEqual([...ruleIds])
  })

  describe.each(ruleList.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    it('写明要求、依据及条款、由谁办理，正反例子齐备', () => {
      expect(rule.id).toBe(id)
      expect(rule.title).toMatch(/\p{Script=Han}{4,}/u)
      expect(rule.basis.document).toMatch(/\p{Script=Han}{3,}/u)
      expect(rule.basis.article).toMatch(article)
      expect(rule.basis.confidence).toBeDefined()
      expect(rule.by.length).toBeGreaterThan(0)
      expect(rule.examples.holds.length).toBeGreaterThan(0)
      expect(rule.examples.refused.length).toBeGreaterThan(0)
    })

    it.each(rule.examples.holds.map((e) => [e.name, e] as const))('成立：%s', (_name, example) => {
      const { finding } = judged(example, id)
      expect(finding, finding.reason).toMatchObject({ holds: true })
      if (example.says !== undefined) expect(finding.reason).toMatch(example.says)
    })

    it.each(rule.examples.refused.map((e) => [e.name, e] as const))('不成立：%s', (_name, example) => {
      const { facts, finding } = judged(example, id)
      expect(finding, finding.reason).toMatchObject({ holds: false })
      if (example.says !== undefined) expect(finding.reason).toMatch(example.says)
      const [verdict] = judge([id], facts)
      expect(verdict?.by?.length).toBeGreaterThan(0)
    })

    it('理由是中文整句，不含空洞的占位', () => {
      for (const example of [...rule.examples.holds, ...rule.examples.refused]) {
        const { finding } = judged(example, id)
        expect(finding.reason).toMatch(/\p{Script=Han}{3,}/u)
        expect(finding.reason).not.toMatch(/undefined|null|NaN|\[object|第0版/)
      }
    })

    it('判断不改动事实，同样的事实得到同样的结论', () => {
      for (const example of [...rule.examples.holds, ...rule.examples.refused]) {
        const facts = example.given(exampleFacts())
        const before = JSON.stringify(facts.dossier)
        expect(rule.judge(facts)).toEqual(rule.judge(facts))
        expect(JSON.stringify(facts.dossier)).toBe(before)
      }
    })
  })
})

describe('合规的示例案卷', () => {
  // 这两条问的是“此刻是否在征求意见之中”，与一件已经公布的案卷天然相反。
  const aboutAnOpenRound = new Set(['consultation.open', 'consultation.due-to-close'])

  it('除正在征求意见的两条外，每条规则都成立', () => {
    const verdicts = judge(ruleIds, exampleFacts()).filter((v) => !aboutAnOpenRound.has(v.rule))
    expect(verdicts.filter((v) => !v.holds).map((v) => `${v.rule}：${v.reason}`)).toEqual([])
  })

  it('每次取得的案卷互不影响', () => {
    const first = exampleFacts()
    first.dossier.texts.pop()
    expect(exampleFacts().dossier.texts).toHaveLength(2)
  })
})

describe('judge', () => {
  it('逐条给出结论，不因第一条不成立而停止', () => {
    const facts = exampleFacts((f) => ({ ...f, dossier: { ...f.dossier, initiatedAt: null, texts: [] } }))
    const verdicts = judge(['initiation.approved', 'draft.artefacts-complete', 'issuer.eligible'], facts)
    expect(verdicts.map((v) => v.holds)).toEqual([false, false, true])
  })

  it('偏离只对出处允许的规则有效', () => {
    const asked = [
      { rule: 'review.min-period', ground: '上级限期', approver: '司法局主要负责人' },
      { rule: 'review.opinion-lawful', ground: '赶时间', approver: '司法局主要负责人' },
    ]
    const facts = exampleFacts((f) => ({
      ...f,
      now: '2026-04-29T09:00:00+08:00',
      today: '2026-04-29',
      command: {
        type: 'IssueOpinion',
        payload: { deviations: asked },
        actor: { person: 'p-reviewer', unit: 'hy-justice', roles: ['legality_reviewer'] },
      },
      dossier: { ...f.dossier, review: f.dossier.review && { ...f.dossier.review, opinion: null } },
    }))
    const [early, unlawful] = judge(['review.min-period', 'review.opinion-lawful'], facts)
    expect(early).toMatchObject({ holds: false, deviation: { ground: '上级限期' } })
    expect(early && blocks(early)).toBe(false)
    expect(unlawful?.deviation).toBeUndefined()
    expect(unlawful && blocks(unlawful)).toBe(true)
  })

  it('只有审核时限的两条规则允许偏离，且写明出处与要求', () => {
    const allowed = ruleList.filter((r) => r.deviation)
    expect(allowed.map((r) => r.id)).toEqual(['review.min-period', 'review.max-period'])
    for (const rule of allowed) expect(rule.deviation?.requires).toMatch(/理由/)
  })
})
