// The list of items and the minutes of a meeting, printed (docx, GB/T 9704): from the meeting's record, nothing is typed anew.
import { decisionLabels } from '@dianzhang/contract'
import type { SessionDossier } from '@dianzhang/processes'
import { attendanceOf, takingPart } from '@dianzhang/processes'
import type { ExportedFile } from '../exported-file.ts'
import { notFound } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import { type PaperFormat, paperFile, spokenDate } from '../paper.ts'
import { openOf } from '../queries/matters.ts'
import { sessionDesk } from './desk.ts'
import { peopleOf } from './handlers.ts'

export type SessionPaper = 'agenda' | 'minutes'

type Names = (id: string | null) => string

function agendaLines(d: SessionDossier, unit: Names): string[] {
  const items = d.items.filter((item) => !item.dropped)
  return [
    `${d.body.name}议题单`,
    `会议：${d.session}`,
    `时间：${spokenDate(d.date)}`,
    ...(d.place ? [`地点：${d.place}`] : []),
    ...items.map(
      (item, i) =>
        `${i + 1}. ${item.matter === null ? item.title : `审议《${item.title}》`}（汇报单位：${unit(item.presenter)}${
          item.attending.length ? `；列席：${item.attending.map(unit).join('、')}` : ''
        }）`,
    ),
  ]
}
function minutesLines(d: SessionDossier, unit: Names, person: Names, quorum: string): string[] {
  const attendance = d.held?.attendance
  return [
    `${d.body.name}纪要`,
    ...(d.minutes?.number ? [`编号：${d.minutes.number}`] : []),
    `会议：${d.session}`,
    `时间：${spokenDate(d.held?.on ?? d.date)}`,
    ...(d.place ? [`地点：${d.place}`] : []),
    ...(attendance
      ? [
          `主持：${person(attendance.chair)}`,
          `出席：${attendance.present.map(person).join('、')}`,
          ...(attendance.observers.length ? [`列席：${attendance.observers.map(unit).join('、')}`] : []),
          quorum,
        ]
      : []),
    ...(d.minutes?.text.split('\n') ?? []),
    ...d.items.flatMap((item, i) => {
      if (item.dropped || !item.decision) return []
      const { outcome, changes, reason, dissents, headReason } = item.decision
      return [
        `${i + 1}. ${item.title}：${decisionLabels[outcome]}${changes ? `。修改：${changes}` : ''}${reason ? `。理由：${reason}` : ''}`,
        ...dissents.map((one) => `不同意见：${one.person === null ? '' : `${person(one.person)}：`}${one.text}`),
        ...(headReason ? [`行政首长说明的理由：${headReason}`] : []),
      ]
    }),
    ...(d.minutes ? [`签发：${person(d.minutes.signedBy)}`] : []),
  ]
}

/** The paper of a meeting that this person may see; 404 otherwise, and for minutes that are not recorded yet. */
export async function printSession(
  office: Office,
  actor: Actor,
  id: string,
  paper: SessionPaper,
  format: PaperFormat = 'docx',
): Promise<ExportedFile> {
  const { dossier: d, units } = await openOf(sessionDesk, office.db, actor, id)
  if (paper === 'minutes' && !d.minutes) throw notFound('这次会议的纪要')
  const people = await peopleOf(office.db, d.jurisdiction, d, {})
  const person: Names = (one) => (one === null ? '' : (people[one] ?? one))
  const unit: Names = (one) => (one === null ? '' : (units[one]?.name ?? one))
  const { quorum } = office.rules.pack(d.jurisdiction, d.packVersion).deliberation
  const counted = attendanceOf(quorum.value, d.held?.attendance?.members.length ?? 0, takingPart(d, []).length)
  const lines = paper === 'agenda' ? agendaLines(d, unit) : minutesLines(d, unit, person, counted.words)
  const name = `${d.body.name}${d.session}${paper === 'agenda' ? '议题单' : '纪要'}`
  return paperFile(name, lines, { id: d.id, origin: 'imported', issuers: [unit(d.body.unit)] }, format)
}
