// 后评估的期限：提交报告、答复、公布，以及每一项没有落实的建议。
import { endOfDayInstant } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import type { MatterClock } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { answerOf, type EvaluationDossier, pendingProposals } from './dossier.ts'
import { answerDue, finishDue, publishDue } from './periods.ts'
import type { EvaluationFacts, EvaluationShape } from './shape.ts'

interface Wanted {
  key: string
  kind: string
  label: string
  metOn: string | null
}
export function evaluationClocks(f: EvaluationFacts): MatterClock[] {
  const d = f.dossier
  const list: MatterClock[] = []
  const stopped = d.closed !== null && d.publishedOn === null
  const add = (
    { key, kind, label, metOn }: Wanted,
    span: { startsOn: string; dueOn: string; provisional?: boolean; basis: Basis[] },
  ) =>
    list.push({
      key,
      kind,
      label,
      startsOn: span.startsOn,
      dueOn: span.dueOn,
      dueAt: endOfDayInstant(span.dueOn),
      status: metOn ? 'met' : stopped ? 'cancelled' : 'open',
      ...(metOn ? { metOn } : {}),
      provisional: span.provisional ?? false,
      basis: span.basis,
      sends: null,
    })
  const plan = source.majorDecision('第三十六条')
  const finish = finishDue(f)
  // 方案所写的期限与规则包所定的，取较早的一日。
  const reportOn = finish && finish.answer.due < d.until ? finish.answer.due : d.until
  add(
    { key: 'report', kind: 'report', label: '提交评估报告', metOn: d.report?.on ?? null },
    {
      startsOn: d.approvedOn ?? d.plannedOn,
      dueOn: reportOn,
      provisional: reportOn === finish?.answer.due && finish.answer.provisional,
      basis: [plan, ...(finish?.basis ?? [])],
    },
  )
  const answer = answerDue(f)
  if (answer)
    add(
      { key: 'answer', kind: 'answer', label: '答复评估报告', metOn: d.answeredOn },
      {
        startsOn: answer.startsOn,
        dueOn: answer.answer.due,
        provisional: answer.answer.provisional,
        basis: answer.basis,
      },
    )
  const publish = publishDue(f)
  if (publish)
    add(
      { key: 'publish', kind: 'publish', label: '公布评估报告', metOn: d.publishedOn },
      {
        startsOn: publish.startsOn,
        dueOn: publish.answer.due,
        provisional: publish.answer.provisional,
        basis: publish.basis,
      },
    )
  const pending = new Set(pendingProposals(d).map(({ proposal }) => proposal.id))
  for (const proposal of d.report?.proposals ?? []) {
    const first = d.answers.find((x) => x.proposal === proposal.id)
    const dated = d.answers.findLast((x) => x.proposal === proposal.id && x.due !== null)
    if (!first || !dated?.due) continue
    add(
      {
        key: `proposal-${proposal.id}`,
        kind: 'proposal',
        label: `落实建议${proposal.id}`,
        metOn: pending.has(proposal.id) ? null : (answerOf(d, proposal.id)?.on ?? null),
      },
      { startsOn: first.on, dueOn: dated.due, basis: [plan] },
    )
  }
  return list
}
export const clocks = {
  of: evaluationClocks,
  restOn: (d: EvaluationDossier): readonly unknown[] => [
    d.packVersion,
    d.until,
    d.approvedOn,
    d.report,
    d.answers,
    d.answeredOn,
    d.publishedOn,
    d.closed,
  ],
  ours: (): boolean => true,
  recompute: 'RecomputeDeadlines' as const,
  due: (command: string): { type: EvaluationShape['command'] } & Record<string, unknown> => ({
    type: command as EvaluationShape['command'],
  }),
}
