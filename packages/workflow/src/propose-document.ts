// 立项申请：开启一件案卷，与其余命令经同一个写入口（door/open.ts）。
import type { ProposeDocument } from '@dianzhang/contract'
import { documentDesk } from './document-desk.ts'
import type { CommandMeta } from './door/run.ts'
import type { CommandAnswer } from './ledger-record.ts'
import { openMatter } from './matters.ts'
import type { Actor, Office } from './office.ts'

/**
 * 申请立项。返回新案卷的标识、版本（1）与台账事件；`warnings` 列出现在即可看出的问题（如制定主体资格、同名文件），不阻止申请。
 * 拒绝：403 非起草经办人；409 联合制发的机关不同级；422 法域、单位有误，文件层级与牵头制定机关不符；同一 `commandId` 再次提交返回同一答复。
 */
export const proposeDocument = (
  office: Office,
  actor: Actor,
  command: ProposeDocument,
  meta: CommandMeta = {},
): Promise<CommandAnswer> => openMatter(office, actor, documentDesk.engine.process.kind, command, meta)
