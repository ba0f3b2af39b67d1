// 没有一条路绕得过去：不论退回、变更分类、改动文本的次序如何，公布之时每一项要求都具备；
// 已经具备的任何一项，以后任何时候单独失去，其后总有一关拒绝并点名。
// 要求另由本文件依办理的先后数出来，不借用规则目录与案卷的折叠。
import { daysBetween } from '@dianzhang/calendar'
import type { CommandType } from '@dianzhang/contract'
import { type ExternalFacts, exampleFacts, exampleHash, type UnitFact, type withDossier } from '@dianzhang/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allFlags, type Disturbance, type Done, Walk } from './every-rule.fixture.ts'
import { withDossier as placed } from './process.ts'

/** 依法应当具备而没有具备的各项，由办成的各步推出。 */
function missing(w: Walk): string[] {
  const c = w.classification
  const before = w.done.slice(
    0,
    w.done.findIndex((d) => d.type === 'Publish'),
  )
  const text = before.findLast((d) => d.type === 'SaveDraft' || d.type === 'CorrectAfterSigning')?.text ?? 0
  const last = (type: CommandType, and: (d: Done) => boolean = () => true) =>
    before.findLast((d) => d.type === type && and(d))
  const index = (d: Done | undefined) => (d ? before.indexOf(d) : -1)
  const faults: string[] = []
  const need = (holds: boolean, what: string) => {
    if (!holds) faults.push(what)
  }
  const onText = (d: Done | undefined) => d !== undefined && d.text === text
  for (const kind of ['explanatory_note', 'legal_basis_table'])
    need(last('ProvideArtefact', (d) => d.payload.kind === kind) !== undefined, `材料 ${kind}`)
  // 起草单位先行审核的是提请审核的文本；其后按意见所作的修改由审核人确认。
  const submitted = last('SubmitForReview')
  const own = before.slice(0, index(submitted)).findLast((d) => d.payload.kind === 'own_legality_opinion')
  need(own !== undefined && own.text === submitted?.text, '本单位先行审核')
  // 公开征求意见：一次足够长的，已经截止并公布采纳情况。
  if (c.affectsRights || c.enterpriseRelated || c.majorDecision) {
    const days = c.enterpriseRelated || c.majorDecision ? 30 : 9
    const long = before.filter(
      (d) => d.type === 'OpenPublicConsultation' && daysBetween(d.on, String(d.payload.closesAt)) >= days,
    )
    need(
      long.some((o) => before.some((d) => d.type === 'CloseConsultation' && index(d) > index(o))),
      `公开征求意见满${days}日`,
    )
    need(index(last('PublishFeedback')) > index(last('CloseConsultation')), '公布采纳情况')
  }
  if (c.expertise) need(onText(last('RecordExpertReview')), '就现文本的专家论证')
  if (c.majorDecision || c.stability) need(onText(last('RecordRiskAssessment')), '就现文本的风险评估')
  if (c.enterpriseRelated) need(onText(last('RecordFairCompetitionReview')), '就现文本的公平竞争审查')
  if (c.hearingRequired) need(last('RecordHearing') !== undefined, '听证')
  // 审核：最后一次提请以后的合法意见（或者更正以后的确认），审的是现文本，其后没有变更制定机关。
  const opinion = last('IssueOpinion', (d) => d.payload.outcome === 'lawful')
  const confirmed = last('ConfirmRevision')
  const reviewed = onText(opinion) ? opinion : onText(confirmed) ? confirmed : undefined
  need(reviewed !== undefined, '就现文本的合法性审核')
  need(index(opinion) > index(last('IssueOpinion', (d) => d.payload.outcome === 'unlawful')), '不合法之后重新审核')
  const issuers = index(last('ChangeIssuers'))
  need(index(opinion) > issuers, '变更制定机关以后重新审核')
  const decision = last('RecordDecision')
  need(decision !== undefined && index(decision) > issuers && index(decision) > index(opinion) - 1, '审核以后集体审议')
  need(onText(decision) || (onText(confirmed) && index(confirmed) > index(decision)), '审议的就是现文本')
  if (c.majorDecision) need(last('ReportToPartyCommittee') !== undefined, '请示报告')
  const sign = last('Sign')
  need(onText(sign) && index(sign) > index(last('ReturnFromSigning')) && index(sign) > issuers, '就现文本签署')
  need(last('AssignNumbers') !== undefined, '编号')
  // 签署以后改过错字的，审核人或者签署人确认过最后一次；错字的更正不使签署失效。
  const slip = last('CorrectAfterSigning')
  need(
    slip === undefined ||
      ['ConfirmCorrection', 'ConfirmRevision'].some((t) => index(last(t as CommandType)) > index(slip)),
    '确认更正',
  )
  // 起草、修改过文本的人，不论自己还是受托，没有审核、确认过。
  const authors = new Set(before.filter((d) => d.type === 'SaveDraft').map((d) => d.by))
  for (const d of before.filter((x) => /^(IssueOpinion|ConfirmRevision|ConfirmCorrection)$/.test(x.type)))
    need(!authors.has(d.by), `${d.type}由起草人办理`)
  // 所列的依据现在没有被废止的。
  const table = last('ProvideArtefact', (d) => d.payload.kind === 'legal_basis_table')
  const cited = (table?.payload.bases as Array<{ title: string }> | undefined) ?? []
  need(!cited.some((b) => w.repealed.includes(b.title)), '依据现行有效')
  // 现在负有的职责，都是审核（或者更正以后的确认）那时已经负有的；去掉以后又恢复的，审核过了，不必再审。
  const flagsAt = (d: Done): Record<string, unknown> =>
    Object.assign(
      { ...w.atFirst },
      ...before.slice(0, index(d)).flatMap((x) => (x.type === 'Reclassify' ? [x.payload.classification] : [])),
    )
  const judged = [opinion, confirmed].filter((d) => d !== undefined).map(flagsAt)
  for (const [flag, on] of Object.entries(c))
    if (on === true && flag !== 'affectsRights')
      need(
        judged.some((at) => at[flag] === true),
        `加上职责以后重新审核：${flag}`,
      )
  return faults
}

const disturbance: fc.Arbitrary<Disturbance | null> = fc.oneof(
  { weight: 7, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.constantFrom(...allFlags).map((flag) => ({ kind: 'flag' as const, flag })) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(
        'save' as const,
        'return' as const,
        'return' as const,
        'unlawful' as const,
        'supplement' as const,
        'issuers' as const,
        'correct' as const,
        'slip' as const,
        'basis' as const,
        'delegate' as const,
      )
      .map((kind) => ({ kind })),
  },
)

describe('没有一条路绕得过去', () => {
  it('不加打断的，走到公布；公布之时各项齐备', () => {
    for (const flags of [
      {},
      { enterpriseRelated: true, majorDecision: true, expertise: true, hearingRequired: true },
    ]) {
      const w = new Walk(flags)
      expect(w.run([]), `${w.stage} ${w.done.map((d) => d.type).join(' ')}`).toBe(true)
      expect(missing(w)).toEqual([])
    }
  })
  it('任意次序的退回、变更分类、改动文本：凡放行公布的，此刻的每一项要求都具备', () => {
    let published = 0
    fc.assert(
      fc.property(fc.array(disturbance, { minLength: 5, maxLength: 40 }), (disturbances) => {
        const w = new Walk({})
        if (!w.run(disturbances)) return
        published += 1
        expect(missing(w), w.done.map((d) => `${d.stage}:${d.type}`).join(' ')).toEqual([])
      }),
      { numRuns: 20 },
    )
    // 大多数的路走得到公布，否则什么也没有验到。
    expect(published).toBeGreaterThan(8)
  })
})

describe('每一阶段各打断一次', () => {
  const kinds = ['save', 'return', 'unlawful', 'supplement', 'issuers', 'correct', 'slip', 'basis', 'delegate'] as const
  const stages = ['legality_review.reviewing', 'deliberation', 'signing', 'numbering', 'publication'] as const
  it('打断以后凡走到公布的，各项齐备；大多数走得到', () => {
    let arrived = 0
    for (const stage of stages)
      for (const kind of kinds) {
        const w = new Walk({ expertise: true })
        let disturbed = false
        const published = w.run([], 90, (x) => {
          if (disturbed || x.stage !== stage) return
          disturbed = true
          x.disturb({ kind })
        })
        expect(disturbed, `没有走到${stage}`).toBe(true)
        if (!published) continue
        arrived += 1
        expect(missing(w), `${stage} ${kind} ${w.done.map((d) => `${d.stage}:${d.type}`).join(' ')}`).toEqual([])
      }
    expect(arrived).toBeGreaterThan(25)
  })
})

/** 单独失去的一项 → 应当点名的规则。 */
const lost: Record<string, { rule: string[]; change: Parameters<typeof withDossier>[1] }> = {
  没有起草说明: {
    rule: ['draft.artefacts-complete'],
    change: (d) => ({ artefacts: d.artefacts.filter((a) => a.kind !== 'explanatory_note') }),
  },
  没有依据: { rule: ['draft.artefacts-complete'], change: { bases: [] } },
  没有本单位的审核: {
    rule: ['review.own-first'],
    change: (d) => ({ artefacts: d.artefacts.filter((a) => a.kind !== 'own_legality_opinion') }),
  },
  没有征求意见: { rule: ['consultation.held'], change: { consultations: [] } },
  没有公布采纳情况: {
    rule: ['consultation.feedback-published'],
    change: (d) => ({ consultations: d.consultations.map((r) => ({ ...r, feedbackAt: null })) }),
  },
  期限不足: {
    rule: ['consultation.minimum-period'],
    change: (d) => ({ consultations: d.consultations.map((r) => ({ ...r, closesOn: r.opensOn })) }),
  },
  缩短而没有批准: {
    rule: ['deviation.approved', 'consultation.minimum-period'],
    change: (d) => ({
      consultations: d.consultations.map((r) => ({
        ...r,
        closesOn: r.opensOn,
        shortened: { reason: '急', approver: '某' },
      })),
    }),
  },
  标为紧急而没有批准: {
    rule: ['deviation.approved'],
    change: (d) => ({ classification: { ...d.classification, emergency: { ground: '领导着急', approver: '某' } } }),
  },
  没有专家论证: { rule: ['assessment.expert-review'], change: { expertReviews: [] } },
  没有风险评估: { rule: ['assessment.risk'], change: { riskAssessments: [] } },
  风险不可控: {
    rule: ['assessment.risk'],
    change: (d) => ({ riskAssessments: d.riskAssessments.map((r) => ({ ...r, outcome: 'uncontrollable' as const })) }),
  },
  没有公平竞争审查: { rule: ['assessment.fair-competition'], change: { fairCompetition: [] } },
  排除限制竞争: {
    rule: ['assessment.fair-competition'],
    change: (d) => ({ fairCompetition: d.fairCompetition.map((r) => ({ ...r, outcome: 'restricts' as const })) }),
  },
  没有听证: { rule: ['hearing.held'], change: { hearings: [] } },
  部门反对: {
    rule: ['dispute.settled-or-escalated'],
    change: {
      interagency: [
        {
          unit: 'hy-finance',
          round: 1,
          askedAt: '2026-03-02T09:00:00+08:00',
          askedOn: '2026-03-02',
          dueOn: '2026-03-11',
          textHash: null,
          opinion: { stance: 'object', text: '不同意。', at: '2026-03-03T09:00:00+08:00', on: '2026-03-03', by: 'p' },
        },
      ],
    },
  },
  专家论证在将来: {
    rule: ['acts.in-order'],
    change: (d) => ({ expertReviews: d.expertReviews.map((r) => ({ ...r, date: '2099-01-01' })) }),
  },
  文本换了: {
    rule: ['review.same-text', 'review.own-first', 'assessment.current', 'consultation.same-substance'],
    change: (d) => ({
      texts: [
        ...d.texts,
        { n: 99, hash: exampleHash(99), at: '2027-06-01T09:00:00+08:00', by: 'p-drafter', kind: 'draft' as const },
      ],
    }),
  },
  涉密与公开矛盾: {
    rule: ['disclosure.consistent'],
    change: (d) => ({ classification: { ...d.classification, confidential: true } }),
  },
  制定机关不在清单: { rule: ['issuer.eligible'], change: { issuers: ['hy-flood'] } },
  联合的不是同级: { rule: ['issuer.same-level'], change: { issuers: ['hy-gov', 'hy-agri'] } },
  起草人审核: {
    rule: ['duties.separated', 'review.opinion-lawful', 'signing.all-issuers'],
    change: (d) => ({ editors: [...d.editors, 'p-reviewer', 'p-leader'] }),
  },
}
const { units } = exampleFacts().external
/** 案卷之外的事实失去的：依据、制定主体、意见、审核机构、会议。 */
const abroad: Record<string, { rule: string; outside: Partial<ExternalFacts> }> = {
  依据被废止: {
    rule: 'draft.basis-in-force',
    outside: { bases: [{ title: '优化营商环境条例', status: 'repealed', since: '2026-01-01' }] },
  },
  依据有效期满: {
    rule: 'draft.basis-in-force',
    outside: { bases: [{ title: '优化营商环境条例', status: 'expired' }] },
  },
  依据被撤销: { rule: 'draft.basis-in-force', outside: { bases: [{ title: '优化营商环境条例', status: 'annulled' }] } },
  制定机关移出清单: {
    rule: 'issuer.eligible',
    outside: { units: { ...units, 'hy-gov': { ...(units['hy-gov'] as UnitFact), eligibleUntil: '2026-01-01' } } },
  },
  又有意见没有处理: { rule: 'consultation.comments-disposed', outside: { comments: { total: 1, undisposed: 1 } } },
  审核机构改设在别的单位: {
    rule: 'review.organ-competent',
    outside: {
      units: {
        ...units,
        'hy-gov': {
          ...(units['hy-gov'] as UnitFact),
          bodies: (units['hy-gov'] as UnitFact).bodies.map((b) =>
            b.kind === 'review' ? { ...b, seat: 'hy-office' } : b,
          ),
        },
      },
    },
  },
}
const later: typeof lost = {
  偏离的批准落空: {
    rule: ['deviation.approved', 'consultation.minimum-period'],
    change: (d) => ({
      deviations: [],
      indicators: [],
      evaluations: [],
      consultations: d.consultations.map((r) => ({
        ...r,
        closesOn: r.opensOn,
        shortened: { reason: '急', approver: '某', deviation: '1' },
      })),
    }),
  },
  联合制发增加了一方: {
    rule: [
      'signing.all-issuers',
      'publication.same-text',
      'numbering.after-signing',
      'issuer.same-level',
      'issuer.eligible',
    ],
    change: { issuers: ['hy-gov', 'hy-agri'] },
  },
  审核意见由起草人出具: {
    rule: ['review.opinion-lawful', 'duties.separated', 'review.organ-competent'],
    change: (d) => ({
      review: d.review && {
        ...d.review,
        opinion: d.review.opinion && { ...d.review.opinion, by: 'p-drafter', unit: 'hy-agri' },
      },
    }),
  },
  审核意见被收回: {
    rule: ['review.opinion-lawful'],
    change: (d) => ({ review: d.review && { ...d.review, opinion: null } }),
  },
  审核意见不合法: {
    rule: ['review.opinion-lawful'],
    change: (d) => ({
      review: d.review && {
        ...d.review,
        opinion: d.review.opinion && { ...d.review.opinion, outcome: 'unlawful' as const },
      },
    }),
  },
  审核人在起草部门: {
    rule: ['review.organ-competent'],
    change: (d) => ({
      review: d.review && { ...d.review, opinion: d.review.opinion && { ...d.review.opinion, unit: 'hy-agri' } },
    }),
  },
  审核以后加了职责: {
    rule: ['review.package-unchanged', 'review.same-text', 'review.opinion-lawful'],
    change: (d) => ({
      review: d.review && {
        ...d.review,
        opinion: d.review.opinion && {
          ...d.review.opinion,
          classification: { ...d.classification, majorDecision: false, enterpriseRelated: false },
        },
      },
    }),
  },
}

describe('已经具备的任何一项，以后任何时候单独失去，其后总有一关拒绝并点名', () => {
  const everything = {
    enterpriseRelated: true,
    majorDecision: true,
    expertise: true,
    stability: true,
    hearingRequired: true,
  }
  const moments = new Map<string, { walk: Walk; done: number; today: string; snapshot: Walk['snapshot'] }>()
  const w = new Walk(everything)
  w.run([], 140, (x) => {
    if (/^(legality_review|deliberation|signing|numbering|publication)/.test(x.stage) && !moments.has(x.stage))
      moments.set(x.stage, { walk: x, done: x.done.length, today: x.today, snapshot: x.snapshot })
  })
  /** 从某一时刻起只往前走，不补办；答复最后被哪些规则拦住，走到了公布为 null。 */
  function forwardOnly(
    stage: string,
    change: Parameters<typeof withDossier>[1],
    outside: Partial<ExternalFacts> = {},
  ): string[] | null {
    const m = moments.get(stage)
    if (!m) throw new Error(`没有走到 ${stage}`)
    const copy = new Walk(everything)
    copy.today = m.today
    copy.text = w.text
    copy.outside = outside
    copy.done.push(...w.done.slice(0, m.done))
    const dossier = m.snapshot.context.dossier
    copy.snapshot = placed(m.snapshot, { ...dossier, ...(typeof change === 'function' ? change(dossier) : change) })
    for (let i = 0; i < 30 && copy.stage !== 'effective'; i++) {
      const refused = copy.forward()
      if (refused === null) continue
      // 期限未满、还没有请示报告的，等到、补上；其余的不补。
      const [only] = refused
      if (refused.length === 1 && (only === 'review.min-period' || only === 'assessment.party-report'))
        copy.remedy(refused)
      else return refused
    }
    return copy.stage === 'effective' ? null : ['没有走到公布']
  }
  const stages = [
    'legality_review.submitted',
    'legality_review.reviewing',
    'deliberation',
    'signing',
    'numbering',
    'publication',
  ]
  it('走过审核到公布的每一阶段', () => {
    expect([...moments.keys()]).toEqual(stages)
    for (const stage of moments.keys()) expect(forwardOnly(stage, {}), stage).toBeNull()
  })
  it.each(
    stages.flatMap((stage) =>
      Object.entries(lost)
        .filter(([name]) => name !== '起草人审核')
        .map(([name, x]) => [stage, name, x] as const),
    ),
  )('%s：%s', (stage, _name, x) => {
    const refused = forwardOnly(stage, x.change)
    expect(refused, '走到了公布').not.toBeNull()
    expect(
      x.rule.some((rule) => refused?.includes(rule)),
      `点名的是 ${refused?.join('、')}`,
    ).toBe(true)
  })
  // 由谁审核，看审核的各步与其后各关；还没有审核的，经办人只是一再提请。
  const asked = (stage: string, rule: string) => rule !== 'review.organ-competent' || stages.indexOf(stage) > 1
  it.each(
    stages.flatMap((stage) =>
      Object.entries(abroad).flatMap(([name, x]) => (asked(stage, x.rule) ? [[stage, name, x] as const] : [])),
    ),
  )('%s：%s', (stage, _name, x) => {
    const refused = forwardOnly(stage, {}, x.outside)
    expect(refused, '走到了公布').not.toBeNull()
    expect(refused, `点名的是 ${refused?.join('、')}`).toContain(x.rule)
  })
  it.each(stages.slice(2).flatMap((stage) => Object.entries(later).map(([name, x]) => [stage, name, x] as const)))(
    '%s：%s',
    (stage, _name, x) => {
      const refused = forwardOnly(stage, x.change)
      expect(refused, '走到了公布').not.toBeNull()
      expect(
        x.rule.some((rule) => refused?.includes(rule)),
        `点名的是 ${refused?.join('、')}`,
      ).toBe(true)
    },
  )
})
