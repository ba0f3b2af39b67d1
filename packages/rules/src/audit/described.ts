// 别处的一份案卷 → 事实：写明的照写，没有写明的占住（unknown），卷内应有而没有的就是没有。
import { endOfDayInstant, validityLastDay, type WorkCalendar } from '@dianzhang/calendar'
import { type AuditEvent, type AuditEventKind, auditClassification, type DescribedFile } from '@dianzhang/contract'
import type { Pack } from '@dianzhang/packs'
import type {
  ArtefactRef,
  AssessmentRecord,
  ConsultationRound,
  DecisionRecord,
  Dossier,
  ExternalFacts,
  Facts,
  FilingRecord,
  Instant,
  InteragencyItem,
  LegalityOpinion,
  PlainDate,
  ReviewFile,
  UnitFact,
} from '../facts.ts'
import { formOf, standardBodies } from '../organs.ts'
import { interagencyDue } from '../periods.ts'
import { unknown } from './unknown.ts'

/** 一项发生在何时：同一日的依所列的先后。 */
export interface PlacedEvent extends AuditEvent {
  at: Instant
  /** 第几项，自 1 起。 */
  n: number
}
const placed = (events: readonly AuditEvent[]): PlacedEvent[] =>
  events
    .map((e, i) => ({ ...e, n: i + 1 }))
    .toSorted((a, b) => a.date.localeCompare(b.date) || a.n - b.n)
    .map((e, i) => ({ ...e, at: `${e.date}T${clockOf(9 * 3600 + i)}+08:00` }))
const clockOf = (seconds: number): string =>
  [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')

const kindOfIssuer = {
  government: 'government',
  government_office: 'office',
  department: 'department',
  township: 'township',
} as Record<string, UnitFact['kind']>

/** 案卷里出现的各单位：制定机关依层级，其余为部门；名称即代码。 */
function unitsOf(file: DescribedFile, pack: Pack): Record<string, UnitFact> {
  const units: Record<string, UnitFact> = {}
  const add = (name: string | undefined, kind: UnitFact['kind'], parent: string | null): void => {
    if (name === undefined || units[name]) return
    units[name] = {
      id: name,
      name,
      kind,
      parent,
      eligible: unknown(),
      eligibleSince: unknown(),
      eligibleUntil: null,
      bodies: [],
    }
  }
  const lead = file.issuers[0] ?? ''
  for (const issuer of file.issuers)
    add(issuer, kindOfIssuer[file.tier] ?? 'department', file.tier === 'government' ? '上级政府' : '本级政府')
  const government = file.tier === 'government' ? lead : '本级政府'
  add('上级政府', 'superior', null)
  add('本级政府', 'government', '上级政府')
  add(file.draftingUnit, file.draftingUnit.endsWith('人民政府') ? 'township' : 'department', government)
  for (const e of file.events) add(e.unit, 'department', government)
  for (const unit of Object.values(units)) unit.bodies = standardBodies(pack, unit, units)
  // 谁是审核机构认不出来的，不以没有论。
  if (Object.values(units).every((u) => u.bodies.every((b) => b.kind !== 'review')))
    for (const unit of Object.values(units)) if (unit.kind === 'government') unit.bodies = unknown()
  return units
}

/** 会议写了“第几次”“扩大”也认得出是哪一种；认不出的照写。 */
function meetingOf(units: Record<string, UnitFact>, meeting: string): { body: string; bodyId: string | null } {
  const plain = formOf(meeting.replace(/第[〇零一二三四五六七八九十百\d]+[次届]|[（(][^（）()]*[）)]|\s/g, ''))
  const bodies = Object.values(units).flatMap((u) => (Array.isArray(u.bodies) ? u.bodies : []))
  const found = bodies.find((b) => b.kind === 'meeting' && (plain === b.name || plain.endsWith(b.form ?? '\0')))
  return found ? { body: found.name, bodyId: found.id } : { body: meeting, bodyId: null }
}

interface Described {
  dossier: Dossier
  external: ExternalFacts
  events: PlacedEvent[]
}

/** 把写明的各项折叠成案卷；`pack`、`calendar` 只用来认会议与审核机构、推算没有写明的答复期限。 */
export function describedFacts(file: DescribedFile, pack: Pack, calendar: WorkCalendar): Described {
  const events = placed(file.events)
  const of = (kind: AuditEventKind): PlacedEvent[] => events.filter((e) => e.event === kind)
  const last = (kind: AuditEventKind): PlacedEvent | undefined => of(kind).at(-1)
  const blind = (...kinds: AuditEventKind[]): boolean => kinds.some((kind) => file.notSeen.includes(kind))
  /** 没有见到这一种的，不知道；见到的，有就是有、没有就是没有。 */
  const seen = <T>(kind: AuditEventKind, value: T): T => (blind(kind) ? unknown<T>() : value)
  const units = unitsOf(file, pack)
  const textOf = (e: { text?: string | undefined } | undefined): string => e?.text ?? unknown<string>()

  const labels = [...new Set(events.map((e) => e.text).filter((t): t is string => t !== undefined))]
  const texts: Dossier['texts'] =
    labels.length === 0
      ? unknown()
      : labels.map((label, i) => ({
          n: i + 1,
          hash: label,
          at: events.find((e) => e.text === label)?.at ?? '',
          by: unknown(),
          kind: 'draft' as const,
        }))
  // 经公开的渠道公布的，不是涉密的。
  const made = last('published')
  const open = made !== undefined && (made.disclosure ?? (made.channels ? 'active' : 'unstated')) === 'active'
  const classification = {
    ...Object.fromEntries(auditClassification.map((key) => [key, file[key] ?? unknown<boolean>()])),
    confidential: file.confidential ?? (open ? false : unknown<boolean>()),
    provisional: file.provisional ?? false,
    emergency: null,
  } as unknown as Dossier['classification']

  const facts = { calendar, pack } as Facts
  const interagency: InteragencyItem[] = of('opinions_requested').map((asked, i, all) => {
    const unit = asked.unit ?? ''
    const given = of('opinion_given').find((e) => e.unit === unit && e.at >= asked.at)
    return {
      unit,
      round: all.slice(0, i).filter((other) => other.unit === unit).length + 1,
      askedAt: asked.at,
      askedOn: asked.date,
      dueOn: asked.due ?? interagencyDue({ ...facts, today: asked.date }, asked.date).due,
      textHash: textOf(asked),
      opinion: given
        ? {
            stance: given.outcome as 'agree' | 'agree_with_comments' | 'object',
            text: given.reason ?? '',
            at: given.at,
            on: given.date,
            by: unknown(),
          }
        : null,
    }
  })
  const consultations: ConsultationRound[] = of('consultation_opened').map((opened, i, all) => {
    const until = all[i + 1]?.at ?? '9999'
    const within = (kind: AuditEventKind) => of(kind).find((e) => e.at >= opened.at && e.at < until)
    const closesOn = opened.closes ?? opened.date
    const closesAt = endOfDayInstant(closesOn)
    return {
      id: `round-${i + 1}`,
      n: i + 1,
      openedAt: opened.at,
      opensOn: opened.date,
      closesOn,
      closesAt,
      // 没有另记截止的，到公告所写之日截止。
      closedAt: within('consultation_closed')?.at ?? closesAt,
      textVersion: opened.text === undefined ? ('（未载明）' as unknown as number) : labels.indexOf(opened.text) + 1,
      textHash: textOf(opened),
      noteHash: null,
      channels: opened.channels ?? unknown<string[]>(),
      groups: opened.heard ?? unknown<string[]>(),
      shortened: null,
      feedbackAt: seen('feedback_published', within('feedback_published')?.at ?? null),
      classification: null,
    }
  })
  const assessed = (e: PlacedEvent): AssessmentRecord => ({
    date: e.date,
    at: e.at,
    by: unknown(),
    textHash: textOf(e),
    conclusion: e.outcome ?? e.reason ?? '',
    ...(e.experts === undefined ? {} : { experts: e.experts }),
  })
  const artefacts: ArtefactRef[] = of('material').map((e, i) => ({
    kind: e.material ?? 'other',
    hash: `${e.material}-${i + 1}`,
    at: e.at,
    by: unknown(),
    n: i + 1,
    ...(e.material === 'own_legality_opinion'
      ? { opinion: { conclusion: (e.outcome ?? unknown()) as 'lawful', examiner: unknown(), textHash: textOf(e) } }
      : {}),
  }))
  const shownArtefacts = artefacts.length === 0 ? unknown<ArtefactRef[]>() : seen('material', artefacts)

  // 有审核意见而没有另记提请的，提请之日不知道，以审核意见之日为限。
  const opinionEvent = last('opinion_issued')
  const submission = last('submitted') ?? last('accepted') ?? opinionEvent
  const acceptance = last('accepted')
  const opinion: LegalityOpinion | null = opinionEvent
    ? {
        outcome: opinionEvent.outcome as LegalityOpinion['outcome'],
        number: opinionEvent.number ?? null,
        contentHash: textOf(opinionEvent),
        at: opinionEvent.at,
        on: opinionEvent.date,
        by: unknown(),
        unit: opinionEvent.unit ?? unknown<string>(),
        points: [],
        grounds: opinionEvent.reason === undefined ? [] : [opinionEvent.reason],
        classification,
        materials: unknown(),
      }
    : null
  const confirmed = last('revision_confirmed')
  const review: ReviewFile | null = submission
    ? {
        submittedAt: submission.at,
        submittedBy: unknown(),
        textHash: textOf(submission),
        packageHash: unknown(),
        materials: unknown(),
        acceptedAt: acceptance?.at ?? unknown<Instant>(),
        acceptedOn: acceptance?.date ?? unknown<PlainDate>(),
        acceptedBy: unknown(),
        pauses: [],
        adviserOpinions: [],
        opinion: blind('opinion_issued') ? unknown<LegalityOpinion>() : opinion,
        confirmation: confirmed
          ? {
              at: confirmed.at,
              by: unknown(),
              contentHash: textOf(confirmed),
              classification,
              materials: unknown(),
            }
          : null,
      }
    : null

  const check = last('secretariat_check')
  const decided = last('deliberated')
  const decision: DecisionRecord | null = decided
    ? {
        outcome: decided.outcome as DecisionRecord['outcome'],
        substantive: unknown(),
        ...meetingOf(units, decided.meeting ?? ''),
        session: '',
        date: decided.date,
        textHash: textOf(decided),
        dissents: [],
        at: decided.at,
      }
    : null
  const numbered = last('numbered')
  const signed = of('signed')
  const publication = last('published')
  const effective = publication?.effective
  const validUntil =
    publication?.validUntil ??
    (publication?.years !== undefined && effective !== undefined
      ? validityLastDay(effective, publication.years)
      : unknown<PlainDate>())
  const interpretation =
    publication?.interpretation ?? (artefacts.some((a) => a.kind === 'interpretation') || unknown<boolean>())
  const filings: Partial<Record<FilingRecord['track'], FilingRecord>> = {}
  for (const track of ['government', 'npc'] as const) {
    const filed = of('filed').find((e) => e.track === track)
    const registered = of('registered').find((e) => e.track === track)
    if (!filed) continue
    filings[track] = {
      track,
      status: registered ? 'registered' : 'filed',
      recipient: filed.unit ?? unknown<string>(),
      filedAt: filed.at,
      filedOn: filed.date,
      registeredOn: registered?.date ?? null,
      supplementRequestedOn: null,
      correctionRequestedOn: null,
      number: registered?.number ?? null,
      history: [
        { status: 'filed', on: filed.date, note: null },
        ...(registered ? [{ status: 'registered' as const, on: registered.date, note: null }] : []),
      ],
    }
  }
  const first = events[0]
  const initiated = last('initiated')
  const dossier: Dossier = {
    id: file.title,
    jurisdiction: pack.jurisdiction,
    packVersion: pack.version,
    title: file.title,
    genre: null,
    tier: file.tier,
    issuers: file.issuers,
    draftingUnit: file.draftingUnit,
    classification,
    necessity: '',
    planItem: file.planned === undefined ? unknown<string>() : file.planned ? '列入年度计划' : null,
    proposedAt: last('proposed')?.at ?? first?.at ?? '',
    proposedBy: unknown(),
    initiatedAt: seen('initiated', initiated?.at ?? null),
    texts: blind('text') ? unknown() : texts,
    editors: unknown(),
    artefacts: shownArtefacts,
    bases: unknown(),
    interagency: seen('opinions_requested', interagency),
    consultations: seen('consultation_opened', consultations),
    coordination: of('coordinated').map((e) => ({
      at: e.at,
      on: e.date,
      units: e.unit === undefined ? [] : [e.unit],
      settled: e.unit === undefined ? [] : [e.unit],
      summary: e.reason ?? '',
    })),
    escalations: [],
    thirdParty: [],
    expertReviews: seen('expert_review', of('expert_review').map(assessed)),
    riskAssessments: seen(
      'risk_assessment',
      of('risk_assessment').map((e) => ({ ...assessed(e), outcome: e.outcome as 'controllable' | 'uncontrollable' })),
    ),
    fairCompetition: seen(
      'fair_competition',
      of('fair_competition').map((e) => ({
        ...assessed(e),
        outcome: e.outcome as 'no_restriction' | 'exception' | 'restricts',
        exception: unknown<null>(),
        unit: e.unit ?? unknown<string>(),
        stakeholdersHeard: e.heard ?? unknown<string[]>(),
      })),
    ),
    hearings: seen(
      'hearing',
      of('hearing').map((e) => ({
        announcedOn: e.announced ?? unknown<PlainDate>(),
        materialsSentOn: e.sent ?? unknown<PlainDate>(),
        heldOn: e.date,
        record: '听证笔录',
        at: e.at,
      })),
    ),
    review: blind('submitted') ? unknown() : review,
    reviewHistory: [],
    secretariatCheck: seen(
      'secretariat_check',
      check
        ? {
            outcome: (check.outcome ?? 'passed') as 'passed' | 'returned',
            at: check.at,
            by: unknown<string>(),
            textHash: textOf(check),
            reasons: [],
          }
        : null,
    ),
    schedule: null,
    decision: seen('deliberated', decision),
    decisionHistory: [],
    partyReports: seen(
      'party_report',
      of('party_report').map((e) => ({ date: e.date, reference: e.reason ?? '', at: e.at })),
    ),
    signatures: seen(
      'signed',
      signed.map((e) => ({
        issuer: e.unit ?? (file.issuers.length === 1 ? (file.issuers[0] ?? '') : unknown<string>()),
        person: e.person ?? unknown<string>(),
        at: e.at,
        on: e.date,
        textHash: textOf(e),
      })),
    ),
    corrections: [],
    substanceAnswers: [],
    numbers: seen(
      'numbered',
      numbered
        ? {
            document: numbered.number ?? '',
            registry: numbered.registry ?? '',
            year: Number(numbered.date.slice(0, 4)),
            seq: 0,
            assignedAt: numbered.at,
            adoptionDate: signed.at(-1)?.date ?? decided?.date ?? numbered.date,
          }
        : null,
    ),
    voidedNumbers: [],
    publication: seen(
      'published',
      publication
        ? {
            publishedAt: publication.at,
            publishedOn: publication.date,
            effectiveDate: effective ?? publication.date,
            validityYears: publication.years ?? unknown<number>(),
            validUntil,
            disclosure: publication.disclosure ?? ('active' as const),
            channels: publication.channels ?? unknown<string[]>(),
            textHash: textOf(publication),
            textVersion: unknown<number>(),
            indexNumber: null,
            wjbs: { value: null, missing: [] },
            interpretation,
            immediateReason: publication.reason ?? null,
            adaptation: publication.reason ?? null,
          }
        : null,
    ),
    filings: seen('filed', filings),
    forceEvents: [],
    archive: seen('archived', last('archived') ? { at: last('archived')?.at ?? '', files: 0, manifestHash: '' } : null),
    returns: [],
    returnedFrom: null,
    deviations: [],
    indicators: [],
    evaluations: [],
    closing: null,
  }
  const external: ExternalFacts = {
    units,
    comments: consultations.length === 0 ? { total: 0, undisposed: 0 } : { total: unknown(), undisposed: unknown() },
    bases: unknown(),
    recipients: unknown(),
    people: unknown(),
    predecessors: unknown(),
    substance: unknown(),
  }
  return { dossier, external, events }
}
