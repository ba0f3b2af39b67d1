// Application for initiation: opens a file, through the same write entrance as the other commands (door/open.ts).
import type { ProposeDocument } from '@dianzhang/contract'
import { documentDesk } from './document-desk.ts'
import type { CommandMeta } from './door/run.ts'
import type { CommandAnswer } from './ledger-record.ts'
import { openMatter } from './matters.ts'
import type { Actor, Office } from './office.ts'

/**
 * Applies for initiation. Returns the new file's id, version (1) and ledger events; `warnings` lists problems visible
 * already (qualification of the issuer, documents of the same name) and does not block. Refused: 403 not a drafter;
 * 409 joint organs of different levels; 422 jurisdiction or unit wrong, or level of the document not that of the lead
 * issuer. The same `commandId` submitted again returns the same answer.
 */
export const proposeDocument = (
  office: Office,
  actor: Actor,
  command: ProposeDocument,
  meta: CommandMeta = {},
): Promise<CommandAnswer> => openMatter(office, actor, documentDesk.engine.process.kind, command, meta)
