// 备案的期限：报送、限期报送、形式审查、补正、重新报送、审查、函询、改正计划、答复意见、改正；到期由系统办理的写明命令。
import { endOfDayInstant } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import type { MatterClock } from '@dianzhang/kernel'
import { type FilingDossier, isReturned, openPlan, opinionAnswer } from './dossier.ts'
import { changeDue, filingDue, formCheckDue, opinionDue, type Reckoned, resubmitDue, reviewDue } from './periods.ts'
import type { FilingFacts, FilingShape } from './shape.ts'

export interface FilingClock extends MatterClock {
  basis: Basis[]
}
type Wanted = Pick<FilingClock, 'key' | 'kind' | 'label'> & {
  metOn: string | null | undefined
  status?: FilingClock['status'] | undefined
  sends?: FilingShape['command']
}
const clock = (
  { metOn, status, sends, ...rest }: Wanted,
  span: { startsOn: string; dueOn: string; provisional: boolean; basis: Basis[] },
): FilingClock => ({
  ...rest,
  ...span,
  dueAt: endOfDayInstant(span.dueOn),
  status: status ?? (metOn ? 'met' : 'open'),
  ...(metOn ? { metOn } : {}),
  sends: sends ?? null,
})
const spanOf = ({ startsOn, answer, basis }: Reckoned) => ({
  startsOn,
  dueOn: answer.due,
  provisional: answer.provisional,
  basis,
})
const stated = (startsOn: string, dueOn: string) => ({ startsOn, dueOn, provisional: false, basis: [] })

export function filingReviewClocks(f: FilingFacts): FilingClock[] {
  const d = f.dossier
  const list: FilingClock[] = []
  const add = (wanted: Wanted, reckoned: Reckoned | null) => {
    if (reckoned) list.push(clock(wanted, spanOf(reckoned)))
  }
  const over = d.closed?.on ?? null
  /** 结束以后，没有办的不再要求。 */
  const gone = (metOn: string | null | undefined): FilingClock['status'] | undefined =>
    !metOn && over ? 'cancelled' : undefined
  const standing = isReturned(d) ? null : d.submissions.findLast((x) => x.kind !== 'supplement')?.on
  add(
    { key: 'filing', kind: 'filing_due', label: '制定机关报送', metOn: standing, status: gone(standing) },
    filingDue(f),
  )
  const asked = d.notices.findLast((x) => x.until !== null)
  if (asked?.until)
    list.push(
      clock(
        { key: 'required', kind: 'filing_required', label: '限期报送', metOn: standing, status: gone(standing) },
        stated(asked.on, asked.until),
      ),
    )
  const last = d.submissions.at(-1)
  if (last) {
    const settled = [d.registered?.on, d.deferrals.at(-1)?.on, d.returns.at(-1)?.on].filter(
      (x): x is string => typeof x === 'string',
    )
    // 补正以后重新起算：此前的暂缓、退回不算已经办了这一次。
    const open = d.registered === null && d.deferrals.length + d.returns.length < d.submissions.length
    const done = open ? null : settled.sort().at(-1)
    add({ key: 'form-check', kind: 'form_check', label: '形式审查', metOn: done, status: gone(done) }, formCheckDue(f))
  }
  const deferral = d.deferrals.at(-1)
  if (deferral) {
    const done = deferral.suppliedOn ?? (d.returns.some((x) => x.on >= deferral.on) ? deferral.on : null)
    list.push(
      clock(
        { key: 'supplement', kind: 'filing_supplied', label: '制定机关补正', metOn: done, status: gone(done) },
        stated(deferral.on, deferral.until),
      ),
    )
  }
  if (d.returns.length > 0) {
    const done = isReturned(d) ? null : standing
    add(
      { key: 'resubmit', kind: 'filing_again', label: '退回后重新报送', metOn: done, status: gone(done) },
      resubmitDue(f),
    )
  }
  const reviewed = d.opinion?.on ?? over
  add(
    {
      key: 'review',
      kind: 'review',
      label: d.extendedOn ? '实质审查（已延长）' : '实质审查',
      metOn: reviewed,
      status: openPlan(d) ? 'paused' : undefined,
    },
    reviewDue(f),
  )
  for (const x of d.inquiries)
    list.push(
      clock(
        {
          key: `inquiry-${x.n}`,
          kind: 'inquiry',
          label: '制定机关说明',
          metOn: x.answered?.on,
          status: x.answered ? undefined : d.opinion || over ? 'cancelled' : undefined,
        },
        stated(x.on, x.until),
      ),
    )
  const plan = openPlan(d)
  if (plan)
    list.push(
      clock(
        {
          key: 'plan',
          kind: 'agreed_change',
          label: '制定机关改正',
          metOn: d.correction?.on,
          status: gone(d.correction?.on),
          sends: 'ResumeReview',
        },
        stated(plan.on, plan.until),
      ),
    )
  const answered = opinionAnswer(d)?.on
  add(
    { key: 'opinion', kind: 'opinion_answer', label: '制定机关答复审查意见', metOn: answered, status: gone(answered) },
    opinionDue(f),
  )
  const changed = d.correction?.on
  add(
    { key: 'correction', kind: 'correction_due', label: '制定机关改正并报告', metOn: changed, status: gone(changed) },
    changeDue(f),
  )
  const ordered = d.motion?.decided
  if (ordered?.until)
    list.push(
      clock(
        { key: 'ordered', kind: 'correction_due', label: '责令改正的期限', metOn: changed, status: gone(changed) },
        stated(ordered.date, ordered.until),
      ),
    )
  return list
}
/** 受理机关自己的期限；其余是制定机关的。 */
export const receiversOwn: readonly string[] = ['form_check', 'review']

export const clocks = {
  of: filingReviewClocks,
  restOn: (d: FilingDossier): readonly unknown[] => [
    d.packVersion,
    d.decision,
    d.notices,
    d.submissions,
    d.deferrals,
    d.returns,
    d.registered,
    d.extendedOn,
    d.inquiries,
    d.plans,
    d.opinion,
    d.correction,
    d.motion,
    d.closed,
  ],
  ours: ({ kind }: MatterClock): boolean => receiversOwn.includes(kind),
  /** 各命令了结哪些期限：报送的一方看自己的，不看接收机关的审查期限。 */
  answeredBy: {
    RegisterFiling: ['form_check'],
    SubmitFiling: ['filing_due', 'filing_required'],
    Resubmit: ['filing_supplied', 'filing_again'],
    StartReview: ['review'],
    RecordCheck: ['review'],
    CloseReview: ['review'],
    Explain: ['inquiry'],
    AnswerOpinion: ['opinion_answer'],
    ReportCorrection: ['correction_due', 'agreed_change'],
    RequireFiling: ['filing_due'],
    CriticiseFiling: ['filing_required'],
  } satisfies Partial<Record<FilingShape['command'], readonly string[]>>,
  recompute: 'RecomputeDeadlines' as const,
  due: (command: string): { type: FilingShape['command'] } & Record<string, unknown> => ({
    type: command as FilingShape['command'],
    reason: '改正的期限届满，制定机关没有修改或者废止',
  }),
}
