// 每条命令以后的案卷。只折叠，不判断；判断在规则里。
import type { Demand, ReviewItem, ReviewKind, ReviewOutcome } from '@dianzhang/contract'
import {
  decisionTitle,
  type FilingDossier,
  isGiven,
  isReturned,
  openDeferral,
  openFilingInquiry,
  openPlan,
  sentFromThere,
} from './dossier.ts'
import { explanationDue, requireDue, supplementDue } from './periods.ts'
import { type FilingEvent, type FilingShape, factsOf } from './shape.ts'

type Dossier = FilingDossier
const string = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null)
const strings = (value: unknown): string[] => (Array.isArray(value) ? (value as string[]) : [])

/** 命令所写的期限；没有写的取规则包的日数，条文没有日数的即当日。 */
const term = (e: FilingEvent, reckoned: { answer: { due: string } } | null): string =>
  string(e.payload.until) ?? reckoned?.answer.due ?? e.meta.on

const examined = (d: Dossier, e: FilingEvent): Dossier => {
  const { person } = e.meta.actor
  return person === null || d.examiners.includes(person) ? d : { ...d, examiners: [...d.examiners, person] }
}
const notice =
  (kind: Dossier['notices'][number]['kind']) =>
  (d: Dossier, e: FilingEvent): Dossier => ({
    ...d,
    notices: [
      ...d.notices,
      {
        n: d.notices.length + 1,
        kind,
        on: e.meta.on,
        text: string(e.payload.text) ?? string(e.payload.reason),
        until: kind === 'remind' ? string(e.payload.until) : term(e, requireDue(factsOf(d, e), e.meta.on)),
      },
    ],
  })
/** 正在改正的计划到此为止。 */
const planEnded = (d: Dossier, on: string): Dossier => ({
  ...d,
  plans: d.plans.map((x) => (x === openPlan(d) ? { ...x, endedOn: on } : x)),
})
interface GivenSupplied {
  item: string
  note?: string
  file?: { name: string }
}
/** 随命令上传的材料，摘要由落定的值写入。 */
const suppliedOf = (e: FilingEvent): Dossier['submissions'][number]['supplied'] =>
  ((e.payload.supplied ?? []) as GivenSupplied[]).map((x) => ({
    item: x.item,
    note: string(x.note),
    file: x.file?.name ?? null,
    sha256: e.meta.resolved.files?.find((file) => file.item === x.item)?.sha256 ?? null,
  }))
interface GivenFinding {
  item: ReviewItem
  problem: string
  ground: string
  provisions?: string[]
  demand: Demand
}

const folds: { [T in FilingShape['command']]: (d: Dossier, e: FilingEvent) => Dossier } = {
  ReceiveFiling: (d, e) => ({
    ...d,
    submissions: [
      ...d.submissions,
      {
        on: string(e.payload.sentOn) ?? e.meta.on,
        materials: strings(e.payload.materials),
        textHash: string(e.payload.textHash) ?? '',
        note: string(e.payload.note),
        kind: d.submissions.length === 0 ? 'first' : 'again',
        supplied: (sentFromThere(e.payload)?.files ?? []).map(({ item, name, sha256 }) => ({
          item,
          note: null,
          file: name,
          sha256,
        })),
      },
    ],
  }),
  NoteChange: (d, e) => {
    type Change = NonNullable<Dossier['decision']>['changes'][number]
    const { decision } = d
    // 从前一条命令只带一件。
    const brought = (e.payload.changes ?? (e.payload.change ? [e.payload.change] : [])) as Change[]
    const of = (x: Change): string => `${x.matter} ${x.event}`
    const known = new Set(decision?.changes.map(of))
    const fresh = brought.filter((x, i) => !known.has(of(x)) && brought.findIndex((y) => of(y) === of(x)) === i)
    if (!decision || fresh.length === 0) return d
    const changes = [...decision.changes, ...fresh]
    return {
      ...d,
      decision: { ...decision, changes },
      document: { ...d.document, title: decisionTitle(changes) },
    }
  },
  SubmitFiling: (d, e) => {
    const supplied = suppliedOf(e)
    return {
      ...d,
      submissions: [
        ...d.submissions,
        {
          on: e.meta.on,
          // 只列了名称、没有附上的，受理机关看到的仍是缺。
          materials: ((e.payload.supplied ?? []) as GivenSupplied[]).filter(isGiven).map(({ item }) => item),
          textHash: '',
          note: string(e.payload.note),
          kind: d.submissions.length === 0 ? 'first' : 'again',
          supplied,
        },
      ],
    }
  },
  RegisterFiling: (d, e) => ({
    ...d,
    registered: {
      on: e.meta.on,
      number: string(e.payload.number) ?? '',
      note: string(e.payload.note),
      by: e.meta.actor.person,
    },
  }),
  ReturnFiling: (d, e) => ({
    ...d,
    returns: [
      ...d.returns,
      {
        on: e.meta.on,
        ground: (string(e.payload.ground) ?? 'other') as Dossier['returns'][number]['ground'],
        reason: string(e.payload.reason) ?? '',
      },
    ],
  }),
  DeferFiling: (d, e) => ({
    ...d,
    deferrals: [
      ...d.deferrals,
      {
        on: e.meta.on,
        items: strings(e.payload.items),
        until: term(e, supplementDue(factsOf(d, e), e.meta.on)),
        suppliedOn: null,
      },
    ],
  }),
  Resubmit: (d, e) => {
    const supplied = suppliedOf(e)
    const before = d.submissions.at(-1)
    return {
      ...d,
      deferrals: d.deferrals.map((x) => (x === openDeferral(d) ? { ...x, suppliedOn: e.meta.on } : x)),
      submissions: [
        ...d.submissions,
        {
          on: e.meta.on,
          materials: [
            ...new Set([
              ...(before?.materials ?? []),
              ...strings(e.payload.materials),
              ...supplied.map(({ item }) => item),
            ]),
          ],
          textHash: before?.textHash ?? '',
          note: string(e.payload.note),
          kind: isReturned(d) ? 'again' : 'supplement',
          supplied,
        },
      ],
    }
  },
  StartReview: (d, e) =>
    examined(
      {
        ...d,
        review: {
          kind: String(e.payload.kind) as ReviewKind,
          on: e.meta.on,
          suggestion: string(e.payload.suggestion),
          requestedBy: string(e.payload.requestedBy),
        },
      },
      e,
    ),
  RecordCheck: (d, e) => {
    const given = (e.payload.items ?? []) as Array<{
      item: ReviewItem
      result: Dossier['checks'][number]['result']
      provisions?: string[]
      note?: string
    }>
    const fresh = given.map((x) => ({
      item: x.item,
      result: x.result,
      provisions: x.provisions ?? [],
      note: string(x.note),
      on: e.meta.on,
      by: e.meta.actor.person,
    }))
    // 同一项再次记录的，以后一次为准。
    return examined(
      { ...d, checks: [...d.checks.filter((old) => !fresh.some(({ item }) => item === old.item)), ...fresh] },
      e,
    )
  },
  ConsultExpert: (d, e) => ({
    ...d,
    experts: [
      ...d.experts,
      {
        expert: String(e.payload.expert),
        date: String(e.payload.date),
        opinion: String(e.payload.opinion),
        on: e.meta.on,
      },
    ],
  }),
  ExtendReview: (d, e) => ({ ...d, extendedOn: e.meta.on }),
  AskExplanation: (d, e) =>
    examined(
      {
        ...d,
        inquiries: [
          ...d.inquiries,
          {
            n: d.inquiries.length + 1,
            on: e.meta.on,
            questions: String(e.payload.questions),
            until: term(e, explanationDue(factsOf(d, e), e.meta.on)),
            answered: null,
          },
        ],
      },
      e,
    ),
  Explain: (d, e) => ({
    ...d,
    inquiries: d.inquiries.map((x) =>
      x === openFilingInquiry(d) ? { ...x, answered: { on: e.meta.on, text: String(e.payload.text) } } : x,
    ),
  }),
  Communicate: (d, e) => examined({ ...d, talks: [...d.talks, { on: e.meta.on, text: String(e.payload.text) }] }, e),
  AgreePlan: (d, e) => ({
    ...d,
    plans: [
      ...d.plans,
      {
        on: e.meta.on,
        action: e.payload.action as 'amend' | 'repeal',
        plan: String(e.payload.plan),
        until: String(e.payload.until),
        endedOn: null,
      },
    ],
  }),
  ResumeReview: (d, e) => planEnded(d, e.meta.on),
  SendReminder: (d, e) =>
    examined({ ...d, reminders: [...d.reminders, { on: e.meta.on, text: String(e.payload.text) }] }, e),
  IssueReviewOpinion: (d, e) =>
    examined(
      {
        ...d,
        opinion: {
          on: e.meta.on,
          number: string(e.payload.number),
          findings: ((e.payload.findings ?? []) as GivenFinding[]).map((x) => ({
            item: x.item,
            problem: x.problem,
            ground: x.ground,
            provisions: x.provisions ?? [],
            demand: x.demand,
          })),
          by: e.meta.actor.person,
          answers: d.opinion?.answers ?? [],
        },
      },
      e,
    ),
  AnswerOpinion: (d, e) => ({
    ...d,
    opinion: d.opinion && {
      ...d.opinion,
      answers: [
        ...d.opinion.answers,
        {
          on: e.meta.on,
          action: e.payload.action as 'amend' | 'repeal' | 'explain' | 'keep',
          answer: String(e.payload.answer),
        },
      ],
    },
  }),
  UrgeCorrection: (d, e) => ({ ...d, urges: [...d.urges, { on: e.meta.on, text: String(e.payload.text) }] }),
  ReportCorrection: (d, e) => ({
    ...planEnded(d, e.meta.on),
    correction: {
      on: e.meta.on,
      document: string(e.payload.document) ?? e.external.correction?.id ?? '',
      title: e.external.correction?.title ?? '',
      number: e.external.correction?.number ?? null,
      report: string(e.payload.report),
      ...(string(e.payload.document) === null ? { byDecision: true } : {}),
    },
  }),
  MoveToAnnul: (d, e) => ({
    ...d,
    motion: {
      kind: e.payload.motion as 'annul' | 'order_amend' | 'order_improve',
      reason: String(e.payload.reason),
      on: e.meta.on,
      decided: null,
    },
  }),
  RecordMotionDecision: (d, e) => {
    const made = e.payload.made as { body: string; number?: string; date: string }
    return {
      ...d,
      motion: d.motion && {
        ...d.motion,
        decided: {
          decision: e.payload.decision as NonNullable<NonNullable<Dossier['motion']>['decided']>['decision'],
          body: made.body,
          number: string(made.number),
          date: made.date,
          until: string(e.payload.until),
          on: e.meta.on,
        },
      },
    }
  },
  RequireFiling: notice('require'),
  RemindFiling: notice('remind'),
  CriticiseFiling: notice('criticise'),
  RecomputeDeadlines: (d) => d,
  CloseReview: (d, e) =>
    examined(
      {
        ...planEnded(d, e.meta.on),
        closed: {
          on: e.meta.on,
          outcome: e.payload.outcome as ReviewOutcome,
          conclusion: string(e.payload.conclusion),
        },
      },
      e,
    ),
}
/** 对方系统送来的，以那边办理之日为准。 */
export const evolve = (d: Dossier, e: FilingEvent): Dossier => {
  const on = sentFromThere(e.payload)?.on
  return folds[e.type](d, on === undefined ? e : { ...e, meta: { ...e.meta, on } })
}

/** 刚开启的一件：还没有收到报送。`required` 有值的，是发现没有报送而要求报送。 */
export const openedFiling = (
  about: Pick<Dossier, 'id' | 'jurisdiction' | 'packVersion' | 'track' | 'unit' | 'document' | 'decision' | 'exchange'>,
  on: string,
  required: { text: string | null; until: string | null } | null,
): Dossier => ({
  ...about,
  openedOn: on,
  notices: required ? [{ n: 1, kind: 'require', on, ...required }] : [],
  submissions: [],
  deferrals: [],
  returns: [],
  registered: null,
  review: null,
  extendedOn: null,
  checks: [],
  experts: [],
  inquiries: [],
  talks: [],
  plans: [],
  reminders: [],
  opinion: null,
  urges: [],
  correction: null,
  motion: null,
  closed: null,
  examiners: [],
})
