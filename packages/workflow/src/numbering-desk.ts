// 编号台：预留号与恢复以后的用号，都是办公事务的命令。预留须有用途与到期日；到期未用的自动作废，永不另行使用。
import { dateInShanghai } from '@dianzhang/calendar'
import { and, eq, lt, schema } from '@dianzhang/database'
import { actInOffice } from './office/act.ts'
import type { Actor, Office } from './office.ts'
import { derivedId } from './outbox.ts'
import type { SeriesHead } from './restoration.ts'

export interface Reservation {
  /** 制定机关的单位代码；机关代字取自现行规则包。 */
  issuer: string
  purpose: string
  /** 到期日（含当日），须晚于今日。 */
  expiresOn: string
}
export interface ReservedNumber {
  text: string
  series: string
  year: number
  seq: number
  expiresOn: string
}

/** 预留系列的下一个号；同一命令标识再交一次，得到同一个号。拒绝：非文秘（403）；单位没有机关代字、到期日不晚于今日（422）。 */
export const reserveNumber = (
  office: Office,
  actor: Actor,
  { issuer, purpose, expiresOn }: Reservation,
  commandId?: string,
): Promise<ReservedNumber> => actInOffice(office, actor, 'ReserveNumber', { issuer, purpose, expiresOn }, commandId)

/** 放弃一个预留号：作废并记明理由与批准人（人员标识）。拒绝：非文秘（403）；批准人不在名册（422）；没有这个预留号（404）。 */
export const releaseReservation = (
  office: Office,
  actor: Actor,
  number: string,
  reason: string,
  approver: string,
  commandId?: string,
): Promise<{ text: string }> =>
  actInOffice(office, actor, 'ReleaseReservation', { number, reason, approver }, commandId)

/**
 * 恢复备份以后逐系列确认最后用到几号：库中没有的各号作废，写明理由，永不再发；此后编号、公布、报送与封存恢复。
 * 拒绝：非文秘、非管理员（403）；没有待确认的恢复（409）；有系列没有确认、比库中的小、一次多出两千号以上（422）。
 */
export const confirmNumbers = (
  office: Office,
  actor: Actor,
  input: { series: Array<{ series: string; year: number; kind?: string | undefined; last: number }>; reason: string },
  commandId?: string,
): Promise<{ voided: number; series: SeriesHead[] }> =>
  actInOffice(office, actor, 'ConfirmNumbers', { ...input }, commandId)

/** 到期未用的预留号作废，各法域一条命令；返回件数。由到期巡查调用，同一日再查不重复办。 */
export async function expireReservations(office: Office): Promise<number> {
  const { numbers: t } = schema
  const through = dateInShanghai(office.clock.now().toISOString())
  const places = await office.db
    .selectDistinct({ id: t.jurisdictionId })
    .from(t)
    .where(and(eq(t.status, 'reserved'), lt(t.expiresOn, through)))
  let voided = 0
  for (const { id } of places) {
    const system: Actor = { kind: 'system', jurisdiction: id }
    const commandId = derivedId('expired reservations', id, through)
    voided += (await actInOffice<{ voided: number }>(office, system, 'ExpireReservations', { through }, commandId))
      .voided
  }
  return voided
}
