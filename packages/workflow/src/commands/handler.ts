// 命令处理的形状：落定值（resolve）→ 机器决定 → 分配号码等（allocate）→ 写入自己的记录（write）。
import type { CommandOf, CommandType } from '@dianzhang/contract'
import type { Tx } from '@dianzhang/database'
import type { Resolved } from '@dianzhang/lifecycle'
import {
  type ActorFact,
  type Dossier,
  type Facts,
  isPartyOrgan,
  type PlainDate,
  type UnitFact,
  whereJointPartyPapersBelong,
} from '@dianzhang/rules'
import { invalid } from '../failures.ts'
import type { Actor, Office } from '../office.ts'
import type { Send } from '../outbox.ts'

export interface CommandContext {
  office: Office
  tx: Tx
  actor: Actor
  as: ActorFact
  jurisdiction: string
  documentId: string
  commandId: string
  /** 命令之前的案卷。 */
  dossier: Dossier
  facts: Facts
  units: Record<string, UnitFact>
  now: Date
  at: string
  on: PlainDate
}
export interface WriteContext extends CommandContext {
  /** 命令之后的案卷。 */
  next: Dossier
}
export interface Handler<T extends CommandType> {
  /** 只能由服务端给出的值；核对载荷，可拒绝（422）。不得有需要回收的副作用。 */
  resolve?: (c: CommandContext, p: CommandOf<T>) => Resolved | Promise<Resolved>
  /** 放行之后才分配的值（号码）。 */
  allocate?: (c: CommandContext, p: CommandOf<T>, r: Resolved) => Resolved | Promise<Resolved>
  /** 写入本命令自己的行；返回值并入答复。 */
  write?: (
    c: WriteContext,
    p: CommandOf<T>,
    r: Resolved,
  ) => Record<string, unknown> | undefined | Promise<Record<string, unknown> | undefined>
  /** 要别的案卷随之办理的命令：写入台账与发件箱，办成之后送达。在 `write` 之前取得，不得有副作用。 */
  sends?: (c: WriteContext, p: CommandOf<T>, r: Resolved) => Send[] | Promise<Send[]>
  /** 写入台账的载荷；缺省为命令全部字段。正文、附件、个人信息须在此剔除。 */
  ledger?: (p: CommandOf<T>, r: Resolved) => Record<string, unknown>
  /** 不改变案卷版本（公众意见），因此不使他人手中的版本过期。 */
  keepsVersion?: true
}

/** 单位代码或者全称 → 代码。 */
export function unitId(units: Record<string, UnitFact>, ref: string, path: string): string {
  const unit = (Object.hasOwn(units, ref) ? units[ref] : undefined) ?? Object.values(units).find((u) => u.name === ref)
  if (!unit)
    throw invalid([
      path,
      `没有单位“${ref}”，请填单位代码或者全称${isPartyOrgan(ref) ? `；${whereJointPartyPapersBelong}` : ''}`,
    ])
  return unit.id
}
/** 载荷指明的文本版本或摘要须属于本案卷。 */
export function knownText(
  c: CommandContext,
  p: { textVersion?: number | undefined; contentHash?: string | undefined },
): void {
  if (p.textVersion !== undefined && !c.dossier.texts.some((t) => t.n === p.textVersion))
    throw invalid(['textVersion', `本案卷没有第${p.textVersion}版文本`])
  if (p.contentHash !== undefined && !c.dossier.texts.some((t) => t.hash === p.contentHash))
    throw invalid(['contentHash', '内容摘要不属于本案卷的任何一版文本'])
}
