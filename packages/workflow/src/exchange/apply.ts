// What came in and waits for its turn is done here as a command of the system: on the side that receives, the filing is opened
// and what the sender does is done on it; on the sender's side its own copy is brought to what was decided there.
import { AppError, processContracts } from '@dianzhang/contract'
import { and, eq, schema, withTransaction } from '@dianzhang/database'
import type { CommandManifest } from '@dianzhang/exchange'
import { readManifest, ready } from '@dianzhang/exchange'
import { type FilingDossier, filingReviews, type ReceivedCommand } from '@dianzhang/processes'
import { loadUnits } from '../facts/load-facts.ts'
import { receiversCommands, sendersCommands } from '../filing-review/sides.ts'
import { openMatter, runOnMatter } from '../matters.ts'
import type { Office } from '../office.ts'
import { derivedId } from '../outbox.ts'
import { unitNamed } from '../units-from.ts'
import type { Peer } from './peers.ts'
import { type Between, type Message, noteMatter, ofStream, openCommands, sayStep } from './record.ts'

const { exchangeMessages: m, matters } = schema
const kind = filingReviews.process.kind
type Payload = { type: string } & Record<string, unknown>

/** The filing here that a message of `peer` is about, and what we are to it; null: there is none. */
async function filingOf(
  office: Office,
  { jurisdiction, peer }: Between,
  about: string,
): Promise<{ id: string; dossier: FilingDossier } | null> {
  for (const id of [about, derivedId('exchange filing', peer, about)]) {
    const [row] = await office.db
      .select({ snapshot: matters.snapshot, process: matters.process })
      .from(matters)
      .where(and(eq(matters.jurisdictionId, jurisdiction), eq(matters.id, id)))
    if (row?.process !== kind) continue
    const { dossier } = filingReviews.restore(row.snapshot as never).context
    if (dossier.exchange?.peer === peer && dossier.exchange.about === about) return { id, dossier }
  }
  return null
}
/** The command in the form of the contract, without what only our own system may add. */
function checked(command: Payload): Payload {
  const { type, ...rest } = command
  if (type === 'ReceiveFiling') {
    const { materials, sentOn, textHash, note } = rest
    return { type, ...checkedBy(type, { materials, sentOn, textHash, ...(note === undefined ? {} : { note }) }) }
  }
  if (type === 'Resubmit') {
    // The files came with the package; the form for people takes their content.
    const supplied = (rest.supplied ?? []) as Array<Record<string, unknown>>
    const { supplied: _, ...plain } = checkedBy(type, {
      ...rest,
      supplied: supplied.map(({ item, note }) => ({ item, ...(note === undefined ? {} : { note }) })),
    })
    return {
      type,
      ...plain,
      supplied: supplied.map(({ item, note, file }) => ({
        item: String(item),
        ...(note === undefined ? {} : { note: String(note) }),
        ...(file === undefined ? {} : { file: { name: String(file) } }),
      })),
    }
  }
  return { type, ...checkedBy(type, rest) }
}
function checkedBy(type: string, payload: Record<string, unknown>): Record<string, unknown> {
  const schemaOf = processContracts[kind]?.commands[type]?.schema
  if (!schemaOf) throw new AppError('invalid', `没有“${type.slice(0, 60)}”这一命令`)
  const answer = schemaOf.safeParse({ type, commandId: derivedId(type), expectedVersion: 0, ...payload })
  if (!answer.success)
    throw new AppError(
      'invalid',
      `内容不合约定：${answer.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('；')}`.slice(
        0,
        500,
      ),
    )
  const { type: _, commandId: __, expectedVersion: ___, ...rest } = answer.data
  return rest
}

async function carryOut(office: Office, peer: Peer, between: Between, manifest: CommandManifest): Promise<string> {
  const { jurisdiction } = between
  const system = { kind: 'system', jurisdiction } as const
  const received: ReceivedCommand = {
    message: manifest.id,
    on: manifest.on,
    files: manifest.files.map(({ item, name, sha256 }) => ({ item, name, sha256 })),
    correction: manifest.correction
      ? {
          title: manifest.correction.title,
          number: manifest.correction.number,
          changes: manifest.correction.changes,
          filed: manifest.correction.filed,
        }
      : null,
  }
  const { type } = manifest.command
  let filing = await filingOf(office, between, manifest.about)
  const command = checked(manifest.command as Payload)
  const units = await loadUnits(office.db, jurisdiction)
  if (filing === null) {
    if (type !== 'ReceiveFiling') throw new AppError('not_found', '没有这一件备案：报送的一包还没有收到，或者没有收下')
    const unit = unitNamed(units, manifest.recipient)
    if (unit === undefined || unit !== peer.receivesAt)
      throw new AppError('invalid', `“${manifest.recipient}”不由我方受理`)
    const id = derivedId('exchange filing', peer.name, manifest.about)
    await openMatter(
      office,
      system,
      kind,
      {
        type: 'OpenFiling',
        commandId: derivedId('exchange open', peer.name, manifest.about),
        document: manifest.document.entry,
        track: manifest.track,
        recipient: unit,
        exchange: {
          peer: peer.name,
          label: peer.label,
          about: manifest.about,
          document: manifest.document,
        },
      } as never,
      {},
      id,
    )
    filing = await filingOf(office, between, manifest.about)
    if (filing === null) throw new Error('备案没有开启')
  }
  const allowed = filing.dossier.exchange?.side === 'receiver' ? sendersCommands : receiversCommands
  if (!allowed.has(type)) throw new AppError('forbidden', `“${type}”不由对方办理`)
  // An organ goes by its name between systems; where we know it, by our own code.
  for (const key of ['decision', 'made']) {
    const made = command[key] as { body?: string } | undefined
    if (made?.body) command[key] = { ...made, body: unitNamed(units, made.body) ?? made.body }
  }
  await runOnMatter(office, system, filing.id, {
    ...command,
    exchange: received,
    commandId: derivedId('exchange', peer.name, manifest.id),
    expectedVersion: 0,
  } as never)
  return filing.id
}

/**
 * Does what came in from one side and is due, in order; returns how many were done and how many could not be. What has no
 * answer (the database went away) is left for the next time.
 */
export async function applyPending(office: Office, peer: Peer): Promise<{ done: number; failed: number }> {
  const between: Between = { jurisdiction: peer.jurisdictionId, peer: peer.name }
  const result = { done: 0, failed: 0 }
  for (;;) {
    const { next, open } = await openCommands(office.db, between)
    const due = ready(
      open.map((row) => ({ seq: row.seq, about: row.about, state: row.state as 'held' | 'incomplete', row })),
      next,
    )
    if (due.length === 0) return result
    for (const { row } of due) {
      const manifest = readManifest(row.manifest ?? '')
      let matter: string | null = null
      let why: string | null = null
      try {
        if (manifest?.kind !== 'command') throw new AppError('invalid', '清单读不出来')
        matter = await carryOut(office, peer, between, manifest)
        result.done += 1
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'unavailable') throw error
        why = error.message
        office.log.warn({ peer: peer.name, message: row.id, reason: why }, '对方送来的命令办不成')
        result.failed += 1
      }
      await settle(office, between, row, matter, why)
    }
  }
}
const settle = (office: Office, between: Between, row: Message, matter: string | null, why: string | null) =>
  withTransaction(office.db, async (tx) => {
    const [settled] = await tx
      .update(m)
      .set({ state: 'settled', settledAt: office.clock.now(), why })
      .where(and(ofStream(between, 'in'), eq(m.seq, row.seq), eq(m.state, 'held')))
      .returning({ seq: m.seq })
    if (!settled) return
    if (matter !== null) await noteMatter(tx, between, row.id, matter)
    const of = { id: row.id, digest: row.digest ?? '', matter }
    await sayStep(
      tx,
      between,
      office.clock.now(),
      of,
      why === null ? 'delivered' : 'not_delivered',
      why === null ? [] : [{ code: 'not_carried_out', says: why.slice(0, 2000) }],
    )
  })
