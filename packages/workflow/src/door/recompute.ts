// Clocks computed anew after a holiday notice: the old and the new day of each go into the ledger.
import { and, eq, schema } from '@dianzhang/database'
import type { Process } from '@dianzhang/kernel'
import type { Handler, MatterShape } from './desk.ts'

/** The handler of a procedure's `clocks.recompute`; its `resolved` takes `changes`. */
export const recomputing = <S extends MatterShape, P = never>(process: Process<S>): Handler<S, P> => ({
  resolve: async (c) => {
    const { deadlines: t } = schema
    const rows = await c.tx
      .select({ key: t.key, dueOn: t.dueOn, provisional: t.provisional })
      .from(t)
      .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.matterId, c.matterId), eq(t.status, 'open')))
    const fresh = new Map(process.clocks.of(c.facts).map((x) => [x.key, x]))
    const changes = rows.flatMap((old) => {
      const now = fresh.get(old.key)
      if (!now || (now.dueOn === old.dueOn && now.provisional === old.provisional)) return []
      return [
        {
          key: old.key,
          label: now.label,
          from: old.dueOn,
          to: now.dueOn,
          wasProvisional: old.provisional,
          provisional: now.provisional,
        },
      ]
    })
    return { changes } as unknown as S['resolved']
  },
  ledger: (_p, r) => ({ changes: (r as { changes?: unknown[] }).changes ?? [] }),
  recomputes: true,
})
