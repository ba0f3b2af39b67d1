// 实务中的疑难情形，逐一对应规则的结论。日期均依国务院放假安排，起算日不计入。
import { createCalendar } from '@dianzhang/calendar'
import { describe, expect, it } from 'vitest'
import { exampleFacts, exampleHash } from '../example-facts.ts'
import type { Facts } from '../facts.ts'
import { blocks, judge } from '../judge.ts'
import { classified, onDay, withCommand, withDossier, withExternal, withNewText } from '../patch.ts'
import { consultationMinimum } from '../periods.ts'
import { revised, underReview, withPoints, withReview } from '../review-examples.ts'
import type { RuleId } from '../rule.ts'

const verdict = (rule: RuleId, facts: Facts) => {
  const [found] = judge([rule], facts)
  if (!found) throw new Error('没有结论')
  return found
}
const opening = (f: Facts, today: string, payload: Record<string, unknown>) =>
  withCommand(onDay(withDossier(f, { consultations: [] }), today), 'OpenPublicConsultation', payload)

describe('疑难情形', () => {
  it('审核以后改了一条再交审议：拒绝，并指明哪一版经审核、现为哪一版', () => {
    const found = verdict('review.same-text', withNewText(exampleFacts(), exampleHash(3), '2026-05-18T10:00:00+08:00'))
    expect(found.holds).toBe(false)
    expect(found.reason).toContain('第2版经审核，现为第3版')
  })

  it('修改意见一条没有答复、修改没有确认：审议仍被阻断', () => {
    const open = withPoints(revised(exampleFacts()), (p) => (p.id === '2' ? { ...p, answer: null } : p))
    expect(blocks(verdict('review.points-answered', open))).toBe(true)
    expect(blocks(verdict('review.opinion-lawful', withReview(revised(exampleFacts()), { confirmation: null })))).toBe(
      true,
    )
    expect(verdict('review.opinion-lawful', revised(exampleFacts())).holds).toBe(true)
  })

  it('三十日届满于周六：2025年9月25日公告，截止顺延至10月27日（星期一）', () => {
    const facts = opening(exampleFacts(), '2025-09-25', { closesAt: '2025-10-25' })
    const found = verdict('consultation.minimum-period', facts)
    expect(found.holds).toBe(false)
    expect(found.earliest).toBe('2025-10-27')
    expect(found.reason).toContain('最早可于2025年10月27日（星期一）24:00截止')
    expect(
      verdict(
        'consultation.minimum-period',
        opening(exampleFacts(), '2025-09-25', { closesAt: '2025-10-28T00:00:00+08:00' }),
      ).holds,
    ).toBe(true)
    expect(
      verdict(
        'consultation.minimum-period',
        opening(exampleFacts(), '2025-09-25', { closesAt: '2025-10-27T23:59:59+08:00' }),
      ).holds,
    ).toBe(true)
    expect(
      verdict(
        'consultation.minimum-period',
        opening(exampleFacts(), '2025-09-25', { closesAt: '2025-10-26T16:00:00Z' }),
      ).holds,
    ).toBe(false)
  })

  it('截止须待最后一日24:00：最早是次日零时，当日仍不能关闭', () => {
    const open = withDossier(exampleFacts(), (d) => ({
      consultations: d.consultations.map((r) => ({ ...r, closedAt: null })),
    }))
    const last = open.dossier.consultations.at(-1)?.closesOn ?? ''
    const found = verdict('consultation.due-to-close', onDay(open, last))
    expect([found.holds, found.earliest]).toEqual([false, '2026-04-14'])
    expect(verdict('consultation.due-to-close', onDay(open, found.earliest ?? '')).holds).toBe(true)
  })

  it('涉企文件按7个工作日征求：送审被阻断，理由引用优化营商环境条例第六十二条，并列出一般期限的依据', () => {
    const plain = classified(exampleFacts(), { majorDecision: false })
    const short = withDossier(plain, (d) => ({
      consultations: d.consultations.map((r) => ({
        ...r,
        closesOn: '2026-03-23',
        closesAt: '2026-03-24T00:00:00+08:00',
      })),
    }))
    const found = verdict('consultation.minimum-period', short)
    expect(found.holds).toBe(false)
    expect([found.basis, ...(found.alsoBasis ?? [])].map((b) => b.document).join()).toMatch(
      /优化营商环境条例.*示范指标体系|示范指标体系.*优化营商环境条例/,
    )
    expect(found.reason).toContain('第六十二条')
    // 今日重新公告，7月3日24:00截止，次日才能送审。
    expect(found.earliest).toBe('2026-07-04')
    expect(verdict('consultation.minimum-period', classified(short, { enterpriseRelated: false })).holds).toBe(true)
  })

  it('期限跨入尚未公布放假安排的年份：结论为暂定，并说明所作假设；安排公布后重算', () => {
    const facts = opening(exampleFacts(), '2026-12-10', { closesAt: '2027-01-04' })
    const found = verdict('consultation.minimum-period', facts)
    expect(found.provisional).toBe(true)
    expect(found.reason).toContain('2027年放假安排尚未公布')
    const announced: Facts = {
      ...facts,
      calendar: createCalendar({
        jurisdiction: '640522',
        overlay: [],
        notices: [
          {
            year: 2027,
            source: '示例通知',
            days: [{ date: '2027-01-11', kind: 'off', name: '示例', source: '示例通知' }],
          },
        ],
      }),
    }
    expect(consultationMinimum(facts, '2026-12-10').due).toBe('2027-01-11')
    expect(consultationMinimum(announced, '2026-12-10')).toMatchObject({ due: '2027-01-12', provisional: false })
  })

  it('同时是重大行政决策：征求意见不少于30日、审核不少于7个工作日、须风险评估与请示报告', () => {
    const facts = withDossier(classified(exampleFacts(), { enterpriseRelated: false, majorDecision: true }), {
      riskAssessments: [],
      partyReports: [],
      expertReviews: [],
    })
    expect(consultationMinimum(facts, '2026-03-12')).toMatchObject({
      due: '2026-04-13',
      decisive: { label: '重大行政决策' },
    })
    expect(
      verdict('review.min-period', withCommand(onDay(underReview(facts), '2026-05-08'), 'IssueOpinion')).reason,
    ).toContain('7个工作日')
    expect(blocks(verdict('assessment.risk', facts))).toBe(true)
    expect(blocks(verdict('assessment.party-report', facts))).toBe(true)
    expect(blocks(verdict('assessment.expert-review', facts))).toBe(true)
  })

  it('以紧急为由不经审核：仍被阻断，只放宽时限', () => {
    const facts = underReview(
      classified(exampleFacts(), { emergency: { ground: '防汛抢险', approver: '县政府主要负责人' } }),
    )
    expect(verdict('review.min-period', withCommand(onDay(facts, '2026-04-28'), 'IssueOpinion')).holds).toBe(true)
    expect(blocks(verdict('review.opinion-lawful', facts))).toBe(true)
  })

  it('专家论证早于部门答复且其后文本变化：阻断，再次确认以后放行', () => {
    const first = exampleFacts().dossier.texts[0]
    const inverted = withDossier(exampleFacts(), (d) => ({
      expertReviews: d.expertReviews.map((r) => ({ ...r, date: '2026-03-10', textHash: first?.hash ?? null })),
    }))
    const found = verdict('assessment.order', inverted)
    expect(blocks(found)).toBe(true)
    expect(found.reason).toContain('再次确认')
    const confirmed = withDossier(inverted, (d) => ({
      expertReviews: [...d.expertReviews, ...exampleFacts().dossier.expertReviews],
    }))
    expect(verdict('assessment.order', confirmed).holds).toBe(true)
  })

  it('司法局只在会签时同意，没有审核意见：不足以提交审议', () => {
    const facts = withDossier(exampleFacts(), (d) => ({
      review: null,
      interagency: d.interagency.map((i) => ({ ...i, unit: 'hy-justice' })),
    }))
    const found = verdict('consultation.not-a-substitute', facts)
    expect(blocks(found)).toBe(true)
    expect(found.basis.document).toContain('国办发〔2018〕115号')
  })

  it('签署以后作实质性更正：审核、审议、签署均不再及于现文本；错别字更正不影响', () => {
    const corrected = (substantive: boolean) =>
      withDossier(withNewText(exampleFacts(), exampleHash(3), '2026-05-25T10:00:00+08:00', 'p-secretary'), {
        corrections: [
          {
            from: exampleHash(2),
            to: exampleHash(3),
            substantive,
            findings: [],
            confirmed: null,
            reason: '更正',
            at: '2026-05-25T10:00:00+08:00',
            by: 'p-secretary',
          },
        ],
      })
    const rules: RuleId[] = ['review.same-text', 'signing.all-issuers', 'publication.same-text']
    expect(judge(rules, corrected(true)).map((v) => v.holds)).toEqual([false, false, false])
    expect(judge(rules, corrected(false)).map((v) => v.holds)).toEqual([true, true, true])
  })

  it('所列上位依据被新办法取代：点名阻断', () => {
    const facts = withExternal(
      withDossier(exampleFacts(), { bases: [{ title: '《内蒙古自治区规范性文件制定和备案监督办法》' }] }),
      { bases: [{ title: '内蒙古自治区规范性文件制定和备案监督办法', status: 'repealed', since: '2023-12-01' }] },
    )
    const found = verdict('draft.basis-in-force', facts)
    expect(found.holds).toBe(false)
    expect(found.reason).toContain('《内蒙古自治区规范性文件制定和备案监督办法》自2023年12月1日（星期五）起已废止')
  })

  it('待核实的参数在理由中一律加注，管理员确认以后不再加注', () => {
    const facts = withCommand(classified(exampleFacts(), { provisional: true }), 'Publish', {})
    expect(verdict('validity.maximum', facts).reason).toContain('（参数待核实）')
    const maximum = facts.pack.validity.provisionalMaximumYears
    const confirmed: Facts = {
      ...facts,
      pack: {
        ...facts.pack,
        validity: {
          ...facts.pack.validity,
          provisionalMaximumYears: { ...maximum, confirmedBy: '系统管理员', confirmedOn: '2026-06-01' },
        },
      },
    }
    expect(verdict('validity.maximum', confirmed).reason).not.toContain('参数待核实')
  })
})
