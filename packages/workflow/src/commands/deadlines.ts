// 重算期限：放假通知录入以后由系统发出；旧的与新的日期一并记入台账。
import { and, eq, schema } from '@dianzhang/database'
import { clocks } from '@dianzhang/rules'
import type { Handler } from './handler.ts'

export const recomputeDeadlines: Handler<'RecomputeDeadlines'> = {
  resolve: async (c) => {
    const { deadlines: t } = schema
    const rows = await c.tx
      .select({ key: t.key, dueOn: t.dueOn, provisional: t.provisional })
      .from(t)
      .where(and(eq(t.jurisdictionId, c.jurisdiction), eq(t.documentId, c.matterId), eq(t.status, 'open')))
    const fresh = new Map(clocks(c.facts).map((x) => [x.key, x]))
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
    return { changes }
  },
  ledger: (_p, r) => ({ changes: r.changes ?? [] }),
  recomputes: true,
}
