// 编号台：预留号。预留须有用途与到期日；到期未用的自动作废，永不另行使用。
import { dateInShanghai, isPlainDate } from '@dianzhang/calendar'
import { AppError } from '@dianzhang/contract'
import { and, eq, lt, schema, withTransaction } from '@dianzhang/database'
import { formatDocumentNumber } from '@dianzhang/numbering'
import { nextSeqs } from './commands/numbering.ts'
import { invalid, notFound } from './failures.ts'
import type { Actor, Office } from './office.ts'

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
const secretary = (actor: Actor) => {
  if (actor.kind !== 'person' || !actor.posts.some((p) => p.role === 'secretariat'))
    throw new AppError('forbidden', '预留号由政府办公室文秘办理')
  return actor
}

/** 预留系列的下一个号。拒绝：非文秘（403）；单位没有机关代字、到期日不晚于今日（422）。 */
export async function reserveNumber(office: Office, actor: Actor, request: Reservation): Promise<ReservedNumber> {
  const who = secretary(actor)
  const now = office.clock.now()
  const today = dateInShanghai(now.toISOString())
  if (!isPlainDate(request.expiresOn) || request.expiresOn <= today)
    throw invalid(['expiresOn', `到期日须晚于今日（${today}）`])
  const series = office.rules.latest(actor.jurisdiction, today).numbering.documentPrefixes.value[request.issuer]
  if (!series) throw invalid(['issuer', `规则包没有规定单位“${request.issuer}”的机关代字`])
  const year = Number(today.slice(0, 4))
  return withTransaction(office.db, async (tx) => {
    const [seq = 0] = await nextSeqs(tx, actor.jurisdiction, [{ series, year, kind: 'document' }])
    const text = formatDocumentNumber({ prefix: series, year, seq })
    await tx.insert(schema.numbers).values({
      jurisdictionId: actor.jurisdiction,
      series,
      year,
      seq,
      kind: 'document',
      text,
      status: 'reserved',
      documentId: null,
      at: now,
      by: who.person,
      reservedFor: request.purpose,
      expiresOn: request.expiresOn,
    })
    return { text, series, year, seq, expiresOn: request.expiresOn }
  })
}
/** 放弃一个预留号：作废并记明理由与批准人（人员标识）。拒绝：非文秘（403）；批准人不在名册（422）；没有这个预留号（404）。 */
export async function releaseReservation(
  office: Office,
  actor: Actor,
  text: string,
  reason: string,
  approver: string,
): Promise<{ text: string }> {
  secretary(actor)
  const { numbers: t, people } = schema
  const [person] = await office.db
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.jurisdictionId, actor.jurisdiction), eq(people.id, approver), eq(people.active, true)))
  if (!person) throw invalid(['approver', `批准人“${approver}”不是名册中的在职人员，请从名册中选定具体的人`])
  const rows = await office.db
    .update(t)
    .set({ status: 'void', voidReason: reason, voidApprover: approver, voidedAt: office.clock.now() })
    .where(and(eq(t.jurisdictionId, actor.jurisdiction), eq(t.text, text), eq(t.status, 'reserved')))
    .returning({ text: t.text })
  if (rows.length === 0) throw notFound(`预留号${text}`)
  return { text }
}
/** 到期未用的预留号作废；返回件数。由到期巡查调用。 */
export async function expireReservations(office: Office): Promise<number> {
  const { numbers: t } = schema
  const now = office.clock.now()
  const rows = await office.db
    .update(t)
    .set({ status: 'void', voidReason: '预留到期未使用', voidApprover: '系统', voidedAt: now })
    .where(and(eq(t.status, 'reserved'), lt(t.expiresOn, dateInShanghai(now.toISOString()))))
    .returning({ text: t.text })
  return rows.length
}
