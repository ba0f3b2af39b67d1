// Handles a command on a file, through the only write transaction (door/run.ts).
import type { Command } from '@dianzhang/contract'
import { documentDesk } from './document-desk.ts'
import type { CommandMeta } from './door/run.ts'
import { receiptTarget, throughReview } from './filing-review/receipts.ts'
import type { CommandAnswer } from './ledger-record.ts'
import { runAt } from './matters.ts'
import type { Actor, Office } from './office.ts'

/**
 * Handles one command; for what it returns and refuses see `runThrough`. Commands that other files must act on are
 * delivered as soon as it is done. What the receiver of a filing decides is decided on the filing (`filing-review/receipts.ts`).
 */
export async function runCommand(
  office: Office,
  actor: Actor,
  documentId: string,
  command: Command,
  meta: CommandMeta = {},
): Promise<CommandAnswer> {
  const filing = actor.kind === 'person' ? await receiptTarget(office, actor, documentId, command) : null
  return actor.kind === 'person' && filing !== null
    ? throughReview(office, actor, documentId, filing, command, meta)
    : runAt(documentDesk, office, actor, documentId, command, meta)
}
