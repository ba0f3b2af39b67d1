// 须办、可以办、少有：同一判断供办理台、案卷页与接口。
import { exampleFacts, type Facts, withDossier } from '@dianzhang/rules'
import { describe, expect, it } from 'vitest'
import { explain, type LifecycleEvent } from './index.ts'
import { snapshotAt } from './isolation.fixture.ts'

const now = ({ now: at, today: on, pack, calendar, external }: Facts): Omit<LifecycleEvent, 'type' | 'payload'> => ({
  meta: { at, on, actor: { person: null, unit: null, roles: [] }, resolved: {} },
  pack,
  calendar,
  external,
})
const needs = (stage: string, facts: Facts): Record<string, string> =>
  Object.fromEntries(explain(snapshotAt(stage, facts), now(facts)).actions.map((a) => [a.command, a.need]))

describe('哪些须办', () => {
  it('审核中：出具意见须办，停计期限少有，法律顾问的意见可以有', () => {
    const found = needs('legality_review.reviewing', exampleFacts())
    expect(found).toMatchObject({ IssueOpinion: 'required', PauseReview: 'rare', RecordAdviserOpinion: 'possible' })
  })
  it('有偏离期限的申请等着批准时，批准须办；没有的少有', () => {
    const facts = exampleFacts()
    expect(needs('drafting', facts).ApproveDeviation).toBe('rare')
    const asked = {
      id: '1',
      rule: 'review.max-period',
      ground: 'superior_order',
      reference: null,
      approver: 'leader',
      reason: null,
      at: facts.now,
      command: 'RequestDeviation',
      askedBy: 'drafter',
      confirmed: null,
      used: [],
    }
    expect(needs('drafting', withDossier(facts, { deviations: [asked] })).ApproveDeviation).toBe('required')
  })
  it('等着部门答复的，须公开征求意见而没有征求的仍由起草单位办；已经征求的只等部门', () => {
    const asked = withDossier(exampleFacts(), (d) => ({
      interagency: d.interagency.map((i) => ({ ...i, opinion: null })),
      classification: { ...d.classification, affectsRights: true },
    }))
    const unopened = withDossier(asked, { consultations: [] })
    expect(needs('consultation', unopened)).toMatchObject({
      OpenPublicConsultation: 'required',
      RecordOpinion: 'required',
    })
    expect(needs('consultation', asked).OpenPublicConsultation).not.toBe('required')
    const ordinary = withDossier(unopened, (d) => ({
      classification: { ...d.classification, affectsRights: false, enterpriseRelated: false, majorDecision: false },
    }))
    expect(needs('consultation', ordinary).OpenPublicConsultation).not.toBe('required')
  })
  it('公众意见没有处理完的，处理须办', () => {
    const facts = exampleFacts()
    const waiting = { ...facts, external: { ...facts.external, comments: { total: 5, undisposed: 2 } } }
    expect(needs('consultation', waiting).DisposeComment).toBe('required')
    expect(
      needs('consultation', { ...facts, external: { ...facts.external, comments: { total: 5, undisposed: 0 } } })
        .DisposeComment,
    ).toBe('possible')
  })
  it('截止以后意见都处理了，采纳情况没有公布的，公布须办：部门的答复到没到，都有人等着', () => {
    const facts = exampleFacts()
    const answered = { ...facts, external: { ...facts.external, comments: { total: 5, undisposed: 0 } } }
    const closed = withDossier(answered, (d) => ({
      consultations: d.consultations.map((r) => ({ ...r, feedbackAt: null })),
      interagency: d.interagency.map((i) => ({ ...i, opinion: null })),
    }))
    expect(needs('consultation', closed).PublishFeedback).toBe('required')
    expect(needs('consultation', answered).PublishFeedback).not.toBe('required')
  })
  it('有疑似垃圾信息待核的，核对须办：没有核对的，采纳情况公布不成', () => {
    const facts = exampleFacts()
    const held = (n: number) => ({
      ...facts,
      external: { ...facts.external, comments: { total: 5, undisposed: 0, held: n } },
    })
    expect(needs('consultation', held(1)).SettleHeldComments).toBe('required')
    expect(needs('consultation', held(0)).SettleHeldComments).not.toBe('required')
  })
  it('公告了听证而没有人在办的，记录听证须办；在听证会那一件里办的，本件不另等人，只说定于哪一日', () => {
    const announced = (planned: object) =>
      withDossier(exampleFacts(), (d) => ({
        hearings: [
          {
            announcedOn: '2026-04-01',
            materialsSentOn: null,
            heldOn: null,
            record: null,
            at: d.proposedAt,
            ...planned,
          },
        ],
      }))
    expect(needs('drafting', announced({})).RecordHearing).toBe('required')
    const planned = announced({ planned: { matter: '听证会', on: '2026-07-20' } })
    expect(needs('drafting', planned).RecordHearing).not.toBe('required')
    const told = explain(snapshotAt('drafting', planned), now(planned)).actions.flatMap((a) =>
      a.cases.flatMap((c) => c.verdicts),
    )
    expect(told).toContainEqual(expect.objectContaining({ rule: 'hearing.held', holds: false, earliest: '2026-07-20' }))
  })
  it('施行以后：各轨道的备案轮到谁，谁的须办；废止、修改少有', () => {
    const found = needs('effective', withDossier(exampleFacts(), { filings: {} }))
    expect(found).toMatchObject({ FileDocument: 'required', RepealDocument: 'rare', AmendDocument: 'rare' })
  })
})
