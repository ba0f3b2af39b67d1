// 期限的投影：期限由案卷推算；每次命令后只写变化了的行，需要到期动作的同时在本事务内入队。
import { and, eq, inArray, schema, sql, type Tx } from '@dianzhang/database'
import type { MatterClock, MatterEvent, Process, Shape } from '@dianzhang/kernel'
import type { Office } from '../office.ts'

const changed = (a: MatterClock | undefined, b: MatterClock): boolean =>
  !a ||
  a.dueOn !== b.dueOn ||
  a.status !== b.status ||
  a.metOn !== b.metOn ||
  a.provisional !== b.provisional ||
  a.label !== b.label ||
  a.sends !== b.sends ||
  a.startsOn !== b.startsOn

export interface DeadlineChange<S extends Shape> {
  jurisdiction: string
  id: string
  before: S['dossier'] | null
  after: S['dossier']
  event: MatterEvent<S>
  /** 放假通知或规则包变动后全部重写。 */
  everything: boolean
  /** 行上现有的最近期限；期限没有变化时沿用。 */
  current: string | null
}

/** `nextDueOn`：最近的未了期限（日），没有则为 null；`written`：写入完成。 */
export function projectDeadlines<S extends Shape>(
  process: Process<S>,
  office: Office,
  tx: Tx,
  change: DeadlineChange<S>,
): { nextDueOn: string | null; written: Promise<unknown> } {
  const { of, restOn, ours } = process.clocks
  const { jurisdiction, id, before: earlier } = change
  const untouched = (a: S['dossier'], b: S['dossier']): boolean => {
    const now = restOn(b)
    return restOn(a).every((part, i) => part === now[i])
  }
  if (earlier && !change.everything && untouched(earlier, change.after))
    return { nextDueOn: change.current, written: Promise.resolve() }
  const after = of(process.facts(change.after, change.event))
  const before = earlier && !change.everything ? of(process.facts(earlier, change.event)) : []
  const old = new Map(before.map((c) => [c.key, c]))
  const rows = after.filter((c) => changed(old.get(c.key), c))
  const keys = new Set(after.map((c) => c.key))
  const gone = before.filter((c) => !keys.has(c.key)).map((c) => c.key)
  const { deadlines: t } = schema
  const open = after.filter((c) => c.status === 'open' && ours(c))
  const written = Promise.all([
    rows.length
      ? tx
          .insert(t)
          .values(
            rows.map((c) => ({
              jurisdictionId: jurisdiction,
              matterId: id,
              key: c.key,
              kind: c.kind,
              label: c.label,
              startsOn: c.startsOn,
              dueOn: c.dueOn,
              dueAt: new Date(c.dueAt),
              status: c.status,
              metOn: c.metOn ?? null,
              provisional: c.provisional,
              sends: c.sends,
              sentCommandId: null,
            })),
          )
          .onConflictDoUpdate({
            target: [t.jurisdictionId, t.matterId, t.key],
            set: {
              kind: sql`excluded.kind`,
              label: sql`excluded.label`,
              startsOn: sql`excluded.starts_on`,
              dueOn: sql`excluded.due_on`,
              dueAt: sql`excluded.due_at`,
              status: sql`excluded.status`,
              metOn: sql`excluded.met_on`,
              provisional: sql`excluded.provisional`,
              sends: sql`excluded.sends`,
              // 到期时刻变了（如延长期限），是另一次到期。
              sentCommandId: sql`case when ${t.dueAt} = excluded.due_at then ${t.sentCommandId} else null end`,
            },
          })
      : null,
    gone.length
      ? tx
          .update(t)
          .set({ status: 'cancelled' })
          .where(and(eq(t.jurisdictionId, jurisdiction), eq(t.matterId, id), inArray(t.key, gone)))
      : null,
    ...rows
      .filter((c) => c.status === 'open' && c.sends)
      .map((c) =>
        office.jobs.enqueue(tx, {
          name: 'deadline-reached',
          jurisdiction,
          document: id,
          key: c.key,
          startAfter: new Date(c.dueAt),
        }),
      ),
  ])
  return { nextDueOn: open.map((c) => c.dueOn).sort()[0] ?? null, written }
}
