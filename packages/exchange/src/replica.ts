// One side's record of what two installations said to each other: its own messages in order, and those of the other, which
// may arrive late, twice, in another order or not at all. Decides only; storing is the caller's.
import type { Manifest, Step } from './manifest.ts'

/** What is known of the other side's message at one place. */
export interface Known {
  id: string
  digest: string
}
export type Arrival = 'new' | 'again' | 'same_id' | 'same_place'
/**
 * What a verified message is to us. `byId`: what was taken before under its id, `bySeq`: what stands at its place.
 * The same message again changes nothing; anything else under its id or at its place is a conflict.
 */
export function judgeArrival(
  message: { id: string; digest: string },
  byId: Known | undefined,
  bySeq: Known | undefined,
): Arrival {
  if (byId !== undefined) return byId.digest === message.digest ? 'again' : 'same_id'
  return bySeq === undefined ? 'new' : 'same_place'
}

export type Held = 'incomplete' | 'held' | 'settled'
/**
 * Which messages may be acted on now, of those not yet settled in order of their place; `next`: from there on something is
 * missing. Each filing goes in its own order: one whose files are missing keeps back the later ones about the same filing.
 */
export function ready<M extends { seq: number; about: string; state: Held }>(open: readonly M[], next: number): M[] {
  const blocked = new Set<string>()
  return open.filter((message) => {
    if (message.seq >= next || message.state === 'settled') return false
    if (message.state === 'incomplete') blocked.add(message.about)
    return message.state === 'held' && !blocked.has(message.about)
  })
}

/** How far a package got, from the steps that the other side stated; in whatever order they came. */
const rank: Record<Step, number> = { rejected: 1, accepted: 2, not_delivered: 3, delivered: 4, opened: 5 }
/** The furthest step; a refusal counts only as long as nothing better was said. Null: nothing is known. */
export const furthest = (stated: readonly Step[]): Step | null =>
  stated.reduce<Step | null>((best, step) => (best === null || rank[step] > rank[best] ? step : best), null)

/** The same record in memory: what the tests of schedules run on, and the shape that the database mirrors. */
export class Replica {
  readonly out: Manifest[] = []
  readonly in = new Map<number, { manifest: Manifest; digest: string }>()
  readonly #byId = new Map<string, Known>()
  /** Commands acted on, in order. */
  readonly applied: string[] = []
  /** Steps that the other side stated about each of our packages. */
  readonly stated = new Map<string, Step[]>()
  next = 0
  #applied = 0
  readonly #digest: (manifest: Manifest) => string
  readonly #receipt: (of: Manifest, step: Step) => Manifest
  constructor(digest: (manifest: Manifest) => string, receipt: (of: Manifest, step: Step) => Manifest) {
    this.#digest = digest
    this.#receipt = receipt
  }
  say(make: (seq: number, prev: string | null) => Manifest): void {
    this.out.push(make(this.out.length, this.out.at(-1)?.id ?? null))
  }
  /** Takes one message, whatever came before. */
  take(manifest: Manifest): Arrival {
    const digest = this.#digest(manifest)
    const at = this.in.get(manifest.seq)
    const arrival = judgeArrival(
      { id: manifest.id, digest },
      this.#byId.get(manifest.id),
      at && { id: at.manifest.id, digest: at.digest },
    )
    if (arrival !== 'new') return arrival
    this.in.set(manifest.seq, { manifest, digest })
    this.#byId.set(manifest.id, { id: manifest.id, digest })
    if (manifest.kind === 'command') this.out.push(this.#receipt(manifest, 'accepted'))
    while (this.in.has(this.next)) this.next += 1
    this.#act()
    return arrival
  }
  #act(): void {
    for (; this.#applied < this.next; this.#applied += 1) {
      const { manifest } = this.in.get(this.#applied) as { manifest: Manifest }
      if (manifest.kind === 'receipt')
        this.stated.set(manifest.about, [...(this.stated.get(manifest.about) ?? []), manifest.step])
      else {
        this.applied.push(manifest.id)
        this.out.push(this.#receipt(manifest, 'delivered'))
      }
    }
  }
}
