// 缩短、提前、逾期须经批准：情形在清单之内，依据是有文号（日期）的命令或者事件，由有权的人本人确认，不由办理人自己批准。
import { type CommandOf, type DeviableMatter, roleLabels } from '@dianzhang/contract'
import { mark, source } from '@dianzhang/packs'
import {
  approvalsOf,
  approverFaults,
  availableApproval,
  confirmedEmergency,
  groundFaults,
  isConfirmed,
  matterName,
  namedApproverFaults,
} from '../deviations.ts'
import type { CommandFact, DeviationRecord, Dossier, Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, onDay, withCommand, withDossier } from '../patch.ts'
import { closingDay, consultationMinimum, consultationNeeded, reviewFloor, reviewWindow } from '../periods.ts'
import { underReview, withReview } from '../review-examples.ts'
import type { Finding, Rule } from '../rule.ts'
import { day } from '../words.ts'

const remedy = '请先申请偏离期限（写明情形、依据与批准人），由制定机关的负责人本人批准；或者按一般期限办理'

/** 没有批准：情形、依据本身不合的一并说明。 */
function unapproved(f: Facts, matter: DeviableMatter, given: unknown): string {
  const asked = (given ?? {}) as { ground?: unknown; reference?: never }
  const pending = f.dossier.deviations.findLast((r) => r.rule === matter && r.confirmed === null)
  const stated = pending ?? (asked.ground === undefined ? null : asked)
  const faults = stated ? groundFaults(f, matter, stated.ground, stated.reference) : []
  return `${matterName(matter)}尚未经批准${faults.length > 0 ? `：${faults.join('；')}` : ''}`
}

/** 正在办理的命令要缩短、提前或者逾期的事项，与其载荷所写。 */
function shortenedNow(f: Facts): { matter: DeviableMatter; given: unknown } | null {
  const payload = f.command?.payload ?? {}
  if (f.command?.type === 'OpenPublicConsultation') {
    const closes = closingDay(payload.closesAt)
    if (closes === null || payload.shortened === undefined || closes >= consultationMinimum(f, f.today).due) return null
    return { matter: 'consultation.minimum-period', given: payload.shortened }
  }
  if (f.command?.type !== 'IssueOpinion') return null
  const window = reviewWindow(f)
  const asked = (payload.deviations ?? []) as Array<{ rule: string }>
  const of = (matter: DeviableMatter, needed: boolean) => {
    const given = needed ? asked.find((x) => x.rule === matter) : undefined
    return given ? { matter, given } : null
  }
  return (
    of('review.min-period', window?.minimum != null && f.today < window.minimum.due) ??
    of('review.max-period', window?.maximum != null && f.today > window.maximum.due)
  )
}
function nowFaults(f: Facts, command: CommandFact): string[] {
  const now = shortenedNow(f)
  if (!now) return []
  const approved = availableApproval(f.dossier, now.matter)
  if (!approved) return [unapproved(f, now.matter, now.given)]
  return approved.confirmed?.by === command.actor.person
    ? [`${matterName(now.matter)}是您本人批准的，不能由批准人自己办理`]
    : []
}
/** 现在作数的缩短、提前与逾期，逐项须有批准。 */
function standingFaults(f: Facts): string[] {
  const d = f.dossier
  const faults: string[] = []
  if (d.classification.emergency && !confirmedEmergency(d)) {
    const { ground, reference } = d.classification.emergency
    const own = groundFaults(f, 'emergency', ground, reference)
    faults.push(`标为紧急而尚未经批准${own.length > 0 ? `：${own.join('；')}` : ''}`)
  }
  const approvedUse = (rule: string, at: string): boolean =>
    d.deviations.some(
      (r) => (r.rule === rule || r.rule === 'emergency') && r.used.some((u) => u.at === at) && isConfirmed(d, r),
    )
  if (consultationNeeded(d.classification)) {
    const enough = d.consultations.some((r) => r.closesOn >= consultationMinimum(f, r.opensOn).due)
    const cut = enough ? undefined : d.consultations.findLast((r) => r.shortened)
    if (cut && !approvedUse('consultation.minimum-period', cut.openedAt))
      faults.push(`${day(cut.opensOn)}公告的征求意见期限缩短至${day(cut.closesOn)}，尚未经批准`)
  }
  const opinion = d.review?.opinion
  const window = opinion ? reviewWindow(f) : null
  if (opinion && window) {
    const early = window.minimum !== null && opinion.on < window.minimum.due
    const late = window.maximum !== null && opinion.on > window.maximum.due
    if (early && !approvedUse('review.min-period', opinion.at))
      faults.push(`${day(opinion.on)}提前出具的审核意见，尚未经批准`)
    if (late && !approvedUse('review.max-period', opinion.at))
      faults.push(`${day(opinion.on)}逾期出具的审核意见，尚未经批准`)
  }
  return faults
}
/** 提前出具审核意见，也不得早于底线。 */
function floorFaults(f: Facts): string[] {
  const floor = f.command?.type === 'IssueOpinion' ? reviewFloor(f) : null
  return floor && f.today < floor.due
    ? [`受理以后最早可于${day(floor.due)}出具意见，紧急情形也不得更早${mark(floor.param)}`]
    : []
}
function judgeApproval(f: Facts, command: CommandFact): string[] {
  const payload = command.payload as Partial<CommandOf<'ApproveDeviation'>>
  const approvals = approvalsOf(f.dossier, payload, command.actor.person, f.now)
  if (approvals.length === 0)
    return ['没有待批准的申请：请先由承办人申请偏离期限或者标明紧急情形，或者写明批准的是哪一项、情形与依据']
  return approvals.flatMap(({ record }) => [
    ...groundFaults(f, record.rule as DeviableMatter, record.ground, record.reference),
    ...approverFaults(f, command.actor, record),
  ])
}
function faultsOf(f: Facts): string[] {
  const { command } = f
  if (command?.type === 'ApproveDeviation') return judgeApproval(f, command)
  if (command?.type === 'RequestDeviation') {
    // 列示可办事项时还没有填写。
    if (command.payload.rule === undefined) return []
    const { rule, ground, reference, approver } = command.payload as Partial<CommandOf<'RequestDeviation'>>
    return [
      ...groundFaults(f, rule as DeviableMatter, ground, reference),
      ...namedApproverFaults(f, approver, command.actor.person),
    ]
  }
  if (command?.type === 'OpenPublicConsultation') return nowFaults(f, command)
  return [...standingFaults(f), ...(command ? nowFaults(f, command) : []), ...floorFaults(f)]
}

const order = { act: '自治区防汛抗旱指挥部紧急通知', number: '宁汛发〔2026〕9号', date: '2026-05-06' }
const asked = (f: Facts, change: Partial<DeviationRecord> = {}): DeviationRecord => ({
  id: String(f.dossier.deviations.length + 1),
  rule: 'consultation.minimum-period',
  ground: 'superior_order',
  reference: order,
  approver: 'p-leader',
  reason: '汛期将至，须尽快施行',
  at: '2026-03-11T10:00:00+08:00',
  command: 'RequestDeviation',
  askedBy: 'p-drafter',
  confirmed: { at: '2026-03-11T15:00:00+08:00', by: 'p-leader', name: '县长', unit: 'hy-gov' },
  used: [],
  ...change,
})
const having = (f: Facts, change: Partial<DeviationRecord> = {}): Facts =>
  withDossier(f, (d) => ({ deviations: [...d.deviations, asked(f, change)] }))
const emergency = { ground: 'superior_order', reference: order, approver: 'p-leader' }
/** 公开征求意见的期限是依缩短确定的。 */
const cutShort = (d: Dossier): Pick<Dossier, 'consultations'> => ({
  consultations: d.consultations.map((r) => ({
    ...r,
    closesOn: '2026-03-23',
    shortened: { reason: '汛期将至', approver: '县长', deviation: '1' },
  })),
})
const opening = (f: Facts): Facts =>
  withCommand(onDay(withDossier(f, { consultations: [] }), '2026-09-24'), 'OpenPublicConsultation', {
    closesAt: '2026-10-12',
    shortened: { reason: '汛期将至，须尽快施行' },
  })
const leader = { person: 'p-leader', unit: 'hy-gov', roles: ['leader' as const] }
const approving = (f: Facts, payload: Record<string, unknown> = {}, actor: CommandFact['actor'] = leader): Facts =>
  withCommand(having(f, { confirmed: null }), 'ApproveDeviation', payload, actor)
const requesting = (f: Facts, change: Record<string, unknown> = {}): Facts =>
  withCommand(f, 'RequestDeviation', {
    rule: 'consultation.minimum-period',
    ground: 'superior_order',
    reference: order,
    approver: 'p-leader',
    ...change,
  })
const issuing = (f: Facts): Facts =>
  withCommand(
    onDay(underReview(f), '2026-04-29'),
    'IssueOpinion',
    { outcome: 'lawful', deviations: [{ rule: 'review.min-period' }] },
    { person: 'p-reviewer', unit: 'hy-justice', roles: ['legality_reviewer'] },
  )

export const deviationApproved: Rule = {
  id: 'deviation.approved',
  title: '缩短、提前、逾期与紧急情形有清单内的情形、有据可查的依据，并由有权的人本人批准',
  severity: 'block',
  basis: source.legalityReview('二（五）'),
  by: [roleLabels.leader],
  judge: (f): Finding => {
    const { grounds, approvers } = f.pack.deviation
    const more = basedOn([...grounds.source, ...approvers.source])
    const faults = [...new Set(faultsOf(f))]
    if (faults.length > 0) {
      const formal = f.command?.type === 'ApproveDeviation' || f.command?.type === 'RequestDeviation'
      return fails(`${faults.join('；')}${mark(grounds)}${formal ? '' : `。${remedy}`}`, more)
    }
    const used = f.dossier.deviations.reduce((sum, r) => sum + r.used.length, 0)
    return holds(used > 0 ? `偏离期限${used}次，均经批准` : '没有未经批准的缩短、提前或者逾期', more)
  },
  examples: {
    holds: [
      { name: '各项期限都足', given: (f) => f, says: '没有未经批准' },
      {
        name: '缩短征求意见期限，已经批准',
        given: (f) =>
          withDossier(
            having(f, { used: [{ at: '2026-03-12T10:00:00+08:00', command: 'OpenPublicConsultation' }] }),
            cutShort,
          ),
        says: '均经批准',
      },
      { name: '公告以前已经批准', given: (f) => opening(having(f)) },
      { name: '申请写齐', given: requesting },
      { name: '县长本人批准', given: approving },
      {
        name: '提前出具意见，已经批准',
        given: (f) => issuing(having(f, { rule: 'review.min-period' })),
      },
      {
        name: '紧急情形已经批准',
        given: (f) => having(classified(f, { emergency }), { rule: 'emergency', claim: emergency }),
      },
    ],
    refused: [
      {
        name: '标为紧急，没有批准',
        given: (f) => classified(f, { emergency }),
        says: '标为紧急而尚未经批准',
      },
      {
        name: '“领导着急”不是清单内的情形',
        given: (f) => classified(f, { emergency: { ground: '领导着急', approver: '县领导' } }),
        says: '情形“领导着急”不在清单之内',
      },
      { name: '缩短征求意见期限，没有批准', given: opening, says: '缩短公开征求意见的期限尚未经批准' },
      {
        name: '批准过的只用一次',
        given: (f) =>
          opening(having(f, { used: [{ at: '2026-03-12T10:00:00+08:00', command: 'OpenPublicConsultation' }] })),
        says: '尚未经批准',
      },
      {
        name: '已经按缩短的期限征求，旧记录没有批准',
        given: (f) => withDossier(f, cutShort),
        says: '缩短至2026年3月23日（星期一），尚未经批准',
      },
      {
        name: '已经提前出具意见，旧记录没有批准',
        given: (f) =>
          having(withReview(f, { acceptedOn: '2026-05-11' }), {
            rule: 'review.min-period',
            approver: '司法局主要负责人',
            confirmed: null,
            used: [{ at: '2026-05-13T10:00:00+08:00', command: 'IssueOpinion' }],
          }),
        says: '提前出具的审核意见，尚未经批准',
      },
      { name: '提前出具意见，没有批准', given: issuing, says: '提前出具合法性审核意见尚未经批准' },
      {
        name: '批准人所在的机关不再是制定机关',
        given: (f) =>
          opening(having(f, { confirmed: { at: f.now, by: 'p-other', name: '某局长', unit: 'hy-housing' } })),
        says: '尚未经批准',
      },
      {
        name: '申请没有写文号',
        given: (f) => requesting(f, { reference: { act: '紧急通知', date: '2026-05-06' } }),
        says: '没有文号',
      },
      {
        name: '申请的依据是二十多年前的命令',
        given: (f) =>
          requesting(f, { reference: { act: '紧急通知', number: '宁汛发〔2001〕9号', date: '2001-05-06' } }),
        says: '不足以说明现在需要立即办理',
      },
      {
        name: '文号是旧年的，日期写成今年',
        given: (f) =>
          requesting(f, { reference: { act: '紧急通知', number: '宁汛发〔2001〕9号', date: '2026-05-06' } }),
        says: '文号“宁汛发〔2001〕9号”是2001年的',
      },
      {
        name: '情形写的是“不是突发事件”',
        given: (f) => requesting(f, { ground: '领导着急，不是突发事件' }),
        says: '不在清单之内',
      },
      {
        name: '申请的依据只写一句，是旧年的文号',
        given: (f) => requesting(f, { reference: '自治区紧急通知（宁汛发〔2001〕9号）' }),
        says: '2001年',
      },
      {
        name: '申请的依据在将来',
        given: (f) => requesting(f, { reference: { ...order, date: '2027-01-01' } }),
        says: '在今日以后',
      },
      { name: '批准人是一句话', given: (f) => requesting(f, { approver: '县领导' }), says: '不是名册中的人员' },
      {
        name: '起草人自己批准',
        given: (f) => approving(withDossier(f, { editors: ['p-drafter', 'p-leader'] })),
        says: '不能自己批准',
      },
      {
        name: '受托人代为批准',
        given: (f) => approving(f, {}, { ...leader, person: 'p-office-head', delegatedFrom: 'p-leader' }),
        says: '不能由受托人代办',
      },
      { name: '没有待批准的', given: (f) => withCommand(f, 'ApproveDeviation', {}, leader), says: '没有待批准的申请' },
    ],
  },
}
