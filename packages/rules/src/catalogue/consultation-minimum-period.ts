// 公开征求意见的最低期限：在一般、涉企、重大行政决策各项中取最晚截止日。缩短须在公告中说明理由与批准人。
import { addDays } from '@dianzhang/calendar'
import { roleLabels } from '@dianzhang/contract'
import { amount, citeAll, latestPack, mark, source } from '@dianzhang/packs'
import { availableApproval } from '../deviations.ts'
import type { ConsultationRound, Facts } from '../facts.ts'
import { basedOn, fails, holds } from '../finding.ts'
import { classified, onDay, withCommand, withDossier } from '../patch.ts'
import {
  type ConsultationMinimum,
  closingDay,
  consultationMinimum,
  consultationNeeded,
  type Reckoned,
  shortenedFloor,
} from '../periods.ts'
import type { Finding, Rule } from '../rule.ts'
import { assumed, day, filled } from '../words.ts'

/** 决定期限的一项在前，其余并列。 */
function support(minimum: ConsultationMinimum): Partial<Finding> {
  const others = minimum.all.filter((m) => m.param !== minimum.decisive.param).flatMap((m) => m.param.source)
  return {
    ...basedOn([...minimum.decisive.param.source, ...others]),
    earliest: minimum.due,
    trace: minimum.trace,
    ...(minimum.provisional ? { provisional: true } : {}),
  }
}

const demands = (minimum: ConsultationMinimum): string =>
  minimum.all.map((m) => `${m.label}不少于${amount(m.param)}${mark(m.param)}`).join('，')

// 几项同日届满的，依据一并引用。
const decisiveSources = (minimum: ConsultationMinimum) =>
  minimum.all.filter((m) => m.answer.due === minimum.due).flatMap((m) => m.param.source)

const demand = (minimum: ConsultationMinimum): string => {
  // 只有一项的，期限已在前面写明，不再说一遍。
  const several = minimum.all.length > 1 ? `，从严适用${amount(minimum.decisive.param)}` : ''
  return `${demands(minimum)}${several}（${citeAll(decisiveSources(minimum))}）`
}

/** 缩短期限的理由；没有写的为 null。是否经过批准，由 deviation.approved 判断。 */
function shorteningOf(value: unknown): { reason: string } | null {
  const s = value as { reason?: unknown } | null | undefined
  return s && filled(s.reason) ? { reason: s.reason } : null
}
const approverOf = (f: Facts): string =>
  availableApproval(f.dossier, 'consultation.minimum-period')?.confirmed?.name ?? '（待批准）'

/** 缩短也不得短于本地的底线。 */
function belowFloor(closes: string, floor: Reckoned, more: Partial<Finding>): Finding {
  return fails(
    `${day(closes)}24:00截止，短于缩短后的底线：最短不少于${amount(floor.param)}${mark(floor.param)}（${citeAll(floor.param.source)}），最早可于${day(floor.due)}24:00截止`,
    { ...more, ...basedOn(floor.param.source), earliest: floor.due, trace: floor.trace },
  )
}

function judgeOpening(f: Facts, payload: Record<string, unknown>): Finding {
  const minimum = consultationMinimum(f, f.today)
  const more = { ...support(minimum), earliestOf: 'closing' as const }
  if (payload.closesAt === undefined) {
    return holds(
      `自${day(f.today)}起公开征求意见，${demand(minimum)}；截止日取依法最早的${day(minimum.due)}24:00${assumed(minimum)}`,
      more,
    )
  }
  const closes = closingDay(payload.closesAt)
  if (closes === null) return fails('截止时刻不可识别：须为日期，或者带时区偏移的时刻', more)
  if (closes <= f.today) return fails(`截止日${day(closes)}不在公告之日${day(f.today)}之后`, more)
  if (closes >= minimum.due)
    return holds(`截止日${day(closes)}24:00，不早于依法最早的${day(minimum.due)}${assumed(minimum)}`, more)
  const shortened = shorteningOf(payload.shortened)
  const floor = shortenedFloor(f, f.today)
  if (shortened && floor && closes < floor.due) return belowFloor(closes, floor, more)
  if (shortened) {
    return holds(
      `期限缩短至${day(closes)}24:00（一般应至${day(minimum.due)}）：${shortened.reason}；批准人：${approverOf(f)}。理由须在公告中一并说明${mark(f.pack.consultation.shorteningRequires)}`,
      { ...more, alsoBasis: [...(more.alsoBasis ?? []), ...f.pack.consultation.shorteningRequires.source] },
    )
  }
  return fails(
    `拟于${day(closes)}24:00截止，短于法定最低期限：${demand(minimum)}。自${day(f.today)}公告，最早可于${day(minimum.due)}24:00截止${assumed(minimum)}；确需缩短的，先申请偏离期限，经批准后在公告中说明理由`,
    more,
  )
}

function judgeExtension(f: Facts, payload: Record<string, unknown>): Finding {
  const round = f.dossier.consultations.at(-1)
  if (!round) return fails('没有正在进行的公开征求意见，不能延长')
  const minimum = consultationMinimum(f, round.opensOn)
  const more = { ...support(minimum), earliestOf: 'closing' as const }
  if (payload.closesAt === undefined) return holds(`现定于${day(round.closesOn)}24:00截止，只能改为更晚`, more)
  const closes = closingDay(payload.closesAt)
  if (closes === null) return fails('截止时刻不可识别：须为日期，或者带时区偏移的时刻', more)
  if (closes <= round.closesOn) {
    return fails(`只能延长：现定于${day(round.closesOn)}24:00截止，新的截止日${day(closes)}不更晚`, {
      ...more,
      earliest: addDays(round.closesOn, 1),
    })
  }
  const short =
    closes < minimum.due && !round.shortened ? `；仍短于法定最低期限，最早可于${day(minimum.due)}24:00截止` : ''
  return holds(`截止日由${day(round.closesOn)}延长至${day(closes)}24:00${short}`, more)
}

/** 现在的分类所要求的最低期限，是否长于公告时的。 */
function longerSince(f: Facts, round: ConsultationRound): boolean {
  if (round.classification === null) return false
  const then = consultationMinimum(classified(f, round.classification), round.opensOn)
  return consultationMinimum(f, round.opensOn).due > then.due
}

function judgeRounds(f: Facts): Finding {
  const d = f.dossier
  const round = d.consultations.at(-1)
  if (!round) {
    return consultationNeeded(d.classification)
      ? holds('尚未公开征求意见；公告时按最低期限确定截止日')
      : holds('不须公开征求意见，没有最低期限要求')
  }
  const judged = d.consultations.map((r) => ({ round: r, minimum: consultationMinimum(f, r.opensOn) }))
  const enough = judged.findLast((j) => j.round.closesOn >= j.minimum.due)
  if (enough) {
    const { opensOn, closesOn } = enough.round
    return holds(
      `${day(opensOn)}公告，${day(closesOn)}24:00截止：${demand(enough.minimum)}，依法最早截止日为${day(enough.minimum.due)}`,
      support(enough.minimum),
    )
  }
  const minimum = consultationMinimum(f, round.opensOn)
  const more = support(minimum)
  // 缩短的理由只就公告时适用的最低期限而言；其后改列，应当更长的，不再足够。
  const cut = d.consultations.findLast((r) => r.shortened && !longerSince(f, r))
  const shortened = cut?.shortened
  const floor = cut ? shortenedFloor(f, cut.opensOn) : null
  if (cut && floor && cut.closesOn < floor.due) return belowFloor(cut.closesOn, floor, more)
  if (shortened) {
    return holds(`期限依公告缩短：${shortened.reason}；批准人：${shortened.approver}`, {
      ...more,
      alsoBasis: [...(more.alsoBasis ?? []), ...f.pack.consultation.shorteningRequires.source],
    })
  }
  const remedy =
    round.closedAt === null
      ? `请延长至${day(minimum.due)}24:00以后截止`
      : `期限已经截止，须重新公开征求意见，自${day(f.today)}公告的，最早可于${day(consultationMinimum(f, f.today).due)}24:00截止`
  return fails(
    `${day(round.opensOn)}公告、${day(round.closesOn)}24:00截止，短于法定最低期限：${demand(minimum)}，最早可于${day(minimum.due)}24:00截止${assumed(minimum)}；${remedy}`,
    // 截止之后的次日，这一步才真能办理。
    { ...more, earliest: addDays(round.closedAt === null ? minimum.due : consultationMinimum(f, f.today).due, 1) },
  )
}

/** 取另一地现行的规则包，用于例子。 */
const inPlace = (f: Facts, place: string): Facts => ({ ...f, pack: latestPack(place, f.today) ?? f.pack })
const opening = (f: Facts, today: string, payload: Record<string, unknown>): Facts =>
  withCommand(onDay(withDossier(f, { consultations: [] }), today), 'OpenPublicConsultation', payload)
const sevenDays = (f: Facts): Facts =>
  withDossier(f, (d) => ({
    consultations: d.consultations.map((r) => ({
      ...r,
      closesOn: '2026-03-23',
      closesAt: '2026-03-24T00:00:00+08:00',
    })),
  }))

export const consultationMinimumPeriod: Rule = {
  id: 'consultation.minimum-period',
  title: '公开征求意见的期限不短于适用的各项最低期限',
  severity: 'block',
  basis: source.indicators('第24项'),
  by: [roleLabels.drafter],
  judge: (f) => {
    const payload = f.command?.payload ?? {}
    if (f.command?.type === 'OpenPublicConsultation') return judgeOpening(f, payload)
    if (f.command?.type === 'ExtendConsultation') return judgeExtension(f, payload)
    return judgeRounds(f)
  },
  examples: {
    holds: [
      {
        name: '涉企文件征求满30日（末日为周六，顺延至周一）',
        given: (f) => f,
        says: '依法最早截止日为2026年4月13日（星期一）',
      },
      {
        name: '不写截止时刻，取依法最早的截止日',
        given: (f) => opening(f, '2025-09-25', {}),
        says: '2025年10月27日（星期一）24:00',
      },
      {
        name: '截止时刻写作次日零时，属于前一日',
        given: (f) => opening(f, '2025-09-25', { closesAt: '2025-10-28T00:00:00+08:00' }),
        says: '截止日2025年10月27日（星期一）24:00',
      },
      {
        name: '紧急缩短，理由与批准人写入公告',
        given: (f) =>
          opening(f, '2026-09-24', {
            closesAt: '2026-10-12',
            shortened: { reason: '汛期将至，须尽快施行' },
          }),
        says: '理由须在公告中一并说明',
      },
      {
        name: '四川：因情况紧急缩短为恰好7日',
        given: (f) =>
          opening(inPlace(f, '510811'), '2026-11-02', {
            closesAt: '2026-11-09',
            shortened: { reason: '森林防火期将至' },
          }),
        says: '期限缩短至2026年11月9日（星期一）',
      },
      {
        name: '一般文件征求7个工作日',
        given: (f) => sevenDays(classified(f, { enterpriseRelated: false, majorDecision: false })),
        says: '7个工作日',
      },
      {
        name: '延长期限',
        given: (f) => withCommand(f, 'ExtendConsultation', { closesAt: '2026-04-20' }),
        says: '延长至2026年4月20日（星期一）24:00',
      },
    ],
    refused: [
      {
        name: '涉企文件只征求7个工作日，跨国庆',
        given: (f) => opening(f, '2026-09-25', { closesAt: '2026-10-12T00:00:00+08:00' }),
        says: '最早可于2026年10月26日（星期一）24:00截止',
      },
      {
        name: '原就七个工作日依法缩短，其后改列为涉企',
        given: (f) =>
          withDossier(sevenDays(f), (d) => ({
            consultations: d.consultations.map((r) => ({
              ...r,
              closesOn: '2026-03-16',
              shortened: { reason: '汛期将至', approver: '县政府主要负责人' },
              classification: { ...d.classification, enterpriseRelated: false, majorDecision: false },
            })),
          })),
        says: '须重新公开征求意见',
      },
      {
        name: '四川：缩短到6日，写明理由也不行',
        given: (f) =>
          opening(inPlace(f, '510811'), '2026-11-02', {
            closesAt: '2026-11-08',
            shortened: { reason: '森林防火期将至' },
          }),
        says: '短于缩短后的底线：最短不少于7日',
      },
      {
        name: '四川：一般文件不足30日',
        given: (f) =>
          opening(inPlace(classified(f, { enterpriseRelated: false, majorDecision: false }), '510811'), '2026-11-02', {
            closesAt: '2026-11-20',
          }),
        says: '最早可于2026年12月2日（星期三）24:00截止',
      },
      {
        name: '内蒙古：一般文件不足15日',
        given: (f) =>
          opening(inPlace(classified(f, { enterpriseRelated: false, majorDecision: false }), '150525'), '2026-11-02', {
            closesAt: '2026-11-11',
          }),
        says: '最早可于2026年11月17日（星期二）24:00截止',
      },
      { name: '截止后改列为涉企，原期限不再足够', given: sevenDays, says: '须重新公开征求意见' },
      {
        name: '缩短没有写理由',
        given: (f) => opening(f, '2026-09-24', { closesAt: '2026-10-12', shortened: { reason: '' } }),
        says: '说明理由',
      },
      {
        name: '缩短到次日，写明理由也不行',
        given: (f) => opening(f, '2026-09-24', { closesAt: '2026-09-25', shortened: { reason: '汛期将至' } }),
        says: '短于缩短后的底线：最短不少于7日',
      },
      {
        name: '延长改成了提前',
        given: (f) => withCommand(f, 'ExtendConsultation', { closesAt: '2026-04-13' }),
        says: '只能延长',
      },
      {
        name: '截止日在公告之日以前',
        given: (f) => opening(f, '2026-09-24', { closesAt: '2026-09-24' }),
        says: '不在公告之日',
      },
    ],
  },
}
