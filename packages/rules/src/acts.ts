// 已记录的各项行为的先后：每一项都不早于它所依的事，不晚于今日，所依的文本在当时已经存在。
import { dateInShanghai } from '@dianzhang/calendar'
import { commandLabels, forceCommands } from '@dianzhang/contract'
import type { Dossier, Facts, PlainDate } from './facts.ts'
import { suspensionOf } from './force.ts'
import { day, unitName, versionOf } from './words.ts'

/** 一项行为：发生的日期、记录的日期、所依的事。 */
interface Act {
  label: string
  on: PlainDate
  /** 记录之日；行为不得晚于此日。 */
  recordedOn: PlainDate
  after: Array<{ label: string; on: PlainDate }>
  /** 日期取自排期的：定于那一日的会议。 */
  meeting?: string | undefined
  /** 所依文本的摘要；不依文本的不写。 */
  text?: string | null | undefined
}
const on = (at: string): PlainDate => dateInShanghai(at)
const firstText = (d: Dossier): Act['after'] => {
  const first = d.texts[0]
  return first ? [{ label: '第一版文本形成', on: on(first.at) }] : []
}
const isDate = (value: unknown): value is PlainDate => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)

/** 载荷指明的文本；没有指明的，是当日已有的最近一版（见案卷折叠）。 */
export function assessedText(
  d: Dossier,
  p: { textVersion?: unknown; contentHash?: unknown; date?: unknown },
): string | null {
  if (typeof p.contentHash === 'string') return p.contentHash
  const { date } = p
  const named =
    typeof p.textVersion === 'number'
      ? d.texts.find((t) => t.n === p.textVersion)
      : d.texts.findLast((t) => !isDate(date) || on(t.at) <= date)
  return (named ?? d.texts.at(-1))?.hash ?? null
}

/** 一次听证：公告、送达、举行依次。 */
function hearingActs(
  d: Dossier,
  h: { announcedOn: PlainDate; materialsSentOn?: PlainDate | null; heldOn?: PlainDate | null },
  recordedOn: PlainDate,
): Act[] {
  const acts: Act[] = [{ label: '公告听证', on: h.announcedOn, recordedOn, after: firstText(d) }]
  const announced = { label: '公告听证', on: h.announcedOn }
  if (h.materialsSentOn) acts.push({ label: '送达听证材料', on: h.materialsSentOn, recordedOn, after: [announced] })
  if (h.heldOn)
    acts.push({
      label: '举行听证会',
      on: h.heldOn,
      recordedOn,
      after: [announced, ...(h.materialsSentOn ? [{ label: '送达听证材料', on: h.materialsSentOn }] : [])],
    })
  return acts
}
/** 审议决定之前须已有的：合法性审核（确认）、办公机构审核。 */
function beforeDecision(d: Dossier, decidedAt: string | null): Act['after'] {
  const after: Act['after'] = []
  const { opinion, confirmation } = d.review ?? {}
  if (opinion) after.push({ label: '出具合法性审核意见', on: opinion.on })
  // 审议之后确认的（修改后通过、签署后更正），不在审议之前。
  if (confirmation && (decidedAt === null || Date.parse(confirmation.at) <= Date.parse(decidedAt)))
    after.push({ label: '审核人确认修改', on: on(confirmation.at) })
  const check = d.secretariatCheck
  if (check?.outcome === 'passed' && (decidedAt === null || Date.parse(check.at) <= Date.parse(decidedAt)))
    after.push({ label: '办公机构审核通过', on: on(check.at) })
  return after
}
/** 经协调不再持异议的单位，其异议答复在先。 */
function objectionsOf(f: Facts, units: readonly string[], before: string): Act['after'] {
  return units.flatMap((unit) => {
    const answered = f.dossier.interagency.filter(
      (i) => i.unit === unit && i.opinion && Date.parse(i.opinion.at) <= Date.parse(before),
    )
    const first = answered.find((i) => i.opinion?.stance === 'object')?.opinion ?? answered[0]?.opinion
    return first ? [{ label: `${unitName(f, unit)}答复意见`, on: first.on }] : []
  })
}
const assessments = {
  RecordExpertReview: ['专家论证', (d: Dossier) => d.expertReviews.at(-1)],
  RecordRiskAssessment: ['风险评估', (d: Dossier) => d.riskAssessments.at(-1)],
  RecordFairCompetitionReview: ['公平竞争审查', (d: Dossier) => d.fairCompetition.at(-1)],
  RecordThirdPartyEvaluation: ['第三方评估', (d: Dossier) => d.thirdParty.at(-1)],
} as const

/** 正在办理的命令所要记录的行为；与日期无关的命令没有。 */
function proposed(f: Facts): Act[] {
  const { dossier: d, command, today } = f
  const p = command?.payload ?? {}
  const type = command?.type ?? ''
  const recordedOn = today
  if (type in assessments) {
    if (!isDate(p.date)) return []
    const [label] = assessments[type as keyof typeof assessments]
    return [{ label, on: p.date, recordedOn, after: firstText(d), text: assessedText(d, p) }]
  }
  if (type === 'RecordHearing') {
    if (!isDate(p.announcedOn)) return []
    const at = (value: unknown) => (isDate(value) ? value : null)
    return hearingActs(
      d,
      { announcedOn: p.announcedOn, materialsSentOn: at(p.materialsSentOn), heldOn: at(p.heldOn) },
      recordedOn,
    )
  }
  if (type === 'RecordCoordination')
    return isDate(p.date)
      ? [
          {
            label: '协调分歧',
            on: p.date,
            recordedOn,
            after: objectionsOf(
              f,
              d.interagency.filter((i) => i.opinion?.stance === 'object').map((i) => i.unit),
              f.now,
            ).slice(0, 1),
          },
        ]
      : []
  if (type === 'ReportToPartyCommittee')
    return isDate(p.date) ? [{ label: '请示报告', on: p.date, recordedOn, after: firstText(d) }] : []
  if (type === 'RecordDecision') {
    const meeting = isDate(p.date) ? undefined : d.schedule?.body
    const date = isDate(p.date) ? p.date : d.schedule?.date
    const text = d.texts.at(-1)?.hash
    return isDate(date)
      ? [{ label: '审议决定', on: date, recordedOn, after: beforeDecision(d, null), meeting, text }]
      : []
  }
  if (forceCommands.has(type)) return forceActs(f, p)
  return []
}
/** 效力变动：决定不晚于今日、不早于本件公布；变动之日不早于决定（撤销自始无效，恢复撤销的效力，不以此论）。 */
function forceActs(f: Facts, p: Record<string, unknown>): Act[] {
  const { dossier: d, today, command } = f
  const published = d.publication ? [{ label: '本件公布', on: d.publication.publishedOn }] : []
  const decided = (p.decision as { date?: unknown } | undefined)?.date
  const acts: Act[] = []
  // 恢复执行在停止执行之后：决定不早于停止的决定，恢复之日不早于停止之日。
  const suspended = command?.type === 'ResumeDocument' ? suspensionOf(d.forceEvents, p.provisions) : undefined
  const stopped = suspended ? [{ label: '停止执行', on: suspended.on }] : []
  const stopDecided = suspended?.decision ? [{ label: '停止执行的决定', on: suspended.decision.date }] : []
  if (isDate(decided))
    acts.push({ label: '作出决定', on: decided, recordedOn: today, after: [...published, ...stopDecided] })
  if (isDate(p.on) && command?.type !== 'AnnulDocument' && command?.type !== 'RestoreForce')
    acts.push({
      label: `${commandLabels[command?.type as keyof typeof commandLabels] ?? '效力变动'}`,
      on: p.on,
      // 变动可以在将来。
      recordedOn: '9999-12-31',
      after: [...published, ...stopped, ...(isDate(decided) ? [{ label: '作出决定', on: decided }] : [])],
    })
  return acts
}

/** 案卷中现在作数的各项行为（同一种只看最近一次，先前的已被后来的取代）。 */
function recorded(f: Facts): Act[] {
  const { dossier: d } = f
  const acts: Act[] = []
  for (const [label, last] of Object.values(assessments)) {
    const r = last(d)
    if (r) acts.push({ label, on: r.date, recordedOn: on(r.at), after: firstText(d), text: r.textHash })
  }
  const hearing = d.hearings.at(-1)
  if (hearing) acts.push(...hearingActs(d, hearing, on(hearing.at)))
  const coordination = d.coordination.at(-1)
  if (coordination)
    acts.push({
      label: '协调分歧',
      on: coordination.on,
      recordedOn: on(coordination.at),
      after: objectionsOf(f, coordination.settled, coordination.at),
    })
  const report = d.partyReports.at(-1)
  if (report) acts.push({ label: '请示报告', on: report.date, recordedOn: on(report.at), after: firstText(d) })
  const check = d.secretariatCheck
  const { opinion } = d.review ?? {}
  if (check?.outcome === 'passed' && opinion && Date.parse(check.at) < Date.parse(opinion.at))
    acts.push({
      label: '办公机构审核',
      on: on(check.at),
      recordedOn: on(check.at),
      after: [{ label: '出具合法性审核意见（须在其后重新审核）', on: dayAfter(opinion.on) }],
    })
  const { decision } = d
  if (decision && (decision.outcome === 'adopted' || decision.outcome === 'adopted_with_changes'))
    acts.push({
      label: '审议决定',
      on: decision.date,
      recordedOn: on(decision.at),
      after: beforeDecision(d, decision.at),
    })
  return acts
}
// 同一日而时刻在前的，也是在前：借用次日说明不成立。
const dayAfter = (date: PlainDate): PlainDate => `${date}~`

/** 会议还没有开：不是记错了，是日子没有到。 */
const yetToMeet = (act: Act, today: PlainDate): boolean => act.meeting !== undefined && act.on > today

function faultOf(d: Dossier, act: Act, today: PlainDate): string | null {
  if (yetToMeet(act, today)) return `${act.meeting}定于${day(act.on)}，会后才能记录${act.label}`
  const latest = act.recordedOn < today ? act.recordedOn : today
  if (act.recordedOn !== '9999-12-31' && act.on > latest)
    return `${act.label}的日期${day(act.on)}晚于${act.recordedOn < today ? `记录之日${day(act.recordedOn)}` : `今日（${day(today)}）`}，只能记录已经发生的事`
  if (act.text) {
    const text = d.texts.find((t) => t.hash === act.text)
    if (!text) return `${act.label}所依的文本不是本案卷的任何一版`
    if (act.on < on(text.at))
      return `${act.label}（${day(act.on)}）所依的${versionOf(d, text.hash)}形成于${day(on(text.at))}，当时还不存在；请核对日期，或者写明当时所依的版本`
  }
  const late = act.after.filter((x) => act.on < x.on)
  return late.length === 0
    ? null
    : `${act.label}（${day(act.on)}）早于${late.map((x) => `${x.label}（${day(x.on.replace('~', ''))}）`).join('、')}`
}

/** 次序不合的各项，每项一句；`earliest` 为只是会议还没有开的，哪一日可以记录。 */
export function faultsInOrder(f: Facts): { faults: string[]; earliest: PlainDate | null } {
  const acts = recordingCommands.has(f.command?.type ?? '')
    ? f.command?.type === 'RecordDecision'
      ? [...recorded(f).filter((a) => a.label !== '审议决定'), ...proposed(f)]
      : proposed(f)
    : recorded(f)
  const faulty = acts.flatMap((act) => {
    const says = faultOf(f.dossier, act, f.today)
    return says === null ? [] : [{ act, says }]
  })
  const ahead = faulty.every(({ act }) => yetToMeet(act, f.today))
  return {
    faults: faulty.map(({ says }) => says),
    earliest: ahead
      ? (faulty
          .map(({ act }) => act.on)
          .toSorted()
          .at(-1) ?? null)
      : null,
  }
}
const recordingCommands: ReadonlySet<string> = new Set([
  ...Object.keys(assessments),
  'RecordHearing',
  'RecordCoordination',
  'ReportToPartyCommittee',
  'RecordDecision',
  ...forceCommands,
])
