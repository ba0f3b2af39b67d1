// 偏离期限：情形、依据与批准人齐不齐，谁批准了什么，用过没有。规则、折叠与查询共用。

import { addMonths } from '@dianzhang/calendar'
import { type Classification, type DeviableMatter, deviationLabels, type Reference } from '@dianzhang/contract'
import { type DeviationGround, mark } from '@dianzhang/packs'
import type { ActorFact, DeviationRecord, Dossier, Facts, PersonFact } from './facts.ts'
import { day, either, filled } from './words.ts'

type Emergency = NonNullable<Classification['emergency']>
/** 依据写成一句话：名称、文号、日期。 */
export const referenceText = (reference: Reference | null | undefined): string =>
  reference == null
    ? ''
    : typeof reference === 'string'
      ? reference
      : [reference.act, reference.number, reference.date].filter(filled).join('，')

const numbered = /〔\s*\d{4}\s*〕\s*第?\s*\d+\s*号|第\s*\d+\s*号令?/
const dated = /\d{4}\s*(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|-\d{2}-\d{2})/

/** 写有这个用语，而不是说它没有：“不是突发事件”“没有紧急命令”不算。 */
const saysSo = (given: string, word: string): boolean =>
  given.includes(word) &&
  !new RegExp(`(?:不是|并非|非|没有|并无|无|不属于?|未发生|未出现|不涉及)[^，。；]{0,6}${word}`, 'u').test(given)

/** 所写的情形是清单中的哪一种（代码、条文的说法，或者清单认可的用语）；不在清单之内、不能用于此事项的为 null。 */
export function groundOf(f: Pick<Facts, 'pack'>, given: unknown, matter: DeviableMatter): DeviationGround | null {
  if (!filled(given)) return null
  const words = given.trim()
  const listed = f.pack.deviation.grounds.value.filter((g) => g.for.includes(matter))
  return (
    listed.find((g) => g.code === words || g.label === words || g.words.some((word) => saysSo(words, word))) ?? null
  )
}
/** 所依的命令、事件最早的一日；规则包没有写的为 null。 */
function oldestReference(f: Facts): string | null {
  const within = f.pack.deviation.referenceWithin.value
  return within === null ? null : addMonths(f.today, -within)
}
const tooOld = (f: Facts): string =>
  `早于${f.pack.deviation.referenceWithin.value}个月以前，不足以说明现在需要立即办理${mark(f.pack.deviation.referenceWithin)}；请写明近期的命令、决定或者突发事件`

/** 依据还差什么；齐备时为空。上级的命令、决定须有文号，突发事件须有名称与日期，都不在今日以后。 */
function referenceFaults(f: Facts, reference: Reference | null | undefined, ground: DeviationGround | null): string[] {
  const oldest = oldestReference(f)
  const what = ground?.evidence === 'event' ? '突发事件的名称与日期' : '所依命令、决定的名称、文号与日期'
  if (reference == null || (typeof reference === 'string' && !filled(reference))) return [`没有写明${what}`]
  if (typeof reference === 'string') {
    const year = Math.max(...[...reference.matchAll(/(?:19|20)[0-9]{2}/g)].map(([y]) => Number(y)), 0)
    if (oldest !== null && year > 0 && year < Number(oldest.slice(0, 4)))
      return [`依据“${reference}”是${year}年的，${tooOld(f)}`]
    return numbered.test(reference) || (ground?.evidence === 'event' && dated.test(reference))
      ? []
      : [`依据“${reference}”认不出文号或者日期，须写明${what}`]
  }
  const faults: string[] = []
  if (ground?.evidence === 'order' && !filled(reference.number)) faults.push(`依据“${reference.act}”没有文号`)
  const year = Number(/[〔［[【（(]\s*((?:19|20)\d\d)/u.exec(reference.number ?? '')?.[1] ?? 0)
  if (year > 0 && year !== Number(reference.date.slice(0, 4)))
    faults.push(
      `依据“${reference.act}”的文号“${reference.number}”是${year}年的，日期却写${day(reference.date)}，请核对`,
    )
  if (reference.date > f.today) faults.push(`依据“${reference.act}”的日期${day(reference.date)}在今日以后`)
  else if (oldest !== null && reference.date < oldest)
    faults.push(`依据“${reference.act}”是${day(reference.date)}的，${tooOld(f)}`)
  return faults
}
/** 情形与依据还差什么；齐备时为空。 */
export function groundFaults(f: Facts, matter: DeviableMatter, given: unknown, reference?: Reference | null): string[] {
  const ground = groundOf(f, given, matter)
  const listed = f.pack.deviation.grounds.value.filter((g) => g.for.includes(matter)).map((g) => g.label)
  return [
    ...(ground ? [] : [`情形“${filled(given) ? given : '（未填）'}”不在清单之内，可选：${either(listed)}`]),
    ...referenceFaults(f, reference, ground),
  ]
}

/** 此人现任制定机关中规则包所列的任职，可以批准。 */
const mayApprove = (f: Facts, posts: PersonFact['posts']): boolean =>
  posts.some(
    (p) => (f.pack.deviation.approvers.value as string[]).includes(p.role) && f.dossier.issuers.includes(p.unit),
  )
const drafted = ({ proposedBy, editors }: Dossier, person: string): boolean =>
  person === proposedBy || editors.includes(person)

/** 申请所指明的批准人有何不妥；没有不妥时为空。 */
export function namedApproverFaults(f: Facts, approver: unknown, askedBy: string | null): string[] {
  const person = filled(approver) ? f.external.people?.[approver] : undefined
  if (!person) return [`批准人“${filled(approver) ? approver : '（未填）'}”不是名册中的人员，须指明具体的人`]
  const faults: string[] = []
  if (!person.active || !mayApprove(f, person.posts)) faults.push(`批准人${person.name}不是制定机关的负责人，无权批准`)
  if (person.id === askedBy || drafted(f.dossier, person.id))
    faults.push(`批准人${person.name}就是申请人或者起草人，不能自己批准`)
  return faults
}

const sameClaim = (a: Emergency, b: Emergency): boolean =>
  a.ground === b.ground && a.approver === b.approver && referenceText(a.reference) === referenceText(b.reference)
/** 批准仍然算数：批准人所在的机关现在仍是制定机关。 */
export const isConfirmed = (d: Pick<Dossier, 'issuers'>, record: DeviationRecord): boolean =>
  record.confirmed !== null && d.issuers.includes(record.confirmed.unit)
/** 对现在所标的紧急情形的批准；没有标、没有批准、标的已经变更的为 null。 */
export function confirmedEmergency(
  d: Pick<Dossier, 'deviations' | 'issuers' | 'classification'>,
): DeviationRecord | null {
  const { emergency } = d.classification
  if (!emergency) return null
  return (
    d.deviations.findLast(
      (r) => r.rule === 'emergency' && r.claim && sameClaim(r.claim, emergency) && isConfirmed(d, r),
    ) ?? null
  )
}
/** 现在可以据以偏离该规则的批准：单项批准的只用一次；紧急情形已经批准的，及于各项期限。 */
export const availableApproval = (d: Dossier, rule: string): DeviationRecord | null =>
  d.deviations.findLast((r) => r.rule === rule && r.used.length === 0 && isConfirmed(d, r)) ?? confirmedEmergency(d)

/** 批准以后的记录。 */
export interface Approval {
  record: DeviationRecord
  /** 原来没有这一项，随批准记入。 */
  fresh: boolean
}
interface ApprovalPayload {
  deviation?: string | undefined
  rule?: string | undefined
  ground?: string | undefined
  reference?: Reference | undefined
}
/**
 * 批准偏离所及的各项：指明第几项的为该项；指明事项的为该事项最近一项没有批准的（没有申请的，随批准记入）；
 * 都没有指明的为指明由本人批准的全部（一项也没有指明本人的，为全部待批准的）。情形、依据以批准所写的为准，没有写的同申请。
 */
export function approvalsOf(d: Dossier, p: ApprovalPayload, person: string | null, at: string): Approval[] {
  const pending = d.deviations.filter((r) => !isConfirmed(d, r) && r.rule !== 'emergency')
  const { emergency } = d.classification
  const next = (i: number) => String(d.deviations.length + 1 + i)
  const claimed: Approval[] =
    emergency && !confirmedEmergency(d)
      ? [
          {
            fresh: true,
            record: {
              id: next(0),
              rule: 'emergency',
              ground: emergency.ground,
              reference: emergency.reference ?? null,
              approver: emergency.approver,
              reason: null,
              at,
              command: 'ApproveDeviation',
              askedBy: d.proposedBy,
              confirmed: null,
              used: [],
              claim: emergency,
            },
          },
        ]
      : []
  const known = [...pending.map((record) => ({ record, fresh: false })), ...claimed]
  const own = (list: Approval[]): Approval[] =>
    list.map(({ record, fresh }) => ({
      fresh,
      record: { ...record, ground: p.ground ?? record.ground, reference: p.reference ?? record.reference },
    }))
  if (p.deviation !== undefined) return own(known.filter((x) => x.record.id === p.deviation))
  if (p.rule === undefined) {
    const named = known.filter((x) => x.record.approver === person)
    return own(named.length > 0 ? named : known)
  }
  const asked = known.findLast((x) => x.record.rule === p.rule)
  if (asked) return own([asked])
  if (p.rule === 'emergency' || p.ground === undefined) return []
  return [
    {
      fresh: true,
      record: {
        id: next(0),
        rule: p.rule,
        ground: p.ground,
        reference: p.reference ?? null,
        approver: person ?? '',
        reason: null,
        at,
        command: 'ApproveDeviation',
        askedBy: null,
        confirmed: null,
        used: [],
      },
    },
  ]
}
/** 办理批准的人有何不妥；没有不妥时为空。 */
export function approverFaults(f: Facts, actor: ActorFact, record: DeviationRecord): string[] {
  const faults: string[] = []
  const { person } = actor
  const posts = actor.roles.flatMap((role) => (actor.unit ? [{ role, unit: actor.unit }] : []))
  if (person === null || !mayApprove(f, posts)) faults.push('批准须由制定机关的负责人办理')
  if (actor.delegatedFrom) faults.push('批准须由有权批准的人本人确认，不能由受托人代办')
  const named = f.external.people?.[record.approver]
  if (named && named.id !== person) faults.push(`申请指明由${named.name}批准，须由本人确认`)
  if (person !== null && (person === record.askedBy || drafted(f.dossier, person)))
    faults.push('批准人就是申请人或者起草人，不能自己批准')
  return faults
}
/** 列出来给人看的一项偏离；`id` 为空的是分类所标、还没有批准的紧急情形。 */
export interface DeviationLine {
  id: string | null
  rule: string
  matter: string
  ground: string
  referenceText: string
  reason: string | null
  approver: string
  at: string | null
  confirmed: DeviationRecord['confirmed']
  used: DeviationRecord['used']
}
/** 本案卷的各项偏离，连同分类所标、还没有批准的紧急情形。 */
export function deviationLines(d: Pick<Dossier, 'deviations' | 'issuers' | 'classification'>): DeviationLine[] {
  const { emergency } = d.classification
  return [
    ...d.deviations.map((r) => ({
      id: r.id,
      rule: r.rule,
      matter: matterName(r.rule),
      ground: r.ground,
      referenceText: referenceText(r.reference),
      reason: r.reason,
      approver: r.confirmed?.name ?? r.approver,
      at: r.at,
      confirmed: isConfirmed(d, r) ? r.confirmed : null,
      used: r.used,
    })),
    ...(emergency && !confirmedEmergency(d)
      ? [
          {
            id: null,
            rule: 'emergency',
            matter: matterName('emergency'),
            ground: emergency.ground,
            referenceText: referenceText(emergency.reference),
            reason: null,
            approver: emergency.approver,
            at: null,
            confirmed: null,
            used: [],
          },
        ]
      : []),
  ]
}
/** 事项的名称。 */
export const matterName = (rule: string): string => deviationLabels[rule as DeviableMatter] ?? rule
