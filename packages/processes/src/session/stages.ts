// 会议的阶段：排期、定议题、召开并逐件决定、纪要；没有召开的可以改期、取消。
import { sessionContract } from '@dianzhang/contract'
import type { Arrow, Arrows, StageSpec } from '@dianzhang/kernel'
import { source } from '@dianzhang/packs'
import type { SessionRuleId, SessionShape } from './shape.ts'

const basis = source.majorDecision('第三十条')
const listing = ['session.not-past', 'session.items-once', 'session.items-ready'] as const
const holding = ['session.held-by-today', 'session.attendance-once', 'session.quorum'] as const
const deciding: readonly SessionRuleId[] = ['session.item-open', 'session.quorum', 'session.speakers-present']

const hold: Arrow<SessionShape> = { to: 'held', rules: holding, records: 'SessionHeld' }
const received: Arrow<SessionShape> = { records: 'ItemDecisionReceived' }
const drop: Arrow<SessionShape> = { rules: ['session.not-past', 'session.item-open'], records: 'ItemDropped' }
const before: Arrows<SessionShape> = {
  SetAgenda: [{ to: 'agenda_set', rules: listing, records: 'AgendaSet' }],
  AddItem: [{ to: 'agenda_set', rules: listing, records: 'ItemAdded' }],
  Reschedule: [{ rules: ['session.ahead'], records: 'SessionRescheduled' }],
  CancelSession: [{ to: 'cancelled', records: 'SessionCancelled' }],
  RecordItemDecision: [{ ...received, to: 'held' }],
}
const whose = ['secretariat' as const]
const label = sessionContract.stages

export const stages: Record<string, StageSpec<SessionShape>> = {
  scheduled: {
    label: label.scheduled,
    basis,
    whose,
    tags: ['coming'],
    asks: (d) =>
      d.items.some((item) => !item.dropped) ? [{ command: 'HoldSession', notBefore: d.date }] : ['SetAgenda'],
    on: {
      ...before,
      // 排期时就写明了议题的。
      DropItem: [{ ...drop, when: { listed: true } }],
      HoldSession: [{ ...hold, when: { listed: true } }],
    },
  },
  agenda_set: {
    label: label.agenda_set,
    basis,
    whose,
    tags: ['coming'],
    // 开会的日子到了，才等着召开。
    asks: (d) => [{ command: 'HoldSession', notBefore: d.date }],
    on: { ...before, DropItem: [drop], HoldSession: [hold] },
  },
  held: {
    label: label.held,
    basis,
    whose,
    tags: ['over'],
    // 随案卷立的会议，各件的决定都已经随案卷记下的，不等着补记出席情况；重大行政决策的集体讨论须如实记录，照样等着。
    asks: (d) =>
      d.held?.attendance === null
        ? d.origin === null || d.items.some((item) => !item.dropped && (item.majorDecision || !item.decision))
          ? ['HoldSession']
          : []
        : [d.items.some((item) => !item.dropped && !item.decision) ? 'RecordDecision' : 'RecordMinutes'],
    on: {
      // 随案卷登记的会议，补记出席情况。
      HoldSession: [{ rules: holding, records: 'SessionHeld' }],
      RecordDecision: [
        {
          when: { outcome: ['adopted', 'adopted_with_changes'] },
          rules: [...deciding, 'session.item-ready', 'session.head-last', 'session.reason-against-majority'],
          records: 'ItemDecided',
        },
        { when: { outcome: ['postponed', 'rejected'] }, rules: deciding, records: 'ItemDecided' },
      ],
      RecordItemDecision: [received],
      RecordMinutes: [
        { to: 'minuted', rules: ['session.every-item-decided', 'session.signed-by-chair'], records: 'MinutesRecorded' },
      ],
    },
  },
  minuted: {
    label: label.minuted,
    basis,
    whose,
    tags: ['over'],
    on: { CorrectMinutes: [{ records: 'MinutesCorrected' }], RecordItemDecision: [received] },
  },
  cancelled: { label: label.cancelled, basis, tags: ['over'] },
}
