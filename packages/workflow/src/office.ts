// The office: a context built once and passed everywhere. Write entrance, queries and jobs take it as first parameter;
// time comes from `clock` only.

import type { WorkCalendar } from '@dianzhang/calendar'
import type { Role } from '@dianzhang/contract'
import type { Db, DbOrTx, Tx } from '@dianzhang/database'
import type { Pack } from '@dianzhang/packs'

/** Clock: the current instant. In demo mode it can be moved forward. */
export interface Clock {
  now(): Date
  /**
   * The real time of this machine; a clock that has it is checked against the database's clock. Clocks that tests set
   * at will do not.
   */
  wall?(): Date
}
export interface Log {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}
/** Where metrics go; the server implements it with Prometheus. */
export interface Meters {
  command(
    type: string,
    outcome: 'accepted' | 'replayed' | 'refused' | 'forbidden' | 'stale' | 'invalid' | 'failed',
  ): void
  refusal(rule: string): void
}
/** Job queue: jobs are queued inside the command's transaction and stand or fall with the state change. */
export interface JobQueue {
  enqueue(tx: Tx, job: Job): Promise<void>
}
export type Job = { name: 'deadline-reached'; jurisdiction: string; document: string; key: string; startAfter: Date }
/**
 * Where packs and work calendar come from (packs in the database and holiday notices entered). Kept in memory; a
 * change by another service on the same database is known at the next request.
 */
export interface RuleStore {
  pack(jurisdiction: string, version: string): Pack
  latest(jurisdiction: string, on: string): Pack
  calendar(jurisdiction: string): WorkCalendar
  versions(jurisdiction: string): Pack[]
  /**
   * Checks against the database's revision: `revision` was read along with other rows (`rulesRevision`); if it
   * differs from the one remembered everything is read again before going on. Inside a transaction pass `db`, so that
   * no further connection is taken.
   */
  current(revision: string, db?: DbOrTx): Promise<void>
  /** Reads the revision itself where no other row is read (the public looking at the calendar, the command line). */
  refresh(): Promise<void>
}
/** One thing to be told outside. */
export interface Outgoing {
  /** The same in every attempt, so that the receiver can tell a repetition. */
  id: string
  /** An address of mail, a URL, an account of a messenger: what the channel understands. */
  address: string
  title: string
  lines: readonly string[]
  link: string | null
  /** For letters to subscribers: the page that ends it, and the address to which programs of mail post (RFC 8058). */
  unsubscribe?: { page: string; post: string }
  at: Date
  /** For webhooks: the body as it is signed, and the secrets that count now (two while they are changed). */
  signed?: { body: string; secrets: readonly Uint8Array[] }
}
/** `later`: tried again; `never`: this address is refused for good; `gone`: the receiver wants no more. */
export interface SendOutcome {
  kind: 'sent' | 'later' | 'never' | 'gone'
  why?: string
}
export interface Channel {
  label: string
  /** What an address is here, such as “电子邮箱”. */
  addressLabel: string
  /** Whether staff may choose it for themselves. */
  personal: boolean
  send(message: Outgoing): Promise<SendOutcome>
}
/** The ways outside, put together by the server from its configuration. */
export interface Outward {
  /** The public address, without a slash at its end. */
  origin: string
  channels: ReadonlyMap<string, Channel>
  /** 32 bytes that follow from the service's own secret and this label; nothing secret stands in the database. */
  secret(label: string): Uint8Array
  /** Why this is no address to send webhooks to; null where it is one. */
  refuses(url: string): string | null
}
export interface Office {
  mode: 'demo' | 'serve' | 'test'
  db: Db
  /**
   * Connections for commands: however many commands wait for locks, they take none of those for reading, sign-in and
   * the readiness check.
   */
  commandDb: Db
  /** Connections for sessions, sign-in and the readiness check, and nothing else. */
  sessionDb: Db
  /** Connections for read-only queries (for the public register they may point at a read-only hot standby). */
  readDb: Db
  clock: Clock
  log: Log
  meters: Meters
  rules: RuleStore
  jobs: JobQueue
  /** Null: nothing is told outside. */
  outward: Outward | null
}

/** A post: a role in a unit; one held by delegation names who delegated it. */
export interface Post {
  role: Role
  unit: string
  delegatedFrom?: string
}
export type Actor =
  | {
      kind: 'person'
      jurisdiction: string
      person: string
      userId: string
      name: string
      unit: string
      unitName: string
      posts: Post[]
      mustChangePassword: boolean
    }
  | { kind: 'public'; jurisdiction: string }
  | { kind: 'system'; jurisdiction: string }
/** A staff member signed in. */
export type Person = Extract<Actor, { kind: 'person' }>
