// The yearly list of filings, from both ledgers: what the sender's says, what the receiver's says, where the two differ; and
// the rates computed anew from the columns of the list alone. Pure.
import type { Track } from '@dianzhang/contract'
import { countsFrom, type FilingStep } from './figures.ts'

type Day = string
/** One event of either ledger, in the order of that ledger. */
export interface LedgerStep {
  kind: FilingStep
  on: Day
  number?: string | null
  /** Of what was asked to be supplemented, of what was returned and may be sent again in time: by when. */
  due?: Day | null
}
/** What one ledger says of one filing. */
export interface LedgerSays {
  /** Every day on which it was sent (received). */
  sent: Day[]
  returned: Day[]
  deferred: Day[]
  supplied: Day[]
  /** Since when a submission stands; null: none, or the last one was returned. */
  filedOn: Day | null
  /** From which day it counts: supplemented late, from then; null: it does not count. */
  countsFrom: Day | null
  registeredOn: Day | null
  number: string | null
  /** Registered at the first submission. */
  atFirst: boolean
  opinionOn: Day | null
  closedOn: Day | null
}
/** What these steps of one ledger say, as known on a day. */
export function saysOf(steps: readonly LedgerStep[], asOf: Day): LedgerSays {
  const says: LedgerSays = {
    sent: [],
    returned: [],
    deferred: [],
    supplied: [],
    filedOn: null,
    countsFrom: countsFrom([...steps], asOf),
    registeredOn: null,
    number: null,
    atFirst: false,
    opinionOn: null,
    closedOn: null,
  }
  for (const { kind, on, number } of steps) {
    if (kind === 'sent') {
      says.sent.push(on)
      says.filedOn = on
    }
    if (kind === 'returned') {
      says.returned.push(on)
      says.filedOn = null
    }
    if (kind === 'deferred') says.deferred.push(on)
    if (kind === 'supplied') says.supplied.push(on)
    if (kind === 'registered' && says.registeredOn === null) {
      says.registeredOn = on
      says.number = number ?? null
      says.atFirst = says.returned.length === 0 && says.deferred.length === 0
    }
    if (kind === 'opinion') says.opinionOn ??= on
    if (kind === 'closed') says.closedOn = on
  }
  return says
}

export interface FilingLine {
  entry: string
  title: string
  number: string | null
  issuer: string
  track: Track
  publishedOn: Day
  dueOn: Day | null
  /** How the receiver closed it. */
  outcome: string | null
  /** Null: nothing was sent. */
  sender: LedgerSays | null
  /** Null: the receiver keeps no ledger of its own of this filing. */
  receiver: LedgerSays | null
  /** The sender's ledger names a matter at the receiver. */
  handedOver: boolean
}
const days = (list: readonly Day[]): string => (list.length === 0 ? '没有' : list.join('、'))
const compared: ReadonlyArray<[label: string, of: (x: LedgerSays) => string]> = [
  ['报送', (x) => days(x.sent)],
  ['退回', (x) => days(x.returned)],
  ['要求补正', (x) => days(x.deferred)],
  ['登记', (x) => x.registeredOn ?? '没有'],
  ['登记号', (x) => x.number ?? '没有'],
  ['提出审查意见', (x) => x.opinionOn ?? '没有'],
]
/** Where the two ledgers differ, in clerks' words; empty where they say the same. */
export function differencesBetween({ sender, receiver, handedOver }: FilingLine): string[] {
  const sent = sender !== null && sender.sent.length > 0
  if (receiver === null) return sent && handedOver ? ['报送一方记为已经报送，受理一方没有这一件'] : []
  if (!sent) return receiver.sent.length > 0 ? ['受理一方记为已经收到，报送一方没有报送的记录'] : []
  if (receiver.sent.length === 0) return ['报送一方记为已经报送，受理一方没有收到的记录']
  const found = compared.flatMap(([label, of]) =>
    of(sender) === of(receiver) ? [] : [`${label}：报送一方记为${of(sender)}，受理一方记为${of(receiver)}`],
  )
  // What was never registered is closed at the receiver alone.
  const closed = (x: LedgerSays): string => x.closedOn ?? '没有'
  return receiver.registeredOn !== null && closed(sender) !== closed(receiver)
    ? [...found, `审结：报送一方记为${closed(sender)}，受理一方记为${closed(receiver)}`]
    : found
}

export interface ListRate {
  id: string
  numerator: number
  denominator: number
}
/** Filed, in time, regular, examined, corrected: the rates of each track from the columns of the list and nothing else. */
export function ratesOfList(
  lines: readonly FilingLine[],
  { from, to, asOf }: { from: Day; to: Day; asOf: Day },
): ListRate[] {
  const until = to < asOf ? to : asOf
  const within = (day: Day | null): boolean => day !== null && day >= from && day <= until
  return (['government', 'npc'] as const).flatMap((track) => {
    const own = lines.filter((x) => x.track === track)
    const filed = own.filter((x) => within(x.publishedOn) && x.sender !== null && x.sender.filedOn !== null)
    const lacking = own.filter((x) => within(x.publishedOn) && !filed.includes(x) && x.dueOn !== null && x.dueOn < asOf)
    const inTime = filed.filter(({ dueOn, sender }) => {
      const on = sender?.countsFrom ?? null
      return on !== null && (dueOn === null || on <= dueOn)
    })
    const registered = own.filter((x) => within(x.sender?.registeredOn ?? null))
    const closed = own.filter((x) => x.sender?.registeredOn != null && within(x.sender.closedOn))
    const rate = (id: string, numerator: readonly unknown[], denominator: number): ListRate => ({
      id: `${id}.${track}`,
      numerator: numerator.length,
      denominator,
    })
    return [
      rate('filing-rate', filed, filed.length + lacking.length),
      rate('filing-in-time', inTime, filed.length + lacking.length),
      rate(
        'filing-regular',
        filed.filter((x) => x.sender?.atFirst),
        filed.length,
      ),
      rate(
        'review-rate',
        registered.filter((x) => x.sender?.closedOn != null),
        registered.length,
      ),
      rate(
        'correction-rate',
        closed.filter((x) => x.outcome === 'corrected' || x.outcome === 'annulled'),
        closed.length,
      ),
    ]
  })
}
