// How the commands of a meeting are carried out: names and gates are settled from the matters themselves, decisions go out
// to each matter. Conditions are rules; here only the payload itself and the existence of records are checked.
import type { AgendaItemInput, SessionCommand, SessionPayload } from '@dianzhang/contract'
import { and, type DbOrTx, eq, inArray, schema } from '@dianzhang/database'
import { sha256Hex } from '@dianzhang/ledger'
import type { Gate, SessionDossier, SessionResolved, SessionShape } from '@dianzhang/processes'
import type { UnitFact } from '@dianzhang/rules'
import type { CommandContext, Handler, WriteContext } from '../door/desk.ts'
import { invalid } from '../failures.ts'
import type { Send } from '../outbox.ts'

type Context = CommandContext<SessionShape>
type Writing = WriteContext<SessionShape>
type For<T extends SessionCommand> = Handler<SessionShape, SessionPayload<T>>
type Given = Omit<AgendaItemInput, 'attending'> & { attending?: string[] }

/** The items as they stand on an agenda: title, unit and kind from the matter; refuses (422) what does not exist. */
export function described(
  items: readonly Given[],
  gates: Record<string, Gate>,
  units: Record<string, UnitFact>,
  path: (i: number) => string,
): NonNullable<SessionResolved['items']> {
  const wrong: Array<[string, string]> = []
  const list = items.map((item, i) => {
    const gate = item.matter === undefined ? undefined : gates[item.matter]
    if (item.matter !== undefined && !gate) wrong.push([`${path(i)}matter`, '没有这件案卷，或者不是由会议决定的事项'])
    const attending = item.attending ?? []
    for (const [n, unit] of [item.presenter, ...attending].entries())
      if (unit !== undefined && !Object.hasOwn(units, unit))
        wrong.push([`${path(i)}${n === 0 ? 'presenter' : `attending.${n - 1}`}`, '没有这个单位'])
    return {
      matter: item.matter ?? null,
      title: gate?.title ?? item.topic ?? '',
      presenter: item.presenter ?? gate?.unit ?? null,
      attending,
      majorDecision: gate?.majorDecision ?? false,
    }
  })
  if (wrong.length > 0) throw invalid(...wrong)
  return list
}
/** Refuses (422) who is not in the register. */
async function requirePeople(c: Context, named: Array<[path: string, id: string]>): Promise<void> {
  if (named.length === 0) return
  const { people: p } = schema
  const ids = [...new Set(named.map(([, id]) => id))]
  const rows = await c.tx
    .select({ id: p.id })
    .from(p)
    .where(and(eq(p.jurisdictionId, c.jurisdiction), inArray(p.id, ids)))
  const known = new Set(rows.map((row) => row.id))
  const missing = named.filter(([, id]) => !known.has(id))
  if (missing.length > 0)
    throw invalid(...missing.map(([path]): [string, string] => [path, '不在人员名册中，请从名册中选定']))
}
const each = (field: string, list: readonly string[] = []): Array<[string, string]> =>
  list.map((id, i) => [`${field}.${i}`, id])

/** What goes to the matters whose gates are open: they are scheduled for this meeting. */
export const scheduling = (d: SessionDossier, gates: Record<string, Gate>, ids: readonly (string | null)[]): Send[] =>
  ids.flatMap((id): Send[] =>
    id !== null && gates[id]?.open
      ? [
          {
            matter: id,
            command: {
              type: 'ScheduleDeliberation',
              body: d.body.id,
              session: d.session,
              date: d.date,
              sessionId: d.id,
            },
          },
        ]
      : [],
  )
/** What goes to the matters that a called-off meeting, or a struck item, leaves without a day. */
const withdrawing = (d: SessionDossier, gates: Record<string, Gate>, ids: readonly (string | null)[], reason: string) =>
  ids.flatMap((id): Send[] =>
    id !== null && gates[id]?.scheduledHere
      ? [
          {
            matter: id,
            command: { type: 'WithdrawSchedule', body: d.body.id, session: d.session, date: d.date, reason },
          },
        ]
      : [],
  )
const byPerson = (c: Context): boolean => c.actor.kind === 'person'

const setAgenda: For<'SetAgenda'> = {
  resolve: (c, p) => ({ items: described(p.items, c.facts.gates, c.units, (i) => `items.${i}.`) }),
  sends: (c: Writing, _p, r) =>
    scheduling(
      c.next,
      c.facts.gates,
      (r.items ?? []).map((item) => item.matter),
    ),
}
const addItem: For<'AddItem'> = {
  resolve: (c, p) => {
    if ((p.matter === undefined) === (p.topic === undefined))
      throw invalid(['matter', '选定一件案卷，或者写明没有案卷的事项，只填其一'])
    if (p.topic !== undefined && p.presenter === undefined) throw invalid(['presenter', '没有案卷的事项须写明汇报单位'])
    return { items: described([p], c.facts.gates, c.units, () => '') }
  },
  sends: (c: Writing, p) => (byPerson(c) ? scheduling(c.next, c.facts.gates, [p.matter ?? null]) : []),
}
const dropItem: For<'DropItem'> = {
  sends: (c: Writing, p) =>
    withdrawing(c.next, c.facts.gates, [c.next.items.find((item) => item.n === p.item)?.matter ?? null], p.reason),
}
const cancelSession: For<'CancelSession'> = {
  sends: (c: Writing, p) =>
    withdrawing(
      c.next,
      c.facts.gates,
      c.next.items.flatMap((item) => (item.dropped || item.decision ? [] : item.matter)),
      p.reason,
    ),
}
const reschedule: For<'Reschedule'> = {
  sends: (c: Writing) =>
    scheduling(
      c.next,
      c.facts.gates,
      c.next.items.flatMap((item) => (item.dropped || item.decision ? [] : item.matter)),
    ),
}
const holdSession: For<'HoldSession'> = {
  resolve: async (c, p) => {
    await requirePeople(c, [
      ...each('members', p.members),
      ...each('present', p.present),
      ['head', p.head],
      ['chair', p.chair],
    ])
    const wrong: Array<[string, string]> = [
      ...p.present.flatMap(
        (id, i): Array<[string, string]> =>
          p.members.includes(id) ? [] : [[`present.${i}`, '不在所列的会议组成人员之中']],
      ),
      ...(p.members.includes(p.head) ? [] : [['head', '行政首长须在会议组成人员之中'] as [string, string]]),
      ...(p.present.includes(p.chair) ? [] : [['chair', '主持人须出席会议'] as [string, string]]),
      ...(p.observers ?? []).flatMap(
        (unit, i): Array<[string, string]> =>
          Object.hasOwn(c.units, unit) ? [] : [[`observers.${i}`, '没有这个单位']],
      ),
    ]
    if (wrong.length > 0) throw invalid(...wrong)
    return {}
  },
}
const recordDecision: For<'RecordDecision'> = {
  resolve: async (c, p) => {
    await requirePeople(c, [
      ...each('speakers', p.speakers),
      ...each('recused', p.recused),
      ...(p.dissents ?? []).map(({ person }, i): [string, string] => [`dissents.${i}.person`, person]),
    ])
    if (p.outcome === 'rejected' && !p.reason) throw invalid(['reason', '不予通过的须记明理由'])
    return {}
  },
  sends: (c: Writing, p) => {
    const item = c.next.items.find((one) => one.n === p.item)
    const gate = item?.matter ? c.facts.gates[item.matter] : undefined
    // Put off before the matter had come so far: nothing to be recorded there.
    if (!item?.matter || !gate?.inStage) return []
    const { decision } = item
    return [
      {
        matter: item.matter,
        command: {
          type: 'RecordDecision',
          outcome: p.outcome,
          ...(p.outcome === 'adopted_with_changes'
            ? { substantive: decision?.substantive ?? true, ...(p.changes ? { changes: p.changes } : {}) }
            : {}),
          dissents: (p.dissents ?? []).map(({ person, text }) => `${c.facts.people[person] ?? person}：${text}`),
          body: c.next.body.id,
          session: c.next.session,
          date: c.next.held?.on ?? c.next.date,
          ...(p.reason ? { reason: p.reason } : {}),
        },
      },
    ]
  },
}
const recordItemDecision: For<'RecordItemDecision'> = {
  resolve: (c, p) => {
    const listed = c.dossier.items.some((item) => item.matter === p.matter && !item.dropped)
    return listed ? {} : { items: described([{ matter: p.matter }], c.facts.gates, c.units, () => '') }
  },
}
const withoutText = <P extends { text: string }>({ text, ...rest }: P) => ({ ...rest, textHash: sha256Hex(text) })
const recordMinutes: For<'RecordMinutes'> = {
  resolve: async (c, p) => {
    await requirePeople(c, [['signedBy', p.signedBy]])
    return {}
  },
  ledger: withoutText,
}

export const sessionHandlers: { [T in SessionCommand]: For<T> } = {
  SetAgenda: setAgenda,
  AddItem: addItem,
  DropItem: dropItem,
  Reschedule: reschedule,
  CancelSession: cancelSession,
  HoldSession: holdSession,
  RecordDecision: recordDecision,
  RecordItemDecision: recordItemDecision,
  RecordMinutes: recordMinutes,
  CorrectMinutes: { ledger: withoutText },
}

/** Names of the people that the meeting and the command name. */
export async function peopleOf(
  tx: DbOrTx,
  jurisdiction: string,
  d: SessionDossier,
  payload: Record<string, unknown>,
): Promise<Record<string, string>> {
  const found = new Set<string>()
  const collect = (value: unknown): void => {
    if (typeof value === 'string' && value.length <= 60) found.add(value)
    else if (Array.isArray(value)) for (const one of value) collect(one)
    else if (value !== null && typeof value === 'object') for (const one of Object.values(value)) collect(one)
  }
  const { members, present, head, chair, speakers, recused, dissents, signedBy } = payload
  const attendance = d.held?.attendance
  collect([members, present, head, chair, speakers, recused, dissents, signedBy])
  collect([attendance?.members, attendance?.head, attendance?.chair, d.minutes?.signedBy])
  for (const { decision } of d.items)
    collect([decision?.speakers, decision?.recused, decision?.dissents.map((one) => one.person)])
  if (found.size === 0) return {}
  const { people: p } = schema
  const rows = await tx
    .select({ id: p.id, name: p.name })
    .from(p)
    .where(and(eq(p.jurisdictionId, jurisdiction), inArray(p.id, [...found])))
  return Object.fromEntries(rows.map((row) => [row.id, row.name]))
}
