// 命令办过以后的清单。只记，不判断。
import type { ListDossier, ListEvent, ListItem } from './shape.ts'

type Fold = (d: ListDossier, e: ListEvent) => ListDossier
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const or = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)

/** 由载荷写成的一项，接在末尾。 */
const itemOf = (d: ListDossier, e: ListEvent, added: ListItem['added']): ListItem => {
  const p = e.payload
  return {
    n: d.items.length + 1,
    title: text(p.title),
    unit: text(p.unit),
    due: text(p.due),
    kind: (or(p.kind) as ListItem['kind']) ?? null,
    target: or(p.target),
    basis: text(p.basis),
    necessity: text(p.necessity),
    enterpriseRelated: p.enterpriseRelated === true,
    majorDecision: p.majorDecision === true,
    leader: or(p.leader),
    steps: Array.isArray(p.steps) ? p.steps.map(String) : [],
    hearing: p.hearing === true,
    overlap: or(p.overlap),
    proposedOn: e.meta.on,
    argued: null,
    added,
    dropped: null,
    carried: null,
    completed: null,
  }
}
const change = (d: ListDossier, n: unknown, by: Partial<ListItem>): ListDossier => ({
  ...d,
  items: d.items.map((item) => (item.n === n ? { ...item, ...by } : item)),
})
const adjusted = (
  d: ListDossier,
  e: ListEvent,
  what: Pick<ListDossier['adjustments'][number], 'adjustment' | 'item' | 'from' | 'to'>,
): ListDossier => ({
  ...d,
  adjustments: [
    ...d.adjustments,
    {
      ...what,
      on: e.meta.on,
      reason: text(e.payload.reason) || text(e.payload.supplementaryJustification),
      body: or(e.payload.decidedBy),
      consent: or(e.payload.consentOn)
        ? { on: text(e.payload.consentOn), reference: text(e.payload.consentReference) }
        : null,
    },
  ],
})
const approve: Fold = (d, e) => ({
  ...d,
  approval: { body: text(e.payload.body), on: text(e.payload.on), number: or(e.payload.number) },
})
const publish: Fold = (d, e) => ({ ...d, publishedOn: e.meta.on })
const add: Fold = (d, e) => {
  const item = itemOf(d, e, {
    on: e.meta.on,
    justification: text(e.payload.supplementaryJustification) || text(e.payload.reason),
    body: text(e.payload.decidedBy),
  })
  return adjusted({ ...d, items: [...d.items, item] }, e, {
    adjustment: 'add',
    item: item.n,
    from: null,
    to: item.title,
  })
}
const drop: Fold = (d, e) => {
  const n = numberOf(e.payload.item)
  const next = change(d, n, { dropped: { on: e.meta.on, reason: text(e.payload.reason) } })
  const title = d.items.find((item) => item.n === n)?.title ?? null
  return d.publishedOn === null ? next : adjusted(next, e, { adjustment: 'remove', item: n, from: title, to: null })
}
const folds: Record<string, Fold> = {
  ProposeItem: (d, e) => ({ ...d, items: [...d.items, itemOf(d, e, null)] }),
  SubmitProposal: (d, e) => ({
    ...d,
    proposals: [
      ...d.proposals,
      {
        n: d.proposals.length + 1,
        title: text(e.payload.title),
        reason: text(e.payload.reason),
        on: e.meta.on,
        answer: null,
      },
    ],
  }),
  AnswerProposal: (d, e) => ({
    ...d,
    proposals: d.proposals.map((one) =>
      one.n === e.payload.proposal
        ? {
            ...one,
            answer: {
              answer: text(e.payload.answer) as 'taken',
              reason: text(e.payload.reason),
              on: e.meta.on,
            },
          }
        : one,
    ),
  }),
  ArgueItem: (d, e) =>
    change(d, e.payload.item, {
      argued: {
        outcome: e.payload.outcome === 'exclude' ? 'exclude' : 'include',
        argument: text(e.payload.argument),
        on: e.meta.on,
      },
    }),
  DropItem: drop,
  CarryOver: (d, e) =>
    adjusted(change(d, e.payload.item, { carried: { on: e.meta.on, reason: text(e.payload.reason) } }), e, {
      adjustment: 'carry',
      item: numberOf(e.payload.item),
      from: String(d.year),
      to: String(d.year + 1),
    }),
  CompleteItem: (d, e) =>
    change(d, e.payload.item, {
      completed: { on: text(e.payload.on), document: or(e.payload.document), note: or(e.payload.note) },
    }),
  PublishStatement: (d, e) => ({ ...d, statement: { summary: text(e.payload.summary), on: e.meta.on } }),
  ApprovePlan: approve,
  ApproveCatalogue: approve,
  RecordPartyConsent: (d, e) => ({ ...d, consent: { on: text(e.payload.on), reference: text(e.payload.reference) } }),
  PublishPlan: publish,
  PublishCatalogue: publish,
  AddItem: add,
  AdjustCatalogue: (d, e) => {
    const { adjustment } = e.payload
    if (adjustment === 'add') return add(d, e)
    if (adjustment === 'remove') return drop(d, e)
    const n = numberOf(e.payload.item)
    const key = adjustment === 'time' ? 'due' : 'unit'
    const to = text(e.payload[key])
    return adjusted(change(d, n, { [key]: to }), e, {
      adjustment: adjustment === 'time' ? 'time' : 'unit',
      item: n,
      from: d.items.find((item) => item.n === n)?.[key] ?? null,
      to,
    })
  },
}
export const evolve: Fold = (d, e) => folds[e.type]?.(d, e) ?? d
