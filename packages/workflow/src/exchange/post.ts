// What leaves: a command of a filing becomes a message in its place, is put together and signed. The signing key is the public
// log's and stays outside the database; who holds it hands in a signer.
import { AppError } from '@dianzhang/contract'
import { and, asc, eq, schema, type Tx, withTransaction } from '@dianzhang/database'
import type { CommandManifest, ManifestFile, Reason, Step } from '@dianzhang/exchange'
import { digestOf, leafOf, Manifest, manifestText, signedText } from '@dianzhang/exchange'
import { entriesOfSubject } from '@dianzhang/register'
import { utf8ToBytes } from '@dianzhang/tlog'
import type { Office } from '../office.ts'
import type { Sent } from '../outbox.ts'
import { filingFiles, suppliedFiles } from './files.ts'
import { peerNamed } from './peers.ts'
import { type Between, lockStream, ofStream, say } from './record.ts'

const { exchangeMessages: m } = schema

/** Signs for one jurisdiction under the name of its public log. */
export interface ExchangeSigner {
  name(jurisdiction: string): string
  /** A signed note over `text`. */
  sign(jurisdiction: string, text: string): string
}
/** A command of a filing as the outbox carries it: to whom, about which filing, what was done. */
export interface ExchangeSend {
  type: string
  peer: string
  filing: string
  about: string
  recipient: string
  track: 'government' | 'npc'
  on: string
  document: Omit<CommandManifest['document'], 'log' | 'address'> & {
    address: string | null
    log: CommandManifest['document']['log']
  }
  command: { type: string } & Record<string, unknown>
  files: Array<{ item: string; name: string; sha256: string }>
  correction?: CommandManifest['correction'] & { entry: string }
}
/** Kind of the outbox's messages that leave this installation. */
export const exchangeKind = 'exchange'

/** Takes a command from the outbox into the record of what is said to the other side. Refuses (conflict) an unknown side. */
export async function dispatch(office: Office, jurisdiction: string, sent: Sent): Promise<void> {
  const command = sent.command as unknown as ExchangeSend
  if ((await peerNamed(office.db, jurisdiction, command.peer)) === null)
    throw new AppError('conflict', '没有登记这一方，送不出去')
  await withTransaction(office.db, (tx) =>
    say(tx, { jurisdiction, peer: command.peer }, office.clock.now(), {
      id: sent.id,
      kind: 'command',
      about: command.about,
      matter: command.filing,
      step: null,
      draft: command as unknown as Record<string, unknown>,
    }),
  )
}

async function logIndex(office: Office, jurisdiction: string, subject: string): Promise<number | null> {
  const rows = await entriesOfSubject(office.db, jurisdiction, subject)
  return rows.at(-1)?.index ?? null
}
interface Made {
  files: ManifestFile[]
  rest: Record<string, unknown>
}
async function made(
  office: Office,
  signer: ExchangeSigner,
  between: Between,
  row: typeof m.$inferSelect,
): Promise<Made> {
  const draft = JSON.parse(row.draft ?? '{}') as Record<string, unknown>
  if (row.kind === 'receipt') return { files: [], rest: { step: row.step as Step, ...draft } }
  const { jurisdiction } = between
  const { track, recipient, on, document, command, files, correction } = draft as unknown as ExchangeSend
  const first = command.type === 'ReceiveFiling'
  const index = first ? await logIndex(office, jurisdiction, document.entry) : null
  const change = correction
    ? {
        title: correction.title,
        number: correction.number,
        changes: correction.changes,
        filed: correction.filed,
        log: await logIndex(office, jurisdiction, correction.entry),
      }
    : null
  return {
    // Of a decision there is no published text here: what the clerk attached is what is sent.
    files:
      first && document.decision === undefined
        ? await filingFiles(office, jurisdiction, {
            entry: document.entry,
            id: row.about,
            recipient,
            issuers: document.issuers,
            sentOn: on,
          })
        : await suppliedFiles(office, jurisdiction, files),
    rest: {
      track,
      recipient,
      on,
      document: {
        ...document,
        ...(first
          ? {
              address: office.outward
                ? `${office.outward.origin}/register/${encodeURIComponent(document.entry)}`
                : document.address,
              log: index === null ? null : { origin: signer.name(jurisdiction), index },
            }
          : {}),
      },
      command,
      ...(change ? { correction: change } : {}),
    },
  }
}

/**
 * Puts together and signs what is to be said to one side, in order; returns how many. What cannot be put together (a file that
 * is gone, the text's exporter busy) keeps its place and everything after it waits; the reason stands with it.
 */
export async function signPending(office: Office, signer: ExchangeSigner, between: Between): Promise<number> {
  for (let done = 0; ; done += 1) {
    const [row] = await office.db
      .select()
      .from(m)
      .where(and(ofStream(between, 'out'), eq(m.state, 'draft')))
      .orderBy(asc(m.seq))
      .limit(1)
    if (!row) return done
    try {
      const { files, rest } = await made(office, signer, between, row)
      await withTransaction(office.db, (tx) => sign(tx, signer, between, row, files, rest))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      office.log.error({ err: error, message: row.id }, '往来的一包没有做成，稍后再做')
      await office.db
        .update(m)
        .set({ why: `没有做成：${why}`.slice(0, 2000), attempts: row.attempts + 1 })
        .where(and(ofStream(between, 'out'), eq(m.seq, row.seq), eq(m.state, 'draft')))
      return done
    }
  }
}
async function sign(
  tx: Tx,
  signer: ExchangeSigner,
  between: Between,
  { seq, id, kind, about, at }: typeof m.$inferSelect,
  files: ManifestFile[],
  rest: Record<string, unknown>,
): Promise<void> {
  await lockStream(tx, between, 'out')
  const [[now], [before]] = await Promise.all([
    tx
      .select({ state: m.state })
      .from(m)
      .where(and(ofStream(between, 'out'), eq(m.seq, seq))),
    tx
      .select({ id: m.id })
      .from(m)
      .where(and(ofStream(between, 'out'), eq(m.seq, seq - 1))),
  ])
  // Another process signed it meanwhile.
  if (now?.state !== 'draft') return
  const from = signer.name(between.jurisdiction)
  const manifest = Manifest.parse({
    v: 1,
    id,
    from,
    to: between.peer,
    seq,
    prev: before?.id ?? null,
    at: at.toISOString(),
    kind,
    about,
    files,
    ...rest,
  })
  const text = manifestText(manifest)
  const digest = digestOf(text)
  await tx
    .update(m)
    .set({
      manifest: text,
      note: signer.sign(between.jurisdiction, signedText(manifest, digest)),
      digest,
      leaf: leafOf(utf8ToBytes(text)),
      state: 'waiting',
      why: null,
      attempts: 0,
    })
    .where(and(ofStream(between, 'out'), eq(m.seq, seq)))
}

/**
 * A word that stands in no record, signed all the same: the refusal of what could not be read or whose sender is not known, and
 * what came of a notice of a new key.
 */
export function statementAbout(
  signer: ExchangeSigner,
  jurisdiction: string,
  at: Date,
  of: { id: string | null; digest: string | null; from: string | null },
  reasons: readonly Reason[],
  step: 'accepted' | 'rejected' = 'rejected',
): { statement: string; note: string } {
  const from = signer.name(jurisdiction)
  const statement = JSON.stringify({
    about: of.id,
    at: at.toISOString(),
    digest: of.digest,
    from,
    reasons,
    step,
    to: of.from,
    v: 1,
  })
  return { statement, note: signer.sign(jurisdiction, signedText({ from, id: of.id ?? '-' }, digestOf(statement))) }
}
