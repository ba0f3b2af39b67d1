// 命令办过以后的会议。只记，不判断。
import type { SessionCommand, SessionPayload } from '@dianzhang/contract'
import type { MatterEvent } from '@dianzhang/kernel'
import type { AgendaItem, ItemDecision, SessionDossier, SessionShape } from './shape.ts'

type Meta = MatterEvent<SessionShape>['meta']
type Folds = { [T in SessionCommand]: (d: SessionDossier, p: SessionPayload<T>, m: Meta) => SessionDossier }

/** 载明的议题接在 `after` 项之后编号。 */
export const numbered = (after: number, items: NonNullable<Meta['resolved']['items']>): AgendaItem[] =>
  items.map((item, i) => ({ n: after + i + 1, ...item, dropped: null, decision: null }))
const last = (d: SessionDossier): number => Math.max(0, ...d.items.map((item) => item.n))
const withItem = (d: SessionDossier, n: number, change: Partial<AgendaItem>): SessionDossier => ({
  ...d,
  items: d.items.map((item) => (item.n === n ? { ...item, ...change } : item)),
})

const folds: Folds = {
  SetAgenda: (d, _p, m) => ({ ...d, items: numbered(0, m.resolved.items ?? []) }),
  AddItem: (d, _p, m) => ({ ...d, items: [...d.items, ...numbered(last(d), m.resolved.items ?? [])] }),
  DropItem: (d, p, m) => withItem(d, p.item, { dropped: { reason: p.reason, at: m.at } }),
  Reschedule: (d, p, m) => ({
    ...d,
    date: p.date,
    place: p.place ?? d.place,
    rescheduled: [...d.rescheduled, { from: d.date, to: p.date, reason: p.reason, at: m.at }],
  }),
  CancelSession: (d, p, m) => ({ ...d, cancelled: { reason: p.reason, at: m.at } }),
  HoldSession: (d, p, m) => ({
    ...d,
    held: {
      on: p.heldOn ?? d.held?.on ?? d.date,
      at: m.at,
      attendance: {
        members: p.members ?? [],
        present: p.present ?? [],
        head: p.head ?? '',
        chair: p.chair ?? '',
        observers: p.observers ?? [],
      },
    },
  }),
  RecordDecision: (d, p, m) =>
    withItem(d, p.item, {
      decision: {
        outcome: p.outcome,
        substantive: p.outcome === 'adopted_with_changes' && p.substantive !== false,
        changes: p.changes ?? null,
        dissents: p.dissents ?? [],
        speakers: p.speakers ?? [],
        recused: p.recused ?? [],
        headReason: p.headReason ?? null,
        reason: p.reason ?? null,
        on: d.held?.on ?? d.date,
        at: m.at,
        from: 'session',
      },
    }),
  RecordItemDecision: (d, p, m) => {
    const decision: ItemDecision = {
      outcome: p.outcome,
      substantive: false,
      changes: null,
      dissents: (p.dissents ?? []).map((text) => ({ person: null, text })),
      speakers: [],
      recused: [],
      headReason: null,
      reason: null,
      on: p.on,
      at: m.at,
      from: 'matter',
    }
    const listed = d.items.findLast((item) => item.matter === p.matter && !item.dropped)
    const next = listed ? d : { ...d, items: [...d.items, ...numbered(last(d), m.resolved.items ?? [])] }
    const item = listed ?? next.items.at(-1)
    const held = d.held ?? { on: p.on, at: m.at, attendance: null }
    return { ...(item ? withItem(next, item.n, { decision }) : next), held }
  },
  RecordMinutes: (d, p, m) => ({
    ...d,
    minutes: { number: p.number ?? null, text: p.text ?? '', signedBy: p.signedBy ?? '', at: m.at, corrections: [] },
  }),
  CorrectMinutes: (d, p, m) => ({
    ...d,
    minutes: d.minutes && {
      ...d.minutes,
      text: p.text ?? d.minutes.text,
      corrections: [...d.minutes.corrections, { reason: p.reason ?? '', at: m.at }],
    },
  }),
}
export const evolve = (d: SessionDossier, event: MatterEvent<SessionShape>): SessionDossier =>
  (folds[event.type] as (d: SessionDossier, p: unknown, m: Meta) => SessionDossier)(d, event.payload, event.meta)
