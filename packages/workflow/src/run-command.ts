// 办理案卷上的一条命令：经唯一的写事务（door/run.ts）。
import type { Command } from '@dianzhang/contract'
import { documentDesk } from './document-desk.ts'
import { type CommandMeta, runThrough } from './door/run.ts'
import type { CommandAnswer } from './ledger-record.ts'
import type { Actor, Office } from './office.ts'
import { deliverSends } from './outbox.ts'

/** 办理一条命令；返回与拒绝见 `runThrough`。要别的案卷随之办理的，办成之后立即送达。 */
export const runCommand = (
  office: Office,
  actor: Actor,
  documentId: string,
  command: Command,
  meta: CommandMeta = {},
): Promise<CommandAnswer> =>
  runThrough(documentDesk, office, actor, documentId, command, meta, (on, jurisdiction, ids) =>
    deliverSends(on, runCommand, { jurisdiction, ids }),
  )
