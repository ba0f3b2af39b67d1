// 会议：集体审议的会议是一件事项，议题所涉的案卷各自收到它的决定。
import { endOfDayInstant } from '@dianzhang/calendar'
import { type SessionCommand, sessionContract } from '@dianzhang/contract'
import { type CommandLaw, compile, defineProcess, type MatterClock } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import { evolve } from './evolve.ts'
import { sessionRules } from './rules/index.ts'
import { SessionDossier, type SessionFacts, type SessionShape } from './shape.ts'
import { stages } from './stages.ts'

const basis = source.majorDecision('第三十条')
const secretariat: CommandLaw = { by: ['secretariat'], basis }
const law: Record<SessionCommand, CommandLaw> = {
  SetAgenda: secretariat,
  // 案卷安排审议时指明了会议的，由系统列入议题。
  AddItem: { by: ['secretariat', 'system'], basis },
  // 案卷改由别的会议审议的，由系统撤下。
  DropItem: { by: ['secretariat', 'system'], basis, seldom: true },
  Reschedule: { ...secretariat, seldom: true },
  CancelSession: { ...secretariat, seldom: true },
  HoldSession: secretariat,
  RecordDecision: secretariat,
  RecordItemDecision: { by: ['system'], basis },
  RecordMinutes: secretariat,
  CorrectMinutes: { ...secretariat, seldom: true },
}
const clock = ({ dossier }: SessionFacts): MatterClock => ({
  key: 'session',
  kind: 'session',
  label: `${dossier.body.name}${dossier.session}`,
  startsOn: dossier.date,
  dueOn: dossier.date,
  dueAt: endOfDayInstant(dossier.date),
  status: dossier.cancelled ? 'cancelled' : dossier.held ? 'met' : 'open',
  ...(dossier.held ? { metOn: dossier.held.on } : {}),
  provisional: false,
  basis: [basis],
  sends: null,
})

export const session = defineProcess<SessionShape>({
  kind: sessionContract.kind,
  label: sessionContract.label,
  noun: sessionContract.noun,
  opening: {
    command: 'ScheduleSession',
    law: { by: ['secretariat', 'system'], basis },
    label: sessionContract.opening.label,
    record: 'SessionScheduled',
    rules: ['session.ahead', 'session.once'],
    tells: ['session.items-ready'],
  },
  initial: 'scheduled',
  stages,
  labels: {
    command: Object.fromEntries(
      Object.entries(sessionContract.commands).map(([type, { label }]) => [type, label]),
    ) as Record<SessionCommand, string>,
    stage: (path) => (sessionContract.stages as Record<string, string>)[path] ?? path,
    cases: { outcome: '决定', listed: '已有议题' },
  },
  law,
  order: basis,
  rules: sessionRules,
  facts: (dossier, event): SessionFacts => ({
    today: event.meta.on,
    dossier,
    command: { type: event.type, payload: event.payload, actor: event.meta.actor },
    pack: event.pack,
    gates: event.gates,
    people: event.people,
    ...(event.others ? { others: event.others } : {}),
  }),
  caseOf: (dossier, event) => ({ outcome: event.payload.outcome, listed: dossier.items.length > 0 }),
  casesOfDossier: new Set(['listed'] as const),
  evolve,
  clocks: {
    of: (facts) => [clock(facts)],
    restOn: (d) => [d.date, d.held, d.cancelled],
    ours: () => true,
    due: (command) => ({ type: command as SessionCommand }),
  },
  snapshot: { version: 1, dossier: SessionDossier, upcasters: {} },
})
export const sessionEngine = compile(session)
