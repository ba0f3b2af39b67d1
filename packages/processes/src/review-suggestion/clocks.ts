// 审查建议的期限：收到、补正、函询、审查、反馈、告知、改正、删除；到期由系统办理的写明命令。
import { endOfDayInstant } from '@dianzhang/calendar'
import type { Basis } from '@dianzhang/contract'
import type { MatterClock } from '@dianzhang/kernel'
import { currentAnswer, pendingChange, type SuggestionDossier } from './dossier.ts'
import { answerDue, examinationDue, forgetDue, formCheckDue, noticeDue, type Reckoned } from './periods.ts'
import type { SuggestionFacts, SuggestionShape } from './shape.ts'

export interface SuggestionClock extends MatterClock {
  basis: Basis[]
}
interface Wanted {
  key: string
  kind: string
  label: string
  metOn: string | null
  sends?: SuggestionShape['command']
  status?: SuggestionClock['status']
}
const clock = (
  { key, kind, label, metOn, sends, status }: Wanted,
  span: { startsOn: string; dueOn: string; provisional: boolean; basis: Basis[] },
): SuggestionClock => ({
  key,
  kind,
  label,
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
const first = (...days: Array<string | null | undefined>): string | null =>
  days.filter((x): x is string => typeof x === 'string').sort()[0] ?? null

export function suggestionClocks(f: SuggestionFacts): SuggestionClock[] {
  const d = f.dossier
  const list: SuggestionClock[] = []
  const add = (wanted: Wanted, reckoned: Reckoned | null) => {
    if (reckoned) list.push(clock(wanted, spanOf(reckoned)))
  }
  const over = d.exit?.on ?? null
  add(
    {
      key: 'form-check',
      kind: 'form_check',
      label: '形式审查',
      metOn: first(d.completion?.requestedOn, d.acceptedOn, over),
    },
    formCheckDue(f),
  )
  if (d.completion)
    list.push(
      clock(
        {
          key: 'completion',
          kind: 'completion',
          label: '提出人补正',
          metOn: first(d.completion.completedOn, d.acceptedOn),
          sends: 'DeemUncompleted',
          ...(over && !d.completion.completedOn ? { status: 'cancelled' as const } : {}),
        },
        stated(d.completion.requestedOn, d.completion.until),
      ),
    )
  const pending = pendingChange(d)
  const examination = examinationDue(f)
  add(
    {
      key: 'examination',
      kind: 'examination',
      label: '审查',
      metOn: first(d.concludedOn, over),
      ...(pending ? { status: 'paused' as const } : {}),
    },
    examination,
  )
  for (const x of d.inquiries)
    list.push(
      clock(
        {
          key: `inquiry-${x.n}`,
          kind: 'inquiry',
          label: '制定机关说明',
          metOn: x.answered?.on ?? null,
          ...(!x.answered && (d.concludedOn || over) ? { status: 'cancelled' as const } : {}),
        },
        stated(x.askedOn, x.until),
      ),
    )
  if (pending?.until)
    list.push(
      clock(
        { key: 'agreed-change', kind: 'agreed_change', label: '制定机关改正', metOn: null, sends: 'Resume' },
        stated(pending.on, pending.until),
      ),
    )
  add({ key: 'answer', kind: 'answer', label: '反馈结果', metOn: currentAnswer(d)?.on ?? null }, answerDue(f))
  add({ key: 'notice', kind: 'notice', label: '告知提出人', metOn: d.notifiedOn }, noticeDue(f))
  add(
    {
      key: 'forget-contact',
      kind: 'forget_contact',
      label: '删除提出人信息',
      metOn: d.contactForgottenOn,
      sends: 'ForgetContact',
    },
    forgetDue(f),
  )
  return list
}
/** 不是受理机关自己的期限：提出人补正、制定机关说明与改正、系统删除。 */
export const notOurs: string[] = ['completion', 'inquiry', 'agreed_change', 'forget_contact']

export const clocks = {
  of: suggestionClocks,
  restOn: (d: SuggestionDossier): readonly unknown[] => [
    d.packVersion,
    d.completion,
    d.acceptedOn,
    d.extendedOn,
    d.inquiries,
    d.findings,
    d.concludedOn,
    d.exit,
    d.notifiedOn,
    d.answers,
    d.closedOn,
    d.reopened,
    d.named,
    d.reachable,
    d.contactForgottenOn,
  ],
  /** 各命令了结哪些期限：待办上写的是这一步自己的日期，不是本件最近的一个。 */
  answeredBy: {
    RequestCompletion: ['form_check', 'examination'],
    Accept: ['form_check', 'examination'],
    Complete: ['completion'],
    AskIssuer: ['examination'],
    AnswerInquiry: ['inquiry'],
    Conclude: ['examination'],
    ConfirmChange: ['agreed_change'],
    Answer: ['answer'],
    Notify: ['notice'],
  } satisfies Partial<Record<SuggestionShape['command'], readonly string[]>>,
  recompute: 'RecomputeDeadlines' as const,
  /** 补正、说明、改正是别人的期限；删除由系统办理。 */
  ours: ({ kind }: MatterClock): boolean => !notOurs.includes(kind),
  due: (command: string): { type: SuggestionShape['command'] } & Record<string, unknown> =>
    command === 'Resume'
      ? { type: command, reason: '改正的期限届满，制定机关没有修改或者废止' }
      : { type: command as SuggestionShape['command'] },
}
