// What one command leaves in the ledger: the bodies, their digests, and what the last of them binds.
import { hash } from 'node:crypto'
import { statementsSent, type Tx } from '@dianzhang/database'
import type { ActorFact } from '@dianzhang/kernel'
import { canonicalJson, eventHash, GENESIS, stateHash } from '@dianzhang/ledger'
import type { CommandAnswer, LedgerActor, LedgerBody } from '../ledger-record.ts'
import type { Actor } from '../office.ts'
import { boundRows } from '../statements.ts'

export const sha256 = (text: string): string => hash('sha256', text)
/** Digest of what was sent, so that a second use of the same command id is told from a repetition. */
export const requestHash = (command: object): string => sha256(JSON.stringify(command))
/** As it will be read back from the database: no undefined, no instances. */
export const clean = (value: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value)) as Record<string, unknown>

export function ledgerActor(actor: Actor, as: ActorFact | null, delegatedFrom: string | null): LedgerActor {
  const person = actor.kind === 'person' ? actor.person : null
  const unit = as?.unit ?? (actor.kind === 'person' ? actor.unit : null)
  const roles = as?.roles ?? (actor.kind === 'person' ? actor.posts.map((p) => p.role) : [actor.kind])
  return { kind: actor.kind, person, unit, roles, ...(delegatedFrom ? { delegatedFrom } : {}) }
}
/** What the last record binds of the row: four columns in the first form, all that are not in the snapshot in the second. */
export const rowOf = (
  form: 1 | 2,
  columns: NonNullable<LedgerBody['row']>,
  constant: { title: string; unit: string; openedBy: string | null },
): NonNullable<LedgerBody['row']> => (form === 2 ? { ...columns, ...constant } : columns)
/**
 * Does all of `write`, after which nothing but the ledger is written, and answers what it answers, with the digests of the rows
 * of a matter of `jurisdiction` that this transaction wrote. They are asked for in one piece with what is being written, not
 * after a pause for its answers; where some of it is written only later, they are asked for again.
 */
export async function rowsAfter<T>(
  tx: Tx,
  jurisdiction: string,
  write: () => Promise<T>,
): Promise<{ done: T; rows: NonNullable<LedgerBody['rows']> }> {
  let over = false
  let upTo = -1
  let asked: ReturnType<typeof boundRows> | null = null
  // By then everything is under way that waits for no answer.
  process.nextTick(() => {
    if (over) return
    asked = boundRows(tx, { jurisdiction })
    // Where a write fails, this fails with it; the write says why.
    asked.catch(() => undefined)
    upTo = statementsSent(tx)
  })
  const done = await write().finally(() => {
    over = true
  })
  const early = statementsSent(tx) === upTo ? asked : null
  const [found] = await (early ?? boundRows(tx, { jurisdiction }))
  const rows = JSON.parse(`[${found?.rows ?? ''}]`) as NonNullable<LedgerBody['rows']>
  // A row written twice counts as it was written last.
  return { done, rows: [...new Map(rows.map((row) => [`${row[0]} ${row[1]}`, row])).values()] }
}
/** Digest of the answer without its events: `sha256( "dianzhang/answer/1\n" + canonical JSON )`. */
export const answerHash = (answered: object): string =>
  sha256(`dianzhang/answer/1\n${canonicalJson(clean(answered as Record<string, unknown>))}`)

/** One record of the ledger with its links. */
export interface Link {
  body: LedgerBody
  prevHash: string
  hash: string
}
/** The events as they stand in the answer. */
export const eventsOf = (links: readonly Link[], labels: Record<string, string>): CommandAnswer['events'] =>
  links.map((e) => ({ seq: e.body.seq, type: e.body.type, label: labels[e.body.type] ?? e.body.type, hash: e.hash }))

/** Chains the records to the head before them; the last one binds the digest of the new snapshot (`stored`, the JSON as stored) and `written`. */
export function chain<R extends string>(
  from: { ledgerSeq: number; ledgerHead: string },
  records: readonly R[],
  stored: string,
  written: Required<Pick<LedgerBody, 'row' | 'rows' | 'answer' | 'turns' | 'told'>>,
  body: (name: R, seq: number) => LedgerBody,
): Link[] {
  let prev = from.ledgerHead || GENESIS
  return records.map((name, i) => {
    const b = body(name, from.ledgerSeq + i + 1)
    if (i === records.length - 1) Object.assign(b, { state: stateHash(stored, sha256), ...written })
    const hash = eventHash(prev, b, sha256)
    const link = { body: b, prevHash: prev, hash }
    prev = hash
    return link
  })
}
