// The other processes behind the same port (`DIANZHANG_PROCESSES`, cli/processes.ts): what is kept in memory because it is no
// business of the database is told to them, so that whoever gets a request knows it too. Alone, nothing is said and
// nothing heard.
import cluster from 'node:cluster'
import { AggregatorRegistry, type Registry } from 'prom-client'

/** What goes between a process and the one that started it. */
export type Post =
  | { dianzhang: 'ready'; url: string; ms: number }
  | { dianzhang: 'said'; topic: string; value: unknown; from?: number }
  | { dianzhang: 'came' }
  | { dianzhang: 'gone'; from: number }
  | { dianzhang: 'metrics'; id: number; text?: string | null }

/** Whether a message is one of {@link Post}: node and prom-client send theirs on the same line. */
export const isPost = (message: unknown): message is Post =>
  typeof message === 'object' && message !== null && 'dianzhang' in message

export interface Neighbours {
  /** The number of this process, from 1. The first does what is done once for all of them: due acts, seals, post. */
  readonly number: number
  /** Tells the others; whoever is not there yet does not learn of it (see `onCome`). */
  say(topic: string, value: unknown): void
  /** Called with what another process says about `topic`, and its number. */
  hear(topic: string, listener: (value: unknown, from: number) => void): void
  /** A process came that knows nothing of what was said. */
  onCome(listener: () => void): void
  /** A process ended: what it said of itself holds no longer. */
  onGone(listener: (from: number) => void): void
  /** This process answers from now on, at `url`. */
  ready(url: string, ms: number): void
  /** The metrics of all processes added up, `own` among them; null where this is the only one or no answer comes in time. */
  metrics(): Promise<string | null>
  /** Which metrics are this process's own. */
  counts(own: Registry): void
}

const alone: Neighbours = {
  number: 1,
  say() {},
  hear() {},
  onCome() {},
  onGone() {},
  ready() {},
  metrics: async () => null,
  counts() {},
}

/** How long the metrics of the others are waited for (ms). */
const metricsMs = 6_000

function among(): Neighbours {
  const topics = new Map<string, Array<(value: unknown, from: number) => void>>()
  const comers: Array<() => void> = []
  const goers: Array<(from: number) => void> = []
  const asked = new Map<number, (text: string | null) => void>()
  let serial = 0
  // Answers the process that adds the metrics up; before there are any, with none.
  new AggregatorRegistry()
  // A process that is just being stopped has nobody left to tell.
  const send = (post: Post): void => {
    if (process.connected) process.send?.(post)
  }
  process.on('message', (message: unknown) => {
    if (!isPost(message)) return
    if (message.dianzhang === 'said')
      for (const listener of topics.get(message.topic) ?? []) listener(message.value, message.from ?? 0)
    else if (message.dianzhang === 'came') for (const listener of comers) listener()
    else if (message.dianzhang === 'gone') for (const listener of goers) listener(message.from)
    else if (message.dianzhang === 'metrics') asked.get(message.id)?.(message.text ?? null)
  })
  return {
    number: Number(process.env.DIANZHANG_PROCESS ?? 1),
    say: (topic, value) => send({ dianzhang: 'said', topic, value }),
    hear: (topic, listener) => void topics.set(topic, [...(topics.get(topic) ?? []), listener]),
    onCome: (listener) => void comers.push(listener),
    onGone: (listener) => void goers.push(listener),
    ready: (url, ms) => send({ dianzhang: 'ready', url, ms }),
    counts: (own) => AggregatorRegistry.setRegistries(own),
    metrics: () =>
      new Promise((resolve) => {
        const id = ++serial
        const late = setTimeout(() => answer(null), metricsMs)
        const answer = (text: string | null): void => {
          clearTimeout(late)
          asked.delete(id)
          resolve(text)
        }
        asked.set(id, answer)
        send({ dianzhang: 'metrics', id })
      }),
  }
}

/** A fact of the process, like its arguments. */
export const neighbours: Neighbours = cluster.isWorker ? among() : alone
