// 办理案卷上的一条命令：经唯一的写事务（door/run.ts）。
import type { Command } from '@dianzhang/contract'
import { documentDesk } from './document-desk.ts'
import type { CommandMeta } from './door/run.ts'
import type { CommandAnswer } from './ledger-record.ts'
import { runAt } from './matters.ts'
import type { Actor, Office } from './office.ts'

/** 办理一条命令；返回与拒绝见 `runThrough`。要别的案卷随之办理的，办成之后立即送达。 */
export const runCommand = (
  office: Office,
  actor: Actor,
  documentId: string,
  command: Command,
  meta: CommandMeta = {},
): Promise<CommandAnswer> => runAt(documentDesk, office, actor, documentId, command, meta)
