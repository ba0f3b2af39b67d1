import { noClassification } from '@dianzhang/contract'
import { changedInSubstance, type ExternalFacts, exampleFacts, withNewText } from '@dianzhang/rules'
import { describe, expect, it } from 'vitest'
import { newDossier } from './evolve.ts'
import { explain } from './index.ts'
import { plan } from './plan.ts'
import { initial, restore, store } from './process.ts'

const facts = exampleFacts()
const now = (on: string) => ({
  meta: { at: `${on}T09:00:00+08:00`, on, actor: { person: null, unit: null, roles: [] }, resolved: {} },
  pack: facts.pack,
  calendar: facts.calendar,
  external: { ...facts.external, comments: { total: 0, undisposed: 0 } },
})
/** 现文本为第三版，与以前各版只有文字上的不同。 */
const reworded = withNewText(facts, 'f'.repeat(64), '2026-06-03T09:00:00+08:00').external
const rewordedNow = { ...now('2026-06-03'), external: { ...reworded, comments: { total: 0, undisposed: 0 } } }
const proposed = (classification: object, on: string, issuers = ['hy-gov']) =>
  initial(
    newDossier({
      id: 'd',
      jurisdiction: '640522',
      packVersion: facts.pack.version,
      title: '试验',
      tier: 'government',
      issuers,
      draftingUnit: 'hy-agri',
      necessity: '试验',
      classification: { ...noClassification, affectsRights: true, ...classification },
      at: `${on}T09:00:00+08:00`,
      by: 'drafter',
    }),
  )

describe('计划', () => {
  it('一般文件：七个工作日征求意见、五个工作日审核、公布三十日后施行', () => {
    const p = plan(proposed({}, '2026-03-02'), now('2026-03-02'))
    expect(p.stuck).toBeNull()
    // 3月2日起七个工作日至3月11日；3月12日提请并受理，五个工作日后为3月19日；当日公布，满三十日的次日施行。
    expect(p.steps.find((s) => s.stage === 'legality_review.reviewing')?.from).toBe('2026-03-12')
    expect(p.publishOn).toBe('2026-03-19')
    expect(p.effectiveOn).toBe('2026-04-19')
  })
  it('涉企的重大行政决策：三十日征求意见、七个工作日审核，各项评估齐备', () => {
    const p = plan(
      proposed({ enterpriseRelated: true, majorDecision: true, expertise: true, hearingRequired: true }, '2025-09-25', [
        'hy-gov',
        'zn-gov',
      ]),
      now('2025-09-25'),
    )
    expect(p.stuck).toBeNull()
    expect(p.steps.flatMap((s) => s.commands).map((c) => c.command)).toEqual(
      expect.arrayContaining([
        'RecordExpertReview',
        'RecordRiskAssessment',
        'RecordFairCompetitionReview',
        'RecordHearing',
        'ReportToPartyCommittee',
        'Sign',
      ]),
    )
    // 第三十日为周六，顺延至10月27日。
    expect(p.steps.find((s) => s.stage === 'consultation')?.waits[0]?.until).toBe('2025-10-28')
  })
  it('听证与征求意见同时进行：先公告并送达材料，材料送达满十个工作日即可送审，不在截止之后另等', () => {
    const p = plan(proposed({ hearingRequired: true }, '2026-03-02'), now('2026-03-02'))
    expect(p.stuck).toBeNull()
    expect(p.steps.find((s) => s.stage === 'legality_review.submitted')?.from).toBe('2026-03-16')
  })
  it('退回以后文本已改的，计划重新送审、重新审议，而不是停住；没有改的直接送回', () => {
    const at = '2026-06-03T09:00:00+08:00'
    const back = (change: object) =>
      restore({
        ...store(initial(facts.dossier)),
        value: 'drafting',
        context: {
          dossier: { ...facts.dossier, publication: null, numbers: null, returnedFrom: 'signing', ...change },
        },
      })
    const commands = (p: ReturnType<typeof plan>) => p.steps.flatMap((s) => s.commands).map((x) => x.command)
    const same = plan(back({}), now('2026-06-03'))
    expect([same.stuck, commands(same)[0]]).toEqual([null, 'ResubmitAfterReturn'])
    const text = { n: 3, hash: 'f'.repeat(64), at, by: 'p-drafter', kind: 'draft' }
    const changed = plan(back({ texts: [...facts.dossier.texts, text] }), rewordedNow)
    expect(changed.stuck).toBeNull()
    expect(commands(changed)).toEqual(expect.arrayContaining(['SubmitForReview', 'RecordDecision', 'Publish']))
    expect(commands(changed)).not.toContain('ResubmitAfterReturn')
  })
  it('送审以后、审核以后文本又改的，计划重新提请、就现文本确认', () => {
    const text = { n: 3, hash: 'f'.repeat(64), at: '2026-06-03T09:00:00+08:00', by: 'p-drafter', kind: 'draft' }
    const changed = { ...facts.dossier, publication: null, numbers: null, texts: [...facts.dossier.texts, text] }
    const first = (value: unknown, dossier: object) => {
      const p = plan(restore({ ...store(initial(facts.dossier)), value, context: { dossier } }), rewordedNow)
      return [p.stuck, ...(p.steps[0]?.commands.map((x) => x.command) ?? [])]
    }
    const { review } = changed
    const pending = { ...changed, review: { ...review, opinion: null } }
    expect(first({ legality_review: 'reviewing' }, pending)).toEqual([null, 'ProvideArtefact', 'SubmitForReview'])
    expect(first('deliberation', { ...changed, decision: null })[1]).toBe('ConfirmRevision')
  })
  it('征求意见以后新增了负担的，先就现文本再次公开征求；审核意见已经逐条答复的也一样，不说是等审核人确认', () => {
    const at = '2026-06-03T09:00:00+08:00'
    const heavier = changedInSubstance(withNewText(facts, 'f'.repeat(64), at), 1, { burdens: ['新增处罚的规定1处'] })
    const { review } = heavier.dossier
    const point = { id: 'p1', article: '第九条', quote: '', text: '应当删除。', basis: '' }
    const revising = (answer: object | null) => ({
      ...heavier.dossier,
      ...{ publication: null, numbers: null, decision: null, schedule: null, signatures: [] },
      review: { ...review, opinion: { ...review?.opinion, outcome: 'revise', points: [{ ...point, answer }] } },
    })
    const awaited = (external: ExternalFacts, answer: object | null) => {
      const present = { ...now('2026-06-03'), external: { ...external, comments: { total: 0, undisposed: 0 } } }
      const value = { legality_review: 'revising' }
      const snapshot = restore({ ...store(initial(facts.dossier)), value, context: { dossier: revising(answer) } })
      const { actions } = explain(snapshot, present)
      return [
        plan(snapshot, present).steps[0]?.commands[0]?.command,
        actions.flatMap((each) => (each.need === 'required' ? [each.command] : [])),
      ]
    }
    const answered = { kind: 'adopted', reason: '', version: 3, at, by: 'p-drafter' }
    expect(awaited(heavier.external, null)).toEqual(['AnswerPoint', ['AnswerPoint']])
    expect(awaited(heavier.external, answered)[0]).toBe('OpenPublicConsultation')
    expect(awaited(heavier.external, answered)[1]).toEqual(['OpenPublicConsultation'])
    const lighter = changedInSubstance(withNewText(facts, 'f'.repeat(64), at), 1).external
    // 起草单位先行审核的是送审的文本，其后的修改由审核机构确认，不必再作一次。
    expect(awaited(lighter, answered)).toEqual(['ConfirmRevision', ['ConfirmRevision']])
  })
  it('涉密文件不公开征求意见，直接提请审核', () => {
    const p = plan(
      proposed(
        {
          affectsRights: false,
          confidential: { ground: 'state_secret', reference: '县保密局〔2026〕2号', approver: 'p-leader' },
        },
        '2026-03-02',
      ),
      now('2026-03-02'),
    )
    expect(p.stuck).toBeNull()
    expect(p.steps.map((s) => s.stage)).not.toContain('consultation')
  })
  it('无论何日开始，日期只向前走，最后一步之外各步首尾相接', () => {
    for (const on of ['2026-01-30', '2026-02-14', '2026-09-30', '2026-12-31']) {
      const p = plan(proposed({ enterpriseRelated: true }, on), now(on))
      for (const [i, step] of p.steps.entries()) {
        expect(step.until === null || step.until >= step.from).toBe(true)
        expect(step.until).toBe(p.steps[i + 1]?.from ?? null)
      }
    }
  })
  it('跨入尚未公布放假安排的年份，计划标明暂定', () => {
    expect(plan(proposed({}, '2026-12-28'), now('2026-12-28')).provisional).toBe(true)
    // 计划各日都在放假安排已公布的年份以内，只是公布的最后期限落在次年：不是暂定。
    const settled = plan(proposed({}, '2026-11-23'), now('2026-11-23'))
    expect([settled.publishOn, settled.provisional]).toEqual(['2026-12-10', false])
  })
  it('制定主体不合格的，计划停在立项并说明', () => {
    const p = plan(proposed({}, '2026-03-02', ['nobody']), now('2026-03-02'))
    expect(p.stuck?.stage).toBe('initiation')
    expect(p.stuck?.verdicts.map((v) => v.rule)).toEqual(['issuer.eligible'])
  })
})
