// Receivers of webhooks: where public acts are pushed to. The secret is derived, shown once, and may be changed with both
// counting for a day.
import { AppError, type OfficePayload } from '@dianzhang/contract'
import { and, eq, ne, schema } from '@dianzhang/database'
import type { OfficeShape } from '@dianzhang/processes'
import type { CommandContext, Handler } from '../door/desk.ts'
import { invalid, notFound } from '../failures.ts'
import type { Office, Outward } from '../office.ts'
import { derivedId } from '../outbox.ts'

const { webhooks: w } = schema
/** So long the former secret still counts after a change. */
const overlapMs = 24 * 3600_000

const labelOf = (jurisdiction: string, id: string, generation: number): string =>
  `webhook ${jurisdiction} ${id} ${generation}`
/** The secrets that count at this instant, the present one first. */
export function secretsOf(outward: Outward, row: typeof w.$inferSelect, at: Date): Uint8Array[] {
  const now = outward.secret(labelOf(row.jurisdictionId, row.id, row.generation))
  const before =
    row.generation > 1 && at.getTime() - row.rotatedAt.getTime() < overlapMs
      ? [outward.secret(labelOf(row.jurisdictionId, row.id, row.generation - 1))]
      : []
  return [now, ...before]
}
/** As the receiver enters it (Standard Webhooks): shown to the administrator, kept nowhere. */
export function secretShown(office: Office, jurisdiction: string, id: string, generation: number): string | null {
  const secret = office.outward?.secret(labelOf(jurisdiction, id, generation))
  return secret ? `whsec_${Buffer.from(secret).toString('base64')}` : null
}
type For<T extends 'SaveWebhook' | 'RotateWebhook'> = Handler<OfficeShape, OfficePayload<T>>
async function rowOf(c: CommandContext<OfficeShape>, id: string) {
  const [row] = await c.tx
    .select()
    .from(w)
    .where(and(eq(w.jurisdictionId, c.jurisdiction), eq(w.id, id)))
    .for('update')
  if (!row) throw notFound('这处推送')
  return row
}
export const saveWebhook: For<'SaveWebhook'> = {
  resolve: (c, p) => {
    const { outward } = c.office
    if (!outward) throw new AppError('conflict', '本系统没有对外通知：须先设置对外网址')
    const why = outward.refuses(p.url)
    if (why !== null) throw invalid(['url', why])
    return {}
  },
  write: async (c, p) => {
    // Registered twice it would be pushed to twice.
    const [same] = await c.tx
      .select({ label: w.label })
      .from(w)
      .where(
        and(eq(w.jurisdictionId, c.jurisdiction), eq(w.url, p.url), p.id === undefined ? undefined : ne(w.id, p.id)),
      )
    if (same) throw invalid(['url', `这个网址已经登记：“${same.label}”`])
    const values = { label: p.label, url: p.url, types: p.types ?? [], active: p.active ?? true, inactiveWhy: null }
    if (p.id !== undefined) {
      const row = await rowOf(c, p.id)
      await c.tx
        .update(w)
        .set(values)
        .where(and(eq(w.jurisdictionId, c.jurisdiction), eq(w.id, row.id)))
      return { result: { id: row.id } }
    }
    const id = derivedId('webhook', c.jurisdiction, c.commandId)
    await c.tx.insert(w).values({
      ...values,
      jurisdictionId: c.jurisdiction,
      id,
      generation: 1,
      rotatedAt: c.now,
      createdAt: c.now,
      createdBy: c.as.person ?? 'system',
    })
    return { result: { id } }
  },
}
export const rotateWebhook: For<'RotateWebhook'> = {
  write: async (c, p) => {
    const row = await rowOf(c, p.webhook)
    const generation = row.generation + 1
    await c.tx
      .update(w)
      .set({ generation, rotatedAt: c.now })
      .where(and(eq(w.jurisdictionId, c.jurisdiction), eq(w.id, row.id)))
    return { result: { id: row.id, generation } }
  },
}
