// 规则隔离：对每支带规则的箭头，先在一件放行的案卷上确认放行，再使其中每一条规则单独不成立，
// 结论中阻断的须恰是这一条。所用情形取自规则自己的反例（examples.refused），不够用的在 extra 中补充。
import { addDays } from '@dianzhang/calendar'
import type { CommandType } from '@dianzhang/contract'
import {
  blocks,
  type CommandFact,
  catalogue,
  exampleFacts,
  exampleHash,
  type Facts,
  onDay,
  type RuleId,
  withCommand,
  withDossier,
  withExternal,
  withNewText,
} from '@dianzhang/rules'
import { describe, expect, it } from 'vitest'
import type { StateValue } from 'xstate'
import {
  allArrows,
  arrowName,
  decide,
  explain,
  type LifecycleEvent,
  lifecycle,
  type PlacedArrow,
  type Resolved,
  type Snapshot,
  stageOf,
  step,
} from './index.ts'

/** 一种放行的情形：案卷与载荷。 */
interface Ground {
  facts: Facts
  payload?: Record<string, unknown>
  actor?: CommandFact['actor']
  resolved?: Resolved
}
const actor = (person: string, unit: string, role: CommandFact['actor']['roles'][number]): CommandFact['actor'] => ({
  person,
  unit,
  roles: [role],
})
const reviewer = actor('p-reviewer', 'hy-justice', 'legality_reviewer')
const leader = actor('p-leader', 'hy-gov', 'leader')
const secretary = actor('p-secretary', 'hy-office', 'secretariat')

const v2 = exampleHash(2)
const withReview = (f: Facts, change: Partial<NonNullable<Facts['dossier']['review']>>): Facts =>
  withDossier(f, (d) => ({ review: d.review && { ...d.review, ...change } }))
const underReview = (f: Facts): Facts => onDay(withReview(f, { opinion: null }), '2026-05-13')
const reopened = (f: Facts): Facts =>
  onDay(
    withDossier(f, (d) => ({
      consultations: d.consultations.map((r) => ({ ...r, closedAt: null, feedbackAt: null })),
    })),
    '2026-04-01',
  )
/** 审核意见为应当修改，一条，已答复采纳，尚未确认。 */
const revising = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    review: d.review && {
      ...d.review,
      confirmation: null,
      opinion: d.review.opinion && {
        ...d.review.opinion,
        outcome: 'revise',
        points: [
          {
            id: '1',
            text: '删去第六条。',
            answer: { kind: 'adopted', version: 2, reason: null, at: '2026-05-14T10:00:00+08:00', by: 'p-drafter' },
          },
        ],
      },
    },
  }))
const unpublished = (f: Facts): Facts => withDossier(f, { publication: null, filings: {} })
const unfiled = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    filings: Object.fromEntries(
      Object.entries(d.filings).map(([k, x]) => [
        k,
        x && { ...x, status: 'due' as const, filedAt: null, filedOn: null, history: [] },
      ]),
    ),
  }))

const assessed = { conclusion: '结论。', date: '2026-06-03' }
/** 各命令放行的情形；`case` 由箭头的情形补足。 */
const grounds: Partial<Record<CommandType, (a: PlacedArrow) => Ground>> = {
  ApproveInitiation: () => ({ facts: exampleFacts(), actor: secretary }),
  RecordExpertReview: () => ({ facts: exampleFacts(), payload: assessed }),
  RecordRiskAssessment: () => ({ facts: exampleFacts(), payload: { ...assessed, outcome: 'controllable' } }),
  RecordFairCompetitionReview: () => ({ facts: exampleFacts(), payload: { ...assessed, outcome: 'no_restriction' } }),
  RecordThirdPartyEvaluation: () => ({ facts: exampleFacts(), payload: { ...assessed, organisation: '第三方机构' } }),
  RequestOpinions: () => ({
    facts: exampleFacts(),
    payload: { units: ['hy-finance'] },
    resolved: { units: ['hy-finance'], dueOn: '2026-06-10' },
  }),
  OpenPublicConsultation: () => ({ facts: exampleFacts(), payload: { channels: [] } }),
  RecordOpinion: () => ({
    facts: exampleFacts(),
    payload: { opinion: 'agree', text: '' },
    actor: actor('p-market', 'hy-market', 'department_contact'),
    resolved: { unit: 'hy-market' },
  }),
  ExtendConsultation: () => ({
    facts: reopened(exampleFacts()),
    payload: { closesAt: '2026-04-20' },
    resolved: { closesOn: '2026-04-20' },
  }),
  CloseConsultation: () => ({
    facts: onDay(reopened(exampleFacts()), '2026-04-14'),
    actor: { person: null, unit: null, roles: ['system'] },
  }),
  SubmitComment: () => ({
    facts: reopened(exampleFacts()),
    payload: { text: '意见。' },
    actor: { person: null, unit: null, roles: ['public'] },
  }),
  PublishFeedback: () => ({ facts: exampleFacts() }),
  Reclassify: () => ({ facts: exampleFacts(), payload: { classification: {}, reason: '重新认定。' } }),
  SubmitForReview: () => ({ facts: exampleFacts(), actor: actor('p-unit-head', 'hy-agri', 'unit_head') }),
  AcceptPackage: () => ({ facts: exampleFacts(), actor: reviewer }),
  IssueOpinion: () => ({
    facts: underReview(exampleFacts()),
    payload: { points: [{ text: '修改。' }], grounds: ['理由。'] },
    actor: reviewer,
  }),
  ConfirmRevision: ({ arrow }) => ({
    facts: withDossier(revising(exampleFacts()), arrow.when?.decided === true ? {} : { decision: null }),
    actor: reviewer,
  }),
  ScheduleDeliberation: () => ({
    facts: exampleFacts(),
    payload: { body: '县政府常务会议', session: '第13次', date: '2026-06-05' },
    actor: secretary,
  }),
  RecordDecision: () => ({ facts: exampleFacts(), payload: { dissents: [] }, actor: secretary }),
  ResubmitAfterReturn: ({ arrow }) => ({
    facts: withDossier(exampleFacts(), { returnedFrom: arrow.when?.returnedFrom ?? null }),
    actor: actor('p-unit-head', 'hy-agri', 'unit_head'),
  }),
  Sign: ({ arrow }) => ({
    facts: withDossier(exampleFacts(), {
      signatures: [],
      issuers: arrow.when?.lastSignature ? ['hy-gov'] : ['hy-gov', 'hy-town-lijun'],
    }),
    payload: { contentHash: v2 },
    actor: leader,
    resolved: { unit: 'hy-gov' },
  }),
  AssignNumbers: () => ({ facts: withDossier(unpublished(exampleFacts()), { numbers: null }), actor: secretary }),
  Publish: () => ({
    facts: unpublished(exampleFacts()),
    payload: { effectiveDate: '2026-08-01', validity: { years: 5 }, disclosure: 'active', channels: ['网站'] },
    actor: secretary,
  }),
  FileDocument: () => ({ facts: unfiled(exampleFacts()), payload: { materials: [] }, actor: secretary }),
}

type Patch = (f: Facts) => Facts
/** 规则自己的反例不能单独隔离的，在此补充；键为 `命令 规则`。 */
const extra: Record<string, Patch> = {
  // 规则在提请审议、签署时看的是整体；单独使“意见合法”不成立的是：意见不合法，而现文本另有确认。
  '* review.opinion-lawful': (f) =>
    withDossier(f, (d) => ({
      review: d.review && {
        ...d.review,
        opinion: d.review.opinion && { ...d.review.opinion, outcome: 'unlawful', grounds: ['违法增设许可'] },
        confirmation: { at: '2026-05-21T10:00:00+08:00', by: 'p-reviewer', contentHash: v2 },
      },
    })),
  // 文本变化之后办公机构、审议机构都已就新文本办理，唯独审核没有。
  '* review.same-text': (f) =>
    withDossier(withNewText(f, exampleHash(3), '2026-05-18T10:00:00+08:00'), (d) => ({
      secretariatCheck: d.secretariatCheck && { ...d.secretariatCheck, textHash: exampleHash(3) },
      decision: d.decision && { ...d.decision, textHash: exampleHash(3) },
      signatures: d.signatures.map((s) => ({ ...s, textHash: exampleHash(3) })),
    })),
  // 已确认的修改意见中有一条不采纳而没有理由。
  '* review.points-answered': (f) =>
    withDossier(revising(f), (d) => ({
      review: d.review && {
        ...d.review,
        confirmation: { at: '2026-05-15T10:00:00+08:00', by: 'p-reviewer', contentHash: v2 },
        opinion: d.review.opinion && {
          ...d.review.opinion,
          points: d.review.opinion.points.map((p) => ({
            ...p,
            answer: p.answer && { ...p.answer, kind: 'not_adopted' as const, reason: null },
          })),
        },
      },
    })),
  'ConfirmRevision review.same-text': (f) =>
    withCommand(f, 'ConfirmRevision', { contentHash: exampleHash(1) }, reviewer),
  // 审议的是旧版，而审核人在审议之后确认过现文本：签署看确认，审议一致看决定。
  '* deliberation.same-text': (f) =>
    withDossier(f, (d) => ({
      decision: d.decision && { ...d.decision, textHash: exampleHash(1) },
      review: d.review && {
        ...d.review,
        confirmation: { at: '2026-05-21T10:00:00+08:00', by: 'p-reviewer', contentHash: v2 },
      },
    })),
  'FileDocument filing.in-time': (f) => onDay(f, '2026-08-03'),
  'RecordOpinion interagency.asked': (f) =>
    withCommand(f, 'RecordOpinion', {}, actor('p-housing', 'hy-housing', 'department_contact')),
}
/**
 * 在事理上互相蕴含、不可能单独不成立的：命令 → 规则 → 必然一并不成立的规则。每条写明缘由；
 * 若规则改动后可以单独不成立，测试即失败，须从表中删去。
 */
const entailed: Array<{ commands: CommandType[]; rule: RuleId; also: RuleId[]; why: string }> = [
  {
    commands: ['ScheduleDeliberation', 'RecordDecision', 'ResubmitAfterReturn'],
    rule: 'consultation.not-a-substitute',
    also: ['review.opinion-lawful', 'review.same-text'],
    why: '不成立即没有任何审核意见；没有意见，意见必不合法，也没有所审的文本',
  },
  {
    commands: ['Sign'],
    rule: 'deliberation.adopted',
    also: ['signing.same-text'],
    why: '没有通过的决定，就没有“审议通过的文本”可以签署',
  },
  {
    commands: ['AssignNumbers'],
    rule: 'numbering.after-signing',
    also: ['signing.all-issuers'],
    why: '“签署以后方可编号”与“各制定机关均已签署”看的是同一事实，前者说编号的次序，后者说联合制发的每一方',
  },
  { commands: ['AssignNumbers'], rule: 'signing.all-issuers', also: ['numbering.after-signing'], why: '同上' },
  {
    commands: ['Sign'],
    rule: 'review.same-text',
    also: ['signing.same-text'],
    why: '签署的须是审核过的现文本；审核的不是现文本，签署的也就不是',
  },
]
const severityWarn: readonly RuleId[] = ['publication.in-time', 'filing.in-time']

const stateOf = (stage: string): StateValue =>
  stage.split('.').reduceRight<StateValue>((inner, name) => (inner === '' ? name : { [name]: inner }), '')
/** 快照处于该阶段；并行的施行阶段其余区域取初始状态。 */
function snapshotAt(stage: string, facts: Facts): Snapshot {
  return lifecycle.resolveState({ value: stateOf(stage), context: { dossier: facts.dossier } }) as unknown as Snapshot
}
const when = ({ arrow }: PlacedArrow): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(arrow.when ?? {}).filter(([k]) => k === 'outcome' || k === 'substantive' || k === 'track'),
  )

/** 反例若就是讲“谁来办”的，用它写的办理人；其余仍由本来的人办理。 */
const aboutActor: readonly RuleId[] = ['duties.separated', 'interagency.asked']
function eventOf(placed: PlacedArrow, ground: Ground, facts: Facts, rule?: RuleId): LifecycleEvent {
  const type = placed.command as CommandType
  const given = facts.command?.type === type ? facts.command : null
  const who = given && rule && aboutActor.includes(rule) ? given.actor : ground.actor
  return {
    type,
    payload: { ...ground.payload, ...given?.payload, ...when(placed) },
    meta: {
      at: facts.now,
      on: facts.today,
      actor: who ?? actor('p-drafter', 'hy-agri', 'drafter'),
      resolved: ground.resolved ?? {},
    },
    pack: facts.pack,
    calendar: facts.calendar,
    external: facts.external,
  }
}
/** 在某一情形下判断；放行则给出所去的箭头。 */
function ask(placed: PlacedArrow, ground: Ground, patch: Patch = (f) => f, rule?: RuleId) {
  const facts = patch(ground.facts)
  const decision = decide(snapshotAt(placed.stage, facts), eventOf(placed, ground, facts, rule))
  const failing = decision.verdicts.filter((v) => !v.holds)
  return { decision, failing: failing.map((v) => v.rule), blocking: failing.filter(blocks).map((v) => v.rule) }
}
const patchesFor = (placed: PlacedArrow, rule: RuleId): Array<{ name: string; given: Patch }> => [
  ...catalogue[rule].examples.refused,
  ...[`${placed.command} ${rule}`, `* ${rule}`].flatMap((key) =>
    extra[key] ? [{ name: `补充：${key}`, given: extra[key] }] : [],
  ),
]

const guarded = allArrows.filter((a) => a.command !== null && (a.arrow.rules ?? []).length > 0)

describe('每支箭头上的每条规则都能单独拦住，并且只点名它', () => {
  const used = new Set<string>()
  describe.each(guarded.map((a) => [arrowName(a), a] as const))('%s', (_name, placed) => {
    const ground = grounds[placed.command as CommandType]?.(placed)
    it('条件齐备即放行', () => {
      if (!ground) throw new Error(`没有写明 ${placed.command} 放行的情形`)
      const { decision, failing } = ask(placed, ground)
      expect(failing).toEqual([])
      expect(decision).toMatchObject({
        kind: 'granted',
        option: { command: placed.command, to: placed.arrow.to ?? null, rules: placed.arrow.rules ?? [] },
      })
    })
    it.each([...(placed.arrow.rules ?? [])])('%s', (rule) => {
      if (!ground) throw new Error(`没有写明 ${placed.command} 放行的情形`)
      const also = entailed.find((e) => e.rule === rule && e.commands.includes(placed.command as CommandType))
      const tried = patchesFor(placed, rule).map((p) => ({ name: p.name, ...ask(placed, ground, p.given, rule) }))
      if (placed.arrow.judged === 'after') {
        // 变更分类：不再足够的不是拒绝，而是重新开放征求意见，并在结论中点名是哪一条。
        const hit = tried.find((t) => t.blocking.length === 1 && t.blocking[0] === rule)
        expect(hit?.decision, JSON.stringify(tried.map((t) => [t.name, t.failing]))).toMatchObject({
          kind: 'granted',
          option: { to: 'consultation', records: 'ReclassifiedAndReopened' },
        })
        return
      }
      if (severityWarn.includes(rule)) {
        const hit = tried.find((t) => t.failing.length === 1 && t.failing[0] === rule)
        expect(hit, JSON.stringify(tried.map((t) => [t.name, t.failing]))).toMatchObject({
          decision: { kind: 'granted' },
          blocking: [],
        })
        return
      }
      const alone = tried.find((t) => t.blocking.length === 1 && t.blocking[0] === rule)
      if (also) {
        used.add(`${placed.command} ${rule}`)
        expect(alone, `${rule} 可以单独不成立，请从蕴含表中删去`).toBeUndefined()
        const together = tried.find(
          (t) =>
            t.blocking.includes(rule) && t.blocking.every((r) => r === rule || (also.also as string[]).includes(r)),
        )
        expect(together?.decision.kind, JSON.stringify(tried.map((t) => [t.name, t.blocking]))).toBe('refused')
        return
      }
      expect(alone?.decision.kind, JSON.stringify(tried.map((t) => [t.name, t.blocking]))).toBe('refused')
      const verdict = alone?.decision.verdicts.find((v) => v.rule === rule)
      expect(verdict?.reason).toMatch(/\p{Script=Han}{4,}/u)
      expect(verdict?.basis.article).not.toBe('')
      expect(verdict?.by?.length).toBeGreaterThan(0)
    })
  })
  it('蕴含表的每一行都用得上', () => {
    expect(entailed.flatMap((e) => e.commands.map((c) => `${c} ${e.rule}`)).filter((key) => !used.has(key))).toEqual([])
  })
})

describe('自动前行：每条规则都能单独留住，并且只点名它', () => {
  const automatic = allArrows.filter((a) => a.command === null && (a.arrow.rules ?? []).length > 0)
  it.each(automatic.flatMap((a) => (a.arrow.rules ?? []).map((rule) => [arrowName(a), rule, a] as const)))(
    '%s：%s',
    (_name, rule, placed) => {
      const event = (f: Facts): LifecycleEvent => ({
        ...eventOf({ ...placed, command: 'RecordCoordination' }, { facts: f, payload: { summary: '协调。' } }, f),
        pack: f.pack,
      })
      const walk = (f: Facts) => {
        const start = lifecycle.resolveState({
          value: placed.stage,
          context: { dossier: f.dossier },
        }) as unknown as Snapshot
        const { snapshot, records } = step(start, event(f))
        const { progress } = explain(start, event(f))
        return {
          stage: stageOf(snapshot.value),
          records,
          missing:
            progress
              .find((p) => p.to === placed.arrow.to)
              ?.verdicts.filter(blocks)
              .map((v) => v.rule) ?? [],
        }
      }
      const granted = walk(exampleFacts())
      expect(granted).toMatchObject({ stage: 'assessment', missing: [] })
      expect(granted.records).toContain(placed.arrow.records)
      const kept = patchesFor(placed, rule).map((p) => walk(p.given(exampleFacts())))
      expect(kept, rule).toContainEqual({ stage: placed.stage, records: ['CoordinationRecorded'], missing: [rule] })
    },
  )
})

describe('偏离：只对出处允许的规则有效', () => {
  const issue = guarded.find((a) => a.command === 'IssueOpinion' && a.arrow.when?.outcome === 'lawful') as PlacedArrow
  const ground = grounds.IssueOpinion?.(issue) as Ground
  const early = (rule: string): Ground => ({
    ...ground,
    payload: { ...ground.payload, deviations: [{ rule, ground: '上级限期', approver: '司法局主要负责人' }] },
  })
  const tooSoon: Patch = (f) => onDay(f, addDays('2026-04-28', 1))
  it('写明理由与批准人的，提前出具意见放行，结论中留下偏离', () => {
    const { decision } = ask(issue, early('review.min-period'), tooSoon)
    expect(decision.kind).toBe('granted')
    expect(decision.verdicts.find((v) => v.rule === 'review.min-period')).toMatchObject({
      holds: false,
      deviation: { approver: '司法局主要负责人' },
    })
  })
  it('对别的规则声明偏离没有用：职责分离照样阻断', () => {
    const drafter = (f: Facts): Facts =>
      withCommand(f, 'IssueOpinion', {}, actor('p-drafter', 'hy-justice', 'legality_reviewer'))
    expect(ask(issue, early('duties.separated'), drafter, 'duties.separated')).toMatchObject({
      decision: { kind: 'refused' },
      blocking: ['duties.separated'],
    })
  })
  it('依法必须公开征求意见的，没有收到意见也不得省略公布采纳情况', () => {
    const publish = guarded.find((a) => a.command === 'PublishFeedback') as PlacedArrow
    const none = (f: Facts): Facts =>
      withExternal(withDossier(f, { consultations: [] }), { comments: { total: 0, undisposed: 0 } })
    expect(ask(publish, grounds.PublishFeedback?.(publish) as Ground, none)).toMatchObject({
      decision: { kind: 'refused' },
      blocking: ['consultation.held'],
    })
  })
})
