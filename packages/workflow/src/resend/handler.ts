// What another matter did not take is sent once more, by a person who has seen why: the same command, from the office, stated in its
// ledger. What was to open a matter opens a new one, or joins the one that is named.
import type { OfficePayload } from '@dianzhang/contract'
import { and, type DbOrTx, eq, schema, sql, type Tx } from '@dianzhang/database'
import type { OfficeShape, OfficeState } from '@dianzhang/processes'
import type { Handler } from '../door/desk.ts'
import { invalid, notFound } from '../failures.ts'

const { sends: t, matters: m } = schema

interface Again extends Record<string, unknown> {
  first: string
  id: string
  outcome: 'accepted' | 'refused' | null
  detail: string | null
}
/** Of some refused sends, what became of each when it was sent again: the last time. */
export async function sentAgain(db: DbOrTx, jurisdiction: string, ids: readonly string[]): Promise<Map<string, Again>> {
  if (ids.length === 0) return new Map()
  const rows = await db.execute<Again>(sql`
    select l.body -> 'payload' ->> 'send' as first, s.id, s.outcome, s.detail from ledger_events l
    join sends s on s.jurisdiction_id = l.jurisdiction_id and s.id = l.body -> 'payload' -> 'sends' -> 0 ->> 'id'
    where l.jurisdiction_id = ${jurisdiction} and l.matter_id = 'office' and l.type = 'CommandResent'
      and l.body -> 'payload' ->> 'send' in ${ids} order by l.seq`)
  return new Map(rows.map((row) => [row.first, row]))
}
const sendOf = async (tx: Tx, jurisdiction: string, id: string) => {
  const [row] = await tx
    .select()
    .from(t)
    .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.id, id)))
  return row
}
export async function resendState(
  a: { tx: Tx; jurisdiction: string },
  p: OfficePayload<'ResendCommand'>,
): Promise<OfficeState> {
  const row = await sendOf(a.tx, a.jurisdiction, p.send)
  if (!row) return {}
  const again = (await sentAgain(a.tx, a.jurisdiction, [p.send])).get(p.send)
  return {
    send: {
      outcome: row.outcome as 'accepted' | 'refused' | null,
      again: again === undefined ? null : again.outcome === 'accepted' ? 'accepted' : 'sent',
    },
  }
}
export const resendCommand: Handler<OfficeShape, OfficePayload<'ResendCommand'>> = {
  resolve: async (c, p) => {
    const row = await sendOf(c.tx, c.jurisdiction, p.send)
    if (!row) throw notFound('这一项转办')
    if (p.to !== undefined) {
      const kinds = await c.tx
        .select({ id: m.id, process: m.process })
        .from(m)
        .where(and(eq(m.jurisdictionId, c.jurisdiction), sql`${m.id} in ${[p.to, row.toMatter]}`))
      const kind = row.process ?? kinds.find(({ id }) => id === row.toMatter)?.process
      const other = kinds.find(({ id }) => id === p.to)
      if (!other) throw invalid(['to', '没有这件案卷'])
      if (kind !== undefined && other.process !== kind) throw invalid(['to', '须是同一种案卷'])
    }
    return {}
  },
  sends: async (c, p) => {
    const row = await sendOf(c.tx, c.jurisdiction, p.send)
    if (!row) return []
    return [
      row.process !== null
        ? { opens: row.process, ...(p.to ? { matter: p.to } : {}), command: row.command }
        : { matter: p.to ?? row.toMatter, command: row.command },
    ]
  },
  write: async (_c, p) => ({ result: { send: p.send } }),
}
